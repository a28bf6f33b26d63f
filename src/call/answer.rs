//! The office answers a question: it writes and changes the answer until it is published, then everyone
//! reads it. What is no question about the contest is refused, and only who asked learns why.

use serde::Serialize;

use super::model::{Call, LONGEST_ANSWER, LONGEST_QUESTION, Question, QuestionAction};
use super::store::{self, amendments, questions};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_instant};
use crate::mail;
use crate::store::{CallId, QuestionId, Read, Tx, counters, digest};

/// Whom the letters about an answer go to, beside who asked, and how it is told that there is nobody.
const INTERESTED: (&str, &str) = (
    "z organizacji, które mają w tym konkursie ofertę albo wersję roboczą (kto jest i tu, i tu, dostaje jeden)",
    "nikt nie ma w tym konkursie oferty ani wersji roboczej",
);

/// Whom a deed about an answer writes to besides who asked, and how that is told.
pub struct AnswerLetters {
    pub(super) to: Vec<String>,
    /// `list do osoby, która pytała, i 12 listów do 12 osób z …`: the same whether who asked is one of them or not.
    pub text: String,
}

impl AnswerLetters {
    pub(super) fn counted(
        r: &mut Read<'_>,
        kind: &str,
        call: &CallId,
        to: Vec<String>,
        (whom, nobody): (&str, &str),
    ) -> Result<AnswerLetters, AppError> {
        let reach = mail::reach(r, kind, call.as_str(), to.clone())?;
        let others = match (reach.letters, reach.but()) {
            (0, but) if but.is_empty() => format!("do nikogo więcej: {nobody}"),
            (0, but) => format!("do nikogo więcej ({but})"),
            _ => reach.text_to(whom),
        };
        Ok(AnswerLetters { to, text: format!("list do osoby, która pytała, i {others}") })
    }
}

#[derive(Serialize)]
struct Letter<'a> {
    number: &'a str,
    title: &'a str,
    question: &'a str,
    answer: &'a str,
    link: String,
    asked: String,
}

/// Keeps the answer as it is so far, and the question as everyone will read it.
///
/// # Errors
/// `Stale` when somebody saved meanwhile, `Invalid` for texts that are too long.
pub fn save_answer(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &QuestionId,
    seen: i64,
    texts: (String, String),
    now: Instant,
) -> Result<(), AppError> {
    let mut question = load(tx, id, seen, QuestionAction::Draft)?;
    let before = digest(&question.answer);
    (question.shown, question.answer) = (texts.0.trim().to_owned(), texts.1.trim().to_owned());
    let mut errors = FieldErrors::new();
    if question.shown.is_empty() {
        errors.add("shown", "Treść pytania nie może być pusta. Usuń z niej tylko to, co wskazuje, kto pyta.");
    }
    too_long(&question.shown, LONGEST_QUESTION, "shown", &mut errors);
    too_long(&question.answer, LONGEST_ANSWER, "answer", &mut errors);
    errors.finish(Some(()))?;
    questions::save(tx, &question)?;
    let line = Line { deed: "call.answer.save", kind: "question", object: question.id.as_str() };
    let detail = "Zapisano roboczo odpowiedź na pytanie.".to_owned();
    log(tx, by, line, (before, digest(&question.answer)), detail, now);
    Ok(())
}

/// Who gets letters about a question besides the one who asked. Who asked is among them when its organisation
/// takes part in the contest: a number without the asker would tell whether it does. Nobody gets two letters.
///
/// # Errors
/// Those of the database.
pub fn letters_of(r: &mut Read<'_>, question: &Question) -> Result<AnswerLetters, AppError> {
    let concerned = amendments::concerned(r, &question.call)?;
    AnswerLetters::counted(r, "question_published", &question.call, concerned, INTERESTED)
}

