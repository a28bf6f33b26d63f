//! Reads a calendar as strictly as RFC 5545 is written.

use std::collections::BTreeMap;

/// The properties of one event: name with parameters to its raw value.
pub type Event = BTreeMap<String, String>;

fn is_utc(value: &str) -> bool {
    value.len() == 16
        && value.as_bytes()[8] == b'T'
        && value.ends_with('Z')
        && value.bytes().enumerate().all(|(at, b)| at == 8 || at == 15 || b.is_ascii_digit())
}

/// Takes escapes out of a text; any other use of their signs is a fault.
fn text(raw: &str) -> String {
    let (mut out, mut chars) = (String::new(), raw.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c @ ('\\' | ';' | ',')) => out.push(c),
                other => panic!("\\{other:?} in {raw}"),
            },
            ';' | ',' => panic!("{c} is not escaped in {raw}"),
            c => out.push(c),
        }
    }
    out
}

/// The lines of a calendar, unfolded.
fn lines(ics: &str) -> Vec<String> {
    assert!(ics.ends_with("\r\n"), "the last line has its end");
    assert!(!ics.replace("\r\n", "").contains(['\r', '\n']), "every line ends with CRLF");
    let mut out: Vec<String> = Vec::new();
    for line in ics.trim_end_matches("\r\n").split("\r\n") {
        assert!(!line.is_empty() && line.len() <= 75, "{} octets: {line}", line.len());
        match line.strip_prefix(' ') {
            Some(rest) => out.last_mut().unwrap().push_str(rest),
            None => out.push(line.to_owned()),
        }
    }
    out
}

/// Name and events of a calendar; panics at the first fault.
pub fn parsed(ics: &str) -> (String, Vec<Event>) {
    let lines = lines(ics);
    assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
    assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
    assert_eq!(lines.iter().filter(|line| *line == "VERSION:2.0").count(), 1);
    assert_eq!(lines.iter().filter(|line| line.starts_with("PRODID:-//")).count(), 1);
    let (mut name, mut events, mut open): (String, Vec<Event>, Option<Event>) = (String::new(), Vec::new(), None);
    for line in &lines[1..lines.len() - 1] {
        let (key, value) = line.split_once(':').unwrap_or_else(|| panic!("no colon: {line}"));
        match (key, value) {
            ("BEGIN", "VEVENT") => assert!(open.replace(Event::new()).is_none(), "an event in an event"),
            ("END", "VEVENT") => events.push(checked(open.take().unwrap())),
            ("BEGIN" | "END", other) => panic!("{other} is not known"),
            _ => match &mut open {
                Some(event) => {
                    let value = if matches!(key, "SUMMARY" | "DESCRIPTION") { text(value) } else { value.to_owned() };
                    assert!(event.insert(key.to_owned(), value).is_none(), "{key} twice");
                }
                None if key == "X-WR-CALNAME" => name = text(value),
                None => {}
            },
        }
    }
    let mut ids: Vec<&String> = events.iter().map(|e| &e["UID"]).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), events.len(), "a UID twice");
    (name, events)
}

fn checked(event: Event) -> Event {
    for name in ["UID", "DTSTAMP", "SUMMARY", "SEQUENCE", "STATUS"] {
        assert!(event.contains_key(name), "{name} is missing: {event:?}");
    }
    assert!(is_utc(&event["DTSTAMP"]) && event["SEQUENCE"].parse::<u32>().is_ok(), "{event:?}");
    let timed = event.get("DTSTART").zip(event.get("DTEND"));
    let days = event.get("DTSTART;VALUE=DATE").zip(event.get("DTEND;VALUE=DATE"));
    match (timed, days) {
        (Some((from, to)), None) => assert!(is_utc(from) && is_utc(to) && from < to, "{event:?}"),
        (None, Some((from, to))) => {
            assert!(from.len() == 8 && to.len() == 8 && from < to, "{event:?}");
            assert!(from.bytes().chain(to.bytes()).all(|b| b.is_ascii_digit()), "{event:?}");
        }
        other => panic!("start and end do not fit: {other:?}"),
    }
    assert!(["CONFIRMED", "CANCELLED"].contains(&event["STATUS"].as_str()), "{event:?}");
    event
}
