//! The published texts of calls, kept for good.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::model::CallVersion;
use super::super::terms::terms_hash;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{call_versions, calls};
use crate::store::{CallId, Read, Tx, digest, instant, naive, parse_json, to_json};

/// Keeps the published text `no` of a call for good, with its places, and returns the SHA-256 of its terms.
///
/// # Errors
/// Those of the database.
pub fn freeze(
    tx: &mut Tx<'_>,
    call: &CallId,
    no: i64,
    text: &str,
    by: &str,
    reason: &str,
    now: Instant,
) -> Result<String, AppError> {
    let sha256 = terms_hash(text)?;
    diesel::insert_into(call_versions::table)
        .values((
            call_versions::call_id.eq(call),
            call_versions::no.eq(no),
            call_versions::content.eq(text),
            call_versions::sha256.eq(&sha256),
            call_versions::announced_at.eq(naive(now)),
            call_versions::announced_by.eq(by),
            call_versions::reason.eq(reason),
        ))
        .execute(tx.conn())?;
    Ok(sha256)
}

type VersionRow = (i64, String, String, NaiveDateTime, String, String);

/// The published texts of a call, the announcement first.
///
/// # Errors
/// Those of the database.
pub fn versions(r: &mut Read<'_>, call: &CallId) -> Result<Vec<CallVersion>, AppError> {
    let rows: Vec<VersionRow> = call_versions::table
        .filter(call_versions::call_id.eq(call))
        .order(call_versions::no)
        .select((
            call_versions::no,
            call_versions::content,
            call_versions::sha256,
            call_versions::announced_at,
            call_versions::announced_by,
            call_versions::reason,
        ))
        .load(r.conn())?;
    let version = |(no, text, sha256, at, announced_by, reason)| CallVersion {
        no,
        text,
        sha256,
        announced_at: instant(at),
        announced_by,
        reason,
    };
    Ok(rows.into_iter().map(version).collect())
}

/// The hash of the terms of a call that was announced before texts were kept apart.
///
/// # Errors
/// Those of the database.
pub fn unversioned(r: &mut Read<'_>, id: &CallId) -> Result<String, AppError> {
    let text: String = calls::table.filter(calls::id.eq(id)).select(calls::content).first(r.conn())?;
    let mut value: serde_json::Value = parse_json(&text)?;
    if let Some(fields) = value.as_object_mut() {
        fields.insert("result_places".into(), serde_json::Value::Array(Vec::new()));
        fields.insert("cancel_reason".into(), serde_json::Value::Null);
    }
    Ok(digest(&to_json(&value)?))
}
