//! Rows of switches: one for each group of letters that a person switched off.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::MailChoice;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{mail_choices, people};
use crate::store::{PersonId, Read, Tx, naive};

/// What a person switched off.
///
/// # Errors
/// Those of the database.
pub fn switched_off(r: &mut Read<'_>, person: &PersonId) -> Result<Vec<MailChoice>, AppError> {
    let codes: Vec<String> = mail_choices::table
        .filter(mail_choices::person_id.eq(person))
        .order(mail_choices::choice)
        .select(mail_choices::choice)
        .load(r.conn())?;
    Ok(codes.iter().filter_map(|code| MailChoice::parse(code)).collect())
}

/// Switches exactly these off, and the others on.
///
/// # Errors
/// Those of the database.
pub fn choose(tx: &mut Tx<'_>, person: &PersonId, off: &[MailChoice], now: Instant) -> Result<(), AppError> {
    diesel::delete(mail_choices::table.filter(mail_choices::person_id.eq(person))).execute(tx.conn())?;
    for choice in MailChoice::ALL.into_iter().filter(|choice| off.contains(choice)) {
        let row = (
            mail_choices::person_id.eq(person),
            mail_choices::choice.eq(choice.code()),
            mail_choices::off_at.eq(naive(now)),
        );
        diesel::insert_into(mail_choices::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

/// Those of the addresses that get letters of a group, in their order.
///
/// # Errors
/// Those of the database.
pub fn wanting(r: &mut Read<'_>, choice: MailChoice, emails: Vec<String>) -> Result<Vec<String>, AppError> {
    let mut off: BTreeSet<String> = BTreeSet::new();
    for some in emails.chunks(1000) {
        let found: Vec<String> = mail_choices::table
            .inner_join(people::table)
            .filter(mail_choices::choice.eq(choice.code()))
            .filter(people::email.eq_any(some))
            .select(people::email)
            .load(r.conn())?;
        off.extend(found);
    }
    Ok(emails.into_iter().filter(|email| !off.contains(email)).collect())
}
