//! The key of what a browser keeps of a person's unsaved work.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::store;
use crate::error::AppError;
use crate::store::{PersonId, Read};

/// 256 bits in hex, the same for one person and one purpose until the password changes. Whoever is not
/// signed in as this person cannot learn it, so a copy left on a shared computer stays closed.
///
/// # Errors
/// Those of the database.
pub fn local_key(r: &mut Read<'_>, person: &PersonId, purpose: &str) -> Result<String, AppError> {
    use std::fmt::Write as _;
    let row = store::by_id(r, person)?;
    let mut mac =
        Hmac::<Sha256>::new_from_slice(row.password.as_bytes()).map_err(|e| AppError::internal(e.to_string()))?;
    mac.update(b"konkurs: unsaved work\0");
    mac.update(person.as_str().as_bytes());
    mac.update(b"\0");
    mac.update(purpose.as_bytes());
    let mut out = String::with_capacity(64);
    for byte in mac.finalize().into_bytes() {
        let _ = write!(out, "{byte:02x}");
    }
    Ok(out)
}
