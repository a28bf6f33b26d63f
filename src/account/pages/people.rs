//! Accounts of the office's people and of committee members.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::{Administer, Oversee, fields};
use crate::account::{self, Actor, NewStaff, Person, Role, check_password, store};
use crate::error::{AppError, FieldErrors};
use crate::law::{self, Instant};
use crate::mail;
use crate::store::{PersonId, Read};
use crate::web::{
    Allowed, Ctx, Decision, Doing, ErrorLink, Fields, Flash, PathIds, Policy, Posted, error_links, error_map,
    sort_problems,
};

#[derive(Serialize)]
struct Line {
    href: String,
    name: String,
    email: String,
    roles: String,
    state: &'static str,
    tone: &'static str,
}

#[derive(Serialize)]
struct RoleBox {
    name: String,
    label: &'static str,
    hint: &'static str,
    checked: bool,
}

#[derive(Serialize)]
struct List {
    people: Vec<Line>,
    may_change: bool,
    roles: Vec<RoleBox>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    shortest: usize,
}

fn hint(role: Role) -> &'static str {
    match role {
        Role::Admin => "zakłada konta, prowadzi tabele stawek, widzi dziennik",
        Role::Officer => "prowadzi programy, konkursy, umowy i sprawdza sprawozdania",
        Role::Organ => "ogłasza, rozstrzyga i podpisuje",
        Role::Finance => "zapisuje wypłaty i zwroty, pobiera zestawienia",
        Role::Auditor => "widzi sprawy i dziennik, niczego nie zmienia",
        Role::Committee => "tylko komisje, do których powołano tę osobę",
    }
}

fn boxes(chosen: &[Role]) -> Vec<RoleBox> {
    let all = Role::ALL.into_iter().map(|role| RoleBox {
        name: format!("role.{}", role.code()),
        label: role.label(),
        hint: hint(role),
        checked: chosen.contains(&role),
    });
    all.collect()
}

fn chosen(form: &Fields) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| form.checked(&format!("role.{}", role.code()))).collect()
}

fn line(person: &Person) -> Line {
    let roles: Vec<&str> = person.roles.iter().map(|role| role.label()).collect();
    let (state, tone) = if person.active { ("czynne", "ok") } else { ("zamknięte", "neutral") };
    Line {
        href: format!("/urzad/administracja/osoby/{}", person.id),
        name: person.name.clone(),
        email: person.email.clone(),
        roles: roles.join(", "),
        state,
        tone,
    }
}

async fn page(ctx: &Ctx, form: &Fields, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let people = ctx.read(store::staff).await?;
    let mut f = form.map();
    f.retain(|name, _| !name.starts_with("password"));
    let view = List {
        people: people.iter().map(line).collect(),
        may_change: ctx.actor.has(Role::Admin),
        roles: boxes(&chosen(form)),
        f,
        e: error_map(errors),
        errors: error_links(errors),
        shortest: account::SHORTEST,
    };
    let (status, title) = titled(errors, "Osoby i role", "Błąd: Osoby i role");
    ctx.page_as(status, "account/people.html", title, &view)
}

fn titled(errors: &FieldErrors, sound: &'static str, wrong: &'static str) -> (StatusCode, &'static str) {
    if errors.is_empty() { (StatusCode::OK, sound) } else { (StatusCode::UNPROCESSABLE_ENTITY, wrong) }
}

/// Everyone with a role, and the form for one more.
///
/// # Errors
/// Those of the database.
pub async fn list(may: Allowed<Oversee>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, &Fields::default(), &FieldErrors::new()).await
}

#[derive(Serialize)]
struct Welcome<'a> {
    name: &'a str,
    email: &'a str,
    roles: String,
    link: &'a str,
}

fn new_staff(form: &Fields) -> Result<NewStaff, AppError> {
    let mut errors = FieldErrors::new();
    let name = form.required("name", "Imię i nazwisko", &mut errors);
    let email = fields::needed(form, ("email", "Adres e-mail"), &mut errors, law::email);
    let roles = chosen(form);
    if roles.is_empty() {
        errors.add("roles", "Zaznacz co najmniej jedną rolę.");
    }
    if let Err(why) = check_password(form.raw("password"), form.raw("password_again")) {
        errors.add("password", why);
    }
    let whole = email.map(|email| NewStaff { name, email: email.to_lowercase(), password_hash: String::new(), roles });
    errors.finish(whole)
}

/// Makes an account and writes to its owner; the password is handed over in person.
///
/// # Errors
/// Those of the database; errors of the form show it again.
pub async fn add(may: Allowed<Administer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let done = match new_staff(&form) {
        Ok(new) => make(ctx, new, form.raw("password").to_owned()).await,
        Err(e) => Err(e),
    };
    match done {
        Ok(name) => {
            let text = format!("Konto założone: {name}. Hasło startowe przekaż tej osobie osobiście.");
            Ok(ctx.see_other("/urzad/administracja/osoby", Some(Flash::ok(text))))
        }
        Err(AppError::Taken(says)) => page(ctx, &form, &FieldErrors::of("email", says)).await,
        Err(e) => page(ctx, &form, &sort_problems(e)?.errors).await,
    }
}

