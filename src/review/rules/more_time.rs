//! A longer time to supplement offers: the same for everybody who has not answered.

use chrono::{Days, NaiveDate};

use crate::call::rules::LEAST_WHY;
use crate::error::FieldErrors;
use crate::law::{Instant, end_of_day_warsaw, show_date, show_until, warsaw_date};

/// How many days ahead a longer time may end: nobody means a later one.
const FARTHEST: Days = Days::new(60);

/// Everybody who was called and has not answered gets the same longer time, for a reason that they read (R-COR-02).
/// `dues` are the ends of the time they have; whoever has more keeps it.
/// Basis: the announcement; UDPP art. 5 ust. 3. Date: the moment of the deed.
#[must_use]
pub fn check_more_time(dues: &[Instant], until: NaiveDate, why: &str, now: Instant) -> FieldErrors {
    let mut errors = FieldErrors::new();
    let today = warsaw_date(now);
    let farthest = today.checked_add_days(FARTHEST).unwrap_or(today);
    let due = end_of_day_warsaw(until);
    if until < today || until > farthest {
        errors
            .add("until", format!("Podano {}. Wybierz dzień od dzisiaj do {}.", show_date(until), show_date(farthest)));
    } else if let Some(first) = dues.iter().min().filter(|first| **first > due) {
        errors.add(
            "until",
            format!(
                "Wszyscy wezwani mają czas co najmniej do {}. Wybierz późniejszy dzień; czasu nie można skrócić.",
                show_until(*first)
            ),
        );
    }
    let given = why.trim().chars().count();
    if given < LEAST_WHY {
        errors.add(
            "why",
            format!("Powód ma {given} znaków, a ma mieć co najmniej {LEAST_WHY}: oferenci przeczytają go w liście."),
        );
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::parse_date;

    #[test]
    fn time_is_only_given_and_for_a_reason() {
        let day = |text: &str| parse_date(text).unwrap();
        let now = end_of_day_warsaw(day("2026-12-14")) + chrono::TimeDelta::hours(10);
        let dues = [end_of_day_warsaw(day("2026-12-22")), end_of_day_warsaw(day("2026-12-28"))];
        let why = "awaria serwisu 22 grudnia wieczorem";
        let said = |until: &str, why: &str| {
            let found = check_more_time(&dues, day(until), why, now);
            found.list().iter().map(|e| e.message.clone()).collect::<Vec<_>>()
        };
        let days = "Wybierz dzień od dzisiaj do 13.02.2027.";
        assert_eq!(said("2026-12-14", why), [format!("Podano 14.12.2026. {days}")]);
        assert_eq!(said("2027-02-14", why), [format!("Podano 14.02.2027. {days}")]);
        let least = "Wszyscy wezwani mają czas co najmniej do końca dnia 22.12.2026. Wybierz późniejszy dzień; czasu nie można skrócić.";
        assert_eq!(said("2026-12-21", why), [least]);
        for until in ["2026-12-22", "2026-12-23", "2027-02-13"] {
            assert_eq!(said(until, why), Vec::<String>::new(), "{until}");
        }
        assert_eq!(
            said("2026-12-23", " awaria "),
            ["Powód ma 6 znaków, a ma mieć co najmniej 30: oferenci przeczytają go w liście."]
        );
    }
}
