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
    store::save(tx, &moved, now)?;
    let line = Line { deed, before: Some(&offer.content), after: Some(&offer.content), detail };
    log(tx, by, offer, line, now)
}

/// What a deed of this stage leaves in the log.
pub(super) struct Line<'a> {
    pub deed: &'static str,
    pub before: Option<&'a OfferContent>,
    pub after: Option<&'a OfferContent>,
    pub detail: String,
}

pub(super) fn log(tx: &mut Tx<'_>, by: &Actor, offer: &Offer, line: Line<'_>, now: Instant) -> Result<(), AppError> {
    let hash = |content: Option<&OfferContent>| -> Result<String, AppError> {
        content.map_or(Ok(String::new()), |c| Ok(digest(&to_json(c)?)))
    };
    let deed = Deed {
        actor: by.log_name(),
        deed: line.deed,
        object_kind: "offer",
        object_id: offer.id.as_str(),
        before: hash(line.before)?,
        after: hash(line.after)?,
        detail: line.detail,
    };
    audit::append(tx, deed, now);
    Ok(())
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
