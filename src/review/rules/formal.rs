//! The formal card: the questions of the announcement, and what an answer forces.

use super::summons::uncorrectable;
use crate::call::{FormalQuestion, is_usual_question};
use crate::law::Finding;
use crate::review::model::{Answer, FormalAnswer, FormalOutcome};

const BASIS: &str = "art. 14 i art. 15 ust. 1 UDPP; karta oceny formalnej z ogłoszenia";

/// Questions that may be set aside: the form online, attachments nobody asked for, the own share when the
/// task is entrusted, and what the office asks only in some cases.
fn may_skip(key: &str) -> bool {
    ["form", "attachments", "own_share"].contains(&key) || !is_usual_question(key)
}

/// The number of a question on the card; 0 for one that is not there.
#[must_use]
pub fn number_of(card: &[FormalQuestion], key: &str) -> usize {
    card.iter().position(|q| q.key == key).map_or(0, |n| n + 1)
}

/// Where a finding about the outcome of the card stands.
pub const OUTCOME: &str = "wynik oceny";

/// Where a finding about a question of the card stands.
#[must_use]
pub(super) fn place_of(no: usize) -> String {
    format!("pytanie {no}")
}

/// The question a finding at `place` is about.
#[must_use]
pub fn question_at<'a>(card: &'a [FormalQuestion], place: &str) -> Option<&'a FormalQuestion> {
    (1..).zip(card).find(|(no, _)| place_of(*no) == place).map(|(_, q)| q)
}

fn fault(no: usize) -> Finding {
    Finding::block("R-FRM-01").at(place_of(no)).basis(BASIS)
}

/// The card is complete, every „nie” says why, and the outcome follows from the answers.
/// Basis: UDPP art. 15 ust. 1 with the conditions of the announcement.
/// Date: the state of the offer on the day of its filing, after the one call for corrections.
#[must_use]
pub fn check_formal(card: &[FormalQuestion], answers: &[FormalAnswer], outcome: FormalOutcome) -> Vec<Finding> {
    let mut out = Vec::new();
    for (no, q) in (1..).zip(card) {
        let mut given = answers.iter().filter(|a| a.key == q.key);
        match (given.next(), given.next()) {
            (Some(answer), None) => out.extend(check_answer(no, q, answer, outcome)),
            (None, _) => out.push(fault(no).found("Brak odpowiedzi.").limit("Odpowiedź na każde pytanie karty.")),
            (Some(_), Some(_)) => {
                out.push(fault(no).found("Dwie odpowiedzi.").limit("Jedna odpowiedź na każde pytanie."));
            }
        }
    }
    if answers.iter().any(|a| number_of(card, &a.key) == 0) {
        out.push(Finding::block("R-FRM-01").found("Odpowiedź na pytanie, którego nie ma na karcie.").basis(BASIS));
    }
    let refused = answers.iter().any(|a| a.answer == Answer::No);
    if !refused && out.is_empty() {
        out.extend(without_reason(outcome));
    }
    out
}

fn without_reason(outcome: FormalOutcome) -> Option<Finding> {
    let (found, limit) = match outcome {
        FormalOutcome::Meets => return None,
        FormalOutcome::ToSupplement => (
            "Wynik „do uzupełnienia”, a na żadne pytanie nie odpowiedziano „nie”.",
            "Wezwanie wskazuje co najmniej jeden brak.",
        ),
        FormalOutcome::Rejected => (
            "Odrzucono ofertę, a na żadne pytanie nie odpowiedziano „nie”.",
            "Odrzucenie wskazuje co najmniej jedno niespełnione wymaganie.",
        ),
    };
    Some(
        Finding::block("R-FRM-01")
            .at(OUTCOME)
            .found(found)
            .limit(limit)
            .basis(BASIS)
            .hint("Zaznacz „nie” przy wymaganiu, którego oferta nie spełnia, i opisz powód."),
    )
}

fn check_answer(no: usize, q: &FormalQuestion, given: &FormalAnswer, outcome: FormalOutcome) -> Vec<Finding> {
    let mut out = Vec::new();
    match given.answer {
        Answer::Yes => {}
        Answer::NotApplicable if may_skip(&q.key) => {}
        Answer::NotApplicable => {
            out.push(fault(no).found("Odpowiedź „nie dotyczy”.").limit("Tutaj odpowiada się „tak” albo „nie”."));
        }
        Answer::No => {
            if given.note.trim().is_empty() {
                out.push(fault(no).found("Odpowiedź „nie” bez uwagi.").limit("Uwaga mówi, czego w ofercie brakuje."));
            }
            match outcome {
                FormalOutcome::Meets => out.push(contradiction(no, q)),
                FormalOutcome::ToSupplement if !q.correctable => out.push(uncorrectable(no, q)),
                FormalOutcome::ToSupplement | FormalOutcome::Rejected => {}
            }
        }
    }
    out
}

