//! An offer moves to its next state: the one way for every stage.

use super::model::{Offer, OfferAction, OfferContent};
use super::store;
use crate::account::{Actor, Membership};
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{Tx, digest, to_json};

/// Moves `offer` by `act` and writes the deed to the log.
///
/// # Errors
/// `Refused` when the state does not allow it, `Stale` when somebody changed the offer meanwhile.
pub fn advance(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &Offer,
    act: OfferAction,
    deed: &'static str,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    let moved = Offer { state: offer.state.after(act)?, ..offer.clone() };
    let same = store::save(tx, &moved, now)?;
    log(tx, by, offer, Line { deed, before: same.clone(), after: same, detail }, now);
    Ok(())
}

/// What a deed of this stage leaves in the log; the digests are those of [`sealed`], empty where there is none.
#[derive(Default)]
pub(super) struct Line {
    pub deed: &'static str,
    pub before: String,
    pub after: String,
    pub detail: String,
}

/// The digest of a content.
pub(super) fn sealed(content: &OfferContent) -> Result<String, AppError> {
    Ok(digest(&to_json(content)?))
}

pub(super) fn log(tx: &mut Tx<'_>, by: &Actor, offer: &Offer, line: Line, now: Instant) {
    let deed = Deed {
        actor: by.log_name(),
        deed: line.deed,
        object_kind: "offer",
        object_id: offer.id.as_str(),
        before: line.before,
        after: line.after,
        detail: line.detail,
    };
    audit::append(tx, deed, now);
}

/// The membership through which somebody acts for the offeror.
pub(super) fn member<'a>(by: &'a Actor, offer: &Offer) -> Result<&'a Membership, AppError> {
    by.member_of(&offer.org).ok_or(AppError::NotFound)
}

/// Only who represents the organisation may submit or take back.
pub(super) fn signatory(by: &Actor, offer: &Offer) -> Result<(), AppError> {
    if member(by, offer)?.role.signs() {
        return Ok(());
    }
    Err(AppError::forbidden(
        "Ofertę składa i wycofuje osoba reprezentująca organizację albo właściciel konta. Poproś o to jedną z tych osób.",
    ))
}
