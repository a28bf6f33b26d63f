//! A workbook for a person to fill in: headings, formats and simple checks of what is typed, and the rules beside.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, Worksheet,
};

use super::rehearsal::Rehearsal;
use super::sheet::{below, print_setup, write_band, write_cell};
use super::sheet_cell::{Cell, Kind, SheetError};
use super::sheet_style::{Styles, number_format};
use super::text::for_sheet;

/// One column to fill in.
#[derive(Clone, Debug)]
pub struct TemplateColumn {
    pub label: String,
    pub kind: Kind,
    /// In characters.
    pub width: u16,
    pub required: bool,
    /// What to type here; stands in "Objaśnienia".
    pub note: String,
    /// When not empty, Excel offers these and no others; together at most 255 characters.
    pub choices: Vec<String>,
}

/// As many rows as [`super::GridLimits`] reads by default.
const LAST_ROW: u32 = 4_999;

/// The sheet `name` with headings only, "Objaśnienia" with a row a column and the general `notes`, and "Przykład"
/// with `example_rows`: apart, so that nobody sends the example in. Of a rehearsal, every sheet says so above its
/// headings.
pub fn template(
    name: &str,
    columns: &[TemplateColumn],
    example_rows: &[Vec<Cell>],
    notes: &[String],
    made_at: DateTime<Utc>,
    rehearsal: Rehearsal,
) -> Result<Vec<u8>, SheetError> {
    let (styles, band) = (Styles::new(), rehearsal.band(None));
    let mut book = rust_xlsxwriter::Workbook::new();
    let stamp = ExcelDateTime::from_timestamp(made_at.timestamp())?;
    book.set_properties(
        &DocProperties::new().set_title(for_sheet(&rehearsal.file_name(name))).set_creation_datetime(&stamp),
    );
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    let top = head(sheet, (name, band.as_deref()), columns, &styles)?;
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_format(at, &Format::new().set_num_format(number_format(column.kind)))?;
        if let Some(check) = check(column)? {
            sheet.add_data_validation(below(top, 1)?, at, below(top, LAST_ROW)?, at, &check)?;
        }
    }
    explanations(book.add_worksheet(), band.as_deref(), columns, notes, &styles)?;
    let sheet = book.add_worksheet();
    sheet.set_name("Przykład")?;
    let top = head(sheet, ("Przykład", band.as_deref()), columns, &styles)?;
    for (row, cells) in (below(top, 1)?..).zip(example_rows) {
        for ((at, cell), column) in (0_u16..).zip(cells).zip(columns) {
            write_cell(sheet, row, at, cell, styles.body(column.kind), &styles)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// Title, band and headings; returns the row of the headings.
fn head(
    sheet: &mut Worksheet,
    (title, band): (&str, Option<&str>),
    columns: &[TemplateColumn],
    styles: &Styles,
) -> Result<u32, SheetError> {
    print_setup(sheet, title)?;
    let top = write_band(sheet, band, styles)?;
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(top, at, for_sheet(&column.label), styles.header())?;
    }
    sheet.set_freeze_panes(below(top, 1)?, 0)?.set_repeat_rows(0, top)?;
    Ok(top)
}

fn explanations(
    sheet: &mut Worksheet,
    band: Option<&str>,
    columns: &[TemplateColumn],
    notes: &[String],
    styles: &Styles,
) -> Result<(), SheetError> {
    sheet.set_name("Objaśnienia")?;
    print_setup(sheet, "Objaśnienia")?;
    let top = write_band(sheet, band, styles)?;
    for (at, (label, width)) in
        (0_u16..).zip([("Kolumna", 28), ("Co wpisać", 26), ("Wymagana", 10), ("Objaśnienie", 70)])
    {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(top, at, label, styles.header())?;
    }
    let mut row = below(top, 1)?;
    for column in columns {
        let cells = [
            column.label.as_str(),
            kind_words(column.kind),
            if column.required { "tak" } else { "nie" },
            column.note.as_str(),
        ];
        for (at, text) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, at, for_sheet(text), styles.text(false))?;
        }
        row = row.saturating_add(1);
    }
    for note in notes {
        row = row.saturating_add(1);
        sheet.merge_range(row, 0, row, 3, &for_sheet(note), styles.text(false))?;
    }
    Ok(())
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "tekst",
        Kind::Money => "kwota w złotych, np. 105,01",
        Kind::Hours => "czas, np. 1:30",
        Kind::Date => "data, np. 13.04.2015",
        Kind::Time => "godzina, np. 8:30",
        Kind::Integer => "liczba całkowita",
        Kind::Percent => "procent, np. 12,5%",
    }
}

/// What Excel can check by itself; the import checks all the rest and says so in words.
fn check(column: &TemplateColumn) -> Result<Option<DataValidation>, SheetError> {
    let rule = DataValidation::new();
    let rule = if !column.choices.is_empty() {
        rule.allow_list_strings(&column.choices)?
    } else {
        match column.kind {
            Kind::Text => return Ok(None),
            Kind::Money | Kind::Percent => rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
            Kind::Integer => rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
            Kind::Date => {
                rule.allow_date(DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(2000, 1, 1)?))
            }
            Kind::Time | Kind::Hours => rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
        }
    };
    let title: String = column.label.chars().take(32).collect();
    let wanted = if column.choices.is_empty() { kind_words(column.kind) } else { "jedna z wartości z listy" };
    Ok(Some(
        rule.set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title(title)?
            .set_error_message(format!("Tu wpisz: {wanted}."))?,
    ))
}
