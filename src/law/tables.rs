//! Values that change in time: the minimum wage, the rate of socially useful work, the interest rate.
//!
//! A value is found by an explicit date. Where the law sets a new value every year, a year without a row
//! is a finding and never the last known value.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::finding::Finding;
use super::mark::Mark;
use super::money::Money;
use super::time::show_date;

mod shipped;

/// One value and the first day it holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DatedValue {
    pub from: NaiveDate,
    /// Grosze, or hundredths of a percent.
    pub value_x100: i64,
    pub source: String,
    pub mark: Mark,
}

impl DatedValue {
    /// The value as money; meaningful for the wage and the hourly rate.
    pub const fn money(&self) -> Money {
        Money::from_grosze(self.value_x100)
    }

    /// The value as a percentage with two decimals; meaningful for the interest rate.
    pub fn percent(&self) -> Decimal {
        Decimal::new(self.value_x100, 2)
    }
}

/// Rows in the order they were added; of two rows with the same date the later one counts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct DatedTable {
    rows: Vec<DatedValue>,
}

impl DatedTable {
    pub fn rows(&self) -> &[DatedValue] {
        &self.rows
    }

    pub fn push(&mut self, row: DatedValue) {
        self.rows.push(row);
    }

    /// The row in force on this day.
    pub fn on(&self, day: NaiveDate) -> Option<&DatedValue> {
        let started = self.rows.iter().filter(|row| row.from <= day);
        started.max_by_key(|row| row.from)
    }

    /// The newest row's first day; a change after it would not be known here.
    pub fn last_change(&self) -> Option<NaiveDate> {
        self.rows.iter().map(|row| row.from).max()
    }

    /// The days from `from` to `to`, both counted, cut wherever the value changes.
    /// Nothing when no row was in force on the first day.
    pub fn pieces(&self, from: NaiveDate, to: NaiveDate) -> Option<Vec<Piece<'_>>> {
        let inside = self.rows.iter().map(|row| row.from);
        let mut starts: Vec<NaiveDate> = inside.filter(|day| from < *day && *day <= to).collect();
        starts.push(from);
        starts.sort_unstable();
        starts.dedup();
        let last_days = starts.iter().skip(1).filter_map(NaiveDate::pred_opt);
        let ends: Vec<NaiveDate> = last_days.chain([to]).collect();
        let pieces = starts.iter().zip(ends);
        pieces
            .map(|(start, end)| {
                let row = self.on(*start)?;
                Some(Piece { from: *start, to: end, row })
            })
            .collect()
    }
}

/// Days, both counted, under one value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece<'a> {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub row: &'a DatedValue,
}

/// Which table an administrator's row goes to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// Minimum monthly wage, grosze.
    Wage,
    /// Hourly benefit for socially useful work (PSU), grosze.
    Psu,
    /// Interest on tax arrears, hundredths of a percent a year.
    Interest,
}

impl TableKind {
    pub const ALL: [TableKind; 3] = [Self::Wage, Self::Psu, Self::Interest];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Wage => "minimalne wynagrodzenie za pracę (miesięcznie)",
            Self::Psu => "świadczenie za godzinę prac społecznie użytecznych",
            Self::Interest => "odsetki za zwłokę od zaległości podatkowych (rocznie)",
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Wage => "wage",
            Self::Psu => "psu",
            Self::Interest => "interest",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The three tables together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tables {
    pub wages: DatedTable,
    pub psu: DatedTable,
    pub interest: DatedTable,
}

impl Tables {
    pub fn of(&self, kind: TableKind) -> &DatedTable {
        match kind {
            TableKind::Wage => &self.wages,
            TableKind::Psu => &self.psu,
            TableKind::Interest => &self.interest,
        }
    }

    /// Adds a row an administrator entered (grosze, or hundredths of a percent).
    pub fn extend(&mut self, kind: TableKind, from: NaiveDate, value_x100: i64, source: &str) {
        let table = match kind {
            TableKind::Wage => &mut self.wages,
            TableKind::Psu => &mut self.psu,
            TableKind::Interest => &mut self.interest,
        };
        let (source, mark) = (source.to_owned(), Mark::Office);
        table.push(DatedValue { from, value_x100, source, mark });
    }

    /// The minimum wage must be known for the very year; it is set anew for each.
    /// Basis: ustawa z 10.10.2002 o minimalnym wynagrodzeniu za pracę and the yearly regulation.
    /// Date: the day given, for the RSD cap the day of the contract.
    pub fn wage_on(&self, day: NaiveDate) -> Result<DatedValue, Finding> {
        same_year(&self.wages, day).ok_or_else(|| missing(TableKind::Wage, &on_year(day)))
    }

    /// The hourly benefit for socially useful work under an agreement made on this day.
    /// Basis: art. 73a of the 2004 act; from 1.06.2025 the minimum hourly rate, art. 142 uor2025, set
    /// every year. Date: the agreement's; one made before 1.06.2025 keeps the rate of 31.05.2025.
    pub fn psu_on(&self, day: NaiveDate) -> Result<DatedValue, Finding> {
        let yearly = NaiveDate::from_ymd_opt(2025, 6, 1).is_some_and(|start| day >= start);
        let (row, when) = if yearly {
            (same_year(&self.psu, day), on_year(day))
        } else {
            let row = self.psu.on(day).cloned();
            (row, format!("na dzień {}", show_date(day)))
        };
        row.ok_or_else(|| missing(TableKind::Psu, &when))
    }
}

/// What is wrong with a row before it is added: nothing, or findings for the form.
pub fn check_row(kind: TableKind, value_x100: i64, source: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let bad = || Finding::block("R-TAB-02").at(kind.label());
    let highest = match kind {
        TableKind::Wage => 10_000_000,
        TableKind::Psu => 100_000,
        TableKind::Interest => 10_000,
    };
    if !(1..=highest).contains(&value_x100) {
        findings.push(
            bad()
                .found("Wartość jest zerowa, ujemna albo zbyt duża.")
                .hint("Przepisz wartość z ogłoszonego aktu; sprawdź przecinek."),
        );
    }
    if source.trim().is_empty() {
        findings.push(
            bad()
                .found("Nie podano źródła wartości.")
                .hint("Wpisz akt, np. Dz.U. 2025 poz. 1242 albo numer Monitora Polskiego."),
        );
    }
    findings
}

fn same_year(table: &DatedTable, day: NaiveDate) -> Option<DatedValue> {
    let row = table.on(day).filter(|row| row.from.year() == day.year());
    row.cloned()
}

fn on_year(day: NaiveDate) -> String {
    format!("na rok {}", day.year())
}

/// The finding for a value that is not in the table.
pub(super) fn missing(kind: TableKind, when: &str) -> Finding {
    Finding::block("R-TAB-01")
        .at(kind.label())
        .found(format!("Brak wartości {when}."))
        .limit("Program nie zgaduje: nie podstawia wartości z innego okresu.")
        .hint(format!("Administrator dopisuje wartość {when} w tabelach stawek i podaje jej źródło."))
}

#[cfg(test)]
#[path = "tables_test.rs"]
mod tests;
