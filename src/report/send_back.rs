//! The office sends a report back with reasons.

use super::model::ReportAction;
use super::save::moved;
use super::{letters, store};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::contract;
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::store::{ReportId, Tx, digest, to_json};

/// Sends the report back; the organisation may change it again and sees the reasons.
///
/// # Errors
/// `Invalid` without reasons, `Stale`, `Forbidden` when it is not filed.
pub fn send_back(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ReportId,
    seen: i64,
    reasons: String,
    now: Instant,
) -> Result<(), AppError> {
    let reasons = reasons.trim().to_owned();
    if reasons.is_empty() {
        let why = "Napisz, co organizacja ma poprawić. Bez tego nie będzie wiedziała, dlaczego sprawozdanie wróciło.";
        return Err(AppError::Invalid(FieldErrors::of("reasons", why)));
    }
    let mut report = store::find(tx, id)?;
    report.state = moved(&report, ReportAction::SendBack)?;
    report.version = seen;
    let contract = contract::store::find(tx, &report.contract)?;
    let before = digest(&to_json(&report.content)?);
    report.content.sent_back.push(reasons.clone());
    store::save(tx, &report)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "report.send_back",
        object_kind: "report",
        object_id: id.as_str(),
        before,
        after: digest(&to_json(&report.content)?),
        detail: format!("Zwrócono do poprawy: {}. Powody: {reasons}", report.name()),
    };
    audit::append(tx, deed, now);
    letters::to_organisation(tx, "report_sent_back", &contract, &report, &reasons, now)
}
