//! Filling the form part by part. A row more or less is shown and not saved; a save that met a newer text
//! of the same part shows both and overwrites nothing.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::autosave::autosave_view;
use super::forms::{Sheet, arrange, check_size, fill, read, rearranges};
use super::kept::{base, keep_part, whole};
use super::merge;
use super::policy::{Case, EditOffer};
use super::presence::{in_section, saved_here};
use super::programme::{ProgrammeView, programme_view};
use super::section::{Section, field_of, group_query};
use super::sums::{SumRow, Totals, Year, cost_sums, totals, years};
use super::view::{self, CapView};
use crate::call::{Applies, Call};
use crate::document::{FORM, FormLabels};
use crate::error::{AppError, FieldErrors};
use crate::law::{Money, Severity};
use crate::offer::calculation::moved;
use crate::offer::classes;
use crate::offer::model::OfferContent;
use crate::offer::{Saving, present, rules};
use crate::web::{
    Allowed, AutosaveView, Choice, Ctx, ErrorLink, Fields, FindingView, Flash, Posted, Waiting, error_links, error_map,
    option_list, sort_problems,
};

#[derive(Serialize)]
struct SectionPage {
    id: String,
    action: String,
    version: String,
    base: String,
    autosave: Option<AutosaveView>,
    org: String,
    call: String,
    parts: &'static str,
    last: bool,
    waiting: Waiting,
    band: String,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    rows: BTreeMap<&'static str, Vec<usize>>,
    /// Whether a finding is more than information.
    serious: bool,
    findings: Vec<FindingView>,
    activities: Vec<Choice>,
    groups: Vec<Choice>,
    years: Vec<Year>,
    totals: Totals,
    /// The sums of V.A, on the page of the costs.
    sums: Vec<SumRow>,
    cap: Option<CapView>,
    /// For each row of hours, whether they follow from the class programme.
    derived: Vec<bool>,
    /// An offer of several organisations.
    joint: bool,
    labels: FormLabels,
    /// Who else is in the part now.
    present: String,
    slug: &'static str,
    programme: Option<ProgrammeView>,
    /// What the announcement asks for; the rest is "nie dotyczy".
    applies: Applies,
    /// Why part III.6 is waived; empty while it is asked for.
    waiver: String,
}

/// `GET /oferty/{offer}/{część}`.
///
/// # Errors
/// `NotFound` for a part that is not there.
pub async fn show(may: Allowed<EditOffer>) -> Result<HttpResponse, AppError> {
    let section = Section::of_path(&may.ctx.path)?;
    let fields = fill(section, may.object.offer.working(), &may.ctx.asked("grupa"));
    // The list of groups has no rows to type in.
    let fields =
        if section == Section::Programme && fields.text("grupa").is_empty() { Fields::default() } else { fields };
    let shown = Shown { status: StatusCode::OK, fields, errors: FieldErrors::new() };
    page(&may.ctx, section, &may.object, shown).await
}

/// `POST /oferty/{offer}/{część}`: saves, or shows a row more or less.
///
/// # Errors
/// Those of the database; what a form can show is shown.
pub async fn keep(may: Allowed<EditOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let section = Section::of_path(&ctx.path)?;
    asked_for(section, &case)?;
    check_size(&form, section.tables())?;
    if rearranges(&form) {
        let shown = Shown { status: StatusCode::OK, fields: form, errors: FieldErrors::new() };
        return page(&ctx, section, &case, shown).await;
    }
    save_form(&ctx, section, case, form).await
}

/// Refuses to save what the announcement does not ask for.
///
/// # Errors
/// `Forbidden` with the reason.
pub fn asked_for(section: Section, case: &Case) -> Result<(), AppError> {
    asked_by(section, &case.call)
}

/// The same for a call that was only just read.
///
/// # Errors
/// `Forbidden` with the reason.
pub fn asked_by(section: Section, call: &Call) -> Result<(), AppError> {
    if section.is_asked(call.content.applies()) {
        return Ok(());
    }
    Err(AppError::forbidden("Ogłoszenie tego konkursu nie prosi o zajęcia: ta część oferty ma wpis „nie dotyczy”."))
}

/// Saves the part, or shows why not: errors at the fields, or both texts when there is a newer one.
pub(super) async fn save_form(ctx: &Ctx, section: Section, case: Case, form: Fields) -> Result<HttpResponse, AppError> {
    match keep_part(ctx, (&case.offer.id, None), section, &form, Saving::Asked, whole).await {
        Ok((offer, _)) => {
            saved_here(ctx, &case, section.slug()).await;
            let moved = moved(case.offer.working(), offer.working());
            let flash = if moved.is_empty() {
                Flash::ok(saved(section.title_in(case.call.content.applies()), case.offer.frozen_no))
            } else {
                Flash::warn(moved_text(&moved))
            };
            Ok(ctx.see_other(&after(section, &case, &form), Some(flash)))
        }
        Err(AppError::Stale) => merge::both(ctx, section, &case, form).await,
        Err(e) => {
            let problems = sort_problems(e)?;
            if !problems.findings.is_empty() {
                return Err(AppError::Refused(problems.findings));
            }
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(ctx, section, &case, Shown { status, fields: form, errors: problems.errors }).await
        }
    }
}

