//! A partner's signatory says no, and why.

use super::letters::{Letter, people};
use super::{parties, signs_for, still_draft};
use crate::account::Actor;
use crate::call;
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::offer::advance::{Line, log};
use crate::offer::model::{OfferAction, Partner, PartnerState};
use crate::offer::store::{self, partners};
use crate::store::{OfferId, PartnerId, Tx};

/// Longest reason, in characters.
const LONGEST: usize = 2_000;

/// The partner leaves; its part stays until the lead removes it.
///
/// # Errors
/// `Invalid` without a reason, `Refused` when the offer was submitted, `Forbidden` for who may not sign,
/// `NotFound` for a stranger.
pub fn decline(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &OfferId,
    id: &PartnerId,
    reason: &str,
    now: Instant,
) -> Result<(), AppError> {
    // The offer's row first, always: whoever acts for it at the same time waits here.
    store::lock(tx, offer)?;
    let offer = store::find(tx, offer)?;
    let all = parties(tx, &offer)?;
    let found = all.iter().find(|p| &p.partner.id == id && p.takes_part());
    let party = found.filter(|p| p.org.is_some()).ok_or(AppError::NotFound)?;
    signs_for(by, party.partner.org.as_ref())?;
    offer.state.after(OfferAction::Edit)?;
    still_draft(&offer)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::Invalid(FieldErrors::of("reason", "Napisz, dlaczego organizacja nie bierze udziału.")));
    }
    if reason.chars().count() > LONGEST {
        let why = format!("Powód może mieć najwyżej {LONGEST} znaków.");
        return Err(AppError::Invalid(FieldErrors::of("reason", why)));
    }
    let gone = Partner {
        state: PartnerState::Declined,
        answered_at: Some(now),
        answered_by: by.log_name().to_owned(),
        reason: reason.to_owned(),
        ..party.partner.clone()
    };
    partners::save(tx, &gone)?;
    // Whoever submits at this moment counted on this partner: the compare-and-set of one of both fails.
    store::save(tx, &offer, now)?;
    let detail = format!("Partner {} odmawia udziału: {reason}", party.name());
    log(tx, by, &offer, Line { deed: "offer.partner.decline", detail, ..Line::default() }, now);
    let call = call::store::find(tx, &offer.call)?;
    let to = people(tx, &offer.org, true)?;
    let letter = Letter { partner: party.name(), reason, ..Letter::about(&offer, &call, by) };
    letter.send(tx, &to, "offer_partner_declined", &offer, now)
}
