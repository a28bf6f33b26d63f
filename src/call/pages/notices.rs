//! What became known of the three places after a publication.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::evidence::kept;
use super::office::url;
use super::places::{ACCEPT, Placed, hour};
use super::policy::{EditCall, OfficeCall};
use super::sources::{Sources, sources};
use super::view::waiting;
use crate::account::{Actor, Role};
use crate::call::{self, Call, CallState, Notice, NoticeKind, Place, Publication};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, at_warsaw, show_date_weekday, show_instant};
use crate::programme::pages::kit::{Shown, date};
use crate::store::NoticeId;
use crate::web::{
    Allowed, AppState, Choice, Ctx, Doing, Fields, FindingView, Flash, Problems, Upload, Waiting, findings_view,
    option_list, sort_problems,
};

#[derive(Serialize)]
struct FactRow {
    what: &'static str,
    at: String,
    by: String,
    evidence: String,
    file_href: String,
    recorded: String,
}

#[derive(Serialize)]
struct PlaceRow {
    place: &'static str,
    when: String,
    by: String,
    evidence: String,
    file: String,
    file_href: String,
    facts: Vec<FactRow>,
}

#[derive(Serialize)]
struct AnnouncementRows {
    title: String,
    rows: Vec<PlaceRow>,
}

#[derive(Serialize)]
struct NoticesPage {
    id: String,
    number: String,
    waiting: Option<Waiting>,
    announcements: Vec<AnnouncementRows>,
    checks: Vec<FindingView>,
    may_record: bool,
    /// The day of a longer deadline that may be prepared here; empty for none.
    longer: String,
    numbers: Vec<Choice>,
    places: Vec<Choice>,
    kinds: Vec<Choice>,
    accept: &'static str,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

fn title(no: i64) -> String {
    if no == 1 { "Ogłoszenie konkursu".to_owned() } else { format!("Zmiana nr {}", no - 1) }
}

fn scan_href(call: &Call, document: &impl std::fmt::Display) -> String {
    format!("{}/dowody/{document}", url(call))
}

fn rows(call: &Call, no: i64, places: &[Publication], facts: &[Notice]) -> AnnouncementRows {
    let fact = |f: &Notice| FactRow {
        what: f.kind.label(),
        at: show_instant(f.at),
        by: f.by.clone(),
        evidence: f.evidence.clone(),
        file_href: f.document.as_ref().map(|d| scan_href(call, d)).unwrap_or_default(),
        recorded: show_instant(f.recorded_at),
    };
    let row = |p: &Publication| PlaceRow {
        place: p.place.label(),
        when: p.when(),
        by: p.by.clone(),
        evidence: p.evidence.clone(),
        file: p.file.as_ref().map(|f| f.name.clone()).unwrap_or_default(),
        file_href: p.file.as_ref().map(|f| scan_href(call, &f.document)).unwrap_or_default(),
        facts: facts.iter().filter(|f| f.no == no && f.place == p.place).map(fact).collect(),
    };
    AnnouncementRows { title: title(no), rows: places.iter().map(row).collect() }
}

/// Every announcement of the call with its places, the newest first.
fn announcements(call: &Call, sources: &Sources) -> Vec<AnnouncementRows> {
    let later = &sources.later;
    let mut out: Vec<AnnouncementRows> =
        later.changes.iter().rev().map(|c| rows(call, c.no, &c.places, &later.facts)).collect();
    out.push(rows(call, 1, &later.first_places, &later.facts));
    out
}

/// The longer deadline that an officer may prepare after a place was empty for a time.
fn longer(ctx: &Ctx, call: &Call, sources: &Sources) -> String {
    let may = ctx.actor.has(Role::Officer) && call.is_open(ctx.arrived) && sources.later.amending.is_none();
    let found = sources.later.longer(call).filter(|_| may);
    found.map(|l| show_date_weekday(l.deadline.date())).unwrap_or_default()
}

async fn page(
    ctx: &Ctx,
    call: &Call,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let sources = sources(ctx, call).await?;
    let last = sources.later.changes.last().map_or(1, |c| c.no);
    let view = NoticesPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        waiting: waiting(call, ctx.arrived),
        announcements: announcements(call, &sources),
        checks: findings_view(&sources.later.place_findings(call)),
        longer: longer(ctx, call, &sources),
        may_record: ctx.actor.has(Role::Officer),
        numbers: option_list((1..=last).rev().map(|no| (no.to_string(), title(no)))),
        places: option_list(Place::ALL.map(|p| (p.code(), p.label()))),
        kinds: option_list(NoticeKind::ALL.map(|k| (k.code(), k.label()))),
        accept: ACCEPT,
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "call/notices.html", &format!("{error}Miejsca ogłoszenia po publikacji"), &view)
}

/// `GET /urzad/konkursy/{call}/miejsca`
pub async fn show(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    if may.object.state == CallState::Draft {
        return Ok(may.ctx.see_other(&url(&may.object), None));
    }
    page(&may.ctx, &may.object, StatusCode::OK, &Fields::default(), &Problems::default()).await
}

fn read(call: &Call, upload: &Upload, who: &str, now: Instant) -> Result<Notice, AppError> {
    let (form, mut e) = (&upload.fields, FieldErrors::new());
    let place = Place::parse(form.text("place"));
    if place.is_none() {
        e.add("place", "Wybierz miejsce.");
    }
    let kind = NoticeKind::parse(form.text("kind"));
    if kind.is_none() {
        e.add("kind", "Wybierz, co się stało.");
    }
    let on = date(form.text("on"), "on", "Dzień", &mut e);
    let time = hour(form, "time", &mut e);
    let at = on.zip(time).and_then(|(on, time)| e.take("time", at_warsaw(on, time)));
    let by = form.required("by", "Kto to zrobił", &mut e);
    let no = form.text("no").parse::<i64>().unwrap_or(1);
    let found = place.zip(kind).zip(at).map(|((place, kind), at)| Notice {
        id: NoticeId::new(),
        call: call.id.clone(),
        no,
        place,
        kind,
        at,
        by,
        evidence: form.text("evidence").to_owned(),
        document: None,
        recorded_at: now,
        recorded_by: who.to_owned(),
    });
    e.finish(found)
}

/// `POST /urzad/konkursy/{call}/miejsca`
pub async fn record(may: Allowed<EditCall>, Placed(upload): Placed) -> Result<HttpResponse, AppError> {
    let (call, form) = (may.object.clone(), upload.fields.clone());
    let doing = Doing::new("call.notice", "konkurs", &call.id);
    let work = move |state: &AppState, who: &Actor, now| {
        let mut notice = read(&call, &upload, who.log_name(), now)?;
        let scan = kept(state, &call.id, (&upload, "file"), who.log_name(), now)?;
        notice.document = scan.as_ref().map(|scan| scan.id.clone());
        state.store.write(|tx| call::record_notice(tx, who, &notice, scan.as_ref(), now))
    };
    match may.ctx.work_deed(doing, work).await {
        Ok(()) => {
            let to = format!("{}/miejsca", url(&may.object));
            Ok(may.ctx.see_other(&to, Some(Flash::ok("Zapisano. Zobacz, co to zmienia w terminie."))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            page(&may.ctx, &may.object, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems).await
        }
    }
}
