//! A person's own calendar: the dates of all offers of the organisations they belong to, and of the contests they work
//! with for the office or in a committee, behind a secret link that a calendar program can subscribe to. The link shows dates, numbers and names of contests, never
//! what an offer says; the person makes it, replaces it and takes it away.

use std::collections::BTreeMap;

use super::confirmation::confirm_due;
use super::model::{Offer, OfferState};
use super::store::{self, calendar};
use crate::account::{self, Actor};
use crate::audit::{self, Deed};
use crate::call::{self, Call};
use crate::document::{CalendarEvent, When};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{CallId, OrgId, PersonId, Read, Tx, digest, token};

/// The hash of a link's token, for looking it up.
#[must_use]
pub fn calendar_token(token: &str) -> String {
    digest(&format!("calendar:{token}"))
}

/// Makes the person's link and returns its token, which is shown once; an earlier link stops working.
///
/// # Errors
/// `Login` when nobody is signed in.
pub fn make_calendar_link(tx: &mut Tx<'_>, by: &Actor, now: Instant) -> Result<String, AppError> {
    let person = by.person_id().ok_or(AppError::Login)?;
    let token = token()?;
    calendar::put(tx, person, &calendar_token(&token), now)?;
    log(tx, by, person, "offer.calendar.link", "Utworzono adres własnego kalendarza", now);
    Ok(token)
}

/// Takes the person's link away; a second time nothing happens.
///
/// # Errors
/// `Login` when nobody is signed in.
pub fn revoke_calendar_link(tx: &mut Tx<'_>, by: &Actor, now: Instant) -> Result<(), AppError> {
    let person = by.person_id().ok_or(AppError::Login)?;
    if calendar::remove(tx, person)? {
        log(tx, by, person, "offer.calendar.revoke", "Wyłączono adres własnego kalendarza", now);
    }
    Ok(())
}

fn log(tx: &mut Tx<'_>, by: &Actor, person: &PersonId, deed: &'static str, detail: &str, now: Instant) {
    let deed = Deed {
        actor: by.log_name(),
        deed,
        object_kind: "person",
        object_id: person.as_str(),
        before: String::new(),
        after: String::new(),
        detail: detail.to_owned(),
    };
    audit::append(tx, deed, now);
}

/// The dates of a person, by the memberships, roles and seats of this moment.
///
/// # Errors
/// Those of the database.
pub fn calendar_of(r: &mut Read<'_>, person: &PersonId, base_url: &str) -> Result<Vec<CalendarEvent>, AppError> {
    // A rehearsal is in nobody's calendar.
    let real = account::store::memberships_of(r, person)?.into_iter().filter(|m| !m.test);
    let orgs: Vec<OrgId> = real.map(|m| m.org).collect();
    let mut offers = store::of_orgs(r, &orgs)?;
    let joined = store::joined_by(r, &orgs)?;
    offers.extend(joined.into_iter().filter(|offer| !orgs.contains(&offer.org)));
    let mut ids: Vec<CallId> = offers.iter().map(|o| o.call.clone()).collect();
    ids.sort();
    ids.dedup();
    let calls = call::store::by_ids(r, &ids)?;
    let by_id: BTreeMap<&CallId, &Call> = calls.iter().map(|c| (&c.id, c)).collect();
    let mut out = call::staff_calendar(r, person, base_url)?;
    for offer in &offers {
        if let Some(call) = by_id.get(&offer.call) {
            out.extend(events(offer, call, base_url));
        }
    }
    Ok(out)
}

/// What is due with one offer, by its state.
fn events(offer: &Offer, call: &Call, base_url: &str) -> Vec<CalendarEvent> {
    let number = call.number();
    let mut out = Vec::new();
    let mut add = |part: String, when: When, summary: String| {
        let url = format!("{}/oferty/{}", base_url.trim_end_matches('/'), offer.id);
        out.push(CalendarEvent {
            uid: format!("{}-{part}@konkurs", offer.id),
            sequence: offer.version.saturating_add(call.version),
            stamp: call.announced_at.map_or(offer.updated_at, |at| at.max(offer.updated_at)),
            when,
            summary,
            description: format!("{}\n{}\n{url}", call.content.title, offer.org_name),
            url,
            cancelled: call.state == call::CallState::Cancelled,
        });
    };
    if offer.state == OfferState::Withdrawn {
        return Vec::new();
    }
    let draft = offer.state == OfferState::Draft;
    if let Some(day) = call.questions_last_day().filter(|_| draft) {
        add("pytania".into(), When::Days(day, day), format!("Ostatni dzień na pytania: {number}"));
    }
    if let Some(end) = call.deadline_for(&offer.org) {
        let what = if draft { "Złóż ofertę przed końcem" } else { "Koniec składania i zmieniania ofert" };
        add("termin".into(), When::Until(end), format!("{what}: {number}"));
    }
    if let Some(due) = confirm_due(call, &offer.org).filter(|_| offer.frozen_no > 0) {
        add("potwierdzenie".into(), When::Until(due), format!("Podpisane potwierdzenie oferty: {number}"));
    }
    // When the contest is over, nobody waits for what was missing.
    let waits = offer.state == OfferState::ToSupplement && call.state == call::CallState::Review;
    if let Some(due) = offer.supplement_by.filter(|_| waits) {
        add("uzupelnienie".into(), When::Until(due), format!("Uzupełnienie oferty na wezwanie urzędu: {number}"));
    }
    if let Some(day) = call.content.elements.decision_by.filter(|_| !draft) {
        add("wybor".into(), When::Days(day, day), format!("Planowany wybór ofert: {number}"));
    }
    // Until the results are public, nobody learns them from a calendar.
    let public = call.state == call::CallState::Published;
    if public && matches!(offer.state, OfferState::Selected | OfferState::Contracted) {
        for edition in &call.content.editions {
            let summary = format!("Edycja {} zadania: {number}", edition.no);
            add(format!("edycja-{}", edition.no), When::Days(edition.from, edition.to), summary);
        }
    }
    out
}
