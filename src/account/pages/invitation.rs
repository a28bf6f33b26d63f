//! Behind the link of an invitation: one button for who is signed in, a name and a
//! password for who has no account yet.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::Own;
use super::team::meaning;
use crate::account::{self, Actor, Invitation, check_password, store, token_hash};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_instant};
use crate::store::Read;
use crate::web::{
    Allowed, Ctx, Decision, Doing, ErrorLink, Fields, Flash, PathIds, Policy, Posted, error_links, error_map,
    session_cookie, sort_problems,
};

/// Whoever holds the link.
pub struct Invited;

impl Policy for Invited {
    const NAME: &'static str = "organisation.join";
    const PUBLIC: bool = true;
    type Object = Invitation;

    fn load(r: &mut Read<'_>, _: &Actor, path: &PathIds, _: Instant) -> Result<Invitation, AppError> {
        store::invitation_by_token(r, &token_hash(path.text("token")?))
    }

    fn decide(_: &Actor, _: &Invitation, _: Instant) -> Decision {
        Decision::Yes
    }
}

#[derive(Serialize)]
struct Page {
    org: String,
    role: &'static str,
    meaning: &'static str,
    by: String,
    email: String,
    until: String,
    /// Why the link lets nobody in; empty when it does.
    dead: &'static str,
    signed_in: bool,
    /// The account that would join.
    me: String,
    action: String,
    sign_in: String,
    shortest: usize,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

fn page(may: &Allowed<Invited>, form: &Fields, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let (ctx, invitation) = (&may.ctx, &may.object);
    let dead = invitation.open(ctx.arrived).err().unwrap_or_default();
    let path = format!("/konto/zaproszenie/{}", may.path.text("token")?);
    let next = serde_urlencoded::to_string([("next", &path)]).unwrap_or_default();
    let mut f = form.map();
    f.retain(|name, _| !name.starts_with("password"));
    let view = Page {
        org: invitation.org_name.clone(),
        role: invitation.role.label(),
        meaning: meaning(invitation.role),
        by: invitation.by.clone(),
        email: invitation.email.clone(),
        until: show_instant(invitation.expires_at),
        dead,
        signed_in: ctx.actor.person.is_some(),
        me: ctx.actor.person.as_ref().map(|p| p.email.clone()).unwrap_or_default(),
        action: path,
        sign_in: format!("/konto/logowanie?{next}"),
        shortest: account::SHORTEST,
        f,
        e: error_map(errors),
        errors: error_links(errors),
    };
    let (status, title) = match (dead.is_empty(), errors.is_empty()) {
        (false, _) => (StatusCode::GONE, "Zaproszenie już nie działa"),
        (true, true) => (StatusCode::OK, "Zaproszenie do organizacji"),
        (true, false) => (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: Zaproszenie do organizacji"),
    };
    ctx.page_as(status, "account/invitation.html", title, &view)
}

/// What the link offers; who belongs to the organisation already is led there.
///
/// # Errors
/// `NotFound` for an unknown link.
pub async fn show(may: Allowed<Invited>) -> Result<HttpResponse, AppError> {
    if may.ctx.actor.member_of(&may.object.org).is_some() {
        return Ok(may.ctx.see_other(&format!("/konto/organizacja?org={}", may.object.org), None));
    }
    page(&may, &Fields::default(), &FieldErrors::new())
}

/// Joins with the account that is signed in.
///
/// # Errors
/// `Forbidden` for the staff of the office; a dead link shows why.
pub async fn accept(may: Allowed<Invited>, signed_in: Allowed<Own>, _form: Posted) -> Result<HttpResponse, AppError> {
    let ctx = &signed_in.ctx;
    let token = may.path.text("token")?.to_owned();
    let doing = Doing::new("account.join", "organisation", &may.object.org);
    match ctx.deed(doing, move |tx, who, now| account::accept(tx, who, &token, now)).await {
        Ok(org) => {
            let text = format!("Należysz teraz do organizacji {}.", may.object.org_name);
            Ok(ctx.see_other(&format!("/konto/organizacja?org={org}"), Some(Flash::ok(text))))
        }
        Err(e) => page(&may, &Fields::default(), &sort_problems(e)?.errors),
    }
}

fn checked(form: &Fields) -> Result<String, AppError> {
    let mut errors = FieldErrors::new();
    let name = form.required("name", "Imię i nazwisko", &mut errors);
    if name.chars().count() > 200 {
        errors.add("name", "Imię i nazwisko może mieć najwyżej 200 znaków.");
    }
    if let Err(why) = check_password(form.raw("password"), form.raw("password_again")) {
        errors.add("password", why);
    }
    if !form.checked("consent") {
        errors.add("consent", "Zaznacz, że znasz informację o przetwarzaniu danych. Bez tego nie można założyć konta.");
    }
    errors.finish(Some(name))
}

/// Makes an account for the invited address, joins and signs in.
///
/// # Errors
/// Those of the database; errors of the form show it again.
pub async fn join(may: Allowed<Invited>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let done = match checked(&form) {
        Ok(name) => enter(&may, name, form.raw("password").to_owned()).await,
        Err(e) => Err(e),
    };
    match done {
        Ok(token) => {
            let text = format!("Konto założone. Należysz do organizacji {}.", may.object.org_name);
            let mut answer = ctx.see_other("/oferty", Some(Flash::ok(text)));
            let cookie = session_cookie(&ctx.state, &token);
            answer.add_cookie(&cookie).map_err(|e| AppError::internal(e.to_string()))?;
            Ok(answer)
        }
        Err(AppError::Taken(_)) => {
            let why = "Na ten adres jest już konto. Zaloguj się, a potem przyjmij zaproszenie jednym przyciskiem.";
            page(&may, &form, &FieldErrors::of("", why))
        }
        Err(e) => page(&may, &form, &sort_problems(e)?.errors),
    }
}

async fn enter(may: &Allowed<Invited>, name: String, password: String) -> Result<String, AppError> {
    let ctx: &Ctx = &may.ctx;
    let (hashing, old, token) = (ctx.state.hashing, ctx.session.clone(), may.path.text("token")?.to_owned());
    let hash = ctx.work(move |_, _, _| hashing.hash(&password)).await?;
    let doing = Doing::new("account.join", "organisation", &may.object.org);
    ctx.deed(doing, move |tx, _, now| {
        account::end(tx, &old)?;
        let (_, opened) = account::accept_as_new(tx, &token, name, hash, now)?;
        Ok(opened.token)
    })
    .await
}
