//! What the hash of an announcement covers.

use super::model::CallContent;
use crate::error::AppError;
use crate::store::{digest, parse_json, to_json};

/// The SHA-256 of the terms in a text of a call, in canonical JSON. It covers everything that the announcement says,
/// but not the places where it hangs, who approved it, the results and a cancellation: all of them come after the
/// paper that carries the hash. The places and the approval stand in the log, with the digest of the whole text.
///
/// # Errors
/// `Internal` for a text that cannot be read.
pub fn terms_hash(text: &str) -> Result<String, AppError> {
    let mut value: serde_json::Value = parse_json(text)?;
    if let Some(fields) = value.as_object_mut() {
        for later in ["places", "result_places"] {
            fields.insert(later.into(), serde_json::Value::Array(Vec::new()));
        }
        fields.insert("cancel_reason".into(), serde_json::Value::Null);
        fields.remove("approval");
    }
    Ok(digest(&to_json(&value)?))
}

/// [`terms_hash`] of a content that is not kept yet.
///
/// # Errors
/// `Internal` for a content that cannot be written.
pub fn hash_of(content: &CallContent) -> Result<String, AppError> {
    terms_hash(&to_json(content)?)
}
