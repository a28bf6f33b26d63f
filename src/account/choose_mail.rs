//! A person chooses which letters come.

use super::model::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::Instant;
use crate::mail::{self, MailChoice};
use crate::store::Tx;

/// Switches exactly these groups of letters off for who acts.
///
/// # Errors
/// `Login` for nobody.
pub fn choose_mail(tx: &mut Tx<'_>, by: &Actor, off: &[MailChoice], now: Instant) -> Result<(), AppError> {
    let person = by.person_id().ok_or(AppError::Login)?;
    mail::choose(tx, person, off, now)?;
    let said: Vec<&str> = MailChoice::ALL.into_iter().filter(|c| off.contains(c)).map(MailChoice::label).collect();
    let detail = if said.is_empty() {
        "Włączono wszystkie powiadomienia.".to_owned()
    } else {
        format!("Wyłączone powiadomienia: {}.", said.join("; "))
    };
    let deed = Deed {
        actor: by.log_name(),
        deed: "account.mail",
        object_kind: "person",
        object_id: person.as_str(),
        before: String::new(),
        after: String::new(),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}
