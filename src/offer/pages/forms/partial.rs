//! Reading as much as can be read: what a person is still typing must not keep the rest from being saved.

use std::collections::BTreeMap;

use super::rows::rows_of;
use super::{fill, read};
use crate::error::{AppError, FieldErrors};
use crate::offer::model::OfferContent;
use crate::offer::pages::section::Section;
use crate::web::Fields;

/// The content with every field that can be read. A field that cannot keeps its old value; in a table it is the
/// value of the row of the same name, wherever that row stands now, and nothing when there is no such row or
/// more than one. A row that cannot stand so is left out. The errors name all of them.
///
/// # Errors
/// None; the type is that of every way to read.
pub fn partial(section: Section, form: &Fields, now: &OfferContent) -> Result<(OfferContent, FieldErrors), AppError> {
    let mut content = now.clone();
    let mut errors = read(section, form, &mut content);
    if errors.is_empty() {
        return Ok((content, errors));
    }
    let old = fill(section, now, form.text("grupa"));
    let mended = with_old(form, &errors, &old);
    content = now.clone();
    let left = read(section, &mended, &mut content);
    if !left.is_empty() {
        content = now.clone();
        read(section, &without(&mended, &left), &mut content);
        let named = |field: &str| errors.list().iter().any(|e| e.field == field);
        let new: Vec<_> = left.list().iter().filter(|e| !named(&e.field)).cloned().collect();
        new.into_iter().for_each(|e| errors.add(e.field, e.message));
    }
    Ok((content, errors))
}

fn with_old(form: &Fields, errors: &FieldErrors, old: &Fields) -> Fields {
    let bad = |name: &str| errors.list().iter().any(|e| e.field == name);
    let value = |name: &String, typed: &String| {
        if bad(name) { old_value(form, errors, old, name) } else { typed.clone() }
    };
    Fields::from_pairs(form.pairs().iter().map(|(name, typed)| (name.clone(), value(name, typed))).collect())
}

/// `costs.3.` of `costs.3.units`.
fn row_of(name: &str) -> Option<&str> {
    let (row, _) = name.rsplit_once('.')?;
    row.contains('.').then_some(row)
}

/// What tells the rows of a table apart. The first must be filled; the others count where they can be read.
fn names_of(table: &str) -> &'static [&'static str] {
    match table {
        "hours" => &["group"],
        "costs" => &["name", "activity"],
        "programme" => &["topic", "group", "day", "from", "to"],
        _ => &["name"],
    }
}

fn old_value(form: &Fields, errors: &FieldErrors, old: &Fields, name: &str) -> String {
    let Some((table, row, cell)) = place_of(name) else { return old.text(name).to_owned() };
    let bad = |cell: &str| errors.list().iter().any(|e| place_of(&e.field) == Some((table, row, cell)));
    let names = names_of(table);
    let typed = rows_of(form, table);
    let Some((_, own)) = typed.iter().find(|(at, _)| at == row) else { return String::new() };
    if names.first().is_none_or(|first| bad(first) || !own.contains_key(first)) {
        return String::new();
    }
    let readable: Vec<&str> = names.iter().copied().filter(|name| !bad(name)).collect();
    let same = |cells: &BTreeMap<&str, &str>| readable.iter().all(|name| cells.get(name) == own.get(name));
    let before: Vec<_> = rows_of(old, table).into_iter().filter(|(_, cells)| same(cells)).collect();
    match (before.as_slice(), typed.iter().filter(|(_, cells)| same(cells)).count()) {
        ([(_, cells)], 1) => cells.get(cell).map(|value| (*value).to_owned()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Table, row and cell of `costs.3.units`.
fn place_of(name: &str) -> Option<(&str, &str, &str)> {
    let (table, rest) = name.split_once('.')?;
    let (row, cell) = rest.split_once('.')?;
    Some((table, row, cell))
}

/// Without what still cannot be read: a field of its own is emptied, a row of a table is left out.
fn without(form: &Fields, errors: &FieldErrors) -> Fields {
    let gone = |name: &str| {
        errors.list().iter().any(|e| match row_of(&e.field) {
            Some(row) => row_of(name) == Some(row),
            None => e.field == name,
        })
    };
    Fields::from_pairs(form.pairs().iter().filter(|(name, _)| !gone(name)).cloned().collect())
}
