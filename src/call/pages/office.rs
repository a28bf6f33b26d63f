//! The office begins calls and lists them.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::list::{Pager, page_asked};
use super::policy::{CreateCall, EditCall, OfficeCalls};
use super::view::{CallRow, waiting};
use crate::account::Role;
use crate::call::{self, Call, CallFilter, store};
use crate::error::{AppError, FieldErrors};
use crate::programme::pages::kit::{Shown, begun};
use crate::programme::{self, ProgrammeState};
use crate::store::{ProgrammeId, Read};
use crate::web::{Allowed, Choice, Doing, Fields, Posted, Problems, Waiting, option_list, sort_problems};

pub fn url(call: &Call) -> String {
    format!("/urzad/konkursy/{}", call.id)
}

/// The version the writer saw; a form without it cannot be ours.
pub fn version(form: &Fields) -> Result<i64, AppError> {
    form.text("version").parse().map_err(|_| AppError::Stale)
}

/// Contests on one page of the office's list.
const PAGE: i64 = 50;

#[derive(Serialize)]
struct ListPage {
    q: String,
    rows: Vec<CallRow>,
    pager: Pager,
    may_copy: bool,
    may_see_outages: bool,
}

pub async fn list(may: Allowed<OfficeCalls>) -> Result<HttpResponse, AppError> {
    let now = may.ctx.arrived;
    let q = may.ctx.asked("q");
    let words = CallFilter::typed(&q, "", "", "").words;
    let page = page_asked(&may.ctx);
    let look = move |r: &mut Read<'_>| {
        Ok((store::search::of_office(r, &words, page, PAGE)?, store::questions::waiting_counts(r)?))
    };
    let ((all, count), waiting) = may.ctx.read(look).await?;
    let row = |call: &Call| CallRow {
        questions: waiting.get(&call.id).copied().unwrap_or_default(),
        ..CallRow::of(&call.into(), now, true)
    };
    let view = ListPage {
        pager: Pager::of(page, count, PAGE, |page| address(&q, page)),
        q,
        rows: all.iter().map(row).collect(),
        may_copy: may.ctx.actor.has(Role::Officer),
        may_see_outages: may.ctx.actor.has_any(&[
            Role::Admin,
            Role::Officer,
            Role::Organ,
            Role::Finance,
            Role::Auditor,
        ]),
    };
    let title = if page > 1 { format!("Konkursy urzędu – strona {page}") } else { "Konkursy urzędu".to_owned() };
    may.ctx.page("call/office_list.html", &title, &view)
}

/// The address of one page of the list, with what is looked for.
fn address(q: &str, page: i64) -> String {
    let page = if page > 1 { page.to_string() } else { String::new() };
    let said: Vec<(&str, &str)> =
        [("q", q), ("strona", page.as_str())].into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(said).unwrap_or_default();
    if query.is_empty() { "/urzad/konkursy".to_owned() } else { format!("/urzad/konkursy?{query}") }
}

/// `POST /urzad/programy/{programme}/konkursy`; with `test` a rehearsal.
pub async fn create(may: Allowed<CreateCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, test) = (may.object.id.clone(), form.checked("test"));
    let doing = Doing::new("call.create", "program", &id);
    let make = if test { call::rehearse } else { call::create };
    let draft = may.ctx.deed(doing, move |tx, who, now| make(tx, who, &id, now)).await?;
    let text = if test {
        "Założono projekt konkursu próbnego. Nie zobaczy go nikt poza urzędem."
    } else {
        "Założono projekt konkursu. Przejdź kroki po kolei; każdy zapisuje się osobno."
    };
    Ok(may.ctx.see_other(&format!("/urzad/konkursy/{}", draft.id), Some(begun(&draft, named(test), text))))
}

fn named(test: bool) -> &'static str {
    if test { "projekt konkursu próbnego" } else { "projekt konkursu" }
}

#[derive(Serialize)]
struct CopyPage {
    id: String,
    number: String,
    waiting: Option<Waiting>,
    programmes: Vec<Choice>,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

async fn copy_page(
    may: &Allowed<EditCall>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let all = may.ctx.read(programme::store::all).await?;
    let ready = all.iter().filter(|p| p.state == ProgrammeState::Ready);
    let view = CopyPage {
        id: may.object.id.to_string(),
        number: may.object.number().to_owned(),
        waiting: waiting(&may.object, may.ctx.arrived),
        programmes: option_list(
            ready.map(|p| (p.id.to_string(), format!("{} ({})", p.content.title, p.content.rules))),
        ),
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    may.ctx.page_as(status, "call/copy.html", &format!("{error}Przygotuj podobny konkurs"), &view)
}

/// `GET /urzad/konkursy/{call}/kopia`
pub async fn copying(may: Allowed<EditCall>) -> Result<HttpResponse, AppError> {
    let mut fields = Fields::default();
    fields.set("programme", may.object.programme.to_string());
    copy_page(&may, StatusCode::OK, &fields, &Problems::default()).await
}

/// `POST /urzad/konkursy/{call}/kopia`
pub async fn copy(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, test) = (may.object.id.clone(), form.checked("test"));
    let done = match ProgrammeId::parse(form.text("programme")) {
        Some(programme) => {
            let doing = Doing::new("call.copy", "konkurs", &id);
            may.ctx.deed(doing, move |tx, who, now| call::copy(tx, who, &id, &programme, test, now)).await
        }
        None => Err(AppError::Invalid(FieldErrors::of("programme", "Wybierz program, dla którego ma być konkurs."))),
    };
    match done {
        Ok(draft) => {
            let text = "Założono projekt konkursu na podstawie wcześniejszego. Sprawdź to, co wymieniono na górze.";
            let said = begun(&draft, named(test), text);
            Ok(may.ctx.see_other(&format!("/urzad/konkursy/{}", draft.id), Some(said)))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            copy_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems).await
        }
    }
}
