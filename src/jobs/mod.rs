//! Timed work, claimed from the database by compare-and-set, so that any number
//! of processes may stand beside each other. The kinds of work belong to the
//! stages; `app.rs` hands their list in.

mod outside;

pub use outside::{Outside, run_outside};

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;

use crate::both;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::jobs;
use crate::store::{JobId, Read, Store, Tx, naive, to_json};

const ATTEMPTS: i64 = 8;

/// One kind of work: its name and an idempotent body.
#[derive(Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub run: fn(&mut Tx<'_>, &str, Instant) -> Result<(), AppError>,
}

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = jobs, treat_none_as_default_value = false)]
struct Job {
    id: JobId,
    kind: String,
    payload: String,
    dedup_key: Option<String>,
    due_at: NaiveDateTime,
    attempts: i64,
    version: i64,
    done_at: Option<NaiveDateTime>,
    dead_at: Option<NaiveDateTime>,
    last_error: Option<String>,
}

/// What one run did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ran {
    pub done: usize,
    pub failed: usize,
}

/// Puts work for `due`; a second one with the same key is quietly left out.
///
/// # Errors
/// Those of the database.
pub fn put<P: Serialize>(tx: &mut Tx<'_>, kind: &Kind, key: &str, payload: &P, due: Instant) -> Result<(), AppError> {
    put_named(tx, kind.name, key, payload, due)
}

/// The same by the name of the kind, for work outside.
///
/// # Errors
/// Those of the database.
pub fn put_named<P: Serialize>(
    tx: &mut Tx<'_>,
    kind: &'static str,
    key: &str,
    payload: &P,
    due: Instant,
) -> Result<(), AppError> {
    let job = Job {
        id: JobId::new(),
        kind: kind.to_owned(),
        payload: to_json(payload)?,
        dedup_key: Some(key.to_owned()),
        due_at: naive(due),
        attempts: 0,
        version: 0,
        done_at: None,
        dead_at: None,
        last_error: None,
    };
    // Two processes may come at once: MultiConnection has no ON CONFLICT, both backends do.
    both!(tx.conn(), |c| diesel::insert_into(jobs::table).values(&job).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Runs everything that is due at `now`. The work and its end are one transaction.
///
/// # Errors
/// Those of the database; work that fails is counted and comes again later.
pub fn run_due(store: &Store, kinds: &[Kind], now: Instant) -> Result<Ran, AppError> {
    let mut ran = Ran::default();
    for job in store.read(|r| due(r, now))? {
        let Some(kind) = kinds.iter().find(|k| k.name == job.kind) else { continue };
        let done = store.write(|tx| {
            if !claim(tx, &job, now)? {
                return Ok(false);
            }
            (kind.run)(tx, &job.payload, now)?;
            Ok(true)
        });
        match done {
            Ok(true) => ran.done += 1,
            Ok(false) => {}
            Err(e) => {
                tracing::warn!(job = job.kind, error = %e, "job failed");
                store.write(|tx| failed(tx, &job, &e.to_string(), now))?;
                ran.failed += 1;
            }
        }
    }
    Ok(ran)
}

fn due(r: &mut Read<'_>, now: Instant) -> Result<Vec<Job>, AppError> {
    Ok(jobs::table
        .filter(jobs::done_at.is_null())
        .filter(jobs::dead_at.is_null())
        .filter(jobs::due_at.le(naive(now)))
        .order((jobs::due_at, jobs::id))
        .limit(100)
        .select(Job::as_select())
        .load(r.conn())?)
}

fn claim(tx: &mut Tx<'_>, job: &Job, now: Instant) -> Result<bool, AppError> {
    let changed = diesel::update(jobs::table)
        .filter(jobs::id.eq(&job.id))
        .filter(jobs::version.eq(job.version))
        .set((jobs::version.eq(job.version + 1), jobs::done_at.eq(Some(naive(now)))))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

fn failed(tx: &mut Tx<'_>, job: &Job, why: &str, now: Instant) -> Result<(), AppError> {
    let attempts = job.attempts + 1;
    let pause = Duration::minutes(i64::from(1_u32 << u32::try_from(attempts.clamp(0, 9)).unwrap_or(9)));
    diesel::update(jobs::table)
        .filter(jobs::id.eq(&job.id))
        .filter(jobs::version.eq(job.version))
        .set((
            jobs::version.eq(job.version + 1),
            jobs::attempts.eq(attempts),
            jobs::due_at.eq(naive(now + pause)),
            jobs::dead_at.eq((attempts >= ATTEMPTS).then_some(naive(now))),
            jobs::last_error.eq(Some(why)),
        ))
        .execute(tx.conn())?;
    Ok(())
}
