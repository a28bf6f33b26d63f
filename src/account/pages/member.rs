//! One member of an organisation: the role, and the way out.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::mine::OneMember;
use super::team::{RoleChoice, base, owns, roles};
use crate::account::{self, OrgRole};
use crate::error::{AppError, FieldErrors};
use crate::web::{
    Allowed, Doing, ErrorLink, FindingView, Flash, Posted, Problems, error_links, error_map, findings_view,
    sort_problems,
};

#[derive(Serialize)]
struct One {
    org: String,
    name: String,
    email: String,
    back: String,
    action: String,
    remove: String,
    /// The role that is stored, which the form must have seen.
    seen: &'static str,
    now: &'static str,
    role: String,
    roles: Vec<RoleChoice>,
    owner: bool,
    own: bool,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    findings: Vec<FindingView>,
}

fn one(may: &Allowed<OneMember>, role: &str, problems: &Problems) -> Result<HttpResponse, AppError> {
    let (ctx, member) = (&may.ctx, &may.object);
    let path = format!("{}/osoby/{}", base(&member.org), member.person.id);
    let view = One {
        org: member.org_name.clone(),
        name: member.person.name.clone(),
        email: member.person.email.clone(),
        back: format!("{}/osoby", base(&member.org)),
        remove: format!("{path}/usuniecie"),
        action: path,
        seen: member.role.code(),
        now: member.role.label(),
        role: role.to_owned(),
        roles: roles(),
        owner: owns(ctx, &member.org),
        own: ctx.actor.person_id() == Some(&member.person.id),
        e: error_map(&problems.errors),
        errors: error_links(&problems.errors),
        findings: findings_view(&problems.findings),
    };
    let sound = problems.errors.is_empty() && problems.findings.is_empty();
    let (status, mark) = if sound { (StatusCode::OK, "") } else { (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: ") };
    ctx.page_as(status, "account/member.html", &format!("{mark}Dostęp: {}", member.person.name), &view)
}

/// One member: the role, and the way out.
///
/// # Errors
/// `NotFound` for who does not belong to the organisation.
pub async fn show(may: Allowed<OneMember>) -> Result<HttpResponse, AppError> {
    one(&may, may.object.role.code(), &Problems::default())
}

/// Gives a member another role.
///
/// # Errors
/// `Stale` when it was changed meanwhile; what the page can show is shown.
pub async fn set_role(may: Allowed<OneMember>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (org, person) = (may.object.org.clone(), may.object.person.id.clone());
    let typed = form.text("role").to_owned();
    let done = match OrgRole::parse(&typed) {
        Some(role) => {
            let seen = OrgRole::parse(form.text("seen")).ok_or(AppError::Stale)?;
            let doing = Doing::new("account.member.role", "organisation", &org);
            may.ctx
                .deed(doing, move |tx, who, now| account::set_member_role(tx, who, &org, &person, (seen, role), now))
                .await
        }
        None => Err(AppError::Invalid(FieldErrors::of("role", "Zaznacz, co ta osoba może robić."))),
    };
    match done {
        Ok(()) => {
            let text = format!("Rola zmieniona: {}. Działa od razu.", may.object.person.name);
            Ok(may.ctx.see_other(&format!("{}/osoby", base(&may.object.org)), Some(Flash::ok(text))))
        }
        Err(e) => one(&may, &typed, &sort_problems(e)?),
    }
}

/// Takes a member's access away, or lets them leave.
///
/// # Errors
/// Those of the database; a refusal shows the page again.
pub async fn remove(may: Allowed<OneMember>, _form: Posted) -> Result<HttpResponse, AppError> {
    let (org, person) = (may.object.org.clone(), may.object.person.id.clone());
    let own = may.ctx.actor.person_id() == Some(&person);
    let doing = Doing::new("account.member.remove", "organisation", &org);
    let done = may.ctx.deed(doing, move |tx, who, now| account::remove_member(tx, who, &org, &person, now)).await;
    match done {
        Ok(()) if own => {
            let text = format!("Twoje konto nie należy już do organizacji {}.", may.object.org_name);
            Ok(may.ctx.see_other("/konto", Some(Flash::ok(text))))
        }
        Ok(()) => {
            let text = format!("Dostęp odebrany: {}. Działa od razu.", may.object.person.name);
            Ok(may.ctx.see_other(&format!("{}/osoby", base(&may.object.org)), Some(Flash::ok(text))))
        }
        Err(e) => one(&may, may.object.role.code(), &sort_problems(e)?),
    }
}
