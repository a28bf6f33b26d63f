//! Rows of the log. They are written as the last thing of a transaction, for all deeds that share it; the head
//! was locked when it began, so rows are chained one after another on both databases.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::chain::row_hash;
use crate::both;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{audit, audit_head};
use crate::store::{JournalLine, Read, Steady, Tx, instant, naive, one};

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = audit)]
pub struct Row {
    pub seq: i64,
    pub at: NaiveDateTime,
    pub actor: String,
    pub deed: String,
    pub object_kind: String,
    pub object_id: String,
    pub before_digest: String,
    pub after_digest: String,
    pub detail: String,
    pub previous_hash: String,
    pub hash: String,
}

/// Rows of one statement.
const AT_ONCE: usize = 500;

#[derive(Queryable)]
pub(super) struct Head {
    pub seq: i64,
    pub hash: String,
}

pub(super) fn head(r: &mut Read<'_>) -> Result<Head, AppError> {
    Ok(audit_head::table.select((audit_head::seq, audit_head::hash)).first(r.conn())?)
}

/// Writes the journal of a transaction and moves the head, which `Store::write` has locked.
///
/// # Errors
/// Those of the database.
pub fn seal(tx: &mut Tx<'_>, lines: Vec<JournalLine>) -> Result<(), AppError> {
    let end = head(tx)?;
    let (mut seq, mut hash) = (end.seq, end.hash);
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        seq += 1;
        let mut row = Row {
            seq,
            at: naive(line.at),
            actor: line.actor,
            deed: line.deed.to_owned(),
            object_kind: line.object_kind.to_owned(),
            object_id: line.object_id,
            before_digest: line.before,
            after_digest: line.after,
            detail: line.detail,
            previous_hash: hash,
            hash: String::new(),
        };
        row.hash = row_hash(&row);
        hash = row.hash.clone();
        rows.push(row);
    }
    for some in rows.chunks(AT_ONCE) {
        // Many rows in one statement: MultiConnection has no batch insert, both backends do.
        both!(tx.conn(), |c| diesel::insert_into(audit::table).values(some).execute(c))?;
    }
    let moved = diesel::update(audit_head::table.filter(audit_head::seq.eq(end.seq)))
        .set((audit_head::seq.eq(seq), audit_head::hash.eq(hash)));
    one(Steady(moved).execute(tx.conn()))
}

pub(super) fn rows_after(r: &mut Read<'_>, seq: i64, limit: i64) -> Result<Vec<Row>, AppError> {
    Ok(audit::table
        .filter(audit::seq.gt(seq))
        .order(audit::seq)
        .limit(limit)
        .select(Row::as_select())
        .load(r.conn())?)
}

/// Rows of attempts that never reached their deed, or did nothing again: no part of an object's story.
const BESIDE: [&str; 2] = ["turned_away", "again"];

/// The newest deed done to one object; refusals are none.
///
/// # Errors
/// Those of the database.
pub fn last_of(r: &mut Read<'_>, object_id: &str) -> Result<Option<Row>, AppError> {
    Ok(audit::table
        .filter(audit::object_id.eq(object_id).and(audit::object_kind.ne("refused")))
        .filter(audit::object_kind.ne_all(BESIDE))
        .order(audit::seq.desc())
        .select(Row::as_select())
        .first(r.conn())
        .optional()?)
}

/// The newest of the deeds of these names done to one object for each thing that they say.
///
/// # Errors
/// Those of the database.
pub fn last_by_detail(r: &mut Read<'_>, object_id: &str, deeds: &[&str]) -> Result<Vec<Row>, AppError> {
    let said = diesel::alias!(audit as said);
    let last = said
        .filter(said.field(audit::object_id).eq(object_id).and(said.field(audit::deed).eq_any(deeds)))
        .filter(said.field(audit::object_kind).ne("refused"))
        .filter(said.field(audit::object_kind).ne_all(BESIDE))
        .group_by(said.field(audit::detail))
        .select(diesel::dsl::max(said.field(audit::seq)).assume_not_null());
    Ok(audit::table.filter(audit::seq.eq_any(last)).order(audit::seq).select(Row::as_select()).load(r.conn())?)
}

