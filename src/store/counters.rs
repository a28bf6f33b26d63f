//! Human numbers: one counter a name, counted up inside the transaction that uses it.

use diesel::prelude::*;

use super::schema::counters;
use super::{Tx, one};
use crate::both;
use crate::error::AppError;

/// The next number of `name`, from 1. The row stays locked until the transaction
/// ends, so no number is given twice and none is lost by a rollback.
///
/// # Errors
/// Those of the database.
pub fn next(tx: &mut Tx<'_>, name: &str) -> Result<i64, AppError> {
    // Portable upsert: MultiConnection has no ON CONFLICT, both backends do.
    let row = (counters::name.eq(name), counters::value.eq(0_i64));
    both!(tx.conn(), |c| diesel::insert_into(counters::table)
        .values(row)
        .on_conflict(counters::name)
        .do_nothing()
        .execute(c))?;
    one(diesel::update(counters::table.filter(counters::name.eq(name)))
        .set(counters::value.eq(counters::value + 1))
        .execute(tx.conn()))?;
    Ok(counters::table.filter(counters::name.eq(name)).select(counters::value).first(tx.conn())?)
}
