//! What the pages of a report show, in ready Polish words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::access::Case;
use super::view_hours::{Bars, GroupRow, bars, group_rows};
use crate::contract::Contract;
use crate::error::AppError;
use crate::law::{
    self, Finding, Instant, Severity, end_of_day_warsaw, show_date, show_date_weekday, show_instant_seconds,
};
use crate::report::performed::{cap_over, group_hours, hours_text, under_cap};
use crate::report::rules::{self, Facts};
use crate::report::{Part, Report, ReportState, stops_filing, store};
use crate::store::Read;
use crate::web::{FindingView, Waiting, findings_view};

/// The head of every page of a report.
#[derive(Serialize)]
pub struct Head {
    pub url: String,
    pub list: String,
    pub name: String,
    pub contract: String,
    pub title: String,
    pub period: String,
    pub state: &'static str,
    pub tone: &'static str,
    pub open: bool,
    pub version: i64,
    pub waiting: Waiting,
    pub sent_back: Vec<String>,
    /// The task is held as classes in groups.
    pub classes: bool,
}

pub fn tone(state: ReportState) -> &'static str {
    match state {
        ReportState::Expected => "neutral",
        ReportState::Submitted => "info",
        ReportState::SentBack => "warn",
        ReportState::Accepted => "ok",
    }
}

pub fn head(case: &Case, now: Instant) -> Head {
    let (contract, report) = (&case.contract, &case.report);
    Head {
        url: format!("/sprawozdania/{}", report.id),
        list: format!("/umowy/{}/sprawozdania", contract.id),
        name: report.name(),
        contract: contract.number.clone(),
        title: contract.content.title.clone(),
        period: format!("{}–{}", show_date(report.period_from), show_date(report.period_to)),
        state: report.state.label(),
        tone: tone(report.state),
        open: report.is_open(),
        version: report.version,
        waiting: waiting(contract, report, now),
        sent_back: if report.state == ReportState::SentBack { report.content.sent_back.clone() } else { Vec::new() },
        classes: contract.content.applies().classes,
    }
}

/// Whose move it is.
pub fn waiting(contract: &Contract, report: &Report, now: Instant) -> Waiting {
    let due = |what: &str| Waiting {
        whose: contract.content.contractor.name.clone(),
        what: what.to_owned(),
        until: show_date_weekday(report.due_on),
        left: law::left(now, end_of_day_warsaw(report.due_on)),
    };
    match report.state {
        ReportState::Expected => due("Organizacja uzupełnia i składa sprawozdanie."),
        ReportState::SentBack => due("Urząd zwrócił sprawozdanie; organizacja poprawia je i składa ponownie."),
        ReportState::Submitted => Waiting {
            whose: "urząd".into(),
            what: "Pracownik sprawdza sprawozdanie: przyjmie je albo zwróci do poprawy.".into(),
            ..Waiting::default()
        },
        ReportState::Accepted => {
            Waiting { whose: "nikogo".into(), what: "Sprawozdanie jest przyjęte.".into(), ..Waiting::default() }
        }
    }
}

/// Findings of one rule together, so that many of one kind do not hide the others.
#[derive(Serialize)]
pub struct Kind {
    pub title: String,
    pub count: usize,
    pub label: &'static str,
    pub tone: &'static str,
    pub findings: Vec<FindingView>,
}

/// The findings of a report in three groups.
#[derive(Serialize, Default)]
pub struct FindingGroups {
    pub stopping: Vec<Kind>,
    pub answered: Vec<Kind>,
    pub others: Vec<Kind>,
    pub none: bool,
    pub stops: bool,
    pub needs_note: bool,
}

