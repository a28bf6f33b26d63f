//! The empty form, for anybody: a page and a PDF.

use actix_web::HttpResponse;
use serde::Serialize;

use super::form::{FormView, empty_view};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::document::{blank_paper, blank_pdf};
use crate::store::Read;
use crate::web::{Allowed, Decision, PathIds, Policy};

/// Anybody reads the empty form.
pub struct BlankForm;

impl Policy for BlankForm {
    const NAME: &'static str = "offer.blank-form";
    const PUBLIC: bool = true;
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(_: &Actor, (): &(), _: Instant) -> Decision {
        Decision::Yes
    }
}

#[derive(Serialize)]
struct BlankPage {
    form: FormView,
}

/// `GET /oferta/wzor`.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn page(may: Allowed<BlankForm>) -> Result<HttpResponse, AppError> {
    let office = &may.ctx.state.config.office;
    let view = BlankPage { form: empty_view(blank_paper(&office.organ, &office.lines())) };
    may.ctx.page("offer/blank.html", "Wzór oferty", &view)
}

/// `GET /oferta/wzor.pdf`.
///
/// # Errors
/// `Internal` when the template and the data do not fit.
pub async fn pdf(may: Allowed<BlankForm>) -> Result<HttpResponse, AppError> {
    let bytes = may
        .ctx
        .work(|state, _, now| {
            let office = &state.config.office;
            blank_pdf(&state.pdf, &office.organ, &office.lines(), now)
        })
        .await?;
    Ok(may.ctx.download(bytes, "application/pdf", "wzór oferty.pdf"))
}
