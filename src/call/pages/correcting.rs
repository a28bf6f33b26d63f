//! The office corrects a published answer: what stands there, the new text, the reason, and who gets a letter.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::office::{url, version};
use super::policy::AnswerQuestion;
use super::questions::{EarlierRow, earlier};
use super::view::waiting;
use crate::call::store::{corrections, questions};
use crate::call::{self, Call, LONGEST_ANSWER, LONGEST_QUESTION, Question, QuestionState};
use crate::error::AppError;
use crate::law::show_instant;
use crate::programme::pages::kit::{Shown, lines};
use crate::web::{Allowed, Ctx, Doing, Fields, Flash, Posted, Problems, Waiting, sort_problems};

#[derive(Serialize)]
struct CorrectPage {
    title: String,
    url: String,
    call_url: String,
    waiting: Option<Waiting>,
    no: i64,
    text: Vec<String>,
    answer: Vec<String>,
    answered: String,
    earlier: Vec<EarlierRow>,
    /// Which letters the correction sends.
    letters: String,
    /// Offers may still be handed in.
    open: bool,
    /// Somebody corrected the answer meanwhile.
    conflict: bool,
    most_answer: usize,
    most_reason: usize,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

async fn page(
    ctx: &Ctx,
    (call, q): (&Call, &Question),
    status: StatusCode,
    f: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let asked = q.clone();
    let (told, corrected) =
        ctx.read(move |r| Ok((call::told_of(r, &asked)?, corrections::of_question(r, &asked.id)?))).await?;
    let view = CorrectPage {
        title: call.content.title.clone(),
        url: format!("{}/pytania/{}", url(call), q.id),
        call_url: url(call),
        waiting: waiting(call, ctx.arrived),
        no: q.no.unwrap_or_default(),
        text: lines(&q.shown),
        answer: lines(&q.answer),
        answered: corrected.last().map(|c| c.at).or(q.closed_at).map(show_instant).unwrap_or_default(),
        earlier: earlier(&corrected, &q.id),
        letters: told.text,
        open: call.is_open(ctx.arrived),
        conflict: status == StatusCode::CONFLICT,
        most_answer: LONGEST_ANSWER,
        most_reason: LONGEST_QUESTION,
        f: f.map(),
        shown: Shown::of(problems),
    };
    let error = if view.shown.errors.is_empty() { "" } else { "Błąd: " };
    ctx.page_as(status, "call/question_correct.html", &format!("{error}Popraw odpowiedź"), &view)
}

/// `GET /urzad/konkursy/{call}/pytania/{question}/poprawka`
pub async fn show(may: Allowed<AnswerQuestion>) -> Result<HttpResponse, AppError> {
    let (call, q) = &may.object;
    if q.state != QuestionState::Answered {
        return Ok(may.ctx.see_other(&format!("{}/pytania/{}", url(call), q.id), None));
    }
    let mut f = Fields::default();
    f.set("answer", &q.answer);
    f.set("version", q.version.to_string());
    page(&may.ctx, (call, q), StatusCode::OK, &f, &Problems::default()).await
}

/// `POST /urzad/konkursy/{call}/pytania/{question}/poprawka`
pub async fn save(may: Allowed<AnswerQuestion>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let seen = version(&form)?;
    let (ctx, (call, q)) = (&may.ctx, &may.object);
    let (id, base) = (q.id.clone(), ctx.state.config.base_url.clone());
    let texts = (form.text("answer").to_owned(), form.text("reason").to_owned());
    let doing = Doing::new("call.answer.correct", "pytanie", &id);
    match ctx.deed(doing, move |tx, who, now| call::correct_answer(tx, who, &id, seen, texts, &base, now)).await {
        Ok(letters) => {
            let text = format!("Poprawiona odpowiedź jest na stronie konkursu. Wysyłamy {letters}.");
            Ok(ctx.see_other(&format!("{}/pytania/{}", url(call), q.id), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => {
            let id = q.id.clone();
            let now = ctx.read(move |r| questions::find(r, &id)).await?;
            let mut f = Fields::default();
            f.set("version", now.version.to_string());
            f.set("answer", form.text("answer"));
            f.set("reason", form.text("reason"));
            page(ctx, (call, &now), StatusCode::CONFLICT, &f, &Problems::default()).await
        }
        Err(e) => page(ctx, (call, q), StatusCode::UNPROCESSABLE_ENTITY, &form, &sort_problems(e)?).await,
    }
}
