//! Rows of questions. The token of a link is kept as its hash only.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::call::model::{Question, QuestionState};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{call_questions, calls};
use crate::store::{CallId, PersonId, QuestionId, Read, Tx, instant, naive, one};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = call_questions, treat_none_as_default_value = false)]
struct Row {
    id: QuestionId,
    call_id: CallId,
    no: Option<i64>,
    state: String,
    version: i64,
    question: String,
    shown: String,
    answer: String,
    email: String,
    person_id: Option<PersonId>,
    token_hash: Option<String>,
    asked_at: NaiveDateTime,
    confirmed_at: Option<NaiveDateTime>,
    closed_at: Option<NaiveDateTime>,
    closed_by: String,
}

fn question(row: Row) -> Result<Question, AppError> {
    let state = QuestionState::parse(&row.state)
        .ok_or_else(|| AppError::internal(format!("call_questions.state: {}", row.state)))?;
    Ok(Question {
        id: row.id,
        call: row.call_id,
        no: row.no,
        state,
        version: row.version,
        text: row.question,
        shown: row.shown,
        answer: row.answer,
        email: row.email,
        person: row.person_id,
        asked_at: instant(row.asked_at),
        confirmed_at: row.confirmed_at.map(instant),
        closed_at: row.closed_at.map(instant),
        closed_by: row.closed_by,
    })
}

/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Read<'_>, id: &QuestionId) -> Result<Question, AppError> {
    let found = call_questions::table.filter(call_questions::id.eq(id)).select(Row::as_select()).first(r.conn());
    question(found.optional()?.ok_or(AppError::NotFound)?)
}

/// The question whose link carries the token with this hash.
///
/// # Errors
/// `NotFound` when there is none.
pub fn by_token(r: &mut Read<'_>, hash: &str) -> Result<Question, AppError> {
    let found =
        call_questions::table.filter(call_questions::token_hash.eq(hash)).select(Row::as_select()).first(r.conn());
    question(found.optional()?.ok_or(AppError::NotFound)?)
}

/// What the office sees: every confirmed question, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of_call(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Question>, AppError> {
    let rows: Vec<Row> = call_questions::table
        .filter(call_questions::call_id.eq(call))
        .filter(call_questions::state.ne(QuestionState::Unconfirmed.code()))
        .order(call_questions::id)
        .limit(2000)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(question).collect()
}

