//! Interest as on tax arrears, for money that comes back late.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::finding::Finding;
use super::mark::Mark;
use super::money::Money;
use super::tables::{DatedTable, Piece, TableKind, missing};
use super::time::show_date;

/// Three times the fee for a registered letter (2,90 zł): at or below it no interest is due.
pub const THRESHOLD: Money = Money::from_grosze(870);
/// The current fee is not checked; the threshold is a parameter of the office.
pub const THRESHOLD_MARK: Mark = Mark::Memory;

/// One stretch of days under one rate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InterestPart {
    pub from: NaiveDate,
    /// Counted in.
    pub to: NaiveDate,
    pub days: i64,
    /// Hundredths of a percent a year.
    pub rate_x100: i64,
    pub mark: Mark,
}

impl InterestPart {
    /// The yearly rate in percent.
    pub fn rate(&self) -> Decimal {
        Decimal::new(self.rate_x100, 2)
    }
}

/// What is due, and how it came about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Interest {
    /// Full złoty; zero at or below the threshold.
    pub due: Money,
    /// Before rounding to full złoty, to the nearest grosz; for the page only.
    pub exact: Money,
    pub days: i64,
    pub below_threshold: bool,
    pub parts: Vec<InterestPart>,
    /// Remarks on the rates used, such as a period past the last known change.
    pub remarks: Vec<Finding>,
}

/// `principal × days × yearly rate / 365`, each stretch under its own rate, rounded once to full złoty.
/// Basis: art. 53–56c and 63 § 1 Ordynacji podatkowej, by way of the contract.
/// Dates: from the day the class of return sets, to the day of payment, both counted.
pub fn tax_interest(
    principal: Money,
    from: NaiveDate,
    to: NaiveDate,
    rates: &DatedTable,
    threshold: Money,
) -> Result<Interest, Finding> {
    if principal <= Money::ZERO || to < from {
        return Ok(Interest::none());
    }
    let parts = parts(from, to, rates).ok_or_else(|| no_rate(from))?;
    let weight = parts.iter().try_fold(0_i128, |sum, part| {
        let days_rate = i128::from(part.days).checked_mul(i128::from(part.rate_x100))?;
        sum.checked_add(days_rate)
    });
    let product = weight.and_then(|w| w.checked_mul(i128::from(principal.grosze())));
    // Rates are hundredths of a percent: 10 000 of them make the whole.
    let rounded = product.and_then(|p| Some((p, half_up(p, YEAR)?, half_up(p, YEAR * 100)?)));
    let (product, exact, zloty) = rounded.ok_or_else(too_large)?;
    let below_threshold = product <= i128::from(threshold.grosze()).saturating_mul(YEAR);
    Ok(Interest {
        due: if below_threshold { Money::ZERO } else { Money::zl(zloty) },
        exact: Money::from_grosze(exact),
        days: parts.iter().map(|part| part.days).sum(),
        below_threshold,
        remarks: unseen(to, rates).into_iter().collect(),
        parts,
    })
}

/// Grosze × days × hundredths of a percent that make one grosz.
const YEAR: i128 = 365 * 10_000;

impl Interest {
    fn none() -> Self {
        Self {
            due: Money::ZERO,
            exact: Money::ZERO,
            days: 0,
            below_threshold: true,
            parts: Vec::new(),
            remarks: Vec::new(),
        }
    }
}

fn parts(from: NaiveDate, to: NaiveDate, rates: &DatedTable) -> Option<Vec<InterestPart>> {
    let part = |piece: Piece<'_>| InterestPart {
        from: piece.from,
        to: piece.to,
        days: piece.to.signed_duration_since(piece.from).num_days() + 1,
        rate_x100: piece.row.value_x100,
        mark: piece.row.mark,
    };
    Some(rates.pieces(from, to)?.into_iter().map(part).collect())
}

fn no_rate(from: NaiveDate) -> Finding {
    missing(TableKind::Interest, &format!("na dzień {}", show_date(from)))
}

