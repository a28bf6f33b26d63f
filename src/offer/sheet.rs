//! Costs, results and the class programme as workbooks: a template, what stands in the offer, and an upload
//! read into the offer's content.
//!
//! Every bad cell is named at once, with what stands there and what is allowed; a workbook with one bad cell
//! changes nothing. An empty cell is a gap as on the page, and the check of the offer finds it.

use super::model::OfferContent;
use crate::call::CallContent;
use crate::document::{
    BadWorkbook, Cell, CellProblem, Column, ColumnSpec, GridLimits, GridSheet, HeaderMap, Rehearsal, TemplateColumn,
    Workbook, read_grid, template,
};
use crate::error::AppError;
use crate::law::Instant;

mod cells;
mod columns;
mod diff;
mod rows;

pub use columns::year_label;
pub use diff::{CellChange, Change, changes, reordered};

/// A part of the offer that can be a workbook.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Costs,
    Results,
    Programme,
}

impl Part {
    pub const ALL: [Part; 3] = [Part::Costs, Part::Results, Part::Programme];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Part::Costs => "koszty",
            Part::Results => "rezultaty",
            Part::Programme => "program",
        }
    }

    #[must_use]
    pub fn parse(slug: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.slug() == slug)
    }

    /// The sheet that holds the rows.
    #[must_use]
    pub fn sheet(self) -> &'static str {
        match self {
            Part::Costs => "Koszty",
            Part::Results => "Rezultaty",
            Part::Programme => "Program zajęć",
        }
    }

    /// How many rows one offer may have.
    #[must_use]
    pub fn most(self) -> usize {
        match self {
            Part::Costs | Part::Results => 200,
            Part::Programme => 1_500,
        }
    }
}

/// Why an upload changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The file as a whole; one sentence.
    File(String),
    /// Every bad cell.
    Cells(Vec<CellProblem>),
}

/// The workbook to fill in.
///
/// # Errors
/// `Internal` when the workbook cannot be made.
pub fn blank(part: Part, content: &OfferContent, call: &CallContent, now: Instant) -> Result<Vec<u8>, AppError> {
    let years = content.years();
    let taught = call.applies().classes;
    let told = columns::of(part, years.len());
    let kept = columns::kept(&told, taught);
    let columns: Vec<TemplateColumn> = columns::only(told, &kept)
        .map(|c| TemplateColumn {
            label: c.spec.label.to_owned(),
            kind: c.kind,
            width: c.width,
            required: c.spec.required,
            note: c.note.to_owned(),
            choices: columns::choices(c.spec.key, content),
        })
        .collect();
    let notes = columns::notes(part, content, call);
    let trial = Rehearsal(call.test);
    let example = rows::example(part, call, years.len());
    template(part.sheet(), &columns, &[columns::only(example, &kept).collect()], &notes, now, trial).map_err(internal)
}

/// What stands in the offer, in the columns of the template, so that it can be changed and sent back.
///
/// # Errors
/// `Internal` when the workbook cannot be made.
pub fn export(
    part: Part,
    content: &OfferContent,
    call: &CallContent,
    title: &str,
    now: Instant,
) -> Result<Vec<u8>, AppError> {
    let years = content.years().len();
    let told = columns::of(part, years);
    let kept = columns::kept(&told, call.applies().classes);
    let columns: Vec<Column> = columns::only(told, &kept).map(|c| Column::new(c.spec.label, c.kind, c.width)).collect();
    let mut book = Workbook::new(title, "Konkurs", now, Rehearsal(call.test)).map_err(internal)?;
    let rows = rows::cells(part, content, years);
    let rows: Vec<Vec<Cell>> = rows.into_iter().map(|row| columns::only(row, &kept).collect()).collect();
    book.table(part.sheet(), &columns, rows).map_err(internal)?;
    book.finish().map_err(internal)
}

fn internal(e: crate::document::SheetError) -> AppError {
    AppError::Internal(Box::new(e))
}

/// Reads an upload; the answer is the content with this part as the workbook says it.
///
/// # Errors
/// `Unreadable` with the reason for the whole file, or with every bad cell.
pub fn read(part: Part, bytes: &[u8], content: &OfferContent, call: &CallContent) -> Result<OfferContent, Unreadable> {
    let sheets = read_grid(bytes, &GridLimits::default()).map_err(|e: BadWorkbook| Unreadable::File(e.to_string()))?;
    let specs: Vec<ColumnSpec> = columns::of(part, content.years().len()).into_iter().map(|c| c.spec).collect();
    let sheet = find(part, &sheets, &specs)?;
    let map = HeaderMap::find(sheet, &specs).map_err(Unreadable::Cells)?;
    let mut reader = cells::Reader::new(sheet, &map);
    let mut out = content.clone();
    let count = rows::read(part, &mut reader, &mut out, call);
    let mut problems = sheet.problems();
    problems.extend(reader.into_problems());
    if problems.is_empty() && count == 0 {
        problems.push(CellProblem::new(
            &sheet.name,
            format!("wiersz {}", map.header_row.saturating_add(1)),
            "",
            "pod nagłówkami nie ma żadnych danych",
            "Wpisz dane, jedną pozycję w wierszu, i wyślij plik ponownie.",
        ));
    }
    if count > part.most() {
        return Err(Unreadable::File(format!(
            "Arkusz „{}” ma {count} wierszy z danymi, a w ofercie może być najwyżej {}. Usuń zbędne wiersze.",
            sheet.name,
            part.most()
        )));
    }
    if !problems.is_empty() {
        return Err(Unreadable::Cells(problems));
    }
    super::calculation::fit_years(&mut out, &super::calculation::columns(content));
    super::classes::fit_hours(&mut out);
    Ok(out)
}

/// The sheet by its name, or a visible one with the same headings; never a guess.
fn find<'a>(part: Part, sheets: &'a [GridSheet], specs: &[ColumnSpec]) -> Result<&'a GridSheet, Unreadable> {
    let name = part.sheet().to_lowercase();
    let named = sheets.iter().find(|s| s.name.trim().to_lowercase() == name);
    let alike = || sheets.iter().find(|s| !s.hidden && HeaderMap::find(s, specs).is_ok());
    named.or_else(alike).ok_or_else(|| {
        let there: Vec<String> = sheets.iter().map(|s| format!("„{}”", s.name)).collect();
        Unreadable::File(format!(
            "W pliku nie ma arkusza „{}”. Są: {}. Pobierz wzór i wpisz dane w jego pierwszym arkuszu.",
            part.sheet(),
            there.join(", ")
        ))
    })
}
