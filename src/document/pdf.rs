//! PDF through Typst as a library: tagged (PDF/UA-1) and archival (PDF/A-2a) in one file. A receipt is PDF/A-3a,
//! because it carries its data as an attached file.
//!
//! Data goes in as a JSON file that the template reads, never as markup: what a person typed is printed as typed, and
//! the compiler never sees it as code.

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde_json::{Value, json};
use typst_as_lib::TypstEngine;
use typst_as_lib::typst_kit_options::TypstKitFontOptions;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::paper::Paper;
use super::rehearsal::Rehearsal;
use super::text::for_print;

/// The printed documents; the JSON of each stands at the head of its file in `templates/pdf/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    Offer,
    Receipt,
    Contract,
    Letter,
    Announcement,
}

impl Template {
    fn standards(self) -> [PdfStandard; 2] {
        match self {
            Self::Receipt => [PdfStandard::A_3a, PdfStandard::Ua_1],
            Self::Offer | Self::Contract | Self::Letter | Self::Announcement => [PdfStandard::A_2a, PdfStandard::Ua_1],
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Offer => include_str!("../../templates/pdf/offer.typ"),
            Self::Receipt => include_str!("../../templates/pdf/receipt.typ"),
            Self::Contract => include_str!("../../templates/pdf/contract.typ"),
            Self::Letter => include_str!("../../templates/pdf/letter.typ"),
            Self::Announcement => include_str!("../../templates/pdf/announcement.typ"),
        }
    }
}

const COMMON: &str = include_str!("../../templates/pdf/common.typ");

#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error("the document's data is not JSON: {0}")]
    Data(#[from] serde_json::Error),
    #[error("the document's data is not a JSON object")]
    NotAnObject,
    /// A template and its data do not fit each other: our mistake, never the person's.
    #[error("the template does not compile: {0}")]
    Compile(String),
    #[error("the document does not meet PDF/A and PDF/UA: {0}")]
    Export(String),
}

/// Makes PDFs. Holds nothing that a document could change, so threads share one.
///
/// Each document gets a compiler of its own, because the library hands data in only as one of the compiler's files
/// (or as a type of a crate that we do not depend on); that costs a few milliseconds, mostly the book of fonts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pdf;

impl Pdf {
    pub fn new() -> Self {
        Self
    }

    /// Prints a typed document. One of a rehearsal, which its number shows, says so on every page.
    pub fn print<P: Paper>(&self, paper: &P, made_at: DateTime<Utc>) -> Result<Vec<u8>, PdfError> {
        let mut data = serde_json::to_value(paper)?;
        mark_rehearsal(&mut data);
        self.render(P::TEMPLATE, &data, made_at)
    }

    /// The same data and time give the same bytes. `made_at` goes into the file's properties, in UTC; times on the
    /// page are the caller's, already in words.
    pub fn render(&self, template: Template, data: &Value, made_at: DateTime<Utc>) -> Result<Vec<u8>, PdfError> {
        let engine = TypstEngine::builder()
            .main_file(template.source())
            .with_static_source_file_resolver([("common.typ", COMMON)])
            .with_static_file_resolver([("data.json", payload(data, made_at)?)])
            .search_fonts_with(TypstKitFontOptions::new().include_system_fonts(false))
            .build();
        let document = engine.compile().output.map_err(|fault| PdfError::Compile(fault.to_string()))?;
        let standards =
            PdfStandards::new(&template.standards()).map_err(|fault| PdfError::Export(fault.message().to_string()))?;
        let options = PdfOptions { standards, ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(|faults| {
            let messages: Vec<String> = faults.iter().map(|fault| fault.message.to_string()).collect();
            PdfError::Export(messages.join("; "))
        })
    }
}

pub(super) fn mark_rehearsal(data: &mut Value) {
    let Some(head) = data.get_mut("head").and_then(Value::as_object_mut) else { return };
    let text = |name: &str| head.get(name).and_then(Value::as_str);
    let Some(band) = Rehearsal::of_number(text("number").unwrap_or_default()).band(text("draft")) else { return };
    head.insert("draft".to_owned(), Value::String(band));
}

/// The JSON file of one document: the caller's data with its texts made printable, and the time.
fn payload(data: &Value, made_at: DateTime<Utc>) -> Result<Vec<u8>, PdfError> {
    let Value::Object(mut fields) = printable(data) else { return Err(PdfError::NotAnObject) };
    let time = json!({
        "year": made_at.year(), "month": made_at.month(), "day": made_at.day(),
        "hour": made_at.hour(), "minute": made_at.minute(), "second": made_at.second(),
    });
    fields.insert("made_at".to_owned(), time);
    Ok(serde_json::to_vec(&fields)?)
}

fn printable(data: &Value) -> Value {
    match data {
        Value::String(text) => Value::String(for_print(text)),
        Value::Array(items) => Value::Array(items.iter().map(printable).collect()),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), printable(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => data.clone(),
    }
}
