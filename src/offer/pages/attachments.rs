//! The files of an offer: what the announcement asks for, each with its own small upload, and
//! where every file stands. The form of the offer is another page, so no upload can harm it.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::attachable::attachable;
use super::pieces;
use super::policy::{Case, EditOffer, OwnOffer, ReadOffer};
use super::view;
use crate::account::{Actor, OrgDocument};
use crate::document::AttachmentKind;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_date, show_instant, warsaw_date};
use crate::offer::model::OfferState;
use crate::offer::pieces::{PIECE, Unfinished};
use crate::offer::{Asked, Attachment, AttachmentState, OTHER, asked, attach, detach, store};
use crate::store::{AttachmentId, DocumentId};
use crate::web::{
    Allowed, Attached, Choice, Ctx, Doing, ErrorLink, Flash, Posted, Upload, UploadedFile, Waiting, error_map,
    option_list, shown_size,
};

#[derive(Serialize)]
struct FileLine {
    name: String,
    size: String,
    state: &'static str,
    tone: &'static str,
    reason: String,
    added: String,
    /// Empty for a file that is not handed out.
    href: String,
    remove: String,
}

#[derive(Serialize)]
struct Place {
    key: String,
    title: String,
    note: String,
    status: &'static str,
    tone: &'static str,
    action: String,
    from_documents: String,
    files: Vec<FileLine>,
    /// Where a large file is announced.
    pieces: String,
    coming: Vec<pieces::Line>,
    error: String,
}

#[derive(Serialize)]
struct Page {
    id: String,
    org: String,
    call: String,
    waiting: Waiting,
    band: String,
    may_edit: bool,
    submitted: bool,
    places: Vec<Place>,
    documents: Vec<Choice>,
    org_documents: String,
    accept: &'static str,
    list: &'static str,
    most_mb: u32,
    most_bytes: u64,
    /// A file larger than this comes in pieces.
    piece_bytes: i64,
    /// Whose session it is, for a script that asks for the password again.
    email: String,
    scans: bool,
    errors: Vec<ErrorLink>,
}

fn path(case: &Case) -> String {
    format!("/oferty/{}/zalaczniki", case.offer.id)
}

fn file_line(case: &Case, a: &Attachment) -> FileLine {
    let tone = match a.state {
        AttachmentState::Accepted => "ok",
        AttachmentState::Quarantined => "warn",
        AttachmentState::Refused => "error",
    };
    let href = format!("{}/plik/{}", path(case), a.id);
    FileLine {
        name: a.name.clone(),
        size: shown_size(a.size),
        state: a.state.label(),
        tone,
        reason: a.reason.clone(),
        added: format!("{}, {}", show_instant(a.added_at), a.added_by),
        remove: format!("{href}/usuniecie"),
        href: if a.state == AttachmentState::Accepted { href } else { String::new() },
    }
}

/// What the page says beside the offer itself.
struct Said<'a> {
    who: &'a Actor,
    coming: Vec<(Unfinished, String)>,
    errors: BTreeMap<String, String>,
}

fn place(case: &Case, want: &Asked, said: &Said<'_>) -> Place {
    let here: Vec<&Attachment> = case.files.iter().filter(|a| a.key == want.key).collect();
    let some = here.iter().any(|a| a.state != AttachmentState::Refused);
    let (status, tone) = match (want.required, some) {
        (_, true) => ("jest", "ok"),
        (true, false) => ("wymagany – brakuje", "warn"),
        (false, false) => ("nieobowiązkowy", "neutral"),
    };
    Place {
        title: want.name.clone(),
        note: want.note.clone(),
        status,
        tone,
        action: format!("{}/{}", path(case), want.key),
        from_documents: format!("{}/{}/z-dokumentow", path(case), want.key),
        files: here.into_iter().map(|a| file_line(case, a)).collect(),
        pieces: format!("{}/{}/czesci", path(case), want.key),
        coming: pieces::lines(case, said.who, &want.key, &said.coming),
        error: said.errors.get(&want.key).cloned().unwrap_or_default(),
        key: want.key.clone(),
    }
}

