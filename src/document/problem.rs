//! What is wrong with one cell of an uploaded workbook, said so that the person can mend it.

use std::collections::HashMap;

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

/// The same fault in cells one under another as one line, `A2:A873` with what stands in the first of them: a page that
/// cannot show every cell still names every cell. The order is that of the first cell of each line.
#[must_use]
pub fn folded(problems: Vec<CellProblem>) -> Vec<CellProblem> {
    let mut out: Vec<CellProblem> = Vec::new();
    // Of each column and fault: the line that may go on, its first and its last row.
    let mut open: HashMap<[String; 4], (usize, u32, u32)> = HashMap::new();
    for problem in problems {
        let Some((column, row)) = place(&problem.cell) else {
            out.push(problem);
            continue;
        };
        let key = [problem.sheet.clone(), column.clone(), problem.problem.clone(), problem.hint.clone()];
        match open.get_mut(&key).filter(|(_, _, last)| last.checked_add(1) == Some(row)) {
            Some((at, first, last)) => {
                if let Some(line) = out.get_mut(*at) {
                    line.cell = format!("{column}{first}:{column}{row}");
                    if first == last && !line.found.is_empty() {
                        line.found.push_str(" (pierwsza z nich)");
                    }
                }
                *last = row;
            }
            None => {
                open.insert(key, (out.len(), row, row));
                out.push(problem);
            }
        }
    }
    out
}

/// Column and row of `C7`.
fn place(cell: &str) -> Option<(String, u32)> {
    let at = cell.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = cell.split_at_checked(at)?;
    let letters = !column.is_empty() && column.bytes().all(|b| b.is_ascii_uppercase());
    row.parse().ok().filter(|_| letters).map(|row| (column.to_owned(), row))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_fault_down_a_column_is_one_line() {
        let bad = |cell: &str, found: &str| CellProblem::new("Zajęcia", cell, found, "nie jest datą", "Wpisz datę.");
        let all = ["A2", "C2", "A3", "C3", "A4", "A6", "wiersz 1", "A7:B7"].map(|cell| bad(cell, "x")).to_vec();
        let said: Vec<String> = folded(all).into_iter().map(|p| format!("{} {}", p.cell, p.found)).collect();
        assert_eq!(said, ["A2:A4 x (pierwsza z nich)", "C2:C3 x (pierwsza z nich)", "A6 x", "wiersz 1 x", "A7:B7 x"]);
        let other = vec![bad("A2", ""), CellProblem::new("Zajęcia", "A3", "", "jest pusta", "Wpisz datę.")];
        assert_eq!(folded(other.clone()), other);
    }
}
