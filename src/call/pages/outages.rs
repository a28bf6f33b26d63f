//! The ledger of outages.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::places::hour;
use super::policy::{Outages, ReportOutage};
use crate::account::Role;
use crate::call::{self, Call, CallState, Outage, rules, store};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, at_warsaw, show_instant, show_instant_seconds};
use crate::programme::pages::kit::{Shown, date};
use crate::store::SET_CLOCKS;
use crate::web::{Allowed, Ctx, Doing, Fields, Flash, Posted, Problems, Waiting, sort_problems};

#[derive(Serialize)]
struct Row {
    from: String,
    to: String,
    length: String,
    cause: String,
    by: String,
    recorded: String,
}

#[derive(Serialize)]
struct CallLink {
    href: String,
    label: String,
}

/// A process whose clock is wrong.
#[derive(Serialize)]
struct Wrong {
    said: String,
    at: String,
}

#[derive(Serialize)]
struct OutagesPage {
    waiting: Waiting,
    last: String,
    clocks: Vec<Wrong>,
    set_clocks: &'static str,
    rows: Vec<Row>,
    concerned: Vec<CallLink>,
    may_report: bool,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

fn row(o: &Outage) -> Row {
    Row {
        from: show_instant(o.from),
        to: show_instant(o.to),
        length: o.length(),
        cause: o.cause.clone(),
        by: if o.recorded_by == Outage::PROGRAM { "zapisał program".to_owned() } else { o.recorded_by.clone() },
        recorded: show_instant(o.recorded_at),
    }
}

/// Whose move it is: an outage near a deadline is a reason for a longer one, which the page of the contest offers.
fn waiting(concerned: usize) -> Waiting {
    let (whose, what) = match concerned {
        0 => ("nic więcej", "Żadna przerwa nie dotyczy terminu konkursu, w którym ofert jeszcze nie otwarto."),
        1 => (
            "urząd",
            "Przerwa dotyczy terminu konkursu. Otwórz go z listy poniżej: tam widać, czy i do kiedy można wydłużyć termin.",
        ),
        _ => (
            "urząd",
            "Przerwy dotyczą terminów konkursów. Otwórz je z listy poniżej: tam widać, czy i do kiedy można wydłużyć termin.",
        ),
    };
    Waiting { whose: whose.to_owned(), what: what.to_owned(), ..Waiting::default() }
}

async fn page(ctx: &Ctx, status: StatusCode, fields: &Fields, problems: &Problems) -> Result<HttpResponse, AppError> {
    let now = ctx.state.compared.get().map_or(ctx.arrived, |apart| apart.there(ctx.arrived));
    let (all, last, calls, clocks) = ctx
        .read(move |r| {
            let (all, last) = (store::outages::recent(r, 200)?, store::outages::last_beat(r)?);
            Ok((all, last, store::all(r, false)?, call::clocks_astray(r, now)?))
        })
        .await?;
    let near = |end: Instant| all.iter().any(|o| rules::outage::concerns(end, o));
    let hit = |c: &&Call| c.deadlines().any(near);
    let concerned: Vec<CallLink> = calls
        .iter()
        .filter(|c| c.state == CallState::Announced)
        .filter(hit)
        .map(|c| CallLink {
            href: format!("/urzad/konkursy/{}", c.id),
            label: format!("{} – {}", c.number(), c.content.title),
        })
        .collect();
    let view = OutagesPage {
        clocks: clocks.into_iter().map(|c| Wrong { said: c.said, at: show_instant(c.at) }).collect(),
        set_clocks: SET_CLOCKS,
        last: last.map(show_instant_seconds).unwrap_or_default(),
        waiting: waiting(concerned.len()),
        concerned,
        rows: all.iter().map(row).collect(),
        may_report: ctx.actor.has_any(&[Role::Admin, Role::Officer]),
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "call/outages.html", &format!("{error}Przerwy w działaniu serwisu"), &view)
}

/// `GET /urzad/przerwy`
pub async fn show(may: Allowed<Outages>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, StatusCode::OK, &Fields::default(), &Problems::default()).await
}

/// From, to and cause as typed.
fn read(form: &Fields) -> Result<(Instant, Instant, String), AppError> {
    let mut e = FieldErrors::new();
    let mut moment = |name: &str, label: &str| {
        let (day, time) = (format!("{name}_date"), format!("{name}_time"));
        let on = date(form.text(&day), &day, label, &mut e);
        let at = hour(form, &time, &mut e);
        on.zip(at).and_then(|(on, at)| e.take(&time, at_warsaw(on, at)))
    };
    let (from, to) = (moment("from", "Początek"), moment("to", "Koniec"));
    let cause = form.required("cause", "Przyczyna", &mut e);
    e.finish(from.zip(to).map(|(from, to)| (from, to, cause)))
}

/// `POST /urzad/przerwy`
pub async fn report(may: Allowed<ReportOutage>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let done = match read(&form) {
        Ok((from, to, cause)) => {
            let doing = Doing::new("outage.report", "przerwa", "");
            may.ctx.deed(doing, move |tx, who, now| call::report_outage(tx, who, from, to, &cause, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(_) => Ok(may.ctx.see_other("/urzad/przerwy", Some(Flash::ok("Zapisano przerwę.")))),
        Err(e) => {
            let problems = sort_problems(e)?;
            page(&may.ctx, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems).await
        }
    }
}
