//! Rows of offers and their frozen versions.

mod attachments;
pub mod attempts;
pub mod calendar;
pub mod confirmations;
mod outline;
pub mod partners;
pub mod presence;
mod saves;
pub mod uploads;
pub mod versions;

pub use attachments::{
    all_attachments, attachment, attachments, attachments_after, attachments_beside, filed_attachment,
    filed_attachments, insert_attachment, lock, named_attachments, save_attachment,
};

pub use outline::{Near, Outline, near, outline, versions_around};
pub use saves::{Texts, save, save_around, save_texts};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{FrozenOffer, Offer, OfferContent, OfferState, OfferVersion};
use crate::account::Actor;
use crate::call::{self, Call};
use crate::error::AppError;
use crate::law::{Instant, Money};
use crate::offer::wording;
use crate::store::schema::{offer_versions, offers, organisations};
use crate::store::{CallId, OfferId, OrgId, PersonId, Read, Tx, digest, instant, naive, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = offers, treat_none_as_default_value = false)]
struct Row {
    id: OfferId,
    call_id: CallId,
    org_id: OrgId,
    number: Option<String>,
    title: String,
    state: String,
    version: i64,
    grant_amount: i64,
    content: String,
    frozen_no: i64,
    submitted_at: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    created_by: PersonId,
    draft: Option<String>,
    offeror_name: Option<String>,
    supplement_by: Option<NaiveDateTime>,
}

fn offer((row, org_name): (Row, String)) -> Result<Offer, AppError> {
    let state =
        OfferState::parse(&row.state).ok_or_else(|| AppError::internal(format!("offers.state: {}", row.state)))?;
    let content: OfferContent = parse_json(&row.content)?;
    Ok(Offer {
        id: row.id,
        call: row.call_id,
        org: row.org_id,
        org_name: row.offeror_name.unwrap_or(org_name),
        number: row.number,
        state,
        version: row.version,
        grant: Money::from_grosze(row.grant_amount),
        content,
        draft: row.draft.as_deref().map(parse_json).transpose()?,
        frozen_no: row.frozen_no,
        submitted_at: row.submitted_at.map(instant),
        supplement_by: row.supplement_by.map(instant),
        updated_at: instant(row.updated_at),
        created_by: row.created_by,
    })
}

/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Read<'_>, id: &OfferId) -> Result<Offer, AppError> {
    offer(row(r, id)?)
}

fn row(r: &mut Read<'_>, id: &OfferId) -> Result<(Row, String), AppError> {
    let row: Option<(Row, String)> = offers::table
        .inner_join(organisations::table)
        .filter(offers::id.eq(id))
        .select((Row::as_select(), organisations::name))
        .first(r.conn())
        .optional()?;
    row.ok_or(AppError::NotFound)
}

/// An offer with the SHA-256 of what is worked on, taken from the text as it is kept.
pub type Sealed = (Offer, String);

/// # Errors
/// `NotFound` when there is none.
pub fn find_sealed(r: &mut Read<'_>, id: &OfferId) -> Result<Sealed, AppError> {
    sealed(row(r, id)?)
}

fn sealed(row: (Row, String)) -> Result<Sealed, AppError> {
    let digest = digest(row.0.draft.as_ref().unwrap_or(&row.0.content));
    Ok((offer(row)?, digest))
}

/// An offer for who may see it: members of its organisations always; the staff of the office once the
/// offers were opened, and only what was filed. Committee members come through `review`.
///
/// # Errors
/// `NotFound` for everybody else, so that nobody learns what is there.
pub fn visible_to(r: &mut Read<'_>, who: &Actor, id: &OfferId) -> Result<Offer, AppError> {
    Ok(visible_with_call(r, who, id)?.0)
}

/// The same with its call.
///
/// # Errors
/// `NotFound` for everybody else.
pub fn visible_with_call(r: &mut Read<'_>, who: &Actor, id: &OfferId) -> Result<(Offer, Call), AppError> {
    let offer = find(r, id)?;
    let call = call::store::find(r, &offer.call)?;
    let filed = !matches!(offer.state, OfferState::Draft | OfferState::Withdrawn);
    let opened = who.reads_cases() && filed && call.is_opened();
    if opened || who.member_of(&offer.org).is_some() || is_partner(r, who, &offer)? {
        return Ok((offer, call));
    }
    Err(AppError::NotFound)
}

