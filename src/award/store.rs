//! Rows of decisions.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Award, AwardState};
use crate::error::AppError;
use crate::store::schema::awards;
use crate::store::{AwardId, CallId, Read, Tx, instant, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = awards, treat_none_as_default_value = false)]
struct Row {
    id: AwardId,
    call_id: CallId,
    state: String,
    version: i64,
    content: String,
    decided_at: Option<NaiveDateTime>,
    decided_by: String,
    published_at: Option<NaiveDateTime>,
}

/// The decision on a call, if the organ made one.
///
/// # Errors
/// Those of the database.
pub fn of_call(r: &mut Read<'_>, call: &CallId) -> Result<Option<Award>, AppError> {
    let row: Option<Row> =
        awards::table.filter(awards::call_id.eq(call)).select(Row::as_select()).first(r.conn()).optional()?;
    let Some(row) = row else { return Ok(None) };
    let state =
        AwardState::parse(&row.state).ok_or_else(|| AppError::internal(format!("awards.state: {}", row.state)))?;
    Ok(Some(Award {
        id: row.id,
        call: row.call_id,
        state,
        version: row.version,
        content: parse_json(&row.content)?,
        decided_at: row.decided_at.map(instant),
        decided_by: row.decided_by,
        published_at: row.published_at.map(instant),
    }))
}

/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, a: &Award) -> Result<(), AppError> {
    let row = Row {
        id: a.id.clone(),
        call_id: a.call.clone(),
        state: a.state.code().to_owned(),
        version: a.version,
        content: to_json(&a.content)?,
        decided_at: a.decided_at.map(naive),
        decided_by: a.decided_by.clone(),
        published_at: a.published_at.map(naive),
    };
    diesel::insert_into(awards::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves a decision; `a.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save(tx: &mut Tx<'_>, a: &Award) -> Result<(), AppError> {
    one(diesel::update(awards::table)
        .filter(awards::id.eq(&a.id))
        .filter(awards::version.eq(a.version))
        .set((
            awards::state.eq(a.state.code()),
            awards::content.eq(to_json(&a.content)?),
            awards::published_at.eq(a.published_at.map(naive)),
            awards::version.eq(a.version + 1),
        ))
        .execute(tx.conn()))
}
