//! Finance: payments of tranches and returns.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::deeds::version;
use super::policy::PayContract;
use super::view::{self, Case, Money3};
use crate::account::Actor;
use crate::contract::{self, Contract, ContractState, Transfer, rules};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, Money, Nrb, parse_date, show_date, warsaw_date};
use crate::store::{ContractId, Tx};
use crate::web::{
    Allowed, Ctx, Doing, ErrorLink, Fact, Fields, FindingView, Flash, Posted, Problems, Waiting, error_links,
    error_map, fact, findings_view, sort_problems,
};

#[derive(Serialize)]
struct Next {
    no: u32,
    amount: String,
    due: String,
    condition: String,
}

#[derive(Serialize)]
struct Page {
    pay_action: String,
    return_action: String,
    back: String,
    version: i64,
    waiting: Option<Waiting>,
    facts: Vec<Fact>,
    money: Money3,
    next: Option<Next>,
    may_pay: bool,
    may_return: bool,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    findings: Vec<FindingView>,
}

async fn page(
    ctx: &Ctx,
    contract: Contract,
    form: &Fields,
    status: StatusCode,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let now = ctx.arrived;
    let case = ctx.read(move |r| Case::load(r, contract, now)).await?;
    let c = &case.contract;
    let next = rules::next_tranche(&c.content, &case.payments).map(|t| Next {
        no: t.no,
        amount: t.amount.to_string(),
        due: show_date(t.due_on),
        condition: t.condition.clone(),
    });
    let view = Page {
        pay_action: format!("/finanse/umowy/{}/wyplaty", c.id),
        return_action: format!("/finanse/umowy/{}/zwroty", c.id),
        back: format!("/urzad/umowy/{}", c.id),
        version: c.version,
        waiting: view::waiting(c, &case.payments, now),
        facts: vec![
            fact("Zleceniobiorca", c.content.contractor.name.clone()),
            fact("Rachunek z umowy", c.content.account.as_ref().map(ToString::to_string).unwrap_or_default()),
            fact("Umowę podpisano", c.signed_on.map(show_date).unwrap_or_default()),
        ],
        money: view::money(c, &case.payments),
        may_pay: next.is_some() && c.state == ContractState::Signed,
        may_return: !case.payments.is_empty(),
        next,
        f: form.map(),
        e: error_map(&problems.errors),
        errors: error_links(&problems.errors),
        findings: findings_view(&problems.findings),
    };
    let wrong = if status == StatusCode::OK { "" } else { "Błąd: " };
    let title = format!("{wrong}Wypłaty i zwroty, umowa nr {}", c.number);
    ctx.page_as(status, "contract/payments.html", &title, &view)
}

/// Payments so far and the next one. Policy: `PayContract`.
pub async fn show(may: Allowed<PayContract>) -> Result<HttpResponse, AppError> {
    let mut form = Fields::default();
    let today = warsaw_date(may.ctx.arrived).to_string();
    form.set("paid_on", today.clone());
    form.set("return_on", today);
    page(&may.ctx, may.object, &form, StatusCode::OK, &Problems::default()).await
}

/// Reads a payment; the account is compared with the contract's (R-PAY-03).
fn payment(form: &Fields, contract: &Contract) -> Result<Transfer, AppError> {
    let mut errors = FieldErrors::new();
    let paid_on = errors.take("paid_on", parse_date(form.text("paid_on")));
    let reference = form.required("reference", "Numer przelewu", &mut errors);
    let paid_to = errors.take("paid_to", Nrb::parse(form.text("paid_to")));
    let no = errors.take("tranche", form.text("tranche").parse::<u32>());
    let amount = match form.text("amount") {
        "" => Some(None),
        typed => errors.take("amount", Money::parse_pl(typed)).map(Some),
    };
    let condition_met = form.text("condition_met").to_owned();
    let read = (|| {
        let (tranche, amount, paid_on) = (no?, amount?, paid_on?);
        Some((Transfer { tranche, amount, paid_on, reference, condition_met }, paid_to?))
    })();
    let (payment, paid_to) = errors.finish(read)?;
    match rules::check_paid_to(&contract.content, &paid_to) {
        Some(finding) => Err(AppError::refused(finding)),
        None => Ok(payment),
    }
}

/// Records a payment by `deed`, which a later stage brings: what was done may leave less room than what was planned.
///
/// # Errors
/// Those of the database; what the page can show is shown.
pub async fn pay_with(
    may: Allowed<PayContract>,
    Posted(form): Posted,
    deed: fn(&mut Tx<'_>, &Actor, &ContractId, Transfer, Instant) -> Result<(), AppError>,
) -> Result<HttpResponse, AppError> {
    let contract = may.object;
    let id = contract.id.clone();
    let (typed, seen) = (form.clone(), contract.clone());
    let done = may
        .ctx
        .deed(Doing::new("contract.pay", "contract", &id), move |tx, who, now| {
            let transfer = payment(&typed, &seen)?;
            deed(tx, who, &id, transfer, now)
        })
        .await;
    answer(&may.ctx, contract, &form, done, "Zapisano wypłatę transzy.").await
}

/// Records money that came back. Policy: `PayContract`.
pub async fn record_return(may: Allowed<PayContract>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let contract = may.object;
    let (id, current) = (contract.id.clone(), contract.version);
    let typed = form.clone();
    let done = may
        .ctx
        .deed(Doing::new("contract.return", "contract", &id), move |tx, who, now| {
            if version(&typed)? != current {
                return Err(AppError::Stale);
            }
            let mut errors = FieldErrors::new();
            let amount = errors.take("return_amount", Money::parse_pl(typed.text("return_amount")));
            let paid_on = errors.take("return_on", parse_date(typed.text("return_on")));
            let reference = typed.required("return_reference", "Numer przelewu", &mut errors);
            let (amount, paid_on) = errors.finish((|| Some((amount?, paid_on?)))())?;
            contract::record_return(tx, who, &id, amount, paid_on, reference, now).map_err(renamed)
        })
        .await;
    answer(&may.ctx, contract, &form, done, "Zapisano zwrot.").await
}

/// The fields of the verb under the names of this form.
fn renamed(e: AppError) -> AppError {
    let AppError::Invalid(errors) = e else { return e };
    let mut out = FieldErrors::new();
    for e in errors.list() {
        let field = if e.field == "amount" { "return_amount" } else { "return_on" };
        out.add(field, e.message.clone());
    }
    AppError::Invalid(out)
}

async fn answer(
    ctx: &Ctx,
    contract: Contract,
    form: &Fields,
    done: Result<(), AppError>,
    said: &str,
) -> Result<HttpResponse, AppError> {
    match done {
        Ok(()) => {
            let url = format!("/finanse/umowy/{}/wyplaty", contract.id);
            Ok(ctx.see_other(&url, Some(Flash::ok(said))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            page(ctx, contract, form, StatusCode::UNPROCESSABLE_ENTITY, &problems).await
        }
    }
}
