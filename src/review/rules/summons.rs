//! The call to supplement an offer: what it may ask, and when the check may end.

use super::formal::{OUTCOME, place_of};
use crate::call::{CORRECTABLE, CallContent, Correction, FormalQuestion};
use crate::law::{Finding, show_until};
use crate::offer::OfferState;
use crate::review::model::{ATTACHMENTS, Answer, AskedFile, Defect, FormalAnswer, FormalOutcome, Standing};

pub(super) const BASIS: &str = "zasady konkursu w ogłoszeniu; równe traktowanie oferentów (art. 5 ust. 3 UDPP)";
pub(super) const NEVER: &str =
    "Uzupełnienie nie zmienia zakresu, ceny ani osób i nie zastępuje terminu ani uprawnienia oferenta.";

/// The formal card as the announcement lets it be corrected: a question is correctable when the card and the rules of
/// correction both say so. Questions of the office have no part of their own among the rules.
#[must_use]
pub fn card_of(content: &CallContent) -> Vec<FormalQuestion> {
    corrected_by(&content.formal, &content.correction)
}

fn corrected_by(formal: &[FormalQuestion], correction: &Correction) -> Vec<FormalQuestion> {
    let allowed = &correction.allowed;
    let lets = |q: &FormalQuestion| {
        let part = CORRECTABLE.iter().find(|part| part.key == q.key);
        !allowed.is_empty() && part.is_none_or(|part| part.lawful && allowed.iter().any(|key| key == part.key))
    };
    formal.iter().map(|q| FormalQuestion { correctable: q.correctable && lets(q), ..q.clone() }).collect()
}

/// Whether anything may be corrected in this call.
#[must_use]
pub fn takes_corrections(content: &CallContent) -> bool {
    card_of(content).iter().any(|q| q.correctable)
}

/// What the card says is missing, as the organisation reads it.
#[must_use]
pub fn defects(content: &CallContent, answers: &[FormalAnswer]) -> Vec<Defect> {
    let mut out = Vec::new();
    for (no, q) in (1..).zip(&content.formal) {
        if let Some(a) = answers.iter().find(|a| a.key == q.key && a.answer == Answer::No) {
            let named = content.attachments.iter().filter(|file| a.files.contains(&file.key));
            out.push(Defect {
                key: q.key.clone(),
                no,
                question: q.text.clone(),
                missing: a.note.trim().to_owned(),
                files: named.map(|f| AskedFile { key: f.key.clone(), name: f.name.clone() }).collect(),
            });
        }
    }
    out
}

/// No defect that cannot be corrected is put into a call to supplement.
/// Basis: the announcement (R-COR-01). Date: the state of the offer on the day of its filing.
#[must_use]
pub fn uncorrectable(no: usize, q: &FormalQuestion) -> Finding {
    Finding::block("R-COR-01")
        .at(place_of(no))
        .found(format!("Odpowiedź „nie” na pytanie „{}”, a wynik: do uzupełnienia.", q.text))
        .limit(format!("Tego braku nie można uzupełnić. {NEVER}"))
        .basis(BASIS)
        .hint("Zmień wynik na „odrzucona”.")
}

/// The call to supplement names the attachments that are missing, where the announcement asks for some (R-FRM-01).
/// Basis: the announcement. Date: the check.
#[must_use]
pub fn names_files(content: &CallContent, answers: &[FormalAnswer], outcome: FormalOutcome) -> Option<Finding> {
    let asked = |key: &String| content.attachments.iter().any(|a| &a.key == key);
    let bare = |a: &&FormalAnswer| a.key == ATTACHMENTS && a.answer == Answer::No && !a.files.iter().any(asked);
    if outcome != FormalOutcome::ToSupplement || content.attachments.is_empty() || !answers.iter().any(|a| bare(&a)) {
        return None;
    }
    let no = content.formal.iter().position(|q| q.key == ATTACHMENTS).map_or(0, |n| n + 1);
    Some(
        Finding::block("R-FRM-01")
            .at(place_of(no))
            .found("Nie zaznaczono, których załączników brakuje.")
            .limit("Wezwanie nazywa każdy brakujący załącznik.")
            .basis(BASIS),
    )
}

/// There is one call to supplement for each offer, and a defect that can be corrected costs the offer its place only
/// after that call, when the time is over or an answer is there (R-COR-02). A rejection recorded by mistake may be taken
/// back to the same call.
/// Basis: the announcement; UDPP art. 5 ust. 3. Date: the moment of the check.
#[must_use]
pub fn check_outcome(
    card: &[FormalQuestion],
    answers: &[FormalAnswer],
    outcome: FormalOutcome,
    (state, standing): (OfferState, Standing),
) -> Option<Finding> {
    let refused = answers.iter().filter(|a| a.answer == Answer::No);
    let curable = refused.clone().all(|a| card.iter().any(|q| q.key == a.key && q.correctable));
    let fault = |found: String| Finding::block("R-COR-02").at(OUTCOME).found(found).basis(BASIS);
    match (outcome, standing) {
        (FormalOutcome::ToSupplement, Standing::Never) => None,
        (FormalOutcome::ToSupplement, Standing::Open(_) | Standing::Over) if state == OfferState::Rejected => None,
        (FormalOutcome::ToSupplement, _) => Some(
            fault("Oferenta wezwano już raz do uzupełnienia tej oferty.".into())
                .limit("Każdego oferenta wzywa się raz, na tych samych zasadach.")
                .hint("Po uzupełnieniu albo po terminie wybierz „spełnia wymogi formalne” albo „odrzucona”."),
        ),
        (_, Standing::Answered | Standing::Over) | (FormalOutcome::Meets, Standing::Never) => None,
        (FormalOutcome::Rejected, Standing::Never | Standing::Open(_)) if !curable => None,
        (FormalOutcome::Rejected, Standing::Never) => Some(
            fault("Odrzucono ofertę z powodu braku, który można uzupełnić, a oferenta do tego nie wezwano.".into())
                .limit("Według ogłoszenia każdy oferent dostaje jedno wezwanie, zanim taki brak go wykluczy.")
                .hint("Zmień wynik na „do uzupełnienia”."),
        ),
        (FormalOutcome::Meets | FormalOutcome::Rejected, Standing::Open(due)) => Some(
            fault(format!("Oferent może złożyć uzupełnienie do {}, a jeszcze go nie złożył.", show_until(due)))
                .limit("Ocenę kończy się po złożeniu uzupełnienia albo po terminie z wezwania.")
                .hint("Poczekaj na uzupełnienie albo na koniec terminu."),
        ),
    }
}

