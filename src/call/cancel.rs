//! The organ cancels a contest (UDPP art. 18a), and publishes that as it published the announcement.

use super::advance::{advance_with, load};
use super::model::{CallAction, CancelFacts, CancelReason, Publication};
use super::rules;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::{Instant, Severity, blocks, warsaw_date};
use crate::store::{CallId, Tx};

/// Cancels version `seen` for `reason`; `facts` come from the stages that know the offers.
///
/// # Errors
/// `Refused` when the reason does not hold (R-CANCEL-01) or a place is missing (R-ANN-05).
#[expect(clippy::too_many_arguments, reason = "a verb: who, what, why, with what proof, when")]
pub fn cancel(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &CallId,
    seen: i64,
    reason: CancelReason,
    places: Vec<Publication>,
    facts: CancelFacts,
    now: Instant,
) -> Result<(), AppError> {
    let mut call = load(tx, id, seen)?;
    call.state.after(CallAction::Cancel).map_err(|e| AppError::forbidden(e.to_string()))?;
    let mut findings = rules::check_cancel(reason, facts, call.is_unsealed(now));
    findings.extend(rules::check_places("R-ANN-05", &places, warsaw_date(now)));
    let first = call.deadline_at.map(warsaw_date);
    findings.extend(first.map(|first| rules::check_not_before("R-ANN-05", &places, first)).unwrap_or_default());
    if blocks(&findings) {
        return Err(AppError::Refused(findings.into_iter().filter(|f| f.severity == Severity::Block).collect()));
    }
    call.content.cancel_reason = Some(reason.label().to_owned());
    call.content.result_places = places;
    let detail = format!("Unieważniono konkurs {}: {}.", call.number(), reason.label());
    advance_with(tx, by, call, CallAction::Cancel, "call.cancel", detail, now)
}
