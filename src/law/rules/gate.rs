//! Whether a contest may be announced under a rule set on a given day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::RuleSet;
use crate::law::finding::Finding;
use crate::law::time::show_date;

/// The organ's recorded decision to announce on another legal basis than the rule set's own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OtherBasis {
    /// Who decided.
    pub who: String,
    /// The provision the contest rests on.
    pub basis: String,
    pub why: String,
}

impl OtherBasis {
    pub fn is_complete(&self) -> bool {
        [&self.who, &self.basis, &self.why].iter().all(|text| !text.trim().is_empty())
    }
}

/// A new contest needs a rule set in force; PAI may not be announced from 2025-06-01 on.
/// Basis: art. 460 and 461 uor2025 for PAI; each rule set names its own `closed_basis`.
/// Date: the announcement.
pub fn check_new_call(rules: &RuleSet, announced: NaiveDate, other_basis: Option<&OtherBasis>) -> Vec<Finding> {
    let closed = rules.new_calls_until.filter(|last| announced > *last);
    match (closed, other_basis) {
        (Some(_), Some(other)) if other.is_complete() => vec![on_other_basis(other)],
        (Some(last), _) => vec![closed_for_new(rules, announced, last)],
        (None, _) if !rules.in_force_on(announced) => vec![not_in_force(rules, announced)],
        (None, _) => Vec::new(),
    }
}

fn closed_for_new(rules: &RuleSet, announced: NaiveDate, last: NaiveDate) -> Finding {
    let hint = if rules.family() == "PAI" {
        "Ogłoś konkurs na podstawie art. 200 ustawy z 20.03.2025 (zasady RSD-1) albo zapisz inną podstawę \
         prawną: kto o niej zdecydował, jaka jest i dlaczego."
    } else {
        "Wybierz obowiązujące zasady albo zapisz inną podstawę prawną: kto o niej zdecydował, jaka jest i \
         dlaczego."
    };
    Finding::block("R-LAW-01")
        .at("data ogłoszenia konkursu")
        .found(format!("Konkurs według zasad {} miałby być ogłoszony {}.", rules.code, show_date(announced)))
        .limit(format!("Ostatni dzień ogłoszenia takiego konkursu: {}.", show_date(last)))
        .basis(rules.closed_basis.clone())
        .hint(hint)
}

fn on_other_basis(other: &OtherBasis) -> Finding {
    Finding::info("R-LAW-01")
        .at("podstawa prawna konkursu")
        .found(format!("Konkurs ogłoszono na innej podstawie prawnej: {}.", other.basis.trim()))
        .limit(format!("Kto zdecydował: {}. Powód: {}.", other.who.trim(), other.why.trim()))
        .basis(other.basis.trim())
        .hint("Decyzja jest zapisana w sprawie; program jej nie ocenia.")
}

fn not_in_force(rules: &RuleSet, announced: NaiveDate) -> Finding {
    let until = rules.to.map(|to| format!(" do {}", show_date(to))).unwrap_or_default();
    Finding::block("R-LAW-02")
        .at("data ogłoszenia konkursu")
        .found(format!("Zasady {} nie obowiązują w dniu {}.", rules.code, show_date(announced)))
        .limit(format!("Obowiązują od {}{until}.", show_date(rules.from)))
        .basis(rules.act.clone())
        .hint("Wybierz zasady, które obowiązują w dniu ogłoszenia, albo popraw datę.")
}
