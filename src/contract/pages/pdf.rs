//! The document: the frozen bytes, or a preview of a draft for the office.

use actix_web::HttpResponse;

use super::policy::AnyContract;
use crate::contract::document::paper;
use crate::error::AppError;
use crate::store::documents;
use crate::web::Allowed;

const BAND: &str = "PROJEKT – NIE DO PODPISU";

/// Policy: `AnyContract`.
pub async fn download(may: Allowed<AnyContract>) -> Result<HttpResponse, AppError> {
    let contract = may.object;
    let kind = if contract.document.is_some() { "umowa" } else { "projekt-umowy" };
    let name = format!("{kind}-{}.pdf", contract.number.replace('/', "-"));
    let bytes = may
        .ctx
        .work(move |state, _, now| match &contract.document {
            Some(id) => {
                let document = state.store.read(|r| documents::find(r, id))?;
                state.files.get(&document.sha256)
            }
            None => {
                let draft = paper(&contract, &state.config.office, None, Some(BAND.into()));
                state.pdf.print(&draft, now).map_err(|e| AppError::Internal(Box::new(e)))
            }
        })
        .await?;
    Ok(may.ctx.download(bytes, "application/pdf", &name))
}
