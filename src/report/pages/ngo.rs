//! The organisation's pages: the list, one report, and its filing.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::access::{Case, FileReport, OwnReport, OwnReports, Reports};
use super::view::{
    CapView, Counted, FindingGroups, Head, Reading, ReceiptView, count, finding_groups, head, receipt, tone, waiting,
};
use super::view_costs::{CostTable, cost_table};
use super::view_hours::{Bars, GroupRow};
use crate::contract::{Contract, ContractState};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_date, show_date_weekday, warsaw_date};
use crate::report::{self, Expected, Report, ReportKind, ReportState, expected};
use crate::web::{Allowed, Doing, Fact, Flash, Posted, Waiting, fact, findings_view, sort_problems};

#[derive(Serialize)]
pub struct ListRow {
    no: i64,
    name: String,
    period: String,
    due: String,
    late: bool,
    state: &'static str,
    tone: &'static str,
    href: String,
}

#[derive(Serialize)]
pub struct ListPage {
    office: bool,
    pub contract: String,
    title: String,
    organisation: String,
    action: String,
    back: String,
    waiting: Waiting,
    may_start: bool,
    classes: bool,
    /// One of them is partial.
    partial: bool,
    rows: Vec<ListRow>,
}

/// What the contract asks for, and what was begun when it asked for something else.
fn planned(object: &Reports) -> Vec<(Expected, Option<&Report>)> {
    let plan = expected(&object.contract);
    let other = object.reports.iter().filter(|r| !plan.iter().any(|e| e.is(r)));
    let mut all: Vec<(Expected, Option<&Report>)> = other.map(|r| (Expected::of(r), Some(r))).collect();
    all.extend(plan.iter().map(|e| (e.clone(), object.reports.iter().find(|r| e.is(r)))));
    all.sort_by_key(|(e, _)| e.no);
    all
}

/// Begun, but the contract does not ask for it any more: it may be filed or left.
fn is_spare(contract: &Contract, report: &Report) -> bool {
    report.state == ReportState::Expected && !expected(contract).iter().any(|e| e.is(report))
}

/// The reports a contract asks for, with those begun already.
pub fn list_page(object: &Reports, office: bool, now: Instant) -> ListPage {
    let contract = &object.contract;
    let row = |(e, there): (Expected, Option<&Report>)| {
        let spare = there.is_some_and(|r| is_spare(contract, r));
        let open = there.is_none_or(Report::is_open) && !spare;
        let visible = there.filter(|r| !office || r.submitted_at.is_some());
        let root = if office { "/urzad/sprawozdania" } else { "/sprawozdania" };
        let begun = |r: &Report| if spare { "rozpoczęte, niewymagane" } else { r.state.label() };
        ListRow {
            no: e.no,
            name: e.name(),
            period: format!("{}–{}", show_date(e.from), show_date(e.to)),
            due: if spare { "–".to_owned() } else { show_date_weekday(e.due_on) },
            late: open && e.due_on < warsaw_date(now),
            state: there.map_or("nierozpoczęte", begun),
            tone: there.map_or("neutral", |r| tone(r.state)),
            href: visible.map(|r| format!("{root}/{}", r.id)).unwrap_or_default(),
        }
    };
    let base = if office { "/urzad/umowy" } else { "/umowy" };
    let planned = planned(object);
    ListPage {
        office,
        contract: contract.number.clone(),
        title: contract.content.title.clone(),
        organisation: contract.content.contractor.name.clone(),
        action: format!("{base}/{}/sprawozdania", contract.id),
        back: format!("{base}/{}", contract.id),
        waiting: next_move(object, now),
        classes: contract.content.applies().classes,
        may_start: !office && contract.state == ContractState::Signed,
        partial: planned.iter().any(|(e, _)| e.kind == ReportKind::Partial),
        rows: planned.into_iter().map(row).collect(),
    }
}

