//! Which reports a contract asks for, and until when.

use chrono::NaiveDate;

use super::model::{Expected, ReportKind};
use crate::contract::{Contract, ContractContent};
use crate::law::{add_days, next_working_day_on_or_after};

/// Days from the end of the period to the report.
const TERM: u32 = 30;

/// One partial report for each edition, as the condition of the next tranche, and the final one. A task without classes
/// that has one edition is done at once, so its final report says it all; only when it goes over the turn of a year is
/// there a partial report for every year that ends before the task does. The final report has the number after the
/// editions even so: reports begun under another plan keep theirs.
/// Basis: UDPP art. 18 ust. 1 (30 days after the task, R-REP-01); art. 115 KC; contract § 3 and § 9.
/// Date: the last day of the edition, of the year, and of the task.
#[must_use]
pub fn expected(contract: &Contract) -> Vec<Expected> {
    let content = &contract.content;
    let at_once = content.editions.len() == 1 && !content.applies().classes;
    let periods: Vec<(NaiveDate, NaiveDate)> =
        if at_once { ended_years(content) } else { content.editions.iter().map(|e| (e.from, e.to)).collect() };
    let last = i64::try_from(periods.len().max(content.editions.len())).unwrap_or(i64::MAX).saturating_add(1);
    let partial = |(no, (from, to))| one(no, ReportKind::Partial, from, to);
    let mut all: Vec<Expected> = (1_i64..).zip(periods).map(partial).collect();
    all.push(one(last, ReportKind::Final, content.starts, content.ends));
    all
}

/// What of the task lies in each budget year that ends before it.
fn ended_years(content: &ContractContent) -> Vec<(NaiveDate, NaiveDate)> {
    let day = NaiveDate::from_ymd_opt;
    let years = content.years().into_iter().filter_map(|y| Some((day(y, 1, 1)?.max(content.starts), day(y, 12, 31)?)));
    years.filter(|(_, to)| *to < content.ends).collect()
}

fn one(no: i64, kind: ReportKind, from: NaiveDate, to: NaiveDate) -> Expected {
    Expected { no, kind, from, to, due_on: next_working_day_on_or_after(add_days(to, TERM)) }
}
