//! Rows of calls.

pub mod amendments;
pub mod corrections;
mod news;
pub mod notices;
pub mod outages;
pub mod questions;
pub mod search;
mod versions;

pub use news::{newest_amended, newest_public};
pub use versions::{freeze, unversioned, versions};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Call, CallContent, CallState, CancelFacts, Extension};
use crate::error::AppError;
use crate::law::{Instant, Money};
use crate::store::schema::{calls, formal_checks, offers, seats};
use crate::store::{CallId, PersonId, ProgrammeId, Read, Tx, instant, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = calls, treat_none_as_default_value = false)]
struct Row {
    id: CallId,
    programme_id: ProgrammeId,
    number: Option<String>,
    title: String,
    state: String,
    version: i64,
    rules_code: String,
    allocation: i64,
    content: String,
    terms_hash: Option<String>,
    announced_at: Option<NaiveDateTime>,
    deadline_at: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
    created_by: String,
    test: bool,
    search: String,
    opened_at: Option<NaiveDateTime>,
    extensions: Option<String>,
}

fn state_of(code: &str) -> Result<CallState, AppError> {
    CallState::parse(code).ok_or_else(|| AppError::internal(format!("calls.state: {code}")))
}

/// What the column says; the outline of an offer reads it without the rest of the row.
///
/// # Errors
/// `Internal` for what nobody wrote.
pub fn extensions_of(text: Option<&str>) -> Result<Vec<Extension>, AppError> {
    text.map_or_else(|| Ok(Vec::new()), parse_json)
}

fn extensions_text(extensions: &[Extension]) -> Result<Option<String>, AppError> {
    if extensions.is_empty() { Ok(None) } else { to_json(&extensions).map(Some) }
}

impl Row {
    fn call(self) -> Result<Call, AppError> {
        let state = state_of(&self.state)?;
        let content: CallContent = parse_json(&self.content)?;
        Ok(Call {
            id: self.id,
            programme: self.programme_id,
            number: self.number,
            state,
            version: self.version,
            content,
            terms_hash: self.terms_hash,
            announced_at: self.announced_at.map(instant),
            deadline_at: self.deadline_at.map(instant),
            opened_at: self.opened_at.map(instant),
            extensions: extensions_of(self.extensions.as_deref())?,
        })
    }
}

/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Read<'_>, id: &CallId) -> Result<Call, AppError> {
    let row: Option<Row> = calls::table.filter(calls::id.eq(id)).select(Row::as_select()).first(r.conn()).optional()?;
    row.ok_or(AppError::NotFound)?.call()
}

/// A call that is public: announced or later, and no rehearsal.
///
/// # Errors
/// `NotFound` for a draft and for a test call too.
pub fn find_public(r: &mut Read<'_>, id: &CallId) -> Result<Call, AppError> {
    let call = find(r, id)?;
    if call.state == CallState::Draft || call.content.test { Err(AppError::NotFound) } else { Ok(call) }
}

/// All calls, newest first; with `public_only` without drafts and test calls.
///
/// # Errors
/// Those of the database.
pub fn all(r: &mut Read<'_>, public_only: bool) -> Result<Vec<Call>, AppError> {
    let hidden = if public_only { CallState::Draft.code() } else { "" };
    let rows: Vec<Row> = calls::table
        .filter(calls::state.ne(hidden))
        .filter(calls::test.eq(false).or(calls::test.ne(public_only)))
        .order(calls::id.desc())
        .limit(500)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(Row::call).collect()
}

