//! The office corrects an answer that everyone has read: the new text takes its place, the earlier one stays
//! readable below it with its times and the reason, and who was told before is told again.

use serde::Serialize;

use super::answer::{AnswerLetters, Line, load, log, moved, too_long};
use super::model::{AnswerCorrection, Call, LONGEST_ANSWER, LONGEST_QUESTION, Question, QuestionAction};
use super::store::{self, amendments, corrections, questions};
use crate::account::Actor;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_instant};
use crate::mail;
use crate::store::{CorrectionId, QuestionId, Read, Tx, digest};

/// Whom the letters about a corrected answer go to, beside who asked, and how it is told that there is nobody.
const TOLD: (&str, &str) = (
    "spośród tych, którzy dostali poprzednią odpowiedź albo są z organizacji z ofertą lub wersją roboczą w tym konkursie (kto jest i tu, i tu, dostaje jeden)",
    "nikt inny nie dostał poprzedniej odpowiedzi i nikt nie ma w tym konkursie oferty ani wersji roboczej",
);

#[derive(Serialize)]
struct Letter<'a> {
    number: &'a str,
    title: &'a str,
    question: &'a str,
    answer: &'a str,
    before: &'a str,
    since: String,
    reason: &'a str,
    link: String,
}

/// Who gets letters about a correction besides the one who asked: everyone who was told of an earlier answer,
/// and everyone who takes part in the contest now.
///
/// # Errors
/// Those of the database.
pub fn told_of(r: &mut Read<'_>, question: &Question) -> Result<AnswerLetters, AppError> {
    let mut at: Vec<Instant> = question.closed_at.into_iter().collect();
    at.extend(corrections::of_question(r, &question.id)?.into_iter().map(|c| c.at));
    let mut to = mail::told(r, question.call.as_str(), &["question_published", "question_corrected"], &at)?;
    to.retain(|email| *email != question.email);
    to.extend(amendments::concerned(r, &question.call)?);
    to.sort_unstable();
    to.dedup();
    AnswerLetters::counted(r, "question_corrected", &question.call, to, TOLD)
}

/// Publishes another answer in the place of the published one; returns which letters it sends.
///
/// # Errors
/// `Stale` when somebody saved meanwhile, `Invalid` without a reason or with the same text.
pub fn correct_answer(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &QuestionId,
    seen: i64,
    (answer, reason): (String, String),
    base_url: &str,
    now: Instant,
) -> Result<String, AppError> {
    let mut question = load(tx, id, seen, QuestionAction::Correct)?;
    let (answer, reason) = checked(&question, answer.trim(), reason.trim())?;
    let earlier = corrections::of_question(tx, id)?;
    let since = earlier.last().map(|c| c.at).or(question.closed_at).unwrap_or(question.asked_at);
    let call = store::find(tx, &question.call)?;
    question.state = moved(&question, QuestionAction::Correct)?;
    let correction = AnswerCorrection {
        id: CorrectionId::new(),
        question: question.id.clone(),
        no: earlier.last().map_or(1, |c| c.no.saturating_add(1)),
        before: std::mem::replace(&mut question.answer, answer),
        since,
        reason,
        at: now,
        by: by.log_name().to_owned(),
    };
    let letters = told_of(tx, &question)?;
    questions::save(tx, &question)?;
    corrections::insert(tx, &correction)?;
    send(tx, (&call, &question, &correction), &letters.to, base_url, now)?;
    let detail = format!(
        "Poprawiono odpowiedź na pytanie nr {} w konkursie {}. Powód: {} Wysłano {}.",
        question.no.unwrap_or_default(),
        call.number(),
        correction.reason,
        letters.text
    );
    let line = Line { deed: "call.answer.correct", kind: "call", object: call.id.as_str() };
    log(tx, by, line, (digest(&correction.before), digest(&question.answer)), detail, now);
    Ok(letters.text)
}

fn checked(question: &Question, answer: &str, reason: &str) -> Result<(String, String), AppError> {
    let mut errors = FieldErrors::new();
    if answer.is_empty() {
        errors.add("answer", "Napisz poprawioną odpowiedź.");
    } else if answer == question.answer {
        errors.add("answer", "To jest dotychczasowa odpowiedź. Popraw ją albo wróć do pytania.");
    }
    too_long(answer, LONGEST_ANSWER, "answer", &mut errors);
    if reason.chars().count() < 10 {
        errors.add("reason", "Napisz, dlaczego odpowiedź się zmienia: co najmniej 10 znaków.");
    }
    too_long(reason, LONGEST_QUESTION, "reason", &mut errors);
    let reason = if reason.ends_with(['.', '!', '?']) { reason.to_owned() } else { format!("{reason}.") };
    errors.finish(Some((answer.to_owned(), reason)))
}

fn send(
    tx: &mut Tx<'_>,
    (call, question, correction): (&Call, &Question, &AnswerCorrection),
    others: &[String],
    base_url: &str,
    now: Instant,
) -> Result<(), AppError> {
    let no = question.no.unwrap_or_default();
    let letter = Letter {
        number: call.number(),
        title: &call.content.title,
        question: &question.shown,
        answer: &question.answer,
        before: &correction.before,
        since: show_instant(correction.since),
        reason: &correction.reason,
        link: format!("{}/konkursy/{}#pytanie-{no}", base_url.trim_end_matches('/'), call.id),
    };
    let rest: Vec<String> = others.iter().filter(|email| **email != question.email).cloned().collect();
    mail::put(tx, mail::render(&question.email, "question_answer_corrected", call.id.as_str(), &letter)?, now)?;
    mail::put_each(tx, &rest, "question_corrected", call.id.as_str(), &letter, now)
}
