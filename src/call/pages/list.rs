//! The list of contests for everyone, as a page and as JSON, with the same filters in the address.

use actix_web::HttpResponse;
use serde::Serialize;

use super::policy::PublicCalls;
use super::view::CallRow;
use crate::call::store::search::{self, Found};
use crate::call::{CallFilter, Family, Listed, Stage};
use crate::error::AppError;
use crate::law::{plural, warsaw_date};
use crate::web::{Allowed, Choice, Ctx, option_list};

/// Contests on one page, beside those that take offers now.
const PAGE: i64 = 20;

/// What was typed; an unknown choice is as good as none.
#[derive(Clone, Default, Serialize)]
struct Typed {
    q: String,
    stage: String,
    family: String,
    year: String,
}

impl Typed {
    fn of(ctx: &Ctx) -> Typed {
        Typed { q: ctx.asked("q"), stage: ctx.asked("stan"), family: ctx.asked("zasady"), year: ctx.asked("rok") }
    }

    fn filter(&self) -> CallFilter {
        CallFilter::typed(&self.q, &self.stage, &self.family, &self.year)
    }

    /// `q=…&stan=…`, without what is empty.
    fn query(&self, page: i64) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let all =
            [("q", &self.q), ("stan", &self.stage), ("zasady", &self.family), ("rok", &self.year), ("strona", &page)];
        let said: Vec<(&str, &String)> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        serde_urlencoded::to_string(said).unwrap_or_default()
    }

    fn address(&self, path: &str, page: i64) -> String {
        let query = self.query(page);
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

#[derive(Serialize)]
pub struct Pager {
    pub page: i64,
    pages: i64,
    prev: String,
    next: String,
    label: &'static str,
}

impl Pager {
    /// The pages of `count` lines, `size` a page; `at` gives the address of one.
    pub fn of(page: i64, count: i64, size: i64, at: impl Fn(i64) -> String) -> Pager {
        let pages = (count.saturating_add(size - 1) / size).max(1);
        let to = |page: i64, may: bool| if may { at(page) } else { String::new() };
        Pager {
            page,
            pages,
            prev: to(page - 1, page > 1),
            next: to(page + 1, page < pages),
            label: "Strony listy konkursów",
        }
    }
}

#[derive(Serialize)]
struct ListPage {
    typed: Typed,
    stages: Vec<Choice>,
    families: Vec<Choice>,
    years: Vec<Choice>,
    /// Whether something is looked for.
    filtered: bool,
    found: String,
    /// Which part of the list the filter asks for.
    shows_open: bool,
    shows_rest: bool,
    open: Vec<CallRow>,
    closed: Vec<CallRow>,
    pager: Pager,
    json: String,
}

/// The page of a list that the address asks for.
pub fn page_asked(ctx: &Ctx) -> i64 {
    ctx.asked("strona").parse::<i64>().ok().filter(|page| (1..=10_000).contains(page)).unwrap_or(1)
}

/// `GET /konkursy`
pub async fn list(may: Allowed<PublicCalls>) -> Result<HttpResponse, AppError> {
    let (ctx, now) = (&may.ctx, may.ctx.arrived);
    let typed = Typed::of(ctx);
    let filter = typed.filter();
    let page = page_asked(ctx);
    let wanted = filter.clone();
    let (found, years): (Found, Vec<i32>) =
        ctx.read(move |r| Ok((search::listed(r, &wanted, page, PAGE, now)?, search::years(r)?))).await?;
    let rows = |list: &[Listed]| list.iter().map(|call| CallRow::of(call, now, false)).collect();
    let count = i64::try_from(found.open.len()).unwrap_or(0).saturating_add(found.rest_count);
    let view = ListPage {
        stages: option_list(Stage::ALL.map(|s| (s.code(), s.label()))),
        families: option_list(Family::ALL.map(|f| (f.code(), f.label()))),
        years: option_list(years.into_iter().map(|year| (year.to_string(), year.to_string()))),
        filtered: !filter.is_empty(),
        found: format!("{count} {}", plural(count, "konkurs", "konkursy", "konkursów")),
        shows_open: matches!(filter.stage, None | Some(Stage::Open)),
        shows_rest: filter.stage != Some(Stage::Open),
        open: if page == 1 { rows(&found.open) } else { Vec::new() },
        closed: rows(&found.rest),
        pager: Pager::of(page, found.rest_count, PAGE, |page| typed.address("/konkursy", page)),
        json: typed.address("/konkursy.json", 1),
        typed,
    };
    let title = if page > 1 { format!("Konkursy – strona {page}") } else { "Konkursy".to_owned() };
    ctx.page("call/list.html", &title, &view)
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

/// `GET /konkursy.json`: the same filters, no pages.
pub async fn json(may: Allowed<PublicCalls>) -> Result<HttpResponse, AppError> {
    let now = may.ctx.arrived;
    let base = may.ctx.state.config.base_url.trim_end_matches('/').to_owned();
    let filter = Typed::of(&may.ctx).filter();
    let all = may.ctx.read(move |r| search::matching(r, &filter, 500, now)).await?;
    let rows: Vec<JsonCall> = all
        .into_iter()
        .map(|call| JsonCall {
            number: call.number().to_owned(),
            state: call.public_label(now),
            allocation: call.content.elements.allocation.to_decimal().to_string(),
            currency: "PLN",
            announced_on: call.announced_at.map(warsaw_date),
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
