//! One cell of the reader as a value of ours, and what the importer refuses in a cell whatever its column.

use calamine::{DataRef, ExcelDateTime};
use chrono::{NaiveDate, NaiveTime};

use super::grid::{CellIn, GridSheet};
use super::problem::{CellProblem, shortened};

pub(super) fn value_of(value: &DataRef<'_>, formula: Option<String>) -> CellIn {
    let plain = plain_value(value);
    match formula {
        Some(text) => CellIn::Formula { text: shortened(&text), shown: plain.shown() },
        None => plain,
    }
}

fn plain_value(value: &DataRef<'_>) -> CellIn {
    match value {
        DataRef::Empty => CellIn::Empty,
        DataRef::String(text) => text_value(text),
        DataRef::SharedString(text) => text_value(text),
        DataRef::Int(n) => CellIn::Number(n.to_string()),
        DataRef::Float(n) => CellIn::Number(fifteen_digits(*n)),
        DataRef::Bool(b) => CellIn::Bool(*b),
        DataRef::DateTime(at) => moment(at),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => CellIn::Text(text.clone()),
        DataRef::Error(fault) => CellIn::Error(fault.to_string()),
    }
}

fn text_value(text: &str) -> CellIn {
    if text.is_empty() { CellIn::Empty } else { CellIn::Text(text.to_owned()) }
}

/// Excel keeps 17 digits in the file and means 15: `105.01000000000001` is a computed `105.01`.
fn fifteen_digits(n: f64) -> String {
    let rounded: f64 = format!("{n:.14e}").parse().unwrap_or(n);
    rounded.to_string()
}

/// A number with a date format. Below one day it is an hour; with an hour format of more than a day, a duration.
fn moment(at: &ExcelDateTime) -> CellIn {
    if at.is_duration() {
        return seconds(at.as_f64()).map_or_else(|| CellIn::Number(fifteen_digits(at.as_f64())), CellIn::Duration);
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    let time = NaiveTime::from_hms_opt(u32::from(hour), u32::from(minute), u32::from(second));
    match (date, time) {
        (_, Some(time)) if (0.0..1.0).contains(&at.as_f64()) => CellIn::Time(time),
        (Some(date), Some(NaiveTime::MIN)) => CellIn::Date(date),
        (Some(date), Some(time)) => CellIn::DateTime(date.and_time(time)),
        // 29 February 1900 exists in Excel only.
        (None, _) | (_, None) => CellIn::Number(fifteen_digits(at.as_f64())),
    }
}

/// Days to seconds, through decimal digits: no float arithmetic.
fn seconds(days: f64) -> Option<i64> {
    const SCALE: i128 = 1_000_000_000_000;
    let digits = format!("{days:.12}");
    let scaled: i128 = digits.replace('.', "").parse().ok()?;
    let half = if scaled < 0 { -SCALE / 2 } else { SCALE / 2 };
    let seconds = scaled.checked_mul(86_400)?.checked_add(half)? / SCALE;
    i64::try_from(seconds).ok()
}

impl CellIn {
    /// Bytes of text that the value keeps.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(text) | Self::Error(text) => text.len(),
            Self::Formula { text, shown } => text.len().saturating_add(shown.len()),
            Self::Empty
            | Self::Number(_)
            | Self::Date(_)
            | Self::DateTime(_)
            | Self::Time(_)
            | Self::Duration(_)
            | Self::Bool(_) => 0,
        }
    }

    /// The value as a message shows it: dates and decimals the Polish way.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(digits) => digits.replace('.', ","),
            Self::Date(day) => day.format("%d.%m.%Y").to_string(),
            Self::DateTime(at) => at.format("%d.%m.%Y %H:%M").to_string(),
            Self::Time(time) => time.format("%H:%M").to_string(),
            Self::Duration(seconds) => {
                format!("{}:{:02}", seconds / 3600, (seconds / 60 % 60).abs())
            }
            Self::Bool(true) => "PRAWDA".to_owned(),
            Self::Bool(false) => "FAŁSZ".to_owned(),
            Self::Formula { text, .. } => format!("={text}"),
            Self::Error(code) => code.clone(),
        }
    }
}

impl GridSheet {
    /// What no column accepts: formulas, Excel's errors, control characters, merged cells. All of them at once.
    pub fn problems(&self) -> Vec<CellProblem> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let mut problems: Vec<CellProblem> = cells
            .filter_map(|cell| {
                let (problem, hint) = refusal(&cell.value)?;
                Some(CellProblem::new(&self.name, &cell.reference, &cell.value.shown(), problem, hint))
            })
            .collect();
        problems.extend(self.merged.iter().map(|range| {
            CellProblem::new(
                &self.name,
                range,
                "",
                "komórki są scalone",
                "Rozdziel je (Narzędzia główne › Scal i wyśrodkuj) i wpisz wartość w każdym wierszu osobno.",
            )
        }));
        problems
    }
}

fn refusal(value: &CellIn) -> Option<(&'static str, &'static str)> {
    match value {
        CellIn::Formula { .. } => Some((
            "komórka zawiera formułę",
            "Wklej wartości: skopiuj kolumnę i wybierz „Wklej specjalnie › Wartości”.",
        )),
        CellIn::Error(_) => Some(("komórka zawiera błąd Excela", "Popraw obliczenie albo wpisz samą wartość.")),
        CellIn::Text(text) if text.chars().any(forbidden) => Some((
            "tekst zawiera niewidoczny znak sterujący",
            "Wpisz tekst od nowa z klawiatury albo wklej go jako zwykły tekst.",
        )),
        CellIn::Text(_)
        | CellIn::Empty
        | CellIn::Number(_)
        | CellIn::Date(_)
        | CellIn::DateTime(_)
        | CellIn::Time(_)
        | CellIn::Duration(_)
        | CellIn::Bool(_) => None,
    }
}

/// Line ends and tabs are a person's; the rest of the control characters, and the escapes that Excel writes for them,
/// are not. Direction overrides can make a text read as another one.
fn forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
