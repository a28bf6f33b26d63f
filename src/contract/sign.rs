//! The office records that both sides signed.

use chrono::NaiveDate;
use serde::Serialize;

use super::model::{Contract, ContractAction};
use super::{at_version, generate, moved, record, rules, store};
use crate::account::Actor;
use crate::award;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, blocks, show_date, warsaw_date};
use crate::mail;
use crate::offer::{self, OfferAction};
use crate::store::{ContractId, Tx, tables};

/// What the letters about a contract say.
#[derive(Serialize)]
pub(super) struct Letter<'a> {
    number: &'a str,
    title: &'a str,
    organisation: &'a str,
    grant: String,
    starts: String,
    ends: String,
    signed_on: String,
    account: String,
    first: String,
    path: String,
}

impl<'a> Letter<'a> {
    pub(super) fn of(contract: &'a Contract) -> Letter<'a> {
        let c = &contract.content;
        Letter {
            number: &contract.number,
            title: &c.title,
            organisation: &c.contractor.name,
            grant: c.grant.to_string(),
            starts: show_date(c.starts),
            ends: show_date(c.ends),
            signed_on: contract.signed_on.map(show_date).unwrap_or_default(),
            account: c.account.as_ref().map(ToString::to_string).unwrap_or_default(),
            first: c.tranches.first().map(|t| format!("{} do {}", t.amount, show_date(t.due_on))).unwrap_or_default(),
            path: format!("/umowy/{}", contract.id),
        }
    }
}

/// Records the day of the last signature; the contract is in force from then on.
///
/// # Errors
/// `Refused` when the day is before the results (R-CON-01) or has another rate of the
/// cap (R-CAP-01, R-TAB-01); `Invalid` for a day to come; `Stale`; `Forbidden`.
pub fn sign(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ContractId,
    seen: i64,
    signed_on: NaiveDate,
    now: Instant,
) -> Result<(), AppError> {
    let before = at_version(tx, id, seen)?;
    let state = moved(&before, ContractAction::Sign)?;
    if signed_on > warsaw_date(now) {
        return Err(AppError::Invalid(FieldErrors::of("signed_on", "Data podpisania nie może być w przyszłości.")));
    }
    let award = award::store::of_call(tx, &before.call)?;
    let mut findings = rules::check_signing(signed_on, award.as_ref());
    findings.extend(generate::check_rate(&tables::tables(tx)?, &before, signed_on)?);
    if blocks(&findings) {
        return Err(AppError::Refused(findings));
    }
    let after = Contract { state, signed_on: Some(signed_on), ..before.clone() };
    store::save(tx, &after)?;
    let notes: Vec<String> = findings.iter().map(|f| format!(" ({}: {} {})", f.rule, f.found, f.limit)).collect();
    let detail = format!("Zapisano podpisanie umowy w dniu {}{}", show_date(signed_on), notes.concat());
    record(tx, by, "contract.sign", (&before, &after), detail, now)?;
    let offer = offer::store::find(tx, &after.offer)?;
    let words = format!("Zawarto umowę {}", after.number);
    offer::advance(tx, by, &offer, OfferAction::Contract, "offer.contract", words, now)?;
    let to = &after.content.contractor.details.email;
    if to.is_empty() {
        return Ok(());
    }
    let message = mail::render(to, "contract_signed", id.as_str(), &Letter::of(&after))?;
    mail::put(tx, message, now)
}
