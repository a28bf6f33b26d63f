//! Human numbers: one counter a name, counted up inside the transaction that uses it.

use diesel::prelude::*;

use super::schema::counters;
use super::{Steady, Tx};
use crate::both;
use crate::error::AppError;

/// The next number of `name`, from 1. The row stays locked until the transaction
/// ends, so no number is given twice and none is lost by a rollback.
///
/// # Errors
/// Those of the database.
pub fn next(tx: &mut Tx<'_>, name: &str) -> Result<i64, AppError> {
    // MultiConnection has no ON CONFLICT, both backends do.
    let row = (counters::name.eq(name), counters::value.eq(1_i64));
    let value = both!(tx.conn(), |c| Steady(
        diesel::insert_into(counters::table)
            .values(row)
            .on_conflict(counters::name)
            .do_update()
            .set(counters::value.eq(counters::value + 1))
            .returning(counters::value)
    )
    .get_result(c))?;
    Ok(value)
}
