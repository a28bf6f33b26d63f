//! An announcement is changed after its publication: an officer writes the change, the organ approves and
//! publishes it as a new announcement in the same three places.
//!
//! Legal basis: UDPP art. 13 ust. 1–3. A change of what offers are written for (art. 13 ust. 2 pkt 1–4 and 6) is an
//! announcement with its own 21 days; a longer deadline, another day of the decision, the costs of earlier years and a
//! slip put right are not. A change moves the deadline for everybody alike; a later one of a single organisation is a
//! decision of its own ([`super::extend()`]). Refused attempts stand in the log.

use chrono::NaiveDate;
use serde::Serialize;

use super::advance::advance_with;
use super::amendment::{after, load};
use super::announce::{four_eyes, refuse};
use super::model::{Amendment, AmendmentAction, Call, CallAction, CallContent, CallVersion, Outage, Publication};
use super::rules::{self, Amending, AmendmentKind, Ready};
use super::store::{self, amendments};
use super::terms::hash_of;
use crate::account::Actor;
use crate::error::AppError;
use crate::jobs;
use crate::law::{CapTerms, Finding, Instant, Severity, show_deadline, warsaw_date};
use crate::mail;
use crate::programme;
use crate::store::{AmendmentId, CallId, Read, Tx, parse_json, tables, to_json};

/// The work that the offers do when a deadline moved; its payload is the id of the call.
pub const DEADLINE_MOVED: &str = "call.deadline-moved";

/// The organ publishes a change in its own three places: the terms are frozen anew, the deadline moves, and
/// everyone whose organisation has an offer gets a letter. Returns the number of the announcement.
///
/// One of the acts that only the organ may do (UDPP art. 11 ust. 2b); who prepared the change does not
/// approve it (R-PUB-01).
///
/// # Errors
/// `Refused` with every blocking finding, `Stale` when somebody saved the change or the call meanwhile.
pub fn amend(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &AmendmentId,
    seen: i64,
    places: Vec<Publication>,
    now: Instant,
) -> Result<i64, AppError> {
    let mut a = load(tx, id, seen)?;
    a.state = after(&a, AmendmentAction::Publish)?;
    let mut call = store::find(tx, &a.call)?;
    call.state.after(CallAction::Amend).map_err(|e| AppError::forbidden(e.to_string()))?;
    refuse(four_eyes(tx, by, &a.content.prepared_by)?.into_iter().collect())?;
    let day = check_all_places(&a, &places, now)?;
    refuse(check_change(tx, &call, &a, day, now)?)?;

    let no = store::versions(tx, &call.id)?.last().map_or(1, |v| v.no) + 1;
    let old = (call.content.clone(), call.deadline_at);
    become_changed(tx, &mut call, &a)?;
    call.content.places = places;
    let text = to_json(&call.content)?;
    let hash = call.terms_hash.clone().unwrap_or_default();
    let detail = format!(
        "Ogłoszono zmianę nr {} konkursu {}. Warunki zamrożono, suma kontrolna SHA-256: {hash}. Powód: {}",
        no - 1,
        call.number(),
        a.content.reason
    );
    let moved = call.deadline_at != old.1;
    // Moves the call first: its compare-and-set decides between two deeds.
    advance_with(tx, by, call.clone(), CallAction::Amend, "call.amend", detail, now)?;
    store::freeze(tx, &call.id, no, &text, by.log_name(), &a.content.reason, now)?;
    amendments::save(tx, &a)?;
    if moved {
        jobs::put_named(tx, DEADLINE_MOVED, &format!("{}:{no}", call.id), &call.id, now)?;
    }
    write_to_all(tx, &call, &a, &old.0, moved, now)?;
    Ok(no)
}

/// The announcement as a change makes it, with the hash of its terms and still without places.
fn become_changed(r: &mut Read<'_>, call: &mut Call, a: &Amendment) -> Result<(), AppError> {
    let mut content = a.content.content.clone().unapproved();
    content.cap = cap(r, call, &content)?;
    if content.elements.deadline != call.content.elements.deadline {
        call.deadline_at = content.elements.deadline.and_then(|wall| rules::deadline_instant(wall).ok());
    }
    call.content = content;
    call.terms_hash = Some(hash_of(&call.content)?);
    Ok(())
}

/// A change that waits for the organ, as its papers show it: the call as it would be, under the hash it will have, and
/// its texts with this one as the last. Nothing of it is in force.
///
/// # Errors
/// Those of the database.
pub fn proposed(r: &mut Read<'_>, call: &Call, a: &Amendment) -> Result<(Call, Vec<CallVersion>), AppError> {
    let mut changed = call.clone();
    become_changed(r, &mut changed, a)?;
    let mut versions = store::versions(r, &call.id)?;
    versions.push(CallVersion {
        no: versions.last().map_or(1, |v| v.no) + 1,
        text: to_json(&changed.content)?,
        sha256: changed.terms_hash.clone().unwrap_or_default(),
        announced_at: a.content.proposed_at.unwrap_or(a.created_at),
        announced_by: String::new(),
        reason: a.content.reason.clone(),
    });
    Ok((changed, versions))
}

