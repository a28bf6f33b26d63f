//! A change of an announcement is written: begun, saved part by part, handed over to the organ, given back or
//! given up. It is published in [`super::amend`].

use chrono::NaiveDateTime;

use super::amend::{check_change, near};
use super::announce::refuse;
use super::model::{
    Amendment, AmendmentAction, AmendmentContent, AmendmentState, Call, CallAction, CallContent, Elements,
    LONGEST_RETURN, Part, Returned,
};
use super::register::{after_publication, of_versions, term_of};
use super::rules::{self, Longer};
use super::store::{self, amendments, notices};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, add_days, warsaw_date};
use crate::programme::remember;
use crate::store::{AmendmentId, CallId, OutageId, Tx, digest, to_json};

/// Why a change begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Whatever the office writes.
    Own,
    Outage(OutageId),
    /// A place did not show the announcement for a time.
    Missing,
}

/// Begins a change of an announced call; after an outage or a missing notice its reason and a longer deadline are
/// written already.
///
/// # Errors
/// `Forbidden` unless offers are awaited, `Taken` when somebody works on a change already.
pub fn begin_amendment(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &CallId,
    cause: &Cause,
    now: Instant,
) -> Result<AmendmentId, AppError> {
    let call = store::find(tx, id)?;
    call.state.after(CallAction::Amend).map_err(|e| AppError::forbidden(e.to_string()))?;
    let mut content = AmendmentContent {
        content: call.content.clone().unapproved(),
        reason: String::new(),
        proposed_at: None,
        returned: None,
        prepared_by: Vec::new(),
    };
    let remark = match cause {
        Cause::Own => String::new(),
        Cause::Outage(outage) => {
            let found = near(tx, &call)?.into_iter().find(|o| &o.id == outage).ok_or(AppError::NotFound)?;
            content.reason = rules::outage::notice(&found);
            let old = content.content.elements.deadline;
            let later = old.and_then(|old| rules::outage::proposed_deadline(old, found.to));
            prolong(&mut content.content.elements, later);
            format!(" Powód: przerwa {}.", found.span())
        }
        Cause::Missing => {
            let longer = missing(tx, &call)?.filter(|_| call.is_open(now)).ok_or(AppError::NotFound)?;
            content.reason = longer.reason;
            prolong(&mut content.content.elements, Some(longer.deadline));
            " Powód: brak ogłoszenia w jednym z miejsc.".to_owned()
        }
    };
    remember(&mut content.prepared_by, by);
    let amendment = Amendment {
        id: AmendmentId::new(),
        call: id.clone(),
        state: AmendmentState::Draft,
        version: 0,
        content,
        created_at: now,
        created_by: by.log_name().to_owned(),
    };
    amendments::insert(tx, &amendment)?;
    let detail = format!("Rozpoczęto zmianę ogłoszenia konkursu {}.{remark}", call.number());
    log(tx, by, &amendment, ("call.amend.begin", detail), String::new(), now)?;
    Ok(amendment.id)
}

/// The longer deadline that a missing notice calls for.
fn missing(tx: &mut Tx<'_>, call: &Call) -> Result<Option<Longer>, AppError> {
    let versions = store::versions(tx, &call.id)?;
    let (changes, term) = (of_versions(&versions)?, term_of(&versions)?);
    let facts = notices::of_call(tx, &call.id)?;
    Ok(after_publication(call, term.as_ref(), &changes, &facts).and_then(|after| after.longer()))
}

/// A later deadline; the day of the decision keeps its distance, and comes after the deadline, when it would be too early
/// (R-ANN-01).
fn prolong(elements: &mut Elements, later: Option<NaiveDateTime>) {
    let (Some(old), Some(later)) = (elements.deadline, later) else { return };
    elements.deadline = Some(later);
    let moved = later.date().signed_duration_since(old.date());
    let soonest = add_days(later.date(), 1);
    elements.decision_by = elements.decision_by.map(|day| if day < soonest { soonest.max(day + moved) } else { day });
}

/// The parts that may change after publication, and what of them: not the programme nor the rules.
#[must_use]
pub fn may_amend(part: Part) -> bool {
    match part {
        Part::Preconditions => false,
        Part::Programme
        | Part::Elements
        | Part::Terms
        | Part::Card
        | Part::Attachments
        | Part::Formal
        | Part::Correction
        | Part::Money
        | Part::Committee => true,
    }
}

