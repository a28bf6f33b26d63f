//! The committee's own screens: my contests, and one contest with the score matrix.

use actix_web::HttpResponse;
use serde::Serialize;

use super::CallHead;
use super::gate::{MemberCase, MyContests, Seated};
use super::matrix::{Matrix, matrix};
use crate::call::{self, Call, CallState};
use crate::error::AppError;
use crate::law::{plural, show_date, show_instant};
use crate::offer;
use crate::review::model::{Declared, Seat};
use crate::review::{opinion, rules, store};
use crate::web::{Allowed, Waiting};

#[derive(Serialize)]
struct ContestRow {
    number: String,
    title: String,
    href: String,
    kind: &'static str,
    state: &'static str,
    declared: &'static str,
    tone: &'static str,
}

#[derive(Serialize)]
struct ContestsPage {
    waiting: Option<Waiting>,
    contests: Vec<ContestRow>,
}

fn declared_text(seat: &Seat, state: CallState) -> (&'static str, &'static str) {
    match (seat.declared, state) {
        (Some((Declared::Impartial, _)), _) => ("oświadczenie złożone", "ok"),
        (Some((Declared::Conflict, _)), _) => ("wyłączenie z konkursu", "error"),
        (None, CallState::Review) => ("złóż oświadczenie", "warn"),
        (None, CallState::Draft | CallState::Announced) => ("czeka na otwarcie ofert", "neutral"),
        (None, CallState::Decided | CallState::Published | CallState::Cancelled) => ("bez oświadczenia", "neutral"),
    }
}

/// `GET /komisja`
pub async fn contests(may: Allowed<MyContests>) -> Result<HttpResponse, AppError> {
    let ctx = may.ctx;
    let person = ctx.actor.person_id().cloned().ok_or(AppError::Login)?;
    let (seats, calls) = ctx
        .read(move |r| {
            let seats = store::seats_of_person(r, &person)?;
            let ids: Vec<_> = seats.iter().map(|s| s.call.clone()).collect();
            let calls = call::store::by_ids(r, &ids)?;
            Ok((seats, calls))
        })
        .await?;
    let rows: Vec<ContestRow> = seats
        .iter()
        .filter_map(|seat| {
            let call = calls.iter().find(|c| c.id == seat.call)?;
            let (declared, tone) = declared_text(seat, call.state);
            Some(ContestRow {
                number: call.number().to_owned(),
                title: call.content.title.clone(),
                href: format!("/komisja/{}", call.id),
                kind: seat.kind.label(),
                state: call.office_label(ctx.arrived),
                declared,
                tone,
            })
        })
        .collect();
    let todo = rows.iter().filter(|r| r.tone == "warn").count();
    let waiting = (todo > 0).then(|| Waiting {
        whose: "Ciebie".into(),
        what: "Złóż oświadczenie o bezstronności; dopiero potem otworzą się oferty.".into(),
        ..Waiting::default()
    });
    ctx.page("review/contests.html", "Komisja konkursowa – moje konkursy", &ContestsPage { waiting, contests: rows })
}

#[derive(Serialize)]
struct ContestPage {
    waiting: Option<Waiting>,
    call: CallHead,
    declared: String,
    /// impartial, conflict, open (may declare now), early or late.
    standing: &'static str,
    statement: String,
    offerors: Vec<String>,
    matrix: Option<Matrix>,
    sees: &'static str,
}

fn standing(seat: &Seat, call: &Call) -> &'static str {
    match (seat.declared, call.state) {
        (Some((Declared::Impartial, _)), _) => "impartial",
        (Some((Declared::Conflict, _)), _) => "conflict",
        (None, CallState::Review) => "open",
        (None, CallState::Draft | CallState::Announced) => "early",
        (None, CallState::Decided | CallState::Published | CallState::Cancelled) => "late",
    }
}

fn waiting(case: &MemberCase, left: usize) -> Option<Waiting> {
    let until = case.call.content.elements.decision_by.map(show_date).unwrap_or_default();
    let told = |whose: &str, what: String, until: String| {
        Some(Waiting { whose: whose.into(), what, until, ..Waiting::default() })
    };
    match (standing(&case.seat, &case.call), case.call.state) {
        ("open", _) => told("Ciebie", "Złóż oświadczenie o bezstronności.".into(), until),
        ("early", _) => told("otwarcie ofert", "Nie musisz teraz nic robić.".into(), String::new()),
        ("impartial", CallState::Review) if left > 0 => {
            let n = i64::try_from(left).unwrap_or(i64::MAX);
            let cards = plural(n, "karta", "karty", "kart");
            told("Ciebie", format!("Do zapieczętowania: {left} {cards} oceny."), until)
        }
        ("impartial", CallState::Review) => {
            told("pozostałych członków komisji i organ", "Twoje karty są zapieczętowane.".into(), until)
        }
        ("impartial", CallState::Decided) => told("organ", "Ogłoszenie wyników.".into(), String::new()),
        _ => None,
    }
}

/// `GET /komisja/{call}`
pub async fn contest(may: Allowed<Seated>) -> Result<HttpResponse, AppError> {
    let (ctx, case) = (may.ctx, may.object);
    let (offerors, matrix) = match standing(&case.seat, &case.call) {
        "impartial" => {
            let call = case.call.clone();
            let held = ctx.read(move |r| opinion(r, &call)).await?;
            (Vec::new(), Some(matrix(&held, &case.call, &case.seat)))
        }
        "open" => (names(&ctx, &case).await?, None),
        _ => (Vec::new(), None),
    };
    let left = matrix.as_ref().map_or(0, |m| m.left);
    let view = ContestPage {
        waiting: waiting(&case, left),
        call: CallHead::of(&case.call),
        declared: case.seat.declared.map(|(_, at)| show_instant(at)).unwrap_or_default(),
        standing: standing(&case.seat, &case.call),
        statement: case.seat.statement.clone(),
        offerors,
        matrix,
        sees: sees(&case),
    };
    ctx.page("review/contest.html", &format!("Komisja – konkurs {}", view.call.number), &view)
}

/// The list of offerors: what a member must know to declare, and no more.
pub(super) async fn names(ctx: &crate::web::Ctx, case: &MemberCase) -> Result<Vec<String>, AppError> {
    let id = case.call.id.clone();
    let offers = ctx.read(move |r| offer::store::filed_in_call(r, &id)).await?;
    Ok(offers.iter().map(|o| format!("{} – {}", o.number.as_deref().unwrap_or_default(), o.offeror_names())).collect())
}

fn sees(case: &MemberCase) -> &'static str {
    if rules::gate(&case.seat).is_err() {
        return "";
    }
    "Twoje szkice tylko Ty. Zapieczętowaną kartę: organ, urząd i ci członkowie komisji, którzy zapieczętowali własną kartę tej oferty."
}
