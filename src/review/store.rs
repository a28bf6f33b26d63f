//! Rows of formal checks, seats and score cards.

pub mod summonses;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Declared, FormalAnswer, FormalCheck, FormalOutcome, Score, Seat, SeatKind, Side};
use crate::both;
use crate::error::AppError;
use crate::store::schema::{formal_checks, people, scores, seats};
use crate::store::{CallId, OfferId, PersonId, Read, ScoreId, SeatId, Tx, instant, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = formal_checks, treat_none_as_default_value = false)]
struct CheckRow {
    offer_id: OfferId,
    call_id: CallId,
    content: String,
    outcome: String,
    version: i64,
    decided_at: NaiveDateTime,
    decided_by: String,
}

impl CheckRow {
    fn check(self) -> Result<FormalCheck, AppError> {
        let outcome = FormalOutcome::parse(&self.outcome)
            .ok_or_else(|| AppError::internal(format!("formal_checks.outcome: {}", self.outcome)))?;
        let answers: Vec<FormalAnswer> = parse_json(&self.content)?;
        Ok(FormalCheck {
            offer: self.offer_id,
            call: self.call_id,
            answers,
            outcome,
            version: self.version,
            decided_at: instant(self.decided_at),
            decided_by: self.decided_by,
        })
    }
}

/// The formal checks of a call.
///
/// # Errors
/// Those of the database.
pub fn checks(r: &mut Read<'_>, call: &CallId) -> Result<Vec<FormalCheck>, AppError> {
    let rows: Vec<CheckRow> =
        formal_checks::table.filter(formal_checks::call_id.eq(call)).select(CheckRow::as_select()).load(r.conn())?;
    rows.into_iter().map(CheckRow::check).collect()
}

/// The formal check of one offer, if it was made.
///
/// # Errors
/// Those of the database.
pub fn check_of(r: &mut Read<'_>, offer: &OfferId) -> Result<Option<FormalCheck>, AppError> {
    let row: Option<CheckRow> = formal_checks::table
        .filter(formal_checks::offer_id.eq(offer))
        .select(CheckRow::as_select())
        .first(r.conn())
        .optional()?;
    row.map(CheckRow::check).transpose()
}

/// Keeps the check of an offer, in place of an earlier one.
///
/// # Errors
/// Those of the database.
pub fn put_check(tx: &mut Tx<'_>, c: &FormalCheck) -> Result<(), AppError> {
    let row = CheckRow {
        offer_id: c.offer.clone(),
        call_id: c.call.clone(),
        content: to_json(&c.answers)?,
        outcome: c.outcome.code().to_owned(),
        version: c.version,
        decided_at: naive(c.decided_at),
        decided_by: c.decided_by.clone(),
    };
    // Portable upsert: MultiConnection has no ON CONFLICT, both backends do.
    both!(tx.conn(), |c| diesel::insert_into(formal_checks::table)
        .values(&row)
        .on_conflict(formal_checks::offer_id)
        .do_update()
        .set(&row)
        .execute(c))?;
    Ok(())
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = seats, treat_none_as_default_value = false)]
struct SeatRow {
    id: SeatId,
    call_id: CallId,
    person_id: PersonId,
    kind: String,
    side: String,
    indicated_by: String,
    declared_at: Option<NaiveDateTime>,
    declaration: Option<String>,
    statement: String,
    version: i64,
}

fn seat((row, person_name): (SeatRow, String)) -> Result<Seat, AppError> {
    let bad = |what: &str, text: &str| AppError::internal(format!("seats.{what}: {text}"));
    let declared = match (&row.declaration, row.declared_at) {
        (Some(text), Some(at)) => Some((Declared::parse(text).ok_or_else(|| bad("declaration", text))?, instant(at))),
        _ => None,
    };
    Ok(Seat {
        kind: SeatKind::parse(&row.kind).ok_or_else(|| bad("kind", &row.kind))?,
        side: Side::parse(&row.side).ok_or_else(|| bad("side", &row.side))?,
        id: row.id,
        call: row.call_id,
        person: row.person_id,
        person_name,
        indicated_by: row.indicated_by,
        declared,
        statement: row.statement,
        version: row.version,
    })
}

