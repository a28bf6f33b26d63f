//! An officer records what became known of a place after the publication: another time, or that the notice
//! was taken down or put up again. The frozen announcement stays as it is.

use super::model::{CallState, Notice};
use super::store::{self, notices};
use super::{announce::refuse, rules};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Instant, show_instant};
use crate::store::documents::{self, Document};
use crate::store::{Read, Tx};

/// Keeps one fact about a place of an announced call, with the scan that proves it; it never changes. The same person
/// sending the same again (a double click, a retry) finds it kept.
///
/// # Errors
/// `Refused` for what has not happened yet or has no proof, `NotFound` for an announcement there is not,
/// `Forbidden` for a draft.
pub fn record_notice(
    tx: &mut Tx<'_>,
    by: &Actor,
    notice: &Notice,
    scan: Option<&Document>,
    now: Instant,
) -> Result<(), AppError> {
    let call = store::find(tx, &notice.call)?;
    if call.state == CallState::Draft {
        return Err(AppError::forbidden("Konkurs nie jest jeszcze ogłoszony."));
    }
    if !store::versions(tx, &call.id)?.iter().any(|v| v.no == notice.no) {
        return Err(AppError::NotFound);
    }
    let earlier = notices::of_call(tx, &call.id)?;
    for twin in earlier.iter().filter(|twin| twin.says_the_same(notice)) {
        if sha256(tx, twin)?.as_deref() == scan.map(|scan| scan.sha256.as_str()) {
            return Ok(());
        }
    }
    let mut findings = rules::check_notice(notice, now);
    findings.extend(rules::check_restored(notice, &earlier));
    refuse(findings)?;
    if let Some(scan) = scan {
        documents::insert(tx, scan)?;
    }
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

/// What the scan of a kept fact is.
fn sha256(r: &mut Read<'_>, notice: &Notice) -> Result<Option<String>, AppError> {
    notice.document.as_ref().map(|id| Ok(documents::find(r, id)?.sha256)).transpose()
}
