//! The lead sends an invitation once more, or to another address when the first one was wrong.

use chrono::Duration;

use super::invite::{Whom, by_link, invite_partner, link_hash, to_members};
use super::letters::Letter;
use super::{parties, remove_partner, still_draft};
use crate::account::Actor;
use crate::call;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_instant};
use crate::offer::advance::{Line, log, member};
use crate::offer::model::{Offer, OfferAction, Partner, PartnerState, Party};
use crate::offer::rules;
use crate::offer::store::{self, partners};
use crate::store::{OfferId, PartnerId, Tx};

/// Between two letters of one invitation.
const PAUSE: Duration = Duration::hours(1);

/// When the next letter of an invitation may go; nothing for who answered already.
#[must_use]
pub fn next_letter(partner: &Partner) -> Option<Instant> {
    (partner.state == PartnerState::Invited).then(|| partner.invited_at + PAUSE)
}

/// Sends the letter again; an e-mail gets a new link, and the one before is dead.
///
/// # Errors
/// `Invalid` at `email` within an hour of the last letter, `Refused` when the offer was submitted or the
/// deadline has passed, `Stale` when somebody sent it at this moment, `NotFound` for a stranger and for who
/// answered already.
pub fn invite_again(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &OfferId,
    id: &PartnerId,
    base_url: &str,
    now: Instant,
) -> Result<(), AppError> {
    let (offer, party) = asked(tx, by, offer, id)?;
    let call = call::store::find(tx, &offer.call)?;
    rules::deadline(&call, &offer.org, now).map_err(AppError::refused)?;
    if let Some(from) = next_letter(&party.partner).filter(|from| now < *from) {
        let why = format!(
            "Poprzedni list wysłano {}. Kolejny można wysłać od {}: najwyżej jeden na godzinę.",
            show_instant(party.partner.invited_at),
            show_instant(from)
        );
        return Err(AppError::Invalid(FieldErrors::of("email", why)));
    }
    let letter = Letter::about(&offer, &call, by);
    let token_hash = match &party.org {
        Some(org) => {
            to_members(tx, letter, org, base_url, &offer, now)?;
            String::new()
        }
        None => {
            let token = crate::store::token()?;
            by_link(tx, letter, (&party.partner.email, &token), base_url, &offer, now)?;
            link_hash(&token)
        }
    };
    let sent = Partner { invited_at: now, invited_by: by.log_name().to_owned(), ..party.partner.clone() };
    partners::send_again(tx, &sent, &token_hash)?;
    let detail = format!("Wysłano jeszcze raz zaproszenie do oferty wspólnej: {}", party.name());
    log(tx, by, &offer, Line { deed: "offer.partner.again", detail, ..Line::default() }, now);
    Ok(())
}

/// Takes an invitation that nobody answered back and sends it to another address; `seen` is the version of the
/// offer that the writer looked at. It counts as one more invitation, so that an offer is no way to write to
/// everybody.
///
/// # Errors
/// Those of [`remove_partner`] and [`invite_partner`]; `NotFound` for an organisation that is in the system.
pub fn readdress(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &OfferId,
    id: &PartnerId,
    (seen, email): (i64, String),
    base_url: &str,
    now: Instant,
) -> Result<PartnerId, AppError> {
    let (_, party) = asked(tx, by, offer, id)?;
    if party.partner.org.is_some() {
        return Err(AppError::NotFound);
    }
    remove_partner(tx, by, offer, id, seen, now)?;
    invite_partner(tx, by, offer, seen + 1, Whom::Email(email), base_url, now)
}

/// The invitation that still waits for an answer.
fn asked(tx: &mut Tx<'_>, by: &Actor, offer: &OfferId, id: &PartnerId) -> Result<(Offer, Party), AppError> {
    // The offer's row first, always: whoever acts for it at the same time waits here.
    store::lock(tx, offer)?;
    let offer = store::find(tx, offer)?;
    member(by, &offer)?;
    offer.state.after(OfferAction::Edit)?;
    still_draft(&offer)?;
    let all = parties(tx, &offer)?;
    let party = all.into_iter().find(|p| &p.partner.id == id && p.partner.state == PartnerState::Invited);
    Ok((offer, party.ok_or(AppError::NotFound)?))
}
