//! A member of the organisation saves a draft; gaps are fine, lost updates are not.

use super::advance::{Line, log, member};
use super::model::{Offer, OfferAction, OfferContent};
use super::store;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{OfferId, Tx};

/// Saves the whole content; `seen` is the version the writer looked at. Returns the new version.
///
/// # Errors
/// `NotFound` for a stranger, `Stale` when somebody saved meanwhile, `Refused` when it is no draft.
pub fn save(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    seen: i64,
    content: OfferContent,
    now: Instant,
) -> Result<i64, AppError> {
    save_as(tx, by, id, seen, content, "offer.save", now)
}

/// The same under the name of another deed of the log.
pub(super) fn save_as(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    seen: i64,
    content: OfferContent,
    deed: &'static str,
    now: Instant,
) -> Result<i64, AppError> {
    let before = store::find(tx, id)?;
    member(by, &before)?;
    let state = before.state.after(OfferAction::Edit)?;
    if before.version != seen {
        return Err(AppError::Stale);
    }
    let grant = content.sources.grant;
    let after = Offer { state, grant, content, ..before.clone() };
    store::save(tx, &after, now)?;
    let line = Line {
        deed,
        before: Some(&before.content),
        after: Some(&after.content),
        detail: "Zapisano wersję roboczą".into(),
    };
    log(tx, by, &after, line, now)?;
    Ok(seen + 1)
}
