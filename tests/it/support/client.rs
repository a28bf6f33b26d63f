//! A browser without a window: cookies, form tokens, answers.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use actix_http::Request;
use actix_http::{BoxedPayloadStream, Payload};
use actix_web::body::to_bytes;
use actix_web::cookie::Cookie;
use actix_web::dev::{Service as _, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::from_fn;
use actix_web::web::{Bytes, Data, PayloadConfig};
use actix_web::{App, test};
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;
use konkurs::web::{self, AppState};
use konkurs::{app, store};

use super::html::{attribute_after, main_of, text_of};

pub type Service = Rc<dyn Fn(Request) -> LocalBoxFuture<'static, ServiceResponse>>;

pub async fn service(state: Data<AppState>) -> Service {
    let app = App::new()
        .app_data(state)
        .app_data(PayloadConfig::new(4 * 1024 * 1024))
        .wrap(from_fn(web::identify))
        .configure(app::configure);
    let service = Rc::new(test::init_service(app).await);
    Rc::new(move |req| {
        let service = Rc::clone(&service);
        Box::pin(async move { service.call(req).await.unwrap().map_into_boxed_body() })
    })
}

pub struct Client {
    service: Service,
    cookies: RefCell<BTreeMap<String, String>>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: Vec<u8>,
    pub headers: BTreeMap<String, String>,
}

impl Client {
    pub fn new(service: Service) -> Client {
        Client { service, cookies: RefCell::default() }
    }

    /// The form token that pages of this session carry.
    pub fn token(&self) -> String {
        let session = self.cookies.borrow().get("konkurs").cloned().unwrap_or_default();
        store::digest(&format!("form:{session}"))
    }

    /// Forgets the session, as a browser does when it ends.
    pub fn drop_session(&self) {
        self.cookies.borrow_mut().remove("konkurs");
    }

    pub fn set_session(&self, token: &str) {
        self.cookies.borrow_mut().insert("konkurs".into(), token.to_owned());
    }

    pub fn session(&self) -> String {
        self.cookies.borrow().get("konkurs").cloned().unwrap_or_default()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(test::TestRequest::get().uri(path)).await
    }

    /// A page that must open.
    pub async fn page(&self, path: &str) -> Answer {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "GET {path}: {}", answer.text());
        answer
    }

    /// Posts a form from one of our own pages, with its token.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all: Vec<(&str, &str)> = fields.to_vec();
        let token = self.token();
        all.push(("_token", &token));
        self.post_raw(path, &all, "same-origin").await
    }

    pub async fn post_raw(&self, path: &str, fields: &[(&str, &str)], site: &str) -> Answer {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let req = test::TestRequest::post()
            .uri(path)
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .insert_header(("sec-fetch-site", site))
            .set_payload(body);
        self.send(req).await
    }

    /// Posts a form as a script does, which reads JSON.
    pub async fn script(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all: Vec<(&str, &str)> = fields.to_vec();
        let token = self.token();
        if !fields.iter().any(|(name, _)| *name == "_token") {
            all.push(("_token", &token));
        }
        let req = test::TestRequest::post()
            .uri(path)
            .insert_header(("accept", "application/json"))
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .insert_header(("sec-fetch-site", "same-origin"))
            .set_payload(serde_urlencoded::to_string(all).unwrap());
        self.send(req).await
    }

    /// Posts a form with one file.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], field: &str, name: &str, bytes: &[u8]) -> Answer {
        let edge = "----konkurs-test";
        let mut body = Vec::new();
        let token = self.token();
        for (key, value) in fields.iter().chain([&("_token", token.as_str())]) {
            body.extend(
                format!("--{edge}\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        body.extend(
            format!(
                "--{edge}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend(bytes);
        body.extend(format!("\r\n--{edge}--\r\n").bytes());
        let req = test::TestRequest::post()
            .uri(path)
            .insert_header(("content-type", format!("multipart/form-data; boundary={edge}")))
            .insert_header(("sec-fetch-site", "same-origin"))
            .set_payload(body);
        self.send(req).await
    }

    /// Posts these bytes, as they are, from one of our own pages.
    pub async fn raw(&self, path: &str, media_type: &str, body: Bytes) -> Answer {
        let req = test::TestRequest::post()
            .uri(path)
            .insert_header(("content-type", media_type))
            .insert_header(("sec-fetch-site", "same-origin"))
            .set_payload(body);
        self.send(req).await
    }

    /// Posts the beginning of something whose rest never comes.
    pub async fn stalled(&self, path: &str, media_type: &str, begin: Bytes) -> Answer {
        self.stalled_after(path, media_type, begin, || ()).await
    }

    /// The same; `then` happens when the server asks for the rest.
    pub async fn stalled_after(
        &self,
        path: &str,
        media_type: &str,
        begin: Bytes,
        then: impl FnOnce() + 'static,
    ) -> Answer {
        let begin = futures_util::stream::iter([Ok::<_, PayloadError>(begin)]);
        let rest = futures_util::stream::once(async move {
            then();
            std::future::pending::<Result<Bytes, PayloadError>>().await
        });
        let coming: BoxedPayloadStream = Box::pin(begin.chain(rest));
        let req = test::TestRequest::post()
            .uri(path)
            .insert_header(("content-type", media_type))
            .insert_header(("sec-fetch-site", "same-origin"));
        self.send_with(req, Some(coming)).await
    }

    /// Posts a form whose words come only after something else happened; `kind` is what it says it is.
    pub async fn post_late(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        kind: &str,
        meanwhile: impl FnOnce() + 'static,
    ) -> Answer {
        let token = self.token();
        let all: Vec<(&str, &str)> = fields.iter().copied().chain([("_token", token.as_str())]).collect();
        let body = Bytes::from(serde_urlencoded::to_string(all).unwrap());
        let coming: BoxedPayloadStream = Box::pin(futures_util::stream::once(async move {
            meanwhile();
            Ok::<_, PayloadError>(body)
        }));
        let req = test::TestRequest::post()
            .uri(path)
            .insert_header(("content-type", kind))
            .insert_header(("sec-fetch-site", "same-origin"));
        self.send_with(req, Some(coming)).await
    }

    async fn send(&self, req: test::TestRequest) -> Answer {
        self.send_with(req, None).await
    }

    async fn send_with(&self, mut req: test::TestRequest, coming: Option<BoxedPayloadStream>) -> Answer {
        for (name, value) in self.cookies.borrow().iter() {
            req = req.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let mut req = req.to_request();
        if let Some(payload) = coming {
            req = req.replace_payload(Payload::Stream { payload }).0;
        }
        let res = (self.service)(req).await;
        for cookie in res.response().cookies() {
            if cookie.value().is_empty() {
                self.cookies.borrow_mut().remove(cookie.name());
            } else {
                self.cookies.borrow_mut().insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        let headers: BTreeMap<String, String> =
            res.headers().iter().map(|(k, v)| (k.to_string(), v.to_str().unwrap_or_default().to_owned())).collect();
        Answer {
            status: res.status().as_u16(),
            location: headers.get("location").cloned().unwrap_or_default(),
            body: to_bytes(res.into_body()).await.unwrap_or_default().to_vec(),
            headers,
        }
    }
}

impl Answer {
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The answer to a script.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{} {e}: {}", self.status, self.html()))
    }

    /// The visible text inside `<main>`.
    pub fn text(&self) -> String {
        text_of(main_of(&self.html()))
    }

    /// The visible text between two words of the page.
    pub fn between(&self, from: &str, to: &str) -> String {
        let text = self.text();
        let start = text.find(from).unwrap_or_else(|| panic!("no „{from}” in: {text}")) + from.len();
        let end = text[start..].find(to).unwrap_or_else(|| panic!("no „{to}” after „{from}” in: {text}"));
        text[start..start + end].trim().to_owned()
    }

    /// Where a reader is sent to sign in, without the way back.
    pub fn sign_in_page(&self) -> &str {
        self.location.split('?').next().unwrap_or_default()
    }

    /// Asserts that the page says so.
    pub fn says(&self, words: &str) -> &Answer {
        let text = self.text();
        assert!(text.contains(words), "the page does not say „{words}”: {text}");
        self
    }

    /// Asserts how the title of the window begins.
    pub fn titled(&self, words: &str) -> &Answer {
        let html = self.html();
        assert!(html.contains(&format!("<title>{words}")), "the title is not „{words}”: {html}");
        self
    }

    pub fn says_not(&self, words: &str) -> &Answer {
        let text = self.text();
        assert!(!text.contains(words), "the page says „{words}”: {text}");
        self
    }

    pub fn expect(&self, status: u16) -> &Answer {
        assert_eq!(self.status, status, "{} {}", self.location, self.text());
        self
    }

    /// The value of the input `name`.
    pub fn value_of(&self, name: &str) -> Option<String> {
        let html = self.html();
        attribute_after(&html, &format!("name=\"{name}\""), "value").map(text_of)
    }
}
