//! The organ announces a call: its terms are frozen, it gets a number and an instant of its deadline.
//!
//! One of the six acts that only the organ may do (UDPP art. 11 ust. 2b).

use chrono::Datelike;

use super::advance::{advance_with, load};
use super::model::{Call, CallAction, Preparer, Publication};
use super::{rules, store};
use crate::account::{self, Actor, Role};
use crate::error::AppError;
use crate::law::{Finding, Instant, Severity, blocks, warsaw_date};
use crate::programme;
use crate::store::{CallId, Read, Tx, counters, digest, tables, to_json};

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
    refuse(four_eyes(tx, by, &call.content.prepared_by)?.into_iter().collect())?;
    let mut wrong = rules::check_places("R-ANN-03", &places, warsaw_date(now));
    wrong.extend(rules::check_hours("R-ANN-03", &places, now));
    refuse(wrong)?;
    call.content.places = places;
    let day = call.announced_on().ok_or_else(|| AppError::internal("an announcement without places"))?;
    match tables::rule_set(tx, &call.content.rules.code) {
        Ok(current) => call.content.rules = current,
        Err(AppError::NotFound) => {}
        Err(e) => return Err(e),
    }
    resolve(tx, &mut call, now)?;
    let number = next_number(tx, &call, day.year())?;
    call.number = Some(number.clone());
    call.announced_at = Some(now);
    let text = to_json(&call.content)?;
    let hash = digest(&text);
    let detail = format!("Ogłoszono konkurs {number}. Warunki zamrożono, skrót SHA-256: {hash}.");
    call.terms_hash = Some(hash);
    // Moves the call first: its compare-and-set decides between two announcements.
    advance_with(tx, by, call, CallAction::Announce, "call.announce", detail, now)?;
    store::freeze(tx, id, 1, &text, by.log_name(), "ogłoszenie konkursu", now)?;
    Ok(number)
}

/// Test calls count on their own, so that no number of a real contest is lost.
fn next_number(tx: &mut Tx<'_>, call: &Call, year: i32) -> Result<String, AppError> {
    let family = call.content.rules.family();
    let series = if call.content.test { format!("PRÓBA/{family}") } else { family.to_owned() };
    let nth = counters::next(tx, &format!("call:{series}/{year}"))?;
    Ok(format!("{series}/{nth}/{year}"))
}

/// The finding that `by` is among those who prepared a call or a change of it, with the names of those who may
/// announce it (R-PUB-01).
///
/// # Errors
/// Those of the database.
pub fn four_eyes(r: &mut Read<'_>, by: &Actor, prepared: &[Preparer]) -> Result<Option<Finding>, AppError> {
    if !prepared.iter().any(|p| Some(&p.person) == by.person_id()) {
        return Ok(None);
    }
    let others: Vec<String> = account::store::staff(r)?
        .into_iter()
        .filter(|p| p.active && p.roles.contains(&Role::Organ) && !prepared.iter().any(|own| own.person == p.id))
        .map(|p| p.name)
        .collect();
    Ok(rules::four_eyes(prepared, by.person_id(), &others))
}

/// Checks everything on the day of announcement and resolves the cap and the deadline.
fn resolve(tx: &mut Tx<'_>, call: &mut Call, now: Instant) -> Result<(), AppError> {
    let day = call.announced_on().unwrap_or_else(|| warsaw_date(now));
    let programme = programme::store::find(tx, &call.programme)?;
    let tables = tables::tables(tx)?;
    let committed = store::committed(tx, &call.programme, Some(&call.id))?;
    refuse(rules::confirmed(programme.state).into_iter().collect())?;
    let mut findings = rules::check(&call.content, &programme.content, day, &tables, committed);
    call.deadline_at = call.content.elements.deadline.and_then(|wall| rules::deadline_instant(wall).ok());
    findings.extend(call.deadline_at.filter(|end| *end <= now).map(rules::deadline_passed));
    refuse(findings)?;
    call.content.cap = rules::resolve_cap(&call.content, day, &tables).map_err(AppError::refused)?;
    Ok(())
}

/// Stops for every finding that blocks.
pub(super) fn refuse(findings: Vec<Finding>) -> Result<(), AppError> {
    if !blocks(&findings) {
        return Ok(());
    }
    Err(AppError::Refused(findings.into_iter().filter(|f| f.severity == Severity::Block).collect()))
}
