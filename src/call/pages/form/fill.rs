//! Fields out of content.

use chrono::{Datelike, NaiveDate};

use crate::call::{CORRECTABLE, CallContent, Elements, Part};
use crate::law::{CapScope, HourUnit, KPolicy, Money, WeekKind};
use crate::programme::pages::kit::iso;
use crate::web::Fields;

/// One part as its form shows it; `today` chooses the two years of element 7.
pub fn fields_of(part: Part, c: &CallContent, today: NaiveDate) -> Fields {
    let mut f = Fields::default();
    match part {
        Part::Programme => programme(&mut f, c),
        Part::Preconditions => {}
        Part::Elements => {
            elements(&mut f, &c.elements, today);
            f.set("reservation", &c.reservation);
        }
        Part::Terms => terms(&mut f, c),
        Part::Card => card(&mut f, c),
        Part::Attachments => attachments(&mut f, c),
        Part::Formal => formal(&mut f, c),
        Part::Correction => correction(&mut f, c),
        Part::Money => money(&mut f, c),
        Part::Committee => {
            f.set("regulations", &c.committee_rules.text);
            f.set("quorum", c.committee_rules.quorum.to_string());
            f.set("cooperation", &c.committee_rules.programme);
        }
    }
    f
}

fn programme(f: &mut Fields, c: &CallContent) {
    f.set("title", &c.title);
    f.set("contact", &c.contact);
    f.set("assumed", c.assumed.join("\n"));
    f.set("question_days", c.question_days.to_string());
    let other = c.other_basis.as_ref();
    f.set("other_who", other.map(|o| o.who.clone()).unwrap_or_default());
    f.set("other_basis", other.map(|o| o.basis.clone()).unwrap_or_default());
    f.set("other_why", other.map(|o| o.why.clone()).unwrap_or_default());
}

fn elements(f: &mut Fields, e: &Elements, today: NaiveDate) {
    f.set("task", &e.task);
    f.set("allocation", e.allocation.plain());
    f.set("grant_rules", &e.grant_rules);
    f.set("conditions", &e.conditions);
    f.set("deadline_date", e.deadline.map(|wall| iso(wall.date())).unwrap_or_default());
    f.set("deadline_time", e.deadline.map_or_else(|| "23:59".into(), |wall| wall.format("%H:%M").to_string()));
    f.set("selection", &e.selection);
    f.set("decision_by", e.decision_by.map(iso).unwrap_or_default());
    for (i, year) in [today.year(), today.year() - 1].into_iter().enumerate() {
        let known = e.earlier.iter().find(|t| t.year == year);
        f.set(format!("earlier.{i}.year"), year.to_string());
        f.set(format!("earlier.{i}.cost"), known.map(|t| t.cost.plain()).unwrap_or_default());
        f.set(format!("earlier.{i}.grants"), known.map(|t| t.grants.plain()).unwrap_or_default());
    }
}

fn terms(f: &mut Fields, c: &CallContent) {
    let t = &c.terms;
    f.set("mode", c.mode.code());
    f.set("policy", if t.policy == KPolicy::Full { "full" } else { "pro_rata" });
    f.set("scope", if t.scope == CapScope::WholeGrant { "whole" } else { "trainers" });
    f.set("unit", if t.unit == HourUnit::Min60 { "60" } else { "45" });
    f.set("week", if t.week == WeekKind::Rolling7 { "rolling" } else { "calendar" });
    f.set("week_min", t.week_min.map(|m| m.to_string()).unwrap_or_default());
    f.set("group_max", t.group_max.to_string());
    f.set("declarations", t.extra_declarations.join("\n"));
    f.set("arrears", t.arrears.code());
    if c.rules.is_local() {
        f.set("paid", yes(t.local.paid));
        f.set("classes", yes(t.local.classes));
        f.set("results", yes(t.local.results_waived.is_none()));
        f.set("results_waived", t.local.results_waived.clone().unwrap_or_default());
    }
}

fn card(f: &mut Fields, c: &CallContent) {
    for (i, k) in c.card.criteria.iter().enumerate() {
        f.set(format!("criteria.{i}.key"), &k.key);
        f.set(format!("criteria.{i}.name"), &k.name);
        f.set(format!("criteria.{i}.point"), k.point.to_string());
        f.set(format!("criteria.{i}.max"), k.max.to_string());
        f.set(format!("criteria.{i}.neutral"), k.neutral.map(|n| n.to_string()).unwrap_or_default());
    }
    f.set("threshold", c.card.threshold_percent.to_string());
}

/// A choice of two, as a select shows it.
fn yes(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

fn attachments(f: &mut Fields, c: &CallContent) {
    for (i, a) in c.attachments.iter().enumerate() {
        f.set(format!("attachments.{i}.key"), &a.key);
        f.set(format!("attachments.{i}.name"), &a.name);
        f.set(format!("attachments.{i}.required"), yes(a.required));
        f.set(format!("attachments.{i}.note"), &a.note);
    }
    f.set("confirmation", yes(c.confirmation.is_some()));
    f.set("confirmation_days", c.confirmation.map(|k| k.days.to_string()).unwrap_or_default());
}

fn formal(f: &mut Fields, c: &CallContent) {
    for (i, q) in c.formal.iter().enumerate() {
        f.set(format!("formal.{i}.key"), &q.key);
        f.set(format!("formal.{i}.text"), &q.text);
        f.set(format!("formal.{i}.correctable"), yes(q.correctable));
    }
}

fn correction(f: &mut Fields, c: &CallContent) {
    for part in CORRECTABLE {
        let on = c.correction.allowed.iter().any(|key| key == part.key);
        f.set(format!("allowed_{}", part.key), if on { "true" } else { "" });
    }
    f.set("days", c.correction.days.to_string());
    f.set("once", yes(c.correction.once));
}

fn money(f: &mut Fields, c: &CallContent) {
    let percent = |p: Option<u32>| p.map(|p| p.to_string()).unwrap_or_default();
    f.set("offer_max", c.terms.offer_max.map(Money::plain).unwrap_or_default());
    f.set("admin_percent", percent(c.terms.admin_percent));
    f.set("shift_percent", c.terms.shift_percent.to_string());
    f.set("min_own", percent(c.money.min_own_percent));
    f.set("max_grant", percent(c.money.max_grant_percent));
    f.set("ineligible", c.money.ineligible.join("\n"));
    for (i, t) in c.money.tranches.iter().enumerate() {
        f.set(format!("tranches.{i}.share"), t.share.to_string());
        f.set(format!("tranches.{i}.condition"), &t.condition);
    }
}
