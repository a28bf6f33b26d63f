//! What makes the bytes somebody sent a file that can be attached, however they came.

use crate::error::AppError;
use crate::offer::NewFile;
use crate::store::Verdict;
use crate::web::{AppState, Inspected, UploadedFile, inspect};

/// A whole file, looked at and scanned; it is kept unless it carries malware.
pub(super) fn attachable(state: &AppState, key: &str, file: UploadedFile) -> Result<NewFile, AppError> {
    let Inspected { name, kind, size, sha256 } = inspect(&file, key)?;
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
