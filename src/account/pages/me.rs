//! My account: who I am, my password, my sessions.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::Own;
use crate::account::{self, Person};
use crate::error::{AppError, FieldErrors};
use crate::web::{
    Allowed, Ctx, ErrorLink, Fact, Flash, Posted, error_links, error_map, fact, session_cookie, sort_problems,
};
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Membership {
    name: String,
    role: &'static str,
    href: String,
}

#[derive(Serialize)]
struct Me {
    facts: Vec<Fact>,
    organisations: Vec<Membership>,
    idle: i64,
    absolute: i64,
    /// The new address as typed.
    email: String,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

/// The page with what is wrong with the new address.
pub(super) fn again(ctx: &Ctx, person: &Person, email: &str, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let view = Me { email: email.to_owned(), ..view(ctx, person, errors) };
    ctx.page_as(StatusCode::UNPROCESSABLE_ENTITY, "account/me.html", "Błąd: Moje konto", &view)
}

fn view(ctx: &Ctx, person: &Person, errors: &FieldErrors) -> Me {
    let roles: Vec<&str> = person.roles.iter().map(|role| role.label()).collect();
    let mut facts =
        vec![fact("Imię i nazwisko", person.name.clone()), fact("Adres e-mail (login)", person.email.clone())];
    if !roles.is_empty() {
        facts.push(fact("Role w urzędzie", roles.join(", ")));
    }
    let organisations = ctx.actor.memberships.iter().map(|m| Membership {
        name: m.org_name.clone(),
        role: m.role.label(),
        href: format!("/konto/organizacja?org={}", m.org),
    });
    Me {
        facts,
        organisations: organisations.collect(),
        idle: account::IDLE.num_hours(),
        absolute: account::ABSOLUTE.num_hours(),
        email: String::new(),
        e: error_map(errors),
        errors: error_links(errors),
    }
}

/// My account.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn show(may: Allowed<Own>) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let person = ctx.actor.person.as_ref().ok_or(AppError::Login)?;
    ctx.page("account/me.html", "Moje konto", &view(ctx, person, &FieldErrors::new()))
}

/// Changes the password; every other session ends and this one gets a new token.
///
/// # Errors
/// Those of the database; a refused password shows the page again.
pub async fn change_password(may: Allowed<Own>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let person = ctx.actor.person.clone().ok_or(AppError::Login)?;
    let id = person.id.clone();
    let done = ctx
        .work(move |state, _, now| {
            let new = (form.raw("new"), form.raw("new_again"));
            account::change_password(&state.store, state.hashing, &id, form.raw("old"), new, now)
        })
        .await;
    match done {
        Ok(opened) => {
            let mut answer = ctx.see_other("/konto", Some(Flash::ok("Hasło zmienione. Inne urządzenia wylogowano.")));
            let cookie = session_cookie(&ctx.state, &opened.token);
            answer.add_cookie(&cookie).map_err(|e| AppError::internal(e.to_string()))?;
            Ok(answer)
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            let view = view(ctx, &person, &problems.errors);
            ctx.page_as(StatusCode::UNPROCESSABLE_ENTITY, "account/me.html", "Błąd: Moje konto", &view)
        }
    }
}