fn next_move(object: &Reports, now: Instant) -> Waiting {
    let contract = &object.contract;
    let of_state = |state: ReportState| object.reports.iter().find(|r| r.state == state && !is_spare(contract, r));
    let begun = of_state(ReportState::SentBack)
        .or_else(|| of_state(ReportState::Submitted))
        .or_else(|| of_state(ReportState::Expected));
    if let Some(report) = begun {
        return waiting(contract, report, now);
    }
    match planned(object).into_iter().find(|(_, there)| there.is_none()) {
        Some((next, _)) if contract.state == ContractState::Signed => Waiting {
            whose: contract.content.contractor.name.clone(),
            what: format!("Następne: {}.", next.name()),
            until: show_date_weekday(next.due_on),
            left: crate::law::left(now, crate::law::end_of_day_warsaw(next.due_on)),
        },
        _ => {
            Waiting {
                whose: "nikogo".into(), what: "Wszystkie sprawozdania są przyjęte.".into(), ..Waiting::default()
            }
        }
    }
}

/// `GET /umowy/{contract}/sprawozdania`
pub async fn list(may: Allowed<OwnReports>) -> Result<HttpResponse, AppError> {
    let view = list_page(&may.object, false, may.ctx.arrived);
    may.ctx.page("report/list.html", &format!("Sprawozdania z umowy {}", view.contract), &view)
}

/// `POST /umowy/{contract}/sprawozdania`: begins report `no`.
pub async fn begin(may: Allowed<OwnReports>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let no: i64 = form
        .text("no")
        .parse()
        .map_err(|_| AppError::Invalid(FieldErrors::of("no", "Wybierz sprawozdanie z listy.")))?;
    let contract = may.object.contract.id.clone();
    let doing = Doing::new("report.start", "contract", &contract);
    let list = may.ctx.path.clone();
    match may.ctx.deed(doing, move |tx, who, now| report::start(tx, who, &contract, no, now)).await {
        Ok(id) => Ok(may.ctx.see_other(&format!("/sprawozdania/{id}"), None)),
        // Somebody began it at the same moment; the list leads to it.
        Err(AppError::Taken(_)) => Ok(may.ctx.see_other(&list, None)),
        Err(e) => Err(e),
    }
}

#[derive(Serialize)]
struct Task {
    label: &'static str,
    href: String,
    state: String,
    tone: &'static str,
    hint: String,
}

#[derive(Serialize)]
struct HubPage {
    head: Head,
    tasks: Vec<Task>,
    findings: FindingGroups,
    cap: CapView,
    groups: Vec<GroupRow>,
    bars: Option<Bars>,
    costs: CostTable,
    receipt: Option<ReceiptView>,
    accepted: Vec<Fact>,
}

#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    pub grupa: Option<String>,
}

/// `GET /sprawozdania/{report}`
pub async fn hub(may: Allowed<OwnReport>, query: Query<Chosen>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    let group = query.into_inner().grupa;
    let now = ctx.arrived;
    let view = ctx
        .read(move |r| {
            let counted = count(r, &object, group.as_deref(), Reading::Now)?;
            let head = head(&object, now);
            Ok(HubPage {
                tasks: tasks(&object, &counted),
                findings: finding_groups(&counted.findings),
                costs: cost_table(&counted.this, &object.contract.content)?,
                receipt: receipt(&object).filter(|_| object.report.is_filed()),
                accepted: accepted(&object),
                cap: counted.cap,
                groups: counted.groups,
                bars: counted.bars,
                head,
            })
        })
        .await?;
    let title = title(&view.head);
    ctx.page("report/hub.html", &title, &view)
}

pub fn title(head: &Head) -> String {
    let mut letters = head.name.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{} – umowa {}", letters.as_str(), head.contract)
}

pub fn accepted(case: &Case) -> Vec<Fact> {
    let content = &case.report.content;
    let Some(day) = content.accepted_on else { return Vec::new() };
    let mut facts = vec![fact("Przyjęto", show_date(day))];
    if !content.accepted_note.is_empty() {
        facts.push(fact("Uzasadnienie urzędu", content.accepted_note.clone()));
    }
    if !content.ineligible.is_zero() {
        facts.push(fact("Koszty nieuznane", format!("{}: {}", content.ineligible, content.ineligible_why)));
    }
    facts
}

