//! What stands around an offer, without reading its content or that of its call.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::call::{CallStanding, CallState};
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::model::OfferState;
use crate::store::schema::{calls, offers};
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
    /// Whether the call takes offers.
    #[must_use]
    pub fn is_open(&self, now: Instant) -> bool {
        self.call.is_open(now)
    }
}

type Row = (OrgId, String, i64, String, Option<NaiveDateTime>);

/// # Errors
/// `NotFound` when there is none.
pub fn outline(r: &mut Read<'_>, id: &OfferId) -> Result<Outline, AppError> {
    let row: Option<Row> = offers::table
        .inner_join(calls::table)
        .filter(offers::id.eq(id))
        .select((offers::org_id, offers::state, offers::version, calls::state, calls::deadline_at))
        .first(r.conn())
        .optional()?;
    let (org, state, version, call_state, deadline) = row.ok_or(AppError::NotFound)?;
    let bad = |what: &str, code: &str| AppError::internal(format!("{what}: {code}"));
    let of_call = CallState::parse(&call_state).ok_or_else(|| bad("calls.state", &call_state))?;
    Ok(Outline {
        id: id.clone(),
        org,
        state: OfferState::parse(&state).ok_or_else(|| bad("offers.state", &state))?,
        version,
        call: CallStanding { state: of_call, deadline: deadline.map(instant) },
    })
}