/// Non-negative numbers only.
fn half_up(n: i128, by: i128) -> Option<i64> {
    let rounded = n.checked_add(by / 2)?.checked_div(by)?;
    i64::try_from(rounded).ok()
}

fn too_large() -> Finding {
    Finding::block("R-INT-01")
        .found("Kwota albo okres są zbyt duże, żeby policzyć odsetki.")
        .hint("Sprawdź kwotę główną i obie daty.")
}

/// A payment after the last known change may fall under a rate nobody entered yet.
fn unseen(to: NaiveDate, rates: &DatedTable) -> Option<Finding> {
    let last = rates.last_change().filter(|last| to > *last)?;
    Some(
        Finding::warn("R-INT-01")
            .at(TableKind::Interest.label())
            .found(format!("Ostatnia znana zmiana stawki: {}.", show_date(last)))
            .basis("art. 56 § 1 i art. 56d Ordynacji podatkowej")
            .hint(
                "Sprawdź w Monitorze Polskim, czy stawka się nie zmieniła; \
                 administrator dopisuje zmianę w tabelach stawek.",
            ),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::law::tables::Tables;

    fn day(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    fn interest(grosze: i64, from: &str, to: &str) -> Interest {
        let rates = Tables::shipped().interest;
        tax_interest(Money::from_grosze(grosze), day(from), day(to), &rates, THRESHOLD).unwrap()
    }

    #[test]
    fn vectors() {
        for (grosze, from, to, days, exact, due) in [
            (105_000, "2015-04-13", "2015-12-31", 263, 6_053, 61),
            (105_000, "2015-06-28", "2015-07-15", 18, 414, 0),
            (840_000, "2022-01-20", "2022-06-30", 162, 42_000, 420),
            (840_000, "2023-08-20", "2023-10-31", 73, 25_511, 255),
            (567_000, "2025-04-01", "2025-11-20", 234, 47_496, 475),
            (567_000, "2026-02-01", "2026-03-31", 59, 9_872, 99),
        ] {
            let got = interest(grosze, from, to);
            assert_eq!(got.days, days, "{from}");
            assert_eq!(got.exact, Money::from_grosze(exact), "{from}");
            assert_eq!(got.due, Money::zl(due), "{from}");
        }
    }

    #[test]
    fn the_threshold_is_met_by_the_unrounded_sum() {
        // 365 days at 8 %: 108,75 zł gives exactly 8,70 zł, one grosz more is above it.
        let at = interest(10_875, "2015-01-01", "2015-12-31");
        assert!(at.below_threshold && at.due.is_zero());
        let above = interest(10_876, "2015-01-01", "2015-12-31");
        assert!(!above.below_threshold);
        assert_eq!(above.due, Money::zl(9));
    }

    #[test]
    fn missing_and_unseen_rates_are_findings() {
        let rates = Tables::shipped().interest;
        let early = tax_interest(Money::zl(1), day("2013-07-03"), day("2013-08-01"), &rates, THRESHOLD);
        assert_eq!(early.unwrap_err().rule.as_str(), "R-TAB-01");
        assert!(interest(100_000, "2025-01-01", "2026-03-05").remarks.is_empty());
        let late = interest(100_000, "2026-01-01", "2026-11-21");
        assert_eq!(late.remarks.len(), 1);
        assert!(late.remarks[0].found.contains("05.03.2026"));
        let none = interest(100_000, "2026-01-02", "2026-01-01");
        assert!(none.due.is_zero() && none.parts.is_empty());
    }

    proptest! {
        #[test]
        fn longer_never_costs_less(grosze in 0i64..1_000_000_000, first in 0u64..4_000, more in 0u64..400) {
            let rates = Tables::shipped().interest;
            let from = day("2014-01-01");
            let to = from + chrono::Days::new(first);
            let of = |to| tax_interest(Money::from_grosze(grosze), from, to, &rates, THRESHOLD).unwrap();
            let (short, long) = (of(to), of(to + chrono::Days::new(more)));
            prop_assert!(short.due <= long.due && short.exact <= long.exact);
            prop_assert_eq!(short.due.grosze() % 100, 0);
        }
    }
}
