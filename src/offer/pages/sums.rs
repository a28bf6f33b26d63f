//! The sums of the money tables, counted from what stands in the fields. Each has a name, under which `sums.js` counts
//! it while somebody types and the answer to an autosave brings it anew.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::FORM;
use crate::law::{Minutes, Money};
use crate::offer::calculation::{CostRow, RowKind, cost_rows, plain_share, sources};
use crate::offer::model::OfferContent;
use crate::web::Fields;

/// A column of a calendar year.
#[derive(Serialize)]
pub struct Year {
    pub field: String,
    pub label: String,
}

#[derive(Serialize, Default)]
pub struct Totals {
    /// Value of each cost row, by its number on the page.
    pub values: Vec<String>,
    pub all: String,
    pub sources: String,
    pub hours: String,
    pub own: String,
    /// Shares of the grant, own money and payments of recipients in percent.
    pub shares: Vec<String>,
}

/// One row of sums: the whole first, then the years where there are several.
#[derive(Serialize, Debug)]
pub struct SumRow {
    pub label: String,
    /// A sum of the rows above.
    pub sum: bool,
    pub cells: Vec<SumCell>,
}

#[derive(Serialize, Debug)]
pub struct SumCell {
    /// Its name on the page.
    pub total: String,
    /// The groups it counts towards itself.
    pub adds_to: String,
    /// Which groups it is the difference of; its own name where it is just a sum.
    pub is: String,
    pub less: String,
    pub value: String,
}

/// The year columns; with one year the column is the value itself.
pub fn years(content: &OfferContent) -> Vec<Year> {
    let years = content.years();
    if years.len() < 2 {
        return Vec::new();
    }
    let column =
        |(at, year): (usize, &i32)| Year { field: format!("y{at}"), label: format!("Rok {} ({year})", at + 1) };
    years.iter().enumerate().map(column).collect()
}

pub fn totals(content: &OfferContent, fields: &Fields) -> Totals {
    // Rows that are empty stand on the page and not in the content.
    let mut lines = content.costs.iter();
    let values = fields
        .rows("costs")
        .iter()
        .map(|row| {
            let line = if fields.row_is_empty("costs", row) { None } else { lines.next() };
            let value = line.and_then(|l| l.value()).filter(|value| !value.is_zero());
            value.map(|v| v.to_string()).unwrap_or_default()
        })
        .collect();
    let table = sources(content);
    let paid = table.as_ref().and_then(|t| t.grant.checked_add(t.own)?.checked_add(t.recipients));
    let minutes = content.hours.iter().fold(Minutes::ZERO, |sum, h| sum.saturating_add(h.minutes));
    Totals {
        values,
        all: said(content.total()),
        sources: said(paid),
        hours: minutes.to_string(),
        own: said(table.as_ref().map(|t| t.own)),
        shares: table.iter().flat_map(|t| t.shares).map(|share| format!("{}%", plain_share(share))).collect(),
    }
}

/// An amount as the script writes it; nothing where it does not fit.
fn said(amount: Option<Money>) -> String {
    amount.map(|m| m.to_string().replace('-', "−")).unwrap_or_default()
}

/// The amounts of a row: the whole, then a column each where there are several years.
fn amounts(whole: Option<Money>, years: &[Money], columns: usize) -> Vec<Option<Money>> {
    let of_year = |at: usize| Some(years.get(at).copied().unwrap_or_default());
    std::iter::once(whole).chain((0..columns).map(of_year)).collect()
}

/// The sums of V.A: each activity, both blocks, all.
pub fn cost_sums(content: &OfferContent) -> Vec<SumRow> {
    let columns = years(content).len();
    let rows: Vec<CostRow> =
        cost_rows(content).into_iter().filter(|row| matches!(row.kind, RowKind::Activity | RowKind::Sum)).collect();
    let count = content.activities.len();
    rows.iter().enumerate().map(|(at, row)| cost_sum(row, at, count, columns)).collect()
}

