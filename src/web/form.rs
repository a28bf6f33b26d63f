//! Forms: what was typed is kept as ordered pairs, so that it can be shown again
//! exactly, and read by name and row (`costs.0.name`).

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use serde::Serialize;

use super::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;

/// What a form with a token of another session is refused with; the fields of such
/// a form are shown again to be sent on purpose.
pub(super) const OTHER_SESSION: &str =
    "Formularz pochodzi z innej sesji. Wróć do strony, odśwież ją i wyślij formularz jeszcze raz.";

/// Largest form without files, in bytes.
pub(super) const LIMIT: usize = 2 * 1024 * 1024;

/// The fields of one form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    #[must_use]
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Fields {
        Fields(pairs)
    }

    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The value at `name`, trimmed; empty when it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.trim())
    }

    /// Whether `name` was sent at all, also empty.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(k, _)| k == name)
    }

    /// The value at `name` exactly as typed, for passwords.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str())
    }

    /// Every value sent under `name` (checkboxes of one group).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(k, _)| k == name).map(|(_, v)| v.trim())
    }

    /// Whether a checkbox was ticked.
    #[must_use]
    pub fn checked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// A value that must be there.
    pub fn required(&self, name: &str, label: &str, errors: &mut FieldErrors) -> String {
        let value = self.text(name);
        if value.is_empty() {
            errors.add(name, format!("Uzupełnij pole „{label}”."));
        }
        value.to_owned()
    }

    /// The rows of a table: the numbers that occur in `{table}.{n}.…`, in their order.
    #[must_use]
    pub fn rows(&self, table: &str) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for (key, _) in &self.0 {
            let Some(rest) = key.strip_prefix(table).and_then(|k| k.strip_prefix('.')) else { continue };
            let Some((row, _)) = rest.split_once('.') else { continue };
            if row.parse::<u32>().is_ok() && !out.iter().any(|seen| seen == row) {
                out.push(row.to_owned());
            }
        }
        out
    }

    /// The value of a cell: `{table}.{row}.{name}`.
    #[must_use]
    pub fn cell(&self, table: &str, row: &str, name: &str) -> &str {
        let key = format!("{table}.{row}.{name}");
        self.0.iter().find(|(k, _)| *k == key).map_or("", |(_, v)| v.trim())
    }

    /// Whether every cell of a row is empty.
    #[must_use]
    pub fn row_is_empty(&self, table: &str, row: &str) -> bool {
        let prefix = format!("{table}.{row}.");
        self.0.iter().filter(|(k, _)| k.starts_with(&prefix)).all(|(_, v)| v.trim().is_empty())
    }

    /// For templates: `v.f["name"]`; the token and the buttons are left out.
    #[must_use]
    pub fn map(&self) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        for (key, value) in &self.0 {
            if !key.starts_with('_') {
                out.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        out
    }
}

/// A form that was sent with a valid token.
pub struct Posted(pub Fields);

/// The same, and when the last byte of it was there, before anything waited.
pub struct PostedWhole(pub Fields, pub Instant);

impl FromRequest for Posted {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let whole = PostedWhole::from_request(req, payload);
        Box::pin(async move { Ok(Posted(whole.await?.0)) })
    }
}

impl FromRequest for PostedWhole {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let ctx = Ctx::of(req);
        // Only such a body is read under a time limit of its own as a form.
        let multipart = req.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
        let config = web::Bytes::from_request(req, payload);
        Box::pin(async move {
            let ctx = ctx?;
            if multipart {
                let why = "Ten formularz nie przyjmuje plików. Odśwież stronę i wyślij go jeszcze raz.";
                return Err(AppError::Invalid(FieldErrors::of("", why)));
            }
            let body = config.await.map_err(|_| too_large())?;
            if body.len() > LIMIT {
                return Err(too_large());
            }
            let fields = read(&body)?;
            check_token(&ctx, fields.text("_token"))?;
            Ok(PostedWhole(fields, ctx.whole))
        })
    }
}

pub(super) fn too_large() -> AppError {
    AppError::TooLarge(format!(
        "Formularz jest większy niż {} MiB. Skróć opisy albo dodaj je jako załącznik.",
        LIMIT / 1024 / 1024
    ))
}

/// Reads a urlencoded body; control characters (a NUL in a name) are refused by name.
pub(super) fn read(body: &[u8]) -> Result<Fields, AppError> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body)
        .map_err(|e| AppError::Invalid(FieldErrors::of("", format!("Nie udało się odczytać formularza: {e}"))))?;
    clean(pairs)
}

/// Line ends become `\n`; other control characters are refused with the field's name.
pub(super) fn clean(pairs: Vec<(String, String)>) -> Result<Fields, AppError> {
    let mut errors = FieldErrors::new();
    let mut out = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        let value = value.replace("\r\n", "\n").replace('\r', "\n");
        if let Some(bad) = value.chars().find(|c| c.is_control() && *c != '\n' && *c != '\t') {
            errors.add(
                key.clone(),
                format!(
                    "Pole „{key}” zawiera niewidoczny znak sterujący (U+{:04X}). Usuń go albo wpisz tekst ręcznie.",
                    u32::from(bad)
                ),
            );
        }
        out.push((key, value));
    }
    errors.finish(Some(Fields(out)))
}

pub(super) fn check_token(ctx: &Ctx, sent: &str) -> Result<(), AppError> {
    use subtle::ConstantTimeEq as _;
    if bool::from(sent.as_bytes().ct_eq(ctx.token.as_bytes())) {
        return Ok(());
    }
    Err(AppError::forbidden(OTHER_SESSION))
}
