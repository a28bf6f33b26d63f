//! How many letters a deed will send, and to how many people: said on the page before the deed, counted from the
//! same list of addresses the deed writes to, with what the outbox will leave out.

use std::collections::BTreeSet;

use super::outbox::held_back;
use super::{MailChoice, wanting};
use crate::error::AppError;
use crate::law::plural;
use crate::store::Read;

/// What becomes of the letters of one deed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    pub letters: usize,
    /// Addresses that get at least one of them.
    pub people: usize,
    /// People who switched such letters off.
    pub off: usize,
    /// People whose letters a rehearsal holds back.
    pub held: usize,
}

/// Counts letters of one `kind` about `object_id`; `to` has an address for each letter.
///
/// # Errors
/// Those of the database.
pub fn reach(r: &mut Read<'_>, kind: &str, object_id: &str, to: Vec<String>) -> Result<Reach, AppError> {
    let all: BTreeSet<String> = to.iter().cloned().collect();
    let wanted = match MailChoice::of(kind) {
        Some(choice) => wanting(r, choice, to)?,
        None => to,
    };
    let asked: BTreeSet<String> = wanted.iter().cloned().collect();
    let held = held_back(r, object_id, &asked)?;
    let letters = wanted.iter().filter(|email| !held.contains(*email)).count();
    Ok(Reach { letters, people: asked.len() - held.len(), off: all.len() - asked.len(), held: held.len() })
}

impl Reach {
    /// `5 listów do 3 osób (1 osoba wyłączyła takie listy i ich nie dostanie)`.
    #[must_use]
    pub fn text(self) -> String {
        let (said, but) = (self.count_text(), self.but());
        if but.is_empty() { said } else { format!("{said} ({but})") }
    }

    /// The same of letters to those whom `whom` describes, in the genitive.
    #[must_use]
    pub fn text_to(self, whom: &str) -> String {
        let (said, but) = (self.count_text(), self.but());
        if but.is_empty() { format!("{said} {whom}") } else { format!("{said} {whom}; {but}") }
    }

    /// A whole sentence: `O zmianie napiszemy do osób z …: 2 listy do 2 osób.` Where nobody gets one it says so, and why:
    /// `nobody` tells that there is no such person.
    #[must_use]
    pub fn told(self, about: &str, whom: &str, nobody: &str) -> String {
        let but = self.but();
        match self.letters {
            0 if but.is_empty() => format!("{about} do nikogo nie napiszemy: {nobody}."),
            0 => format!("{about} nikt nie dostanie listu: {but}."),
            _ => format!("{about} napiszemy do {whom}: {}.", self.text()),
        }
    }

    fn count_text(self) -> String {
        match self.letters {
            0 => "żaden list".to_owned(),
            n => {
                let (n, m) = (count(n), count(self.people));
                format!("{n} {} do {m} {}", plural(n, "list", "listy", "listów"), plural(m, "osoby", "osób", "osób"))
            }
        }
    }

    /// Who gets none, and why; empty when everybody gets one.
    #[must_use]
    pub fn but(self) -> String {
        let off = match count(self.off) {
            0 => String::new(),
            n => {
                let (one, few) =
                    ("osoba wyłączyła takie listy i ich nie dostanie", "osoby wyłączyły takie listy i ich nie dostaną");
                let many = "osób wyłączyło takie listy i ich nie dostanie";
                format!("{n} {}", plural(n, one, few, many))
            }
        };
        let held = match count(self.held) {
            0 => String::new(),
            n => format!("do {n} {} list nie wyjdzie, bo to próba", plural(n, "osoby", "osób", "osób")),
        };
        let but: Vec<String> = [off, held].into_iter().filter(|part| !part.is_empty()).collect();
        but.join("; ")
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_told_in_plain_polish() {
        let said = |letters, people, off, held| Reach { letters, people, off, held }.text();
        assert_eq!(said(0, 0, 0, 0), "żaden list");
        assert_eq!(said(1, 1, 0, 0), "1 list do 1 osoby");
        assert_eq!(said(5, 3, 0, 0), "5 listów do 3 osób");
        let few = Reach { letters: 2, people: 2, off: 1, held: 0 };
        assert_eq!(
            few.text_to("z organizacji"),
            "2 listy do 2 osób z organizacji; 1 osoba wyłączyła takie listy i ich nie dostanie"
        );
        let told =
            |letters, off| Reach { letters, people: letters, off, held: 0 }.told("O zmianie", "osób z …", "nie ma ich");
        assert_eq!(told(1, 0), "O zmianie napiszemy do osób z …: 1 list do 1 osoby.");
        assert_eq!(told(0, 0), "O zmianie do nikogo nie napiszemy: nie ma ich.");
        assert_eq!(told(0, 2), "O zmianie nikt nie dostanie listu: 2 osoby wyłączyły takie listy i ich nie dostaną.");
        assert_eq!(said(2, 2, 1, 0), "2 listy do 2 osób (1 osoba wyłączyła takie listy i ich nie dostanie)");
        assert_eq!(said(0, 0, 2, 0), "żaden list (2 osoby wyłączyły takie listy i ich nie dostaną)");
        assert_eq!(
            said(22, 22, 5, 1),
            "22 listy do 22 osób (5 osób wyłączyło takie listy i ich nie dostanie; do 1 osoby list nie wyjdzie, bo to próba)"
        );
    }
}
