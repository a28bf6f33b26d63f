//! The rows of a long table, read in one pass.

use std::collections::BTreeMap;

use crate::web::Fields;

/// The rows of `table` in their order, each with its filled cells by name. Empty rows are left out.
pub fn rows_of<'a>(f: &'a Fields, table: &str) -> Vec<(String, BTreeMap<&'a str, &'a str>)> {
    let mut out: Vec<(String, BTreeMap<&str, &str>)> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, value) in f.pairs() {
        let Some(rest) = key.strip_prefix(table).and_then(|k| k.strip_prefix('.')) else { continue };
        let Some((row, name)) = rest.split_once('.') else { continue };
        if row.parse::<u32>().is_err() || value.trim().is_empty() {
            continue;
        }
        let index = *at.entry(row).or_insert(out.len());
        match out.get_mut(index) {
            Some((_, cells)) => {
                cells.entry(name).or_insert(value.trim());
            }
            None => out.push((row.to_owned(), BTreeMap::from([(name, value.trim())]))),
        }
    }
    out
}
