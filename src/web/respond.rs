//! How each error looks to a person: status, page, and what is logged. Only faults
//! of the program are logged as errors, once, here, with the id the page shows.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LOCATION, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError, web};
use serde::Serialize;

use super::components::{ErrorLink, FindingView, error_map, findings_view};
use super::ctx::Ctx;
use super::form::{self, OTHER_SESSION};
use super::upload::Typed;
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
            AppError::TooMany(_) | AppError::Crowded { own: true, .. } => StatusCode::TOO_MANY_REQUESTS,
            AppError::TooSlow => StatusCode::REQUEST_TIMEOUT,
            AppError::Busy | AppError::Unavailable(_) | AppError::Crowded { own: false, .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
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
        AppError::TooMany(seconds) => AppError::TooMany(*seconds),
        AppError::Busy => AppError::Busy,
        AppError::Crowded { own, why } => AppError::Crowded { own: *own, why: why.clone() },
        AppError::TooSlow => AppError::TooSlow,
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
    carry: Vec<Carried>,
    carry_to: String,
    /// Where to go after signing in when nothing is carried.
    next: String,
    /// A file was sent along; it cannot be carried.
    file: bool,
}

/// A field that travels through the sign-in page untouched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Carried {
    pub name: String,
    pub value: String,
    /// The field of a file that has to be chosen again; the value is the name of the file. Empty for what was typed.
    pub file: String,
}

/// Before the field of a file among what is carried.
const FILE: &str = "_file.";

impl Carried {
    #[must_use]
    pub fn new(name: &str, value: &str) -> Carried {
        let file = name.strip_prefix(FILE).unwrap_or_default().to_owned();
        Carried { name: name.to_owned(), value: value.to_owned(), file }
    }
}

/// What a writing request sent, kept until it is clear that it arrived.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    pub body: web::Bytes,
    /// The page of ours that the form stood on.
    pub from: String,
    pub file: bool,
    /// What a form with files said beside them.
    pub typed: Typed,
}

impl Sent {
    /// The fields to carry; passwords of account forms are typed anew.
    fn carried(&self, path: &str) -> Vec<Carried> {
        if path.starts_with("/konto/haslo") || path.starts_with("/konto/nowe-haslo") {
            return Vec::new();
        }
        let read = if self.file { Ok(self.typed.fields.clone()) } else { form::read(&self.body) };
        let fields = read.unwrap_or_default();
        let typed = fields.pairs().iter().filter(|(name, _)| name != "_token");
        let files = self.typed.files.iter().map(|(field, name)| Carried::new(&format!("{FILE}{field}"), name));
        typed.map(|(name, value)| Carried::new(name, value)).chain(files).collect()
    }
}

/// Whether a text is a path of this site, so that a form or a link may lead there.
#[must_use]
pub fn own_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\t', '\n', '\r', '\0'])
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
        AppError::Invalid(_) => {
            ("Popraw formularz", "Formularz zawiera błędy:".into(), "Wróć do formularza i popraw je.")
        }
        AppError::Refused(_) => {
            ("Przepisy na to nie pozwalają", "Sprawdzenie wykazało:".into(), "Usuń przyczynę i spróbuj ponownie.")
        }
        AppError::TooLarge(what) => ("Za duży plik lub formularz", what.clone(), "Nic nie zostało zapisane."),
        AppError::TooMany(seconds) => (
            "Za dużo zapisów naraz",
            format!(
                "Z tego konta przyszło w krótkim czasie bardzo dużo zapisów, więc tego ostatniego nie wykonano. \
                 Spróbuj ponownie za {seconds} s. Inne konta działają bez przeszkód."
            ),
            "Odczekaj chwilę i spróbuj ponownie. Nic nie zostało zapisane.",
        ),
        AppError::Crowded { why, .. } => {
            ("Za dużo plików naraz", why.clone(), "Wróć do formularza i wybierz plik jeszcze raz.")
        }
        AppError::Busy => (
            "Bardzo duży ruch",
            "Tyle osób korzysta z serwisu w tej chwili, że tego żądania nie wykonano. Spróbuj ponownie za 2 s.".into(),
            "Odczekaj chwilę i spróbuj ponownie. Nic nie zostało zapisane.",
        ),
        AppError::TooSlow => (
            "Połączenie jest za wolne",
            "Dane przestały napływać, zanim dotarły w całości, więc ich nie zapisano.".into(),
            "Sprawdź połączenie z internetem i wyślij formularz jeszcze raz przyciskiem „Wstecz”.",
        ),
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

/// Faults are errors in the log; a missing database is a warning; the rest is everyday life.
fn log(ctx: &Ctx, e: &AppError) {
    if let AppError::Internal(source) = e {
        tracing::error!(request = ctx.request_id, path = ctx.path, error = %source, "internal error");
    } else if let AppError::Unavailable(why) = e {
        tracing::warn!(request = ctx.request_id, path = ctx.path, why, "unavailable");
    }
}

