//! The hours a week that an announcement asks for.

use super::super::model::CallContent;
use crate::law::{Finding, Minutes};

/// Longest week there is.
const WEEK: Minutes = Minutes::from_hours(7 * 24);

/// An announcement may ask for more hours a week than the act, never for fewer; where the act fixes the length of a class
/// day, for whole class days, and for no more than a week holds (R-HRS-09).
/// Basis: upz art. 62a ust. 5; art. 200 ust. 3 of the act of 20.03.2025. Date: the announcement.
pub(super) fn weekly(content: &CallContent) -> Option<Finding> {
    let asked = content.terms.week_min.filter(|_| content.applies().classes)?;
    let rules = &content.rules;
    let finding = Finding::block("R-HRS-09")
        .at("element 4: godziny zajęć w tygodniu")
        .found(format!("Ogłoszenie żąda co najmniej {asked} w tygodniu."))
        .basis(rules.act.clone());
    if let Some(least) = rules.week_min_minutes.filter(|least| asked < *least) {
        let hint = format!("Wpisz co najmniej {least} albo zostaw pole puste: wtedy obowiązuje minimum z przepisów.");
        return Some(finding.limit(format!("Przepisy wymagają co najmniej {least} w tygodniu.")).hint(hint));
    }
    let day = rules.day_minutes.filter(|day| !day.is_zero());
    if let Some(day) = day
        && asked.get().checked_rem(day.get()) != Some(0)
    {
        let limit = format!("Każdy dzień zajęć trwa {day}, więc tydzień ma wielokrotność {day}.");
        return Some(finding.limit(limit).hint(format!("Wpisz wielokrotność {day} albo zostaw pole puste.")));
    }
    let most = day.and_then(|day| day.checked_mul(7)).unwrap_or(WEEK);
    (asked > most)
        .then(|| finding.limit(format!("W tygodniu mieści się najwyżej {most}.")).hint("Zmniejsz liczbę godzin."))
}
