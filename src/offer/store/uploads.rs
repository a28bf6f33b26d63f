//! Rows of files that are still on their way.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::error::AppError;
use crate::offer::pieces::Unfinished;
use crate::store::schema::{offer_uploads, offers, people};
use crate::store::{OfferId, OrgId, PersonId, Read, Tx, UploadId, instant, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = offer_uploads)]
struct Row {
    id: UploadId,
    offer_id: OfferId,
    ask_key: String,
    person_id: PersonId,
    name: String,
    size: i64,
    sha256: String,
    modified: i64,
    pieces: String,
    begun_at: NaiveDateTime,
    touched_at: NaiveDateTime,
    version: i64,
}

impl Row {
    fn unfinished(self) -> Result<Unfinished, AppError> {
        Ok(Unfinished {
            pieces: parse_json(&self.pieces)?,
            id: self.id,
            offer: self.offer_id,
            key: self.ask_key,
            person: self.person_id,
            name: self.name,
            size: self.size,
            sha256: self.sha256,
            modified: self.modified,
            begun_at: instant(self.begun_at),
            touched_at: instant(self.touched_at),
            version: self.version,
        })
    }
}

/// # Errors
/// Those of the database.
pub fn find(r: &mut Read<'_>, id: &UploadId) -> Result<Option<Unfinished>, AppError> {
    let row: Option<Row> =
        offer_uploads::table.filter(offer_uploads::id.eq(id)).select(Row::as_select()).first(r.conn()).optional()?;
    row.map(Row::unfinished).transpose()
}

/// What is on its way to an offer, each with the address of who sends it, the oldest first.
///
/// # Errors
/// Those of the database.
pub fn of_offer(r: &mut Read<'_>, offer: &OfferId) -> Result<Vec<(Unfinished, String)>, AppError> {
    let rows: Vec<(Row, String)> = offer_uploads::table
        .inner_join(people::table)
        .filter(offer_uploads::offer_id.eq(offer))
        .order((offer_uploads::begun_at, offer_uploads::id))
        .select((Row::as_select(), people::email))
        .load(r.conn())?;
    rows.into_iter().map(|(row, email)| Ok((row.unfinished()?, email))).collect()
}

/// What is on its way to any offer of an organisation.
///
/// # Errors
/// Those of the database.
pub fn of_organisation(r: &mut Read<'_>, org: &OrgId) -> Result<Vec<Unfinished>, AppError> {
    let rows: Vec<Row> = offer_uploads::table
        .inner_join(offers::table)
        .filter(offers::org_id.eq(org))
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(Row::unfinished).collect()
}

/// # Errors
/// `Taken` when this person sends another file to the same place.
pub fn insert(tx: &mut Tx<'_>, u: &Unfinished) -> Result<(), AppError> {
    let row = Row {
        id: u.id.clone(),
        offer_id: u.offer.clone(),
        ask_key: u.key.clone(),
        person_id: u.person.clone(),
        name: u.name.clone(),
        size: u.size,
        sha256: u.sha256.clone(),
        modified: u.modified,
        pieces: to_json(&u.pieces)?,
        begun_at: naive(u.begun_at),
        touched_at: naive(u.touched_at),
        version: u.version,
    };
    diesel::insert_into(offer_uploads::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves which pieces are here; `u.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when another piece came meanwhile.
pub fn save(tx: &mut Tx<'_>, u: &Unfinished) -> Result<(), AppError> {
    one(diesel::update(offer_uploads::table)
        .filter(offer_uploads::id.eq(&u.id))
        .filter(offer_uploads::version.eq(u.version))
        .set((
            offer_uploads::pieces.eq(to_json(&u.pieces)?),
            offer_uploads::touched_at.eq(naive(u.touched_at)),
            offer_uploads::version.eq(u.version + 1),
        ))
        .execute(tx.conn()))
}

/// # Errors
/// `Stale` when it changed, or went, meanwhile.
pub fn delete(tx: &mut Tx<'_>, u: &Unfinished) -> Result<(), AppError> {
    one(diesel::delete(offer_uploads::table)
        .filter(offer_uploads::id.eq(&u.id))
        .filter(offer_uploads::version.eq(u.version))
        .execute(tx.conn()))
}
