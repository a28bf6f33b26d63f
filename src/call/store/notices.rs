//! Rows of what became known of the three places after a publication.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::model::{Notice, NoticeKind, Place};
use crate::error::AppError;
use crate::store::schema::call_notices;
use crate::store::{CallId, DocumentId, NoticeId, Read, Tx, instant, naive};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = call_notices, treat_none_as_default_value = false)]
struct Row {
    id: NoticeId,
    call_id: CallId,
    version_no: i64,
    place: String,
    kind: String,
    happened_at: NaiveDateTime,
    done_by: String,
    evidence: String,
    document_id: Option<DocumentId>,
    recorded_at: NaiveDateTime,
    recorded_by: String,
}

impl Row {
    fn notice(self) -> Result<Notice, AppError> {
        let wrong = |what: &str| AppError::internal(format!("call_notices: {what}"));
        Ok(Notice {
            place: Place::parse(&self.place).ok_or_else(|| wrong(&self.place))?,
            kind: NoticeKind::parse(&self.kind).ok_or_else(|| wrong(&self.kind))?,
            id: self.id,
            call: self.call_id,
            no: self.version_no,
            at: instant(self.happened_at),
            by: self.done_by,
            evidence: self.evidence,
            document: self.document_id,
            recorded_at: instant(self.recorded_at),
            recorded_by: self.recorded_by,
        })
    }
}

/// The facts about one call, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of_call(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Notice>, AppError> {
    let rows: Vec<Row> = call_notices::table
        .filter(call_notices::call_id.eq(call))
        .order((call_notices::recorded_at, call_notices::id))
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(Row::notice).collect()
}

/// Keeps a fact for good.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, n: &Notice) -> Result<(), AppError> {
    let row = Row {
        id: n.id.clone(),
        call_id: n.call.clone(),
        version_no: n.no,
        place: n.place.code().to_owned(),
        kind: n.kind.code().to_owned(),
        happened_at: naive(n.at),
        done_by: n.by.clone(),
        evidence: n.evidence.clone(),
        document_id: n.document.clone(),
        recorded_at: naive(n.recorded_at),
        recorded_by: n.recorded_by.clone(),
    };
    diesel::insert_into(call_notices::table).values(&row).execute(tx.conn())?;
    Ok(())
}
