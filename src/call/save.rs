//! An officer changes a call that is not announced yet.

use super::advance::{advance_with, load, remember};
use super::approve::take_back;
use super::model::{CallAction, CallContent};
use crate::account::Actor;
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::store::{CallId, Tx};

/// Saves the content over version `seen`. A text that the organ had approved is approved no more.
///
/// # Errors
/// `Stale` when somebody saved meanwhile, `Forbidden` after the announcement, `Invalid` without a title.
pub fn save(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &CallId,
    seen: i64,
    content: CallContent,
    now: Instant,
) -> Result<(), AppError> {
    let mut call = load(tx, id, seen)?;
    if content.title.trim().is_empty() {
        return Err(AppError::Invalid(FieldErrors::of("title", "Uzupełnij pole „Nazwa konkursu”.")));
    }
    let remark = take_back(&mut call);
    let CallContent { prepared_by, test, copied_from, .. } = call.content;
    call.content = CallContent { prepared_by, test, copied_from, ..content.unapproved() };
    remember(&mut call.content, by);
    let detail = format!("Zmieniono projekt konkursu „{}”.{remark}", call.content.title);
    advance_with(tx, by, call, CallAction::Edit, "call.save", detail, now)
}
