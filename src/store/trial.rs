//! What belongs to a rehearsal: a test call, everything that grew out of it, a sample organisation.

use diesel::dsl::{exists, select};
use diesel::prelude::*;

use super::Read;
use super::schema::{calls, contracts, invitations, offers, organisations, reports};
use crate::error::AppError;

/// Whether `id` names something of a rehearsal, in one statement: a test call, an offer, contract or report of
/// one, a sample organisation, an invitation into one. Letters and pages about all of these ask here.
///
/// # Errors
/// Those of the database.
pub fn is_trial(r: &mut Read<'_>, id: &str) -> Result<bool, AppError> {
    let call = calls::table.filter(calls::id.eq(id)).filter(calls::test.eq(true));
    let offer = offers::table.inner_join(calls::table).filter(offers::id.eq(id)).filter(calls::test.eq(true));
    let contract = contracts::table.inner_join(calls::table).filter(contracts::id.eq(id)).filter(calls::test.eq(true));
    let report = reports::table
        .inner_join(contracts::table.inner_join(calls::table))
        .filter(reports::id.eq(id))
        .filter(calls::test.eq(true));
    let org = organisations::table.filter(organisations::id.eq(id)).filter(organisations::test.eq(true));
    let invitation = invitations::table
        .inner_join(organisations::table)
        .filter(invitations::id.eq(id))
        .filter(organisations::test.eq(true));
    let any =
        exists(call).or(exists(offer)).or(exists(contract)).or(exists(report)).or(exists(org)).or(exists(invitation));
    Ok(select(any).get_result(r.conn())?)
}