fn contradiction(no: usize, q: &FormalQuestion) -> Finding {
    let finding = fault(no).found(format!("Odpowiedź „nie” na pytanie „{}”, a wynik: spełnia wymogi.", q.text));
    if q.correctable {
        finding.limit("Oferta spełnia wymogi, gdy na żadne pytanie nie odpowiedziano „nie”.").hint(
            "Po uzupełnieniu braku zaznacz „tak” i opisz w uwadze, co uzupełniono; przed uzupełnieniem wezwij oferenta.",
        )
    } else {
        finding.limit("Tego braku nie można uzupełnić: oferta jest odrzucona.").hint("Zmień wynik na „odrzucona”.")
    }
}

/// Why an offer was rejected, in one text: the notes of every „nie”.
#[must_use]
pub fn reasons(card: &[FormalQuestion], answers: &[FormalAnswer]) -> String {
    notes(card, answers, |a| a.answer == Answer::No)
}

/// What a card says where nothing stands in the way, in one text; empty when it says nothing.
#[must_use]
pub fn remarks(card: &[FormalQuestion], answers: &[FormalAnswer]) -> String {
    notes(card, answers, |a| !a.note.trim().is_empty())
}

fn notes(card: &[FormalQuestion], answers: &[FormalAnswer], of: impl Fn(&FormalAnswer) -> bool) -> String {
    let parts: Vec<String> = answers
        .iter()
        .filter(|a| of(a))
        .map(|a| format!("pkt {} karty formalnej: {}", number_of(card, &a.key), a.note.trim()))
        .collect();
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::default_formal;

    fn all_yes() -> Vec<FormalAnswer> {
        default_formal()
            .into_iter()
            .map(|q| FormalAnswer { key: q.key, answer: Answer::Yes, note: String::new(), files: vec![] })
            .collect()
    }

    fn check(answers: &[FormalAnswer], outcome: FormalOutcome) -> Vec<Finding> {
        check_formal(&default_formal(), answers, outcome)
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
        let card = default_formal();
        assert_eq!(card.len(), 12);
        assert_eq!(card.iter().filter(|q| q.correctable).count(), 5);
        assert_eq!(check(&all_yes(), FormalOutcome::Meets), vec![]);
        for q in &card {
            let answers = no(&q.key, "brak");
            assert_eq!(check(&answers, FormalOutcome::Rejected), vec![], "{}", q.key);
            let called = check(&answers, FormalOutcome::ToSupplement);
            let rules: Vec<&str> = called.iter().map(|f| f.rule.as_str()).collect();
            assert_eq!(rules, if q.correctable { vec![] } else { vec!["R-COR-01"] }, "{}", q.key);
            let found = check(&answers, FormalOutcome::Meets);
            assert_eq!(found.len(), 1, "{}", q.key);
            assert_eq!(found[0].hint.starts_with("Po uzupełnieniu"), q.correctable, "{}", q.key);
        }
    }

    #[test]
    fn rejection_needs_a_reason_and_every_question_one_answer() {
        let found = check(&all_yes(), FormalOutcome::Rejected);
        assert_eq!(found[0].found, "Odrzucono ofertę, a na żadne pytanie nie odpowiedziano „nie”.");
        let found = check(&all_yes(), FormalOutcome::ToSupplement);
        assert_eq!(found[0].found, "Wynik „do uzupełnienia”, a na żadne pytanie nie odpowiedziano „nie”.");
        assert_eq!(check(&no("term", " "), FormalOutcome::Rejected)[0].place, "pytanie 7");
        assert_eq!(check(&all_yes()[1..], FormalOutcome::Meets)[0].found, "Brak odpowiedzi.");
        let mut skipped = all_yes();
        skipped[2].answer = Answer::NotApplicable;
        assert_eq!(check(&skipped, FormalOutcome::Meets), vec![]);
        skipped[0].answer = Answer::NotApplicable;
        assert_eq!(check(&skipped, FormalOutcome::Meets)[0].place, "pytanie 1");
        assert_eq!(
            reasons(&default_formal(), &no("grant", "wniosek o 50 000 zł")),
            "pkt 8 karty formalnej: wniosek o 50 000 zł"
        );
    }

    #[test]
    fn a_question_of_the_office_counts_as_the_others_do_and_may_be_set_aside() {
        let mut card = default_formal();
        card.push(FormalQuestion { key: "q1".into(), text: "Czy jest zgoda gminy?".into(), correctable: true });
        assert_eq!(check_formal(&card, &all_yes(), FormalOutcome::Meets)[0].place, "pytanie 13");
        let mut answers = all_yes();
        answers.push(FormalAnswer {
            key: "q1".into(),
            answer: Answer::NotApplicable,
            note: String::new(),
            files: vec![],
        });
        assert_eq!(check_formal(&card, &answers, FormalOutcome::Meets), vec![]);
        assert_eq!(check(&answers, FormalOutcome::Meets)[0].found, "Odpowiedź na pytanie, którego nie ma na karcie.");
    }
}
