//! The shapes that the printed documents are made of.
//!
//! Every struct here becomes, through serde, the JSON that a template of `templates/pdf/` reads; the head of each
//! template names the same fields. All strings are plain text for a person: money, dates and hours arrive already
//! written the Polish way. `\n` breaks a line, an empty line starts a paragraph, nothing else is understood.

use serde::Serialize;

use super::pdf::Template;

/// A document that knows its template: what [`super::Pdf::print`] takes.
pub trait Paper: Serialize {
    const TEMPLATE: Template;
}

/// What stands at the top and in the footer of every document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Head {
    /// Also the title in the file's properties; must not be empty.
    pub title: String,
    pub subtitle: Option<String>,
    /// The document's own number, printed in the footer instead of the title.
    pub number: Option<String>,
    /// SHA-256 in hex of the content that the document shows, printed in the footer.
    pub hash: Option<String>,
    /// Name and address of the office, a line each.
    pub issuer: Option<Vec<String>>,
    /// "Włocławek, 13 kwietnia 2015 r."
    pub place_date: Option<String>,
    /// A band on every page, e.g. "WERSJA ROBOCZA – NIEZŁOŻONA".
    pub draft: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Section {
    pub heading: Option<String>,
    /// 1 or 2.
    pub level: u8,
    /// Legal basis, printed small under the heading.
    pub basis: Option<String>,
    /// Turns the section's pages on their side, for wide tables.
    pub landscape: bool,
    pub blocks: Vec<Block>,
}

impl Section {
    pub fn new(heading: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { heading: Some(heading.into()), level: 1, blocks, ..Self::default() }
    }
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Paragraph {
        text: String,
    },
    /// Smaller, for remarks.
    Note {
        text: String,
    },
    /// Numbered `1.`, the items inside `1)`.
    Points {
        items: Vec<Point>,
    },
    List {
        items: Vec<String>,
    },
    Facts {
        rows: Vec<Fact>,
    },
    /// A form field whose answer may run over pages.
    Answer {
        label: String,
        text: Option<String>,
    },
    Table(Table),
}

impl Block {
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into() }
    }

    pub fn points<T: Into<Point>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::Points { items: items.into_iter().map(Into::into).collect() }
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Point {
    pub text: String,
    pub items: Vec<String>,
}

impl<T: Into<String>> From<T> for Point {
    fn from(text: T) -> Self {
        Self { text: text.into(), items: Vec::new() }
    }
}

/// An absent value prints "nie dotyczy".
#[derive(Clone, Debug, Default, Serialize)]
pub struct Fact {
    pub label: String,
    pub value: Option<String>,
}

impl Fact {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: Some(value.into()) }
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    pub caption: Option<String>,
    pub columns: Vec<TableColumn>,
    pub rows: Vec<TableRow>,
    /// One cell a column, printed bold under the last row.
    pub totals: Option<Vec<String>>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct TableColumn {
    pub label: String,
    pub align: Align,
    /// Share of the page beside the other columns; without it a right or centred column takes what its text needs.
    pub width: Option<u8>,
}

impl TableColumn {
    pub fn new(label: impl Into<String>, align: Align, width: Option<u8>) -> Self {
        Self { label: label.into(), align, width }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

/// One cell a column. A `Group` row may have a single cell, which then spans the table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TableRow {
    pub style: RowStyle,
    pub cells: Vec<String>,
}

impl<T: Into<String>> FromIterator<T> for TableRow {
    fn from_iter<I: IntoIterator<Item = T>>(cells: I) -> Self {
        Self { style: RowStyle::Plain, cells: cells.into_iter().map(Into::into).collect() }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowStyle {
    #[default]
    Plain,
    /// Bold on grey: opens a block of rows.
    Group,
    /// Bold: a subtotal.
    Sum,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Signature {
    /// Whose place it is: "Zleceniodawca".
    pub label: String,
    pub name: Option<String>,
    pub role: Option<String>,
}

/// Results, protocols, requests, notices.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LetterPaper {
    pub head: Head,
    pub sections: Vec<Section>,
    pub attachments: Vec<String>,
    pub signatures: Vec<Signature>,
}

impl Paper for LetterPaper {
    const TEMPLATE: Template = Template::Letter;
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ContractPaper {
    pub head: Head,
    /// "zawarta w dniu 13.04.2015 we Włocławku"
    pub concluded: String,
    pub parties: Vec<Party>,
    pub sections: Vec<Section>,
    pub attachments: Vec<String>,
    pub signatures: Vec<Signature>,
}

impl Paper for ContractPaper {
    const TEMPLATE: Template = Template::Contract;
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Party {
    pub name: String,
    pub facts: Vec<Fact>,
    pub represented_by: Option<String>,
    /// How the contract calls the party further on, in the instrumental: "Zleceniodawcą".
    pub called: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ReceiptPaper {
    pub head: Head,
    /// The offer's number: "PAI/2/2026/O-7".
    pub number: String,
    /// Only of a version that replaced another one.
    pub version: Option<String>,
    /// Warsaw wall time with seconds: "30.10.2026, godz. 23:40:07".
    pub received_at: String,
    /// The later deadline that was given to this organisation alone, and when it was decided.
    pub extended: Option<String>,
    /// SHA-256 in hex of the frozen offer.
    pub hash: String,
    pub call: String,
    pub offeror: String,
    pub task_title: Option<String>,
    pub filed_by: Option<String>,
    pub attachments: Vec<AttachedFile>,
    pub check_url: Option<String>,
    /// The QR code of `check_url` as an SVG file.
    pub check_qr: Option<String>,
    /// Until when the paper is to be given back signed, in words; then it has a place for signatures.
    pub sign_by: Option<String>,
    /// Several offerors: each of them signs.
    pub joint: bool,
    pub signatures: Vec<Signature>,
    /// The receipt as JSON in ASCII, attached to the file, so that it can be checked without a network.
    pub file: Option<String>,
}

impl Paper for ReceiptPaper {
    const TEMPLATE: Template = Template::Receipt;
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct AttachedFile {
    pub name: String,
    /// SHA-256 in hex.
    pub hash: String,
}
