//! Planned groups and hours (R-HRS-01, 03, 05, 08 and R-OFF-15 for groups the call does not have).

use chrono::NaiveDate;

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
                out.extend(possible(&place, planned, &Span::of(edition), call));
                // Classes are checked week by week and day by day; sums say less.
                if classes::of_group(content, &planned.group).is_empty() {
                    out.extend(weekly(&place, planned, edition, call));
                    out.extend(daily(&place, planned, &Span::of(edition), call));
                }
            }
            None if call.groups.is_empty() => {
                if let Some(span) = Span::task(content) {
                    out.extend(possible(&place, planned, &span, call));
                    out.extend(daily(&place, planned, &span, call));
                }
            }
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
    let weekly = unit.real(call.weekly()?);
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
            .basis(call.terms.weekly_basis(&call.rules))
            .hint(format!("Brakuje {}.", least.saturating_sub_floor0(have)))
    })
}

/// Whole class days of the length the act fixes, no more of them than the edition has days (R-HRS-05).
/// Basis: uor2025 art. 200 ust. 3. Date: the frozen edition; III.2 where the call has no groups.
fn daily(place: &str, planned: &PlannedHours, span: &Span, call: &CallContent) -> Option<Finding> {
    let day = call.terms.unit.real(call.rules.day_minutes?);
    let most = day.checked_mul(span.days)?;
    let finding = Finding::block("R-HRS-05").at(place).basis(call.rules.act.clone());
    if planned.minutes > most {
        return Some(
            finding
                .found(format!("Zaplanowano {} zajęć grupowych.", planned.minutes))
                .limit(format!("{} po {day}, razem najwyżej {most}.", span.said()))
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

/// The days in which a group can have classes.
struct Span {
    /// `Edycja 1 (11.01.2027–10.03.2027)`
    name: String,
    days: i64,
}

impl Span {
    fn new(what: &str, from: NaiveDate, to: NaiveDate) -> Span {
        let days = to.signed_duration_since(from).num_days().saturating_add(1);
        Span { name: format!("{what} ({}–{})", show_date(from), show_date(to)), days }
    }

    fn of(edition: &Edition) -> Span {
        Span::new(&format!("Edycja {}", edition.no), edition.from, edition.to)
    }

    /// Where the call has no groups, the task itself.
    fn task(content: &OfferContent) -> Option<Span> {
        let (from, to) = (content.starts?, content.ends?);
        (from <= to).then(|| Span::new("Zadanie", from, to))
    }

    /// `Edycja 1 (…) ma 59 dni`
    fn said(&self) -> String {
        format!("{} ma {} {}", self.name, self.days, plural(self.days, "dzień", "dni", "dni"))
    }
}

/// No group gets more hours than its days hold (R-HRS-08): 24 a day together, and as many for each of its persons
/// alone. Where the act fixes the length of a participant's day (R-HRS-05), what a person gets with the group and
/// alone fits into days of that length.
/// Basis: uor2025 art. 200 ust. 3 for social reintegration. Elsewhere no act says so: it is a sanity limit of this
/// product, because the cap is hours times rate, and typing impossible hours would raise it.
/// Date: the first and the last day of the frozen edition, both counted; III.2 where the call has no groups.
fn possible(place: &str, planned: &PlannedHours, span: &Span, call: &CallContent) -> Vec<Finding> {
    let fixed = call.rules.day_minutes.map(|day| call.terms.unit.real(day));
    let together = together(place, planned, span).filter(|_| fixed.is_none());
    together.into_iter().chain(alone(place, planned, span, (fixed, &call.rules))).collect()
}

fn together(place: &str, planned: &PlannedHours, span: &Span) -> Option<Finding> {
    let most = Minutes::from_hours(24).checked_mul(span.days)?;
    (planned.minutes > most).then(|| {
        Finding::block("R-HRS-08")
            .at(place)
            .found(format!("Zaplanowano {} zajęć grupowych.", planned.minutes))
            .limit(format!("{}, razem najwyżej {most}.", span.said()))
            .hint("Popraw liczbę godzin. Od niej zależy limit dotacji.")
    })
}

fn alone(
    place: &str,
    planned: &PlannedHours,
    span: &Span,
    (fixed, rules): (Option<Minutes>, &RuleSet),
) -> Option<Finding> {
    let persons = i64::from(planned.persons.max(1));
    let own = fixed.unwrap_or(Minutes::from_hours(24)).checked_mul(span.days)?;
    // Whoever is with the group has no class alone meanwhile.
    let most = own.saturating_sub_floor0(planned.minutes).checked_mul(persons)?;
    let people = plural(persons, "osoby", "osób", "osób");
    let (id, basis, day) = match fixed {
        Some(day) => ("R-HRS-05", rules.act.as_str(), format!(" po {day}")),
        None => ("R-HRS-08", "ustalenie przyjęte w programie", String::new()),
    };
    (planned.individual > most).then(|| {
        Finding::block(id)
            .at(place)
            .found(format!("Zaplanowano {} zajęć indywidualnych.", planned.individual))
            .limit(format!(
                "{}{day}, czyli {own} dla osoby, z tego {} w grupie; dla {persons} {people} razem najwyżej {most} zajęć indywidualnych.",
                span.said(),
                planned.minutes
            ))
            .basis(basis)
            .hint("Popraw liczbę godzin zajęć indywidualnych albo grupowych.")
    })
}

fn counted(planned: &PlannedHours, rules: &RuleSet) -> Minutes {
    if rules.individual_hours_count { planned.minutes.saturating_add(planned.individual) } else { planned.minutes }
}
