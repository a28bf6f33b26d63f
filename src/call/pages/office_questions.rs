//! The office answers a question of a contest. Nothing here says who asked.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::office::{url, version};
use super::policy::AnswerQuestion;
use super::question_list::answer_waiting;
use super::questions::{EarlierRow, earlier};
use crate::account::Role;
use crate::call::store::{corrections, questions};
use crate::call::{self, Call, LONGEST_ANSWER, LONGEST_QUESTION, Question, QuestionState};
use crate::error::AppError;
use crate::law::show_instant;
use crate::programme::pages::kit::{Shown, lines};
use crate::web::{Allowed, Ctx, Doing, Fields, Flash, Posted, Problems, Waiting, sort_problems};

#[derive(Serialize)]
struct AnswerPage {
    title: String,
    url: String,
    back: String,
    waiting: Option<Waiting>,
    asked: String,
    text: Vec<String>,
    open: bool,
    state: &'static str,
    answer: Vec<String>,
    closed: String,
    may_answer: bool,
    most_question: usize,
    most_answer: usize,
    /// Somebody saved other texts meanwhile: they stand beside what was typed.
    conflict: bool,
    saved_shown: String,
    saved_answer: String,
    /// What a published answer said before.
    earlier: Vec<EarlierRow>,
    may_correct: bool,
    /// Which letters the publication sends.
    letters: String,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

fn fields_of(q: &Question) -> Fields {
    let mut f = Fields::default();
    f.set("shown", &q.shown);
    f.set("answer", &q.answer);
    f.set("version", q.version.to_string());
    f
}

fn page_of(ctx: &Ctx, call: &Call, q: &Question, f: &Fields, problems: &Problems) -> AnswerPage {
    let open = q.state == QuestionState::Asked;
    AnswerPage {
        title: call.content.title.clone(),
        url: format!("{}/pytania/{}", url(call), q.id),
        back: format!("{}/pytania", url(call)),
        waiting: open.then(|| answer_waiting(call, ctx.arrived)),
        asked: show_instant(q.asked_at),
        text: lines(&q.text),
        open,
        state: q.state.label(),
        answer: lines(&q.answer),
        closed: q.closed_at.map(show_instant).unwrap_or_default(),
        may_answer: ctx.actor.has(Role::Officer),
        most_question: LONGEST_QUESTION,
        most_answer: LONGEST_ANSWER,
        conflict: false,
        saved_shown: String::new(),
        saved_answer: String::new(),
        earlier: Vec::new(),
        may_correct: q.state == QuestionState::Answered && ctx.actor.has(Role::Officer),
        letters: String::new(),
        f: f.map(),
        shown: Shown::of(problems),
    }
}

fn title(view: &AnswerPage, text: &str) -> String {
    if view.shown.errors.is_empty() { text.to_owned() } else { format!("Błąd: {text}") }
}

/// `GET /urzad/konkursy/{call}/pytania/{question}`
pub async fn show(may: Allowed<AnswerQuestion>) -> Result<HttpResponse, AppError> {
    let (call, q) = &may.object;
    let id = q.id.clone();
    let corrected = may.ctx.read(move |r| corrections::of_question(r, &id)).await?;
    let view = AnswerPage {
        earlier: earlier(&corrected, &q.id),
        ..page_of(&may.ctx, call, q, &fields_of(q), &Problems::default())
    };
    may.ctx.page("call/office_question.html", "Odpowiedź na pytanie", &view)
}

/// `POST /urzad/konkursy/{call}/pytania/{question}`: keeps the draft; nothing is public yet.
pub async fn save(may: Allowed<AnswerQuestion>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let seen = version(&form)?;
    let (ctx, (call, q)) = (&may.ctx, &may.object);
    let (id, texts) = (q.id.clone(), (form.text("shown").to_owned(), form.text("answer").to_owned()));
    let doing = Doing::new("call.answer.save", "pytanie", &id);
    match ctx.deed(doing, move |tx, who, now| call::save_answer(tx, who, &id, seen, texts, now)).await {
        Ok(()) => {
            let here = format!("{}/pytania/{}", url(call), q.id);
            if form.text("_then") == "stay" {
                let text = "Zapisano roboczo. Odpowiedź nie jest jeszcze opublikowana.";
                return Ok(ctx.see_other(&here, Some(Flash::ok(text))));
            }
            Ok(ctx.see_other(&format!("{here}/odpowiedz"), None))
        }
        Err(AppError::Stale) => stale(ctx, call, q, form).await,
        Err(e) => {
            let view = page_of(ctx, call, q, &form, &sort_problems(e)?);
            let title = title(&view, "Odpowiedź na pytanie");
            ctx.page_as(StatusCode::UNPROCESSABLE_ENTITY, "call/office_question.html", &title, &view)
        }
    }
}

/// Both texts side by side; the form keeps what was typed and the version that is saved now.
async fn stale(ctx: &Ctx, call: &Call, q: &Question, form: Fields) -> Result<HttpResponse, AppError> {
    let id = q.id.clone();
    let now = ctx.read(move |r| questions::find(r, &id)).await?;
    let mut f = Fields::default();
    f.set("shown", form.text("shown"));
    f.set("answer", form.text("answer"));
    f.set("version", now.version.to_string());
    let view = AnswerPage {
        conflict: true,
        saved_shown: now.shown.clone(),
        saved_answer: now.answer.clone(),
        ..page_of(ctx, call, &now, &f, &Problems::default())
    };
    ctx.page_as(StatusCode::CONFLICT, "call/office_question.html", "Odpowiedź na pytanie", &view)
}

async fn publish_page(
    may: &Allowed<AnswerQuestion>,
    status: StatusCode,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let (ctx, (call, q)) = (&may.ctx, &may.object);
    let asked = q.clone();
    let letters = ctx.read(move |r| call::letters_of(r, &asked)).await?.text;
    let view = AnswerPage { text: lines(&q.shown), letters, ..page_of(ctx, call, q, &fields_of(q), problems) };
    ctx.page_as(status, "call/question_publish.html", &title(&view, "Opublikuj odpowiedź"), &view)
}

/// `GET /urzad/konkursy/{call}/pytania/{question}/odpowiedz`
pub async fn publishing(may: Allowed<AnswerQuestion>) -> Result<HttpResponse, AppError> {
    let (call, q) = &may.object;
    if q.state != QuestionState::Asked || q.answer.is_empty() {
        return Ok(may.ctx.see_other(&format!("{}/pytania/{}", url(call), q.id), None));
    }
    publish_page(&may, StatusCode::OK, &Problems::default()).await
}

/// `POST /urzad/konkursy/{call}/pytania/{question}/odpowiedz`
pub async fn publish(may: Allowed<AnswerQuestion>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let seen = version(&form)?;
    let (ctx, (call, q)) = (&may.ctx, &may.object);
    let (id, base) = (q.id.clone(), ctx.state.config.base_url.clone());
    let doing = Doing::new("call.answer", "pytanie", &id);
    match ctx.deed(doing, move |tx, who, now| call::publish_answer(tx, who, &id, seen, &base, now)).await {
        Ok(letters) => {
            let text = format!("Odpowiedź jest na stronie konkursu. Wysyłamy {letters}.");
            Ok(ctx.see_other(&format!("{}/pytania", url(call)), Some(Flash::ok(text))))
        }
        Err(e) => publish_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &sort_problems(e)?).await,
    }
}

