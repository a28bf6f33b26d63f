//! The figures of a contract, from its filed reports and its payments.

use chrono::NaiveDate;

use super::model::{Figures, ReturnClass, ReturnLine};
use super::store;
use crate::contract::{Contract, ContractContent, Payment, PaymentKind};
use crate::error::AppError;
use crate::law::{Money, add_days, warsaw_date};
use crate::report::performed::{cap_over, from_grant, group_hours, planned_hours, sum, under_cap};
use crate::report::{CostReport, HoursLine, Part, Report, ReportKind, taken_and_spent};
use crate::store::Read;

/// Days to return money after the office found that it must come back (contract § 10; ufp art. 252 ust. 1).
const TERM: u32 = 15;

/// The figures of one contract. Filed reports count; an open draft does not.
///
/// # Errors
/// Those of the database.
pub fn figures(r: &mut Read<'_>, contract: &Contract) -> Result<Figures, AppError> {
    let (parts, payments) = store::of_contract_with_rows(r, contract)?;
    figures_of(&contract.content, &parts, &payments)
}

/// The figures on facts already read.
/// Basis: contract § 10; ufp art. 251–252 accordingly; the cap of the frozen terms.
/// Date: returns by the day the office accepted the report; the cap by the frozen terms.
///
/// # Errors
/// `Internal` when a sum is beyond any money.
pub fn figures_of(content: &ContractContent, parts: &[Part], payments: &[Payment]) -> Result<Figures, AppError> {
    let filed: Vec<&Part> = parts.iter().filter(|p| p.report.is_filed()).collect();
    let costs = || filed.iter().flat_map(|p| p.costs.iter());
    let paid = total(payments, |k| matches!(k, PaymentKind::Tranche(_)))?;
    let returned = total(payments, |k| *k == PaymentKind::Return)?;
    let used = from_grant(costs())?;
    let ineligible = sum(filed.iter().map(|p| p.report.content.ineligible))?;
    let hours: Vec<HoursLine> = filed.iter().flat_map(|p| p.hours.iter().cloned()).collect();
    let (performed, planned) =
        (cap_over(content, &group_hours(content, &hours))?, cap_over(content, &planned_hours(content))?);
    let unused = paid.saturating_sub_floor0(used);
    let excess =
        if content.rules.has_cap() { above(content, costs(), used, ineligible, performed.total)? } else { Money::ZERO };
    let left = used.saturating_sub_floor0(ineligible).saturating_sub_floor0(excess);
    let unspent_fees = unspent_fees(content, &filed)?.min(left);
    let components = [
        (ReturnClass::Unused, unused),
        (ReturnClass::ContraryToPurpose, ineligible),
        (ReturnClass::InExcess, excess),
        (ReturnClass::UnspentFees, unspent_fees),
    ];
    let dates = Dates::of(content, &filed, payments);
    Ok(Figures {
        grant: content.grant,
        paid,
        used,
        unused,
        ineligible,
        cap_planned: planned.total,
        cap_performed: performed.total,
        minutes_planned: planned.minutes.get(),
        minutes_performed: performed.minutes.get(),
        implied_rate: performed.implied_rate(used),
        excess,
        unspent_fees,
        to_return: sum(components.iter().map(|(_, amount)| *amount))?,
        returned,
        returns: components.into_iter().filter(|(_, m)| !m.is_zero()).map(|(c, m)| dates.line(c, m)).collect(),
    })
}

fn total(payments: &[Payment], kind: impl Fn(&PaymentKind) -> bool) -> Result<Money, AppError> {
    sum(payments.iter().filter(|p| kind(&p.kind)).map(|p| p.amount))
}

/// What the eligible part of the grant has above the cap. Under a cap on trainers' lines it is their
/// excess, but never more than what is left of the grant after the ineligible costs: no złoty comes
/// back twice.
fn above<'a>(
    content: &ContractContent,
    costs: impl Iterator<Item = &'a CostReport>,
    used: Money,
    ineligible: Money,
    cap: Money,
) -> Result<Money, AppError> {
    let eligible = used.saturating_sub_floor0(ineligible);
    match content.cap.scope {
        crate::law::CapScope::WholeGrant => Ok(eligible.saturating_sub_floor0(cap)),
        crate::law::CapScope::TrainerLines => Ok(under_cap(content, costs)?.saturating_sub_floor0(cap).min(eligible)),
    }
}

/// Payments of recipients taken and not spent on the task, once the final report says what became of them. They come
/// back like a grant taken in excess, so the caller lets no more come back than is left of the grant.
/// Basis: contract § 2 and § 10; art. 252 ust. 1 pkt 2 ufp accordingly. Date: none.
fn unspent_fees(content: &ContractContent, filed: &[&Part]) -> Result<Money, AppError> {
    if !content.charges() || !filed.iter().any(|p| p.report.kind == ReportKind::Final) {
        return Ok(Money::ZERO);
    }
    let (taken, spent) = taken_and_spent(filed.iter().filter_map(|p| p.report.content.fees.as_ref()))?;
    Ok(taken.saturating_sub_floor0(spent))
}

/// The days that returns are counted from.
struct Dates {
    return_until: NaiveDate,
    /// When the office found it: the last acceptance; until then the last filing, as a forecast.
    found_on: NaiveDate,
    /// When the grant was transferred first.
    paid_on: NaiveDate,
}

impl Dates {
    fn of(content: &ContractContent, filed: &[&Part], payments: &[Payment]) -> Dates {
        let accepted = filed.iter().filter_map(|p| p.report.content.accepted_on).max();
        let filed_on = |r: &Report| r.submitted_at.map(warsaw_date);
        let arrived = filed.iter().filter_map(|p| filed_on(&p.report)).max();
        let tranches = payments.iter().filter(|p| matches!(p.kind, PaymentKind::Tranche(_)));
        Dates {
            return_until: content.return_until,
            found_on: accepted.or(arrived).unwrap_or(content.ends),
            paid_on: tranches.map(|p| p.paid_on).min().unwrap_or(content.starts),
        }
    }

    fn line(&self, class: ReturnClass, amount: Money) -> ReturnLine {
        let due_on = match class {
            ReturnClass::Unused => self.return_until,
            ReturnClass::ContraryToPurpose | ReturnClass::InExcess | ReturnClass::UnspentFees => {
                add_days(self.found_on, TERM)
            }
        };
        let interest_from = match class {
            ReturnClass::Unused | ReturnClass::InExcess | ReturnClass::UnspentFees => add_days(due_on, 1),
            ReturnClass::ContraryToPurpose => self.paid_on,
        };
        ReturnLine { class, amount, due_on, interest_from }
    }
}
