//! What cancels a contest.

use super::super::model::{CallContent, CancelFacts, CancelReason};
use crate::law::{Finding, Instant, show_instant, show_until};

const LIMIT: &str = "Konkurs unieważnia się, gdy nie złożono żadnej oferty albo żadna nie spełnia wymogów ogłoszenia.";

/// A contest is cancelled because nobody filed an offer, or no offer meets the requirements; otherwise only
/// by a withdrawal that the announcement reserved, with a warning (R-CANCEL-01).
/// Basis: UDPP art. 18a ust. 1.
/// Date: after the deadline, as the offers stand then; a withdrawal also before it. `open_until` is the deadline that has
/// not passed yet.
#[must_use]
pub fn check_cancel(
    reason: CancelReason,
    facts: CancelFacts,
    open_until: Option<Instant>,
    content: &CallContent,
) -> Vec<Finding> {
    if reason == CancelReason::OrganWithdrawal {
        return vec![withdrawal(content)];
    }
    if holds(reason, facts, open_until) {
        return Vec::new();
    }
    let chosen = |found: &str| format!("Wybrany powód: {}. {found}", reason.label());
    let finding = match obstacle(facts, open_until) {
        Some(finding) => Finding { found: chosen(&finding.found), ..finding },
        None if facts.filed == 0 => refused(chosen("Nie złożono żadnej oferty."), "Wybierz ten drugi powód."),
        None => refused(chosen(&format!("Złożone oferty: {}.", facts.filed)), "Wybierz ten drugi powód."),
    };
    vec![finding]
}

/// The reasons that a deed of today could give.
/// Basis and date: as [`check_cancel`].
#[must_use]
pub fn possible_reasons(facts: CancelFacts, open_until: Option<Instant>, content: &CallContent) -> Vec<CancelReason> {
    let stands = |reason: &CancelReason| match reason {
        CancelReason::NoOffers | CancelReason::NoneCompliant => holds(*reason, facts, open_until),
        CancelReason::OrganWithdrawal => !content.reservation.trim().is_empty(),
    };
    CancelReason::ALL.into_iter().filter(stands).collect()
}

/// Whether a reason of the act is there.
fn holds(reason: CancelReason, facts: CancelFacts, open_until: Option<Instant>) -> bool {
    match reason {
        CancelReason::NoOffers => open_until.is_none() && facts.filed == 0,
        CancelReason::NoneCompliant => open_until.is_none() && facts.filed > 0 && facts.compliant == Some(0),
        CancelReason::OrganWithdrawal => false,
    }
}

/// What stands in the way of both reasons of the act, and until when; nothing where one of them is there (R-CANCEL-01).
/// Basis: UDPP art. 18a ust. 1. Date: as [`check_cancel`].
#[must_use]
pub fn obstacle(facts: CancelFacts, open_until: Option<Instant>) -> Option<Finding> {
    if let Some(end) = open_until {
        let found = format!("Termin składania ofert jeszcze nie minął: trwa do {}.", show_until(end));
        let hint = format!(
            "Poczekaj. Unieważnić można od {}, jeśli nikt nie złoży oferty, a jeśli ktoś złoży – po ocenie formalnej, \
             gdy żadna oferta nie spełni wymogów.",
            show_instant(end)
        );
        return Some(refused(found, hint));
    }
    let filed = facts.filed;
    match facts.compliant {
        _ if filed == 0 => None,
        Some(0) => None,
        Some(n) => Some(refused(
            format!("Złożone oferty: {filed}. Oferty, które spełniają wymogi: {n}."),
            "Tego konkursu nie unieważnia się: oferty opiniuje komisja, a wybiera z nich organ.",
        )),
        None => Some(refused(
            format!("Złożone oferty: {filed}. Ocena formalna ofert nie jest zakończona."),
            "Dokończ ocenę formalną. Unieważnić można, gdy żadna oferta nie spełni wymogów.",
        )),
    }
}

fn refused(found: impl Into<String>, hint: impl Into<String>) -> Finding {
    Finding::block("R-CANCEL-01")
        .at("powód unieważnienia")
        .found(found)
        .limit(LIMIT)
        .basis("art. 18a ust. 1 UDPP")
        .hint(hint)
}

fn withdrawal(content: &CallContent) -> Finding {
    let reservation = content.reservation.trim();
    if reservation.is_empty() {
        return refused(
            "Organ chce odstąpić od konkursu, a ogłoszenie nie zastrzega takiej możliwości.",
            "Wybierz powód z ustawy; bez zastrzeżenia w ogłoszeniu odstąpić nie można.",
        );
    }
    Finding::warn("R-CANCEL-01")
        .at("powód unieważnienia")
        .found(format!("Organ odstępuje od konkursu na podstawie zastrzeżenia: „{reservation}”."))
        .limit("Ustawa zna tylko dwa powody unieważnienia; odstąpienie z zastrzeżenia można podważyć.")
        .basis("art. 18a ust. 1 UDPP")
        .hint("Zanim organ odstąpi, niech oceni to radca prawny; powód zobaczą wszyscy.")
}

/// A reservation in the announcement is doubtful, and the office hears so while it writes it (R-CANCEL-01).
/// Basis: UDPP art. 18a ust. 1. Date: the announcement.
#[must_use]
pub fn reserved(content: &CallContent) -> Option<Finding> {
    (!content.reservation.trim().is_empty()).then(|| {
        Finding::warn("R-CANCEL-01")
            .at("zastrzeżenie organu")
            .found("Ogłoszenie zastrzega, że organ może odstąpić od konkursu.")
            .limit("Ustawa zna tylko dwa powody unieważnienia; zastrzeżenie jest wątpliwe prawnie.")
            .basis("art. 18a ust. 1 UDPP")
            .hint("Zostaw to pole puste, jeśli zastrzeżenie nie jest konieczne.")
    })
}
