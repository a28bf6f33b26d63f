//! The outbox table: what waits, what was sent, what died.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;

use super::{About, MailChoice, Message, choices, render};
use crate::both;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{outbox, people};
use crate::store::{JournalLine, MailId, Read, Tx, naive, one, trial};

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub struct Letter {
    pub id: MailId,
    pub to_addr: String,
    pub kind: String,
    pub subject: String,
    pub body: String,
    pub object_id: String,
    pub created_at: NaiveDateTime,
    pub due_at: NaiveDateTime,
    pub attempts: i64,
    pub version: i64,
    pub sent_at: Option<NaiveDateTime>,
    pub dead_at: Option<NaiveDateTime>,
    pub last_error: Option<String>,
}

/// How many letters one statement takes in: each binds 13 values, and SQLite binds 32 766.
const AT_ONCE: usize = 1000;

/// Puts a message into the outbox of this transaction, unless whom it is for switched such letters off. What a test
/// call, or anything that grew out of one, would send to others than the staff who prepare and decide contests stays
/// in the house, and the log says so.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &mut Tx<'_>, message: Message, now: Instant) -> Result<(), AppError> {
    let to = vec![message.to.clone()];
    send(tx, message, None, to, now)
}

/// The same message to each of these addresses.
///
/// # Errors
/// `Internal` when it cannot be rendered; those of the database.
pub fn put_each<'a, V: Serialize>(
    tx: &mut Tx<'_>,
    to: &[String],
    kind: &'static str,
    about: impl Into<About<'a>>,
    view: &V,
    now: Instant,
) -> Result<(), AppError> {
    if to.is_empty() {
        return Ok(());
    }
    let About { id, trial } = about.into();
    send(tx, render("", kind, id, view)?, trial, to.to_vec(), now)
}

fn send(
    tx: &mut Tx<'_>,
    mut message: Message,
    trial: Option<bool>,
    mut to: Vec<String>,
    now: Instant,
) -> Result<(), AppError> {
    if let Some(choice) = MailChoice::of(message.kind) {
        to = choices::wanting(tx, choice, to)?;
        message.body.push_str(choices::FOOT);
    }
    let held = match trial {
        Some(false) => BTreeSet::new(),
        _ => held_back(tx, &message.object_id, &to.iter().cloned().collect())?,
    };
    to.retain(|to| !held.contains(to));
    hold_back(tx, &message, held, now);
    let letters: Vec<Letter> = to.into_iter().map(|to| Letter::of(&message, to, now)).collect();
    for some in letters.chunks(AT_ONCE) {
        match some {
            // A statement for one row is prepared once and kept.
            [letter] => diesel::insert_into(outbox::table).values(letter).execute(tx.conn()),
            // MultiConnection has no batch inserts, both backends do.
            _ => both!(tx.conn(), |c| diesel::insert_into(outbox::table).values(some).execute(c)),
        }?;
    }
    Ok(())
}

fn hold_back(tx: &mut Tx<'_>, message: &Message, to: BTreeSet<String>, now: Instant) {
    for to in to {
        tx.journal(JournalLine {
            at: now,
            actor: "-".to_owned(),
            deed: "mail.held_back",
            object_kind: "mail",
            object_id: message.object_id.clone(),
            before: String::new(),
            after: String::new(),
            detail: format!("Konkurs próbny: nie wysłano listu „{}” do {to}.", message.subject),
        });
    }
}

impl Letter {
    fn of(message: &Message, to: String, now: Instant) -> Letter {
        Letter {
            id: MailId::new(),
            to_addr: to,
            kind: message.kind.to_owned(),
            subject: message.subject.clone(),
            body: message.body.clone(),
            object_id: message.object_id.clone(),
            created_at: naive(now),
            due_at: naive(now),
            attempts: 0,
            version: 0,
            sent_at: None,
            dead_at: None,
            last_error: None,
        }
    }
}

/// Takes a letter out of the outbox for good, sent or not: the one of this kind that was put there at `at`.
///
/// # Errors
/// Those of the database.
pub fn take_back(tx: &mut Tx<'_>, to: &str, kind: &str, object_id: &str, at: Instant) -> Result<(), AppError> {
    let letter = outbox::table
        .filter(outbox::object_id.eq(object_id))
        .filter(outbox::kind.eq(kind))
        .filter(outbox::to_addr.eq(to))
        .filter(outbox::created_at.eq(naive(at)));
    diesel::delete(letter).execute(tx.conn())?;
    Ok(())
}

/// Who got letters of these kinds about an object that were put there at one of these instants.
///
/// # Errors
/// Those of the database.
pub fn told(r: &mut Read<'_>, object_id: &str, kinds: &[&str], at: &[Instant]) -> Result<Vec<String>, AppError> {
    let at: Vec<NaiveDateTime> = at.iter().copied().map(naive).collect();
    Ok(outbox::table
        .filter(outbox::object_id.eq(object_id))
        .filter(outbox::kind.eq_any(kinds))
        .filter(outbox::created_at.eq_any(at))
        .order(outbox::id)
        .select(outbox::to_addr)
        .load(r.conn())?)
}

