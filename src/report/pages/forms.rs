//! The forms of the narrative and of the costs.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::access::{Case, OwnReport};
use super::view::{Head, Link, error_map, head, links};
use super::view_costs::{CostTable, cost_table};
use crate::error::{AppError, FieldErrors};
use crate::law::Money;
use crate::report::{self, CostReport, FeesTaken, ReportContent, store};
use crate::web::{Allowed, Ctx, Doing, Fields, Flash, Posted, sort_problems};

/// Longest text of one field, in characters.
const MOST_TEXT: usize = 10_000;

/// The version a form was made from.
pub fn version(form: &Fields) -> Result<i64, AppError> {
    form.text("version").parse().map_err(|_| AppError::Stale)
}

/// The part a form shows again after a problem: what was typed, and what is wrong.
#[derive(Serialize, Default)]
pub struct Typed {
    pub f: BTreeMap<String, String>,
    pub e: BTreeMap<String, String>,
    pub errors: Vec<Link>,
}

impl Typed {
    pub fn again(form: &Fields, errors: &FieldErrors) -> Typed {
        Typed { f: form.map(), e: error_map(errors), errors: links(errors) }
    }

    fn of(fields: Fields) -> Typed {
        Typed { f: fields.map(), ..Typed::default() }
    }

    fn status(&self) -> (StatusCode, &'static str) {
        if self.errors.is_empty() { (StatusCode::OK, "") } else { (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: ") }
    }
}

#[derive(Serialize)]
struct NarrativePage {
    head: Head,
    results: Vec<report::AchievedResult>,
    activities: Vec<report::DoneActivity>,
    typed: Typed,
}

fn narrative_page(ctx: &Ctx, case: &Case, typed: Typed) -> Result<HttpResponse, AppError> {
    let (status, mark) = typed.status();
    let content = &case.report.content;
    let view = NarrativePage {
        head: head(case, ctx.arrived),
        results: content.results.clone(),
        activities: content.activities.clone(),
        typed,
    };
    ctx.page_as(status, "report/narrative.html", &format!("{mark}Opis – {}", view.head.name), &view)
}

/// `GET /sprawozdania/{report}/opis`
pub async fn narrative(may: Allowed<OwnReport>) -> Result<HttpResponse, AppError> {
    let content = &may.object.report.content;
    let mut fields = Fields::default();
    fields.set("summary", &content.summary);
    fields.set("extra", &content.extra);
    if content.declared {
        fields.set("declared", "true");
    }
    for (n, result) in content.results.iter().enumerate() {
        fields.set(format!("results.{n}.achieved"), &result.achieved);
        fields.set(format!("results.{n}.note"), &result.note);
    }
    for (n, activity) in content.activities.iter().enumerate() {
        fields.set(format!("activities.{n}.description"), &activity.description);
    }
    narrative_page(&may.ctx, &may.object, Typed::of(fields))
}

fn too_long(form: &Fields, errors: &mut FieldErrors, asked: impl Fn(&str) -> bool) {
    for (name, value) in form.pairs().iter().filter(|(name, _)| asked(name)) {
        let n = value.chars().count();
        if n > MOST_TEXT {
            errors.add(name.clone(), format!("Tekst ma {n} znaków, a najwyżej może mieć {MOST_TEXT}. Skróć go."));
        }
    }
}

fn read_narrative(form: &Fields, before: &ReportContent) -> Result<ReportContent, AppError> {
    let mut errors = FieldErrors::new();
    too_long(form, &mut errors, |name| !name.starts_with('_'));
    let mut content = before.clone();
    content.summary = form.text("summary").to_owned();
    content.extra = form.text("extra").to_owned();
    content.declared = form.checked("declared");
    for (n, result) in content.results.iter_mut().enumerate() {
        form.text(&format!("results.{n}.achieved")).clone_into(&mut result.achieved);
        form.text(&format!("results.{n}.note")).clone_into(&mut result.note);
    }
    for (n, activity) in content.activities.iter_mut().enumerate() {
        form.text(&format!("activities.{n}.description")).clone_into(&mut activity.description);
    }
    errors.finish(Some(content))
}

/// `POST /sprawozdania/{report}/opis`
pub async fn save_narrative(may: Allowed<OwnReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.report.id.clone();
    let (seen, url) = (version(&form)?, format!("/sprawozdania/{id}"));
    let content = match read_narrative(&form, &may.object.report.content) {
        Ok(content) => content,
        Err(e) => {
            let problems = sort_problems(e)?;
            return narrative_page(&may.ctx, &may.object, Typed::again(&form, &problems.errors));
        }
    };
    let doing = Doing::new("report.save", "report", &id);
    may.ctx.deed(doing, move |tx, who, now| report::save(tx, who, &id, seen, content, Vec::new(), now)).await?;
    Ok(may.ctx.see_other(&url, Some(Flash::ok("Zapisano opis."))))
}

#[derive(Serialize)]
struct CostsPage {
    head: Head,
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

async fn costs_page(may: Allowed<OwnReport>, typed: Option<Typed>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    let now = ctx.arrived;
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
            Ok(CostsPage { head: head(&object, now), table: cost_table(&part, contract)?, announced, typed })
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
    costs_page(may, None).await
}

/// An amount; an empty field is nothing spent.
fn amount(form: &Fields, name: &str, errors: &mut FieldErrors) -> Option<Money> {
    match form.text(name) {
        "" => Some(Money::ZERO),
        typed => errors.take(name, Money::parse_pl(typed)),
    }
}

type Costs = (ReportContent, Vec<CostReport>);

fn read_fees(form: &Fields, errors: &mut FieldErrors) -> FeesTaken {
    let [total, highest, spent] = FEES.map(|name| amount(form, name, errors).unwrap_or_default());
    too_long(form, errors, |name| name.starts_with("fees_"));
    FeesTaken {
        conditions: form.text("fees_conditions").to_owned(),
        highest,
        total,
        spent,
        why_more: form.text("fees_why_more").to_owned(),
    }
}

fn read_costs(form: &Fields, before: &ReportContent, charges: bool) -> Result<Costs, AppError> {
    let (mut errors, mut costs, mut content) = (FieldErrors::new(), Vec::new(), before.clone());
    for row in form.rows("costs") {
        let item = form.cell("costs", &row, "item").to_owned();
        let actual = amount(form, &format!("costs.{row}.actual"), &mut errors);
        let from_grant = amount(form, &format!("costs.{row}.from_grant"), &mut errors);
        if let (Some(actual), Some(from_grant)) = (actual, from_grant) {
            costs.push(CostReport { item, name: String::new(), planned: Money::ZERO, actual, from_grant });
        }
    }
    let mut source = |name| amount(form, name, &mut errors).unwrap_or_default();
    content.bank_interest = source("bank_interest");
    content.other_income = source("other_income");
    content.own_financial = source("own_financial");
    content.in_kind = source("in_kind");
    content.fees = charges.then(|| read_fees(form, &mut errors));
    errors.finish(Some((content, costs)))
}

/// `POST /sprawozdania/{report}/koszty`
pub async fn save_costs(may: Allowed<OwnReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.report.id.clone();
    let (seen, url) = (version(&form)?, format!("/sprawozdania/{id}/koszty"));
    let read = read_costs(&form, &may.object.report.content, may.object.contract.content.charges());
    let doing = Doing::new("report.save", "report", &id);
    let done = match read {
        Ok((content, costs)) => {
            may.ctx.deed(doing, move |tx, who, now| report::save(tx, who, &id, seen, content, costs, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(may.ctx.see_other(&url, Some(Flash::ok("Zapisano koszty. Sumy i udziały są przeliczone.")))),
        Err(e) => {
            let problems = sort_problems(e)?;
            costs_page(may, Some(Typed::again(&form, &problems.errors))).await
        }
    }
}
