//! A form that a script marked tells it when it has arrived, so that the copy in the browser may go.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LOCATION};

use super::form;
use super::respond::Sent;

/// The field with which a script marks the form it sends.
const MARK: &str = "_nadano";

impl Sent {
    /// A form that is answered by another address has arrived: the address says so to whoever marked it.
    pub(super) fn tell_arrival(&self, answer: &mut HttpResponse) {
        if answer.status() != StatusCode::SEE_OTHER || !self.body.windows(MARK.len()).any(|at| at == MARK.as_bytes()) {
            return;
        }
        let fields = form::read(&self.body).unwrap_or_default();
        let mark = fields.text(MARK);
        let plain = (1..=64).contains(&mark.len()) && mark.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).filter(|to| plain && !to.contains('#'));
        let told = to.and_then(|to| HeaderValue::from_str(&format!("{to}#dotarlo-{mark}")).ok());
        if let Some(told) = told {
            answer.headers_mut().insert(LOCATION, told);
        }
    }
}
