//! Another address for signing in: asked for on "Moje konto", confirmed by the link in the letter.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::{Own, me};
use crate::account::{self, AddressLink};
use crate::error::{AppError, FieldErrors};
use crate::law;
use crate::web::{Allowed, Ctx, ErrorLink, Flash, Posted, error_links, error_map, sort_problems};

/// Sends the link to the new address; the answer is the same for an address that has an account.
///
/// # Errors
/// Those of the database; a wrong form shows the page again.
pub async fn request(may: Allowed<Own>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let person = ctx.actor.person.clone().ok_or(AppError::Login)?;
    let typed = form.text("email").to_owned();
    let done = match law::email(&typed) {
        Ok(email) => {
            let password = form.raw("password").to_owned();
            let id = person.id.clone();
            let asked = ctx.work(move |state, _, now| {
                let base = &state.config.base_url;
                account::request_address(&state.store, state.hashing, &id, (&email, &password), base, now)
            });
            asked.await
        }
        Err(bad) => Err(AppError::Invalid(FieldErrors::of("email", bad.to_string()))),
    };
    match done {
        Ok(()) => {
            let text = "Jeśli ten adres jest wolny, przyjdzie na niego list z odnośnikiem. Do potwierdzenia logujesz się po staremu.";
            Ok(ctx.see_other("/konto", Some(Flash::ok(text))))
        }
        Err(e) => me::again(ctx, &person, &typed, &sort_problems(e)?.errors),
    }
}

#[derive(Serialize)]
struct Confirm {
    link: AddressLink,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

fn confirm(ctx: &Ctx, link: AddressLink, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let view = Confirm { link, e: error_map(errors), errors: error_links(errors) };
    let (status, mark) =
        if errors.is_empty() { (StatusCode::OK, "") } else { (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: ") };
    ctx.page_as(status, "account/new_address.html", &format!("{mark}Potwierdź nowy adres"), &view)
}

/// The page behind the link: it changes nothing until the button is pressed.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn form(ctx: Ctx) -> Result<HttpResponse, AppError> {
    let asked = |name: &str| ctx.asked(name);
    let link = AddressLink { person: asked("osoba"), email: asked("adres"), until: asked("do"), key: asked("klucz") };
    confirm(&ctx, link, &FieldErrors::new())
}

/// Changes the address.
///
/// # Errors
/// Those of the database; a dead link shows the page again.
pub async fn save(ctx: Ctx, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let text = |name: &str| form.text(name).to_owned();
    let link = AddressLink { person: text("person"), email: text("email"), until: text("until"), key: text("key") };
    let used = link.clone();
    let done = ctx.work(move |state, _, now| state.store.write(|tx| account::change_address(tx, &used, now))).await;
    match done {
        Ok(email) => {
            let text =
                format!("Adres logowania zmieniony: {email}. Od teraz loguj się nim; na poprzedni wysłaliśmy list.");
            Ok(ctx.see_other("/konto", Some(Flash::ok(text))))
        }
        Err(e) => confirm(&ctx, link, &sort_problems(e)?.errors),
    }
}
