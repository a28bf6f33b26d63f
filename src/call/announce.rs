//! The organ announces a call: its terms are frozen, it gets a number and an instant of its deadline.
//!
//! One of the six acts that only the organ may do (UDPP art. 11 ust. 2b).

use chrono::Datelike;

use super::advance::{advance_with, load};
use super::model::{Call, CallAction, Publication};
use super::{rules, store};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::{Finding, Instant, Severity, blocks, warsaw_date};
use crate::programme;
use crate::store::{CallId, Tx, counters, digest, tables, to_json};

/// Announces version `seen` in the three obligatory places and returns the number of the call.
/// The day of announcement is the latest of the places' dates; by it the rule set is checked and
/// the cap resolved.
///
/// # Errors
/// `Refused` with every blocking finding, `Stale` when somebody saved or announced meanwhile.
pub fn announce(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &CallId,
    seen: i64,
    places: Vec<Publication>,
    now: Instant,
) -> Result<String, AppError> {
    let mut call = load(tx, id, seen)?;
    call.state.after(CallAction::Announce).map_err(|e| AppError::forbidden(e.to_string()))?;
    refuse(rules::check_places("R-ANN-03", &places, warsaw_date(now)))?;
    call.content.places = places;
    let day = call.announced_on().ok_or_else(|| AppError::internal("an announcement without places"))?;
    match tables::rule_set(tx, &call.content.rules.code) {
        Ok(current) => call.content.rules = current,
        Err(AppError::NotFound) => {}
        Err(e) => return Err(e),
    }
    freeze(tx, &mut call, now)?;
    let name = format!("{}/{}", call.content.rules.family(), day.year());
    let nth = counters::next(tx, &format!("call:{name}"))?;
    let number = format!("{}/{nth}/{}", call.content.rules.family(), day.year());
    call.number = Some(number.clone());
    call.announced_at = Some(now);
    let hash = digest(&to_json(&call.content)?);
    let detail = format!("Ogłoszono konkurs {number}. Warunki zamrożono, skrót SHA-256: {hash}.");
    call.terms_hash = Some(hash);
    advance_with(tx, by, call, CallAction::Announce, "call.announce", detail, now)?;
    Ok(number)
}

/// Checks everything on the day of announcement and resolves the cap and the deadline.
fn freeze(tx: &mut Tx<'_>, call: &mut Call, now: Instant) -> Result<(), AppError> {
    let day = call.announced_on().unwrap_or_else(|| warsaw_date(now));
    let programme = programme::store::find(tx, &call.programme)?;
    let tables = tables::tables(tx)?;
    let committed = store::committed(tx, &call.programme, Some(&call.id))?;
    let mut findings = rules::check(&call.content, &programme.content, day, &tables, committed);
    call.deadline_at = call.content.elements.deadline.and_then(|wall| rules::deadline_instant(wall).ok());
    findings.extend(call.deadline_at.filter(|end| *end <= now).map(rules::deadline_passed));
    refuse(findings)?;
    call.content.cap = rules::resolve_cap(&call.content, day, &tables).map_err(AppError::refused)?;
    Ok(())
}

fn refuse(findings: Vec<Finding>) -> Result<(), AppError> {
    if !blocks(&findings) {
        return Ok(());
    }
    Err(AppError::Refused(findings.into_iter().filter(|f| f.severity == Severity::Block).collect()))
}
