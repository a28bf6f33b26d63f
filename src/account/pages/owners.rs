//! The administrator finds an organisation and gives it another owner.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::{Administer, Oversee};
use crate::account::{self, NewOwner, OrgRole, Role, store};
use crate::error::AppError;
use crate::store::OrgId;
use crate::web::{Allowed, Ctx, Doing, ErrorLink, Fields, Flash, Posted, error_links, error_map, sort_problems};

const LIST: &str = "/urzad/administracja/organizacje";

#[derive(Serialize)]
struct PersonLine {
    name: String,
    email: String,
    role: &'static str,
}

#[derive(Serialize)]
struct One {
    org: String,
    nip: String,
    /// The page of its numbers.
    back: String,
    action: String,
    people: Vec<PersonLine>,
    owners: String,
    may_change: bool,
    /// Why nobody changes it; empty for an organisation that registered itself.
    sample: &'static str,
    /// The form was read; what it would do is shown before it is done.
    confirming: bool,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

async fn one(
    ctx: &Ctx,
    org: &OrgId,
    (form, confirming): (&Fields, bool),
    wrong: Option<AppError>,
) -> Result<HttpResponse, AppError> {
    let id = org.clone();
    let (found, members) = ctx.read(move |r| Ok((store::organisation(r, &id)?, store::members(r, &id)?))).await?;
    let problems = wrong.map(sort_problems).transpose()?.unwrap_or_default();
    let owners = members.iter().filter(|(_, role)| *role == OrgRole::Owner);
    let owners: Vec<String> = owners.map(|(person, _)| format!("{} ({})", person.name, person.email)).collect();
    let people = members.iter().map(|(person, role)| PersonLine {
        name: person.name.clone(),
        email: person.email.clone(),
        role: role.label(),
    });
    let view = One {
        org: found.name.clone(),
        nip: found.nip.to_string(),
        // A sample has no page of its numbers.
        back: if found.test { LIST.to_owned() } else { format!("{LIST}/{org}") },
        action: format!("{LIST}/{org}/wlasciciel"),
        people: people.collect(),
        owners: if owners.is_empty() { "nikt".to_owned() } else { owners.join(", ") },
        may_change: ctx.actor.has(Role::Admin) && !found.test,
        sample: if found.test { account::SAMPLE } else { "" },
        confirming,
        f: form.map(),
        e: error_map(&problems.errors),
        errors: error_links(&problems.errors),
    };
    let (status, mark) =
        if problems.errors.is_empty() { (StatusCode::OK, "") } else { (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: ") };
    ctx.page_as(status, "account/owner.html", &format!("{mark}Właściciel konta organizacji"), &view)
}

/// One organisation: who belongs to it, and the form for another owner.
///
/// # Errors
/// `NotFound` for what is no organisation.
pub async fn show(may: Allowed<Oversee>) -> Result<HttpResponse, AppError> {
    let org = may.path.id("org", OrgId::parse)?;
    one(&may.ctx, &org, (&Fields::default(), false), None).await
}

/// Shows what would be done; done it is when the form comes back confirmed.
///
/// # Errors
/// Those of the database; a wrong form is shown again.
pub async fn grant(may: Allowed<Administer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, org) = (&may.ctx, may.path.id("org", OrgId::parse)?);
    let text = |name: &str| form.text(name).to_owned();
    let new = NewOwner { email: text("email"), reason: text("reason"), demote: form.checked("demote") };
    if form.text("confirmed") != "yes" {
        return match new.check() {
            Ok(_) => one(ctx, &org, (&form, true), None).await,
            Err(e) => one(ctx, &org, (&form, false), Some(e)).await,
        };
    }
    let (id, base, email) = (org.clone(), ctx.state.config.base_url.clone(), new.email.clone());
    let doing = Doing::new("account.owner", "organisation", &org);
    match ctx.deed(doing, move |tx, who, now| account::grant_owner(tx, who, &id, new, &base, now)).await {
        Ok(()) => {
            let text = format!("Zapisano nowego właściciela: {email}. Listy wyjdą w ciągu minuty.");
            Ok(ctx.see_other(&format!("{LIST}/{org}/wlasciciel"), Some(Flash::ok(text))))
        }
        Err(e) => one(ctx, &org, (&form, false), Some(e)).await,
    }
}
