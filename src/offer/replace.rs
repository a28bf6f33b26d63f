//! A submitted offer is replaced until the deadline: the old version is in force until the new one is in.

use super::advance::signatory;
use super::model::{Declarations, Offer, OfferAction};
use super::store;
use super::submit::{Handed, Receipt, file, receipt};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{OfferId, Tx};

/// Freezes the pending changes as the next version under the same number and puts it in force.
/// `over` is the number of the version that was in force when the page was shown: when a newer one is in
/// force, or nothing is pending, the receipt of what is in force is given.
///
/// # Errors
/// `Refused` with R-OFF-TERM after the deadline, R-OFF-16 when the offer was not submitted, and with every
/// blocking finding; `Invalid` for declarations that are missing; `Forbidden` for who may not sign;
/// `Stale` when the changes were changed meanwhile; `NotFound` for a stranger.
pub fn replace(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    over: i64,
    declared: Declarations,
    arrived: Instant,
) -> Result<Receipt, AppError> {
    let found = store::find_sealed(tx, id)?;
    replace_found(tx, by, found, over, Handed { declared, rest: "" }, arrived)
}

/// [`replace`] of an offer that was read in this transaction, with the digest of what is worked on.
pub(super) fn replace_found(
    tx: &mut Tx<'_>,
    by: &Actor,
    found: (Offer, String),
    over: i64,
    handed: Handed<'_>,
    arrived: Instant,
) -> Result<Receipt, AppError> {
    let offer = &found.0;
    signatory(by, offer)?;
    let Some(in_force) = receipt(tx, offer)? else {
        offer.state.after(OfferAction::Submit)?;
        return Err(AppError::Stale); // a draft: nothing is in force that could be replaced
    };
    if offer.frozen_no != over || offer.draft.is_none() {
        return Ok(in_force);
    }
    file(tx, by, found, handed, arrived)
}
