//! The office changes dates, account, tranches, clauses and who signs.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::deeds::version;
use super::form;
use super::policy::EditContract;
use super::view;
use crate::contract::{self, Contract, ContractState};
use crate::error::AppError;
use crate::law::Money;
use crate::web::{
    Allowed, Ctx, Doing, ErrorLink, Fact, Fields, FindingView, Flash, Posted, Problems, Waiting, error_links,
    error_map, fact, findings_view, sort_problems,
};

#[derive(Serialize)]
struct ClauseField {
    name: String,
    label: String,
    hint: String,
    error: String,
    value: String,
}

#[derive(Serialize)]
struct Page {
    action: String,
    back: String,
    waiting: Option<Waiting>,
    ready: bool,
    grant: String,
    acting: String,
    facts: Vec<Fact>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    findings: Vec<FindingView>,
    tranches: usize,
    total: String,
    clauses: Vec<ClauseField>,
}

fn page(
    ctx: &Ctx,
    contract: &Contract,
    fields: &Fields,
    status: StatusCode,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let c = &contract.content;
    let e = error_map(&problems.errors);
    let rows = fields.rows("tranches");
    let typed = rows.iter().filter_map(|row| Money::parse_pl(fields.cell("tranches", row, "amount")).ok());
    let clauses = c
        .clauses
        .iter()
        .map(|clause| {
            let name = format!("clause.{}", clause.key);
            ClauseField {
                label: format!("{}: {}", clause.place, clause.title),
                hint: format!("{} {}.", c.rules.clause(&clause.key).map_or("", |k| &k.demand), clause.basis),
                error: e.get(&name).cloned().unwrap_or_default(),
                value: fields.text(&name).to_owned(),
                name,
            }
        })
        .collect();
    let view = Page {
        action: format!("/urzad/umowy/{}/edycja", contract.id),
        back: format!("/urzad/umowy/{}", contract.id),
        waiting: view::waiting(contract, &[], ctx.arrived),
        ready: contract.state == ContractState::Ready,
        grant: c.grant.to_string(),
        acting: ctx.state.config.office.acting.clone(),
        facts: vec![
            fact("Zleceniobiorca", c.contractor.name.clone()),
            fact("Zadanie", c.title.clone()),
            fact("Dotacja (z rozstrzygnięcia konkursu)", c.grant.to_string()),
        ],
        f: fields.map(),
        errors: error_links(&problems.errors),
        findings: findings_view(&problems.findings),
        tranches: rows.len(),
        total: Money::sum(typed).unwrap_or_default().to_string(),
        clauses,
        e,
    };
    let wrong = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "contract/edit.html", &format!("{wrong}Edycja umowy nr {}", contract.number), &view)
}

/// The form. Policy: `EditContract`.
pub async fn show(may: Allowed<EditContract>) -> Result<HttpResponse, AppError> {
    let fields = form::fields_of(&may.object.content, may.object.version);
    page(&may.ctx, &may.object, &fields, StatusCode::OK, &Problems::default())
}

/// Saves, adds or removes a tranche, or proposes the clauses again. Policy: `EditContract`.
pub async fn save(may: Allowed<EditContract>, Posted(fields): Posted) -> Result<HttpResponse, AppError> {
    let contract = may.object;
    if let Some(fields) = form::with_rows(&fields) {
        return page(&may.ctx, &contract, &fields, StatusCode::OK, &Problems::default());
    }
    let seen = version(&fields)?;
    if fields.text("_deed") == "propose" {
        return propose(&may.ctx, &contract, &fields, seen);
    }
    let (id, base, typed) = (contract.id.clone(), contract.content.clone(), fields.clone());
    let done = may
        .ctx
        .deed(Doing::new("contract.save", "contract", &id), move |tx, who, now| {
            let content = form::content_of(&typed, &base)?;
            contract::save(tx, who, &id, seen, content, now)
        })
        .await;
    match done {
        Ok(()) => {
            let url = format!("/urzad/umowy/{}", contract.id);
            Ok(may.ctx.see_other(&url, Some(Flash::ok("Zapisano projekt umowy."))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            page(&may.ctx, &contract, &fields, StatusCode::UNPROCESSABLE_ENTITY, &problems)
        }
    }
}

/// Shows the form with clauses written anew from the typed dates and tranches; saves nothing.
fn propose(ctx: &Ctx, contract: &Contract, fields: &Fields, seen: i64) -> Result<HttpResponse, AppError> {
    match form::content_of(fields, &contract.content) {
        Ok(mut content) => {
            content.clauses = contract::propose_clauses(&content);
            page(ctx, contract, &form::fields_of(&content, seen), StatusCode::OK, &Problems::default())
        }
        Err(e) => page(ctx, contract, fields, StatusCode::UNPROCESSABLE_ENTITY, &sort_problems(e)?),
    }
}
