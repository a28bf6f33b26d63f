//! What makes the bytes somebody sent a file that can be attached, however they came.

use crate::account::Actor;
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::offer::{NewFile, takes};
use crate::store::{OfferId, Read, Verdict};
use crate::web::{AppState, Inspected, UploadedFile, inspect};

/// A whole file for `key` of `offer`, looked at and scanned. Its bytes are kept only when nothing stands against
/// attaching it: whatever `attach` would refuse is asked before.
pub(super) fn attachable(
    state: &AppState,
    who: &Actor,
    (offer, key): (&OfferId, &str),
    file: UploadedFile,
    now: Instant,
) -> Result<NewFile, AppError> {
    kept_file(state, key, file, |r, bytes| takes(r, who, (offer, key), bytes, now))
}

/// A whole file, looked at and scanned, that `takes` (asked with its SHA-256 and size) has nothing against.
///
/// # Errors
/// `Invalid` for bytes that are no file of a kind that is taken; those of `takes`.
pub(crate) fn kept_file(
    state: &AppState,
    key: &str,
    file: UploadedFile,
    takes: impl FnOnce(&mut Read<'_>, (&str, i64)) -> Result<(), AppError>,
) -> Result<NewFile, AppError> {
    let Inspected { name, kind, size, sha256 } = inspect(&file, key)?;
    state.store.read(|r| takes(r, (&sha256, size)))?;
    let verdict = verdict(state, &file.bytes);
    if !matches!(verdict, Verdict::Infected(_)) {
        state.files.put(file.bytes)?;
    }
    Ok(NewFile { key: key.to_owned(), name, kind, size, sha256, verdict })
}

/// What the scanner says; clean where the office scans nothing. Outside any transaction.
fn verdict(state: &AppState, bytes: &[u8]) -> Verdict {
    let verdict = state.scanner.as_ref().map_or(Verdict::Clean, |scanner| scanner.scan(bytes));
    if let Verdict::Away(why) = &verdict {
        tracing::warn!(why, "a file could not be scanned");
    }
    verdict
}

/// Whether a signed confirmation came while the scanner did not answer. It is kept even so, because its time runs.
pub(super) fn waits_for_scan(state: &AppState, name: &str, bytes: &[u8]) -> Result<bool, AppError> {
    match verdict(state, bytes) {
        Verdict::Clean => Ok(false),
        Verdict::Away(_) => Ok(true),
        Verdict::Infected(what) => {
            let why = format!(
                "Pliku „{name}” nie dołączono: program antywirusowy znalazł w nim złośliwe oprogramowanie ({what}). \
                 Podpisz i dołącz czysty plik, najlepiej pobrany stąd jeszcze raz."
            );
            Err(AppError::Invalid(FieldErrors::of("file", why)))
        }
    }
}

/// What is told instead of a file that the scanner has refused.
pub(super) fn malware_in(name: &str) -> AppError {
    AppError::forbidden(format!(
        "Pliku „{name}” nie można pobrać: program antywirusowy znalazł w nim złośliwe oprogramowanie. Potrzebny jest nowy plik."
    ))
}

/// A file that was not scanned yet is scanned when somebody opens it.
pub(super) fn scanned_now(state: &AppState, name: &str, bytes: &[u8]) -> Result<(), AppError> {
    match verdict(state, bytes) {
        Verdict::Clean => Ok(()),
        Verdict::Away(_) => Err(AppError::forbidden(format!(
            "Pliku „{name}” nie sprawdził jeszcze program antywirusowy, który chwilowo nie odpowiada. Spróbuj ponownie za kilka minut."
        ))),
        Verdict::Infected(what) => Err(AppError::forbidden(format!(
            "Pliku „{name}” nie można pobrać: program antywirusowy znalazł w nim złośliwe oprogramowanie ({what}). Potrzebny jest nowy plik."
        ))),
    }
}
