//! Attachments that contests usually ask for beside those a new draft proposes. Nothing of it is asked for before an
//! officer ticks it; what was ticked becomes a row like any other, to be reworded or removed.

use super::model::{AskedAttachment, CallContent};

/// Key, name, note, and whether every offeror has it.
type Row = (&'static str, &'static str, &'static str, bool);

const ANY: [Row; 4] = [
    (
        "register",
        "Wydruk z rejestru albo ewidencji innej niż KRS",
        "Gdy oferent nie jest wpisany do KRS. Odpisu z KRS się nie żąda: wystarcza wydruk, a urząd sprawdza rejestr sam.",
        false,
    ),
    ("deed", "Umowa albo akt założycielski spółki", "Gdy oferent jest spółką.", false),
    (
        "yearly_report",
        "Sprawozdanie merytoryczne i finansowe za ostatni rok",
        "Organizacja, która działa krócej, dołącza je za okres od rejestracji.",
        false,
    ),
    (
        "partner",
        "Umowa albo oświadczenie partnera",
        "Gdy w zadaniu bierze udział partner, który nie składa oferty wspólnej.",
        false,
    ),
];

const CLASSES: [Row; 2] = [
    ("class_programme", "Program zajęć", "Gdy nie wpisano go w ofercie, w serwisie.", false),
    (
        "premises",
        "Oświadczenie o sali",
        "Skąd oferent ma salę, na ile osób i czy jest dostępna dla osób ze szczególnymi potrzebami.",
        true,
    ),
];

const REINTEGRATION: Row = (
    "standing",
    "Dokument o prowadzeniu CIS albo KIS lub o statusie podmiotu ekonomii społecznej",
    "Kopia decyzji, wpisu do rejestru albo zaświadczenia.",
    true,
);

/// What the announcement does not ask for yet and contests of its kind usually do.
#[must_use]
pub fn usual_attachments(content: &CallContent) -> Vec<AskedAttachment> {
    let classes = CLASSES.into_iter().filter(|_| content.applies().classes);
    let standing = (content.rules.family() == "RSD").then_some(REINTEGRATION);
    let rows = standing.into_iter().chain(ANY).chain(classes);
    rows.filter(|(key, ..)| !content.attachments.iter().any(|asked| asked.key == *key))
        .map(|(key, name, note, required)| AskedAttachment {
            key: key.into(),
            name: name.into(),
            required,
            note: note.into(),
        })
        .collect()
}
