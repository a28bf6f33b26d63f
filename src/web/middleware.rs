//! What happens to every request, in order: the arrival time, the origin of a writing
//! request, its body with the time of its last byte, the sender from the session; and to
//! every answer: the security headers and the page for an error. Nothing waits for the
//! database before the last byte has its time: a busy server makes nobody late.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, web};

use super::admitted::admitted;
use super::ctx::{Ctx, blocking, cookie, expired};
use super::form;
use super::respond::{self, Sent};
use super::state::AppState;
use super::upload;
use super::watch;
use crate::account::{self, Actor};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::digest;

pub(super) const FLASH_COOKIE: &str = "konkurs-flash";

const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      frame-ancestors 'none'; form-action 'self'";

/// Where a page reports by itself, whether or not anybody sits in front of it: such a request is no activity
/// and does not keep a session alive.
const QUIET: &str = "/obecnosc";

/// What is known of a request before its handler runs.
#[derive(Clone)]
pub(super) struct Visit {
    pub actor: Arc<Actor>,
    pub arrived: Instant,
    /// When the last byte of a form without files was there; of anything else as `arrived`.
    pub whole: Instant,
    pub request_id: String,
    pub token: String,
    pub session: String,
    /// When the session ends in any case.
    pub ends: Option<Instant>,
    pub flash: Option<(String, String)>,
    /// Whether a refusal of this request stands in the log.
    pub logged: Arc<AtomicBool>,
}

/// The name of the session cookie; `__Host-` binds it to this host over https.
#[must_use]
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-konkurs" } else { "konkurs" }
}

/// The cookie that carries a new session.
#[must_use]
pub fn session_cookie(state: &AppState, token: &str) -> actix_web::cookie::Cookie<'static> {
    let secure = state.config.secure();
    cookie(cookie_name(secure), token.to_owned(), secure)
}

/// The cookie that takes the session out of the browser.
#[must_use]
pub fn no_session_cookie(state: &AppState) -> actix_web::cookie::Cookie<'static> {
    let secure = state.config.secure();
    expired(cookie_name(secure), secure)
}

/// The outermost layer.
///
/// # Errors
/// Only those of the server itself; errors of handlers become pages.
pub async fn identify(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(state) = req.app_data::<web::Data<AppState>>().cloned() else {
        return Err(actix_web::error::ErrorInternalServerError("no state"));
    };
    let arrived = state.clock.now();
    let read = match same_origin(&req, &state) {
        Ok(()) => sent(&mut req, &state).await,
        Err(e) => Err(e),
    };
    let whole = state.clock.now();
    let (visit, known) = match visit(&req, &state, arrived).await {
        Ok(visit) => (visit, Ok(())),
        Err(e) => (nobody(arrived), Err(e)),
    };
    req.extensions_mut().insert(Visit { whole, ..visit });
    let mut sent = match known.and(read) {
        Ok(sent) => sent,
        Err(e) => return Ok(turned_away(req.into_parts().0, &e, &Sent::default()).await),
    };
    let nobody = is_nobody(&req);
    if sent.file && nobody {
        keep_typed(&mut req, &state).await;
    }
    // A form on its way holds no place; now that it is here, it needs one.
    let pass = match admitted(&req, &state, sent.file && !nobody) {
        Ok(pass) => pass,
        Err(e) => return Ok(turned_away(req.into_parts().0, &e, &sent).await),
    };
    let res = next.call(req).await?.map_into_boxed_body();
    drop(pass);
    let error = res.response().error().and_then(|e| e.as_error::<AppError>()).map(respond::copy);
    let mut res = match error {
        Some(e) => {
            sent.typed = res.request().extensions_mut().remove().unwrap_or_default();
            turned_away(res.into_parts().0, &e, &sent).await
        }
        None => res,
    };
    sent.tell_arrival(res.response_mut());
    protect(&mut res);
    Ok(res)
}

/// Every page that takes files wants a person, so a form with a file from nobody will be refused. Its fields are read
/// first, for whose session ended meanwhile, but at places of their own: strangers never hold up a file of anybody
/// who is signed in. When those are taken, what was typed is lost.
async fn keep_typed(req: &mut ServiceRequest, state: &AppState) {
    if let Some(_place) = state.strangers.enter() {
        upload::keep_typed(req, state).await;
    }
}

fn is_nobody(req: &ServiceRequest) -> bool {
    req.extensions().get::<Visit>().is_none_or(|visit| visit.actor.person.is_none())
}

