//! The documents an organisation keeps: uploaded one at a time, read by its members only.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::NaiveDate;
use serde::Serialize;

use super::mine::{EditOrg, MyOrg};
use crate::account::{self, DocumentKind, OrgDocument, OrgRole, Organisation, store};
use crate::document::AttachmentKind;
use crate::error::{AppError, FieldErrors};
use crate::law::{parse_date, show_date, warsaw_date};
use crate::store::{DocumentId, OrgId, Verdict, documents};
use crate::web::{
    Allowed, AppState, Attached, Choice, Ctx, Doing, ErrorLink, Fields, Flash, Inspected, Posted, error_links,
    error_map, inspect, option_list, shown_size, sort_problems,
};

#[derive(Serialize)]
struct Line {
    name: String,
    kind: &'static str,
    issued: String,
    valid: String,
    /// The last day has passed.
    ended: bool,
    file: String,
    href: String,
    remove: String,
}

#[derive(Serialize)]
struct Page {
    org: String,
    back: String,
    action: String,
    may_edit: bool,
    documents: Vec<Line>,
    kinds: Vec<Choice>,
    accept: &'static str,
    list: &'static str,
    most_mb: u32,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

fn base(org: &OrgId) -> String {
    format!("/konto/organizacja/{org}/dokumenty")
}

fn line(org: &OrgId, d: &OrgDocument, today: NaiveDate) -> Line {
    Line {
        name: d.name.clone(),
        kind: d.kind.label(),
        issued: d.issued_on.map(show_date).unwrap_or_default(),
        valid: d.valid_until.map_or_else(|| "bezterminowo".to_owned(), show_date),
        ended: d.valid_until.is_some_and(|end| end < today),
        file: format!("{}, {}", d.file_name, shown_size(d.size)),
        href: format!("{}/{}", base(org), d.file),
        remove: format!("{}/{}/usuniecie", base(org), d.file),
    }
}

async fn page(
    ctx: &Ctx,
    id: &OrgId,
    status: StatusCode,
    form: &Fields,
    errors: &FieldErrors,
) -> Result<HttpResponse, AppError> {
    let wanted = id.clone();
    let org: Organisation = ctx.read(move |r| store::organisation(r, &wanted)).await?;
    let today = warsaw_date(ctx.arrived);
    let view = Page {
        back: format!("/konto/organizacja?org={id}"),
        action: base(id),
        may_edit: ctx.actor.member_of(id).is_some_and(|m| m.role == OrgRole::Owner),
        documents: org.content.documents.iter().map(|d| line(id, d, today)).collect(),
        kinds: option_list(DocumentKind::ALL.map(|kind| (kind.code(), kind.label()))),
        accept: AttachmentKind::ACCEPT,
        list: AttachmentKind::LIST,
        most_mb: ctx.state.config.attachment_mib,
        f: form.map(),
        e: error_map(errors),
        errors: error_links(errors),
        org: org.name,
    };
    let title = if errors.is_empty() { "Dokumenty organizacji" } else { "Błąd: Dokumenty organizacji" };
    ctx.page_as(status, "account/documents.html", title, &view)
}

/// The list.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<MyOrg>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, &may.object, StatusCode::OK, &Fields::default(), &FieldErrors::new()).await
}

/// Kind, name and dates; all errors at once.
struct About {
    kind: DocumentKind,
    name: String,
    issued_on: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
}

fn about(form: &Fields, errors: &mut FieldErrors) -> Option<About> {
    let kind = DocumentKind::parse(form.text("kind"));
    if kind.is_none() {
        errors.add("kind", "Wybierz rodzaj dokumentu.");
    }
    let name = form.required("name", "Nazwa", errors);
    if name.chars().count() > 200 {
        errors.add("name", "Nazwa może mieć najwyżej 200 znaków.");
    }
    let mut date = |field: &str| {
        let typed = form.text(field);
        if typed.is_empty() { None } else { errors.take(field, parse_date(typed)) }
    };
    let (issued_on, valid_until) = (date("issued_on"), date("valid_until"));
    if let (Some(from), Some(to)) = (issued_on, valid_until)
        && to < from
    {
        errors.add("valid_until", format!("Koniec ważności jest przed datą wystawienia ({}).", show_date(from)));
    }
    Some(About { kind: kind?, name, issued_on, valid_until })
}

