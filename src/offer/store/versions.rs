//! Frozen versions as texts: what was hashed, byte for byte.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::call::{self, CallContent};
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::model::OfferState;
use crate::store::schema::{calls, offer_versions, offers};
use crate::store::{CallId, OfferId, Read, instant, parse_json};

/// A frozen version without reading its content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frozen {
    pub no: i64,
    /// Canonical JSON, exactly as it was hashed.
    pub text: String,
    pub sha256: String,
    pub arrived: Instant,
}

/// Every frozen version of an offer without its text, oldest first: number, hash, arrival, who submitted.
///
/// # Errors
/// Those of the database.
pub fn all(r: &mut Read<'_>, offer: &OfferId) -> Result<Vec<(i64, String, Instant, String)>, AppError> {
    let rows: Vec<(i64, String, NaiveDateTime, String)> = offer_versions::table
        .filter(offer_versions::offer_id.eq(offer))
        .order(offer_versions::no)
        .select((offer_versions::no, offer_versions::sha256, offer_versions::arrived_at, offer_versions::submitted_by))
        .load(r.conn())?;
    Ok(rows.into_iter().map(|(no, sha256, at, by)| (no, sha256, instant(at), by)).collect())
}

/// The text of version `no`.
///
/// # Errors
/// `NotFound` when there is none.
pub fn text(r: &mut Read<'_>, offer: &OfferId, no: i64) -> Result<Frozen, AppError> {
    let row: Option<(i64, String, String, NaiveDateTime)> = offer_versions::table
        .filter(offer_versions::offer_id.eq(offer))
        .filter(offer_versions::no.eq(no))
        .select((offer_versions::no, offer_versions::content, offer_versions::sha256, offer_versions::arrived_at))
        .first(r.conn())
        .optional()?;
    let (no, text, sha256, at) = row.ok_or(AppError::NotFound)?;
    Ok(Frozen { no, text, sha256, arrived: instant(at) })
}

/// The announcement with the hash `sha256`, under which an offer was filed; of a call that was announced before its
/// texts were kept apart, the call as it stands.
///
/// # Errors
/// Those of the database.
pub(super) fn terms(r: &mut Read<'_>, offer: &OfferId, sha256: &str) -> Result<CallContent, AppError> {
    let call: CallId = offers::table.filter(offers::id.eq(offer)).select(offers::call_id).first(r.conn())?;
    match call::store::versions(r, &call)?.into_iter().find(|v| v.sha256 == sha256) {
        Some(version) => parse_json(&version.text),
        None => Ok(call::store::find(r, &call)?.content),
    }
}

/// What the register says of a receipt; the public page tells only when it arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    pub no: i64,
    pub arrived: Instant,
    pub standing: Standing,
    /// Of a test call.
    pub test: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    InForce,
    Replaced,
    Withdrawn,
}

/// The version that was registered under `number` with the hash `sha256`; none when the two do not belong
/// together, whatever each of them is.
///
/// # Errors
/// Those of the database.
pub fn known(r: &mut Read<'_>, number: &str, sha256: &str) -> Result<Option<Known>, AppError> {
    let row: Option<(i64, NaiveDateTime, i64, String, bool)> = offers::table
        .inner_join(offer_versions::table)
        .inner_join(calls::table)
        .filter(offers::number.eq(number))
        .filter(offer_versions::sha256.eq(sha256))
        .order(offer_versions::no.desc())
        .select((offer_versions::no, offer_versions::arrived_at, offers::frozen_no, offers::state, calls::test))
        .first(r.conn())
        .optional()?;
    Ok(row.map(|(no, at, in_force, state, test)| {
        let standing = match (state == OfferState::Withdrawn.code(), no == in_force) {
            (true, _) => Standing::Withdrawn,
            (false, true) => Standing::InForce,
            (false, false) => Standing::Replaced,
        };
        Known { no, arrived: instant(at), standing, test }
    }))
}
