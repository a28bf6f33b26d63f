//! The organisations that have an account; the administrator corrects their numbers.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::fields::{needed, optional};
use super::found::Found;
use super::{Administer, Oversee};
use crate::account::{self, Actor, Identifiers, Organisation, Role, store, told_of_numbers};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, Krs, Nip, Regon};
use crate::mail;
use crate::store::{OrgId, Read};
use crate::web::{
    Allowed, Ctx, Decision, Doing, ErrorLink, Fact, Fields, Flash, PathIds, Policy, Posted, error_links, error_map,
    fact, sort_problems,
};

const LIST: &str = "/urzad/administracja/organizacje";

/// Every registered organisation, or those whose name or number has what was typed.
///
/// # Errors
/// Those of the database.
pub async fn list(may: Allowed<Oversee>) -> Result<HttpResponse, AppError> {
    let all = may.ctx.read(|r| store::of_kind(r, false)).await?;
    let view = Found::of(all, may.ctx.asked("q"), LIST);
    may.ctx.page("account/organisations.html", "Organizacje", &view)
}

/// An organisation that registered itself, for administrators and auditors.
pub struct SeeNumbers;

impl Policy for SeeNumbers {
    const NAME: &'static str = "administration.organisation.read";
    type Object = Organisation;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Organisation, AppError> {
        if !who.has_any(&[Role::Admin, Role::Auditor]) {
            return Err(AppError::NotFound);
        }
        let org = store::organisation(r, &path.id("org", OrgId::parse)?)?;
        if org.test { Err(AppError::NotFound) } else { Ok(org) }
    }

    fn decide(_: &Actor, _: &Organisation, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Corrects its numbers.
pub struct CorrectNumbers;

impl Policy for CorrectNumbers {
    const NAME: &'static str = "administration.organisation.write";
    type Object = Organisation;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, now: Instant) -> Result<Organisation, AppError> {
        SeeNumbers::load(r, who, path, now)
    }

    fn decide(who: &Actor, _: &Organisation, now: Instant) -> Decision {
        Administer::decide(who, &(), now)
    }
}

#[derive(Serialize)]
struct One {
    name: String,
    action: String,
    may_change: bool,
    facts: Vec<Fact>,
    /// Which letters the correction sends, and to whom.
    letters: String,
    told: Vec<String>,
    /// Somebody saved meanwhile: what is typed stands in the form, what is stored above it.
    newer: bool,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

fn facts(org: &Organisation) -> Vec<Fact> {
    let text = |value: Option<String>| value.unwrap_or_default();
    let c = &org.content;
    let rows = [
        ("NIP", org.nip.to_string()),
        ("KRS", text(org.krs.as_ref().map(ToString::to_string))),
        ("REGON", text(org.regon.as_ref().map(ToString::to_string))),
        ("Inny rejestr lub ewidencja", c.register_entry()),
        ("Forma prawna", c.legal_form.clone()),
        ("Adres", format!("{}, {} {}", c.street, c.postal_code, c.town)),
    ];
    rows.into_iter().map(|(label, value)| fact(label, value)).collect()
}

async fn page(
    ctx: &Ctx,
    org: &OrgId,
    form: Option<&Fields>,
    (errors, newer): (&FieldErrors, bool),
) -> Result<HttpResponse, AppError> {
    let id = org.clone();
    let look = move |r: &mut Read<'_>| {
        let (org, told) = (store::organisation(r, &id)?, told_of_numbers(r, &id)?);
        let to = told.iter().map(|(email, _)| email.clone()).collect();
        let letters = mail::reach(r, "account_identifiers", id.as_str(), to)?.told(
            "O zmianie numerów",
            "właścicieli konta organizacji",
            "nikt nim nie jest",
        );
        Ok((org, told, letters))
    };
    let (org, told, letters) = ctx.read(look).await?;
    let mut stored = Fields::default();
    for (name, _, value) in Identifiers::of(&org).fields() {
        stored.set(name, value.unwrap_or_default());
    }
    let mut f = form.unwrap_or(&stored).map();
    if newer || form.is_none() {
        f.insert("version".into(), org.version.to_string());
    }
    let view = One {
        name: org.name.clone(),
        action: format!("{LIST}/{}", org.id),
        may_change: ctx.actor.has(Role::Admin),
        facts: facts(&org),
        letters,
        told: told.into_iter().map(|(email, name)| format!("{name}, {email}")).collect(),
        newer,
        f,
        e: error_map(errors),
        errors: error_links(errors),
    };
    let (status, wrong) = match (newer, errors.is_empty()) {
        (true, _) => (StatusCode::CONFLICT, "Błąd: "),
        (false, false) => (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: "),
        (false, true) => (StatusCode::OK, ""),
    };
    ctx.page_as(status, "account/numbers.html", &format!("{wrong}Numery organizacji: {}", org.name), &view)
}

/// The numbers of one organisation, and the form that corrects them.
///
/// # Errors
/// `NotFound` for a sample of a rehearsal.
pub async fn show(may: Allowed<SeeNumbers>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, &may.object.id, None, (&FieldErrors::new(), false)).await
}

fn typed(form: &Fields) -> Result<(Identifiers, i64), AppError> {
    let seen = form.text("version").parse().map_err(|_| AppError::Stale)?;
    let mut errors = FieldErrors::new();
    let nip = needed(form, ("nip", "Numer NIP"), &mut errors, Nip::parse);
    let krs = optional(form, "krs", &mut errors, Krs::parse);
    let regon = optional(form, "regon", &mut errors, Regon::parse);
    errors.finish(nip.map(|nip| (Identifiers { nip, krs, regon }, seen)))
}

/// Saves the correction and writes to the owners.
///
/// # Errors
/// Those of the database; what the form can show is shown.
pub async fn save(may: Allowed<CorrectNumbers>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, org) = (&may.ctx, &may.object);
    let done = match typed(&form) {
        Ok((new, seen)) => {
            let (id, reason) = (org.id.clone(), form.text("reason").to_owned());
            let doing = Doing::new("account.identifiers", "organisation", &org.id);
            ctx.deed(doing, move |tx, who, now| account::correct_identifiers(tx, who, &id, seen, new, &reason, now))
                .await
        }
        Err(e) => Err(e),
    };
    let none = FieldErrors::new();
    match done {
        Ok(()) => {
            let text = format!("Numery organizacji {} są poprawione. Właściciele konta dostaną list.", org.name);
            Ok(ctx.see_other(&format!("{LIST}/{}", org.id), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => page(ctx, &org.id, Some(&form), (&none, true)).await,
        Err(AppError::Taken(_)) => {
            let why = "Ten numer NIP ma już inna organizacja. Sprawdź go w rejestrze.";
            page(ctx, &org.id, Some(&form), (&FieldErrors::of("nip", why), false)).await
        }
        Err(e) => page(ctx, &org.id, Some(&form), (&sort_problems(e)?.errors, false)).await,
    }
}
