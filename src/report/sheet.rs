//! The workbook of hours: the template to download, and the upload read into lines.
//!
//! Every bad cell is named at once, with what stands there and what to do; a workbook
//! with one bad cell changes nothing.

use chrono::{NaiveDate, NaiveTime};

use super::hours::codes;
use super::model::{HoursLine, Report};
use crate::contract::Contract;
use crate::document::{
    BadWorkbook, Cell, CellIn, CellProblem, ColumnSpec, GridLimits, GridRow, GridSheet, HeaderMap, Kind,
    TemplateColumn, read_grid, template,
};
use crate::error::AppError;
use crate::law::{Instant, parse_date, parse_time, show_date};

/// The sheet that holds the rows.
pub const SHEET: &str = "Godziny";
/// Persons on one list; more is a slip of the keyboard.
const MOST_PERSONS: u32 = 200;
/// Characters of a name or a topic.
const MOST_TEXT: usize = 200;

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
    template(SHEET, &columns, &example(contract, report), &notes(contract, report), now).map_err(internal)
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
    let reader = Reader { sheet, map: &map, contract, standard: standard(sheet, &map) };
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

struct Reader<'a> {
    sheet: &'a GridSheet,
    map: &'a HeaderMap,
    contract: &'a Contract,
    standard: bool,
}

