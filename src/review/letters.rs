//! Letters about a call to supplement an offer, to everybody of its organisations: they are legal notices and have no
//! switch.

use serde::Serialize;

use super::model::{Defect, Summons, Supplement};
use crate::account;
use crate::call::Call;
use crate::error::AppError;
use crate::law::{Instant, plural, show_deadline, show_instant, show_instant_seconds};
use crate::mail;
use crate::offer::{self, Offer};
use crate::store::{Read, Tx};

/// The kind of the letter about the time of a call to supplement.
pub const TERM: &str = "offer_summons_term";

#[derive(Serialize)]
struct Asked<'a> {
    no: usize,
    missing: &'a str,
    files: Vec<&'a str>,
}

#[derive(Serialize)]
struct Called<'a> {
    org: String,
    number: &'a str,
    title: &'a str,
    call: &'a str,
    defects: Vec<Asked<'a>>,
    deadline: String,
    days: String,
}

#[derive(Serialize)]
struct Term<'a> {
    org: String,
    number: &'a str,
    call: &'a str,
    called: String,
    deadline: String,
    /// Why there is more time; empty where the call to supplement holds as it was.
    why: &'a str,
}

#[derive(Serialize)]
struct Given<'a> {
    org: String,
    number: &'a str,
    call: &'a str,
    at: String,
    sha256: &'a str,
    files: Vec<&'a str>,
    by: &'a str,
}

/// Everybody of the organisations of an offer, each once.
pub(super) fn addresses(r: &mut Read<'_>, offer: &Offer) -> Result<Vec<String>, AppError> {
    let mut out = account::addresses(r, &offer.org)?;
    for org in offer::joint::parties(r, offer)?.iter().filter(|p| p.takes_part()).filter_map(|p| p.org.as_ref()) {
        out.extend(account::addresses(r, &org.id)?);
    }
    let mut told = std::collections::BTreeSet::new();
    out.retain(|email| told.insert(email.clone()));
    Ok(out)
}

/// `5 dni roboczych`.
pub(super) fn working_days(days: u32) -> String {
    format!("{days} {}", plural(i64::from(days), "dzień roboczy", "dni robocze", "dni roboczych"))
}

pub(super) fn called(tx: &mut Tx<'_>, call: &Call, offer: &Offer, s: &Summons, now: Instant) -> Result<(), AppError> {
    let asked = |d: &'_ Defect| -> Vec<String> { d.files.iter().map(|f| f.name.clone()).collect() };
    let names: Vec<Vec<String>> = s.defects.iter().map(asked).collect();
    let lines = s.defects.iter().zip(&names);
    let letter = Called {
        org: offer.offeror_names(),
        number: offer.number.as_deref().unwrap_or_default(),
        title: &offer.content.title,
        call: call.number(),
        defects: lines
            .map(|(d, files)| Asked {
                no: d.no,
                missing: &d.missing,
                files: files.iter().map(String::as_str).collect(),
            })
            .collect(),
        deadline: show_deadline(s.due),
        days: working_days(call.content.correction.days),
    };
    let to = addresses(tx, offer)?;
    mail::put_each(tx, &to, "offer_summons", offer.id.as_str(), &letter, now)
}

/// The time of a call to supplement is longer because of `why`, or, without one, runs on as it was.
pub(super) fn term(
    tx: &mut Tx<'_>,
    call: &Call,
    offer: &Offer,
    (called_at, due): (Instant, Instant),
    why: &str,
    now: Instant,
) -> Result<(), AppError> {
    let letter = Term {
        org: offer.offeror_names(),
        number: offer.number.as_deref().unwrap_or_default(),
        call: call.number(),
        called: show_instant(called_at),
        deadline: show_deadline(due),
        why,
    };
    let to = addresses(tx, offer)?;
    mail::put_each(tx, &to, TERM, offer.id.as_str(), &letter, now)
}

pub(super) fn given(tx: &mut Tx<'_>, call: &Call, offer: &Offer, done: &Supplement) -> Result<(), AppError> {
    let letter = Given {
        org: offer.offeror_names(),
        number: offer.number.as_deref().unwrap_or_default(),
        call: call.number(),
        at: show_instant_seconds(done.arrived_at),
        sha256: &done.sha256,
        files: done.content.attachments.iter().map(|f| f.name.as_str()).collect(),
        by: &done.given_by,
    };
    let to = addresses(tx, offer)?;
    mail::put_each(tx, &to, "offer_supplement", offer.id.as_str(), &letter, done.arrived_at)
}
