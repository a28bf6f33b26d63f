//! The organ's decision: the ranking with the budget line, amounts and reasons, a
//! page that shows what will be frozen, and the decision once it is made.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::draft::{in_order, proposal, typed};
use super::gate::{Decide, Held, ReadDecision};
use crate::account::Role;
use crate::award::model::{AwardContent, AwardLine, Outcome};
use crate::award::{decide, rules};
use crate::call::{self, CallState};
use crate::error::AppError;
use crate::law::{Money, show_date, show_instant};
use crate::offer::OfferState;
use crate::review::pages::{Bar, CallHead, FormView, percent};
use crate::review::rules as review_rules;
use crate::review::{Ranked, points_text};
use crate::web::{Allowed, Choice, Ctx, Doing, Fields, Flash, Posted, Waiting, option_list, sort_problems};

#[derive(Serialize)]
struct LineView {
    key: String,
    offer: String,
    number: String,
    org: String,
    title: String,
    asked: String,
    place: String,
    mean: String,
    cards: u32,
    note: String,
    rejected: bool,
    spread: Vec<String>,
}

#[derive(Serialize)]
struct Part {
    label: &'static str,
    value_text: String,
    percent: u32,
    tone: &'static str,
}

/// A line as decided.
#[derive(Serialize)]
pub(super) struct DecidedLine {
    pub number: String,
    pub org: String,
    pub title: String,
    pub asked: String,
    pub granted: String,
    pub mean: String,
    pub place: String,
    pub outcome: &'static str,
    pub tone: &'static str,
    pub reason: String,
}

impl DecidedLine {
    pub(super) fn of(line: &AwardLine) -> DecidedLine {
        DecidedLine {
            number: line.number.clone(),
            org: line.org_name.clone(),
            title: line.title.clone(),
            asked: line.asked.to_string(),
            granted: if line.outcome == Outcome::Selected { line.granted.to_string() } else { String::new() },
            mean: line.mean_x100.map(points_text).unwrap_or_default(),
            place: line.place.map(|p| p.to_string()).unwrap_or_default(),
            outcome: line.outcome.label(),
            tone: match line.outcome {
                Outcome::Selected => "ok",
                Outcome::Reserve => "info",
                Outcome::NotSelected => "neutral",
                Outcome::Rejected => "error",
            },
            reason: line.reason.clone(),
        }
    }
}

#[derive(Serialize)]
struct DecisionPage {
    waiting: Option<Waiting>,
    call: CallHead,
    can_decide: bool,
    unchecked: usize,
    lines: Vec<LineView>,
    bars: Vec<Bar>,
    allocation: String,
    asked: String,
    budget_text: String,
    budget: Vec<Part>,
    threshold: String,
    quorum: usize,
    outcomes: Vec<Choice>,
    entry: FormView,
}

#[derive(Serialize)]
struct FrozenPage {
    waiting: Option<Waiting>,
    call: CallHead,
    lines: Vec<DecidedLine>,
    total: String,
    allocation: String,
    act: String,
    differs_because: String,
    decided: String,
    /// Fields to be sent again by the confirmation; empty once decided.
    carry: Vec<(String, String)>,
    published: bool,
}

fn part_of(amount: Money, whole: Money) -> u32 {
    let share = amount.grosze().checked_mul(100).and_then(|x| x.checked_div(whole.grosze())).unwrap_or(0);
    u32::try_from(share.clamp(0, 100)).unwrap_or(0)
}

/// The budget line: what the form gives away, and what is left.
fn budget(form: &FormView, allocation: Money) -> (String, Vec<Part>) {
    let amounts = form.f.iter().filter(|(k, _)| k.starts_with("lines.") && k.ends_with(".granted"));
    let sum = Money::sum(amounts.filter_map(|(_, v)| Money::parse_pl(v).ok())).unwrap_or(Money::ZERO);
    let rest = allocation.saturating_sub_floor0(sum);
    let given =
        Part { label: "przyznane", value_text: sum.to_string(), percent: part_of(sum, allocation), tone: "accent" };
    let left =
        Part { label: "pozostaje", value_text: rest.to_string(), percent: part_of(rest, allocation), tone: "track" };
    (format!("{sum} z {allocation}"), vec![given, left])
}

