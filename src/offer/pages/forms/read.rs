//! Fields into content; a draft may have gaps, so an empty field is no error.

use chrono::NaiveDate;

use super::rows::rows_of;
use crate::error::FieldErrors;
use crate::law::{Minutes, Money, edition_end, email, parse_date, parse_time, show_date};
use crate::offer::calculation::{columns, fit_years};
use crate::offer::classes::fit_hours;
use crate::offer::model::{
    Activity, CostLine, Fees, Measure, OfferContent, PlannedClass, PlannedHours, PlannedResult, Share, Trainer,
};
use crate::offer::pages::section::Section;
use crate::offer::units::{LONGEST_TEXT, parse_units};
use crate::web::Fields;

/// In months: a contract lasts at most five years (R-CON-02).
const LONGEST_TASK: u32 = 60;

/// Puts the fields of one part into `c`; every field that cannot be read is an error at its name.
pub fn read(section: Section, f: &Fields, c: &mut OfferContent) -> FieldErrors {
    let mut e = FieldErrors::new();
    let old_years = columns(c);
    for (name, value) in f.pairs() {
        if value.chars().count() > LONGEST_TEXT {
            e.add(name.clone(), format!("Tekst jest za długi: najwyżej {LONGEST_TEXT} znaków."));
        }
    }
    match section {
        Section::Task => task(f, c, &mut e),
        Section::Plan => plan(f, c, &mut e),
        Section::Results => results(f, c),
        Section::Resources => resources(f, c, &mut e),
        Section::Programme => programme(f, c, &mut e),
        Section::Costs => costs(f, c, &mut e),
        Section::Other => {
            c.unpaid = f.text("unpaid") == "true";
            c.fees = fees(f, &mut e);
            f.text("payment").clone_into(&mut c.payment);
            if let Some(joint) = &mut c.joint {
                f.text("representation").clone_into(&mut joint.representation);
            }
            f.text("other").clone_into(&mut c.other);
        }
        Section::Share => share(f, c, &mut e),
    }
    fit_years(c, &old_years);
    fit_hours(c);
    e
}

/// What recipients of a paid task are charged; kept as long as it is typed, also beside "nieodpłatnie".
fn fees(f: &Fields, e: &mut FieldErrors) -> Option<Fees> {
    let fees = Fees { form: f.text("fees_form").to_owned(), amount: money(f, "fees_amount", e) };
    (f.text("unpaid") == "false" || fees != Fees::default()).then_some(fees)
}

/// The part of the offeror that `grupa` names; whoever is no offeror changes nothing.
fn share(f: &Fields, c: &mut OfferContent, e: &mut FieldErrors) {
    let years = (0..columns(c).len()).map(|at| money(f, &format!("y{at}"), e)).collect();
    let numbers = (1_u32..).zip(&c.activities).map(|(n, _)| n);
    let activities = numbers.filter(|n| f.checked(&format!("act{n}"))).collect();
    let shares = c.joint.iter_mut().flat_map(|joint| &mut joint.shares);
    if let Some(share) = shares.into_iter().find(|share| share.org.as_str() == f.text("grupa")) {
        *share = Share { activities, tasks: f.text("tasks").to_owned(), years, ..share.clone() };
    }
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
    if let (Some(last), Some(to)) = (c.starts.map(|from| edition_end(from, LONGEST_TASK)), c.ends)
        && to > last
    {
        e.add("ends", format!("Zadanie może trwać najwyżej 5 lat, czyli do {}. Popraw jedną z dat.", show_date(last)));
    }
}

