//! The audit log, newest first.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use serde::Serialize;

use super::Oversee;
use crate::audit;
use crate::error::AppError;
use crate::law::show_instant_seconds;
use crate::store::{Read, instant, sealed_offers};
use crate::web::Allowed;

/// Rows on one page.
const PAGE: i64 = 50;

#[derive(Serialize)]
struct Line {
    seq: i64,
    at: String,
    actor: String,
    deed: String,
    detail: String,
    refused: bool,
    hash: String,
}

#[derive(Serialize)]
struct Page {
    rows: Vec<Line>,
    older: String,
    newest: bool,
    count: i64,
}

/// Who has an offer in a contest stays hidden until the offers are opened, and what was done to it: while one organisation
/// has a later deadline, it would tell whether that one filed.
fn line(row: audit::Row, sealed: &BTreeSet<String>) -> Line {
    if sealed.contains(&row.object_id) {
        let hidden = "nieujawnione do otwarcia ofert".to_owned();
        let (actor, deed) = (hidden.clone(), "–".to_owned());
        return line(audit::Row { actor, deed, detail: hidden, object_id: String::new(), ..row }, sealed);
    }
    Line {
        seq: row.seq,
        at: show_instant_seconds(instant(row.at)),
        actor: row.actor,
        refused: ["refused", "turned_away"].contains(&row.object_kind.as_str()),
        deed: row.deed,
        detail: row.detail,
        hash: row.hash.chars().take(12).collect(),
    }
}

/// One page of the log; `?przed=` is the number to start below.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<Oversee>) -> Result<HttpResponse, AppError> {
    let before: Option<i64> = may.ctx.asked("przed").parse().ok();
    let look = move |r: &mut Read<'_>| {
        let rows = audit::page(r, before, PAGE)?;
        let sealed = sealed_offers(r, rows.iter().map(|row| row.object_id.as_str()))?;
        Ok((rows, sealed, audit::count(r)?))
    };
    let (rows, sealed, count) = may.ctx.read(look).await?;
    let last = rows.last().map_or(0, |row| row.seq);
    let older = if last > 1 { format!("/urzad/dziennik?przed={last}") } else { String::new() };
    let view =
        Page { rows: rows.into_iter().map(|row| line(row, &sealed)).collect(), older, newest: before.is_none(), count };
    may.ctx.page("account/log.html", "Dziennik zdarzeń", &view)
}
