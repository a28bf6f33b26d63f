//! Fields into content; a draft may have gaps, so an empty field is no error.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::error::FieldErrors;
use crate::law::{Minutes, Money, email, parse_date};
use crate::offer::calculation::fit_years;
use crate::offer::model::{Activity, CostLine, OfferContent, PlannedHours, PlannedResult, Trainer};
use crate::offer::pages::section::Section;
use crate::web::Fields;

/// Largest text of one field.
const LONGEST: usize = 20_000;

/// Puts the fields of one part into `c`; every field that cannot be read is an error at its name.
pub fn read(section: Section, f: &Fields, c: &mut OfferContent) -> FieldErrors {
    let mut e = FieldErrors::new();
    for (name, value) in f.pairs() {
        if value.chars().count() > LONGEST {
            e.add(name.clone(), format!("Tekst jest za długi: najwyżej {LONGEST} znaków."));
        }
    }
    match section {
        Section::Task => task(f, c, &mut e),
        Section::Plan => plan(f, c, &mut e),
        Section::Results => results(f, c),
        Section::Resources => resources(f, c, &mut e),
        Section::Costs => costs(f, c, &mut e),
        Section::Other => {
            c.unpaid = f.checked("unpaid");
            f.text("other").clone_into(&mut c.other);
        }
    }
    fit_years(c);
    e
}

/// Reads a field that may be empty.
fn maybe<T, E: std::fmt::Display>(
    f: &Fields,
    name: &str,
    e: &mut FieldErrors,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Option<T> {
    let typed = f.text(name);
    if typed.is_empty() { None } else { e.take(name, parse(typed)) }
}

fn date(f: &Fields, name: &str, e: &mut FieldErrors) -> Option<NaiveDate> {
    maybe(f, name, e, parse_date)
}

fn money(f: &Fields, name: &str, e: &mut FieldErrors) -> Money {
    maybe(f, name, e, Money::parse_pl).unwrap_or_default()
}

fn task(f: &Fields, c: &mut OfferContent, e: &mut FieldErrors) {
    let text = |name: &str| f.text(name).to_owned();
    c.title = text("title");
    c.place = text("place");
    c.target_group = text("target_group");
    c.problem = text("problem");
    c.complementarity = text("complementarity");
    c.contact.name = text("contact_name");
    c.contact.phone = text("contact_phone");
    c.contact.email = maybe(f, "contact_email", e, email).unwrap_or_default();
    c.starts = date(f, "starts", e);
    c.ends = date(f, "ends", e);
    if let (Some(from), Some(to)) = (c.starts, c.ends)
        && to < from
    {
        e.add("ends", "Zadanie nie może skończyć się przed początkiem. Popraw jedną z dat.");
    }
    if c.years().len() > 5 {
        e.add("ends", "Zadanie może trwać najwyżej 5 lat.");
    }
}

fn plan(f: &Fields, c: &mut OfferContent, e: &mut FieldErrors) {
    let mut out = Vec::new();
    let mut moved: Vec<(u32, u32)> = Vec::new();
    for row in f.rows("activities") {
        let cell = |name: &str| f.cell("activities", &row, name).to_owned();
        let columns = ["name", "description", "target_group", "from", "to", "outside"];
        if columns.iter().all(|name| cell(name).is_empty()) {
            continue;
        }
        let name = |column: &str| format!("activities.{row}.{column}");
        out.push(Activity {
            name: cell("name"),
            description: cell("description"),
            target_group: cell("target_group"),
            from: date(f, &name("from"), e),
            to: date(f, &name("to"), e),
            outside: cell("outside"),
        });
        if let (Ok(was), Ok(is)) = (cell("was").parse(), u32::try_from(out.len())) {
            moved.push((was, is));
        }
    }
    // Costs follow their activity when rows move; those of a removed one wait for a new home (R-OFF-09).
    for line in &mut c.costs {
        if let Some(was) = line.activity {
            line.activity = Some(moved.iter().find(|(from, _)| *from == was).map_or(0, |(_, to)| *to));
        }
    }
    c.activities = out;
}

fn results(f: &Fields, c: &mut OfferContent) {
    let text = |name: &str| f.text(name).to_owned();
    c.effect_direct = text("effect_direct");
    c.effect_change = text("effect_change");
    c.effect_durable = text("effect_durable");
    let cell = |row: &str, name: &str| f.cell("results", row, name).to_owned();
    c.results = f
        .rows("results")
        .iter()
        .filter(|row| !f.row_is_empty("results", row))
        .map(|row| PlannedResult {
            name: cell(row, "name"),
            target: cell(row, "target"),
            monitoring: cell(row, "monitoring"),
        })
        .collect();
}

fn resources(f: &Fields, c: &mut OfferContent, e: &mut FieldErrors) {
    f.text("experience").clone_into(&mut c.experience);
    f.text("resources").clone_into(&mut c.resources);
    let cell = |table: &str, row: &str, name: &str| f.cell(table, row, name).to_owned();
    c.trainers = f
        .rows("trainers")
        .iter()
        .filter(|row| !f.row_is_empty("trainers", row))
        .map(|row| Trainer {
            name: cell("trainers", row, "name"),
            qualifications: cell("trainers", row, "qualifications"),
        })
        .collect();
    let mut hours = Vec::new();
    for row in f.rows("hours").iter().filter(|row| !f.row_is_empty("hours", row)) {
        let name = |column: &str| format!("hours.{row}.{column}");
        let group = cell("hours", row, "group");
        if group.is_empty() {
            e.add(name("group"), "Wybierz grupę.");
        }
        hours.push(PlannedHours {
            group,
            persons: maybe(f, &name("persons"), e, persons).unwrap_or_default(),
            minutes: maybe(f, &name("minutes"), e, Minutes::parse_pl).unwrap_or_default(),
            individual: maybe(f, &name("individual"), e, Minutes::parse_pl).unwrap_or_default(),
        });
    }
    c.hours = hours;
}

fn persons(typed: &str) -> Result<u32, String> {
    let bad = || format!("Wpisano „{typed}”. Wpisz liczbę osób cyframi, od 1 do 1000.");
    typed.parse::<u32>().ok().filter(|n| (1..=1000).contains(n)).ok_or_else(bad)
}

fn costs(f: &Fields, c: &mut OfferContent, e: &mut FieldErrors) {
    let years = c.years().len();
    let mut out = Vec::new();
    for row in f.rows("costs").iter().filter(|row| !f.row_is_empty("costs", row)) {
        let cell = |name: &str| f.cell("costs", row, name).to_owned();
        let name = |column: &str| format!("costs.{row}.{column}");
        let activity = match cell("activity").as_str() {
            "adm" => None,
            chosen => Some(chosen.parse().unwrap_or(0)),
        };
        let by_year = (0..years).map(|at| money(f, &name(&format!("y{at}")), e)).collect();
        out.push(CostLine {
            activity,
            name: cell("name"),
            unit: cell("unit"),
            unit_cost: money(f, &name("unit_cost"), e),
            units: maybe(f, &name("units"), e, units).unwrap_or_default(),
            trainer: !cell("trainer").is_empty(),
            years: by_year,
        });
    }
    c.costs = out;
    c.sources.grant = money(f, "grant", e);
    c.sources.own_financial = money(f, "own_financial", e);
    c.sources.own_in_kind = money(f, "own_in_kind", e);
    c.sources.recipients = money(f, "recipients", e);
}

/// A number of units: up to two decimals, up to a million.
fn units(typed: &str) -> Result<Decimal, String> {
    let bad = |why: &str| format!("Wpisano „{typed}”. {why} Wpisz np. 90 albo 2,5.");
    let bare: String = typed.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let plain = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let n: Decimal = Some(bare.replace(',', "."))
        .filter(|_| plain)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| bad("To nie jest liczba jednostek."))?;
    if n.normalize().scale() > 2 {
        return Err(bad("Liczba jednostek ma najwyżej dwie cyfry po przecinku."));
    }
    if n > Decimal::from(1_000_000) {
        return Err(bad("Największa dozwolona liczba to 1 000 000."));
    }
    Ok(n.normalize())
}

