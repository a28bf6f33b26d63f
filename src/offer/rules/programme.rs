//! The class programme: every class whole, inside its edition, led by a trainer of the offer, and enough of
//! them in every week or day (R-HRS-01, 04 … 07, R-TS-01, R-OFF-14, 17).

use crate::call::CallContent;
use crate::law::hours::{check_days, check_overlaps, check_period, check_times, minutes_by_day};
use crate::law::{Finding, Session, Severity, Week, plural, show_date, weeks};
use crate::offer::classes::{groups, of_group, place, planned, sessions};
use crate::offer::model::{OfferContent, PlannedClass};
use crate::programme::Edition;

/// As many remarks of one kind as are shown for a group; the rest is told as a number.
const MOST: usize = 8;
const PROGRAMME: &str = "zasady konkursu w ogłoszeniu; program zajęć w ofercie";

/// Everything that the classes must meet. An offer may come without a programme; then the table of groups
/// alone is checked.
/// Basis: the frozen rule set and the announcement. Date: the frozen editions.
#[must_use]
pub fn class_programme(content: &OfferContent, call: &CallContent) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut all = Vec::new();
    for group in groups(content) {
        let here = sessions(content, group);
        out.extend(offered(content, group));
        out.extend(few(group, gaps(content, group)));
        out.extend(few(group, check_times(&here)));
        out.extend(few(group, strangers(content, group)));
        out.extend(few(group, units(&here, call)));
        let edition = call.groups.iter().find(|g| g.code == group);
        if let Some(edition) = edition.and_then(|g| call.editions.iter().find(|e| e.no == g.edition)) {
            out.extend(few(group, period(&here, edition)));
            out.extend(short_weeks(group, &here, edition, call));
        }
        if let Some(day) = call.rules.day_minutes {
            out.extend(few(group, check_days(&here, call.terms.unit.real(day), &call.rules.act)));
        }
        all.extend(here);
    }
    out.extend(overlaps(content, &all));
    out
}

/// The first remarks, and how many more there are.
fn few(group: &str, mut found: Vec<Finding>) -> Vec<Finding> {
    let rest = found.len().saturating_sub(MOST);
    let Some(last) = found.get(MOST).cloned().filter(|_| rest > 0) else { return found };
    found.truncate(MOST);
    let more = i64::try_from(rest).unwrap_or(i64::MAX);
    found.push(
        last.at(format!("Program, grupa {group}"))
            .found(format!("I jeszcze {more} {} tego rodzaju.", plural(more, "uwaga", "uwagi", "uwag"))),
    );
    found
}

/// Classes belong to a group that the offer has, and give the hours that stand there (R-OFF-15, R-OFF-17).
/// Basis: the announcement. Date: none.
fn offered(content: &OfferContent, group: &str) -> Option<Finding> {
    let Some(row) = content.hours.iter().find(|h| h.group == group) else {
        return Some(
            Finding::block("R-OFF-15")
                .at(format!("Program, grupa {group}"))
                .found(format!("Program ma zajęcia grupy „{group}”, której nie ma wśród grup tej oferty."))
                .limit("Program dotyczy grup wpisanych w części „Grupy i godziny zajęć”.")
                .basis(PROGRAMME)
                .hint("Dopisz grupę albo usuń jej zajęcia."),
        );
    };
    let (together, alone) = planned(content, group)?;
    (row.minutes != together || row.individual != alone).then(|| {
        Finding::block("R-OFF-17")
            .at(format!("IV.2, grupa {group}"))
            .found(format!("Godziny grupy: {} i indywidualnie {}.", row.minutes, row.individual))
            .limit(format!("Program zajęć daje {together} i indywidualnie {alone}."))
            .basis(PROGRAMME)
            .hint("Zapisz część z grupami jeszcze raz; godziny przeliczą się z programu.")
    })
}

/// Every class says when, what and who (R-OFF-14).
/// Basis: the announcement asks for hours by topic and day. Date: none.
fn gaps(content: &OfferContent, group: &str) -> Vec<Finding> {
    let missing = |c: &PlannedClass| {
        let parts = [
            (c.day.is_none(), "data"),
            (c.from.is_none(), "godzina rozpoczęcia"),
            (c.to.is_none(), "godzina zakończenia"),
            (c.topic.trim().is_empty(), "temat"),
            (c.trainer.trim().is_empty(), "trener"),
        ];
        parts.into_iter().filter(|(gap, _)| *gap).map(|(_, what)| what).collect::<Vec<_>>().join(", ")
    };
    let rows = of_group(content, group).into_iter().map(|(no, c)| (no, missing(c)));
    rows.filter(|(_, what)| !what.is_empty())
        .map(|(no, what)| {
            Finding::block("R-OFF-14")
                .at(place(group, no))
                .found(format!("Brakuje: {what}."))
                .basis(PROGRAMME)
                .hint("Uzupełnij ten wiersz albo go usuń.")
        })
        .collect()
}

