//! Questions of strangers who never showed that the address is theirs are forgotten, and so are the letters with
//! the link: the office never saw the question.

use super::model::QUESTION_LINK;
use super::store::questions;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::jobs::{self, Kind};
use crate::law::Instant;
use crate::mail;
use crate::store::{QuestionId, Tx};

/// Planned with every question that waits for its address.
pub const FORGET_QUESTIONS: Kind = Kind { name: "call.forget-questions", run };

/// Plans the end of a question that was asked at `now`. The link works for half of that time; in the other half
/// its page still says why it does not.
pub(super) fn plan(tx: &mut Tx<'_>, question: &QuestionId, now: Instant) -> Result<(), AppError> {
    jobs::put(tx, &FORGET_QUESTIONS, question.as_str(), question, now + QUESTION_LINK + QUESTION_LINK)
}

fn run(tx: &mut Tx<'_>, _: &str, now: Instant) -> Result<(), AppError> {
    forget_questions(tx, now)
}

/// Forgets every question whose address nobody confirmed in time, not only the one that the work was planned
/// for: what an interrupted program left behind goes too.
///
/// # Errors
/// Those of the database.
pub fn forget_questions(tx: &mut Tx<'_>, now: Instant) -> Result<(), AppError> {
    for question in questions::unconfirmed(tx, now - QUESTION_LINK - QUESTION_LINK)? {
        if !questions::forget(tx, &question.id)? {
            continue;
        }
        mail::take_back(tx, &question.email, "question_confirm", question.call.as_str(), question.asked_at)?;
        let deed = Deed {
            actor: "-",
            deed: "call.ask.forget",
            object_kind: "question",
            object_id: question.id.as_str(),
            before: String::new(),
            after: String::new(),
            detail: "Usunięto pytanie i list z odnośnikiem: nikt nie potwierdził adresu.".to_owned(),
        };
        audit::append(tx, deed, now);
    }
    Ok(())
}
