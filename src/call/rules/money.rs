//! The money of a call: the plan behind it, the cap, and how far the allocation reaches.

use chrono::NaiveDate;

use super::super::model::CallContent;
use crate::law::{CapTerms, Finding, Minutes, Money, Severity, Tables};
use crate::programme::rules::plan_basis;
use crate::programme::{Edition, ProgrammeContent};

/// The allocation fits the plan together with the programme's other calls (R-PRE-05).
/// Basis: upz art. 62c ust. 2; art. 268 of the act of 20.03.2025; the own act of a local programme.
/// Date: the announcement.
pub fn allocation(content: &CallContent, programme: &ProgrammeContent, committed: Money) -> Vec<Finding> {
    let Some(plan) = &programme.plan else { return Vec::new() };
    let own = content.elements.allocation;
    let all = own.checked_add(committed).unwrap_or(own);
    let over = all.saturating_sub_floor0(plan.amount);
    if over.is_zero() {
        return Vec::new();
    }
    let others = if committed.is_zero() { String::new() } else { format!(", inne konkursy programu {committed}") };
    vec![
        Finding::block("R-PRE-05")
            .at("element 2: wysokość środków")
            .found(format!("Pula {own}{others}."))
            .limit(format!("Plan {}: {}.", plan.number, plan.amount))
            .basis(plan_basis(&content.rules))
            .hint("Zmniejsz pulę albo zmień plan w programie.")
            .amount(over),
    ]
}

/// The cap as it would be frozen on `day`; nothing for a local programme without one.
///
/// # Errors
/// The finding that names the missing value of a table.
pub fn resolve_cap(content: &CallContent, day: NaiveDate, tables: &Tables) -> Result<Option<CapTerms>, Finding> {
    let terms = &content.terms;
    match content.rules.cap_terms(tables, day, terms.policy, terms.scope, terms.unit) {
        Ok(cap) => Ok(Some(cap)),
        Err(finding) if finding.severity == Severity::Info => Ok(None),
        Err(finding) => Err(finding),
    }
}

/// How many group-hours the allocation pays at the cap's rate, as information (R-CAP-04).
/// Basis: the rule set's `cap_basis`.
/// Date: the announcement, whose cap counts.
pub fn planned(content: &CallContent, day: NaiveDate, tables: &Tables) -> Vec<Finding> {
    match resolve_cap(content, day, tables) {
        Err(finding) => vec![finding],
        Ok(None) => Vec::new(),
        Ok(Some(cap)) => reach(content, &cap).into_iter().collect(),
    }
}

fn reach(content: &CallContent, cap: &CapTerms) -> Option<Finding> {
    let groups = i64::try_from(content.groups.len()).ok().filter(|n| *n > 0)?;
    let hours = content.elements.allocation.grosze().checked_div(cap.rate.grosze())?;
    let each = hours.checked_div(groups)?;
    let found = format!(
        "Pula {} przy stawce {} odpowiada {hours} godz., czyli po {each} godz. na każdą z grup (jest ich {groups}).",
        content.elements.allocation, cap.rate
    );
    let mut finding = Finding::info("R-CAP-04").at("element 2: wysokość środków").found(found).basis(cap.basis.clone());
    if let Some(least) = least_hours(content) {
        let limit = cap.rate.checked_mul(least)?;
        finding =
            finding.limit(format!("Minimum tygodniowe wszystkich grup to {least} godz.; limit za nie wynosi {limit}."));
    }
    Some(finding)
}

/// Hours of all groups by the weekly minimum, in proportion to the days of their editions.
fn least_hours(content: &CallContent) -> Option<i64> {
    let weekly = content.weekly()?.get().checked_div(60)?;
    let mut sum: i64 = 0;
    for group in &content.groups {
        let edition = content.editions.iter().find(|e| e.no == group.edition)?;
        sum = sum.checked_add(weekly.checked_mul(days(edition))?.checked_div(7)?)?;
    }
    Some(sum)
}

fn days(edition: &Edition) -> i64 {
    edition.to.signed_duration_since(edition.from).num_days().saturating_add(1).max(0)
}

/// Hours as the announcement says them, for pages.
#[must_use]
pub fn hours_text(content: &CallContent) -> String {
    let said = |m: Minutes| m.to_string();
    match (content.weekly(), content.rules.day_minutes) {
        (Some(week), Some(day)) => {
            format!("{} w każdym dniu zajęć, co najmniej {} w tygodniu", said(day), said(week))
        }
        (Some(week), None) => format!("co najmniej {} w tygodniu", said(week)),
        (None, Some(day)) => format!("{} w każdym dniu zajęć", said(day)),
        (None, None) => "według programu zajęć z oferty".to_owned(),
    }
}
