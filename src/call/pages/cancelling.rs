//! The organ cancels a contest and records where that was made public.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::announcing::name_of;
use super::evidence::{Chosen, kept_all};
use super::office::{url, version};
use super::places::{self, ACCEPT, PlaceField, Placed, place_fields, today};
use super::policy::AnnounceCall;
use super::view::{letters_text, waiting};
use crate::account::Actor;
use crate::call::{self, Call, CallState, CancelFacts, CancelReason, Cancelling, Publication, rules, store};
use crate::error::AppError;
use crate::law::Instant;
use crate::mail::Reach;
use crate::programme::pages::conflict::{Conflict, with_version};
use crate::programme::pages::kit::Shown;
use crate::store::{Read, documents};
use crate::web::{
    Allowed, AppState, Choice, Doing, Fields, FindingView, Flash, Problems, Waiting, findings_view, option_list,
    sort_problems,
};

#[derive(Serialize)]
struct CancelPage {
    id: String,
    number: String,
    waiting: Option<Waiting>,
    /// How many offers were filed, or that it is not told yet.
    filed: String,
    compliant: String,
    /// Why no reason of the act is there today; empty where one is.
    obstacle: Vec<FindingView>,
    /// No reason is there: nothing may be sent.
    hopeless: bool,
    /// The organ's reservation in the announcement; empty for none.
    reservation: String,
    /// Whom the letters go to, and how many.
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

/// In place of the number of offers while it would tell who filed.
const NOT_TOLD: &str = "liczba nieujawniona do otwarcia ofert";

async fn cancel_page(
    may: &Allowed<AnnounceCall>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
    conflict: Option<Conflict>,
) -> Result<HttpResponse, AppError> {
    let (call, id) = (&may.object, may.object.id.clone());
    let look = move |r: &mut Read<'_>| Ok((store::cancel_facts(r, &id)?, call::reach(r, "call_cancelled", &id)?));
    let (facts, letters): (CancelFacts, Reach) = may.ctx.read(look).await?;
    let open_until = call.open_until(may.ctx.arrived);
    let reasons = reasons(call, facts, open_until, fields);
    let view = CancelPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        waiting: waiting(call, may.ctx.arrived),
        filed: if call.tells_number(may.ctx.arrived) { facts.filed.to_string() } else { NOT_TOLD.to_owned() },
        compliant: facts.compliant.map_or_else(|| "ocena formalna niezakończona".to_owned(), |n| n.to_string()),
        obstacle: findings_view(rules::obstacle(facts, open_until).as_slice()),
        hopeless: reasons.is_empty(),
        reservation: call.content.reservation.clone(),
        letters: letters_text(letters, "O unieważnieniu"),
        reasons: option_list(reasons.into_iter().map(|r| (r.code(), r.label()))),
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

/// The reasons that are there, and the one that was chosen: what was typed stays in its form.
fn reasons(call: &Call, facts: CancelFacts, open_until: Option<Instant>, fields: &Fields) -> Vec<CancelReason> {
    let (chosen, possible) =
        (CancelReason::parse(fields.text("reason")), rules::possible_reasons(facts, open_until, &call.content));
    CancelReason::ALL.into_iter().filter(|r| chosen == Some(*r) || possible.contains(r)).collect()
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
    let places = places::typed(&upload, ("R-ANN-05", &name_of(&may)), may.ctx.arrived, |errors| {
        if reason.is_none() {
            errors.add("reason", "Wybierz powód unieważnienia.");
        }
    });
    let (why, scans) = (form.text("why").to_owned(), Chosen::of(&upload));
    let (reason, mut places) = match (reason, places) {
        (Some(reason), Ok(places)) => (reason, places),
        (_, wrong) => {
            let problems = wrong.err().unwrap_or_default();
            return cancel_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None).await;
        }
    };
    let (doing, sent) = (Doing::new("call.cancel", "konkurs", &id), places.clone());
    let work = move |state: &AppState, who: &Actor, now| {
        let kept = kept_all(state, &id, &upload, &mut places, who.log_name(), now)?;
        state.store.write(|tx| {
            kept.iter().try_for_each(|scan| documents::insert(tx, scan))?;
            let facts = store::cancel_facts(tx, &id)?;
            call::cancel(tx, who, &id, seen, Cancelling { reason, why, places, facts }, now)
        })
    };
    match may.ctx.work_deed(doing, work).await {
        Ok(()) => {
            let text = format!("Unieważniono konkurs {}.", may.object.number());
            Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => stale(may, &form, &sent, &scans).await,
        Err(e) => {
            let problems = scans.again(sort_problems(e)?);
            cancel_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None).await
        }
    }
}

/// Somebody moved the call meanwhile: what was typed stays, beside the places that are recorded.
async fn stale(
    mut may: Allowed<AnnounceCall>,
    form: &Fields,
    sent: &[Publication],
    scans: &Chosen,
) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    may.object = may.ctx.read(move |r| store::find(r, &id)).await?;
    let call = &may.object;
    let saved = &call.content.result_places;
    let mut conflict = places::conflict("Ktoś zapisał ten konkurs w międzyczasie", saved, sent);
    let closed = !cancellable(call);
    if closed {
        conflict =
            conflict.closed("Konkurs jest w innym stanie i nie można go już unieważnić, więc tego wpisu nie zapisano.");
    }
    let fields = with_version(form, call.version);
    let problems = if closed { Problems::default() } else { scans.again(Problems::default()) };
    cancel_page(&may, StatusCode::CONFLICT, &fields, &problems, Some(conflict)).await
}
