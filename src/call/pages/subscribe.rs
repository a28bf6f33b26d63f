//! What calendars and readers of news subscribe to.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};

use super::policy::{PublicCall, PublicCalls};
use crate::call::{self, store};
use crate::document::{Calendar, Feed, urn};
use crate::error::AppError;
use crate::web::Allowed;

/// `GET /konkursy/{call}/kalendarz.ics`: the dates of one contest.
pub async fn ics(may: Allowed<PublicCall>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: call, .. } = may;
    let id = call.id.clone();
    let versions = ctx.read(move |r| store::versions(r, &id)).await?;
    let events = call::calendar(&call, &versions, &ctx.state.config.base_url);
    let calendar = Calendar { name: format!("Konkurs {}", call.number()), events };
    let name = format!("attachment; filename=\"konkurs-{}.ics\"", call.number().replace('/', "-"));
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(calendar.ics()))
}

/// `GET /konkursy.atom`
pub async fn atom(may: Allowed<PublicCalls>) -> Result<HttpResponse, AppError> {
    let config = &may.ctx.state.config;
    let base = config.base_url.trim_end_matches('/').to_owned();
    let (office, from) = (config.office.name.clone(), base.clone());
    let entries = may.ctx.read(move |r| call::feed(r, &from)).await?;
    let feed = Feed {
        id: urn(&format!("{base}/konkursy.atom")),
        title: format!("Otwarte konkursy ofert – {office}"),
        author: office,
        url: format!("{base}/konkursy.atom"),
        page: format!("{base}/konkursy"),
        entries,
    };
    Ok(HttpResponse::Ok()
        .content_type("application/atom+xml; charset=utf-8")
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .body(feed.atom()))
}
