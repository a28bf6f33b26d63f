//! An officer decides whether an offer meets the formal requirements.

use super::model::{FormalAnswer, FormalCheck, FormalOutcome};
use super::summon::{self, judged};
use super::{rules, store};
use crate::account::Actor;
use crate::call;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::{self, OfferAction};
use crate::store::{OfferId, Tx};

/// Records the card of `offer` and moves the offer; the organisation is written to when something has to be
/// supplemented, and when a rejection is taken back to the call that was made before it. It may be repeated until the organ decides; the last card holds, every one is in the log.
///
/// # Errors
/// `Refused` when the card does not fit its outcome (R-FRM-01, R-COR-01), the one call to supplement was made or is
/// still to be answered (R-COR-02), or the offers are not open.
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
    let called = judged(tx, &call, &offer, &answers, outcome, now)?;
    let before = store::check_of(tx, &offer.id)?;
    let check = FormalCheck {
        offer: offer.id.clone(),
        call: call.id.clone(),
        answers,
        outcome,
        version: before.map_or(0, |b| b.version.saturating_add(1)),
        decided_at: now,
        decided_by: by.log_name().to_owned(),
    };
    // Moves the offer first: its compare-and-set decides between two officers.
    let moved =
        |tx: &mut Tx<'_>, act, detail| offer::advance(tx, by, &offer, act, "review.check_formally", detail, now);
    match outcome {
        FormalOutcome::Meets => {
            let said = rules::remarks(&call.content.formal, &check.answers);
            let colon = if said.is_empty() { "" } else { ": " };
            moved(tx, OfferAction::PassFormal, format!("Oferta spełnia wymogi formalne{colon}{said}"))?;
        }
        FormalOutcome::ToSupplement => match &called {
            None => summon::send(tx, by, &call, &offer, &check.answers, now)?,
            Some(summons) => summon::restore(tx, by, &call, &offer, summons, now)?,
        },
        FormalOutcome::Rejected => {
            let why = rules::reasons(&call.content.formal, &check.answers);
            moved(tx, OfferAction::RejectFormal, format!("Oferta odrzucona formalnie: {why}"))?;
        }
    }
    store::put_check(tx, &check)
}
