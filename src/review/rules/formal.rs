//! The formal card: twelve questions, and what an answer forces.

use crate::law::Finding;
use crate::review::model::{Answer, FormalAnswer, FormalOutcome, FormalQuestion};

const BASIS: &str = "art. 14 i art. 15 ust. 1 UDPP; karta oceny formalnej z ogłoszenia";

const fn question(key: &'static str, text: &'static str, correctable: bool) -> FormalQuestion {
    FormalQuestion { key, text, correctable }
}

/// The questions in the order of the card.
pub const FORMAL: &[FormalQuestion] = &[
    question("deadline", "Czy oferta wpłynęła w terminie?", false),
    question("entitled", "Czy złożył ją uprawniony podmiot, a jego statut obejmuje cele zadania?", false),
    question("form", "Czy jest na właściwym formularzu?", false),
    question("signed", "Czy podpisały ją osoby uprawnione do reprezentacji (według KRS)?", true),
    question("declarations", "Czy na wszystkie oświadczenia z części VII odpowiedziano jednoznacznie?", true),
    question("attachments", "Czy są wszystkie wymagane załączniki?", true),
    question("term", "Czy termin realizacji mieści się w terminie z ogłoszenia?", false),
    question("grant", "Czy wnioskowana dotacja mieści się w kwocie z ogłoszenia?", false),
    question("subject", "Czy zakres zgadza się z ogłoszonym zadaniem (liczba osób, godziny)?", false),
    question("arithmetic", "Czy rachunki w częściach V.A–V.C są poprawne?", true),
    question("own_share", "Czy jest wymagany wkład własny (tylko wspieranie zadania)?", false),
    question("activity", "Czy wskazano rodzaj działalności: odpłatna albo nieodpłatna (część VI.1)?", true),
];

/// Questions that may be set aside: the form online, attachments nobody asked for,
/// the own share when the task is entrusted.
fn may_skip(key: &str) -> bool {
    ["form", "attachments", "own_share"].contains(&key)
}

/// The number of a question on the card.
#[must_use]
pub fn number_of(key: &str) -> usize {
    FORMAL.iter().position(|q| q.key == key).map_or(0, |n| n + 1)
}

fn fault(key: &str) -> Finding {
    Finding::block("R-FRM-01").at(format!("pytanie {}", number_of(key))).basis(BASIS)
}

/// The card is complete, every „nie” says why, and the outcome follows from the answers.
/// Basis: UDPP art. 15 ust. 1 with the conditions of the announcement.
/// Date: the state of the offer on the day of its filing, after the one call for corrections.
#[must_use]
pub fn check_formal(answers: &[FormalAnswer], outcome: FormalOutcome) -> Vec<Finding> {
    let mut out = Vec::new();
    for q in FORMAL {
        let mut given = answers.iter().filter(|a| a.key == q.key);
        match (given.next(), given.next()) {
            (Some(answer), None) => out.extend(check_answer(q, answer, outcome)),
            (None, _) => out.push(fault(q.key).found("Brak odpowiedzi.").limit("Odpowiedź na każde z 12 pytań.")),
            (Some(_), Some(_)) => {
                out.push(fault(q.key).found("Dwie odpowiedzi.").limit("Jedna odpowiedź na każde pytanie."));
            }
        }
    }
    if answers.iter().any(|a| number_of(&a.key) == 0) {
        out.push(Finding::block("R-FRM-01").found("Odpowiedź na pytanie, którego nie ma na karcie.").basis(BASIS));
    }
    let refused = answers.iter().any(|a| a.answer == Answer::No);
    if outcome == FormalOutcome::Rejected && !refused && out.is_empty() {
        out.push(
            Finding::block("R-FRM-01")
                .at("wynik oceny")
                .found("Odrzucono ofertę, a na żadne pytanie nie odpowiedziano „nie”.")
                .limit("Odrzucenie wskazuje co najmniej jedno niespełnione wymaganie.")
                .basis(BASIS)
                .hint("Zaznacz „nie” przy wymaganiu, którego oferta nie spełnia, i opisz powód."),
        );
    }
    out
}