/// Whether `who` belongs to a partner of a joint offer.
///
/// # Errors
/// Those of the database.
pub fn is_partner(r: &mut Read<'_>, who: &Actor, offer: &Offer) -> Result<bool, AppError> {
    if !offer.is_joint() || who.memberships.is_empty() {
        return Ok(false);
    }
    let orgs: Vec<OrgId> = who.memberships.iter().map(|m| m.org.clone()).collect();
    partners::takes_part(r, &offer.id, &orgs)
}

/// The offers of some organisations, newest first.
///
/// # Errors
/// Those of the database.
pub fn of_orgs(r: &mut Read<'_>, orgs: &[OrgId]) -> Result<Vec<Offer>, AppError> {
    let rows: Vec<(Row, String)> = offers::table
        .inner_join(organisations::table)
        .filter(offers::org_id.eq_any(orgs))
        .order(offers::id.desc())
        .limit(500)
        .select((Row::as_select(), organisations::name))
        .load(r.conn())?;
    rows.into_iter().map(offer).collect()
}

/// The offers in which some organisations are partners of another one, newest first.
///
/// # Errors
/// Those of the database.
pub fn joined_by(r: &mut Read<'_>, orgs: &[OrgId]) -> Result<Vec<Offer>, AppError> {
    let ids = partners::offers_of(r, orgs)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Row, String)> = offers::table
        .inner_join(organisations::table)
        .filter(offers::id.eq_any(&ids))
        .order(offers::id.desc())
        .select((Row::as_select(), organisations::name))
        .load(r.conn())?;
    rows.into_iter().map(offer).collect()
}

/// The live offer of an organisation in a call, if it has one.
///
/// # Errors
/// Those of the database.
pub fn live_in_call(r: &mut Read<'_>, call: &CallId, org: &OrgId) -> Result<Option<Offer>, AppError> {
    let row: Option<(Row, String)> = offers::table
        .inner_join(organisations::table)
        .filter(offers::call_id.eq(call))
        .filter(offers::org_id.eq(org))
        .filter(offers::state.ne(OfferState::Withdrawn.code()))
        .select((Row::as_select(), organisations::name))
        .first(r.conn())
        .optional()?;
    row.map(offer).transpose()
}

/// The drafts and the filed offers of a call that were not withdrawn.
///
/// # Errors
/// Those of the database.
pub fn live_ids(r: &mut Read<'_>, call: &CallId) -> Result<Vec<(OfferId, OrgId)>, AppError> {
    Ok(offers::table
        .filter(offers::call_id.eq(call))
        .filter(offers::state.ne(OfferState::Withdrawn.code()))
        .order(offers::id)
        .select((offers::id, offers::org_id))
        .load(r.conn())?)
}

/// When an offer was begun.
///
/// # Errors
/// Those of the database.
pub fn begun_at(r: &mut Read<'_>, id: &OfferId) -> Result<Instant, AppError> {
    let at: NaiveDateTime = offers::table.filter(offers::id.eq(id)).select(offers::created_at).first(r.conn())?;
    Ok(instant(at))
}

