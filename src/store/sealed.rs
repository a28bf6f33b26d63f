//! What nobody at the office may learn yet: who has an offer in a contest whose offers were not opened.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::schema::{calls, offers};
use super::{OfferId, Read};
use crate::error::AppError;

/// Those among some ids that are offers which were not opened; those of a contest cancelled before that stay so.
///
/// # Errors
/// Those of the database.
pub fn sealed_offers<'a>(r: &mut Read<'_>, ids: impl Iterator<Item = &'a str>) -> Result<BTreeSet<String>, AppError> {
    let ids: BTreeSet<OfferId> = ids.filter_map(OfferId::parse).collect();
    let sealed: Vec<OfferId> = offers::table
        .inner_join(calls::table)
        .filter(offers::id.eq_any(&ids))
        .filter(calls::opened_at.is_null())
        .select(offers::id)
        .load(r.conn())?;
    Ok(sealed.into_iter().map(|id| id.to_string()).collect())
}
