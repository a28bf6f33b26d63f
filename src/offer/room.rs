//! How much one offer may keep on the disk. What was taken away counts too: its bytes stay, because a version that
//! was submitted or a row of the log may name them, and otherwise attaching and removing would fill the disk.

use std::collections::BTreeMap;

use super::attachment::is_beside;
use super::store::{self, confirmations};
use crate::error::{AppError, FieldErrors};
use crate::store::{OfferId, Read};

/// Files of one offer, removed ones too.
pub const MOST_KEPT: usize = 300;
/// MiB of one offer, removed files too; the same bytes are kept once.
pub const MOST_MIB: i64 = 1024;
/// Signed confirmations of one offer.
pub const MOST_PAPERS: usize = 40;

/// Whether another file fits, asked before its bytes are kept and again when it is attached. Bytes that are there
/// already take no room.
///
/// # Errors
/// `Invalid` at `key` with what is full and what can be done.
pub fn room(r: &mut Read<'_>, offer: &OfferId, key: &str, (sha256, size): (&str, i64)) -> Result<(), AppError> {
    let mut all = store::all_attachments(r, offer)?;
    // What the office calls for later has a room of its own: a full one would shut the way to it.
    all.retain(|a| is_beside(&a.key) == is_beside(key));
    let refuse = |why: String| Err(AppError::Invalid(FieldErrors::of(key, why)));
    if all.len() >= MOST_KEPT {
        return refuse(format!(
            "Do tej oferty dołączano już pliki {MOST_KEPT} razy, licząc usunięte, i więcej się nie zmieści. Kilka plików połącz w jeden PDF, zanim usuniesz któryś z dołączonych; jeśli brakuje wymaganego, zadzwoń do urzędu przed terminem."
        ));
    }
    let kept: BTreeMap<&str, i64> = all.iter().map(|a| (a.sha256.as_str(), a.size)).collect();
    if kept.contains_key(sha256) {
        return Ok(());
    }
    let bytes = kept.values().fold(size, |sum, more| sum.saturating_add(*more));
    if bytes > MOST_MIB.saturating_mul(1024 * 1024) {
        return refuse(format!(
            "Pliki tej oferty mogą zająć razem najwyżej {MOST_MIB} MiB, licząc usunięte, a z tym byłoby więcej. Zmniejsz plik, np. zapisz skan w mniejszej rozdzielczości. Plik, który był już w tej ofercie, możesz dołączyć ponownie."
        ));
    }
    Ok(())
}

/// Whether another signed confirmation fits.
///
/// # Errors
/// `Invalid` at the field `file`.
pub fn paper_room(r: &mut Read<'_>, offer: &OfferId) -> Result<(), AppError> {
    if confirmations::of_offer(r, offer)?.len() < MOST_PAPERS {
        return Ok(());
    }
    let why = format!(
        "Do tej oferty dołączono już {MOST_PAPERS} podpisanych potwierdzeń i więcej się nie zmieści. Jeśli żadne nie jest właściwe, zadzwoń do urzędu."
    );
    Err(AppError::Invalid(FieldErrors::of("file", why)))
}
