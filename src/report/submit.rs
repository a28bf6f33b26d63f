//! The organisation files the report.

use super::model::{FrozenReport, Report, ReportAction, ReportState};
use super::rules::{findings, stops_filing};
use super::save::moved;
use super::{letters, store};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::contract;
use crate::error::AppError;
use crate::law::{Finding, Instant, plural, warsaw_date};
use crate::store::{ReportId, Tx, digest, to_json};

/// Files the report: checks the form, freezes a version with its hash, writes to the organisation.
/// A second filing of the same report changes nothing.
///
/// # Errors
/// `Refused` with every finding that stops the filing; `Forbidden` when it was accepted already.
pub fn submit(tx: &mut Tx<'_>, by: &Actor, id: &ReportId, now: Instant) -> Result<(), AppError> {
    let mut report = store::find(tx, id)?;
    if report.state == ReportState::Submitted {
        return Ok(());
    }
    let to = moved(&report, ReportAction::Submit)?;
    let contract = contract::store::find(tx, &report.contract)?;
    let stopping: Vec<Finding> = findings(tx, &contract, &report)?.into_iter().filter(stops_filing).collect();
    if !stopping.is_empty() {
        return Err(AppError::Refused(stopping));
    }
    let before = digest(&to_json(&report.content)?);
    let frozen = FrozenReport {
        contract_number: contract.number.clone(),
        no: report.no,
        content: report.content.clone(),
        costs: store::costs_of_report(tx, id)?,
        hours: store::hours_of_report(tx, id)?,
    };
    report.state = to;
    report.submitted_at = Some(now);
    report.sha256 = Some(digest(&to_json(&frozen)?));
    // The version is compared first: of two filings at the same moment one is told that it came second.
    store::save(tx, &report)?;
    let sha256 = store::freeze(tx, id, &frozen, by.log_name(), now)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "report.submit",
        object_kind: "report",
        object_id: id.as_str(),
        before,
        after: sha256,
        detail: format!("Złożono {} do umowy {}{}.", report.name(), contract.number, late(&report, now)),
    };
    audit::append(tx, deed, now);
    letters::to_organisation(tx, "report_submitted", &contract, &report, "", now)
}

/// `, 3 dni po terminie`.
fn late(report: &Report, now: Instant) -> String {
    let days = warsaw_date(now).signed_duration_since(report.due_on).num_days();
    if days > 0 { format!(", {days} {} po terminie", plural(days, "dzień", "dni", "dni")) } else { String::new() }
}
