//! The formal cards: the list of a contest, and the card of one offer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::gate::{CheckOffer, OfferCase, ReadCheck, ReadChecks};
use super::reading::{Core, Reading};
use super::{CallHead, FormView};
use crate::account::Role;
use crate::call::{Call, CallState, Extension, FormalQuestion};
use crate::error::{AppError, FieldErrors};
use crate::law::{show_instant, show_instant_seconds, show_until};
use crate::offer::{self, Offer, OfferState};
use crate::review::model::{Answer, FormalAnswer, FormalCheck, FormalOutcome};
use crate::review::{check_formally, rules, store};
use crate::web::{Allowed, Choice, Ctx, Doing, Fields, Flash, Posted, Waiting, option_list, sort_problems};

#[derive(Serialize)]
struct OfferRow {
    number: String,
    org: String,
    title: String,
    asked: String,
    state: &'static str,
    tone: &'static str,
    reason: String,
    href: String,
    todo: bool,
}

#[derive(Serialize)]
struct ListPage {
    waiting: Option<Waiting>,
    call: CallHead,
    offers: Vec<OfferRow>,
    left: usize,
}

fn tone(state: OfferState) -> &'static str {
    match state {
        OfferState::Submitted => "warn",
        OfferState::FormalOk | OfferState::Selected | OfferState::Contracted => "ok",
        OfferState::Rejected => "error",
        OfferState::Draft | OfferState::Withdrawn | OfferState::Reserve | OfferState::NotSelected => "neutral",
    }
}

fn row(call: &Call, offer: &Offer, checks: &[FormalCheck]) -> OfferRow {
    let check = checks.iter().find(|c| c.offer == offer.id);
    OfferRow {
        number: offer.number.clone().unwrap_or_default(),
        org: offer.offeror_names(),
        title: offer.content.title.clone(),
        asked: offer.grant.to_string(),
        state: if offer.state == OfferState::Submitted { "do sprawdzenia" } else { offer.state.office_label() },
        tone: tone(offer.state),
        reason: check.map(|c| rules::reasons(&call.content.formal, &c.answers)).unwrap_or_default(),
        href: format!("/urzad/oferty/{}/ocena-formalna", offer.id),
        todo: offer.state == OfferState::Submitted,
    }
}

/// `GET /urzad/konkursy/{call}/oceny-formalne`
pub async fn list(may: Allowed<ReadChecks>) -> Result<HttpResponse, AppError> {
    let (ctx, call) = (may.ctx, may.object.call);
    let id = call.id.clone();
    let (offers, checks) =
        ctx.read(move |r| Ok((offer::store::filed_in_call(r, &id)?, store::checks(r, &id)?))).await?;
    let rows: Vec<OfferRow> = offers.iter().map(|o| row(&call, o, &checks)).collect();
    let left = rows.iter().filter(|r| r.todo).count();
    let waiting = match call.state {
        CallState::Review if left > 0 => Some(Waiting {
            whose: "pracownika merytorycznego".into(),
            what: format!("Oferty do oceny formalnej: {left} z {}.", rows.len()),
            ..Waiting::default()
        }),
        CallState::Review => Some(Waiting {
            whose: "komisję".into(),
            what: "Wszystkie oferty oceniono formalnie; trwa ocena merytoryczna.".into(),
            ..Waiting::default()
        }),
        CallState::Draft | CallState::Announced | CallState::Decided | CallState::Published | CallState::Cancelled => {
            None
        }
    };
    let view = ListPage { waiting, call: CallHead::of(&call), offers: rows, left };
    ctx.page("review/checks.html", &format!("Oceny formalne – konkurs {}", view.call.number), &view)
}

#[derive(Serialize)]
struct QuestionView {
    no: usize,
    key: String,
    text: String,
    correctable: bool,
    hint: String,
}

#[derive(Serialize)]
struct CheckPage {
    waiting: Option<Waiting>,
    call: CallHead,
    number: String,
    href: String,
    version: String,
    decided: String,
    can_check: bool,
    questions: Vec<QuestionView>,
    answers: Vec<Choice>,
    outcomes: Vec<Choice>,
    core: Core,
    form: offer::pages::FormView,
    entry: FormView,
}

const ANSWERS: [(Answer, &str, &str); 3] =
    [(Answer::Yes, "yes", "tak"), (Answer::No, "no", "nie"), (Answer::NotApplicable, "na", "nie dotyczy")];

fn answer_code(answer: Answer) -> &'static str {
    ANSWERS.iter().find(|(a, _, _)| *a == answer).map_or("", |(_, code, _)| code)
}

/// What the form starts with: the card as it stands, else what the program knows.
fn first_fields(o: &OfferCase, check: Option<&FormalCheck>) -> Fields {
    let mut out = Fields::default();
    if let Some(check) = check {
        for a in &check.answers {
            out.set(format!("answer.{}", a.key), answer_code(a.answer));
            out.set(format!("note.{}", a.key), a.note.clone());
        }
        out.set("outcome", check.outcome.code());
        return out;
    }
    let end = o.case.call.deadline_for(&o.offer.org);
    let in_time = o.offer.submitted_at.zip(end).is_some_and(|(at, end)| at < end);
    if in_time {
        out.set("answer.deadline", "yes");
    }
    out.set("answer.form", "na");
    if o.case.call.content.mode == crate::call::Mode::Entrusting {
        out.set("answer.own_share", "na");
    }
    out
}

