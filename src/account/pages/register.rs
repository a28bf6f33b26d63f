//! An NGO registers itself.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::fields::{self, Shown};
use crate::account::{self, Founding, Hashing, Opened, Registration, check_password};
use crate::error::{AppError, FieldErrors};
use crate::law::{self, Nip};
use crate::web::{Ctx, Doing, ErrorLink, Fields, Flash, Posted, error_links, error_map, session_cookie, sort_problems};

#[derive(Serialize)]
struct Page {
    #[serde(flatten)]
    shown: Shown,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    shortest: usize,
}

fn page(ctx: &Ctx, form: &Fields, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let view = Page {
        shown: fields::shown(form),
        e: error_map(errors),
        errors: error_links(errors),
        shortest: account::SHORTEST,
    };
    let (status, title) = if errors.is_empty() {
        (StatusCode::OK, "Rejestracja organizacji")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: Rejestracja organizacji")
    };
    ctx.page_as(status, "account/register.html", title, &view)
}

/// The empty form.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn show(ctx: Ctx) -> Result<HttpResponse, AppError> {
    page(&ctx, &Fields::default(), &FieldErrors::new())
}

/// The organisation alone, for who has an account.
fn founding(form: &Fields, email: &str) -> Result<Founding, AppError> {
    let mut errors = FieldErrors::new();
    let nip = fields::needed(form, ("nip", "Numer NIP"), &mut errors, Nip::parse);
    let org = fields::check(form, true, &mut errors);
    let whole = nip.zip(org).map(|(nip, mut org)| {
        org.content.email = email.to_owned();
        Founding { name: org.name, krs: org.krs, nip, regon: org.regon, content: org.content }
    });
    errors.finish(whole)
}

/// Everything checked but the password, which is hashed last.
fn registration(form: &Fields) -> Result<Registration, AppError> {
    let mut errors = FieldErrors::new();
    let nip = fields::needed(form, ("nip", "Numer NIP"), &mut errors, Nip::parse);
    let org = fields::check(form, true, &mut errors);
    let person_name = form.required("person_name", "Imię i nazwisko", &mut errors);
    let email = fields::needed(form, ("email", "Adres e-mail"), &mut errors, law::email);
    if let Err(why) = check_password(form.raw("password"), form.raw("password_again")) {
        errors.add("password", why);
    }
    if !form.checked("consent") {
        errors.add("consent", "Zaznacz, że znasz informację o przetwarzaniu danych. Bez tego nie można założyć konta.");
    }
    let whole = match (nip, org, email) {
        (Some(nip), Some(mut org), Some(email)) => {
            org.content.email.clone_from(&email);
            Some(Registration {
                org_name: org.name,
                krs: org.krs,
                nip,
                regon: org.regon,
                content: org.content,
                person_name,
                email,
                password_hash: String::new(),
            })
        }
        _ => None,
    };
    errors.finish(whole)
}

/// Makes the organisation and its owner, and signs them in; who is signed in owns one organisation more.
///
/// # Errors
/// Those of the database; errors of the form show it again.
pub async fn save(ctx: Ctx, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    if fields::row_button(&form) {
        return page(&ctx, &form, &FieldErrors::new());
    }
    if let Some(person) = ctx.actor.person.clone() {
        let done = match founding(&form, &person.email) {
            Ok(new) => found(&ctx, new).await,
            Err(e) => Err(e),
        };
        return match done {
            Ok(said) => Ok(ctx.see_other("/oferty", Some(Flash::ok(said)))),
            Err(AppError::Taken(says)) => page(&ctx, &form, &FieldErrors::of("nip", says)),
            Err(e) => page(&ctx, &form, &sort_problems(e)?.errors),
        };
    }
    let done = match registration(&form) {
        Ok(whole) => register(&ctx, whole, form.raw("password").to_owned()).await,
        Err(e) => Err(e),
    };
    match done {
        Ok(opened) => {
            let mut answer = ctx.see_other("/oferty", Some(Flash::ok("Konto założone. Możesz przygotować ofertę.")));
            let cookie = session_cookie(&ctx.state, &opened.token);
            answer.add_cookie(&cookie).map_err(|e| AppError::internal(e.to_string()))?;
            Ok(answer)
        }
        Err(AppError::Taken(says)) => {
            let field = if says.contains("NIP") { "nip" } else { "email" };
            page(&ctx, &form, &FieldErrors::of(field, says))
        }
        Err(e) => page(&ctx, &form, &sort_problems(e)?.errors),
    }
}

async fn found(ctx: &Ctx, new: Founding) -> Result<String, AppError> {
    let said = format!("Organizacja {} ma konto, a jego właścicielem jesteś Ty. Możesz przygotować ofertę.", new.name);
    let doing = Doing::new("account.register", "organisation", &new.nip);
    ctx.deed(doing, move |tx, who, now| account::found(tx, who, new, now)).await?;
    Ok(said)
}

async fn register(ctx: &Ctx, mut whole: Registration, password: String) -> Result<Opened, AppError> {
    let old = ctx.session.clone();
    let hashing: Hashing = ctx.state.hashing;
    whole.password_hash = ctx.work(move |_, _, _| hashing.hash(&password)).await?;
    let doing = Doing::new("account.register", "organisation", &whole.nip);
    ctx.deed(doing, move |tx, _, now| {
        account::end(tx, &old)?;
        let (_, _, opened) = account::register(tx, whole, now)?;
        Ok(opened)
    })
    .await
}
