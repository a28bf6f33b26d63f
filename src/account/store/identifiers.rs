//! Organisations by their numbers, and whether these stand in a submitted offer.

use diesel::dsl::{exists, select};
use diesel::prelude::*;

use super::OrgRow;
use crate::account::content::Organisation;
use crate::error::AppError;
use crate::law::Nip;
use crate::store::schema::{offer_partners, offers, organisations};
use crate::store::{OrgId, Read};

/// States of partners whose numbers a joint offer froze.
const TAKES_PART: [&str; 2] = ["invited", "confirmed"];

/// Whether an offer of the organisation, alone or with others, was ever submitted; also one that was withdrawn.
///
/// # Errors
/// Those of the database.
pub fn has_filed(r: &mut Read<'_>, org: &OrgId) -> Result<bool, AppError> {
    let own = offers::table.filter(offers::org_id.eq(org)).filter(offers::frozen_no.gt(0));
    let joint = offer_partners::table
        .inner_join(offers::table)
        .filter(offer_partners::org_id.eq(org))
        .filter(offer_partners::state.eq_any(TAKES_PART))
        .filter(offers::frozen_no.gt(0));
    Ok(select(exists(own).or(exists(joint))).get_result(r.conn())?)
}

/// The organisation that has this NIP.
///
/// # Errors
/// Those of the database.
pub fn by_nip(r: &mut Read<'_>, nip: &Nip) -> Result<Option<Organisation>, AppError> {
    let found = organisations::table.filter(organisations::nip.eq(nip.as_str())).select(OrgRow::as_select());
    found.first::<OrgRow>(r.conn()).optional()?.map(OrgRow::organisation).transpose()
}

/// Id, name, NIP and KRS.
pub type Registered = (OrgId, String, String, Option<String>);

/// How many organisations registered themselves.
///
/// # Errors
/// Those of the database.
pub fn registered_count(r: &mut Read<'_>) -> Result<i64, AppError> {
    Ok(organisations::table.filter(organisations::test.eq(false)).count().get_result(r.conn())?)
}

/// Every organisation that registered itself, or with `test` the sample organisations of rehearsals: what a list shows.
///
/// # Errors
/// Those of the database.
pub fn of_kind(r: &mut Read<'_>, test: bool) -> Result<Vec<Registered>, AppError> {
    Ok(organisations::table
        .filter(organisations::test.eq(test))
        .order((organisations::name, organisations::id))
        .limit(5000)
        .select((organisations::id, organisations::name, organisations::nip, organisations::krs))
        .load(r.conn())?)
}
