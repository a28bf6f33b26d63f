//! The publication of the results: what will be public, where, and who gets a letter.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::decision::DecidedLine;
use super::gate::{Decided, Publish, ReadResults};
use crate::account::Role;
use crate::award::model::{Award, AwardState};
use crate::award::{publish, reasons_until, store};
use crate::call::{Place, Publication};
use crate::error::{AppError, FieldErrors};
use crate::law::{parse_date, show_date, warsaw_date};
use crate::review::pages::{CallHead, FormView};
use crate::web::{Allowed, Ctx, Doing, Fields, Flash, Posted, Waiting, sort_problems};

#[derive(Serialize)]
struct PlaceView {
    key: &'static str,
    label: &'static str,
    on: String,
    by: String,
    evidence: String,
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
    places: Vec<PlaceView>,
    letters: usize,
    until: String,
    entry: FormView,
}

fn place(place: Place, award: &Award) -> PlaceView {
    let given = award.content.places.iter().find(|p| p.place == place);
    PlaceView {
        key: place.code(),
        label: place.label(),
        on: given.map(|p| show_date(p.on)).unwrap_or_default(),
        by: given.map(|p| p.by.clone()).unwrap_or_default(),
        evidence: given.map(|p| p.evidence.clone()).unwrap_or_default(),
    }
}

fn page(ctx: &Ctx, decided: Decided, form: Option<FormView>, status: StatusCode) -> Result<HttpResponse, AppError> {
    let award = decided.award.ok_or(AppError::NotFound)?;
    let published = award.state == AwardState::Published;
    let form = form.unwrap_or_else(|| {
        let mut fields = Fields::default();
        for place in Place::ALL {
            fields.set(format!("place.{}.on", place.code()), warsaw_date(ctx.arrived).to_string());
        }
        fields.set("version", award.version.to_string());
        FormView::of(&fields)
    });
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
        places: Place::ALL.into_iter().map(|p| place(p, &award)).collect(),
        letters: award.content.lines.len(),
        until: reasons_until(&award.content.places).map(show_date).unwrap_or_default(),
        entry: form,
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "award/publish.html", &format!("{error}Wyniki – konkurs {}", view.call.number), &view)
}

/// `GET /urzad/konkursy/{call}/wyniki`
pub async fn show(may: Allowed<ReadResults>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, may.object, None, StatusCode::OK)
}

/// Places with a date; one left empty is told by the rule.
fn typed(form: &Fields, by: &str) -> Result<Vec<Publication>, AppError> {
    let mut errors = FieldErrors::new();
    let mut out = Vec::new();
    for place in Place::ALL {
        let field = format!("place.{}.on", place.code());
        let on = form.text(&field);
        if on.is_empty() {
            continue;
        }
        if let Some(on) = errors.take(&field, parse_date(on)) {
            let evidence = form.text(&format!("place.{}.evidence", place.code()));
            out.push(Publication::new(place, on, by, evidence));
        }
    }
    errors.finish(Some(out))
}

/// `POST /urzad/konkursy/{call}/wyniki`
pub async fn save(may: Allowed<Publish>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, decided) = (may.ctx, may.object);
    let (id, seen) = (decided.case.call.id.clone(), form.text("version").parse::<i64>().ok());
    let here = format!("/urzad/konkursy/{id}/wyniki");
    let name = ctx.actor.person.as_ref().map(|p| p.name.clone()).unwrap_or_default();
    let done = match typed(&form, &name) {
        Ok(places) => {
            ctx.deed(Doing::new("award.publish", "call", &id), move |tx, who, now| {
                if store::of_call(tx, &id)?.map(|a| a.version) != seen {
                    return Err(AppError::Stale);
                }
                publish(tx, who, &id, places, now)
            })
            .await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(
            ctx.see_other(&here, Some(Flash::ok("Wyniki ogłoszone. Każdy oferent dostanie wiadomość o swoim wyniku.")))
        ),
        Err(e) => {
            page(&ctx, decided, Some(FormView::refused(&form, &sort_problems(e)?)), StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}
