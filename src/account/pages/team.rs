//! The people of one organisation: who belongs to it, who is invited, what each may do.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::fields;
use super::mine::{MyInvitation, MyOrg, OwnOrg};
use crate::account::{self, Invitation, OrgRole, Person, store};
use crate::error::{AppError, FieldErrors};
use crate::law::{self, Instant, left, show_instant};
use crate::store::OrgId;
use crate::web::{Allowed, Ctx, Doing, ErrorLink, Fields, Flash, Posted, error_links, error_map, sort_problems};

/// A role with what it means.
#[derive(Serialize)]
pub(super) struct RoleChoice {
    value: &'static str,
    label: &'static str,
    hint: &'static str,
}

const ROLES: [OrgRole; 3] = [OrgRole::Editor, OrgRole::Signatory, OrgRole::Owner];

pub(super) fn meaning(role: OrgRole) -> &'static str {
    match role {
        OrgRole::Owner => "zmienia dane organizacji, zaprasza i odbiera dostęp; wypełnia i składa oferty",
        OrgRole::Editor => "wypełnia oferty i sprawozdania; nie może ich złożyć",
        OrgRole::Signatory => "wypełnia oferty i składa je w imieniu organizacji; nie zmienia jej danych ani osób",
    }
}

pub(super) fn roles() -> Vec<RoleChoice> {
    let all = ROLES.into_iter();
    all.map(|role| RoleChoice { value: role.code(), label: role.label(), hint: meaning(role) }).collect()
}

#[derive(Serialize)]
struct PersonLine {
    name: String,
    email: String,
    role: &'static str,
    /// Empty when the reader may change nothing here.
    href: String,
    change: &'static str,
}

#[derive(Serialize)]
struct Invited {
    email: String,
    role: &'static str,
    by: String,
    sent: String,
    until: String,
    left: String,
    expired: bool,
    again: String,
    withdraw: String,
    version: i64,
}

#[derive(Serialize)]
struct Team {
    org: String,
    back: String,
    action: String,
    owner: bool,
    people: Vec<PersonLine>,
    invited: Vec<Invited>,
    roles: Vec<RoleChoice>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

pub(super) fn base(org: &OrgId) -> String {
    format!("/konto/organizacja/{org}")
}

pub(super) fn owns(ctx: &Ctx, org: &OrgId) -> bool {
    ctx.actor.member_of(org).is_some_and(|m| m.role == OrgRole::Owner)
}

fn person_line(ctx: &Ctx, org: &OrgId, (person, role): &(Person, OrgRole)) -> PersonLine {
    let (owner, own) = (owns(ctx, org), ctx.actor.person_id() == Some(&person.id));
    PersonLine {
        name: person.name.clone(),
        email: person.email.clone(),
        role: role.label(),
        href: if owner || own { format!("{}/osoby/{}", base(org), person.id) } else { String::new() },
        change: if owner { "Zmień rolę lub odbierz dostęp" } else { "Opuść organizację" },
    }
}

fn invited(i: &Invitation, now: Instant) -> Invited {
    let path = format!("{}/zaproszenia/{}", base(&i.org), i.id);
    Invited {
        email: i.email.clone(),
        role: i.role.label(),
        by: i.by.clone(),
        sent: show_instant(i.sent_at),
        until: show_instant(i.expires_at),
        left: left(now, i.expires_at),
        expired: i.expires_at <= now,
        again: format!("{path}/ponowienie"),
        withdraw: if i.by_office { String::new() } else { format!("{path}/wycofanie") },
        version: i.version,
    }
}

async fn page(ctx: &Ctx, org: &OrgId, form: &Fields, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let (id, owner) = (org.clone(), owns(ctx, org));
    let (name, members, waiting) = ctx
        .read(move |r| {
            let name = store::organisation(r, &id)?.name;
            let waiting = if owner { store::pending_invitations(r, &id)? } else { Vec::new() };
            Ok((name, store::members(r, &id)?, waiting))
        })
        .await?;
    let view = Team {
        org: name,
        back: format!("/konto/organizacja?org={org}"),
        action: format!("{}/osoby", base(org)),
        owner,
        people: members.iter().map(|member| person_line(ctx, org, member)).collect(),
        invited: waiting.iter().map(|i| invited(i, ctx.arrived)).collect(),
        roles: roles(),
        f: form.map(),
        e: error_map(errors),
        errors: error_links(errors),
    };
    let (status, title) = if errors.is_empty() {
        (StatusCode::OK, "Osoby i zaproszenia")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: Osoby i zaproszenia")
    };
    ctx.page_as(status, "account/team.html", title, &view)
}

/// Everyone of the organisation; for the owner also who is invited, and the form.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<MyOrg>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, &may.object, &Fields::default(), &FieldErrors::new()).await
}

