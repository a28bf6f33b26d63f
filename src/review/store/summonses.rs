//! Calls to supplement an offer, and what was handed in on them; that never changes.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::error::AppError;
use crate::law::Instant;
use crate::review::model::{FrozenSupplement, Summons, Supplement};
use crate::store::schema::{offer_summonses, offer_supplements};
use crate::store::{CallId, OfferId, Read, Tx, digest, instant, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = offer_summonses)]
struct Row {
    offer_id: OfferId,
    call_id: CallId,
    defects: String,
    called_at: NaiveDateTime,
    called_by: String,
    due_at: NaiveDateTime,
    reply: String,
    version: i64,
}

fn summons(row: Row) -> Result<Summons, AppError> {
    Ok(Summons {
        offer: row.offer_id,
        call: row.call_id,
        defects: parse_json(&row.defects)?,
        called_at: instant(row.called_at),
        called_by: row.called_by,
        due: instant(row.due_at),
        reply: parse_json(&row.reply)?,
        version: row.version,
    })
}

/// The call to supplement an offer, if there was one.
///
/// # Errors
/// Those of the database.
pub fn of_offer(r: &mut Read<'_>, offer: &OfferId) -> Result<Option<Summons>, AppError> {
    let row: Option<Row> = offer_summonses::table
        .filter(offer_summonses::offer_id.eq(offer))
        .select(Row::as_select())
        .first(r.conn())
        .optional()?;
    row.map(summons).transpose()
}

/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, s: &Summons) -> Result<(), AppError> {
    let row = Row {
        offer_id: s.offer.clone(),
        call_id: s.call.clone(),
        defects: to_json(&s.defects)?,
        called_at: naive(s.called_at),
        called_by: s.called_by.clone(),
        due_at: naive(s.due),
        reply: to_json(&s.reply)?,
        version: s.version,
    };
    diesel::insert_into(offer_summonses::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Keeps what is prepared; `s.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save_reply(tx: &mut Tx<'_>, s: &Summons) -> Result<(), AppError> {
    one(diesel::update(offer_summonses::table)
        .filter(offer_summonses::offer_id.eq(&s.offer))
        .filter(offer_summonses::version.eq(s.version))
        .set((offer_summonses::reply.eq(to_json(&s.reply)?), offer_summonses::version.eq(s.version + 1)))
        .execute(tx.conn()))
}

/// The calls of a contest that nothing was handed in on, by their offers.
///
/// # Errors
/// Those of the database.
pub fn unanswered(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Summons>, AppError> {
    let rows: Vec<Row> = offer_summonses::table
        .left_join(offer_supplements::table)
        .filter(offer_summonses::call_id.eq(call))
        .filter(offer_supplements::offer_id.is_null())
        .order(offer_summonses::offer_id)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(summons).collect()
}

/// Moves the end of the time of `s` to `due`.
///
/// # Errors
/// `Stale` when somebody else moved it meanwhile.
pub fn move_due(tx: &mut Tx<'_>, s: &Summons, due: Instant) -> Result<(), AppError> {
    one(diesel::update(offer_summonses::table)
        .filter(offer_summonses::offer_id.eq(&s.offer))
        .filter(offer_summonses::due_at.eq(naive(s.due)))
        .set(offer_summonses::due_at.eq(naive(due)))
        .execute(tx.conn()))
}

type Given = (OfferId, String, String, NaiveDateTime, String);

/// What was handed in for an offer, if anything was.
///
/// # Errors
/// Those of the database.
pub fn supplement_of(r: &mut Read<'_>, offer: &OfferId) -> Result<Option<Supplement>, AppError> {
    let row: Option<Given> = offer_supplements::table
        .filter(offer_supplements::offer_id.eq(offer))
        .select((
            offer_supplements::offer_id,
            offer_supplements::content,
            offer_supplements::sha256,
            offer_supplements::arrived_at,
            offer_supplements::given_by,
        ))
        .first(r.conn())
        .optional()?;
    let Some((offer, content, sha256, arrived_at, given_by)) = row else { return Ok(None) };
    let arrived_at = instant(arrived_at);
    Ok(Some(Supplement { offer, content: parse_json(&content)?, sha256, arrived_at, given_by }))
}

/// Keeps what is handed in; it never changes again.
///
/// # Errors
/// Those of the database.
pub fn freeze(
    tx: &mut Tx<'_>,
    (offer, content): (&OfferId, FrozenSupplement),
    by: &str,
    arrived_at: Instant,
) -> Result<Supplement, AppError> {
    let text = to_json(&content)?;
    let sha256 = digest(&text);
    diesel::insert_into(offer_supplements::table)
        .values((
            offer_supplements::offer_id.eq(offer),
            offer_supplements::content.eq(text),
            offer_supplements::sha256.eq(&sha256),
            offer_supplements::arrived_at.eq(naive(arrived_at)),
            offer_supplements::given_by.eq(by),
        ))
        .execute(tx.conn())?;
    Ok(Supplement { offer: offer.clone(), content, sha256, arrived_at, given_by: by.to_owned() })
}

/// Frozen texts with the hash each was stored with, for the check of `verify`.
///
/// # Errors
/// Those of the database.
pub fn frozen_texts(r: &mut Read<'_>, offset: i64, limit: i64) -> Result<Vec<(String, i64, String, String)>, AppError> {
    let rows: Vec<(String, String, String)> = offer_supplements::table
        .order(offer_supplements::offer_id)
        .offset(offset)
        .limit(limit)
        .select((offer_supplements::offer_id, offer_supplements::content, offer_supplements::sha256))
        .load(r.conn())?;
    Ok(rows.into_iter().map(|(id, text, sha256)| (id, 1, text, sha256)).collect())
}