/// The public calls in whose committee a person sits, the newest first; not those of a declared conflict.
///
/// # Errors
/// Those of the database.
pub fn seated(r: &mut Read<'_>, person: &PersonId, limit: i64) -> Result<Vec<Call>, AppError> {
    let works = seats::declaration.is_null().or(seats::declaration.ne("conflict"));
    let rows: Vec<Row> = calls::table
        .inner_join(seats::table)
        .filter(seats::person_id.eq(person))
        .filter(works)
        .filter(calls::state.ne(CallState::Draft.code()))
        .filter(calls::test.eq(false))
        .order(calls::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(Row::call).collect()
}

/// Several calls at once.
///
/// # Errors
/// Those of the database.
pub fn by_ids(r: &mut Read<'_>, ids: &[CallId]) -> Result<Vec<Call>, AppError> {
    let mut out = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(1000) {
        let rows: Vec<Row> = calls::table.filter(calls::id.eq_any(chunk)).select(Row::as_select()).load(r.conn())?;
        for row in rows {
            out.push(row.call()?);
        }
    }
    Ok(out)
}

/// Drafts of a programme that `by` began and nobody has saved since, with the time they were begun, the newest first.
///
/// # Errors
/// Those of the database.
pub fn untouched(r: &mut Read<'_>, programme: &ProgrammeId, by: &str) -> Result<Vec<(Call, Instant)>, AppError> {
    let rows: Vec<Row> = calls::table
        .filter(calls::programme_id.eq(programme))
        .filter(calls::created_by.eq(by))
        .filter(calls::state.eq(CallState::Draft.code()))
        .filter(calls::version.eq(0))
        .filter(calls::number.is_null())
        .order(calls::id.desc())
        .select(Row::as_select())
        .load(r.conn())?;
    let begun = |row: Row| {
        let at = instant(row.created_at);
        Ok((row.call()?, at))
    };
    rows.into_iter().map(begun).collect()
}

/// Money of the other calls of a programme that were not cancelled; a test call promises none.
///
/// # Errors
/// Those of the database.
pub fn committed(r: &mut Read<'_>, programme: &ProgrammeId, except: Option<&CallId>) -> Result<Money, AppError> {
    let rows: Vec<(CallId, i64)> = calls::table
        .filter(calls::programme_id.eq(programme))
        .filter(calls::state.ne(CallState::Cancelled.code()))
        .filter(calls::test.eq(false))
        .select((calls::id, calls::allocation))
        .load(r.conn())?;
    let others = rows.into_iter().filter(|(id, _)| Some(id) != except).map(|(_, grosze)| Money::from_grosze(grosze));
    Money::sum(others).ok_or_else(|| AppError::internal("the money of the calls does not fit"))
}

/// How many offers were filed, and how many of them meet the requirements. Only counts: what an offer
/// says is the business of later stages.
///
/// # Errors
/// Those of the database.
pub fn cancel_facts(r: &mut Read<'_>, id: &CallId) -> Result<CancelFacts, AppError> {
    let filed = offers::table
        .filter(offers::call_id.eq(id))
        .filter(offers::state.ne_all(["draft", "withdrawn"]))
        .count()
        .get_result(r.conn())?;
    let outcomes: Vec<String> = formal_checks::table
        .inner_join(offers::table)
        .filter(formal_checks::call_id.eq(id))
        .filter(offers::state.ne_all(["draft", "withdrawn"]))
        // A call to supplement is the middle of a check.
        .filter(formal_checks::outcome.ne("to_supplement"))
        .select(formal_checks::outcome)
        .load(r.conn())?;
    let checked = i64::try_from(outcomes.len()).map_err(|e| AppError::Internal(Box::new(e)))?;
    let meets = outcomes.iter().filter(|outcome| outcome.as_str() == "meets").count();
    let compliant = if filed > 0 && checked >= filed { i64::try_from(meets).ok() } else { None };
    Ok(CancelFacts { filed, compliant })
}

/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, c: &Call, by: &str, now: Instant) -> Result<(), AppError> {
    let row = Row {
        id: c.id.clone(),
        programme_id: c.programme.clone(),
        number: c.number.clone(),
        title: c.content.title.clone(),
        state: c.state.code().to_owned(),
        version: c.version,
        rules_code: c.content.rules.code.clone(),
        allocation: c.content.elements.allocation.grosze(),
        content: to_json(&c.content)?,
        terms_hash: c.terms_hash.clone(),
        announced_at: c.announced_at.map(naive),
        deadline_at: c.deadline_at.map(naive),
        created_at: naive(now),
        created_by: by.to_owned(),
        test: c.content.test,
        search: c.search_text(),
        opened_at: c.opened_at.map(naive),
        extensions: extensions_text(&c.extensions)?,
    };
    diesel::insert_into(calls::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves everything of a call; `c.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save(tx: &mut Tx<'_>, c: &Call) -> Result<(), AppError> {
    one(diesel::update(calls::table)
        .filter(calls::id.eq(&c.id))
        .filter(calls::version.eq(c.version))
        .set((
            calls::number.eq(&c.number),
            calls::title.eq(&c.content.title),
            calls::state.eq(c.state.code()),
            calls::rules_code.eq(&c.content.rules.code),
            calls::allocation.eq(c.content.elements.allocation.grosze()),
            calls::content.eq(to_json(&c.content)?),
            calls::search.eq(c.search_text()),
            calls::terms_hash.eq(&c.terms_hash),
            calls::announced_at.eq(c.announced_at.map(naive)),
            calls::deadline_at.eq(c.deadline_at.map(naive)),
            calls::opened_at.eq(c.opened_at.map(naive)),
            calls::extensions.eq(extensions_text(&c.extensions)?),
            calls::version.eq(c.version + 1),
        ))
        .execute(tx.conn()))
}

/// Deletes a draft; `c.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved or announced it meanwhile.
pub fn delete(tx: &mut Tx<'_>, c: &Call) -> Result<(), AppError> {
    one(diesel::delete(calls::table)
        .filter(calls::id.eq(&c.id))
        .filter(calls::version.eq(c.version))
        .filter(calls::state.eq(CallState::Draft.code()))
        .execute(tx.conn()))
}