/// The deeds done to one object, oldest first. What a page saved by itself is left out: it would be
/// all there is to see.
///
/// # Errors
/// Those of the database.
pub fn of_object(r: &mut Read<'_>, object_id: &str) -> Result<Vec<Row>, AppError> {
    Ok(audit::table
        .filter(audit::object_id.eq(object_id).and(audit::deed.not_like("%.autosave")))
        .filter(audit::object_kind.ne_all(BESIDE))
        .order(audit::seq)
        .limit(500)
        .select(Row::as_select())
        .load(r.conn())?)
}

/// The deeds of these names done to one object, each with the digest after it, oldest first.
///
/// # Errors
/// Those of the database.
pub fn digests_after(r: &mut Read<'_>, object_id: &str, deeds: &[&str]) -> Result<Vec<(String, String)>, AppError> {
    Ok(audit::table
        .filter(audit::object_id.eq(object_id).and(audit::deed.eq_any(deeds)))
        .filter(audit::object_kind.ne("refused"))
        .filter(audit::object_kind.ne_all(BESIDE))
        .order(audit::seq)
        .select((audit::deed, audit::after_digest))
        .load(r.conn())?)
}

/// The newest rows of one object, the newest first.
///
/// # Errors
/// Those of the database.
pub fn newest_of(r: &mut Read<'_>, object_id: &str, limit: i64) -> Result<Vec<Row>, AppError> {
    Ok(audit::table
        .filter(audit::object_id.eq(object_id))
        .order(audit::seq.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(r.conn())?)
}

/// When these deeds were done to an object after `since`, the newest first; at most 500, and those that are committed
/// together with this one. Attempts that failed are none.
///
/// # Errors
/// Those of the database.
pub fn done_since(
    tx: &mut Tx<'_>,
    (object_kind, object_id): (&str, &str),
    deeds: &[&str],
    since: Instant,
) -> Result<Vec<Instant>, AppError> {
    let found: Vec<NaiveDateTime> = audit::table
        .filter(audit::object_id.eq(object_id))
        .filter(audit::object_kind.eq(object_kind))
        .filter(audit::deed.eq_any(deeds))
        .filter(audit::at.gt(naive(since)))
        .order(audit::seq.desc())
        .limit(500)
        .select(audit::at)
        .load(tx.conn())?;
    let same = |l: &&JournalLine| l.object_kind == object_kind && l.object_id == object_id && deeds.contains(&l.deed);
    let mut all: Vec<Instant> = tx.unwritten().filter(same).map(|line| line.at).filter(|at| *at > since).collect();
    all.extend(found.into_iter().map(instant));
    all.sort_unstable_by(|a, b| b.cmp(a));
    Ok(all)
}

/// Whether some deed left this object with the digest `after`.
///
/// # Errors
/// Those of the database.
pub fn knows(r: &mut Read<'_>, object_id: &str, after: &str) -> Result<bool, AppError> {
    let found: i64 = audit::table
        .filter(audit::object_id.eq(object_id).and(audit::after_digest.eq(after)))
        .count()
        .get_result(r.conn())?;
    Ok(found > 0)
}

/// One page of the log, newest first; `before` is the sequence number to start below.
///
/// # Errors
/// Those of the database.
pub fn page(r: &mut Read<'_>, before: Option<i64>, limit: i64) -> Result<Vec<Row>, AppError> {
    Ok(audit::table
        .filter(audit::seq.lt(before.unwrap_or(i64::MAX)))
        .order(audit::seq.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(r.conn())?)
}

/// How many deeds the log holds.
///
/// # Errors
/// Those of the database.
pub fn count(r: &mut Read<'_>) -> Result<i64, AppError> {
    Ok(head(r)?.seq)
}
