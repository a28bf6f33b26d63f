//! Rule sets: what the law of a period asks of a programme, as data.
//!
//! A call freezes the code of its rule set when it is announced. After 2025-06-01 the date alone never
//! chooses between the old act and the new one: a contract of the old one runs on beside calls of the new.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::{Finding, Severity};
use super::minutes::Minutes;
use super::money::Money;

mod aims;
mod fixed;
mod gate;
mod local;
mod shipped;

pub use aims::{Aim, names_one};
pub use fixed::{Fixed, Matter};
pub use gate::{OtherBasis, check_new_call};
pub use local::{LocalProgramme, local};
pub use shipped::shipped;

/// What an hour may cost, and what kind of hour.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapBase {
    /// A fixed rate for an hour of a trainer with a group of this many.
    PerGroupHour { rate: Money, group: u32 },
    /// A fixed rate for an hour of a trainer, whatever the group; local programmes only.
    PerTrainerHour { rate: Money },
    /// A share of the minimum wage (percent × 100) for an hour of a trainer.
    WagePercentPerTrainerHour { percent_x100: u32 },
    /// No cap; local programmes only.
    Uncapped,
}

/// How long an edition lasts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthsRule {
    Exactly(u32),
    AtMost(u32),
}

/// One matter the contract must settle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Clause {
    /// Stable key, such as `effects`.
    pub key: String,
    pub title: String,
    pub demand: String,
    pub basis: String,
}

/// What one version of the law, or one local programme, asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RuleSet {
    pub code: String,
    pub name: String,
    /// The act and the provisions.
    pub act: String,
    pub from: NaiveDate,
    /// Last day in force.
    pub to: Option<NaiveDate>,
    /// Last day on which a contest may be announced.
    pub new_calls_until: Option<NaiveDate>,
    /// Why no contest may be announced after that day.
    pub closed_basis: String,
    pub cap: CapBase,
    pub cap_basis: String,
    /// How a breach of the cap counts: a warning where the cap binds only by the announcement.
    pub cap_binds: Severity,
    pub group_max: Option<u32>,
    pub week_min_minutes: Option<Minutes>,
    /// Exactly this long on each class day.
    pub day_minutes: Option<Minutes>,
    pub months: MonthsRule,
    pub individual_hours_count: bool,
    /// Unemployed people must have had profile III on the day of referral.
    pub profile_iii_required: bool,
    /// Who takes part.
    pub participants: String,
    /// Who may file an offer.
    pub offerors: String,
    /// Whether a social welfare centre (OPS) had to be asked first.
    pub needs_ops: bool,
    pub clauses: Vec<Clause>,
    /// Statements that are not yet checked against the official text.
    pub marks: Vec<String>,
}

/// Whether a family of codes belongs to the acts themselves.
fn is_statutory(family: &str) -> bool {
    matches!(family, "PAI" | "RSD")
}

impl RuleSet {
    /// `PAI` of `PAI-4`.
    pub fn family(&self) -> &str {
        self.code.split('-').next().unwrap_or_default()
    }

    /// Whether the office made this rule set for a programme of its own.
    pub fn is_local(&self) -> bool {
        !is_statutory(self.family())
    }

    /// A programme of the office's own that counts no hours may be a task without classes and groups.
    pub fn may_have_no_classes(&self) -> bool {
        self.is_local() && !self.has_cap() && self.week_min_minutes.is_none() && self.day_minutes.is_none()
    }

    /// The cap is set for an hour with a group of some size, so a smaller group is a question.
    pub fn caps_groups(&self) -> bool {
        matches!(self.cap, CapBase::PerGroupHour { .. })
    }

    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    pub fn clause(&self, key: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.key == key)
    }

    pub const fn has_cap(&self) -> bool {
        !matches!(self.cap, CapBase::Uncapped)
    }
}

/// A shipped rule set by its code.
pub fn find(code: &str) -> Option<RuleSet> {
    shipped().into_iter().find(|set| set.code == code)
}

/// The shipped rule set of a family (`PAI`, `RSD`) in force on the day of announcement.
pub fn for_announcement(family: &str, day: NaiveDate) -> Option<RuleSet> {
    shipped().into_iter().find(|set| set.family() == family && set.in_force_on(day))
}

pub fn pai_on(day: NaiveDate) -> Option<RuleSet> {
    for_announcement("PAI", day)
}

pub fn rsd_on(day: NaiveDate) -> Option<RuleSet> {
    for_announcement("RSD", day)
}

/// The contract must settle every matter the rule set lists (R-CON-04).
/// Basis: each clause carries its own. Date: the rule set the call froze.
pub fn check_clauses(rules: &RuleSet, text_of: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let empty = |clause: &&Clause| text_of(&clause.key).is_none_or(|text| text.trim().is_empty());
    rules
        .clauses
        .iter()
        .filter(empty)
        .map(|clause| {
            Finding::block("R-CON-04")
                .at(format!("klauzula „{}”", clause.title))
                .found("Brak treści klauzuli.")
                .limit(clause.demand.clone())
                .basis(clause.basis.clone())
                .hint("Uzupełnij klauzulę w umowie.")
        })
        .collect()
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
