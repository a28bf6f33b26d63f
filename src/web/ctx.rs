//! One request: who sends it, when it arrived, and the ways to read, do and answer.

use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, CONTENT_DISPOSITION, LOCATION};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::middleware::{FLASH_COOKIE, Visit};
use super::state::AppState;
use super::view::Shell;
use super::watch::log_refusal;
use crate::account::{ABSOLUTE, Actor};
use crate::document::Rehearsal;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{Read, Tx};

/// A sentence shown once, on the next page.
#[derive(Clone, Debug, Serialize)]
pub struct Flash {
    pub tone: &'static str,
    pub text: String,
}

impl Flash {
    #[must_use]
    pub fn ok(text: impl Into<String>) -> Flash {
        Flash { tone: "ok", text: text.into() }
    }

    #[must_use]
    pub fn warn(text: impl Into<String>) -> Flash {
        Flash { tone: "warn", text: text.into() }
    }
}

/// A deed that is about to be tried, for the log of refusals.
#[derive(Clone, Debug)]
pub struct Doing {
    pub deed: &'static str,
    pub kind: &'static str,
    pub id: String,
    /// The log does not say who was refused.
    pub unnamed: bool,
}

impl Doing {
    #[must_use]
    pub fn new(deed: &'static str, kind: &'static str, id: impl ToString) -> Doing {
        Doing { deed, kind, id: id.to_string(), unnamed: false }
    }

    /// A deed whose log never names who did it.
    #[must_use]
    pub fn unnamed(self) -> Doing {
        Doing { unnamed: true, ..self }
    }
}

#[derive(Clone)]
pub struct Ctx {
    pub state: web::Data<AppState>,
    pub actor: Arc<Actor>,
    /// When the request arrived, before anything of it was read.
    pub arrived: Instant,
    /// When the last byte of a form without files was there.
    pub(super) whole: Instant,
    pub request_id: String,
    /// The form token of this session.
    pub token: String,
    /// The session token itself; empty for nobody.
    pub session: String,
    /// When the session ends in any case.
    pub ends: Option<Instant>,
    pub path: String,
    /// What stands behind the `?` of the address, still coded.
    pub query: String,
    /// Whether a script asks, which reads JSON and no page.
    pub script: bool,
    /// The page is about a rehearsal and says so.
    pub(super) trial: bool,
    flash: Option<(String, String)>,
    /// Whether a refusal of this request stands in the log.
    pub(super) logged: Arc<AtomicBool>,
}

impl Ctx {
    pub(super) fn of(req: &HttpRequest) -> Result<Ctx, AppError> {
        let state = req.app_data::<web::Data<AppState>>().cloned();
        let visit = req.extensions().get::<Visit>().cloned();
        match (state, visit) {
            (Some(state), Some(visit)) => Ok(Ctx {
                state,
                actor: visit.actor,
                arrived: visit.arrived,
                whole: visit.whole,
                request_id: visit.request_id,
                token: visit.token,
                session: visit.session,
                ends: visit.ends,
                path: req.path().to_owned(),
                query: req.query_string().to_owned(),
                script: asks_json(req),
                trial: false,
                flash: visit.flash,
                logged: visit.logged,
            }),
            _ => Err(AppError::internal("a request without its visit")),
        }
    }

    /// What counts is when all of it was there: who ends a request late sent it late.
    #[must_use]
    pub fn arrived_whole(self, at: Instant) -> Ctx {
        Ctx { arrived: self.arrived.max(at), ..self }
    }

    /// Whether the page that is shown in the end is about a rehearsal, where that was not looked up before.
    #[must_use]
    pub fn about_trial(self, trial: bool) -> Ctx {
        Ctx { trial, ..self }
    }

