//! The organ approves a change of an announcement and records its three places.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::amending::{Compared, amend_url, amend_waiting, amendment_of, compared, draft, prepared};
use super::announcing::name_of;
use super::office::{url, version};
use super::places::{ACCEPT, PlaceField, Placed, kept_all, place_fields, places_of, today};
use super::policy::AnnounceCall;
use super::view::{deadline_text, wall_text};
use crate::account::Actor;
use crate::call::rules::AmendmentKind;
use crate::call::{self, AmendmentState, rules};
use crate::error::{AppError, FieldErrors};
use crate::law::blocks;
use crate::programme::pages::kit::Shown;
use crate::store::documents;
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
    let call = &may.object;
    let d = draft(&may.ctx, call).await?;
    let Some(a) = d.amendment.filter(|a| a.state == AmendmentState::Proposed) else {
        return Ok(may.ctx.see_other(&amend_url(call), None));
    };
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
        letters: d.letters,
        papers: format!("{}/ogloszenie", amend_url(call)),
        closed: status == StatusCode::OK && blocks(&findings),
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
    let mut errors = FieldErrors::new();
    let places = places_of(&upload, &name_of(&may), &mut errors);
    let done = match errors.finish(Some(places)) {
        Ok(mut places) => {
            let doing = Doing::new("call.amend", "konkurs", &owner);
            let work = move |state: &AppState, who: &Actor, now| {
                let scans = kept_all(state, &owner, &upload, &mut places, who.log_name(), now)?;
                state.store.write(|tx| {
                    scans.iter().try_for_each(|scan| documents::insert(tx, scan))?;
                    call::amend(tx, who, &id, seen, places, now)
                })
            };
            may.ctx.work_deed(doing, work).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(no) => {
            let text = format!("Ogłoszono zmianę nr {} ogłoszenia. Nowe warunki są zamrożone.", no - 1);
            Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            page(&may, StatusCode::UNPROCESSABLE_ENTITY, Some(&form), &problems).await
        }
    }
}
