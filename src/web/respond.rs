//! How each error looks to a person: status, page, and what is logged. Only faults
//! of the program are logged as errors, once, here, with the id the page shows.

use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use super::ctx::Ctx;
use super::form::Fields;
use super::view::{FindingView, findings_view};
use crate::error::{AppError, FieldErrors};
use crate::law::Finding;

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            AppError::Login => StatusCode::UNAUTHORIZED,
            AppError::Forbidden(_) => StatusCode::FORBIDDEN,
            AppError::NotFound => StatusCode::NOT_FOUND,
            AppError::Stale | AppError::Taken(_) => StatusCode::CONFLICT,
            AppError::Invalid(_) | AppError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            AppError::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            AppError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            AppError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// The error without its source, so that the page can be made after the handler.
pub(super) fn copy(e: &AppError) -> AppError {
    match e {
        AppError::Login => AppError::Login,
        AppError::Forbidden(why) => AppError::Forbidden(why.clone()),
        AppError::NotFound => AppError::NotFound,
        AppError::Stale => AppError::Stale,
        AppError::Taken(what) => AppError::Taken(what),
        AppError::Invalid(errors) => AppError::Invalid(errors.clone()),
        AppError::Refused(findings) => AppError::Refused(findings.clone()),
        AppError::TooLarge(what) => AppError::TooLarge(what.clone()),
        AppError::Unavailable(why) => AppError::Unavailable(why.clone()),
        AppError::Internal(source) => AppError::internal(source.to_string()),
    }
}

#[derive(Serialize)]
struct ErrorPage {
    status: u16,
    text: String,
    steps: Vec<&'static str>,
    href: String,
    label: &'static str,
    errors: Vec<ErrorLink>,
    findings: Vec<FindingView>,
    carry: Vec<(String, String)>,
    carry_to: String,
}

#[derive(Serialize)]
struct ErrorLink {
    href: String,
    message: String,
}

fn words(e: &AppError) -> (&'static str, String, &'static str) {
    match e {
        AppError::Login => (
            "Zaloguj się",
            "Ta strona jest dla zalogowanych albo Twoja sesja wygasła.".into(),
            "Po zalogowaniu wrócisz do pracy; to, co było wpisane, czeka.",
        ),
        AppError::Forbidden(why) => ("Nie można tego zrobić", why.clone(), "Wróć do poprzedniej strony."),
        AppError::NotFound => (
            "Nie ma takiej strony",
            "Strona nie istnieje albo nie masz do niej dostępu.".into(),
            "Sprawdź adres albo zacznij od strony głównej.",
        ),
        AppError::Stale => (
            "Ktoś zmienił to w międzyczasie",
            "Zapisano już nowszą wersję, więc Twoja zmiana nie nadpisała cudzej.".into(),
            "Wróć, odśwież stronę i wprowadź zmianę w nowszej wersji.",
        ),
        AppError::Taken(what) => ("To już istnieje", (*what).to_owned(), "Wróć do poprzedniej strony."),
        AppError::Invalid(_) => ("Popraw formularz", "Formularz zawiera błędy:".into(), "Wróć do formularza i popraw je."),
        AppError::Refused(_) => {
            ("Przepisy na to nie pozwalają", "Sprawdzenie wykazało:".into(), "Usuń przyczynę i spróbuj ponownie.")
        }
        AppError::TooLarge(what) => ("Za duży plik lub formularz", what.clone(), "Nic nie zostało zapisane."),
        AppError::Unavailable(_) => (
            "Chwilowa przerwa",
            "Baza danych albo dysk chwilowo nie odpowiada. Nic nie zostało zapisane.".into(),
            "Odczekaj chwilę i spróbuj ponownie; wpisane dane wyślesz jeszcze raz przyciskiem „Wstecz”.",
        ),
        AppError::Internal(_) => (
            "Błąd programu",
            "To nie Twoja wina. Błąd został zapisany.".into(),
            "Spróbuj ponownie; jeśli się powtórzy, podaj urzędowi numer zdarzenia.",
        ),
    }
}

/// A refusal may end with a line of its own: the path of the page that helps.
fn way_in(text: String) -> (String, Option<String>) {
    match text.rsplit_once('\n') {
        Some((why, path)) if path.starts_with('/') => (why.to_owned(), Some(path.to_owned())),
        Some(_) | None => (text, None),
    }
}

pub(super) fn error_page(ctx: &Ctx, e: &AppError, typed: Option<&Fields>, reading: bool) -> HttpResponse {
    match e {
        AppError::Internal(source) => {
            tracing::error!(request = ctx.request_id, path = ctx.path, error = %source, "internal error");
        }
        AppError::Unavailable(why) => {
            tracing::warn!(request = ctx.request_id, path = ctx.path, why, "unavailable");
        }
        _ => {}
    }
    if matches!(e, AppError::Login) && reading {
        return HttpResponse::SeeOther().insert_header((LOCATION, "/konto/logowanie")).finish();
    }
    let (heading, text, way_out) = words(e);
    let (text, way) = way_in(text);
    let errors = match e {
        AppError::Invalid(errors) => errors.list().iter().map(|f| ErrorLink { href: String::new(), message: f.message.clone() }).collect(),
        _ => Vec::new(),
    };
    let findings = match e {
        AppError::Refused(findings) => findings_view(findings),
        _ => Vec::new(),
    };
    let carry = typed.map(|f| f.pairs().iter().filter(|(k, _)| k != "_token").cloned().collect()).unwrap_or_default();
    let carry_to = ctx.path.clone();
    let view = ErrorPage {
        status: e.status_code().as_u16(),
        text,
        steps: vec![way_out],
        label: if way.is_some() { "Przejdź tam" } else { "Strona główna" },
        href: way.unwrap_or_else(|| "/".to_owned()),
        errors,
        findings,
        carry,
        carry_to,
    };
    let template = if matches!(e, AppError::Login) { "account/sign_in_again.html" } else { "error.html" };
    match ctx.page_as(e.status_code(), template, heading, &view) {
        Ok(mut page) => {
            if matches!(e, AppError::Unavailable(_)) {
                let wait = actix_web::http::header::HeaderValue::from_static("5");
                page.headers_mut().insert(RETRY_AFTER, wait);
            }
            page
        }
        Err(e) => {
            tracing::error!(error = %e, "the error page itself failed");
            bare(&e)
        }
    }
}

/// Without a page, when nothing else can be said.
pub(super) fn bare(e: &AppError) -> HttpResponse {
    let (heading, text, _) = words(e);
    HttpResponse::build(e.status_code()).content_type("text/plain; charset=utf-8").body(format!("{heading}\n{text}\n"))
}

/// What a form page shows again: errors at fields, or findings of rules.
#[derive(Debug, Default)]
pub struct Problems {
    pub errors: FieldErrors,
    pub findings: Vec<Finding>,
}

/// Sorts what a form can show from what it cannot.
///
/// # Errors
/// Everything that is not about the form's content.
pub fn sort_problems(e: AppError) -> Result<Problems, AppError> {
    match e {
        AppError::Invalid(errors) => Ok(Problems { errors, findings: Vec::new() }),
        AppError::Refused(findings) => Ok(Problems { errors: FieldErrors::new(), findings }),
        other => Err(other),
    }
}

/// The answer for a path that no route has.
///
/// # Errors
/// Always `NotFound`.
pub async fn not_found() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
