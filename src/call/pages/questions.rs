//! Questions about a contest, as everyone sees them, and asking one.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::policy::{AskedByLink, PublicCall};
use super::view::waiting;
use crate::call::store::{corrections, questions};
use crate::call::{
    self, AnswerCorrection, AskedHow, Asking, Call, LONGEST_QUESTION, Question, QuestionState, still_works,
};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_date, show_date_weekday, show_instant, warsaw_date};
use crate::programme::pages::kit::{Shown, lines};
use crate::store::{CallId, QuestionId, Read};
use crate::web::{Allowed, Ctx, Doing, Fields, Flash, Posted, Problems, Waiting, sort_problems};

/// A question with its answer.
#[derive(Serialize)]
pub struct AnsweredRow {
    no: i64,
    asked: String,
    answered: String,
    question: Vec<String>,
    answer: Vec<String>,
    /// When the answer was corrected last; empty when it never was.
    corrected: String,
    earlier: Vec<EarlierRow>,
}

/// What an answer said before it was corrected.
#[derive(Serialize)]
pub struct EarlierRow {
    corrected: String,
    reason: String,
    since: String,
    text: Vec<String>,
}

/// The earlier texts of one answer, the last one first.
pub fn earlier(corrections: &[AnswerCorrection], question: &QuestionId) -> Vec<EarlierRow> {
    let row = |c: &AnswerCorrection| EarlierRow {
        corrected: show_instant(c.at),
        reason: c.reason.clone(),
        since: show_instant(c.since),
        text: lines(&c.before),
    };
    corrections.iter().rev().filter(|c| c.question == *question).map(row).collect()
}

/// The questions of a call and whether more are taken.
#[derive(Serialize)]
pub struct QuestionsView {
    rows: Vec<AnsweredRow>,
    open: bool,
    /// Until when questions are taken, or were.
    until: String,
    href: String,
    /// Whether a link leads to the form; on its own page it stands above.
    link: bool,
}

impl QuestionsView {
    pub fn of(call: &Call, (answered, corrected): &Answers, now: Instant) -> QuestionsView {
        QuestionsView {
            rows: answered.iter().map(|q| row(q, corrected)).collect(),
            open: call.takes_questions(now),
            until: until(call, now),
            href: format!("/konkursy/{}/pytania", call.id),
            link: call.takes_questions(now),
        }
    }
}

/// The answered questions of a call, and every correction of their answers.
pub type Answers = (Vec<Question>, Vec<AnswerCorrection>);

pub fn answers(r: &mut Read<'_>, call: &CallId) -> Result<Answers, AppError> {
    Ok((questions::answered(r, call)?, corrections::of_call(r, call)?))
}

fn row(q: &Question, corrected: &[AnswerCorrection]) -> AnsweredRow {
    let earlier = earlier(corrected, &q.id);
    let day = |at: Instant| show_date(warsaw_date(at));
    AnsweredRow {
        no: q.no.unwrap_or_default(),
        asked: day(q.asked_at),
        answered: q.closed_at.map(day).unwrap_or_default(),
        question: lines(&q.shown),
        answer: lines(&q.answer),
        corrected: earlier.first().map(|e| e.corrected.clone()).unwrap_or_default(),
        earlier,
    }
}

/// Until when questions are taken, as a sentence.
pub fn until(call: &Call, now: Instant) -> String {
    let (Some(last), Some(end)) = (call.questions_last_day(), call.questions_until()) else { return String::new() };
    let with_offers = call.deadline_at == Some(end);
    match (call.takes_questions(now), with_offers) {
        (true, true) => "Pytania można zadawać do końca terminu składania ofert.".to_owned(),
        (true, false) => format!("Ostatni dzień na pytania: {}.", show_date_weekday(last)),
        (false, true) => "Pytania można było zadawać do końca terminu składania ofert.".to_owned(),
        (false, false) => format!("Ostatni dzień na pytania minął: {}.", show_date_weekday(last)),
    }
}

