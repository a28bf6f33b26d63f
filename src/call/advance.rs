//! The one way a call moves: state, compare-and-set, log.

use super::model::{Call, CallAction, CallContent};
use super::store;
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::Instant;
use crate::programme;
use crate::store::{Tx, digest, to_json};

/// Moves `call` by `act`; its content stays.
///
/// # Errors
/// `Forbidden` with a sentence for an illegal move, `Stale` when somebody saved meanwhile.
pub fn advance(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: &Call,
    act: CallAction,
    deed: &'static str,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    advance_with(tx, by, call.clone(), act, deed, detail, now)
}

/// Moves `call` by `act` and keeps its changed content; `call.state` is still the state before.
///
/// # Errors
/// `Forbidden` with a sentence for an illegal move, `Stale` when somebody saved meanwhile.
pub fn advance_with(
    tx: &mut Tx<'_>,
    by: &Actor,
    mut call: Call,
    act: CallAction,
    deed: &'static str,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    call.state = call.state.after(act).map_err(|e| AppError::forbidden(e.to_string()))?;
    if act == CallAction::OpenOffers {
        call.opened_at = Some(now);
    }
    keep(tx, by, &call, deed, detail, now)
}

/// Saves the call as it is and logs the deed.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: &Call,
    deed: &'static str,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    let before = digest(&to_json(&store::find(tx, &call.id)?.content)?);
    store::save(tx, call)?;
    let deed = Deed {
        actor: by.log_name(),
        deed,
        object_kind: "call",
        object_id: call.id.as_str(),
        before,
        after: digest(&to_json(&call.content)?),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}

/// The call, when `seen` is its version still.
pub(super) fn load(tx: &mut Tx<'_>, id: &crate::store::CallId, seen: i64) -> Result<Call, AppError> {
    let call = store::find(tx, id)?;
    if call.version == seen { Ok(call) } else { Err(AppError::Stale) }
}

/// Notes that `by` works on the draft: they will not announce it.
pub(super) fn remember(content: &mut CallContent, by: &Actor) {
    programme::remember(&mut content.prepared_by, by);
}
