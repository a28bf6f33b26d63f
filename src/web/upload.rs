//! Forms with files. Files are read into memory up to the configured limit; what
//! is larger is drained and refused with a sentence.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use futures_util::StreamExt as _;

use super::ctx::Ctx;
use super::form::{Fields, LIMIT, check_token, clean};
use super::gate::Gate;
use super::memory::Hold;
use super::state::AppState;
use crate::config::Config;
use crate::error::{AppError, FieldErrors};

/// How much of a too large body is drained so that the browser can read the answer.
const DRAIN: usize = 256 * MIB;
const MIB: usize = 1024 * 1024;

/// Most parts of one form: each of them takes memory, however little it says.
const PARTS: usize = 1_000;

/// How much of a form is kept and drained, and how long it may take.
#[derive(Clone, Copy)]
struct Bounds {
    /// Bytes that are kept, names counted; without the files those of the fields alone.
    kept: usize,
    /// Bytes that may come at all.
    drained: usize,
    with_files: bool,
    /// How long it may stand still.
    rest: Duration,
    /// How long it may take in all.
    whole: Duration,
}

impl Bounds {
    /// Of a form with files of at most `mib`.
    fn of_files(config: &Config, mib: u32) -> Bounds {
        Bounds {
            kept: bytes(mib),
            drained: DRAIN,
            with_files: true,
            rest: seconds(config.limits.file_rest_seconds),
            whole: seconds(config.limits.file_seconds),
        }
    }

    /// Of what nobody who is signed in sends: as much as one file may have, and no longer than a form without files.
    fn of_nobody(config: &Config) -> Bounds {
        Bounds {
            kept: LIMIT,
            drained: LIMIT.saturating_add(bytes(config.attachment_mib.max(config.upload_mib))),
            with_files: false,
            rest: seconds(config.limits.file_rest_seconds),
            whole: seconds(config.limits.form_seconds),
        }
    }
}

fn bytes(mib: u32) -> usize {
    usize::try_from(mib).unwrap_or(10).saturating_mul(MIB)
}

fn seconds(n: u32) -> Duration {
    Duration::from_secs(n.into())
}

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
/// not. What cannot be read is lost.
pub(super) async fn keep_typed(req: &mut ServiceRequest, state: &AppState) {
    let headers = req.headers().clone();
    let parts = Multipart::new(&headers, req.take_payload());
    if let Ok((upload, _)) = read(parts, Bounds::of_nobody(&state.config), state.memory.hold()).await {
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
        let config = &ctx.state.config;
        let (upload, hold) = read(parts, Bounds::of_files(config, mib(config)), ctx.state.memory.hold()).await?;
        request.extensions_mut().insert(Typed::of(&upload));
        request.extensions_mut().insert(hold); // until this request is answered
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

/// Within its whole time, or not at all.
async fn read(parts: Multipart, bounds: Bounds, hold: Hold) -> Result<(Upload, Hold), AppError> {
    tokio::time::timeout(bounds.whole, collect(parts, bounds, hold)).await.map_err(|_| AppError::TooSlow)?
}

async fn collect(mut parts: Multipart, bounds: Bounds, hold: Hold) -> Result<(Upload, Hold), AppError> {
    let mut got =
        Got { bounds, pairs: Vec::new(), files: Vec::new(), kept: 0, drained: 0, parts: 0, hold, crowded: None };
    while let Some(part) = next(&mut parts, bounds.rest).await? {
        got.take(part.map_err(|e| unreadable(&e))?).await?;
    }
    if got.kept > bounds.kept {
        return Err(too_large(bounds.kept));
    }
    if let Some(name) = got.crowded {
        return Err(no_memory(&name));
    }
    Ok((Upload { fields: clean(got.pairs)?, files: got.files }, got.hold))
}

/// What came so far.
struct Got {
    bounds: Bounds,
    pairs: Vec<(String, String)>,
    files: Vec<UploadedFile>,
    kept: usize,
    drained: usize,
    parts: usize,
    hold: Hold,
    /// The name of the file for which there was no memory any more.
    crowded: Option<String>,
}

impl Got {
    async fn take(&mut self, mut part: Field) -> Result<(), AppError> {
        self.parts += 1;
        if self.parts > PARTS {
            return Err(AppError::TooLarge(format!("Formularz ma więcej niż {PARTS} pól. Podziel go na mniejsze.")));
        }
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.content_disposition().and_then(|d| d.get_filename().map(str::to_owned));
        let head: usize = part.headers().iter().map(|(k, v)| k.as_str().len() + v.len()).sum();
        self.drain(head)?;
        let names = field.len().saturating_add(name.as_ref().map_or(0, String::len));
        let mut fits = self.keep(names);
        let (mut bytes, wanted) = (Vec::new(), self.bounds.with_files || name.is_none());
        while let Some(chunk) = next(&mut part, self.bounds.rest).await? {
            let chunk = chunk.map_err(|e| unreadable(&e))?;
            self.drain(chunk.len())?;
            fits = fits && (!wanted || self.keep(chunk.len()));
            if fits && wanted && !self.hold.grow(self.kept) {
                self.crowded = Some(name.clone().unwrap_or_default());
                fits = false;
            }
            if wanted && fits {
                bytes.extend_from_slice(&chunk);
            }
        }
        match name {
            _ if !fits => {}
            Some(name) => self.files.push(UploadedFile { field, name, bytes }),
            None => self.pairs.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
        Ok(())
    }

    /// Counts what passed; what is too large is not waited for without end.
    fn drain(&mut self, bytes: usize) -> Result<(), AppError> {
        self.drained = self.drained.saturating_add(bytes);
        if self.drained > self.bounds.drained { Err(too_large(self.bounds.kept)) } else { Ok(()) }
    }

    /// Counts what is to be kept; whether there is room for it.
    fn keep(&mut self, bytes: usize) -> bool {
        self.kept = self.kept.saturating_add(bytes);
        self.kept <= self.bounds.kept
    }
}

/// An account that holds all its places among the files; nobody else is refused for it.
pub(super) fn too_many_of_account(uploads: &Gate) -> AppError {
    let why = format!(
        "Tego pliku nie odebrano: granica plików wysyłanych naraz z jednego konta ({}) jest już osiągnięta. \
         Poczekaj, aż któryś dotrze, albo zamknij okno, w którym wysyłanie stanęło, i wyślij ten plik ponownie. \
         Inne konta działają bez przeszkód.",
        uploads.each()
    );
    AppError::Crowded { own: true, why }
}

/// All memory for large files is taken.
fn no_memory(name: &str) -> AppError {
    let why = format!(
        "Pliku „{name}” nie przyjęto: w tej chwili przychodzi tyle dużych plików, że zajęły całe przeznaczone dla nich \
         miejsce w pamięci serwera. Wyślij go ponownie za chwilę. Plik do 1 MB zmieści się zawsze."
    );
    AppError::Crowded { own: false, why }
}

fn too_large(limit: usize) -> AppError {
    AppError::TooLarge(format!(
        "Plik jest za duży: dozwolone jest najwyżej {} MiB. Podziel go albo zmniejsz i wyślij ponownie.",
        limit / MIB
    ))
}
