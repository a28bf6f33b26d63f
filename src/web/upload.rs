//! Forms with files. Files are read into memory up to the configured limit; what
//! is larger is drained and refused with a sentence.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use futures_util::StreamExt as _;

use super::ctx::Ctx;
use super::form::{Fields, LIMIT, check_token, clean};
use crate::config::Config;
use crate::error::{AppError, FieldErrors};

/// How much of a too large body is drained so that the browser can read the answer.
const DRAIN: usize = 256 * 1024 * 1024;

#[derive(Clone, Debug)]
pub struct UploadedFile {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A form with files that was sent with a valid token.
#[derive(Clone, Debug)]
pub struct Upload {
    pub fields: Fields,
    pub files: Vec<UploadedFile>,
}

impl Upload {
    /// The file of `field`.
    ///
    /// # Errors
    /// `Invalid` when none was chosen.
    pub fn file(&self, field: &str) -> Result<&UploadedFile, AppError> {
        self.files.iter().find(|f| f.field == field && !f.bytes.is_empty()).ok_or_else(|| {
            AppError::Invalid(FieldErrors::of(field, "Wybierz plik. Nie dołączono żadnego albo jest pusty."))
        })
    }
}

/// What a form said beside its files, kept until it is clear that it arrived.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub fields: Fields,
    /// The field and the name of each file.
    pub files: Vec<(String, String)>,
}

impl Typed {
    fn of(upload: &Upload) -> Typed {
        let files = upload.files.iter().map(|f| (f.field.clone(), f.name.clone())).collect();
        Typed { fields: upload.fields.clone(), files }
    }
}

/// Reads what nobody who is signed in sent, so that it can be shown again: the fields are kept, the files are
/// not. What cannot be read is lost, as it was before.
pub(super) async fn keep_typed(req: &mut ServiceRequest, rest: Duration) {
    let headers = req.headers().clone();
    let parts = Multipart::new(&headers, req.take_payload());
    if let Ok(upload) = read(parts, LIMIT, rest, false).await {
        req.extensions_mut().insert(Typed::of(&upload));
    }
}

/// The same for a file that is kept as it is, with its own limit.
#[derive(Clone, Debug)]
pub struct Attached(pub Upload);

type Coming<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

impl FromRequest for Upload {
    type Error = AppError;
    type Future = Coming<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        receive(req, payload, |config| config.upload_mib)
    }
}

impl FromRequest for Attached {
    type Error = AppError;
    type Future = Coming<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let coming = receive(req, payload, |config| config.attachment_mib);
        Box::pin(async move { coming.await.map(Attached) })
    }
}

fn receive(req: &HttpRequest, payload: &mut Payload, mib: fn(&Config) -> u32) -> Coming<Upload> {
    let ctx = Ctx::of(req);
    let parts = Multipart::new(req.headers(), payload.take());
    let request = req.clone();
    Box::pin(async move {
        let ctx = ctx?;
        let mib = usize::try_from(mib(&ctx.state.config)).unwrap_or(10);
        let rest = Duration::from_secs(ctx.state.config.limits.file_rest_seconds.into());
        let upload = read(parts, mib * 1024 * 1024, rest, true).await?;
        request.extensions_mut().insert(Typed::of(&upload));
        check_token(&ctx, upload.fields.text("_token"))?;
        Ok(upload)
    })
}

fn unreadable(e: &dyn std::fmt::Display) -> AppError {
    AppError::Invalid(FieldErrors::of(
        "",
        format!("Nie udało się odczytać przesłanego pliku: {e}. Wyślij go jeszcze raz."),
    ))
}

/// The next piece, which may be long in coming but not stand still.
async fn next<T>(
    coming: &mut (impl futures_util::Stream<Item = T> + Unpin),
    rest: Duration,
) -> Result<Option<T>, AppError> {
    tokio::time::timeout(rest, coming.next()).await.map_err(|_| AppError::TooSlow)
}

/// `limit` holds for what is kept: without the files for the fields alone.
async fn read(mut parts: Multipart, limit: usize, rest: Duration, with_files: bool) -> Result<Upload, AppError> {
    let (mut pairs, mut files, mut total, mut passed) = (Vec::new(), Vec::new(), 0_usize, 0_usize);
    while let Some(part) = next(&mut parts, rest).await? {
        let mut part = part.map_err(|e| unreadable(&e))?;
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.content_disposition().and_then(|d| d.get_filename().map(str::to_owned));
        let keep = with_files || name.is_none();
        let mut bytes = Vec::new();
        while let Some(chunk) = next(&mut part, rest).await? {
            let chunk = chunk.map_err(|e| unreadable(&e))?;
            passed = passed.saturating_add(chunk.len());
            if passed > DRAIN {
                return Err(too_large(limit));
            }
            if !keep {
                continue;
            }
            total = total.saturating_add(chunk.len());
            if total <= limit {
                bytes.extend_from_slice(&chunk);
            }
        }
        match name {
            Some(name) => files.push(UploadedFile { field, name, bytes }),
            None => pairs.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    if total > limit {
        return Err(too_large(limit));
    }
    Ok(Upload { fields: clean(pairs)?, files })
}

fn too_large(limit: usize) -> AppError {
    AppError::TooLarge(format!(
        "Plik jest za duży: dozwolone jest najwyżej {} MiB. Podziel go albo zmniejsz i wyślij ponownie.",
        limit / 1024 / 1024
    ))
}
