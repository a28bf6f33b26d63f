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

/// Content as canonical JSON (RFC 8785): the same value always gives the same text. `serde_json` writes what
/// the RFC demands as long as no number has a fraction, which content never has, and keys are sorted; a map of
/// values is.
///
/// # Errors
/// `Internal` for a value JSON cannot hold.
pub fn to_json<T: Serialize>(value: &T) -> Result<String, AppError> {
    let sorted = serde_json::to_value(value).map_err(|e| AppError::internal(e.to_string()))?;
    Ok(sorted.to_string())
}

/// # Errors
/// `Internal` with the place in the stored text.
pub fn parse_json<T: DeserializeOwned>(text: &str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(|e| AppError::internal(format!("stored content: {e}")))
}

/// A new token for a cookie or a link: 32 bytes that nobody can guess, in hex.
///
/// # Errors
/// `Internal` when the system gives no random bytes.
pub fn token() -> Result<String, AppError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| AppError::internal(e.to_string()))?;
    Ok(digest_bytes(&bytes))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// Everything content is made of: no fractions, and no number that a double cannot hold.
    fn content() -> impl Strategy<Value = Value> {
        let most = (1_i64 << 53) - 1;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-most..=most).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::btree_map("[\\u{0}-\\u{D7FF}]{0,6}", inner, 0..8)
                    .prop_map(|map: BTreeMap<String, Value>| json!(map)),
            ]
        })
    }

    proptest! {
        /// Beside an implementation of RFC 8785 as such.
        #[test]
        fn content_is_written_as_the_rfc_wants_it(value in content()) {
            prop_assert_eq!(to_json(&value).unwrap(), serde_json_canonicalizer::to_string(&value).unwrap());
        }
    }

    #[test]
    fn the_order_of_fields_in_the_code_does_not_matter() {
        #[derive(Serialize)]
        struct Content {
            title: &'static str,
            amount: i64,
        }
        let text = to_json(&Content { title: "Zażółć \u{1f}\n\"gęślą\"", amount: 8_505_000 }).unwrap();
        assert_eq!(text, "{\"amount\":8505000,\"title\":\"Zażółć \\u001f\\n\\\"gęślą\\\"\"}");
    }
}