type Checked<T> = Result<T, (&'static str, String, String)>;

impl Reader<'_> {
    /// The line of a row, or all its bad cells.
    fn line(&self, row: &GridRow) -> Result<HoursLine, Vec<CellProblem>> {
        let mut bad = Vec::new();
        let day = self.take(row, &mut bad, self.day(row));
        let group = self.take(row, &mut bad, self.group(row));
        let trainer = self.take(row, &mut bad, self.text(row, "trainer", "imię i nazwisko osoby prowadzącej"));
        let from = self.take(row, &mut bad, self.time(row, "from"));
        let to = self.take(row, &mut bad, self.time(row, "to"));
        let topic = self.take(row, &mut bad, self.text(row, "topic", "temat zajęć"));
        let present = self.take(row, &mut bad, self.count(row, "present"));
        let absent = self.take(row, &mut bad, self.count(row, "absent"));
        let individual = self.take(row, &mut bad, self.individual(row));
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            bad.push(self.problem(
                row,
                "to",
                "zajęcia kończą się przed swoim początkiem albo w tej samej chwili",
                &format!("Początek to {}. Wpisz późniejszą godzinę tego samego dnia.", from.format("%H:%M")),
            ));
        }
        match (day, group, trainer, from, to, topic, present, absent, individual) {
            (
                Some(day),
                Some(group),
                Some(trainer),
                Some(from),
                Some(to),
                Some(topic),
                Some(present),
                Some(absent),
                Some(individual),
            ) if bad.is_empty() => {
                let place = self.place(row);
                Ok(HoursLine { group, trainer, day, from, to, topic, present, absent, individual, place })
            }
            _ => Err(bad),
        }
    }

    fn place(&self, row: &GridRow) -> String {
        let own = if self.standard { "" } else { " pliku" };
        format!("arkusz {}, wiersz {}{own}", self.sheet.name, row.index)
    }

    fn take<T>(&self, row: &GridRow, bad: &mut Vec<CellProblem>, read: Checked<T>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            // A formula or an Excel error is named once, for the whole sheet.
            Err((_, problem, _)) if problem.is_empty() => None,
            Err((key, problem, hint)) => {
                bad.push(self.problem(row, key, &problem, &hint));
                None
            }
        }
    }

    fn problem(&self, row: &GridRow, key: &str, problem: &str, hint: &str) -> CellProblem {
        let found = self.map.value(row, key).shown();
        CellProblem::new(&self.sheet.name, self.map.reference(row, key), &found, problem, hint)
    }

    fn day(&self, row: &GridRow) -> Checked<NaiveDate> {
        const HINT: &str = "Wpisz datę, na przykład 13.04.2015.";
        let no = |problem: &str| Err(("day", problem.to_owned(), HINT.to_owned()));
        match self.map.value(row, "day") {
            CellIn::Date(day) => Ok(*day),
            CellIn::DateTime(at) => Ok(at.date()),
            CellIn::Text(text) => parse_date(text).or_else(|_| no("nie ma takiego dnia w kalendarzu")),
            CellIn::Empty => no("brakuje daty"),
            CellIn::Formula { .. } | CellIn::Error(_) => no(""),
            CellIn::Number(_) | CellIn::Time(_) | CellIn::Duration(_) | CellIn::Bool(_) => no("to nie jest data"),
        }
    }

    fn time(&self, row: &GridRow, key: &'static str) -> Checked<NaiveTime> {
        const HINT: &str = "Wpisz godzinę, na przykład 8:30.";
        let no = |problem: &str| Err((key, problem.to_owned(), HINT.to_owned()));
        let of_seconds =
            |s: i64| u32::try_from(s).ok().and_then(|s| NaiveTime::from_num_seconds_from_midnight_opt(s, 0));
        match self.map.value(row, key) {
            CellIn::Time(time) => Ok(*time),
            CellIn::DateTime(at) => Ok(at.time()),
            CellIn::Duration(seconds) => of_seconds(*seconds).map_or_else(|| no("nie ma takiej godziny"), Ok),
            CellIn::Text(text) => parse_time(text).or_else(|_| no("nie ma takiej godziny")),
            CellIn::Empty => no("brakuje godziny"),
            CellIn::Formula { .. } | CellIn::Error(_) => no(""),
            CellIn::Number(_) | CellIn::Date(_) | CellIn::Bool(_) => no("to nie jest godzina"),
        }
    }

    fn group(&self, row: &GridRow) -> Checked<String> {
        let code = self.text(row, "group", "oznaczenie grupy")?;
        let groups = &self.contract.content.groups;
        let there = groups.iter().find(|g| g.code.eq_ignore_ascii_case(&code));
        there.map(|g| g.code.clone()).ok_or_else(|| {
            (
                "group",
                "umowa nie ma takiej grupy".to_owned(),
                format!("Wpisz jedną z: {}.", codes(&self.contract.content)),
            )
        })
    }

    fn text(&self, row: &GridRow, key: &'static str, what: &str) -> Checked<String> {
        let value = self.map.value(row, key);
        if matches!(value, CellIn::Formula { .. } | CellIn::Error(_)) {
            return Err((key, String::new(), String::new()));
        }
        let text = value.shown().split_whitespace().collect::<Vec<_>>().join(" ");
        match text.chars().count() {
            0 => Err((key, "komórka jest pusta".to_owned(), format!("Wpisz {what}."))),
            n if n > MOST_TEXT => {
                Err((key, format!("tekst ma {n} znaków"), format!("Skróć go do {MOST_TEXT} znaków.")))
            }
            _ => Ok(text),
        }
    }

    fn count(&self, row: &GridRow, key: &'static str) -> Checked<u32> {
        let no = |problem: &str| {
            Err((key, problem.to_owned(), format!("Wpisz liczbę osób cyframi, od 0 do {MOST_PERSONS}.")))
        };
        let digits = match self.map.value(row, key) {
            CellIn::Number(digits) => digits.clone(),
            CellIn::Text(text) => text.trim().to_owned(),
            CellIn::Empty => return no("brakuje liczby osób"),
            CellIn::Formula { .. } | CellIn::Error(_) => return no(""),
            CellIn::Date(_) | CellIn::DateTime(_) | CellIn::Time(_) | CellIn::Duration(_) | CellIn::Bool(_) => {
                return no("to nie jest liczba osób");
            }
        };
        match digits.parse::<u32>() {
            Ok(n) if n <= MOST_PERSONS => Ok(n),
            Ok(_) | Err(_) => no("to nie jest liczba osób"),
        }
    }

    fn individual(&self, row: &GridRow) -> Checked<bool> {
        let value = self.map.value(row, "individual");
        match (value, value.shown().trim().to_lowercase().as_str()) {
            (CellIn::Formula { .. } | CellIn::Error(_), _) => Err(("individual", String::new(), String::new())),
            (_, "" | "nie" | "n" | "fałsz") => Ok(false),
            (_, "tak" | "t" | "prawda") => Ok(true),
            _ => Err((
                "individual",
                "nie wiadomo, czy zajęcia były indywidualne".to_owned(),
                "Wpisz „tak” albo „nie”; puste znaczy „nie”.".to_owned(),
            )),
        }
    }
}
