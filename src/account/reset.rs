//! A forgotten password: a letter with a link that works for an hour and once. The
//! key in the link is made from the stored hash of the password, so it needs no
//! table, and ends by itself when the password changes.

use chrono::Duration;
use serde::Serialize;
use subtle::ConstantTimeEq as _;

use super::passwords::{self, Hashing};
use super::store::{self, PersonRow};
use super::{Opened, session};
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_instant};
use crate::mail;
use crate::store::{PersonId, Store, Tx, digest, instant};

/// How long a link works, and how often an account gets one.
const VALID: Duration = Duration::hours(1);
const EVERY: Duration = Duration::minutes(5);

const LETTER: &str = "account_reset";

#[derive(Serialize)]
struct Letter<'a> {
    name: &'a str,
    link: String,
    until: String,
}

/// What the link carries.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ResetLink {
    pub person: String,
    /// End of validity, in seconds of Unix time.
    pub until: String,
    pub key: String,
}

fn key(row: &PersonRow, until: i64) -> String {
    digest(&format!("reset:{}:{}:{}:{until}", row.id, row.version, row.password))
}

/// Puts the letter with the link into the outbox. An unknown or closed account and
/// one that got a letter just now get none, and the sender cannot tell.
///
/// # Errors
/// Those of the database.
pub fn request_reset(tx: &mut Tx<'_>, email: &str, base_url: &str, now: Instant) -> Result<(), AppError> {
    let Some(row) = store::by_email(tx, &email.trim().to_lowercase())?.filter(|row| row.active) else {
        return Ok(());
    };
    let letters = mail::of_object(tx, row.id.as_str())?;
    if letters.iter().any(|l| l.kind == LETTER && now - instant(l.created_at) < EVERY) {
        return Ok(());
    }
    let until = now + VALID;
    let seconds = until.timestamp();
    let link = format!("{base_url}/konto/nowe-haslo?osoba={}&do={seconds}&klucz={}", row.id, key(&row, seconds));
    let view = Letter { name: &row.name, link, until: show_instant(until) };
    mail::put(tx, mail::render(&row.email, LETTER, row.id.as_str(), &view)?, now)?;
    log(tx, &row, "account.reset.request", "Wysłano odnośnik do ustawienia hasła", now);
    Ok(())
}

/// Sets the password of whoever holds the link, ends every session and opens one.
///
/// # Errors
/// `Invalid` when the link ended or the password is refused.
pub fn reset_password(
    store: &Store,
    hashing: Hashing,
    link: &ResetLink,
    new: (&str, &str),
    now: Instant,
) -> Result<Opened, AppError> {
    let row = store.read(|r| match PersonId::parse(&link.person) {
        Some(id) => {
            store::by_id(r, &id).map(Some).or_else(|e| if matches!(e, AppError::NotFound) { Ok(None) } else { Err(e) })
        }
        None => Ok(None),
    })?;
    let until: i64 = link.until.parse().unwrap_or(0);
    let fits = |row: &PersonRow| bool::from(key(row, until).as_bytes().ct_eq(link.key.as_bytes()));
    let Some(row) = row.filter(|row| row.active && until > now.timestamp() && fits(row)) else {
        let why = "Ten odnośnik już nie działa: minęła godzina albo hasło ustawiono wcześniej. Poproś o nowy.";
        return Err(AppError::Invalid(FieldErrors::of("", why)));
    };
    passwords::check_new(new.0, new.1).map_err(|e| AppError::Invalid(FieldErrors::of("new", e)))?;
    let hash = hashing.hash(new.0)?;
    store.write(|tx| {
        store::set_password(tx, &row.id, row.version, &hash)?;
        session::end_all(tx, &row.id)?;
        log(tx, &row, "account.password", "Ustawiono hasło z odnośnika i zakończono wszystkie sesje", now);
        session::open(tx, &row.id, now)
    })
}

/// A deed of somebody who holds a link and needs no session.
pub(super) fn log(tx: &mut Tx<'_>, row: &PersonRow, deed: &'static str, detail: &str, now: Instant) {
    let deed = Deed {
        actor: &row.email,
        deed,
        object_kind: "person",
        object_id: row.id.as_str(),
        before: String::new(),
        after: String::new(),
        detail: detail.to_owned(),
    };
    audit::append(tx, deed, now);
}