/// Keeps what a writing request sends, so that it can be shown again when nobody
/// is signed in any more; the handler reads it afterwards as if it were untouched.
async fn sent(req: &mut ServiceRequest, state: &AppState) -> Result<Sent, AppError> {
    let patience = Duration::from_secs(state.config.limits.form_seconds.into());
    let mut out = Sent::default();
    if !writes(req.method()) {
        return Ok(out);
    }
    let text = |name: HeaderName| req.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let host = text(header::HOST);
    let from = text(header::REFERER).split_once("://").and_then(|(_, rest)| rest.strip_prefix(host));
    out.from = from.filter(|path| respond::own_path(path)).unwrap_or_default().to_owned();
    out.file = text(header::CONTENT_TYPE).starts_with("multipart/");
    if !out.file {
        let body = tokio::time::timeout(patience, req.extract::<web::Bytes>());
        out.body = body.await.map_err(|_| AppError::TooSlow)?.map_err(|_| form::too_large())?;
        let again = futures_util::stream::iter([Ok::<_, actix_web::error::PayloadError>(out.body.clone())]);
        req.set_payload(Payload::Stream { payload: Box::pin(again) });
    }
    Ok(out)
}

pub(super) fn writes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn nobody(arrived: Instant) -> Visit {
    Visit {
        actor: Arc::default(),
        arrived,
        whole: arrived,
        request_id: request_id(),
        token: String::new(),
        session: String::new(),
        ends: None,
        flash: None,
        logged: Arc::default(),
    }
}

fn request_id() -> String {
    uuid::Uuid::now_v7().simple().to_string().chars().rev().take(10).collect()
}

/// The form token of a session: nobody who lacks the session can tell it.
pub(super) fn form_token(session: &str) -> String {
    digest(&format!("form:{session}"))
}

async fn visit(req: &ServiceRequest, state: &web::Data<AppState>, arrived: Instant) -> Result<Visit, AppError> {
    let session = req.cookie(cookie_name(state.config.secure())).map(|c| c.value().to_owned()).unwrap_or_default();
    let mut visit = nobody(arrived);
    visit.flash = req.cookie(FLASH_COOKIE).and_then(|c| flash(c.value()));
    visit.token = form_token(&session);
    visit.session.clone_from(&session);
    if session.is_empty() || req.path().starts_with("/static/") {
        return Ok(visit);
    }
    let (state, quiet) = (state.clone(), req.path().ends_with(QUIET));
    let found = blocking(move || {
        let found = state.store.glance(|r| account::actor_of(r, &session, arrived))?;
        if let Some((_, true, _)) = &found
            && !quiet
        {
            state.store.write(|tx| account::seen(tx, &session, arrived))?;
        }
        Ok(found)
    })
    .await?;
    if let Some((actor, _, ends)) = found {
        visit.ends = Some(ends);
        visit.actor = Arc::new(actor);
    }
    Ok(visit)
}

fn flash(value: &str) -> Option<(String, String)> {
    use base64::Engine as _;
    let (tone, text) = value.split_once('.')?;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).ok()?;
    let tone = if ["ok", "warn", "error"].contains(&tone) { tone } else { "ok" };
    Some((tone.to_owned(), String::from_utf8(bytes).ok()?))
}

/// A writing request must come from one of our own pages.
fn same_origin(req: &ServiceRequest, state: &AppState) -> Result<(), AppError> {
    if !writes(req.method()) {
        return Ok(());
    }
    let text = |name: HeaderName| req.headers().get(name).and_then(|v| v.to_str().ok());
    let ok = match text(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin" || site == "none",
        None => text(header::ORIGIN).is_some_and(|origin| {
            let host = text(header::HOST).unwrap_or_default();
            origin == state.config.base_url.trim_end_matches('/')
                || origin.split_once("://").is_some_and(|(_, from)| from == host)
        }),
    };
    if ok {
        return Ok(());
    }
    Err(AppError::forbidden(
        "Żądanie przyszło z obcej strony, więc go nie wykonano. Otwórz formularz w Konkursie i wyślij go stamtąd.",
    ))
}

/// Every error of a request comes through here: it is logged where the law may ask for it, and shown.
async fn turned_away(req: HttpRequest, e: &AppError, sent: &Sent) -> ServiceResponse<BoxBody> {
    watch::note(&req, e).await;
    answer(req, e, sent)
}

/// The page for an error; what was sent must not be lost.
fn answer(req: HttpRequest, e: &AppError, sent: &Sent) -> ServiceResponse<BoxBody> {
    let response = match Ctx::of(&req) {
        Ok(ctx) => respond::error_page(&ctx, e, sent, req.method() == Method::GET),
        Err(_) => respond::bare(e),
    };
    let mut res = ServiceResponse::new(req, response);
    protect(&mut res);
    res
}

fn protect(res: &mut ServiceResponse<BoxBody>) {
    let secure = res.request().app_data::<web::Data<AppState>>().is_some_and(|state| state.config.secure());
    let id = res.request().extensions().get::<Visit>().map(|v| v.request_id.clone());
    let headers = res.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
        ("x-frame-options", "DENY"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Some(id) = id.and_then(|id| HeaderValue::from_str(&id).ok()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}
