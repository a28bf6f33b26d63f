//! Rows of changes of announcements, and who has to hear of them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::model::{Amendment, AmendmentState};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{call_amendments, call_versions, memberships, offer_partners, offers, people};
use crate::store::{AmendmentId, CallId, OrgId, Read, Tx, instant, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = call_amendments)]
struct Row {
    id: AmendmentId,
    call_id: CallId,
    state: String,
    version: i64,
    content: String,
    created_at: NaiveDateTime,
    created_by: String,
}

impl Row {
    fn amendment(self) -> Result<Amendment, AppError> {
        let state = AmendmentState::parse(&self.state)
            .ok_or_else(|| AppError::internal(format!("call_amendments.state: {}", self.state)))?;
        Ok(Amendment {
            id: self.id,
            call: self.call_id,
            state,
            version: self.version,
            content: parse_json(&self.content)?,
            created_at: instant(self.created_at),
            created_by: self.created_by,
        })
    }
}

/// The change of a call that is worked on, if there is one.
///
/// # Errors
/// Those of the database.
pub fn open_of(r: &mut Read<'_>, call: &CallId) -> Result<Option<Amendment>, AppError> {
    let row: Option<Row> = call_amendments::table
        .filter(call_amendments::call_id.eq(call))
        .filter(call_amendments::state.eq_any([AmendmentState::Draft.code(), AmendmentState::Proposed.code()]))
        .select(Row::as_select())
        .first(r.conn())
        .optional()?;
    row.map(Row::amendment).transpose()
}

/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Read<'_>, id: &AmendmentId) -> Result<Amendment, AppError> {
    let row: Option<Row> = call_amendments::table
        .filter(call_amendments::id.eq(id))
        .select(Row::as_select())
        .first(r.conn())
        .optional()?;
    row.ok_or(AppError::NotFound)?.amendment()
}

/// # Errors
/// `Taken` when somebody works on a change of this call already.
pub fn insert(tx: &mut Tx<'_>, a: &Amendment) -> Result<(), AppError> {
    let row = Row {
        id: a.id.clone(),
        call_id: a.call.clone(),
        state: a.state.code().to_owned(),
        version: a.version,
        content: to_json(&a.content)?,
        created_at: naive(a.created_at),
        created_by: a.created_by.clone(),
    };
    diesel::insert_into(call_amendments::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves state and content; `a.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save(tx: &mut Tx<'_>, a: &Amendment) -> Result<(), AppError> {
    one(diesel::update(call_amendments::table)
        .filter(call_amendments::id.eq(&a.id))
        .filter(call_amendments::version.eq(a.version))
        .set((
            call_amendments::state.eq(a.state.code()),
            call_amendments::content.eq(to_json(&a.content)?),
            call_amendments::version.eq(a.version + 1),
        ))
        .execute(tx.conn()))
}

/// The addresses of everyone whose organisation has an offer in a call, a draft too, or takes part in one as a
/// partner; each once, by address.
/// Who they are stays in the letters: before the deadline the office may learn how many, and no more.
///
/// # Errors
/// Those of the database.
pub fn concerned(r: &mut Read<'_>, call: &CallId) -> Result<Vec<String>, AppError> {
    let orgs: Vec<OrgId> = offers::table
        .filter(offers::call_id.eq(call))
        .filter(offers::state.ne("withdrawn"))
        .select(offers::org_id)
        .load(r.conn())?;
    let partners: Vec<Option<OrgId>> = offer_partners::table
        .inner_join(offers::table)
        .filter(offers::call_id.eq(call))
        .filter(offers::state.ne("withdrawn"))
        .filter(offer_partners::state.eq_any(["invited", "confirmed"]))
        .select(offer_partners::org_id)
        .load(r.conn())?;
    let orgs: Vec<OrgId> = orgs.into_iter().chain(partners.into_iter().flatten()).collect();
    let mut out: Vec<String> = Vec::new();
    for chunk in orgs.chunks(1000) {
        let some: Vec<String> = memberships::table
            .inner_join(people::table)
            .filter(memberships::org_id.eq_any(chunk))
            .filter(people::active.eq(true))
            .select(people::email)
            .load(r.conn())?;
        out.extend(some);
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// The number and the instant of the last change of an announcement, if it was changed.
///
/// # Errors
/// Those of the database.
pub fn last_change(r: &mut Read<'_>, call: &CallId) -> Result<Option<(i64, Instant)>, AppError> {
    let row: Option<(i64, NaiveDateTime)> = call_versions::table
        .filter(call_versions::call_id.eq(call))
        .filter(call_versions::no.gt(1))
        .order(call_versions::no.desc())
        .select((call_versions::no, call_versions::announced_at))
        .first(r.conn())
        .optional()?;
    Ok(row.map(|(no, at)| (no, instant(at))))
}
