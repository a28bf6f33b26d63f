//! What the forms of a report have in common.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use serde::Serialize;

use crate::error::{AppError, FieldErrors};
use crate::report::Report;
use crate::web::{ErrorLink, Fields, error_links, error_map, sort_problems};

/// Longest text of one field, in characters.
const MOST_TEXT: usize = 10_000;

/// The version a form was made from.
pub fn version(form: &Fields) -> Result<i64, AppError> {
    form.text("version").parse().map_err(|_| AppError::Stale)
}

/// What is said when the same part was saved by somebody else meanwhile.
const ELSEWHERE: &str = "Ktoś zapisał tę część w międzyczasie, może w innym oknie, i tamtego zapisu nie zmieniono. \
                         W formularzu jest to, co wpisano tutaj: ponowny zapis zastąpi nim tamten.";

/// Which version of the report a form was made from, and which text of its own part.
#[derive(Serialize)]
pub struct Stands {
    version: String,
    base: String,
}

/// The part a form shows again after a problem: what was typed, and what is wrong.
#[derive(Serialize, Default)]
pub struct Typed {
    pub f: BTreeMap<String, String>,
    pub e: BTreeMap<String, String>,
    pub errors: Vec<ErrorLink>,
    #[serde(skip)]
    stale: bool,
}

impl Typed {
    pub fn again(form: &Fields, errors: &FieldErrors) -> Typed {
        Typed { f: form.map(), e: error_map(errors), errors: error_links(errors), stale: false }
    }

    pub fn of(fields: Fields) -> Typed {
        Typed { f: fields.map(), ..Typed::default() }
    }

    /// The form again after `e`, when a form can say it.
    ///
    /// # Errors
    /// `e` itself, when it is for another page.
    pub fn refused(form: &Fields, e: AppError) -> Result<Typed, AppError> {
        if matches!(e, AppError::Stale) && form.text("version").parse::<i64>().is_ok() {
            return Ok(Typed { stale: true, ..Typed::again(form, &FieldErrors::of("", ELSEWHERE)) });
        }
        Ok(Typed::again(form, &sort_problems(e)?.errors))
    }

    /// What the form stands on: what it stood on before, after a problem or for a copy of the browser, unless its
    /// owner was told of what was saved meanwhile; else `report` with `base` as they are saved now.
    pub fn stands(&self, report: &Report, base: String) -> Stands {
        let old = |name: &str| self.f.get(name).filter(|_| !self.stale).cloned();
        let version = old("version").unwrap_or_else(|| report.version.to_string());
        Stands { version, base: old("base").unwrap_or(base) }
    }

    pub fn status(&self) -> (StatusCode, &'static str) {
        match (self.stale, self.errors.is_empty()) {
            (true, _) => (StatusCode::CONFLICT, "Błąd: "),
            (false, false) => (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: "),
            (false, true) => (StatusCode::OK, ""),
        }
    }
}

/// Whether one field takes the text typed under `name`; a longer one is named.
pub fn fits(form: &Fields, name: &str, errors: &mut FieldErrors) -> bool {
    let n = form.text(name).chars().count();
    if n > MOST_TEXT {
        errors.add(name, format!("Tekst ma {n} znaków, a najwyżej może mieć {MOST_TEXT}. Skróć go."));
    }
    n <= MOST_TEXT
}
