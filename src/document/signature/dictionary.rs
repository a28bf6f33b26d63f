//! What the dictionary of a signature says in words: kind, time, reason, name.

use chrono::{NaiveDate, TimeDelta};

use super::place::find;
use crate::law::Instant;

/// Longest text that is read, in bytes.
const LONGEST: usize = 2000;

/// The name after `key`, such as `ETSI.CAdES.detached`.
pub(super) fn name(dictionary: &[u8], key: &[u8]) -> Option<String> {
    let rest = value(dictionary, key)?.strip_prefix(b"/")?;
    let end = rest.iter().position(|b| ends_name(*b)).unwrap_or(rest.len());
    Some(String::from_utf8_lossy(rest.get(..end)?).into_owned())
}

/// The text after `key`.
pub(super) fn text(dictionary: &[u8], key: &[u8]) -> Option<String> {
    let rest = value(dictionary, key)?;
    let bytes = match rest.split_first()? {
        (b'(', inside) => literal(inside),
        (b'<', inside) => hexadecimal(inside)?,
        _ => return None,
    };
    Some(decoded(&bytes))
}

/// The time after `key`: `(D:20261120123000+01'00')`.
pub(super) fn time(dictionary: &[u8], key: &[u8]) -> Option<Instant> {
    let said = text(dictionary, key)?;
    let said = said.strip_prefix("D:").unwrap_or(&said);
    let digits = |from: usize, count: usize| said.get(from..from + count)?.parse::<u32>().ok();
    let year = i32::try_from(digits(0, 4)?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, digits(4, 2)?, digits(6, 2)?)?;
    let local = day.and_hms_opt(digits(8, 2)?, digits(10, 2)?, digits(12, 2).unwrap_or(0))?;
    let east = match said.get(14..15) {
        Some("+") => 1,
        Some("-") => -1,
        _ => 0,
    };
    let (hours, minutes) = (digits(15, 2).unwrap_or(0), digits(18, 2).unwrap_or(0));
    let ahead = TimeDelta::minutes(east * i64::from(hours.min(23) * 60 + minutes.min(59)));
    Some(local.checked_sub_signed(ahead)?.and_utc())
}

/// What stands after `key`, which must be a whole name.
fn value<'a>(dictionary: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let mut rest = dictionary;
    while let Some(at) = find(rest, key) {
        rest = rest.get(at + key.len()..)?;
        if rest.first().is_some_and(|b| ends_name(*b)) {
            return Some(rest.trim_ascii_start());
        }
    }
    None
}

fn ends_name(b: u8) -> bool {
    b.is_ascii_whitespace() || b"/()<>[]{}%".contains(&b)
}

/// The bytes of `(…)`, without the first bracket.
fn literal(text: &[u8]) -> Vec<u8> {
    let (mut out, mut depth) = (Vec::new(), 0_usize);
    let mut bytes = text.iter().copied().take(LONGEST).peekable();
    while let Some(b) = bytes.next() {
        match b {
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            b'(' => depth += 1,
            b'\\' => {
                let Some(escaped) = bytes.next() else { break };
                out.extend(unescaped(escaped, &mut bytes));
                continue;
            }
            _ => {}
        }
        out.push(b);
    }
    out
}

fn unescaped(b: u8, rest: &mut std::iter::Peekable<impl Iterator<Item = u8>>) -> Option<u8> {
    match b {
        b'n' => Some(b'\n'),
        b'r' => Some(b'\r'),
        b't' => Some(b'\t'),
        b'b' | b'f' => Some(b' '),
        b'\r' | b'\n' => None,
        b'0'..=b'7' => {
            let mut code = u32::from(b - b'0');
            for _ in 0..2 {
                let Some(digit) = rest.next_if(|next| (b'0'..=b'7').contains(next)) else { break };
                code = code * 8 + u32::from(digit - b'0');
            }
            u8::try_from(code & 0xFF).ok()
        }
        other => Some(other),
    }
}

fn hexadecimal(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().take(LONGEST).position(|b| *b == b'>')?;
    let digits: Vec<u32> = text.get(..end)?.iter().filter_map(|b| char::from(*b).to_digit(16)).collect();
    digits.chunks_exact(2).map(|two| u8::try_from(two.iter().fold(0, |all, one| all * 16 + one)).ok()).collect()
}

fn decoded(bytes: &[u8]) -> String {
    if let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units: Vec<u16> = wide.chunks_exact(2).filter_map(|c| c.try_into().ok()).map(u16::from_be_bytes).collect();
        return String::from_utf16_lossy(&units);
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // The alphabet of PDF: Latin letters, with these two of the Polish ones.
        Err(_) => bytes
            .iter()
            .map(|b| match b {
                0x95 => 'Ł',
                0x9B => 'ł',
                b => char::from(*b),
            })
            .collect(),
    }
}
