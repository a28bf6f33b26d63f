//! The organ gives one organisation a later deadline: whom, until when and why.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::extended::{self, Extended};
use super::office::{url, version};
use super::places::hour;
use super::policy::{ExtendCall, ExtendFor};
use super::view::{deadline_text, waiting};
use crate::account::pages::found::Found;
use crate::call::{self, Call, CallState, EXTENDED, Extending, rules, store};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, last_day, show_date, show_deadline, warsaw};
use crate::programme::pages::conflict::{Conflict, plainly, with_version};
use crate::programme::pages::kit::{Shown, date};
use crate::web::{Allowed, Doing, Fields, Flash, Posted, Problems, Waiting, sort_problems};
use crate::{account, mail};

const TITLE: &str = "Wyznacz termin jednej organizacji";

#[derive(Serialize)]
struct ChoosePage {
    id: String,
    number: String,
    title: String,
    waiting: Option<Waiting>,
    /// Why no deadline can be given any more; empty while it can.
    too_late: String,
    #[serde(flatten)]
    list: Found,
}

/// `GET /urzad/konkursy/{call}/wyjatek`: every organisation with an account, so that the list tells nothing of who
/// prepares an offer.
pub async fn choose(may: Allowed<ExtendCall>) -> Result<HttpResponse, AppError> {
    let call = &may.object;
    if call.state != CallState::Announced {
        return Ok(may.ctx.see_other(&url(call), None));
    }
    let test = call.content.test;
    let all = may.ctx.read(move |r| account::store::of_kind(r, test)).await?;
    let view = ChoosePage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        title: call.content.title.clone(),
        waiting: waiting(call, may.ctx.arrived),
        too_late: extended::closed(call, may.ctx.arrived),
        list: Found::of(all, may.ctx.asked("q"), &format!("{}/wyjatek", url(call))),
    };
    may.ctx.page("call/extend_choose.html", TITLE, &view)
}

