//! What is wrong with one cell of an uploaded workbook, said so that the person can mend it.

use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellProblem {
    pub sheet: String,
    /// `C7`, or `C7:D7` for merged cells.
    pub cell: String,
    /// What stands there, shortened.
    pub found: String,
    pub problem: String,
    /// What to do.
    pub hint: String,
}

impl CellProblem {
    pub fn new(sheet: &str, cell: impl Into<String>, found: &str, problem: &str, hint: &str) -> Self {
        Self {
            sheet: sheet.to_owned(),
            cell: cell.into(),
            found: shortened(found),
            problem: problem.to_owned(),
            hint: hint.to_owned(),
        }
    }

    /// "Arkusz „Godziny”, komórka C7: komórka zawiera formułę. Jest: „=A1*2”. Wklej wartości."
    pub fn sentence(&self) -> String {
        let found = if self.found.is_empty() { String::new() } else { format!(" Jest: „{}”.", self.found) };
        format!("Arkusz „{}”, komórka {}: {}.{found} {}", self.sheet, self.cell, self.problem, self.hint)
    }
}

/// At most 80 characters, on one line, control characters made visible.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    let shown = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    let mut short: String = text.chars().take(MOST).map(shown).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
