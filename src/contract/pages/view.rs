//! What the pages of a contract show, in words and figures ready for the template.

use serde::Serialize;

use crate::audit;
use crate::contract::{Contract, ContractState, Flow, Payment, PaymentKind, Tranche, findings, rules, store};
use crate::document::ContractPaper;
use crate::error::AppError;
use crate::law::{Finding, Instant, Money, add_days, end_of_day_warsaw, left, next_working_day_on_or_after, show_date};
use crate::programme::pages::kit::timeline;
use crate::store::Read;
use crate::web::{Event, Fact, FindingView, Waiting, fact, findings_view};

/// A contract with what surrounds it, read at one moment.
pub struct Case {
    pub contract: Contract,
    pub payments: Vec<Payment>,
    pub findings: Vec<Finding>,
    pub events: Vec<Event>,
}

impl Case {
    /// Findings are asked for only while the contract can still be changed.
    pub fn load(r: &mut Read<'_>, contract: Contract, now: Instant) -> Result<Case, AppError> {
        let open = matches!(contract.state, ContractState::Draft | ContractState::Ready);
        let findings = if open { findings(r, &contract, now)? } else { Vec::new() };
        let payments = store::payments(r, &contract.id)?;
        let rows = audit::of_object(r, contract.id.as_str())?.into_iter();
        let events = timeline(rows.filter(|row| row.object_kind == "contract").collect());
        Ok(Case { contract, payments, findings, events })
    }
}

#[derive(Serialize)]
pub struct TrancheRow {
    no: u32,
    due: String,
    amount: String,
    condition: String,
    state: &'static str,
    tone: &'static str,
    paid: String,
}

#[derive(Serialize)]
pub struct ReturnRow {
    on: String,
    amount: String,
    reference: String,
}

#[derive(Serialize)]
pub struct Part {
    label: &'static str,
    value_text: String,
    /// Whole percent.
    percent: i64,
    tone: &'static str,
}

#[derive(Serialize)]
pub struct Link {
    pub label: &'static str,
    pub href: String,
    pub tone: &'static str,
}

#[derive(Serialize)]
pub struct Money3 {
    pub tranches: Vec<TrancheRow>,
    pub total: String,
    pub returns: Vec<ReturnRow>,
    pub meter: Vec<Part>,
    pub grant: String,
}

/// The page of one contract, for the office and for the contractor.
#[derive(Serialize)]
pub struct Show {
    pub office: bool,
    pub lead: String,
    pub state: &'static str,
    pub tone: &'static str,
    pub draft: bool,
    pub waiting: Option<Waiting>,
    pub actions: Vec<Link>,
    pub links: Vec<Link>,
    pub steps: Vec<String>,
    pub facts: Vec<Fact>,
    pub money: Money3,
    pub findings: Vec<FindingView>,
    pub show_findings: bool,
    pub paper: Option<ContractPaper>,
    pub hash: String,
    pub sees: String,
    pub events: Vec<Event>,
}

pub fn tone(state: ContractState) -> &'static str {
    match state {
        ContractState::Draft => "neutral",
        ContractState::Ready => "warn",
        ContractState::Signed => "info",
        ContractState::Settled => "ok",
    }
}

/// "Teraz czekamy na".
pub fn waiting(contract: &Contract, payments: &[Payment], now: Instant) -> Option<Waiting> {
    let c = &contract.content;
    let say = |whose: &str, what: String| Waiting { whose: whose.into(), what, ..Waiting::default() };
    let by = |mut w: Waiting, day| {
        w.until = show_date(day);
        w.left = left(now, end_of_day_warsaw(day));
        w
    };
    match contract.state {
        ContractState::Draft => {
            Some(say("urząd", "Urząd uzupełnia projekt umowy i generuje dokument do podpisu.".into()))
        }
        ContractState::Ready => Some(say(
            "podpisy obu stron",
            "Dokument jest gotowy do podpisu. Gdy obie strony go podpiszą, urząd zapisze datę.".into(),
        )),
        ContractState::Signed => Some(match rules::next_tranche(c, payments) {
            Some(t) if t.no == 1 => by(say("finanse urzędu", format!("Wypłata transzy 1: {}.", t.amount)), t.due_on),
            Some(t) => by(
                say(
                    "organizacja",
                    format!("Warunek transzy {}: {}. Potem urząd wypłaca {}.", t.no, t.condition, t.amount),
                ),
                t.due_on,
            ),
            None => by(
                say(
                    "organizacja",
                    "Wszystkie transze wypłacone. Zostaje realizacja zadania i sprawozdanie końcowe.".into(),
                ),
                report_due(contract),
            ),
        }),
        ContractState::Settled => None,
    }
}

