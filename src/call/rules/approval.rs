//! The organ approves a text first; only then its papers hang and its places are recorded.

use super::super::model::{Approval, Preparer};
use crate::law::{Finding, show_instant};

/// Nobody approved the text whose places somebody records (R-PUB-02).
/// Basis: UDPP art. 11 ust. 2b and art. 13 ust. 3. Date: the day of recording.
#[must_use]
pub fn unapproved() -> Finding {
    Finding::block("R-PUB-02")
        .at("treść ogłoszenia")
        .found("Tej treści organ jeszcze nie zatwierdził.")
        .limit("Ogłasza się treść, którą organ zatwierdził wcześniej.")
        .basis("art. 11 ust. 2b i art. 13 ust. 3 UDPP")
        .hint("Organ zatwierdza treść, urząd umieszcza pisma z numerem i sumą kontrolną, a potem zapisuje miejsca.")
}

/// The text whose places are recorded is the one whose papers hang there (R-PUB-02): no law, wage or plan changed it.
/// Basis: UDPP art. 13 ust. 2 and 3. Date: the announcement.
#[must_use]
pub fn check_same_text(approved: &str, now: &str, approval: &Approval) -> Option<Finding> {
    (approved != now).then(|| {
        Finding::block("R-PUB-02")
            .at("treść ogłoszenia")
            .found(format!(
                "Od zatwierdzenia {} zmieniły się zasady prawne albo limit stawki; suma kontrolna byłaby inna niż na pismach.",
                show_instant(approval.at)
            ))
            .limit("W trzech miejscach wisi dokładnie ta treść, którą zatwierdził organ.")
            .basis("art. 13 ust. 2 i 3 UDPP")
            .hint("Organ zatwierdza treść jeszcze raz, a nowe pisma zastępują poprzednie.")
    })
}

/// The programme behind a text is the one that stood behind it when it was approved (R-PUB-01): otherwise one person could
/// approve a text and then write the opinion, the gminas or the plan it rests on. `now` is the digest of the programme.
/// Basis: a decision of this product (four eyes); UDPP art. 11 ust. 2b. Date: the announcement.
#[must_use]
pub fn check_same_programme(approval: &Approval, now: &str) -> Option<Finding> {
    (approval.programme != now).then(|| {
        Finding::block("R-PUB-01")
            .at("program konkursu")
            .found(format!(
                "Od zatwierdzenia treści {} zmieniono program, z którego jest konkurs.",
                show_instant(approval.at)
            ))
            .limit("Organ zatwierdza treść razem z programem: opinią rady, gminami, edycjami i planem środków.")
            .basis("zasada dwóch par oczu przyjęta w programie; art. 11 ust. 2b UDPP")
            .hint("Treść zatwierdza jeszcze raz ktoś, kto nie przygotowywał ani konkursu, ani programu.")
    })
}

/// Who approved a text prepared neither it nor its programme afterwards (R-PUB-01).
/// Basis: a decision of this product (four eyes); UDPP art. 11 ust. 2b. Date: the announcement.
#[must_use]
pub fn check_approver(approval: &Approval, prepared_by: &[Preparer]) -> Option<Finding> {
    let own = prepared_by.iter().find(|p| Some(&p.person) == approval.person.as_ref())?;
    Some(
        Finding::block("R-PUB-01")
            .at("zatwierdzenie treści")
            .found(format!("Treść zatwierdziła osoba, która potem zapisała program: {}.", own.name))
            .limit("Konkurs zatwierdza osoba, która nie przygotowywała ani jego, ani programu.")
            .basis("zasada dwóch par oczu przyjęta w programie; art. 11 ust. 2b UDPP")
            .hint("Treść zatwierdza jeszcze raz ktoś inny."),
    )
}
