//! A submission, worked out from one moment and put in force in its turn.
//!
//! Writers stand in one row, and on the last evening it is long. What needs no turn (rules, what is frozen, its
//! SHA-256) is worked out before it; within the turn it is only looked whether all of that still stands.

use super::advance::sealed;
use super::attachment::Attachment;
use super::model::{FrozenOffer, Offer, OfferAction};
use super::submit::{Handed, Receipt, record, rest_digest};
use super::{applying, joint, presence, remind, rules, store, wording};
use crate::account::{self, Actor};
use crate::call::{self, Call};
use crate::error::AppError;
use crate::law::{Instant, blocks};
use crate::store::{Read, Tx, counters};

pub(super) struct Filing {
    /// As it was found, with the digest of what was worked on.
    found: store::Sealed,
    /// As it will stand; the number of a first submission is still to come.
    filed: Offer,
    call: Call,
    org_version: i64,
    files: Vec<Attachment>,
    text: store::FrozenText,
}

impl Filing {
    /// Judges an offer that was read in the same moment, and freezes it.
    ///
    /// # Errors
    /// Those of [`super::submit`]; `Stale` when files or offeror are not those the page showed.
    pub(super) fn work_out(
        r: &mut Read<'_>,
        found: store::Sealed,
        Handed { declared, rest }: Handed<'_>,
        arrived: Instant,
    ) -> Result<Filing, AppError> {
        let offer = &found.0;
        let call = call::store::find(r, &offer.call)?;
        rules::deadline(&call, &offer.org, arrived).map_err(AppError::refused)?;
        let state = offer.state.after(OfferAction::Submit)?;
        let org = account::store::organisation(r, &offer.org)?;
        let mut findings = rules::check(offer.working(), &org, &call.content);
        let files = store::attachments(r, &offer.id)?;
        if !rest.is_empty() && rest != rest_digest(&org, &files) {
            return Err(AppError::Stale); // what would be frozen is not what was shown
        }
        findings.extend(rules::attached(&files, &call.content));
        let parties = joint::parties(r, offer)?;
        let whole = joint::freeze_whole(offer, &call, &org, &files, &parties);
        let asked = if offer.is_joint() { joint::asked_digest(&whole)? } else { String::new() };
        findings.extend(rules::joint(offer, &parties, &call.content, &asked));
        if blocks(&findings) {
            return Err(AppError::Refused(findings));
        }
        let declarations = wording::answered(declared, &call, org.krs.is_some())?;
        let text = store::FrozenText::of(&FrozenOffer { declarations, ..whole })?;
        let content = applying(offer.working(), call.content.applies()).into_owned();
        let filed = Offer {
            org_name: org.name,
            state,
            submitted_at: Some(arrived),
            frozen_no: offer.frozen_no + 1,
            grant: content.sources.grant,
            content,
            draft: None,
            ..offer.clone()
        };
        Ok(Filing { filed, call, org_version: org.version, files, text, found })
    }

    /// Whether everything it was worked out from is still the same. What partners said is not looked at: a joint
    /// offer is worked out within its turn.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) fn stands(&self, r: &mut Read<'_>) -> Result<bool, AppError> {
        let offer = &self.found.0;
        let seen = (offer.version, self.call.version, self.org_version);
        Ok(store::versions_around(r, &offer.id)? == seen && store::attachments(r, &offer.id)? == self.files)
    }

    /// Puts it in force and registers it under the next number of the call.
    ///
    /// # Errors
    /// `Stale` when the offer was changed since it was found.
    pub(super) fn put(self, tx: &mut Tx<'_>, by: &Actor, arrived: Instant) -> Result<Receipt, AppError> {
        let Filing { found: (offer, sealed_before), mut filed, call, text, .. } = self;
        let number = number_of(tx, &offer, &call)?;
        filed.number = Some(number.clone());
        let digests = if offer.draft.is_none() && filed.content == offer.content {
            // The first submission puts the draft in force as it stands.
            store::save_around(tx, &filed, arrived)?;
            (sealed_before.clone(), sealed_before)
        } else {
            (sealed(&offer.content)?, store::save(tx, &filed, arrived)?)
        };
        let sha256 = store::freeze_text(tx, &filed.id, filed.frozen_no, text, by.log_name(), arrived)?;
        let receipt = Receipt { offer: filed.id.clone(), number, no: filed.frozen_no, arrived, sha256 };
        presence::leave(tx, &filed.id)?;
        remind::plan_confirmation(tx, (&filed.id, &filed.org), &call, arrived)?;
        record(tx, by, &filed, digests, &call, &receipt)?;
        Ok(receipt)
    }
}

/// The number of the offer, which it keeps; the first submission takes the next one of the call. Who fails after
/// that takes it back with the whole deed.
fn number_of(tx: &mut Tx<'_>, offer: &Offer, call: &Call) -> Result<String, AppError> {
    match &offer.number {
        Some(number) => Ok(number.clone()),
        None => Ok(format!("{}/O-{}", call.number(), counters::next(tx, &format!("offers:{}", call.id))?)),
    }
}
