//! A tranche is paid only as far as the cap goes: what was done and what is still to be done may be less than what the
//! contract planned.

use super::performed::{cap_over, group_hours, planned_hours};
use super::store;
use crate::account::Actor;
use crate::contract::{self, Contract, ContractContent, Flow, Payment, Transfer};
use crate::error::{AppError, FieldErrors};
use crate::law::{CapScope, Finding, GroupHours, Instant, Minutes, Money, Severity, check_tranche};
use crate::programme::Edition;
use crate::store::{ContractId, Read, Tx};

use super::model::{Part, ReportState};

/// Records the payment of a tranche (R-CAP-05 first, then what [`contract::pay`] checks).
///
/// # Errors
/// Those of [`contract::pay`]; `Refused` when the cap leaves no room for the amount, `Invalid` for less than it leaves.
pub fn pay_tranche(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ContractId,
    transfer: Transfer,
    now: Instant,
) -> Result<(), AppError> {
    let contract = contract::store::find(tx, id)?;
    let payments = contract::store::payments(tx, &contract.id)?;
    let tranche = contract.content.tranche(transfer.tranche);
    if let Some(tranche) = tranche.filter(|t| !contract::rules::is_paid(&payments, t.no)) {
        let asked = transfer.amount.unwrap_or(tranche.amount);
        let over = |tx: &mut Tx<'_>, amount| over_cap(tx, &contract, &payments, tranche.no, amount);
        if let Some(finding) = over(tx, asked)? {
            return Err(AppError::refused(finding));
        }
        let excess = over(tx, tranche.amount)?.and_then(|finding| finding.amount).unwrap_or_default();
        let whole = tranche.amount.saturating_sub_floor0(excess);
        if !asked.is_zero() && asked < whole {
            let why = format!("Wpisano {asked}. Wypłaca się całą kwotę, na którą pozwala umowa i limit: {whole}.");
            return Err(AppError::Invalid(FieldErrors::of("amount", why)));
        }
    }
    contract::pay(tx, by, id, transfer, now)
}

/// What is held and what is to be paid stay under the cap over hours done and hours still to come (R-CAP-05). A cap on the
/// pay of trainers alone says nothing of a tranche, and one that does not bind stops none.
/// Basis: the terms' own. Date: the day of the payment; hours come from the reports filed until then.
fn over_cap(
    r: &mut Read<'_>,
    contract: &Contract,
    payments: &[Payment],
    no: u32,
    asked: Money,
) -> Result<Option<Finding>, AppError> {
    let content = &contract.content;
    let binds = content.rules.has_cap()
        && content.rules.cap_binds == Severity::Block
        && content.cap.scope == CapScope::WholeGrant;
    if !binds {
        return Ok(None);
    }
    let parts = filed(r, contract)?;
    let lines: Vec<_> = parts.iter().flat_map(|part| part.hours.iter().cloned()).collect();
    let done = group_hours(content, &lines);
    let rest = still_to_come(content, &parts, &done);
    let (performed, planned) = (cap_over(content, &done)?, cap_over(content, &rest)?);
    let place = format!("transza {no}");
    Ok(check_tranche(Flow::of(payments).held(), asked, &performed, &planned, &content.cap).map(|f| f.at(place)))
}

/// The reports filed so far; one that was sent back as it was filed last.
fn filed(r: &mut Read<'_>, contract: &Contract) -> Result<Vec<Part>, AppError> {
    let mut all = store::of_contract(r, &contract.id)?;
    all.retain(|report| report.is_filed() || report.state == ReportState::SentBack);
    let mut parts = store::parts(r, all)?;
    for part in parts.iter_mut().filter(|part| part.report.state == ReportState::SentBack) {
        part.hours = store::last_frozen(r, &part.report.id)?.map(|frozen| frozen.hours).unwrap_or_default();
    }
    Ok(parts)
}

/// The planned hours of each group that are not done: none where a filed report covers the whole edition.
fn still_to_come(content: &ContractContent, parts: &[Part], done: &[GroupHours]) -> Vec<GroupHours> {
    let over = |code: &str| {
        let group = content.groups.iter().find(|group| group.code == code);
        let edition = group.and_then(|group| content.editions.iter().find(|e| e.no == group.edition));
        let covers = |part: &Part, e: &Edition| part.report.period_from <= e.from && e.to <= part.report.period_to;
        edition.is_some_and(|edition| parts.iter().any(|part| covers(part, edition)))
    };
    let left = |planned: GroupHours| {
        let performed = done.iter().find(|group| group.group == planned.group).map_or(Minutes::ZERO, |g| g.minutes);
        let rest = planned.minutes.get().saturating_sub(performed.get()).max(0);
        let minutes = if over(&planned.group) { Minutes::ZERO } else { Minutes::new(rest) };
        GroupHours { minutes, ..planned }
    };
    planned_hours(content).into_iter().map(left).collect()
}
