//! Rows of attached files. A row says what was attached when, and stays when it is removed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::document::AttachmentKind;
use crate::error::AppError;
use crate::offer::attachment::{Attachment, AttachmentState, FrozenAttachment, is_beside};
use crate::offer::model::Offer;
use crate::store::schema::{offer_attachments, offers};
use crate::store::{AttachmentId, OfferId, Read, Tx, instant, naive, one};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = offer_attachments, treat_none_as_default_value = false)]
struct Row {
    id: AttachmentId,
    offer_id: OfferId,
    ask_key: String,
    name: String,
    sha256: String,
    size: i64,
    kind: String,
    state: String,
    reason: String,
    added_by: String,
    added_at: NaiveDateTime,
    removed_at: Option<NaiveDateTime>,
    version: i64,
}

fn attachment_of(row: Row) -> Result<Attachment, AppError> {
    let unknown = |what: &str| AppError::internal(format!("offer_attachments: {what}"));
    Ok(Attachment {
        kind: AttachmentKind::parse(&row.kind).ok_or_else(|| unknown(&row.kind))?,
        state: AttachmentState::parse(&row.state).ok_or_else(|| unknown(&row.state))?,
        id: row.id,
        offer: row.offer_id,
        key: row.ask_key,
        name: row.name,
        sha256: row.sha256,
        size: row.size,
        reason: row.reason,
        added_by: row.added_by,
        added_at: instant(row.added_at),
        removed_at: row.removed_at.map(instant),
        version: row.version,
    })
}

/// The files of the offer itself that were not removed, also refused and waiting ones, the oldest first.
///
/// # Errors
/// Those of the database.
pub fn attachments(r: &mut Read<'_>, offer: &OfferId) -> Result<Vec<Attachment>, AppError> {
    let mut all = all_attachments(r, offer)?;
    all.retain(|a| a.removed_at.is_none() && !is_beside(&a.key));
    Ok(all)
}

/// The files that stand beside the frozen offer and were not removed.
///
/// # Errors
/// Those of the database.
pub fn attachments_beside(r: &mut Read<'_>, offer: &OfferId) -> Result<Vec<Attachment>, AppError> {
    let mut all = all_attachments(r, offer)?;
    all.retain(|a| a.removed_at.is_none() && is_beside(&a.key));
    Ok(all)
}

/// The same with those that were removed: a frozen version may still name them.
///
/// # Errors
/// Those of the database.
pub fn all_attachments(r: &mut Read<'_>, offer: &OfferId) -> Result<Vec<Attachment>, AppError> {
    let rows: Vec<Row> = offer_attachments::table
        .filter(offer_attachments::offer_id.eq(offer))
        .order((offer_attachments::added_at, offer_attachments::id))
        .limit(1000)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(attachment_of).collect()
}

/// # Errors
/// `NotFound` when there is none.
pub fn attachment(r: &mut Read<'_>, id: &AttachmentId) -> Result<Attachment, AppError> {
    let row: Option<Row> = offer_attachments::table
        .filter(offer_attachments::id.eq(id))
        .select(Row::as_select())
        .first(r.conn())
        .optional()?;
    attachment_of(row.ok_or(AppError::NotFound)?)
}

/// The files that the version in force froze, each with its id.
///
/// # Errors
/// Those of the database.
pub fn filed_attachments(r: &mut Read<'_>, offer: &Offer) -> Result<Vec<Attachment>, AppError> {
    let frozen = super::version(r, &offer.id, offer.frozen_no)?.content.attachments;
    named_attachments(r, &offer.id, &frozen)
}

/// The files that a frozen text names, each with its id.
///
/// # Errors
/// Those of the database.
pub fn named_attachments(
    r: &mut Read<'_>,
    offer: &OfferId,
    frozen: &[FrozenAttachment],
) -> Result<Vec<Attachment>, AppError> {
    let rows = all_attachments(r, offer)?;
    let row = |f: &FrozenAttachment| {
        rows.iter().find(|a| a.key == f.key && a.sha256 == f.sha256 && a.state == AttachmentState::Accepted).cloned()
    };
    Ok(frozen.iter().filter_map(row).collect())
}

/// One file that the version in force froze: what whoever judges the offer may read.
///
/// # Errors
/// `NotFound` for a file of another offer, one that waits in quarantine, and one that was not submitted.
pub fn filed_attachment(r: &mut Read<'_>, offer: &Offer, id: &AttachmentId) -> Result<Attachment, AppError> {
    let file = attachment(r, id)?;
    let names = |f: &FrozenAttachment| f.key == file.key && f.sha256 == file.sha256;
    let readable = file.offer == offer.id && file.state == AttachmentState::Accepted;
    if readable && super::version(r, &offer.id, offer.frozen_no)?.content.attachments.iter().any(names) {
        return Ok(file);
    }
    Err(AppError::NotFound)
}

/// # Errors
/// `Taken` when the same file stands in the same place.
pub fn insert_attachment(tx: &mut Tx<'_>, a: &Attachment) -> Result<(), AppError> {
    let row = Row {
        id: a.id.clone(),
        offer_id: a.offer.clone(),
        ask_key: a.key.clone(),
        name: a.name.clone(),
        sha256: a.sha256.clone(),
        size: a.size,
        kind: a.kind.code().to_owned(),
        state: a.state.code().to_owned(),
        reason: a.reason.clone(),
        added_by: a.added_by.clone(),
        added_at: naive(a.added_at),
        removed_at: None,
        version: a.version,
    };
    diesel::insert_into(offer_attachments::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves state, reason and removal; `a.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else changed it meanwhile.
pub fn save_attachment(tx: &mut Tx<'_>, a: &Attachment) -> Result<(), AppError> {
    one(diesel::update(offer_attachments::table)
        .filter(offer_attachments::id.eq(&a.id))
        .filter(offer_attachments::version.eq(a.version))
        .set((
            offer_attachments::state.eq(a.state.code()),
            offer_attachments::reason.eq(&a.reason),
            offer_attachments::removed_at.eq(a.removed_at.map(naive)),
            offer_attachments::version.eq(a.version + 1),
        ))
        .execute(tx.conn()))
}

/// Holds the offer's row until the transaction ends: files come and go before or after a
/// submission, never during it. What the form shows stays current.
///
/// # Errors
/// `NotFound` when there is no such offer.
pub fn lock(tx: &mut Tx<'_>, id: &OfferId) -> Result<(), AppError> {
    let found = diesel::update(offers::table.filter(offers::id.eq(id)))
        .set(offers::version.eq(offers::version))
        .execute(tx.conn())?;
    if found == 1 { Ok(()) } else { Err(AppError::NotFound) }
}

/// Accepted files after `id`, for the check that every kept file is still what it was.
///
/// # Errors
/// Those of the database.
pub fn attachments_after(r: &mut Read<'_>, id: &str, limit: i64) -> Result<Vec<Attachment>, AppError> {
    let rows: Vec<Row> = offer_attachments::table
        .filter(offer_attachments::id.gt(id))
        .filter(offer_attachments::state.eq(AttachmentState::Accepted.code()))
        .order(offer_attachments::id)
        .limit(limit)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(attachment_of).collect()
}