    /// The value of `name` in the address (`?org=…`), trimmed; empty when it is not there.
    #[must_use]
    pub fn asked(&self, name: &str) -> String {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.query).unwrap_or_default();
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    }

    /// Where the request went, with its query.
    #[must_use]
    pub fn address(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// The same request as somebody who has just signed in sees it.
    #[must_use]
    pub fn as_signed_in(&self, actor: Actor, session: &str) -> Ctx {
        let (token, session) = (super::middleware::form_token(session), session.to_owned());
        Ctx { actor: Arc::new(actor), token, session, ends: Some(self.arrived + ABSOLUTE), ..self.clone() }
    }

    /// Reads one moment of the database on a worker thread.
    ///
    /// # Errors
    /// What `work` returns.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Read<'_>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let state = self.state.clone();
        blocking(move || state.store.read(work)).await
    }

    /// Looks at one thing on a worker thread.
    ///
    /// # Errors
    /// What `look` returns.
    pub async fn glance<T: Send + 'static>(
        &self,
        look: impl Fn(&mut Read<'_>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let state = self.state.clone();
        blocking(move || state.store.glance(look)).await
    }

    /// Does a deed in one transaction; `now` is the arrival time. A refusal is
    /// logged with its reason, after its transaction was undone.
    ///
    /// # Errors
    /// What `work` returns.
    pub async fn deed<T: Send + 'static>(
        &self,
        doing: Doing,
        work: impl FnOnce(&mut Tx<'_>, &Actor, Instant) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let (state, actor, now) = (self.state.clone(), Arc::clone(&self.actor), self.arrived);
        let logged = Arc::clone(&self.logged);
        blocking(move || {
            let done = state.store.write(|tx| work(tx, &actor, now));
            if let Err(e) = &done {
                logged.fetch_or(log_refusal(&state, actor.log_name(), &doing, e, now), Ordering::SeqCst);
            }
            done
        })
        .await
    }

    /// Long work on a worker thread, with the whole state.
    ///
    /// # Errors
    /// What `work` returns.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&AppState, &Actor, Instant) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let (state, actor, now) = (self.state.clone(), Arc::clone(&self.actor), self.arrived);
        blocking(move || work(&state, &actor, now)).await
    }

    /// Like [`Ctx::work`], for a deed: a refusal is logged.
    ///
    /// # Errors
    /// What `work` returns.
    pub async fn work_deed<T: Send + 'static>(
        &self,
        doing: Doing,
        work: impl FnOnce(&AppState, &Actor, Instant) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let logged = Arc::clone(&self.logged);
        self.work(move |state, actor, now| {
            let done = work(state, actor, now);
            if let Err(e) = &done {
                logged.fetch_or(log_refusal(state, actor.log_name(), &doing, e, now), Ordering::SeqCst);
            }
            done
        })
        .await
    }

    /// An answer for a script.
    #[must_use]
    pub fn json<V: Serialize>(&self, status: StatusCode, view: &V) -> HttpResponse {
        HttpResponse::build(status).json(view)
    }

    /// A page: `templates/{template}` with the shell and the view `v`.
    ///
    /// # Errors
    /// `Internal` when the template does not fit the view.
    pub fn page<V: Serialize>(&self, template: &str, title: &str, view: &V) -> Result<HttpResponse, AppError> {
        self.page_as(StatusCode::OK, template, title, view)
    }

    /// A page with another status, such as 422 for a form with errors.
    ///
    /// # Errors
    /// `Internal` when the template does not fit the view.
    pub fn page_as<V: Serialize>(
        &self,
        status: StatusCode,
        template: &str,
        title: &str,
        view: &V,
    ) -> Result<HttpResponse, AppError> {
        let shell = Shell::new(self, title, self.flash.clone());
        let html = self.state.views.render(template, &shell, view)?;
        let mut out = HttpResponse::build(status);
        out.content_type("text/html; charset=utf-8");
        if self.flash.is_some() {
            out.cookie(expired(FLASH_COOKIE, self.state.config.secure()));
        }
        Ok(out.body(html))
    }

    /// 303 to `url`, with a sentence for the next page.
    #[must_use]
    pub fn see_other(&self, url: &str, flash: Option<Flash>) -> HttpResponse {
        let mut out = HttpResponse::SeeOther();
        out.insert_header((LOCATION, url));
        if let Some(flash) = flash {
            use base64::Engine as _;
            let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&flash.text);
            let value = format!("{}.{text}", flash.tone);
            out.cookie(cookie(FLASH_COOKIE, value, self.state.config.secure()));
        }
        out.finish()
    }

    /// A file that was made here, to keep; `name` may be Polish. What belongs to a rehearsal says so in its name.
    #[must_use]
    pub fn download(&self, bytes: Vec<u8>, media_type: &str, name: &str) -> HttpResponse {
        self.hand_back(bytes, media_type, &Rehearsal(self.trial).file_name(name))
    }

    /// A file that somebody sent in, under the name it came with.
    #[must_use]
    pub fn hand_back(&self, bytes: Vec<u8>, media_type: &str, name: &str) -> HttpResponse {
        let plain: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
        let mut coded = String::new();
        for byte in name.bytes() {
            use std::fmt::Write as _;
            let _ = if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                write!(coded, "{}", char::from(byte))
            } else {
                write!(coded, "%{byte:02X}")
            };
        }
        HttpResponse::Ok()
            .content_type(media_type)
            .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}")))
            .body(bytes)
    }
}

fn asks_json(req: &HttpRequest) -> bool {
    req.headers().get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|kinds| kinds.starts_with("application/json"))
}

/// Runs blocking work on a worker thread; a panic there is an internal error here.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    web::block(work).await.map_err(|e| AppError::Internal(Box::new(e)))?
}

pub(super) fn cookie(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build(name, value).path("/").http_only(true).secure(secure).same_site(SameSite::Lax).finish()
}

/// `secure` must be as it was when the cookie was set: a browser keeps a `__Host-`
/// cookie whose removal is not secure.
pub(super) fn expired(name: &'static str, secure: bool) -> Cookie<'static> {
    let mut out = cookie(name, String::new(), secure);
    out.make_removal();
    out
}

impl FromRequest for Ctx {
    type Error = AppError;
    type Future = Ready<Result<Ctx, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ctx::of(req))
    }
}
