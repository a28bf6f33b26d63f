//! The part of one offeror: its activities, what it does in them, its column of V.C. It is filled, saved by itself
//! and compared like the parts of the form.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::address;
use super::policy::{FillPart, PartCase};
use crate::error::{AppError, FieldErrors};
use crate::offer::Saving;
use crate::offer::calculation::columns;
use crate::offer::model::OfferContent;
use crate::offer::pages::autosave::{self, autosave_view};
use crate::offer::pages::forms::{fill, read, rearranges};
use crate::offer::pages::kept::{base, keep_part, whole};
use crate::offer::pages::merge;
use crate::offer::pages::policy::Case;
use crate::offer::pages::presence::saved_here;
use crate::offer::pages::section::Section;
use crate::offer::pages::sums::{self, SumRow, Year, split_groups, split_sums};
use crate::offer::pages::view;
use crate::web::{
    Allowed, AutosaveView, Choice, Ctx, ErrorLink, Fields, Flash, Posted, Waiting, error_links, error_map, option_list,
    sort_problems,
};

#[derive(Serialize)]
struct PartPage {
    id: String,
    name: String,
    /// How its readers are told of each other.
    section: String,
    call: String,
    action: String,
    back: String,
    version: String,
    base: String,
    autosave: Option<AutosaveView>,
    waiting: Waiting,
    band: String,
    activities: Vec<Choice>,
    /// The fields of V.C.
    years: Vec<PartYear>,
    columns: Vec<Year>,
    sums: Vec<SumRow>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

#[derive(Serialize)]
struct PartYear {
    field: String,
    label: String,
    /// The sums it counts towards.
    groups: String,
}

/// `GET /oferty/{offer}/podzial/{org}`.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn show(may: Allowed<FillPart>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: PartCase { case, org }, .. } = may;
    let form = fill(Section::Share, case.offer.working(), org.as_str());
    page(&ctx, &case, StatusCode::OK, &form, &FieldErrors::new()).await
}

/// The form as it was sent, for the organisation that its address names.
fn of_part(form: &Fields, part: &PartCase) -> Fields {
    let typed = form.pairs().iter().filter(|(name, _)| name != "grupa").cloned();
    Fields::from_pairs(typed.chain([("grupa".to_owned(), part.org.to_string())]).collect())
}

fn activities(content: &OfferContent) -> Vec<Choice> {
    let named = (1_u32..).zip(&content.activities);
    option_list(named.map(|(n, activity)| (format!("act{n}"), format!("{n}. {}", activity.name))))
}

fn fields_of(content: &OfferContent) -> Vec<PartYear> {
    let years = columns(content);
    let single = years.len() == 1;
    let field = |(at, year): (usize, &i32)| PartYear {
        field: format!("y{at}"),
        label: if single { format!("Razem ({year})") } else { format!("Rok {} ({year})", at + 1) },
        groups: split_groups(at),
    };
    years.iter().enumerate().map(field).collect()
}

async fn page(
    ctx: &Ctx,
    case: &Case,
    status: StatusCode,
    form: &Fields,
    errors: &FieldErrors,
) -> Result<HttpResponse, AppError> {
    let (content, org) = (case.offer.working(), form.text("grupa"));
    let shares = content.joint.iter().flat_map(|joint| &joint.shares);
    let share = shares.into_iter().find(|share| share.org.as_str() == org).ok_or(AppError::NotFound)?;
    // What a form was filled from goes along with it until it is saved.
    let (version, base) = match form.text("version") {
        "" => (case.offer.version.to_string(), base(Section::Share, content, org)),
        version => (version.to_owned(), form.text("base").to_owned()),
    };
    // Sums are of what stands in the fields, also when it is not saved yet.
    let mut typed = content.clone();
    read(Section::Share, form, &mut typed);
    let view = PartPage {
        id: case.offer.id.to_string(),
        name: share.name.clone(),
        section: Section::Share.place(org),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        action: Section::Share.path(&case.offer.id, org),
        back: address(case),
        version,
        base,
        autosave: autosave_view(ctx, case, Section::Share, org).await?,
        waiting: view::waiting(case, ctx.arrived),
        band: view::band(&case.offer),
        activities: activities(content),
        years: fields_of(content),
        columns: sums::years(content),
        sums: split_sums(&typed, org),
        f: form.map(),
        e: error_map(errors),
        errors: error_links(errors),
    };
    let title = Section::Share.title();
    let title = if status.is_success() { title.to_owned() } else { format!("Błąd: {title}") };
    ctx.page_as(status, Section::Share.template(), &format!("{title}: {}", share.name), &view)
}

/// `POST /oferty/{offer}/podzial/{org}`; a save that met a newer part shows both and overwrites nothing.
///
/// # Errors
/// Those of the database; what the page can show is shown.
pub async fn keep(may: Allowed<FillPart>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: part, .. } = may;
    let form = of_part(&form, &part);
    if rearranges(&form) {
        return page(&ctx, &part.case, StatusCode::OK, &form, &FieldErrors::new()).await;
    }
    save_part_form(&ctx, part.case, form).await
}

/// Saves the part of the offeror that `form` names, or shows why not.
///
/// # Errors
/// Those of the database; what the page can show is shown.
pub async fn save_part_form(ctx: &Ctx, case: Case, form: Fields) -> Result<HttpResponse, AppError> {
    match keep_part(ctx, (&case.offer.id, None), Section::Share, &form, Saving::Asked, whole).await {
        Ok(_) => {
            saved_here(ctx, &case, &Section::Share.place(form.text("grupa"))).await;
            Ok(ctx.see_other(&address(&case), Some(Flash::ok("Zapisano część oferenta."))))
        }
        Err(AppError::Stale) => merge::both(ctx, Section::Share, &case, form).await,
        Err(e) => {
            let problems = sort_problems(e)?;
            if !problems.findings.is_empty() {
                return Err(AppError::Refused(problems.findings));
            }
            page(ctx, &case, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems.errors).await
        }
    }
}

/// `POST /oferty/{offer}/podzial/{org}/autozapis`: the page saves by itself.
///
/// # Errors
/// Those of the database; everything else is an answer.
pub async fn autosave(may: Allowed<FillPart>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: part, .. } = may;
    let offer = &part.case.offer;
    autosave::answer(&ctx, (&offer.id, offer.version), None, Section::Share, &of_part(&form, &part)).await
}

/// `POST /oferty/{offer}/podzial/{org}/scalenie`: what was chosen between two texts.
///
/// # Errors
/// Those of the database; what a form can show is shown.
pub async fn choose(may: Allowed<FillPart>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: part, .. } = may;
    let form = of_part(&form, &part);
    merge::choose(&ctx, Section::Share, part.case, form).await
}
