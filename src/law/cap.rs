//! The cap on an hour of a trainer's work, and how much money a number of hours allows.

use serde::{Deserialize, Serialize};

use chrono::NaiveDate;

use super::finding::Finding;
use super::minutes::{HourUnit, Minutes};
use super::money::Money;
use super::rules::{CapBase, RuleSet};
use super::tables::Tables;

mod check;
pub use check::{check_grant, check_trainer_rate, check_tranche, check_used};

/// Whether a group smaller than the statute's still earns the full rate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KPolicy {
    /// The statute speaks of the hour; the default.
    #[default]
    Full,
    /// Persons / group: the prudent reading a controller may take.
    ProRata,
}

/// What the cap covers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapScope {
    /// All costs charged to the Labour Fund; the default.
    #[default]
    WholeGrant,
    /// The trainers' lines only.
    TrainerLines,
}

/// The cap as one call froze it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CapTerms {
    pub rate: Money,
    /// The group the rate is meant for; nothing where the law names none.
    pub group: Option<u32>,
    pub policy: KPolicy,
    pub scope: CapScope,
    pub unit: HourUnit,
    pub basis: String,
}

impl RuleSet {
    /// The cap's rate. A share of the minimum wage is cut down to whole grosze.
    /// Basis: `cap_basis`. Date: the day of the contract, whose wage counts; the act is silent on it.
    /// A local programme without a cap answers with an `Info` finding, which blocks nothing.
    pub fn cap_terms(
        &self,
        tables: &Tables,
        contract_date: NaiveDate,
        policy: KPolicy,
        scope: CapScope,
        unit: HourUnit,
    ) -> Result<CapTerms, Finding> {
        let (rate, group) = match self.cap {
            CapBase::PerGroupHour { rate, group } => (rate, Some(group)),
            CapBase::PerTrainerHour { rate } => (rate, None),
            CapBase::WagePercentPerTrainerHour { percent_x100 } => {
                let wage = tables.wage_on(contract_date)?.money();
                (share_of(wage, percent_x100).ok_or_else(|| no_rate(self))?, None)
            }
            CapBase::Uncapped => return Err(uncapped(self)),
        };
        let basis = self.cap_basis.clone();
        Ok(CapTerms { rate, group, policy, scope, unit, basis })
    }
}

/// The hours one group is, or was, led by a trainer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GroupHours {
    pub group: String,
    pub persons: u32,
    pub minutes: Minutes,
}

/// One group's part of the cap, cut down to whole grosze; the total is cut once, so it may be a few
/// grosze above the sum of the lines.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CapLine {
    pub group: String,
    pub persons: u32,
    pub minutes: Minutes,
    pub full: Money,
    pub pro_rata: Option<Money>,
}

/// How much the hours allow.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cap {
    /// By the policy of the call.
    pub total: Money,
    pub full: Money,
    /// Where the law names a group.
    pub pro_rata: Option<Money>,
    pub minutes: Minutes,
    pub unit: HourUnit,
    pub lines: Vec<CapLine>,
}

/// Hours that cannot be: negative, or too many to multiply.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("Nie można policzyć limitu: liczba godzin albo osób jest ujemna lub zbyt duża. Sprawdź godziny grup.")]
pub struct CapOverflow;

/// Hours × rate, or hours × rate × persons / group, cut down to whole grosze once.
/// Basis: art. 62c ust. 3 of the 2004 act; art. 200 ust. 4 uor2025. Date: the terms the contract froze.
pub fn cap(terms: &CapTerms, hours: &[GroupHours]) -> Result<Cap, CapOverflow> {
    let mut sum = Weights::default();
    let mut minutes = Minutes::ZERO;
    let mut lines = Vec::with_capacity(hours.len());
    for group in hours {
        let weights = Weights::of(terms, group).ok_or(CapOverflow)?;
        lines.push(line(terms, group, weights).ok_or(CapOverflow)?);
        sum = sum.plus(weights).ok_or(CapOverflow)?;
        minutes = minutes.checked_add(group.minutes).ok_or(CapOverflow)?;
    }
    let full = sum.full(terms).ok_or(CapOverflow)?;
    let pro_rata = sum.pro_rata(terms).ok_or(CapOverflow)?;
    let total = match (terms.policy, pro_rata) {
        (KPolicy::ProRata, Some(pro_rata)) => pro_rata,
        (KPolicy::ProRata, None) | (KPolicy::Full, _) => full,
    };
    Ok(Cap { total, full, pro_rata, minutes, unit: terms.unit, lines })
}

