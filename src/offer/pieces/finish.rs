//! The last piece came: the file is attached like one that came at once.

use super::Unfinished;
use crate::account::Actor;
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::offer::attach::{NewFile, attach};
use crate::offer::attachment::Attachment;
use crate::offer::store::uploads;
use crate::store::{Files, Tx, digest_bytes};

/// The bytes of a file whose `last` piece came: every piece is what it was when it came, and the whole is what
/// the browser announced.
///
/// # Errors
/// `Invalid` when it is not: then it has to come anew.
pub fn whole(files: &Files, upload: &Unfinished, last: &[u8]) -> Result<Vec<u8>, AppError> {
    let refuse = |why: String| AppError::Invalid(FieldErrors::of(&upload.key, why));
    let mut all = Vec::with_capacity(usize::try_from(upload.size).unwrap_or(0));
    for (no, digest) in upload.pieces.iter().enumerate() {
        let piece = files.piece(upload.id.as_str(), no, digest).map_err(|e| {
            if matches!(e, AppError::Unavailable(_)) {
                return e;
            }
            refuse(format!("Części pliku „{}” nie da się złożyć w całość. Wyślij go jeszcze raz.", upload.name))
        })?;
        all.extend(piece);
    }
    all.extend_from_slice(last);
    if !upload.sha256.is_empty() && digest_bytes(&all) != upload.sha256 {
        return Err(refuse(format!(
            "Plik „{}” zmienił się w trakcie wysyłania, więc go nie dołączono. Wyślij go jeszcze raz.",
            upload.name
        )));
    }
    Ok(all)
}

/// Attaches the whole file; it is not on its way any more. Both or nothing: who is killed before sends the last
/// piece again.
///
/// # Errors
/// Those of [`attach`]; `Stale` when another window was faster.
pub fn finish(
    tx: &mut Tx<'_>,
    by: &Actor,
    upload: &Unfinished,
    file: NewFile,
    now: Instant,
) -> Result<Attachment, AppError> {
    uploads::delete(tx, upload)?;
    attach(tx, by, &upload.offer, file, now)
}
