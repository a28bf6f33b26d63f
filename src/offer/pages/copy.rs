//! Filling an untouched draft from an earlier offer.

use actix_web::HttpResponse;

use super::policy::EditOffer;
use crate::error::{AppError, FieldErrors};
use crate::offer::copy;
use crate::store::OfferId;
use crate::web::{Allowed, Doing, Flash, Posted};

/// `POST /oferty/{offer}/kopia`.
///
/// # Errors
/// `Invalid` without a choice, `NotFound` for a foreign offer, `Refused` when the draft is touched.
pub async fn take(may: Allowed<EditOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let chosen = form.text("from").to_owned();
    if chosen.is_empty() {
        return Err(AppError::Invalid(FieldErrors::of("from", "Wybierz ofertę, której treść skopiować.")));
    }
    let from = OfferId::parse(&chosen).ok_or(AppError::NotFound)?;
    let seen: i64 = form.text("version").parse().map_err(|_| AppError::Stale)?;
    let id = case.offer.id.clone();
    let doing = Doing::new("offer.copy", "offer", &id);
    ctx.deed(doing, move |tx, who, now| copy(tx, who, &id, seen, &from, now)).await?;
    let flash = Flash::ok("Skopiowano treść. Daty działań są puste; sprawdź każdą część, zanim złożysz ofertę.");
    Ok(ctx.see_other(&format!("/oferty/{}", case.offer.id), Some(flash)))
}
