//! The part of one offeror: its activities, what it does in them, its column of V.C.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::address;
use super::policy::{FillPart, PartCase};
use crate::error::{AppError, FieldErrors};
use crate::law::Money;
use crate::offer::calculation::columns;
use crate::offer::joint::{Part, part_digest, save_part_in};
use crate::offer::model::{OfferContent, Share};
use crate::offer::pages::presence::saved_here;
use crate::offer::pages::view::{self, ErrorLink};
use crate::offer::store;
use crate::web::{Allowed, Choice, Ctx, Doing, Fields, Flash, Posted, Waiting, option_list, sort_problems};

/// Longest text of one field, in characters.
const LONGEST: usize = 20_000;

#[derive(Serialize)]
struct PartPage {
    id: String,
    name: String,
    /// How its readers are told of each other.
    section: String,
    call: String,
    action: String,
    back: String,
    base: String,
    waiting: Waiting,
    band: String,
    activities: Vec<Choice>,
    /// Name and label of each field of V.C.
    years: Vec<Choice>,
    /// What somebody saved meanwhile: label and text; empty when nobody did.
    saved: Vec<(String, String)>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

/// `GET /oferty/{offer}/podzial/{org}`.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn show(may: Allowed<FillPart>) -> Result<HttpResponse, AppError> {
    let share = share_of(may.object.case.offer.working(), &may.object)?;
    let form = filled(share);
    page(&may.ctx, &may.object, StatusCode::OK, &form, &FieldErrors::new(), false)
}

fn share_of<'a>(content: &'a OfferContent, part: &PartCase) -> Result<&'a Share, AppError> {
    content.joint.as_ref().and_then(|joint| joint.share(&part.org)).ok_or(AppError::NotFound)
}

fn filled(share: &Share) -> Fields {
    let mut f = Fields::default();
    for n in &share.activities {
        f.set(format!("act.{n}"), "true");
    }
    f.set("tasks", &*share.tasks);
    for (at, amount) in share.years.iter().enumerate() {
        f.set(format!("y{at}"), if amount.is_zero() { String::new() } else { amount.plain() });
    }
    f
}

fn numbers(content: &OfferContent) -> impl Iterator<Item = (u32, &str)> {
    (1_u32..).zip(content.activities.iter().map(|a| a.name.as_str()))
}

fn page(
    ctx: &Ctx,
    part: &PartCase,
    status: StatusCode,
    form: &Fields,
    errors: &FieldErrors,
    newer: bool,
) -> Result<HttpResponse, AppError> {
    let (case, content) = (&part.case, part.case.offer.working());
    let share = share_of(content, part)?;
    let years = columns(content);
    let single = years.len() == 1;
    let label = |(at, year): (usize, &i32)| {
        (format!("y{at}"), if single { format!("Razem ({year})") } else { format!("Rok {} ({year})", at + 1) })
    };
    let view = PartPage {
        id: case.offer.id.to_string(),
        name: share.name.clone(),
        section: format!("podzial/{}", part.org),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        action: format!("/oferty/{}/podzial/{}", case.offer.id, part.org),
        back: address(case),
        base: part_digest(content, &part.org)?,
        waiting: view::waiting(case, ctx.arrived),
        band: view::band(&case.offer),
        activities: option_list(numbers(content).map(|(n, name)| (format!("act.{n}"), format!("{n}. {name}")))),
        years: option_list(years.iter().enumerate().map(label)),
        saved: if newer { texts(content, share) } else { Vec::new() },
        f: form.map(),
        e: view::error_map(errors),
        errors: view::error_links(errors),
    };
    let title =
        if status.is_success() { "Część oferenta".to_owned() } else { "Błąd: Część oferenta".to_owned() };
    ctx.page_as(status, "offer/joint/part.html", &format!("{title}: {}", share.name), &view)
}

/// What stands in the part now, for whoever typed something else.
fn texts(content: &OfferContent, share: &Share) -> Vec<(String, String)> {
    let own = numbers(content).filter(|(n, _)| share.activities.contains(n));
    let activities: Vec<String> = own.map(|(n, name)| format!("{n}. {name}")).collect();
    let amounts: Vec<String> = share.years.iter().map(ToString::to_string).collect();
    let or_none = |text: String| if text.is_empty() { "(puste)".to_owned() } else { text };
    vec![
        ("Działania".to_owned(), or_none(activities.join("; "))),
        ("Zakres".to_owned(), or_none(share.tasks.clone())),
        ("Podział kosztów (V.C)".to_owned(), or_none(amounts.join("; "))),
    ]
}

fn read(form: &Fields, content: &OfferContent) -> Result<Part, AppError> {
    let mut errors = FieldErrors::new();
    let tasks = form.text("tasks").to_owned();
    if tasks.chars().count() > LONGEST {
        errors.add("tasks", format!("Tekst jest za długi: najwyżej {LONGEST} znaków."));
    }
    let amount = |at: usize, errors: &mut FieldErrors| {
        let name = format!("y{at}");
        let typed = form.text(&name);
        if typed.is_empty() { Money::ZERO } else { errors.take(&name, Money::parse_pl(typed)).unwrap_or_default() }
    };
    let years = (0..columns(content).len()).map(|at| amount(at, &mut errors)).collect();
    let ticked = numbers(content).map(|(n, _)| n).filter(|n| form.checked(&format!("act.{n}")));
    let part = Part { activities: ticked.collect(), tasks, years };
    errors.finish(Some(part))
}

/// `POST /oferty/{offer}/podzial/{org}`; a save that met a newer part shows both and overwrites nothing.
///
/// # Errors
/// Those of the database; what the page can show is shown.
pub async fn keep(may: Allowed<FillPart>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: part, .. } = may;
    let (id, org, seen) = (part.case.offer.id.clone(), part.org.clone(), form.text("base").to_owned());
    let doing = Doing::new("offer.part", "offer", &id);
    let done = match read(&form, part.case.offer.working()) {
        Ok(said) => {
            let work = move |state: &crate::web::AppState, who: &crate::account::Actor, now| {
                save_part_in(&state.store, who, &id, &org, &seen, &said, now)
            };
            ctx.work_deed(doing, work).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(_) => {
            saved_here(&ctx, &part.case, &format!("podzial/{}", part.org)).await;
            Ok(ctx.see_other(&address(&part.case), Some(Flash::ok("Zapisano część oferenta."))))
        }
        Err(AppError::Stale) => {
            let id = part.case.offer.id.clone();
            let offer = ctx.read(move |r| store::find(r, &id)).await?;
            let part = PartCase { case: crate::offer::pages::policy::Case { offer, ..part.case }, org: part.org };
            page(&ctx, &part, StatusCode::CONFLICT, &form, &FieldErrors::new(), true)
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            if !problems.findings.is_empty() {
                return Err(AppError::Refused(problems.findings));
            }
            page(&ctx, &part, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems.errors, false)
        }
    }
}
