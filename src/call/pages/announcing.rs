//! Announcing, which cannot be undone, and ending the time for filing early where nothing is real.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::announcement::Announcement;
use super::evidence::{Chosen, kept_all};
use super::office::{url, version};
use super::places::{self, ACCEPT, PlaceField, Placed, place_fields, today};
use super::policy::{EditCall, PublishCall};
use super::sources::sources;
use super::view::{approved_text, draft_waiting};
use crate::account::{Actor, Role};
use crate::call::{self, Call, CallState, Publication, rules, store};
use crate::error::AppError;
use crate::law::Finding;
use crate::programme::pages::conflict::{Conflict, with_version};
use crate::programme::pages::kit::Shown;
use crate::store::documents;
use crate::web::{
    Allowed, AppState, Ctx, Doing, Fields, FindingView, Flash, Policy, Posted, Problems, Waiting, findings_view,
    sort_problems,
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
    /// Who approved the text and when; empty while nobody did, and when that holds no more.
    approved: String,
    organ: bool,
    conflict: Option<Conflict>,
    hash: String,
    number: String,
    prepared: String,
    places: Vec<PlaceField>,
    accept: &'static str,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

/// Whether a finding blocks on whatever day the places were: a wage that today has none may have one on an earlier day. The
/// years of element 7 were judged by the approval already.
fn stays(finding: &Finding) -> bool {
    rules::is_blocking(finding) && !finding.rule.as_str().starts_with("R-TAB")
}

async fn confirm_page(
    may: &Allowed<PublishCall>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
    conflict: Option<Conflict>,
) -> Result<HttpResponse, AppError> {
    let call = &may.object;
    let sources = sources(&may.ctx, call).await?;
    let mut findings = sources.findings(&may.ctx, call);
    let waiting = draft_waiting(call, &findings, sources.lapsed.as_ref());
    let approved = if sources.lapsed.is_some() { String::new() } else { approved_text(call) };
    findings.extend(sources.lapsed.clone());
    let draft = call.state == CallState::Draft;
    let hopeless = approved.is_empty() || findings.iter().any(stays);
    let view = ConfirmPage {
        id: call.id.to_string(),
        title: call.content.title.clone(),
        waiting,
        a: sources.announcement(&may.ctx, call),
        checks: findings_view(&findings),
        // What was typed stays in its form even where it cannot be recorded yet.
        closed: !draft || (status == StatusCode::OK && hopeless),
        draft,
        approved,
        organ: may.ctx.actor.has(Role::Organ),
        conflict,
        hash: call.terms_hash.clone().unwrap_or_default(),
        number: call.number.clone().unwrap_or_default(),
        prepared: sources.prepared(call),
        places: place_fields(),
        accept: ACCEPT,
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let title = if status == StatusCode::OK { "Ogłoś konkurs" } else { "Błąd: Ogłoś konkurs" };
    may.ctx.page_as(status, "call/announce.html", title, &view)
}

pub async fn confirm(may: Allowed<PublishCall>) -> Result<HttpResponse, AppError> {
    if may.object.state != CallState::Draft {
        return Ok(may.ctx.see_other(&url(&may.object), None));
    }
    let fields = today(may.object.version, &name_of(&may), may.ctx.arrived);
    confirm_page(&may, StatusCode::OK, &fields, &Problems::default(), None).await
}

pub async fn announce(may: Allowed<PublishCall>, Placed(upload): Placed) -> Result<HttpResponse, AppError> {
    let (id, seen, form) = (may.object.id.clone(), version(&upload.fields)?, upload.fields.clone());
    let mut places = match places::typed(&upload, ("R-ANN-03", &name_of(&may)), may.ctx.arrived, |_| ()) {
        Ok(places) => places,
        Err(problems) => {
            return confirm_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None).await;
        }
    };
    let scans = Chosen::of(&upload);
    let (doing, sent) = (Doing::new("call.announce", "konkurs", &id), places.clone());
    let work = move |state: &AppState, who: &Actor, now| {
        let kept = kept_all(state, &id, &upload, &mut places, who.log_name(), now)?;
        state.store.write(|tx| {
            kept.iter().try_for_each(|scan| documents::insert(tx, scan))?;
            call::announce(tx, who, &id, seen, places, now)
        })
    };
    match may.ctx.work_deed(doing, work).await {
        Ok(number) => {
            let text = format!("Ogłoszono konkurs {number}. Warunki są zamrożone.");
            Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => stale(may, &form, &sent, &scans).await,
        Err(e) => {
            let problems = scans.again(sort_problems(e)?);
            confirm_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None).await
        }
    }
}

/// Somebody saved or announced the call meanwhile: what was typed stays, beside the places that are recorded.
async fn stale(
    mut may: Allowed<PublishCall>,
    form: &Fields,
    sent: &[Publication],
    scans: &Chosen,
) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    may.object = may.ctx.read(move |r| store::find(r, &id)).await?;
    let call = &may.object;
    let mut conflict = places::conflict("Ktoś zapisał ten konkurs w międzyczasie", &call.content.places, sent);
    let closed = call.state != CallState::Draft;
    if closed {
        conflict = conflict.closed(
            "Konkurs jest już ogłoszony, więc tego wpisu nie zapisano. Jeśli zapisane miejsca są inne niż w rzeczywistości, \
             zapisz to na stronie „Miejsca ogłoszenia po publikacji”.",
        );
    }
    let fields = with_version(form, call.version);
    let problems = if closed { Problems::default() } else { scans.again(Problems::default()) };
    confirm_page(&may, StatusCode::CONFLICT, &fields, &problems, Some(conflict)).await
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