/// The last day for the final report (R-REP-01).
pub fn report_due(contract: &Contract) -> chrono::NaiveDate {
    next_working_day_on_or_after(add_days(contract.content.ends, 30))
}

pub fn facts(contract: &Contract) -> Vec<Fact> {
    let c = &contract.content;
    let mut out = vec![
        fact("Zadanie", c.title.clone()),
        fact("Zleceniobiorca", c.contractor.name.clone()),
        fact("Konkurs i oferta", format!("{}, oferta {}", c.call_number, c.offer_number)),
        fact("Dotacja", format!("{} (słownie: {})", c.grant, c.grant.words())),
        fact("Termin realizacji", format!("{}–{}", show_date(c.starts), show_date(c.ends))),
        fact("Dotację można wydawać do", show_date(c.use_until)),
        fact("Zwrot niewykorzystanej części do", show_date(c.return_until)),
        fact("Rachunek", c.account.as_ref().map(ToString::to_string).unwrap_or_default()),
        fact("Sprawozdanie końcowe do", show_date(report_due(contract))),
    ];
    out.extend(contract.signed_on.map(|day| fact("Podpisano", show_date(day))));
    out
}

/// When a tranche was paid, and how much where that was less than the contract says.
fn paid(tranche: &Tranche, p: &Payment) -> String {
    let less = if p.amount == tranche.amount { String::new() } else { format!("{}, ", p.amount) };
    format!("{less}{}, {}", show_date(p.paid_on), p.reference)
}

pub fn money(contract: &Contract, payments: &[Payment]) -> Money3 {
    let c = &contract.content;
    let flow = Flow::of(payments);
    let unpaid = c.grant.saturating_sub_floor0(flow.paid);
    let next = rules::next_tranche(c, payments).map(|t| t.no);
    let signed = matches!(contract.state, ContractState::Signed | ContractState::Settled);
    let tranches = c
        .tranches
        .iter()
        .map(|t| {
            let payment = payments.iter().find(|p| p.kind == PaymentKind::Tranche(t.no));
            let (state, tone) = match payment {
                Some(_) => ("wypłacona", "ok"),
                None if signed && next == Some(t.no) => ("następna", "info"),
                None => ("czeka", "neutral"),
            };
            TrancheRow {
                no: t.no,
                due: show_date(t.due_on),
                amount: t.amount.to_string(),
                condition: t.condition.clone(),
                state,
                tone,
                paid: payment.map(|p| paid(t, p)).unwrap_or_default(),
            }
        })
        .collect();
    let returns = payments
        .iter()
        .filter(|p| p.kind == PaymentKind::Return)
        .map(|p| ReturnRow { on: show_date(p.paid_on), amount: p.amount.to_string(), reference: p.reference.clone() })
        .collect();
    let part = |label, amount: Money, tone| Part {
        label,
        value_text: amount.to_string(),
        percent: percent(amount, c.grant),
        tone,
    };
    Money3 {
        tranches,
        total: Money::sum(c.tranches.iter().map(|t| t.amount)).unwrap_or_default().to_string(),
        returns,
        meter: vec![
            part("wypłacono i nie zwrócono", flow.held(), "accent"),
            part("zwrócono", flow.returned, "warn"),
            part("do wypłaty", unpaid, "track"),
        ],
        grant: c.grant.to_string(),
    }
}

fn percent(part: Money, whole: Money) -> i64 {
    part.grosze().saturating_mul(100).checked_div(whole.grosze()).unwrap_or(0).clamp(0, 100)
}

/// The base of the page of one contract; the handlers add what differs.
pub fn show(case: Case, now: Instant, office: bool) -> Show {
    let contract = &case.contract;
    let open = matches!(contract.state, ContractState::Draft | ContractState::Ready);
    Show {
        office,
        lead: contract.content.title.clone(),
        state: contract.state.label(),
        tone: tone(contract.state),
        draft: contract.state == ContractState::Draft,
        waiting: waiting(contract, &case.payments, now),
        actions: Vec::new(),
        links: Vec::new(),
        steps: Vec::new(),
        facts: facts(contract),
        money: money(contract, &case.payments),
        findings: findings_view(&case.findings),
        show_findings: office && open,
        paper: None,
        hash: contract.sha256.clone().unwrap_or_default(),
        sees: "urząd i osoby z organizacji, z którą zawierana jest umowa".into(),
        events: case.events,
    }
}