fn check_answer(q: &FormalQuestion, given: &FormalAnswer, outcome: FormalOutcome) -> Vec<Finding> {
    let mut out = Vec::new();
    match given.answer {
        Answer::Yes => {}
        Answer::NotApplicable if may_skip(q.key) => {}
        Answer::NotApplicable => {
            out.push(fault(q.key).found("Odpowiedź „nie dotyczy”.").limit("Tutaj odpowiada się „tak” albo „nie”."));
        }
        Answer::No => {
            if given.note.trim().is_empty() {
                out.push(
                    fault(q.key).found("Odpowiedź „nie” bez uwagi.").limit("Uwaga mówi, czego w ofercie brakuje."),
                );
            }
            if outcome == FormalOutcome::Meets {
                out.push(contradiction(q));
            }
        }
    }
    out
}

fn contradiction(q: &FormalQuestion) -> Finding {
    let finding = fault(q.key).found(format!("Odpowiedź „nie” na pytanie „{}”, a wynik: spełnia wymogi.", q.text));
    if q.correctable {
        finding.limit("Oferta spełnia wymogi, gdy na żadne pytanie nie odpowiedziano „nie”.").hint(
            "Po uzupełnieniu braku zaznacz „tak” i opisz w uwadze, co uzupełniono; bez uzupełnienia odrzuć ofertę.",
        )
    } else {
        finding.limit("Tego braku nie można uzupełnić: oferta jest odrzucona.").hint("Zmień wynik na „odrzucona”.")
    }
}

/// Why an offer was rejected, in one text: the notes of every „nie”.
#[must_use]
pub fn reasons(answers: &[FormalAnswer]) -> String {
    let parts: Vec<String> = answers
        .iter()
        .filter(|a| a.answer == Answer::No)
        .map(|a| format!("pkt {} karty formalnej: {}", number_of(&a.key), a.note.trim()))
        .collect();
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_yes() -> Vec<FormalAnswer> {
        FORMAL.iter().map(|q| FormalAnswer { key: q.key.into(), answer: Answer::Yes, note: String::new() }).collect()
    }

    fn no(key: &str, note: &str) -> Vec<FormalAnswer> {
        let mut all = all_yes();
        for a in all.iter_mut().filter(|a| a.key == key) {
            a.answer = Answer::No;
            a.note = note.into();
        }
        all
    }

    #[test]
    fn the_outcome_follows_from_the_answers_at_every_question() {
        assert_eq!(FORMAL.len(), 12);
        assert_eq!(FORMAL.iter().filter(|q| q.correctable).count(), 5);
        assert_eq!(check_formal(&all_yes(), FormalOutcome::Meets), vec![]);
        for q in FORMAL {
            let answers = no(q.key, "brak");
            assert_eq!(check_formal(&answers, FormalOutcome::Rejected), vec![], "{}", q.key);
            let found = check_formal(&answers, FormalOutcome::Meets);
            assert_eq!(found.len(), 1, "{}", q.key);
            assert_eq!(found[0].hint.starts_with("Po uzupełnieniu"), q.correctable, "{}", q.key);
        }
    }

    #[test]
    fn rejection_needs_a_reason_and_every_question_one_answer() {
        let found = check_formal(&all_yes(), FormalOutcome::Rejected);
        assert_eq!(found[0].found, "Odrzucono ofertę, a na żadne pytanie nie odpowiedziano „nie”.");
        assert_eq!(check_formal(&no("term", " "), FormalOutcome::Rejected)[0].place, "pytanie 7");
        assert_eq!(check_formal(&all_yes()[1..], FormalOutcome::Meets)[0].found, "Brak odpowiedzi.");
        let mut skipped = all_yes();
        skipped[2].answer = Answer::NotApplicable;
        assert_eq!(check_formal(&skipped, FormalOutcome::Meets), vec![]);
        skipped[0].answer = Answer::NotApplicable;
        assert_eq!(check_formal(&skipped, FormalOutcome::Meets)[0].place, "pytanie 1");
        assert_eq!(reasons(&no("grant", "wniosek o 50 000 zł")), "pkt 8 karty formalnej: wniosek o 50 000 zł");
    }
}
