//! The parts of a report are compared one by one: whoever writes the narrative is not in the way of whoever enters
//! hours, and what saves itself leaves the others alone.

use std::collections::BTreeMap;

use actix_web::HttpResponse;

use super::forms::version;
use crate::error::{AppError, FieldErrors};
use crate::report::{Report, store};
use crate::store::{Read, ReportId, digest, to_json};
use crate::web::{AutosaveView, Ctx, Fields, Saved, newer, saved};

/// What one form of a report shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Section {
    Narrative,
    Costs,
    /// The hours of one group.
    Hours(String),
}

/// The version of the report after a save, and what the form stands on then.
pub type Kept = (i64, String);

/// The same within a reading.
///
/// # Errors
/// Those of the database.
pub fn base_of(r: &mut Read<'_>, report: &Report, section: &Section) -> Result<String, AppError> {
    let c = &report.content;
    let text = match section {
        Section::Narrative => to_json(&(&c.summary, &c.extra, c.declared, &c.results, &c.activities))?,
        Section::Costs => {
            let sources = (c.bank_interest, c.other_income, c.own_financial, c.in_kind);
            to_json(&(store::costs_of_report(r, &report.id)?, sources, &c.fees))?
        }
        Section::Hours(group) => {
            let mut lines = store::hours_of_report(r, &report.id)?;
            lines.retain(|line| line.group == *group);
            to_json(&lines)?
        }
    };
    Ok(digest(&text))
}

/// What a form of this part stands on now.
///
/// # Errors
/// Those of the database.
pub async fn base(ctx: &Ctx, report: &Report, section: Section) -> Result<String, AppError> {
    let report = report.clone();
    ctx.read(move |r| base_of(r, &report, &section)).await
}

/// What the script of a part needs, while the report can be changed.
///
/// # Errors
/// Those of the database.
pub async fn autosave(ctx: &Ctx, report: &Report, section: Section) -> Result<Option<AutosaveView>, AppError> {
    let part = if section == Section::Narrative { "opis" } else { "koszty" };
    if !report.is_open() {
        return Ok(None);
    }
    let (url, about) = (format!("/sprawozdania/{}/{part}/autozapis", report.id), format!("sprawozdanie:{}", report.id));
    AutosaveView::of(ctx, url, about, part).await
}

/// The report as it stands, when `form` was made from it, or from the same text of this part.
///
/// # Errors
/// `Stale` when somebody saved this part meanwhile.
pub fn met(r: &mut Read<'_>, id: &ReportId, section: Section, form: &Fields) -> Result<Report, AppError> {
    let (seen, report) = (version(form)?, store::find(r, id)?);
    if seen == report.version || form.text("base") == base_of(r, &report, &section)? {
        Ok(report)
    } else {
        Err(AppError::Stale)
    }
}

/// What is true after a save.
///
/// # Errors
/// Those of the database.
pub fn kept(r: &mut Read<'_>, id: &ReportId, section: Section) -> Result<Kept, AppError> {
    let report = store::find(r, id)?;
    Ok((report.version, base_of(r, &report, &section)?))
}

/// What the script is told, with what was `left_out`; a part that somebody else saved meanwhile is an answer too.
///
/// # Errors
/// Every other one of the save.
pub fn told(ctx: &Ctx, done: Result<Kept, AppError>, left_out: &FieldErrors) -> Result<HttpResponse, AppError> {
    match done {
        Ok((version, base)) => {
            let kept = Saved { version: Some(version), base, sums: None::<()>, rows: BTreeMap::new() };
            Ok(saved(ctx, &kept, left_out, false))
        }
        Err(AppError::Stale) => Ok(newer(ctx, None)),
        Err(e) => Err(e),
    }
}
