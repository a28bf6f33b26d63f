//! The publication of the results: what will be public, where, and who gets a letter.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::decision::DecidedLine;
use super::gate::{Decided, Publish, ReadResults};
use crate::account::{Actor, Role};
use crate::award::model::{Award, AwardState};
use crate::award::{letters_of, publish, reasons_until, store};
use crate::call::pages::evidence::{Chosen, kept_all};
use crate::call::pages::places::{ACCEPT, PlaceField, Placed, place_fields, places_of, today};
use crate::call::{Call, Publication};
use crate::error::{AppError, FieldErrors};
use crate::law::show_date;
use crate::mail;
use crate::review::pages::{CallHead, FormView};
use crate::store::{CallId, Read, documents};
use crate::web::{Allowed, AppState, Ctx, Doing, ErrorLink, FindingView, Flash, Waiting, sort_problems};

/// A place where the results were published.
#[derive(Serialize)]
struct PlaceView {
    label: &'static str,
    when: String,
    by: String,
    evidence: String,
    file: String,
    file_href: String,
}

#[derive(Serialize)]
struct ResultsPage {
    waiting: Option<Waiting>,
    call: CallHead,
    lines: Vec<DecidedLine>,
    total: String,
    act: String,
    published: bool,
    can_publish: bool,
    /// Where the results were published.
    shown: Vec<PlaceView>,
    /// The form of the three places.
    places: Vec<PlaceField>,
    accept: &'static str,
    /// About how many offers how many letters go to how many people.
    letters: String,
    until: String,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    findings: Vec<FindingView>,
}

fn place(p: &Publication, call: &CallId) -> PlaceView {
    PlaceView {
        label: p.place.label(),
        when: p.when(),
        by: p.by.clone(),
        evidence: p.evidence.clone(),
        file: p.file.as_ref().map(|f| f.name.clone()).unwrap_or_default(),
        file_href: p.file.as_ref().map(|f| format!("/urzad/konkursy/{call}/dowody/{}", f.document)).unwrap_or_default(),
    }
}

/// The name of who acts, for the record of a publication.
fn name_of(ctx: &Ctx) -> String {
    ctx.actor.person.as_ref().map(|p| p.name.clone()).unwrap_or_default()
}

/// Which letters the publication sends.
async fn letters(ctx: &Ctx, call: &Call, award: &Award) -> Result<String, AppError> {
    let (call, award) = (call.clone(), award.clone());
    let look = move |r: &mut Read<'_>| {
        let to = letters_of(r, &call, &award)?.into_keys().collect();
        let about = format!("O wyniku każdej oferty ({})", award.content.lines.len());
        let reach = mail::reach(r, "award_result", call.id.as_str(), to)?;
        Ok(reach.told(&about, "osób, które mogą reprezentować oferenta", "nikt nie ma konta"))
    };
    ctx.read(look).await
}

async fn page(
    ctx: &Ctx,
    decided: Decided,
    form: Option<FormView>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let award = decided.award.ok_or(AppError::NotFound)?;
    let published = award.state == AwardState::Published;
    let letters = if published { String::new() } else { letters(ctx, &decided.case.call, &award).await? };
    let form = form.unwrap_or_else(|| FormView::of(&today(award.version, &name_of(ctx), ctx.arrived)));
    let FormView { f, e, errors, findings } = form;
    let view = ResultsPage {
        waiting: (!published).then(|| Waiting {
            whose: "organ".into(),
            what: "Ogłoś wyniki niezwłocznie w trzech miejscach ogłoszenia konkursu.".into(),
            ..Waiting::default()
        }),
        call: CallHead::of(&decided.case.call),
        lines: award.content.lines.iter().map(DecidedLine::of).collect(),
        total: award.content.granted().map(|m| m.to_string()).unwrap_or_default(),
        act: award.content.act.clone(),
        published,
        can_publish: !published && ctx.actor.has(Role::Organ),
        shown: award.content.places.iter().map(|p| place(p, &decided.case.call.id)).collect(),
        places: place_fields(),
        accept: ACCEPT,
        letters,
        until: reasons_until(&award.content.places).map(show_date).unwrap_or_default(),
        f,
        e,
        errors,
        findings,
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "award/publish.html", &format!("{error}Wyniki – konkurs {}", view.call.number), &view)
}

/// `GET /urzad/konkursy/{call}/wyniki`
pub async fn show(may: Allowed<ReadResults>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, may.object, None, StatusCode::OK).await
}

/// `POST /urzad/konkursy/{call}/wyniki`
pub async fn save(may: Allowed<Publish>, Placed(upload): Placed) -> Result<HttpResponse, AppError> {
    let (ctx, decided) = (may.ctx, may.object);
    let (id, form) = (decided.case.call.id.clone(), upload.fields.clone());
    let seen = form.text("version").parse::<i64>().ok();
    let here = format!("/urzad/konkursy/{id}/wyniki");
    let (scans, mut errors) = (Chosen::of(&upload), FieldErrors::new());
    let places = places_of(&upload, &name_of(&ctx), &mut errors);
    let done = match errors.finish(Some(places)) {
        Ok(mut places) => {
            let doing = Doing::new("award.publish", "call", &id);
            let work = move |state: &AppState, who: &Actor, now| {
                let kept = kept_all(state, &id, &upload, &mut places, who.log_name(), now)?;
                state.store.write(|tx| {
                    if store::of_call(tx, &id)?.map(|a| a.version) != seen {
                        return Err(AppError::Stale);
                    }
                    kept.iter().try_for_each(|scan| documents::insert(tx, scan))?;
                    publish(tx, who, &id, places, now)
                })
            };
            ctx.work_deed(doing, work).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(
            ctx.see_other(&here, Some(Flash::ok("Wyniki ogłoszone. Każdy oferent dostanie wiadomość o swoim wyniku.")))
        ),
        Err(e) => {
            let form = FormView::refused(&form, &scans.again(sort_problems(e)?));
            page(&ctx, decided, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
