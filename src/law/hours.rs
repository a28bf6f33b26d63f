//! The ledger of classes: how many hours count, and what is wrong with them.
//!
//! Hours of a group count once even when two trainers lead it together: the intervals are united first.
//! A class nobody came to does not count. Individual hours count only where the rule set says so.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::minutes::Minutes;
use super::rules::RuleSet;

mod check;
mod days;
mod overlap;
mod weeks;

pub use check::{check_attendance, check_group_size, check_period, check_times, group_size};
pub use days::{check_days, check_edition};
pub use overlap::{check_overlaps, union_minutes};
pub use weeks::{Week, WeekKind, check_weeks, weeks};

/// One class, as one row of a timesheet or a form says it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Where the row stands, such as `arkusz Godziny, wiersz 7`.
    pub place: String,
    pub group: String,
    pub trainer: String,
    pub day: NaiveDate,
    pub from: NaiveTime,
    pub to: NaiveTime,
    pub persons_present: u32,
    pub persons_absent: u32,
    /// A class with one person, outside the group.
    pub individual: bool,
}

impl Session {
    /// Length in whole minutes; zero when the end does not come after the beginning.
    pub fn minutes(&self) -> Minutes {
        let length = self.to.signed_duration_since(self.from).num_minutes();
        Minutes::new(length.max(0))
    }

    /// Everybody on the list, present or not.
    pub fn persons(&self) -> u32 {
        self.persons_present.saturating_add(self.persons_absent)
    }

    /// Somebody came and time passed.
    pub fn is_eligible(&self) -> bool {
        self.persons_present > 0 && !self.minutes().is_zero()
    }
}

/// Hours of each group that count towards the cap; individual hours left out.
pub fn eligible_minutes_by_group(sessions: &[Session]) -> BTreeMap<String, Minutes> {
    counted(sessions, false)
}

/// Hours that count towards the cap under these rules.
/// Basis: art. 62c ust. 3 of the 2004 act speaks of a group; art. 200 ust. 2 uor2025 of individual help too.
/// Date: the rule set the call froze.
pub fn eligible_minutes(sessions: &[Session], rules: &RuleSet) -> BTreeMap<String, Minutes> {
    counted(sessions, rules.individual_hours_count)
}

/// Minutes of one group on each day, for the weekly minimum. Only group classes that count.
pub fn minutes_by_day(sessions: &[Session], group: &str) -> Vec<(NaiveDate, Minutes)> {
    let mut days: BTreeMap<NaiveDate, Vec<&Session>> = BTreeMap::new();
    let of_group = sessions.iter().filter(|s| s.group == group && !s.individual);
    for session in of_group.filter(|s| s.is_eligible()) {
        days.entry(session.day).or_default().push(session);
    }
    days.into_iter().map(|(day, classes)| (day, union_minutes(&classes))).collect()
}

/// A group's classes share one line of time; each trainer's individual hours run on a line of their own.
fn counted(sessions: &[Session], individual_too: bool) -> BTreeMap<String, Minutes> {
    let mut lines: BTreeMap<(&str, Option<&str>, NaiveDate), Vec<&Session>> = BTreeMap::new();
    for session in sessions.iter().filter(|s| individual_too || !s.individual) {
        if session.is_eligible() {
            let trainer = session.individual.then_some(session.trainer.as_str());
            lines.entry((&session.group, trainer, session.day)).or_default().push(session);
        }
    }
    let mut groups: BTreeMap<String, Minutes> = BTreeMap::new();
    for ((group, ..), classes) in lines {
        let total = groups.entry(group.to_owned()).or_default();
        *total = total.saturating_add(union_minutes(&classes));
    }
    groups
}

#[cfg(test)]
#[path = "hours_test.rs"]
mod tests;
