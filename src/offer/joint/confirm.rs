//! A partner's signatory says yes to the whole offer, with the declarations of part VII for the partner.

use super::letters::{Letter, people};
use super::{asked_digest, freeze_whole, parties, signs_for};
use crate::account::{self, Actor};
use crate::call;
use crate::error::AppError;
use crate::law::{Instant, blocks};
use crate::offer::advance::{Line, log, sealed};
use crate::offer::model::{Declarations, OfferAction, Partner, PartnerConfirmation, PartnerState};
use crate::offer::store::{self, partners};
use crate::offer::{rules, wording};
use crate::store::{OfferId, PartnerId, Tx};

/// Records the word of partner `id` for exactly the content with the digest `shown`.
///
/// # Errors
/// `Stale` when the content is another one than was shown; `Refused` after the deadline, in another state,
/// after a refusal (R-OFF-16) and when the partner's own data lack something; `Invalid` for declarations that
/// are missing; `Forbidden` for who may not sign; `NotFound` for a stranger.
pub fn confirm_part(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &OfferId,
    id: &PartnerId,
    shown: &str,
    declared: Declarations,
    now: Instant,
) -> Result<(), AppError> {
    // Nobody changes the content between the look at it and the word.
    store::lock(tx, offer)?;
    let offer = store::find(tx, offer)?;
    let all = parties(tx, &offer)?;
    let found = all.iter().find(|p| &p.partner.id == id && p.takes_part());
    let (party, org) = found.and_then(|p| Some((p, p.org.as_ref()?))).ok_or(AppError::NotFound)?;
    signs_for(by, Some(&org.id))?;
    offer.state.after(OfferAction::Edit)?;
    let call = call::store::find(tx, &offer.call)?;
    rules::deadline(&call, &offer.org, now).map_err(AppError::refused)?;
    let lead = account::store::organisation(tx, &offer.org)?;
    let files = store::attachments(tx, &offer.id)?;
    let sha256 = asked_digest(&freeze_whole(&offer, &call, &lead, &files, &all))?;
    if sha256 != shown {
        return Err(AppError::Stale);
    }
    let findings = rules::offeror(org, &call.content);
    if blocks(&findings) {
        return Err(AppError::Refused(findings));
    }
    let declared = wording::answered(declared, &call, org.krs.is_some())?;
    let signed_by = declared.signed_by.clone();
    let word = PartnerConfirmation { sha256, at: now, by: by.log_name().to_owned(), declarations: declared };
    let given = Partner {
        state: PartnerState::Confirmed,
        answered_at: Some(now),
        answered_by: by.log_name().to_owned(),
        confirmation: Some(word.clone()),
        ..party.partner.clone()
    };
    partners::save(tx, &given)?;
    let detail = format!(
        "Partner {} potwierdza ofertę; podpisuje: {signed_by}; suma kontrolna treści {}",
        org.name, word.sha256
    );
    let after = sealed(offer.working())?;
    log(tx, by, &offer, Line { deed: "offer.partner.confirm", after, detail, ..Line::default() }, now);
    let to = people(tx, &offer.org, true)?;
    let letter = Letter { partner: &org.name, sha256: &word.sha256, ..Letter::about(&offer, &call, by) };
    letter.send(tx, &to, "offer_partner_confirmed", &offer, now)
}
