//! Finance: the list of contracts, one settlement, closing it, and the workbooks.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::view::{ContractPage, ListRow, Seen, contract_page, list_row};
use crate::account::{Actor, Role};
use crate::call::{self, Call};
use crate::contract::{self, Contract, ContractState};
use crate::error::AppError;
use crate::law::Instant;
use crate::report;
use crate::settlement::{self, figures_of, sheet, store};
use crate::store::{CallId, ContractId, Read, tables};
use crate::web::{Allowed, Ctx, Decision, Doing, Flash, PathIds, Policy, Posted, sort_problems};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Contracts on one page of the list.
const PAGE: usize = 25;

const READERS: [Role; 3] = [Role::Finance, Role::Auditor, Role::Admin];

fn reads(who: &Actor) -> Result<(), AppError> {
    if who.has_any(&READERS) { Ok(()) } else { Err(AppError::NotFound) }
}

/// Finance, audit and administration see all contracts.
pub struct Finances;

impl Policy for Finances {
    const NAME: &'static str = "settlement.list";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        Decision::when(who.has_any(&READERS), "Ta część jest dla finansów urzędu.")
    }
}

/// They see the settlement of one contract.
pub struct ReadSettlement;

impl Policy for ReadSettlement {
    const NAME: &'static str = "settlement.read";
    type Object = Contract;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Contract, AppError> {
        reads(who)?;
        contract::store::find(r, &path.id("contract", ContractId::parse)?)
    }

    fn decide(_: &Actor, _: &Contract, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Finance closes it.
pub struct CloseSettlement;

impl Policy for CloseSettlement {
    const NAME: &'static str = "settlement.close";
    type Object = Contract;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, now: Instant) -> Result<Contract, AppError> {
        ReadSettlement::load(r, who, path, now)
    }

    fn decide(who: &Actor, _: &Contract, _: Instant) -> Decision {
        Decision::when(who.has(Role::Finance), "Rozliczenie zamyka osoba z uprawnieniem „finanse”.")
    }
}

/// They see the settlements of a contest.
pub struct ReadCallSettlements;

impl Policy for ReadCallSettlements {
    const NAME: &'static str = "settlement.call";
    type Object = Call;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        reads(who)?;
        call::store::find(r, &path.id("call", CallId::parse)?)
    }

    fn decide(_: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::Yes
    }
}

#[derive(Deserialize)]
pub struct PageNo {
    #[serde(default)]
    strona: Option<usize>,
}

#[derive(Serialize)]
struct Pager {
    page: usize,
    pages: usize,
    prev: String,
    next: String,
    label: &'static str,
}

#[derive(Serialize)]
struct ListPage {
    rows: Vec<ListRow>,
    pager: Pager,
    count: usize,
}

/// `GET /finanse?strona=2`
pub async fn list(may: Allowed<Finances>, query: Query<PageNo>) -> Result<HttpResponse, AppError> {
    let asked = query.strona.unwrap_or(1).max(1);
    let view = may
        .ctx
        .read(move |r| {
            let mut all = contract::store::all(r)?;
            all.retain(|c| matches!(c.state, ContractState::Signed | ContractState::Settled));
            let pages = all.len().div_ceil(PAGE).max(1);
            let page = asked.min(pages);
            let shown: Vec<Contract> =
                all.iter().skip(page.saturating_sub(1).saturating_mul(PAGE)).take(PAGE).cloned().collect();
            let facts = store::of_contracts_with_rows(r, &shown)?;
            let mut rows = Vec::with_capacity(shown.len());
            for (contract, (parts, payments)) in shown.iter().zip(&facts) {
                rows.push(list_row(contract, &figures_of(&contract.content, parts, payments)?));
            }
            let link = |no: usize| {
                if (1..=pages).contains(&no) && no != page { format!("/finanse?strona={no}") } else { String::new() }
            };
            let pager = Pager {
                page,
                pages,
                prev: link(page.saturating_sub(1)),
                next: link(page.saturating_add(1)),
                label: "Strony listy umów",
            };
            Ok(ListPage { rows, pager, count: all.len() })
        })
        .await?;
    may.ctx.page("settlement/list.html", "Finanse: umowy i rozliczenia", &view)
}

