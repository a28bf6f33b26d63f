//! The organ approves a change of an announcement and records its three places.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::amend_deeds::amendment_of;
use super::amending::{Compared, Draft, amend_url, amend_waiting, compared, draft, prepared};
use super::announcing::name_of;
use super::evidence::{Chosen, kept_all};
use super::office::{url, version};
use super::places::{self, ACCEPT, PlaceField, Placed, place_fields, today};
use super::policy::AnnounceCall;
use super::view::{deadline_text, letters_text, wall_text};
use crate::account::Actor;
use crate::call::rules::AmendmentKind;
use crate::call::{self, Amendment, AmendmentState, Publication, rules, store};
use crate::error::AppError;
use crate::law::blocks;
use crate::programme::pages::conflict::{Conflict, with_version};
use crate::programme::pages::kit::Shown;
use crate::store::{AmendmentId, Read, documents};
use crate::web::{
    Allowed, AppState, Doing, Fields, FindingView, Flash, Problems, Waiting, findings_view, sort_problems,
};

#[derive(Serialize)]
struct PublishPage {
    id: String,
    number: String,
    back: String,
    waiting: Option<Waiting>,
    amending: bool,
    amendment: String,
    changes: Vec<Compared>,
    kind: String,
    old_deadline: String,
    new_deadline: String,
    reason: String,
    prepared: String,
    letters: String,
    papers: String,
    checks: Vec<FindingView>,
    closed: bool,
    conflict: Option<Conflict>,
    places: Vec<PlaceField>,
    accept: &'static str,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

async fn page(
    may: &Allowed<AnnounceCall>,
    status: StatusCode,
    fields: Option<&Fields>,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let d = draft(&may.ctx, &may.object).await?;
    let Some(a) = d.amendment.clone().filter(|a| a.state == AmendmentState::Proposed) else {
        return Ok(may.ctx.see_other(&amend_url(&may.object), None));
    };
    render(may, status, (d, a), fields, problems, None)
}

fn render(
    may: &Allowed<AnnounceCall>,
    status: StatusCode,
    (d, a): (Draft, Amendment),
    fields: Option<&Fields>,
    problems: &Problems,
    conflict: Option<Conflict>,
) -> Result<HttpResponse, AppError> {
    let call = &may.object;
    let mut findings = d.findings;
    findings.extend(d.four_eyes);
    let changes = rules::changes(&call.content, &a.content.content);
    let blank = today(a.version, &name_of(may), may.ctx.arrived);
    let view = PublishPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        back: amend_url(call),
        waiting: amend_waiting(call, Some(&a)),
        amending: true,
        amendment: a.id.to_string(),
        kind: AmendmentKind::of(&changes).says(),
        changes: compared(&changes),
        old_deadline: deadline_text(call),
        new_deadline: a.content.content.elements.deadline.map(wall_text).unwrap_or_default(),
        reason: a.content.reason.clone(),
        prepared: prepared(&a),
        letters: letters_text(d.letters, "O zmianie"),
        papers: format!("{}/ogloszenie", amend_url(call)),
        closed: a.state != AmendmentState::Proposed || (status == StatusCode::OK && blocks(&findings)),
        conflict,
        checks: findings_view(&findings),
        places: place_fields(),
        accept: ACCEPT,
        f: fields.unwrap_or(&blank).map(),
        shown: Shown::of(problems),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    may.ctx.page_as(status, "call/amend_publish.html", &format!("{error}Ogłoś zmianę ogłoszenia"), &view)
}

/// `GET /urzad/konkursy/{call}/zmiana/ogloszenie`
pub async fn confirm(may: Allowed<AnnounceCall>) -> Result<HttpResponse, AppError> {
    page(&may, StatusCode::OK, None, &Problems::default()).await
}

/// `POST /urzad/konkursy/{call}/zmiana/ogloszenie`
pub async fn publish(may: Allowed<AnnounceCall>, Placed(upload): Placed) -> Result<HttpResponse, AppError> {
    let form = upload.fields.clone();
    let (id, seen, owner) = (amendment_of(&form)?, version(&form)?, may.object.id.clone());
    let mut places = match places::typed(&upload, ("R-ANN-03", &name_of(&may)), may.ctx.arrived, |_| ()) {
        Ok(places) => places,
        Err(problems) => return page(&may, StatusCode::UNPROCESSABLE_ENTITY, Some(&form), &problems).await,
    };
    let scans = Chosen::of(&upload);
    let (doing, sent, change) = (Doing::new("call.amend", "konkurs", &owner), places.clone(), id.clone());
    let work = move |state: &AppState, who: &Actor, now| {
        let kept = kept_all(state, &owner, &upload, &mut places, who.log_name(), now)?;
        state.store.write(|tx| {
            kept.iter().try_for_each(|scan| documents::insert(tx, scan))?;
            call::amend(tx, who, &id, seen, places, now)
        })
    };
    match may.ctx.work_deed(doing, work).await {
        Ok(no) => {
            let text = format!("Ogłoszono zmianę nr {} ogłoszenia. Nowe warunki są zamrożone.", no - 1);
            Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => stale(may, change, &form, (&sent, &scans)).await,
        Err(e) => {
            let problems = scans.again(sort_problems(e)?);
            page(&may, StatusCode::UNPROCESSABLE_ENTITY, Some(&form), &problems).await
        }
    }
}

/// Somebody moved the change meanwhile: what was typed stays, beside the places that are recorded.
async fn stale(
    mut may: Allowed<AnnounceCall>,
    change: AmendmentId,
    form: &Fields,
    (sent, scans): (&[Publication], &Chosen),
) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    let read = move |r: &mut Read<'_>| Ok((store::find(r, &id)?, store::amendments::find(r, &change)?));
    let (call, a) = may.ctx.read(read).await?;
    if a.call != call.id {
        return Err(AppError::NotFound);
    }
    may.object = call;
    let d = draft(&may.ctx, &may.object).await?;
    let published = a.state == AmendmentState::Published;
    let saved = if published { may.object.content.places.as_slice() } else { &[] };
    let mut conflict = places::conflict("Ktoś zapisał tę zmianę w międzyczasie", saved, sent);
    let closed = a.state != AmendmentState::Proposed;
    if closed {
        let why = format!("Zmiana jest w stanie „{}”, więc tego wpisu nie zapisano.", a.state.label());
        conflict = conflict.closed(&why);
    }
    let fields = with_version(form, a.version);
    let problems = if closed { Problems::default() } else { scans.again(Problems::default()) };
    render(&may, StatusCode::CONFLICT, (d, a), Some(&fields), &problems, Some(conflict))
}
