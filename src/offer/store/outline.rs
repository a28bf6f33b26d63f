//! What decides about an offer, without reading its call.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Sealed;
use crate::call::store::extensions_of;
use crate::call::{CallStanding, CallState, deadline_of};
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::model::{Offer, OfferState};
use crate::store::schema::{calls, offers, organisations};
use crate::store::{OfferId, OrgId, Read, instant};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outline {
    pub id: OfferId,
    pub org: OrgId,
    pub state: OfferState,
    pub version: i64,
    call: CallStanding,
}

impl Outline {
    /// Whether the call takes offers of this organisation.
    #[must_use]
    pub fn is_open(&self, now: Instant) -> bool {
        self.call.is_open(now)
    }
}

/// An offer with what its call allows at this moment, in one statement: the page saves by itself every second.
pub struct Near {
    pub found: Sealed,
    call: CallStanding,
}

impl Near {
    #[must_use]
    pub fn offer(&self) -> &Offer {
        &self.found.0
    }

    /// Whether the call takes offers of this organisation.
    #[must_use]
    pub fn is_open(&self, now: Instant) -> bool {
        self.call.is_open(now)
    }
}

/// # Errors
/// `NotFound` when there is none.
pub fn near(r: &mut Read<'_>, id: &OfferId) -> Result<Near, AppError> {
    let row: Option<(super::Row, String, OfCall)> = offers::table
        .inner_join(organisations::table)
        .inner_join(calls::table)
        .filter(offers::id.eq(id))
        .select((super::Row::as_select(), organisations::name, (calls::state, calls::deadline_at, calls::extensions)))
        .first(r.conn())
        .optional()?;
    let (row, org, call) = row.ok_or(AppError::NotFound)?;
    let call = standing(call, &row.org_id)?;
    Ok(Near { found: super::sealed((row, org))?, call })
}

type OfCall = (String, Option<NaiveDateTime>, Option<String>);

fn bad(what: &str, code: &str) -> AppError {
    AppError::internal(format!("{what}: {code}"))
}

/// The call as it stands for one organisation.
fn standing((state, deadline, extensions): OfCall, org: &OrgId) -> Result<CallStanding, AppError> {
    let state = CallState::parse(&state).ok_or_else(|| bad("calls.state", &state))?;
    let deadline = deadline_of(deadline.map(instant), &extensions_of(extensions.as_deref())?, org);
    Ok(CallStanding { state, deadline, last: deadline })
}

type Row = (OrgId, String, i64, OfCall);

/// # Errors
/// `NotFound` when there is none.
pub fn outline(r: &mut Read<'_>, id: &OfferId) -> Result<Outline, AppError> {
    let row: Option<Row> = offers::table
        .inner_join(calls::table)
        .filter(offers::id.eq(id))
        .select((offers::org_id, offers::state, offers::version, (calls::state, calls::deadline_at, calls::extensions)))
        .first(r.conn())
        .optional()?;
    let (org, state, version, call) = row.ok_or(AppError::NotFound)?;
    let call = standing(call, &org)?;
    Ok(Outline {
        id: id.clone(),
        org,
        state: OfferState::parse(&state).ok_or_else(|| bad("offers.state", &state))?,
        version,
        call,
    })
}

/// The versions of an offer, of its call and of its offeror.
///
/// # Errors
/// `NotFound` when there is none.
pub fn versions_around(r: &mut Read<'_>, id: &OfferId) -> Result<(i64, i64, i64), AppError> {
    let row: Option<(i64, i64, i64)> = offers::table
        .inner_join(calls::table)
        .inner_join(organisations::table)
        .filter(offers::id.eq(id))
        .select((offers::version, calls::version, organisations::version))
        .first(r.conn())
        .optional()?;
    row.ok_or(AppError::NotFound)
}