/// The three places, each with an hour that has come; returns the day from which a new term would run.
fn check_all_places(a: &Amendment, places: &[Publication], now: Instant) -> Result<NaiveDate, AppError> {
    let mut findings = rules::check_places("R-ANN-03", places, warsaw_date(now));
    findings.extend(rules::check_hours("R-ANN-03", places, now));
    let handed = Ready::HandedOver(a.content.proposed_at.unwrap_or(a.created_at));
    findings.extend(rules::check_ready(places, handed));
    refuse(findings)?;
    places.iter().map(|p| p.on).max().ok_or_else(|| AppError::internal("a change without places"))
}

/// Every finding of a change that would be published on `day`.
///
/// # Errors
/// Those of the database.
pub fn check_change(
    r: &mut Read<'_>,
    call: &Call,
    a: &Amendment,
    day: NaiveDate,
    now: Instant,
) -> Result<Vec<Finding>, AppError> {
    let outages = near(r, call)?;
    check_change_near(r, call, a, day, (&outages, now))
}

/// [`check_change`] where the outages near the deadline in force were read already.
///
/// # Errors
/// Those of the database.
pub fn check_change_near(
    r: &mut Read<'_>,
    call: &Call,
    a: &Amendment,
    day: NaiveDate,
    (outages, now): (&[Outage], Instant),
) -> Result<Vec<Finding>, AppError> {
    let amending = Amending {
        old: &call.content,
        new: &a.content.content,
        deadline: call.deadline_at.unwrap_or(now),
        last: call.last_deadline().unwrap_or(now),
        published_on: day,
        outages,
        now,
    };
    let mut findings = rules::check_amendment(&amending);
    let programme = programme::store::find(r, &call.programme)?;
    let tables = tables::tables(r)?;
    let committed = super::approve::committed(r, call)?;
    let first = first_day(r, call)?;
    let all = rules::check(&a.content.content, &programme.content, first, &tables, committed);
    // The programme and the dates were judged at the first announcement; the term has its own check above.
    let stays = |f: &Finding| {
        let rule = f.rule.as_str();
        rule == "R-PRE-05" || !["R-PRE", "R-LAW", "R-ANN-03", "R-ANN-04"].iter().any(|done| rule.starts_with(done))
    };
    findings.extend(all.into_iter().filter(stays).map(frozen_editions));
    Ok(findings)
}

/// The editions of an announced call stand (R-AMD-04) and a longer deadline may be owed to everybody: when it reaches the
/// first classes the office is told, not stopped (R-ANN-07).
fn frozen_editions(finding: Finding) -> Finding {
    if finding.rule.as_str() != "R-ANN-07" {
        return finding;
    }
    let hint = "Edycji ogłoszonego konkursu się nie zmienia; harmonogram uzgodni umowa.";
    Finding { severity: Severity::Warn, ..finding }.hint(hint)
}

/// The day of the first announcement: its wage and its rules hold for the whole contest.
fn first_day(r: &mut Read<'_>, call: &Call) -> Result<NaiveDate, AppError> {
    let versions = store::versions(r, &call.id)?;
    let first: Option<CallContent> = versions.first().map(|v| parse_json(&v.text)).transpose()?;
    let day = first.and_then(|c| c.places.iter().map(|p| p.on).max());
    Ok(day.or_else(|| call.announced_on()).or_else(|| call.announced_at.map(warsaw_date)).unwrap_or_default())
}

/// The cap follows the changed terms, and the tables of the first day.
fn cap(r: &mut Read<'_>, call: &Call, content: &CallContent) -> Result<Option<CapTerms>, AppError> {
    if content.terms == call.content.terms {
        return Ok(call.content.cap.clone());
    }
    let day = first_day(r, call)?;
    rules::resolve_cap(content, day, &tables::tables(r)?).map_err(AppError::refused)
}

/// Outages that matter for the deadline in force.
///
/// # Errors
/// Those of the database.
pub fn near(r: &mut Read<'_>, call: &Call) -> Result<Vec<Outage>, AppError> {
    let Some(end) = call.deadline_at else { return Ok(Vec::new()) };
    let found = store::outages::between(r, end - rules::outage::GRACE, end)?;
    Ok(found.into_iter().filter(|o| rules::outage::concerns(end, o)).collect())
}

/// Whom the letters of one `kind` reach that a deed sends to everyone concerned.
///
/// # Errors
/// Those of the database.
pub fn reach(r: &mut Read<'_>, kind: &str, call: &CallId) -> Result<mail::Reach, AppError> {
    let to = amendments::concerned(r, call)?;
    mail::reach(r, kind, call.as_str(), to)
}

#[derive(Serialize)]
struct Letter<'a> {
    call_number: &'a str,
    call_title: &'a str,
    reason: &'a str,
    moved: bool,
    /// An element changed: an offer may have to be written anew.
    new_term: bool,
    deadline: String,
    fields: Vec<String>,
}

fn write_to_all(
    tx: &mut Tx<'_>,
    call: &Call,
    a: &Amendment,
    old: &CallContent,
    moved: bool,
    now: Instant,
) -> Result<(), AppError> {
    let changes = rules::changes(old, &call.content);
    let new_term = matches!(AmendmentKind::of(&changes), AmendmentKind::NewTerm(_));
    let fields = changes.into_iter().map(|c| c.label).collect();
    let letter = Letter {
        call_number: call.number(),
        call_title: &call.content.title,
        reason: &a.content.reason,
        moved,
        new_term,
        deadline: call.deadline_at.map(show_deadline).unwrap_or_default(),
        fields,
    };
    let to = amendments::concerned(tx, &call.id)?;
    mail::put_each(tx, &to, "call_amended", call.id.as_str(), &letter, now)
}
