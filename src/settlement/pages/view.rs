//! The settlement of a contract on one screen, in ready Polish words.

use serde::Serialize;

use crate::account::{Actor, Role};
use crate::contract::{Contract, ContractState};
use crate::law::{Finding, Instant, Money, Tables, show_date, show_date_weekday, show_instant, warsaw_date};
use crate::report::{Report, ReportKind, ReportState, taken_and_spent};
use crate::settlement::{Figures, Late, Settlement, late};
use crate::web::{Fact, FindingView, Waiting, fact, findings_view};

#[derive(Serialize)]
pub struct ListRow {
    pub href: String,
    pub number: String,
    pub organisation: String,
    pub grant: String,
    pub paid: String,
    pub used: String,
    pub to_return: String,
    pub returned: String,
    pub state: &'static str,
    pub tone: &'static str,
}

pub fn list_row(contract: &Contract, figures: &Figures) -> ListRow {
    let owed = !figures.to_return.saturating_sub_floor0(figures.returned).is_zero();
    let (state, tone) = match (contract.state, owed) {
        (ContractState::Settled, _) => ("rozliczona", "ok"),
        (_, true) => ("zwrot w toku", "warn"),
        (_, false) => ("w realizacji", "info"),
    };
    ListRow {
        href: format!("/finanse/umowy/{}", contract.id),
        number: contract.number.clone(),
        organisation: contract.content.contractor.name.clone(),
        grant: figures.grant.to_string(),
        paid: figures.paid.to_string(),
        used: figures.used.to_string(),
        to_return: figures.to_return.to_string(),
        returned: figures.returned.to_string(),
        state,
        tone,
    }
}

#[derive(Serialize)]
pub struct Part {
    label: &'static str,
    value_text: String,
    percent: i64,
    tone: &'static str,
}

#[derive(Serialize)]
pub struct Meter {
    label: String,
    value_text: String,
    parts: Vec<Part>,
}

#[derive(Serialize)]
pub struct ReturnRow {
    class: &'static str,
    basis: &'static str,
    amount: String,
    due: String,
    interest_from: String,
    interest: String,
}

#[derive(Serialize)]
pub struct ReportRow {
    href: String,
    name: String,
    state: &'static str,
}

#[derive(Serialize)]
pub struct ContractPage {
    number: String,
    title: String,
    organisation: String,
    url: String,
    call_workbook: String,
    waiting: Waiting,
    money: Vec<Fact>,
    hours: Vec<Fact>,
    has_cap: bool,
    /// The task is held as classes in groups.
    classes: bool,
    /// Recipients of the task pay something.
    charges: bool,
    meter: Meter,
    returns: Vec<ReturnRow>,
    remarks: Vec<String>,
    is_final: bool,
    to_return: String,
    returned: String,
    left: String,
    found_forecast: bool,
    assumed: Vec<String>,
    reports: Vec<ReportRow>,
    missing: Vec<FindingView>,
    closed: String,
    may_close: bool,
    contract_href: String,
}

pub struct Seen<'a> {
    pub contract: &'a Contract,
    pub figures: &'a Figures,
    pub reports: &'a [Report],
    pub settlement: Option<&'a Settlement>,
    pub missing: &'a [Finding],
    pub refused: bool,
    pub tables: &'a Tables,
}

pub fn contract_page(seen: &Seen<'_>, who: &Actor, now: Instant) -> ContractPage {
    let (contract, f) = (seen.contract, seen.figures);
    let left = f.to_return.saturating_sub_floor0(f.returned);
    let today = warsaw_date(now);
    let accepted = seen.reports.iter().any(|r| r.content.accepted_on.is_some());
    let counted: Vec<Late> = f.returns.iter().map(|line| late(line, today, seen.tables)).collect();
    ContractPage {
        number: contract.number.clone(),
        title: contract.content.title.clone(),
        organisation: contract.content.contractor.name.clone(),
        url: format!("/finanse/umowy/{}", contract.id),
        call_workbook: format!("/finanse/konkursy/{}/rozliczenie.xlsx", contract.call),
        waiting: waiting(seen, left),
        money: money_facts(seen),
        hours: hour_facts(contract, f),
        has_cap: contract.content.rules.has_cap(),
        classes: contract.content.applies().classes,
        charges: contract.content.charges(),
        meter: meter(f, is_final(seen)),
        remarks: remarks(&counted),
        returns: counted.iter().map(return_row).collect(),
        is_final: is_final(seen),
        to_return: f.to_return.to_string(),
        returned: f.returned.to_string(),
        left: left.to_string(),
        found_forecast: !accepted && !f.returns.is_empty(),
        assumed: contract.content.assumed.clone(),
        reports: seen.reports.iter().map(report_row).collect(),
        missing: if seen.refused || seen.settlement.is_none() { findings_view(seen.missing) } else { Vec::new() },
        closed: seen.settlement.map(closed).unwrap_or_default(),
        may_close: seen.settlement.is_none() && seen.missing.is_empty() && who.has(Role::Finance),
        contract_href: format!("/urzad/umowy/{}", contract.id),
    }
}

fn closed(s: &Settlement) -> String {
    s.closed_at.map(|at| format!("Rozliczenie zamknięto {} ({}).", show_instant(at), s.closed_by)).unwrap_or_default()
}

fn report_row(r: &Report) -> ReportRow {
    let href = r.submitted_at.map(|_| format!("/urzad/sprawozdania/{}", r.id)).unwrap_or_default();
    ReportRow { href, name: r.name(), state: r.state.label() }
}

