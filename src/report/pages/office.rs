//! The office's pages: every filed report, its findings, and the answer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use serde::Serialize;

use super::access::{AnswerReport, Case, OfficeReport, OfficeReports, answers};
use super::forms::{Typed, version};
use super::ngo::{Chosen, accepted, list_page, title};
use super::view::{CapView, FindingGroups, Head, Reading, ReceiptView, count, finding_groups, head, receipt};
use super::view_costs::{CostTable, cost_table};
use super::view_hours::{Bars, GroupRow};
use crate::error::{AppError, FieldErrors};
use crate::law::Money;
use crate::report::{self, AchievedResult, DoneActivity, ReportState};
use crate::web::{Allowed, Ctx, Doing, Fact, Fields, Flash, Posted, fact, sort_problems};

/// `GET /urzad/umowy/{contract}/sprawozdania`
pub async fn list(may: Allowed<OfficeReports>) -> Result<HttpResponse, AppError> {
    let view = list_page(&may.object, true, may.ctx.arrived);
    may.ctx.page("report/list.html", &format!("Sprawozdania z umowy {}", view.contract), &view)
}

#[derive(Serialize)]
struct OfficePage {
    head: Head,
    results: Vec<AchievedResult>,
    activities: Vec<DoneActivity>,
    summary: String,
    extra: String,
    findings: FindingGroups,
    cap: CapView,
    groups: Vec<GroupRow>,
    bars: Option<Bars>,
    costs: CostTable,
    receipt: Option<ReceiptView>,
    accepted: Vec<Fact>,
    answers: bool,
    /// Which letters sending back sends.
    letters: String,
    typed: Typed,
}

/// The office's addresses in place of the organisation's.
fn office_head(case: &Case, ctx: &Ctx) -> Head {
    Head {
        url: format!("/urzad/sprawozdania/{}", case.report.id),
        list: format!("/urzad/umowy/{}/sprawozdania", case.contract.id),
        sent_back: case.report.content.sent_back.clone(),
        ..head(case, ctx.arrived)
    }
}

async fn office_page(ctx: Ctx, object: Case, group: Option<String>, typed: Typed) -> Result<HttpResponse, AppError> {
    let (head, may_answer) = (office_head(&object, &ctx), answers(&ctx.actor));
    let view = ctx
        .read(move |r| {
            let counted = count(r, &object, group.as_deref(), Reading::Filed)?;
            let content = counted.this.report.content.clone();
            Ok(OfficePage {
                results: content.results,
                activities: content.activities,
                summary: content.summary,
                extra: content.extra,
                findings: finding_groups(&counted.findings),
                costs: cost_table(&counted.this, &object.contract.content)?,
                cap: counted.cap,
                groups: counted.groups,
                bars: counted.bars,
                receipt: receipt(&object),
                accepted: accepted(&object),
                letters: report::letters_text(r, "report_sent_back", &object.contract, &object.report)?,
                answers: may_answer && object.report.state == ReportState::Submitted,
                head,
                typed,
            })
        })
        .await?;
    let (status, mark) = status_of(&view.typed);
    let title = format!("{mark}{}", title(&view.head));
    ctx.page_as(status, "report/office.html", &title, &view)
}

