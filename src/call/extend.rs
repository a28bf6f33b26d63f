//! The organ gives one organisation a later deadline: a decision with a reason, not a contest opened again for all.
//! The general deadline, the list and everything public stay as they are; the offers stay closed until it ends.
//!
//! Basis: none in UDPP, which knows one deadline (art. 13 ust. 2 pkt 5); the organ answers for the decision, so it
//! names the obstacle on the office's side or the law that allows it, and everybody reads that it was made.

use serde::Serialize;

use super::advance::load;
use super::amend::DEADLINE_MOVED;
use super::model::{Call, CallAction, Extension, Outage};
use super::{rules, store};
use crate::account::{self, Actor, Organisation};
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Instant, show_date, show_deadline, show_until, warsaw_date};
use crate::store::{CallId, OrgId, Read, Tx, digest, to_json};
use crate::{jobs, mail};

/// The kind of the letter to the organisation.
pub const LETTER: &str = "call_extended";

/// What the organ decides.
#[derive(Clone, Debug)]
pub struct Extending {
    pub org: OrgId,
    pub until: Instant,
    pub why: String,
}

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    call_number: &'a str,
    call_title: &'a str,
    until: String,
    decided: String,
    reason: &'a str,
}

/// Gives the organisation its deadline in version `seen` of the call. Its people get a letter.
///
/// # Errors
/// `Invalid` at `until` or `why`; `Forbidden` in every other state than after the announcement, and for a member of
/// that organisation; `NotFound` for an organisation that cannot offer in this call; `Stale` when somebody saved
/// meanwhile.
pub fn extend(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &CallId,
    seen: i64,
    Extending { org, until, why }: Extending,
    now: Instant,
) -> Result<(), AppError> {
    let before = load(tx, id, seen)?;
    let state = before.state.after(CallAction::Extend).map_err(|e| AppError::forbidden(e.to_string()))?;
    let org = account::store::organisation(tx, &org)?;
    if org.test != before.content.test {
        return Err(AppError::NotFound);
    }
    if by.member_of(&org.id).is_some_and(|m| !m.test) {
        return Err(AppError::forbidden(
            "Twoje konto należy do tej organizacji, więc o jej terminie decyduje inna osoba uprawniona do działania za organ.",
        ));
    }
    let why = why.trim();
    rules::check_extension(&before, &org, until, why, now)?;
    let decided = Extension {
        org: org.id.clone(),
        org_name: org.name.clone(),
        until,
        why: why.to_owned(),
        by: by.log_name().to_owned(),
        at: now,
    };
    let mut call = Call { state, ..before.clone() };
    call.extensions.push(decided);
    store::save(tx, &call)?;
    record(tx, by, (&before, &call), until, why, now)?;
    jobs::put_named(tx, DEADLINE_MOVED, &format!("{id}:{}:{}", org.id, until.timestamp_micros()), id, now)?;
    write_to(tx, &call, &org, now)
}

/// Tells the people of the organisation what was decided last.
fn write_to(tx: &mut Tx<'_>, call: &Call, org: &Organisation, now: Instant) -> Result<(), AppError> {
    let Some(decided) = call.extension_of(&org.id) else { return Ok(()) };
    let letter = Letter {
        org: &org.name,
        call_number: call.number(),
        call_title: &call.content.title,
        until: show_deadline(decided.until),
        decided: show_date(warsaw_date(now)),
        reason: &decided.why,
    };
    let to = account::addresses(tx, &org.id)?;
    mail::put_each(tx, &to, LETTER, call.id.as_str(), &letter, now)
}

/// The log is read before the offers are opened: it pins which organisation by the digests and does not name it.
fn record(
    tx: &mut Tx<'_>,
    by: &Actor,
    (before, after): (&Call, &Call),
    until: Instant,
    why: &str,
    now: Instant,
) -> Result<(), AppError> {
    let deed = Deed {
        actor: by.log_name(),
        deed: "call.extend",
        object_kind: "call",
        object_id: after.id.as_str(),
        before: digest(&to_json(&before.extensions)?),
        after: digest(&to_json(&after.extensions)?),
        detail: format!(
            "Wyznaczono jednej organizacji termin składania oferty do {} w konkursie {}. Powód: {}.",
            show_until(until),
            after.number(),
            why.trim_end_matches('.')
        ),
    };
    audit::append(tx, deed, now);
    Ok(())
}

/// Outages in the last 24 hours before a later deadline of one organisation.
///
/// # Errors
/// Those of the database.
pub fn near_later(r: &mut Read<'_>, call: &Call) -> Result<Vec<Outage>, AppError> {
    let ends = call.later_deadlines();
    let (Some(first), Some(last)) = (ends.first(), ends.last()) else { return Ok(Vec::new()) };
    let found = store::outages::between(r, *first - rules::outage::GRACE, *last)?;
    Ok(found.into_iter().filter(|o| ends.iter().any(|end| rules::outage::concerns(*end, o))).collect())
}

/// Refuses while an organisation has a later deadline. The refusal goes word for word into the log, which others read
/// before the offers are opened, so it does not say to the organ either who it is; the page of the contest does.
pub(super) fn ended(call: &Call, now: Instant) -> Result<(), AppError> {
    let Some(running) = call.running_extension(now) else { return Ok(()) };
    Err(AppError::forbidden(format!(
        "Jedna organizacja ma termin składania oferty do {}, decyzją organu z {}. Do tego czasu oferty zostają zamknięte.",
        show_until(running.until),
        show_date(warsaw_date(running.at))
    )))
}
