//! Behind the link of an invitation to a joint offer: whoever has an organisation brings it in, whoever has
//! none registers it first.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::policy::{Link, LinkHolder};
use crate::account::Membership;
use crate::error::{AppError, FieldErrors};
use crate::law::show_instant;
use crate::offer::joint::{claim, open_link};
use crate::offer::pages::view::{self, Deadline};
use crate::store::OrgId;
use crate::web::{
    Allowed, Choice, Ctx, Doing, ErrorLink, Flash, Posted, Waiting, error_links, error_map, option_list, sort_problems,
};

#[derive(Serialize)]
struct LinkPage {
    lead: String,
    call: String,
    title: String,
    asked: String,
    waiting: Waiting,
    deadline: Option<Deadline>,
    /// Why the link lets nobody in; empty when it does.
    dead: &'static str,
    signed_in: bool,
    orgs: Vec<Choice>,
    org: String,
    action: String,
    sign_in: String,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

fn page(ctx: &Ctx, link: &Link, token: &str, org: &str, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let dead = open_link(&link.partner, ctx.arrived).err().unwrap_or_default();
    let action = format!("/oferty/zaproszenie/{token}");
    let next = serde_urlencoded::to_string([("next", &action)]).unwrap_or_default();
    let fits = |m: &&Membership| m.role.signs() && m.test == link.call.content.test && m.org != link.offer.org;
    let own: Vec<&Membership> = ctx.actor.memberships.iter().filter(fits).collect();
    let chosen = match own.as_slice() {
        [only] if org.is_empty() => only.org.to_string(),
        _ => org.to_owned(),
    };
    let title = link.offer.working().title.trim();
    let view = LinkPage {
        lead: link.offer.org_name.clone(),
        call: format!("{} – {}", link.call.number(), link.call.content.title),
        title: if title.is_empty() { "(bez tytułu)".to_owned() } else { title.to_owned() },
        asked: show_instant(link.partner.invited_at),
        waiting: if dead.is_empty() {
            view::choosing(
                &link.call,
                ctx.arrived,
                "Przyjmij zaproszenie do oferty wspólnej albo zostaw je bez odpowiedzi.",
            )
        } else {
            Waiting { whose: "nikogo".into(), what: "To zaproszenie już nie działa.".into(), ..Waiting::default() }
        },
        deadline: view::deadline(&link.call, &link.offer.org, ctx.arrived),
        dead,
        signed_in: ctx.actor.person.is_some(),
        orgs: option_list(own.into_iter().map(|m| (m.org.to_string(), m.org_name.clone()))),
        org: chosen,
        sign_in: format!("/konto/logowanie?{next}"),
        action,
        e: error_map(errors),
        errors: error_links(errors),
    };
    let (status, title) = match (dead.is_empty(), errors.is_empty()) {
        (false, _) => (StatusCode::GONE, "Zaproszenie już nie działa"),
        (true, true) => (StatusCode::OK, "Zaproszenie do oferty wspólnej"),
        (true, false) => (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: Zaproszenie do oferty wspólnej"),
    };
    ctx.page_as(status, "offer/joint/link.html", title, &view)
}

/// `GET /oferty/zaproszenie/{token}`.
///
/// # Errors
/// `NotFound` for an unknown link.
pub async fn show(may: Allowed<LinkHolder>) -> Result<HttpResponse, AppError> {
    let token = may.path.text("token")?.to_owned();
    page(&may.ctx, &may.object, &token, "", &FieldErrors::new())
}

/// `POST /oferty/zaproszenie/{token}`: brings the chosen organisation into the offer.
///
/// # Errors
/// `NotFound` for an unknown link, `Login` for a stranger, `Forbidden` for who may not sign; what the page can show is shown.
pub async fn accept(may: Allowed<LinkHolder>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (ctx, token) = (may.ctx.clone(), may.path.text("token")?.to_owned());
    if ctx.actor.person.is_none() {
        return Err(AppError::Login);
    }
    let typed = form.text("org").to_owned();
    let Some(org) = OrgId::parse(&typed) else {
        let errors = FieldErrors::of("org", "Wybierz organizację, która przyjmuje zaproszenie.");
        return page(&ctx, &may.object, &token, &typed, &errors);
    };
    let (doing, key) = (Doing::new("offer.partner.join", "offer", &may.object.offer.id), token.clone());
    match ctx.deed(doing, move |tx, who, now| claim(tx, who, &key, &org, now)).await {
        Ok(offer) => {
            let text = "Organizacja jest partnerem tej oferty. Wypełnij swoją część i potwierdź całość.";
            Ok(ctx.see_other(&format!("/oferty/{offer}"), Some(Flash::ok(text))))
        }
        Err(AppError::Taken(why)) => page(&ctx, &may.object, &token, &typed, &FieldErrors::of("org", why)),
        Err(e) => {
            let problems = sort_problems(e)?;
            if !problems.findings.is_empty() {
                return Err(AppError::Refused(problems.findings));
            }
            page(&ctx, &may.object, &token, &typed, &problems.errors)
        }
    }
}