fn tasks(case: &Case, counted: &Counted) -> Vec<Task> {
    let url = format!("/sprawozdania/{}", case.report.id);
    let part = |label: &'static str, tail: &str, rules: &[&str], empty: bool, hint: String| {
        let ours = |f: &&crate::law::Finding| report::stops_filing(f) && rules.contains(&f.rule.as_str());
        let (state, tone) = match (empty, counted.findings.iter().filter(ours).count()) {
            (true, _) => ("do uzupełnienia".to_owned(), "neutral"),
            (false, 0) => ("gotowe".to_owned(), "ok"),
            (false, n) => (format!("do poprawy: {n}"), "error"),
        };
        Task { label, href: format!("{url}/{tail}"), state, tone, hint }
    };
    let content = &case.report.content;
    let (unsaid, lines) = (content.summary.is_empty() && !content.declared, counted.this.hours.len());
    let unspent = counted.this.costs.iter().all(|c| c.actual.is_zero());
    let mut all = vec![
        part("Opis i oświadczenia", "opis", &["R-REP-04"], unsaid, "część I i III".into()),
        part(
            "Koszty i źródła",
            "koszty",
            &["R-REP-10", "R-REP-11", "R-REP-16", "R-REP-18"],
            unspent,
            "część II".into(),
        ),
    ];
    // A task without classes has no hours to show.
    if case.contract.content.applies().classes {
        all.push(part(
            "Ewidencja godzin",
            "godziny",
            &["R-TS-01", "R-HRS-06"],
            lines == 0,
            format!("wierszy: {lines}"),
        ));
    }
    all
}

#[derive(Serialize)]
struct ConfirmPage {
    head: Head,
    facts: Vec<Fact>,
    stopping: Vec<crate::web::FindingView>,
    open: usize,
}

fn confirm_facts(case: &Case, costs: CostTable, lines: usize, cap: CapView) -> Vec<Fact> {
    let content = &case.contract.content;
    let mut facts = vec![fact("Wydatki razem", costs.actual), fact("W tym z dotacji", costs.from_grant)];
    if content.charges() {
        facts.push(fact("Świadczenia od odbiorców (II.3)", costs.charged));
    }
    // A task without classes has no hours to show.
    if content.applies().classes {
        facts.extend([
            fact("Wierszy ewidencji godzin", lines.to_string()),
            fact("Godziny przeprowadzone (z wcześniejszymi sprawozdaniami)", cap.hours),
            fact("Limit za te godziny", if cap.has { cap.total } else { "brak limitu".into() }),
        ]);
    }
    facts
}

async fn confirm_page(may: Allowed<FileReport>, refused: bool) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    let now = ctx.arrived;
    let view = ctx
        .read(move |r| {
            let counted = count(r, &object, None, Reading::Now)?;
            let (stopping, open): (Vec<_>, Vec<_>) = counted.findings.into_iter().partition(report::stops_filing);
            let costs = cost_table(&counted.this, &object.contract.content)?;
            Ok(ConfirmPage {
                head: head(&object, now),
                facts: confirm_facts(&object, costs, counted.this.hours.len(), counted.cap),
                stopping: findings_view(&stopping),
                open: open.iter().filter(|f| f.severity == crate::law::Severity::Block).count(),
            })
        })
        .await?;
    let (status, mark) = if refused { (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: ") } else { (StatusCode::OK, "") };
    ctx.page_as(status, "report/submit.html", &format!("{mark}Złożenie: {}", view.head.name), &view)
}

/// `GET /sprawozdania/{report}/zlozenie`
pub async fn confirm(may: Allowed<FileReport>) -> Result<HttpResponse, AppError> {
    if may.object.report.is_filed() {
        return Ok(may.ctx.see_other(&format!("/sprawozdania/{}", may.object.report.id), None));
    }
    confirm_page(may, false).await
}

/// `POST /sprawozdania/{report}/zlozenie`
pub async fn file(may: Allowed<FileReport>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.report.id.clone();
    let url = format!("/sprawozdania/{id}");
    let doing = Doing::new("report.submit", "report", &id);
    let done = may.ctx.deed(doing, move |tx, who, now| report::submit(tx, who, &id, now)).await;
    match done {
        Ok(()) => {
            Ok(may.ctx.see_other(&url, Some(Flash::ok("Sprawozdanie złożone. Potwierdzenie wysłaliśmy też e-mailem."))))
        }
        // A second click at the same moment lands on the same receipt.
        Err(AppError::Stale) => Ok(may.ctx.see_other(&url, None)),
        Err(e) => {
            sort_problems(e)?;
            confirm_page(may, true).await
        }
    }
}
