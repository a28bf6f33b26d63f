//! The lead removes a partner; its column of V.C and its activities go with it.

use super::letters::{Letter, people};
use super::{parties, still_draft};
use crate::account::Actor;
use crate::call;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::advance::member;
use crate::offer::model::{OfferAction, Partner, PartnerState};
use crate::offer::save::{Said, keep};
use crate::offer::store::{self, partners};
use crate::store::{OfferId, PartnerId, Tx};

/// Removes partner `id`; `seen` is the version of the offer that the writer looked at.
///
/// # Errors
/// `Stale` when somebody saved meanwhile, `Refused` when the offer was submitted, `NotFound` for a stranger
/// and for who is no partner.
pub fn remove_partner(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &OfferId,
    id: &PartnerId,
    seen: i64,
    now: Instant,
) -> Result<(), AppError> {
    store::lock(tx, offer)?;
    let before = store::find(tx, offer)?;
    member(by, &before)?;
    before.state.after(OfferAction::Edit)?;
    let all = parties(tx, &before)?;
    let party = all.iter().find(|p| &p.partner.id == id && p.is_listed()).ok_or(AppError::NotFound)?;
    still_draft(&before)?;
    partners::save(tx, &Partner { state: PartnerState::Left, ..party.partner.clone() })?;
    let to = match &party.partner.org {
        Some(_) if party.partner.state == PartnerState::Declined => Vec::new(),
        Some(org) => people(tx, org, true)?,
        None => vec![party.partner.email.clone()],
    };
    let call = call::store::find(tx, &before.call)?;
    let letter = Letter { partner: party.name(), ..Letter::about(&before, &call, by) };
    let kind = if party.partner.org.is_some() { "offer_partner_removed" } else { "offer_partner_recalled" };
    letter.send(tx, &to, kind, &before, now)?;
    let mut content = before.content.clone();
    if let (Some(joint), Some(org)) = (&mut content.joint, &party.partner.org) {
        joint.shares.retain(|share| &share.org != org);
    }
    let what = if party.partner.org.is_some() { "Usunięto partnera" } else { "Wycofano zaproszenie" };
    let said = Said::with("offer.partner.remove", format!("{what}: {}", party.name()));
    keep(tx, by, before.clone(), seen, content, said, now)?;
    Ok(())
}
