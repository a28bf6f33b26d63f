//! The secret link of a person's calendar; its token is kept as its hash only.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::both;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{calendar_links, people};
use crate::store::{PersonId, Read, Tx, instant, naive};

/// When a person's link was made, if there is one.
///
/// # Errors
/// Those of the database.
pub fn made_at(r: &mut Read<'_>, person: &PersonId) -> Result<Option<Instant>, AppError> {
    let at: Option<NaiveDateTime> = calendar_links::table
        .filter(calendar_links::person_id.eq(person))
        .select(calendar_links::created_at)
        .first(r.conn())
        .optional()?;
    Ok(at.map(instant))
}

/// Whose link has a token with this hash; an account that was closed has none.
///
/// # Errors
/// `NotFound` when there is none.
pub fn owner(r: &mut Read<'_>, hash: &str) -> Result<PersonId, AppError> {
    let id: Option<PersonId> = calendar_links::table
        .inner_join(people::table)
        .filter(calendar_links::token_hash.eq(hash))
        .filter(people::active.eq(true))
        .select(people::id)
        .first(r.conn())
        .optional()?;
    id.ok_or(AppError::NotFound)
}

/// Keeps the link of a person; an earlier one stops working.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &mut Tx<'_>, person: &PersonId, hash: &str, now: Instant) -> Result<(), AppError> {
    let row = (
        calendar_links::person_id.eq(person),
        calendar_links::token_hash.eq(hash),
        calendar_links::created_at.eq(naive(now)),
    );
    let new = (calendar_links::token_hash.eq(hash), calendar_links::created_at.eq(naive(now)));
    // Portable upsert: MultiConnection has no ON CONFLICT, both backends do.
    both!(tx.conn(), |c| diesel::insert_into(calendar_links::table)
        .values(row)
        .on_conflict(calendar_links::person_id)
        .do_update()
        .set(new)
        .execute(c))?;
    Ok(())
}

/// Takes the link of a person away; says whether there was one.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Tx<'_>, person: &PersonId) -> Result<bool, AppError> {
    let gone = diesel::delete(calendar_links::table.filter(calendar_links::person_id.eq(person))).execute(tx.conn())?;
    Ok(gone > 0)
}
