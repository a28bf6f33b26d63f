//! Opening the offers, which cannot be undone: a page that says what happens, and the deed.

use actix_web::HttpResponse;
use serde::Serialize;

use super::office::url;
use super::policy::OpenOffers;
use super::view::waiting;
use crate::call::rules::outage::{GRACE, check_later, check_outages};
use crate::call::{self, Call, CallState, store};
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::store::Read;
use crate::web::{Allowed, Doing, FindingView, Flash, Posted, Waiting, findings_view};

#[derive(Serialize)]
struct OpenPage {
    id: String,
    number: String,
    waiting: Option<Waiting>,
    /// How many offers were filed.
    filed: i64,
    /// Outages near a deadline of this contest: after the opening nothing can be prolonged.
    outages: Vec<FindingView>,
}

/// What the ledger says of the last day before each deadline of the call.
fn near(r: &mut Read<'_>, call: &Call, now: Instant) -> Result<Vec<Finding>, AppError> {
    let Some(first) = call.deadlines().min() else { return Ok(Vec::new()) };
    let outages = store::outages::between(r, first - GRACE, now)?;
    let mut found = call.deadline_at.map(|end| check_outages(end, &outages, now)).unwrap_or_default();
    found.extend(check_later(&call.later_deadlines(), &outages, call.may_extend(now)));
    Ok(found)
}

/// `GET /urzad/konkursy/{call}/otwarcie`
pub async fn confirm(may: Allowed<OpenOffers>) -> Result<HttpResponse, AppError> {
    let (call, now) = (&may.object, may.ctx.arrived);
    if call.state != CallState::Announced || !call.is_unsealed(now) {
        return Ok(may.ctx.see_other(&url(call), None));
    }
    let id = call.id.clone();
    let of = call.clone();
    let (facts, outages) = may.ctx.read(move |r| Ok((store::cancel_facts(r, &id)?, near(r, &of, now)?))).await?;
    let view = OpenPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        waiting: waiting(call, now),
        filed: facts.filed,
        outages: findings_view(&outages),
    };
    may.ctx.page("call/open.html", "Otwórz oferty", &view)
}

/// `POST /urzad/konkursy/{call}/otwarcie`
pub async fn open(may: Allowed<OpenOffers>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    let doing = Doing::new("call.open_offers", "konkurs", &id);
    may.ctx.deed(doing, move |tx, who, now| call::open_offers(tx, who, &id, now)).await?;
    let text = "Oferty są otwarte. Teraz ocena formalna.";
    Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
}
