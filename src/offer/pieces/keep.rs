//! One piece more. It goes where the last one ended, or nowhere.

use super::Unfinished;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::store::uploads;
use crate::store::{Files, OfferId, Read, Store, Tx, UploadId};

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

/// Keeps a piece on the disk and takes note of it. When the file was forgotten just then, nothing will look for its
/// pieces again, so this one goes at once.
///
/// # Errors
/// Those of [`keep`]; `Unavailable` when the disk is full or away.
pub fn take(
    store: &Store,
    files: &Files,
    by: &Actor,
    seen: &Unfinished,
    bytes: Vec<u8>,
    now: Instant,
) -> Result<Kept, AppError> {
    let (of, no) = (seen.id.as_str(), seen.pieces.len());
    let digest = files.put_piece(of, no, bytes)?;
    let kept = store.write(|tx| keep(tx, by, seen, digest, now));
    if matches!(kept, Err(AppError::NotFound))
        && let Err(e) = files.drop_piece(of, no)
    {
        tracing::warn!(error = %e, "a piece of a forgotten file stays on the disk");
    }
    kept
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
