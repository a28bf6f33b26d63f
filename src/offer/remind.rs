//! Letters before the deadline to who has something that is not submitted: a draft, or changes of a
//! submitted offer. And before the signed confirmation is due, where one is wanted.
//!
//! Each letter is a job with a key of its own, put when the offer is started. A job knows the deadline it was
//! made for: when that has moved, it makes the jobs of the new one instead. The last job of a row falls due
//! with the deadline itself and only looks whether it has moved.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::confirmation::{ConfirmationState, Doubt, confirm_due, wants_confirmation};
use super::joint;
use super::model::{Offer, OfferState};
use super::store::{self, confirmations};
use crate::account;
use crate::call::{self, Call};
use crate::error::AppError;
use crate::jobs::{self, Kind};
use crate::law::{Instant, left, show_deadline};
use crate::mail;
use crate::store::{CallId, OfferId, OrgId, Tx, parse_json};

/// The letters about what is not submitted.
pub const REMIND: Kind = Kind { name: "offer.remind", run: remind };
/// The letters about a signed confirmation that is missing.
pub const REMIND_CONFIRMATION: Kind = Kind { name: "offer.remind-confirmation", run: remind_confirmation };

/// Plans all letters of a call anew when its deadline moved: also when the old one had passed, and nothing of
/// its row was left to see the new one.
pub const DEADLINE_MOVED: Kind = Kind { name: call::DEADLINE_MOVED, run: replan };

/// Hours before the deadline, in their order; the last one only looks.
const STEPS: [i64; 4] = [7 * 24, 2 * 24, 4, 0];
const CONFIRMATION_STEPS: [i64; 3] = [3 * 24, 24, 0];

#[derive(Serialize, Deserialize)]
struct Step {
    offer: OfferId,
    deadline: Instant,
    /// Hours before it.
    hours: i64,
}

impl Step {
    /// Whether the next letter of the row is due too: after a standstill one letter is enough.
    fn is_overtaken(&self, steps: &[i64], now: Instant) -> bool {
        let next = steps.iter().find(|hours| **hours < self.hours);
        next.is_some_and(|hours| now >= self.deadline - Duration::hours(*hours))
    }
}

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    call_number: &'a str,
    call_title: &'a str,
    title: &'a str,
    number: &'a str,
    version: i64,
    deadline: String,
    left: String,
    /// Why a confirmation that is there is not enough: `signers` or `other`; empty while there is none.
    doubt: &'static str,
}

fn put(
    tx: &mut Tx<'_>,
    kind: &Kind,
    steps: &[i64],
    offer: &OfferId,
    end: Instant,
    now: Instant,
) -> Result<(), AppError> {
    for hours in steps {
        let due = end - Duration::hours(*hours);
        if due > now {
            let key = format!("{offer}:{hours}:{}", end.timestamp_micros());
            jobs::put(tx, kind, &key, &Step { offer: offer.clone(), deadline: end, hours: *hours }, due)?;
        }
    }
    Ok(())
}

/// Plans the letters before the deadline of `call` for the organisation that leads the offer.
pub(super) fn plan(
    tx: &mut Tx<'_>,
    (offer, org): (&OfferId, &OrgId),
    call: &Call,
    now: Instant,
) -> Result<(), AppError> {
    let Some(end) = call.deadline_for(org) else { return Ok(()) };
    put(tx, &REMIND, &STEPS, offer, end, now)
}

/// Plans the letters before the confirmation is due, when one is wanted.
pub(super) fn plan_confirmation(
    tx: &mut Tx<'_>,
    (offer, org): (&OfferId, &OrgId),
    call: &Call,
    now: Instant,
) -> Result<(), AppError> {
    let Some(due) = confirm_due(call, org) else { return Ok(()) };
    put(tx, &REMIND_CONFIRMATION, &CONFIRMATION_STEPS, offer, due, now)
}

fn replan(tx: &mut Tx<'_>, payload: &str, now: Instant) -> Result<(), AppError> {
    let call = call::store::find(tx, &parse_json::<CallId>(payload)?)?;
    for (offer, org) in store::live_ids(tx, &call.id)? {
        plan(tx, (&offer, &org), &call, now)?;
        plan_confirmation(tx, (&offer, &org), &call, now)?;
    }
    Ok(())
}

fn remind(tx: &mut Tx<'_>, payload: &str, now: Instant) -> Result<(), AppError> {
    let step: Step = parse_json(payload)?;
    let offer = store::find(tx, &step.offer)?;
    let call = call::store::find(tx, &offer.call)?;
    if !call.is_open_for(&offer.org, now) {
        return Ok(());
    }
    if call.deadline_for(&offer.org) != Some(step.deadline) {
        return plan(tx, (&offer.id, &offer.org), &call, now);
    }
    let kind = match (offer.state, &offer.draft) {
        (OfferState::Draft, _) => "offer_reminder",
        (OfferState::Submitted, Some(_)) => "offer_reminder_changes",
        _ => return Ok(()),
    };
    if step.is_overtaken(&STEPS, now) {
        return Ok(());
    }
    send(tx, (kind, None), &offer, &call, step.deadline, now)
}

fn remind_confirmation(tx: &mut Tx<'_>, payload: &str, now: Instant) -> Result<(), AppError> {
    let step: Step = parse_json(payload)?;
    let offer = store::find(tx, &step.offer)?;
    let call = call::store::find(tx, &offer.call)?;
    let Some(due) = confirm_due(&call, &offer.org).filter(|due| now < *due) else { return Ok(()) };
    if due != step.deadline {
        return plan_confirmation(tx, (&offer.id, &offer.org), &call, now);
    }
    if !wants_confirmation(&offer, &call) || step.is_overtaken(&CONFIRMATION_STEPS, now) {
        return Ok(());
    }
    let given = confirmations::of_offer(tx, &offer.id)?;
    let state = ConfirmationState::of(due, offer.frozen_no, &given, now);
    if !state.is_open() {
        return Ok(());
    }
    send(tx, ("offer_reminder_confirmation", state.doubt()), &offer, &call, due, now)
}

/// To everyone of the offerors: whoever reads it first can act or tell who may.
fn send(
    tx: &mut Tx<'_>,
    (kind, doubt): (&'static str, Option<Doubt>),
    offer: &Offer,
    call: &Call,
    end: Instant,
    now: Instant,
) -> Result<(), AppError> {
    let title = offer.working().title.trim();
    let names = offer.offeror_names();
    let letter = Letter {
        org: &names,
        call_number: call.number(),
        call_title: &call.content.title,
        title: if title.is_empty() { "(bez tytułu)" } else { title },
        number: offer.number.as_deref().unwrap_or_default(),
        version: offer.frozen_no,
        deadline: show_deadline(end),
        left: left(now, end),
        doubt: match doubt {
            Some(Doubt::Signers) => "signers",
            Some(Doubt::Other) => "other",
            None => "",
        },
    };
    let mut to: Vec<String> = Vec::new();
    let partners = joint::parties(tx, offer)?;
    let partners = partners.iter().filter(|p| p.takes_part()).filter_map(|p| p.partner.org.as_ref());
    for org in std::iter::once(&offer.org).chain(partners) {
        for (person, _) in account::store::members(tx, org)?.iter().filter(|(person, _)| person.active) {
            if !to.contains(&person.email) {
                to.push(person.email.clone());
            }
        }
    }
    mail::put_each(tx, &to, kind, offer.id.as_str(), &letter, now)
}
