//! Letters about a report to everyone of the organisation.

use serde::Serialize;

use super::model::Report;
use crate::account;
use crate::contract::Contract;
use crate::error::AppError;
use crate::law::{Instant, show_date, show_instant_seconds};
use crate::mail;
use crate::store::{Read, Tx};

#[derive(Serialize)]
struct Letter<'a> {
    name: &'a str,
    report: String,
    contract: &'a str,
    title: &'a str,
    period: String,
    at: String,
    sha256: &'a str,
    /// What the letter is about: reasons, a note.
    words: &'a str,
}

/// Which letters [`to_organisation`] sends, as the page before the deed tells them.
///
/// # Errors
/// Those of the database.
pub fn letters_text(r: &mut Read<'_>, kind: &str, contract: &Contract, report: &Report) -> Result<String, AppError> {
    let to = account::store::members(r, &contract.org)?.into_iter().map(|(person, _)| person.email).collect();
    Ok(mail::reach(r, kind, report.id.as_str(), to)?.text())
}

/// Puts the letter `kind` to every member of the contractor into the outbox.
pub(super) fn to_organisation(
    tx: &mut Tx<'_>,
    kind: &'static str,
    contract: &Contract,
    report: &Report,
    words: &str,
    now: Instant,
) -> Result<(), AppError> {
    for (person, _) in account::store::members(tx, &contract.org)? {
        let letter = Letter {
            name: &person.name,
            report: report.name(),
            contract: &contract.number,
            title: &contract.content.title,
            period: format!("{}–{}", show_date(report.period_from), show_date(report.period_to)),
            at: show_instant_seconds(now),
            sha256: report.sha256.as_deref().unwrap_or_default(),
            words,
        };
        mail::put(tx, mail::render(&person.email, kind, report.id.as_str(), &letter)?, now)?;
    }
    Ok(())
}
