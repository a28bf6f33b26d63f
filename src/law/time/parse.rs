//! Reading dates and hours from forms and sheets.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::law::text::{all_digits, quote};

const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// A typed date that cannot be read. Its text goes straight to the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadDate(String);

/// A typed hour that cannot be read. Its text goes straight to the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadTime(String);

/// Reads `2015-04-13` (what a browser's date field sends) and `13.04.2015`.
pub fn parse_date(typed: &str) -> Result<NaiveDate, BadDate> {
    let bare = typed.trim();
    if bare.is_empty() {
        return Err(BadDate("Nie podano daty. Wpisz ją np. tak: 13.04.2015.".to_owned()));
    }
    let Some((year, month, day)) = split_date(bare) else {
        return Err(bad_date(typed, "To nie jest data."));
    };
    if !YEARS.contains(&year) {
        return Err(bad_date(typed, "Rok musi być między 1900 a 2199."));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| bad_date(typed, &no_such_day(year, month)))
}

/// Reads `14:05`, `9:05`, `14:05:00` and `14.05`; seconds are kept.
pub fn parse_time(typed: &str) -> Result<NaiveTime, BadTime> {
    let bare = typed.trim();
    if bare.is_empty() {
        return Err(BadTime("Nie podano godziny. Wpisz ją np. tak: 14:05.".to_owned()));
    }
    let parts: Vec<&str> = bare.split([':', '.']).collect();
    let read = match parts.as_slice() {
        [h, m] => numbers(h, m, "00"),
        [h, m, s] => numbers(h, m, s),
        _ => None,
    };
    read.and_then(|(h, m, s)| NaiveTime::from_hms_opt(h, m, s)).ok_or_else(|| {
        BadTime(format!("Wpisano {}. To nie jest godzina. Wpisz godzinę od 0:00 do 23:59, np. 14:05.", quote(typed)))
    })
}

fn split_date(s: &str) -> Option<(i32, u32, u32)> {
    let iso: Vec<&str> = s.split('-').collect();
    let polish: Vec<&str> = s.trim_end_matches([' ', 'r', '.']).split('.').collect();
    let (year, month, day) = match (iso.as_slice(), polish.as_slice()) {
        ([y, m, d], _) => (*y, *m, *d),
        (_, [d, m, y]) => (*y, *m, *d),
        _ => return None,
    };
    let [year, month, day] = [year, month, day].map(str::trim);
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let all = all_digits(year) && all_digits(month) && all_digits(day);
    all.then_some(())?;
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

fn numbers(h: &str, m: &str, s: &str) -> Option<(u32, u32, u32)> {
    let shaped = (1..=2).contains(&h.len()) && m.len() == 2 && s.len() == 2;
    let digits = all_digits(h) && all_digits(m) && all_digits(s);
    (shaped && digits).then_some(())?;
    Some((h.parse().ok()?, m.parse().ok()?, s.parse().ok()?))
}

fn no_such_day(year: i32, month: u32) -> String {
    match (month_name(month), last_day(year, month)) {
        (Some(name), Some(last)) => format!("Nie ma takiego dnia: {name} {year} ma {last} dni."),
        _ => "Nie ma takiego miesiąca: miesiące mają numery od 1 do 12.".to_owned(),
    }
}

fn last_day(year: i32, month: u32) -> Option<u32> {
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let next = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some(next.checked_sub_days(Days::new(1))?.day())
}

fn month_name(month: u32) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "styczeń",
        "luty",
        "marzec",
        "kwiecień",
        "maj",
        "czerwiec",
        "lipiec",
        "sierpień",
        "wrzesień",
        "październik",
        "listopad",
        "grudzień",
    ];
    let at = usize::try_from(month.checked_sub(1)?).ok()?;
    NAMES.get(at).copied()
}

fn bad_date(typed: &str, why: &str) -> BadDate {
    BadDate(format!("Wpisano {}. {why} Wpisz datę np. tak: 13.04.2015.", quote(typed)))
}
