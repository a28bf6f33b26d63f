//! A question about a contest: anybody asks, the office answers in public and never says who asked.

use chrono::{Days, Duration, NaiveDate};

use super::Call;
use crate::law::{Instant, end_of_day_warsaw, last_day};
use crate::store::{CallId, CorrectionId, PersonId, QuestionId};

/// How long the link works with which somebody without an account confirms the address.
pub const QUESTION_LINK: Duration = Duration::hours(24);
/// The most days that may lie between the end of questions and the deadline.
pub const MOST_QUESTION_DAYS: u32 = 14;
/// Longest question and longest answer, in characters.
pub const LONGEST_QUESTION: usize = 2000;
pub const LONGEST_ANSWER: usize = 6000;

/// Questions end three days before the deadline, so that the last answer still helps.
#[must_use]
pub fn default_question_days() -> u32 {
    3
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuestionState {
    /// The office does not see it yet: nobody confirmed the address.
    Unconfirmed,
    Asked,
    /// Question and answer are public.
    Answered,
    /// It was no question about the contest; only who asked learns why.
    Refused,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuestionAction {
    Confirm,
    Draft,
    Answer,
    Refuse,
    /// Another answer to a question that was answered.
    Correct,
}

/// Something that cannot be done to a question in its state, in one sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("Na to pytanie urząd już odpowiedział albo odmówił odpowiedzi; tak nie można tego zmienić.")]
pub struct QuestionClosed;

impl QuestionState {
    pub const ALL: [QuestionState; 4] =
        [QuestionState::Unconfirmed, QuestionState::Asked, QuestionState::Answered, QuestionState::Refused];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            QuestionState::Unconfirmed => "unconfirmed",
            QuestionState::Asked => "asked",
            QuestionState::Answered => "answered",
            QuestionState::Refused => "refused",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            QuestionState::Unconfirmed => "adres niepotwierdzony",
            QuestionState::Asked => "czeka na odpowiedź",
            QuestionState::Answered => "odpowiedź opublikowana",
            QuestionState::Refused => "odmowa odpowiedzi",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<QuestionState> {
        QuestionState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The state after `act`.
    ///
    /// # Errors
    /// `QuestionClosed` for everything the table does not list.
    pub fn after(self, act: QuestionAction) -> Result<QuestionState, QuestionClosed> {
        use QuestionAction::{Answer, Confirm, Correct, Draft, Refuse};
        use QuestionState::{Answered, Asked, Refused, Unconfirmed};
        match (self, act) {
            (Unconfirmed, Confirm) | (Asked, Draft) => Ok(Asked),
            (Asked, Answer) | (Answered, Correct) => Ok(Answered),
            (Asked, Refuse) => Ok(Refused),
            (Unconfirmed | Asked | Answered | Refused, _) => Err(QuestionClosed),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    pub id: QuestionId,
    pub call: CallId,
    /// Counted from 1 in the order of the answers.
    pub no: Option<i64>,
    pub state: QuestionState,
    pub version: i64,
    /// As it was asked.
    pub text: String,
    /// As everyone reads it: without what tells who asked.
    pub shown: String,
    /// The answer, or why there is none.
    pub answer: String,
    /// Where the answer goes; no page of the contest shows it.
    pub email: String,
    pub person: Option<PersonId>,
    pub asked_at: Instant,
    pub confirmed_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub closed_by: String,
}

/// A correction of a published answer: what it said before, and why it says something else now. It never changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnswerCorrection {
    pub id: CorrectionId,
    pub question: QuestionId,
    /// Counted from 1 for each question.
    pub no: i64,
    /// The earlier answer, and since when it was public.
    pub before: String,
    pub since: Instant,
    pub reason: String,
    pub at: Instant,
    pub by: String,
}

impl Call {
    /// The last day on which questions are taken.
    #[must_use]
    pub fn questions_last_day(&self) -> Option<NaiveDate> {
        last_day(self.deadline_at?).checked_sub_days(Days::new(self.content.question_days.into()))
    }

    /// The first instant at which a question is late.
    #[must_use]
    pub fn questions_until(&self) -> Option<Instant> {
        let last = self.questions_last_day()?;
        Some(end_of_day_warsaw(last).min(self.deadline_at?))
    }

    /// Whether a question that arrives at `now` is taken.
    #[must_use]
    pub fn takes_questions(&self, now: Instant) -> bool {
        self.is_open(now) && self.questions_until().is_some_and(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table_of_moves() {
        use QuestionAction::{Answer, Confirm, Correct, Draft, Refuse};
        let mut moves = Vec::new();
        for from in QuestionState::ALL {
            for act in [Confirm, Draft, Answer, Refuse, Correct] {
                if let Ok(to) = from.after(act) {
                    moves.push(format!("{} {act:?} {}", from.code(), to.code()));
                }
            }
        }
        assert_eq!(
            moves,
            [
                "unconfirmed Confirm asked",
                "asked Draft asked",
                "asked Answer answered",
                "asked Refuse refused",
                "answered Correct answered"
            ]
        );
        assert!(QuestionState::ALL.into_iter().all(|s| QuestionState::parse(s.code()) == Some(s)));
    }
}
