//! Content into fields.

use chrono::{NaiveDate, NaiveTime};

use crate::law::{Minutes, Money};
use crate::offer::calculation::{columns, plain_number};
use crate::offer::model::OfferContent;
use crate::offer::pages::section::Section;
use crate::web::Fields;

/// The fields of one part, as they are typed; zero is an empty field. The class programme is filled for
/// one group, or whole when `group` is empty; the part of an offeror for the organisation that it names.
pub fn fill(section: Section, c: &OfferContent, group: &str) -> Fields {
    let mut f = Fields::default();
    match section {
        Section::Task => task(c, &mut f),
        Section::Plan => plan(c, &mut f),
        Section::Results => results(c, &mut f),
        Section::Resources => resources(c, &mut f),
        Section::Programme => programme(c, group, &mut f),
        Section::Costs => costs(c, &mut f),
        Section::Other => {
            f.set(
                "unpaid",
                if c.unpaid {
                    "true"
                } else if c.fees.is_some() {
                    "false"
                } else {
                    ""
                },
            );
            if let Some(fees) = &c.fees {
                f.set("fees_form", &*fees.form);
                f.set("fees_amount", money(fees.amount));
            }
            f.set("payment", &*c.payment);
            if let Some(joint) = &c.joint {
                f.set("representation", &*joint.representation);
            }
            f.set("other", &*c.other);
        }
        Section::Share => share(c, group, &mut f),
    }
    f
}

/// A tick for each activity, what the offeror does in them, and its column of V.C.
fn share(c: &OfferContent, org: &str, f: &mut Fields) {
    let joint = c.joint.as_ref();
    let Some(share) = joint.and_then(|joint| joint.shares.iter().find(|s| s.org.as_str() == org)) else { return };
    for n in (1_u32..).zip(&c.activities).map(|(n, _)| n) {
        f.set(format!("act{n}"), if share.activities.contains(&n) { "true" } else { "" });
    }
    f.set("tasks", &*share.tasks);
    for at in 0..columns(c).len() {
        f.set(format!("y{at}"), money(share.years.get(at).copied().unwrap_or_default()));
    }
    f.set("grupa", org);
}

fn iso(day: Option<NaiveDate>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

fn money(amount: Money) -> String {
    if amount.is_zero() { String::new() } else { amount.plain() }
}

/// `90` or `1:30`.
fn hours(minutes: Minutes) -> String {
    let all = minutes.get();
    match (all, all % 60) {
        (0, _) => String::new(),
        (_, 0) => (all / 60).to_string(),
        (_, rest) => format!("{}:{rest:02}", all / 60),
    }
}

fn task(c: &OfferContent, f: &mut Fields) {
    for (name, value) in [
        ("title", &c.title),
        ("place", &c.place),
        ("target_group", &c.target_group),
        ("problem", &c.problem),
        ("complementarity", &c.complementarity),
        ("contact_name", &c.contact.name),
        ("contact_phone", &c.contact.phone),
        ("contact_email", &c.contact.email),
    ] {
        f.set(name, &**value);
    }
    f.set("starts", iso(c.starts));
    f.set("ends", iso(c.ends));
}

fn plan(c: &OfferContent, f: &mut Fields) {
    for (at, a) in c.activities.iter().enumerate() {
        let mut cell = |name: &str, value: String| f.set(format!("activities.{at}.{name}"), value);
        cell("was", (at + 1).to_string());
        cell("name", a.name.clone());
        cell("description", a.description.clone());
        cell("target_group", a.target_group.clone());
        cell("from", iso(a.from));
        cell("to", iso(a.to));
        cell("outside", a.outside.clone());
    }
}

fn results(c: &OfferContent, f: &mut Fields) {
    f.set("effect_direct", &*c.effect_direct);
    f.set("effect_change", &*c.effect_change);
    f.set("effect_durable", &*c.effect_durable);
    for (at, r) in c.results.iter().enumerate() {
        f.set(format!("results.{at}.name"), &*r.name);
        f.set(format!("results.{at}.target"), &*r.target);
        f.set(format!("results.{at}.monitoring"), &*r.monitoring);
    }
    for (at, m) in c.measures.iter().enumerate() {
        f.set(format!("measures.{at}.name"), &*m.name);
        f.set(format!("measures.{at}.how"), &*m.how);
        f.set(format!("measures.{at}.when"), &*m.when);
    }
}

fn programme(c: &OfferContent, group: &str, f: &mut Fields) {
    f.set("grupa", group);
    let shown = c.programme.iter().filter(|class| group.is_empty() || class.group == group);
    for (at, class) in shown.enumerate() {
        let mut cell = |name: &str, value: String| f.set(format!("programme.{at}.{name}"), value);
        if group.is_empty() {
            cell("group", class.group.clone());
        }
        cell("day", iso(class.day));
        cell("from", clock(class.from));
        cell("to", clock(class.to));
        cell("topic", class.topic.clone());
        cell("trainer", class.trainer.clone());
        cell("individual", if class.individual { "true".into() } else { String::new() });
    }
}

fn clock(time: Option<NaiveTime>) -> String {
    time.map(|t| t.format("%H:%M").to_string()).unwrap_or_default()
}

fn resources(c: &OfferContent, f: &mut Fields) {
    f.set("experience", &*c.experience);
    f.set("resources", &*c.resources);
    for (at, t) in c.trainers.iter().enumerate() {
        f.set(format!("trainers.{at}.name"), &*t.name);
        f.set(format!("trainers.{at}.qualifications"), &*t.qualifications);
    }
    for (at, h) in c.hours.iter().enumerate() {
        let mut cell = |name: &str, value: String| f.set(format!("hours.{at}.{name}"), value);
        cell("group", h.group.clone());
        cell("persons", if h.persons == 0 { String::new() } else { h.persons.to_string() });
        cell("minutes", hours(h.minutes));
        cell("individual", hours(h.individual));
    }
}

fn costs(c: &OfferContent, f: &mut Fields) {
    for (at, line) in c.costs.iter().enumerate() {
        let mut cell = |name: &str, value: String| f.set(format!("costs.{at}.{name}"), value);
        cell(
            "activity",
            line.activity.map_or_else(|| "adm".into(), |n| if n == 0 { String::new() } else { n.to_string() }),
        );
        cell("name", line.name.clone());
        cell("unit", line.unit.clone());
        cell("unit_cost", money(line.unit_cost));
        cell("units", if line.units.is_zero() { String::new() } else { plain_number(line.units) });
        cell("trainer", if line.trainer { "true".into() } else { String::new() });
        for (year, part) in line.years.iter().enumerate() {
            cell(&format!("y{year}"), money(*part));
        }
    }
    f.set("grant", money(c.sources.grant));
    f.set("own_financial", money(c.sources.own_financial));
    f.set("own_in_kind", money(c.sources.own_in_kind));
    f.set("recipients", money(c.sources.recipients));
}