impl Cap {
    /// What one hour would cost if the whole grant went to the hours; half up. Nothing without hours.
    pub fn implied_rate(&self, grant: Money) -> Option<Money> {
        let minutes = i128::from(self.minutes.get());
        let spread = i128::from(grant.grosze()).checked_mul(self.unit.minutes().into())?;
        let half_up = spread.checked_add(minutes / 2)?.checked_div(minutes)?;
        i64::try_from(half_up).ok().map(Money::from_grosze)
    }
}

/// Exact numerators: grosze × minutes, and the same × persons (never more than the group).
#[derive(Clone, Copy, Default)]
struct Weights {
    full: i128,
    persons: i128,
}

impl Weights {
    fn of(terms: &CapTerms, hours: &GroupHours) -> Option<Self> {
        let persons = hours.persons.min(terms.group.unwrap_or(u32::MAX));
        let (rate, minutes) = (terms.rate.grosze(), hours.minutes.get());
        if rate < 0 || minutes < 0 {
            return None;
        }
        let full = i128::from(rate).checked_mul(minutes.into())?;
        Some(Self { full, persons: full.checked_mul(persons.into())? })
    }

    fn plus(self, other: Self) -> Option<Self> {
        Some(Self { full: self.full.checked_add(other.full)?, persons: self.persons.checked_add(other.persons)? })
    }

    fn full(self, terms: &CapTerms) -> Option<Money> {
        floor(self.full, terms.unit.minutes().into())
    }

    /// The outer nothing is an overflow, the inner one a law without a group.
    fn pro_rata(self, terms: &CapTerms) -> Option<Option<Money>> {
        let Some(group) = terms.group else {
            return Some(None);
        };
        let by = i128::from(terms.unit.minutes()).checked_mul(group.into())?;
        floor(self.persons, by).map(Some)
    }
}

fn line(terms: &CapTerms, hours: &GroupHours, weights: Weights) -> Option<CapLine> {
    Some(CapLine {
        group: hours.group.clone(),
        persons: hours.persons,
        minutes: hours.minutes,
        full: weights.full(terms)?,
        pro_rata: weights.pro_rata(terms)?,
    })
}

/// Non-negative numbers only.
fn floor(n: i128, by: i128) -> Option<Money> {
    let grosze = n.checked_div(by)?;
    i64::try_from(grosze).ok().map(Money::from_grosze)
}

fn share_of(wage: Money, percent_x100: u32) -> Option<Money> {
    let share = i128::from(wage.grosze()).checked_mul(percent_x100.into())?;
    floor(share, 10_000)
}

fn no_rate(rules: &RuleSet) -> Finding {
    Finding::block("R-TAB-01")
        .at("limit stawki")
        .found("Z tabeli minimalnego wynagrodzenia nie da się wyliczyć limitu.")
        .basis(rules.cap_basis.clone())
        .hint("Administrator sprawdza wartość w tabeli minimalnego wynagrodzenia.")
}

fn uncapped(rules: &RuleSet) -> Finding {
    Finding::info("R-CAP-01")
        .at("limit stawki")
        .found(format!("Zasady {} nie mają limitu stawki godzinowej.", rules.code))
        .basis(rules.act.clone())
}

#[cfg(test)]
#[path = "cap_test.rs"]
mod tests;
