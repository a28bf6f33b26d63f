//! The committee as the office sees it: who sits, who declared what, what is missing.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::gate::{Appoint, ReadSeats};
use super::{CallHead, Case, FormView};
use crate::account::{self, Role};
use crate::call::CallState;
use crate::error::{AppError, FieldErrors};
use crate::law::show_instant;
use crate::offer;
use crate::review::model::{Declared, Seat, SeatKind, Side};
use crate::review::{NewSeat, appoint, rules, store};
use crate::store::PersonId;
use crate::web::{
    Allowed, Choice, Ctx, Doing, Fields, FindingView, Flash, Posted, Waiting, findings_view, option_list, sort_problems,
};

#[derive(Serialize)]
struct SeatView {
    name: String,
    kind: &'static str,
    side: &'static str,
    indicated_by: String,
    declared: String,
    tone: &'static str,
    statement: String,
}

#[derive(Serialize)]
struct SeatsPage {
    waiting: Option<Waiting>,
    call: CallHead,
    seats: Vec<SeatView>,
    findings: Vec<FindingView>,
    can_appoint: bool,
    people: Vec<Choice>,
    kinds: Vec<Choice>,
    sides: Vec<Choice>,
    entry: FormView,
}

fn seat_view(seat: Seat) -> SeatView {
    let (declared, tone) = match seat.declared {
        None => ("jeszcze bez oświadczenia".to_owned(), "neutral"),
        Some((Declared::Impartial, at)) => (format!("bezstronność, {}", show_instant(at)), "ok"),
        Some((Declared::Conflict, at)) => (format!("konflikt – wyłączenie, {}", show_instant(at)), "error"),
    };
    let conflict = matches!(seat.declared, Some((Declared::Conflict, _)));
    SeatView {
        name: seat.person_name,
        kind: seat.kind.label(),
        side: seat.side.label(),
        indicated_by: seat.indicated_by,
        declared,
        tone,
        statement: if conflict { seat.statement } else { String::new() },
    }
}

fn waiting(case: &Case, seats: &[Seat]) -> Option<Waiting> {
    let told = |whose: &str, what: String| Some(Waiting { whose: whose.into(), what, ..Waiting::default() });
    let silent = seats.iter().filter(|s| s.declared.is_none()).count();
    match case.call.state {
        CallState::Draft => told("organ", "Komisję powołuje się po ogłoszeniu konkursu.".into()),
        CallState::Announced if seats.is_empty() => told("organ", "Powołaj komisję konkursową.".into()),
        CallState::Announced => {
            told("otwarcie ofert", "Oświadczenia składa się, gdy znana jest lista oferentów.".into())
        }
        CallState::Review if silent > 0 => {
            told("członków komisji", format!("Bez oświadczenia o bezstronności: {silent}."))
        }
        CallState::Review => told("komisję", "Członkowie oceniają oferty.".into()),
        CallState::Decided | CallState::Published | CallState::Cancelled => None,
    }
}

async fn page(ctx: &Ctx, case: Case, form: FormView, status: StatusCode) -> Result<HttpResponse, AppError> {
    let open = matches!(case.call.state, CallState::Announced | CallState::Review);
    let can_appoint = open && ctx.actor.has(Role::Organ);
    let (id, opened) = (case.call.id.clone(), !matches!(case.call.state, CallState::Draft | CallState::Announced));
    let (seats, offers, staff) = ctx
        .read(move |r| {
            let offers = if opened { offer::store::filed_in_call(r, &id)? } else { Vec::new() };
            let staff = if can_appoint { account::store::staff(r)? } else { Vec::new() };
            Ok((store::seats_of(r, &id)?, offers, staff))
        })
        .await?;
    let fit = [Role::Committee, Role::Officer, Role::Organ];
    let people = staff
        .into_iter()
        .filter(|p| p.active && p.roles.iter().any(|r| fit.contains(r)))
        .filter(|p| !seats.iter().any(|s| s.person == p.id))
        .map(|p| (p.id.to_string(), format!("{} ({})", p.name, p.email)));
    let view = SeatsPage {
        waiting: waiting(&case, &seats),
        call: CallHead::of(&case.call),
        findings: findings_view(&rules::composition(&seats, &offers)),
        can_appoint,
        people: option_list(people),
        kinds: option_list(SeatKind::ALL.map(|k| (k.code(), k.label()))),
        sides: option_list([Side::Organ, Side::Ngo].map(|s| (s.code(), s.label()))),
        seats: seats.into_iter().map(seat_view).collect(),
        entry: form,
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(
        status,
        "review/seats.html",
        &format!("{error}Komisja konkursowa – konkurs {}", view.call.number),
        &view,
    )
}

/// `GET /urzad/konkursy/{call}/komisja`
pub async fn show(may: Allowed<ReadSeats>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, may.object, FormView::default(), StatusCode::OK).await
}

fn typed(form: &Fields) -> Result<NewSeat, AppError> {
    let mut errors = FieldErrors::new();
    let person = PersonId::parse(form.text("person"));
    let (kind, side) = (SeatKind::parse(form.text("kind")), Side::parse(form.text("side")));
    for (missing, field, says) in [
        (person.is_none(), "person", "Wybierz osobę z listy."),
        (kind.is_none(), "kind", "Wybierz funkcję w komisji."),
        (side.is_none(), "side", "Zaznacz, kogo ta osoba reprezentuje."),
    ] {
        if missing {
            errors.add(field, says);
        }
    }
    let indicated_by = form.text("indicated_by").to_owned();
    let seat = person.zip(kind).zip(side).map(|((person, kind), side)| NewSeat { person, kind, side, indicated_by });
    errors.finish(seat)
}

/// `POST /urzad/konkursy/{call}/komisja`
pub async fn add(may: Allowed<Appoint>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.call.id.clone();
    let back = format!("/urzad/konkursy/{id}/komisja");
    let done = match typed(&form) {
        Ok(new) => {
            let doing = Doing::new("review.appoint", "call", &id);
            may.ctx.deed(doing, move |tx, who, now| appoint(tx, who, &id, new, now)).await.map(|_| ())
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(may.ctx.see_other(&back, Some(Flash::ok("Powołano członka komisji. Wysłaliśmy mu wiadomość.")))),
        Err(e) => {
            let form = FormView::refused(&form, &sort_problems(e)?);
            page(&may.ctx, may.object, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
