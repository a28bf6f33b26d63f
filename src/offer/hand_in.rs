//! What the page of the signatory sends: the first submission, or changes of a submitted offer.

use super::advance::signatory;
use super::filing::Filing;
use super::model::{Declarations, OfferState};
use super::replace::replace_found;
use super::store;
use super::submit::{Handed, Receipt, given_again, submit_found};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{OfferId, Read, Store, Tx};

/// What the page of the signatory showed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shown {
    /// The version of the offer, as it was written into the form.
    pub version: String,
    /// The number of the frozen version that is to be replaced; 0 for the first submission.
    pub replaces: i64,
    /// The digest of what is frozen beside the text; empty when the form did not say.
    pub rest: String,
}

/// Submits the offer or its changes, whichever the page showed, if they are still what it showed. What was
/// submitted before gets its receipt again, and the log says so.
///
/// # Errors
/// `Stale` when the offer, its files or its offeror were changed after the page was shown; those of
/// [`super::submit`] and [`super::replace`].
pub fn hand_in(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    shown: &Shown,
    declared: Declarations,
    arrived: Instant,
) -> Result<Receipt, AppError> {
    let found = store::find_sealed(tx, id)?;
    let offer = &found.0;
    let (before, waits) = (offer.frozen_no, offer.state == OfferState::Draft || offer.draft.is_some());
    if waits && before == shown.replaces && offer.version.to_string() != shown.version {
        return Err(AppError::Stale); // what would be frozen is not what was shown
    }
    let handed = Handed { declared, rest: &shown.rest };
    let receipt = match shown.replaces {
        0 => submit_found(tx, by, found, handed, arrived)?,
        over => replace_found(tx, by, found, over, handed, arrived)?,
    };
    if receipt.no == before {
        given_again(tx, by, &receipt, arrived); // nothing new was frozen
    }
    Ok(receipt)
}

/// [`hand_in`] in a transaction of its own. A first submission is worked out before its turn; when anything was
/// changed meanwhile, or would be refused, all of it is done within the turn.
///
/// # Errors
/// Those of [`hand_in`].
pub fn hand_in_at(
    store: &Store,
    by: &Actor,
    id: &OfferId,
    shown: &Shown,
    declared: Declarations,
    arrived: Instant,
) -> Result<Receipt, AppError> {
    let early = store.read(|r| early(r, by, id, shown, declared.clone(), arrived)).ok().flatten();
    store.write(|tx| match early {
        Some(filing) if filing.stands(tx)? => filing.put(tx, by, arrived),
        _ => hand_in(tx, by, id, shown, declared, arrived),
    })
}

/// The first submission of one organisation as its page showed it.
fn early(
    r: &mut Read<'_>,
    by: &Actor,
    id: &OfferId,
    shown: &Shown,
    declared: Declarations,
    arrived: Instant,
) -> Result<Option<Filing>, AppError> {
    let found = store::find_sealed(r, id)?;
    let offer = &found.0;
    signatory(by, offer)?;
    let first = offer.state == OfferState::Draft && offer.frozen_no == 0 && shown.replaces == 0;
    if !first || offer.is_joint() || offer.version.to_string() != shown.version {
        return Ok(None);
    }
    Filing::work_out(r, found, Handed { declared, rest: &shown.rest }, arrived).map(Some)
}
