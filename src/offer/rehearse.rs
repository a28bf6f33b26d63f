//! The office writes an offer in its own test call, as an organisation would: the same pages, verbs and receipts.

use super::start::begin;
use super::{rules, store};
use crate::account::{self, Actor, Organisation};
use crate::call::{self, Call};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{CallId, OfferId, Tx};

/// Begins an offer of a sample organisation that whoever acts owns: one that has no live offer in this call, or
/// a new one.
///
/// # Errors
/// `NotFound` for a call that is no rehearsal, `Refused` (R-OFF-TERM) when it takes no offers.
pub fn rehearse(tx: &mut Tx<'_>, by: &Actor, call: &CallId, now: Instant) -> Result<OfferId, AppError> {
    let person = by.person.as_ref().ok_or(AppError::Login)?;
    let call = call::store::find(tx, call)?;
    if !call.content.test {
        return Err(AppError::NotFound);
    }
    let org = match free_sample(tx, by, &call)? {
        Some(org) => org,
        None => account::make_sample(tx, by, now)?,
    };
    rules::deadline(&call, &org.id, now).map_err(AppError::refused)?;
    let detail = format!("Rozpoczęto ofertę próbną w konkursie {}", call.number());
    begin(tx, (by, person), &call, &org, detail, now)
}

/// An own sample organisation without a live offer in the call; one that may still file goes first.
fn free_sample(tx: &mut Tx<'_>, by: &Actor, call: &Call) -> Result<Option<Organisation>, AppError> {
    let mut own = account::store::memberships_of(tx, by.person_id().ok_or(AppError::Login)?)?;
    own.sort_by_key(|m| call.extension_of(&m.org).is_none());
    for own in own {
        if own.test && own.role.signs() && store::live_in_call(tx, &call.id, &own.org)?.is_none() {
            return Ok(Some(account::store::organisation(tx, &own.org)?));
        }
    }
    Ok(None)
}
