//! The log of refusals. What a deed refused is logged after its transaction was undone; an attempt that must be
//! provable later and was turned away before its deed (nobody signed in, a foreign page, too much at once) is logged
//! by the one place that every error passes.

use std::sync::atomic::Ordering;

use actix_web::HttpRequest;
use actix_web::http::Method;

use super::ctx::{Ctx, Doing};
use super::state::AppState;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::Read;

/// What the attempts are, told by the stage that knows.
#[derive(Clone, Copy)]
pub struct Watch {
    /// The deed that a form sent to this path tries.
    pub deed: fn(&str) -> Option<Doing>,
    /// Whether there is such an object; of what there is not nothing is logged.
    pub known: fn(&mut Read<'_>, &str) -> Result<bool, AppError>,
}

/// Logs what turned the request away, once: never when its deed has done so, and with one try. When the database
/// does not answer, nobody waits for that try.
pub(super) async fn note(req: &HttpRequest, e: &AppError) {
    let Ok(ctx) = Ctx::of(req) else { return };
    if *req.method() != Method::POST || ctx.logged.load(Ordering::SeqCst) {
        return;
    }
    let watch = ctx.state.watch;
    let Some(doing) = (watch.deed)(&ctx.path) else { return };
    let (why, state, actor, now) = (e.reason(), ctx.state.clone(), ctx.actor.clone(), ctx.arrived);
    let written = actix_web::web::block(move || {
        let known = |r: &mut Read<'_>| (watch.known)(r, &doing.id);
        write_refusal(&state, (actor.log_name(), "turned_away"), &doing, &why, now, known);
    });
    if !matches!(e, AppError::Unavailable(_)) {
        let _ = written.await;
    }
}

/// Logs what a deed refused, after its transaction was undone; whether the refusal is one that the log keeps.
pub(super) fn log_refusal(state: &AppState, actor: &str, doing: &Doing, e: &AppError, now: Instant) -> bool {
    if matches!(e, AppError::Internal(_) | AppError::Unavailable(_) | AppError::Login) {
        return false;
    }
    write_refusal(state, (actor, "refused"), doing, &e.reason(), now, |_| Ok(true));
    true
}

/// One row for a refusal of a `known` object, in a transaction of its own; one try.
fn write_refusal(
    state: &AppState,
    (actor, object_kind): (&str, &'static str),
    doing: &Doing,
    why: &str,
    now: Instant,
    known: impl FnOnce(&mut Read<'_>) -> Result<bool, AppError>,
) {
    let actor = if doing.unnamed { "-" } else { actor };
    let logged = state.store.write(|tx| {
        if !known(tx)? {
            return Ok(());
        }
        let deed = Deed {
            actor,
            deed: doing.deed,
            object_kind,
            object_id: &doing.id,
            before: String::new(),
            after: String::new(),
            detail: format!("Odmowa ({}): {why}", doing.kind),
        };
        audit::append(tx, deed, now);
        Ok(())
    });
    if let Err(e) = logged {
        tracing::error!(error = %e, deed = doing.deed, object = doing.id, "a refusal could not be logged");
    }
}