async fn page(ctx: &Ctx, object: Contract, refused: bool) -> Result<HttpResponse, AppError> {
    let (who, now) = (std::sync::Arc::clone(&ctx.actor), ctx.arrived);
    let (number, view): (String, ContractPage) = ctx
        .read(move |r| {
            let settlement = store::of_contract(r, &object.id)?;
            let reports = report::store::of_contract(r, &object.id)?;
            let figures = match &settlement {
                Some(closed) => closed.figures.clone(),
                None => {
                    let (parts, payments) = store::rows_of(r, &object, reports.clone())?;
                    figures_of(&object.content, &parts, &payments)?
                }
            };
            let missing = settlement::missing(&reports, &figures);
            let tables = tables::tables(r)?;
            let seen = Seen {
                contract: &object,
                figures: &figures,
                reports: &reports,
                settlement: settlement.as_ref(),
                missing: &missing,
                refused,
                tables: &tables,
            };
            Ok((object.number.clone(), contract_page(&seen, &who, now)))
        })
        .await?;
    let (status, mark) = if refused { (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: ") } else { (StatusCode::OK, "") };
    ctx.page_as(status, "settlement/contract.html", &format!("{mark}Rozliczenie umowy {number}"), &view)
}

/// `GET /finanse/umowy/{contract}`
pub async fn contract(may: Allowed<ReadSettlement>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, may.object, false).await
}

/// `POST /finanse/umowy/{contract}/rozliczenie`
pub async fn close(may: Allowed<CloseSettlement>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    let id = object.id.clone();
    let url = format!("/finanse/umowy/{id}");
    let doing = Doing::new("settlement.close", "contract", &id);
    match ctx.deed(doing, move |tx, who, now| settlement::close(tx, who, &id, now)).await {
        Ok(_) => Ok(ctx.see_other(&url, Some(Flash::ok("Rozliczenie zamknięte. Umowa jest rozliczona.")))),
        // A second click at the same moment lands on the same page.
        Err(AppError::Stale) => Ok(ctx.see_other(&url, None)),
        Err(e) => {
            sort_problems(e)?;
            page(&ctx, object, true).await
        }
    }
}

async fn workbook(ctx: &Ctx, contracts: Vec<Contract>, title: String, name: &str) -> Result<HttpResponse, AppError> {
    let author = ctx.state.config.office.name.clone();
    let bytes = ctx
        .work(move |state, _, now| state.store.read(|r| sheet::workbook(r, &contracts, &title, &author, now)))
        .await?;
    Ok(ctx.download(bytes, XLSX, name))
}

/// `GET /finanse/umowy/{contract}/rozliczenie.xlsx`
pub async fn contract_workbook(may: Allowed<ReadSettlement>) -> Result<HttpResponse, AppError> {
    let number = may.object.number.clone();
    let name = format!("rozliczenie-{}.xlsx", number.replace('/', "-"));
    workbook(&may.ctx, vec![may.object], format!("Rozliczenie umowy {number}"), &name).await
}

/// `GET /finanse/konkursy/{call}/rozliczenie.xlsx`
pub async fn call_workbook(may: Allowed<ReadCallSettlements>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    let (number, id) = (object.number().to_owned(), object.id);
    let contracts = ctx.read(move |r| contract::store::of_call(r, &id)).await?;
    let signed = |c: &Contract| matches!(c.state, ContractState::Signed | ContractState::Settled);
    let contracts = contracts.into_iter().filter(signed).collect();
    let name = format!("rozliczenie-konkursu-{}.xlsx", number.replace('/', "-"));
    workbook(&ctx, contracts, format!("Rozliczenie konkursu {number}"), &name).await
}
