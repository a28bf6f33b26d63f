//! The page saves by itself a second after typing stops; the answers are for its script.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::forms::{check_size, partial, places};
use super::kept::{base, keep_part};
use super::outlined::AutosaveOffer;
use super::policy::Case;
use super::section::Section;
use super::sums::{Totals, by_name, cost_sums, split_sums, totals};
use crate::account;
use crate::error::{AppError, FieldErrors};
use crate::law::warsaw;
use crate::offer::store::{self, Sealed};
use crate::offer::{OfferContent, Saving};
use crate::store::OfferId;
use crate::web::{Allowed, Ctx, Fields, Posted, error_map};

/// What the script of a part needs to know.
#[derive(Serialize)]
pub struct AutosaveView {
    url: String,
    /// The name of the copy in the browser, and the key it is closed with.
    copy: String,
    key: String,
    email: String,
    /// Seconds after its last deed that a session surely lives.
    idle: i64,
}

/// For a part that can be typed in; the list of groups cannot.
///
/// # Errors
/// Those of the database.
pub async fn autosave_view(
    ctx: &Ctx,
    case: &Case,
    section: Section,
    group: &str,
) -> Result<Option<AutosaveView>, AppError> {
    let Some(person) = ctx.actor.person.clone() else { return Ok(None) };
    if section == Section::Programme && group.is_empty() {
        return Ok(None);
    }
    let id = case.offer.id.clone();
    let key = ctx.read(move |r| account::local_key(r, &person.id, id.as_str())).await?;
    let person = ctx.actor.log_name();
    Ok(Some(AutosaveView {
        url: format!("/oferty/{}/{}/autozapis", case.offer.id, section.place(group)),
        copy: format!("konkurs:{}:{}:{group}:{person}", case.offer.id, section.slug()),
        key,
        email: person.to_owned(),
        idle: account::SURE.num_seconds(),
    }))
}

/// What was saved.
#[derive(Serialize)]
struct Saved {
    saved_at: String,
    version: i64,
    base: String,
    /// Fields that were left out, each with its sentence.
    errors: BTreeMap<String, String>,
    sums: Option<Sums>,
    /// Where rows of the sent form stand now, for the fields that say so (`activities.0.was`).
    rows: BTreeMap<String, u32>,
}

/// The sums of a money table as the server counts them.
#[derive(Serialize, Default)]
struct Sums {
    totals: BTreeMap<String, String>,
    values: Vec<String>,
    own: String,
    shares: Vec<String>,
}

#[derive(Serialize)]
struct Newer {
    error: String,
    stale: bool,
}

/// `POST /oferty/{offer}/{część}/autozapis`: saves what can be read and says what was left out.
///
/// # Errors
/// Those of the database; everything else is an answer.
pub async fn keep(may: Allowed<AutosaveOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: near, .. } = may;
    let section = Section::above_path(&ctx.path)?;
    check_size(&form, section.tables())?;
    if section == Section::Programme && form.text("grupa").is_empty() {
        return Err(AppError::NotFound);
    }
    let (id, version) = (near.offer().id.clone(), near.offer().version);
    answer(&ctx, (&id, version), Some(near.found), section, &form).await
}

/// Saves the part of `form` by itself and tells the script; the version is that of the offer as it was found.
///
/// # Errors
/// Those of the database; everything else is an answer.
pub async fn answer(
    ctx: &Ctx,
    (id, version): (&OfferId, i64),
    found: Option<Sealed>,
    section: Section,
    form: &Fields,
) -> Result<HttpResponse, AppError> {
    match keep_part(ctx, (id, found), section, form, Saving::ByItself, partial).await {
        Ok((offer, left_out)) => {
            let nothing = !left_out.is_empty() && offer.version == version;
            let content = offer.working();
            let saved = Saved {
                saved_at: warsaw(ctx.arrived).format("%H:%M:%S").to_string(),
                version: offer.version,
                base: base(section, content, form.text("grupa")),
                sums: if left_out.is_empty() { sums(section, content, form) } else { None },
                rows: if section == Section::Plan { stand(form, &left_out) } else { BTreeMap::new() },
                errors: error_map(&left_out),
            };
            let status = if nothing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            Ok(ctx.json(status, &saved))
        }
        Err(AppError::Stale) => {
            let id = id.clone();
            let offer = ctx.read(move |r| store::find(r, &id)).await?;
            let at = warsaw(offer.updated_at).format("%H:%M:%S");
            let error = format!(
                "O {at} zapisano tu coś innego. Tego, co teraz wpisujesz, nie zapisano i niczego nie nadpisano."
            );
            Ok(ctx.json(StatusCode::CONFLICT, &Newer { error, stale: true }))
        }
        Err(e) => Err(e),
    }
}

fn stand(form: &Fields, left_out: &FieldErrors) -> BTreeMap<String, u32> {
    places(form, left_out).into_iter().map(|(row, n)| (format!("activities.{row}.was"), n)).collect()
}

fn sums(section: Section, content: &OfferContent, form: &Fields) -> Option<Sums> {
    match section {
        Section::Costs => Some(estimate(content, form)),
        Section::Share => Some(Sums { totals: by_name(&split_sums(content, form.text("grupa"))), ..Sums::default() }),
        Section::Task | Section::Plan | Section::Results | Section::Resources | Section::Programme | Section::Other => {
            None
        }
    }
}

fn estimate(content: &OfferContent, form: &Fields) -> Sums {
    let Totals { values, sources, own, shares, .. } = totals(content, form);
    let mut totals = by_name(&cost_sums(content));
    totals.insert("sources".to_owned(), sources);
    Sums { totals, values, own, shares }
}
