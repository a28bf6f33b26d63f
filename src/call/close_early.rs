//! The demonstration ends the filing of offers at once, so that a visitor need not wait three weeks.
//! Callers offer this only where `AppState::demo` is set.

use super::advance::keep;
use super::store;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{CallId, Tx};

/// Moves the deadline to `now`. The frozen content, and so its hash, stays.
///
/// # Errors
/// `Forbidden` unless offers are being filed.
pub fn close_early(tx: &mut Tx<'_>, by: &Actor, id: &CallId, now: Instant) -> Result<(), AppError> {
    let mut call = store::find(tx, id)?;
    if !call.is_open(now) {
        return Err(AppError::forbidden("Nabór ofert w tym konkursie nie trwa."));
    }
    call.deadline_at = Some(now);
    let detail = format!(
        "Wersja pokazowa: zakończono nabór w konkursie {} przed terminem. W prawdziwym konkursie to niemożliwe.",
        call.number()
    );
    keep(tx, by, &call, "call.close_early", detail, now)
}
