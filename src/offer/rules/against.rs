//! The offer held against its call: deadline, money, cap, mode (R-OFF-10 … 12, 15, R-CAP-03, R-MODE-02).

use rust_decimal::Decimal;

use super::hours::planned_hours;
use crate::call::{Call, CallContent, Mode};
use crate::law::cap::{check_grant, check_trainer_rate};
use crate::law::{
    CapTerms, Finding, Instant, Money, RuleId, Severity, cap, show_date, show_instant_seconds, show_until,
};
use crate::offer::calculation::{admin_total, capped_amount, numbers, plain_share, sources};
use crate::offer::model::{CostLine, OfferContent};
use crate::store::OrgId;

const ANNOUNCED: &str = "zasady konkursu w ogłoszeniu";
const GRANT: &str = "V.B, wiersz 2";

/// An offer of `org` counts when it arrives before the announced deadline, or before the later one that the organ
/// gave to this organisation.
/// Basis: UDPP art. 13 ust. 2 pkt 5. Date: the instant the request reached the server.
///
/// # Errors
/// The finding that names the deadline and the arrival to the second.
pub fn deadline(call: &Call, org: &OrgId, arrived: Instant) -> Result<(), Finding> {
    if call.is_open_for(org, arrived) {
        return Ok(());
    }
    let own = call.deadline_for(org);
    let end = own.map(show_until);
    let limit = match (&end, own.is_some_and(|end| arrived < end)) {
        (Some(_), true) => "Konkurs nie przyjmuje już ofert.".to_owned(),
        (Some(end), false) if call.extension_of(org).is_some() => {
            format!("Termin wyznaczony tej organizacji minął: jej ofertę przyjmowano do {end}.")
        }
        (Some(end), false) => format!("Termin składania ofert minął: oferty przyjmowano do {end}."),
        (None, _) => "Konkurs nie jest ogłoszony.".to_owned(),
    };
    Err(Finding::block("R-OFF-TERM")
        .at("termin składania ofert")
        .found(format!("Oferta dotarła {}.", show_instant_seconds(arrived)))
        .limit(limit)
        .basis("art. 13 ust. 2 pkt 5 UDPP")
        .hint("Oferty złożonej po terminie nie można przyjąć. Wersja robocza zostaje na Twoim koncie."))
}

/// Everything the announcement and its rule set ask of the content.
/// Basis: UDPP art. 13 ust. 2, the provisions of the frozen rule set. Date: the terms the call froze.
#[must_use]
pub fn against_call(content: &OfferContent, call: &CallContent) -> Vec<Finding> {
    let mut out = dates(content, call);
    out.extend(planned_hours(content, call));
    out.extend(grant(content, call));
    if let Some(terms) = &call.cap {
        out.extend(over_cap(content, call, terms));
        out.extend(trainer_rates(content, terms));
        out.extend(unticked_trainers(content, terms));
    }
    out.extend(admin_share(content, call));
    out.extend(own_share(content, call));
    out.extend(grant_share(content, call));
    out.extend(mode(content, call));
    out.extend(measures(content, call));
    out
}

/// Somebody will ask how the effect on each person is measured: the contract must say it (R-OFF-14).
/// Basis: upz art. 62a ust. 11 pkt 3, uor2025 art. 200 ust. 2 pkt 4. Date: the frozen rule set.
fn measures(content: &OfferContent, call: &CallContent) -> Option<Finding> {
    let clause = call.rules.clause("effects")?;
    content.measures.is_empty().then(|| {
        Finding::block("R-OFF-14")
            .at("III.6, mierniki")
            .found("Brakuje: choć jeden miernik efektów u pojedynczej osoby.")
            .limit(clause.demand.clone())
            .basis(clause.basis.clone())
            .hint("Napisz, co, jak i kiedy zmierzysz u każdego uczestnika.")
    })
}

/// The task lies inside the announced editions, its activities inside the task (R-OFF-15).
/// Basis: the conditions of the announcement (UDPP art. 13 ust. 2 pkt 4). Date: III.2 and III.4.
fn dates(content: &OfferContent, call: &CallContent) -> Vec<Finding> {
    let mut out = Vec::new();
    let (Some(from), Some(to)) = (content.starts, content.ends) else { return out };
    let finding = |place: String| Finding::block("R-OFF-15").at(place).basis(ANNOUNCED);
    if to < from {
        let said = format!("Koniec {} jest przed początkiem {}.", show_date(to), show_date(from));
        return vec![finding("III.2, koniec".into()).found(said).limit("Zadanie kończy się po tym, jak się zaczęło.")];
    }
    let first = call.editions.iter().map(|e| e.from).min();
    let last = call.editions.iter().map(|e| e.to).max();
    if let Some(first) = first.filter(|first| from < *first) {
        let limit = format!("Najwcześniej {}: wtedy zaczyna się pierwsza edycja.", show_date(first));
        out.push(finding("III.2, początek".into()).found(format!("Początek: {}.", show_date(from))).limit(limit));
    }
    if let Some(last) = last.filter(|last| *last < to) {
        let limit = format!("Najpóźniej {}: wtedy kończy się ostatnia edycja.", show_date(last));
        out.push(finding("III.2, koniec".into()).found(format!("Koniec: {}.", show_date(to))).limit(limit));
    }
    for (n, a) in (1..).zip(&content.activities) {
        let (Some(start), Some(end)) = (a.from, a.to) else { continue };
        if start < from || to < end || end < start {
            let place = format!("III.4, wiersz {n}");
            let said = format!("Termin działania: {}–{}.", show_date(start), show_date(end));
            let limit = format!("Termin zadania (III.2): {}–{}.", show_date(from), show_date(to));
            out.push(finding(place).found(said).limit(limit).hint("Popraw daty działania albo termin zadania."));
        }
    }
    out
}

