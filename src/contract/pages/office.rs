//! The office: contracts of a call, all contracts, one contract.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::policy::{
    AllContracts, CallContracts, DrawUp, EditContract, GenerateContract, OfficeContract, PayContract, SignContract,
};
use super::view::{self, Case, Link};
use crate::account::{Actor, Role};
use crate::award::{self, AwardState, Outcome};
use crate::call::Call;
use crate::contract::document::paper;
use crate::contract::{self, Contract, Flow, store};
use crate::error::AppError;
use crate::law::{Finding, Instant, Money, blocks};
use crate::store::OfferId;
use crate::web::{Allowed, Ctx, Doing, FindingView, Flash, Policy, Posted, Waiting, findings_view, sort_problems};

#[derive(Serialize)]
struct CallRow {
    offer: String,
    number: String,
    org: String,
    granted: String,
    contract: String,
    href: String,
    state: &'static str,
    tone: &'static str,
}

#[derive(Serialize)]
struct CallPage {
    lead: String,
    waiting: Option<Waiting>,
    published: bool,
    may: bool,
    rows: Vec<CallRow>,
    findings: Vec<FindingView>,
    action: String,
    back: String,
}

/// The selected offers of a call with their contracts. Policy: `CallContracts`.
pub async fn of_call(may: Allowed<CallContracts>) -> Result<HttpResponse, AppError> {
    call_page(&may.ctx, may.object, StatusCode::OK, &[]).await
}

async fn call_page(ctx: &Ctx, call: Call, status: StatusCode, findings: &[Finding]) -> Result<HttpResponse, AppError> {
    let id = call.id.clone();
    let (award, contracts) = ctx.read(move |r| Ok((award::store::of_call(r, &id)?, store::of_call(r, &id)?))).await?;
    let published = award.as_ref().is_some_and(|a| a.state == AwardState::Published);
    let lines = award.map(|a| a.content.lines).unwrap_or_default();
    let rows: Vec<CallRow> = lines
        .into_iter()
        .filter(|l| l.outcome == Outcome::Selected)
        .map(|l| {
            let contract = contracts.iter().find(|c| c.offer == l.offer);
            CallRow {
                offer: l.offer.to_string(),
                number: l.number,
                org: l.org_name,
                granted: l.granted.to_string(),
                contract: contract.map(|c| c.number.clone()).unwrap_or_default(),
                href: contract.map(|c| format!("/urzad/umowy/{}", c.id)).unwrap_or_default(),
                state: contract.map_or("brak umowy", |c| c.state.label()),
                tone: contract.map_or("warn", |c| view::tone(c.state)),
            }
        })
        .collect();
    let missing = rows.iter().filter(|r| r.contract.is_empty()).count();
    let what = match (published, missing) {
        (false, _) => Some("Umowy przygotowuje się po ogłoszeniu wyników."),
        (true, 0) => None,
        (true, _) => Some("Urząd przygotowuje umowy z wybranymi oferentami."),
    };
    let page = CallPage {
        lead: call.content.title.clone(),
        waiting: what.map(|what| Waiting { whose: "urząd".into(), what: what.into(), ..Waiting::default() }),
        published,
        may: DrawUp::decide(&ctx.actor, &call, ctx.arrived).is_yes(),
        rows,
        findings: findings_view(findings),
        action: format!("/urzad/konkursy/{}/umowy", call.id),
        back: format!("/urzad/konkursy/{}", call.id),
    };
    let wrong = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "contract/of_call.html", &format!("{wrong}Umowy w konkursie {}", call.number()), &page)
}

/// Draws up the contract of one offer. Policy: `DrawUp`.
pub async fn draw_up(may: Allowed<DrawUp>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let offer = OfferId::parse(form.text("offer")).ok_or(AppError::NotFound)?;
    let call = may.object.id.clone();
    let doing = Doing::new("contract.draw_up", "offer", &offer);
    let done = may
        .ctx
        .deed(doing, move |tx, who, now| {
            if crate::offer::store::find(tx, &offer)?.call != call {
                return Err(AppError::NotFound);
            }
            contract::draw_up(tx, who, &offer, now)
        })
        .await;
    match done {
        Ok(id) => Ok(may.ctx.see_other(
            &format!("/urzad/umowy/{id}"),
            Some(Flash::ok("Projekt umowy jest gotowy. Sprawdź daty, transze i klauzule.")),
        )),
        Err(e) => {
            let problems = sort_problems(e)?;
            call_page(&may.ctx, may.object, StatusCode::UNPROCESSABLE_ENTITY, &problems.findings).await
        }
    }
}

#[derive(Serialize)]
pub(super) struct ListRow {
    number: String,
    href: String,
    title: String,
    org: String,
    state: &'static str,
    tone: &'static str,
    grant: String,
    paid: String,
    returned: String,
    left: String,
}

