//! A member of an organisation starts an offer in an open call.

use super::advance::{Line, log, sealed};
use super::model::{Contact, Offer, OfferContent, OfferState, PlannedHours, Trainer};
use super::{applying, remind, rules, store};
use crate::account::{Actor, Organisation, Person};
use crate::call::{self, Call};
use crate::error::AppError;
use crate::law::{Instant, Minutes, Money};
use crate::store::{CallId, OfferId, OrgId, Tx};

/// Makes a draft, filled with what is known; a live offer of the organisation in the call is returned instead.
///
/// # Errors
/// `NotFound` for a stranger to the organisation and for a test call, `Forbidden` for a sample organisation,
/// `Refused` (R-OFF-TERM) when the call is not open.
pub fn start(tx: &mut Tx<'_>, by: &Actor, call: &CallId, org: &OrgId, now: Instant) -> Result<OfferId, AppError> {
    let person = by.person.as_ref().ok_or(AppError::Login)?;
    let membership = by.member_of(org).ok_or(AppError::NotFound)?;
    if membership.test {
        return Err(AppError::forbidden(
            "Organizacja próbna składa oferty tylko w konkursach próbnych. W tym konkursie może wystąpić tylko prawdziwa organizacja.",
        ));
    }
    let call = call::store::find_public(tx, call)?;
    if let Some(live) = store::live_in_call(tx, &call.id, org)? {
        return Ok(live.id);
    }
    rules::deadline(&call, org, now).map_err(AppError::refused)?;
    let org = crate::account::store::organisation(tx, org)?;
    let detail = format!("Rozpoczęto ofertę w konkursie {}", call.number());
    begin(tx, (by, person), &call, &org, detail, now)
}

/// Makes the draft. A sample organisation and a test call belong together, and nothing else does.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    (by, person): (&Actor, &Person),
    call: &Call,
    org: &Organisation,
    detail: String,
    now: Instant,
) -> Result<OfferId, AppError> {
    if org.test != call.content.test {
        return Err(AppError::NotFound);
    }
    let offer = Offer {
        id: OfferId::new(),
        call: call.id.clone(),
        org: org.id.clone(),
        org_name: org.name.clone(),
        number: None,
        state: OfferState::Draft,
        version: 0,
        grant: Money::ZERO,
        content: prefilled(call, org, &person.name),
        draft: None,
        frozen_no: 0,
        submitted_at: None,
        supplement_by: None,
        updated_at: now,
        created_by: person.id.clone(),
    };
    store::insert(tx, &offer, now)?;
    remind::plan(tx, (&offer.id, &offer.org), call, now)?;
    let after = sealed(&offer.content)?;
    log(tx, by, &offer, Line { deed: "offer.start", after, detail, ..Line::default() }, now);
    Ok(offer.id)
}

/// What the call and the organisation say already.
fn prefilled(call: &Call, org: &Organisation, person: &str) -> OfferContent {
    let c = &call.content;
    let applies = c.applies();
    let content = OfferContent {
        contact: Contact {
            name: person.to_owned(),
            phone: org.content.phone.clone(),
            email: org.content.email.clone(),
        },
        starts: c.editions.iter().map(|e| e.from).min(),
        ends: c.editions.iter().map(|e| e.to).max(),
        place: c.gmina_names().join(", "),
        hours: c
            .groups
            .iter()
            .map(|g| PlannedHours {
                group: g.code.clone(),
                persons: g.persons,
                minutes: Minutes::ZERO,
                individual: Minutes::ZERO,
            })
            .collect(),
        experience: org.content.experience.clone(),
        resources: org.content.resources.clone(),
        trainers: org
            .content
            .staff
            .iter()
            .map(|s| Trainer { name: s.name.clone(), qualifications: s.qualifications.clone() })
            .collect(),
        // Where the task may be paid, the offeror says which.
        unpaid: !applies.paid,
        ..OfferContent::default()
    };
    applying(&content, applies).into_owned()
}
