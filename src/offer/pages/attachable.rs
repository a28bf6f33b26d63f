//! What makes the bytes somebody sent a file that can be attached, however they came.

use crate::error::AppError;
use crate::offer::NewFile;
use crate::offer::room::room;
use crate::store::{OfferId, Verdict};
use crate::web::{AppState, Inspected, UploadedFile, inspect};

/// A whole file for `key` of `offer`, looked at and scanned; it is kept unless it carries malware or does not fit.
pub(super) fn attachable(
    state: &AppState,
    (offer, key): (&OfferId, &str),
    file: UploadedFile,
) -> Result<NewFile, AppError> {
    let Inspected { name, kind, size, sha256 } = inspect(&file, key)?;
    state.store.read(|r| room(r, offer, key, (&sha256, size)))?;
    let verdict = verdict(state, &file.bytes);
    if !matches!(verdict, Verdict::Infected(_)) {
        state.files.put(file.bytes)?;
    }
    Ok(NewFile { key: key.to_owned(), name, kind, size, sha256, verdict })
}

fn verdict(state: &AppState, bytes: &[u8]) -> Verdict {
    let verdict = state.scanner.as_ref().map_or(Verdict::Clean, |scanner| scanner.scan(bytes));
    if let Verdict::Away(why) = &verdict {
        tracing::warn!(why, "a file could not be scanned");
    }
    verdict
}
