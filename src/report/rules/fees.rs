//! Payments of recipients: part II.3 and row 2.2 of part II.2.

use super::Facts;
use crate::error::AppError;
use crate::law::Finding;
use crate::report::fees::{FeesTaken, taken_and_spent};
use crate::report::model::ReportKind;

const FORM: &str = "część II.3 i wiersz 2.2 części II.2 wzoru sprawozdania (Dz.U. 2018 poz. 2057, zał. nr 5)";
const PLACE: &str = "Koszty, II.3 świadczenia od odbiorców";

/// A task that the offer declared as paid says what was taken: conditions, the most that one recipient paid, and all
/// of it; nobody paid more than the offer had said, or the report says why; no more was spent than was taken, and at
/// the end what was not spent on the task comes back (R-REP-18).
/// Basis: annex 5, parts II.2 and II.3; annex 1, part VI.1; contract § 2, § 3 and § 10. Date: none.
pub fn fees(facts: &Facts<'_>) -> Result<Vec<Finding>, AppError> {
    if !facts.contract.charges() {
        return Ok(Vec::new());
    }
    let Some(taken) = &facts.this.report.content.fees else {
        let missing = block("Nie podano, ile pobrano od odbiorców.")
            .limit("Oferta zapowiada opłaty, więc sprawozdanie podaje ich warunki i kwoty.")
            .hint("Uzupełnij część „Koszty i źródła”; jeśli niczego nie pobrano, zostaw kwoty puste i zapisz.");
        return Ok(vec![missing]);
    };
    let mut all = gaps(taken);
    all.extend(higher(facts, taken));
    all.extend(spent(facts)?);
    Ok(all)
}

fn block(found: impl Into<String>) -> Finding {
    Finding::block("R-REP-18").at(PLACE).found(found).basis(FORM)
}

/// Conditions and amounts go together.
fn gaps(taken: &FeesTaken) -> Vec<Finding> {
    let paid = !taken.total.is_zero();
    let gap = |found: &str, hint: &str| {
        block(found).limit("Część II.3 podaje warunki, opłatę jednego odbiorcy i łączną kwotę.").hint(hint)
    };
    let mut all = Vec::new();
    if paid && taken.conditions.trim().is_empty() {
        all.push(gap("Nie podano, na jakich warunkach pobierano opłaty.", "Napisz, kto płacił i za co."));
    }
    if paid && taken.highest.is_zero() {
        all.push(gap("Nie podano najwyższej opłaty jednego odbiorcy.", "Wpisz, ile najwięcej zapłaciła jedna osoba."));
    }
    if taken.highest > taken.total {
        let found = format!("Jeden odbiorca zapłacił {}, a wszyscy razem {}.", taken.highest, taken.total);
        all.push(gap(&found, "Popraw jedną z tych kwot."));
    }
    all
}

/// What one recipient paid against what the offer said.
fn higher(facts: &Facts<'_>, taken: &FeesTaken) -> Option<Finding> {
    let declared = facts.contract.fees.as_ref().map(|fees| fees.amount)?;
    if taken.highest <= declared {
        return None;
    }
    let said = taken.why_more.trim();
    let finding = if said.is_empty() {
        block(format!("Jeden odbiorca zapłacił {}.", taken.highest))
            .hint("Popraw kwotę albo wyjaśnij, dlaczego opłata była wyższa.")
    } else {
        Finding::warn("R-REP-18")
            .at(PLACE)
            .found(format!("Jeden odbiorca zapłacił {}. Wyjaśnienie: {said}", taken.highest))
            .basis(FORM)
            .hint("Urząd ocenia wyjaśnienie przy przyjęciu sprawozdania.")
    };
    Some(
        finding
            .limit(format!("Oferta (część VI.1) zapowiada najwyżej {declared} od jednego odbiorcy."))
            .amount(taken.highest.saturating_sub_floor0(declared)),
    )
}

/// What was spent of the payments, over all filed reports.
fn spent(facts: &Facts<'_>) -> Result<Option<Finding>, AppError> {
    let all: Vec<&FeesTaken> = facts.parts().filter_map(|p| p.report.content.fees.as_ref()).collect();
    let (total, spent) = taken_and_spent(all.into_iter())?;
    if spent > total {
        let finding = block(format!("Z opłat odbiorców wydano {spent}, a pobrano {total}."))
            .limit("Wydać można tyle, ile pobrano.")
            .hint("Popraw wiersz 2.2 albo łączną kwotę pobranych opłat.")
            .amount(spent.saturating_sub_floor0(total));
        return Ok(Some(finding));
    }
    let left = total.saturating_sub_floor0(spent);
    if facts.this.report.kind != ReportKind::Final || left.is_zero() {
        return Ok(None);
    }
    let finding = Finding::warn("R-REP-18")
        .at(PLACE)
        .found(format!("Od odbiorców pobrano {total}, a na zadanie wydano z tego {spent}."))
        .limit("Przychody z zadania wydaje się wyłącznie na zadanie.")
        .basis("§ 2 i § 10 umowy")
        .hint(
            "Jeśli na zadanie wydano więcej, popraw wiersz 2.2. Reszta wraca do urzędu jak dotacja pobrana w nadmiernej \
             wysokości; dopóki nie wpłynie, rozliczenia nie można zamknąć.",
        )
        .amount(left);
    Ok(Some(finding))
}