/// Says which amounts left their year because the task no longer touches it.
fn moved_text(moved: &[(i32, Money)]) -> String {
    let parts: Vec<String> = moved.iter().map(|(year, sum)| format!("{sum} z roku {year}")).collect();
    format!(
        "Zapisano. Zadanie nie obejmuje już wszystkich lat z kosztorysu, więc przeniesiono do najbliższego roku: {}. \
         Sprawdź podział kosztów na lata.",
        parts.join(", ")
    )
}

fn saved(title: &str, in_force: i64) -> String {
    match in_force {
        0 => format!("Zapisano: {title}. Oferta nie jest jeszcze złożona."),
        n => format!("Zapisano: {title}. Zmiany nie są jeszcze złożone; obowiązuje wersja {n}."),
    }
}

fn after(section: Section, case: &Case, form: &Fields) -> String {
    let hub = format!("/oferty/{}", case.offer.id);
    if section == Section::Programme {
        let stay = form.text("_next").is_empty() && !form.text("grupa").is_empty();
        let ask = if stay { group_query(form.text("grupa")) } else { String::new() };
        return format!("{hub}/{}{ask}", section.slug());
    }
    if form.text("_next").is_empty() {
        return format!("{hub}/{}", section.slug());
    }
    let applies = case.call.content.applies();
    section.next_asked(applies).map_or(hub.clone(), |next| format!("{hub}/{}", next.slug()))
}

struct Shown {
    status: StatusCode,
    fields: Fields,
    errors: FieldErrors,
}

/// What a form was filled from goes along with it until it is saved.
fn seen(case: &Case, section: Section, fields: &Fields) -> (String, String) {
    match fields.text("version") {
        "" => (case.offer.version.to_string(), base(section, case.offer.working(), fields.text("grupa"))),
        version => (version.to_owned(), fields.text("base").to_owned()),
    }
}

async fn page(ctx: &Ctx, section: Section, case: &Case, shown: Shown) -> Result<HttpResponse, AppError> {
    let Sheet { fields, rows } = arrange(&shown.fields, section.tables());
    let group = fields.text("grupa").to_owned();
    let applies = case.call.content.applies();
    // Sums and findings are of what stands in the fields, also when it is not saved yet.
    let mut content = case.offer.working().clone();
    let unread = if section == Section::Programme && fields.pairs().is_empty() {
        FieldErrors::new()
    } else {
        read(section, &fields, &mut content)
    };
    let findings = rules::check(&content, &case.org, &case.call.content);
    let in_group = |place: &str| group.is_empty() || place.contains(&format!("grupa {group}"));
    let here: Vec<_> = findings
        .into_iter()
        .filter(|f| field_of(&content, &f.place).is_some_and(|(s, _)| s == section) && in_group(&f.place))
        .collect();
    let (version, base) = seen(case, section, &fields);
    let quiet = !unread.is_empty() || shown.status != StatusCode::OK;
    let view = SectionPage {
        id: case.offer.id.to_string(),
        action: format!("/oferty/{}/{}", case.offer.id, section.slug()),
        version,
        base,
        autosave: autosave_view(ctx, case, section, &group).await?,
        org: case.offer.org_name.clone(),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        parts: section.parts(),
        last: section.next_asked(applies).is_none(),
        waiting: view::waiting(case, ctx.arrived),
        band: view::band(&case.offer),
        e: error_map(&shown.errors),
        errors: error_links(&shown.errors),
        serious: here.iter().any(|f| f.severity != Severity::Info),
        findings: if quiet { Vec::new() } else { view::linked(&case.offer, &content, &here) },
        activities: activities(&content),
        groups: groups(case),
        years: years(&content),
        totals: totals(&content, &fields),
        sums: if section == Section::Costs { cost_sums(&content) } else { Vec::new() },
        cap: if unread.is_empty() { view::cap_view(&content, &case.call.content) } else { None },
        derived: derived(&content, &fields),
        joint: content.joint.is_some(),
        labels: FORM,
        present: here_now(ctx, case, section).await?,
        slug: section.slug(),
        programme: (section == Section::Programme).then(|| programme_view(case, &content, &fields)),
        applies,
        waiver: case.call.content.waiver().unwrap_or_default().to_owned(),
        f: fields.map(),
        rows,
    };
    let title = section.title_in(applies);
    let title = if shown.status.is_success() { title.to_owned() } else { format!("Błąd: {title}") };
    ctx.page_as(shown.status, section.template(), &title, &view)
}

async fn here_now(ctx: &Ctx, case: &Case, section: Section) -> Result<String, AppError> {
    let (id, now) = (case.offer.id.clone(), ctx.arrived);
    let here = ctx.read(move |r| present(r, &id, now)).await?;
    Ok(in_section(&here, section.slug(), &ctx.actor))
}

fn activities(content: &OfferContent) -> Vec<Choice> {
    let named = content.activities.iter().zip(1_u32..).map(|(a, n)| (n.to_string(), format!("I.{n} {}", a.name)));
    option_list(named.chain([("adm".to_owned(), "II. koszty administracyjne".to_owned())]))
}

fn groups(case: &Case) -> Vec<Choice> {
    let label =
        |g: &crate::programme::Group| format!("{} – {}, edycja {}, osób: {}", g.code, g.gmina, g.edition, g.persons);
    option_list(case.call.content.groups.iter().map(|g| (g.code.clone(), label(g))))
}

/// Which rows of hours follow from classes, in the order of the rows on the page.
fn derived(content: &OfferContent, fields: &Fields) -> Vec<bool> {
    let of = |row: &String| classes::planned(content, fields.cell("hours", row, "group")).is_some();
    fields.rows("hours").iter().map(of).collect()
}