/// What everyone sees: the answered questions in the order of their numbers.
///
/// # Errors
/// Those of the database.
pub fn answered(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Question>, AppError> {
    let rows: Vec<Row> = call_questions::table
        .filter(call_questions::call_id.eq(call))
        .filter(call_questions::state.eq(QuestionState::Answered.code()))
        .order((call_questions::no, call_questions::id))
        .limit(2000)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(question).collect()
}

/// The newest answers of all public calls.
///
/// # Errors
/// Those of the database.
pub fn newest_answers(r: &mut Read<'_>, limit: i64) -> Result<Vec<Question>, AppError> {
    let rows: Vec<Row> = call_questions::table
        .inner_join(calls::table)
        .filter(call_questions::state.eq(QuestionState::Answered.code()))
        .filter(calls::test.eq(false))
        .order((call_questions::closed_at.desc(), call_questions::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(question).collect()
}

/// These questions, in no order.
///
/// # Errors
/// Those of the database.
pub fn by_ids(r: &mut Read<'_>, ids: &[QuestionId]) -> Result<Vec<Question>, AppError> {
    let rows: Vec<Row> =
        call_questions::table.filter(call_questions::id.eq_any(ids)).select(Row::as_select()).load(r.conn())?;
    rows.into_iter().map(question).collect()
}

/// How many questions of each call wait for an answer.
///
/// # Errors
/// Those of the database.
pub fn waiting_counts(r: &mut Read<'_>) -> Result<BTreeMap<CallId, i64>, AppError> {
    let ids: Vec<CallId> = call_questions::table
        .filter(call_questions::state.eq(QuestionState::Asked.code()))
        .limit(10_000)
        .select(call_questions::call_id)
        .load(r.conn())?;
    let mut out = BTreeMap::new();
    for id in ids {
        *out.entry(id).or_insert(0) += 1;
    }
    Ok(out)
}

/// When each question of a call was asked that waits for an answer, oldest first.
///
/// # Errors
/// Those of the database.
pub fn waiting_since(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Instant>, AppError> {
    let at: Vec<NaiveDateTime> = call_questions::table
        .filter(call_questions::call_id.eq(call))
        .filter(call_questions::state.eq(QuestionState::Asked.code()))
        .order(call_questions::asked_at)
        .limit(2000)
        .select(call_questions::asked_at)
        .load(r.conn())?;
    Ok(at.into_iter().map(instant).collect())
}

/// The same question of the same address, when it is not answered yet.
///
/// # Errors
/// Those of the database.
pub fn same(r: &mut Read<'_>, call: &CallId, email: &str, text: &str) -> Result<Option<Question>, AppError> {
    let row: Option<Row> = call_questions::table
        .filter(call_questions::call_id.eq(call))
        .filter(call_questions::email.eq(email))
        .filter(call_questions::question.eq(text))
        .filter(call_questions::closed_at.is_null())
        .select(Row::as_select())
        .first(r.conn())
        .optional()?;
    row.map(question).transpose()
}

/// How many questions a person has asked in a call since `since`.
///
/// # Errors
/// Those of the database.
pub fn asked_by_person(r: &mut Read<'_>, call: &CallId, who: &PersonId, since: Instant) -> Result<i64, AppError> {
    let own = call_questions::table.filter(call_questions::call_id.eq(call)).filter(call_questions::person_id.eq(who));
    Ok(own.filter(call_questions::asked_at.gt(naive(since))).count().get_result(r.conn())?)
}

/// How many questions were asked without an account under an address since `since`: those whose address was
/// confirmed, and those that wait for it.
///
/// # Errors
/// Those of the database.
pub fn asked_under(r: &mut Read<'_>, call: &CallId, email: &str, since: Instant) -> Result<(i64, i64), AppError> {
    let confirmed: Vec<bool> = call_questions::table
        .filter(call_questions::call_id.eq(call))
        .filter(call_questions::email.eq(email))
        .filter(call_questions::person_id.is_null())
        .filter(call_questions::asked_at.gt(naive(since)))
        .select(call_questions::confirmed_at.is_not_null())
        .load(r.conn())?;
    let count = |kind: bool| i64::try_from(confirmed.iter().filter(|c| **c == kind).count()).unwrap_or(i64::MAX);
    Ok((count(true), count(false)))
}

/// Makes two askers of one call come one after the other.
///
/// # Errors
/// `Stale` when there is no such call.
pub fn hold(tx: &mut Tx<'_>, call: &CallId) -> Result<(), AppError> {
    one(diesel::update(calls::table.filter(calls::id.eq(call)))
        .set(calls::version.eq(calls::version))
        .execute(tx.conn()))
}

/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, q: &Question, token_hash: Option<String>) -> Result<(), AppError> {
    let row = Row {
        id: q.id.clone(),
        call_id: q.call.clone(),
        no: q.no,
        state: q.state.code().to_owned(),
        version: q.version,
        question: q.text.clone(),
        shown: q.shown.clone(),
        answer: q.answer.clone(),
        email: q.email.clone(),
        person_id: q.person.clone(),
        token_hash,
        asked_at: naive(q.asked_at),
        confirmed_at: q.confirmed_at.map(naive),
        closed_at: q.closed_at.map(naive),
        closed_by: q.closed_by.clone(),
    };
    diesel::insert_into(call_questions::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves what may change; `q.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save(tx: &mut Tx<'_>, q: &Question) -> Result<(), AppError> {
    one(diesel::update(call_questions::table)
        .filter(call_questions::id.eq(&q.id))
        .filter(call_questions::version.eq(q.version))
        .set((
            call_questions::no.eq(q.no),
            call_questions::state.eq(q.state.code()),
            call_questions::shown.eq(&q.shown),
            call_questions::answer.eq(&q.answer),
            call_questions::confirmed_at.eq(q.confirmed_at.map(naive)),
            call_questions::closed_at.eq(q.closed_at.map(naive)),
            call_questions::closed_by.eq(&q.closed_by),
            call_questions::version.eq(q.version + 1),
        ))
        .execute(tx.conn()))
}

/// The questions that were asked up to `until` and whose address nobody confirmed.
///
/// # Errors
/// Those of the database.
pub fn unconfirmed(r: &mut Read<'_>, until: Instant) -> Result<Vec<Question>, AppError> {
    let rows: Vec<Row> = call_questions::table
        .filter(call_questions::state.eq(QuestionState::Unconfirmed.code()))
        .filter(call_questions::asked_at.le(naive(until)))
        .order(call_questions::id)
        .limit(1000)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(question).collect()
}

/// Deletes a question, unless its address was confirmed meanwhile.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx<'_>, id: &QuestionId) -> Result<bool, AppError> {
    let gone = call_questions::table
        .filter(call_questions::id.eq(id))
        .filter(call_questions::state.eq(QuestionState::Unconfirmed.code()));
    Ok(diesel::delete(gone).execute(tx.conn())? == 1)
}
