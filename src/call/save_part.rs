//! An officer saves one part of a call that is not announced yet.

use super::advance::{advance_with, remember};
use super::approve::take_back;
use super::model::{CallAction, CallContent, Part};
use super::{defaults, store};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{CallId, Tx};

/// Saves the `part` of `content` over what the form has seen of it, `seen` being [`Part::mark`]. Somebody
/// who changed another part meanwhile is not in the way. A text that the organ had approved is approved no more.
///
/// # Errors
/// `Stale` when somebody changed this part meanwhile, `Forbidden` after the announcement.
pub fn save_part(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &CallId,
    part: Part,
    seen: &str,
    content: CallContent,
    now: Instant,
) -> Result<(), AppError> {
    let mut call = store::find(tx, id)?;
    call.state.after(CallAction::Edit).map_err(|e| AppError::forbidden(e.to_string()))?;
    if part.mark(&call.content)? != seen {
        return Err(AppError::Stale);
    }
    let remark = take_back(&mut call);
    let before = call.content.clone();
    part.put(content, &mut call.content);
    defaults::follow(&before, &mut call.content);
    remember(&mut call.content, by);
    let detail = format!("Zmieniono projekt konkursu: {}.{remark}", part.title());
    advance_with(tx, by, call, CallAction::Edit, "call.save_part", detail, now)
}
