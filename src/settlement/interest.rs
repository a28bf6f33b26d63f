//! Interest on money that came back late, or has not come back yet.

use chrono::NaiveDate;

use super::model::ReturnLine;
use crate::law::interest::{THRESHOLD, tax_interest};
use crate::law::{Money, TableKind, Tables};

/// One return with its interest as it stands on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Late {
    pub line: ReturnLine,
    pub days: i64,
    /// The yearly rates used, hundredths of a percent, oldest first.
    pub rates_x100: Vec<i64>,
    pub interest: Money,
    /// What is missing to count it; empty as a rule.
    pub remark: String,
}

/// Interest of a return up to `day`, counted in. Money taken in excess or unused bears none up to its
/// term; money used contrary to purpose bears it from its transfer.
/// Basis: contract § 10; art. 53–56 Ordynacji podatkowej accordingly. Date: the days of the class.
#[must_use]
pub fn late(line: &ReturnLine, day: NaiveDate, tables: &Tables) -> Late {
    let counted = tax_interest(line.amount, line.interest_from, day, tables.of(TableKind::Interest), THRESHOLD);
    let none =
        |remark: String| Late { line: line.clone(), days: 0, rates_x100: Vec::new(), interest: Money::ZERO, remark };
    match counted {
        Ok(found) => Late {
            days: found.days,
            rates_x100: found.parts.iter().map(|p| p.rate_x100).collect(),
            interest: found.due,
            remark: found.remarks.into_iter().map(|f| f.found).collect::<Vec<_>>().join(" "),
            ..none(String::new())
        },
        Err(finding) => none(finding.found),
    }
}