#[derive(Serialize)]
struct AskPage {
    title: String,
    back: String,
    waiting: Option<Waiting>,
    questions: QuestionsView,
    /// The address the answer goes to; empty when it must be typed.
    me: String,
    most: usize,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

async fn ask_page(
    ctx: &Ctx,
    call: &Call,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let id = call.id.clone();
    let answered = ctx.read(move |r| answers(r, &id)).await?;
    let view = AskPage {
        title: call.content.title.clone(),
        back: format!("/konkursy/{}", call.id),
        waiting: waiting(call, ctx.arrived),
        questions: QuestionsView { link: false, ..QuestionsView::of(call, &answered, ctx.arrived) },
        me: ctx.actor.person.as_ref().map(|p| p.email.clone()).unwrap_or_default(),
        most: LONGEST_QUESTION,
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let error = if view.shown.errors.is_empty() { "" } else { "Błąd: " };
    ctx.page_as(status, "call/questions.html", &format!("{error}Pytania do konkursu {}", call.number()), &view)
}

/// `GET /konkursy/{call}/pytania`
pub async fn show(may: Allowed<PublicCall>) -> Result<HttpResponse, AppError> {
    ask_page(&may.ctx, &may.object, StatusCode::OK, &Fields::default(), &Problems::default()).await
}

/// `POST /konkursy/{call}/pytania`
pub async fn ask(may: Allowed<PublicCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, call) = (&may.ctx, &may.object);
    if ctx.actor.person.is_none() && !ctx.state.asks.lets_in(ctx.arrived) {
        let why =
            "Teraz pyta bardzo wiele osób. Nic nie przepadło: odczekaj kilka sekund i wyślij pytanie jeszcze raz.";
        let problems = Problems { errors: FieldErrors::of("", why), findings: Vec::new() };
        return ask_page(ctx, call, StatusCode::TOO_MANY_REQUESTS, &form, &problems).await;
    }
    let asking = Asking { text: form.text("text").to_owned(), email: form.text("email").to_owned() };
    let (id, base) = (call.id.clone(), ctx.state.config.base_url.clone());
    let doing = Doing::new("call.ask", "pytanie", "nowe").unnamed();
    match ctx.deed(doing, move |tx, who, now| call::ask(tx, who, &id, asking, &base, now)).await {
        Ok(done) => {
            let flash = match done {
                AskedHow::Received(email) => Flash::ok(format!(
                    "Pytanie jest w urzędzie. Odpowiedź pojawi się na tej stronie i przyjdzie na adres {email}."
                )),
                AskedHow::ToConfirm(email) => Flash::warn(format!(
                    "Jeszcze jeden krok: wysłaliśmy list na adres {email}. Otwórz odnośnik z listu w ciągu doby, wtedy urząd dostanie pytanie."
                )),
            };
            Ok(ctx.see_other(&format!("/konkursy/{}/pytania", call.id), Some(flash)))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            ask_page(ctx, call, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems).await
        }
    }
}

#[derive(Serialize)]
struct ConfirmPage {
    title: String,
    back: String,
    action: String,
    text: Vec<String>,
    email: String,
    until: String,
    /// Why the link does nothing (any more); empty when it does.
    dead: &'static str,
    done: bool,
    waiting: Option<Waiting>,
    #[serde(flatten)]
    shown: Shown,
}

fn confirm_page(may: &Allowed<AskedByLink>, problems: &Problems) -> Result<HttpResponse, AppError> {
    let (ctx, (call, question)) = (&may.ctx, &may.object);
    let works = still_works(question, ctx.arrived) && call.is_open(ctx.arrived);
    let done = question.state != QuestionState::Unconfirmed;
    let dead = match (works, done) {
        (true, _) => "",
        (false, true) => "To pytanie jest już w urzędzie.",
        (false, false) => {
            "Ten odnośnik już nie działa: minęła doba albo termin składania ofert. Urząd nie dostał pytania."
        }
    };
    let view = ConfirmPage {
        title: call.content.title.clone(),
        back: format!("/konkursy/{}", call.id),
        action: format!("/konkursy/{}/pytania/{}", call.id, may.path.text("link")?),
        text: lines(&question.text),
        email: question.email.clone(),
        until: show_instant(question.asked_at + call::QUESTION_LINK),
        dead,
        done,
        waiting: waiting(call, ctx.arrived),
        shown: Shown::of(problems),
    };
    let (status, title) = match (works, done) {
        (true, _) | (false, true) => (StatusCode::OK, format!("Pytanie do konkursu {}", call.number())),
        (false, false) => (StatusCode::GONE, "Odnośnik już nie działa".to_owned()),
    };
    ctx.page_as(status, "call/question_confirm.html", &title, &view)
}

/// `GET /konkursy/{call}/pytania/{link}`: looks only, because mail programs follow links by themselves.
pub async fn confirming(may: Allowed<AskedByLink>) -> Result<HttpResponse, AppError> {
    confirm_page(&may, &Problems::default())
}

/// `POST /konkursy/{call}/pytania/{link}`
pub async fn confirm(may: Allowed<AskedByLink>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    let token = may.path.text("link")?.to_owned();
    let doing = Doing::new("call.ask.confirm", "pytanie", &may.object.1.id).unnamed();
    match may.ctx.deed(doing, move |tx, _, now| call::confirm_question(tx, &token, now)).await {
        Ok(()) => {
            let text = format!(
                "Pytanie jest w urzędzie. Odpowiedź pojawi się na tej stronie i przyjdzie na adres {}.",
                may.object.1.email
            );
            Ok(may.ctx.see_other(&format!("/konkursy/{}/pytania", may.object.0.id), Some(Flash::ok(text))))
        }
        Err(e) => confirm_page(&may, &sort_problems(e)?),
    }
}