/// An offer that is taken back to its call to supplement is asked for nothing that the call does not name (R-COR-02).
/// Basis: the announcement; UDPP art. 5 ust. 3. Date: the check.
#[must_use]
pub fn asks_nothing_new(content: &CallContent, asked: &[Defect], answers: &[FormalAnswer]) -> Vec<Finding> {
    let finding = |new: Defect| {
        Finding::block("R-COR-02")
            .at(place_of(new.no))
            .found("Odpowiedź „nie”, a wezwanie nie prosi o uzupełnienie tego braku.")
            .limit("Wezwanie jest jedno: przywraca się je takie, jakie było.")
            .basis(BASIS)
            .hint("Zmień odpowiedź na „tak” albo zostaw ofertę odrzuconą.")
    };
    let new = |d: &Defect| asked.iter().all(|a| a.key != d.key);
    defects(content, answers).into_iter().filter(new).map(finding).collect()
}

/// Whoever lets an offer pass after a call to supplement says at each of its points what was supplemented, or why nothing
/// had to be (R-COR-02). Basis: the announcement; UDPP art. 5 ust. 3. Date: the check.
#[must_use]
pub fn says_what_changed(defects: &[Defect], answers: &[FormalAnswer]) -> Vec<Finding> {
    let tells = |d: &Defect, note: &str| !note.is_empty() && note != d.missing;
    let silent = |d: &&Defect| answers.iter().any(|a| a.key == d.key && !tells(d, a.note.trim()));
    let finding = |d: &Defect| {
        Finding::block("R-COR-02")
            .at(place_of(d.no))
            .found("Wezwano do uzupełnienia tego braku, a uwaga jest pusta albo mówi tylko, czego brakowało.")
            .limit("Z karty wynika, dlaczego brak nie wyklucza już oferty.")
            .basis(BASIS)
            .hint("Napisz w uwadze, co uzupełniono albo co wyjaśniło się bez uzupełnienia.")
    };
    defects.iter().filter(silent).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::default_formal;

    fn no(keys: &[&str]) -> Vec<FormalAnswer> {
        let answer = |key: &str| if keys.contains(&key) { Answer::No } else { Answer::Yes };
        let one =
            |q: FormalQuestion| FormalAnswer { answer: answer(&q.key), key: q.key, note: "x".into(), files: vec![] };
        default_formal().into_iter().map(one).collect()
    }

    #[test]
    fn the_check_ends_when_the_time_or_the_answer_lets_it() {
        use FormalOutcome::{Meets, Rejected, ToSupplement};
        let card = default_formal();
        let open = Standing::Open(crate::law::Instant::default());
        let ends = |keys: &[&str], outcome, at| {
            check_outcome(&card, &no(keys), outcome, (OfferState::ToSupplement, at)).is_none()
        };
        for (keys, outcome, never, waits, over) in [
            (&[][..], Meets, true, false, true),
            (&["signed"], Rejected, false, false, true),
            (&["signed", "term"], Rejected, true, true, true),
            (&["term"], Rejected, true, true, true),
            (&["signed"], ToSupplement, true, false, false),
        ] {
            assert_eq!(ends(keys, outcome, Standing::Never), never, "{keys:?} {outcome:?}");
            assert_eq!(ends(keys, outcome, open), waits, "{keys:?} {outcome:?}");
            for at in [Standing::Over, Standing::Answered] {
                assert_eq!(ends(keys, outcome, at), over, "{keys:?} {outcome:?} {at:?}");
            }
        }
        let back = |at| check_outcome(&card, &no(&["signed"]), ToSupplement, (OfferState::Rejected, at)).is_none();
        assert_eq!([Standing::Never, open, Standing::Over, Standing::Answered].map(back), [true, true, true, false]);
    }

    #[test]
    fn what_may_be_corrected_is_what_card_and_announcement_both_say() {
        let own = FormalQuestion { key: "q1".into(), text: "?".into(), correctable: true };
        let with = |allowed: &[&str]| {
            let correction =
                Correction { allowed: allowed.iter().map(|k| (*k).to_owned()).collect(), ..Correction::default() };
            let mut formal = default_formal();
            formal.push(own.clone());
            corrected_by(&formal, &correction).into_iter().filter(|q| q.correctable).map(|q| q.key).collect::<Vec<_>>()
        };
        assert_eq!(with(&[]), Vec::<String>::new());
        assert_eq!(with(&["signed", "price"]), ["signed", "q1"]);
        assert_eq!(
            with(&["signed", "declarations", "attachments", "arithmetic", "activity"]),
            ["signed", "declarations", "attachments", "arithmetic", "activity", "q1"]
        );
    }
}
