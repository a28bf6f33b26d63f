//! The formal checks of a contest: where every offer stands.

use actix_web::HttpResponse;
use serde::Serialize;

use super::CallHead;
use super::gate::ReadChecks;
use crate::account::Role;
use crate::call::{Call, CallState};
use crate::error::AppError;
use crate::law::{self, Instant, show_deadline, show_until};
use crate::offer::{self, Offer, OfferState};
use crate::review::model::FormalCheck;
use crate::review::{rules, store};
use crate::web::{Allowed, Waiting};

#[derive(Serialize)]
struct OfferRow {
    number: String,
    org: String,
    title: String,
    asked: String,
    state: String,
    tone: &'static str,
    reason: String,
    href: String,
    todo: bool,
}

#[derive(Serialize)]
struct ListPage {
    waiting: Option<Waiting>,
    call: CallHead,
    offers: Vec<OfferRow>,
    left: usize,
    /// Where the called ones are given more time; empty where nobody is waited for, or the reader may not.
    more_time: String,
}

fn tone(state: OfferState) -> &'static str {
    match state {
        OfferState::Submitted | OfferState::ToSupplement | OfferState::Supplemented => "warn",
        OfferState::FormalOk | OfferState::Selected | OfferState::Contracted => "ok",
        OfferState::Rejected => "error",
        OfferState::Draft | OfferState::Withdrawn | OfferState::Reserve | OfferState::NotSelected => "neutral",
    }
}

/// Whether the officer has something to do with this offer now; nothing while its organisation may still answer.
fn todo(offer: &Offer, now: Instant) -> bool {
    match offer.state {
        OfferState::Submitted | OfferState::Supplemented => true,
        OfferState::ToSupplement => !waits(offer, now),
        OfferState::Draft
        | OfferState::Withdrawn
        | OfferState::FormalOk
        | OfferState::Rejected
        | OfferState::Selected
        | OfferState::Reserve
        | OfferState::NotSelected
        | OfferState::Contracted => false,
    }
}

/// Whether the organisation may still supplement it.
fn waits(offer: &Offer, now: Instant) -> bool {
    offer.state == OfferState::ToSupplement && offer.supplement_by.is_some_and(|due| now < due)
}

/// Where the offer stands; in a contest that is over nobody waits for what was missing.
fn state_in(call: &Call, offer: &Offer, now: Instant) -> String {
    match (call.state, offer.state) {
        (CallState::Review, _) => state_of(offer, now),
        (_, OfferState::ToSupplement) => "nieuzupełniona".to_owned(),
        (_, state) => state.office_label().to_owned(),
    }
}

fn state_of(offer: &Offer, now: Instant) -> String {
    match offer.state {
        OfferState::Submitted => "do sprawdzenia".to_owned(),
        OfferState::Supplemented => "uzupełniona – do sprawdzenia".to_owned(),
        OfferState::ToSupplement if waits(offer, now) => {
            format!("do uzupełnienia do {}", offer.supplement_by.map(show_until).unwrap_or_default())
        }
        OfferState::ToSupplement => "nie uzupełniono w terminie – do sprawdzenia".to_owned(),
        OfferState::Draft
        | OfferState::Withdrawn
        | OfferState::FormalOk
        | OfferState::Rejected
        | OfferState::Selected
        | OfferState::Reserve
        | OfferState::NotSelected
        | OfferState::Contracted => offer.state.office_label().to_owned(),
    }
}

fn row(call: &Call, offer: &Offer, checks: &[FormalCheck], now: Instant) -> OfferRow {
    let check = checks.iter().find(|c| c.offer == offer.id);
    OfferRow {
        number: offer.number.clone().unwrap_or_default(),
        org: offer.offeror_names(),
        title: offer.content.title.clone(),
        asked: offer.grant.to_string(),
        state: state_in(call, offer, now),
        tone: tone(offer.state),
        reason: check.map(|c| rules::reasons(&call.content.formal, &c.answers)).unwrap_or_default(),
        href: format!("/urzad/oferty/{}/ocena-formalna", offer.id),
        todo: call.state == CallState::Review && todo(offer, now),
    }
}

/// `GET /urzad/konkursy/{call}/oceny-formalne`
pub async fn list(may: Allowed<ReadChecks>) -> Result<HttpResponse, AppError> {
    let (ctx, call) = (may.ctx, may.object.call);
    let now = ctx.arrived;
    let id = call.id.clone();
    let (offers, checks) =
        ctx.read(move |r| Ok((offer::store::filed_in_call(r, &id)?, store::checks(r, &id)?))).await?;
    let rows: Vec<OfferRow> = offers.iter().map(|o| row(&call, o, &checks, now)).collect();
    let left = rows.iter().filter(|r| r.todo).count();
    let called: Vec<Instant> = offers.iter().filter(|o| waits(o, now)).filter_map(|o| o.supplement_by).collect();
    let last = called.iter().max();
    let waiting = match call.state {
        CallState::Review if left > 0 => Some(Waiting {
            whose: "pracownika merytorycznego".into(),
            what: format!("Oferty do oceny formalnej: {left} z {}.", rows.len()),
            ..Waiting::default()
        }),
        CallState::Review if last.is_some() => Some(Waiting {
            whose: "oferentów".into(),
            what: format!("Pozostałe oferty oceniono formalnie; do uzupełnienia: {}.", called.len()),
            until: last.map(|due| show_deadline(*due)).unwrap_or_default(),
            left: last.map(|due| law::left(now, *due)).unwrap_or_default(),
        }),
        CallState::Review => Some(Waiting {
            whose: "komisję".into(),
            what: "Wszystkie oferty oceniono formalnie; trwa ocena merytoryczna.".into(),
            ..Waiting::default()
        }),
        CallState::Draft | CallState::Announced | CallState::Decided | CallState::Published | CallState::Cancelled => {
            None
        }
    };
    let asked = call.state == CallState::Review && offers.iter().any(|o| o.state == OfferState::ToSupplement);
    let may_give = asked && ctx.actor.has(Role::Officer);
    let more_time = if may_give { super::more_time::url(&call) } else { String::new() };
    let view = ListPage { waiting, call: CallHead::of(&call), offers: rows, left, more_time };
    ctx.page("review/checks.html", &format!("Oceny formalne – konkurs {}", view.call.number), &view)
}
