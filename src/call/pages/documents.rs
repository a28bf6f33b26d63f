//! The announcement to take away: PDF for people, DOCX to edit, plain text for BIP.

use actix_web::HttpResponse;

use super::announcement::Announcement;
use super::policy::PublicCall;
use super::view::deadline_text;
use crate::call::document::{About, Metadata, file_name, pdf as print, questions_term, word};
use crate::call::{Call, store};
use crate::document::Outline;
use crate::error::AppError;
use crate::law::Instant;
use crate::web::{Allowed, AppState, Ctx};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The announcement in its last version.
struct Made {
    outline: Outline,
    version: i64,
    /// When that version was announced: the same bytes every time.
    at: Instant,
}

fn made(state: &AppState, call: &Call, now: Instant) -> Result<Made, AppError> {
    let versions = state.store.read(|r| store::versions(r, &call.id))?;
    let (config, last) = (&state.config, versions.last());
    let metadata = Metadata::of(call, &versions, &config.office)?;
    let base = config.base_url.trim_end_matches('/');
    let about = About {
        office: &config.office,
        name: &call.content.title,
        url: format!("{base}/konkursy/{}", call.id),
        form_url: format!("{base}/oferta/wzor"),
        questions: questions_term(call),
        metadata: &metadata,
    };
    let title = format!("Ogłoszenie o otwartym konkursie ofert {}", call.number());
    let a = Announcement::of(call, call.content.cap.as_ref(), now);
    Ok(Made {
        outline: a.outline(&title, &about),
        version: last.map_or(1, |v| v.no),
        at: last.map(|v| v.announced_at).or(call.announced_at).unwrap_or(now),
    })
}

/// Makes one file on a worker thread.
async fn file(
    ctx: &Ctx,
    call: Call,
    ending: &'static str,
    make: impl FnOnce(&AppState, &Call, &Made) -> Result<Vec<u8>, AppError> + Send + 'static,
) -> Result<(Vec<u8>, String), AppError> {
    ctx.work(move |state, _, now| {
        let made = made(state, &call, now)?;
        let bytes = make(state, &call, &made)?;
        Ok((bytes, file_name(&call, made.version, ending)))
    })
    .await
}

/// `GET /konkursy/{call}/ogloszenie.pdf`
pub async fn pdf(may: Allowed<PublicCall>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: call, .. } = may;
    let make = |state: &AppState, call: &Call, m: &Made| {
        print(&state.pdf, call, &m.outline, &state.config.office, deadline_text(call), m.at)
    };
    let (bytes, name) = file(&ctx, call, "pdf", make).await?;
    Ok(ctx.download(bytes, "application/pdf", &name))
}

/// `GET /konkursy/{call}/ogloszenie.docx`
pub async fn docx(may: Allowed<PublicCall>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: call, .. } = may;
    let make = |state: &AppState, _: &Call, m: &Made| word(&m.outline, &state.config.office, m.at);
    let (bytes, name) = file(&ctx, call, "docx", make).await?;
    Ok(ctx.download(bytes, DOCX, &name))
}

/// `GET /konkursy/{call}/ogloszenie.txt`: opens in the browser, ready to be copied.
pub async fn txt(may: Allowed<PublicCall>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: call, .. } = may;
    let (bytes, _) = file(&ctx, call, "txt", |_, _, m| Ok(m.outline.plain().into_bytes())).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(bytes))
}
