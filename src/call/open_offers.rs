//! The office opens the offers, once the deadline has passed.

use super::advance::advance;
use super::extend::ended;
use super::model::CallAction;
use super::store;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::{Instant, left};
use crate::store::{CallId, Tx};

/// Opens the offers of a call.
///
/// # Errors
/// `Forbidden` before the deadline, while one organisation still has a later one, and in any other state than after
/// the announcement.
pub fn open_offers(tx: &mut Tx<'_>, by: &Actor, id: &CallId, now: Instant) -> Result<(), AppError> {
    let call = store::find(tx, id)?;
    call.state.after(CallAction::OpenOffers).map_err(|e| AppError::forbidden(e.to_string()))?;
    if !call.is_open(now) {
        ended(&call, now)?;
    }
    if !call.is_unsealed(now) {
        let when = call.deadline_at.map(|end| left(now, end)).unwrap_or_default();
        let why = format!("Oferty są zapieczętowane do końca terminu składania ({when}).");
        return Err(AppError::forbidden(why));
    }
    let detail = format!("Otwarto oferty w konkursie {}.", call.number());
    advance(tx, by, &call, CallAction::OpenOffers, "call.open_offers", detail, now)
}
