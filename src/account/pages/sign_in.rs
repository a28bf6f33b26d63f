//! Signing in and out. What was typed before a session ended travels through the
//! sign-in page in hidden fields and waits behind one button.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use serde::Serialize;

use super::Own;
use super::home::landing;
use crate::account::{self, Actor, Opened};
use crate::error::{AppError, FieldErrors};
use crate::web::{
    Allowed, Carried, Ctx, ErrorLink, Fields, Flash, Posted, SessionEnd, error_links, no_session_cookie, own_path,
    session_cookie, sort_problems,
};

#[derive(Default, Serialize)]
struct SignIn {
    email: String,
    error: String,
    errors: Vec<ErrorLink>,
    next: String,
    carry: Vec<Carried>,
    carry_to: String,
}

#[derive(Serialize)]
struct Resume {
    text: String,
    carry: Vec<Carried>,
    carry_to: String,
    /// A file has to be chosen again.
    file: bool,
}

/// The sign-in form; who is signed in goes on.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn show(ctx: Ctx) -> Result<HttpResponse, AppError> {
    let next = own(&ctx.asked("next"));
    if ctx.actor.person.is_some() {
        let to = if next.is_empty() { landing(&ctx.actor).to_owned() } else { next };
        return Ok(ctx.see_other(&to, None));
    }
    ctx.page("account/sign_in.html", "Logowanie", &SignIn { next, ..SignIn::default() })
}

/// The path when it is one of ours, else nothing.
fn own(path: &str) -> String {
    if own_path(path) { path.to_owned() } else { String::new() }
}

/// The fields that came along, in their order.
fn carried(form: &Fields) -> Vec<Carried> {
    let raw = |row: &str, what: &str| form.raw(&format!("_carry.{row}.{what}")).to_owned();
    let rows = form.rows("_carry").into_iter().map(|row| Carried::new(&raw(&row, "name"), &raw(&row, "value")));
    rows.filter(|field| !field.name.is_empty() && field.name != "_token").collect()
}

fn checked(form: &Fields) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    form.required("email", "Adres e-mail", &mut errors);
    if form.raw("password").is_empty() {
        errors.add("password", "Wpisz hasło.");
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Signs in: 303 to where the person was going, or the page that sends what was typed.
///
/// # Errors
/// Those of the database; a wrong password shows the form again.
pub async fn enter(ctx: Ctx, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let mut view = SignIn {
        email: form.text("email").to_owned(),
        next: own(form.text("next")),
        carry: carried(&form),
        carry_to: own(form.text("_carry_to")),
        ..SignIn::default()
    };
    let done = match checked(&form) {
        Ok(()) => open(&ctx, form.text("email").to_owned(), form.raw("password").to_owned()).await,
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match done {
        Ok((opened, actor)) if ctx.script => entered_in_place(&ctx, &opened, &actor),
        Ok((opened, actor)) => entered(&ctx, view, &opened, actor),
        Err(e) if ctx.script => Err(e),
        Err(e) => {
            let problems = sort_problems(e)?;
            view.error = problems.errors.list().first().map(|e| e.message.clone()).unwrap_or_default();
            view.errors = error_links(&problems.errors);
            ctx.page_as(StatusCode::UNPROCESSABLE_ENTITY, "account/sign_in.html", "Błąd: Logowanie", &view)
        }
    }
}

/// Opens the new session and ends the one the browser came with.
async fn open(ctx: &Ctx, email: String, password: String) -> Result<(Opened, Actor), AppError> {
    let old = ctx.session.clone();
    ctx.work(move |state, _, now| {
        let opened = account::sign_in(&state.store, state.hashing, &email, &password, now)?;
        if !old.is_empty() {
            state.store.write(|tx| account::end(tx, &old))?;
        }
        let found = state.store.read(|r| account::actor_of(r, &opened.token, now))?;
        let (actor, _, _) = found.ok_or(AppError::Login)?;
        Ok((opened, actor))
    })
    .await
}

/// What a page needs to go on where the session ended.
#[derive(Serialize)]
struct InPlace<'a> {
    token: &'a str,
    email: &'a str,
    /// When the new session ends in any case.
    session: Option<SessionEnd>,
}

fn entered_in_place(ctx: &Ctx, opened: &Opened, actor: &Actor) -> Result<HttpResponse, AppError> {
    let ctx = ctx.as_signed_in(actor.clone(), &opened.token);
    let mut answer = ctx.json(
        StatusCode::OK,
        &InPlace { token: &ctx.token, email: ctx.actor.log_name(), session: SessionEnd::of(&ctx) },
    );
    let cookie = session_cookie(&ctx.state, &opened.token);
    answer.add_cookie(&cookie).map_err(|e| AppError::internal(e.to_string()))?;
    Ok(answer)
}

fn entered(ctx: &Ctx, view: SignIn, opened: &Opened, actor: Actor) -> Result<HttpResponse, AppError> {
    let cookie = session_cookie(&ctx.state, &opened.token);
    let mut answer = if view.carry_to.is_empty() {
        let to = if view.next.is_empty() { landing(&actor).to_owned() } else { view.next };
        HttpResponse::SeeOther().insert_header((LOCATION, to)).finish()
    } else {
        let text = "Zalogowano. Wszystko, co było wpisane przed końcem sesji, jest tutaj – trzeba to tylko wysłać.";
        let file = view.carry.iter().any(|field| !field.file.is_empty());
        let page = Resume { text: text.to_owned(), carry: view.carry, carry_to: view.carry_to, file };
        let ctx = ctx.as_signed_in(actor, &opened.token);
        ctx.page("account/resume.html", "Wpisane dane czekają na wysłanie", &page)?
    };
    answer.add_cookie(&cookie).map_err(|e| AppError::internal(e.to_string()))?;
    Ok(answer)
}

/// Signs out here. Whoever is signed out already is not troubled.
///
/// # Errors
/// `Forbidden` for a form of another session.
pub async fn leave(ctx: Ctx, form: Result<Posted, AppError>) -> Result<HttpResponse, AppError> {
    if ctx.actor.person.is_some() {
        form?;
        let session = ctx.session.clone();
        ctx.work(move |state, _, _| state.store.write(|tx| account::end(tx, &session))).await?;
    }
    left(&ctx, "Wylogowano.")
}

/// Signs out on every computer and telephone.
///
/// # Errors
/// Those of the database.
pub async fn leave_everywhere(may: Allowed<Own>, _form: Posted) -> Result<HttpResponse, AppError> {
    may.ctx
        .work(|state, who, now| match &who.person {
            Some(person) => state.store.write(|tx| account::leave_everywhere(tx, person, now)),
            None => Ok(()),
        })
        .await?;
    left(&may.ctx, "Wylogowano na wszystkich urządzeniach.")
}

fn left(ctx: &Ctx, text: &str) -> Result<HttpResponse, AppError> {
    let mut answer = ctx.see_other("/", Some(Flash::ok(text)));
    answer.add_cookie(&no_session_cookie(&ctx.state)).map_err(|e| AppError::internal(e.to_string()))?;
    Ok(answer)
}
