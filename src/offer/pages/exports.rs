//! The organisation takes its offer out: DOCX, XLSX and JSON; of a draft as it stands.

use actix_web::HttpResponse;

use super::form::{Which, about, frozen_of};
use super::policy::{Case, OwnOffer};
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::document::About;
use crate::offer::export;
use crate::offer::model::FrozenOffer;
use crate::offer::store::versions;
use crate::store::to_json;
use crate::web::{Allowed, AppState, Ctx};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Makes one file from the version that is asked for; the time of a frozen one is that of its arrival, so
/// that it is the same bytes every time.
async fn export(
    may: Allowed<OwnOffer>,
    (ending, media_type): (&'static str, &'static str),
    make: impl FnOnce(&AppState, &FrozenOffer, About<'_>, Instant) -> Result<Vec<u8>, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let which = Which::asked(&ctx);
    let (bytes, name) = ctx
        .work(move |state, _, _| {
            let (frozen, receipt) = state.store.read(|r| frozen_of(r, &case, which))?;
            let lines = state.config.office.lines();
            let about = about(&case, &state.config.office, &lines, receipt.as_ref());
            let made_at = receipt.as_ref().map_or(case.offer.updated_at, |r| r.arrived);
            let bytes = make(state, &frozen, about, made_at)?;
            Ok((bytes, export::file_name(about, made_at, ending)))
        })
        .await?;
    Ok(ctx.download(bytes, media_type, &name))
}

/// `GET /oferty/{offer}/oferta.docx`.
///
/// # Errors
/// Those of the database.
pub async fn docx(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    export(may, ("docx", DOCX), |_, frozen, about, made_at| {
        let outline = export::outline(frozen, about);
        crate::document::docx(&outline, &frozen.organisation_name, made_at).map_err(|e| AppError::Internal(Box::new(e)))
    })
    .await
}

/// `GET /oferty/{offer}/oferta.xlsx`.
///
/// # Errors
/// Those of the database.
pub async fn xlsx(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    export(may, ("xlsx", XLSX), |_, frozen, about, made_at| {
        export::workbook(frozen, about, made_at).map_err(|e| AppError::Internal(Box::new(e)))
    })
    .await
}

/// `GET /oferty/{offer}/oferta.json`: canonical JSON (RFC 8785); of a frozen version the very bytes that were
/// hashed.
///
/// # Errors
/// Those of the database.
pub async fn json(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let which = Which::asked(&ctx);
    let (text, name) = text_of(&ctx, case, which).await?;
    Ok(ctx.download(text.into_bytes(), "application/json", &name))
}

async fn text_of(ctx: &Ctx, case: Case, which: Which) -> Result<(String, String), AppError> {
    let office = ctx.state.config.office.clone();
    ctx.read(move |r| {
        let (frozen, receipt) = frozen_of(r, &case, which)?;
        let name = export::file_name(about(&case, &office, &[], receipt.as_ref()), case.offer.updated_at, "json");
        let text = match &receipt {
            Some(receipt) => versions::text(r, &case.offer.id, receipt.no)?.text,
            None => to_json(&frozen)?,
        };
        Ok((text, name))
    })
    .await
}
