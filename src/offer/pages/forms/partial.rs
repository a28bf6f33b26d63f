//! Reading as much as can be read: what a person is still typing must not keep the rest from being saved.

use super::{fill, read};
use crate::error::{AppError, FieldErrors};
use crate::offer::model::OfferContent;
use crate::offer::pages::section::Section;
use crate::web::Fields;

/// The content with every field that can be read. A field that cannot keeps its old value where its row
/// is still the same one, and is empty otherwise; a row that cannot stand so is left out. The errors name
/// all of them.
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

fn old_value(form: &Fields, errors: &FieldErrors, old: &Fields, name: &str) -> String {
    let Some(row) = row_of(name) else { return old.text(name).to_owned() };
    let same = |(key, typed): &(String, String)| {
        row_of(key) == Some(row)
            && !key.ends_with(".was")
            && !typed.trim().is_empty()
            && old.text(key) == typed.trim()
            && !errors.list().iter().any(|e| e.field == *key)
    };
    if form.pairs().iter().any(same) { old.text(name).to_owned() } else { String::new() }
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
