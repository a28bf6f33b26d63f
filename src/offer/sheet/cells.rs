//! Cells of an upload as values; what cannot be read is kept as a problem with its place.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use crate::document::{CellIn, CellProblem, GridRow, GridSheet, HeaderMap};
use crate::law::{Money, parse_date, parse_time};
use crate::offer::units::{LONGEST_TEXT, parse_units};

/// Reads the rows of one sheet.
pub(super) struct Reader<'a> {
    sheet: &'a GridSheet,
    map: &'a HeaderMap,
    bad: Vec<CellProblem>,
}

impl<'a> Reader<'a> {
    pub fn new(sheet: &'a GridSheet, map: &'a HeaderMap) -> Reader<'a> {
        Reader { sheet, map, bad: Vec::new() }
    }

    pub fn rows(&self) -> Vec<&'a GridRow> {
        self.map.rows(self.sheet).collect()
    }

    pub fn into_problems(self) -> Vec<CellProblem> {
        self.bad
    }

    pub fn has(&self, key: &str) -> bool {
        self.map.has(key)
    }

    /// The value of a cell as it is shown; nothing for a formula or an Excel error, which are named elsewhere.
    fn shown(&self, row: &GridRow, key: &str) -> Option<String> {
        let value = self.map.value(row, key);
        if matches!(value, CellIn::Formula { .. } | CellIn::Error(_)) {
            return None;
        }
        Some(value.shown().trim().to_owned())
    }

    pub fn problem(&mut self, row: &GridRow, key: &str, problem: &str, hint: &str) {
        let found = self.map.value(row, key).shown();
        let cell = self.map.reference(row, key);
        self.bad.push(CellProblem::new(&self.sheet.name, cell, &found, problem, hint));
    }

    pub fn text(&mut self, row: &GridRow, key: &str) -> String {
        let text = self.shown(row, key).unwrap_or_default();
        let count = text.chars().count();
        if count > LONGEST_TEXT {
            self.problem(row, key, &format!("tekst ma {count} znaków"), &format!("Skróć go do {LONGEST_TEXT} znaków."));
        }
        text
    }

    /// One of `allowed`, letters of any size; `None` when it is none of them, which is told.
    pub fn one_of(&mut self, row: &GridRow, key: &str, allowed: &[String], problem: &str) -> Option<String> {
        let text = self.shown(row, key)?;
        let hit = allowed.iter().find(|a| a.to_lowercase() == text.to_lowercase()).cloned();
        if hit.is_none() {
            let problem = if text.is_empty() { "komórka jest pusta" } else { problem };
            self.problem(row, key, problem, &format!("Wpisz jedną z: {}.", allowed.join(", ")));
        }
        hit
    }

    pub fn money(&mut self, row: &GridRow, key: &str) -> Money {
        const HINT: &str = "Wpisz kwotę w złotych od 0,00, na przykład 12 345,67.";
        let Some(text) = self.shown(row, key).filter(|t| !t.is_empty()) else { return Money::ZERO };
        match Money::parse_pl(&text) {
            Ok(amount) => amount,
            Err(e) => {
                let said = e.to_string();
                let problem = if said.contains("ujemna") {
                    "kwota jest ujemna"
                } else if said.contains("dwie cyfry") {
                    "kwota ma więcej niż dwie cyfry po przecinku"
                } else if said.contains("Największa") {
                    "kwota jest za duża"
                } else {
                    "to nie jest kwota"
                };
                self.problem(row, key, problem, HINT);
                Money::ZERO
            }
        }
    }

    pub fn units(&mut self, row: &GridRow, key: &str) -> Decimal {
        let Some(text) = self.shown(row, key).filter(|t| !t.is_empty()) else { return Decimal::ZERO };
        parse_units(&text).unwrap_or_else(|_| {
            self.problem(
                row,
                key,
                "to nie jest liczba jednostek",
                "Wpisz liczbę od 0 do 1 000 000, najwyżej dwie cyfry po przecinku, na przykład 2,5.",
            );
            Decimal::ZERO
        })
    }

    pub fn yes(&mut self, row: &GridRow, key: &str) -> bool {
        let Some(text) = self.shown(row, key) else { return false };
        match text.to_lowercase().as_str() {
            "tak" | "t" | "prawda" => true,
            "" | "nie" | "n" | "fałsz" => false,
            _ => {
                self.problem(row, key, "to nie jest „tak” ani „nie”", "Wpisz „tak” albo „nie”; puste znaczy „nie”.");
                false
            }
        }
    }

    pub fn day(&mut self, row: &GridRow, key: &str) -> Option<NaiveDate> {
        let read = match self.map.value(row, key) {
            CellIn::Date(day) => return Some(*day),
            CellIn::DateTime(at) => return Some(at.date()),
            CellIn::Empty | CellIn::Formula { .. } | CellIn::Error(_) => return None,
            CellIn::Text(text) => parse_date(text).map_err(|_| "nie ma takiego dnia w kalendarzu"),
            CellIn::Number(_) | CellIn::Time(_) | CellIn::Duration(_) | CellIn::Bool(_) => Err("to nie jest data"),
        };
        self.kept(row, key, read, "Wpisz datę, na przykład 13.04.2027.")
    }

    pub fn time(&mut self, row: &GridRow, key: &str) -> Option<NaiveTime> {
        let seconds = |s: i64| u32::try_from(s).ok().and_then(|s| NaiveTime::from_num_seconds_from_midnight_opt(s, 0));
        let read = match self.map.value(row, key) {
            CellIn::Time(time) => return Some(*time),
            CellIn::DateTime(at) => return Some(at.time()),
            CellIn::Empty | CellIn::Formula { .. } | CellIn::Error(_) => return None,
            CellIn::Duration(s) => seconds(*s).ok_or("nie ma takiej godziny"),
            CellIn::Text(text) => parse_time(text).map_err(|_| "nie ma takiej godziny"),
            CellIn::Number(_) | CellIn::Date(_) | CellIn::Bool(_) => Err("to nie jest godzina"),
        };
        self.kept(row, key, read, "Wpisz godzinę, na przykład 8:30.")
    }

    fn kept<T>(&mut self, row: &GridRow, key: &str, read: Result<T, &str>, hint: &str) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(problem) => {
                self.problem(row, key, problem, hint);
                None
            }
        }
    }
}
