//! Which reports a contract asks for, and until when.

use chrono::NaiveDate;

use super::model::{Expected, ReportKind};
use crate::contract::Contract;
use crate::law::{add_days, next_working_day_on_or_after};

/// Days from the end of the period to the report.
const TERM: u32 = 30;

/// One partial report for each edition, as the condition of the next tranche, and the final one. A task without classes
/// that has one edition is done at once, so its final report says it all.
/// Basis: UDPP art. 18 ust. 1 (30 days after the task, R-REP-01); art. 115 KC; contract § 3 and § 9.
/// Date: the last day of the edition, and of the task.
#[must_use]
pub fn expected(contract: &Contract) -> Vec<Expected> {
    let content = &contract.content;
    let at_once = content.editions.len() == 1 && !content.applies().classes;
    let mut all: Vec<Expected> = content
        .editions
        .iter()
        .filter(|_| !at_once)
        .zip(1_i64..)
        .map(|(edition, no)| one(no, ReportKind::Partial, edition.from, edition.to))
        .collect();
    let last = i64::try_from(all.len()).unwrap_or(i64::MAX).saturating_add(1);
    all.push(one(last, ReportKind::Final, content.starts, content.ends));
    all
}

fn one(no: i64, kind: ReportKind, from: NaiveDate, to: NaiveDate) -> Expected {
    Expected { no, kind, from, to, due_on: next_working_day_on_or_after(add_days(to, TERM)) }
}