/// Who leads a class stands among the trainers with qualifications (R-OFF-17).
/// Basis: part IV.2 of the form; the announcement. Date: none.
fn strangers(content: &OfferContent, group: &str) -> Vec<Finding> {
    let folded = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let known: Vec<String> = content.trainers.iter().map(|t| folded(&t.name)).collect();
    let mut told: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for (no, class) in of_group(content, group) {
        let name = folded(&class.trainer);
        if name.is_empty() || known.contains(&name) || told.contains(&name) {
            continue;
        }
        out.push(
            Finding::block("R-OFF-17")
                .at(place(group, no))
                .found(format!("Zajęcia prowadzi „{}”.", class.trainer.trim()))
                .limit("Każdy trener z programu jest na liście trenerów z kwalifikacjami (IV.2).")
                .basis(PROGRAMME)
                .hint("Dopisz trenera do listy albo popraw nazwisko."),
        );
        told.push(name);
    }
    out
}

/// A class lasts a whole number of the hours that the announcement counts in (R-HRS-04).
/// Basis: the announcement. Date: the frozen terms.
fn units(here: &[Session], call: &CallContent) -> Vec<Finding> {
    let unit = call.terms.unit;
    let broken = here.iter().filter(|s| unit.minutes() != 60 && s.minutes().get() % unit.minutes() != 0);
    broken
        .map(|s| {
            Finding::warn("R-HRS-04")
                .at(s.place.clone())
                .found(format!("Zajęcia trwają {}.", s.minutes()))
                .limit(format!("W tym konkursie liczy się {}.", unit.label()))
                .basis("zasady konkursu w ogłoszeniu")
                .hint("Zaplanuj pełne godziny dydaktyczne: 45, 90, 135 minut.")
        })
        .collect()
}

/// Classes fall into the edition of their group (R-HRS-07).
/// Basis: the announcement. Date: the frozen edition.
fn period(here: &[Session], edition: &Edition) -> Vec<Finding> {
    let late = check_period(here, edition.from, edition.to).into_iter();
    late.map(|f| f.basis("zasady konkursu w ogłoszeniu").hint(format!("Edycja {}: popraw datę zajęć.", edition.no)))
        .collect()
}

/// Every week of the edition has its hours (R-HRS-01); all short weeks of a group in one remark.
/// Basis: upz art. 62a ust. 5. Date: the frozen edition; a short last week is only a warning.
fn short_weeks(group: &str, here: &[Session], edition: &Edition, call: &CallContent) -> Option<Finding> {
    let weekly = call.terms.unit.real(call.weekly()?);
    let days = minutes_by_day(here, group);
    let short: Vec<Week> =
        weeks(edition.from, edition.to, call.terms.week, &days, weekly).into_iter().filter(|week| week.short).collect();
    let named = |w: &Week| format!("{}–{} ({} z {})", show_date(w.from), show_date(w.to), w.minutes, w.required);
    let list = short.iter().take(MOST).map(named).collect::<Vec<_>>().join(", ");
    let rest = short.len().saturating_sub(MOST);
    let more = if rest > 0 { format!(" i jeszcze {rest}") } else { String::new() };
    let severity = if short.iter().all(|w| w.tail) { Severity::Warn } else { Severity::Block };
    (!short.is_empty()).then(|| {
        Finding::new("R-HRS-01", severity)
            .at(format!("Program, grupa {group}"))
            .found(format!("Za mało zajęć w tygodniach: {list}{more}."))
            .limit(format!("W każdym tygodniu edycji co najmniej {weekly}; w niepełnym odpowiednio mniej."))
            .basis(call.terms.weekly_basis(&call.rules))
            .hint("Dopisz zajęcia w tych tygodniach.")
    })
}

/// No trainer and no group stands in two classes at once (R-TS-01).
/// Basis: documentation of the classes (upz art. 62a ust. 11 pkt 5, uor2025 art. 200 ust. 2 pkt 6). Date: none.
fn overlaps(content: &OfferContent, all: &[Session]) -> Vec<Finding> {
    let led: Vec<Session> = all.iter().filter(|s| !s.trainer.trim().is_empty()).cloned().collect();
    let serious: Vec<Finding> = check_overlaps(&led).into_iter().filter(|f| f.severity != Severity::Info).collect();
    let first = groups(content).first().copied().unwrap_or_default();
    few(first, serious)
}
