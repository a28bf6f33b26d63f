//! An officer decides whether an offer meets the formal requirements.

use super::model::{FormalAnswer, FormalCheck, FormalOutcome};
use super::{rules, store};
use crate::account::Actor;
use crate::call::{self, CallState};
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::offer::{self, OfferAction};
use crate::store::{OfferId, Tx};

/// Records the card of `offer` and moves the offer. It may be repeated until the
/// organ decides; the last card holds, every one is in the log.
///
/// # Errors
/// `Refused` when the card does not fit its outcome, or the offers are not open.
pub fn check_formally(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &OfferId,
    answers: Vec<FormalAnswer>,
    outcome: FormalOutcome,
    now: Instant,
) -> Result<(), AppError> {
    let offer = offer::store::find(tx, offer)?;
    let call = call::store::find(tx, &offer.call)?;
    if call.state != CallState::Review {
        return Err(AppError::refused(
            Finding::block("R-FRM-01")
                .at(offer.number.clone().unwrap_or_default())
                .found("Oferty nie są otwarte albo konkurs jest już rozstrzygnięty.")
                .limit("Ocenę formalną robi się po otwarciu ofert, a przed rozstrzygnięciem konkursu.")
                .basis("art. 15 ust. 1 UDPP"),
        ));
    }
    let findings = rules::check_formal(&call.content.formal, &answers, outcome);
    if !findings.is_empty() {
        return Err(AppError::Refused(findings));
    }
    let before = store::check_of(tx, &offer.id)?;
    let (act, detail) = match outcome {
        FormalOutcome::Meets => (OfferAction::PassFormal, "Oferta spełnia wymogi formalne".to_owned()),
        FormalOutcome::Rejected => (
            OfferAction::RejectFormal,
            format!("Oferta odrzucona formalnie: {}", rules::reasons(&call.content.formal, &answers)),
        ),
    };
    let check = FormalCheck {
        offer: offer.id.clone(),
        call: call.id,
        answers,
        outcome,
        version: before.map_or(0, |b| b.version.saturating_add(1)),
        decided_at: now,
        decided_by: by.log_name().to_owned(),
    };
    // Moves the offer first: its compare-and-set decides between two officers.
    offer::advance(tx, by, &offer, act, "review.check_formally", detail, now)?;
    store::put_check(tx, &check)
}
