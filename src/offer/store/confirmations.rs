//! The signed confirmations of submitted offers. A row never changes; a later one takes its place.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::audit;
use crate::error::AppError;
use crate::offer::confirmation::{Confirmation, ConfirmationContent, Scanned};
use crate::offer::scan_paper::{CLEAN, INFECTED};
use crate::store::schema::{offer_confirmations, offers};
use crate::store::{CallId, DocumentId, OfferId, Read, RowId, Tx, instant, naive, parse_json, to_json};

type Row = (OfferId, i64, DocumentId, String, NaiveDateTime, String);

const COLUMNS: (
    offer_confirmations::offer_id,
    offer_confirmations::version_no,
    offer_confirmations::document_id,
    offer_confirmations::content,
    offer_confirmations::given_at,
    offer_confirmations::given_by,
) = (
    offer_confirmations::offer_id,
    offer_confirmations::version_no,
    offer_confirmations::document_id,
    offer_confirmations::content,
    offer_confirmations::given_at,
    offer_confirmations::given_by,
);

fn confirmations(r: &mut Read<'_>, rows: Vec<Row>) -> Result<Vec<Confirmation>, AppError> {
    let mut out = Vec::with_capacity(rows.len());
    for (offer, version_no, document, content, given_at, given_by) in rows {
        let content: ConfirmationContent = parse_json(&content)?;
        let scanned = if content.unscanned { scanned(r, &offer, &content)? } else { Scanned::Clean };
        let given_at = instant(given_at);
        out.push(Confirmation { offer, version_no, document, content, scanned, given_at, given_by });
    }
    Ok(out)
}

/// The verdict of the same bytes in the log.
fn scanned(r: &mut Read<'_>, offer: &OfferId, content: &ConfirmationContent) -> Result<Scanned, AppError> {
    let said = audit::digests_after(r, offer.as_str(), &[CLEAN, INFECTED])?;
    let last = said.iter().rev().find(|(_, sha256)| *sha256 == content.file_sha256);
    Ok(match last.map(|(deed, _)| deed == INFECTED) {
        None => Scanned::Waiting,
        Some(false) => Scanned::Clean,
        Some(true) => Scanned::Infected,
    })
}

/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, c: &Confirmation) -> Result<(), AppError> {
    diesel::insert_into(offer_confirmations::table)
        .values((
            offer_confirmations::id.eq(RowId::new()),
            offer_confirmations::offer_id.eq(&c.offer),
            offer_confirmations::version_no.eq(c.version_no),
            offer_confirmations::document_id.eq(&c.document),
            offer_confirmations::content.eq(to_json(&c.content)?),
            offer_confirmations::given_at.eq(naive(c.given_at)),
            offer_confirmations::given_by.eq(&c.given_by),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Everything given for an offer, newest first.
///
/// # Errors
/// Those of the database.
pub fn of_offer(r: &mut Read<'_>, offer: &OfferId) -> Result<Vec<Confirmation>, AppError> {
    let rows: Vec<Row> = offer_confirmations::table
        .filter(offer_confirmations::offer_id.eq(offer))
        .order(offer_confirmations::id.desc())
        .select(COLUMNS)
        .load(r.conn())?;
    confirmations(r, rows)
}

/// Everything given for the offers of a call, newest first.
///
/// # Errors
/// Those of the database.
pub fn in_call(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Confirmation>, AppError> {
    let rows: Vec<Row> = offer_confirmations::table
        .inner_join(offers::table)
        .filter(offers::call_id.eq(call))
        .order(offer_confirmations::id.desc())
        .select(COLUMNS)
        .load(r.conn())?;
    confirmations(r, rows)
}
