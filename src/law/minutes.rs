//! Time worked, in whole minutes. Whether an hour has 60 or 45 of them belongs to the call.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::text::{NBSP, all_digits, group_thousands, quote, ungroup};

/// A length of time in whole minutes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(i64);

/// How many minutes the call counts as one hour (R-HRS-04).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HourUnit {
    /// A clock hour; the default.
    #[default]
    Min60,
    /// A school hour; only when the announcement says so.
    Min45,
}

/// 100 000 hours: no programme has more, and no sum of them overflows.
const LARGEST_TYPED: i64 = 6_000_000;

/// A typed length of time that cannot be read. Its text goes straight to the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadMinutes(String);

impl HourUnit {
    pub const fn minutes(self) -> i64 {
        match self {
            Self::Min60 => 60,
            Self::Min45 => 45,
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Min60 => "godzina zegarowa (60 minut)",
            Self::Min45 => "godzina dydaktyczna (45 minut)",
        }
    }

    /// Clock minutes behind a length the rules give in hours: 4 h are 180 minutes of school hours.
    pub const fn real(self, nominal: Minutes) -> Minutes {
        Minutes(nominal.0.saturating_mul(self.minutes()) / 60)
    }
}

impl Minutes {
    pub const ZERO: Minutes = Minutes(0);

    pub const fn new(minutes: i64) -> Self {
        Self(minutes)
    }

    pub const fn from_hours(hours: i64) -> Self {
        Self(hours.saturating_mul(60))
    }

    pub const fn get(self) -> i64 {
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

    /// Stays at the edge instead of overflowing; for adding up what was already checked line by line.
    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub fn saturating_sub_floor0(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    pub fn sum(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        all.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Clock hours with two decimals, half up; for tables and sheets, not for further arithmetic.
    pub fn hours_decimal(self) -> Decimal {
        self.units(HourUnit::Min60).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    }

    /// How many hours of the call's unit, unrounded.
    pub fn units(self, unit: HourUnit) -> Decimal {
        Decimal::from(self.0) / Decimal::from(unit.minutes())
    }

    /// Reads `90`, `90 h`, `90:00`, `1:30`, `1,5`, `1 h 30 min`.
    pub fn parse_pl(typed: &str) -> Result<Self, BadMinutes> {
        let bare = typed.trim();
        if bare.is_empty() {
            return Err(BadMinutes("Nie podano liczby godzin. Wpisz np. 90, 1:30 albo 1,5.".to_owned()));
        }
        if bare.starts_with(['-', '−', '–']) {
            return Err(refused(typed, "Liczba godzin nie może być ujemna."));
        }
        let read = by_words(bare).or_else(|| by_colon(bare)).or_else(|| by_comma(bare));
        match read {
            Some(minutes) if minutes > LARGEST_TYPED => {
                Err(refused(typed, "Największa dozwolona liczba to 100 000 godzin."))
            }
            Some(minutes) => Ok(Self(minutes)),
            None => Err(refused(typed, "To nie jest liczba godzin w pełnych minutach.")),
        }
    }
}

/// `90 h`, `1 h 30 min`, `45 min`.
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minus = if self.0 < 0 { "-" } else { "" };
        let all = self.0.unsigned_abs();
        let (hours, rest) = (group_thousands(all / 60), all % 60);
        match (all / 60, rest) {
            (_, 0) => write!(f, "{minus}{hours}{NBSP}h"),
            (0, _) => write!(f, "{minus}{rest}{NBSP}min"),
            _ => write!(f, "{minus}{hours}{NBSP}h {rest}{NBSP}min"),
        }
    }
}

fn refused(typed: &str, why: &str) -> BadMinutes {
    BadMinutes(format!("Wpisano {}. {why} Wpisz np. 90, 1:30 albo 1,5.", quote(typed)))
}

fn by_words(s: &str) -> Option<i64> {
    let (hours, rest) = match s.split_once('h') {
        Some((hours, rest)) => (hours.trim(), rest.trim()),
        None => ("0", s),
    };
    if rest.is_empty() {
        return by_comma(hours);
    }
    let minutes = rest.strip_suffix("min")?.trim();
    if !all_digits(minutes) {
        return None;
    }
    clock(&ungroup(hours)?, minutes.parse().ok()?)
}

fn by_colon(s: &str) -> Option<i64> {
    let (hours, minutes) = s.split_once(':')?;
    if minutes.len() != 2 || !all_digits(minutes) {
        return None;
    }
    clock(&ungroup(hours)?, minutes.parse().ok()?)
}

fn clock(hours: &str, minutes: i64) -> Option<i64> {
    let hours: i64 = hours.parse().ok()?;
    (minutes < 60).then_some(())?;
    hours.checked_mul(60)?.checked_add(minutes)
}

fn by_comma(s: &str) -> Option<i64> {
    let (hours, fraction) = s.split_once([',', '.']).unwrap_or((s, "0"));
    if !all_digits(fraction) || fraction.len() > 4 {
        return None;
    }
    let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let part = fraction.parse::<i64>().ok()?.checked_mul(60)?;
    (part % scale == 0).then_some(())?;
    clock(&ungroup(hours)?, part / scale)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_hours_in_the_ways_people_write_them() {
        for (typed, minutes) in [
            ("90", 5_400),
            ("90:00", 5_400),
            ("1:30", 90),
            ("0:05", 5),
            ("1,5", 90),
            ("1.25", 75),
            ("1 350", 81_000),
            ("90 h", 5_400),
            ("1 h 30 min", 90),
            ("45 min", 45),
            ("100000", 6_000_000),
        ] {
            assert_eq!(Minutes::parse_pl(typed), Ok(Minutes(minutes)), "{typed}");
        }
    }

    #[test]
    fn refuses_with_a_sentence() {
        for (typed, part) in [
            ("", "Nie podano liczby godzin"),
            ("-1", "nie może być ujemna"),
            ("1:60", "pełnych minutach"),
            ("1:5", "pełnych minutach"),
            ("1,33", "pełnych minutach"),
            ("1,", "pełnych minutach"),
            ("dziewięć", "pełnych minutach"),
            ("100 001", "100 000 godzin"),
            ("99999999999999999999", "pełnych minutach"),
        ] {
            let said = Minutes::parse_pl(typed).unwrap_err().to_string();
            assert!(said.contains(part) && said.contains("1:30"), "{typed}: {said}");
        }
    }

    #[test]
    fn shows_and_counts() {
        assert_eq!(Minutes::from_hours(90).to_string(), "90\u{A0}h");
        assert_eq!(Minutes(90).to_string(), "1\u{A0}h 30\u{A0}min");
        assert_eq!(Minutes(45).to_string(), "45\u{A0}min");
        assert_eq!(Minutes::ZERO.to_string(), "0\u{A0}h");
        assert_eq!(Minutes(100).hours_decimal(), Decimal::new(167, 2));
        assert_eq!(Minutes(90).units(HourUnit::Min45), Decimal::TWO);
        assert_eq!(HourUnit::Min45.real(Minutes::from_hours(4)), Minutes(180));
        assert_eq!(HourUnit::Min60.real(Minutes::from_hours(4)), Minutes(240));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(minutes in 0..=LARGEST_TYPED) {
            prop_assert_eq!(Minutes::parse_pl(&Minutes(minutes).to_string()), Ok(Minutes(minutes)));
        }

        #[test]
        fn no_text_breaks_the_reader(typed in ".{0,40}") {
            if let Ok(m) = Minutes::parse_pl(&typed) { prop_assert!(m >= Minutes::ZERO); }
        }
    }
}