fn status_of(typed: &Typed) -> (StatusCode, &'static str) {
    if typed.errors.is_empty() { (StatusCode::OK, "") } else { (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: ") }
}

/// `GET /urzad/sprawozdania/{report}`
pub async fn report(may: Allowed<OfficeReport>, query: Query<Chosen>) -> Result<HttpResponse, AppError> {
    office_page(may.ctx, may.object, query.into_inner().grupa, Typed::default()).await
}

/// `POST /urzad/sprawozdania/{report}/zwrot`
pub async fn send_back(may: Allowed<AnswerReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    let (id, seen, reasons) = (object.report.id.clone(), version(&form)?, form.text("reasons").to_owned());
    let url = format!("/urzad/sprawozdania/{id}");
    let doing = Doing::new("report.send_back", "report", &id);
    let done = ctx.deed(doing, move |tx, who, now| report::send_back(tx, who, &id, seen, reasons, now)).await;
    match done {
        Ok(()) => {
            Ok(ctx.see_other(&url, Some(Flash::ok("Zwrócono do poprawy. Organizacja dostała wiadomość z powodami."))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            office_page(ctx, object, None, Typed::again(&form, &problems.errors)).await
        }
    }
}

#[derive(Serialize)]
struct AcceptPage {
    head: Head,
    facts: Vec<Fact>,
    findings: FindingGroups,
    typed: Typed,
}

fn acceptance_facts(case: &Case, costs: CostTable, cap: &CapView) -> Vec<Fact> {
    let content = &case.contract.content;
    let mut facts = vec![fact("Wydatki z dotacji w tym sprawozdaniu", costs.from_grant)];
    if content.charges() {
        facts.push(fact("Świadczenia od odbiorców (II.3)", costs.charged));
    }
    // A task without classes has no hours to show.
    if content.applies().classes {
        let limit = if cap.has { cap.total.clone() } else { "brak limitu".to_owned() };
        facts.push(fact("Godziny przeprowadzone (wszystkie złożone sprawozdania)", cap.hours.clone()));
        facts.push(fact("Limit za te godziny", limit));
        facts.push(fact("Wykorzystano razem", cap.used.clone()));
    }
    if cap.has && !cap.over.is_empty() {
        facts.push(fact("Ponad limit (dotacja pobrana w nadmiernej wysokości)", cap.over.clone()));
    }
    facts
}

async fn acceptance_page(ctx: Ctx, object: Case, typed: Typed) -> Result<HttpResponse, AppError> {
    let head = office_head(&object, &ctx);
    let view = ctx
        .read(move |r| {
            let counted = count(r, &object, None, Reading::Filed)?;
            let costs = cost_table(&counted.this, &object.contract.content)?;
            let mut facts = acceptance_facts(&object, costs, &counted.cap);
            let letters = report::letters_text(r, "report_accepted", &object.contract, &object.report)?;
            facts.push(fact("Wiadomość do osób z organizacji", letters));
            Ok(AcceptPage { head, facts, findings: finding_groups(&counted.findings), typed })
        })
        .await?;
    let (status, mark) = status_of(&view.typed);
    let title = format!("{mark}Przyjęcie: {}", view.head.name);
    ctx.page_as(status, "report/accept.html", &title, &view)
}

/// `GET /urzad/sprawozdania/{report}/przyjecie`
pub async fn acceptance(may: Allowed<AnswerReport>) -> Result<HttpResponse, AppError> {
    if may.object.report.state != ReportState::Submitted {
        return Ok(may.ctx.see_other(&format!("/urzad/sprawozdania/{}", may.object.report.id), None));
    }
    acceptance_page(may.ctx, may.object, Typed::default()).await
}

fn read_ineligible(form: &Fields) -> Result<Money, AppError> {
    let mut errors = FieldErrors::new();
    let amount = match form.text("ineligible") {
        "" => Some(Money::ZERO),
        typed => errors.take("ineligible", Money::parse_pl(typed)),
    };
    errors.finish(amount)
}

/// `POST /urzad/sprawozdania/{report}/przyjecie`
pub async fn accept(may: Allowed<AnswerReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    let (id, seen) = (object.report.id.clone(), version(&form)?);
    let (note, why) = (form.text("note").to_owned(), form.text("why").to_owned());
    let url = format!("/urzad/sprawozdania/{id}");
    let doing = Doing::new("report.accept", "report", &id);
    let done = match read_ineligible(&form) {
        Ok(ineligible) => {
            ctx.deed(doing, move |tx, who, now| report::accept(tx, who, &id, seen, note, ineligible, why, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(ctx.see_other(&url, Some(Flash::ok("Sprawozdanie przyjęte. Organizacja dostała wiadomość.")))),
        Err(e) => {
            let problems = sort_problems(e)?;
            acceptance_page(ctx, object, Typed::again(&form, &problems.errors)).await
        }
    }
}
