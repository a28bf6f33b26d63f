//! The lead removes a partner: a page first says what goes with it.

use actix_web::HttpResponse;
use serde::Serialize;

use super::partners::{ShareLine, share_lines};
use super::policy::LeadPartner;
use super::{address, said};
use crate::error::AppError;
use crate::offer::joint::remove_partner;
use crate::offer::pages::view;
use crate::web::{Allowed, Doing, Flash, Posted, Waiting};

#[derive(Serialize)]
struct RemovePage {
    name: String,
    said: String,
    action: String,
    back: String,
    version: i64,
    waiting: Waiting,
    share: Option<ShareLine>,
    /// An e-mail with a link that nobody followed.
    unanswered: bool,
}

/// `GET /oferty/{offer}/partnerzy/{partner}/usuniecie`.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn ask(may: Allowed<LeadPartner>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: it, .. } = may;
    let name = it.party.name().to_owned();
    let own = |line: &ShareLine| it.party.org.as_ref().is_some_and(|_| line.name == share_name(&it));
    let view = RemovePage {
        said: said(&it.party, &it.case.digest()),
        action: format!("{}/{}/usuniecie", address(&it.case), it.party.partner.id),
        back: address(&it.case),
        version: it.case.offer.version,
        waiting: view::waiting(&it.case, ctx.arrived),
        share: share_lines(&it.case, &ctx.actor, false).into_iter().find(own),
        unanswered: it.party.org.is_none(),
        name,
    };
    ctx.page("offer/joint/remove.html", "Usunięcie partnera", &view)
}

/// The name under which the partner's part stands.
fn share_name(it: &super::policy::PartnerCase) -> String {
    let joint = it.case.offer.working().joint.as_ref();
    let share = it.party.partner.org.as_ref().and_then(|org| joint?.share(org));
    share.map(|share| share.name.clone()).unwrap_or_default()
}

/// `POST /oferty/{offer}/partnerzy/{partner}/usuniecie`.
///
/// # Errors
/// `Stale`, `Refused` after the submission.
pub async fn remove(may: Allowed<LeadPartner>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: it, .. } = may;
    let seen = form.text("version").parse().map_err(|_| AppError::Stale)?;
    let (id, partner) = (it.case.offer.id.clone(), it.party.partner.id.clone());
    let doing = Doing::new("offer.partner.remove", "offer", &id);
    ctx.deed(doing, move |tx, who, now| remove_partner(tx, who, &id, &partner, seen, now)).await?;
    let name = it.party.name();
    let text = match &it.party.org {
        Some(_) => format!("Usunięto partnera: {name}. Podziel jego działania i koszty."),
        None => format!("Wycofano zaproszenie wysłane na adres {name}. Odnośnik z listu już nie działa."),
    };
    Ok(ctx.see_other(&address(&it.case), Some(Flash::ok(text))))
}