/// Publishes question and answer; from then on the answer can only be corrected. Returns which letters it sends.
///
/// # Errors
/// `Stale` when somebody saved meanwhile, `Invalid` without an answer.
pub fn publish_answer(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &QuestionId,
    seen: i64,
    base_url: &str,
    now: Instant,
) -> Result<String, AppError> {
    let mut question = load(tx, id, seen, QuestionAction::Answer)?;
    if question.answer.is_empty() {
        return Err(AppError::Invalid(FieldErrors::of("answer", "Najpierw napisz i zapisz odpowiedź.")));
    }
    let call = store::find(tx, &question.call)?;
    question.state = moved(&question, QuestionAction::Answer)?;
    let no = counters::next(tx, &format!("answer:{}", call.id))?;
    question.no = Some(no);
    close(tx, &mut question, by, now)?;
    let (letters, letter) = (letters_of(tx, &question)?, letter(&call, &question, base_url));
    let rest: Vec<String> = letters.to.iter().filter(|email| **email != question.email).cloned().collect();
    mail::put(tx, mail::render(&question.email, "question_answered", call.id.as_str(), &letter)?, now)?;
    mail::put_each(tx, &rest, "question_published", call.id.as_str(), &letter, now)?;
    let detail =
        format!("Opublikowano odpowiedź na pytanie nr {no} w konkursie {}; wysłano {}.", call.number(), letters.text);
    let line = Line { deed: "call.answer", kind: "call", object: call.id.as_str() };
    log(tx, by, line, (String::new(), digest(&question.answer)), detail, now);
    Ok(letters.text)
}

/// Refuses to answer what is no question about the contest; `reason` goes to who asked.
///
/// # Errors
/// `Stale` when somebody saved meanwhile, `Invalid` without a reason.
pub fn refuse_question(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &QuestionId,
    seen: i64,
    reason: &str,
    now: Instant,
) -> Result<(), AppError> {
    let mut question = load(tx, id, seen, QuestionAction::Refuse)?;
    let mut errors = FieldErrors::new();
    question.answer = reason.trim().to_owned();
    if question.answer.chars().count() < 10 {
        errors.add("reason", "Napisz, dlaczego urząd nie odpowie: co najmniej 10 znaków.");
    }
    too_long(&question.answer, LONGEST_QUESTION, "reason", &mut errors);
    errors.finish(Some(()))?;
    let call = store::find(tx, &question.call)?;
    question.state = moved(&question, QuestionAction::Refuse)?;
    close(tx, &mut question, by, now)?;
    let letter = letter(&call, &question, "");
    mail::put(tx, mail::render(&question.email, "question_refused", call.id.as_str(), &letter)?, now)?;
    let detail = format!("Odmówiono odpowiedzi na pytanie w konkursie {}: {}", call.number(), question.answer);
    let line = Line { deed: "call.answer.refuse", kind: "call", object: call.id.as_str() };
    log(tx, by, line, (String::new(), digest(&question.answer)), detail, now);
    Ok(())
}

fn letter<'a>(call: &'a Call, question: &'a Question, base_url: &str) -> Letter<'a> {
    Letter {
        number: call.number(),
        title: &call.content.title,
        question: &question.shown,
        answer: &question.answer,
        link: format!(
            "{}/konkursy/{}#pytanie-{}",
            base_url.trim_end_matches('/'),
            call.id,
            question.no.unwrap_or_default()
        ),
        asked: show_instant(question.asked_at),
    }
}

/// The question, when `seen` is its version still and `act` is possible.
pub(super) fn load(tx: &mut Tx<'_>, id: &QuestionId, seen: i64, act: QuestionAction) -> Result<Question, AppError> {
    let question = questions::find(tx, id)?;
    moved(&question, act)?;
    if question.version == seen { Ok(question) } else { Err(AppError::Stale) }
}

pub(super) fn moved(question: &Question, act: QuestionAction) -> Result<super::model::QuestionState, AppError> {
    question.state.after(act).map_err(|e| AppError::forbidden(e.to_string()))
}

fn close(tx: &mut Tx<'_>, question: &mut Question, by: &Actor, now: Instant) -> Result<(), AppError> {
    question.closed_at = Some(now);
    by.log_name().clone_into(&mut question.closed_by);
    questions::save(tx, question)
}

pub(super) fn too_long(text: &str, most: usize, field: &str, errors: &mut FieldErrors) {
    let length = text.chars().count();
    if length > most {
        errors.add(field, format!("Tekst ma {length} znaków, a może mieć najwyżej {most}. Skróć go."));
    }
}

pub(super) struct Line<'a> {
    pub deed: &'static str,
    pub kind: &'static str,
    pub object: &'a str,
}

pub(super) fn log(
    tx: &mut Tx<'_>,
    by: &Actor,
    line: Line<'_>,
    digests: (String, String),
    detail: String,
    now: Instant,
) {
    let deed = Deed {
        actor: by.log_name(),
        deed: line.deed,
        object_kind: line.kind,
        object_id: line.object,
        before: digests.0,
        after: digests.1,
        detail,
    };
    audit::append(tx, deed, now);
}
