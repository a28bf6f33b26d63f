//! What everyone sees of calls.

use actix_web::HttpResponse;
use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::announcement::Announcement;
use super::policy::{OfficeCall, PublicCall, PublicCalls};
use super::registering::{ChangeView, changes_view};
use super::sources::sources;
use super::view::{CallRow, offers_waiting, tone, waiting};
use crate::call::{Call, CallState, register, rules, store};
use crate::error::AppError;
use crate::law::{Instant, unmarked};
use crate::web::{Allowed, Waiting};

#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

#[derive(Serialize)]
struct ListPage {
    q: String,
    open: Vec<CallRow>,
    closed: Vec<CallRow>,
}

pub async fn list(may: Allowed<PublicCalls>, search: Query<Search>) -> Result<HttpResponse, AppError> {
    let q = search.into_inner().q;
    let now = may.ctx.arrived;
    let all = may.ctx.read(|r| store::all(r, true)).await?;
    let wanted = folded(&q);
    let (open, closed): (Vec<&Call>, Vec<&Call>) =
        all.iter().filter(|call| matches(call, &wanted)).partition(|call| call.is_open(now));
    let rows = |list: Vec<&Call>| list.into_iter().map(|call| CallRow::of(call, now, false)).collect();
    let view = ListPage { q, open: rows(open), closed: rows(closed) };
    may.ctx.page("call/list.html", "Konkursy", &view)
}

fn matches(call: &Call, wanted: &str) -> bool {
    let gminas: Vec<&str> = call.content.groups.iter().map(|g| g.gmina.as_str()).collect();
    let text = format!("{} {} {} {}", call.number(), call.content.title, call.content.elements.task, gminas.join(" "));
    let text = folded(&text);
    wanted.split_whitespace().all(|word| text.contains(word))
}

/// Lower case without Polish marks, so that „Wloclawek” finds „Włocławek”.
fn folded(text: &str) -> String {
    text.to_lowercase().chars().map(unmarked).collect()
}

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
    test: bool,
    back: String,
    /// The register of changes.
    changed: Vec<ChangeView>,
}

impl ShowPage {
    fn of(call: &Call, a: Announcement, now: Instant) -> ShowPage {
        ShowPage {
            id: call.id.to_string(),
            number: call.number().to_owned(),
            title: call.content.title.clone(),
            state: call.public_label(now),
            tone: tone(call, now),
            waiting: waiting(call, now),
            a,
            open: call.is_open(now),
            signed_in: false,
            has_org: false,
            results: call.state == CallState::Published,
            preview: false,
            test: call.content.test,
            back: String::new(),
            changed: Vec::new(),
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
        call.number = Some("(numer nada system)".to_owned());
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
    let announced = call.clone();
    let changes = may.ctx.read(move |r| register(r, &announced)).await?;
    let a = Announcement::of(call, call.content.cap.as_ref(), now);
    let view = ShowPage {
        signed_in: may.ctx.actor.person.is_some(),
        has_org: !may.ctx.actor.memberships.is_empty(),
        changed: changes_view(&changes),
        ..ShowPage::of(call, a, now)
    };
    may.ctx.page("call/public.html", &format!("Konkurs {}", call.number()), &view)
}

#[derive(Serialize)]
struct JsonCall {
    number: String,
    title: String,
    task: String,
    state: &'static str,
    /// Złoty with two decimals, as text.
    allocation: String,
    currency: &'static str,
    announced_on: Option<chrono::NaiveDate>,
    /// The first instant at which an offer is late, UTC.
    deadline: Option<String>,
    decision_by: Option<chrono::NaiveDate>,
    legal_basis: String,
    terms_sha256: Option<String>,
    url: String,
}

pub async fn json(may: Allowed<PublicCalls>) -> Result<HttpResponse, AppError> {
    let now = may.ctx.arrived;
    let base = may.ctx.state.config.base_url.trim_end_matches('/').to_owned();
    let all = may.ctx.read(|r| store::all(r, true)).await?;
    let rows: Vec<JsonCall> = all
        .into_iter()
        .map(|call| JsonCall {
            number: call.number().to_owned(),
            state: call.public_label(now),
            allocation: call.content.elements.allocation.to_decimal().to_string(),
            currency: "PLN",
            announced_on: call.announced_on(),
            deadline: call.deadline_at.map(|end| end.to_rfc3339()),
            decision_by: call.content.elements.decision_by,
            url: format!("{base}/konkursy/{}", call.id),
            terms_sha256: call.terms_hash,
            title: call.content.title,
            task: call.content.elements.task,
            legal_basis: call.content.rules.act,
        })
        .collect();
    Ok(HttpResponse::Ok().json(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_letters_may_be_left_out() {
        assert_eq!(folded("Zażółć GĘŚLĄ jaźń Włocławek"), "zazolc gesla jazn wloclawek");
    }
}
