//! The first content of a contract, made from what is already agreed.

use chrono::{Datelike, NaiveDate};

use super::model::{ContractContent, Party, Supplemented, Tranche};
use super::rules::{RETURN_DAYS, USE_DAYS};
use super::{clauses, rules};
use crate::account::{Organisation, OrganisationContent};
use crate::award::AwardLine;
use crate::call::{Call, Terms};
use crate::error::AppError;
use crate::law::{CapTerms, Finding, Money, RuleSet, Tables, add_days, warsaw_date};
use crate::offer::{FrozenPartner, Offer, OfferVersion};
use crate::programme::{Edition, Group};
use crate::review::Supplement;
use crate::store::TrancheId;

/// What a contract is made from.
pub(super) struct Agreed<'a> {
    pub call: &'a Call,
    pub offer: &'a Offer,
    pub version: &'a OfferVersion,
    pub supplement: Option<&'a Supplement>,
    pub line: &'a AwardLine,
    pub organisation: &'a Organisation,
    pub tables: &'a Tables,
    pub today: NaiveDate,
}

/// The whole first content, clauses included.
///
/// # Errors
/// `Refused` (R-TAB-01) when the wage of the day is not in the table.
pub(super) fn content(a: &Agreed<'_>) -> Result<ContractContent, AppError> {
    let call = &a.call.content;
    let offer = &a.version.content.offer;
    let groups: Vec<Group> = call
        .groups
        .iter()
        .filter(|g| offer.hours.is_empty() || offer.hours.iter().any(|h| h.group == g.code))
        .cloned()
        .collect();
    let editions: Vec<Edition> = call
        .editions
        .iter()
        .filter(|e| groups.is_empty() || groups.iter().any(|g| g.edition == e.no))
        .cloned()
        .collect();
    let starts = offer.starts.or(editions.iter().map(|e| e.from).min()).unwrap_or(a.today);
    let ends = offer.ends.or(editions.iter().map(|e| e.to).max()).unwrap_or(starts);
    let use_until = use_until(ends);
    let mut out = ContractContent {
        call_number: a.call.number().to_owned(),
        offer_number: a.offer.number.clone().unwrap_or_default(),
        offer_sha256: a.version.sha256.clone(),
        supplement: a.supplement.map(supplemented),
        title: offer.title.clone(),
        mode: call.mode,
        contractor: party(a.organisation),
        partners: a.version.content.partners.iter().map(partner).collect(),
        cap: cap_terms(&call.rules, a.tables, a.today, &call.terms)?,
        rules: call.rules.clone(),
        terms: call.terms.clone(),
        starts,
        ends,
        use_until,
        return_until: add_days(use_until, RETURN_DAYS),
        grant: a.line.granted,
        account: a.organisation.content.account.clone(),
        tranches: propose_tranches(a.line.granted, &editions, &groups, a.today),
        clauses: Vec::new(),
        editions,
        groups,
        hours: offer.hours.clone(),
        activities: offer.activities.clone(),
        results: offer.results.clone(),
        costs: offer.costs.clone(),
        sources: offer.sources.clone(),
        fees: offer.fees.clone().filter(|_| call.applies().paid),
        gminas: call.gminas.clone(),
        office_signatory: String::new(),
        assumed: call.assumed.clone(),
    };
    out.clauses = clauses::propose(&out);
    Ok(out)
}

/// The cap with the rate of the contract date (RSD: the wage of that day).
/// Basis: the rule set's own. Date: the day of the contract.
///
/// # Errors
/// `Refused` when a value of that day is not in the tables (R-TAB-01).
pub(super) fn cap_terms(rules: &RuleSet, tables: &Tables, on: NaiveDate, terms: &Terms) -> Result<CapTerms, AppError> {
    match rules.cap_terms(tables, on, terms.policy, terms.scope, terms.unit) {
        Ok(cap) => Ok(cap),
        Err(_) if !rules.has_cap() => Ok(uncapped(rules, terms)),
        Err(finding) => Err(AppError::refused(with_hint(finding))),
    }
}

