//! The last look before a supplement is handed in, and the deed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::answer::file_href;
use super::gate::{AnswerSummons, Summoned};
use super::summons::{ItemView, awaited, item};
use super::supplement::waiting;
use crate::account;
use crate::error::AppError;
use crate::law::{show_deadline, show_instant_seconds};
use crate::offer::{self, wording};
use crate::review::model::{Reply, Standing};
use crate::review::{gaps, rules, supplement};
use crate::web::{
    Allowed, Ctx, Doing, ErrorLink, FindingView, Flash, PostedWhole, Problems, Waiting, findings_view, sort_problems,
};

#[derive(Serialize)]
struct Page {
    id: String,
    number: String,
    version: i64,
    waiting: Waiting,
    until: String,
    now: String,
    items: Vec<ItemView>,
    shown: String,
    /// What has no answer yet; each leads to its field.
    errors: Vec<ErrorLink>,
    findings: Vec<FindingView>,
    ready: bool,
    may_sign: bool,
    /// It was changed while the page was open.
    newer: bool,
}

/// `GET /oferty/{offer}/uzupelnienie/zlozenie`; what is handed in already has a receipt instead.
pub async fn ask(may: Allowed<AnswerSummons>) -> Result<HttpResponse, AppError> {
    let standing = Standing::of(Some(&may.object.summons), may.object.given.as_ref(), may.ctx.arrived);
    if !matches!(standing, Standing::Open(_)) || !awaited(&may.object.offer, may.object.call.state) {
        return Ok(may.ctx.see_other(&back(&may.object), None));
    }
    page(&may.ctx, may.object, Problems::default(), StatusCode::OK).await
}

fn back(o: &Summoned) -> String {
    format!("/oferty/{}/uzupelnienie", o.offer.id)
}

async fn page(ctx: &Ctx, o: Summoned, problems: Problems, status: StatusCode) -> Result<HttpResponse, AppError> {
    let (o, files, missing, krs) = ctx
        .read(move |r| {
            let files = offer::store::attachments_beside(r, &o.offer.id)?;
            let missing = gaps(r, &o.offer, &o.call, &o.summons, &files)?;
            let krs = account::store::organisation(r, &o.offer.org)?.krs.is_some();
            Ok((o, files, missing, krs))
        })
        .await?;
    let href = |field: &str| format!("{}#{field}", back(&o));
    let mut findings = problems.findings;
    findings.extend(
        rules::unscanned(&files)
            .into_iter()
            .filter(|f| findings.iter().all(|g| g.found != f.found))
            .collect::<Vec<_>>(),
    );
    let reply = said(&o, krs);
    let view = Page {
        id: o.offer.id.to_string(),
        number: o.offer.number.clone().unwrap_or_default(),
        version: o.offer.frozen_no,
        waiting: waiting(&o, Standing::of(Some(&o.summons), o.given.as_ref(), ctx.arrived), true, ctx.arrived),
        until: show_deadline(o.summons.due),
        now: show_instant_seconds(ctx.arrived),
        items: o.summons.defects.iter().map(|d| item(d, &reply, &files, file_href)).collect(),
        shown: rules::shown(&o.summons, &files),
        ready: missing.is_empty() && findings.is_empty(),
        errors: missing.list().iter().map(|e| ErrorLink { href: href(&e.field), message: e.message.clone() }).collect(),
        findings: findings_view(&findings),
        may_sign: ctx.actor.member_of(&o.offer.org).is_some_and(|m| m.role.signs()),
        newer: status == StatusCode::CONFLICT,
    };
    let error = if status.is_success() { "" } else { "Błąd: " };
    ctx.page_as(status, "review/hand_in.html", &format!("{error}Złożenie uzupełnienia oferty {}", view.number), &view)
}

/// The answer with the sentences of part VII as they would be frozen.
fn said(o: &Summoned, krs: bool) -> Reply {
    let mut reply = o.summons.reply.clone();
    if let Some(d) = &mut reply.declarations {
        d.said = wording::sentences(d, krs, &o.call.content.terms.extra_declarations);
    }
    reply
}

/// `POST /oferty/{offer}/uzupelnienie/zlozenie`. It arrived when all of it was there; a second one lands on the same
/// receipt.
///
/// # Errors
/// `Forbidden` for who may not submit an offer; what the page can show is shown.
pub async fn hand_in(
    may: Allowed<AnswerSummons>,
    PostedWhole(form, whole_at): PostedWhole,
) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: o, path } = may;
    let ctx = ctx.arrived_whole(whole_at);
    let (id, shown) = (o.offer.id.clone(), form.text("shown").to_owned());
    let doing = Doing::new("offer.supplement", "offer", &id);
    let (status, problems) = match ctx.deed(doing, move |tx, who, now| supplement(tx, who, &id, &shown, now)).await {
        Ok(_) => return Ok(ctx.see_other(&back(&o), Some(Flash::ok("Uzupełnienie jest złożone.")))),
        Err(AppError::Stale) => (StatusCode::CONFLICT, Problems::default()),
        Err(e) => (StatusCode::UNPROCESSABLE_ENTITY, sort_problems(e)?),
    };
    let who = std::sync::Arc::clone(&ctx.actor);
    let o = ctx.read(move |r| Summoned::own(r, &who, &path)).await?;
    page(&ctx, o, Problems { errors: Default::default(), ..problems }, status).await
}
