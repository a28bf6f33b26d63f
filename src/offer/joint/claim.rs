//! Somebody asked by e-mail says for which organisation they come.

use chrono::Duration;

use super::invite::{enter, link_hash};
use super::letters::{Letter, people};
use super::{signs_for, still_draft};
use crate::account::{self, Actor};
use crate::call;
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::offer::model::{Partner, PartnerState};
use crate::offer::store::{self, partners};
use crate::store::{OfferId, OrgId, Tx};

/// How long the link of an invitation works.
pub(super) const VALID: Duration = Duration::days(14);

/// Whether the link still lets somebody in; else a sentence that says why not.
///
/// # Errors
/// The sentence.
pub fn open(partner: &Partner, now: Instant) -> Result<(), &'static str> {
    match (partner.state, &partner.org) {
        (PartnerState::Invited, None) if now < partner.invited_at + VALID => Ok(()),
        (PartnerState::Invited, None) => {
            Err("To zaproszenie wygasło: odnośnik działa 14 dni. Poproś organizację, która je wysłała, o nowe.")
        }
        (PartnerState::Left, _) => Err("To zaproszenie wycofano. Jeśli to pomyłka, poproś o nowe."),
        (PartnerState::Invited | PartnerState::Confirmed | PartnerState::Declined, _) => {
            Err("To zaproszenie zostało już przyjęte. Odnośnik działa tylko raz.")
        }
    }
}

/// Brings `org` into the offer behind the link.
///
/// # Errors
/// `NotFound` for an unknown link or a stranger to the organisation, `Forbidden` for who may not sign for it,
/// `Invalid` for a dead link and for the lead itself, `Refused` when the offer was submitted meanwhile,
/// `Taken` when the organisation is a partner already.
pub fn claim(tx: &mut Tx<'_>, by: &Actor, token: &str, org: &OrgId, now: Instant) -> Result<OfferId, AppError> {
    let known = partners::by_token(tx, &link_hash(token))?;
    store::lock(tx, &known.offer)?;
    let partner = partners::find(tx, &known.id)?;
    signs_for(by, Some(org))?;
    let invalid = |why: &str| Err(AppError::Invalid(FieldErrors::of("org", why)));
    if let Err(why) = open(&partner, now) {
        return invalid(why);
    }
    let offer = store::find(tx, &partner.offer)?;
    still_draft(&offer)?;
    if *org == offer.org {
        return invalid("Tę ofertę prowadzi Twoja organizacja. Partnerem może być tylko inna.");
    }
    let call = call::store::find(tx, &offer.call)?;
    let org = account::store::organisation(tx, org)?;
    if org.test != call.content.test {
        return invalid(
            "Organizacja próbna bierze udział tylko w konkursach próbnych, a prawdziwa tylko w prawdziwych.",
        );
    }
    let joined = Partner { org: Some(org.id.clone()), ..partner };
    partners::save(tx, &joined)?;
    let to = people(tx, &offer.org, true)?;
    Letter { partner: &org.name, ..Letter::about(&offer, &call, by) }.send(
        tx,
        &to,
        "offer_partner_joined",
        &offer,
        now,
    )?;
    let detail = format!("{} przyjmuje zaproszenie wysłane na adres {}", org.name, joined.email);
    let id = offer.id.clone();
    enter(tx, by, offer, &org, detail, now)?;
    Ok(id)
}
