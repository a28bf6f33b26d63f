//! The office writes an offer in its test call.

use actix_web::HttpResponse;

use crate::account::{Actor, Role};
use crate::call::{self, Call};
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::rehearse;
use crate::store::{CallId, Read};
use crate::web::{Allowed, Decision, Doing, Flash, PathIds, Policy};

/// Whoever prepares or decides contests writes a sample offer in a test call.
pub struct RehearseOffer;

impl Policy for RehearseOffer {
    const NAME: &'static str = "offer.rehearse";
    type Object = Call;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        if !who.reads_cases() {
            return Err(AppError::NotFound);
        }
        let call = call::store::find(r, &path.id("call", CallId::parse)?)?;
        if call.content.test { Ok(call) } else { Err(AppError::NotFound) }
    }

    fn decide(who: &Actor, _: &Call, _: Instant) -> Decision {
        let may = who.has_any(&[Role::Officer, Role::Organ]);
        Decision::when(may, "Ofertę próbną pisze pracownik merytoryczny albo organ.")
    }
}

/// `POST /urzad/konkursy/{call}/oferta-probna`: begins a sample offer and opens it.
///
/// # Errors
/// `Refused` when the call takes no offers.
pub async fn begin(may: Allowed<RehearseOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: call, .. } = may;
    let doing = Doing::new("offer.rehearse", "call", &call.id);
    let offer = ctx.deed(doing, move |tx, who, now| rehearse(tx, who, &call.id, now)).await?;
    let text = "Rozpoczęto ofertę próbną. Dalej wszystko wygląda tak, jak u organizacji, a listy dostaje tylko urząd.";
    Ok(ctx.see_other(&format!("/oferty/{offer}"), Some(Flash::ok(text))))
}
