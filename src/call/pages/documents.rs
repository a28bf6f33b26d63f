//! The announcement to take away: PDF for people, DOCX to edit, plain text for BIP. The public takes the announcement
//! in force; the office takes an approved text, and a change that waits for the organ, before they hang anywhere.

use actix_web::HttpResponse;

use super::announcement::Announcement;
use super::policy::{OfficeCall, PublicCall};
use super::view::deadline_text;
use crate::call::document::{About, Metadata, file_name, pdf as print, questions_term, word};
use crate::call::{self, AmendmentState, Call, CallState, CallVersion, rules, store};
use crate::document::Outline;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::Read;
use crate::web::{Allowed, AppState, Ctx};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The forms of a document.
#[derive(Clone, Copy)]
enum Form {
    Pdf,
    Docx,
    Txt,
}

/// Which text is asked for.
#[derive(Clone, Copy)]
enum Which {
    InForce,
    /// The change that waits for the organ.
    Proposed,
}

/// The announcement in one version.
struct Made {
    outline: Outline,
    version: i64,
    /// When that version was announced or approved: the same bytes every time.
    at: Instant,
}

/// The call as its papers show it, with its texts.
fn shown(r: &mut Read<'_>, call: Call, which: Which) -> Result<(Call, Vec<CallVersion>), AppError> {
    if matches!(which, Which::Proposed) {
        let open = store::amendments::open_of(r, &call.id)?.filter(|a| a.state == AmendmentState::Proposed);
        let Some(a) = open else {
            return Err(AppError::forbidden(
                "Pisma zmiany są do pobrania, gdy pracownik przekaże ją organowi; wcześniej treść może się jeszcze zmienić.",
            ));
        };
        return call::proposed(r, &call, &a);
    }
    if call.state != CallState::Draft {
        let versions = store::versions(r, &call.id)?;
        return Ok((call, versions));
    }
    if call.content.approval.is_none() {
        return Err(AppError::forbidden(
            "Pisma są do pobrania, gdy organ zatwierdzi treść: dopiero wtedy mają numer i sumę kontrolną.",
        ));
    }
    let wall = call.content.elements.deadline;
    let deadline_at = wall.and_then(|wall| rules::deadline_instant(wall).ok());
    Ok((Call { deadline_at, ..call }, Vec::new()))
}

fn made(state: &AppState, call: &Call, versions: &[CallVersion], now: Instant) -> Result<Made, AppError> {
    let (config, last) = (&state.config, versions.last());
    let metadata = Metadata::of(call, versions, &config.office)?;
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
    let approved = call.content.approval.as_ref().map(|a| a.at);
    Ok(Made {
        outline: a.outline(&title, &about),
        version: last.map_or(1, |v| v.no),
        at: last.map(|v| v.announced_at).or(call.announced_at).or(approved).unwrap_or(now),
    })
}

/// Makes one file on a worker thread.
async fn file(ctx: &Ctx, call: Call, which: Which, form: Form) -> Result<HttpResponse, AppError> {
    let (bytes, name) = ctx
        .work(move |state, _, now| {
            let (call, versions) = state.store.read(|r| shown(r, call, which))?;
            let made = made(state, &call, &versions, now)?;
            let office = &state.config.office;
            let (bytes, ending) = match form {
                Form::Pdf => {
                    let deadline = deadline_text(&call);
                    (print(&state.pdf, &call, &made.outline, office, deadline, made.at)?, "pdf")
                }
                Form::Docx => (word(&made.outline, office, made.at)?, "docx"),
                Form::Txt => (made.outline.plain().into_bytes(), "txt"),
            };
            Ok((bytes, file_name(&call, made.version, ending)))
        })
        .await?;
    Ok(match form {
        Form::Pdf => ctx.download(bytes, "application/pdf", &name),
        Form::Docx => ctx.download(bytes, DOCX, &name),
        // It opens in the browser, ready to be copied.
        Form::Txt => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(bytes),
    })
}

/// `GET /konkursy/{call}/ogloszenie.pdf`
pub async fn pdf(may: Allowed<PublicCall>) -> Result<HttpResponse, AppError> {
    file(&may.ctx, may.object, Which::InForce, Form::Pdf).await
}

/// `GET /konkursy/{call}/ogloszenie.docx`
pub async fn docx(may: Allowed<PublicCall>) -> Result<HttpResponse, AppError> {
    file(&may.ctx, may.object, Which::InForce, Form::Docx).await
}

/// `GET /konkursy/{call}/ogloszenie.txt`
pub async fn txt(may: Allowed<PublicCall>) -> Result<HttpResponse, AppError> {
    file(&may.ctx, may.object, Which::InForce, Form::Txt).await
}

/// `GET /urzad/konkursy/{call}/ogloszenie.pdf`: of an approved draft too, and of a test call.
pub async fn office_pdf(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    file(&may.ctx, may.object, Which::InForce, Form::Pdf).await
}

/// `GET /urzad/konkursy/{call}/ogloszenie.docx`
pub async fn office_docx(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    file(&may.ctx, may.object, Which::InForce, Form::Docx).await
}

/// `GET /urzad/konkursy/{call}/ogloszenie.txt`
pub async fn office_txt(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    file(&may.ctx, may.object, Which::InForce, Form::Txt).await
}

/// `GET /urzad/konkursy/{call}/zmiana/ogloszenie.pdf`: of a change that waits for the organ.
pub async fn change_pdf(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    file(&may.ctx, may.object, Which::Proposed, Form::Pdf).await
}

/// `GET /urzad/konkursy/{call}/zmiana/ogloszenie.docx`
pub async fn change_docx(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    file(&may.ctx, may.object, Which::Proposed, Form::Docx).await
}

/// `GET /urzad/konkursy/{call}/zmiana/ogloszenie.txt`
pub async fn change_txt(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    file(&may.ctx, may.object, Which::Proposed, Form::Txt).await
}