/// A refusal may end with a line of its own: the path of the page that helps.
fn way_in(text: String) -> (String, Option<String>) {
    match text.rsplit_once('\n') {
        Some((why, path)) if path.starts_with('/') => (why.to_owned(), Some(path.to_owned())),
        Some(_) | None => (text, None),
    }
}

fn unlinked(errors: &FieldErrors) -> Vec<ErrorLink> {
    errors.list().iter().map(|f| ErrorLink { href: String::new(), message: f.message.clone() }).collect()
}

pub(super) fn error_page(ctx: &Ctx, e: &AppError, sent: &Sent, reading: bool) -> HttpResponse {
    log(ctx, e);
    if ctx.script {
        return told(ctx, e);
    }
    let login = matches!(e, AppError::Login);
    if login && reading {
        let next = serde_urlencoded::to_string([("next", ctx.address())]).unwrap_or_default();
        return HttpResponse::SeeOther().insert_header((LOCATION, format!("/konto/logowanie?{next}"))).finish();
    }
    let (heading, text, way_out) = words(e);
    let (text, way) = way_in(text);
    let other_session = matches!(e, AppError::Forbidden(why) if why == OTHER_SESSION) && ctx.actor.person.is_some();
    // Whoever came at the wrong moment sends the same again; what stands beside a password is typed anew.
    let secret = ctx.path.starts_with("/konto/") && !ctx.path.starts_with("/konto/organizacja");
    let again =
        matches!(e, AppError::TooMany(_) | AppError::Busy | AppError::Crowded { .. } | AppError::Unavailable(_))
            && !secret;
    let carry = if login || other_session || again { sent.carried(&ctx.path) } else { Vec::new() };
    let (template, heading) = match (login, carry.is_empty()) {
        (true, _) => ("account/sign_in_again.html", heading),
        (false, false) => ("account/resume.html", "Wpisane dane czekają na wysłanie"),
        (false, true) => ("error.html", heading),
    };
    let view = ErrorPage {
        status: e.status_code().as_u16(),
        text,
        steps: vec![way_out],
        label: if way.is_some() { "Przejdź tam" } else { "Strona główna" },
        href: way.unwrap_or_else(|| "/".to_owned()),
        errors: if let AppError::Invalid(errors) = e { unlinked(errors) } else { Vec::new() },
        findings: if let AppError::Refused(findings) = e { findings_view(findings) } else { Vec::new() },
        carry_to: if carry.is_empty() { String::new() } else { ctx.address() },
        carry,
        next: sent.from.clone(),
        file: sent.file,
    };
    let mut page = ctx.page_as(e.status_code(), template, heading, &view).unwrap_or_else(|e| {
        tracing::error!(error = %e, "the error page itself failed");
        bare(&e)
    });
    come_again(&mut page, e);
    page
}

/// Says after how many seconds coming again makes sense.
fn come_again(answer: &mut HttpResponse, e: &AppError) {
    let seconds = match e {
        AppError::TooMany(seconds) => *seconds,
        AppError::Busy => 2,
        AppError::Unavailable(_) | AppError::Crowded { .. } => 5,
        AppError::Login
        | AppError::Forbidden(_)
        | AppError::NotFound
        | AppError::Stale
        | AppError::Taken(_)
        | AppError::Invalid(_)
        | AppError::Refused(_)
        | AppError::TooLarge(_)
        | AppError::TooSlow
        | AppError::Internal(_) => return,
    };
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
}

/// What a script reads when a deed failed. The form token of the session is there, so that a form that
/// was opened in another one can be sent again.
#[derive(Serialize)]
struct Told<'a> {
    error: String,
    token: &'a str,
    /// Who is signed in now; empty for nobody.
    email: &'a str,
    other_session: bool,
    errors: BTreeMap<String, String>,
}

fn told(ctx: &Ctx, e: &AppError) -> HttpResponse {
    let (heading, text, _) = words(e);
    let errors = if let AppError::Invalid(errors) = e { error_map(errors) } else { BTreeMap::new() };
    let mut error = format!("{heading}. {}", way_in(text).0);
    if let AppError::Refused(findings) = e {
        findings.iter().for_each(|f| error.push_str(&format!(" {} {}", f.found, f.hint)));
    }
    let told = Told {
        error,
        token: &ctx.token,
        email: ctx.actor.person.as_ref().map_or("", |p| p.email.as_str()),
        other_session: matches!(e, AppError::Forbidden(why) if why == OTHER_SESSION),
        errors,
    };
    let mut answer = ctx.json(e.status_code(), &told);
    come_again(&mut answer, e);
    answer
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
    if let AppError::Invalid(errors) = e {
        return Ok(Problems { errors, findings: Vec::new() });
    }
    if let AppError::Refused(findings) = e {
        return Ok(Problems { errors: FieldErrors::new(), findings });
    }
    Err(e)
}

/// The answer for a path that no route has.
///
/// # Errors
/// Always `NotFound`.
pub async fn not_found() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
