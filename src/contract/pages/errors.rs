//! Errors of a form: the links of the summary, and the sentence at each field.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::FieldErrors;

#[derive(Serialize)]
pub struct ErrorLine {
    href: String,
    message: String,
}

pub fn error_lines(errors: &FieldErrors) -> Vec<ErrorLine> {
    errors
        .list()
        .iter()
        .map(|e| ErrorLine {
            href: if e.field.is_empty() { String::new() } else { format!("#{}", e.field) },
            message: e.message.clone(),
        })
        .collect()
}

pub fn error_map(errors: &FieldErrors) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for e in errors.list() {
        out.entry(e.field.clone()).or_insert_with(|| e.message.clone());
    }
    out
}
