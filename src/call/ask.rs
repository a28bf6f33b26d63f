//! Somebody asks about a contest. Who is signed in has asked at once; anybody else first shows with a link
//! that the address is theirs, and only then the office sees the question.

use chrono::Duration;
use serde::Serialize;

use super::forget_questions;
use super::model::{Call, LONGEST_QUESTION, QUESTION_LINK, Question, QuestionAction, QuestionState};
use super::store::{self, questions};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::{self, Instant, show_date_weekday, show_instant};
use crate::mail;
use crate::store::{self as db, CallId, QuestionId, Read, Tx, digest};

/// Most questions of one address in one contest in a day.
const A_DAY: i64 = 10;
/// Shortest question, in characters.
const SHORTEST: usize = 10;

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    pub text: String,
    /// Where the answer goes; for who is signed in, the address of the account.
    pub email: String,
}

/// What became of it, and the address the answer goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedHow {
    Received(String),
    /// The link was sent.
    ToConfirm(String),
}

#[derive(Serialize)]
struct Letter<'a> {
    number: &'a str,
    title: &'a str,
    link: String,
    until: String,
}

/// Letters with a link that wait for one address in a call, within a day.
const WAITING: i64 = 3;

/// Who has an account is counted by it, and nobody else's questions count. Without one, letters with a link are
/// few, so that nobody's address is written to again and again.
fn not_too_many(r: &mut Read<'_>, by: &Actor, call: &Call, email: &str, now: Instant) -> Result<(), AppError> {
    let since = now - Duration::days(1);
    let (asked, waiting) = match by.person_id() {
        Some(person) => (questions::asked_by_person(r, &call.id, person, since)?, 0),
        None => questions::asked_under(r, &call.id, email, since)?,
    };
    let why = if asked >= A_DAY {
        format!("Z jednego adresu można zadać najwyżej {A_DAY} pytań na dobę. Zadaj następne jutro.")
    } else if waiting >= WAITING {
        format!(
            "Na ten adres wysłaliśmy w ciągu doby już {WAITING} listy z odnośnikiem. Potwierdź jedno z tych pytań, \
             zaloguj się albo zadaj następne jutro."
        )
    } else {
        return Ok(());
    };
    Err(AppError::Invalid(FieldErrors::of("text", why)))
}

/// The hash of a link's token, for looking it up.
#[must_use]
pub fn question_token(token: &str) -> String {
    digest(&format!("question:{token}"))
}

/// Takes a question; the same one sent twice is one question.
///
/// # Errors
/// `NotFound` for a call that is not public, `Invalid` for a text or address that will not do, too many
/// questions, or when their time has passed.
pub fn ask(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: &CallId,
    asking: Asking,
    base_url: &str,
    now: Instant,
) -> Result<AskedHow, AppError> {
    let call = store::find_public(tx, call)?;
    in_time(&call, now)?;
    let (text, email) = checked(by, &asking)?;
    questions::hold(tx, &call.id)?;
    if let Some(same) = questions::same(tx, &call.id, &email, &text)?
        && (same.state == QuestionState::Asked || still_works(&same, now))
    {
        return Ok(how(same.state, email));
    }
    not_too_many(tx, by, &call, &email, now)?;
    let signed_in = by.person.is_some();
    let question = Question {
        id: QuestionId::new(),
        call: call.id.clone(),
        no: None,
        state: if signed_in { QuestionState::Asked } else { QuestionState::Unconfirmed },
        version: 0,
        shown: text.clone(),
        text,
        answer: String::new(),
        email: email.clone(),
        person: by.person_id().cloned(),
        asked_at: now,
        confirmed_at: signed_in.then_some(now),
        closed_at: None,
        closed_by: String::new(),
    };
    if signed_in {
        questions::insert(tx, &question, None)?;
        log(tx, &question, "call.ask", format!("Zadano pytanie w konkursie {}.", call.number()), now);
    } else {
        let token = db::token()?;
        questions::insert(tx, &question, Some(question_token(&token)))?;
        forget_questions::plan(tx, &question.id, now)?;
        send(tx, &call, &question, &token, base_url, now)?;
        let detail = format!("Zadano pytanie w konkursie {}; adres czeka na potwierdzenie.", call.number());
        log(tx, &question, "call.ask", detail, now);
    }
    Ok(how(question.state, email))
}

