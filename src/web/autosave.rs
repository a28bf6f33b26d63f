//! What a page needs to save a form by itself (`static/autosave.js`), and what the script is told afterwards.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::{Ctx, error_map};
use crate::account;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, warsaw};

/// What the script of a form needs to know; the form has the fields `version` and `base`.
#[derive(Serialize)]
pub struct AutosaveView {
    url: String,
    /// The name of the copy in the browser, and the key it is closed with.
    copy: String,
    key: String,
    email: String,
}

impl AutosaveView {
    /// For the form that posts to `url`; `about` names the object and `part` the form of it. Nobody who is not signed
    /// in has one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of(ctx: &Ctx, url: String, about: String, part: &str) -> Result<Option<AutosaveView>, AppError> {
        let Some(person) = ctx.actor.person.clone() else { return Ok(None) };
        let copy = format!("konkurs:{about}:{part}:{}", ctx.actor.log_name());
        let key = ctx.read(move |r| account::local_key(r, &person.id, &about)).await?;
        Ok(Some(AutosaveView { url, copy, key, email: ctx.actor.log_name().to_owned() }))
    }
}

/// What was saved.
#[derive(Serialize)]
pub struct Saved<S> {
    /// Of the object as it is now; none while there is none.
    pub version: Option<i64>,
    /// What the form stands on now, where a part is compared by itself.
    pub base: String,
    /// The sums as the server counts them.
    pub sums: Option<S>,
    /// Where rows of the sent form stand now, for the fields that say so (`activities.0.was`).
    pub rows: BTreeMap<String, u32>,
}

#[derive(Serialize)]
struct Said<'a, S> {
    saved_at: String,
    /// Fields that were left out, each with its sentence.
    errors: BTreeMap<String, String>,
    #[serde(flatten)]
    saved: &'a Saved<S>,
}

/// The answer to a save: 422 when `nothing` of it could be kept.
pub fn saved<S: Serialize>(ctx: &Ctx, saved: &Saved<S>, left_out: &FieldErrors, nothing: bool) -> HttpResponse {
    let said =
        Said { saved_at: warsaw(ctx.arrived).format("%H:%M:%S").to_string(), errors: error_map(left_out), saved };
    let status = if nothing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    ctx.json(status, &said)
}

#[derive(Serialize)]
struct Newer {
    error: String,
    stale: bool,
}

/// The answer when something else was saved `at` that time in between: nothing is overwritten.
#[must_use]
pub fn newer(ctx: &Ctx, at: Option<Instant>) -> HttpResponse {
    let when =
        at.map(|at| format!("O {}", warsaw(at).format("%H:%M:%S"))).unwrap_or_else(|| "W międzyczasie".to_owned());
    let error =
        format!("{when} zapisano tu coś innego. Tego, co teraz wpisujesz, nie zapisano i niczego nie nadpisano.");
    ctx.json(StatusCode::CONFLICT, &Newer { error, stale: true })
}