/// Those of the addresses to which nothing about this object is sent, because it belongs to a rehearsal.
pub(super) fn held_back(
    r: &mut Read<'_>,
    object_id: &str,
    to: &BTreeSet<String>,
) -> Result<BTreeSet<String>, AppError> {
    if to.is_empty() || !trial::is_trial(r, object_id)? {
        return Ok(BTreeSet::new());
    }
    let staff: Vec<(String, String)> = people::table
        .filter(people::active.eq(true))
        .filter(people::roles.ne(""))
        .select((people::email, people::roles))
        .load(r.conn())?;
    let works = |roles: &str| roles.split(',').any(|role| role == "officer" || role == "organ");
    let house: BTreeSet<String> = staff.into_iter().filter(|(_, roles)| works(roles)).map(|(email, _)| email).collect();
    Ok(to.difference(&house).cloned().collect())
}

pub(super) fn due(r: &mut Read<'_>, now: Instant, limit: i64) -> Result<Vec<Letter>, AppError> {
    Ok(outbox::table
        .filter(outbox::sent_at.is_null())
        .filter(outbox::dead_at.is_null())
        .filter(outbox::due_at.le(naive(now)))
        .order((outbox::due_at, outbox::id))
        .limit(limit)
        .select(Letter::as_select())
        .load(r.conn())?)
}

/// Takes a letter for sending; `false` when another process was faster.
pub(super) fn claim(tx: &mut Tx<'_>, letter: &Letter, again: Instant) -> Result<bool, AppError> {
    let changed = diesel::update(outbox::table)
        .filter(outbox::id.eq(&letter.id))
        .filter(outbox::version.eq(letter.version))
        .filter(outbox::sent_at.is_null())
        .set((
            outbox::version.eq(letter.version + 1),
            outbox::attempts.eq(letter.attempts + 1),
            outbox::due_at.eq(naive(again)),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

pub(super) fn sent(tx: &mut Tx<'_>, id: &MailId, now: Instant) -> Result<(), AppError> {
    diesel::update(outbox::table)
        .filter(outbox::id.eq(id))
        .set((outbox::sent_at.eq(naive(now)), outbox::last_error.eq(None::<String>)))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn failed(tx: &mut Tx<'_>, id: &MailId, why: &str, dead: Option<Instant>) -> Result<(), AppError> {
    diesel::update(outbox::table)
        .filter(outbox::id.eq(id))
        .set((outbox::last_error.eq(Some(why)), outbox::dead_at.eq(dead.map(naive))))
        .execute(tx.conn())?;
    Ok(())
}

/// The letters about one object, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of_object(r: &mut Read<'_>, object_id: &str) -> Result<Vec<Letter>, AppError> {
    Ok(outbox::table
        .filter(outbox::object_id.eq(object_id))
        .order(outbox::id)
        .limit(500)
        .select(Letter::as_select())
        .load(r.conn())?)
}

/// The newest letters of all.
///
/// # Errors
/// Those of the database.
pub fn recent(r: &mut Read<'_>, limit: i64) -> Result<Vec<Letter>, AppError> {
    Ok(outbox::table.order(outbox::id.desc()).limit(limit).select(Letter::as_select()).load(r.conn())?)
}

/// Letters that were given up.
///
/// # Errors
/// Those of the database.
pub fn dead(r: &mut Read<'_>) -> Result<Vec<Letter>, AppError> {
    Ok(outbox::table
        .filter(outbox::dead_at.is_not_null())
        .order(outbox::id.desc())
        .limit(200)
        .select(Letter::as_select())
        .load(r.conn())?)
}

/// Gives a dead letter another ten attempts.
///
/// # Errors
/// `NotFound` when there is no such letter, `Stale` when it is not dead (any more).
pub fn revive(tx: &mut Tx<'_>, id: &MailId, now: Instant) -> Result<Letter, AppError> {
    let found = outbox::table.filter(outbox::id.eq(id)).select(Letter::as_select()).first(tx.conn()).optional()?;
    let letter: Letter = found.ok_or(AppError::NotFound)?;
    one(diesel::update(outbox::table)
        .filter(outbox::id.eq(id))
        .filter(outbox::dead_at.is_not_null())
        .set((
            outbox::dead_at.eq(None::<NaiveDateTime>),
            outbox::attempts.eq(0),
            outbox::due_at.eq(naive(now)),
            outbox::version.eq(outbox::version + 1),
        ))
        .execute(tx.conn()))?;
    Ok(letter)
}

/// How many letters were given up.
///
/// # Errors
/// Those of the database.
pub fn dead_count(r: &mut Read<'_>) -> Result<i64, AppError> {
    Ok(outbox::table.filter(outbox::dead_at.is_not_null()).count().get_result(r.conn())?)
}

/// Letters that wait, the next one first.
///
/// # Errors
/// Those of the database.
pub fn pending(r: &mut Read<'_>, limit: i64) -> Result<Vec<Letter>, AppError> {
    Ok(outbox::table
        .filter(outbox::sent_at.is_null())
        .filter(outbox::dead_at.is_null())
        .order((outbox::due_at, outbox::id))
        .limit(limit)
        .select(Letter::as_select())
        .load(r.conn())?)
}

/// How many letters wait.
///
/// # Errors
/// Those of the database.
pub fn pending_count(r: &mut Read<'_>) -> Result<i64, AppError> {
    Ok(outbox::table
        .filter(outbox::sent_at.is_null())
        .filter(outbox::dead_at.is_null())
        .count()
        .get_result(r.conn())?)
}