/// The rows of III.4 that become activities, each with its number (the `n` of `I.n`): those that hold anything but
/// what `left_out` names. The open page learns from it which activity each of its rows is now.
pub fn places(f: &Fields, left_out: &FieldErrors) -> Vec<(String, u32)> {
    const COLUMNS: [&str; 6] = ["name", "description", "target_group", "from", "to", "outside"];
    let bad = |name: &str| left_out.list().iter().any(|e| e.field == name);
    let filled = |row: &String| {
        let holds = |column: &&str| !f.cell("activities", row, column).is_empty();
        COLUMNS.iter().filter(|column| !bad(&format!("activities.{row}.{column}"))).any(holds)
    };
    f.rows("activities").into_iter().filter(filled).zip(1_u32..).collect()
}

fn plan(f: &Fields, c: &mut OfferContent, e: &mut FieldErrors) {
    let mut out = Vec::new();
    let mut moved: Vec<(u32, u32)> = Vec::new();
    for (row, is) in places(f, &FieldErrors::new()) {
        let cell = |name: &str| f.cell("activities", &row, name).to_owned();
        let name = |column: &str| format!("activities.{row}.{column}");
        out.push(Activity {
            name: cell("name"),
            description: cell("description"),
            target_group: cell("target_group"),
            from: date(f, &name("from"), e),
            to: date(f, &name("to"), e),
            outside: cell("outside"),
        });
        if let Ok(was) = cell("was").parse() {
            moved.push((was, is));
        }
    }
    // Costs follow their activity when rows move; those of a removed one wait for a new home (R-OFF-09).
    for line in &mut c.costs {
        if let Some(was) = line.activity {
            line.activity = Some(moved.iter().find(|(from, _)| *from == was).map_or(0, |(_, to)| *to));
        }
    }
    if let Some(joint) = &mut c.joint {
        for share in &mut joint.shares {
            let kept = moved.iter().filter(|(was, _)| share.activities.contains(was));
            share.activities = kept.map(|(_, is)| *is).collect();
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
    let measures = rows_of(f, "measures").into_iter().map(|(_, cells)| {
        let cell = |name: &str| cells.get(name).map(|v| (*v).to_owned()).unwrap_or_default();
        Measure { name: cell("name"), how: cell("how"), when: cell("when") }
    });
    c.measures = measures.collect();
}

/// The classes of one group replace those it had; without a group the whole programme is replaced.
fn programme(f: &Fields, c: &mut OfferContent, e: &mut FieldErrors) {
    let group = f.text("grupa");
    let mut read = Vec::new();
    for (row, cells) in rows_of(f, "programme") {
        let name = |column: &str| format!("programme.{row}.{column}");
        let cell = |column: &str| cells.get(column).copied().unwrap_or_default();
        let class = PlannedClass {
            group: if group.is_empty() { cell("group") } else { group }.to_owned(),
            day: typed(cell("day"), &name("day"), e, parse_date),
            from: typed(cell("from"), &name("from"), e, parse_time),
            to: typed(cell("to"), &name("to"), e, parse_time),
            topic: cell("topic").to_owned(),
            trainer: cell("trainer").split_whitespace().collect::<Vec<_>>().join(" "),
            individual: !cell("individual").is_empty(),
        };
        if class.group.is_empty() {
            e.add(name("group"), "Wybierz grupę.");
        }
        read.push(class);
    }
    if !group.is_empty() {
        read.extend(c.programme.iter().filter(|class| class.group != group).cloned());
    }
    read.sort_by(|a, b| (&a.group, a.day.is_none(), a.day, a.from).cmp(&(&b.group, b.day.is_none(), b.day, b.from)));
    c.programme = read;
}

fn typed<T, E: std::fmt::Display>(
    value: &str,
    name: &str,
    e: &mut FieldErrors,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Option<T> {
    if value.is_empty() { None } else { e.take(name, parse(value)) }
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
    // With one year the column is the value; without dates the columns wait as they were.
    let years = match c.years().len() {
        0 => c.cost_years.len(),
        1 => 0,
        more => more,
    };
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
            units: maybe(f, &name("units"), e, parse_units).unwrap_or_default(),
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

#[cfg(test)]
#[path = "read_test.rs"]
mod tests;
