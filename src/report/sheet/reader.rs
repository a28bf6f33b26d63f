//! One row of an upload as a line of the ledger, or everything that is wrong with it.

use chrono::{NaiveDate, NaiveTime};

use crate::contract::Contract;
use crate::document::{CellIn, CellProblem, GridRow, GridSheet, HeaderMap};
use crate::law::{parse_date, parse_time};
use crate::report::HoursLine;
use crate::report::hours::codes;

/// Persons on one list; more is a slip of the keyboard.
const MOST_PERSONS: u32 = 200;
/// Characters of a name or a topic.
const MOST_TEXT: usize = 200;

/// Reads the rows of one sheet.
pub(super) struct Reader<'a> {
    sheet: &'a GridSheet,
    map: &'a HeaderMap,
    contract: &'a Contract,
    /// The columns stand as in the template.
    standard: bool,
}

type Checked<T> = Result<T, (&'static str, String, String)>;

impl<'a> Reader<'a> {
    pub(super) fn new(sheet: &'a GridSheet, map: &'a HeaderMap, contract: &'a Contract, standard: bool) -> Self {
        Reader { sheet, map, contract, standard }
    }

    /// The line of a row, or all its bad cells.
    pub(super) fn line(&self, row: &GridRow) -> Result<HoursLine, Vec<CellProblem>> {
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