fn asked(form: &Fields) -> Result<(String, OrgRole), AppError> {
    let mut errors = FieldErrors::new();
    let email = fields::needed(form, ("email", "Adres e-mail"), &mut errors, law::email);
    let role = OrgRole::parse(form.text("role"));
    if role.is_none() {
        errors.add("role", "Zaznacz, co ta osoba będzie mogła robić.");
    }
    errors.finish(email.zip(role))
}

/// Sends an invitation.
///
/// # Errors
/// Those of the database; errors of the form show it again.
pub async fn invite(may: Allowed<OwnOrg>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, org) = (&may.ctx, &may.object);
    let done = match asked(&form) {
        Ok((email, role)) => {
            let (doing, id) = (Doing::new("account.invite", "organisation", org), org.clone());
            let (base_url, to) = (ctx.state.config.base_url.clone(), email.clone());
            ctx.deed(doing, move |tx, who, now| account::invite(tx, who, &id, (&to, role), &base_url, now))
                .await
                .map(|_| email)
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(email) => {
            let text = format!("Zaproszenie wysłane na adres {}. Odnośnik działa 14 dni.", email.to_lowercase());
            Ok(ctx.see_other(&format!("{}/osoby", base(org)), Some(Flash::ok(text))))
        }
        Err(AppError::Taken(says)) => page(ctx, org, &form, &FieldErrors::of("email", says)).await,
        Err(e) => page(ctx, org, &form, &sort_problems(e)?.errors).await,
    }
}

/// Sends the letter of an invitation again.
///
/// # Errors
/// `Stale` when it was answered meanwhile.
pub async fn again(may: Allowed<MyInvitation>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, seen) = (&may.ctx, form.text("version").parse().map_err(|_| AppError::Stale)?);
    let (id, org, email) = (may.object.id.clone(), may.object.org.clone(), may.object.email.clone());
    let (doing, base_url) =
        (Doing::new("account.invite.again", "organisation", &org), ctx.state.config.base_url.clone());
    let done = ctx.deed(doing, move |tx, who, now| account::invite_again(tx, who, &id, seen, &base_url, now)).await;
    match done {
        Ok(()) => {
            let text = format!("Zaproszenie wysłane ponownie na adres {email}. Poprzedni odnośnik już nie działa.");
            Ok(ctx.see_other(&format!("{}/osoby", base(&org)), Some(Flash::ok(text))))
        }
        Err(e) => page(ctx, &org, &Fields::default(), &sort_problems(e)?.errors).await,
    }
}

/// Takes an invitation back.
///
/// # Errors
/// `Stale` when it was answered meanwhile.
pub async fn withdraw(may: Allowed<MyInvitation>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, seen) = (&may.ctx, form.text("version").parse().map_err(|_| AppError::Stale)?);
    let (id, org) = (may.object.id.clone(), may.object.org.clone());
    let doing = Doing::new("account.invite.withdraw", "organisation", &org);
    ctx.deed(doing, move |tx, who, now| account::withdraw_invitation(tx, who, &id, seen, now)).await?;
    let text = format!("Zaproszenie dla {} wycofane. Jego odnośnik już nie działa.", may.object.email);
    Ok(ctx.see_other(&format!("{}/osoby", base(&org)), Some(Flash::ok(text))))
}
