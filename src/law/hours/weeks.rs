//! The weekly minimum of hours.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::law::finding::{Finding, Severity};
use crate::law::minutes::Minutes;
use crate::law::time::show_date;

/// What a week is; a parameter of the call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekKind {
    /// Seven days from the first day of the edition; the default.
    #[default]
    Rolling7,
    /// Monday to Sunday; the first and the last one may be shorter.
    Calendar,
}

/// One week of one group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Week {
    pub from: NaiveDate,
    /// Counted in.
    pub to: NaiveDate,
    pub minutes: Minutes,
    pub required: Minutes,
    pub short: bool,
    /// Fewer than seven days: a smaller requirement, and only a warning.
    pub tail: bool,
}

/// Cuts the period into weeks and adds up the hours of each. Hours outside the period are not counted.
/// A week of fewer than seven days needs `floor(minimum × days / 7)` in whole hours.
pub fn weeks(
    from: NaiveDate,
    to: NaiveDate,
    kind: WeekKind,
    days: &[(NaiveDate, Minutes)],
    weekly_min: Minutes,
) -> Vec<Week> {
    let mut by_day: BTreeMap<NaiveDate, Minutes> = BTreeMap::new();
    for (day, minutes) in days {
        let total = by_day.entry(*day).or_default();
        *total = total.saturating_add(*minutes);
    }
    let mut weeks = Vec::new();
    let mut start = Some(from).filter(|from| *from <= to);
    while let Some(first) = start {
        let last = last_day(first, kind).min(to);
        weeks.push(week(first, last, &by_day, weekly_min));
        start = last.succ_opt().filter(|next| *next <= to);
    }
    weeks
}

/// Each week of each group has at least the hours the rules ask.
/// Basis: art. 62a ust. 5 of the 2004 act. Date: the days of the classes.
/// A short tail is only a warning, whatever the severity asked for.
pub fn check_weeks(group: &str, weeks: &[Week], severity: Severity, basis: &str) -> Vec<Finding> {
    let short = weeks.iter().filter(|week| week.short);
    short
        .map(|week| {
            let severity = if week.tail { severity.max(Severity::Warn) } else { severity };
            let missing = week.required.saturating_sub_floor0(week.minutes);
            Finding::new("R-HRS-01", severity)
                .at(format!("grupa {group}, tydzień {}–{}", show_date(week.from), show_date(week.to)))
                .found(format!("Zajęcia trwały {}.", week.minutes))
                .limit(format!("W tym tygodniu potrzeba co najmniej {}.", week.required))
                .basis(basis)
                .hint(format!("Brakuje {missing}; dopisz zajęcia albo wyjaśnij przyczynę."))
        })
        .collect()
}

fn last_day(first: NaiveDate, kind: WeekKind) -> NaiveDate {
    let more = match kind {
        WeekKind::Rolling7 => 6,
        WeekKind::Calendar => 6_u32.saturating_sub(first.weekday().num_days_from_monday()),
    };
    first.checked_add_days(Days::new(more.into())).unwrap_or(NaiveDate::MAX)
}

fn week(from: NaiveDate, to: NaiveDate, by_day: &BTreeMap<NaiveDate, Minutes>, weekly_min: Minutes) -> Week {
    let inside = by_day.range(from..=to).map(|(_, minutes)| *minutes);
    let minutes = inside.fold(Minutes::ZERO, Minutes::saturating_add);
    let days = to.signed_duration_since(from).num_days().saturating_add(1);
    let tail = days < 7;
    let required = if tail { part_of(weekly_min, days) } else { weekly_min };
    Week { from, to, minutes, required, short: minutes < required, tail }
}

fn part_of(weekly_min: Minutes, days: i64) -> Minutes {
    let minutes = weekly_min.get().saturating_mul(days) / 7;
    Minutes::from_hours(minutes / 60)
}

#[cfg(test)]
#[path = "weeks_test.rs"]
mod tests;