#[cfg(test)]
mod tests {
    use super::super::fill;
    use super::*;

    #[test]
    fn what_is_filled_in_is_read_back() {
        let mut c = OfferContent {
            title: "Warsztaty".into(),
            starts: "2027-01-11".parse().ok(),
            ends: "2028-02-11".parse().ok(),
            activities: vec![Activity { name: "A".into(), ..Activity::default() }],
            hours: vec![PlannedHours {
                group: "E1-G1".into(),
                persons: 9,
                minutes: Minutes::new(90),
                individual: Minutes::ZERO,
            }],
            costs: vec![CostLine {
                activity: Some(1),
                name: "trener".into(),
                unit: "godzina".into(),
                unit_cost: Money::zl(55),
                units: Decimal::new(25, 1),
                trainer: true,
                years: vec![Money::zl(100), Money::from_grosze(3_750)],
            }],
            unpaid: true,
            ..OfferContent::default()
        };
        c.sources.grant = Money::from_grosze(13_750);
        for section in Section::ALL {
            let mut again = c.clone();
            let errors = read(section, &fill(section, &c), &mut again);
            assert!(errors.is_empty(), "{section:?}: {errors:?}");
            assert_eq!(again, c, "{section:?}");
        }
    }

    #[test]
    fn units_are_plain_numbers() {
        assert_eq!(units("1 350"), Ok(Decimal::from(1350)));
        assert_eq!(units("2,50"), Ok(Decimal::new(25, 1)));
        for bad in ["2,555", "-1", "1e3", "dwa", "1000001", ",", "1,2,3"] {
            assert!(units(bad).unwrap_err().starts_with(&format!("Wpisano „{bad}”.")), "{bad}");
        }
    }

    #[test]
    fn costs_follow_their_activity_when_rows_go() {
        let line = |n| CostLine {
            activity: n,
            name: "k".into(),
            unit: "szt.".into(),
            unit_cost: Money::zl(1),
            units: Decimal::ONE,
            trainer: false,
            years: Vec::new(),
        };
        let activity = |name: &str| Activity { name: name.into(), ..Activity::default() };
        let mut c = OfferContent {
            activities: vec![activity("A"), activity("B")],
            costs: vec![line(Some(1)), line(Some(2)), line(None)],
            ..OfferContent::default()
        };
        let form = [
            ("activities.0.was", "2"),
            ("activities.0.name", "B"),
            ("activities.1.was", ""),
            ("activities.1.name", "C"),
        ];
        let form = Fields::from_pairs(form.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect());
        assert!(read(Section::Plan, &form, &mut c).is_empty());
        let homes: Vec<_> = c.costs.iter().map(|l| l.activity).collect();
        assert_eq!(homes, [Some(0), Some(1), None]);
    }
}
