//! The scans that prove publications: looked at, kept, handed out; and which of them must be chosen again.

use actix_web::HttpResponse;

use super::places::place_fields;
use super::policy::OfficeCall;
use crate::call::{EvidenceFile, Publication};
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::store::documents::{self, Document};
use crate::store::{CallId, DocumentId, Verdict, naive};
use crate::web::{Allowed, AppState, Inspected, Problems, Upload, UploadedFile, inspect};

pub fn chosen<'a>(upload: &'a Upload, field: &str) -> Option<&'a UploadedFile> {
    upload.files.iter().find(|f| f.field == field && !f.bytes.is_empty())
}

/// Says what is wrong with a scan of `place`, before anything else is asked.
pub fn check_scan(file: &UploadedFile, place: &str, e: &mut FieldErrors) {
    if let Err(AppError::Invalid(wrong)) = inspect(file, &file.field) {
        wrong.list().iter().for_each(|one| e.add(file.field.clone(), format!("{place}: {}", one.message)));
    }
}

/// The scans that a form of three places brought: a browser gives none back, so that a form that is shown again must ask
/// for each of them.
pub struct Chosen(Vec<(String, String)>);

impl Chosen {
    pub fn of(upload: &Upload) -> Chosen {
        let of_place = |(field, short): (String, &str)| {
            let file = chosen(upload, &field)?;
            let again = "Przeglądarka nie przechowuje plików z formularza, który wraca do poprawy.";
            Some((field, format!("{short}: wybierz jeszcze raz plik „{}”. {again}", file.name)))
        };
        Chosen(place_fields().iter().map(|f| (f.file(), f.short)).filter_map(of_place).collect())
    }

    /// The problems with a sentence for each scan that has none yet.
    pub fn again(&self, mut problems: Problems) -> Problems {
        for (field, ask) in &self.0 {
            if !problems.errors.list().iter().any(|e| &e.field == field) {
                problems.errors.add(field.clone(), ask.clone());
            }
        }
        problems
    }
}

/// Looks at a scan, has it scanned and keeps its bytes; its row is still to be written. Outside any transaction.
pub fn kept(
    state: &AppState,
    call: &CallId,
    (upload, field): (&Upload, &str),
    by: &str,
    now: Instant,
) -> Result<Option<Document>, AppError> {
    let Some(file) = chosen(upload, field) else { return Ok(None) };
    let refuse = |why: String| AppError::Invalid(FieldErrors::of(field, why));
    let Inspected { name, kind, size, sha256 } = inspect(file, field)?;
    match state.scanner.as_ref().map_or(Verdict::Clean, |scanner| scanner.scan(&file.bytes)) {
        Verdict::Clean => {}
        Verdict::Infected(what) => {
            return Err(refuse(format!(
                "Program antywirusowy znalazł w pliku „{name}” złośliwe oprogramowanie: {what}."
            )));
        }
        Verdict::Away(why) => {
            tracing::warn!(why, "a scan could not be checked");
            return Err(refuse(
                "Program antywirusowy chwilowo nie odpowiada. Wpisz adres strony albo znak adnotacji, a skan dołącz później."
                    .to_owned(),
            ));
        }
    }
    state.files.put(file.bytes.clone())?;
    Ok(Some(Document {
        id: DocumentId::new(),
        owner_kind: "call".to_owned(),
        owner_id: call.to_string(),
        kind: "evidence".to_owned(),
        name,
        media_type: kind.media_type().to_owned(),
        size,
        sha256,
        created_at: naive(now),
        created_by: by.to_owned(),
    }))
}

/// Keeps the scans of all three places and notes each at its publication.
pub fn kept_all(
    state: &AppState,
    call: &CallId,
    upload: &Upload,
    places: &mut [Publication],
    by: &str,
    now: Instant,
) -> Result<Vec<Document>, AppError> {
    let (mut out, mut errors) = (Vec::new(), FieldErrors::new());
    for publication in places {
        let field = format!("{}_file", publication.place.code());
        match kept(state, call, (upload, &field), by, now) {
            Ok(Some(document)) => {
                publication.file = Some(EvidenceFile {
                    document: document.id.clone(),
                    name: document.name.clone(),
                    sha256: document.sha256.clone(),
                });
                out.push(document);
            }
            Ok(None) => {}
            Err(AppError::Invalid(wrong)) => {
                wrong.list().iter().for_each(|one| errors.add(one.field.clone(), one.message.clone()));
            }
            Err(e) => return Err(e),
        }
    }
    errors.finish(Some(out))
}

/// `GET /urzad/konkursy/{call}/dowody/{document}`: a scan that proves a publication.
pub async fn evidence(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    let wanted = may.path.id("document", DocumentId::parse)?;
    let owner = may.object.id.to_string();
    let (bytes, document) = may
        .ctx
        .work(move |state, _, _| {
            let document = state.store.read(|r| documents::find(r, &wanted))?;
            if document.owner_id != owner || document.kind != "evidence" {
                return Err(AppError::NotFound);
            }
            Ok((state.files.get(&document.sha256)?, document))
        })
        .await?;
    Ok(may.ctx.hand_back(bytes, &document.media_type, &document.name))
}