fn line_view(i: usize, held: &Held, ranked: &[Ranked], offer: &crate::offer::Offer, quorum: usize) -> LineView {
    let rank = ranked.iter().find(|r| r.offer == offer.id);
    let few = rank.is_some_and(|r| usize::try_from(r.cards).unwrap_or(0) < quorum);
    let note = match (offer.state, rank) {
        (OfferState::Submitted, _) => "przed oceną formalną".to_owned(),
        (OfferState::ToSupplement, _) => "do uzupełnienia".to_owned(),
        (OfferState::Supplemented, _) => "uzupełniona, przed końcem oceny formalnej".to_owned(),
        (OfferState::Rejected, _) => "odrzucona formalnie".to_owned(),
        (_, Some(r)) if !r.meets_threshold => format!("poniżej progu{}", if few { ", bez kworum" } else { "" }),
        (_, Some(_)) if few => "bez kworum".to_owned(),
        (_, _) => String::new(),
    };
    LineView {
        key: format!("lines.{i}"),
        offer: offer.id.to_string(),
        number: offer.number.clone().unwrap_or_default(),
        org: offer.offeror_names(),
        title: offer.content.title.clone(),
        asked: offer.grant.to_string(),
        place: rank.map(|r| r.place.to_string()).unwrap_or_default(),
        mean: rank.and_then(|r| r.mean_x100).map(points_text).unwrap_or_default(),
        cards: rank.map_or(0, |r| r.cards),
        note,
        rejected: offer.state == OfferState::Rejected || held.case.call.state != CallState::Review,
        spread: rank.map(|r| r.spread.clone()).unwrap_or_default(),
    }
}

fn form_page(ctx: &Ctx, held: &Held, form: FormView, status: StatusCode) -> Result<HttpResponse, AppError> {
    let content = &held.case.call.content;
    let ranked = held.opinion.ranked(&held.case.call);
    let quorum = review_rules::quorum(held.opinion.seats.iter().filter(|s| s.may_score()).count());
    let unchecked = held.opinion.offers.iter().filter(|o| rules::unchecked(o.state).is_some()).count();
    let allocation = content.elements.allocation;
    let (budget_text, parts) = budget(&form, allocation);
    let until = content.elements.decision_by.map(show_date).unwrap_or_default();
    let what = if unchecked > 0 {
        format!("Najpierw dokończ ocenę formalną; zostało ofert: {unchecked}.")
    } else {
        "Rozstrzygnij konkurs: kwoty, lista rezerwowa i powody.".to_owned()
    };
    let lines = in_order(held, &ranked).into_iter().enumerate();
    let view = DecisionPage {
        waiting: Some(Waiting { whose: "organ".into(), what, until, ..Waiting::default() }),
        call: CallHead::of(&held.case.call),
        can_decide: ctx.actor.has(Role::Organ),
        unchecked,
        lines: lines.map(|(i, o)| line_view(i, held, &ranked, o, quorum)).collect(),
        bars: ranked.iter().filter_map(|r| bar(r, &held.case.call.content.card)).collect(),
        allocation: allocation.to_string(),
        asked: Money::sum(held.opinion.offers.iter().map(|o| o.grant)).map(|m| m.to_string()).unwrap_or_default(),
        budget_text,
        budget: parts,
        threshold: points_text(review_rules::threshold_x100(&content.card)),
        quorum,
        outcomes: option_list(
            [Outcome::Selected, Outcome::Reserve, Outcome::NotSelected, Outcome::Rejected]
                .map(|o| (o.code(), o.label())),
        ),
        entry: form,
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "award/decision.html", &format!("{error}Rozstrzygnięcie – konkurs {}", view.call.number), &view)
}

fn bar(r: &Ranked, card: &crate::call::ScoreCard) -> Option<Bar> {
    let mean = r.mean_x100?;
    Some(Bar {
        label: format!("{}. {} {}", r.place, r.number, r.org_name),
        value_text: format!("{} pkt, {}", points_text(mean), r.asked),
        percent: percent(mean, card.max()),
        limit_percent: card.threshold_percent.min(100),
        tone: if r.meets_threshold { "accent" } else { "warn" },
    })
}

