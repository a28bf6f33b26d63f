//! Another address for signing in: the letter with the link goes to the new address, so only who reads its mail can
//! confirm it; the old address is told. Like the link for a forgotten password it needs no table: its key is made from the
//! stored hash, so it ends by itself when the password or the account changes.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use super::passwords::Hashing;
use super::reset::log;
use super::sign_in::proved;
use super::store::{self, PersonRow};
use crate::audit;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_instant};
use crate::mail;
use crate::store::{PersonId, Store, Tx, digest};

/// How long a link works.
const VALID: Duration = Duration::hours(24);

/// How often an account gets such a letter sent, and how many in a day: the address may be anybody's.
const EVERY: Duration = Duration::minutes(5);
const A_DAY: usize = 5;
const REQUEST: &str = "account.address.request";

#[derive(Serialize)]
struct Letter<'a> {
    name: &'a str,
    old: &'a str,
    new: &'a str,
    link: String,
    until: String,
}

/// What the link carries.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AddressLink {
    pub person: String,
    pub email: String,
    /// End of validity, in seconds of Unix time.
    pub until: String,
    pub key: String,
}

fn key(row: &PersonRow, new: &str, until: i64) -> String {
    digest(&format!("address:{}:{}:{}:{new}:{until}", row.id, row.version, row.password))
}

/// Sends the link to `new`, after the password was proved. Whether the address has an account already is not said.
///
/// # Errors
/// `Invalid` for a wrong password, the address that the account has, and too many letters.
pub fn request_address(
    store: &Store,
    hashing: Hashing,
    person: &PersonId,
    (new, password): (&str, &str),
    base_url: &str,
    now: Instant,
) -> Result<(), AppError> {
    let new = new.trim().to_lowercase();
    let row = proved(store, hashing, person, (password, "password"), now)?;
    // By itself: what is refused below was no wrong password.
    store.write(|tx| store::forget_failures(tx, person))?;
    if row.email == new {
        return Err(AppError::Invalid(FieldErrors::of("email", "To konto ma już ten adres.")));
    }
    store.write(|tx| {
        seldom(tx, person, now)?;
        log(tx, &row, REQUEST, &format!("Poproszono o zmianę adresu logowania na {new}"), now);
        if store::by_email(tx, &new)?.is_some() {
            return Ok(());
        }
        let until = now + VALID;
        let (seconds, base) = (until.timestamp(), base_url.trim_end_matches('/'));
        let sign = key(&row, &new, seconds);
        let link =
            format!("{base}/konto/nowy-adres?osoba={}&do={seconds}&adres={}&klucz={sign}", row.id, escaped(&new));
        let view = Letter { name: &row.name, old: &row.email, new: &new, link, until: show_instant(until) };
        mail::put(tx, mail::render(&new, "account_address", row.id.as_str(), &view)?, now)
    })
}

/// Refuses a letter soon after another one and more than a few in a day, so that nobody writes to strangers through the
/// office.
fn seldom(tx: &mut Tx<'_>, person: &PersonId, now: Instant) -> Result<(), AppError> {
    let asked = audit::done_since(tx, ("person", person.as_str()), &[REQUEST], now - Duration::days(1))?;
    let why = if asked.first().is_some_and(|last| now - *last < EVERY) {
        "List wysłano przed chwilą. Sprawdź folder ze spamem; o następny można poprosić po 5 minutach.".to_owned()
    } else if asked.len() >= A_DAY {
        format!("W ciągu doby wysyłamy najwyżej {A_DAY} listów o zmianie adresu. Poproś jutro albo napisz do urzędu.")
    } else {
        return Ok(());
    };
    Err(AppError::Invalid(FieldErrors::of("email", why)))
}

/// An address as a part of a link.
fn escaped(text: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
    let one =
        |c: char| if keep(c) { c.to_string() } else { c.to_string().bytes().map(|b| format!("%{b:02X}")).collect() };
    text.chars().map(one).collect()
}

/// Changes the address of whoever holds the link; the old address gets a letter. Returns the new address.
///
/// # Errors
/// `Invalid` when the link ended, `Taken` when the address got an account meanwhile.
pub fn change_address(tx: &mut Tx<'_>, link: &AddressLink, now: Instant) -> Result<String, AppError> {
    let ended = || {
        let why = "Ten odnośnik już nie działa: minęła doba albo konto zmieniono później. Poproś o nowy na stronie „Moje konto”.";
        AppError::Invalid(FieldErrors::of("", why))
    };
    let id = PersonId::parse(&link.person).ok_or_else(ended)?;
    let row = match store::by_id(tx, &id) {
        Err(AppError::NotFound) => return Err(ended()),
        found => found?,
    };
    let until: i64 = link.until.parse().unwrap_or(0);
    let fits = bool::from(key(&row, &link.email, until).as_bytes().ct_eq(link.key.as_bytes()));
    if !(row.active && until > now.timestamp() && fits) {
        return Err(ended());
    }
    store::set_email(tx, &row.id, row.version, &link.email)?;
    log(tx, &row, "account.address", &format!("Zmieniono adres logowania: {} → {}", row.email, link.email), now);
    let view =
        Letter { name: &row.name, old: &row.email, new: &link.email, link: String::new(), until: show_instant(now) };
    mail::put(tx, mail::render(&row.email, "account_address_changed", row.id.as_str(), &view)?, now)?;
    Ok(link.email.clone())
}
