//! What a reader of the list of contests looks for.

use super::Call;
use crate::law::unmarked;

/// How far a contest is, as a reader of the list asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    Open,
    /// After the deadline, before the result.
    Judged,
    /// Settled or cancelled.
    Finished,
}

impl Stage {
    pub const ALL: [Stage; 3] = [Stage::Open, Stage::Judged, Stage::Finished];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Stage::Open => "otwarte",
            Stage::Judged => "w-ocenie",
            Stage::Finished => "zakonczone",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Stage::Open => "trwa nabór ofert",
            Stage::Judged => "po terminie, w ocenie",
            Stage::Finished => "rozstrzygnięte albo unieważnione",
        }
    }
}

/// Under which law a contest runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    Pai,
    Rsd,
    Local,
}

impl Family {
    pub const ALL: [Family; 3] = [Family::Pai, Family::Rsd, Family::Local];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Family::Pai => "pai",
            Family::Rsd => "rsd",
            Family::Local => "lokalne",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Family::Pai => "PAI – Program Aktywizacja i Integracja",
            Family::Rsd => "RSD – reintegracja społeczna",
            Family::Local => "programy lokalne",
        }
    }
}

/// What is looked for; an empty filter finds every public contest.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CallFilter {
    /// Each must occur, see [`folded`].
    pub words: Vec<String>,
    pub stage: Option<Stage>,
    pub family: Option<Family>,
    /// The year of the announcement.
    pub year: Option<i32>,
}

/// Most words of one search; more than anybody needs.
const WORDS: usize = 8;

impl CallFilter {
    /// A filter as typed; what is not known is left out.
    #[must_use]
    pub fn typed(q: &str, stage: &str, family: &str, year: &str) -> CallFilter {
        CallFilter {
            words: folded(q).split(' ').filter(|word| !word.is_empty()).take(WORDS).map(str::to_owned).collect(),
            stage: Stage::ALL.into_iter().find(|s| s.code() == stage),
            family: Family::ALL.into_iter().find(|f| f.code() == family),
            year: year.parse().ok().filter(|year| (2000..=2100).contains(year)),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == CallFilter::default()
    }
}

/// Small letters without Polish marks, single spaces: „Wloclawek” finds „Włocławek”.
#[must_use]
pub fn folded(text: &str) -> String {
    let small: String = text.to_lowercase().chars().map(unmarked).collect();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Call {
    /// The text that a search looks into, kept in a column of its own.
    #[must_use]
    pub fn search_text(&self) -> String {
        let c = &self.content;
        folded(&format!("{} {} {} {}", self.number(), c.title, c.elements.task, c.gmina_names().join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_letters_may_be_left_out() {
        assert_eq!(folded("Zażółć  GĘŚLĄ\njaźń Włocławek"), "zazolc gesla jazn wloclawek");
        let f = CallFilter::typed(" Włocławek  50% ", "otwarte", "x", "2026");
        assert_eq!(
            (f.words, f.stage, f.family, f.year),
            (vec!["wloclawek".into(), "50%".into()], Some(Stage::Open), None, Some(2026))
        );
        assert!(CallFilter::typed("", "", "", "0").is_empty());
    }
}
