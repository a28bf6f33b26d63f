//! What an organisation keeps to be copied into every new offer: experience, resources, staff.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::mine::{EditOrg, MyOrg};
use crate::account::{self, OrgRole, Organisation, StaffMember, store};
use crate::error::{AppError, FieldErrors};
use crate::store::OrgId;
use crate::web::{Allowed, Ctx, Doing, ErrorLink, Fields, Flash, Posted, error_links, error_map, sort_problems};

/// Longest text, and longest line, in characters.
const TEXT: usize = 10_000;
const LINE: usize = 200;
const STAFF: usize = 50;

#[derive(Serialize)]
struct Page {
    org: String,
    back: String,
    action: String,
    version: String,
    may_edit: bool,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    staff: Vec<StaffMember>,
    /// What somebody else saved meanwhile, beside what is typed; nothing otherwise.
    newer: Option<Kept>,
}

/// The stored texts and people.
#[derive(Serialize)]
struct Kept {
    experience: String,
    resources: String,
    staff: Vec<StaffMember>,
}

fn page(ctx: &Ctx, org: &Organisation, form: &Fields, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let view = view_of(ctx, org, form, errors);
    let (status, title) = if errors.is_empty() {
        (StatusCode::OK, "Doświadczenie, zasoby i kadra")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: Doświadczenie, zasoby i kadra")
    };
    ctx.page_as(status, "account/kept.html", title, &view)
}

/// The form as typed, with the stored texts beside it; sent again it is meant.
async fn stale(ctx: &Ctx, id: OrgId, form: &Fields) -> Result<HttpResponse, AppError> {
    let org = ctx.read(move |r| store::organisation(r, &id)).await?;
    let c = org.content.clone();
    let view = Page {
        version: org.version.to_string(),
        newer: Some(Kept { experience: c.experience, resources: c.resources, staff: c.staff }),
        ..view_of(ctx, &org, form, &FieldErrors::new())
    };
    let title = "Błąd: Ktoś zmienił te dane w międzyczasie";
    ctx.page_as(StatusCode::CONFLICT, "account/kept.html", title, &view)
}

fn view_of(ctx: &Ctx, org: &Organisation, form: &Fields, errors: &FieldErrors) -> Page {
    Page {
        org: org.name.clone(),
        back: format!("/konto/organizacja?org={}", org.id),
        action: format!("/konto/organizacja/{}/do-ofert", org.id),
        version: form.text("version").to_owned(),
        may_edit: ctx.actor.member_of(&org.id).is_some_and(|m| m.role == OrgRole::Owner),
        f: form.map(),
        e: error_map(errors),
        errors: error_links(errors),
        staff: shown_rows(form),
        newer: None,
    }
}

fn typed(org: &Organisation) -> Fields {
    let c = &org.content;
    let mut out = Fields::default();
    out.set("experience", c.experience.clone());
    out.set("resources", c.resources.clone());
    out.set("version", org.version.to_string());
    for (i, person) in c.staff.iter().enumerate() {
        out.set(format!("staff.{i}.name"), person.name.clone());
        out.set(format!("staff.{i}.qualifications"), person.qualifications.clone());
    }
    out
}

/// The rows as typed; wholly empty ones are left out.
fn rows(form: &Fields) -> Vec<StaffMember> {
    let all = form.rows("staff").into_iter().filter(|row| !form.row_is_empty("staff", row));
    all.map(|row| StaffMember {
        name: form.cell("staff", &row, "name").to_owned(),
        qualifications: form.cell("staff", &row, "qualifications").to_owned(),
    })
    .collect()
}

/// The rows as they are shown again, after a button added or removed one; never without a row.
fn shown_rows(form: &Fields) -> Vec<StaffMember> {
    let mut kept = Fields::default();
    let gone = form.text("_remove").strip_prefix("staff.").map(|row| format!("staff.{row}."));
    for (name, value) in form.pairs() {
        if gone.as_ref().is_none_or(|prefix| !name.starts_with(prefix)) {
            kept.set(name.clone(), value.clone());
        }
    }
    let mut out = rows(&kept);
    if form.text("_add") == "staff" || out.is_empty() {
        out.push(StaffMember::default());
    }
    out
}

/// The organisation with what the form says.
fn changed(form: &Fields, old: &Organisation) -> Result<Organisation, AppError> {
    let mut errors = FieldErrors::new();
    for (name, label) in [("experience", "Wcześniejsza działalność"), ("resources", "Zasoby")] {
        let length = form.text(name).chars().count();
        if length > TEXT {
            errors.add(name, format!("Pole „{label}” ma {length} znaków, a może mieć najwyżej {TEXT}. Skróć je."));
        }
    }
    let staff = rows(form);
    for (i, person) in staff.iter().enumerate() {
        if person.name.is_empty() {
            errors.add(format!("staff.{i}.name"), "Wpisz imię i nazwisko albo usuń ten wiersz.");
        } else if person.name.chars().count() > LINE {
            errors.add(format!("staff.{i}.name"), format!("Najwyżej {LINE} znaków."));
        }
        if person.qualifications.chars().count() > TEXT / 5 {
            errors.add(format!("staff.{i}.qualifications"), format!("Najwyżej {} znaków.", TEXT / 5));
        }
    }
    if staff.len() > STAFF {
        errors.add("staff", format!("Najwyżej {STAFF} osób. Zostaw te, które prowadzą zajęcia."));
    }
    let version: i64 = form.text("version").parse().map_err(|_| AppError::Stale)?;
    let mut new = Organisation { version, ..old.clone() };
    new.content.experience = form.text("experience").to_owned();
    new.content.resources = form.text("resources").to_owned();
    new.content.staff = staff;
    errors.finish(Some(new))
}

/// What is kept.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<MyOrg>) -> Result<HttpResponse, AppError> {
    let (ctx, id) = (&may.ctx, may.object.clone());
    let org = ctx.read(move |r| store::organisation(r, &id)).await?;
    page(ctx, &org, &typed(&org), &FieldErrors::new())
}

/// Saves what the owner changed; offers that were begun keep what they have.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub async fn save(may: Allowed<EditOrg>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, id) = (&may.ctx, may.object.clone());
    let org = ctx.read(move |r| store::organisation(r, &id)).await?;
    if !form.text("_add").is_empty() || !form.text("_remove").is_empty() {
        return page(ctx, &org, &form, &FieldErrors::new());
    }
    let done = match changed(&form, &org) {
        Ok(new) => {
            let doing = Doing::new("account.organisation", "organisation", &org.id);
            ctx.deed(doing, move |tx, who, now| account::update_organisation(tx, who, &new, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => {
            let text = "Zapisane. Przejdzie do każdej nowej oferty; w już rozpoczętych zmień to w ofercie.";
            Ok(ctx.see_other(&format!("/konto/organizacja/{}/do-ofert", org.id), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => stale(ctx, org.id, &form).await,
        Err(e) => page(ctx, &org, &form, &sort_problems(e)?.errors),
    }
}
