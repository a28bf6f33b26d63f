//! The office prepares calls and looks after them.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::announcement::{Announcement, mode_hint, policy_label, scope_label, week_label};
use super::form::{TABLES, content_of, fields_of};
use super::policy::{CreateCall, EditCall, OfficeCalls};
use super::view::{CallRow, waiting};
use crate::audit;
use crate::call::{self, Call, CallState, Mode, rules, store};
use crate::error::AppError;
use crate::law::{CapScope, Finding, HourUnit, KPolicy, Money, Tables, WeekKind, warsaw_date};
use crate::programme::pages::kit::{Event, Shown, row_numbers, row_pressed, timeline};
use crate::programme::{self, Programme};
use crate::store::tables;
use crate::web::{Allowed, Choice, Ctx, Doing, Fields, Flash, Posted, Problems, Waiting, option_list, sort_problems};

pub fn url(call: &Call) -> String {
    format!("/urzad/konkursy/{}", call.id)
}

/// The version the writer saw; a form without it cannot be ours.
pub fn version(form: &Fields) -> Result<i64, AppError> {
    form.text("version").parse().map_err(|_| AppError::Stale)
}

#[derive(Serialize)]
struct ListPage {
    rows: Vec<CallRow>,
}

pub async fn list(may: Allowed<OfficeCalls>) -> Result<HttpResponse, AppError> {
    let now = may.ctx.arrived;
    let all = may.ctx.read(|r| store::all(r, false)).await?;
    let view = ListPage { rows: all.iter().map(|call| CallRow::of(call, now, true)).collect() };
    may.ctx.page("call/office_list.html", "Konkursy urzędu", &view)
}

pub async fn create(may: Allowed<CreateCall>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    let doing = Doing::new("call.create", "program", &id);
    let call = may.ctx.deed(doing, move |tx, who, now| call::create(tx, who, &id, now)).await?;
    let text = "Założono projekt konkursu. Uzupełnij ogłoszenie: termin, dzień wyboru i koszty z dwóch lat.";
    Ok(may.ctx.see_other(&format!("/urzad/konkursy/{call}"), Some(Flash::ok(text))))
}

/// What a call's pages read beside the call.
pub struct Sources {
    pub programme: Programme,
    tables: Tables,
    committed: Money,
    pub events: Vec<Event>,
}

pub async fn sources(ctx: &Ctx, call: &Call) -> Result<Sources, AppError> {
    let (id, programme) = (call.id.clone(), call.programme.clone());
    ctx.read(move |r| {
        Ok(Sources {
            committed: store::committed(r, &programme, Some(&id))?,
            programme: programme::store::find(r, &programme)?,
            tables: tables::tables(r)?,
            events: timeline(audit::of_object(r, id.as_str())?),
        })
    })
    .await
}

impl Sources {
    /// The checks of a draft, as if it were announced today; an announced call has passed them.
    pub fn findings(&self, ctx: &Ctx, call: &Call) -> Vec<Finding> {
        let today = warsaw_date(ctx.arrived);
        if call.state != CallState::Draft {
            return Vec::new();
        }
        rules::check(&call.content, &self.programme.content, today, &self.tables, self.committed)
    }

    pub fn announcement(&self, ctx: &Ctx, call: &Call) -> Announcement {
        let cap = rules::cap_on(&call.content, warsaw_date(ctx.arrived), &self.tables);
        Announcement::of(call, cap.as_ref(), ctx.arrived)
    }
}

#[derive(Serialize)]
struct FormPage {
    action: String,
    back: String,
    waiting: Option<Waiting>,
    f: BTreeMap<String, String>,
    rows: BTreeMap<&'static str, Vec<usize>>,
    modes: Vec<Choice>,
    policies: Vec<Choice>,
    scopes: Vec<Choice>,
    units: Vec<Choice>,
    weeks: Vec<Choice>,
    points: Vec<Choice>,
    #[serde(flatten)]
    shown: Shown,
}

fn form_page(
    may: &Allowed<EditCall>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let view = FormPage {
        action: format!("{}/edycja", url(&may.object)),
        back: url(&may.object),
        waiting: waiting(&may.object, may.ctx.arrived),
        f: fields.map(),
        rows: row_numbers(fields, &TABLES),
        modes: option_list([Mode::Entrusting, Mode::Supporting].map(|m| (m.code(), mode_hint(m)))),
        policies: option_list(
            [("full", KPolicy::Full), ("pro_rata", KPolicy::ProRata)].map(|(v, p)| (v, policy_label(p))),
        ),
        scopes: option_list(
            [("whole", CapScope::WholeGrant), ("trainers", CapScope::TrainerLines)].map(|(v, s)| (v, scope_label(s))),
        ),
        units: option_list([("60", HourUnit::Min60), ("45", HourUnit::Min45)].map(|(v, u)| (v, u.label()))),
        weeks: option_list(
            [("rolling", WeekKind::Rolling7), ("calendar", WeekKind::Calendar)].map(|(v, w)| (v, week_label(w))),
        ),
        points: option_list([
            ("1", "pkt 1 – możliwość realizacji"),
            ("2", "pkt 2 – kalkulacja kosztów"),
            ("3", "pkt 3 – jakość i kwalifikacje"),
            ("4", "pkt 4 – wkład własny (tylko wspieranie)"),
            ("5", "pkt 5 – wkład rzeczowy i osobowy"),
            ("6", "pkt 6 – wcześniej zlecone zadania"),
        ]),
        shown: Shown::of(problems),
    };
    let title = if view.shown.errors.is_empty() { "Ogłoszenie konkursu" } else { "Błąd: Ogłoszenie konkursu" };
    may.ctx.page_as(status, "call/form.html", title, &view)
}

pub async fn edit(may: Allowed<EditCall>) -> Result<HttpResponse, AppError> {
    if may.object.state != CallState::Draft {
        return Err(AppError::forbidden("Konkurs jest ogłoszony; jego warunków nie można zmienić."));
    }
    let mut fields = fields_of(&may.object.content, warsaw_date(may.ctx.arrived));
    fields.set("version", may.object.version.to_string());
    form_page(&may, StatusCode::OK, &fields, &Problems::default())
}

pub async fn save(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    if let Some(fields) = row_pressed(&form, &TABLES) {
        return form_page(&may, StatusCode::OK, &fields, &Problems::default());
    }
    let (id, seen, programme) = (may.object.id.clone(), version(&form)?, may.object.programme.clone());
    let programme = may.ctx.read(move |r| programme::store::find(r, &programme)).await?;
    let done = match content_of(&form, &may.object.content, &programme.content) {
        Ok(content) => {
            let doing = Doing::new("call.save", "konkurs", &id);
            may.ctx.deed(doing, move |tx, who, now| call::save(tx, who, &id, seen, content, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok("Zapisano projekt ogłoszenia.")))),
        Err(e) => {
            let problems = sort_problems(e)?;
            form_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems)
        }
    }
}
