//! Rows of outages, and the heartbeat.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::model::Outage;
use crate::both;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{heartbeat, outages};
use crate::store::{OutageId, Read, Tx, instant, naive};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = outages)]
struct Row {
    id: OutageId,
    starts_at: NaiveDateTime,
    ends_at: NaiveDateTime,
    cause: String,
    recorded_at: NaiveDateTime,
    recorded_by: String,
}

impl Row {
    fn outage(self) -> Outage {
        Outage {
            id: self.id,
            from: instant(self.starts_at),
            to: instant(self.ends_at),
            cause: self.cause,
            recorded_at: instant(self.recorded_at),
            recorded_by: self.recorded_by,
        }
    }
}

/// The newest outages.
///
/// # Errors
/// Those of the database.
pub fn recent(r: &mut Read<'_>, limit: i64) -> Result<Vec<Outage>, AppError> {
    let rows: Vec<Row> = outages::table
        .order((outages::starts_at.desc(), outages::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .load(r.conn())?;
    Ok(rows.into_iter().map(Row::outage).collect())
}

/// Outages that began exactly then.
///
/// # Errors
/// Those of the database.
pub fn beginning(r: &mut Read<'_>, from: Instant) -> Result<Vec<Outage>, AppError> {
    let rows: Vec<Row> =
        outages::table.filter(outages::starts_at.eq(naive(from))).select(Row::as_select()).load(r.conn())?;
    Ok(rows.into_iter().map(Row::outage).collect())
}

/// Outages that touch the time from `from` to `to`, the first one first.
///
/// # Errors
/// Those of the database.
pub fn between(r: &mut Read<'_>, from: Instant, to: Instant) -> Result<Vec<Outage>, AppError> {
    let rows: Vec<Row> = outages::table
        .filter(outages::ends_at.gt(naive(from)))
        .filter(outages::starts_at.le(naive(to)))
        .order(outages::starts_at)
        .limit(200)
        .select(Row::as_select())
        .load(r.conn())?;
    Ok(rows.into_iter().map(Row::outage).collect())
}

/// Keeps an outage for good.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, o: &Outage) -> Result<(), AppError> {
    let row = Row {
        id: o.id.clone(),
        starts_at: naive(o.from),
        ends_at: naive(o.to),
        cause: o.cause.clone(),
        recorded_at: naive(o.recorded_at),
        recorded_by: o.recorded_by.clone(),
    };
    diesel::insert_into(outages::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// When a process could last write.
///
/// # Errors
/// Those of the database.
pub fn last_beat(r: &mut Read<'_>) -> Result<Option<Instant>, AppError> {
    let at: Option<NaiveDateTime> = heartbeat::table.select(heartbeat::beat_at).first(r.conn()).optional()?;
    Ok(at.map(instant))
}

/// Puts the first beat; of several processes one does it.
///
/// # Errors
/// Those of the database.
pub fn first_beat(tx: &mut Tx<'_>, process: &str, now: Instant) -> Result<(), AppError> {
    let row = (heartbeat::id.eq(1_i64), heartbeat::beat_at.eq(naive(now)), heartbeat::process.eq(process));
    // MultiConnection has no ON CONFLICT, both backends do.
    both!(tx.conn(), |c| diesel::insert_into(heartbeat::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Which process beat last.
///
/// # Errors
/// Those of the database.
pub fn last_process(r: &mut Read<'_>) -> Result<Option<String>, AppError> {
    Ok(heartbeat::table.select(heartbeat::process).first::<Option<String>>(r.conn()).optional()?.flatten())
}

/// Moves the beat from `seen` to `now`; `false` when another process was faster.
///
/// # Errors
/// Those of the database.
pub fn next_beat(tx: &mut Tx<'_>, process: &str, seen: Instant, now: Instant) -> Result<bool, AppError> {
    let changed = diesel::update(heartbeat::table)
        .filter(heartbeat::id.eq(1))
        .filter(heartbeat::beat_at.eq(naive(seen)))
        .set((heartbeat::beat_at.eq(naive(now)), heartbeat::process.eq(process)))
        .execute(tx.conn())?;
    Ok(changed == 1)
}