fn refuse_page(
    may: &Allowed<AnswerQuestion>,
    status: StatusCode,
    f: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let (ctx, (call, q)) = (&may.ctx, &may.object);
    let view = page_of(ctx, call, q, f, problems);
    ctx.page_as(status, "call/question_refuse.html", &title(&view, "Odmów odpowiedzi"), &view)
}

/// `GET /urzad/konkursy/{call}/pytania/{question}/odmowa`
pub async fn refusing(may: Allowed<AnswerQuestion>) -> Result<HttpResponse, AppError> {
    let (call, q) = &may.object;
    if q.state != QuestionState::Asked {
        return Ok(may.ctx.see_other(&format!("{}/pytania/{}", url(call), q.id), None));
    }
    refuse_page(&may, StatusCode::OK, &fields_of(q), &Problems::default())
}

/// `POST /urzad/konkursy/{call}/pytania/{question}/odmowa`
pub async fn refuse(may: Allowed<AnswerQuestion>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let seen = version(&form)?;
    let (ctx, (call, q)) = (&may.ctx, &may.object);
    let (id, reason) = (q.id.clone(), form.text("reason").to_owned());
    let doing = Doing::new("call.answer.refuse", "pytanie", &id);
    match ctx.deed(doing, move |tx, who, now| call::refuse_question(tx, who, &id, seen, &reason, now)).await {
        Ok(()) => {
            let text = "Odmówiono odpowiedzi. Powód wysyłamy tylko osobie, która pytała.";
            Ok(ctx.see_other(&format!("{}/pytania", url(call)), Some(Flash::ok(text))))
        }
        Err(e) => refuse_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &sort_problems(e)?),
    }
}
