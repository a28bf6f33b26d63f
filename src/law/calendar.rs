//! Polish holidays and terms counted in days and months.

use std::iter::successors;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// A day free from work by statute, Sundays aside.
/// Basis: ustawa z 18.01.1951 o dniach wolnych od pracy (Dz.U. 2025 poz. 296).
/// Date: the day itself; 6 January counts from 2011, 24 December from 2025.
pub fn is_holiday(day: NaiveDate) -> bool {
    let fixed = match (day.month(), day.day()) {
        (1, 1) | (5, 1) | (5, 3) | (8, 15) | (11, 1) | (11, 11) | (12, 25 | 26) => true,
        (1, 6) => day.year() >= 2011,
        (12, 24) => day.year() >= 2025,
        _ => false,
    };
    fixed || is_movable(day)
}

/// Monday to Friday without holidays.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day)
}

/// The n-th working day after `day`; the day of the event does not count (art. 111 § 2 KC).
pub fn add_working_days(day: NaiveDate, n: u32) -> NaiveDate {
    (0..n).fold(day, |d, _| next_working_day_on_or_after(next(d)))
}

/// Where a term ends that would end on this day.
/// Basis: art. 115 KC: neither a day free from work by statute nor a Saturday.
/// Date: the last day of the term.
pub fn next_working_day_on_or_after(day: NaiveDate) -> NaiveDate {
    successors(Some(day), |d| d.succ_opt()).find(|d| is_working_day(*d)).unwrap_or(day)
}

/// The same day n months later, or the last day of a shorter month (art. 112 KC).
/// Dates past the calendar's edge stay at the edge; typed dates never come near it.
pub fn add_months(day: NaiveDate, n: u32) -> NaiveDate {
    day.checked_add_months(Months::new(n)).unwrap_or(NaiveDate::MAX)
}

/// The last day of an edition of so many months, its first day counted in: 13.04 and 2 give 12.06.
/// An edition that begins on a day which the last month lacks ends on that month's last day.
pub fn edition_end(start: NaiveDate, months: u32) -> NaiveDate {
    let same_day = add_months(start, months);
    if same_day.day() < start.day() {
        return same_day;
    }
    same_day.pred_opt().unwrap_or(same_day)
}

/// Adds calendar days; a term of days does not count the day of the event.
pub fn add_days(day: NaiveDate, n: u32) -> NaiveDate {
    day.checked_add_days(Days::new(n.into())).unwrap_or(NaiveDate::MAX)
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// Easter Sunday and Monday, Pentecost (49 days after), Corpus Christi (60 days after).
fn is_movable(day: NaiveDate) -> bool {
    easter(day.year())
        .map(|easter| day.signed_duration_since(easter).num_days())
        .is_some_and(|after| matches!(after, 0 | 1 | 49 | 60))
}

/// Easter Sunday by the anonymous Gregorian computus.
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let f = (b + 8) / 25;
    let h = (19 * a + b - b / 4 - (b - f + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn easter_of_known_years() {
        for (y, m, d) in [
            (2014, 4, 20),
            (2015, 4, 5),
            (2019, 4, 21),
            (2020, 4, 12),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(y), NaiveDate::from_ymd_opt(y, m, d));
        }
    }

    #[test]
    fn holidays_of_2026() {
        let all: Vec<String> = day(2026, 1, 1)
            .iter_days()
            .take(365)
            .filter(|d| is_holiday(*d))
            .map(|d| d.format("%d.%m").to_string())
            .collect();
        assert_eq!(
            all.join(" "),
            "01.01 06.01 05.04 06.04 01.05 03.05 24.05 04.06 15.08 01.11 11.11 24.12 25.12 26.12"
        );
        assert!(!is_holiday(day(2024, 12, 24)) && is_holiday(day(2025, 12, 24)));
        assert!(!is_holiday(day(2010, 1, 6)) && is_holiday(day(2011, 1, 6)));
    }

    #[test]
    fn a_term_that_ends_on_a_free_day_moves_on() {
        for (due, moved) in [
            (day(2026, 11, 20), day(2026, 11, 20)),
            (day(2026, 11, 21), day(2026, 11, 23)),
            (day(2026, 12, 24), day(2026, 12, 28)),
            (day(2015, 5, 1), day(2015, 5, 4)),
        ] {
            assert_eq!(next_working_day_on_or_after(due), moved);
        }
        assert_eq!(add_working_days(day(2026, 11, 10), 5), day(2026, 11, 18));
        assert_eq!(add_working_days(day(2026, 11, 21), 1), day(2026, 11, 23));
        assert_eq!(add_working_days(day(2026, 11, 21), 0), day(2026, 11, 21));
    }

    #[test]
    fn editions_of_two_months() {
        for (start, end) in [
            (day(2015, 4, 13), day(2015, 6, 12)),
            (day(2015, 7, 13), day(2015, 9, 12)),
            (day(2015, 10, 5), day(2015, 12, 4)),
            (day(2015, 1, 1), day(2015, 2, 28)),
            (day(2025, 12, 31), day(2026, 2, 28)),
            (day(2025, 12, 29), day(2026, 2, 28)),
            (day(2025, 12, 28), day(2026, 2, 27)),
        ] {
            assert_eq!(edition_end(start, 2), end);
        }
        assert_eq!(add_months(day(2026, 8, 31), 6), day(2027, 2, 28));
        assert_eq!(add_days(day(2026, 2, 28), 22), day(2026, 3, 22));
    }
}
