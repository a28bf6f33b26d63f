//! The form of the costs.

use actix_web::HttpResponse;
use serde::Serialize;

use super::access::{Case, OwnReport};
use super::forms::{Stands, Typed, fits};
use super::section::{self, Section};
use super::view::{Head, head};
use super::view_costs::{CostTable, cost_table};
use crate::error::{AppError, FieldErrors};
use crate::law::Money;
use crate::report::{self, CostReport, FeesTaken, ReportContent, store};
use crate::web::{Allowed, AutosaveView, Ctx, Doing, Fields, Flash, Posted};

#[derive(Serialize)]
struct CostsPage {
    head: Head,
    stands: Stands,
    autosave: Option<AutosaveView>,
    table: CostTable,
    /// What was said of payments of recipients; nothing where the task is free.
    announced: String,
    typed: Typed,
}

const SOURCES: [(&str, &str); 4] = [
    ("bank_interest", "odsetki bankowe od dotacji"),
    ("other_income", "inne przychody"),
    ("own_financial", "inne środki finansowe"),
    ("in_kind", "wkład osobowy i rzeczowy"),
];

/// The amounts of II.3 and row 2.2.
const FEES: [&str; 3] = ["fees_total", "fees_highest", "fees_spent"];

async fn costs_page(ctx: Ctx, object: Case, typed: Option<Typed>) -> Result<HttpResponse, AppError> {
    let now = ctx.arrived;
    let base = section::base(&ctx, &object.report, Section::Costs).await?;
    let autosave = section::autosave(&ctx, &object.report, Section::Costs).await?;
    let view = ctx
        .read(move |r| {
            let part = report::Part {
                costs: store::costs_of_report(r, &object.report.id)?,
                report: object.report.clone(),
                hours: Vec::new(),
            };
            let typed = typed.unwrap_or_else(|| Typed::of(stored_costs(&part)));
            let contract = &object.contract.content;
            let announced = if contract.charges() { report::fees::announced(contract) } else { String::new() };
            let (head, table, stands) =
                (head(&object, now), cost_table(&part, contract)?, typed.stands(&part.report, base));
            Ok(CostsPage { head, stands, autosave, table, announced, typed })
        })
        .await?;
    let (status, mark) = view.typed.status();
    ctx.page_as(status, "report/costs.html", &format!("{mark}Koszty – {}", view.head.name), &view)
}

fn stored_costs(part: &report::Part) -> Fields {
    let mut fields = Fields::default();
    for (n, cost) in part.costs.iter().enumerate() {
        fields.set(format!("costs.{n}.item"), &cost.item);
        fields.set(format!("costs.{n}.actual"), cost.actual.plain());
        fields.set(format!("costs.{n}.from_grant"), cost.from_grant.plain());
    }
    let content = &part.report.content;
    let amounts = [content.bank_interest, content.other_income, content.own_financial, content.in_kind];
    for ((name, _), amount) in SOURCES.iter().zip(amounts) {
        fields.set(*name, amount.plain());
    }
    if let Some(fees) = &content.fees {
        for (name, amount) in FEES.iter().zip([fees.total, fees.highest, fees.spent]) {
            fields.set(*name, amount.plain());
        }
        fields.set("fees_conditions", &fees.conditions);
        fields.set("fees_why_more", &fees.why_more);
    }
    fields
}

/// `GET /sprawozdania/{report}/koszty`
pub async fn costs(may: Allowed<OwnReport>) -> Result<HttpResponse, AppError> {
    costs_page(may.ctx, may.object, None).await
}

/// An amount; an empty field is nothing spent.
fn amount(form: &Fields, name: &str, errors: &mut FieldErrors) -> Option<Money> {
    match form.text(name) {
        "" => Some(Money::ZERO),
        typed => errors.take(name, Money::parse_pl(typed)),
    }
}

type Costs = (ReportContent, Vec<CostReport>, FieldErrors);

fn read_fees(form: &Fields, before: Option<&FeesTaken>, errors: &mut FieldErrors) -> FeesTaken {
    let mut out = before.cloned().unwrap_or_default();
    for (name, field) in FEES.iter().zip([&mut out.total, &mut out.highest, &mut out.spent]) {
        *field = amount(form, name, errors).unwrap_or(*field);
    }
    for (name, field) in [("fees_conditions", &mut out.conditions), ("fees_why_more", &mut out.why_more)] {
        if fits(form, name, errors) {
            form.text(name).clone_into(field);
        }
    }
    out
}

/// What was typed, on what stands there; what cannot be read stays as it was, and is named.
fn read_costs(form: &Fields, before: &ReportContent, charges: bool) -> Costs {
    let (mut errors, mut costs, mut content) = (FieldErrors::new(), Vec::new(), before.clone());
    for row in form.rows("costs") {
        let item = form.cell("costs", &row, "item").to_owned();
        let actual = amount(form, &format!("costs.{row}.actual"), &mut errors);
        let from_grant = amount(form, &format!("costs.{row}.from_grant"), &mut errors);
        if let (Some(actual), Some(from_grant)) = (actual, from_grant) {
            costs.push(CostReport { item, name: String::new(), planned: Money::ZERO, actual, from_grant });
        }
    }
    let c = &mut content;
    let sources = [&mut c.bank_interest, &mut c.other_income, &mut c.own_financial, &mut c.in_kind];
    for ((name, _), field) in SOURCES.iter().zip(sources) {
        *field = amount(form, name, &mut errors).unwrap_or(*field);
    }
    content.fees = charges.then(|| read_fees(form, before.fees.as_ref(), &mut errors));
    (content, costs, errors)
}

/// Saves what can be read; the version of the report afterwards, and what its form stands on then.
async fn put(ctx: &Ctx, case: &Case, form: Fields) -> Result<section::Kept, AppError> {
    let (id, charges) = (case.report.id.clone(), case.contract.content.charges());
    let doing = Doing::new("report.save", "report", &id);
    ctx.deed(doing, move |tx, who, now| {
        let report = section::met(tx, &id, Section::Costs, &form)?;
        let (content, costs, _) = read_costs(&form, &report.content, charges);
        report::save(tx, who, &id, report.version, content, costs, now)?;
        section::kept(tx, &id, Section::Costs)
    })
    .await
}

/// `POST /sprawozdania/{report}/koszty`; with `_add` what the browser kept is shown without saving it.
pub async fn save_costs(may: Allowed<OwnReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    if !form.text("_add").is_empty() {
        return costs_page(ctx, object, Some(Typed::of(form))).await;
    }
    let (_, _, errors) = read_costs(&form, &object.report.content, object.contract.content.charges());
    if !errors.is_empty() {
        return costs_page(ctx, object, Some(Typed::again(&form, &errors))).await;
    }
    match put(&ctx, &object, form.clone()).await {
        Ok(_) => {
            let url = format!("/sprawozdania/{}/koszty", object.report.id);
            Ok(ctx.see_other(&url, Some(Flash::ok("Zapisano koszty. Sumy i udziały są przeliczone."))))
        }
        Err(e) => costs_page(ctx, object, Some(Typed::refused(&form, e)?)).await,
    }
}

/// `POST /sprawozdania/{report}/koszty/autozapis`
pub async fn keep_costs(may: Allowed<OwnReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let object = &may.object;
    let (_, _, left_out) = read_costs(&form, &object.report.content, object.contract.content.charges());
    section::told(&may.ctx, put(&may.ctx, object, form).await, &left_out)
}