fn waiting(seen: &Seen<'_>, left: Money) -> Waiting {
    let says = |whose: &str, what: String| Waiting { whose: whose.to_owned(), what, ..Waiting::default() };
    let contractor = seen.contract.content.contractor.name.as_str();
    let last = seen.reports.iter().find(|r| r.kind == ReportKind::Final);
    if seen.settlement.is_some() {
        return says("nikogo", "Umowa jest rozliczona.".into());
    }
    match last.map(|r| r.state) {
        Some(ReportState::Submitted) => says("urząd", "Pracownik merytoryczny sprawdza sprawozdanie końcowe.".into()),
        Some(ReportState::Accepted) if !left.is_zero() => Waiting {
            until: seen.figures.returns.iter().map(|l| l.due_on).min().map(show_date_weekday).unwrap_or_default(),
            ..says(contractor, format!("Organizacja zwraca {left}."))
        },
        Some(ReportState::Accepted) => {
            says("finanse urzędu", "Wszystko jest na miejscu: można zamknąć rozliczenie.".into())
        }
        Some(ReportState::Expected | ReportState::SentBack) | None => {
            says(contractor, "Organizacja składa sprawozdanie końcowe.".into())
        }
    }
}

/// Whether all that was paid has been reported and accepted; until then money that is not used yet is
/// no debt.
fn is_final(seen: &Seen<'_>) -> bool {
    seen.reports.iter().any(|r| r.kind == ReportKind::Final && r.state == ReportState::Accepted)
}

fn owed_label(is_final: bool) -> &'static str {
    if is_final { "Do zwrotu" } else { "Jeszcze nierozliczone" }
}

fn money_facts(seen: &Seen<'_>) -> Vec<Fact> {
    let (content, f) = (&seen.contract.content, seen.figures);
    let mut facts = vec![
        fact("Dotacja", f.grant),
        fact("Wypłacono", f.paid),
        fact("Wykorzystano", f.used),
        fact("Niewykorzystane", f.unused),
        fact("Nieuznane", f.ineligible),
    ];
    if content.applies().classes {
        facts.push(fact("Ponad limit", f.excess));
    }
    if content.charges() {
        facts.push(fact("Opłaty niewydane na zadanie", f.unspent_fees));
    }
    facts.push(fact(owed_label(is_final(seen)), f.to_return));
    facts.push(fact("Zwrócono", f.returned));
    if content.charges() {
        facts.push(fact("Opłaty od odbiorców", charged(seen)));
    }
    facts
}

/// What recipients paid, by all filed reports; it is no part of the grant.
fn charged(seen: &Seen<'_>) -> String {
    let all = seen.reports.iter().filter(|r| r.is_filed()).filter_map(|r| r.content.fees.as_ref());
    let (taken, spent) = taken_and_spent(all).unwrap_or_default();
    format!("pobrano {taken}, na zadanie wydano {spent}; umowa przewiduje {}", seen.contract.content.sources.recipients)
}

fn hour_facts(contract: &Contract, f: &Figures) -> Vec<Fact> {
    let hours = |minutes| crate::report::performed::hours_text(&contract.content, crate::law::Minutes::new(minutes));
    let mut facts = vec![
        fact("Godziny zaplanowane", hours(f.minutes_planned)),
        fact("Godziny przeprowadzone", hours(f.minutes_performed)),
    ];
    if contract.content.rules.has_cap() {
        facts.push(fact("Limit za godzinę", contract.content.cap.rate));
        facts.push(fact("Limit za godziny zaplanowane", f.cap_planned));
        facts.push(fact("Limit za godziny przeprowadzone", f.cap_performed));
    }
    if let Some(rate) = f.implied_rate {
        facts.push(fact("Na godzinę wypada", rate));
    }
    facts
}

/// The grant cut into what was used rightly, what comes back, and what was not paid.
fn meter(f: &Figures, is_final: bool) -> Meter {
    let back = f.to_return;
    let kept = f.kept();
    let unpaid = f.grant.saturating_sub_floor0(f.paid);
    let whole = [kept, back, unpaid].iter().map(|m| m.grosze()).fold(0_i64, i64::saturating_add).max(1);
    let part = |label, amount: Money, tone| Part {
        label,
        value_text: amount.to_string(),
        percent: amount.grosze().saturating_mul(100) / whole,
        tone,
    };
    Meter {
        label: "Dotacja".into(),
        value_text: f.grant.to_string(),
        parts: [
            ("Wykorzystano prawidłowo", kept, "ok"),
            (owed_label(is_final), back, if is_final { "error" } else { "warn" }),
            ("Jeszcze nie wypłacono", unpaid, "neutral"),
        ]
        .into_iter()
        .filter(|(_, amount, _)| !amount.is_zero())
        .map(|(label, amount, tone)| part(label, amount, tone))
        .collect(),
    }
}

fn return_row(counted: &Late) -> ReturnRow {
    let line = &counted.line;
    let interest =
        if counted.days > 0 { format!("{} za {} dni", counted.interest, counted.days) } else { "–".to_owned() };
    ReturnRow {
        class: line.class.label(),
        basis: line.class.basis(),
        amount: line.amount.to_string(),
        due: show_date(line.due_on),
        interest_from: show_date(line.interest_from),
        interest,
    }
}

/// What is to be known about the interest, each sentence once.
fn remarks(counted: &[Late]) -> Vec<String> {
    let mut all: Vec<String> = counted.iter().map(|l| l.remark.clone()).filter(|r| !r.is_empty()).collect();
    all.dedup();
    all
}
