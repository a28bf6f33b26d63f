//! Timed work that talks to somebody outside: no transaction is open while it runs. It is
//! claimed for a while, done, and ended; when the other side is away it comes again in a
//! minute, as often as it takes.

use chrono::Duration;
use diesel::prelude::*;

use super::{ATTEMPTS, Job, Ran};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::jobs;
use crate::store::{Store, Tx, naive};

type Work = Box<dyn Fn(&Store, &str, Instant) -> Result<(), AppError> + Send + Sync>;

/// One kind of such work: its name and an idempotent body, which gets the payload.
pub struct Outside {
    pub name: &'static str,
    pub run: Work,
}

/// How long a claimed piece of work is left to its claimer.
const LEASE: Duration = Duration::minutes(10);
/// The pause while the other side is away.
const AWAY: Duration = Duration::minutes(1);

/// Runs every piece of these kinds that is due at `now`.
///
/// # Errors
/// Those of the database; work that fails is counted and comes again later.
pub fn run_outside(store: &Store, kinds: &[Outside], now: Instant) -> Result<Ran, AppError> {
    let mut ran = Ran::default();
    if kinds.is_empty() {
        return Ok(ran);
    }
    for job in store.read(|r| super::due(r, now))? {
        let Some(kind) = kinds.iter().find(|k| k.name == job.kind) else { continue };
        if !store.write(|tx| claim(tx, &job, now))? {
            continue;
        }
        match (kind.run)(store, &job.payload, now) {
            Ok(()) => {
                store.write(|tx| done(tx, &job, now))?;
                ran.done += 1;
            }
            Err(e) => {
                tracing::warn!(job = job.kind, error = %e, "work outside failed");
                store.write(|tx| later(tx, &job, &e, now))?;
                ran.failed += 1;
            }
        }
    }
    Ok(ran)
}

fn claim(tx: &mut Tx<'_>, job: &Job, now: Instant) -> Result<bool, AppError> {
    let changed = diesel::update(jobs::table)
        .filter(jobs::id.eq(&job.id))
        .filter(jobs::version.eq(job.version))
        .filter(jobs::done_at.is_null())
        .set((jobs::version.eq(job.version + 1), jobs::due_at.eq(naive(now + LEASE))))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

fn done(tx: &mut Tx<'_>, job: &Job, now: Instant) -> Result<(), AppError> {
    diesel::update(jobs::table)
        .filter(jobs::id.eq(&job.id))
        .set((jobs::done_at.eq(Some(naive(now))), jobs::last_error.eq(None::<String>)))
        .execute(tx.conn())?;
    Ok(())
}

fn later(tx: &mut Tx<'_>, job: &Job, why: &AppError, now: Instant) -> Result<(), AppError> {
    let away = matches!(why, AppError::Unavailable(_));
    let attempts = if away { job.attempts } else { job.attempts + 1 };
    diesel::update(jobs::table)
        .filter(jobs::id.eq(&job.id))
        .set((
            jobs::attempts.eq(attempts),
            jobs::due_at.eq(naive(now + AWAY)),
            jobs::dead_at.eq((attempts >= ATTEMPTS).then_some(naive(now))),
            jobs::last_error.eq(Some(why.to_string())),
        ))
        .execute(tx.conn())?;
    Ok(())
}
