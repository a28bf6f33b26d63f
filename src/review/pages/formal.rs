//! The formal card of one offer, with the call to supplement that may follow from it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::files::office_href;
use super::gate::{CheckOffer, OfferCase, ReadCheck};
use super::reading::{Core, Reading};
use super::summons::{SummonsView, summons_view};
use super::{CallHead, FormView, summon};
use crate::account::Role;
use crate::call::{CallState, Extension, FormalQuestion};
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Instant, left, show_deadline, show_instant, show_instant_seconds, show_until};
use crate::offer::{self, OfferState};
use crate::review::model::{ATTACHMENTS, Answer, FormalAnswer, FormalCheck, FormalOutcome};
use crate::review::{check_formally, rules, store};
use crate::web::{
    Allowed, Choice, Ctx, Doing, Fields, Flash, Posted, Problems, Waiting, linked_findings, option_list, sort_problems,
};

#[derive(Serialize)]
struct QuestionView {
    no: usize,
    key: String,
    text: String,
    /// What a „nie” means here.
    fixed: &'static str,
    hint: String,
    /// The attachments of the announcement, of which the missing ones are named.
    files: Vec<MissingFile>,
}

#[derive(Serialize)]
struct MissingFile {
    field: String,
    name: String,
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
    /// Why the organisation cannot be called to supplement; empty when it can.
    no_summons: String,
    /// A rejection can be taken back to the call that was made before it.
    back: bool,
    summons: Option<SummonsView>,
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
            for file in &a.files {
                out.set(format!("missing.{file}"), "true");
            }
        }
        if check.outcome != FormalOutcome::ToSupplement {
            out.set("outcome", check.outcome.code());
        }
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
    let content = &o.case.call.content;
    let missing = |q: &FormalQuestion| {
        let all = content.attachments.iter().filter(|_| q.correctable && q.key == ATTACHMENTS);
        all.map(|a| MissingFile { field: format!("missing.{}", a.key), name: a.name.clone() }).collect()
    };
    (1..)
        .zip(&rules::card_of(content))
        .map(|(no, q)| QuestionView {
            no,
            key: q.key.clone(),
            text: q.text.clone(),
            fixed: if q.correctable {
                "Brak można uzupełnić."
            } else {
                "Braku nie można uzupełnić: „nie” oznacza odrzucenie."
            },
            files: missing(q),
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

pub(super) async fn page(
    ctx: &Ctx,
    o: OfferCase,
    form: Option<FormView>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let (offer, state) = (o.offer.clone(), o.case.call.state);
    let now = ctx.arrived;
    let (reading, check, summons) = ctx
        .read(move |r| {
            let summons = summons_view(r, (&offer, state), office_href, now)?;
            Ok((Reading::of(r, &offer)?, store::check_of(r, &offer.id)?, summons))
        })
        .await?;
    let can_check = ctx.actor.has(Role::Officer) && o.case.call.state == CallState::Review;
    let back = o.offer.state == OfferState::Rejected && summons.as_ref().is_some_and(|s| !s.is_answered());
    let no_summons = match (&summons, rules::takes_corrections(&o.case.call.content)) {
        (Some(_), _) if back => "",
        (Some(_), _) => "Oferenta wezwano już do uzupełnienia tej oferty, a wezwanie jest jedno.",
        (None, false) => {
            "Ogłoszenie tego konkursu nie pozwala uzupełniać braków, dlatego nie ma wyniku „do uzupełnienia”."
        }
        (None, true) => "",
    };
    let offered = |x: &FormalOutcome| no_summons.is_empty() || *x != FormalOutcome::ToSupplement;
    let view = CheckPage {
        waiting: waiting(&o, now),
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
        outcomes: option_list(FormalOutcome::ALL.into_iter().filter(offered).map(|x| (x.code(), x.label()))),
        no_summons: no_summons.to_owned(),
        back,
        summons,
        core: reading.core(&o.case.call),
        form: reading.form(&o.case.call, &ctx.state.config.office),
        entry: form.unwrap_or_else(|| FormView::of(&first_fields(&o, check.as_ref()))),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "review/check.html", &format!("{error}Ocena formalna oferty {}", view.number), &view)
}

/// Whose move it is, for the office.
fn waiting(o: &OfferCase, now: Instant) -> Option<Waiting> {
    let officer = |what: &str| {
        Some(Waiting { whose: "pracownika merytorycznego".into(), what: what.into(), ..Waiting::default() })
    };
    if o.case.call.state != CallState::Review {
        return None;
    }
    match (o.offer.state, o.offer.supplement_by) {
        (OfferState::Submitted, _) => officer("Oceń, czy oferta spełnia wymogi formalne."),
        (OfferState::Supplemented, _) => officer("Oferta jest uzupełniona. Zakończ jej ocenę formalną."),
        (OfferState::ToSupplement, Some(due)) if now < due => Some(Waiting {
            whose: o.offer.offeror_names(),
            what: "Organizacja ma uzupełnić ofertę na wezwanie urzędu.".into(),
            until: show_deadline(due),
            left: left(now, due),
        }),
        (OfferState::ToSupplement, _) => {
            officer("Czas na uzupełnienie minął, a uzupełnienia nie złożono. Zakończ ocenę formalną.")
        }
        _ => None,
    }
}

/// The card as typed; what stands against it leads to its question.
pub(super) fn refused(o: &OfferCase, form: &Fields, problems: &Problems) -> FormView {
    let card = &o.case.call.content.formal;
    let question = |f: &Finding| rules::question_at(card, &f.place).map(|q| format!("#answer.{}", q.key));
    let href = |f: &Finding| {
        question(f).unwrap_or_else(|| if f.place == rules::OUTCOME { "#outcome".into() } else { String::new() })
    };
    FormView { findings: linked_findings(&problems.findings, href), ..FormView::refused(form, problems) }
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
                answers.push(FormalAnswer {
                    key: q.key.clone(),
                    answer: *answer,
                    note,
                    files: missing(q, *answer, form),
                });
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

/// The attachments that are ticked as missing.
fn missing(q: &FormalQuestion, answer: Answer, form: &Fields) -> Vec<String> {
    if q.key != ATTACHMENTS || answer != Answer::No {
        return Vec::new();
    }
    let ticked = form.pairs().iter().filter_map(|(name, _)| name.strip_prefix("missing."));
    ticked.map(str::to_owned).collect()
}

/// `POST /urzad/oferty/{offer}/ocena-formalna`: with the outcome „do uzupełnienia” it shows the call first, and
/// `_deed=summon` sends it.
///
/// # Errors
/// `Stale` over an older state of the offer; what the page can show is shown.
pub async fn save(may: Allowed<CheckOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (may.object.offer.id.clone(), form.text("version").parse::<i64>().ok());
    let back = format!("/urzad/konkursy/{}/oceny-formalne", may.object.case.call.id);
    let deed = form.text("_deed");
    if deed == "back" {
        return page(&may.ctx, may.object, Some(FormView::of(&form)), StatusCode::OK).await;
    }
    let done = match typed(&may.object.case.call.content.formal, &form) {
        Ok((answers, FormalOutcome::ToSupplement)) if deed != "summon" => return summon::ask(may, form, answers).await,
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
        Ok(()) => {
            let said = match deed {
                "summon" if may.object.offer.state == OfferState::Rejected => {
                    format!("Cofnięto odrzucenie oferty {number}: obowiązuje wezwanie do uzupełnienia.")
                }
                "summon" => format!("Wezwano do uzupełnienia oferty {number}. Wysłaliśmy list do organizacji."),
                _ => format!("Zapisano ocenę formalną oferty {number}."),
            };
            Ok(may.ctx.see_other(&back, Some(Flash::ok(said))))
        }
        Err(e) => {
            let form = refused(&may.object, &form, &sort_problems(e)?);
            page(&may.ctx, may.object, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
