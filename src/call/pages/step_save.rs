//! A step of a draft call is saved, or shown again with what is typed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::form::{content_of, fields_of, tables};
use super::office::url;
use super::policy::EditCall;
use super::sources::sources;
use super::steps::{Typed, conflict, own, page, page_of, part_of};
use crate::call::{self, Call, CallContent, Part, store};
use crate::error::AppError;
use crate::law::{Severity, plural, warsaw_date};
use crate::programme::pages::kit::{renumbered, row_pressed};
use crate::programme::{self, Programme};
use crate::web::{Allowed, Doing, Fields, Flash, Posted, Problems, sort_problems};

/// `POST /urzad/konkursy/{call}/{krok}`
pub async fn save(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let part = part_of(&may)?;
    let seen = form.text("seen").to_owned();
    let programme = may.object.programme.clone();
    let programme = may.ctx.read(move |r| programme::store::find(r, &programme)).await?;
    if let Some(fields) = row_pressed(&form, tables(part)) {
        return typed_page(&may, part, &fields, seen, &programme).await;
    }
    let fields = renumbered(&form, tables(part));
    if part == Part::Elements && form.text("_rewrite") == "yes" {
        let (rules, conditions) = call::rewritten(&may.object.content, &programme.content);
        // The first value of a name counts.
        let mut anew = Fields::default();
        anew.set("grant_rules", rules);
        anew.set("conditions", conditions);
        fields.pairs().iter().for_each(|(name, value)| anew.set(name.clone(), value.clone()));
        return typed_page(&may, part, &anew, seen, &programme).await;
    }
    match content_of(part, &form, &may.object.content, &programme.content) {
        Ok(content) => keep(may, part, seen, &fields, content).await,
        Err(e) => {
            let typed = Typed { fields: &fields, seen, problems: sort_problems(e)?, conflict: None };
            page(&may, part, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}

async fn keep(
    may: Allowed<EditCall>,
    part: Part,
    seen: String,
    fields: &Fields,
    content: CallContent,
) -> Result<HttpResponse, AppError> {
    let (id, new, sent) = (may.object.id.clone(), content.clone(), seen.clone());
    let doing = Doing::new("call.save_part", "konkurs", &id);
    let done = may.ctx.deed(doing, move |tx, who, now| call::save_part(tx, who, &id, part, &sent, new, now)).await;
    match done {
        Ok(()) => {
            let base = url(&may.object);
            let to = match part.next().filter(|_| fields.text("_then") != "stay") {
                Some(next) => format!("{base}/{}", next.slug()),
                None if fields.text("_then") == "stay" => format!("{base}/{}", part.slug()),
                None => base,
            };
            let flash = saved_flash(&may, part, content, to.ends_with(part.slug())).await?;
            Ok(may.ctx.see_other(&to, Some(flash)))
        }
        Err(AppError::Stale) if !seen.is_empty() => stale(may, part, fields, &content).await,
        Err(e) => Err(e),
    }
}

/// What was saved, and on another page than the step's own whether it still stops the announcement.
async fn saved_flash(
    may: &Allowed<EditCall>,
    part: Part,
    content: CallContent,
    stays: bool,
) -> Result<Flash, AppError> {
    let saved = format!("Zapisano: {}.", part.title());
    if stays {
        return Ok(Flash::ok(saved));
    }
    let call = Call { content: content.unapproved(), ..may.object.clone() };
    let findings = sources(&may.ctx, &call).await?.findings(&may.ctx, &call);
    let left = own(part, &findings).filter(|f| f.severity == Severity::Block).count();
    Ok(match i64::try_from(left) {
        Ok(n) if n > 0 => {
            let remarks = plural(n, "uwaga", "uwagi", "uwag");
            Flash::warn(format!(
                "{saved} Ten krok nadal blokuje ogłoszenie: {n} {remarks}. Wróć do niego z listy kroków."
            ))
        }
        _ => Flash::ok(saved),
    })
}

/// Somebody saved this part meanwhile: both texts side by side, and what was typed in the form.
async fn stale(
    mut may: Allowed<EditCall>,
    part: Part,
    fields: &Fields,
    content: &CallContent,
) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    may.object = may.ctx.read(move |r| store::find(r, &id)).await?;
    let today = warsaw_date(may.ctx.arrived);
    let (saved, typed) = (fields_of(part, &may.object.content, today), fields_of(part, content, today));
    let seen = part.mark(&may.object.content)?;
    let typed = Typed { fields, seen, problems: Problems::default(), conflict: Some(conflict(&saved, &typed)) };
    page(&may, part, StatusCode::CONFLICT, typed).await
}

/// The form as it is typed and not saved, with the findings of what it says as far as it can be read.
async fn typed_page(
    may: &Allowed<EditCall>,
    part: Part,
    fields: &Fields,
    seen: String,
    programme: &Programme,
) -> Result<HttpResponse, AppError> {
    let saved = &may.object.content;
    let content = content_of(part, fields, saved, &programme.content).unwrap_or_else(|_| saved.clone());
    let call = Call { content, ..may.object.clone() };
    page_of(may, &call, part, StatusCode::OK, Typed::plain(fields, seen)).await
}
