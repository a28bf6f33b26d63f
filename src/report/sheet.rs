//! The workbook of hours: the template to download, and the upload read into lines.
//!
//! Every bad cell is named at once, with what stands there and what to do; a workbook
//! with one bad cell changes nothing.

use chrono::NaiveTime;

use super::model::{HoursLine, Report};
use crate::contract::Contract;
use crate::document::{
    BadWorkbook, Cell, CellProblem, ColumnSpec, GridLimits, GridSheet, HeaderMap, Kind, Rehearsal, TemplateColumn,
    read_grid, template,
};
use crate::error::AppError;
use crate::law::{Instant, show_date};

mod reader;

use reader::Reader;

/// The sheet that holds the rows.
pub const SHEET: &str = "Godziny";

const COLUMNS: [ColumnSpec; 9] = [
    column("day", "Data", &["dzień", "data zajęć"], true),
    column("group", "Grupa", &["oznaczenie grupy"], true),
    column("trainer", "Prowadzący", &["trener", "osoba prowadząca"], true),
    column("from", "Od", &["od godziny", "godzina od", "początek"], true),
    column("to", "Do", &["do godziny", "godzina do", "koniec"], true),
    column("topic", "Temat", &["temat zajęć"], true),
    column("present", "Obecni", &["liczba obecnych"], true),
    column("absent", "Nieobecni", &["liczba nieobecnych"], true),
    column("individual", "Indywidualne", &["zajęcia indywidualne"], false),
];

const fn column(
    key: &'static str,
    label: &'static str,
    aliases: &'static [&'static str],
    required: bool,
) -> ColumnSpec {
    ColumnSpec { key, label, aliases, required }
}

/// Why an upload changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The file as a whole; one sentence.
    File(String),
    /// Every bad cell.
    Cells(Vec<CellProblem>),
}

/// The workbook to fill in, with the groups of the contract in its notes.
///
/// # Errors
/// `Internal` when the workbook cannot be made.
pub fn blank(contract: &Contract, report: &Report, now: Instant) -> Result<Vec<u8>, AppError> {
    let content = &contract.content;
    let groups: Vec<String> = content.groups.iter().map(|g| g.code.clone()).collect();
    // Excel takes a list of at most 255 characters.
    let choices = if groups.join(",").chars().count() <= 255 { groups } else { Vec::new() };
    let columns = [
        (Kind::Date, 12, "Dzień zajęć.", Vec::new()),
        (Kind::Text, 10, "Oznaczenie grupy z umowy; lista stoi niżej.", choices),
        (
            Kind::Text,
            24,
            "Imię i nazwisko osoby prowadzącej. Dwie osoby naraz: dwa wiersze z tymi samymi godzinami.",
            Vec::new(),
        ),
        (Kind::Time, 8, "Początek zajęć.", Vec::new()),
        (Kind::Time, 8, "Koniec zajęć, tego samego dnia.", Vec::new()),
        (Kind::Text, 34, "Temat jak w dzienniku zajęć.", Vec::new()),
        (Kind::Integer, 9, "Liczba osób obecnych według listy.", Vec::new()),
        (Kind::Integer, 10, "Liczba osób nieobecnych według listy.", Vec::new()),
        (
            Kind::Text,
            13,
            "„tak” dla zajęć z jedną osobą; puste znaczy „nie”.",
            vec!["tak".to_owned(), "nie".to_owned()],
        ),
    ];
    let columns: Vec<TemplateColumn> = columns
        .into_iter()
        .zip(&COLUMNS)
        .map(|((kind, width, note, choices), spec)| TemplateColumn {
            label: spec.label.to_owned(),
            kind,
            width,
            required: spec.required,
            note: note.to_owned(),
            choices,
        })
        .collect();
    let trial = Rehearsal::of_number(&contract.number);
    template(SHEET, &columns, &example(contract, report), &notes(contract, report), now, trial).map_err(internal)
}

