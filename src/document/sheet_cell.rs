//! The words of a sheet: columns, typed cells, and why a workbook cannot be made.

use chrono::{NaiveDate, NaiveTime};
use rust_xlsxwriter::XlsxError;

use super::sheet_number::NumberTooBig;

/// What a column holds; decides the format of its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Shown as `12 345,67 zł` in a Polish Excel.
    Money,
    /// Time worked, shown as `[h]:mm`.
    Hours,
    Date,
    Time,
    Integer,
    Percent,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub label: String,
    pub kind: Kind,
    /// In characters of the default font.
    pub width: u16,
    /// The last row carries the sum of this column.
    pub total: bool,
}

impl Column {
    pub fn new(label: impl Into<String>, kind: Kind, width: u16) -> Self {
        Self { label: label.into(), kind, width, total: false }
    }

    pub fn with_total(self) -> Self {
        Self { total: true, ..self }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    /// Grosze.
    Money(i64),
    Minutes(i64),
    Date(NaiveDate),
    Time(NaiveTime),
    Int(i64),
    /// Percent × 100: 12,34 % is 1234.
    Percent(i64),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The number that a total adds up; texts and dates add nothing.
    pub(super) fn amount(&self) -> i64 {
        match self {
            Self::Money(n) | Self::Minutes(n) | Self::Int(n) | Self::Percent(n) => *n,
            Self::Empty | Self::Text(_) | Self::Date(_) | Self::Time(_) => 0,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Empty | Self::Text(_) => Kind::Text,
            Self::Money(_) => Kind::Money,
            Self::Minutes(_) => Kind::Hours,
            Self::Date(_) => Kind::Date,
            Self::Time(_) => Kind::Time,
            Self::Int(_) => Kind::Integer,
            Self::Percent(_) => Kind::Percent,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error("a spreadsheet cannot hold this: {0}")]
    Format(#[from] XlsxError),
    #[error(transparent)]
    Number(#[from] NumberTooBig),
    #[error("the total of column {column:?} does not fit 64 bits")]
    Total { column: String },
    #[error("a row of sheet {sheet:?} has {cells} cells for {columns} columns")]
    Shape { sheet: String, cells: usize, columns: usize },
    #[error("more rows or columns than a sheet can have")]
    Long,
}