/// The grant asked for fits the money of the contest and the most for one offer (R-OFF-10).
/// Basis: UDPP art. 13 ust. 2 pkt 2. Date: the announcement.
fn grant(content: &OfferContent, call: &CallContent) -> Option<Finding> {
    let asked = content.sources.grant;
    let pool = call.elements.allocation;
    let (limit, what) = match call.terms.offer_max.filter(|max| *max < pool) {
        Some(max) => (max, "Najwięcej na jedną ofertę"),
        None => (pool, "Pula konkursu"),
    };
    let excess = asked.saturating_sub_floor0(limit);
    (!excess.is_zero()).then(|| {
        Finding::block("R-OFF-10")
            .at(GRANT)
            .found(format!("Wnioskowana dotacja: {asked}."))
            .limit(format!("{what}: {limit}."))
            .basis("art. 13 ust. 2 pkt 2 UDPP")
            .hint(format!("Zmniejsz dotację o {excess}."))
            .amount(excess)
    })
}

/// The grant fits the cap over the planned hours of the offered groups (R-OFF-11).
/// Basis: the frozen cap terms (upz art. 62c ust. 3; uor2025 art. 200 ust. 4). Date: the frozen terms.
fn over_cap(content: &OfferContent, call: &CallContent, terms: &CapTerms) -> Vec<Finding> {
    if content.hours.is_empty() {
        return Vec::new(); // R-OFF-14 asks for the groups first
    }
    let hours = content.group_hours(call.rules.individual_hours_count);
    let counted = match cap(terms, &hours) {
        Ok(counted) => counted,
        Err(e) => return vec![Finding::block("R-OFF-11").at("IV.2, grupy").found(e.to_string())],
    };
    let amount = capped_amount(content, terms);
    let mut out = check_grant(&counted, terms, amount, call.rules.cap_binds);
    for finding in &mut out {
        if finding.rule.as_str() == "R-CAP-01" {
            finding.rule = RuleId::new("R-OFF-11");
        }
        GRANT.clone_into(&mut finding.place);
    }
    out
}

/// No trainer's hour costs more than the rate of the cap (R-CAP-03).
/// Basis: the frozen cap terms. Date: the frozen terms.
fn trainer_rates(content: &OfferContent, terms: &CapTerms) -> Vec<Finding> {
    let numbers = numbers(content);
    let trainers = numbers.iter().zip(&content.costs).filter(|(_, line)| line.trainer);
    trainers.filter_map(|(no, line)| check_trainer_rate(line.unit_cost, terms, &format!("V.A, wiersz {no}"))).collect()
}

/// An hour of a trainer that is not ticked as one would escape the rate of the cap (R-CAP-03).
/// Basis: the frozen cap terms. Date: the frozen terms.
fn unticked_trainers(content: &OfferContent, terms: &CapTerms) -> Vec<Finding> {
    let numbers = numbers(content);
    let unticked = numbers.iter().zip(&content.costs).filter(|(_, line)| !line.trainer && looks_like_training(line));
    let warn = |(no, line): (&String, &CostLine)| {
        Finding::new("R-CAP-03", Severity::Warn)
            .at(format!("V.A, wiersz {no}"))
            .found(format!("„{}”, {} za godzinę: nie zaznaczono, że to praca trenera.", line.name, line.unit_cost))
            .limit(format!("Godzina pracy trenera: najwyżej {}.", terms.rate))
            .basis(terms.basis.clone())
            .hint(
                "Jeśli to stawka trenera, zaznacz przy koszcie „Praca trenera, stawka za godzinę”. Jeśli nie, zostaw.",
            )
    };
    unticked.map(warn).collect()
}

