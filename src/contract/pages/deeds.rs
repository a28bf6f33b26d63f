//! Two deeds that cannot be undone: printing the contract, and recording signatures.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::policy::{GenerateContract, SignContract};
use super::view::{self, Case, Money3};
use crate::account::Actor;
use crate::contract::document::paper;
use crate::contract::{self, Contract, NewDocument, content_hash};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, blocks, parse_date, warsaw_date};
use crate::store::{ContractId, DocumentId};
use crate::web::{
    Allowed, AppState, Ctx, Doing, ErrorLink, Fact, Fields, FindingView, Flash, Posted, Problems, Waiting, error_links,
    error_map, findings_view, sort_problems,
};

#[derive(Serialize)]
struct Confirm {
    action: String,
    back: String,
    pdf: String,
    version: i64,
    waiting: Option<Waiting>,
    facts: Vec<Fact>,
    money: Money3,
    hash: String,
    findings: Vec<FindingView>,
    blocked: bool,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

async fn confirm(
    ctx: &Ctx,
    contract: Contract,
    deed: &str,
    form: &Fields,
    problems: &Problems,
) -> Result<Confirm, AppError> {
    let now = ctx.arrived;
    let case = ctx.read(move |r| Case::load(r, contract, now)).await?;
    let c = &case.contract;
    let mut all = case.findings.clone();
    all.extend(problems.findings.iter().filter(|f| !case.findings.contains(f)).cloned());
    Ok(Confirm {
        action: format!("/urzad/umowy/{}/{deed}", c.id),
        back: format!("/urzad/umowy/{}", c.id),
        pdf: format!("/umowy/{}/umowa.pdf", c.id),
        version: c.version,
        waiting: view::waiting(c, &case.payments, now),
        facts: view::facts(c),
        money: view::money(c, &case.payments),
        hash: content_hash(&c.content)?,
        blocked: blocks(&all),
        findings: findings_view(&all),
        f: form.map(),
        e: error_map(&problems.errors),
        errors: error_links(&problems.errors),
    })
}

fn title(words: &str, contract: &Contract, status: StatusCode) -> String {
    let wrong = if status == StatusCode::OK { "" } else { "Błąd: " };
    format!("{wrong}{words} {}", contract.number)
}

/// Version the form was made from.
pub(super) fn version(form: &Fields) -> Result<i64, AppError> {
    form.text("version").parse().map_err(|_| AppError::Stale)
}

async fn generate_page(
    ctx: &Ctx,
    contract: Contract,
    status: StatusCode,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let title = title("Wygenerowanie umowy nr", &contract, status);
    let page = confirm(ctx, contract, "generowanie", &Fields::default(), problems).await?;
    ctx.page_as(status, "contract/generate.html", &title, &page)
}

/// What will be frozen. Policy: `GenerateContract`.
pub async fn confirm_generate(may: Allowed<GenerateContract>) -> Result<HttpResponse, AppError> {
    generate_page(&may.ctx, may.object, StatusCode::OK, &Problems::default()).await
}

/// Prints, keeps and freezes the contract. Policy: `GenerateContract`.
pub async fn generate(may: Allowed<GenerateContract>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (may.object.id.clone(), version(&form)?);
    let url = format!("/urzad/umowy/{id}");
    let doing = Doing::new("contract.generate", "contract", &id);
    let done = may.ctx.work_deed(doing, move |state, who, now| print(state, who, &id, seen, now)).await;
    match done {
        Ok(()) => Ok(may.ctx.see_other(&url, Some(Flash::ok("Dokument umowy jest gotowy do podpisu.")))),
        Err(e) => {
            let problems = sort_problems(e)?;
            generate_page(&may.ctx, may.object, StatusCode::UNPROCESSABLE_ENTITY, &problems).await
        }
    }
}

/// The PDF is printed from the content the form saw, kept by its digest, and only then
/// recorded; a PDF whose record is refused stays unreferenced.
///
/// # Errors
/// `Stale` when the content changed meanwhile, `Refused` with the findings that block.
pub fn print(state: &AppState, who: &Actor, id: &ContractId, seen: i64, now: Instant) -> Result<(), AppError> {
    let (contract, findings) = state.store.read(|r| {
        let contract = contract::store::find(r, id)?;
        let findings = contract::findings(r, &contract, now)?;
        Ok((contract, findings))
    })?;
    if contract.version != seen {
        return Err(AppError::Stale);
    }
    if blocks(&findings) {
        return Err(AppError::Refused(findings));
    }
    let paper = paper(&contract, &state.config.office, Some(content_hash(&contract.content)?), None);
    let bytes = state.pdf.print(&paper, now).map_err(|e| AppError::Internal(Box::new(e)))?;
    let size = i64::try_from(bytes.len()).map_err(|e| AppError::Internal(Box::new(e)))?;
    let document = NewDocument { id: DocumentId::new(), sha256: state.files.put(bytes)?, size };
    state.store.write(|tx| contract::generate(tx, who, id, seen, document, now))
}

async fn sign_page(
    ctx: &Ctx,
    contract: Contract,
    status: StatusCode,
    form: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let title = title("Podpisanie umowy nr", &contract, status);
    let page = confirm(ctx, contract, "podpisanie", form, problems).await?;
    ctx.page_as(status, "contract/sign.html", &title, &page)
}

/// Asks for the day of the last signature. Policy: `SignContract`.
pub async fn confirm_sign(may: Allowed<SignContract>) -> Result<HttpResponse, AppError> {
    let mut form = Fields::default();
    form.set("signed_on", warsaw_date(may.ctx.arrived).to_string());
    sign_page(&may.ctx, may.object, StatusCode::OK, &form, &Problems::default()).await
}

/// Records the signatures. Policy: `SignContract`.
pub async fn sign(may: Allowed<SignContract>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    let url = format!("/urzad/umowy/{id}");
    let doing = Doing::new("contract.sign", "contract", &id);
    let typed = form.clone();
    let done = may
        .ctx
        .deed(doing, move |tx, who, now| {
            let mut errors = FieldErrors::new();
            let seen = version(&typed)?;
            let signed_on = errors.take("signed_on", parse_date(typed.text("signed_on")));
            if !typed.checked("represented") {
                errors.add("represented", "Potwierdź, że umowę podpisały osoby uprawnione do reprezentacji.");
            }
            let signed_on = errors.finish(signed_on)?;
            contract::sign(tx, who, &id, seen, signed_on, now)
        })
        .await;
    match done {
        Ok(()) => Ok(may.ctx.see_other(&url, Some(Flash::ok("Zapisano podpisanie. Umowa obowiązuje.")))),
        Err(e) => {
            let problems = sort_problems(e)?;
            sign_page(&may.ctx, may.object, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems).await
        }
    }
}