fn kinds(findings: &[&Finding]) -> Vec<Kind> {
    let mut by_rule: BTreeMap<(Severity, String), Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        by_rule.entry((finding.severity, finding.rule.to_string())).or_default().push((*finding).clone());
    }
    by_rule
        .into_iter()
        .map(|((severity, rule), list)| Kind {
            title: law::rule(&rule).map_or(rule, |info| info.what.to_owned()),
            count: list.len(),
            label: crate::web::severity_label(severity),
            tone: crate::web::tone(severity),
            findings: findings_view(&list),
        })
        .collect()
}

pub fn finding_groups(findings: &[Finding]) -> FindingGroups {
    let (stopping, rest): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|f| stops_filing(f));
    let (answered, others): (Vec<&Finding>, Vec<&Finding>) =
        rest.into_iter().partition(|f| f.severity == Severity::Block);
    FindingGroups {
        none: findings.is_empty(),
        stops: !stopping.is_empty(),
        needs_note: law::blocks(findings),
        stopping: kinds(&stopping),
        answered: kinds(&answered),
        others: kinds(&others),
    }
}

/// The cap over performed hours against what was used, over all filed reports and this one.
#[derive(Serialize)]
pub struct CapView {
    pub has: bool,
    pub total: String,
    pub hours: String,
    pub rate: String,
    pub used: String,
    pub implied: String,
    pub over: String,
    pub pro_rata: String,
    pub together: bool,
}

/// Everything counted for the pages of one report.
pub struct Counted {
    pub this: Part,
    pub findings: Vec<Finding>,
    pub cap: CapView,
    pub groups: Vec<GroupRow>,
    pub bars: Option<Bars>,
}

/// What of a report is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// As it stands, with what the organisation is changing.
    Now,
    /// As it was filed last; what is being changed after a return is the organisation's own.
    Filed,
}

/// Reads and counts everything; `group` is the one whose weeks are drawn.
pub fn count(r: &mut Read<'_>, case: &Case, group: Option<&str>, reading: Reading) -> Result<Counted, AppError> {
    let (mut this, earlier) = rules::parts_of(r, &case.contract, &case.report)?;
    if reading == Reading::Filed
        && case.report.state == ReportState::SentBack
        && let Some(frozen) = store::last_frozen(r, &case.report.id)?
    {
        this.report.content = frozen.content;
        (this.costs, this.hours) = (frozen.costs, frozen.hours);
    }
    let paid = rules::paid(r, &case.contract)?;
    let facts = Facts { contract: &case.contract.content, this: &this, earlier: &earlier, paid };
    let findings = rules::check(&facts)?;
    let cap = cap_view(&facts)?;
    let groups = group_rows(&facts);
    let bars = bars(&facts, group);
    Ok(Counted { this, findings, cap, groups, bars })
}

fn cap_view(facts: &Facts<'_>) -> Result<CapView, AppError> {
    let content = facts.contract;
    let cap = cap_over(content, &group_hours(content, &facts.all_hours()))?;
    let used = under_cap(content, facts.parts().flat_map(|p| p.costs.iter()))?;
    let over = used.saturating_sub_floor0(cap.total);
    Ok(CapView {
        has: content.rules.has_cap(),
        total: cap.total.to_string(),
        hours: hours_text(content, cap.minutes),
        rate: content.cap.rate.to_string(),
        used: used.to_string(),
        implied: cap.implied_rate(used).map(|m| m.to_string()).unwrap_or_default(),
        over: if over.is_zero() { String::new() } else { over.to_string() },
        pro_rata: cap.pro_rata.filter(|p| *p != cap.total).map(|p| p.to_string()).unwrap_or_default(),
        together: !facts.earlier.is_empty(),
    })
}

#[derive(Serialize)]
pub struct ReceiptView {
    pub number: String,
    pub time: String,
    pub hash: String,
}

pub fn receipt(case: &Case) -> Option<ReceiptView> {
    let report = &case.report;
    let (at, hash) = (report.submitted_at?, report.sha256.clone()?);
    Some(ReceiptView {
        number: format!("{}, sprawozdanie nr {}", case.contract.number, report.no),
        time: show_instant_seconds(at),
        hash,
    })
}