/// A local programme without a cap: the terms carry no rate and nothing checks against it.
fn uncapped(rules: &RuleSet, terms: &Terms) -> CapTerms {
    CapTerms {
        rate: Money::ZERO,
        group: None,
        policy: terms.policy,
        scope: terms.scope,
        unit: terms.unit,
        basis: rules.act.clone(),
    }
}

fn with_hint(finding: Finding) -> Finding {
    let limit = "Stawkę wyznacza minimalne wynagrodzenie z dnia zawarcia umowy.";
    if finding.limit.is_empty() { finding.limit(limit) } else { finding }
}

/// Costs may be paid for some days after the task, never past its budget year.
fn use_until(ends: NaiveDate) -> NaiveDate {
    let by = add_days(ends, USE_DAYS);
    NaiveDate::from_ymd_opt(ends.year(), 12, 31).map_or(by, |last| by.min(last))
}

/// A partner as the submission froze it.
fn partner(frozen: &FrozenPartner) -> Party {
    Party {
        name: frozen.name.clone(),
        krs: frozen.krs.clone(),
        nip: frozen.nip.clone(),
        represented_by: people(&frozen.organisation),
        details: frozen.organisation.clone(),
    }
}

fn supplemented(given: &Supplement) -> Supplemented {
    Supplemented { on: warsaw_date(given.arrived_at), sha256: given.sha256.clone() }
}

fn people(org: &OrganisationContent) -> String {
    let people = org.representatives.iter();
    let said =
        people.map(|r| if r.function.is_empty() { r.name.clone() } else { format!("{} – {}", r.name, r.function) });
    said.collect::<Vec<_>>().join(", ")
}

fn party(org: &Organisation) -> Party {
    Party {
        name: org.name.clone(),
        krs: org.krs.as_ref().map(|k| k.as_str().to_owned()),
        nip: org.nip.as_str().to_owned(),
        represented_by: people(&org.content),
        details: org.content.clone(),
    }
}

/// A tranche for each edition, in proportion to its groups; the parts add up to the
/// grant to the grosz, because each is the difference of two rounded running totals.
#[must_use]
pub fn propose_tranches(grant: Money, editions: &[Edition], groups: &[Group], today: NaiveDate) -> Vec<Tranche> {
    let of = |no: u32| groups.iter().filter(|g| g.edition == no).count();
    let all = i128::try_from(groups.len()).unwrap_or_default();
    let mut out: Vec<Tranche> = Vec::new();
    let (mut seen, mut given, mut previous) = (0_i128, Money::ZERO, 0_u32);
    for edition in editions.iter().filter(|e| of(e.no) > 0) {
        seen += i128::try_from(of(edition.no)).unwrap_or_default();
        let Some(total) = share(grant, seen, all) else { break };
        let amount = total.saturating_sub_floor0(given);
        given = total;
        let no = u32::try_from(out.len()).unwrap_or(u32::MAX).saturating_add(1);
        let condition = if no == 1 {
            "podpisanie umowy przez obie strony".to_owned()
        } else {
            format!("zaakceptowanie sprawozdania częściowego z edycji {previous}")
        };
        let due_on = if no == 1 { edition.from.max(today) } else { edition.from };
        out.push(Tranche { id: TrancheId::new(), no, due_on, amount, condition });
        previous = edition.no;
    }
    if out.is_empty() || out.iter().any(|t| t.amount.is_zero()) { vec![whole(grant, today)] } else { out }
}

/// `grant · part / all`, cut down to the grosz; the whole for the last part.
fn share(grant: Money, part: i128, all: i128) -> Option<Money> {
    let grosze = i128::from(grant.grosze()).checked_mul(part)?.checked_div(all)?;
    i64::try_from(grosze).ok().map(Money::from_grosze)
}

fn whole(grant: Money, today: NaiveDate) -> Tranche {
    Tranche {
        id: TrancheId::new(),
        no: 1,
        due_on: add_days(today, rules::PAY_DAYS),
        amount: grant,
        condition: "podpisanie umowy przez obie strony".into(),
    }
}
