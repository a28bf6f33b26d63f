//! `/sprawdz`: anyone who holds a receipt learns whether it is genuine, and nothing else.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::policy::CheckReceipt;
use crate::error::{AppError, FieldErrors};
use crate::law::show_instant_seconds;
use crate::offer::store::versions::{self, Known};
use crate::web::{Allowed, Ctx, ErrorLink, error_links, error_map};

#[derive(Serialize)]
struct Answer {
    number: String,
    time: String,
    hash: String,
    title: &'static str,
    /// The receipt is of a rehearsal.
    test: bool,
}

#[derive(Serialize, Default)]
struct CheckPage {
    f: BTreeMap<&'static str, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    busy: bool,
    asked: bool,
    answer: Option<Answer>,
}

/// `GET /sprawdz?nr=…&suma=…`: a number and a hash that do not belong together are unknown, whether or not
/// one of them exists.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<CheckReceipt>) -> Result<HttpResponse, AppError> {
    let ctx = may.ctx;
    let (number, hash) = (squeezed(&ctx.asked("nr")).to_uppercase(), squeezed(&ctx.asked("suma")).to_lowercase());
    let f = BTreeMap::from([("nr", number.clone()), ("suma", hash.clone())]);
    if number.is_empty() && hash.is_empty() {
        return page(&ctx, StatusCode::OK, &CheckPage { f, ..CheckPage::default() });
    }
    let errors = errors(&number, &hash);
    if !errors.is_empty() {
        let (e, errors) = (error_map(&errors), error_links(&errors));
        return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &CheckPage { f, e, errors, ..CheckPage::default() });
    }
    if !ctx.state.checks.lets_in(ctx.arrived) {
        return page(&ctx, StatusCode::TOO_MANY_REQUESTS, &CheckPage { f, busy: true, ..CheckPage::default() });
    }
    let (nr, suma) = (number.clone(), hash.clone());
    let known = ctx.read(move |r| versions::known(r, &nr, &suma)).await?;
    let answer = known.map(|known| answer(number, hash, &known));
    page(&ctx, StatusCode::OK, &CheckPage { f, asked: true, answer, ..CheckPage::default() })
}

fn page(ctx: &Ctx, status: StatusCode, view: &CheckPage) -> Result<HttpResponse, AppError> {
    let title = if view.errors.is_empty() { "Sprawdzenie potwierdzenia" } else { "Błąd: Sprawdzenie potwierdzenia" };
    ctx.page_as(status, "offer/check.html", title, view)
}

/// Spaces and line ends come along when people copy from a print.
fn squeezed(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
}

fn errors(number: &str, hash: &str) -> FieldErrors {
    let mut errors = FieldErrors::new();
    if number.is_empty() || number.chars().count() > 60 {
        errors.add("nr", "Wpisz numer oferty z potwierdzenia, np. PAI/2/2026/O-7.");
    }
    if hash.len() != 64 || !hash.chars().all(|c| c.is_ascii_hexdigit()) {
        let said =
            format!("Suma kontrolna ma 64 znaki: cyfry i litery od a do f. Wpisano znaków: {}.", hash.chars().count());
        errors.add("suma", said);
    }
    errors
}

/// Hash, time and number: how often an offer was replaced, or that it was withdrawn, is for its own people.
fn answer(number: String, hash: String, known: &Known) -> Answer {
    let (time, test) = (show_instant_seconds(known.arrived), known.test);
    let title = if test { "To potwierdzenie z konkursu próbnego" } else { "Potwierdzenie jest prawdziwe" };
    Answer { number, time, hash, title, test }
}
