//! My offers; starting one; taking one back.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::policy::{Case, MyOffers, SignOffer, StartOffer};
use super::view::{self, Status};
use crate::account::Actor;
use crate::call::{self, Call};
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::offer::model::{Offer, OfferState, Party};
use crate::offer::{start, store, withdraw as take_back};
use crate::store::{CallId, OfferId, OrgId};
use crate::web::{
    Allowed, Choice, Ctx, Doing, ErrorLink, FindingView, Flash, Posted, Problems, Waiting, error_links, findings_view,
    option_list, sort_problems,
};

#[derive(Serialize)]
struct Line {
    href: String,
    title: String,
    number: String,
    org: String,
    /// Who leads a joint offer; empty otherwise.
    joint: String,
    call: String,
    call_href: String,
    status: Status,
    deadline: String,
    left: String,
    grant: String,
}

#[derive(Serialize)]
struct List {
    lines: Vec<Line>,
    member: bool,
    many_orgs: bool,
    drafts: usize,
}

/// `GET /oferty`.
///
/// # Errors
/// Those of the database.
pub async fn list(may: Allowed<MyOffers>) -> Result<HttpResponse, AppError> {
    let ctx = may.ctx;
    let orgs: Vec<OrgId> = ctx.actor.memberships.iter().map(|m| m.org.clone()).collect();
    let many_orgs = orgs.len() > 1;
    let member = !orgs.is_empty();
    let (offers, calls) = ctx
        .read(move |r| {
            let mut offers = store::of_orgs(r, &orgs)?;
            let own: Vec<OfferId> = offers.iter().map(|o| o.id.clone()).collect();
            offers.extend(store::joined_by(r, &orgs)?.into_iter().filter(|o| !own.contains(&o.id)));
            let mut ids: Vec<CallId> = offers.iter().map(|o| o.call.clone()).collect();
            ids.sort();
            ids.dedup();
            let calls = call::store::by_ids(r, &ids)?;
            Ok((offers, calls))
        })
        .await?;
    let own = |o: &&Offer| ctx.actor.member_of(&o.org).is_some();
    let drafts = offers.iter().filter(own).filter(|o| o.state == OfferState::Draft).count();
    let by_id: BTreeMap<&CallId, &Call> = calls.iter().map(|c| (&c.id, c)).collect();
    let line = |o: &Offer| Some(line(o, by_id.get(&o.call)?, &ctx.actor, ctx.arrived));
    let lines = offers.iter().filter_map(line).collect();
    ctx.page("offer/list.html", "Moje oferty", &List { lines, member, many_orgs, drafts })
}

fn line(offer: &Offer, call: &Call, who: &Actor, now: Instant) -> Line {
    let end = view::deadline(call, &offer.org, now);
    Line {
        href: format!("/oferty/{}", offer.id),
        title: view::title_of(offer),
        number: offer.number.clone().unwrap_or_else(|| "–".into()),
        org: offer.org_name.clone(),
        joint: match (offer.is_joint(), who.member_of(&offer.org).is_some()) {
            (false, _) => String::new(),
            (true, true) => "oferta wspólna, prowadzi Twoja organizacja".to_owned(),
            (true, false) => format!("oferta wspólna, prowadzi {}", offer.org_name),
        },
        call: format!("{} – {}", call.number(), call.content.title),
        call_href: view::call_href(call),
        status: view::status(offer, call),
        deadline: end.as_ref().map(|d| d.text.clone()).unwrap_or_default(),
        left: end.map(|d| d.left).unwrap_or_default(),
        grant: offer.grant.to_string(),
    }
}

#[derive(Serialize)]
struct StartPage {
    action: String,
    call: String,
    waiting: Waiting,
    orgs: Vec<Choice>,
    org: String,
    errors: Vec<ErrorLink>,
    error: String,
    findings: Vec<FindingView>,
}

