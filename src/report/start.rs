//! The organisation begins a report; what the contract says already is filled in.

use super::expected::expected;
use super::model::{AchievedResult, CostReport, DoneActivity, Report, ReportContent, ReportState};
use super::{performed, store};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::contract::{self, Contract, ContractState};
use crate::error::AppError;
use crate::law::{Instant, Money};
use crate::store::{ContractId, ReportId, Tx, digest, to_json};

/// Begins report `no` of a contract; the second beginning leads to the same report, also when the plan was another then.
///
/// # Errors
/// `Forbidden` while the contract is not in force, `NotFound` for a number it does not ask for.
pub fn start(tx: &mut Tx<'_>, by: &Actor, contract: &ContractId, no: i64, now: Instant) -> Result<ReportId, AppError> {
    let contract = contract::store::find(tx, contract)?;
    let plan = expected(&contract).into_iter().find(|e| e.no == no);
    let begun = store::of_contract(tx, &contract.id)?;
    let asked = begun.iter().find(|r| plan.as_ref().is_some_and(|e| e.is(r)));
    if let Some(there) = asked.or_else(|| begun.iter().find(|r| r.no == no)) {
        return Ok(there.id.clone());
    }
    match contract.state {
        ContractState::Signed => {}
        ContractState::Draft | ContractState::Ready => {
            return Err(AppError::forbidden(
                "Sprawozdanie można rozpocząć po zawarciu umowy; ta umowa nie jest podpisana.",
            ));
        }
        ContractState::Settled => {
            return Err(AppError::forbidden("Umowa jest już rozliczona, więc nie przyjmuje sprawozdań."));
        }
    }
    let plan = plan.ok_or(AppError::NotFound)?;
    let report = Report {
        id: ReportId::new(),
        contract: contract.id.clone(),
        no,
        kind: plan.kind,
        period_from: plan.from,
        period_to: plan.to,
        due_on: plan.due_on,
        state: ReportState::Expected,
        version: 0,
        content: prefilled(&contract),
        sha256: None,
        submitted_at: None,
    };
    store::insert(tx, &report, now)?;
    store::put_costs(tx, &report.id, &planned_costs(&contract))?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "report.start",
        object_kind: "report",
        object_id: report.id.as_str(),
        before: String::new(),
        after: digest(&to_json(&report.content)?),
        detail: format!("Rozpoczęto {} do umowy {}.", report.name(), contract.number),
    };
    audit::append(tx, deed, now);
    Ok(report.id)
}

fn prefilled(contract: &Contract) -> ReportContent {
    let content = &contract.content;
    let result = |r: &crate::offer::PlannedResult| AchievedResult {
        name: r.name.clone(),
        planned: r.target.clone(),
        ..AchievedResult::default()
    };
    let activity = |a: &crate::offer::Activity| DoneActivity { name: a.name.clone(), description: String::new() };
    ReportContent {
        results: content.results.iter().map(result).collect(),
        activities: content.activities.iter().map(activity).collect(),
        ..ReportContent::default()
    }
}

fn planned_costs(contract: &Contract) -> Vec<CostReport> {
    let numbers = performed::items(&contract.content);
    numbers
        .into_iter()
        .zip(&contract.content.costs)
        .map(|(item, line)| CostReport {
            item,
            name: line.name.clone(),
            planned: line.value().unwrap_or(Money::ZERO),
            actual: Money::ZERO,
            from_grant: Money::ZERO,
        })
        .collect()
}
