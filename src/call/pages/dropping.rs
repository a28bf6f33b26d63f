//! An officer drops a draft.

use actix_web::HttpResponse;
use serde::Serialize;

use super::office::{url, version};
use super::policy::EditCall;
use super::view::waiting;
use crate::call::{self, CallState};
use crate::error::AppError;
use crate::web::{Allowed, Doing, Flash, Posted, Waiting};

#[derive(Serialize)]
struct DropPage {
    id: String,
    title: String,
    version: i64,
    allocation: String,
    /// The number an approval gave the draft; empty without one.
    number: String,
    approved: bool,
    waiting: Option<Waiting>,
    draft: bool,
    test: bool,
}

/// `GET /urzad/konkursy/{call}/usuniecie`
pub async fn confirm(may: Allowed<EditCall>) -> Result<HttpResponse, AppError> {
    let call = &may.object;
    if call.state != CallState::Draft {
        return Ok(may.ctx.see_other(&url(call), None));
    }
    let view = DropPage {
        id: call.id.to_string(),
        title: call.content.title.clone(),
        version: call.version,
        allocation: call.content.elements.allocation.to_string(),
        number: call.number.clone().unwrap_or_default(),
        approved: call.is_approved(),
        waiting: waiting(call, may.ctx.arrived),
        draft: true,
        test: call.content.test,
    };
    may.ctx.page("call/drop.html", "Usuń projekt konkursu", &view)
}

/// `POST /urzad/konkursy/{call}/usuniecie`
pub async fn drop(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (may.object.id.clone(), version(&form)?);
    let doing = Doing::new("call.drop", "konkurs", &id);
    may.ctx.deed(doing, move |tx, who, now| call::drop_draft(tx, who, &id, seen, now)).await?;
    let text = format!("Usunięto projekt „{}”.", may.object.content.title);
    Ok(may.ctx.see_other("/urzad/konkursy", Some(Flash::ok(text))))
}
