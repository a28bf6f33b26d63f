//! The organ cancels a contest (UDPP art. 18a), and publishes that as it published the announcement.

use serde::Serialize;

use super::advance::{advance_with, load};
use super::announce::refuse;
use super::model::{Call, CallAction, CancelFacts, CancelReason, Publication};
use super::rules::{self, Ready};
use super::store::amendments;
use crate::account::Actor;
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Instant, blocks, warsaw_date};
use crate::mail;
use crate::store::{CallId, Tx};

/// Why a contest is cancelled, where that was published, and what the later stages know of the offers.
#[derive(Clone, Debug)]
pub struct Cancelling {
    pub reason: CancelReason,
    /// In the organ's own words; a withdrawal must give them.
    pub why: String,
    pub places: Vec<Publication>,
    pub facts: CancelFacts,
}

#[derive(Serialize)]
struct Letter<'a> {
    call_number: &'a str,
    call_title: &'a str,
    reason: &'a str,
}

/// Cancels version `seen`. Everyone whose organisation has an offer gets a letter.
///
/// # Errors
/// `Refused` when the reason does not hold (R-CANCEL-01) or a place is missing (R-ANN-05), `Invalid` for a
/// withdrawal without a word.
pub fn cancel(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &CallId,
    seen: i64,
    cancelling: Cancelling,
    now: Instant,
) -> Result<(), AppError> {
    let Cancelling { reason, why, places, facts } = cancelling;
    let mut call = load(tx, id, seen)?;
    call.state.after(CallAction::Cancel).map_err(|e| AppError::forbidden(e.to_string()))?;
    if reason == CancelReason::OrganWithdrawal && why.trim().is_empty() {
        let text = "Napisz, dlaczego organ odstępuje od konkursu. Przeczyta to każdy.";
        return Err(AppError::Invalid(FieldErrors::of("why", text)));
    }
    refuse(check(&call, reason, facts, &places, now))?;
    let own_words =
        if why.trim().is_empty() { String::new() } else { format!(". Powód: {}", why.trim().trim_end_matches('.')) };
    let said = format!("{}{own_words}", reason.label());
    call.content.cancel_reason = Some(said.clone());
    call.content.result_places = places;
    let detail = format!("Unieważniono konkurs {}: {said}.", call.number());
    advance_with(tx, by, call.clone(), CallAction::Cancel, "call.cancel", detail, now)?;
    write_to_all(tx, &call, &said, now)
}

/// The reason, and the places. Since when there was something to publish is asked only of a reason that is there: before
/// the end of the term no other day or hour would help.
fn check(call: &Call, reason: CancelReason, facts: CancelFacts, places: &[Publication], now: Instant) -> Vec<Finding> {
    let mut findings = rules::check_cancel(reason, facts, call.open_until(now), &call.content);
    let since = match reason {
        CancelReason::NoOffers | CancelReason::NoneCompliant => call.last_deadline(),
        CancelReason::OrganWithdrawal => call.announced_at,
    };
    if let Some(at) = since.filter(|_| !blocks(&findings)) {
        findings.extend(rules::check_ready(places, Ready::Cancellable(at)));
    }
    findings.extend(rules::check_places("R-ANN-05", places, warsaw_date(now)));
    findings.extend(rules::check_hours("R-ANN-05", places, now));
    findings
}

fn write_to_all(tx: &mut Tx<'_>, call: &Call, reason: &str, now: Instant) -> Result<(), AppError> {
    let letter = Letter { call_number: call.number(), call_title: &call.content.title, reason };
    let to = amendments::concerned(tx, &call.id)?;
    mail::put_each(tx, &to, "call_cancelled", call.id.as_str(), &letter, now)
}
