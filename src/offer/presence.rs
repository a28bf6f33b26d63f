//! Who is in which part of an offer at this moment. A page that is open says so every half a minute, each card of the
//! browser for itself; who was not heard of for [`GONE`] is not there any more, and the next
//! sign of anybody, anywhere, removes the row. A card that nobody looks at is told to its own person only.

use chrono::Duration;

use super::model::OfferAction;
use super::store::{self, presence};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{OfferId, PersonId, Read, Tx};

/// How long somebody stays in a part without a sign.
pub const GONE: Duration = Duration::seconds(75);
/// How many cards of one person are kept in one offer; of more the one heard of longest ago is forgotten.
pub const TABS: usize = 20;

/// Somebody in a part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Present {
    pub section: String,
    pub person: PersonId,
    pub name: String,
    /// The card of the browser; empty for a save, which comes from any.
    pub tab: String,
    pub since: Instant,
    /// Whether somebody looks at it.
    pub shown: bool,
}

/// A sign of a page.
#[derive(Clone, Debug)]
pub struct Sign {
    pub section: String,
    /// What the page calls itself; empty for a save.
    pub tab: String,
    /// Whether somebody looks at it.
    pub shown: bool,
}

impl Sign {
    /// A save of the part.
    #[must_use]
    pub fn save(section: &str) -> Sign {
        Sign { section: section.to_owned(), tab: String::new(), shown: true }
    }
}

/// Somebody of an offeror is in a part now.
///
/// # Errors
/// `NotFound` for a stranger, `Refused` when the offer cannot be changed any more.
pub fn tick(tx: &mut Tx<'_>, by: &Actor, id: &OfferId, sign: &Sign, now: Instant) -> Result<(), AppError> {
    let person = by.person_id().ok_or(AppError::Login)?.clone();
    let offer = store::find(tx, id)?;
    if by.member_of(&offer.org).is_none() && !store::is_partner(tx, by, &offer)? {
        return Err(AppError::NotFound);
    }
    offer.state.after(OfferAction::Edit)?;
    presence::forget(tx, now - GONE)?;
    presence::mark(tx, id, &person, sign, now)
}

/// A card of the person was closed or shows something else now.
///
/// # Errors
/// Those of the database.
pub fn close_tab(tx: &mut Tx<'_>, by: &Actor, tab: &str) -> Result<(), AppError> {
    let person = by.person_id().ok_or(AppError::Login)?;
    if tab.is_empty() { Ok(()) } else { presence::close(tx, person, tab) }
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
