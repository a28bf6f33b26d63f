//! Checks of single rows: times, period, group size, attendance.

use chrono::NaiveDate;

use super::Session;
use crate::law::finding::{Finding, Severity};
use crate::law::rules::{CapBase, RuleSet};
use crate::law::time::{show_date, show_time};

/// Under this many persons a group costs much per person; a note of the product, not of the law.
const SMALL_GROUP: u32 = 6;

/// A class ends after it begins, on the same day.
/// Basis: arithmetic. Date: none.
pub fn check_times(sessions: &[Session]) -> Vec<Finding> {
    let wrong = sessions.iter().filter(|s| s.to <= s.from);
    wrong
        .map(|s| {
            Finding::block("R-HRS-06")
                .at(s.place.clone())
                .found(format!("Zajęcia od {} do {}.", show_time(s.from), show_time(s.to)))
                .limit("Koniec zajęć musi być później niż początek, tego samego dnia.")
                .hint("Popraw godziny w tym wierszu.")
        })
        .collect()
}

/// Classes fall inside the edition or the contract.
/// Basis: the contract's term; money spent outside it is not eligible. Date: the day of the class.
pub fn check_period(sessions: &[Session], from: NaiveDate, to: NaiveDate) -> Vec<Finding> {
    let outside = sessions.iter().filter(|s| s.day < from || to < s.day);
    outside
        .map(|s| {
            Finding::block("R-HRS-07")
                .at(s.place.clone())
                .found(format!("Zajęcia w dniu {}.", show_date(s.day)))
                .limit(format!("Zajęcia trwają od {} do {}.", show_date(from), show_date(to)))
                .basis("termin realizacji zadania w umowie")
                .hint("Popraw datę; zajęć spoza terminu nie można rozliczyć.")
        })
        .collect()
}

/// No class has more persons on its list than a group may have.
/// Basis: art. 62c ust. 3 of the 2004 act names a group of ten. Date: the rule set the call froze.
pub fn check_group_size(sessions: &[Session], rules: &RuleSet, larger_allowed: bool) -> Vec<Finding> {
    let in_group = sessions.iter().filter(|s| !s.individual);
    in_group.filter_map(|s| too_large(&s.place, &s.group, s.persons(), rules, larger_allowed)).collect()
}

/// One planned group: too large, or so small that a person costs much.
/// Basis: art. 62c ust. 3 of the 2004 act names a group of ten. Date: the rule set the call froze.
pub fn group_size(place: &str, group: &str, persons: u32, rules: &RuleSet, larger_allowed: bool) -> Option<Finding> {
    too_large(place, group, persons, rules, larger_allowed).or_else(|| too_small(place, group, persons, rules))
}

fn too_large(place: &str, group: &str, persons: u32, rules: &RuleSet, larger_allowed: bool) -> Option<Finding> {
    let max = rules.group_max.filter(|max| persons > *max)?;
    let severity = if larger_allowed { Severity::Warn } else { Severity::Block };
    Some(
        Finding::new("R-HRS-03", severity)
            .at(place)
            .found(on_list(group, persons))
            .limit(format!("W grupie może być najwyżej tyle osób: {max}."))
            .basis(rules.cap_basis.clone())
            .hint("Podziel grupę."),
    )
}

fn too_small(place: &str, group: &str, persons: u32, rules: &RuleSet) -> Option<Finding> {
    let named = matches!(rules.cap, CapBase::PerGroupHour { .. });
    (named && persons < SMALL_GROUP).then(|| {
        Finding::warn("R-HRS-03")
            .at(place)
            .found(on_list(group, persons))
            .limit(format!("W grupie poniżej {SMALL_GROUP} osób koszt na osobę jest wysoki."))
            .hint("Uzasadnij tak małą grupę albo połącz grupy.")
    })
}

fn on_list(group: &str, persons: u32) -> String {
    format!("Liczba osób na liście grupy {group}: {persons}.")
}

/// A class nobody came to is not eligible; one with under half the group needs a word of explanation.
/// Basis: a decision of this product (the act is silent). Date: the day of the class.
pub fn check_attendance(sessions: &[Session]) -> Vec<Finding> {
    sessions.iter().filter_map(attendance).collect()
}

fn attendance(s: &Session) -> Option<Finding> {
    let (present, all) = (u64::from(s.persons_present), u64::from(s.persons()));
    let finding = |found: String| Finding::warn("R-ATT-02").at(s.place.clone()).found(found);
    if present == 0 {
        return Some(
            finding(format!("Na zajęciach w dniu {} nie było nikogo.", show_date(s.day)))
                .limit(format!("Czas bez uczestników ({}) nie liczy się do limitu.", s.minutes()))
                .hint("Sprawdź listę obecności."),
        );
    }
    (present * 2 < all).then(|| {
        finding(format!("Na zajęciach w dniu {} obecnych: {present} z {all}.", show_date(s.day)))
            .limit("Obecna powinna być co najmniej połowa grupy.")
            .hint("Wyjaśnij niską obecność; godziny liczą się do limitu.")
    })
}
