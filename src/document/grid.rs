//! XLSX in: an upload parsed once into rows of cells that remember their place.
//!
//! Nothing is guessed and nothing is repaired here: a date stays a date, a text "13.04.2015" stays a text for the
//! stage to read, a formula is marked as one. Blank rows keep their numbers, so a message names the row that the
//! person sees in Excel.

use std::collections::HashMap;

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::bad_workbook::BadWorkbook;
use super::cell_in::value_of;
use super::cell_ref::{cell_name, column_letters};
use super::parcel::{FileKind, kind_of};
use super::workbook_guard::{self, Metered};

/// How much of a workbook is read; over a limit the file is refused, never cut.
#[derive(Clone, Debug)]
pub struct GridLimits {
    /// Of the file as uploaded.
    pub bytes: u64,
    /// Of all its parts unpacked.
    pub unpacked: u64,
    pub sheets: usize,
    /// The last Excel row that may hold a value.
    pub rows: u32,
    pub columns: u32,
    /// Characters in one cell; Excel itself takes no more than 32 767.
    pub text: usize,
    /// Cells with a value in all sheets together.
    pub cells: usize,
    /// Bytes of text in all of them: a text that many cells show counts in each.
    pub texts: usize,
}

impl Default for GridLimits {
    fn default() -> Self {
        const MB: u64 = 1_048_576;
        let (cells, texts) = (400_000, 16 * 1_048_576);
        Self { bytes: 5 * MB, unpacked: 60 * MB, sheets: 20, rows: 5_000, columns: 60, text: 32_767, cells, texts }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct GridSheet {
    pub name: String,
    pub hidden: bool,
    /// Rows with at least one value, in order.
    pub rows: Vec<GridRow>,
    /// `C7:D7`.
    pub merged: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// The number that Excel shows, from 1.
    pub index: u32,
    /// Cells with a value, from the left.
    pub cells: Vec<GridCell>,
}

impl GridRow {
    /// The cell in a column (from 0); `None` where nothing stands.
    pub fn at(&self, column: u32) -> Option<&GridCell> {
        self.cells.iter().find(|cell| cell.column == column)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct GridCell {
    /// `B7`.
    pub reference: String,
    /// From 0.
    pub column: u32,
    pub value: CellIn,
}

#[derive(Clone, Debug, PartialEq)]
pub enum CellIn {
    Empty,
    Text(String),
    /// Decimal digits with a point, at most the 15 that Excel keeps: `105.01`, `-3`.
    Number(String),
    Date(NaiveDate),
    DateTime(NaiveDateTime),
    Time(NaiveTime),
    /// A cell formatted `[h]:mm`, in seconds.
    Duration(i64),
    Bool(bool),
    /// The formula without `=`, and what Excel last computed.
    Formula {
        text: String,
        shown: String,
    },
    /// `#DIV/0!` and the like.
    Error(String),
}

/// Reads all worksheets. What it takes is bounded whatever the file claims: of memory the unpacked texts and formats
/// once (a small multiple of `limits.unpacked`), and then `limits.cells` values with `limits.texts` bytes; of work one
/// pass over all parts and then three times the bytes of the file, each unpacked within `limits.unpacked`.
pub fn read_grid(bytes: &[u8], limits: &GridLimits) -> Result<Vec<GridSheet>, BadWorkbook> {
    guard(bytes, limits)?;
    let mut book: Book<'_> = Xlsx::new(Metered::new(bytes)).map_err(broken)?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    match sheets.len() {
        0 => return Err(BadWorkbook::NoSheets),
        found if found > limits.sheets => {
            return Err(BadWorkbook::TooManySheets { found, limit: limits.sheets });
        }
        _ => {}
    }
    let mut kept = Kept::default();
    sheets.into_iter().map(|(name, hidden)| read_sheet(&mut book, name, hidden, limits, &mut kept)).collect()
}

type Book<'a> = Xlsx<Metered<'a>>;

/// What can be told without parsing: the kind of the file, its size, its size unpacked, what it claims.
fn guard(bytes: &[u8], limits: &GridLimits) -> Result<(), BadWorkbook> {
    if bytes.is_empty() {
        return Err(BadWorkbook::NoBytes);
    }
    let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if found > limits.bytes {
        return Err(BadWorkbook::TooManyBytes { found, limit: limits.bytes });
    }
    let kind = kind_of(bytes);
    if kind != FileKind::Xlsx {
        return Err(BadWorkbook::NotXlsx(kind));
    }
    workbook_guard::check(bytes, limits)
}

/// What all sheets read so far keep.
#[derive(Default)]
struct Kept {
    cells: usize,
    texts: usize,
}

impl Kept {
    fn more(&mut self, value: &CellIn, limits: &GridLimits) -> Result<(), BadWorkbook> {
        self.cells = self.cells.saturating_add(1);
        if self.cells > limits.cells {
            return Err(BadWorkbook::TooManyCells { limit: limits.cells });
        }
        self.texts = self.texts.saturating_add(value.bytes());
        if self.texts > limits.texts {
            return Err(BadWorkbook::TooMuchText { limit: limits.texts });
        }
        Ok(())
    }
}

fn read_sheet(
    book: &mut Book<'_>,
    name: String,
    hidden: bool,
    limits: &GridLimits,
    kept: &mut Kept,
) -> Result<GridSheet, BadWorkbook> {
    let (mut rows, mut shared): (Vec<GridRow>, Shared) = (Vec::new(), HashMap::new());
    let mut reader = book.worksheet_cells_reader(&name).map_err(broken)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
        let (row, column) = cell.pos;
        let reference = cell_name(row, column);
        let formula = cell.formula.map(|formula| formula_text(formula, &reference, &mut shared));
        let value = value_of(&cell.value, formula);
        if value == CellIn::Empty {
            continue;
        }
        within(&name, &reference, row, column, &value, limits)?;
        kept.more(&value, limits)?;
        put(&mut rows, row.saturating_add(1), GridCell { reference, column, value })?;
    }
    drop(reader);
    let merged = merged_ranges(book, &name)?;
    Ok(GridSheet { name, hidden, rows, merged })
}

/// The cells that formulas of several cells stand in.
type Shared = HashMap<usize, String>;

/// A formula as a message shows it. One that is written once for many cells is not written out for each of them: a long
/// one in many cells would never end.
fn formula_text(formula: XlsxFormulaMetadata, cell: &str, shared: &mut Shared) -> String {
    match formula {
        XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
            shared.insert(shared_index, cell.to_owned());
            formula
        }
        XlsxFormulaMetadata::SharedDerived { shared_index } => {
            shared.get(&shared_index).map_or_else(|| "…".to_owned(), |first| format!("… (jak w komórce {first})"))
        }
        XlsxFormulaMetadata::Normal { formula } => formula,
        // The library may know more kinds one day.
        _ => "…".to_owned(),
    }
}

/// Excel writes cells in order; a file that does not was made to confuse.
fn put(rows: &mut Vec<GridRow>, index: u32, cell: GridCell) -> Result<(), BadWorkbook> {
    match rows.last_mut() {
        Some(row) if row.index == index => {
            if row.cells.last().is_some_and(|last| last.column >= cell.column) {
                return Err(BadWorkbook::Broken);
            }
            row.cells.push(cell);
        }
        Some(row) if row.index > index => return Err(BadWorkbook::Broken),
        Some(_) | None => rows.push(GridRow { index, cells: vec![cell] }),
    }
    Ok(())
}

fn within(
    sheet: &str,
    cell: &str,
    row: u32,
    column: u32,
    value: &CellIn,
    limits: &GridLimits,
) -> Result<(), BadWorkbook> {
    let (sheet, cell) = (sheet.to_owned(), cell.to_owned());
    if row >= limits.rows {
        return Err(BadWorkbook::TooManyRows { sheet, cell, limit: limits.rows });
    }
    if column >= limits.columns {
        return Err(BadWorkbook::TooManyColumns { sheet, cell, limit: limits.columns });
    }
    match value {
        CellIn::Text(text) if text.chars().nth(limits.text).is_some() => {
            Err(BadWorkbook::TooLongText { sheet, cell, limit: limits.text })
        }
        CellIn::Text(_)
        | CellIn::Empty
        | CellIn::Number(_)
        | CellIn::Date(_)
        | CellIn::DateTime(_)
        | CellIn::Time(_)
        | CellIn::Duration(_)
        | CellIn::Bool(_)
        | CellIn::Formula { .. }
        | CellIn::Error(_) => Ok(()),
    }
}

fn merged_ranges(book: &mut Book<'_>, name: &str) -> Result<Vec<String>, BadWorkbook> {
    const MOST_SHOWN: usize = 200;
    let ranges = book.merge_cells_by_sheet_name(name).map_err(broken)?;
    let named = ranges.iter().take(MOST_SHOWN).map(|range| {
        let ((row, column), (last_row, last_column)) = (range.start, range.end);
        format!("{}:{}{}", cell_name(row, column), column_letters(last_column), last_row.saturating_add(1))
    });
    Ok(named.collect())
}

/// The reader's own words would not help the person; the kind of trouble is the same: save the file anew.
fn broken(fault: XlsxError) -> BadWorkbook {
    if matches!(fault, XlsxError::Password) { BadWorkbook::NotXlsx(FileKind::Encrypted) } else { BadWorkbook::Broken }
}
