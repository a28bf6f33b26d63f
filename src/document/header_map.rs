//! Finds the columns of an uploaded sheet by their headings, wherever they stand.

use std::collections::HashMap;

use super::cell_ref::cell_name;
use super::grid::{CellIn, GridCell, GridRow, GridSheet};
use super::problem::CellProblem;
use crate::law::unmarked;

/// One column that the importer wants.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec {
    pub key: &'static str,
    /// The heading in the template to download.
    pub label: &'static str,
    /// Other headings that people use for it.
    pub aliases: &'static [&'static str],
    /// A sheet without it is refused.
    pub required: bool,
}

/// Where each wanted column stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderMap {
    /// The number that Excel shows.
    pub header_row: u32,
    columns: HashMap<&'static str, u32>,
}

/// A title or a note may stand above the headings.
const SEARCHED_ROWS: usize = 20;

impl HeaderMap {
    /// Takes as headings the row, among the first ones, that has most of the wanted ones. Capital letters, Polish
    /// marks, repeated spaces, a closing colon or asterisk make no difference. Every missing required column and every
    /// doubled one is reported at once.
    pub fn find(sheet: &GridSheet, specs: &[ColumnSpec]) -> Result<Self, Vec<CellProblem>> {
        let candidates = sheet.rows.iter().take(SEARCHED_ROWS);
        let best =
            candidates.rev().max_by_key(|row| specs.iter().filter(|spec| !matches(row, spec).is_empty()).count());
        let Some(row) = best else {
            return Err(vec![empty_sheet(sheet, specs)]);
        };
        let mut columns = HashMap::new();
        let mut problems = Vec::new();
        for spec in specs {
            match matches(row, spec).as_slice() {
                [] if spec.required => problems.push(missing(sheet, row, spec)),
                [] => {}
                [one] => {
                    columns.insert(spec.key, one.column);
                }
                [_, second, ..] => problems.push(doubled(sheet, second, spec)),
            }
        }
        if problems.is_empty() { Ok(Self { header_row: row.index, columns }) } else { Err(problems) }
    }

    /// The rows under the headings.
    pub fn rows<'a>(&self, sheet: &'a GridSheet) -> impl Iterator<Item = &'a GridRow> + use<'a> {
        let header_row = self.header_row;
        sheet.rows.iter().filter(move |row| row.index > header_row)
    }

    /// What stands in a column of a row; `Empty` where nothing does or the sheet has no such column.
    pub fn value<'a>(&self, row: &'a GridRow, key: &str) -> &'a CellIn {
        let cell = self.columns.get(key).and_then(|column| row.at(*column));
        cell.map_or(&CellIn::Empty, |cell| &cell.value)
    }

    /// `C7`, also for a cell where nothing stands: what a message names.
    pub fn reference(&self, row: &GridRow, key: &str) -> String {
        let row_at = row.index.saturating_sub(1);
        self.columns.get(key).map_or_else(|| format!("wiersz {}", row.index), |column| cell_name(row_at, *column))
    }

    pub fn has(&self, key: &str) -> bool {
        self.columns.contains_key(key)
    }
}

fn matches<'a>(row: &'a GridRow, spec: &ColumnSpec) -> Vec<&'a GridCell> {
    let wanted: Vec<String> = std::iter::once(&spec.label).chain(spec.aliases).map(|name| folded(name)).collect();
    let is_wanted = |cell: &&GridCell| matches!(&cell.value, CellIn::Text(text) if wanted.contains(&folded(text)));
    row.cells.iter().filter(is_wanted).collect()
}

fn folded(heading: &str) -> String {
    let lower: String = heading.to_lowercase().chars().map(unmarked).collect();
    let spaced = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced.trim_end_matches(['*', ':', ' ']).to_owned()
}

fn missing(sheet: &GridSheet, row: &GridRow, spec: &ColumnSpec) -> CellProblem {
    let there: Vec<String> = row.cells.iter().map(|cell| cell.value.shown()).collect();
    CellProblem::new(
        &sheet.name,
        format!("wiersz {}", row.index),
        &there.join(", "),
        &format!("brakuje kolumny „{}”", spec.label),
        "Dodaj kolumnę z takim nagłówkiem albo przenieś dane do wzoru do pobrania.",
    )
}

fn doubled(sheet: &GridSheet, cell: &GridCell, spec: &ColumnSpec) -> CellProblem {
    CellProblem::new(
        &sheet.name,
        &cell.reference,
        &cell.value.shown(),
        &format!("kolumna „{}” występuje drugi raz", spec.label),
        "Zostaw jedną kolumnę z tym nagłówkiem.",
    )
}

fn empty_sheet(sheet: &GridSheet, specs: &[ColumnSpec]) -> CellProblem {
    let wanted: Vec<&str> = specs.iter().filter(|spec| spec.required).map(|spec| spec.label).collect();
    CellProblem::new(
        &sheet.name,
        "A1",
        "",
        &format!("arkusz jest pusty; oczekiwane kolumny: {}", wanted.join(", ")),
        "Pobierz wzór i wpisz dane pod nagłówkami.",
    )
}
