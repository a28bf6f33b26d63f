//! Submitting: one page says what is missing, what will be frozen, who may sign and how long there is.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::form::{about, frozen_of};
use super::hub::{Task, blocking, tasks};
use super::policy::{Case, OwnOffer, SignOffer};
use super::view::{self, CapView, Deadline, ErrorLink, Linked};
use crate::account::{self, OrgRole, Person};
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, blocks, show_instant_seconds};
use crate::offer::model::{Declarations, OfferState};
use crate::offer::{document, receipt as receipt_of, store, submit as file};
use crate::web::{Allowed, Ctx, Doing, Fields, Flash, Posted, Waiting, sort_problems};

#[derive(Serialize)]
struct Asking {
    id: String,
    action: String,
    version: i64,
    waiting: Waiting,
    deadline: Option<Deadline>,
    now: String,
    blocking: String,
    ready: bool,
    may_sign: bool,
    open: bool,
    signatories: Vec<String>,
    frozen: Vec<Fact>,
    tasks: Vec<Task>,
    findings: Vec<Linked>,
    cap: Option<CapView>,
    extra: Vec<String>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

#[derive(Serialize)]
struct Fact {
    label: &'static str,
    value: String,
}

/// `GET /oferty/{offer}/zlozenie`; an offer that is submitted already has a receipt instead.
///
/// # Errors
/// Those of the database.
pub async fn ask(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    if case.offer.state != OfferState::Draft {
        return Ok(ctx.see_other(&receipt_url(&case), None));
    }
    let mut fields = Fields::default();
    if let Some(first) = case.org.content.representatives.first() {
        fields.set("signed_by", [first.name.as_str(), first.function.as_str()].join(", ").trim_matches([',', ' ']));
    }
    page(&ctx, &case, StatusCode::OK, &fields, &FieldErrors::new(), Vec::new()).await
}

fn receipt_url(case: &Case) -> String {
    let page = if case.offer.state == OfferState::Withdrawn { "" } else { "/potwierdzenie" };
    format!("/oferty/{}{page}", case.offer.id)
}

/// `POST /oferty/{offer}/zlozenie`. The arrival time is that of the request.
///
/// # Errors
/// `Stale` when the offer changed after the page was shown; what the page can show is shown.
pub async fn submit(may: Allowed<SignOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let id = case.offer.id.clone();
    let seen = form.text("version").to_owned();
    let declared = declarations(&form, case.call.content.terms.extra_declarations.len());
    let doing = Doing::new("offer.submit", "offer", &id);
    let done = ctx
        .deed(doing, move |tx, who, now| {
            let offer = store::find(tx, &id)?;
            if offer.state == OfferState::Draft && offer.version.to_string() != seen {
                return Err(AppError::Stale); // what would be frozen is not what was shown
            }
            file(tx, who, &id, declared, now)
        })
        .await;
    match done {
        Ok(receipt) => {
            let said = format!("Oferta jest złożona pod numerem {}.", receipt.number);
            Ok(ctx.see_other(&format!("/oferty/{}/potwierdzenie", receipt.offer), Some(Flash::ok(said))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&ctx, &case, status, &form, &problems.errors, problems.findings).await
        }
    }
}

fn declarations(form: &Fields, extra: usize) -> Declarations {
    let answer = |name: &str| match form.text(name) {
        "no" => Some(false),
        "yes" => Some(true),
        _ => None,
    };
    Declarations {
        public_benefit_only: form.checked("public_benefit_only"),
        paid_activity_only: form.checked("paid_activity_only"),
        tax_arrears: answer("tax_arrears"),
        social_arrears: answer("social_arrears"),
        data_agree: form.checked("data_agree"),
        all_true: form.checked("all_true"),
        data_protection: form.checked("data_protection"),
        extra: (0..extra).map(|at| form.checked(&format!("extra.{at}"))).collect(),
        signed_by: form.text("signed_by").to_owned(),
    }
}

async fn page(
    ctx: &Ctx,
    case: &Case,
    status: StatusCode,
    fields: &Fields,
    errors: &FieldErrors,
    refused: Vec<Finding>,
) -> Result<HttpResponse, AppError> {
    let (offer, call) = (&case.offer, &case.call);
    let org = offer.org.clone();
    let members = ctx.read(move |r| account::store::members(r, &org)).await?;
    let checked = case.findings();
    let late = refused.into_iter().filter(|f| f.rule.as_str() == "R-OFF-TERM");
    let findings: Vec<Finding> = late.chain(checked).collect();
    let view = Asking {
        id: offer.id.to_string(),
        action: format!("/oferty/{}/zlozenie", offer.id),
        version: offer.version,
        waiting: view::waiting(case, ctx.arrived),
        deadline: view::deadline(call, ctx.arrived),
        now: show_instant_seconds(ctx.arrived),
        blocking: blocking(&findings),
        ready: !blocks(&findings),
        may_sign: ctx.actor.member_of(&offer.org).is_some_and(|m| m.role.signs()),
        open: call.is_open(ctx.arrived),
        signatories: signatories(&members),
        frozen: frozen_facts(case),
        tasks: tasks(case, &findings),
        findings: view::linked(offer, &offer.content, &findings),
        cap: view::cap_view(&offer.content, &call.content),
        extra: call.content.terms.extra_declarations.clone(),
        f: fields.map(),
        e: view::error_map(errors),
        errors: view::error_links(errors),
    };
    let title = if status.is_success() { "Złożenie oferty" } else { "Błąd: Złożenie oferty" };
    ctx.page_as(status, "offer/submit.html", title, &view)
}

fn signatories(members: &[(Person, OrgRole)]) -> Vec<String> {
    let may = members.iter().filter(|(person, role)| role.signs() && person.active);
    may.map(|(person, role)| format!("{} ({})", person.name, role.label())).collect()
}

fn frozen_facts(case: &Case) -> Vec<Fact> {
    let c = &case.offer.content;
    let total = c.total().map(|t| t.to_string()).unwrap_or_default();
    vec![
        Fact { label: "Oferent", value: case.org.name.clone() },
        Fact { label: "Tytuł zadania", value: c.title.clone() },
        Fact { label: "Suma kosztów", value: total },
        Fact { label: "Planowana dotacja", value: c.sources.grant.to_string() },
        Fact { label: "Grupy", value: c.hours.len().to_string() },
        Fact { label: "Ostatni zapis", value: show_instant_seconds(case.offer.updated_at) },
    ]
}

#[derive(Serialize)]
struct ReceiptPage {
    id: String,
    number: String,
    time: String,
    hash: String,
    org: String,
    title: String,
    call: String,
    filed_by: String,
    waiting: Waiting,
    may_withdraw: bool,
}

/// `GET /oferty/{offer}/potwierdzenie`.
///
/// # Errors
/// `NotFound` before the submission.
pub async fn receipt(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let offer = case.offer.clone();
    let (receipt, version) = ctx
        .read(move |r| {
            let receipt = receipt_of(r, &offer)?.ok_or(AppError::NotFound)?;
            Ok((receipt, store::version(r, &offer.id, 1)?))
        })
        .await?;
    let view = ReceiptPage {
        id: case.offer.id.to_string(),
        number: receipt.number,
        time: show_instant_seconds(receipt.arrived),
        hash: receipt.sha256,
        org: case.offer.org_name.clone(),
        title: view::title_of(&case.offer),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        filed_by: version.submitted_by,
        waiting: view::waiting(&case, ctx.arrived),
        may_withdraw: case.offer.state == OfferState::Submitted && case.call.is_open(ctx.arrived),
    };
    ctx.page("offer/receipt.html", "Potwierdzenie złożenia oferty", &view)
}

/// `GET /oferty/{offer}/potwierdzenie.pdf`.
///
/// # Errors
/// `NotFound` before the submission.
pub async fn receipt_pdf(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let (bytes, number) = ctx
        .work(move |state, _, _| {
            let (frozen, receipt) = state.store.read(|r| frozen_of(r, &case))?;
            let receipt = receipt.ok_or(AppError::NotFound)?;
            let by = state.store.read(|r| store::version(r, &case.offer.id, 1))?.submitted_by;
            let office = state.config.office.lines();
            let about = about(&case, &state.config.office, &office, Some(&receipt));
            let bytes = document::receipt_pdf(&state.pdf, &frozen, about, &receipt, &by)?;
            Ok((bytes, receipt.number))
        })
        .await?;
    Ok(ctx.download(bytes, "application/pdf", &format!("potwierdzenie {}.pdf", number.replace('/', "-"))))
}
