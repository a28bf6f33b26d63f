//! The parts of a change of an announcement, on the same forms as those of a draft call.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::amending::{amend_url, amend_waiting};
use super::form::{content_of, fields_of, tables};
use super::policy::EditCall;
use super::steps::{Setting, Typed, conflict, own, render, unread};
use crate::call::{self, Amendment, AmendmentState, Call, CallContent, Part, store};
use crate::error::AppError;
use crate::law::{Finding, warsaw_date};
use crate::programme::pages::kit::{renumbered, row_pressed};
use crate::programme::{self, Programme};
use crate::web::{Allowed, Doing, Fields, Flash, Posted, Problems, sort_problems};

/// What is written: the part of the path, the change, and what is wrong with it.
struct Written {
    part: Part,
    amendment: Amendment,
    findings: Vec<Finding>,
    programme: Programme,
}

async fn written(may: &Allowed<EditCall>) -> Result<Written, AppError> {
    look(may, |_, _, _| None).await
}

/// The change with the findings of what `typed` makes of its content; of the saved one where that is nothing.
async fn look(
    may: &Allowed<EditCall>,
    typed: impl FnOnce(Part, &CallContent, &Programme) -> Option<CallContent> + Send + 'static,
) -> Result<Written, AppError> {
    let part = Part::of_path(&may.ctx.path)?;
    if !call::may_amend(part) {
        return Err(AppError::NotFound);
    }
    let (call, now) = (may.object.clone(), may.ctx.arrived);
    let read = may.ctx.read(move |r| {
        let mut amendment = store::amendments::open_of(r, &call.id)?.ok_or(AppError::NotFound)?;
        let programme = programme::store::find(r, &call.programme)?;
        if let Some(content) = typed(part, &amendment.content.content, &programme) {
            amendment.content.content = content;
        }
        let findings = call::check_change(r, &call, &amendment, warsaw_date(now), now)?;
        Ok(Written { part, findings, programme, amendment })
    });
    let w = read.await?;
    if w.amendment.state == AmendmentState::Draft {
        return Ok(w);
    }
    Err(AppError::forbidden("Zmiana czeka na organ. Poprawić ją można, gdy organ ją zwróci."))
}

fn page(may: &Allowed<EditCall>, w: &Written, status: StatusCode, typed: Typed<'_>) -> Result<HttpResponse, AppError> {
    // The step looks at the call as it would be.
    let call = Call { content: w.amendment.content.content.clone(), ..may.object.clone() };
    let (open, waiting) = if status == StatusCode::UNPROCESSABLE_ENTITY {
        (Vec::new(), Some(unread()))
    } else {
        (own(w.part, &w.findings).cloned().collect(), amend_waiting(&may.object, Some(&w.amendment)))
    };
    let setting = Setting {
        root: amend_url(&call),
        parts: Part::ALL.into_iter().filter(|part| call::may_amend(*part)).collect(),
        waiting,
        open,
        amending: true,
    };
    render(&may.ctx, &call, &w.programme, setting, (w.part, status), typed)
}

/// `GET /urzad/konkursy/{call}/zmiana/{step}`
pub async fn show(may: Allowed<EditCall>) -> Result<HttpResponse, AppError> {
    let w = written(&may).await?;
    let content = &w.amendment.content.content;
    let fields = fields_of(w.part, content, year_of(&may));
    let seen = w.part.mark(content)?;
    page(&may, &w, StatusCode::OK, Typed::plain(&fields, seen))
}

/// The two years of element 7 are those of the first announcement.
fn year_of(may: &Allowed<EditCall>) -> chrono::NaiveDate {
    warsaw_date(may.object.announced_at.unwrap_or(may.ctx.arrived))
}

/// `POST /urzad/konkursy/{call}/zmiana/{step}`
pub async fn save(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let w = written(&may).await?;
    let seen = form.text("seen").to_owned();
    if let Some(fields) = row_pressed(&form, tables(w.part)) {
        let typed = fields.clone();
        let read = move |part, old: &CallContent, p: &Programme| content_of(part, &typed, old, &p.content).ok();
        let w = look(&may, read).await?;
        return page(&may, &w, StatusCode::OK, Typed::plain(&fields, seen));
    }
    let fields = renumbered(&form, tables(w.part));
    match content_of(w.part, &form, &w.amendment.content.content, &w.programme.content) {
        Ok(content) => keep(may, w, seen, &fields, content).await,
        Err(e) => {
            let typed = Typed { fields: &fields, seen, problems: sort_problems(e)?, conflict: None };
            page(&may, &w, StatusCode::UNPROCESSABLE_ENTITY, typed)
        }
    }
}

async fn keep(
    may: Allowed<EditCall>,
    w: Written,
    seen: String,
    fields: &Fields,
    content: CallContent,
) -> Result<HttpResponse, AppError> {
    let (id, part, new, sent) = (w.amendment.id.clone(), w.part, content.clone(), seen.clone());
    let doing = Doing::new("call.amend.save", "konkurs", &may.object.id);
    let done = may.ctx.deed(doing, move |tx, who, now| call::amend_part(tx, who, &id, part, &sent, new, now)).await;
    match done {
        Ok(()) => {
            let root = amend_url(&may.object);
            let to = if fields.text("_then") == "stay" { format!("{root}/{}", part.slug()) } else { root };
            Ok(may.ctx.see_other(&to, Some(Flash::ok(format!("Zapisano zmianę: {}.", part.title())))))
        }
        Err(AppError::Stale) if !seen.is_empty() => stale(&may, part, fields, &content).await,
        Err(e) => Err(e),
    }
}

/// Somebody saved this part meanwhile: both texts side by side, and what was typed in the form.
async fn stale(
    may: &Allowed<EditCall>,
    part: Part,
    fields: &Fields,
    content: &CallContent,
) -> Result<HttpResponse, AppError> {
    let w = written(may).await?;
    let now = &w.amendment.content.content;
    let (saved, typed) = (fields_of(part, now, year_of(may)), fields_of(part, content, year_of(may)));
    let seen = part.mark(now)?;
    let conflict = Some(conflict(&saved, &typed));
    let typed = Typed { fields, seen, problems: Problems::default(), conflict };
    page(may, &w, StatusCode::CONFLICT, typed)
}
