//! XLSX out: typed cells, exact numbers, formulas only in totals.
//!
//! Rows are taken from an iterator and written at once to a temporary file, so a sheet of any length needs the memory
//! of one row. A text of a person always becomes a string cell, whatever its first character.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Worksheet};

use super::rehearsal::Rehearsal;
use super::sheet_cell::{Cell, Column, Kind, SheetError};
use super::sheet_number::{self as number, NumberTooBig};
use super::sheet_style::Styles;
use super::text::for_sheet;

/// A workbook being written; sheets appear in the order of the calls.
pub struct Workbook {
    inner: rust_xlsxwriter::Workbook,
    styles: Styles,
    title: String,
    /// What stands above every sheet; nothing above those of a real contest.
    band: Option<String>,
}

impl Workbook {
    /// `made_at` goes into the properties; the same content and time give the same bytes. Of a rehearsal, every sheet
    /// says so above its headings.
    pub fn new(title: &str, author: &str, made_at: DateTime<Utc>, rehearsal: Rehearsal) -> Result<Self, SheetError> {
        let title = &rehearsal.file_name(title);
        let mut inner = rust_xlsxwriter::Workbook::new();
        let properties = DocProperties::new()
            .set_title(for_sheet(title))
            .set_author(for_sheet(author))
            .set_creation_datetime(&instant(made_at)?);
        inner.set_properties(&properties);
        Ok(Self { inner, styles: Styles::new(), title: for_sheet(title), band: rehearsal.band(None) })
    }

    /// A table: header (frozen, filtered, repeated in print), rows, and totals where a column asks for them.
    /// Returns the number of rows written. `name` has at most 31 characters and none of `[]:*?/\`.
    pub fn table<R>(&mut self, name: &str, columns: &[Column], rows: R) -> Result<u32, SheetError>
    where
        R: IntoIterator<Item = Vec<Cell>>,
    {
        let sheet = self.inner.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        print_setup(sheet, &self.title)?;
        let last_column = index(columns.len())?.saturating_sub(1);
        let top = write_band(sheet, self.band.as_deref(), &self.styles)?;
        set_columns(sheet, top, columns, &self.styles)?;
        let mut sums = vec![0_i64; columns.len()];
        let mut count = 0_u32;
        for cells in rows {
            count = count.checked_add(1).ok_or(SheetError::Long)?;
            write_row(sheet, below(top, count)?, &cells, columns, &self.styles)?;
            add_up(&mut sums, &cells, columns)?;
        }
        write_totals(sheet, (top, count), columns, &sums, &self.styles)?;
        sheet.set_freeze_panes(below(top, 1)?, 0)?;
        sheet.set_repeat_rows(0, top)?;
        sheet.autofilter(top, 0, below(top, count)?, last_column)?;
        Ok(count)
    }

    /// A sheet of labels and values, one pair a row.
    pub fn facts(&mut self, name: &str, facts: &[(String, Cell)]) -> Result<(), SheetError> {
        let sheet = self.inner.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        print_setup(sheet, &self.title)?;
        sheet.set_column_width(0, 34)?;
        sheet.set_column_width(1, 60)?;
        let top = write_band(sheet, self.band.as_deref(), &self.styles)?;
        for (row, (label, value)) in (top..).zip(facts) {
            sheet.write_string_with_format(row, 0, for_sheet(label), self.styles.label())?;
            write_cell(sheet, row, 1, value, self.styles.fact(value.kind()), &self.styles)?;
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<Vec<u8>, SheetError> {
        Ok(self.inner.save_to_buffer()?)
    }
}

/// Writes the band into the first row; returns the row of the headings.
pub(super) fn write_band(sheet: &mut Worksheet, band: Option<&str>, styles: &Styles) -> Result<u32, SheetError> {
    let Some(band) = band else { return Ok(0) };
    sheet.write_string_with_format(0, 0, for_sheet(band), styles.band())?;
    Ok(1)
}

/// The row so many rows below the headings.
pub(super) fn below(top: u32, rows: u32) -> Result<u32, SheetError> {
    top.checked_add(rows).ok_or(SheetError::Long)
}

fn set_columns(sheet: &mut Worksheet, top: u32, columns: &[Column], styles: &Styles) -> Result<(), SheetError> {
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(top, at, for_sheet(&column.label), styles.header())?;
    }
    Ok(())
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[Cell],
    columns: &[Column],
    styles: &Styles,
) -> Result<(), SheetError> {
    if cells.len() != columns.len() {
        return Err(SheetError::Shape { sheet: sheet.name(), cells: cells.len(), columns: columns.len() });
    }
    for ((at, cell), column) in (0_u16..).zip(cells).zip(columns) {
        // A text in a money column stays a text; a number keeps the format of its own kind.
        let kind = if cell.kind() == Kind::Text { column.kind } else { cell.kind() };
        write_cell(sheet, row, at, cell, styles.body(kind), styles)?;
    }
    Ok(())
}

pub(super) fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
    styles: &Styles,
) -> Result<(), SheetError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, format)?,
        Cell::Text(text) => {
            let text = for_sheet(text);
            let quoted = text.starts_with(['=', '+', '-', '@']);
            sheet.write_string_with_format(row, column, text, styles.text(quoted))?
        }
        Cell::Money(n) => sheet.write_number_with_format(row, column, number::money(*n)?, format)?,
        Cell::Minutes(n) => sheet.write_number_with_format(row, column, number::days(*n)?, format)?,
        Cell::Int(n) => sheet.write_number_with_format(row, column, number::whole(*n)?, format)?,
        Cell::Percent(n) => sheet.write_number_with_format(row, column, number::share(*n)?, format)?,
        Cell::Date(day) => sheet.write_datetime_with_format(row, column, &date(*day)?, format)?,
        Cell::Time(time) => {
            sheet.write_number_with_format(row, column, number::day_part(time.num_seconds_from_midnight())?, format)?
        }
    };
    Ok(())
}