/// Whether a cost reads like the pay of who leads classes, by the hour.
fn looks_like_training(line: &CostLine) -> bool {
    let (name, unit) = (line.name.to_lowercase(), line.unit.trim().to_lowercase());
    let by_hour = unit.contains("godz") || ["h", "1h", "1 h", "rbh"].contains(&unit.as_str());
    let who = ["trener", "prowadząc", "prowadzac", "instruktor"].iter().any(|word| name.contains(word));
    let what = name.contains("prowadzenie") && ["zaję", "zajec", "warsztat"].iter().any(|word| name.contains(word));
    by_hour && (who || what)
}

/// The share of administrative costs, where the announcement limits it (R-OFF-12).
/// Basis: the announcement only; the form itself knows no limit. Date: the announcement.
fn admin_share(content: &OfferContent, call: &CallContent) -> Option<Finding> {
    let limit = call.terms.admin_percent?;
    let (admin, total) = (admin_total(content)?, content.total()?);
    let share = admin.percent_of(total)?;
    let most = total.to_decimal().checked_mul(Decimal::from(limit))?.checked_div(Decimal::ONE_HUNDRED)?;
    (admin.to_decimal() > most).then(|| {
        Finding::block("R-OFF-12")
            .at("V.A, koszty administracyjne")
            .found(format!("Koszty administracyjne: {admin}, czyli {}% kosztów.", plain_share(share)))
            .limit(format!("Najwyżej {limit}% sumy kosztów."))
            .basis(ANNOUNCED)
            .hint("Zmniejsz koszty administracyjne.")
    })
}

/// The share of the offeror's own contribution, money and in kind together, where a call that supports the task
/// asks for one (R-OFF-12). A task that is entrusted is paid whole, so no share can be asked for (R-MODE-01).
/// Basis: the announcement only; the form itself knows no limit. Date: the announcement.
fn own_share(content: &OfferContent, call: &CallContent) -> Option<Finding> {
    let percent = call.money.min_own_percent.filter(|_| call.mode == Mode::Supporting)?;
    let table = sources(content)?;
    let least = table.total.to_decimal().checked_mul(Decimal::from(percent))?.checked_div(Decimal::ONE_HUNDRED)?;
    // Down, so that what is missing is never a fraction of a grosz too little.
    let over = Money::from_decimal_floor(table.own.to_decimal().checked_sub(least)?)?;
    let missing = Money::ZERO.saturating_sub_floor0(over);
    let [_, share, _] = table.shares;
    (!missing.is_zero()).then(|| {
        Finding::block("R-OFF-12")
            .at("V.B, wiersz 3")
            .found(format!("Wkład własny: {}, czyli {}% kosztów.", table.own, plain_share(share)))
            .limit(format!("Co najmniej {percent}% sumy kosztów."))
            .basis(ANNOUNCED)
            .hint(format!(
                "Zwiększ wkład własny o {missing} albo zmniejsz koszty; razem z dotacją musi się zgadzać suma V.B."
            ))
            .amount(missing)
    })
}

/// The share of the grant in all costs, where a call that supports the task limits it (R-OFF-12).
/// Basis: the announcement only; the form itself knows no limit. Date: the announcement.
fn grant_share(content: &OfferContent, call: &CallContent) -> Option<Finding> {
    let percent = call.money.max_grant_percent.filter(|_| call.mode == Mode::Supporting)?;
    let table = sources(content)?;
    let most = table.total.to_decimal().checked_mul(Decimal::from(percent))?.checked_div(Decimal::ONE_HUNDRED)?;
    let excess = table.grant.saturating_sub_floor0(Money::from_decimal_floor(most)?);
    let [share, ..] = table.shares;
    (!excess.is_zero()).then(|| {
        Finding::block("R-OFF-12")
            .at("V.B, wiersz 2")
            .found(format!("Wnioskowana dotacja: {}, czyli {}% kosztów.", table.grant, plain_share(share)))
            .limit(format!("Najwyżej {percent}% sumy kosztów."))
            .basis(ANNOUNCED)
            .hint(format!("Zmniejsz dotację o {excess} i o tyle samo zwiększ inne źródła."))
            .amount(excess)
    })
}

/// Entrusting pays the whole task, so own money and payments of recipients do not belong there (R-MODE-02).
/// Basis: UDPP art. 11 ust. 1. Date: the announcement.
fn mode(content: &OfferContent, call: &CallContent) -> Option<Finding> {
    let s = &content.sources;
    let other = Money::sum([s.own_financial, s.own_in_kind, s.recipients])?;
    (call.mode == Mode::Entrusting && !other.is_zero()).then(|| {
        Finding::new("R-MODE-02", Severity::Warn)
            .at("V.B, wiersz 3.1")
            .found(format!("Środki inne niż dotacja: {other}."))
            .limit("Przy powierzeniu dotacja pokrywa całe zadanie.")
            .basis("art. 11 ust. 1 UDPP")
            .hint("Możesz to zostawić, ale wkład własny nie daje punktów.")
    })
}
