//! What nobody finishes goes: two days after its last piece, when the contest closes, or when somebody says so.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Unfinished, count};
use crate::account::Actor;
use crate::call::{self, Call};
use crate::error::AppError;
use crate::jobs::{self, Outside};
use crate::law::Instant;
use crate::offer::advance::member;
use crate::offer::store::{self, uploads};
use crate::store::{Files, OfferId, OrgId, Store, Tx, UploadId, parse_json};

/// The name of the work in the table of jobs.
pub const FORGET_UPLOAD: &str = "offer.upload.forget";

/// How long an unfinished file waits for its next piece: over a night and the day after it.
const WAIT: Duration = Duration::hours(48);

#[derive(Serialize, Deserialize)]
struct Rest {
    upload: UploadId,
    size: i64,
}

/// Until when the next piece is waited for. After the deadline only a draft that is nobody's offer any more takes
/// files; theirs wait like others.
#[must_use]
pub fn until(upload: &Unfinished, org: &OrgId, call: &Call) -> Instant {
    let end = upload.touched_at + WAIT;
    call.deadline_for(org).filter(|deadline| *deadline > upload.begun_at).map_or(end, |deadline| deadline.min(end))
}

pub(super) fn plan(tx: &mut Tx<'_>, upload: &Unfinished, due: Instant) -> Result<(), AppError> {
    let key = format!("{}:{}", upload.id, due.timestamp_micros());
    jobs::put_named(tx, FORGET_UPLOAD, &key, &Rest { upload: upload.id.clone(), size: upload.size }, due)
}

/// Removes an unfinished file because a member says so; its pieces are the caller's to drop.
///
/// # Errors
/// `NotFound` for a stranger and for what is gone.
pub fn abandon(tx: &mut Tx<'_>, by: &Actor, offer: &OfferId, id: &UploadId) -> Result<Unfinished, AppError> {
    member(by, &store::find(tx, offer)?)?;
    let found = uploads::find(tx, id)?.filter(|u| u.offer == *offer).ok_or(AppError::NotFound)?;
    uploads::delete(tx, &found)?;
    Ok(found)
}

/// The timed work. It also drops what a process that was killed left of a file that was finished.
#[must_use]
pub fn forget_work(files: Files) -> Outside {
    Outside { name: FORGET_UPLOAD, run: Box::new(move |store, payload, now| forget(store, &files, payload, now)) }
}

fn forget(store: &Store, files: &Files, payload: &str, now: Instant) -> Result<(), AppError> {
    let rest: Rest = parse_json(payload)?;
    let waits = store.write(|tx| {
        let Some(upload) = uploads::find(tx, &rest.upload)? else { return Ok(false) };
        let offer = store::find(tx, &upload.offer)?;
        let end = until(&upload, &offer.org, &call::store::find(tx, &offer.call)?);
        if now < end {
            plan(tx, &upload, end)?;
            return Ok(true);
        }
        uploads::delete(tx, &upload)?;
        Ok(false)
    })?;
    if waits { Ok(()) } else { files.drop_pieces(rest.upload.as_str(), count(rest.size)) }
}
