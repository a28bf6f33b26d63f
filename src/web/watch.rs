//! The log of refusals. What a deed refused is logged after its transaction was undone; an attempt that must be
//! provable later and was turned away before its deed (nobody signed in, a foreign page, too much at once) is logged
//! by the one place that every error passes. A run of equal ones, as a button pressed without end makes them, is
//! two rows a minute: the first, and how many followed.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

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
    /// Which budget of an account a form sent to this path spends: what must never be refused for the sake of
    /// something else has one of its own.
    pub budget: fn(&str) -> &'static str,
}

/// For how long equal refusals are one run.
const RUN: chrono::Duration = chrono::Duration::minutes(1);
/// Runs kept in mind; what comes beyond them is logged one by one.
const MANY: usize = 10_000;

/// The runs of equal refusals that are going on: account, object and reason.
#[derive(Default)]
pub struct Runs(Mutex<HashMap<(String, String, String), Run>>);

struct Run {
    since: Instant,
    last: Instant,
    doing: Doing,
    /// How many followed the first.
    more: u32,
}

impl Runs {
    /// Whether this refusal is one more of a run; else it begins one.
    fn goes_on(&self, actor: &str, doing: &Doing, why: &str, now: Instant) -> bool {
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (actor.to_owned(), doing.id.clone(), why.to_owned());
        if let Some(run) = runs.get_mut(&key) {
            (run.more, run.last) = (run.more.saturating_add(1), run.last.max(now));
            return true;
        }
        if runs.len() < MANY {
            runs.insert(key, Run { since: now, last: now, doing: doing.clone(), more: 0 });
        }
        false
    }

    /// Takes out the runs that are over at `now`, or all of them.
    fn over(&self, now: Option<Instant>) -> Vec<(String, String, Run)> {
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |run: &Run| now.is_none_or(|now| now - run.since >= RUN || now < run.since);
        runs.extract_if(|_, run| over(run)).map(|((actor, _, why), run)| (actor, why, run)).collect()
    }
}

/// Logs how many refusals followed the first one of every run that is over at `now`, or of all of them.
pub fn close_runs(state: &AppState, now: Option<Instant>) {
    for (actor, why, run) in state.runs.over(now).into_iter().filter(|(.., run)| run.more > 0) {
        let times = if run.more == 1 { "raz".to_owned() } else { format!("{} razy", run.more) };
        let why = format!("{why} (w ciągu minuty jeszcze {times}, ostatni raz w chwili tego wpisu)");
        let known = |r: &mut Read<'_>| (state.watch.known)(r, &run.doing.id);
        write_refusal(state, (&actor, "turned_away"), &run.doing, &why, run.last, known);
    }
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
    if state.runs.goes_on(actor.log_name(), &doing, &why, now) {
        return;
    }
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
