//! A tranche is paid only as far as the cap goes: what was done and what is still to be done may be less than what the
//! contract planned.

use super::performed::{cap_over, group_hours, planned_hours};
use super::store;
use crate::account::Actor;
use crate::contract::{self, Contract, ContractContent, Flow, Transfer};
use crate::error::AppError;
use crate::law::{CapScope, Finding, GroupHours, Instant, Minutes, Severity, check_tranche};
use crate::store::{ContractId, Read, Tx};

use super::model::Part;

/// Records the payment of a tranche (R-CAP-05 first, then what [`contract::pay`] checks).
///
/// # Errors
/// Those of [`contract::pay`]; `Refused` when the cap leaves no room for the amount.
pub fn pay_tranche(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ContractId,
    transfer: Transfer,
    now: Instant,
) -> Result<(), AppError> {
    let contract = contract::store::find(tx, id)?;
    match over_cap(tx, &contract, &transfer)? {
        Some(finding) => Err(AppError::refused(finding)),
        None => contract::pay(tx, by, id, transfer, now),
    }
}

/// What is held and what is to be paid stay under the cap over hours done and hours still to come (R-CAP-05). A cap on the
/// pay of trainers alone says nothing of a tranche, and one that does not bind stops none.
/// Basis: the terms' own. Date: the day of the payment; hours come from the reports filed until then.
fn over_cap(r: &mut Read<'_>, contract: &Contract, transfer: &Transfer) -> Result<Option<Finding>, AppError> {
    let content = &contract.content;
    let binds = content.rules.has_cap()
        && content.rules.cap_binds == Severity::Block
        && content.cap.scope == CapScope::WholeGrant;
    let payments = contract::store::payments(r, &contract.id)?;
    let tranche = content.tranche(transfer.tranche);
    let Some(tranche) = tranche.filter(|t| binds && !contract::rules::is_paid(&payments, t.no)) else {
        return Ok(None);
    };
    let mut filed = store::of_contract(r, &contract.id)?;
    filed.retain(|report| report.is_filed());
    let parts = store::parts(r, filed)?;
    let lines: Vec<_> = parts.iter().flat_map(|part| part.hours.iter().cloned()).collect();
    let done = group_hours(content, &lines);
    let rest = still_to_come(content, &parts, &done);
    let (performed, planned) = (cap_over(content, &done)?, cap_over(content, &rest)?);
    let asked = transfer.amount.unwrap_or(tranche.amount);
    let place = format!("transza {}", tranche.no);
    Ok(check_tranche(Flow::of(&payments).held(), asked, &performed, &planned, &content.cap).map(|f| f.at(place)))
}

/// The planned hours of each group that are not done: none where a filed report reaches the end of its edition.
fn still_to_come(content: &ContractContent, parts: &[Part], done: &[GroupHours]) -> Vec<GroupHours> {
    let over = |code: &str| {
        let group = content.groups.iter().find(|group| group.code == code);
        let edition = group.and_then(|group| content.editions.iter().find(|e| e.no == group.edition));
        edition.is_some_and(|edition| parts.iter().any(|part| part.report.period_to >= edition.to))
    };
    let left = |planned: GroupHours| {
        let performed = done.iter().find(|group| group.group == planned.group).map_or(Minutes::ZERO, |g| g.minutes);
        let rest = planned.minutes.get().saturating_sub(performed.get()).max(0);
        let minutes = if over(&planned.group) { Minutes::ZERO } else { Minutes::new(rest) };
        GroupHours { minutes, ..planned }
    };
    planned_hours(content).into_iter().map(left).collect()
}
