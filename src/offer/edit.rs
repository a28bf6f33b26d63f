//! A member changes one part of the form on what stands there now. Two people in two parts never meet;
//! two in one part do, and the second is told.

use super::advance::member;
use super::model::{Offer, OfferAction, OfferContent, OfferState};
use super::save::{Ready, Said, keep};
use super::store;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{OfferId, Store, Tx};

/// Whether a person pressed the button, or the page saved by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Saving {
    Asked,
    ByItself,
}

impl Saving {
    fn deed(self) -> &'static str {
        match self {
            Saving::Asked => "offer.save",
            Saving::ByItself => "offer.autosave",
        }
    }

    /// The same for the part of one offeror.
    pub(super) fn part_deed(self) -> &'static str {
        match self {
            Saving::Asked => "offer.part",
            Saving::ByItself => "offer.part.autosave",
        }
    }
}

/// Saves what `change` makes of the `part` of the offer, which the log names by its title; returns the offer as it is
/// then. What changes nothing leaves the version and the log alone.
///
/// # Errors
/// Those of [`super::save`], and what `change` says: `Stale` when it met a newer text of the same part.
pub fn edit(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    (saving, part): (Saving, &str),
    change: impl FnOnce(&Offer) -> Result<OfferContent, AppError>,
    now: Instant,
) -> Result<Offer, AppError> {
    let before = store::find(tx, id)?;
    member(by, &before)?;
    before.state.after(OfferAction::Edit)?;
    let content = change(&before)?;
    if saving == Saving::ByItself && content == *before.working() {
        return Ok(before);
    }
    let seen = before.version;
    keep(tx, by, before, seen, content, Said::part(saving.deed(), part), now)
}

/// How often a save comes again when somebody saved another part at the same instant.
const AGAIN: u8 = 5;

/// [`edit`] in a transaction of its own. Writers stand in one row, so a draft is read and its change worked out
/// before the turn comes; when another part was faster meanwhile, all of it comes again within the turn. `found` is
/// the offer where the request has read it already.
///
/// # Errors
/// Those of [`edit`].
pub fn edit_in(
    store: &Store,
    by: &Actor,
    id: &OfferId,
    found: Option<store::Sealed>,
    (saving, part): (Saving, &str),
    mut change: impl FnMut(&Offer) -> Result<OfferContent, AppError>,
    now: Instant,
) -> Result<Offer, AppError> {
    let (before, sealed) = match found {
        Some(found) => found,
        None => store.glance(|r| store::find_sealed(r, id))?,
    };
    member(by, &before)?;
    if before.state == OfferState::Draft {
        let content = change(&before)?;
        if saving == Saving::ByItself && content == *before.working() {
            return Ok(before);
        }
        let ready = Ready::draft(before, sealed, content, Said::part(saving.deed(), part))?;
        match store.write(|tx| ready.write(tx, by, now)) {
            Err(AppError::Stale) => {}
            done => return done,
        }
    }
    again(store, change, |tx, change| edit(tx, by, id, (saving, part), change, now))
}

/// A change of the content, as it stands when it is asked for.
pub(super) type Change<'a> = &'a mut dyn FnMut(&Offer) -> Result<OfferContent, AppError>;

/// Runs `work` with `change` in a transaction of its own, again when only another part was faster.
pub(super) fn again(
    store: &Store,
    mut change: impl FnMut(&Offer) -> Result<OfferContent, AppError>,
    mut work: impl FnMut(&mut Tx<'_>, Change<'_>) -> Result<Offer, AppError>,
) -> Result<Offer, AppError> {
    let mut tries = 0;
    loop {
        let mut met = false;
        let done = store.write(|tx| work(tx, &mut |offer: &Offer| change(offer).inspect_err(|_| met = true)));
        match done {
            Err(AppError::Stale) if !met && tries < AGAIN => tries += 1,
            done => return done,
        }
    }
}