/// Shows the question with this token to the office: whoever has the link owns the address.
///
/// # Errors
/// `NotFound` for an unknown link, `Invalid` when it is too late.
pub fn confirm_question(tx: &mut Tx<'_>, token: &str, now: Instant) -> Result<(), AppError> {
    let mut question = questions::by_token(tx, &question_token(token))?;
    if question.state != QuestionState::Unconfirmed {
        return Ok(());
    }
    let call = store::find_public(tx, &question.call)?;
    if !still_works(&question, now) || !call.is_open(now) {
        let why = "Ten odnośnik już nie działa: minęła doba albo termin składania ofert. Urząd nie dostał pytania.";
        return Err(AppError::Invalid(FieldErrors::of("", why)));
    }
    question.state = question.state.after(QuestionAction::Confirm).map_err(|e| AppError::forbidden(e.to_string()))?;
    question.confirmed_at = Some(now);
    questions::save(tx, &question)?;
    let detail = format!("Potwierdzono adres; pytanie w konkursie {} jest w urzędzie.", call.number());
    log(tx, &question, "call.ask.confirm", detail, now);
    Ok(())
}

/// Whether the link of an unconfirmed question works still.
#[must_use]
pub fn still_works(question: &Question, now: Instant) -> bool {
    question.state == QuestionState::Unconfirmed && now < question.asked_at + QUESTION_LINK
}

fn how(state: QuestionState, email: String) -> AskedHow {
    match state {
        QuestionState::Unconfirmed => AskedHow::ToConfirm(email),
        QuestionState::Asked | QuestionState::Answered | QuestionState::Refused => AskedHow::Received(email),
    }
}

fn in_time(call: &Call, now: Instant) -> Result<(), AppError> {
    if call.takes_questions(now) {
        return Ok(());
    }
    let last = call.questions_last_day().map(show_date_weekday).unwrap_or_default();
    let why = format!("Pytania w tym konkursie można było zadawać do dnia: {last}. Nie przyjęto pytania.");
    Err(AppError::Invalid(FieldErrors::of("", why)))
}

fn checked(by: &Actor, asking: &Asking) -> Result<(String, String), AppError> {
    let mut errors = FieldErrors::new();
    let text = asking.text.trim().to_owned();
    let length = text.chars().count();
    if length < SHORTEST {
        errors.add("text", "Napisz pytanie: co najmniej 10 znaków.");
    } else if length > LONGEST_QUESTION {
        errors.add(
            "text",
            format!("Pytanie ma {length} znaków, a może mieć najwyżej {LONGEST_QUESTION}. Skróć je albo podziel."),
        );
    }
    let email = match &by.person {
        Some(person) => Some(person.email.clone()),
        None if asking.email.trim().is_empty() => {
            errors.add("email", "Podaj adres e-mail, na który przyjdzie odpowiedź.");
            None
        }
        None => errors.take("email", law::email(&asking.email)).map(|email| email.to_lowercase()),
    };
    errors.finish(email.map(|email| (text, email)))
}

fn send(
    tx: &mut Tx<'_>,
    call: &Call,
    question: &Question,
    token: &str,
    base_url: &str,
    now: Instant,
) -> Result<(), AppError> {
    let letter = Letter {
        number: call.number(),
        title: &call.content.title,
        link: format!("{}/konkursy/{}/pytania/{token}", base_url.trim_end_matches('/'), call.id),
        until: show_instant(now + QUESTION_LINK),
    };
    mail::put(tx, mail::render(&question.email, "question_confirm", call.id.as_str(), &letter)?, now)
}

/// The log of a question never names who asked: whoever answers may read it.
fn log(tx: &mut Tx<'_>, question: &Question, deed: &'static str, detail: String, now: Instant) {
    let deed = Deed {
        actor: "-",
        deed,
        object_kind: "question",
        object_id: question.id.as_str(),
        before: String::new(),
        after: digest(&question.text),
        detail,
    };
    audit::append(tx, deed, now);
}
