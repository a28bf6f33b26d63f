//! Money in whole grosze. No binary fraction ever touches it.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::text::{NBSP, all_digits, group_thousands, quote, ungroup};
use super::words;

/// An amount in whole grosze.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// 999 999 999 999,99 zł: more than any office has, and far from the edge of the integer.
const LARGEST_TYPED: i64 = 99_999_999_999_999;

/// A typed amount that cannot be read. Its text goes straight to the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadMoney(String);

impl Money {
    pub const ZERO: Money = Money(0);

    pub const fn from_grosze(grosze: i64) -> Self {
        Self(grosze)
    }

    /// Whole złoty; meant for constants of the law. Stays at the edge instead of overflowing.
    pub const fn zl(zloty: i64) -> Self {
        Self(zloty.saturating_mul(100))
    }

    pub const fn grosze(self) -> i64 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// `max(0, self - other)`: the excess of one amount over another.
    pub fn saturating_sub_floor0(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// The sum, or nothing when it does not fit.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// In złoty with two decimals.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// Złoty to whole grosze, half a grosz up (away from zero): line values.
    pub fn from_decimal_half_up(zloty: Decimal) -> Option<Self> {
        Self::from_decimal(zloty, RoundingStrategy::MidpointAwayFromZero)
    }

    /// Złoty to whole grosze, the fraction of a grosz dropped (towards minus infinity): caps.
    pub fn from_decimal_floor(zloty: Decimal) -> Option<Self> {
        Self::from_decimal(zloty, RoundingStrategy::ToNegativeInfinity)
    }

    fn from_decimal(zloty: Decimal, how: RoundingStrategy) -> Option<Self> {
        let grosze = zloty.checked_mul(Decimal::ONE_HUNDRED)?.round_dp_with_strategy(0, how);
        i64::try_from(grosze).ok().map(Self)
    }

    /// Reads `12345,67`, `12 345,67 zł`, `12 345.67`, `12345`.
    pub fn parse_pl(typed: &str) -> Result<Self, BadMoney> {
        let bare = strip_unit(typed.trim());
        if bare.is_empty() {
            return Err(BadMoney("Nie podano kwoty. Wpisz ją w złotych, np. 12 345,67.".to_owned()));
        }
        if bare.starts_with(['-', '−', '–']) {
            return Err(refused(typed, "Kwota nie może być ujemna."));
        }
        let (zloty, fraction) = match bare.split_once([',', '.']) {
            Some((zloty, fraction)) => (zloty, Some(fraction)),
            None => (bare, None),
        };
        let not_a_number = || refused(typed, "To nie jest kwota: dozwolone są cyfry, odstępy i jeden przecinek.");
        let digits = ungroup(zloty).ok_or_else(not_a_number)?;
        let grosze = match fraction {
            None => 0,
            Some(f) if !all_digits(f) => return Err(not_a_number()),
            Some(f) => {
                cents(f).ok_or_else(|| refused(typed, "Kwota ma najwyżej dwie cyfry po przecinku (pełne grosze)."))?
            }
        };
        whole_grosze(&digits, grosze)
            .ok_or_else(|| refused(typed, "Największa dozwolona kwota to 999 999 999 999,99 zł."))
    }

    /// `12345,67`, as it stands in an input field.
    pub fn plain(self) -> String {
        let (minus, zloty, grosze) = self.parts();
        format!("{minus}{zloty},{grosze:02}")
    }

    /// The amount in Polish words, as contracts need it: `sto złotych 00/100`.
    pub fn words(self) -> String {
        let (_, zloty, grosze) = self.parts();
        let minus = if self.0 < 0 { "minus " } else { "" };
        let unit = words::zloty_unit(zloty);
        format!("{minus}{} {unit} {grosze:02}/100", words::number(zloty))
    }

    /// `100 * self / whole` with two decimals, half up; nothing when the whole is zero.
    pub fn percent_of(self, whole: Self) -> Option<Decimal> {
        let share = Decimal::from(self.0).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(Decimal::from(whole.0))?;
        Some(share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    fn parts(self) -> (&'static str, u64, u64) {
        let all = self.0.unsigned_abs();
        let minus = if self.0 < 0 { "-" } else { "" };
        (minus, all / 100, all % 100)
    }
}

/// `12 345,67 zł` with the spaces that do not break a line.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (minus, zloty, grosze) = self.parts();
        write!(f, "{minus}{},{grosze:02}{NBSP}zł", group_thousands(zloty))
    }
}

fn refused(typed: &str, why: &str) -> BadMoney {
    BadMoney(format!("Wpisano {}. {why} Wpisz kwotę w złotych, np. 12 345,67.", quote(typed)))
}

fn strip_unit(s: &str) -> &str {
    ["zł", "ZŁ", "Zł", "zl", "PLN", "pln"].iter().find_map(|unit| s.strip_suffix(unit)).unwrap_or(s).trim_end()
}

/// `5` after the comma is fifty grosze; three digits are none.
fn cents(fraction: &str) -> Option<i64> {
    let value: i64 = fraction.parse().ok()?;
    match fraction.len() {
        1 => Some(value * 10),
        2 => Some(value),
        _ => None,
    }
}

fn whole_grosze(zloty: &str, grosze: i64) -> Option<Money> {
    let zloty: i64 = zloty.parse().ok()?;
    let all = zloty.checked_mul(100)?.checked_add(grosze)?;
    (all <= LARGEST_TYPED).then_some(Money(all))
}

#[cfg(test)]
#[path = "money_test.rs"]
mod tests;
