//! Who is in which part of an offer at this moment. A page that is open says so every half a minute; who was
//! not heard of for [`GONE`] is not there any more, and the next
//! sign of anybody, anywhere, removes the row.

use chrono::Duration;

use super::model::OfferAction;
use super::store::{self, presence};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{OfferId, PersonId, Read, Tx};

/// How long somebody stays in a part without a sign.
pub const GONE: Duration = Duration::seconds(75);

/// Somebody in a part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Present {
    pub section: String,
    pub person: PersonId,
    pub name: String,
    pub since: Instant,
}

/// Somebody of an offeror is in `section` now.
///
/// # Errors
/// `NotFound` for a stranger, `Refused` when the offer cannot be changed any more.
pub fn tick(tx: &mut Tx<'_>, by: &Actor, id: &OfferId, section: &str, now: Instant) -> Result<(), AppError> {
    let person = by.person_id().ok_or(AppError::Login)?.clone();
    let offer = store::find(tx, id)?;
    if by.member_of(&offer.org).is_none() && !store::is_partner(tx, by, &offer)? {
        return Err(AppError::NotFound);
    }
    offer.state.after(OfferAction::Edit)?;
    presence::forget(tx, now - GONE)?;
    presence::mark(tx, id, section, &person, now)
}

/// Everybody who is in a part of the offer, whoever came first first.
///
/// # Errors
/// Those of the database.
pub fn present(r: &mut Read<'_>, id: &OfferId, now: Instant) -> Result<Vec<Present>, AppError> {
    presence::after(r, id, now - GONE)
}

/// Nobody is in an offer that was submitted or given up.
///
/// # Errors
/// Those of the database.
pub fn leave(tx: &mut Tx<'_>, id: &OfferId) -> Result<(), AppError> {
    presence::clear(tx, id)
}