fn cost_sum(row: &CostRow, at: usize, activities: usize, columns: usize) -> SumRow {
    let cell = |(column, amount): (usize, &Option<Money>)| {
        let group = column.checked_sub(1).map_or_else(|| "costs".to_owned(), |year| format!("y{year}"));
        let adm = format!("{group}:adm");
        // The activities come first, then the sum of theirs, of the administration, of everything.
        let (total, is, less) = match at.checked_sub(activities) {
            None => (format!("{group}:{}", at + 1), String::new(), String::new()),
            Some(0) => (format!("{group}:tasks"), group, adm),
            Some(1) => (adm, String::new(), String::new()),
            Some(_) => (group, String::new(), String::new()),
        };
        SumCell { total, adds_to: String::new(), is, less, value: said(*amount) }
    };
    let cells = amounts(row.total, &row.years, columns).iter().enumerate().map(cell).collect();
    let label = if row.no.is_empty() { row.name.clone() } else { format!("{} {}", row.no, row.name) };
    SumRow { label, sum: row.kind == RowKind::Sum, cells }
}

/// V.C as it stands: the offerors, the one whose part `org` is typed among them, what they bear together, V.A, and what
/// is still to be divided.
pub fn split_sums(content: &OfferContent, org: &str) -> Vec<SumRow> {
    let columns = years(content).len();
    let shares: Vec<_> = content.joint.iter().flat_map(|joint| &joint.shares).collect();
    let mut out = Vec::new();
    for share in &shares {
        let typed = share.org.as_str() == org;
        let name = if typed { "own" } else { share.org.as_str() };
        let adds = if typed { "" } else { "all" };
        out.push(split_row(share.name.clone(), name, adds, &amounts(share.total(), &share.years, columns)));
    }
    let of_year = |at: usize| Money::sum(shares.iter().map(|share| share.years.get(at).copied().unwrap_or_default()));
    let borne = Money::sum(shares.iter().flat_map(|share| share.years.iter().copied()));
    let together: Vec<_> = std::iter::once(borne).chain((0..columns).map(of_year)).collect();
    let costs = cost_rows(content).pop();
    let whole = costs.as_ref().and_then(|row| row.total);
    let whole = amounts(whole, costs.as_ref().map_or(&[], |row| &row.years), columns);
    let left: Vec<_> = whole.iter().zip(&together).map(|(va, vc)| (*va)?.checked_sub((*vc)?)).collect();
    out.push(split_row("Oferenci razem (V.C)".into(), "all", "", &together));
    out.push(split_row(format!("{} (V.A)", FORM.sum_all), "va", "va", &whole));
    let mut rest = split_row("Zostało do podziału (ma być 0,00 zł)".into(), "left", "", &left);
    for (at, cell) in rest.cells.iter_mut().enumerate() {
        (cell.is, cell.less) = (column("va", at), column("all", at));
    }
    out.push(rest);
    let first_sum = shares.len();
    out.iter_mut().skip(first_sum).for_each(|row| row.sum = true);
    out
}

fn column(group: &str, at: usize) -> String {
    at.checked_sub(1).map_or_else(|| group.to_owned(), |year| format!("{group}-y{year}"))
}

/// A row of V.C; what is not typed here counts towards itself too, so that its sum is what stands in it.
fn split_row(label: String, name: &str, adds: &str, amounts: &[Option<Money>]) -> SumRow {
    let cell = |(at, amount): (usize, &Option<Money>)| {
        let total = column(name, at);
        let adds_to = match adds {
            "" => String::new(),
            adds if adds == name => total.clone(),
            adds => format!("{} {total}", column(adds, at)),
        };
        SumCell { total, adds_to, is: String::new(), less: String::new(), value: said(*amount) }
    };
    SumRow { label, sum: false, cells: amounts.iter().enumerate().map(cell).collect() }
}

/// The groups that the field of a year counts towards in the part of one offeror.
pub fn split_groups(at: usize) -> String {
    format!("own own-y{at} all all-y{at}")
}

/// The sums of rows by their names, for the script.
pub fn by_name(rows: &[SumRow]) -> BTreeMap<String, String> {
    rows.iter().flat_map(|row| &row.cells).map(|cell| (cell.total.clone(), cell.value.clone())).collect()
}
