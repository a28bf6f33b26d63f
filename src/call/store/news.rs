//! What is newest, for the feed.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;

use super::Row;
use crate::call::model::{Amended, Call, CallState, Publication, last_shown};
use crate::error::AppError;
use crate::store::schema::{call_versions, calls};
use crate::store::{CallId, Read, instant, parse_json};

/// The public contests announced last.
///
/// # Errors
/// Those of the database.
pub fn newest_public(r: &mut Read<'_>, limit: i64) -> Result<Vec<Call>, AppError> {
    let rows: Vec<Row> = calls::table
        .filter(calls::state.ne(CallState::Draft.code()))
        .filter(calls::test.eq(false))
        .order((calls::announced_at.desc(), calls::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(Row::call).collect()
}

/// The newest announcements that changed an earlier one.
///
/// # Errors
/// Those of the database.
pub fn newest_amended(r: &mut Read<'_>, limit: i64) -> Result<Vec<Amended>, AppError> {
    let rows: Vec<(CallId, i64, NaiveDateTime, String, String)> = call_versions::table
        .inner_join(calls::table)
        .filter(call_versions::no.gt(1))
        .filter(calls::test.eq(false))
        .order((call_versions::announced_at.desc(), call_versions::call_id, call_versions::no.desc()))
        .limit(limit)
        .select((
            call_versions::call_id,
            call_versions::no,
            call_versions::announced_at,
            call_versions::reason,
            call_versions::content,
        ))
        .load(r.conn())?;
    let amended = |(call, no, at, reason, text): (CallId, i64, NaiveDateTime, String, String)| {
        let Hung { places } = parse_json(&text)?;
        Ok(Amended { call, no, at: last_shown(&places, instant(at)), reason })
    };
    rows.into_iter().map(amended).collect()
}

/// Of a frozen text only where it hung.
#[derive(Deserialize)]
struct Hung {
    places: Vec<Publication>,
}
