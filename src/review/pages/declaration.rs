//! The declaration of impartiality: the grounds of KPA art. 24 in plain words.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::committee::names;
use super::gate::{MemberCase, Seated};
use super::{CallHead, FormView};
use crate::call::CallState;
use crate::error::{AppError, FieldErrors};
use crate::law::show_instant;
use crate::review::model::Declared;
use crate::review::{GROUNDS, IMPARTIAL, declare};
use crate::web::{Allowed, Choice, Ctx, Doing, Fields, Flash, Posted, Waiting, option_list, sort_problems};

#[derive(Serialize)]
struct DeclarationPage {
    waiting: Option<Waiting>,
    call: CallHead,
    offerors: Vec<String>,
    /// A declaration can be made now.
    open: bool,
    /// What was declared before; impartiality may still turn into a conflict.
    before: String,
    excluded: bool,
    statement: String,
    impartial: &'static str,
    choices: Vec<Choice>,
    grounds: Vec<Choice>,
    entry: FormView,
}

async fn page(ctx: &Ctx, case: MemberCase, form: FormView, status: StatusCode) -> Result<HttpResponse, AppError> {
    let excluded = matches!(case.seat.declared, Some((Declared::Conflict, _)));
    let open = case.call.state == CallState::Review && !excluded;
    let offerors = if open { names(ctx, &case).await? } else { Vec::new() };
    let before = case.seat.declared.map(|(declared, at)| {
        let what = match declared {
            Declared::Impartial => "bezstronność",
            Declared::Conflict => "konflikt interesów",
        };
        format!("{what}, {}", show_instant(at))
    });
    let told = |whose: &str, what: &str| Some(Waiting { whose: whose.into(), what: what.into(), ..Waiting::default() });
    let waiting = match (open, &before, case.call.state) {
        (true, None, _) => told("Ciebie", "Przeczytaj listę oferentów i złóż oświadczenie."),
        (_, _, CallState::Announced) => {
            told("otwarcie ofert", "Oświadczenie złożysz, gdy znana będzie lista oferentów.")
        }
        _ => None,
    };
    let mut choices = vec![(Declared::Conflict.code(), "Zachodzi przyczyna wyłączenia – zgłaszam konflikt interesów")];
    if before.is_none() {
        choices.insert(0, (Declared::Impartial.code(), "Oświadczam bezstronność wobec wszystkich oferentów z listy"));
    }
    let view = DeclarationPage {
        waiting,
        call: CallHead::of(&case.call),
        offerors,
        open,
        before: before.unwrap_or_default(),
        excluded,
        statement: case.seat.statement.clone(),
        impartial: IMPARTIAL,
        choices: option_list(choices),
        grounds: option_list(
            GROUNDS.iter().map(|g| (g.key, format!("{} ({}).", g.text.trim_end_matches('.'), g.point))),
        ),
        entry: form,
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(
        status,
        "review/declaration.html",
        &format!("{error}Oświadczenie o bezstronności – konkurs {}", view.call.number),
        &view,
    )
}

/// `GET /komisja/{call}/oswiadczenie`
pub async fn show(may: Allowed<Seated>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, may.object, FormView::default(), StatusCode::OK).await
}

fn typed(form: &Fields) -> Result<(Declared, String), AppError> {
    let mut errors = FieldErrors::new();
    let said = match Declared::parse(form.text("declared")) {
        None => {
            errors.add("declared", "Zaznacz jedno z oświadczeń.");
            None
        }
        Some(Declared::Impartial) => Some((Declared::Impartial, IMPARTIAL.to_owned())),
        Some(Declared::Conflict) => {
            let ground = GROUNDS.iter().find(|g| g.key == form.text("ground"));
            if ground.is_none() {
                errors.add("ground", "Zaznacz przyczynę wyłączenia.");
            }
            let words = form.required("statement", "Czego dotyczy konflikt", &mut errors);
            ground.map(|g| (Declared::Conflict, format!("{} ({}). {words}", g.text.trim_end_matches('.'), g.point)))
        }
    };
    errors.finish(said)
}

/// `POST /komisja/{call}/oswiadczenie`
pub async fn save(may: Allowed<Seated>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.call.id.clone();
    let back = format!("/komisja/{id}");
    let done = match typed(&form) {
        Ok((declared, statement)) => {
            let doing = Doing::new("review.declare", "call", &id);
            may.ctx
                .deed(doing, move |tx, who, now| declare(tx, who, &id, declared, statement, now))
                .await
                .map(|()| declared)
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(Declared::Impartial) => {
            Ok(may.ctx.see_other(&back, Some(Flash::ok("Oświadczenie przyjęte. Możesz otwierać i oceniać oferty."))))
        }
        Ok(Declared::Conflict) => Ok(may.ctx.see_other(
            &back,
            Some(Flash::warn("Zgłoszono konflikt interesów. Jesteś wyłączony(-a) z tego konkursu.")),
        )),
        Err(e) => {
            let form = FormView::refused(&form, &sort_problems(e)?);
            page(&may.ctx, may.object, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
