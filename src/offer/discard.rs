//! The changes of a submitted offer are thrown away; what was submitted stays in force.

use super::advance::{Line, log, member, sealed};
use super::attach::restore_files;
use super::model::{Offer, OfferAction, OfferState};
use super::{rules, store};
use crate::account::Actor;
use crate::call;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{OfferId, Tx};

/// Throws the pending changes away; `seen` is the version the writer looked at. Without any there is
/// nothing to do.
///
/// # Errors
/// `Refused` after the deadline (R-OFF-TERM) and in every other state (R-OFF-16), `Stale`, `NotFound` for a
/// stranger.
pub fn discard(tx: &mut Tx<'_>, by: &Actor, id: &OfferId, seen: i64, now: Instant) -> Result<(), AppError> {
    let before = store::find(tx, id)?;
    member(by, &before)?;
    before.state.after(OfferAction::Edit)?;
    if before.draft.is_none() && before.state == OfferState::Submitted {
        return Ok(());
    }
    let call = call::store::find(tx, &before.call)?;
    rules::deadline(&call, &before.org, now).map_err(AppError::refused)?;
    // A draft has no changes of its own; its version is another one.
    if before.version != seen || before.draft.is_none() {
        return Err(AppError::Stale);
    }
    let after = Offer { draft: None, ..before.clone() };
    restore_files(tx, &before, now)?;
    let sealed_after = store::save(tx, &after, now)?;
    let detail = format!("Odrzucono niezłożone zmiany; obowiązuje wersja {}", before.frozen_no);
    let line = Line { deed: "offer.discard", before: sealed(before.working())?, after: sealed_after, detail };
    log(tx, by, &after, line, now);
    Ok(())
}
