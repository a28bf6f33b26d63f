//! What the components of `templates/components.html` are given; every stage shares them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::text;
use crate::error::FieldErrors;
use crate::law::{self, Finding};

/// "Teraz czekamy na: …" at the head of a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Waiting {
    pub whose: String,
    pub what: String,
    pub until: String,
    pub left: String,
}

/// A line of the summary above a form; the link leads to the field.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorLink {
    pub href: String,
    pub message: String,
}

/// The lines of the summary above a form.
#[must_use]
pub fn error_links(errors: &FieldErrors) -> Vec<ErrorLink> {
    let href = |field: &str| if field.is_empty() { String::new() } else { format!("#{field}") };
    errors.list().iter().map(|e| ErrorLink { href: href(&e.field), message: e.message.clone() }).collect()
}

/// The first sentence at each field, for `v.e["field"]`.
#[must_use]
pub fn error_map(errors: &FieldErrors) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for e in errors.list() {
        out.entry(e.field.clone()).or_insert_with(|| e.message.clone());
    }
    out
}

#[derive(Clone, Debug, Serialize)]
pub struct FindingView {
    rule: String,
    severity: &'static str,
    severity_label: &'static str,
    place: String,
    found: String,
    limit: String,
    basis: String,
    hint: String,
    amount: String,
    /// Where it is mended; empty for what no field can mend.
    href: String,
}

/// Findings for the page, blocking ones first.
#[must_use]
pub fn findings_view(findings: &[Finding]) -> Vec<FindingView> {
    linked_findings(findings, |_| String::new())
}

/// Findings for the page, blocking ones first, each leading to where it is mended.
#[must_use]
pub fn linked_findings(findings: &[Finding], href: impl Fn(&Finding) -> String) -> Vec<FindingView> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|f| f.severity);
    sorted
        .into_iter()
        .map(|f| FindingView {
            rule: f.rule.to_string(),
            severity: match f.severity {
                law::Severity::Block => "block",
                law::Severity::Warn => "warn",
                law::Severity::Info => "info",
            },
            severity_label: text::severity_label(f.severity),
            place: f.place.clone(),
            found: f.found.clone(),
            limit: f.limit.clone(),
            basis: f.basis.clone(),
            hint: f.hint.clone(),
            amount: f.amount.map(|m| m.to_string()).unwrap_or_default(),
            href: href(f),
        })
        .collect()
}

/// One choice of a select or a group of radios.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

#[must_use]
pub fn option_list<V: Into<String>, L: Into<String>>(list: impl IntoIterator<Item = (V, L)>) -> Vec<Choice> {
    list.into_iter().map(|(value, label)| Choice { value: value.into(), label: label.into() }).collect()
}

/// A line of `ui.facts`; an address makes the value a link.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    pub label: String,
    pub value: String,
    pub href: String,
}

#[must_use]
pub fn fact(label: impl Into<String>, value: impl ToString) -> Fact {
    Fact { label: label.into(), value: value.to_string(), href: String::new() }
}

/// A step of `ui.timeline`.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    pub at: String,
    pub who: String,
    pub what: String,
}
