//! A longer time for everybody who was called to supplement an offer and has not answered: who they are, what the ledger
//! of outages says of their time, until when and why.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::gate::GiveTime;
use super::{CallHead, FormView};
use crate::call::rules::{LEAST_WHY, outage};
use crate::call::{self, Call, Outage};
use crate::error::{AppError, FieldErrors};
use crate::law::{parse_date, show_deadline, show_instant};
use crate::mail;
use crate::offer::Offer;
use crate::review::letters::TERM;
use crate::review::model::Summons;
use crate::review::{MoreTime, awaiting, more_time, told_of_time};
use crate::store::Read;
use crate::web::{Allowed, Ctx, Doing, Fields, Flash, Posted, Waiting, sort_problems};

const TITLE: &str = "Więcej czasu na uzupełnienie";

#[derive(Serialize)]
struct Called {
    number: String,
    href: String,
    org: String,
    called: String,
    until: String,
    over: bool,
}

#[derive(Serialize)]
struct Stop {
    from: String,
    to: String,
    cause: String,
}

#[derive(Serialize)]
struct Page {
    waiting: Waiting,
    call: CallHead,
    action: String,
    called: Vec<Called>,
    outages: Vec<Stop>,
    letters: String,
    least: usize,
    entry: FormView,
}

pub(super) fn url(call: &Call) -> String {
    format!("/urzad/konkursy/{}/oceny-formalne/czas", call.id)
}

/// Outages in the last 24 hours of somebody's time.
fn near(r: &mut Read<'_>, called: &[(Offer, Summons)]) -> Result<Vec<Outage>, AppError> {
    let dues = || called.iter().map(|(_, s)| s.due);
    let (Some(first), Some(last)) = (dues().min(), dues().max()) else { return Ok(Vec::new()) };
    let mut found = call::store::outages::between(r, first - outage::GRACE, last)?;
    found.retain(|o| dues().any(|due| outage::concerns(due, o)));
    Ok(found)
}

async fn page(ctx: &Ctx, call: Call, entry: FormView, status: StatusCode) -> Result<HttpResponse, AppError> {
    let (now, of) = (ctx.arrived, call.clone());
    let (called, outages, reach) = ctx
        .read(move |r| {
            let called = awaiting(r, &of)?;
            let to = told_of_time(r, &called)?;
            Ok((near(r, &called)?, mail::reach(r, TERM, of.id.as_str(), to)?, called))
        })
        .await
        .map(|(outages, reach, called)| (called, outages, reach))?;
    let row = |(o, s): &(Offer, Summons)| Called {
        number: o.number.clone().unwrap_or_default(),
        href: format!("/urzad/oferty/{}/ocena-formalna", o.id),
        org: o.offeror_names(),
        called: show_instant(s.called_at),
        until: show_deadline(s.due),
        over: s.due <= now,
    };
    let (whose, what) = match called.is_empty() {
        true => ("nikogo", "Urząd nie czeka na żadne uzupełnienie w tym konkursie."),
        false => ("pracownika merytorycznego", "Zdecyduj, do kiedy oferenci mogą odpowiedzieć na wezwanie."),
    };
    let view = Page {
        waiting: Waiting { whose: whose.to_owned(), what: what.to_owned(), ..Waiting::default() },
        action: url(&call),
        called: called.iter().map(row).collect(),
        outages: outages
            .iter()
            .map(|o| Stop { from: show_instant(o.from), to: show_instant(o.to), cause: o.cause.clone() })
            .collect(),
        letters: reach.text(),
        least: LEAST_WHY,
        call: CallHead::of(&call),
        entry,
    };
    let error = if status.is_success() { "" } else { "Błąd: " };
    ctx.page_as(status, "review/more_time.html", &format!("{error}{TITLE} – konkurs {}", view.call.number), &view)
}

/// `GET /urzad/konkursy/{call}/oceny-formalne/czas`
pub async fn show(may: Allowed<GiveTime>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, may.object.call, FormView::default(), StatusCode::OK).await
}

fn typed(form: &Fields) -> Result<MoreTime, AppError> {
    let mut errors = FieldErrors::new();
    let until = errors.take("until", parse_date(form.text("until")));
    let why = form.required("why", "Powód", &mut errors);
    errors.finish(until.map(|until| MoreTime { until, why }))
}

/// `POST /urzad/konkursy/{call}/oceny-formalne/czas`
///
/// # Errors
/// `Stale` when an offer changed meanwhile; what the page can show is shown.
pub async fn give(may: Allowed<GiveTime>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let id = case.call.id.clone();
    let done = match typed(&form) {
        Ok(wish) => {
            let doing = Doing::new("review.more_time", "call", &id);
            let until = show_deadline(crate::law::end_of_day_warsaw(wish.until));
            ctx.deed(doing, move |tx, who, now| more_time(tx, who, &id, &wish, now)).await.map(|()| until)
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(until) => {
            let said = format!("Oferenci, na których uzupełnienie czekamy, mają czas co najmniej do: {until}.");
            let back = format!("/urzad/konkursy/{}/oceny-formalne", case.call.id);
            Ok(ctx.see_other(&back, Some(Flash::ok(said))))
        }
        Err(e) => {
            let entry = FormView::refused(&form, &sort_problems(e)?);
            page(&ctx, case.call, entry, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
