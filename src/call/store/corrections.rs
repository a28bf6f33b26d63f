//! Rows of corrected answers: the earlier texts, which never change.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::call::model::AnswerCorrection;
use crate::error::AppError;
use crate::store::schema::{answer_corrections, call_questions, calls};
use crate::store::{CallId, CorrectionId, QuestionId, Read, Tx, instant, naive};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = answer_corrections)]
struct Row {
    id: CorrectionId,
    question_id: QuestionId,
    no: i64,
    before_text: String,
    since: NaiveDateTime,
    reason: String,
    corrected_at: NaiveDateTime,
    corrected_by: String,
}

impl Row {
    fn correction(self) -> AnswerCorrection {
        AnswerCorrection {
            id: self.id,
            question: self.question_id,
            no: self.no,
            before: self.before_text,
            since: instant(self.since),
            reason: self.reason,
            at: instant(self.corrected_at),
            by: self.corrected_by,
        }
    }
}

/// The corrections of one answer, the first one first.
///
/// # Errors
/// Those of the database.
pub fn of_question(r: &mut Read<'_>, question: &QuestionId) -> Result<Vec<AnswerCorrection>, AppError> {
    let rows: Vec<Row> = answer_corrections::table
        .filter(answer_corrections::question_id.eq(question))
        .order(answer_corrections::no)
        .select(Row::as_select())
        .load(r.conn())?;
    Ok(rows.into_iter().map(Row::correction).collect())
}

/// The corrections of all answers of a call, of each answer the first one first.
///
/// # Errors
/// Those of the database.
pub fn of_call(r: &mut Read<'_>, call: &CallId) -> Result<Vec<AnswerCorrection>, AppError> {
    let rows: Vec<Row> = answer_corrections::table
        .inner_join(call_questions::table)
        .filter(call_questions::call_id.eq(call))
        .order((answer_corrections::question_id, answer_corrections::no))
        .select(Row::as_select())
        .load(r.conn())?;
    Ok(rows.into_iter().map(Row::correction).collect())
}

/// The newest corrections of all public calls.
///
/// # Errors
/// Those of the database.
pub fn newest(r: &mut Read<'_>, limit: i64) -> Result<Vec<AnswerCorrection>, AppError> {
    let rows: Vec<Row> = answer_corrections::table
        .inner_join(call_questions::table.inner_join(calls::table))
        .filter(calls::test.eq(false))
        .order((answer_corrections::corrected_at.desc(), answer_corrections::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .load(r.conn())?;
    Ok(rows.into_iter().map(Row::correction).collect())
}

/// Keeps an earlier answer for good.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, c: &AnswerCorrection) -> Result<(), AppError> {
    let row = Row {
        id: c.id.clone(),
        question_id: c.question.clone(),
        no: c.no,
        before_text: c.before.clone(),
        since: naive(c.since),
        reason: c.reason.clone(),
        corrected_at: naive(c.at),
        corrected_by: c.by.clone(),
    };
    diesel::insert_into(answer_corrections::table).values(&row).execute(tx.conn())?;
    Ok(())
}
