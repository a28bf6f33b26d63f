//! Opening the offers, which cannot be undone: a page that says what happens, and the deed.

use actix_web::HttpResponse;
use serde::Serialize;

use super::office::url;
use super::policy::OpenOffers;
use super::view::waiting;
use crate::call::{self, CallState, store};
use crate::error::AppError;
use crate::web::{Allowed, Doing, Flash, Posted, Waiting};

#[derive(Serialize)]
struct OpenPage {
    id: String,
    number: String,
    waiting: Option<Waiting>,
    /// How many offers were filed.
    filed: i64,
}

/// `GET /urzad/konkursy/{call}/otwarcie`
pub async fn confirm(may: Allowed<OpenOffers>) -> Result<HttpResponse, AppError> {
    let (call, now) = (&may.object, may.ctx.arrived);
    if call.state != CallState::Announced || !call.is_unsealed(now) {
        return Ok(may.ctx.see_other(&url(call), None));
    }
    let id = call.id.clone();
    let facts = may.ctx.read(move |r| store::cancel_facts(r, &id)).await?;
    let view = OpenPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        waiting: waiting(call, now),
        filed: facts.filed,
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