/// Refuses a file that carries malware or could not be looked at.
fn scanned(state: &AppState, bytes: &[u8]) -> Result<(), AppError> {
    let why = match state.scanner.as_ref().map_or(Verdict::Clean, |scanner| scanner.scan(bytes)) {
        Verdict::Clean => return Ok(()),
        Verdict::Infected(name) => format!("Program antywirusowy znalazł w pliku złośliwe oprogramowanie: {name}."),
        Verdict::Away(reason) => {
            tracing::warn!(reason, "a document could not be scanned");
            "Program antywirusowy chwilowo nie odpowiada. Dodaj plik za kilka minut.".to_owned()
        }
    };
    Err(AppError::Invalid(FieldErrors::of("file", why)))
}

/// Keeps one document.
///
/// # Errors
/// Those of the database; what the page can show is shown.
pub async fn add(may: Allowed<EditOrg>, sent: Result<Attached, AppError>) -> Result<HttpResponse, AppError> {
    let (ctx, id) = (&may.ctx, may.object.clone());
    let (form, done) = match sent {
        Ok(Attached(upload)) => {
            let form = upload.fields.clone();
            let doing = Doing::new("account.document.add", "organisation", &id);
            let done = ctx
                .work_deed(doing, move |state, who, now| {
                    let mut errors = FieldErrors::new();
                    let about = about(&upload.fields, &mut errors);
                    let file = errors_of(upload.file("file"), &mut errors);
                    let seen = file.and_then(|file| errors_of(inspect(file, "file"), &mut errors));
                    let (about, file, seen) = errors.finish(about.zip(file).zip(seen)).map(|((a, f), s)| (a, f, s))?;
                    account::has_room(&state.store.read(|r| store::organisation(r, &id))?, &seen.sha256)?;
                    scanned(state, &file.bytes)?;
                    state.files.put(file.bytes.clone())?;
                    let (new, media_type) = document(about, seen);
                    let name = new.name.clone();
                    state.store.write(|tx| account::add_document(tx, who, &id, new, media_type, now))?;
                    Ok(name)
                })
                .await;
            (form, done)
        }
        Err(e) => (Fields::default(), Err(e)),
    };
    match done {
        Ok(name) => {
            let text = format!("Dokument „{name}” jest na liście.");
            Ok(ctx.see_other(&base(&may.object), Some(Flash::ok(text))))
        }
        Err(AppError::TooLarge(why)) => {
            page(ctx, &may.object, StatusCode::PAYLOAD_TOO_LARGE, &form, &FieldErrors::of("file", why)).await
        }
        Err(e) => {
            let errors = sort_problems(e)?.errors;
            page(ctx, &may.object, StatusCode::UNPROCESSABLE_ENTITY, &form, &errors).await
        }
    }
}

/// Keeps the errors of a form and passes the value on.
fn errors_of<T>(result: Result<T, AppError>, errors: &mut FieldErrors) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(AppError::Invalid(more)) => {
            more.list().iter().for_each(|e| errors.add(e.field.clone(), e.message.clone()));
            None
        }
        Err(e) => {
            errors.add("file", e.reason());
            None
        }
    }
}

fn document(about: About, seen: Inspected) -> (OrgDocument, &'static str) {
    let new = OrgDocument {
        file: DocumentId::new(),
        kind: about.kind,
        name: about.name,
        issued_on: about.issued_on,
        valid_until: about.valid_until,
        file_name: seen.name,
        size: seen.size,
        sha256: seen.sha256,
    };
    (new, seen.kind.media_type())
}

/// One document, to keep.
///
/// # Errors
/// `NotFound` for what is not on the list.
pub async fn download(may: Allowed<MyOrg>) -> Result<HttpResponse, AppError> {
    let (org, id) = (may.object.clone(), may.path.id("document", DocumentId::parse)?);
    let (bytes, kept) = may
        .ctx
        .work(move |state, _, _| {
            let kept = state.store.read(|r| {
                let listed = store::organisation(r, &org)?.content.documents.iter().any(|d| d.file == id);
                if listed { documents::find(r, &id) } else { Err(AppError::NotFound) }
            })?;
            Ok((state.files.get(&kept.sha256)?, kept))
        })
        .await?;
    Ok(may.ctx.hand_back(bytes, &kept.media_type, &kept.name))
}

/// Takes a document off the list.
///
/// # Errors
/// `NotFound` for what is not on the list.
pub async fn remove(may: Allowed<EditOrg>, _form: Posted) -> Result<HttpResponse, AppError> {
    let (org, id) = (may.object.clone(), may.path.id("document", DocumentId::parse)?);
    let doing = Doing::new("account.document.remove", "organisation", &org);
    may.ctx.deed(doing, move |tx, who, now| account::remove_document(tx, who, &org, &id, now)).await?;
    let text = "Dokument usunięty z listy. Oferty, do których był dołączony, mają go dalej.";
    Ok(may.ctx.see_other(&base(&may.object), Some(Flash::ok(text))))
}