/// Saves one part of a change; `seen` is [`Part::mark`] of what the form has seen.
///
/// # Errors
/// `Stale` when somebody changed this part meanwhile, `Forbidden` once it was proposed.
pub fn amend_part(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &AmendmentId,
    part: Part,
    seen: &str,
    content: CallContent,
    now: Instant,
) -> Result<(), AppError> {
    let mut a = amendments::find(tx, id)?;
    let before = digest(&to_json(&a.content)?);
    a.state = after(&a, AmendmentAction::Edit)?;
    if !may_amend(part) {
        return Err(AppError::forbidden("Tej części nie zmienia się po ogłoszeniu konkursu."));
    }
    if part.mark(&a.content.content)? != seen {
        return Err(AppError::Stale);
    }
    if part == Part::Programme {
        a.content.content.title = content.title;
        a.content.content.contact = content.contact;
        a.content.content.assumed = content.assumed;
        a.content.content.question_days = content.question_days;
    } else {
        part.put(content, &mut a.content.content);
    }
    remember(&mut a.content.prepared_by, by);
    amendments::save(tx, &a)?;
    let detail = format!("Zapisano zmianę ogłoszenia: {}.", part.title());
    log(tx, by, &a, ("call.amend.save", detail), before, now)
}

/// Hands a change over to the organ, with its reason.
///
/// # Errors
/// `Refused` with every blocking finding, `Invalid` without a reason, `Stale` when somebody saved meanwhile.
pub fn propose_amendment(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &AmendmentId,
    seen: i64,
    reason: &str,
    now: Instant,
) -> Result<(), AppError> {
    let mut a = load(tx, id, seen)?;
    let before = digest(&to_json(&a.content)?);
    a.state = after(&a, AmendmentAction::Propose)?;
    if reason.trim().is_empty() {
        return Err(AppError::Invalid(FieldErrors::of("reason", "Uzupełnij pole „Powód zmiany”. Przeczyta go każdy.")));
    }
    reason.trim().clone_into(&mut a.content.reason);
    a.content.proposed_at = Some(now);
    a.content.returned = None;
    remember(&mut a.content.prepared_by, by);
    let call = store::find(tx, &a.call)?;
    let findings = check_change(tx, &call, &a, warsaw_date(now), now)?;
    refuse(findings)?;
    amendments::save(tx, &a)?;
    let detail =
        format!("Przekazano organowi zmianę ogłoszenia konkursu {}. Powód: {}", call.number(), a.content.reason);
    log(tx, by, &a, ("call.amend.propose", detail), before, now)
}

/// The organ gives a change back to be written anew, and says why.
///
/// # Errors
/// `Forbidden` unless it was proposed, `Invalid` without a reason, `Stale` when somebody saved meanwhile.
pub fn return_amendment(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &AmendmentId,
    seen: i64,
    reason: &str,
    now: Instant,
) -> Result<(), AppError> {
    let mut a = load(tx, id, seen)?;
    let before = digest(&to_json(&a.content)?);
    a.state = after(&a, AmendmentAction::SendBack)?;
    let reason = checked_return(reason.trim())?;
    let name = by.person.as_ref().map_or_else(|| by.log_name().to_owned(), |p| p.name.clone());
    a.content.returned = Some(Returned { at: now, by: name, reason: reason.to_owned() });
    amendments::save(tx, &a)?;
    let detail = format!("Organ zwrócił zmianę ogłoszenia do poprawy. Powód: {reason}");
    log(tx, by, &a, ("call.amend.return", detail), before, now)
}

fn checked_return(reason: &str) -> Result<&str, AppError> {
    let length = reason.chars().count();
    let wrong = match length {
        0 => "Napisz, co trzeba poprawić. Przeczyta to pracownik, który przygotował zmianę.".to_owned(),
        _ if length > LONGEST_RETURN => format!("Powód ma {length} znaków. Najwięcej: {LONGEST_RETURN}."),
        _ => return Ok(reason),
    };
    Err(AppError::Invalid(FieldErrors::of("returned", wrong)))
}

/// A change is given up.
///
/// # Errors
/// `Forbidden` when it is closed already, `Stale` when somebody saved meanwhile.
pub fn drop_amendment(tx: &mut Tx<'_>, by: &Actor, id: &AmendmentId, seen: i64, now: Instant) -> Result<(), AppError> {
    let mut a = load(tx, id, seen)?;
    let before = digest(&to_json(&a.content)?);
    a.state = after(&a, AmendmentAction::Drop)?;
    amendments::save(tx, &a)?;
    let detail = "Porzucono zmianę ogłoszenia; ogłoszenie zostaje takie, jakie jest.".to_owned();
    log(tx, by, &a, ("call.amend.drop", detail), before, now)
}

pub(super) fn load(tx: &mut Tx<'_>, id: &AmendmentId, seen: i64) -> Result<Amendment, AppError> {
    let a = amendments::find(tx, id)?;
    if a.version == seen { Ok(a) } else { Err(AppError::Stale) }
}

pub(super) fn after(a: &Amendment, act: AmendmentAction) -> Result<AmendmentState, AppError> {
    a.state.after(act).map_err(AppError::forbidden)
}

fn log(
    tx: &mut Tx<'_>,
    by: &Actor,
    a: &Amendment,
    (deed, detail): (&'static str, String),
    before: String,
    now: Instant,
) -> Result<(), AppError> {
    let after = digest(&to_json(&a.content)?);
    let object = a.call.as_str();
    let line = Deed { actor: by.log_name(), deed, object_kind: "call", object_id: object, before, after, detail };
    audit::append(tx, line, now);
    Ok(())
}
