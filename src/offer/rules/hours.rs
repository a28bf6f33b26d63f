//! Planned groups and hours (R-HRS-01, 03, 05 and R-OFF-15 for groups the call does not have).

use crate::call::CallContent;
use crate::law::hours::group_size;
use crate::law::{Finding, Minutes, RuleSet, plural, show_date, weeks};
use crate::offer::classes;
use crate::offer::model::{OfferContent, PlannedHours};
use crate::programme::Edition;

/// Every planned group is one of the call's, inside the task's dates, not too large, with enough hours.
/// Basis: the frozen rule set and the announcement. Date: the frozen editions.
pub fn planned_hours(content: &OfferContent, call: &CallContent) -> Vec<Finding> {
    let mut out = Vec::new();
    for (at, planned) in content.hours.iter().enumerate() {
        let place = format!("IV.2, grupa {}", planned.group);
        if content.hours.iter().take(at).any(|other| other.group == planned.group) {
            out.push(foreign(&place, "Ta grupa jest wpisana dwa razy."));
            continue;
        }
        out.extend(size(&place, planned, call));
        let group = call.groups.iter().find(|g| g.code == planned.group);
        let edition = group.and_then(|g| call.editions.iter().find(|e| e.no == g.edition));
        match edition {
            Some(edition) => {
                out.extend(inside(&place, content, edition));
                // Classes are checked week by week and day by day; sums say less.
                if classes::of_group(content, &planned.group).is_empty() {
                    out.extend(weekly(&place, planned, edition, call));
                    out.extend(daily(&place, planned, edition, call));
                }
            }
            None if call.groups.is_empty() => {}
            None => out.push(foreign(&place, "Konkurs nie przewiduje takiej grupy.")),
        }
    }
    out
}

fn foreign(place: &str, found: &str) -> Finding {
    Finding::block("R-OFF-15")
        .at(place)
        .found(found)
        .limit("Oferta obejmuje grupy z ogłoszenia, każdą raz.")
        .basis("zasady konkursu w ogłoszeniu")
        .hint("Popraw oznaczenie grupy albo usuń wiersz.")
}

/// A group is no larger than the announcement allows, and not wastefully small (R-HRS-03).
/// Basis: upz art. 62c ust. 3; the announcement. Date: the frozen terms.
fn size(place: &str, planned: &PlannedHours, call: &CallContent) -> Option<Finding> {
    let max = call.terms.group_max;
    let basis = call.rules.group_max.map_or("zasady konkursu w ogłoszeniu", |_| call.rules.cap_basis.as_str());
    if planned.persons > max {
        return Some(
            Finding::block("R-HRS-03")
                .at(place)
                .found(format!("Liczba osób w grupie {}: {}.", planned.group, planned.persons))
                .limit(format!(
                    "Ogłoszenie pozwala najwyżej na {max} {} w grupie.",
                    plural(max.into(), "osobę", "osoby", "osób")
                ))
                .basis(basis)
                .hint("Podziel grupę."),
        );
    }
    (planned.persons > 0).then(|| group_size(place, &planned.group, planned.persons, &call.rules, true))?
}

/// The group's edition lies inside the task (R-OFF-15).
/// Basis: the announcement. Date: III.2 and the frozen edition.
fn inside(place: &str, content: &OfferContent, edition: &Edition) -> Option<Finding> {
    let (from, to) = (content.starts?, content.ends?);
    (edition.from < from || to < edition.to).then(|| {
        Finding::block("R-OFF-15")
            .at(place)
            .found(format!("Edycja {} trwa {}–{}.", edition.no, show_date(edition.from), show_date(edition.to)))
            .limit(format!("Termin zadania (III.2): {}–{}.", show_date(from), show_date(to)))
            .basis("zasady konkursu w ogłoszeniu")
            .hint("Wydłuż termin zadania tak, by objął edycję tej grupy.")
    })
}

/// The planned hours are enough for the weekly minimum in every week of the edition (R-HRS-01).
/// Basis: upz art. 62a ust. 5. Date: the frozen edition; a week is what the call says it is.
fn weekly(place: &str, planned: &PlannedHours, edition: &Edition, call: &CallContent) -> Option<Finding> {
    let unit = call.terms.unit;
    let weekly = unit.real(call.rules.week_min_minutes?);
    let needed = weeks(edition.from, edition.to, call.terms.week, &[], weekly);
    let least = needed.iter().fold(Minutes::ZERO, |sum, week| sum.saturating_add(week.required));
    let have = counted(planned, &call.rules);
    (have < least).then(|| {
        let count = i64::try_from(needed.len()).unwrap_or(i64::MAX);
        Finding::block("R-HRS-01")
            .at(place)
            .found(format!("Zaplanowano {have} zajęć."))
            .limit(format!(
                "Co najmniej {least}: {weekly} w każdym tygodniu edycji ({count} {}, niepełny odpowiednio mniej).",
                plural(count, "tydzień", "tygodnie", "tygodni")
            ))
            .basis(call.rules.act.clone())
            .hint(format!("Brakuje {}.", least.saturating_sub_floor0(have)))
    })
}

/// Whole class days of the length the act fixes, no more of them than the edition has days (R-HRS-05).
/// Basis: uor2025 art. 200 ust. 3. Date: the frozen edition.
fn daily(place: &str, planned: &PlannedHours, edition: &Edition, call: &CallContent) -> Option<Finding> {
    let day = call.terms.unit.real(call.rules.day_minutes?);
    let days = edition.to.signed_duration_since(edition.from).num_days().checked_add(1)?;
    let most = day.checked_mul(days)?;
    let finding = Finding::block("R-HRS-05").at(place).basis(call.rules.act.clone());
    if planned.minutes > most {
        return Some(
            finding
                .found(format!("Zaplanowano {} zajęć grupowych.", planned.minutes))
                .limit(format!("Edycja ma {days} dni po {day}, razem najwyżej {most}."))
                .hint("Zmniejsz liczbę godzin."),
        );
    }
    let rest = planned.minutes.get().checked_rem(day.get())?;
    (rest != 0 && planned.individual.is_zero()).then(|| {
        finding
            .found(format!("Zaplanowano {} zajęć grupowych.", planned.minutes))
            .limit(format!("Dzień zajęć trwa dokładnie {day}, więc liczba godzin dzieli się przez {day}."))
            .hint("Popraw liczbę godzin albo dopisz zajęcia indywidualne, które dopełniają dzień.")
    })
}

fn counted(planned: &PlannedHours, rules: &RuleSet) -> Minutes {
    if rules.individual_hours_count { planned.minutes.saturating_add(planned.individual) } else { planned.minutes }
}