/// The places in the order of the announcement, and the last one for everything else.
fn places(case: &Case, said: &Said<'_>) -> Vec<Place> {
    let mut all = asked(&case.call.content);
    let others = Asked {
        key: OTHER.to_owned(),
        name: if all.is_empty() { "Załączniki" } else { "Inne załączniki" }.to_owned(),
        required: false,
        note: "To, co Twoim zdaniem pomoże ocenić ofertę.".to_owned(),
    };
    all.push(others);
    all.iter().map(|want| place(case, want, said)).collect()
}

/// The kept documents of the organisation, with the day they end.
fn documents(case: &Case, now: Instant) -> Vec<Choice> {
    let today = warsaw_date(now);
    let label = |d: &OrgDocument| match d.valid_until {
        Some(end) if end < today => format!("{} – nieważny od {}", d.name, show_date(end)),
        Some(end) => format!("{} – ważny do {}", d.name, show_date(end)),
        None => d.name.clone(),
    };
    option_list(case.org.content.documents.iter().map(|d| (d.file.to_string(), label(d))))
}

async fn page(ctx: &Ctx, case: &Case, status: StatusCode, errors: &FieldErrors) -> Result<HttpResponse, AppError> {
    let links = errors.list().iter();
    let id = case.offer.id.clone();
    let coming = ctx.glance(move |r| store::uploads::of_offer(r, &id)).await?;
    let said = Said { who: &ctx.actor, coming, errors: error_map(errors) };
    let most_mb = ctx.state.config.attachment_mib;
    let view = Page {
        id: case.offer.id.to_string(),
        org: case.offer.org_name.clone(),
        call: case.call.number().to_owned(),
        waiting: view::waiting(case, ctx.arrived),
        band: view::open_band(&case.offer),
        may_edit: case.may_edit(ctx.arrived) && case.leads(&ctx.actor),
        submitted: case.offer.state == OfferState::Submitted,
        places: places(case, &said),
        documents: documents(case, ctx.arrived),
        org_documents: format!("/konto/organizacja/{}/dokumenty", case.offer.org),
        accept: AttachmentKind::ACCEPT,
        list: AttachmentKind::LIST,
        most_mb,
        most_bytes: u64::from(most_mb) * 1024 * 1024,
        piece_bytes: PIECE,
        email: ctx.actor.log_name().to_owned(),
        scans: ctx.state.scanner.is_some(),
        errors: links.map(|e| ErrorLink { href: format!("#plik-{}", e.field), message: e.message.clone() }).collect(),
    };
    let title = if errors.is_empty() { "Załączniki" } else { "Błąd: Załączniki" };
    ctx.page_as(status, "offer/attachments.html", title, &view)
}

/// `GET /oferty/{offer}/zalaczniki`.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, &may.object, StatusCode::OK, &FieldErrors::new()).await
}

fn chosen(upload: Upload, key: &str) -> Result<UploadedFile, AppError> {
    let none = || AppError::Invalid(FieldErrors::of(key, "Wybierz plik. Nie dołączono żadnego albo jest pusty."));
    upload.files.into_iter().find(|f| f.field == "file" && !f.bytes.is_empty()).ok_or_else(none)
}

/// `POST /oferty/{offer}/zalaczniki/{key}`: one file. Also what was too large to be read is told here.
///
/// # Errors
/// `NotFound` for a place that nobody asked for; what the page can show is shown.
pub async fn add(may: Allowed<EditOffer>, sent: Result<Attached, AppError>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, path } = may;
    let (key, id) = (path.text("key")?.to_owned(), case.offer.id.clone());
    let place = key.clone();
    let done = match sent {
        Ok(Attached(upload)) => {
            let doing = Doing::new("offer.attachment.add", "offer", &id);
            ctx.work_deed(doing, move |state, who, now| {
                let file = attachable(state, who, (&id, &place), chosen(upload, &place)?, now)?;
                state.store.write(|tx| attach(tx, who, &id, file, now))
            })
            .await
        }
        Err(e) => Err(e),
    };
    answer(&ctx, &case, &key, done).await
}

