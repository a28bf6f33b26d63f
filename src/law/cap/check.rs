//! Amounts held against the cap.

use super::{Cap, CapScope, CapTerms, KPolicy};
use crate::law::finding::{Finding, Severity};
use crate::law::minutes::{HourUnit, Minutes};
use crate::law::money::Money;

/// The planned grant may not exceed the cap over planned hours (R-CAP-01); says the implied rate (R-CAP-04).
/// Basis: the terms' own. Date: the day of the contract, through the terms.
pub fn check_grant(cap: &Cap, terms: &CapTerms, grant: Money, severity: Severity) -> Vec<Finding> {
    let over = over_cap(cap, grant).map(|excess| {
        Finding::new("R-CAP-01", severity)
            .at(subject(terms))
            .found(format!("{}: {grant}.", subject(terms)))
            .limit(limit_text(cap, terms))
            .basis(terms.basis.clone())
            .hint(format!("Zmniejsz kwotę o {excess} albo zaplanuj więcej godzin zajęć."))
            .amount(excess)
    });
    let info = [implied(cap, terms, grant), prudent(cap, terms, grant)];
    over.into_iter().chain(info.into_iter().flatten()).collect()
}

/// The grant used may not exceed the cap over performed hours; the excess is a grant taken in excess.
/// Basis: the terms' own; return by the contract. Date: the terms the contract froze.
pub fn check_used(cap: &Cap, terms: &CapTerms, used: Money, severity: Severity) -> Option<Finding> {
    let excess = over_cap(cap, used)?;
    Some(
        Finding::new("R-CAP-02", severity)
            .at("rozliczenie dotacji")
            .found(format!("Wykorzystano {used}."))
            .limit(limit_text(cap, terms))
            .basis(terms.basis.clone())
            .hint(format!("Kwota {excess} to dotacja pobrana w nadmiernej wysokości; podlega zwrotowi."))
            .amount(excess),
    )
}

/// One trainer's rate may not exceed the cap for one hour.
/// Basis: the terms' own. Date: the day of the contract, through the terms.
pub fn check_trainer_rate(rate: Money, terms: &CapTerms, place: &str) -> Option<Finding> {
    let excess = rate.saturating_sub_floor0(terms.rate);
    if excess.is_zero() {
        return None;
    }
    Some(
        Finding::block("R-CAP-03")
            .at(place)
            .found(format!("Stawka trenera: {rate} za godzinę."))
            .limit(format!("Najwyżej {} za godzinę{}.", terms.rate, with_group(terms)))
            .basis(terms.basis.clone())
            .hint(format!("Obniż stawkę o {excess}."))
            .amount(excess),
    )
}

/// What was paid and what is to be paid may not exceed the cap over hours done and hours still planned.
/// Basis: the terms' own. Date: the day of the payment.
pub fn check_tranche(
    paid: Money,
    requested: Money,
    performed: &Cap,
    planned_rest: &Cap,
    terms: &CapTerms,
) -> Option<Finding> {
    let ask = paid.checked_add(requested);
    let limit = performed.total.checked_add(planned_rest.total);
    let excess = match (ask, limit) {
        (Some(ask), Some(limit)) => ask.saturating_sub_floor0(limit),
        (None, _) | (_, None) => requested,
    };
    if excess.is_zero() {
        return None;
    }
    Some(
        Finding::block("R-CAP-05")
            .at("transza")
            .found(format!("Wypłacono {paid}, teraz ma być wypłacone {requested}."))
            .limit(format!(
                "Limit za godziny przeprowadzone: {}, za godziny jeszcze zaplanowane: {}.",
                performed.total, planned_rest.total
            ))
            .basis(terms.basis.clone())
            .hint(format!("Wypłać o {excess} mniej: najwyżej {}.", requested.saturating_sub_floor0(excess)))
            .amount(excess),
    )
}

fn over_cap(cap: &Cap, amount: Money) -> Option<Money> {
    let excess = amount.saturating_sub_floor0(cap.total);
    (!excess.is_zero()).then_some(excess)
}

fn implied(cap: &Cap, terms: &CapTerms, grant: Money) -> Option<Finding> {
    let rate = cap.implied_rate(grant)?;
    Some(
        Finding::info("R-CAP-04")
            .at(subject(terms))
            .found(format!("Na jedną godzinę zajęć przypada {rate}."))
            .limit(format!("Limit: {} za godzinę{}.", terms.rate, with_group(terms)))
            .basis(terms.basis.clone()),
    )
}

/// Under the full policy the page still says what the prudent reading would allow.
fn prudent(cap: &Cap, terms: &CapTerms, grant: Money) -> Option<Finding> {
    let pro_rata = cap.pro_rata.filter(|p| terms.policy == KPolicy::Full && *p < cap.full)?;
    let excess = grant.saturating_sub_floor0(pro_rata);
    let verdict = if excess.is_zero() {
        "Kwota mieści się w nim.".to_owned()
    } else {
        format!("Kwota przekracza go o {excess}.")
    };
    Some(
        Finding::info("R-CAP-04")
            .at(subject(terms))
            .found(format!("Liczony proporcjonalnie do liczby osób limit wynosi {pro_rata}. {verdict}"))
            .limit(limit_text(cap, terms))
            .basis(terms.basis.clone())
            .hint("Konkurs stosuje pełną stawkę; kwota proporcjonalna jest tylko informacją."),
    )
}

const fn subject(terms: &CapTerms) -> &'static str {
    match terms.scope {
        CapScope::WholeGrant => "Kwota dotacji",
        CapScope::TrainerLines => "Suma kosztów pracy trenerów",
    }
}

fn limit_text(cap: &Cap, terms: &CapTerms) -> String {
    let hours = hours_text(cap.minutes, terms.unit);
    let pro_rata = match (terms.policy, terms.group) {
        (KPolicy::ProRata, Some(group)) => {
            format!(", proporcjonalnie do liczby osób w grupie ({group} osób to 100%)")
        }
        (KPolicy::ProRata, None) | (KPolicy::Full, _) => String::new(),
    };
    format!("Najwyżej {}: {hours} po {}{pro_rata}.", cap.total, terms.rate)
}

fn with_group(terms: &CapTerms) -> String {
    let group = terms.group.map(|n| format!(" z {n}-osobową grupą"));
    group.unwrap_or_default()
}

fn hours_text(minutes: Minutes, unit: HourUnit) -> String {
    match unit {
        HourUnit::Min60 => minutes.to_string(),
        HourUnit::Min45 => {
            let units = minutes.units(unit).round_dp(2).normalize().to_string();
            format!("{} godz. 45-minutowych", units.replace('.', ","))
        }
    }
}