/// The offers filed in a call (no drafts, no withdrawn ones), by number.
/// Only for callers that checked that the offers are opened.
///
/// # Errors
/// Those of the database.
pub fn filed_in_call(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Offer>, AppError> {
    let rows: Vec<(Row, String)> = offers::table
        .inner_join(organisations::table)
        .filter(offers::call_id.eq(call))
        .filter(offers::state.ne(OfferState::Draft.code()))
        .filter(offers::state.ne(OfferState::Withdrawn.code()))
        .order((offers::submitted_at, offers::id))
        .limit(5000)
        .select((Row::as_select(), organisations::name))
        .load(r.conn())?;
    let mut filed: Vec<Offer> = rows.into_iter().map(offer).collect::<Result<_, _>>()?;
    // A replaced offer keeps its number and arrives later than those after it.
    filed.sort_by_key(ordinal);
    Ok(filed)
}

/// `7` of `PAI/2/2026/O-7`.
fn ordinal(o: &Offer) -> u32 {
    let end = o.number.as_deref().and_then(|n| n.rsplit_once('-')).map(|(_, end)| end);
    end.and_then(|n| n.parse().ok()).unwrap_or(u32::MAX)
}

/// How many offers were filed in a call; a number may be told at any time.
///
/// # Errors
/// Those of the database.
pub fn count_filed(r: &mut Read<'_>, call: &CallId) -> Result<i64, AppError> {
    Ok(offers::table
        .filter(offers::call_id.eq(call))
        .filter(offers::state.ne(OfferState::Draft.code()))
        .filter(offers::state.ne(OfferState::Withdrawn.code()))
        .count()
        .get_result(r.conn())?)
}

/// The name that stands in the version in force.
fn offeror_name(o: &Offer) -> Option<String> {
    (o.frozen_no > 0).then(|| o.org_name.clone())
}

/// # Errors
/// `Taken` when the organisation has a live offer in the call.
pub fn insert(tx: &mut Tx<'_>, o: &Offer, now: Instant) -> Result<(), AppError> {
    let row = Row {
        id: o.id.clone(),
        call_id: o.call.clone(),
        org_id: o.org.clone(),
        number: o.number.clone(),
        title: o.content.title.clone(),
        state: o.state.code().to_owned(),
        version: o.version,
        grant_amount: o.grant.grosze(),
        content: to_json(&o.content)?,
        frozen_no: o.frozen_no,
        submitted_at: o.submitted_at.map(naive),
        created_at: naive(now),
        updated_at: naive(now),
        created_by: o.created_by.clone(),
        draft: o.draft.as_ref().map(to_json).transpose()?,
        offeror_name: offeror_name(o),
        supplement_by: o.supplement_by.map(naive),
    };
    diesel::insert_into(offers::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// The canonical JSON of what is frozen, and its SHA-256.
pub struct FrozenText {
    text: String,
    sha256: String,
}

impl FrozenText {
    /// # Errors
    /// `Internal` for what JSON cannot hold.
    pub fn of(content: &FrozenOffer) -> Result<FrozenText, AppError> {
        let text = to_json(content)?;
        Ok(FrozenText { sha256: digest(&text), text })
    }
}

/// Keeps a frozen version; it never changes again. Returns its SHA-256.
///
/// # Errors
/// Those of the database.
pub fn freeze(
    tx: &mut Tx<'_>,
    offer: &OfferId,
    no: i64,
    content: &FrozenOffer,
    by: &str,
    arrived: Instant,
) -> Result<String, AppError> {
    freeze_text(tx, offer, no, FrozenText::of(content)?, by, arrived)
}

/// [`freeze`] of a text that was made before.
///
/// # Errors
/// Those of the database.
pub fn freeze_text(
    tx: &mut Tx<'_>,
    offer: &OfferId,
    no: i64,
    FrozenText { text, sha256 }: FrozenText,
    by: &str,
    arrived: Instant,
) -> Result<String, AppError> {
    diesel::insert_into(offer_versions::table)
        .values((
            offer_versions::offer_id.eq(offer),
            offer_versions::no.eq(no),
            offer_versions::content.eq(text),
            offer_versions::sha256.eq(&sha256),
            offer_versions::arrived_at.eq(naive(arrived)),
            offer_versions::submitted_by.eq(by),
        ))
        .execute(tx.conn())?;
    Ok(sha256)
}

type VersionRow = (i64, String, String, NaiveDateTime, String);

/// The frozen version `no` of an offer.
///
/// # Errors
/// `NotFound` when there is none.
pub fn version(r: &mut Read<'_>, offer: &OfferId, no: i64) -> Result<OfferVersion, AppError> {
    let row: Option<VersionRow> = offer_versions::table
        .filter(offer_versions::offer_id.eq(offer))
        .filter(offer_versions::no.eq(no))
        .select((
            offer_versions::no,
            offer_versions::content,
            offer_versions::sha256,
            offer_versions::arrived_at,
            offer_versions::submitted_by,
        ))
        .first(r.conn())
        .optional()?;
    let (no, text, sha256, arrived_at, submitted_by) = row.ok_or(AppError::NotFound)?;
    let mut content: FrozenOffer = parse_json(&text)?;
    if content.declarations.said.is_empty() {
        let terms = versions::terms(r, offer, &content.call_terms)?;
        wording::complete(&mut content, &terms);
    }
    Ok(OfferVersion { no, content, sha256, arrived_at: instant(arrived_at), submitted_by })
}

/// Frozen texts with the hash each was stored with, for the check of `verify`.
///
/// # Errors
/// Those of the database.
pub fn frozen_texts(r: &mut Read<'_>, offset: i64, limit: i64) -> Result<Vec<(String, i64, String, String)>, AppError> {
    Ok(offer_versions::table
        .order((offer_versions::offer_id, offer_versions::no))
        .offset(offset)
        .limit(limit)
        .select((offer_versions::offer_id, offer_versions::no, offer_versions::content, offer_versions::sha256))
        .load(r.conn())?)
}
