//! What cancels a contest.

use super::super::model::{CallContent, CancelFacts, CancelReason};
use crate::law::Finding;

const LIMIT: &str = "Konkurs unieważnia się, gdy nie złożono żadnej oferty albo żadna nie spełnia wymogów ogłoszenia.";

/// A contest is cancelled because nobody filed an offer, or no offer meets the requirements; otherwise only
/// by a withdrawal that the announcement reserved, with a warning (R-CANCEL-01).
/// Basis: UDPP art. 18a ust. 1.
/// Date: after the deadline, as the offers stand then; a withdrawal also before it.
#[must_use]
pub fn check_cancel(
    reason: CancelReason,
    facts: CancelFacts,
    after_deadline: bool,
    content: &CallContent,
) -> Vec<Finding> {
    if reason == CancelReason::OrganWithdrawal {
        return vec![withdrawal(content)];
    }
    let found = match (after_deadline, reason, facts) {
        (false, _, _) => "Termin składania ofert jeszcze nie minął.".to_owned(),
        (true, CancelReason::NoOffers, CancelFacts { filed: 0, .. }) => return Vec::new(),
        (true, CancelReason::NoOffers, CancelFacts { filed, .. }) => format!("Złożone oferty: {filed}."),
        (true, _, CancelFacts { filed: 0, .. }) => "Nie złożono żadnej oferty.".to_owned(),
        (true, _, CancelFacts { compliant: Some(0), .. }) => return Vec::new(),
        (true, _, CancelFacts { compliant: Some(n), .. }) => format!("Oferty, które spełniają wymogi: {n}."),
        (true, _, CancelFacts { compliant: None, .. }) => "Ocena formalna ofert nie jest zakończona.".to_owned(),
    };
    vec![
        Finding::block("R-CANCEL-01")
            .at("powód unieważnienia")
            .found(format!("Wybrany powód: {}. {found}", reason.label()))
            .limit(LIMIT)
            .basis("art. 18a ust. 1 UDPP")
            .hint("Wybierz powód zgodny z wynikiem naboru."),
    ]
}

fn withdrawal(content: &CallContent) -> Finding {
    let reservation = content.reservation.trim();
    if reservation.is_empty() {
        return Finding::block("R-CANCEL-01")
            .at("powód unieważnienia")
            .found("Organ chce odstąpić od konkursu, a ogłoszenie nie zastrzega takiej możliwości.")
            .limit(LIMIT)
            .basis("art. 18a ust. 1 UDPP")
            .hint("Wybierz powód z ustawy; bez zastrzeżenia w ogłoszeniu odstąpić nie można.");
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
