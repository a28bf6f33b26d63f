//! The log of refusals. What a deed refused is logged after its transaction was undone; an attempt that must be
//! provable later and was turned away before its deed (nobody signed in, a foreign page, too much at once) is logged
//! by the one place that every error passes. A run of equal ones, as a button pressed without end makes them, has its
//! first rows at once and then one a minute that says how many followed.

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
use crate::store::{Read, Tx};

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
/// Rows of one run before the others are only counted: what comes before a deed is the same each time, while what a
/// deed refuses a person may try some times, and each of these stands there.
const TURNED_AWAY: u32 = 1;
const REFUSED: u32 = 20;

/// The runs of equal refusals that are going on: account, object and reason.
#[derive(Default)]
pub struct Runs(Mutex<HashMap<Key, Run>>);

type Key = (String, String, String);

fn key(actor: &str, doing: &Doing, why: &str) -> Key {
    (actor.to_owned(), doing.id.clone(), why.to_owned())
}

struct Run {
    since: Instant,
    last: Instant,
    doing: Doing,
    kind: &'static str,
    rows: u32,
    /// How many came after the last row.
    more: u32,
}

impl Runs {
    /// Whether this refusal is only counted, because its run has its `rows`.
    fn counted(&self, key: Key, doing: &Doing, (kind, rows): (&'static str, u32), now: Instant) -> bool {
        let mut runs = self.lock();
        if let Some(run) = runs.get_mut(&key) {
            if run.rows < rows {
                run.rows = run.rows.saturating_add(1);
                return false;
            }
            (run.more, run.last) = (run.more.saturating_add(1), run.last.max(now));
            return true;
        }
        if runs.len() < MANY {
            runs.insert(key, Run { since: now, last: now, doing: doing.clone(), kind, rows: 1, more: 0 });
        }
        false
    }

    /// What is no attempt at anything there is takes no place.
    fn forget(&self, key: &Key) {
        self.lock().remove(key);
    }

    /// Takes out the runs that are over at `now`, or all of them.
    fn over(&self, now: Option<Instant>) -> Vec<(Key, Run)> {
        let over = |run: &Run| now.is_none_or(|now| now - run.since >= RUN || now < run.since);
        self.lock().extract_if(|_, run| over(run)).filter(|(_, run)| run.more > 0).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Run>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Logs how many refusals followed those with a row, in every run that is over at `now`, or in all of them; one
/// transaction for all. A program that is killed takes the numbers of its last minute with it, never the rows.
pub fn close_runs(state: &AppState, now: Option<Instant>) {
    let over = state.runs.over(now);
    if over.is_empty() {
        return;
    }
    let logged = state.store.write(|tx| {
        for ((actor, _, why), run) in &over {
            let times = if run.more == 1 { "raz".to_owned() } else { format!("{} razy", run.more) };
            let why = format!("{why} (w ciągu minuty jeszcze {times}, ostatni raz w chwili tego wpisu)");
            append(tx, (actor, run.kind), &run.doing, &why, run.last);
        }
        Ok(())
    });
    if let Err(e) = logged {
        tracing::error!(error = %e, runs = over.len(), "refusals could not be counted");
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
    let key = key(actor.log_name(), &doing, &why);
    if state.runs.counted(key.clone(), &doing, ("turned_away", TURNED_AWAY), now) {
        return;
    }
    let written = actix_web::web::block(move || {
        // A database that is away is told of by the row that cannot be written.
        if let Ok(false) = state.store.read(|r| (watch.known)(r, &doing.id)) {
            return state.runs.forget(&key);
        }
        write_refusal(&state, (actor.log_name(), "turned_away"), &doing, &why, now);
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
    let why = e.reason();
    if !state.runs.counted(key(actor, doing, &why), doing, ("refused", REFUSED), now) {
        write_refusal(state, (actor, "refused"), doing, &why, now);
    }
    true
}

/// One row for a refusal, in a transaction of its own; one try.
fn write_refusal(state: &AppState, who: (&str, &'static str), doing: &Doing, why: &str, now: Instant) {
    let logged = state.store.write(|tx| {
        append(tx, who, doing, why, now);
        Ok(())
    });
    if let Err(e) = logged {
        tracing::error!(error = %e, deed = doing.deed, object = doing.id, "a refusal could not be logged");
    }
}

fn append(tx: &mut Tx<'_>, (actor, object_kind): (&str, &'static str), doing: &Doing, why: &str, now: Instant) {
    let deed = Deed {
        actor: if doing.unnamed { "-" } else { actor },
        deed: doing.deed,
        object_kind,
        object_id: &doing.id,
        before: String::new(),
        after: String::new(),
        detail: format!("Odmowa ({}): {why}", doing.kind),
    };
    audit::append(tx, deed, now);
}
