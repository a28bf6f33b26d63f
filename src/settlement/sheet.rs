//! The settlement workbook for finance: one contract, or every contract of a contest.
//!
//! Numbers are numbers, dates are dates, and only totals are formulas. The rows of hours
//! are read contract by contract while they are written, so a contest of any size needs
//! the memory of one contract.

use super::figures::figures_of;
use super::model::Figures;
use super::store;
use super::{sheet_fees, sheet_money, sheet_rows as rows};
use crate::contract::{Contract, Payment};
use crate::document::{Cell, Column, Kind, Rehearsal, SheetError, Workbook};
use crate::error::AppError;
use crate::law::{Instant, Money, Tables, warsaw_date};
use crate::report::{HoursLine, Part};
use crate::store::{Read, tables};

/// Contracts read at once for the sheets without hours.
const CHUNK: usize = 50;

/// What the short sheets say of one contract.
#[derive(Default)]
struct Short {
    contract: Vec<Vec<Cell>>,
    groups: Vec<Vec<Cell>>,
    costs: Vec<Vec<Cell>>,
    tranches: Vec<Vec<Cell>>,
    settlement: Vec<Vec<Cell>>,
    returns: Vec<Vec<Cell>>,
    effects: Vec<Vec<Cell>>,
    fees: Vec<Vec<Cell>>,
}

/// Columns about hours, groups and participants: a contest without classes has none of them.
const OF_CLASSES: [&str; 12] = [
    "Limit za godzinę",
    "Limit obejmuje",
    "Mniejsza grupa",
    "Godzina",
    "Godziny zaplanowane",
    "Godziny przeprowadzone",
    "Limit za przeprowadzone godziny",
    "Koszt godziny",
    "Ponad limit",
    "Kod uczestnika",
    "Ukończył(a)",
    "Obecność %",
];

/// The facts of one contract behind its rows.
pub(super) struct Facts<'a> {
    pub contract: &'a Contract,
    pub parts: &'a [Part],
    pub payments: &'a [Payment],
    pub figures: Figures,
    pub hours: Vec<HoursLine>,
}

/// The workbook of `contracts`; `title` names it with its number, `author` is the office.
///
/// # Errors
/// Those of the database; `Internal` when a sheet cannot hold a number.
pub fn workbook(
    r: &mut Read<'_>,
    contracts: &[Contract],
    title: &str,
    author: &str,
    now: Instant,
) -> Result<Vec<u8>, AppError> {
    let tables = tables::tables(r)?;
    let mut short = Short::default();
    for chunk in contracts.chunks(CHUNK) {
        let facts = store::of_contracts_with_rows(r, chunk)?;
        for (contract, (parts, payments)) in chunk.iter().zip(&facts) {
            short.add(contract, parts, payments, &tables, now)?;
        }
    }
    let mut book = Workbook::new(title, author, now, Rehearsal::of_number(title)).map_err(bad)?;
    let classes = contracts.is_empty() || contracts.iter().any(|c| c.content.applies().classes);
    short.put(&mut book, classes, |book| if classes { hours_sheet(book, r, contracts) } else { Ok(()) })?;
    book.finish().map_err(bad)
}

impl Short {
    /// Every sheet in its order; a contest without classes has no groups and no hours.
    fn put(
        self,
        book: &mut Workbook,
        classes: bool,
        hours: impl FnOnce(&mut Workbook) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let shown = Shown { classes, fees: !self.fees.is_empty() };
        shown.put(book, "Umowa", &rows::CONTRACT, self.contract)?;
        if classes {
            shown.put(book, "Grupy", &rows::GROUPS, self.groups)?;
        }
        hours(book)?;
        shown.put(book, "Koszty", &sheet_money::COSTS, self.costs)?;
        shown.put(book, "Dokumenty", &sheet_money::DOCUMENTS, Vec::new())?;
        shown.put(book, "Transze", &sheet_money::TRANCHES, self.tranches)?;
        shown.put(book, "Rozliczenie", &sheet_money::SETTLEMENT, self.settlement)?;
        shown.put(book, "Zwroty", &sheet_money::RETURNS, self.returns)?;
        if shown.fees {
            shown.put(book, "Opłaty od odbiorców", &sheet_fees::FEES, self.fees)?;
        }
        shown.put(book, "Efekty", &sheet_money::EFFECTS, self.effects)
    }

    fn add(
        &mut self,
        contract: &Contract,
        parts: &[Part],
        payments: &[Payment],
        tables: &Tables,
        now: Instant,
    ) -> Result<(), AppError> {
        let figures = figures_of(&contract.content, parts, payments)?;
        let hours = parts.iter().flat_map(|p| p.hours.iter().cloned()).collect();
        let facts = Facts { contract, parts, payments, figures, hours };
        let today = warsaw_date(now);
        self.contract.push(rows::contract(&facts));
        self.groups.extend(rows::groups(&facts)?);
        self.costs.extend(sheet_money::costs(&facts)?);
        self.tranches.extend(sheet_money::tranches(&facts));
        self.settlement.push(sheet_money::settlement(&facts, tables, today)?);
        self.returns.extend(sheet_money::returns(&facts, tables, today)?);
        self.effects.extend(sheet_money::effects(&facts));
        self.fees.extend(sheet_fees::fees(&facts));
        Ok(())
    }
}

/// A column of a sheet: heading, kind, width in characters, whether the last row adds it up.
pub(super) type Spec = (&'static str, Kind, u16, bool);

fn columns(specs: &[Spec]) -> Vec<Column> {
    let column = |(label, kind, width, total): &Spec| {
        let column = Column::new(*label, *kind, *width);
        if *total { column.with_total() } else { column }
    };
    specs.iter().map(column).collect()
}

/// Which columns the workbook has.
#[derive(Clone, Copy)]
struct Shown {
    classes: bool,
    /// A report said what recipients paid.
    fees: bool,
}

impl Shown {
    fn keeps(self, heading: &str) -> bool {
        (self.classes || !OF_CLASSES.contains(&heading)) && (self.fees || heading != sheet_money::UNSPENT_FEES)
    }

    fn put(self, book: &mut Workbook, name: &str, specs: &[Spec], rows: Vec<Vec<Cell>>) -> Result<(), AppError> {
        let kept: Vec<bool> = specs.iter().map(|spec| self.keeps(spec.0)).collect();
        let specs: Vec<Spec> = specs.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(spec, _)| *spec).collect();
        let cells =
            |row: Vec<Cell>| row.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect();
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        book.table(name, &columns(&specs), rows).map(|_| ()).map_err(bad)
    }
}

/// Writes the hours of one contract after another; a failed read ends the sheet and the workbook.
fn hours_sheet(book: &mut Workbook, r: &mut Read<'_>, contracts: &[Contract]) -> Result<(), AppError> {
    let mut failed = None;
    let lines = contracts.iter().map_while(|contract| match store::of_contract_with_rows(r, contract) {
        Ok((parts, _)) => Some(rows::hours(contract, &parts)),
        Err(e) => {
            failed = Some(e);
            None
        }
    });
    book.table("Godziny", &columns(&rows::HOURS), lines.flatten()).map_err(bad)?;
    failed.map_or(Ok(()), Err)
}

pub(super) fn money(amount: Money) -> Cell {
    Cell::Money(amount.grosze())
}

fn bad(e: SheetError) -> AppError {
    AppError::Internal(Box::new(e))
}
