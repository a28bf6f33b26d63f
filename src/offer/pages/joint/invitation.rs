//! An invitation that waits for an answer: sent again, sent to another address, or taken back.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::address;
use super::policy::{LeadPartner, PartnerCase};
use crate::error::{AppError, FieldErrors};
use crate::law::{email, show_instant};
use crate::offer::joint::{invite_again, next_letter, readdress};
use crate::offer::pages::view;
use crate::web::{
    Allowed, Ctx, Doing, ErrorLink, Fields, Flash, Posted, Waiting, error_links, error_map, sort_problems,
};

#[derive(Serialize)]
struct InvitationPage {
    name: String,
    title: String,
    action: String,
    back: String,
    remove: String,
    version: String,
    waiting: Waiting,
    sent: String,
    by: String,
    /// By e-mail with a link: the address can be changed.
    by_email: bool,
    /// From when the next letter may go; empty when it may go now.
    wait: String,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

/// `GET /oferty/{offer}/partnerzy/{partner}/zaproszenie`.
///
/// # Errors
/// `NotFound` for an invitation that was answered.
pub async fn show(may: Allowed<LeadPartner>) -> Result<HttpResponse, AppError> {
    let mut form = Fields::default();
    form.set("email", &*may.object.party.partner.email);
    page(&may.ctx, &may.object, StatusCode::OK, &form, &FieldErrors::new())
}

fn page(
    ctx: &Ctx,
    it: &PartnerCase,
    status: StatusCode,
    form: &Fields,
    errors: &FieldErrors,
) -> Result<HttpResponse, AppError> {
    let (case, partner) = (&it.case, &it.party.partner);
    let from = next_letter(partner).ok_or(AppError::NotFound)?;
    let at = format!("{}/{}", address(case), partner.id);
    let version = match form.text("version") {
        "" => case.offer.version.to_string(),
        version => version.to_owned(),
    };
    let view = InvitationPage {
        name: it.party.name().to_owned(),
        title: view::title_of(&case.offer),
        action: format!("{at}/zaproszenie"),
        back: address(case),
        remove: format!("{at}/usuniecie"),
        version,
        waiting: view::waiting(case, ctx.arrived),
        sent: show_instant(partner.invited_at),
        by: partner.invited_by.clone(),
        by_email: partner.org.is_none(),
        wait: if ctx.arrived < from { show_instant(from) } else { String::new() },
        f: form.map(),
        e: error_map(errors),
        errors: error_links(errors),
    };
    let title = if status.is_success() { "Zaproszenie partnera" } else { "Błąd: Zaproszenie partnera" };
    ctx.page_as(status, "offer/joint/invitation.html", title, &view)
}

/// `POST /oferty/{offer}/partnerzy/{partner}/zaproszenie`: the same letter again, or one to another address.
///
/// # Errors
/// `Stale`, `Refused` after the deadline or the submission; what the page can show is shown.
pub async fn send(may: Allowed<LeadPartner>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: it, .. } = may;
    match sent(&ctx, &it, &form).await {
        Ok(text) => Ok(ctx.see_other(&address(&it.case), Some(Flash::ok(text)))),
        Err(AppError::Taken(why)) => {
            let errors = FieldErrors::of("email", why);
            page(&ctx, &it, StatusCode::UNPROCESSABLE_ENTITY, &form, &errors)
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

/// What was done, in a sentence.
async fn sent(ctx: &Ctx, it: &PartnerCase, form: &Fields) -> Result<String, AppError> {
    let (id, partner) = (it.case.offer.id.clone(), it.party.partner.id.clone());
    let base = ctx.state.config.base_url.clone();
    let typed = form.text("email").to_lowercase();
    let other = it.party.partner.org.is_none() && !typed.is_empty() && typed != it.party.partner.email;
    if !other {
        let doing = Doing::new("offer.partner.again", "offer", &id);
        ctx.deed(doing, move |tx, who, now| invite_again(tx, who, &id, &partner, &base, now)).await?;
        return Ok(format!("Zaproszenie wysłane jeszcze raz: {}.", it.party.name()));
    }
    let mut errors = FieldErrors::new();
    let to = errors.take("email", email(&typed));
    let to = errors.finish(to)?;
    let seen = form.text("version").parse().map_err(|_| AppError::Stale)?;
    let said = format!("Zaproszenie wysłane na adres {to}. Odnośnik z poprzedniego listu już nie działa.");
    let doing = Doing::new("offer.partner.invite", "offer", &id);
    ctx.deed(doing, move |tx, who, now| readdress(tx, who, &id, &partner, (seen, to), &base, now)).await?;
    Ok(said)
}
