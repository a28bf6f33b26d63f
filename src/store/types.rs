//! How values of the domain stand in columns.

use chrono::NaiveDateTime;
use diesel::QueryResult;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::error::AppError;
use crate::law::Instant;

/// A column of TIMESTAMP holds UTC, cut to microseconds.
#[must_use]
pub fn naive(at: Instant) -> NaiveDateTime {
    let utc = at.naive_utc();
    chrono::DateTime::from_timestamp_micros(at.timestamp_micros()).map_or(utc, |cut| cut.naive_utc())
}

#[must_use]
pub fn instant(at: NaiveDateTime) -> Instant {
    at.and_utc()
}

/// Turns "how many rows changed" of a compare-and-set into `Stale` when none did.
///
/// # Errors
/// `Stale` for no row, `Internal` for more than one.
pub fn one(changed: QueryResult<usize>) -> Result<(), AppError> {
    match changed? {
        0 => Err(AppError::Stale),
        1 => Ok(()),
        n => Err(AppError::internal(format!("a compare-and-set changed {n} rows"))),
    }
}

/// Content as canonical JSON (RFC 8785): the same value always gives the same text.
///
/// # Errors
/// `Internal` for a value JSON cannot hold.
pub fn to_json<T: Serialize>(value: &T) -> Result<String, AppError> {
    serde_json_canonicalizer::to_string(value).map_err(|e| AppError::internal(e.to_string()))
}

/// # Errors
/// `Internal` with the place in the stored text.
pub fn parse_json<T: DeserializeOwned>(text: &str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(|e| AppError::internal(format!("stored content: {e}")))
}

/// SHA-256 of `bytes` in lower-case hex.
#[must_use]
pub fn digest_bytes(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// SHA-256 of a text (canonical JSON, as a rule) in lower-case hex.
#[must_use]
pub fn digest(text: &str) -> String {
    digest_bytes(text.as_bytes())
}
