//! The form of the three places: day, hour and proof of each, the proof being a link, a mark or a scan.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use chrono::NaiveTime;
use serde::Serialize;

use super::policy::OfficeCall;
use crate::call::{EvidenceFile, Place, Publication};
use crate::document::AttachmentKind;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, parse_time, show_time, warsaw, warsaw_date};
use crate::programme::pages::conflict::{Conflict, plainly};
use crate::programme::pages::kit::{date, iso};
use crate::store::documents::{self, Document};
use crate::store::{CallId, DocumentId, Verdict, naive};
use crate::web::{Allowed, AppState, Fields, Inspected, Posted, Upload, UploadedFile, inspect};

/// The rows of the three places, for `call/_places.html`.
#[derive(Serialize)]
pub struct PlaceField {
    code: &'static str,
    label: &'static str,
    short: &'static str,
}

pub fn place_fields() -> Vec<PlaceField> {
    let field = |place: Place| {
        let (label, short) = match place {
            Place::Bip => ("Biuletyn Informacji Publicznej", "BIP"),
            Place::Board => ("Tablica ogłoszeń w siedzibie organu", "Tablica ogłoszeń"),
            Place::Website => ("Strona internetowa organu", "Strona internetowa"),
        };
        PlaceField { code: place.code(), label, short }
    };
    Place::ALL.map(field).into_iter().collect()
}

/// What a scan may be, for the file input.
pub const ACCEPT: &str = AttachmentKind::ACCEPT;

/// An empty form: today, the hour that it is, and `by` as who did it.
pub fn today(version: i64, by: &str, now: Instant) -> Fields {
    let mut fields = Fields::default();
    for place in Place::ALL {
        fields.set(format!("{}_on", place.code()), iso(warsaw_date(now)));
        fields.set(format!("{}_time", place.code()), warsaw(now).format("%H:%M").to_string());
        fields.set(format!("{}_by", place.code()), by);
    }
    fields.set("version", version.to_string());
    fields
}

/// The places that are recorded beside those that were typed. A scan that was chosen is not kept: it is chosen again.
pub fn conflict(title: &str, saved: &[Publication], typed: &[Publication]) -> Conflict {
    Conflict::of(title, &values(saved), &values(typed), |name, value| {
        let (code, end) = name.split_once('_')?;
        let field = place_fields().into_iter().find(|field| field.code == code)?;
        let label = match end {
            "on" => "data publikacji",
            "time" => "godzina publikacji",
            "by" => "kto umieścił",
            _ => "dowód publikacji",
        };
        Some((format!("{}: {label}", field.short), plainly(value)))
    })
}

/// The places as their form holds them.
fn values(places: &[Publication]) -> Fields {
    let mut fields = Fields::default();
    for p in places {
        let code = p.place.code();
        let proof = p.file.as_ref().filter(|_| p.evidence.is_empty()).map(|file| file.name.clone());
        fields.set(format!("{code}_on"), iso(p.on));
        fields.set(format!("{code}_time"), p.time.map(show_time).unwrap_or_default());
        fields.set(format!("{code}_by"), &p.by);
        fields.set(format!("{code}_evidence"), proof.unwrap_or_else(|| p.evidence.clone()));
    }
    fields
}

/// A form of places, with files or without.
pub struct Placed(pub Upload);

impl FromRequest for Placed {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = req.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/") {
            let coming = Upload::from_request(req, payload);
            return Box::pin(async move { coming.await.map(Placed) });
        }
        let coming = Posted::from_request(req, payload);
        Box::pin(async move {
            let Posted(fields) = coming.await?;
            Ok(Placed(Upload { fields, files: Vec::new() }))
        })
    }
}

/// The publications out of a form: `bip_on`, `bip_time`, `bip_by`, `bip_evidence`, `bip_file` and so on; who
/// acts did it where nobody else is named.
pub fn places_of(upload: &Upload, by: &str, e: &mut FieldErrors) -> Vec<Publication> {
    let form = &upload.fields;
    let mut out = Vec::new();
    for place in Place::ALL {
        let name = |end: &str| format!("{}_{end}", place.code());
        let on = date(form.text(&name("on")), &name("on"), "Data publikacji", e);
        let time = hour(form, &name("time"), e);
        let evidence = if chosen(upload, &name("file")).is_some() {
            form.text(&name("evidence")).to_owned()
        } else {
            form.required(&name("evidence"), "Dowód publikacji", e)
        };
        let who = Some(form.text(&name("by"))).filter(|typed| !typed.is_empty()).unwrap_or(by);
        out.extend(on.map(|on| Publication { time, ..Publication::new(place, on, who, &evidence) }));
    }
    out
}

/// An hour as typed; it must be there.
pub fn hour(form: &Fields, name: &str, e: &mut FieldErrors) -> Option<NaiveTime> {
    let typed = form.text(name);
    if typed.is_empty() {
        e.add(name, "Podaj godzinę, np. 10:15.");
        return None;
    }
    e.take(name, parse_time(typed))
}

pub fn chosen<'a>(upload: &'a Upload, field: &str) -> Option<&'a UploadedFile> {
    upload.files.iter().find(|f| f.field == field && !f.bytes.is_empty())
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
    let mut out = Vec::new();
    for publication in places {
        let field = format!("{}_file", publication.place.code());
        if let Some(document) = kept(state, call, (upload, &field), by, now)? {
            publication.file = Some(EvidenceFile {
                document: document.id.clone(),
                name: document.name.clone(),
                sha256: document.sha256.clone(),
            });
            out.push(document);
        }
    }
    Ok(out)
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
