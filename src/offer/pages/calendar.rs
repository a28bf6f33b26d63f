//! My calendar: a page that makes and takes away the secret link, and the calendar behind it.

use actix_web::HttpResponse;
use serde::Serialize;

use super::policy::MyOffers;
use crate::account::{self, Actor, Role};
use crate::document::Calendar;
use crate::error::AppError;
use crate::law::{Instant, show_instant};
use crate::offer::store::calendar;
use crate::offer::{calendar_of, calendar_token, make_calendar_link, revoke_calendar_link};
use crate::store::{PersonId, Read};
use crate::web::{Allowed, Ctx, Decision, Doing, Flash, PathIds, Policy, Posted};

/// Whoever holds the link of a calendar.
pub struct CalendarLink;

impl Policy for CalendarLink {
    const NAME: &'static str = "offer.calendar";
    const PUBLIC: bool = true;
    type Object = PersonId;

    fn load(r: &mut Read<'_>, _: &Actor, path: &PathIds, _: Instant) -> Result<PersonId, AppError> {
        calendar::owner(r, &calendar_token(path.text("feed")?))
    }

    fn decide(_: &Actor, _: &PersonId, _: Instant) -> Decision {
        Decision::Yes
    }
}

#[derive(Serialize)]
struct CalendarPage {
    /// When the link was made; empty when there is none.
    since: String,
    /// The new link, shown this once.
    link: String,
    dates: usize,
    /// In an organisation, so that the dates of its offers are there.
    member: bool,
    /// Somebody of the office or of a committee.
    staff: bool,
}

async fn page(ctx: &Ctx, link: String) -> Result<HttpResponse, AppError> {
    let person = ctx.actor.person_id().cloned().ok_or(AppError::Login)?;
    let base = ctx.state.config.base_url.clone();
    let (since, dates) =
        ctx.read(move |r| Ok((calendar::made_at(r, &person)?, calendar_of(r, &person, &base)?.len()))).await?;
    let view = CalendarPage {
        since: since.map(show_instant).unwrap_or_default(),
        link,
        dates,
        member: !ctx.actor.memberships.is_empty(),
        staff: ctx.actor.has_any(&[Role::Officer, Role::Organ, Role::Committee]),
    };
    ctx.page("offer/calendar.html", "Kalendarz z terminami", &view)
}

/// `GET /konto/kalendarz`
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<MyOffers>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, String::new()).await
}

/// `POST /konto/kalendarz`: the answer is the page itself, because the link is shown only once.
///
/// # Errors
/// Those of the database.
pub async fn make(may: Allowed<MyOffers>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let doing = Doing::new("offer.calendar.link", "kalendarz", "własny");
    let token = ctx.deed(doing, make_calendar_link).await?;
    let base = ctx.state.config.base_url.trim_end_matches('/').to_owned();
    page(ctx, format!("{base}/kalendarz/{token}.ics")).await
}

/// `POST /konto/kalendarz/wylaczenie`
///
/// # Errors
/// Those of the database.
pub async fn revoke(may: Allowed<MyOffers>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    let doing = Doing::new("offer.calendar.revoke", "kalendarz", "własny");
    may.ctx.deed(doing, revoke_calendar_link).await?;
    let text = "Adres kalendarza nie działa. Program, który go używał, nie dostanie nowych terminów.";
    Ok(may.ctx.see_other("/konto/kalendarz", Some(Flash::ok(text))))
}

/// `GET /kalendarz/{feed}.ics`
///
/// # Errors
/// `NotFound` for a link that does not work (any more).
pub async fn ics(may: Allowed<CalendarLink>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: person, .. } = may;
    let base = ctx.state.config.base_url.clone();
    let (roles, events) = ctx
        .read(move |r| Ok((account::store::by_id(r, &person)?.person().roles, calendar_of(r, &person, &base)?)))
        .await?;
    let name = if roles.is_empty() { "Moje oferty – Konkurs" } else { "Moje konkursy – Konkurs" };
    let calendar = Calendar { name: name.to_owned(), events };
    Ok(HttpResponse::Ok().content_type("text/calendar; charset=utf-8").body(calendar.ics()))
}
