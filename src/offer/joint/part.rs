//! An offeror fills its own part: its activities and its column of V.C. The lead may fill that of anyone.

use super::member_of;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::{Instant, Money};
use crate::offer::calculation::columns;
use crate::offer::edit::{Change, again};
use crate::offer::model::{Offer, OfferAction, OfferContent};
use crate::offer::save::{Said, keep};
use crate::offer::store;
use crate::store::{OfferId, OrgId, Store, Tx, digest, to_json};

/// What an offeror says of its part.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Part {
    /// Numbers of activities of III.4, from 1.
    pub activities: Vec<u32>,
    pub tasks: String,
    /// V.C by calendar year.
    pub years: Vec<Money>,
}

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

/// Saves the part of `org`; `seen` is the digest of the part that the writer looked at.
///
/// # Errors
/// `NotFound` for a stranger and for who is no offeror, `Stale` when the part was changed meanwhile,
/// `Refused` when the offer cannot be changed any more.
pub fn save_part_in(
    store: &Store,
    by: &Actor,
    id: &OfferId,
    org: &OrgId,
    seen: &str,
    part: &Part,
    now: Instant,
) -> Result<Offer, AppError> {
    let change = |offer: &Offer| {
        let mut content = offer.working().clone();
        if part_digest(&content, org)? != seen {
            return Err(AppError::Stale);
        }
        let share = content.joint.as_mut().and_then(|joint| joint.share_mut(org)).ok_or(AppError::NotFound)?;
        share.activities.clone_from(&part.activities);
        share.tasks.clone_from(&part.tasks);
        share.years.clone_from(&part.years);
        Ok(content)
    };
    again(store, change, |tx, change| save_part(tx, by, id, org, change, now))
}

fn save_part(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    org: &OrgId,
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
    let content: OfferContent = change(&before)?;
    let (seen, name) = (before.version, name_of(&content, org));
    keep(tx, by, before, seen, content, Said::with("offer.part", format!("Zapisano część oferenta {name}")), now)
}

fn name_of(content: &OfferContent, org: &OrgId) -> String {
    let share = content.joint.as_ref().and_then(|joint| joint.share(org));
    share.map(|share| share.name.clone()).unwrap_or_default()
}
