//! Throwing away the changes of a submitted offer, asked first.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::policy::{Case, LeadOffer};
use super::view;
use crate::error::AppError;
use crate::law::show_instant_seconds;
use crate::offer::discard as throw_away;
use crate::web::{Allowed, Ctx, Doing, FindingView, Flash, Posted, Waiting, findings_view, sort_problems};

#[derive(Serialize)]
struct Asking {
    id: String,
    action: String,
    version: i64,
    band: String,
    number: String,
    in_force: i64,
    since: String,
    saved: String,
    waiting: Waiting,
    findings: Vec<FindingView>,
}

fn hub(case: &Case) -> String {
    format!("/oferty/{}", case.offer.id)
}

/// `GET /oferty/{offer}/odrzucenie-zmian`; without changes there is nothing to ask.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn ask(may: Allowed<LeadOffer>) -> Result<HttpResponse, AppError> {
    if may.object.offer.draft.is_none() {
        return Ok(may.ctx.see_other(&hub(&may.object), None));
    }
    page(&may.ctx, &may.object, StatusCode::OK, Vec::new())
}

fn page(ctx: &Ctx, case: &Case, status: StatusCode, findings: Vec<FindingView>) -> Result<HttpResponse, AppError> {
    let offer = &case.offer;
    let view = Asking {
        id: offer.id.to_string(),
        action: format!("{}/odrzucenie-zmian", hub(case)),
        version: offer.version,
        band: view::band(offer),
        number: offer.number.clone().unwrap_or_default(),
        in_force: offer.frozen_no,
        since: offer.submitted_at.map(show_instant_seconds).unwrap_or_default(),
        saved: show_instant_seconds(offer.updated_at),
        waiting: view::waiting(case, ctx.arrived),
        findings,
    };
    let title = if status.is_success() { "Odrzucenie zmian" } else { "Błąd: Odrzucenie zmian" };
    ctx.page_as(status, "offer/discard.html", title, &view)
}

/// `POST /oferty/{offer}/odrzucenie-zmian`.
///
/// # Errors
/// `Stale` when somebody changed the offer meanwhile; what a page can show is shown.
pub async fn discard(may: Allowed<LeadOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let seen: i64 = form.text("version").parse().map_err(|_| AppError::Stale)?;
    let id = case.offer.id.clone();
    let doing = Doing::new("offer.discard", "oferta", &id);
    match ctx.deed(doing, move |tx, who, now| throw_away(tx, who, &id, seen, now)).await {
        Ok(()) => {
            let said = format!("Zmiany odrzucono. Obowiązuje wersja {}.", case.offer.frozen_no);
            Ok(ctx.see_other(&hub(&case), Some(Flash::ok(said))))
        }
        Err(e) => {
            let findings = findings_view(&sort_problems(e)?.findings);
            page(&ctx, &case, StatusCode::UNPROCESSABLE_ENTITY, findings)
        }
    }
}
