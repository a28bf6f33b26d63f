//! The frozen version of an offer, as those who judge it read it.

use serde::Serialize;

use super::Fact;
use crate::call::Call;
use crate::law::{self, Money, check_grant, show_date, show_instant_seconds};
use crate::offer::{OfferContent, OfferVersion};
use crate::web::{FindingView, findings_view};

#[derive(Serialize)]
struct Paragraph {
    label: &'static str,
    text: String,
}

#[derive(Serialize)]
struct PlanRow {
    no: usize,
    name: String,
    description: String,
    when: String,
    outside: String,
}

#[derive(Serialize)]
struct ResultRow {
    name: String,
    target: String,
    monitoring: String,
}

#[derive(Serialize)]
struct HoursRow {
    group: String,
    persons: u32,
    hours: String,
}

#[derive(Serialize)]
struct CostRow {
    place: String,
    name: String,
    unit: String,
    unit_cost: String,
    units: String,
    value: String,
}

/// Everything of an offer that is judged.
#[derive(Serialize)]
pub(super) struct OfferView {
    facts: Vec<Fact>,
    paragraphs: Vec<Paragraph>,
    plan: Vec<PlanRow>,
    results: Vec<ResultRow>,
    trainers: Vec<Person>,
    hours: Vec<HoursRow>,
    hours_total: String,
    costs: Vec<CostRow>,
    costs_total: String,
    cap_line: String,
    cap: Vec<FindingView>,
}

#[derive(Serialize)]
struct Person {
    href: Option<String>,
    label: String,
    value: String,
}

impl OfferView {
    pub(super) fn of(version: &OfferVersion, call: &Call) -> OfferView {
        let (frozen, offer) = (&version.content, &version.content.offer);
        let day = |d: Option<chrono::NaiveDate>| d.map(show_date).unwrap_or_default();
        let (cap_line, cap) = cap_of(offer, call);
        OfferView {
            facts: vec![
                Fact::new("Oferent", frozen.organisation_name.clone()),
                Fact::new("Tytuł zadania", offer.title.clone()),
                Fact::new("Termin realizacji", format!("{} – {}", day(offer.starts), day(offer.ends))),
                Fact::new("Miejsce", offer.place.clone()),
                Fact::new("Wnioskowana dotacja", offer.sources.grant.to_string()),
                Fact::new("Wkład własny finansowy", offer.sources.own_financial.to_string()),
                Fact::new("Wkład osobowy i rzeczowy", offer.sources.own_in_kind.to_string()),
                Fact::new("Klauzula statutu", frozen.organisation.statute_clause.clone()),
                Fact::new("Reprezentacja", frozen.organisation.representation.clone()),
                Fact::new("Podpisał(a)", frozen.declarations.signed_by.clone()),
                Fact::new("Złożono", show_instant_seconds(version.arrived_at)),
            ],
            paragraphs: paragraphs(offer),
            plan: plan(offer),
            results: offer
                .results
                .iter()
                .map(|r| ResultRow { name: r.name.clone(), target: r.target.clone(), monitoring: r.monitoring.clone() })
                .collect(),
            trainers: offer
                .trainers
                .iter()
                .map(|t| Person { href: None, label: t.name.clone(), value: t.qualifications.clone() })
                .collect(),
            hours: offer
                .hours
                .iter()
                .map(|h| HoursRow { group: h.group.clone(), persons: h.persons, hours: h.minutes.to_string() })
                .collect(),
            hours_total: law::Minutes::sum(offer.hours.iter().map(|h| h.minutes)).map(|m| m.to_string()).unwrap_or_default(),
            costs: costs(offer),
            costs_total: offer.total().map(|m| m.to_string()).unwrap_or_default(),
            cap_line,
            cap,
        }
    }
}

fn paragraphs(offer: &OfferContent) -> Vec<Paragraph> {
    [
        ("Grupa docelowa", &offer.target_group),
        ("Problem i sposób jego rozwiązania", &offer.problem),
        ("Komplementarność", &offer.complementarity),
        ("Bezpośredni efekt", &offer.effect_direct),
        ("Zmiana społeczna", &offer.effect_change),
        ("Trwałość", &offer.effect_durable),
        ("Doświadczenie oferenta", &offer.experience),
        ("Zasoby kadrowe, rzeczowe i finansowe", &offer.resources),
        ("Inne informacje", &offer.other),
    ]
    .into_iter()
    .filter(|(_, text)| !text.trim().is_empty())
    .map(|(label, text)| Paragraph { label, text: text.clone() })
    .collect()
}

fn plan(offer: &OfferContent) -> Vec<PlanRow> {
    let day = |d: Option<chrono::NaiveDate>| d.map(show_date).unwrap_or_default();
    (1..)
        .zip(&offer.activities)
        .map(|(no, a)| PlanRow {
            no,
            name: a.name.clone(),
            description: a.description.clone(),
            when: format!("{} – {}", day(a.from), day(a.to)),
            outside: a.outside.clone(),
        })
        .collect()
}

fn costs(offer: &OfferContent) -> Vec<CostRow> {
    offer
        .costs
        .iter()
        .map(|c| CostRow {
            place: c.activity.map_or_else(|| "II".to_owned(), |n| format!("I.{n}")),
            name: c.name.clone(),
            unit: c.unit.clone(),
            unit_cost: c.unit_cost.to_string(),
            units: c.units.normalize().to_string().replace('.', ","),
            value: c.value().map(|m| m.to_string()).unwrap_or_default(),
        })
        .collect()
}

/// The hourly cap over the planned hours, in one line and as findings.
fn cap_of(offer: &OfferContent, call: &Call) -> (String, Vec<FindingView>) {
    let Some(terms) = &call.content.cap else { return (String::new(), Vec::new()) };
    let hours = offer.group_hours(call.content.rules.individual_hours_count);
    let Ok(cap) = law::cap(terms, &hours) else { return (String::new(), Vec::new()) };
    let grant: Money = offer.sources.grant;
    let line = format!("Zaplanowano {}; limit dotacji to {}, a wnioskowano {grant}.", cap.minutes, cap.total);
    (line, findings_view(&check_grant(&cap, terms, grant, call.content.rules.cap_binds)))
}