#[derive(Serialize)]
pub(super) struct ListPage {
    pub office: bool,
    rows: Vec<ListRow>,
    grant: String,
    paid: String,
    returned: String,
    left: String,
}

/// Rows of contracts with what was paid; `at` is the place of one contract's page.
pub(super) async fn list_page(
    ctx: &Ctx,
    contracts: Vec<Contract>,
    at: &str,
    office: bool,
) -> Result<ListPage, AppError> {
    let ids: Vec<_> = contracts.iter().map(|c| c.id.clone()).collect();
    let flows = ctx.read(move |r| store::flows(r, &ids)).await?;
    let mut sums = [Money::ZERO; 4];
    let rows = contracts
        .into_iter()
        .map(|c| {
            let flow = flows.get(&c.id).copied().unwrap_or_default();
            let Flow { paid, returned } = flow;
            let left = c.content.grant.saturating_sub_floor0(paid);
            for (sum, amount) in sums.iter_mut().zip([c.content.grant, paid, returned, left]) {
                *sum = sum.checked_add(amount).unwrap_or(*sum);
            }
            ListRow {
                href: format!("{at}/{}", c.id),
                number: c.number,
                title: c.content.title,
                org: c.content.contractor.name,
                state: c.state.label(),
                tone: view::tone(c.state),
                grant: c.content.grant.to_string(),
                paid: paid.to_string(),
                returned: returned.to_string(),
                left: left.to_string(),
            }
        })
        .collect();
    let [grant, paid, returned, left] = sums.map(|m| m.to_string());
    Ok(ListPage { office, rows, grant, paid, returned, left })
}

/// All contracts. Policy: `AllContracts`.
pub async fn list(may: Allowed<AllContracts>) -> Result<HttpResponse, AppError> {
    let contracts = may.ctx.read(store::all).await?;
    let page = list_page(&may.ctx, contracts, "/urzad/umowy", true).await?;
    may.ctx.page("contract/list.html", "Umowy", &page)
}

/// One contract. Policy: `OfficeContract`.
pub async fn show(may: Allowed<OfficeContract>) -> Result<HttpResponse, AppError> {
    let (ctx, contract) = (&may.ctx, may.object);
    let now = ctx.arrived;
    let case = ctx.read(move |r| Case::load(r, contract, now)).await?;
    let title = format!("Umowa nr {}", case.contract.number);
    let actions = actions(&ctx.actor, &case, now);
    let links = links(&ctx.actor, &case.contract);
    let office = &ctx.state.config.office;
    let document = paper(&case.contract, office, None, None);
    let mut page = view::show(case, now, true);
    page.actions = actions;
    page.links = links;
    page.paper = Some(document);
    ctx.page("contract/show.html", &title, &page)
}

/// The deeds that may be done now; the first one is the primary button.
fn actions(who: &Actor, case: &Case, now: Instant) -> Vec<Link> {
    let (c, base) = (&case.contract, format!("/urzad/umowy/{}", case.contract.id));
    let unpaid = contract::rules::next_tranche(&c.content, &case.payments).is_some();
    let clean = !blocks(&case.findings);
    let generate = clean && GenerateContract::decide(who, c, now).is_yes();
    let sign = SignContract::decide(who, c, now).is_yes();
    let edit = EditContract::decide(who, c, now).is_yes();
    let pay = PayContract::decide(who, c, now).is_yes() && c.signed_on.is_some();
    let all = [
        (generate, "Wygeneruj dokument", format!("{base}/generowanie")),
        (sign, "Zapisz podpisanie", format!("{base}/podpisanie")),
        (pay, if unpaid { "Zapisz wypłatę" } else { "Wypłaty i zwroty" }, format!("/finanse/umowy/{}/wyplaty", c.id)),
        (edit, "Edytuj umowę", format!("{base}/edycja")),
    ];
    let mut tone = "primary";
    all.into_iter()
        .filter(|(may, ..)| *may)
        .map(|(_, label, href)| Link { label, href, tone: std::mem::replace(&mut tone, "secondary") })
        .collect()
}

fn links(who: &Actor, c: &Contract) -> Vec<Link> {
    let draft = c.document.is_none();
    let mut out = vec![Link {
        label: if draft { "Podgląd projektu (PDF)" } else { "Umowa (PDF)" },
        href: format!("/umowy/{}/umowa.pdf", c.id),
        tone: "quiet",
    }];
    if c.signed_on.is_some() {
        out.push(Link { label: "Sprawozdania", href: format!("/urzad/umowy/{}/sprawozdania", c.id), tone: "quiet" });
        if who.has_any(&[Role::Finance, Role::Auditor, Role::Admin]) {
            out.push(Link { label: "Rozliczenie", href: format!("/finanse/umowy/{}", c.id), tone: "quiet" });
        }
    }
    out.push(Link { label: "Umowy w tym konkursie", href: format!("/urzad/konkursy/{}/umowy", c.call), tone: "quiet" });
    out
}
