//! The organ approves the text of a draft, so that its papers can hang before the contest opens.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::announcement::Announcement;
use super::office::{url, version};
use super::policy::AnnounceCall;
use super::sources::sources;
use super::view::{approved_text, draft_waiting};
use crate::call::{self, CallState};
use crate::error::AppError;
use crate::law::blocks;
use crate::programme::pages::kit::Shown;
use crate::web::{Allowed, Doing, FindingView, Flash, Posted, Problems, Waiting, findings_view, sort_problems};

#[derive(Serialize)]
struct ApprovePage {
    id: String,
    title: String,
    version: i64,
    waiting: Option<Waiting>,
    a: Announcement,
    checks: Vec<FindingView>,
    closed: bool,
    draft: bool,
    test: bool,
    /// Why an earlier approval of this text holds no more.
    lapsed: Vec<FindingView>,
    /// Who approved this text already, and when.
    approved: String,
    prepared: String,
    /// The number the draft keeps from an earlier approval.
    number: String,
    #[serde(flatten)]
    shown: Shown,
}

async fn page(may: &Allowed<AnnounceCall>, status: StatusCode, problems: &Problems) -> Result<HttpResponse, AppError> {
    let call = &may.object;
    let sources = sources(&may.ctx, call).await?;
    let mut findings = sources.findings(&may.ctx, call);
    let waiting = draft_waiting(call, &findings, sources.lapsed.as_ref());
    findings.extend(sources.four_eyes.clone());
    let view = ApprovePage {
        id: call.id.to_string(),
        title: call.content.title.clone(),
        version: call.version,
        waiting,
        lapsed: findings_view(sources.lapsed.as_slice()),
        a: sources.announcement(&may.ctx, call),
        closed: blocks(&findings),
        checks: findings_view(&findings),
        draft: true,
        test: call.content.test,
        approved: approved_text(call),
        prepared: sources.prepared(call),
        number: call.number.clone().unwrap_or_default(),
        shown: Shown::of(problems),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    may.ctx.page_as(status, "call/approve.html", &format!("{error}Zatwierdź treść do ogłoszenia"), &view)
}

/// `GET /urzad/konkursy/{call}/zatwierdzenie`
pub async fn confirm(may: Allowed<AnnounceCall>) -> Result<HttpResponse, AppError> {
    if may.object.state != CallState::Draft {
        return Ok(may.ctx.see_other(&url(&may.object), None));
    }
    page(&may, StatusCode::OK, &Problems::default()).await
}

/// `POST /urzad/konkursy/{call}/zatwierdzenie`
pub async fn approve(may: Allowed<AnnounceCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (may.object.id.clone(), version(&form)?);
    let doing = Doing::new("call.approve", "konkurs", &id);
    match may.ctx.deed(doing, move |tx, who, now| call::approve(tx, who, &id, seen, now)).await {
        Ok(number) => {
            let text = format!("Zatwierdzono treść ogłoszenia {number}. Pobierz pisma i umieść je w trzech miejscach.");
            Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            page(&may, StatusCode::UNPROCESSABLE_ENTITY, &problems).await
        }
    }
}
