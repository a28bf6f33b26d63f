//! An offeror fills its own part: its activities and its column of V.C. The lead may fill that of anyone.

use super::member_of;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::calculation::columns;
use crate::offer::edit::{Change, Saving, again};
use crate::offer::model::{Offer, OfferAction, OfferContent, Share};
use crate::offer::save::{Said, keep, saved_share};
use crate::offer::store;
use crate::store::{OfferId, OrgId, Store, Tx, digest, to_json};

/// The digest of the part of `org` as it stands, for who fills it: with the activities and years that its numbers
/// stand for.
///
/// # Errors
/// `NotFound` for who is no offeror, `Internal` for a value JSON cannot hold.
pub fn part_digest(content: &OfferContent, org: &OrgId) -> Result<String, AppError> {
    let share = content.joint.as_ref().and_then(|joint| joint.share(org)).ok_or(AppError::NotFound)?;
    let activities: Vec<&str> = content.activities.iter().map(|a| a.name.as_str()).collect();
    Ok(digest(&to_json(&(share, activities, columns(content)))?))
}

/// Saves the part of `org` out of what `change` makes of the offer as it stands; whatever else that says stays as
/// it was. What changes nothing by itself leaves the version and the log alone.
///
/// # Errors
/// `NotFound` for a stranger and for who is no offeror, `Refused` when the offer cannot be changed any more,
/// and what `change` says: `Stale` when it met a newer text of the same part.
pub fn save_part_in(
    store: &Store,
    by: &Actor,
    id: &OfferId,
    org: &OrgId,
    saving: Saving,
    change: impl FnMut(&Offer) -> Result<OfferContent, AppError>,
    now: Instant,
) -> Result<Offer, AppError> {
    again(store, change, |tx, change| save_part(tx, by, (id, org), saving, change, now))
}

fn save_part(
    tx: &mut Tx<'_>,
    by: &Actor,
    (id, org): (&OfferId, &OrgId),
    saving: Saving,
    change: Change<'_>,
    now: Instant,
) -> Result<Offer, AppError> {
    let before = store::find(tx, id)?;
    if by.member_of(&before.org).is_none() {
        member_of(by, Some(org))?;
        if !store::is_partner(tx, by, &before)? {
            return Err(AppError::NotFound);
        }
    }
    before.state.after(OfferAction::Edit)?;
    let made = change(&before)?;
    let said = made.joint.as_ref().and_then(|joint| joint.share(org)).ok_or(AppError::NotFound)?;
    let mut content = before.working().clone();
    let share = content.joint.as_mut().and_then(|joint| joint.share_mut(org)).ok_or(AppError::NotFound)?;
    *share = Share {
        activities: said.activities.clone(),
        tasks: said.tasks.clone(),
        years: said.years.clone(),
        ..share.clone()
    };
    let detail = saved_share(&share.name);
    if saving == Saving::ByItself && content == *before.working() {
        return Ok(before);
    }
    let seen = before.version;
    keep(tx, by, before, seen, content, Said::with(saving.part_deed(), detail), now)
}
