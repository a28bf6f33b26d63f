//! Calendars as RFC 5545 wants them: CRLF, lines of at most 75 octets, texts escaped, instants in UTC.
//!
//! Written by hand: the few properties of a calendar of dates are shorter than a crate for all of them.

use chrono::{Duration, NaiveDate};

use crate::law::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A whole day, or several; the last one counts.
    Days(NaiveDate, NaiveDate),
    /// The half hour that ends at this instant: a deadline stands on its own day, also at midnight.
    Until(Instant),
}

/// One date of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    /// The same for ever.
    pub uid: String,
    /// Grows with every change.
    pub sequence: i64,
    /// When it was last changed; never the time of asking.
    pub stamp: Instant,
    pub when: When,
    pub summary: String,
    pub description: String,
    pub url: String,
    pub cancelled: bool,
}

/// A calendar to subscribe to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub name: String,
    pub events: Vec<CalendarEvent>,
}

impl Calendar {
    #[must_use]
    pub fn ics(&self) -> String {
        let mut out = String::new();
        for line in [
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Konkurs//Kalendarz//PL".to_owned(),
            "CALSCALE:GREGORIAN".to_owned(),
            "METHOD:PUBLISH".to_owned(),
            format!("NAME:{}", escaped(&self.name)),
            format!("X-WR-CALNAME:{}", escaped(&self.name)),
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H".to_owned(),
        ] {
            put(&mut out, &line);
        }
        self.events.iter().for_each(|event| event.put_into(&mut out));
        put(&mut out, "END:VCALENDAR");
        out
    }
}

impl CalendarEvent {
    fn put_into(&self, out: &mut String) {
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", self.uid),
            format!("DTSTAMP:{}", utc(self.stamp)),
            format!("SEQUENCE:{}", self.sequence.max(0)),
        ];
        lines.extend(self.when.lines());
        lines.push(format!("SUMMARY:{}", escaped(&self.summary)));
        lines.push(format!("DESCRIPTION:{}", escaped(&self.description)));
        lines.push(format!("URL:{}", self.url));
        lines.push(format!("STATUS:{}", if self.cancelled { "CANCELLED" } else { "CONFIRMED" }));
        lines.push("TRANSP:TRANSPARENT".to_owned());
        lines.push("END:VEVENT".to_owned());
        lines.iter().for_each(|line| put(out, line));
    }
}

impl When {
    fn lines(&self) -> [String; 2] {
        match self {
            When::Days(first, last) => {
                let after = last.succ_opt().unwrap_or(*last);
                [format!("DTSTART;VALUE=DATE:{}", day(*first)), format!("DTEND;VALUE=DATE:{}", day(after))]
            }
            When::Until(end) => {
                [format!("DTSTART:{}", utc(*end - Duration::minutes(30))), format!("DTEND:{}", utc(*end))]
            }
        }
    }
}

fn utc(at: Instant) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// A text: backslash, semicolon, comma and line ends escaped, other control characters left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Longest line in octets, without its end.
const LINE: usize = 75;

/// Adds a line, folded where it is too long, never inside a character.
fn put(out: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_fold_between_characters_and_unfold_to_the_same() {
        let text = "Zażółć gęślą jaźń; raz, dwa\\trzy – ".repeat(9);
        let mut out = String::new();
        put(&mut out, &format!("SUMMARY:{}", escaped(&text)));
        assert!(out.ends_with("\r\n") && out.split("\r\n").all(|line| line.len() <= LINE), "{out}");
        assert!(out.split("\r\n").count() > 5);
        assert_eq!(out.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", escaped(&text)).trim_end());
        assert_eq!(escaped("a\r\nb\u{7};,\\"), "a\\nb\\;\\,\\\\");
    }

    #[test]
    fn a_deadline_at_midnight_stands_on_the_day_before() {
        let end: Instant = "2026-12-14T23:00:00Z".parse().unwrap();
        assert_eq!(When::Until(end).lines(), ["DTSTART:20261214T223000Z", "DTEND:20261214T230000Z"]);
        let d = |text: &str| text.parse::<NaiveDate>().unwrap();
        let days = When::Days(d("2026-12-31"), d("2026-12-31"));
        assert_eq!(days.lines(), ["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"]);
    }
}
