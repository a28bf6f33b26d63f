//! Documents: formats only, no domain.
//!
//! Out of the house go PDFs (offers, receipts, contracts, letters) and workbooks (exports, settlements, templates to
//! fill in); into it come workbooks that people send. A stage builds the content, in words and typed cells, and this
//! room gives it a form:
//!
//! * [`Pdf`] prints a [`Paper`] with Typst: tagged, archival, the same bytes for the same content and time;
//! * [`Workbook`] writes typed cells row by row, so that an export of any length needs the memory of one row;
//! * [`read_grid`] parses an upload once into rows that know their sheet and cell, after it has looked at what the file
//!   is and how big it gets; [`HeaderMap`] finds the columns, [`CellProblem`] says what to mend and where;
//! * [`template`] makes the workbook to fill in;
//! * [`Calendar`] and [`Feed`] write what calendars and readers subscribe to.
//!
//! Texts of people are data everywhere: no markup in a PDF, no formula in a sheet.

mod announcement;
mod attached;
mod bad_workbook;
mod calendar;
mod cell_in;
mod cell_ref;
mod docx;
mod feed;
mod form_labels;
mod grid;
mod header_map;
mod inflate;
mod kind;
mod offer_form;
mod outline;
mod paper;
mod parcel;
mod pdf;
mod problem;
mod qr;
mod rehearsal;
mod sheet;
mod sheet_cell;
mod sheet_number;
mod sheet_style;
mod sheet_template;
mod signature;
mod signed;
mod text;
mod workbook_guard;

#[cfg(test)]
mod grid_test;
#[cfg(test)]
mod pdf_test;
#[cfg(test)]
mod sheet_test;
#[cfg(test)]
mod workbook_guard_test;

pub use announcement::AnnouncementPaper;
pub use attached::{ascii_json, texts_inside};
pub use bad_workbook::BadWorkbook;
pub use calendar::{Calendar, CalendarEvent, When};
pub use cell_ref::{cell_name, column_letters};
pub use docx::{DocxError, docx};
pub use feed::{Feed, FeedEntry, urn};
pub use form_labels::{FORM, FormLabels, Note};
pub use grid::{CellIn, GridCell, GridLimits, GridRow, GridSheet, read_grid};
pub use header_map::{ColumnSpec, HeaderMap};
pub use kind::{AttachmentKind, attachment_kind};
pub use offer_form::{Answer, ContactAnswers, Declared, OfferPaper, OfferorAnswers, PlanYear, Standing};
pub use outline::{Outline, OutlineColumn, OutlinePart, OutlineRow, OutlineTable};
pub use paper::{
    Align, AttachedFile, Block, ContractPaper, Fact, Head, LetterPaper, Paper, Party, Point, ReceiptPaper, RowStyle,
    Section, Signature, Table, TableColumn, TableRow,
};
pub use parcel::FileKind;
pub use pdf::{Pdf, PdfError, Template};
pub use problem::{CellProblem, folded, shortened};
pub use qr::Qr;
pub use rehearsal::Rehearsal;
pub use sheet::Workbook;
pub use sheet_cell::{Cell, Column, Kind, SheetError};
pub use sheet_number::NumberTooBig;
pub use sheet_template::{TemplateColumn, template};
pub use signature::{ContentCheck, KeyCheck, PdfSignature, SignatureKind, Signatures};
pub use signed::SignedFile;