fn internal(e: crate::document::SheetError) -> AppError {
    AppError::Internal(Box::new(e))
}

fn notes(contract: &Contract, report: &Report) -> Vec<String> {
    let mut notes = vec![
        format!("Umowa {}, {}.", contract.number, report.name()),
        format!(
            "Wpisz zajęcia od {} do {}. Jeden wiersz to jedne zajęcia jednej grupy.",
            show_date(report.period_from),
            show_date(report.period_to)
        ),
        "Nie używaj formuł ani scalonych komórek. Nie wpisuj nazwisk uczestników.".to_owned(),
        "Grupy umowy:".to_owned(),
    ];
    notes.extend(contract.content.groups.iter().map(|g| {
        let edition = contract.content.editions.iter().find(|e| e.no == g.edition);
        let when = edition.map(|e| format!(", {}–{}", show_date(e.from), show_date(e.to))).unwrap_or_default();
        format!("{}: {}, liczba osób: {}, edycja {}{when}", g.code, g.gmina, g.persons, g.edition)
    }));
    notes
}

fn example(contract: &Contract, report: &Report) -> Vec<Vec<Cell>> {
    let Some(group) = contract.content.groups.first() else { return Vec::new() };
    let time = |h| NaiveTime::from_hms_opt(h, 0, 0).map_or(Cell::Empty, Cell::Time);
    vec![vec![
        Cell::Date(report.period_from),
        Cell::text(group.code.clone()),
        Cell::text("Ewa Przykładowa"),
        time(9),
        time(14),
        Cell::text("Komunikacja w grupie"),
        Cell::Int(i64::from(group.persons)),
        Cell::Int(0),
        Cell::text("nie"),
    ]]
}

/// Reads an upload into the lines of a ledger.
///
/// # Errors
/// `Unreadable` with the reason for the whole file, or with every bad cell.
pub fn read(bytes: &[u8], contract: &Contract) -> Result<Vec<HoursLine>, Unreadable> {
    let sheets = read_grid(bytes, &GridLimits::default()).map_err(|e: BadWorkbook| Unreadable::File(e.to_string()))?;
    let named = sheets.iter().find(|s| s.name.trim().eq_ignore_ascii_case(SHEET));
    let sheet = named.or_else(|| sheets.iter().find(|s| !s.hidden)).ok_or_else(|| {
        Unreadable::File(format!(
            "W pliku nie ma widocznego arkusza „{SHEET}”. Pobierz wzór i wpisz dane w jego pierwszym arkuszu."
        ))
    })?;
    let map = HeaderMap::find(sheet, &COLUMNS).map_err(Unreadable::Cells)?;
    let mut problems = sheet.problems();
    let reader = Reader::new(sheet, &map, contract, standard(sheet, &map));
    let mut lines = Vec::new();
    for row in map.rows(sheet) {
        match reader.line(row) {
            Ok(line) => lines.push(line),
            Err(bad) => problems.extend(bad),
        }
    }
    if problems.is_empty() && lines.is_empty() {
        problems.push(CellProblem::new(
            &sheet.name,
            format!("wiersz {}", map.header_row.saturating_add(1)),
            "",
            "pod nagłówkami nie ma żadnych zajęć",
            "Wpisz zajęcia, jedne w wierszu, i wyślij plik ponownie.",
        ));
    }
    if problems.is_empty() { Ok(lines) } else { Err(Unreadable::Cells(problems)) }
}

/// Whether the columns stand as in the template, so that a row number is enough to name a cell.
fn standard(sheet: &GridSheet, map: &HeaderMap) -> bool {
    let Some(row) = sheet.rows.iter().find(|r| r.index == map.header_row) else { return false };
    COLUMNS
        .iter()
        .zip('A'..)
        .all(|(spec, letter)| !map.has(spec.key) || map.reference(row, spec.key) == format!("{letter}{}", row.index))
}
