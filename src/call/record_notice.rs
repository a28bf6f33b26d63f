//! An officer records what became known of a place after the publication: another time, or that the notice
//! was taken down or put up again. The frozen announcement stays as it is.

use super::model::{CallState, Notice};
use super::store::{self, notices};
use super::{announce::refuse, rules};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Instant, show_instant};
use crate::store::Tx;

/// Keeps one fact about a place of an announced call; it never changes.
///
/// # Errors
/// `Refused` for what has not happened yet or has no proof, `NotFound` for an announcement there is not,
/// `Forbidden` for a draft.
pub fn record_notice(tx: &mut Tx<'_>, by: &Actor, notice: &Notice, now: Instant) -> Result<(), AppError> {
    let call = store::find(tx, &notice.call)?;
    if call.state == CallState::Draft {
        return Err(AppError::forbidden("Konkurs nie jest jeszcze ogłoszony."));
    }
    if !store::versions(tx, &call.id)?.iter().any(|v| v.no == notice.no) {
        return Err(AppError::NotFound);
    }
    let mut findings = rules::check_notice(notice, now);
    findings.extend(rules::check_restored(notice, &notices::of_call(tx, &call.id)?));
    refuse(findings)?;
    notices::insert(tx, notice)?;
    let detail = format!(
        "Zapisano po publikacji: {}; miejsce: {}; {}.",
        notice.kind.label(),
        notice.place.label(),
        show_instant(notice.at)
    );
    let deed = Deed {
        actor: by.log_name(),
        deed: "call.notice",
        object_kind: "call",
        object_id: call.id.as_str(),
        before: String::new(),
        after: String::new(),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}