async fn make(ctx: &Ctx, mut new: NewStaff, password: String) -> Result<String, AppError> {
    let hashing = ctx.state.hashing;
    new.password_hash = ctx.work(move |_, _, _| hashing.hash(&password)).await?;
    let (doing, link) = (Doing::new("account.staff", "person", &new.email), ctx.state.config.base_url.clone());
    ctx.deed(doing, move |tx, who, now| {
        let (name, email) = (new.name.clone(), new.email.clone());
        let labels: Vec<&str> = new.roles.iter().map(|role| role.label()).collect();
        let id = account::add_staff(tx, who.log_name(), new, now)?;
        let view = Welcome { name: &name, email: &email, roles: labels.join(", "), link: &link };
        mail::put(tx, mail::render(&email, "account_staff", id.as_str(), &view)?, now)?;
        Ok(name)
    })
    .await
}

/// Reads the account of a member of staff; other people's accounts are not found here.
pub struct SeeStaff;

fn staff_member(r: &mut Read<'_>, path: &PathIds) -> Result<Person, AppError> {
    let person = store::by_id(r, &path.id("person", PersonId::parse)?)?.person();
    if person.roles.is_empty() { Err(AppError::NotFound) } else { Ok(person) }
}

impl Policy for SeeStaff {
    const NAME: &'static str = "administration.staff.read";
    type Object = Person;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Person, AppError> {
        if who.has_any(&[Role::Admin, Role::Auditor]) { staff_member(r, path) } else { Err(AppError::NotFound) }
    }

    fn decide(_: &Actor, _: &Person, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Changes the roles of a member of staff or closes the account.
pub struct ChangeStaff;

impl Policy for ChangeStaff {
    const NAME: &'static str = "administration.staff.write";
    type Object = Person;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, now: Instant) -> Result<Person, AppError> {
        SeeStaff::load(r, who, path, now)
    }

    fn decide(who: &Actor, _: &Person, _: Instant) -> Decision {
        Decision::when(who.has(Role::Admin), "Konta zmienia tylko administrator.")
    }
}

#[derive(Serialize)]
struct One {
    name: String,
    email: String,
    action: String,
    roles: Vec<RoleBox>,
    active: bool,
    own: bool,
    may_change: bool,
    version: String,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

struct Asked {
    roles: Vec<Role>,
    active: bool,
    version: String,
}

fn one(ctx: &Ctx, person: &Person, asked: &Asked, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let view = One {
        name: person.name.clone(),
        email: person.email.clone(),
        action: format!("/urzad/administracja/osoby/{}", person.id),
        roles: boxes(&asked.roles),
        active: asked.active,
        own: ctx.actor.person_id() == Some(&person.id),
        may_change: ctx.actor.has(Role::Admin),
        version: asked.version.clone(),
        e: error_map(errors),
        errors: error_links(errors),
    };
    let title = format!("{}Konto: {}", if errors.is_empty() { "" } else { "Błąd: " }, person.name);
    let (status, _) = titled(errors, "", "");
    ctx.page_as(status, "account/person.html", &title, &view)
}

/// One account.
///
/// # Errors
/// `NotFound` for an account that is not staff.
pub async fn show(may: Allowed<SeeStaff>) -> Result<HttpResponse, AppError> {
    let p = &may.object;
    let asked = Asked { roles: p.roles.clone(), active: p.active, version: p.version.to_string() };
    one(&may.ctx, p, &asked, &FieldErrors::new())
}

/// Saves roles and state; the person is signed out everywhere.
///
/// # Errors
/// `Stale` when somebody else changed the account meanwhile.
pub async fn save(may: Allowed<ChangeStaff>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, person) = (&may.ctx, &may.object);
    let asked =
        Asked { roles: chosen(&form), active: form.checked("active"), version: form.text("version").to_owned() };
    let seen: i64 = asked.version.parse().map_err(|_| AppError::Stale)?;
    let (id, roles, active) = (person.id.clone(), asked.roles.clone(), asked.active);
    let done = ctx
        .deed(Doing::new("account.staff", "person", &person.id), move |tx, who, now| {
            account::set_staff(tx, who, &id, seen, &roles, active, now)
        })
        .await;
    match done {
        Ok(()) => {
            let text = format!("Konto zapisane: {}.", person.name);
            Ok(ctx.see_other("/urzad/administracja/osoby", Some(Flash::ok(text))))
        }
        Err(e) => one(ctx, person, &asked, &sort_problems(e)?.errors),
    }
}
