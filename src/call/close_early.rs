//! The end of filing at once: in the demonstration, so that a visitor need not wait three weeks, and in a test call,
//! so that the office can rehearse the next step. Callers offer it to a real call only where `AppState::demo` is set.

use super::advance::keep;
use super::extend::ended;
use super::store;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{CallId, Tx};

/// Moves the deadline to `now`. The frozen content, and so its hash, stays.
///
/// # Errors
/// `Forbidden` unless offers are being filed, and when an organisation has a later deadline.
pub fn close_early(tx: &mut Tx<'_>, by: &Actor, id: &CallId, now: Instant) -> Result<(), AppError> {
    let mut call = store::find(tx, id)?;
    if !call.is_open(now) {
        return Err(AppError::forbidden("Nabór ofert w tym konkursie nie trwa."));
    }
    ended(&call, now)?;
    call.deadline_at = Some(now);
    let why = if call.content.test { "Konkurs próbny" } else { "Wersja pokazowa" };
    let detail = format!(
        "{why}: zakończono nabór w konkursie {} przed terminem. W prawdziwym konkursie to niemożliwe.",
        call.number()
    );
    keep(tx, by, &call, "call.close_early", detail, now)
}
