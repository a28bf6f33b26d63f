//! The organisation takes its offer back, until the deadline; a new one may then be started. The partners of
//! a joint offer are told, also of a draft.

use serde::Serialize;

use super::advance::{advance, signatory};
use super::model::{Offer, OfferAction, OfferState};
use super::submit::addresses;
use super::{presence, rules, store};
use crate::account::Actor;
use crate::call;
use crate::error::AppError;
use crate::law::{Instant, show_instant_seconds};
use crate::mail;
use crate::store::{OfferId, Tx};

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    call_number: &'a str,
    title: &'a str,
    number: &'a str,
    at: String,
    by: &'a str,
}

/// Withdraws the offer; `seen` is the version the signatory looked at. A draft may be given up at any time.
///
/// # Errors
/// `Refused` after the deadline, `Stale`, `Forbidden` for who may not sign, `NotFound` for a stranger.
pub fn withdraw(tx: &mut Tx<'_>, by: &Actor, id: &OfferId, seen: i64, now: Instant) -> Result<(), AppError> {
    let offer = store::find(tx, id)?;
    signatory(by, &offer)?;
    offer.state.after(OfferAction::Withdraw)?;
    let call = call::store::find(tx, &offer.call)?;
    if offer.state != OfferState::Draft {
        rules::deadline(&call, &offer.org, now).map_err(|f| {
            AppError::refused(f.hint("Po terminie oferty nie można już wycofać w systemie; napisz do urzędu."))
        })?;
    }
    if offer.version != seen {
        return Err(AppError::Stale);
    }
    let what = offer.number.clone().unwrap_or_else(|| "w wersji roboczej".into());
    let offer = Offer { draft: None, ..offer };
    presence::leave(tx, &offer.id)?;
    advance(tx, by, &offer, OfferAction::Withdraw, "offer.withdraw", format!("Wycofano ofertę {what}"), now)?;
    if offer.state == OfferState::Draft && !offer.is_joint() {
        return Ok(());
    }
    let letter = Letter {
        org: &offer.offeror_names(),
        call_number: call.number(),
        title: &offer.content.title,
        number: &what,
        at: show_instant_seconds(now),
        by: by.person.as_ref().map_or("", |p| p.name.as_str()),
    };
    let to = addresses(tx, by, &offer)?;
    mail::put_each(tx, &to, "offer_withdrawn", offer.id.as_str(), &letter, now)
}
