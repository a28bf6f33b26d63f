//! Rows of who is in which part of an offer; they come and go.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::both;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::presence::{Present, Sign, TABS};
use crate::store::schema::{offer_presence, people};
use crate::store::{OfferId, PersonId, Read, Tx, instant, naive};

type Row = (String, PersonId, String, String, NaiveDateTime, Option<NaiveDateTime>);

/// Everybody seen after `since`.
///
/// # Errors
/// Those of the database.
pub fn after(r: &mut Read<'_>, offer: &OfferId, since: Instant) -> Result<Vec<Present>, AppError> {
    let rows: Vec<Row> = offer_presence::table
        .inner_join(people::table)
        .filter(offer_presence::offer_id.eq(offer))
        .filter(offer_presence::seen.gt(naive(since)))
        .order((offer_presence::since, offer_presence::person_id, offer_presence::tab))
        .limit(200)
        .select((
            offer_presence::section,
            offer_presence::person_id,
            people::name,
            offer_presence::tab,
            offer_presence::since,
            offer_presence::shown,
        ))
        .load(r.conn())?;
    let present = |(section, person, name, tab, began, shown): Row| Present {
        section,
        person,
        name,
        tab,
        since: instant(began),
        shown: shown.is_some_and(|at| at > naive(since)),
    };
    Ok(rows.into_iter().map(present).collect())
}

/// Removes whoever was not seen after `since`, in any offer.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx<'_>, since: Instant) -> Result<(), AppError> {
    diesel::delete(offer_presence::table.filter(offer_presence::seen.le(naive(since)))).execute(tx.conn())?;
    Ok(())
}

/// Removes everybody.
///
/// # Errors
/// Those of the database.
pub fn clear(tx: &mut Tx<'_>, offer: &OfferId) -> Result<(), AppError> {
    diesel::delete(offer_presence::table.filter(offer_presence::offer_id.eq(offer))).execute(tx.conn())?;
    Ok(())
}

/// Removes a card of a person, wherever it was.
///
/// # Errors
/// Those of the database.
pub fn close(tx: &mut Tx<'_>, person: &PersonId, tab: &str) -> Result<(), AppError> {
    let card = offer_presence::table.filter(offer_presence::person_id.eq(person)).filter(offer_presence::tab.eq(tab));
    diesel::delete(card).execute(tx.conn())?;
    Ok(())
}

/// Somebody is there now; since when is kept while they stay.
///
/// # Errors
/// Those of the database.
pub fn mark(tx: &mut Tx<'_>, offer: &OfferId, person: &PersonId, sign: &Sign, now: Instant) -> Result<(), AppError> {
    let card = offer_presence::table
        .filter(offer_presence::offer_id.eq(offer))
        .filter(offer_presence::section.eq(&sign.section))
        .filter(offer_presence::person_id.eq(person))
        .filter(offer_presence::tab.eq(&sign.tab));
    let seen = offer_presence::seen.eq(naive(now));
    let known = if sign.shown {
        diesel::update(card).set((seen, offer_presence::shown.eq(naive(now)))).execute(tx.conn())?
    } else {
        diesel::update(card).set(seen).execute(tx.conn())?
    };
    if known > 0 {
        return Ok(());
    }
    make_room(tx, offer, person)?;
    let row = (
        offer_presence::offer_id.eq(offer),
        offer_presence::section.eq(&sign.section),
        offer_presence::person_id.eq(person),
        offer_presence::tab.eq(&sign.tab),
        offer_presence::since.eq(naive(now)),
        seen,
        offer_presence::shown.eq(sign.shown.then(|| naive(now))),
    );
    // Two signs may come at once: MultiConnection has no ON CONFLICT, both backends do.
    both!(tx.conn(), |c| diesel::insert_into(offer_presence::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Forgets the cards of a person that were not heard of for the longest time, until there is room for one more.
fn make_room(tx: &mut Tx<'_>, offer: &OfferId, person: &PersonId) -> Result<(), AppError> {
    let own =
        offer_presence::table.filter(offer_presence::offer_id.eq(offer)).filter(offer_presence::person_id.eq(person));
    let cards: Vec<(String, String)> = own
        .order((offer_presence::seen.desc(), offer_presence::tab))
        .select((offer_presence::section, offer_presence::tab))
        .load(tx.conn())?;
    for (section, tab) in cards.iter().skip(TABS - 1) {
        let card = own.filter(offer_presence::section.eq(section)).filter(offer_presence::tab.eq(tab));
        diesel::delete(card).execute(tx.conn())?;
    }
    Ok(())
}
