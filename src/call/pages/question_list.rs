//! The questions of a contest, as the office lists them: those without an answer first.

use actix_web::HttpResponse;
use serde::Serialize;

use super::office::url;
use super::policy::OfficeCall;
use super::questions::until;
use super::view::deadline_text;
use crate::account::Role;
use crate::call::store::questions;
use crate::call::{Call, Question, QuestionState};
use crate::error::AppError;
use crate::law::{Instant, left, plural, show_instant};
use crate::web::{Allowed, Waiting};

#[derive(Serialize)]
struct Row {
    /// Empty for who may not open the question: the whole text stands in the list then.
    href: String,
    no: String,
    asked: String,
    text: String,
    state: &'static str,
    tone: &'static str,
    closed: String,
}

/// How much of a question stands in the list where it can be opened.
const BEGINNING: usize = 160;

fn row(q: &Question, opens: bool) -> Row {
    let (state, tone) = match q.state {
        QuestionState::Unconfirmed | QuestionState::Asked if q.answer.is_empty() => ("bez odpowiedzi", "error"),
        QuestionState::Unconfirmed | QuestionState::Asked => ("odpowiedź robocza", "warn"),
        QuestionState::Answered => ("opublikowana", "ok"),
        QuestionState::Refused => ("odmowa", "neutral"),
    };
    let text: String = q.text.chars().take(if opens { BEGINNING } else { usize::MAX }).collect();
    let href = format!("/urzad/konkursy/{}/pytania/{}", q.call, q.id);
    Row {
        href: if opens { href } else { String::new() },
        no: q.no.map(|no| no.to_string()).unwrap_or_default(),
        asked: show_instant(q.asked_at),
        text: if text.chars().count() < q.text.chars().count() { format!("{text}…") } else { text },
        state,
        tone,
        closed: q.closed_at.map(show_instant).unwrap_or_default(),
    }
}

/// How many questions wait, for the office's page of a call.
#[derive(Serialize)]
pub struct WaitingQuestions {
    text: String,
    since: String,
    href: String,
}

impl WaitingQuestions {
    pub fn of(call: &Call, since: &[Instant]) -> Option<WaitingQuestions> {
        let oldest = since.first()?;
        let count = i64::try_from(since.len()).unwrap_or(i64::MAX);
        Some(WaitingQuestions {
            text: format!(
                "{count} {} na odpowiedź urzędu",
                plural(count, "pytanie czeka", "pytania czekają", "pytań czeka")
            ),
            since: show_instant(*oldest),
            href: format!("{}/pytania", url(call)),
        })
    }
}

#[derive(Serialize)]
struct ListPage {
    title: String,
    back: String,
    waiting: Option<Waiting>,
    until: String,
    open: Vec<Row>,
    closed: Vec<Row>,
}

/// `GET /urzad/konkursy/{call}/pytania`: those without an answer first.
pub async fn list(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    let (ctx, call) = (&may.ctx, &may.object);
    let id = call.id.clone();
    let all = ctx.read(move |r| questions::of_call(r, &id)).await?;
    let opens = ctx.actor.has(Role::Officer);
    let row = |q: &Question| row(q, opens);
    let (open, closed): (Vec<&Question>, Vec<&Question>) = all.iter().partition(|q| q.state == QuestionState::Asked);
    let view = ListPage {
        title: call.content.title.clone(),
        back: url(call),
        waiting: list_waiting(call, open.len(), ctx.arrived),
        until: until(call, ctx.arrived),
        open: open.into_iter().map(row).collect(),
        closed: closed.into_iter().rev().map(row).collect(),
    };
    ctx.page("call/office_questions.html", &format!("Pytania do konkursu {}", call.number()), &view)
}

fn list_waiting(call: &Call, open: usize, now: Instant) -> Option<Waiting> {
    if open > 0 {
        return Some(answer_waiting(call, now));
    }
    call.takes_questions(now).then(|| Waiting {
        whose: "pytania".into(),
        what: "Na wszystkie dotychczasowe urząd odpowiedział.".into(),
        ..Waiting::default()
    })
}

/// An answer helps until the deadline for offers.
pub fn answer_waiting(call: &Call, now: Instant) -> Waiting {
    let helps = call.is_open(now);
    Waiting {
        whose: "pracownika merytorycznego urzędu".into(),
        what: "Odpowiedź pomoże, dopóki można składać oferty.".into(),
        until: if helps { deadline_text(call) } else { String::new() },
        left: call.deadline_at.filter(|_| helps).map(|end| left(now, end)).unwrap_or_default(),
    }
}
