//! What cannot be undone: announcing, opening the offers, cancelling.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::announcement::Announcement;
use super::office::{url, version};
use super::places::{ACCEPT, PlaceField, Placed, kept_all, place_fields, places_of, today};
use super::policy::{AnnounceCall, EditCall, OpenOffers, PublishCall};
use super::show::draft_waiting;
use super::sources::sources;
use super::view::{approved_text, waiting};
use crate::account::Actor;
use crate::call::{self, Call, CallState, CancelFacts, CancelReason, Cancelling, Publication, rules, store};
use crate::error::{AppError, FieldErrors};
use crate::law::Finding;
use crate::programme::pages::kit::Shown;
use crate::store::{Read, documents};
use crate::web::{
    Allowed, AppState, Choice, Ctx, Doing, Fields, FindingView, Flash, Policy, Posted, Problems, Upload, Waiting,
    findings_view, option_list, sort_problems,
};

/// The name of who acts, for the record of a publication.
pub fn name_of<P: Policy>(may: &Allowed<P>) -> String {
    may.ctx.actor.person.as_ref().map(|p| p.name.clone()).unwrap_or_default()
}

#[derive(Serialize)]
struct ConfirmPage {
    id: String,
    title: String,
    waiting: Option<Waiting>,
    a: Announcement,
    checks: Vec<FindingView>,
    closed: bool,
    draft: bool,
    /// Who approved the text and when; empty while nobody did.
    approved: String,
    hash: String,
    number: String,
    prepared: String,
    places: Vec<PlaceField>,
    accept: &'static str,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

/// Whether a finding blocks on whatever day the places were; those about days may pass with earlier ones.
fn stays(finding: &Finding) -> bool {
    let rule = finding.rule.as_str();
    let dated = ["R-ANN-03", "R-LAW", "R-PRE-01", "R-TAB"].iter().any(|known| rule.starts_with(known));
    rules::is_blocking(finding) && !dated
}

async fn confirm_page(
    may: &Allowed<PublishCall>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let call = &may.object;
    let sources = sources(&may.ctx, call).await?;
    let mut findings = sources.findings(&may.ctx, call);
    if call.content.approval.is_none() {
        findings.extend(sources.four_eyes.clone());
    }
    let view = ConfirmPage {
        id: call.id.to_string(),
        title: call.content.title.clone(),
        waiting: draft_waiting(call, &findings),
        a: sources.announcement(&may.ctx, call),
        checks: findings_view(&findings),
        closed: status == StatusCode::OK && findings.iter().any(stays),
        draft: true,
        approved: approved_text(call),
        hash: call.terms_hash.clone().unwrap_or_default(),
        number: call.number().to_owned(),
        prepared: sources.prepared(call),
        places: place_fields(),
        accept: ACCEPT,
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let title = if view.shown.errors.is_empty() { "Ogłoś konkurs" } else { "Błąd: Ogłoś konkurs" };
    may.ctx.page_as(status, "call/announce.html", title, &view)
}

pub async fn confirm(may: Allowed<PublishCall>) -> Result<HttpResponse, AppError> {
    if may.object.state != CallState::Draft {
        return Ok(may.ctx.see_other(&url(&may.object), None));
    }
    let fields = today(may.object.version, &name_of(&may), may.ctx.arrived);
    confirm_page(&may, StatusCode::OK, &fields, &Problems::default()).await
}

/// The places as typed, or every error of the form; `more` adds the errors of other fields.
fn typed<P: Policy>(
    may: &Allowed<P>,
    upload: &Upload,
    more: impl FnOnce(&mut FieldErrors),
) -> Result<Vec<Publication>, AppError> {
    let mut errors = FieldErrors::new();
    let places = places_of(upload, &name_of(may), &mut errors);
    more(&mut errors);
    errors.finish(Some(places))
}

pub async fn announce(may: Allowed<PublishCall>, Placed(upload): Placed) -> Result<HttpResponse, AppError> {
    let (id, seen, form) = (may.object.id.clone(), version(&upload.fields)?, upload.fields.clone());
    let done = match typed(&may, &upload, |_| ()) {
        Ok(mut places) => {
            let doing = Doing::new("call.announce", "konkurs", &id);
            let work = move |state: &AppState, who: &Actor, now| {
                let scans = kept_all(state, &id, &upload, &mut places, who.log_name(), now)?;
                state.store.write(|tx| {
                    scans.iter().try_for_each(|scan| documents::insert(tx, scan))?;
                    call::announce(tx, who, &id, seen, places, now)
                })
            };
            may.ctx.work_deed(doing, work).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(number) => {
            let text = format!("Ogłoszono konkurs {number}. Warunki są zamrożone.");
            Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            confirm_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems).await
        }
    }
}

pub async fn open(may: Allowed<OpenOffers>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    let doing = Doing::new("call.open_offers", "konkurs", &id);
    may.ctx.deed(doing, move |tx, who, now| call::open_offers(tx, who, &id, now)).await?;
    let text = "Oferty są otwarte. Teraz ocena formalna.";
    Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
}

/// Whether filing may end before its time: in the demonstration and in a rehearsal.
pub(super) fn closes_early(ctx: &Ctx, call: &Call) -> bool {
    ctx.state.demo || call.content.test
}

pub async fn close_early(may: Allowed<EditCall>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    if !closes_early(&may.ctx, &may.object) {
        return Err(AppError::NotFound);
    }
    let id = may.object.id.clone();
    let doing = Doing::new("call.close_early", "konkurs", &id);
    may.ctx.deed(doing, move |tx, who, now| call::close_early(tx, who, &id, now)).await?;
    let text = if may.object.content.test {
        "Konkurs próbny: nabór zakończony. Możesz otworzyć oferty."
    } else {
        "Wersja pokazowa: nabór zakończony. Możesz otworzyć oferty."
    };
    Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
}

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
) -> Result<HttpResponse, AppError> {
    let (call, id) = (&may.object, may.object.id.clone());
    let look = move |r: &mut Read<'_>| {
        Ok((store::cancel_facts(r, &id)?, store::amendments::letters(r, "call_cancelled", &id)?))
    };
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
        places: place_fields(),
        accept: ACCEPT,
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let title = if view.shown.errors.is_empty() { "Unieważnij konkurs" } else { "Błąd: Unieważnij konkurs" };
    may.ctx.page_as(status, "call/cancel.html", title, &view)
}

pub async fn cancelling(may: Allowed<AnnounceCall>) -> Result<HttpResponse, AppError> {
    if !matches!(may.object.state, CallState::Announced | CallState::Review) {
        return Ok(may.ctx.see_other(&url(&may.object), None));
    }
    let fields = today(may.object.version, &name_of(&may), may.ctx.arrived);
    cancel_page(&may, StatusCode::OK, &fields, &Problems::default()).await
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
    let done = match places.and_then(|places| FieldErrors::new().finish(reason.map(|reason| (reason, places)))) {
        Ok((reason, mut places)) => {
            let doing = Doing::new("call.cancel", "konkurs", &id);
            let work = move |state: &AppState, who: &Actor, now| {
                let scans = kept_all(state, &id, &upload, &mut places, who.log_name(), now)?;
                state.store.write(|tx| {
                    scans.iter().try_for_each(|scan| documents::insert(tx, scan))?;
                    let facts = store::cancel_facts(tx, &id)?;
                    call::cancel(tx, who, &id, seen, Cancelling { reason, why, places, facts }, now)
                })
            };
            may.ctx.work_deed(doing, work).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => {
            let text = format!("Unieważniono konkurs {}.", may.object.number());
            Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            cancel_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems).await
        }
    }
}