#[derive(Serialize)]
struct ExtendPage {
    id: String,
    number: String,
    title: String,
    waiting: Option<Waiting>,
    org: String,
    org_id: String,
    nip: String,
    /// The deadline for everybody.
    general: String,
    /// The last day the deadline may end on; empty where the announcement names no day of the choice.
    latest: String,
    /// The deadline this organisation has by an earlier decision; empty for none.
    own: String,
    letters: String,
    least: usize,
    extended: Extended,
    /// The offers were opened or the contest cancelled meanwhile, or the day of the choice has come.
    closed: bool,
    too_late: String,
    conflict: Option<Conflict>,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

async fn page(
    may: &Allowed<ExtendFor>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
    conflict: Option<Conflict>,
) -> Result<HttpResponse, AppError> {
    let (call, org) = &may.object;
    let (id, org_id) = (call.id.clone(), org.id.clone());
    let reach = may
        .ctx
        .read(move |r| {
            let to = account::addresses(r, &org_id)?;
            mail::reach(r, EXTENDED, id.as_str(), to)
        })
        .await?;
    let (shown, too_late) = (Shown::of(problems), extended::closed(call, may.ctx.arrived));
    let latest = call.content.elements.decision_by.and_then(|day| day.pred_opt());
    let view = ExtendPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        title: call.content.title.clone(),
        waiting: waiting(call, may.ctx.arrived),
        org: org.name.clone(),
        org_id: org.id.to_string(),
        nip: org.nip.to_string(),
        general: deadline_text(call),
        latest: latest.map(show_date).unwrap_or_default(),
        own: call.extension_of(&org.id).map(|e| show_deadline(e.until)).unwrap_or_default(),
        letters: reach.text(),
        least: rules::LEAST_WHY,
        extended: extended::office(call, &may.ctx.actor),
        // What was typed before the day came stays in the form of a refusal.
        closed: call.state != CallState::Announced || (shown.errors.is_empty() && !too_late.is_empty()),
        too_late,
        conflict,
        f: fields.map(),
        shown,
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    may.ctx.page_as(status, "call/extend.html", &format!("{error}{TITLE}"), &view)
}

/// `GET /urzad/konkursy/{call}/wyjatek/{org}`
pub async fn confirm(may: Allowed<ExtendFor>) -> Result<HttpResponse, AppError> {
    let (call, _) = &may.object;
    if call.state != CallState::Announced {
        return Ok(may.ctx.see_other(&url(call), None));
    }
    let mut fields = Fields::default();
    fields.set("version", call.version.to_string());
    fields.set("until_time", "23:59");
    page(&may, StatusCode::OK, &fields, &Problems::default(), None).await
}

/// Until when and why, as typed.
fn read(form: &Fields) -> Result<(Instant, String), AppError> {
    let mut e = FieldErrors::new();
    let on = date(form.text("until_date"), "until_date", "Ostatni dzień", &mut e);
    let at = hour(form, "until_time", &mut e);
    let until = on.zip(at).and_then(|(on, at)| e.take("until_time", rules::deadline_instant(on.and_time(at))));
    let why = form.required("why", "Powód", &mut e);
    e.finish(until.map(|until| (until, why)))
}

/// `POST /urzad/konkursy/{call}/wyjatek/{org}`
pub async fn extend(may: Allowed<ExtendFor>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, org, seen) = (may.object.0.id.clone(), may.object.1.id.clone(), version(&form)?);
    let done = match read(&form) {
        Ok((until, why)) => {
            let doing = Doing::new("call.extend", "konkurs", &id);
            let asked = Extending { org, until, why };
            may.ctx.deed(doing, move |tx, who, now| call::extend(tx, who, &id, seen, asked, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => {
            let text = "Wyznaczono termin jednej organizacji. Decyzja jest w rejestrze konkursu.";
            Ok(may.ctx.see_other(&url(&may.object.0), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => stale(may, &form).await,
        Err(e) => {
            let problems = told(sort_problems(e)?, form.text("why"), &may.object.1);
            page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None).await
        }
    }
}

/// The same with what in the reason names the organisation: this page shows it to the organ, the log does not keep it.
fn told(problems: Problems, why: &str, org: &account::Organisation) -> Problems {
    let Some(found) = rules::gives_away(why, org) else { return problems };
    let mut errors = FieldErrors::new();
    for e in problems.errors.list() {
        let named = e.message == rules::NAMED;
        errors.add(&e.field, if named { format!("W powodzie jest {found}. {}", e.message) } else { e.message.clone() });
    }
    Problems { errors, ..problems }
}

/// What the last decision for this organisation says, in the fields of the form.
fn decided(call: &Call, org: &account::Organisation) -> Fields {
    let mut out = Fields::default();
    if let Some(e) = call.extension_of(&org.id) {
        let wall = warsaw(e.until);
        let midnight = wall.time() == chrono::NaiveTime::MIN;
        let hour = if midnight { "23:59".to_owned() } else { wall.format("%H:%M").to_string() };
        out.set("until_date", last_day(e.until).to_string());
        out.set("until_time", hour);
        out.set("why", e.why.clone());
    }
    out
}

/// Somebody moved the call meanwhile: what was typed stays, beside what is decided for this organisation.
async fn stale(mut may: Allowed<ExtendFor>, form: &Fields) -> Result<HttpResponse, AppError> {
    let id = may.object.0.id.clone();
    may.object.0 = may.ctx.read(move |r| store::find(r, &id)).await?;
    let (call, org) = &may.object;
    let said = |name: &str, value: &str| {
        let label = match name {
            "until_date" => "Ostatni dzień",
            "until_time" => "Godzina",
            "why" => "Powód",
            _ => return None,
        };
        Some((label.to_owned(), plainly(value)))
    };
    let mut conflict = Conflict::of("Ktoś zapisał ten konkurs w międzyczasie", &decided(call, org), form, said);
    if call.state != CallState::Announced {
        conflict = conflict
            .closed("Konkurs jest w innym stanie i terminu nie można już wyznaczyć, więc decyzji nie zapisano.");
    } else if !call.may_extend(may.ctx.arrived) {
        conflict = conflict.closed(&format!("{} Decyzji nie zapisano.", extended::closed(call, may.ctx.arrived)));
    }
    let fields = with_version(form, call.version);
    page(&may, StatusCode::CONFLICT, &fields, &Problems::default(), Some(conflict)).await
}
