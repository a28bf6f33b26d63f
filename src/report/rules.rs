//! What is checked in a report. The checks are pure; [`findings`] only brings the facts.
//!
//! A finding that stops the filing is about the form itself or about hours that cannot be
//! true; every other blocking finding stays open, and the office answers it at acceptance.

mod fees;
mod form;
mod ledger;
mod money;

use super::model::{HoursLine, Part, Report};
use super::store;
use crate::contract::{self, Contract, ContractContent, PaymentKind};
use crate::error::AppError;
use crate::law::{self, Finding, Money, RuleSet, Severity};
use crate::store::Read;

/// What the checks look at.
pub struct Facts<'a> {
    pub contract: &'a ContractContent,
    pub this: &'a Part,
    /// The other filed reports of the contract.
    pub earlier: &'a [Part],
    /// Paid to the contractor so far.
    pub paid: Money,
}

impl Facts<'_> {
    /// The lines of this report and of every other filed one.
    #[must_use]
    pub fn all_hours(&self) -> Vec<HoursLine> {
        self.parts().flat_map(|p| p.hours.iter().cloned()).collect()
    }

    /// This report and every other filed one.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.earlier.iter().chain([self.this])
    }
}

/// Everything there is to say about a report, blocking findings first.
///
/// # Errors
/// Those of the database.
pub fn findings(r: &mut Read<'_>, contract: &Contract, report: &Report) -> Result<Vec<Finding>, AppError> {
    let (this, earlier) = parts_of(r, contract, report)?;
    let paid = paid(r, contract)?;
    check(&Facts { contract: &contract.content, this: &this, earlier: &earlier, paid })
}

/// The report with its rows, and the other filed reports of the contract.
pub(super) fn parts_of(r: &mut Read<'_>, contract: &Contract, report: &Report) -> Result<(Part, Vec<Part>), AppError> {
    let mut all = store::of_contract(r, &contract.id)?;
    all.retain(|other| other.id == report.id || other.is_filed());
    let (this, earlier): (Vec<Part>, Vec<Part>) =
        store::parts(r, all)?.into_iter().partition(|p| p.report.id == report.id);
    let mut this = this.into_iter().next().ok_or(AppError::NotFound)?;
    this.report = report.clone();
    Ok((this, earlier))
}

/// Tranches paid so far.
///
/// # Errors
/// Those of the database.
pub(super) fn paid(r: &mut Read<'_>, contract: &Contract) -> Result<Money, AppError> {
    let payments = contract::store::payments(r, &contract.id)?;
    let tranches = payments.iter().filter(|p| matches!(p.kind, PaymentKind::Tranche(_)));
    super::performed::sum(tranches.map(|p| p.amount))
}

/// All checks of a report on facts already read.
///
/// # Errors
/// `Internal` when a sum is beyond any money.
pub fn check(facts: &Facts<'_>) -> Result<Vec<Finding>, AppError> {
    let mut all = form::completeness(facts);
    all.extend(form::late(facts));
    all.extend(money::items(facts));
    all.extend(money::sources(facts)?);
    all.extend(fees::fees(facts)?);
    all.extend(money::shifts(facts)?);
    all.extend(money::together(facts)?);
    all.extend(money::unused(facts)?);
    all.extend(ledger::rows(facts));
    all.extend(ledger::overlaps(facts));
    all.extend(ledger::weeks(facts));
    all.extend(ledger::cap(facts)?);
    all.extend(ledger::trainers(facts)?);
    all.sort_by_key(|f| f.severity);
    Ok(all)
}

/// Rules of the form's completeness and arithmetic, and of hours that cannot be true.
const STOPPING: [&str; 7] = ["R-REP-04", "R-REP-10", "R-REP-11", "R-REP-16", "R-REP-18", "R-HRS-06", "R-TS-01"];

/// Whether a finding stops the filing; the others go to the office with the report.
#[must_use]
pub fn stops_filing(finding: &Finding) -> bool {
    finding.severity == Severity::Block && STOPPING.contains(&finding.rule.as_str())
}

/// The provision behind a rule: the register's, or the local programme's own.
fn basis(rules: &RuleSet, id: &str) -> String {
    let shipped = ["PAI", "RSD"].contains(&rules.family());
    law::rule(id).filter(|_| shipped).map_or_else(|| rules.act.clone(), |rule| rule.basis.to_owned())
}
