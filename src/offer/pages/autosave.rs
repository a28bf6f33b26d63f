//! The page saves by itself a second after typing stops; the answers are for its script.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde::Serialize;

use super::forms::{check_size, partial, places};
use super::kept::{base, keep_part, offeror};
use super::outlined::AutosaveOffer;
use super::policy::Case;
use super::section::Section;
use super::sums::{Totals, by_name, cost_sums, split_sums, totals};
use crate::error::{AppError, FieldErrors};
use crate::offer::store::{self, Sealed};
use crate::offer::{OfferContent, Saving, last_save};
use crate::store::OfferId;
use crate::web::{Allowed, AutosaveView, Ctx, Fields, Posted, Saved, newer, saved};

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
    if section == Section::Programme && group.is_empty() {
        return Ok(None);
    }
    let url = format!("/oferty/{}/{}/autozapis", case.offer.id, section.place(group));
    AutosaveView::of(ctx, url, case.offer.id.to_string(), &format!("{}:{group}", section.slug())).await
}

/// The sums of a money table as the server counts them.
#[derive(Serialize, Default)]
struct Sums {
    totals: BTreeMap<String, String>,
    values: Vec<String>,
    own: String,
    shares: Vec<String>,
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
            let kept = Saved {
                version: Some(offer.version),
                base: base(section, content, form.text("grupa")),
                sums: if left_out.is_empty() { sums(section, content, form) } else { None },
                rows: if section == Section::Plan { stand(form, &left_out) } else { BTreeMap::new() },
            };
            Ok(saved(ctx, &kept, &left_out, nothing))
        }
        Err(AppError::Stale) => {
            let (id, form) = (id.clone(), form.clone());
            let at = ctx
                .read(move |r| {
                    let offer = store::find(r, &id)?;
                    let whose = offeror(section, &form, &offer);
                    let last = last_save(r, &id, section.title(), whose.as_deref())?;
                    Ok(last.map_or(offer.updated_at, |row| row.at.and_utc()))
                })
                .await?;
            Ok(newer(ctx, Some(at)))
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
