//! Rows of who is in which part of an offer; they come and go.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::both;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::presence::Present;
use crate::store::schema::{offer_presence, people};
use crate::store::{OfferId, PersonId, Read, Tx, instant, naive};

type Row = (String, PersonId, String, NaiveDateTime);

/// Everybody seen after `since`.
///
/// # Errors
/// Those of the database.
pub fn after(r: &mut Read<'_>, offer: &OfferId, since: Instant) -> Result<Vec<Present>, AppError> {
    let rows: Vec<Row> = offer_presence::table
        .inner_join(people::table)
        .filter(offer_presence::offer_id.eq(offer))
        .filter(offer_presence::seen.gt(naive(since)))
        .order((offer_presence::since, offer_presence::person_id))
        .limit(200)
        .select((offer_presence::section, offer_presence::person_id, people::name, offer_presence::since))
        .load(r.conn())?;
    let present = |(section, person, name, since): Row| Present { section, person, name, since: instant(since) };
    Ok(rows.into_iter().map(present).collect())
}

/// Removes whoever was not seen after `since`, in any offer.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx<'_>, since: Instant) -> Result<(), AppError> {
    diesel::delete(offer_presence::table.filter(offer_presence::seen.le(naive(since)))).execute(tx.conn())?;
    Ok(())
}

/// Removes everybody.
///
/// # Errors
/// Those of the database.
pub fn clear(tx: &mut Tx<'_>, offer: &OfferId) -> Result<(), AppError> {
    diesel::delete(offer_presence::table.filter(offer_presence::offer_id.eq(offer))).execute(tx.conn())?;
    Ok(())
}

/// Somebody is there now; since when is kept while they stay.
///
/// # Errors
/// Those of the database.
pub fn mark(tx: &mut Tx<'_>, offer: &OfferId, section: &str, person: &PersonId, now: Instant) -> Result<(), AppError> {
    let seen = diesel::update(offer_presence::table)
        .filter(offer_presence::offer_id.eq(offer))
        .filter(offer_presence::section.eq(section))
        .filter(offer_presence::person_id.eq(person))
        .set(offer_presence::seen.eq(naive(now)))
        .execute(tx.conn())?;
    if seen > 0 {
        return Ok(());
    }
    let row = (
        offer_presence::offer_id.eq(offer),
        offer_presence::section.eq(section),
        offer_presence::person_id.eq(person),
        offer_presence::since.eq(naive(now)),
        offer_presence::seen.eq(naive(now)),
    );
    // Two tabs may come at once: MultiConnection has no ON CONFLICT, both backends do.
    both!(tx.conn(), |c| diesel::insert_into(offer_presence::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}