fn add_up(sums: &mut [i64], cells: &[Cell], columns: &[Column]) -> Result<(), SheetError> {
    for ((sum, cell), column) in sums.iter_mut().zip(cells).zip(columns).filter(|(_, column)| column.total) {
        let next = sum.checked_add(cell.amount());
        *sum = next.ok_or_else(|| SheetError::Total { column: column.label.clone() })?;
    }
    Ok(())
}

/// Totals are formulas for the person who edits the sheet, with the result beside for readers that do not calculate.
fn write_totals(
    sheet: &mut Worksheet,
    (top, rows): (u32, u32),
    columns: &[Column],
    sums: &[i64],
    styles: &Styles,
) -> Result<(), SheetError> {
    if rows == 0 || !columns.iter().any(|column| column.total) {
        return Ok(());
    }
    let row = below(top, below(rows, 1)?)?;
    // Excel counts from 1: the first row of data stands under the headings.
    let first = below(top, 2)?;
    for ((at, column), sum) in (0_u16..).zip(columns).zip(sums) {
        let format = styles.total(column.kind);
        if column.total {
            let letter = super::cell_ref::column_letters(u32::from(at));
            let formula = Formula::new(format!("=SUM({letter}{first}:{letter}{row})"))
                .set_result(number::text(column.kind, *sum)?);
            sheet.write_formula_with_format(row, at, formula, format)?;
        } else if at == 0 {
            sheet.write_string_with_format(row, at, "Razem", format)?;
        } else {
            sheet.write_blank(row, at, format)?;
        }
    }
    Ok(())
}

pub(super) fn print_setup(sheet: &mut Worksheet, title: &str) -> Result<(), SheetError> {
    const A4: u8 = 9;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    // `&` opens a code in a footer; doubled it is itself. Excel allows 255 characters.
    let title: String = title.chars().take(80).collect::<String>().replace('&', "&&");
    sheet.set_footer(format!("&L{title}&R{} &P z &N", "strona"));
    Ok(())
}

fn index(columns: usize) -> Result<u16, SheetError> {
    u16::try_from(columns).map_err(|_| SheetError::Long)
}

fn date(day: NaiveDate) -> Result<ExcelDateTime, SheetError> {
    let year = u16::try_from(day.year()).map_err(|_| NumberTooBig(day.to_string()))?;
    Ok(ExcelDateTime::from_ymd(year, small(day.month())?, small(day.day())?)?)
}

fn instant(at: DateTime<Utc>) -> Result<ExcelDateTime, SheetError> {
    let hour = u16::from(small(at.hour())?);
    Ok(date(at.date_naive())?.and_hms(hour, small(at.minute())?, small(at.second())?)?)
}

fn small(part: u32) -> Result<u8, SheetError> {
    u8::try_from(part).map_err(|_| SheetError::Number(NumberTooBig(part.to_string())))
}
