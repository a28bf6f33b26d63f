//! Rows of programmes.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Programme, ProgrammeContent, ProgrammeState};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::programmes;
use crate::store::{ProgrammeId, Read, Tx, instant, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = programmes)]
struct Row {
    id: ProgrammeId,
    title: String,
    state: String,
    version: i64,
    content: String,
    created_at: NaiveDateTime,
    created_by: String,
}

impl Row {
    fn programme(self) -> Result<Programme, AppError> {
        let state = ProgrammeState::parse(&self.state)
            .ok_or_else(|| AppError::internal(format!("programmes.state: {}", self.state)))?;
        let content: ProgrammeContent = parse_json(&self.content)?;
        Ok(Programme { id: self.id, state, version: self.version, content })
    }
}

/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Read<'_>, id: &ProgrammeId) -> Result<Programme, AppError> {
    let row: Option<Row> =
        programmes::table.filter(programmes::id.eq(id)).select(Row::as_select()).first(r.conn()).optional()?;
    row.ok_or(AppError::NotFound)?.programme()
}

/// All programmes, newest first.
///
/// # Errors
/// Those of the database.
pub fn all(r: &mut Read<'_>) -> Result<Vec<Programme>, AppError> {
    let rows: Vec<Row> =
        programmes::table.order(programmes::id.desc()).limit(500).select(Row::as_select()).load(r.conn())?;
    rows.into_iter().map(Row::programme).collect()
}

/// Drafts that `by` began and nobody has saved since, with the time they were begun, the newest first.
///
/// # Errors
/// Those of the database.
pub fn untouched(r: &mut Read<'_>, by: &str) -> Result<Vec<(Programme, Instant)>, AppError> {
    let rows: Vec<Row> = programmes::table
        .filter(programmes::created_by.eq(by))
        .filter(programmes::state.eq(ProgrammeState::Draft.code()))
        .filter(programmes::version.eq(0))
        .order(programmes::id.desc())
        .select(Row::as_select())
        .load(r.conn())?;
    let begun = |row: Row| {
        let at = instant(row.created_at);
        Ok((row.programme()?, at))
    };
    rows.into_iter().map(begun).collect()
}

/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, p: &Programme, by: &str, now: Instant) -> Result<(), AppError> {
    let row = Row {
        id: p.id.clone(),
        title: p.content.title.clone(),
        state: p.state.code().to_owned(),
        version: p.version,
        content: to_json(&p.content)?,
        created_at: naive(now),
        created_by: by.to_owned(),
    };
    diesel::insert_into(programmes::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves content and state; `p.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save(tx: &mut Tx<'_>, p: &Programme) -> Result<(), AppError> {
    one(diesel::update(programmes::table)
        .filter(programmes::id.eq(&p.id))
        .filter(programmes::version.eq(p.version))
        .set((
            programmes::title.eq(&p.content.title),
            programmes::state.eq(p.state.code()),
            programmes::content.eq(to_json(&p.content)?),
            programmes::version.eq(p.version + 1),
        ))
        .execute(tx.conn()))
}
