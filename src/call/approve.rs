//! The organ approves the text of a draft: it gets its number and its hash, and the office takes the papers that will
//! hang in the three places. The contest opens only when all three hang ([`super::announce()`]).
//!
//! Legal basis: UDPP art. 11 ust. 2b (an act of the organ), art. 13 ust. 2 and 3 (what is announced, and where).

use chrono::{Datelike, NaiveDate};

use super::advance::{advance_with, load};
use super::announce::{lapsed, refuse, two_people};
use super::model::{Approval, Call, CallAction};
use super::terms::hash_of;
use super::{rules, store};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::{Instant, Money, show_instant, warsaw_date};
use crate::programme;
use crate::store::{CallId, Read, Tx, counters, tables};

/// Approves version `seen` and returns the number of the call. Everything is checked as if it were announced today;
/// what depends on the days of the places is checked again when they are recorded. It keeps who approved and on which
/// programme.
///
/// # Errors
/// `Refused` with every blocking finding, also when `by` prepared the draft (R-PUB-01); `Forbidden` when it is approved
/// already; `Stale` when somebody saved meanwhile.
pub fn approve(tx: &mut Tx<'_>, by: &Actor, id: &CallId, seen: i64, now: Instant) -> Result<String, AppError> {
    let mut call = load(tx, id, seen)?;
    call.state.after(CallAction::Approve).map_err(|e| AppError::forbidden(e.to_string()))?;
    refuse(two_people(tx, by, &call)?)?;
    let programme = programme::store::find(tx, &call.programme)?;
    let stands = match &call.content.approval {
        Some(approval) => lapsed(&call.content, approval, &programme.content)?.is_none(),
        None => false,
    };
    let old = call.terms_hash.clone().filter(|_| stands);
    seal(tx, by, &mut call, warsaw_date(now), now)?;
    if old.is_some() && old == call.terms_hash {
        return Err(AppError::forbidden("Ta treść jest już zatwierdzona. Pobierz pisma i zapisz miejsca ogłoszenia."));
    }
    let number = call.number().to_owned();
    let hash = call.terms_hash.clone().unwrap_or_default();
    let detail = format!("Zatwierdzono treść ogłoszenia konkursu {number}. Suma kontrolna SHA-256: {hash}.");
    advance_with(tx, by, call, CallAction::Approve, "call.approve", detail, now)?;
    Ok(number)
}

/// Checks everything for a publication on `day`, resolves the cap, and gives number, hash and approval.
pub(super) fn seal(tx: &mut Tx<'_>, by: &Actor, call: &mut Call, day: NaiveDate, now: Instant) -> Result<(), AppError> {
    match tables::rule_set(tx, &call.content.rules.code) {
        Ok(current) => call.content.rules = current,
        Err(AppError::NotFound) => {}
        Err(e) => return Err(e),
    }
    let programme = programme::store::find(tx, &call.programme)?;
    let tables = tables::tables(tx)?;
    let committed = committed(tx, call)?;
    refuse(rules::confirmed(programme.state).into_iter().collect())?;
    let mut findings = rules::check(&call.content, &programme.content, day, &tables, committed);
    let end = call.content.elements.deadline.and_then(|wall| rules::deadline_instant(wall).ok());
    findings.extend(end.filter(|end| *end <= now).map(rules::deadline_passed));
    refuse(findings)?;
    call.content.cap = rules::resolve_cap(&call.content, day, &tables).map_err(AppError::refused)?;
    call.number = Some(number(tx, call, day.year())?);
    call.terms_hash = Some(hash_of(&call.content)?);
    let name = by.person.as_ref().map_or_else(|| by.log_name().to_owned(), |p| p.name.clone());
    let facts = programme::facts_digest(&programme.content)?;
    call.content.approval = Some(Approval { at: now, by: name, person: by.person_id().cloned(), programme: facts });
    Ok(())
}

/// The money that the other calls of the programme take from the plan; a test call takes none and so asks for none of it.
///
/// # Errors
/// Those of the database.
pub fn committed(r: &mut Read<'_>, call: &Call) -> Result<Money, AppError> {
    if call.content.test {
        return Ok(Money::ZERO);
    }
    store::committed(r, &call.programme, Some(&call.id))
}

/// The number that the draft got when it was approved before, or the next one. Test calls count on their own, so that
/// no number of a real contest is lost.
fn number(tx: &mut Tx<'_>, call: &Call, year: i32) -> Result<String, AppError> {
    let family = call.content.rules.family();
    let series = if call.content.test { format!("PRÓBA/{family}") } else { family.to_owned() };
    if let Some(kept) = call.number.as_ref().filter(|kept| kept.starts_with(&format!("{series}/"))) {
        return Ok(kept.clone());
    }
    let nth = counters::next(tx, &format!("call:{series}/{year}"))?;
    Ok(format!("{series}/{nth}/{year}"))
}

/// A draft that is saved is approved no more; returns what the log says of it. The number stays with the draft.
pub(super) fn take_back(call: &mut Call) -> String {
    let Some(approval) = call.content.approval.take() else { return String::new() };
    let hash = call.terms_hash.take().unwrap_or_default();
    call.content.cap = None;
    format!(
        " Zatwierdzenie treści z {} (SHA-256: {hash}) przestało obowiązywać; numer {} zostaje.",
        show_instant(approval.at),
        call.number()
    )
}
