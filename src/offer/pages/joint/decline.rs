//! A partner's signatory says no, with a reason.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::policy::{OwnWord, PartnerCase};
use crate::error::{AppError, FieldErrors};
use crate::offer::joint;
use crate::offer::pages::view;
use crate::web::{
    Allowed, Ctx, Doing, ErrorLink, Fields, Flash, Posted, Waiting, error_links, error_map, sort_problems,
};

#[derive(Serialize)]
struct DeclinePage {
    lead: String,
    name: String,
    title: String,
    action: String,
    back: String,
    waiting: Waiting,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

/// `GET /oferty/{offer}/partnerzy/{partner}/odmowa`.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn ask(may: Allowed<OwnWord>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, &may.object, StatusCode::OK, &Fields::default(), &FieldErrors::new())
}

fn page(
    ctx: &Ctx,
    it: &PartnerCase,
    status: StatusCode,
    form: &Fields,
    errors: &FieldErrors,
) -> Result<HttpResponse, AppError> {
    let case = &it.case;
    let view = DeclinePage {
        lead: case.offer.org_name.clone(),
        name: it.party.name().to_owned(),
        title: case.offer.working().title.clone(),
        action: format!("/oferty/{}/partnerzy/{}/odmowa", case.offer.id, it.party.partner.id),
        back: format!("/oferty/{}", case.offer.id),
        waiting: view::waiting(case, ctx.arrived),
        f: form.map(),
        e: error_map(errors),
        errors: error_links(errors),
    };
    let title = if status.is_success() { "Odmowa udziału w ofercie" } else { "Błąd: Odmowa udziału w ofercie" };
    ctx.page_as(status, "offer/joint/decline.html", title, &view)
}

/// `POST /oferty/{offer}/partnerzy/{partner}/odmowa`.
///
/// # Errors
/// `Refused` after the submission; what the page can show is shown.
pub async fn decline(may: Allowed<OwnWord>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: it, .. } = may;
    let (offer, id, reason) = (it.case.offer.id.clone(), it.party.partner.id.clone(), form.text("reason").to_owned());
    let doing = Doing::new("offer.partner.decline", "offer", &offer);
    match ctx.deed(doing, move |tx, who, now| joint::decline(tx, who, &offer, &id, &reason, now)).await {
        Ok(()) => {
            Ok(ctx.see_other("/oferty", Some(Flash::ok("Odmowa zapisana. Organizacja prowadząca dostała wiadomość."))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            if !problems.findings.is_empty() {
                return Err(AppError::Refused(problems.findings));
            }
            page(&ctx, &it, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems.errors)
        }
    }
}
