//! Instants, Warsaw wall time, and dates as Polish people read and write them.
//!
//! An instant is stored in UTC; every date and hour a person sees is Europe/Warsaw. A deadline is an
//! instant made from a Warsaw wall time, and the gate, the list and the countdown all compare with it.

use chrono::{
    DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::{Europe::Warsaw, Tz};

mod parse;
pub use parse::{BadDate, BadTime, parse_date, parse_time};

pub type Instant = DateTime<Utc>;

/// A wall time that the clocks skipped in spring.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "Godziny {} w dniu {} nie ma w Polsce: zegary przestawiono wtedy z 2:00 na 3:00. \
     Wybierz godzinę przed 2:00 albo od 3:00.",
    show_time(*.time), show_date(*.date)
)]
pub struct NoSuchTime {
    pub date: NaiveDate,
    pub time: NaiveTime,
}

pub fn warsaw(at: Instant) -> DateTime<Tz> {
    at.with_timezone(&Warsaw)
}

pub fn warsaw_date(at: Instant) -> NaiveDate {
    warsaw(at).date_naive()
}

/// The instant of a Warsaw wall time. In the autumn hour that happens twice it is the later one, so
/// that nobody who reads "2:30" on the clock loses an hour.
pub fn at_warsaw(date: NaiveDate, time: NaiveTime) -> Result<Instant, NoSuchTime> {
    match Warsaw.from_local_datetime(&NaiveDateTime::new(date, time)) {
        LocalResult::Single(at) | LocalResult::Ambiguous(_, at) => Ok(at.with_timezone(&Utc)),
        LocalResult::None => Err(NoSuchTime { date, time }),
    }
}

/// The first instant that no longer belongs to this day in Warsaw: a gate lets in `arrived < end`.
pub fn end_of_day_warsaw(date: NaiveDate) -> Instant {
    let next = date.succ_opt().unwrap_or(NaiveDate::MAX);
    // Warsaw has never skipped a midnight; were it to, the day would end at the first hour there is.
    (0..24)
        .filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0))
        .find_map(|hour| at_warsaw(next, hour).ok())
        .unwrap_or(Instant::MAX_UTC)
}

/// `13.04.2015`.
pub fn show_date(date: NaiveDate) -> String {
    date.format("%d.%m.%Y").to_string()
}

/// `poniedziałek, 13.04.2015`.
pub fn show_date_weekday(date: NaiveDate) -> String {
    format!("{}, {}", weekday(date), show_date(date))
}

/// `14:05`.
pub fn show_time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// `13.04.2015, 14:05` in Warsaw.
pub fn show_instant(at: Instant) -> String {
    warsaw(at).format("%d.%m.%Y, %H:%M").to_string()
}

/// `13.04.2015, 14:05:09` in Warsaw; receipts need the seconds.
pub fn show_instant_seconds(at: Instant) -> String {
    warsaw(at).format("%d.%m.%Y, %H:%M:%S").to_string()
}

/// The last day of a deadline: a midnight is the end of the day before it.
pub fn last_day(end: Instant) -> NaiveDate {
    warsaw_date(end - TimeDelta::microseconds(1))
}

/// A deadline, the same on pages, papers and in letters: `poniedziałek, 14.12.2026, do końca dnia (23:59)` or
/// `wtorek, 15.12.2026, godz. 14:00`.
pub fn show_deadline(end: Instant) -> String {
    let day = show_date_weekday(last_day(end));
    match hour_of(end) {
        Some(hour) => format!("{day}, godz. {hour}"),
        None => format!("{day}, do końca dnia (23:59)"),
    }
}

/// The same in a sentence, after „do”: `końca dnia 14.12.2026` or `15.12.2026, godz. 14:00`.
pub fn show_until(end: Instant) -> String {
    let day = show_date(last_day(end));
    match hour_of(end) {
        Some(hour) => format!("{day}, godz. {hour}"),
        None => format!("końca dnia {day}"),
    }
}

/// The hour of a deadline, with seconds where there are some; none at a midnight.
fn hour_of(end: Instant) -> Option<String> {
    let time = warsaw(end).time();
    let whole = time.second() == 0 && time.nanosecond() == 0;
    (time != NaiveTime::MIN).then(|| time.format(if whole { "%H:%M" } else { "%H:%M:%S" }).to_string())
}

/// How long to the deadline, or how long since: `za 9 dni i 4 godziny`, `termin minął 2 dni temu`.
/// A day here is 24 hours that pass, so the countdown never jumps when the clocks change.
pub fn left(now: Instant, deadline: Instant) -> String {
    let seconds = deadline.signed_duration_since(now).num_seconds();
    let ahead = now < deadline;
    match (ahead, span(seconds.abs())) {
        (true, Some(span)) => format!("za {span}"),
        (true, None) => "za mniej niż minutę".to_owned(),
        (false, Some(span)) => format!("termin minął {span} temu"),
        (false, None) => "termin minął przed chwilą".to_owned(),
    }
}

/// The Polish form of a counted noun: 1 dzień, 2 dni, 5 dni, 22 dni.
pub fn plural<'a>(n: i64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    let n = n.unsigned_abs();
    match (n, n % 10, n % 100) {
        (1, ..) => one,
        (_, _, 12..=14) => many,
        (_, 2..=4, _) => few,
        _ => many,
    }
}

fn weekday(date: NaiveDate) -> &'static str {
    use chrono::Weekday::*;
    match date.weekday() {
        Mon => "poniedziałek",
        Tue => "wtorek",
        Wed => "środa",
        Thu => "czwartek",
        Fri => "piątek",
        Sat => "sobota",
        Sun => "niedziela",
    }
}

/// The two largest units that are not zero; nothing under a minute.
fn span(seconds: i64) -> Option<String> {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let days_said = || format!("{days} {}", plural(days, "dzień", "dni", "dni"));
    let hours_said = || format!("{hours} {}", plural(hours, "godzinę", "godziny", "godzin"));
    let minutes_said = || format!("{minutes} {}", plural(minutes, "minutę", "minuty", "minut"));
    match (days, hours, minutes) {
        (0, 0, 0) => None,
        (0, 0, _) => Some(minutes_said()),
        (0, _, 0) => Some(hours_said()),
        (0, _, _) => Some(format!("{} i {}", hours_said(), minutes_said())),
        (_, 0, _) => Some(days_said()),
        (_, _, _) => Some(format!("{} i {}", days_said(), hours_said())),
    }
}

#[cfg(test)]
#[path = "time_test.rs"]
mod tests;
