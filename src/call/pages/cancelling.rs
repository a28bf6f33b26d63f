//! The organ cancels a contest and records where that was made public.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::announcing::{name_of, typed};
use super::office::{url, version};
use super::places::{self, ACCEPT, PlaceField, Placed, kept_all, place_fields, today};
use super::policy::AnnounceCall;
use super::view::waiting;
use crate::account::Actor;
use crate::call::{self, Call, CallState, CancelFacts, CancelReason, Cancelling, Publication, store};
use crate::error::{AppError, FieldErrors};
use crate::programme::pages::conflict::{Conflict, with_version};
use crate::programme::pages::kit::Shown;
use crate::store::{Read, documents};
use crate::web::{Allowed, AppState, Choice, Doing, Fields, Flash, Problems, Waiting, option_list, sort_problems};

#[derive(Serialize)]
struct CancelPage {
    id: String,
    number: String,
    waiting: Option<Waiting>,
    filed: i64,
    compliant: String,
    /// The organ's reservation in the announcement; empty for none.
    reservation: String,
    /// How many letters go to how many people.
    letters: String,
    reasons: Vec<Choice>,
    /// Somebody cancelled or judged it meanwhile: nothing is left to send.
    closed: bool,
    conflict: Option<Conflict>,
    places: Vec<PlaceField>,
    accept: &'static str,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

async fn cancel_page(
    may: &Allowed<AnnounceCall>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
    conflict: Option<Conflict>,
) -> Result<HttpResponse, AppError> {
    let (call, id) = (&may.object, may.object.id.clone());
    let look =
        move |r: &mut Read<'_>| Ok((store::cancel_facts(r, &id)?, call::reach(r, "call_cancelled", &id)?.text()));
    let (facts, letters): (CancelFacts, String) = may.ctx.read(look).await?;
    let reserved = !call.content.reservation.trim().is_empty();
    let reasons = CancelReason::ALL.into_iter().filter(|r| reserved || *r != CancelReason::OrganWithdrawal);
    let view = CancelPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        waiting: waiting(call, may.ctx.arrived),
        filed: facts.filed,
        compliant: facts.compliant.map_or_else(|| "ocena formalna niezakończona".to_owned(), |n| n.to_string()),
        reservation: call.content.reservation.clone(),
        letters,
        reasons: option_list(reasons.map(|r| (r.code(), r.label()))),
        closed: !cancellable(call),
        conflict,
        places: place_fields(),
        accept: ACCEPT,
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let title = if status == StatusCode::OK { "Unieważnij konkurs" } else { "Błąd: Unieważnij konkurs" };
    may.ctx.page_as(status, "call/cancel.html", title, &view)
}

fn cancellable(call: &Call) -> bool {
    matches!(call.state, CallState::Announced | CallState::Review)
}

pub async fn cancelling(may: Allowed<AnnounceCall>) -> Result<HttpResponse, AppError> {
    if !cancellable(&may.object) {
        return Ok(may.ctx.see_other(&url(&may.object), None));
    }
    let fields = today(may.object.version, &name_of(&may), may.ctx.arrived);
    cancel_page(&may, StatusCode::OK, &fields, &Problems::default(), None).await
}

pub async fn cancel(may: Allowed<AnnounceCall>, Placed(upload): Placed) -> Result<HttpResponse, AppError> {
    let (id, seen, form) = (may.object.id.clone(), version(&upload.fields)?, upload.fields.clone());
    let reason = CancelReason::parse(form.text("reason"));
    let places = typed(&may, &upload, |errors| {
        if reason.is_none() {
            errors.add("reason", "Wybierz powód unieważnienia.");
        }
    });
    let why = form.text("why").to_owned();
    let (reason, mut places) = match places.and_then(|p| FieldErrors::new().finish(reason.map(|reason| (reason, p)))) {
        Ok(read) => read,
        Err(e) => {
            let problems = sort_problems(e)?;
            return cancel_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None).await;
        }
    };
    let (doing, sent) = (Doing::new("call.cancel", "konkurs", &id), places.clone());
    let work = move |state: &AppState, who: &Actor, now| {
        let scans = kept_all(state, &id, &upload, &mut places, who.log_name(), now)?;
        state.store.write(|tx| {
            scans.iter().try_for_each(|scan| documents::insert(tx, scan))?;
            let facts = store::cancel_facts(tx, &id)?;
            call::cancel(tx, who, &id, seen, Cancelling { reason, why, places, facts }, now)
        })
    };
    match may.ctx.work_deed(doing, work).await {
        Ok(()) => {
            let text = format!("Unieważniono konkurs {}.", may.object.number());
            Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => stale(may, &form, &sent).await,
        Err(e) => {
            let problems = sort_problems(e)?;
            cancel_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None).await
        }
    }
}

/// Somebody moved the call meanwhile: what was typed stays, beside the places that are recorded.
async fn stale(mut may: Allowed<AnnounceCall>, form: &Fields, sent: &[Publication]) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    may.object = may.ctx.read(move |r| store::find(r, &id)).await?;
    let call = &may.object;
    let saved = &call.content.result_places;
    let mut conflict = places::conflict("Ktoś zapisał ten konkurs w międzyczasie", saved, sent);
    if !cancellable(call) {
        conflict =
            conflict.closed("Konkurs jest w innym stanie i nie można go już unieważnić, więc tego wpisu nie zapisano.");
    }
    let fields = with_version(form, call.version);
    cancel_page(&may, StatusCode::CONFLICT, &fields, &Problems::default(), Some(conflict)).await
}
