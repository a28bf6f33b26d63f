//! What cannot be undone: announcing, opening the offers, cancelling.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::announcement::Announcement;
use super::office::{url, version};
use super::policy::{AnnounceCall, EditCall, OpenOffers};
use super::show::draft_waiting;
use super::sources::sources;
use super::view::waiting;
use crate::call::{self, CallState, CancelFacts, CancelReason, Place, Publication, rules, store};
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, warsaw_date};
use crate::programme::pages::kit::{Shown, date, iso};
use crate::web::{
    Allowed, Choice, Doing, Fields, FindingView, Flash, Posted, Problems, Waiting, findings_view, option_list,
    sort_problems,
};

/// The rows of the three places, for `call/_places.html`.
#[derive(Serialize)]
struct PlaceField {
    code: &'static str,
    label: &'static str,
    short: &'static str,
}

fn place_fields() -> Vec<PlaceField> {
    let field = |place: Place| {
        let (label, short) = match place {
            Place::Bip => ("Biuletyn Informacji Publicznej", "BIP"),
            Place::Board => ("Tablica ogłoszeń w siedzibie organu", "Tablica ogłoszeń"),
            Place::Website => ("Strona internetowa organu", "Strona internetowa"),
        };
        PlaceField { code: place.code(), label, short }
    };
    Place::ALL.map(field).into_iter().collect()
}

/// The publications out of a form: `bip_on`, `bip_evidence`, and so on.
fn places_of(form: &Fields, by: &str, e: &mut FieldErrors) -> Vec<Publication> {
    let mut out = Vec::new();
    for place in Place::ALL {
        let (on, evidence) = (format!("{}_on", place.code()), format!("{}_evidence", place.code()));
        let day = date(form.text(&on), &on, "Data publikacji", e);
        let evidence = form.required(&evidence, "Dowód publikacji", e);
        out.extend(day.map(|on| Publication { place, on, by: by.to_owned(), evidence }));
    }
    out
}

fn name_of(may: &Allowed<AnnounceCall>) -> String {
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
    test: bool,
    prepared: String,
    places: Vec<PlaceField>,
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
    may: &Allowed<AnnounceCall>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let call = &may.object;
    let sources = sources(&may.ctx, call).await?;
    let mut findings = sources.findings(&may.ctx, call);
    findings.extend(sources.four_eyes.clone());
    let view = ConfirmPage {
        id: call.id.to_string(),
        title: call.content.title.clone(),
        waiting: draft_waiting(call, &findings),
        a: sources.announcement(&may.ctx, call),
        checks: findings_view(&findings),
        closed: status == StatusCode::OK && findings.iter().any(stays),
        draft: true,
        test: call.content.test,
        prepared: call.content.prepared_by.iter().map(|p| p.name.clone()).collect::<Vec<_>>().join(", "),
        places: place_fields(),
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let title = if view.shown.errors.is_empty() { "Ogłoś konkurs" } else { "Błąd: Ogłoś konkurs" };
    may.ctx.page_as(status, "call/announce.html", title, &view)
}

pub async fn confirm(may: Allowed<AnnounceCall>) -> Result<HttpResponse, AppError> {
    if may.object.state != CallState::Draft {
        return Ok(may.ctx.see_other(&url(&may.object), None));
    }
    let mut fields = Fields::default();
    for place in Place::ALL {
        fields.set(format!("{}_on", place.code()), iso(warsaw_date(may.ctx.arrived)));
    }
    fields.set("version", may.object.version.to_string());
    confirm_page(&may, StatusCode::OK, &fields, &Problems::default()).await
}

pub async fn announce(may: Allowed<AnnounceCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (may.object.id.clone(), version(&form)?);
    let mut errors = FieldErrors::new();
    let places = places_of(&form, &name_of(&may), &mut errors);
    let done = match errors.finish(Some(places)) {
        Ok(places) => {
            let doing = Doing::new("call.announce", "konkurs", &id);
            may.ctx.deed(doing, move |tx, who, now| call::announce(tx, who, &id, seen, places, now)).await
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

pub async fn close_early(may: Allowed<EditCall>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    if !may.ctx.state.demo {
        return Err(AppError::NotFound);
    }
    let id = may.object.id.clone();
    let doing = Doing::new("call.close_early", "konkurs", &id);
    may.ctx.deed(doing, move |tx, who, now| call::close_early(tx, who, &id, now)).await?;
    let text = "Wersja pokazowa: nabór zakończony. Możesz otworzyć oferty.";
    Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
}

#[derive(Serialize)]
struct CancelPage {
    id: String,
    number: String,
    waiting: Option<Waiting>,
    test: bool,
    filed: i64,
    compliant: String,
    reasons: Vec<Choice>,
    places: Vec<PlaceField>,
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
    let facts: CancelFacts = may.ctx.read(move |r| store::cancel_facts(r, &id)).await?;
    let view = CancelPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        waiting: waiting(call, may.ctx.arrived),
        test: call.content.test,
        filed: facts.filed,
        compliant: facts.compliant.map_or_else(|| "ocena formalna niezakończona".to_owned(), |n| n.to_string()),
        reasons: option_list(CancelReason::ALL.map(|r| (r.code(), r.label()))),
        places: place_fields(),
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
    let mut fields = Fields::default();
    for place in Place::ALL {
        fields.set(format!("{}_on", place.code()), iso(warsaw_date(may.ctx.arrived)));
    }
    fields.set("version", may.object.version.to_string());
    cancel_page(&may, StatusCode::OK, &fields, &Problems::default()).await
}

pub async fn cancel(may: Allowed<AnnounceCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (may.object.id.clone(), version(&form)?);
    let mut errors = FieldErrors::new();
    let places = places_of(&form, &name_of(&may), &mut errors);
    let reason = CancelReason::parse(form.text("reason"));
    if reason.is_none() {
        errors.add("reason", "Wybierz powód unieważnienia.");
    }
    let done = match errors.finish(reason.map(|reason| (reason, places))) {
        Ok((reason, places)) => {
            let doing = Doing::new("call.cancel", "konkurs", &id);
            let work = move |tx: &mut crate::store::Tx<'_>, who: &crate::account::Actor, now| {
                let facts = store::cancel_facts(tx, &id)?;
                call::cancel(tx, who, &id, seen, reason, places, facts, now)
            };
            may.ctx.deed(doing, work).await
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