/// Lateness is judged by the deadline that this organisation had.
fn by_decision(e: &Extension) -> String {
    format!(", a od tej organizacji, decyzją organu z {}, do {}", show_instant(e.at), show_until(e.until))
}

fn questions(o: &OfferCase, reading: &Reading) -> Vec<QuestionView> {
    let deadline = || {
        format!(
            "Z systemu: złożono {}; oferty przyjmowano do {}{}.",
            o.offer.submitted_at.map(show_instant_seconds).unwrap_or_default(),
            o.case.call.deadline_at.map(show_until).unwrap_or_default(),
            o.case.call.extension_of(&o.offer.org).map(by_decision).unwrap_or_default()
        )
    };
    (1..)
        .zip(&o.case.call.content.formal)
        .map(|(no, q)| QuestionView {
            no,
            key: q.key.clone(),
            text: q.text.clone(),
            correctable: q.correctable,
            hint: match q.key.as_str() {
                "deadline" => deadline(),
                "signed" => reading.signed(),
                "declarations" => reading.arrears(&o.case.call),
                "activity" => reading.payment(),
                "form" => "Z systemu: formularz wypełniono elektronicznie.".into(),
                "grant" => format!(
                    "Wnioskowano {}; pula konkursu: {}.",
                    o.offer.grant, o.case.call.content.elements.allocation
                ),
                _ => String::new(),
            },
        })
        .collect()
}

async fn page(ctx: &Ctx, o: OfferCase, form: Option<FormView>, status: StatusCode) -> Result<HttpResponse, AppError> {
    let offer = o.offer.clone();
    let (reading, check) = ctx.read(move |r| Ok((Reading::of(r, &offer)?, store::check_of(r, &offer.id)?))).await?;
    let can_check = ctx.actor.has(Role::Officer) && o.case.call.state == CallState::Review;
    let waiting = (o.offer.state == OfferState::Submitted).then(|| Waiting {
        whose: "pracownika merytorycznego".into(),
        what: "Oceń, czy oferta spełnia wymogi formalne.".into(),
        ..Waiting::default()
    });
    let view = CheckPage {
        waiting,
        call: CallHead::of(&o.case.call),
        number: o.offer.number.clone().unwrap_or_default(),
        href: format!("/urzad/oferty/{}/ocena-formalna", o.offer.id),
        version: form.as_ref().and_then(|f| f.f.get("version").cloned()).unwrap_or_else(|| o.offer.version.to_string()),
        decided: check
            .as_ref()
            .map(|c| format!("{}: {}, {}", show_instant(c.decided_at), c.outcome.label(), c.decided_by))
            .unwrap_or_default(),
        can_check,
        questions: questions(&o, &reading),
        answers: option_list(ANSWERS.map(|(_, code, label)| (code, label))),
        outcomes: option_list([FormalOutcome::Meets, FormalOutcome::Rejected].map(|x| (x.code(), x.label()))),
        core: reading.core(&o.case.call),
        form: reading.form(&o.case.call, &ctx.state.config.office),
        entry: form.unwrap_or_else(|| FormView::of(&first_fields(&o, check.as_ref()))),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "review/check.html", &format!("{error}Ocena formalna oferty {}", view.number), &view)
}

/// `GET /urzad/oferty/{offer}/ocena-formalna`
pub async fn show(may: Allowed<ReadCheck>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, may.object, None, StatusCode::OK).await
}

fn typed(card: &[FormalQuestion], form: &Fields) -> Result<(Vec<FormalAnswer>, FormalOutcome), AppError> {
    let mut errors = FieldErrors::new();
    let mut answers = Vec::new();
    for (no, q) in (1..).zip(card) {
        let field = format!("answer.{}", q.key);
        let sent = form.text(&field);
        match ANSWERS.iter().find(|(_, code, _)| *code == sent) {
            Some((answer, _, _)) => {
                let note = form.text(&format!("note.{}", q.key)).to_owned();
                answers.push(FormalAnswer { key: q.key.clone(), answer: *answer, note });
            }
            None => errors.add(field, format!("Odpowiedz na pytanie {no}.")),
        }
    }
    let outcome = FormalOutcome::parse(form.text("outcome"));
    if outcome.is_none() {
        errors.add("outcome", "Zaznacz wynik oceny formalnej.");
    }
    errors.finish(outcome.map(|o| (answers, o)))
}

/// `POST /urzad/oferty/{offer}/ocena-formalna`
pub async fn save(may: Allowed<CheckOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (may.object.offer.id.clone(), form.text("version").parse::<i64>().ok());
    let back = format!("/urzad/konkursy/{}/oceny-formalne", may.object.case.call.id);
    let done = match typed(&may.object.case.call.content.formal, &form) {
        Ok((answers, outcome)) => {
            let doing = Doing::new("review.check_formally", "offer", &id);
            may.ctx
                .deed(doing, move |tx, who, now| {
                    if Some(offer::store::find(tx, &id)?.version) != seen {
                        return Err(AppError::Stale);
                    }
                    check_formally(tx, who, &id, answers, outcome, now)
                })
                .await
        }
        Err(e) => Err(e),
    };
    let number = may.object.offer.number.clone().unwrap_or_default();
    match done {
        Ok(()) => Ok(may.ctx.see_other(&back, Some(Flash::ok(format!("Zapisano ocenę formalną oferty {number}."))))),
        Err(e) => {
            let form = FormView::refused(&form, &sort_problems(e)?);
            page(&may.ctx, may.object, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
