//! Rows of the partners of joint offers. Whoever was removed stays as a row.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::error::AppError;
use crate::offer::partner::{Partner, PartnerState};
use crate::store::schema::{offer_partners, organisations};
use crate::store::{OfferId, OrgId, PartnerId, Read, Tx, instant, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = offer_partners, treat_none_as_default_value = false)]
struct Row {
    id: PartnerId,
    offer_id: OfferId,
    org_id: Option<OrgId>,
    email: String,
    token_hash: String,
    state: String,
    version: i64,
    invited_at: NaiveDateTime,
    invited_by: String,
    answered_at: Option<NaiveDateTime>,
    answered_by: String,
    reason: String,
    confirmation: Option<String>,
}

fn partner(row: Row) -> Result<Partner, AppError> {
    let state = PartnerState::parse(&row.state)
        .ok_or_else(|| AppError::internal(format!("offer_partners.state: {}", row.state)))?;
    Ok(Partner {
        id: row.id,
        offer: row.offer_id,
        org: row.org_id,
        email: row.email,
        state,
        version: row.version,
        invited_at: instant(row.invited_at),
        invited_by: row.invited_by,
        answered_at: row.answered_at.map(instant),
        answered_by: row.answered_by,
        reason: row.reason,
        confirmation: row.confirmation.as_deref().map(parse_json).transpose()?,
    })
}

/// Everyone who was ever asked to join an offer, in the order of asking.
///
/// # Errors
/// Those of the database.
pub fn of_offer(r: &mut Read<'_>, offer: &OfferId) -> Result<Vec<Partner>, AppError> {
    let rows: Vec<Row> = offer_partners::table
        .filter(offer_partners::offer_id.eq(offer))
        .order(offer_partners::id)
        .limit(500)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(partner).collect()
}

/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Read<'_>, id: &PartnerId) -> Result<Partner, AppError> {
    let row: Option<Row> =
        offer_partners::table.filter(offer_partners::id.eq(id)).select(Row::as_select()).first(r.conn()).optional()?;
    partner(row.ok_or(AppError::NotFound)?)
}

/// The invitation behind a link.
///
/// # Errors
/// `NotFound` when there is none.
pub fn by_token(r: &mut Read<'_>, token_hash: &str) -> Result<Partner, AppError> {
    let row: Option<Row> = offer_partners::table
        .filter(offer_partners::token_hash.eq(token_hash))
        .filter(offer_partners::token_hash.ne(""))
        .select(Row::as_select())
        .first(r.conn())
        .optional()?;
    partner(row.ok_or(AppError::NotFound)?)
}

/// Whether one of `orgs` takes part in the offer.
///
/// # Errors
/// Those of the database.
pub fn takes_part(r: &mut Read<'_>, offer: &OfferId, orgs: &[OrgId]) -> Result<bool, AppError> {
    let count: i64 = offer_partners::table
        .filter(offer_partners::offer_id.eq(offer))
        .filter(offer_partners::org_id.eq_any(orgs))
        .filter(offer_partners::state.eq_any(TAKES_PART))
        .count()
        .get_result(r.conn())?;
    Ok(count > 0)
}

const TAKES_PART: [&str; 2] = ["invited", "confirmed"];

/// The offers in which one of `orgs` is a partner.
///
/// # Errors
/// Those of the database.
pub fn offers_of(r: &mut Read<'_>, orgs: &[OrgId]) -> Result<Vec<OfferId>, AppError> {
    Ok(offer_partners::table
        .filter(offer_partners::org_id.eq_any(orgs))
        .filter(offer_partners::state.eq_any(TAKES_PART))
        .order(offer_partners::offer_id.desc())
        .limit(500)
        .select(offer_partners::offer_id)
        .load(r.conn())?)
}

/// The organisation with this NIP, among the sample ones with `test`, else among the real ones.
///
/// # Errors
/// Those of the database.
pub fn org_with_nip(r: &mut Read<'_>, nip: &str, test: bool) -> Result<Option<OrgId>, AppError> {
    let of_kind = organisations::table.filter(organisations::test.eq(test));
    Ok(of_kind.filter(organisations::nip.eq(nip)).select(organisations::id).first(r.conn()).optional()?)
}

/// The organisations of that kind with this KRS number: as a rule one.
///
/// # Errors
/// Those of the database.
pub fn orgs_with_krs(r: &mut Read<'_>, krs: &str, test: bool) -> Result<Vec<OrgId>, AppError> {
    let of_kind = organisations::table.filter(organisations::test.eq(test));
    Ok(of_kind.filter(organisations::krs.eq(krs)).limit(2).select(organisations::id).load(r.conn())?)
}

/// Keeps an invitation; `token_hash` is empty where no link was sent.
///
/// # Errors
/// `Taken` when the organisation or the address was asked already.
pub fn insert(tx: &mut Tx<'_>, p: &Partner, token_hash: &str) -> Result<(), AppError> {
    let row = Row {
        id: p.id.clone(),
        offer_id: p.offer.clone(),
        org_id: p.org.clone(),
        email: p.email.clone(),
        token_hash: token_hash.to_owned(),
        state: p.state.code().to_owned(),
        version: p.version,
        invited_at: naive(p.invited_at),
        invited_by: p.invited_by.clone(),
        answered_at: p.answered_at.map(naive),
        answered_by: p.answered_by.clone(),
        reason: p.reason.clone(),
        confirmation: p.confirmation.as_ref().map(to_json).transpose()?,
    };
    diesel::insert_into(offer_partners::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Notes that the invitation was sent again, with a new link where it is one; `p.version` is the one the writer
/// saw, so that of two letters at once one goes.
///
/// # Errors
/// `Stale` when somebody else changed it meanwhile.
pub fn send_again(tx: &mut Tx<'_>, p: &Partner, token_hash: &str) -> Result<(), AppError> {
    one(diesel::update(offer_partners::table)
        .filter(offer_partners::id.eq(&p.id))
        .filter(offer_partners::version.eq(p.version))
        .set((
            offer_partners::token_hash.eq(token_hash),
            offer_partners::invited_at.eq(naive(p.invited_at)),
            offer_partners::invited_by.eq(&p.invited_by),
            offer_partners::version.eq(p.version + 1),
        ))
        .execute(tx.conn()))
}

/// Saves state, organisation and answer; `p.version` is the one the writer saw. The link is dead once
/// somebody answered or was removed.
///
/// # Errors
/// `Stale` when somebody else changed it meanwhile, `Taken` when the organisation is a partner already.
pub fn save(tx: &mut Tx<'_>, p: &Partner) -> Result<(), AppError> {
    one(diesel::update(offer_partners::table)
        .filter(offer_partners::id.eq(&p.id))
        .filter(offer_partners::version.eq(p.version))
        .set((
            offer_partners::org_id.eq(&p.org),
            offer_partners::token_hash.eq(""),
            offer_partners::state.eq(p.state.code()),
            offer_partners::answered_at.eq(p.answered_at.map(naive)),
            offer_partners::answered_by.eq(&p.answered_by),
            offer_partners::reason.eq(&p.reason),
            offer_partners::confirmation.eq(p.confirmation.as_ref().map(to_json).transpose()?),
            offer_partners::version.eq(p.version + 1),
        ))
        .execute(tx.conn()))
}
