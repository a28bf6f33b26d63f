//! What everyone sees of a call.

use actix_web::HttpResponse;
use serde::Serialize;

use super::announcement::Announcement;
use super::extended::{self, Extended};
use super::policy::{OfficeCall, PublicCall};
use super::questions::{QuestionsView, answers};
use super::registering::{ChangeView, changes_view};
use super::sources::sources;
use super::view::{offers_waiting, tone, waiting};
use crate::call::document::Metadata;
use crate::call::{Call, CallState, of_versions, rules, store};
use crate::error::AppError;
use crate::law::Instant;
use crate::web::{Allowed, Waiting};

#[derive(Serialize)]
struct ShowPage {
    id: String,
    number: String,
    title: String,
    state: &'static str,
    tone: &'static str,
    waiting: Option<Waiting>,
    a: Announcement,
    open: bool,
    signed_in: bool,
    has_org: bool,
    results: bool,
    /// The office looks at what an organisation will see.
    preview: bool,
    back: String,
    /// The register of changes.
    changed: Vec<ChangeView>,
    /// Later deadlines of single organisations.
    extended: Extended,
    /// Those of the reader's own, a sentence each.
    own: Vec<String>,
    /// Nothing in a preview.
    questions: Option<QuestionsView>,
    metadata: Option<Metadata>,
}

impl ShowPage {
    fn of(call: &Call, a: Announcement, now: Instant) -> ShowPage {
        ShowPage {
            id: call.id.to_string(),
            number: call.number().to_owned(),
            title: call.content.title.clone(),
            state: call.public_label(now),
            tone: tone(call.standing(), now),
            waiting: waiting(call, now),
            a,
            open: call.is_open(now),
            signed_in: false,
            has_org: false,
            results: call.state == CallState::Published,
            preview: false,
            back: String::new(),
            changed: Vec::new(),
            extended: extended::public(call),
            own: Vec::new(),
            questions: None,
            metadata: None,
        }
    }
}

/// `GET /urzad/konkursy/{call}/podglad`: a draft as it will look on the day of its announcement.
pub async fn preview(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    let sources = sources(&may.ctx, &may.object).await?;
    let mut call = may.object;
    let draft = call.state == CallState::Draft;
    if draft {
        let wall = call.content.elements.deadline;
        call.deadline_at = wall.and_then(|wall| rules::deadline_instant(wall).ok());
        call.state = CallState::Announced;
        call.number.get_or_insert_with(|| "(numer nada system)".to_owned());
    }
    let a = sources.announcement(&may.ctx, &call);
    let page = ShowPage::of(&call, a, may.ctx.arrived);
    let mut view = ShowPage { preview: true, back: format!("/urzad/konkursy/{}", call.id), ..page };
    if draft {
        (view.state, view.tone, view.waiting) = ("trwa nabór ofert", "ok", offers_waiting(&call, may.ctx.arrived));
    }
    may.ctx.page("call/public.html", &format!("Podgląd: konkurs {}", call.number()), &view)
}

pub async fn show(may: Allowed<PublicCall>) -> Result<HttpResponse, AppError> {
    let (call, now) = (&may.object, may.ctx.arrived);
    let id = call.id.clone();
    let (answered, versions) = may.ctx.read(move |r| Ok((answers(r, &id)?, store::versions(r, &id)?))).await?;
    let a = Announcement::of(call, call.content.cap.as_ref(), now);
    let view = ShowPage {
        questions: Some(QuestionsView::of(call, &answered, now)),
        metadata: Some(Metadata::of(call, &versions, &may.ctx.state.config.office)?),
        signed_in: may.ctx.actor.person.is_some(),
        has_org: may.ctx.actor.real_memberships().next().is_some(),
        changed: changes_view(&of_versions(&versions)?),
        own: extended::own(call, &may.ctx.actor, now),
        ..ShowPage::of(call, a, now)
    };
    may.ctx.page("call/public.html", &format!("Konkurs {}", call.number()), &view)
}
