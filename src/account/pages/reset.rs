//! Forgotten password: ask for the letter, then set a new one from its link.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::home::landing;
use crate::account::{self, ResetLink};
use crate::error::{AppError, FieldErrors};
use crate::law;
use crate::web::{Ctx, ErrorLink, Flash, Posted, error_links, error_map, session_cookie, sort_problems};

#[derive(Serialize)]
struct Ask {
    email: String,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

fn ask(ctx: &Ctx, email: &str, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let view = Ask { email: email.to_owned(), e: error_map(errors), errors: error_links(errors) };
    if errors.is_empty() {
        return ctx.page("account/forgotten.html", "Nowe hasło", &view);
    }
    ctx.page_as(StatusCode::UNPROCESSABLE_ENTITY, "account/forgotten.html", "Błąd: Nowe hasło", &view)
}

/// The form that asks for the letter.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn show(ctx: Ctx) -> Result<HttpResponse, AppError> {
    ask(&ctx, "", &FieldErrors::new())
}

/// Sends the letter; the answer is the same for an address without an account.
///
/// # Errors
/// Those of the database.
pub async fn request(ctx: Ctx, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let typed = form.text("email").to_owned();
    let email = match law::email(&typed) {
        Ok(email) => email,
        Err(bad) => return ask(&ctx, &typed, &FieldErrors::of("email", bad.to_string())),
    };
    ctx.work(move |state, _, now| {
        state.store.write(|tx| account::request_reset(tx, &email, &state.config.base_url, now))
    })
    .await?;
    let text = "Jeśli to konto istnieje, za chwilę przyjdzie list z odnośnikiem. Działa przez godzinę.";
    Ok(ctx.see_other("/konto/logowanie", Some(Flash::ok(text))))
}

#[derive(Serialize)]
struct SetNew {
    link: ResetLink,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    shortest: usize,
}

fn set_new(ctx: &Ctx, link: ResetLink, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let view = SetNew { link, e: error_map(errors), errors: error_links(errors), shortest: account::SHORTEST };
    if errors.is_empty() {
        return ctx.page("account/new_password.html", "Ustaw nowe hasło", &view);
    }
    ctx.page_as(StatusCode::UNPROCESSABLE_ENTITY, "account/new_password.html", "Błąd: Ustaw nowe hasło", &view)
}

/// The form behind the link.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn form(ctx: Ctx) -> Result<HttpResponse, AppError> {
    let link = ResetLink { person: ctx.asked("osoba"), until: ctx.asked("do"), key: ctx.asked("klucz") };
    set_new(&ctx, link, &FieldErrors::new())
}

/// Sets the password and signs in.
///
/// # Errors
/// Those of the database; a dead link or a refused password shows the form again.
pub async fn save(ctx: Ctx, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let text = |name: &str| form.text(name).to_owned();
    let link = ResetLink { person: text("person"), until: text("until"), key: text("key") };
    let used = link.clone();
    let done = ctx
        .work(move |state, _, now| {
            let new = (form.raw("new"), form.raw("new_again"));
            let opened = account::reset_password(&state.store, state.hashing, &used, new, now)?;
            let found = state.store.read(|r| account::actor_of(r, &opened.token, now))?;
            Ok((opened, found.ok_or(AppError::Login)?.0))
        })
        .await;
    match done {
        Ok((opened, actor)) => {
            let mut answer = ctx.see_other(landing(&actor), Some(Flash::ok("Hasło ustawione. Jesteś w środku.")));
            let cookie = session_cookie(&ctx.state, &opened.token);
            answer.add_cookie(&cookie).map_err(|e| AppError::internal(e.to_string()))?;
            Ok(answer)
        }
        Err(e) => set_new(&ctx, link, &sort_problems(e)?.errors),
    }
}
