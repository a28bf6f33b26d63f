//! An officer gives everybody who was called to supplement an offer, and has not answered yet, the same longer time:
//! after an outage of the service, an office that was shut, whatever hit them all.

use chrono::NaiveDate;

use super::letters;
use super::model::Summons;
use super::rules;
use super::store::summonses;
use crate::account::{self, Actor};
use crate::call::{self, Call, CallState};
use crate::error::AppError;
use crate::law::{Finding, Instant, end_of_day_warsaw, show_until};
use crate::offer::{self, Offer, OfferAction, OfferState};
use crate::store::{CallId, Read, Tx};

/// The last day of the longer time, and why.
#[derive(Clone, Debug)]
pub struct MoreTime {
    pub until: NaiveDate,
    pub why: String,
}

/// The offers of `call` whose supplement the office still waits for, by number, each with its call to supplement.
///
/// # Errors
/// Those of the database.
pub fn awaiting(r: &mut Read<'_>, call: &Call) -> Result<Vec<(Offer, Summons)>, AppError> {
    if call.state != CallState::Review {
        return Ok(Vec::new());
    }
    let mut called = summonses::unanswered(r, &call.id)?;
    let mut out = Vec::new();
    for offer in offer::store::filed_in_call(r, &call.id)? {
        let waits = offer.state == OfferState::ToSupplement;
        if let Some(at) = called.iter().position(|s| waits && s.offer == offer.id) {
            out.push((offer, called.swap_remove(at)));
        }
    }
    Ok(out)
}

/// Addresses of everybody who would be told.
///
/// # Errors
/// Those of the database.
pub fn told_of_time(r: &mut Read<'_>, waiting: &[(Offer, Summons)]) -> Result<Vec<String>, AppError> {
    let mut to = Vec::new();
    for (offer, _) in waiting {
        to.extend(letters::addresses(r, offer)?);
    }
    Ok(to)
}

/// Gives the time to everybody whose own ends sooner; they get a letter each. The same time twice changes nothing.
///
/// # Errors
/// `Refused` when nobody is waited for, `Invalid` at `until` or `why`, `Stale` when an offer changes meanwhile.
pub fn more_time(tx: &mut Tx<'_>, by: &Actor, id: &CallId, wish: &MoreTime, now: Instant) -> Result<(), AppError> {
    let call = call::store::find(tx, id)?;
    for (offer, _) in awaiting(tx, &call)? {
        offer::store::lock(tx, &offer.id)?; // nobody hands in while the time is moved
    }
    let waiting = awaiting(tx, &call)?;
    if waiting.is_empty() {
        return Err(AppError::refused(nobody()));
    }
    let dues: Vec<Instant> = waiting.iter().map(|(_, s)| s.due).collect();
    let mut errors = rules::check_more_time(&dues, wish.until, &wish.why, now);
    if names_somebody(tx, &waiting, &wish.why)? {
        errors.add("why", "Powód przeczytają wszyscy wezwani. Usuń z niego nazwy i numery organizacji.");
    }
    errors.finish(Some(()))?;
    let (due, why) = (end_of_day_warsaw(wish.until), wish.why.trim());
    for (offer, summons) in waiting.iter().filter(|(_, s)| s.due < due) {
        let detail = format!(
            "Wydłużono czas na uzupełnienie oferty z {} do {}. Powód: {}.",
            show_until(summons.due),
            show_until(due),
            why.trim_end_matches('.')
        );
        let longer = Offer { supplement_by: Some(due), ..offer.clone() };
        offer::advance(tx, by, &longer, OfferAction::GiveTime, "offer.summons", detail, now)?;
        summonses::move_due(tx, summons, due)?;
        letters::term(tx, &call, offer, (summons.called_at, due), why, now)?;
    }
    Ok(())
}

/// Whether the reason tells the others who was called.
fn names_somebody(r: &mut Read<'_>, waiting: &[(Offer, Summons)], why: &str) -> Result<bool, AppError> {
    for (offer, _) in waiting {
        let org = account::store::organisation(r, &offer.org)?;
        if call::rules::gives_away(why, &org).is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn nobody() -> Finding {
    Finding::block("R-COR-02")
        .at("czas na uzupełnienie")
        .found("Urząd nie czeka na żadne uzupełnienie w tym konkursie.")
        .limit("Czas wydłuża się tym, którzy na wezwanie jeszcze nie odpowiedzieli.")
        .basis("zasady konkursu w ogłoszeniu; równe traktowanie oferentów (art. 5 ust. 3 UDPP)")
}
