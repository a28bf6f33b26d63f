//! What the office's forms share: errors beside fields, repeatable rows that work without script,
//! numbers and dates as people type them, the timeline of an object.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::audit;
use crate::error::FieldErrors;
use crate::law::{Money, parse_date, show_instant};
use crate::programme::Begun;
use crate::store::instant;
use crate::web::{ErrorLink, Event, Fields, FindingView, Flash, Problems, error_links, error_map, findings_view};

/// What went wrong with a form, ready for its template.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Shown {
    pub e: BTreeMap<String, String>,
    pub errors: Vec<ErrorLink>,
    pub findings: Vec<FindingView>,
}

impl Shown {
    #[must_use]
    pub fn of(problems: &Problems) -> Shown {
        let mut shown = Shown {
            e: error_map(&problems.errors),
            errors: error_links(&problems.errors),
            findings: findings_view(&problems.findings),
        };
        if !problems.findings.is_empty() {
            let message = "Przepisy nie pozwalają na ten krok; powody są w uwagach poniżej.".to_owned();
            shown.errors.push(ErrorLink { href: "#uwagi".to_owned(), message });
        }
        shown
    }
}

/// What is said of a draft that was asked for: `made` of a new one. `what` names it, as in "Taki … już jest".
#[must_use]
pub fn begun<Id>(draft: &Begun<Id>, what: &str, made: &str) -> Flash {
    let Some(at) = draft.earlier else { return Flash::ok(made) };
    Flash::warn(format!(
        "Taki {what} już jest, założony przez Ciebie {}, i nikt go jeszcze nie zmienił: to on. Drugiego nie założono. \
         Jeśli potrzebujesz drugiego, najpierw zmień coś w tym i zapisz.",
        show_instant(at)
    ))
}

/// The log of an object as its timeline, oldest first.
#[must_use]
pub fn timeline(rows: Vec<audit::Row>) -> Vec<Event> {
    rows.into_iter().map(|row| Event { at: show_instant(instant(row.at)), who: row.actor, what: row.detail }).collect()
}

/// The row numbers of each table, from 0; a table without rows shows one empty row.
#[must_use]
pub fn row_numbers(fields: &Fields, tables: &[&'static str]) -> BTreeMap<&'static str, Vec<usize>> {
    tables.iter().map(|table| (*table, (0..fields.rows(table).len().max(1)).collect())).collect()
}

/// The fields with the rows of each table numbered from 0 without gaps.
#[must_use]
pub fn renumbered(fields: &Fields, tables: &[&str]) -> Fields {
    let kept: Vec<(&str, Vec<String>)> = tables.iter().map(|table| (*table, fields.rows(table))).collect();
    renumber(fields, &kept)
}

/// The form with a row more or less, when such a button was pressed.
#[must_use]
pub fn row_pressed(fields: &Fields, tables: &[&str]) -> Option<Fields> {
    let add = fields.text("_add").to_owned();
    if tables.contains(&add.as_str()) {
        let mut out = renumbered(fields, tables);
        let next = out.rows(&add).len().max(1);
        out.set(format!("{add}.{next}._new"), "");
        if next == 1 && out.rows(&add).len() == 1 {
            out.set(format!("{add}.0._new"), "");
        }
        return Some(out);
    }
    let (table, row) = fields.text("_remove").rsplit_once('.')?;
    if !tables.contains(&table) {
        return None;
    }
    let kept: Vec<(&str, Vec<String>)> =
        tables.iter().map(|t| (*t, fields.rows(t).into_iter().filter(|r| *t != table || r != row).collect())).collect();
    Some(renumber(fields, &kept))
}

fn renumber(fields: &Fields, kept: &[(&str, Vec<String>)]) -> Fields {
    let mut out = Fields::default();
    for (key, value) in fields.pairs() {
        let cell = key.split_once('.').and_then(|(table, rest)| {
            let (row, name) = rest.split_once('.')?;
            let (_, rows) = kept.iter().find(|(t, _)| *t == table)?;
            row.parse::<u32>().ok()?;
            Some((table, name, rows.iter().position(|r| r == row)))
        });
        match cell {
            Some((table, name, Some(at))) => out.set(format!("{table}.{at}.{name}"), value),
            Some((_, _, None)) => {}
            None => out.set(key, value),
        }
    }
    out
}

/// A whole number as typed; the field is named in the error.
pub fn count(text: &str, field: &str, label: &str, errors: &mut FieldErrors) -> Option<u32> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let read = digits.parse::<u32>().ok().filter(|n| *n <= 1_000_000);
    if read.is_none() {
        let typed = if text.is_empty() { "Nie podano liczby.".to_owned() } else { format!("Wpisano „{text}”.") };
        errors.add(field, format!("{label}: {typed} Wpisz liczbę całkowitą, np. 12."));
    }
    read
}

/// The longest name of a programme or a contest, in characters.
pub const NAME_MAX: usize = 300;

/// A name that must be there and fits into a line of a list and into the subject of a letter.
pub fn named(f: &Fields, field: &str, label: &str, errors: &mut FieldErrors) -> String {
    let name = f.required(field, label, errors);
    let length = name.chars().count();
    if length > NAME_MAX {
        errors.add(field, format!("{label} ma {length} znaków. Najwięcej: {NAME_MAX}; resztę wpisz w treści."));
    }
    name
}

/// A date as typed.
pub fn date(text: &str, field: &str, label: &str, errors: &mut FieldErrors) -> Option<NaiveDate> {
    parse_date(text).map_err(|e| errors.add(field, format!("{label}: {e}"))).ok()
}

/// An amount as typed.
pub fn money(text: &str, field: &str, label: &str, errors: &mut FieldErrors) -> Option<Money> {
    Money::parse_pl(text).map_err(|e| errors.add(field, format!("{label}: {e}"))).ok()
}

/// The lines of a text area, without empty ones.
#[must_use]
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A date as a browser's date field holds it.
#[must_use]
pub fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Fields {
        Fields::from_pairs(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn rows_are_added_and_removed_without_script_and_numbered_anew() {
        let typed = [("title", "x"), ("gminas.0.name", "A"), ("gminas.2.name", "B"), ("groups.0.code", "G")];
        let mut add = typed.to_vec();
        add.push(("_add", "gminas"));
        let more = row_pressed(&form(&add), &["gminas", "groups"]).unwrap();
        assert_eq!(row_numbers(&more, &["gminas", "groups"])["gminas"], [0, 1, 2]);
        assert_eq!((more.text("gminas.1.name"), more.text("title")), ("B", "x"));
        let mut remove = typed.to_vec();
        remove.push(("_remove", "gminas.0"));
        let less = row_pressed(&form(&remove), &["gminas", "groups"]).unwrap();
        assert_eq!((less.text("gminas.0.name"), less.text("groups.0.code")), ("B", "G"));
        assert_eq!(row_pressed(&form(&typed), &["gminas"]), None);
        let first = row_pressed(&form(&[("_add", "gminas")]), &["gminas"]).unwrap();
        assert_eq!(row_numbers(&first, &["gminas"])["gminas"], [0, 1]);
    }
}
