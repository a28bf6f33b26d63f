//! The form of the narrative.

use actix_web::HttpResponse;
use serde::Serialize;

use super::access::{Case, OwnReport};
use super::forms::{Stands, Typed, fits};
use super::section::{self, Section};
use super::view::{Head, head};
use crate::error::{AppError, FieldErrors};
use crate::report::{self, ReportContent};
use crate::web::{Allowed, AutosaveView, Ctx, Doing, Fields, Flash, Posted};

#[derive(Serialize)]
struct NarrativePage {
    head: Head,
    stands: Stands,
    autosave: Option<AutosaveView>,
    results: Vec<report::AchievedResult>,
    activities: Vec<report::DoneActivity>,
    typed: Typed,
}

async fn narrative_page(ctx: &Ctx, case: &Case, typed: Typed) -> Result<HttpResponse, AppError> {
    let (status, mark) = typed.status();
    let content = &case.report.content;
    let view = NarrativePage {
        head: head(case, ctx.arrived),
        stands: typed.stands(&case.report, section::base(ctx, &case.report, Section::Narrative).await?),
        autosave: section::autosave(ctx, &case.report, Section::Narrative).await?,
        results: content.results.clone(),
        activities: content.activities.clone(),
        typed,
    };
    ctx.page_as(status, "report/narrative.html", &format!("{mark}Opis – {}", view.head.name), &view)
}

/// `GET /sprawozdania/{report}/opis`
pub async fn narrative(may: Allowed<OwnReport>) -> Result<HttpResponse, AppError> {
    let content = &may.object.report.content;
    let mut fields = Fields::default();
    fields.set("summary", &content.summary);
    fields.set("extra", &content.extra);
    if content.declared {
        fields.set("declared", "true");
    }
    for (n, result) in content.results.iter().enumerate() {
        fields.set(format!("results.{n}.achieved"), &result.achieved);
        fields.set(format!("results.{n}.note"), &result.note);
    }
    for (n, activity) in content.activities.iter().enumerate() {
        fields.set(format!("activities.{n}.description"), &activity.description);
    }
    narrative_page(&may.ctx, &may.object, Typed::of(fields)).await
}

/// What was typed, on what stands there; a text that does not fit stays as it was, and is named.
fn read_narrative(form: &Fields, before: &ReportContent) -> (ReportContent, FieldErrors) {
    let mut errors = FieldErrors::new();
    let mut content = before.clone();
    let mut text = |name: String, field: &mut String| {
        if fits(form, &name, &mut errors) {
            form.text(&name).clone_into(field);
        }
    };
    text("summary".into(), &mut content.summary);
    text("extra".into(), &mut content.extra);
    for (n, result) in content.results.iter_mut().enumerate() {
        text(format!("results.{n}.achieved"), &mut result.achieved);
        text(format!("results.{n}.note"), &mut result.note);
    }
    for (n, activity) in content.activities.iter_mut().enumerate() {
        text(format!("activities.{n}.description"), &mut activity.description);
    }
    content.declared = form.checked("declared");
    (content, errors)
}

/// Saves what fits; the version of the report afterwards, and what its form stands on then.
async fn put(ctx: &Ctx, case: &Case, form: Fields) -> Result<section::Kept, AppError> {
    let id = case.report.id.clone();
    let doing = Doing::new("report.save", "report", &id);
    ctx.deed(doing, move |tx, who, now| {
        let report = section::met(tx, &id, Section::Narrative, &form)?;
        let (content, _) = read_narrative(&form, &report.content);
        report::save(tx, who, &id, report.version, content, Vec::new(), now)?;
        section::kept(tx, &id, Section::Narrative)
    })
    .await
}

/// `POST /sprawozdania/{report}/opis`; with `_add` what the browser kept is shown without saving it.
pub async fn save_narrative(may: Allowed<OwnReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    if !form.text("_add").is_empty() {
        return narrative_page(&ctx, &object, Typed::of(form)).await;
    }
    let (_, errors) = read_narrative(&form, &object.report.content);
    if !errors.is_empty() {
        return narrative_page(&ctx, &object, Typed::again(&form, &errors)).await;
    }
    match put(&ctx, &object, form.clone()).await {
        Ok(_) => {
            let url = format!("/sprawozdania/{}", object.report.id);
            Ok(ctx.see_other(&url, Some(Flash::ok("Zapisano opis."))))
        }
        Err(e) => narrative_page(&ctx, &object, Typed::refused(&form, e)?).await,
    }
}

/// `POST /sprawozdania/{report}/opis/autozapis`
pub async fn keep_narrative(may: Allowed<OwnReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (_, left_out) = read_narrative(&form, &may.object.report.content);
    section::told(&may.ctx, put(&may.ctx, &may.object, form).await, &left_out)
}
