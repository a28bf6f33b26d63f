//! A save that met a newer text of the same part: both side by side, and a choice for every difference.
//! Nothing is chosen beforehand and nothing is overwritten unasked.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::differences::{Difference, Side, Sides};
use super::forms::check_size;
use super::joint::save_part_form;
use super::kept::{base, is_current, offeror};
use super::policy::{Case, EditOffer};
use super::section::Section;
use super::sections::save_form;
use super::view;
use crate::audit;
use crate::error::{AppError, FieldErrors};
use crate::law::show_instant_seconds;
use crate::offer::{last_save, store};
use crate::web::{Allowed, Ctx, ErrorLink, Fields, Flash, Posted, Waiting, error_links, error_map};

#[derive(Serialize)]
struct MergePage {
    org: String,
    call: String,
    action: String,
    back: String,
    sees: &'static str,
    version: i64,
    base: String,
    waiting: Waiting,
    /// Who saved last, and when.
    who: String,
    at: String,
    differences: Vec<Difference>,
    /// What the person typed, whole.
    mine: Vec<(String, String)>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

/// Shows both texts; where they are the same there is nothing to choose.
///
/// # Errors
/// Those of the database.
pub async fn both(ctx: &Ctx, section: Section, case: &Case, form: Fields) -> Result<HttpResponse, AppError> {
    page(ctx, section, case, &form, StatusCode::CONFLICT, FieldErrors::new()).await
}

/// `POST /oferty/{offer}/{część}/scalenie`: saves what was chosen.
///
/// # Errors
/// Those of the database; what a form can show is shown.
pub async fn keep(may: Allowed<EditOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let section = Section::above_path(&ctx.path)?;
    check_size(&form, section.tables())?;
    choose(&ctx, section, case, form).await
}

/// Saves what was chosen of `form`.
///
/// # Errors
/// Those of the database; what a form can show is shown.
pub async fn choose(ctx: &Ctx, section: Section, case: Case, form: Fields) -> Result<HttpResponse, AppError> {
    if !is_current(section, &form, &case.offer) {
        return both(ctx, section, &case, form).await;
    }
    let sides = Sides::new(section, &form, case.offer.working());
    let all = Side::parse(form.text("_wszystko"));
    let differences = sides.differences();
    let open: Vec<&Difference> =
        differences.iter().filter(|d| all.is_none() && Side::parse(form.text(&d.pick)).is_none()).collect();
    if !open.is_empty() {
        let mut errors = FieldErrors::new();
        open.iter().for_each(|d| errors.add(d.pick.clone(), format!("{}: wybierz, który tekst ma zostać.", d.label)));
        return page(ctx, section, &case, &form, StatusCode::UNPROCESSABLE_ENTITY, errors).await;
    }
    let chosen = |pick: &str| all.or_else(|| Side::parse(form.text(pick))).unwrap_or(Side::Saved);
    if differences.iter().all(|d| chosen(&d.pick) == Side::Saved) {
        let text = "Został tekst, który był już zapisany. Niczego nie zmieniono.";
        return Ok(ctx.see_other(&address(&case, section, &form), Some(Flash::ok(text))));
    }
    let mut made = sides.compose(chosen);
    made.set("version", form.text("version"));
    made.set("base", form.text("base"));
    if section == Section::Share {
        save_part_form(ctx, case, made).await
    } else {
        save_form(ctx, section, case, made).await
    }
}

fn address(case: &Case, section: Section, form: &Fields) -> String {
    section.path(&case.offer.id, form.text("grupa"))
}

async fn page(
    ctx: &Ctx,
    section: Section,
    case: &Case,
    form: &Fields,
    status: StatusCode,
    errors: FieldErrors,
) -> Result<HttpResponse, AppError> {
    let id = case.offer.id.clone();
    let offeror = offeror(section, form, &case.offer);
    let (offer, last) = ctx
        .read(move |r| {
            let last = match last_save(r, &id, section.title(), offeror.as_deref())? {
                None => audit::last_of(r, id.as_str())?,
                found => found,
            };
            Ok((store::find(r, &id)?, last))
        })
        .await?;
    let case = Case { offer, ..case.clone() };
    let differences = Sides::new(section, form, case.offer.working()).differences();
    if differences.is_empty() {
        let text = "To samo zapisano już wcześniej, więc niczego nie trzeba wybierać.";
        return Ok(ctx.see_other(&address(&case, section, form), Some(Flash::ok(text))));
    }
    // The mark of the sent form goes along, so that its copy is kept until something was chosen.
    let own = |name: &str| name == "_nadano" || !(name.starts_with('_') || ["version", "base"].contains(&name));
    let view = MergePage {
        org: case.offer.org_name.clone(),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        action: format!("/oferty/{}/{}/scalenie", case.offer.id, section.place(form.text("grupa"))),
        back: address(&case, section, form),
        sees: if case.offer.is_joint() {
            "osoby z organizacji, które składają ofertę; urząd i komisja złożoną ofertę dopiero po otwarciu ofert, po terminie"
        } else {
            "osoby z Twojej organizacji; urząd i komisja złożoną ofertę dopiero po otwarciu ofert, po terminie"
        },
        version: case.offer.version,
        base: base(section, case.offer.working(), form.text("grupa")),
        waiting: view::waiting(&case, ctx.arrived),
        at: show_instant_seconds(last.as_ref().map_or(case.offer.updated_at, |row| row.at.and_utc())),
        who: last.map(|row| said(ctx, row.actor)).unwrap_or_default(),
        f: form.pairs().iter().filter(|(name, _)| name.starts_with("_wybor.")).cloned().collect(),
        mine: form.pairs().iter().filter(|(name, _)| own(name)).cloned().collect(),
        e: error_map(&errors),
        errors: error_links(&errors),
        differences,
    };
    let title = format!("Błąd: Dwie wersje – {}", section.title());
    ctx.page_as(status, "offer/merge.html", &title, &view)
}

fn said(ctx: &Ctx, actor: String) -> String {
    if actor == ctx.actor.log_name() {
        format!("{actor} (to Ty, w innej karcie albo na innym urządzeniu)")
    } else {
        actor
    }
}
