//! The organ announces a call: its terms are frozen, it gets a number and an instant of its deadline.
//!
//! One of the six acts that only the organ may do (UDPP art. 11 ust. 2b).

use super::advance::{advance_with, load};
use super::approve::seal;
use super::model::{Approval, Call, CallAction, CallContent, Preparer, Publication, last_shown};
use super::rules::{self, Ready};
use super::store;
use crate::account::{self, Actor, Role};
use crate::error::AppError;
use crate::law::{Finding, Instant, Severity, blocks, warsaw_date};
use crate::programme::{self, ProgrammeContent};
use crate::store::{CallId, Read, Tx, to_json};

/// Announces version `seen` in the three obligatory places and returns the number of the call.
/// The organ approved the text before: its papers hang, so it must still be the same text on the same programme.
/// The day of announcement is the latest of the places' dates; by it the rule set is checked and
/// the cap resolved. The 21 days and the law are judged on the day of recording too: only from then on do offers
/// go in.
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
    let Some((approval, old)) = call.content.approval.clone().zip(call.terms_hash.clone()) else {
        return Err(AppError::refused(rules::unapproved()));
    };
    let mut wrong = rules::check_places("R-ANN-03", &places, warsaw_date(now));
    wrong.extend(rules::check_hours("R-ANN-03", &places, now));
    wrong.extend(rules::check_ready(&places, Ready::Approved(approval.at)));
    let programme = programme::store::find(tx, &call.programme)?;
    wrong.extend(lapsed(&call.content, &approval, &programme.content)?);
    refuse(wrong)?;
    let day = places.iter().map(|p| p.on).max().ok_or_else(|| AppError::internal("an announcement without places"))?;
    call.content.places = places;
    seal(tx, by, &mut call, day, now)?;
    if warsaw_date(now) > day {
        refuse(rules::check_opening(&call.content, warsaw_date(now)))?;
    }
    let hash = call.terms_hash.clone().unwrap_or_default();
    refuse(rules::check_same_text(&old, &hash, &approval).into_iter().collect())?;
    call.content.approval = Some(approval);
    call.deadline_at = call.content.elements.deadline.and_then(|wall| rules::deadline_instant(wall).ok());
    call.announced_at = Some(last_shown(&call.content.places, now));
    let number = call.number().to_owned();
    let text = to_json(&call.content)?;
    let detail = format!("Ogłoszono konkurs {number}. Warunki zamrożono, suma kontrolna SHA-256: {hash}.");
    // Moves the call first: its compare-and-set decides between two announcements.
    advance_with(tx, by, call, CallAction::Announce, "call.announce", detail, now)?;
    store::freeze(tx, id, 1, &text, by.log_name(), "ogłoszenie konkursu", now)?;
    Ok(number)
}

/// Why an approval does not hold any more: the programme behind the text is another one, or who approved it wrote the
/// programme afterwards.
///
/// # Errors
/// `Internal` for a programme that cannot be written.
pub fn lapsed(
    call: &CallContent,
    approval: &Approval,
    programme: &ProgrammeContent,
) -> Result<Option<Finding>, AppError> {
    let other = rules::check_same_programme(approval, &programme::facts_digest(programme)?);
    Ok(other.or_else(|| rules::check_approver(approval, &preparers(call, programme))))
}

/// Whoever approves a draft prepared neither it nor its programme.
pub(super) fn two_people(tx: &mut Tx<'_>, by: &Actor, call: &Call) -> Result<Vec<Finding>, AppError> {
    let programme = programme::store::find(tx, &call.programme)?;
    Ok(four_eyes_of(tx, by, &call.content, &programme.content)?.into_iter().collect())
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

/// [`four_eyes`] of a draft with the programme behind it: whoever wrote the gminas, the opinion or the plan prepared
/// the contest too.
///
/// # Errors
/// Those of the database.
pub fn four_eyes_of(
    r: &mut Read<'_>,
    by: &Actor,
    call: &CallContent,
    programme: &ProgrammeContent,
) -> Result<Option<Finding>, AppError> {
    let all = preparers(call, programme);
    let name = by.person.as_ref().map(|p| p.name.clone()).unwrap_or_default();
    let own = call.prepared_by.iter().any(|p| Some(&p.person) == by.person_id());
    Ok(four_eyes(r, by, &all)?.map(|finding| if own { finding } else { rules::of_programme(finding, &name) }))
}

/// Everybody who prepared a draft or the programme behind it, each once.
#[must_use]
pub fn preparers(call: &CallContent, programme: &ProgrammeContent) -> Vec<Preparer> {
    let mut all = call.prepared_by.clone();
    for person in &programme.prepared_by {
        if !all.iter().any(|known| known.person == person.person) {
            all.push(person.clone());
        }
    }
    all
}

/// Stops for every finding that blocks.
pub(super) fn refuse(findings: Vec<Finding>) -> Result<(), AppError> {
    if !blocks(&findings) {
        return Ok(());
    }
    Err(AppError::Refused(findings.into_iter().filter(|f| f.severity == Severity::Block).collect()))
}
