//! What the organisation says of itself: its members see it, the owner changes it.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::Member;
use super::fields::{self, Shown};
use crate::account::{self, Identifiers, OrgRole, Organisation, store};
use crate::error::{AppError, FieldErrors};
use crate::law::{self, Nip};
use crate::store::OrgId;
use crate::web::{Allowed, Ctx, Doing, ErrorLink, Fields, Flash, Posted, error_links, error_map, sort_problems};

#[derive(Serialize)]
struct Other {
    name: String,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct Person {
    name: String,
    email: String,
    role: &'static str,
}

#[derive(Serialize)]
struct Number {
    field: &'static str,
    label: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Page {
    #[serde(flatten)]
    shown: Shown,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    org: String,
    /// The numbers, where they stand in a submitted offer and cannot be typed any more.
    numbers: Vec<Number>,
    locked: bool,
    /// A sample of a rehearsal, whose numbers are invented.
    sample: bool,
    version: String,
    may_edit: bool,
    members: Vec<Person>,
    others: Vec<Other>,
    facts: Vec<(&'static str, String)>,
    /// Links to what is kept for offers, each with how much there is.
    kept: Vec<(String, &'static str, String)>,
    /// Somebody saved meanwhile: what is typed stands in the form, what is stored beside it.
    newer: bool,
}

struct Loaded {
    org: Organisation,
    members: Vec<Person>,
    /// An offer was submitted, so that only an administrator corrects the numbers; or they are invented.
    locked: bool,
}

/// The organisation that `?org=` names, or the only one; one of somebody else is not found.
fn chosen(ctx: &Ctx, asked: &str) -> Result<OrgId, AppError> {
    let mine = &ctx.actor.memberships;
    if asked.is_empty() {
        return mine.first().map(|m| m.org.clone()).ok_or(AppError::NotFound);
    }
    let id = OrgId::parse(asked).ok_or(AppError::NotFound)?;
    ctx.actor.member_of(&id).map(|m| m.org.clone()).ok_or(AppError::NotFound)
}

async fn load(ctx: &Ctx, id: OrgId) -> Result<Loaded, AppError> {
    ctx.read(move |r| {
        let org = store::organisation(r, &id)?;
        let members = store::members(r, &id)?;
        let members = members.into_iter().map(|(p, role)| Person { name: p.name, email: p.email, role: role.label() });
        let locked = org.test || store::has_filed(r, &id)?;
        Ok(Loaded { org, members: members.collect(), locked })
    })
    .await
}

fn view_of(ctx: &Ctx, loaded: Loaded, form: &Fields, errors: &FieldErrors) -> Page {
    let id = &loaded.org.id;
    let others = ctx.actor.memberships.iter().map(|m| Other {
        name: m.org_name.clone(),
        href: format!("/konto/organizacja?org={}", m.org),
        current: &m.org == id,
    });
    Page {
        shown: fields::shown(form),
        e: error_map(errors),
        errors: error_links(errors),
        org: id.to_string(),
        numbers: numbers(&loaded.org),
        locked: loaded.locked,
        sample: loaded.org.test,
        version: form.text("version").to_owned(),
        may_edit: may_edit(ctx, id),
        members: loaded.members,
        others: others.collect(),
        facts: facts(&loaded.org),
        kept: kept(&loaded.org),
        newer: false,
    }
}

fn page(ctx: &Ctx, loaded: Loaded, form: &Fields, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let view = view_of(ctx, loaded, form, errors);
    let (status, title) = if errors.is_empty() {
        (StatusCode::OK, "Dane organizacji")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: Dane organizacji")
    };
    ctx.page_as(status, "account/organisation.html", title, &view)
}

/// The form as typed, with the stored data beside it; sent again it is meant.
async fn stale(ctx: &Ctx, id: OrgId, form: &Fields) -> Result<HttpResponse, AppError> {
    let loaded = load(ctx, id).await?;
    let view = Page {
        version: loaded.org.version.to_string(),
        newer: true,
        ..view_of(ctx, loaded, form, &FieldErrors::new())
    };
    let title = "Błąd: Ktoś zmienił te dane w międzyczasie";
    ctx.page_as(StatusCode::CONFLICT, "account/organisation.html", title, &view)
}

fn may_edit(ctx: &Ctx, id: &OrgId) -> bool {
    ctx.actor.member_of(id).is_some_and(|m| m.role == OrgRole::Owner)
}

fn kept(org: &Organisation) -> Vec<(String, &'static str, String)> {
    let c = &org.content;
    let there = |is: bool, what: &str| if is { what.to_owned() } else { format!("{what}: brak") };
    let staff = i64::try_from(c.staff.len()).unwrap_or(i64::MAX);
    let files = i64::try_from(c.documents.len()).unwrap_or(i64::MAX);
    let texts = [
        there(!c.experience.is_empty(), "doświadczenie"),
        there(!c.resources.is_empty(), "zasoby"),
        format!("kadra: {staff} {}", law::plural(staff, "osoba", "osoby", "osób")),
    ];
    let files = format!("{files} {}", law::plural(files, "dokument", "dokumenty", "dokumentów"));
    vec![
        (format!("/konto/organizacja/{}/do-ofert", org.id), "Doświadczenie, zasoby i kadra", texts.join(", ")),
        (format!("/konto/organizacja/{}/dokumenty", org.id), "Dokumenty organizacji", files),
    ]
}

fn numbers(org: &Organisation) -> Vec<Number> {
    Identifiers::of(org).shown().map(|(field, label, value)| Number { field, label, value }).into()
}

/// For those who only read.
fn facts(org: &Organisation) -> Vec<(&'static str, String)> {
    let c = &org.content;
    let text = |value: Option<String>| value.unwrap_or_default();
    let people: Vec<String> = c.representatives.iter().map(|p| format!("{} ({})", p.name, p.function)).collect();
    vec![
        ("Nazwa", org.name.clone()),
        ("Forma prawna", c.legal_form.clone()),
        ("NIP", org.nip.to_string()),
        ("KRS", text(org.krs.as_ref().map(ToString::to_string))),
        ("REGON", text(org.regon.as_ref().map(ToString::to_string))),
        ("Inny rejestr lub ewidencja", if org.krs.is_none() { c.register_entry() } else { String::new() }),
        ("Adres", format!("{}, {} {}", c.street, c.postal_code, c.town)),
        ("Adres do korespondencji", c.post_address.clone()),
        ("E-mail", c.email.clone()),
        ("Telefon", c.phone.clone()),
        ("Rachunek", text(c.account.as_ref().map(|a| format!("{a} (format poprawny)")))),
        ("Podstawa w statucie", c.statute()),
        ("Rodzaj podmiotu", c.status.label().to_owned()),
        ("Osoby reprezentujące", people.join(", ")),
        ("Sposób reprezentacji", c.representation.clone()),
    ]
}

/// The organisation's data.
///
/// # Errors
/// `NotFound` for an organisation of others.
pub async fn show(may: Allowed<Member>) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let loaded = load(ctx, chosen(ctx, &ctx.asked("org"))?).await?;
    let form = fields::typed(&loaded.org);
    page(ctx, loaded, &form, &FieldErrors::new())
}

/// The form with the numbers it was not asked for.
fn with_numbers(form: &Fields, old: &Organisation) -> Fields {
    let mut out = form.clone();
    for (name, _, value) in Identifiers::of(old).fields() {
        if let Some(value) = value.filter(|_| !form.has(name)) {
            out.set(name, value);
        }
    }
    out
}

fn changed(form: &Fields, old: &Organisation) -> Result<Organisation, AppError> {
    let mut errors = FieldErrors::new();
    let (asks_krs, form) = (form.has("krs"), &with_numbers(form, old));
    let nip = fields::needed(form, ("nip", "Numer NIP"), &mut errors, Nip::parse);
    let org = fields::check(form, asks_krs, &mut errors);
    let email = fields::needed(form, ("org_email", "E-mail organizacji"), &mut errors, law::email);
    let version: Option<i64> = form.text("version").parse().ok();
    if version.is_none() {
        return Err(AppError::Stale);
    }
    let whole = match (org.zip(nip), email, version) {
        (Some((mut new, nip)), Some(email), Some(version)) => {
            new.content.email = email;
            new.content.experience.clone_from(&old.content.experience);
            new.content.resources.clone_from(&old.content.resources);
            new.content.staff.clone_from(&old.content.staff);
            Some(Organisation {
                id: old.id.clone(),
                nip,
                name: new.name,
                krs: new.krs,
                regon: new.regon,
                content: new.content,
                version,
                test: old.test,
            })
        }
        _ => None,
    };
    errors.finish(whole)
}

/// Saves what the owner changed.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile, `Forbidden` for who is not the owner.
pub async fn save(may: Allowed<Member>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let id = chosen(ctx, form.text("org"))?;
    if !may_edit(ctx, &id) {
        return Err(AppError::forbidden("Dane organizacji zmienia właściciel konta. Poproś go o zmianę."));
    }
    let loaded = load(ctx, id.clone()).await?;
    if fields::row_button(&form) {
        return page(ctx, loaded, &form, &FieldErrors::new());
    }
    let done = match changed(&form, &loaded.org) {
        Ok(new) => {
            let doing = Doing::new("account.organisation", "organisation", &id);
            ctx.deed(doing, move |tx, who, now| account::update_organisation(tx, who, &new, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => {
            let to = format!("/konto/organizacja?org={id}");
            Ok(ctx.see_other(&to, Some(Flash::ok("Dane zapisane. Złożonych już ofert to nie zmienia."))))
        }
        Err(AppError::Stale) => stale(ctx, id, &form).await,
        Err(AppError::Taken(says)) => page(ctx, loaded, &form, &FieldErrors::of("nip", says)),
        Err(e) => page(ctx, loaded, &form, &sort_problems(e)?.errors),
    }
}