fn frozen_page(
    ctx: &Ctx,
    held: &Held,
    content: &AwardContent,
    carry: Vec<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let done = held.award.as_ref();
    let published = held.case.call.state == CallState::Published;
    let what = if done.is_some() {
        "Ogłoś wyniki w trzech miejscach."
    } else {
        "Sprawdź rozstrzygnięcie i potwierdź je albo wróć do poprawek."
    };
    let view = FrozenPage {
        waiting: (!published).then(|| Waiting { whose: "organ".into(), what: what.into(), ..Waiting::default() }),
        call: CallHead::of(&held.case.call),
        lines: content.lines.iter().map(DecidedLine::of).collect(),
        total: content.granted().map(|m| m.to_string()).unwrap_or_default(),
        allocation: held.case.call.content.elements.allocation.to_string(),
        act: content.act.clone(),
        differs_because: content.differs_because.clone(),
        decided: done
            .map(|a| format!("{}, {}", a.decided_at.map(show_instant).unwrap_or_default(), a.decided_by))
            .unwrap_or_default(),
        carry,
        published,
    };
    let heading = if done.is_some() { "Rozstrzygnięcie" } else { "Potwierdź rozstrzygnięcie" };
    ctx.page("award/frozen.html", &format!("{heading} – konkurs {}", view.call.number), &view)
}

/// `GET /urzad/konkursy/{call}/rozstrzygniecie`
pub async fn show(may: Allowed<ReadDecision>) -> Result<HttpResponse, AppError> {
    let (ctx, held) = (may.ctx, may.object);
    if let Some(award) = &held.award {
        return frozen_page(&ctx, &held, &award.content, Vec::new());
    }
    let form = FormView::of(&proposal(&held, &held.opinion.ranked(&held.case.call)));
    form_page(&ctx, &held, form, StatusCode::OK)
}

/// Everything the confirmation sends again.
fn carried(form: &Fields) -> Vec<(String, String)> {
    form.pairs().iter().filter(|(k, _)| !k.starts_with('_') && k != "confirmed").cloned().collect()
}

/// `POST /urzad/konkursy/{call}/rozstrzygniecie`: first a page to confirm, then the deed.
pub async fn save(may: Allowed<Decide>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, held) = (may.ctx, may.object);
    if form.text("_deed") == "edit" {
        return form_page(&ctx, &held, FormView::of(&form), StatusCode::OK);
    }
    let done = match typed(&form) {
        Ok(content) if form.text("confirmed") == "yes" => decided(&ctx, &held, &form, content).await.map(|()| None),
        Ok(content) => checked(&held, content).map(Some),
        Err(e) => Err(e),
    };
    match done {
        Ok(None) => {
            let url = format!("/urzad/konkursy/{}/wyniki", held.case.call.id);
            Ok(ctx.see_other(&url, Some(Flash::ok("Konkurs rozstrzygnięty. Teraz ogłoś wyniki."))))
        }
        Ok(Some(content)) => frozen_page(&ctx, &held, &content, carried(&form)),
        Err(e) => {
            form_page(&ctx, &held, FormView::refused(&form, &sort_problems(e)?), StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// The decision with its lines completed, when it would hold.
fn checked(held: &Held, content: AwardContent) -> Result<AwardContent, AppError> {
    let ranked = held.opinion.ranked(&held.case.call);
    let lines = rules::complete(content.lines, &held.opinion.offers, &ranked);
    let content = AwardContent { lines, ..content };
    let allocation = held.case.call.content.elements.allocation;
    let findings = rules::check_decision(&content, &held.opinion.offers, &ranked, allocation);
    if findings.is_empty() { Ok(content) } else { Err(AppError::Refused(findings)) }
}

async fn decided(ctx: &Ctx, held: &Held, form: &Fields, content: AwardContent) -> Result<(), AppError> {
    let (id, seen) = (held.case.call.id.clone(), form.text("version").parse::<i64>().ok());
    ctx.deed(Doing::new("award.decide", "call", &id), move |tx, who, now| {
        if Some(call::store::find(tx, &id)?.version) != seen {
            return Err(AppError::Stale);
        }
        decide(tx, who, &id, content, now).map(|_| ())
    })
    .await
}