/// The committee of a call.
///
/// # Errors
/// Those of the database.
pub fn seats_of(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Seat>, AppError> {
    let rows: Vec<(SeatRow, String)> = seats::table
        .inner_join(people::table)
        .filter(seats::call_id.eq(call))
        .order(seats::id)
        .select((SeatRow::as_select(), people::name))
        .load(r.conn())?;
    rows.into_iter().map(seat).collect()
}

/// The seat of a person in a call.
///
/// # Errors
/// Those of the database.
pub fn seat_of(r: &mut Read<'_>, call: &CallId, person: &PersonId) -> Result<Option<Seat>, AppError> {
    let row: Option<(SeatRow, String)> = seats::table
        .inner_join(people::table)
        .filter(seats::call_id.eq(call))
        .filter(seats::person_id.eq(person))
        .select((SeatRow::as_select(), people::name))
        .first(r.conn())
        .optional()?;
    row.map(seat).transpose()
}

/// The seats of a person, newest first.
///
/// # Errors
/// Those of the database.
pub fn seats_of_person(r: &mut Read<'_>, person: &PersonId) -> Result<Vec<Seat>, AppError> {
    let rows: Vec<(SeatRow, String)> = seats::table
        .inner_join(people::table)
        .filter(seats::person_id.eq(person))
        .order(seats::id.desc())
        .limit(200)
        .select((SeatRow::as_select(), people::name))
        .load(r.conn())?;
    rows.into_iter().map(seat).collect()
}

/// # Errors
/// `Taken` when the person sits in this committee already.
pub fn insert_seat(tx: &mut Tx<'_>, s: &Seat) -> Result<(), AppError> {
    let row = SeatRow {
        id: s.id.clone(),
        call_id: s.call.clone(),
        person_id: s.person.clone(),
        kind: s.kind.code().to_owned(),
        side: s.side.code().to_owned(),
        indicated_by: s.indicated_by.clone(),
        declared_at: s.declared.map(|(_, at)| naive(at)),
        declaration: s.declared.map(|(d, _)| d.code().to_owned()),
        statement: s.statement.clone(),
        version: s.version,
    };
    diesel::insert_into(seats::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves the declaration of a seat; `s.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save_seat(tx: &mut Tx<'_>, s: &Seat) -> Result<(), AppError> {
    one(diesel::update(seats::table)
        .filter(seats::id.eq(&s.id))
        .filter(seats::version.eq(s.version))
        .set((
            seats::declared_at.eq(s.declared.map(|(_, at)| naive(at))),
            seats::declaration.eq(s.declared.map(|(d, _)| d.code())),
            seats::statement.eq(&s.statement),
            seats::version.eq(s.version + 1),
        ))
        .execute(tx.conn()))
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = scores, treat_none_as_default_value = false)]
struct ScoreRow {
    id: ScoreId,
    offer_id: OfferId,
    seat_id: SeatId,
    call_id: CallId,
    total: i64,
    content: String,
    sealed_at: Option<NaiveDateTime>,
    version: i64,
}

impl ScoreRow {
    fn score(self) -> Result<Score, AppError> {
        Ok(Score {
            items: parse_json(&self.content)?,
            total: u32::try_from(self.total).map_err(|e| AppError::Internal(Box::new(e)))?,
            id: self.id,
            offer: self.offer_id,
            seat: self.seat_id,
            call: self.call_id,
            sealed_at: self.sealed_at.map(instant),
            version: self.version,
        })
    }
}

/// Every score card of a call. What a reader may see of it is decided by the caller.
///
/// # Errors
/// Those of the database.
pub fn scores_of(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Score>, AppError> {
    let rows: Vec<ScoreRow> = scores::table
        .filter(scores::call_id.eq(call))
        .order(scores::id)
        .select(ScoreRow::as_select())
        .load(r.conn())?;
    rows.into_iter().map(ScoreRow::score).collect()
}

/// The card of one seat for one offer.
///
/// # Errors
/// Those of the database.
pub fn score_of(r: &mut Read<'_>, offer: &OfferId, seat: &SeatId) -> Result<Option<Score>, AppError> {
    let row: Option<ScoreRow> = scores::table
        .filter(scores::offer_id.eq(offer))
        .filter(scores::seat_id.eq(seat))
        .select(ScoreRow::as_select())
        .first(r.conn())
        .optional()?;
    row.map(ScoreRow::score).transpose()
}

/// # Errors
/// `Taken` when the card is there already.
pub fn insert_score(tx: &mut Tx<'_>, s: &Score) -> Result<(), AppError> {
    let row = ScoreRow {
        id: s.id.clone(),
        offer_id: s.offer.clone(),
        seat_id: s.seat.clone(),
        call_id: s.call.clone(),
        total: i64::from(s.total),
        content: to_json(&s.items)?,
        sealed_at: s.sealed_at.map(naive),
        version: s.version,
    };
    diesel::insert_into(scores::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves an unsealed card; `s.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when it was saved or sealed meanwhile.
pub fn save_score(tx: &mut Tx<'_>, s: &Score) -> Result<(), AppError> {
    one(diesel::update(scores::table)
        .filter(scores::id.eq(&s.id))
        .filter(scores::version.eq(s.version))
        .filter(scores::sealed_at.is_null())
        .set((
            scores::total.eq(i64::from(s.total)),
            scores::content.eq(to_json(&s.items)?),
            scores::sealed_at.eq(s.sealed_at.map(naive)),
            scores::version.eq(s.version + 1),
        ))
        .execute(tx.conn()))
}
