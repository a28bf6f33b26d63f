//! Signing in and changing the password.

use chrono::Duration;
use serde::Serialize;

use super::model::Person;
use super::passwords::{self, Hashing};
use super::store;
use super::{Opened, session};
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_instant};
use crate::mail;
use crate::store::{PersonId, Store, Tx, instant};

#[derive(Serialize)]
struct Changed<'a> {
    name: &'a str,
    at: String,
}

/// Wrong passwords that cost nothing; each further one doubles the wait.
const FREE: i64 = 5;

/// How long an account waits after `failures` wrong passwords: 30 s, 1, 2 … 15 minutes.
fn wait(failures: i64) -> Duration {
    if failures < FREE {
        return Duration::zero();
    }
    let power = u32::try_from((failures - FREE).clamp(0, 5)).unwrap_or(5);
    Duration::seconds((30 * i64::from(1_u32 << power)).min(900))
}

fn wrong() -> AppError {
    AppError::Invalid(FieldErrors::of(
        "password",
        "Adres e-mail albo hasło się nie zgadza. Sprawdź oba i spróbuj jeszcze raz.",
    ))
}

/// Checks a password and opens a session. The slow hash runs outside of any
/// transaction; the attempt is counted before it, so that guesses sent at the same
/// moment count one by one, and forgotten when the password fits.
///
/// # Errors
/// `Invalid` for a wrong pair, which is logged, or while the account waits.
pub fn sign_in(store: &Store, hashing: Hashing, email: &str, password: &str, now: Instant) -> Result<Opened, AppError> {
    let email = email.trim().to_lowercase();
    let Some(row) = store.read(|r| store::by_email(r, &email))? else {
        let _ = hashing.fits(password, "");
        return Err(wrong());
    };
    store.write(|tx| attempt(tx, &row.id, now))?;
    if !hashing.fits(password, &row.password) || !row.active {
        store.write(|tx| {
            log(tx, &email, "account.sign_in.refused", &row.id, "Błędne hasło", now);
            Ok(())
        })?;
        return Err(wrong());
    }
    store.write(|tx| {
        let same = store::by_id(tx, &row.id)?;
        if !same.active || same.password != row.password {
            return Err(wrong());
        }
        store::forget_failures(tx, &row.id)?;
        log(tx, &email, "account.sign_in", &row.id, "Zalogowano", now);
        session::open(tx, &row.id, now)
    })
}

/// Counts an attempt, unless the account still waits.
fn attempt(tx: &mut Tx<'_>, id: &PersonId, now: Instant) -> Result<(), AppError> {
    let row = store::count_attempt(tx, id)?;
    if let Some(until) = row.failed_at.map(|at| instant(at) + wait(row.failures)).filter(|until| *until > now) {
        let left = (until - now).num_seconds().max(1);
        return Err(AppError::Invalid(FieldErrors::of(
            "password",
            format!("To konto odpoczywa po kilku błędnych hasłach. Spróbuj ponownie za {left} s."),
        )));
    }
    store::set_failed_at(tx, id, now)
}

/// Sets a new password, ends every other session and opens a new one.
///
/// # Errors
/// `Invalid` with the sentence at its field; `Stale` when it was changed meanwhile.
pub fn change_password(
    store: &Store,
    hashing: Hashing,
    person: &PersonId,
    old: &str,
    new: (&str, &str),
    now: Instant,
) -> Result<Opened, AppError> {
    passwords::check_new(new.0, new.1).map_err(|e| AppError::Invalid(FieldErrors::of("new", e)))?;
    let row = proved(store, hashing, person, (old, "old"), now)?;
    let hash = hashing.hash(new.0)?;
    store.write(|tx| {
        store::set_password(tx, person, row.version, &hash)?;
        session::end_all(tx, person)?;
        log(tx, &row.email, "account.password", person, "Zmieniono hasło i zakończono wszystkie sesje", now);
        let view = Changed { name: &row.name, at: show_instant(now) };
        mail::put(tx, mail::render(&row.email, "account_password", person.as_str(), &view)?, now)?;
        session::open(tx, person, now)
    })
}

/// The account whose password is `typed`; an attempt counts like one to sign in.
///
/// # Errors
/// `Invalid` at `field` for a wrong password or an account that rests.
pub(super) fn proved(
    store: &Store,
    hashing: Hashing,
    person: &PersonId,
    (typed, field): (&str, &str),
    now: Instant,
) -> Result<store::PersonRow, AppError> {
    let row = store.read(|r| store::by_id(r, person))?;
    store.write(|tx| attempt(tx, person, now).map_err(|e| at_field(e, field)))?;
    if hashing.fits(typed, &row.password) {
        return Ok(row);
    }
    Err(AppError::Invalid(FieldErrors::of(field, "Obecne hasło się nie zgadza.")))
}

/// Ends every session of a person, this one too.
///
/// # Errors
/// Those of the database.
pub fn leave_everywhere(tx: &mut Tx<'_>, person: &Person, now: Instant) -> Result<(), AppError> {
    session::end_all(tx, &person.id)?;
    log(tx, &person.email, "account.sign_out", &person.id, "Wylogowano na wszystkich urządzeniach", now);
    Ok(())
}

/// The same sentence at another field.
fn at_field(e: AppError, field: &str) -> AppError {
    let AppError::Invalid(errors) = e else { return e };
    let mut out = FieldErrors::new();
    errors.list().iter().for_each(|e| out.add(field, e.message.clone()));
    AppError::Invalid(out)
}

fn log(tx: &mut Tx<'_>, actor: &str, deed: &'static str, person: &PersonId, detail: &str, now: Instant) {
    let deed = Deed {
        actor,
        deed,
        object_kind: "person",
        object_id: person.as_str(),
        before: String::new(),
        after: String::new(),
        detail: detail.to_owned(),
    };
    audit::append(tx, deed, now);
}