/// `POST /konkursy/{call}/oferty`: starts an offer or opens the one that is there.
///
/// # Errors
/// Those of the database; what a form can show is shown.
pub async fn begin(may: Allowed<StartOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: call, .. } = may;
    let typed = form.text("org").to_owned();
    let asked = form.pairs().iter().any(|(name, _)| name == "org");
    if !asked && ctx.actor.real_memberships().count() > 1 {
        return which(&ctx, &call, StatusCode::OK, typed, &Problems::default());
    }
    let done = match chosen(&ctx.actor, &typed) {
        Ok(org) => {
            let id = call.id.clone();
            let doing = Doing::new("offer.start", "call", &id);
            ctx.deed(doing, move |tx, who, now| start(tx, who, &id, &org, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(offer) => Ok(ctx.see_other(&format!("/oferty/{offer}"), None)),
        Err(e) => {
            let problems = sort_problems(e)?;
            which(&ctx, &call, StatusCode::UNPROCESSABLE_ENTITY, typed, &problems)
        }
    }
}

/// Asks for which organisation the offer is.
fn which(
    ctx: &Ctx,
    call: &Call,
    status: StatusCode,
    org: String,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let orgs = ctx.actor.real_memberships().map(|m| (m.org.to_string(), m.org_name.clone()));
    let view = StartPage {
        action: format!("/konkursy/{}/oferty", call.id),
        call: format!("{} – {}", call.number(), call.content.title),
        waiting: view::choosing(call, ctx.arrived, "Wybierz, która z Twoich organizacji składa ofertę."),
        orgs: option_list(orgs),
        org,
        error: problems.errors.list().first().map(|e| e.message.clone()).unwrap_or_default(),
        errors: error_links(&problems.errors),
        findings: findings_view(&problems.findings),
    };
    let title = if status.is_success() { "Która organizacja składa ofertę?" } else { "Błąd: Rozpoczęcie oferty" };
    ctx.page_as(status, "offer/start.html", title, &view)
}

/// The organisation a person starts for: the chosen one, or the only one.
fn chosen(who: &Actor, typed: &str) -> Result<OrgId, AppError> {
    let real: Vec<_> = who.real_memberships().collect();
    match (real.as_slice(), typed) {
        ([only], "") => Ok(only.org.clone()),
        (_, "") => Err(AppError::Invalid(FieldErrors::of("org", "Wybierz organizację, która składa ofertę."))),
        (_, id) => OrgId::parse(id).filter(|id| who.member_of(id).is_some()).ok_or(AppError::NotFound),
    }
}

#[derive(Serialize)]
struct Withdrawal {
    id: String,
    action: String,
    version: i64,
    title: String,
    number: String,
    call: String,
    grant: String,
    draft: bool,
    /// The partners who will be told, by name; empty for an offer of one organisation.
    partners: String,
    waiting: Waiting,
    findings: Vec<FindingView>,
}

/// `GET /oferty/{offer}/wycofanie`.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn ask_withdraw(may: Allowed<SignOffer>) -> Result<HttpResponse, AppError> {
    withdrawal(&may.ctx, &may.object, StatusCode::OK, Vec::new())
}

fn withdrawal(
    ctx: &Ctx,
    case: &Case,
    status: StatusCode,
    findings: Vec<FindingView>,
) -> Result<HttpResponse, AppError> {
    let offer = &case.offer;
    let partners: Vec<&str> = case.parties.iter().filter(|p| p.takes_part()).map(Party::name).collect();
    let view = Withdrawal {
        id: offer.id.to_string(),
        action: format!("/oferty/{}/wycofanie", offer.id),
        version: offer.version,
        title: view::title_of(offer),
        number: offer.number.clone().unwrap_or_else(|| "jeszcze bez numeru".into()),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        grant: offer.grant.to_string(),
        draft: offer.state == OfferState::Draft,
        partners: partners.join(", "),
        waiting: view::waiting(case, ctx.arrived),
        findings,
    };
    let title = if view.draft { "Usunięcie wersji roboczej" } else { "Wycofanie oferty" };
    let error = if status.is_success() { "" } else { "Błąd: " };
    ctx.page_as(status, "offer/withdraw.html", &format!("{error}{title}"), &view)
}

/// `POST /oferty/{offer}/wycofanie`.
///
/// # Errors
/// `Stale`; what a page can show is shown.
pub async fn withdraw(may: Allowed<SignOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let seen: i64 = form.text("version").parse().map_err(|_| AppError::Stale)?;
    let id = case.offer.id.clone();
    let doing = Doing::new("offer.withdraw", "offer", &id);
    match ctx.deed(doing, move |tx, who, now| take_back(tx, who, &id, seen, now)).await {
        Ok(()) => {
            let draft = case.offer.state == OfferState::Draft;
            let text = if draft { "Wersja robocza jest usunięta." } else { "Oferta jest wycofana." };
            Ok(ctx.see_other(&format!("/oferty/{}", case.offer.id), Some(Flash::ok(text))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            let findings = findings_view(&problems.findings);
            withdrawal(&ctx, &case, StatusCode::UNPROCESSABLE_ENTITY, findings)
        }
    }
}