/// `POST /oferty/{offer}/zalaczniki/{key}/z-dokumentow`: a kept document of the organisation.
///
/// # Errors
/// `NotFound` for a document that is not kept; what the page can show is shown.
pub async fn add_document(may: Allowed<EditOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, path } = may;
    let (key, id) = (path.text("key")?.to_owned(), case.offer.id.clone());
    if form.text("document").is_empty() {
        let none = AppError::Invalid(FieldErrors::of(&key, "Wybierz dokument z listy."));
        return answer(&ctx, &case, &key, Err(none)).await;
    }
    let wanted = DocumentId::parse(form.text("document")).ok_or(AppError::NotFound)?;
    let kept = case.org.content.documents.iter().find(|d| d.file == wanted).cloned().ok_or(AppError::NotFound)?;
    let place = key.clone();
    let done = ctx
        .work_deed(Doing::new("offer.attachment.add", "offer", &id), move |state, who, now| {
            let bytes = state.files.get(&kept.sha256)?;
            let file = UploadedFile { field: "file".into(), name: kept.file_name, bytes };
            let file = attachable(state, who, (&id, &place), file, now)?;
            state.store.write(|tx| attach(tx, who, &id, file, now))
        })
        .await;
    answer(&ctx, &case, &key, done).await
}

pub(super) async fn answer(
    ctx: &Ctx,
    case: &Case,
    key: &str,
    done: Result<Attachment, AppError>,
) -> Result<HttpResponse, AppError> {
    let at_key = |text: String| FieldErrors::of(key, text);
    let (status, errors) = match done {
        Ok(a) => {
            let flash = match a.state {
                AttachmentState::Accepted => Flash::ok(format!("Plik „{}” jest dołączony.", a.name)),
                AttachmentState::Quarantined => Flash::warn(format!("Plik „{}” czeka na sprawdzenie.", a.name)),
                AttachmentState::Refused => Flash::warn(format!("Plik „{}” odrzucono. {}", a.name, a.reason)),
            };
            return Ok(ctx.see_other(&path(case), Some(flash)));
        }
        Err(AppError::TooLarge(why)) => (StatusCode::PAYLOAD_TOO_LARGE, at_key(why)),
        Err(AppError::Taken(why)) => (StatusCode::UNPROCESSABLE_ENTITY, at_key(why.to_owned())),
        Err(AppError::Invalid(errors)) => {
            let all: Vec<&str> = errors.list().iter().map(|e| e.message.as_str()).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, at_key(all.join(" ")))
        }
        Err(e) => return Err(e),
    };
    page(ctx, case, status, &errors).await
}

/// `GET /oferty/{offer}/zalaczniki/plik/{attachment}`: for members every accepted file; for the
/// staff of the office what the version in force froze.
///
/// # Errors
/// `NotFound` for everything else.
pub async fn download(may: Allowed<ReadOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, path } = may;
    let id = path.id("attachment", AttachmentId::parse)?;
    let member = case.is_own(&ctx.actor);
    let (file, bytes) = ctx
        .work(move |state, _, _| {
            let file = state.store.read(|r| {
                if !member {
                    return store::filed_attachment(r, &case.offer, &id);
                }
                let file = store::attachment(r, &id)?;
                let own = file.offer == case.offer.id && file.state == AttachmentState::Accepted;
                if own { Ok(file) } else { Err(AppError::NotFound) }
            })?;
            let bytes = state.files.get(&file.sha256)?;
            Ok((file, bytes))
        })
        .await?;
    Ok(ctx.hand_back(bytes, file.kind.media_type(), &file.name))
}

/// `POST /oferty/{offer}/zalaczniki/plik/{attachment}/usuniecie`.
///
/// # Errors
/// `NotFound` for a file that is gone.
pub async fn remove(may: Allowed<EditOffer>, _form: Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, path: ids } = may;
    let (id, file) = (case.offer.id.clone(), ids.id("attachment", AttachmentId::parse)?);
    let doing = Doing::new("offer.attachment.remove", "offer", &id);
    ctx.deed(doing, move |tx, who, now| detach(tx, who, &id, &file, now)).await?;
    Ok(ctx.see_other(&path(&case), Some(Flash::ok("Plik usunięty z załączników."))))
}
