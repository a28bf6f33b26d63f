//! What the announcement of a local programme may choose of a task, and what no other announcement may.

use serde::{Deserialize, Serialize};

use super::{CallContent, Terms};
use crate::law::RuleSet;
use crate::programme::each_once;

/// The choices of a local programme. The acts behind PAI and RSD leave none of them ([`RuleSet::fixed`]): there
/// they are kept as they were and never asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct LocalTerms {
    /// Recipients of the task may be charged (part VI.1 of the form).
    pub paid: bool,
    /// Why part III.6 is waived (footnote 3 of the form); nothing while it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results_waived: Option<String>,
    /// Classes are held: trainers, groups with hours and the class programme are asked for.
    pub classes: bool,
}

impl Default for LocalTerms {
    fn default() -> LocalTerms {
        LocalTerms { paid: false, results_waived: None, classes: true }
    }
}

impl LocalTerms {
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == LocalTerms::default()
    }
}

/// Which parts of an offer apply; what does not apply is "nie dotyczy" by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Applies {
    /// VI.1: the task may be performed against payment.
    pub paid: bool,
    /// III.6.
    pub results: bool,
    /// IV.2 and the annex: trainers, groups, hours, class programme.
    pub classes: bool,
    /// Measures of what one person gained.
    pub measures: bool,
}

impl Applies {
    /// What the acts behind PAI and RSD fix.
    pub const STATUTORY: Applies = Applies { paid: false, results: true, classes: true, measures: true };

    /// A rule set whose contract must name individual effects asks for measures, with classes or without.
    #[must_use]
    pub fn of(rules: &RuleSet, terms: &Terms) -> Applies {
        if !rules.is_local() {
            return Applies::STATUTORY;
        }
        let LocalTerms { paid, results_waived, classes } = &terms.local;
        Applies {
            paid: *paid,
            results: results_waived.is_none(),
            classes: *classes,
            measures: *classes || rules.clause("effects").is_some(),
        }
    }
}

impl CallContent {
    #[must_use]
    pub fn applies(&self) -> Applies {
        Applies::of(&self.rules, &self.terms)
    }

    /// Persons of all groups; of all editions, where there are no classes and nobody is put into groups.
    #[must_use]
    pub fn persons(&self) -> u32 {
        if self.groups.is_empty() && !self.applies().classes {
            return self.editions.iter().map(|e| e.persons).sum();
        }
        self.groups.iter().map(|g| g.persons).sum()
    }

    /// The gminas of the task, each once, in their order.
    #[must_use]
    pub fn gmina_names(&self) -> Vec<&str> {
        each_once(self.groups.iter().map(|g| &g.gmina).chain(&self.gminas).map(String::as_str))
    }

    /// Why part III.6 is waived; nothing while it is asked for.
    #[must_use]
    pub fn waiver(&self) -> Option<&str> {
        let waived = self.terms.local.results_waived.as_deref();
        waived.filter(|_| !self.applies().results)
    }
}

/// What the announcement says of payments.
#[must_use]
pub fn payment_label(paid: bool) -> &'static str {
    if paid {
        "oferent może pobierać opłaty od odbiorców zadania; mówi o nich w częściach VI.1 i V.B (wiersz 4) oferty"
    } else {
        "zadanie jest nieodpłatne: od odbiorców nie pobiera się opłat"
    }
}

/// What the announcement says of part III.6.
#[must_use]
pub fn results_label(waived: Option<&str>) -> String {
    match waived {
        None => "oferent wypełnia tę część".to_owned(),
        Some(why) => format!("oferent nie wypełnia tej części (nie dotyczy); powód: {}", why.trim()),
    }
}

/// What the announcement says of classes.
#[must_use]
pub fn classes_label(asked: bool) -> &'static str {
    if asked {
        "zadanie to zajęcia w grupach: oferta podaje trenerów, grupy i godziny"
    } else {
        "zadanie nie polega na zajęciach w grupach: trenerów, grup, godzin ani programu zajęć oferta nie podaje"
    }
}
