//! One piece more. It goes where the last one ended, or nowhere.

use super::Unfinished;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::store::uploads;
use crate::store::{OfferId, Read, Tx, UploadId};

/// What became of a piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kept {
    /// It is here; the next one is awaited.
    Here(Unfinished),
    /// It does not begin where the last one ended: it came twice, too early, or from a second window.
    Elsewhere(Unfinished),
}

/// The file that this person sends to this offer.
///
/// # Errors
/// `NotFound` for anybody else, and for what is finished or forgotten.
pub fn own(r: &mut Read<'_>, by: &Actor, offer: &OfferId, id: &UploadId) -> Result<Unfinished, AppError> {
    let found = uploads::find(r, id)?.ok_or(AppError::NotFound)?;
    if found.offer == *offer && by.person_id() == Some(&found.person) { Ok(found) } else { Err(AppError::NotFound) }
}

/// Takes note of a piece that stands on the disk: it follows what `seen` had.
///
/// # Errors
/// `NotFound` when the file was finished or forgotten meanwhile.
pub fn keep(tx: &mut Tx<'_>, by: &Actor, seen: &Unfinished, digest: String, now: Instant) -> Result<Kept, AppError> {
    let there = own(tx, by, &seen.offer, &seen.id)?;
    if there.version != seen.version {
        return Ok(Kept::Elsewhere(there));
    }
    let mut more = there;
    more.pieces.push(digest);
    more.touched_at = now;
    uploads::save(tx, &more)?;
    more.version += 1;
    Ok(Kept::Here(more))
}
