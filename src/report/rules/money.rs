//! The arithmetic of part II and the limits of the contract's estimate.

use super::Facts;
use crate::error::AppError;
use crate::law::{Finding, Money, show_date};
use crate::report::model::{CostReport, ReportKind};
use crate::report::performed::{from_grant, sum};

const FORM: &str = "część II wzoru sprawozdania (Dz.U. 2018 poz. 2057, zał. nr 5)";

/// What was taken from the grant is a part of what was spent (R-REP-10).
/// Basis: annex 5, part II.1. Date: none.
pub fn items(facts: &Facts<'_>) -> Vec<Finding> {
    let wrong = facts.this.costs.iter().filter(|c| c.from_grant > c.actual);
    wrong
        .map(|c| {
            Finding::block("R-REP-10")
                .at(format!("Koszty, pozycja {}", c.item))
                .found(format!("Z dotacji {}, a wszystkich wydatków {}.", c.from_grant, c.actual))
                .limit("Wydatek z dotacji jest częścią wydatku w tej pozycji.")
                .basis(FORM)
                .hint("Popraw jedną z kwot w tej pozycji.")
                .amount(c.from_grant.saturating_sub_floor0(c.actual))
        })
        .collect()
}

/// All spending equals the sources it was paid from (R-REP-11).
/// Basis: annex 5, parts II.1 and II.2. Date: none.
pub fn sources(facts: &Facts<'_>) -> Result<Vec<Finding>, AppError> {
    let content = &facts.this.report.content;
    let spent = sum(facts.this.costs.iter().map(|c| c.actual))?;
    let grant = from_grant(&facts.this.costs)?;
    let charged = content.fees.as_ref().map(|f| f.spent).unwrap_or_default();
    let other = [content.bank_interest, content.other_income, content.own_financial, charged, content.in_kind];
    let covered = sum([grant].into_iter().chain(other))?;
    if spent == covered {
        return Ok(Vec::new());
    }
    let (gap, hint) = if spent > covered {
        (spent.saturating_sub_floor0(covered), "Dopisz źródło, z którego pokryto różnicę, albo popraw wydatki.")
    } else {
        (covered.saturating_sub_floor0(spent), "Zmniejsz źródła albo dopisz wydatki.")
    };
    let finding = Finding::block("R-REP-11")
        .at("Koszty, źródła finansowania")
        .found(format!("Wydatki: {spent}, źródła: {covered}."))
        .limit("Suma wydatków równa się sumie źródeł.")
        .basis(FORM)
        .hint(hint)
        .amount(gap);
    Ok(vec![finding])
}

/// What an item took from the grant, over all filed reports.
fn taken(facts: &Facts<'_>, item: &str) -> Result<Money, AppError> {
    from_grant(facts.parts().flat_map(|p| p.costs.iter()).filter(|c| c.item == item))
}

/// No item took more from the grant than the contract and its allowed shift; the administrative
/// block may not grow at all (R-REP-14).
/// Basis: contract § 5, by the terms of the call. Date: the estimate in force at filing.
pub fn shifts(facts: &Facts<'_>) -> Result<Vec<Finding>, AppError> {
    let percent = i64::from(facts.contract.terms.shift_percent);
    let (mut all, mut admin_taken, mut admin_planned) = (Vec::new(), Money::ZERO, Money::ZERO);
    for cost in &facts.this.costs {
        let taken = taken(facts, &cost.item)?;
        if cost.item.starts_with("II.") {
            admin_taken = sum([admin_taken, taken])?;
            admin_planned = sum([admin_planned, cost.planned])?;
        }
        let allowed = grown(cost.planned, percent)?;
        if taken > allowed {
            all.push(over(cost, taken, allowed, percent));
        }
    }
    if admin_taken > admin_planned {
        all.push(
            Finding::block("R-REP-14")
                .at("Koszty, blok II (koszty administracyjne)")
                .found(format!("Z dotacji pokryto {admin_taken}."))
                .limit(format!("Najwyżej {admin_planned}: kosztów administracyjnych nie zwiększa się przesunięciem."))
                .basis("§ 5 umowy; warunki konkursu")
                .hint("Pokryj różnicę z innych środków albo wyjaśnij ją urzędowi.")
                .amount(admin_taken.saturating_sub_floor0(admin_planned)),
        );
    }
    Ok(all)
}

/// Planned money with the allowed growth, cut down to whole grosze.
fn grown(planned: Money, percent: i64) -> Result<Money, AppError> {
    let more = i128::from(planned.grosze()).saturating_mul(i128::from(percent)) / 100;
    let more = i64::try_from(more).map_err(|e| AppError::Internal(Box::new(e)))?;
    sum([planned, Money::from_grosze(more)])
}

fn over(cost: &CostReport, taken: Money, allowed: Money, percent: i64) -> Finding {
    Finding::block("R-REP-14")
        .at(format!("Koszty, pozycja {}", cost.item))
        .found(format!("Z dotacji pokryto {taken}, umowa przewiduje {}.", cost.planned))
        .limit(format!("Najwyżej {allowed}: przesunięcie może zwiększyć pozycję o {percent}%."))
        .basis("§ 5 umowy; warunki konkursu")
        .hint("Pokryj różnicę z innych środków albo wyjaśnij ją urzędowi; nadwyżka może podlegać zwrotowi.")
        .amount(taken.saturating_sub_floor0(allowed))
}

/// All reports together do not take more than the grant (R-REP-16).
/// Basis: contract § 3. Date: none.
pub fn together(facts: &Facts<'_>) -> Result<Vec<Finding>, AppError> {
    let all = from_grant(facts.parts().flat_map(|p| p.costs.iter()))?;
    let grant = facts.contract.grant;
    if all <= grant {
        return Ok(Vec::new());
    }
    let finding = Finding::block("R-REP-16")
        .at("Koszty, suma sprawozdań")
        .found(format!("Wszystkie sprawozdania razem pokazują z dotacji {all}."))
        .limit(format!("Dotacja wynosi {grant}."))
        .basis("§ 3 umowy")
        .hint("Sprawdź, czy ten sam wydatek nie stoi w dwóch sprawozdaniach; resztę pokryj z innych środków.")
        .amount(all.saturating_sub_floor0(grant));
    Ok(vec![finding])
}

/// What was paid and not used comes back, with unused interest and income (R-REP-13).
/// Basis: contract § 10. Date: the last day for returns in the contract.
pub fn unused(facts: &Facts<'_>) -> Result<Vec<Finding>, AppError> {
    if facts.this.report.kind != ReportKind::Final {
        return Ok(Vec::new());
    }
    let used = from_grant(facts.parts().flat_map(|p| p.costs.iter()))?;
    let unused = facts.paid.saturating_sub_floor0(used);
    if unused.is_zero() {
        return Ok(Vec::new());
    }
    // The contract of a local programme names no account (the office has set that of the Labour Fund).
    let local = facts.contract.rules.is_local();
    let account = if local { ", który wskaże urząd (§ 10 umowy)" } else { " urzędu podany w umowie" };
    let finding = Finding::info("R-REP-13")
        .at("rozliczenie dotacji")
        .found(format!("Wypłacono {}, wykorzystano {used}.", facts.paid))
        .limit(format!("Niewykorzystana część wraca do {}.", show_date(facts.contract.return_until)))
        .basis("§ 10 umowy")
        .hint(format!("Zwróć tę kwotę na rachunek{account}."))
        .amount(unused);
    Ok(vec![finding])
}
