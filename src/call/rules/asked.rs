//! What the announcement asks of offers beside the seven elements: attachments, the formal card, corrections.

use super::super::model::{AskedAttachment, CORRECTABLE, CallContent, FormalQuestion};
use crate::law::Finding;

/// Questions whose defect touches what an offer is: a correction may not mend it.
const FIXED: [&str; 6] = ["deadline", "entitled", "term", "grant", "subject", "own_share"];

/// Nobody is asked for an extract of a register that the office reads itself (R-ANN-06).
/// Basis: art. 4 ust. 4aa of the act on the National Court Register.
/// Date: the announcement.
pub fn attachments(list: &[AskedAttachment]) -> Vec<Finding> {
    list.iter()
        .filter(|a| {
            let name = a.name.to_lowercase();
            name.contains("odpis") && (name.contains("krs") || name.contains("rejestru sądowego"))
        })
        .map(|a| {
            Finding::warn("R-ANN-06")
                .at(format!("załącznik „{}”", a.name))
                .found("Ogłoszenie prosi o odpis z KRS.")
                .limit("Wystarcza wydruk z wyszukiwarki KRS; urząd sprawdza rejestr sam.")
                .basis("art. 4 ust. 4aa ustawy o Krajowym Rejestrze Sądowym")
                .hint("Usuń ten załącznik albo poproś o dokument z innego rejestru.")
        })
        .collect()
}

/// The formal card asks at least for the deadline and the standing of the offeror (R-FRM-01), and no
/// question about the core of an offer may be corrected (R-COR-01).
/// Basis: UDPP art. 14 and 15 ust. 1; the announcement. Date: the announcement.
pub fn formal(list: &[FormalQuestion]) -> Vec<Finding> {
    let card = |found: String| {
        Finding::block("R-FRM-01")
            .at("karta formalna")
            .found(found)
            .limit("Karta formalna pyta co najmniej o termin wpływu oferty i o to, czy złożył ją uprawniony podmiot.")
            .basis("art. 13 ust. 2 pkt 5 i art. 14 UDPP")
            .hint("Uzupełnij kartę formalną.")
    };
    let mut findings = Vec::new();
    for (key, what) in [("deadline", "termin wpływu oferty"), ("entitled", "uprawnienie oferenta")] {
        if !list.iter().any(|q| q.key == key) {
            findings.push(card(format!("Karta nie pyta o {what}.")));
        }
    }
    for (no, q) in (1..).zip(list) {
        if q.text.trim().is_empty() {
            findings.push(card(format!("Pytanie {no} nie ma treści.")));
        }
        if list.iter().filter(|other| other.key == q.key).count() > 1 {
            findings.push(card(format!("Klucz pytania {no} powtarza się.")));
        }
        if q.correctable && FIXED.contains(&q.key.as_str()) {
            findings.push(untouchable(format!("pytanie {no}"), format!("Brak można uzupełnić: „{}”", q.text)));
        }
    }
    findings
}

/// A correction touches neither scope, price nor persons (R-COR-01), and there is one for everybody.
/// Basis: the announcement; UDPP is silent on corrections. Date: the announcement.
pub fn correction(content: &CallContent) -> Vec<Finding> {
    let c = &content.correction;
    let mut findings: Vec<Finding> = CORRECTABLE
        .iter()
        .filter(|part| !part.lawful && c.allowed.iter().any(|key| key == part.key))
        .map(|part| untouchable("uzupełnianie braków".into(), format!("Pozwolono zmieniać: {}.", part.label)))
        .collect();
    if !c.once {
        findings.push(
            Finding::block("R-COR-01")
                .at("uzupełnianie braków")
                .found("Ogłoszenie dopuszcza kilka wezwań, a do każdej oferty można wysłać jedno.")
                .limit("Jedno wezwanie do każdej oferty, na tych samych zasadach dla wszystkich.")
                .basis("zasady konkursu w ogłoszeniu")
                .hint("Zaznacz, że wezwanie jest jedno."),
        );
    }
    let mut warn = |found: String, limit: &str, hint: &str| {
        let finding = Finding::warn("R-COR-01").at("uzupełnianie braków").found(found);
        findings.push(finding.limit(limit).basis("zasady konkursu w ogłoszeniu").hint(hint));
    };
    for q in content.formal.iter().filter(|q| q.correctable) {
        let part = CORRECTABLE.iter().find(|part| part.lawful && part.key == q.key);
        if let Some(part) = part.filter(|part| !c.allowed.iter().any(|key| key == part.key)) {
            warn(
                format!("Karta formalna pozwala uzupełnić brak, a zasady nie: {}.", part.label),
                "Karta formalna i zasady uzupełniania mówią to samo.",
                "Zaznacz tę część oferty albo zmień kartę formalną.",
            );
        }
    }
    findings
}

fn untouchable(place: String, found: String) -> Finding {
    Finding::block("R-COR-01")
        .at(place)
        .found(found)
        .limit("Uzupełnienie nie zmienia zakresu, ceny ani osób i nie zastępuje terminu ani uprawnienia oferenta.")
        .basis("zasady konkursu w ogłoszeniu; równe traktowanie oferentów (art. 5 ust. 3 UDPP)")
        .hint("Zaznacz, że tego braku nie można uzupełnić.")
}
