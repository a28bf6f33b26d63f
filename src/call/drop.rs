//! An officer drops a draft that will not be announced: its money is free again, and nobody sees it any more.

use super::advance::load;
use super::model::CallAction;
use super::store;
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{CallId, Tx, digest, to_json};

/// Drops version `seen` of a draft for good. The log keeps what it was; a number that an approval gave it is not given
/// to another contest.
///
/// # Errors
/// `Forbidden` after the announcement, `Stale` when somebody saved meanwhile.
pub fn drop_draft(tx: &mut Tx<'_>, by: &Actor, id: &CallId, seen: i64, now: Instant) -> Result<(), AppError> {
    let call = load(tx, id, seen)?;
    call.state.after(CallAction::Edit).map_err(|_| {
        AppError::forbidden(
            "Ogłoszonego konkursu nie można usunąć; organ może go unieważnić z powodów z art. 18a UDPP.",
        )
    })?;
    store::delete(tx, &call)?;
    let number = call.number.as_ref().map(|n| format!(" Numer {n} nie będzie użyty ponownie.")).unwrap_or_default();
    let deed = Deed {
        actor: by.log_name(),
        deed: "call.drop",
        object_kind: "call",
        object_id: id.as_str(),
        before: digest(&to_json(&call.content)?),
        after: String::new(),
        detail: format!("Usunięto projekt konkursu „{}”.{number}", call.content.title),
    };
    audit::append(tx, deed, now);
    Ok(())
}
