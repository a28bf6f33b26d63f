//! Parts V.A and V.B as tables: numbers of rows, sums, shares. The page, the printed form and the rules
//! all look at these, so that they cannot differ.

use rust_decimal::Decimal;

use super::model::{CostLine, OfferContent};
use crate::document::FORM;
use crate::law::{CapScope, CapTerms, Money};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowKind {
    /// "I. Koszty realizacji działań", "II. Koszty administracyjne".
    Block,
    /// "I.1 Warsztaty" with the sum of its lines.
    Activity,
    Line,
    Sum,
}

/// One printed row of V.A.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CostRow {
    pub kind: RowKind,
    pub no: String,
    pub name: String,
    pub unit: String,
    pub unit_cost: Option<Money>,
    pub units: Option<Decimal>,
    /// Nothing where the amount does not fit, or a row has none.
    pub total: Option<Money>,
    /// By calendar year; empty where the row has no amounts.
    pub years: Vec<Money>,
}

/// V.B as it is printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceTable {
    pub total: Money,
    pub grant: Money,
    pub own: Money,
    pub own_financial: Money,
    pub own_in_kind: Money,
    pub recipients: Money,
    /// Shares of 2, 3 and 4 in percent.
    pub shares: [Decimal; 3],
}

/// The activity a cost belongs to, if there is one of that number.
fn home(line: &CostLine, activities: usize) -> Option<usize> {
    let n = usize::try_from(line.activity?).ok()?;
    (1..=activities).contains(&n).then_some(n)
}

/// The "Lp." of every cost line, in the order of the lines.
#[must_use]
pub fn numbers(content: &OfferContent) -> Vec<String> {
    let count = content.activities.len();
    let mut seen: Vec<(Option<usize>, usize)> = Vec::new();
    let mut out = Vec::with_capacity(content.costs.len());
    for (at, line) in content.costs.iter().enumerate() {
        let home = home(line, count);
        if line.activity.is_some() && home.is_none() {
            out.push(format!("bez działania, koszt {}", at + 1));
            continue;
        }
        let no = seen.iter().filter(|(place, _)| *place == home).count() + 1;
        seen.push((home, no));
        out.push(home.map_or_else(|| format!("II.{no}"), |n| format!("I.{n}.{no}")));
    }
    out
}

fn sum<'a>(lines: impl Iterator<Item = &'a CostLine> + Clone, years: usize) -> (Option<Money>, Vec<Money>) {
    let total = lines.clone().try_fold(Money::ZERO, |sum, line| sum.checked_add(line.value()?));
    let of_year = |at: usize| {
        lines.clone().fold(Money::ZERO, |sum, line| {
            let part = line.years.get(at).copied().unwrap_or_default();
            sum.checked_add(part).unwrap_or(sum)
        })
    };
    (total, (0..years).map(of_year).collect())
}

fn sum_row<'a>(
    kind: RowKind,
    no: String,
    name: &str,
    lines: impl Iterator<Item = &'a CostLine> + Clone,
    years: usize,
) -> CostRow {
    let (total, years) = sum(lines, years);
    CostRow { kind, no, name: name.to_owned(), unit: String::new(), unit_cost: None, units: None, total, years }
}

fn heading(name: &str) -> CostRow {
    let none = std::iter::empty::<&CostLine>();
    CostRow { total: None, ..sum_row(RowKind::Block, String::new(), name, none, 0) }
}

fn line_row(no: &str, line: &CostLine) -> CostRow {
    CostRow {
        kind: RowKind::Line,
        no: no.to_owned(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        unit_cost: Some(line.unit_cost),
        units: Some(line.units),
        total: line.value(),
        years: line.years.clone(),
    }
}

/// V.A as it is printed: both blocks with their sums.
#[must_use]
pub fn cost_rows(content: &OfferContent) -> Vec<CostRow> {
    let years = content.years().len();
    let count = content.activities.len();
    let numbers = numbers(content);
    let numbered = || numbers.iter().zip(&content.costs);
    let mut out = vec![heading(&format!("I. {}", FORM.costs_actions))];
    for (at, activity) in content.activities.iter().enumerate() {
        let own = || numbered().filter(move |(_, line)| home(line, count) == Some(at + 1));
        let lines = own().map(|(_, line)| line);
        out.push(sum_row(RowKind::Activity, format!("I.{}", at + 1), &activity.name, lines, years));
        out.extend(own().map(|(no, line)| line_row(no, line)));
    }
    let lost = numbered().filter(|(_, line)| line.activity.is_some() && home(line, count).is_none());
    out.extend(lost.map(|(no, line)| line_row(no, line)));
    let tasks = content.costs.iter().filter(|l| l.activity.is_some());
    out.push(sum_row(RowKind::Sum, String::new(), FORM.sum_actions, tasks, years));
    out.push(heading(&format!("II. {}", FORM.costs_admin)));
    out.extend(numbered().filter(|(_, line)| line.activity.is_none()).map(|(no, line)| line_row(no, line)));
    let admin = content.costs.iter().filter(|l| l.activity.is_none());
    out.push(sum_row(RowKind::Sum, String::new(), FORM.sum_admin, admin, years));
    out.push(sum_row(RowKind::Sum, String::new(), FORM.sum_all, content.costs.iter(), years));
    out
}

/// Sum of the administrative costs (block II); nothing when it does not fit.
#[must_use]
pub fn admin_total(content: &OfferContent) -> Option<Money> {
    sum(content.costs.iter().filter(|l| l.activity.is_none()), 0).0
}

/// What of the grant the cap looks at.
#[must_use]
pub fn capped_amount(content: &OfferContent, terms: &CapTerms) -> Money {
    match terms.scope {
        CapScope::WholeGrant => content.sources.grant,
        CapScope::TrainerLines => sum(content.costs.iter().filter(|l| l.trainer), 0).0.unwrap_or(content.sources.grant),
    }
}

/// V.B; the first row is the sum of V.A (R-OFF-04). Nothing when an amount does not fit.
#[must_use]
pub fn sources(content: &OfferContent) -> Option<SourceTable> {
    let total = content.total()?;
    let s = &content.sources;
    let own = s.own_financial.checked_add(s.own_in_kind)?;
    let share = |part: Money| part.percent_of(total).unwrap_or_default();
    Some(SourceTable {
        total,
        grant: s.grant,
        own,
        own_financial: s.own_financial,
        own_in_kind: s.own_in_kind,
        recipients: s.recipients,
        shares: [share(s.grant), share(own), share(s.recipients)],
    })
}

/// The calendar years that the columns of the costs stand for now: those of the task, or the last ones known
/// while a date is missing.
#[must_use]
pub fn columns(content: &OfferContent) -> Vec<i32> {
    let years = content.years();
    if years.is_empty() { content.cost_years.clone() } else { years }
}

/// Fits the year columns of every cost, which stood for the years `old`, to the years of the task. With one year the column is the value.
/// Otherwise an amount stays with its calendar year; that of a year the task no longer touches goes to the
/// nearest year left. Without dates the columns stay as they were, so that nothing is lost.
pub fn fit_years(content: &mut OfferContent, old: &[i32]) {
    let new = content.years();
    if new.is_empty() {
        content.cost_years = old.to_vec();
        return;
    }
    for line in &mut content.costs {
        if new.len() == 1 {
            line.years = line.value().into_iter().collect();
        } else if old != new || line.years.len() != new.len() {
            line.years = spread(&line.years, old, &new);
        }
    }
    if let Some(joint) = &mut content.joint {
        for share in &mut joint.shares {
            if old != new || share.years.len() != new.len() {
                share.years = spread(&share.years, old, &new);
            }
        }
    }
    content.cost_years = Vec::new();
}

fn spread(amounts: &[Money], old: &[i32], new: &[i32]) -> Vec<Money> {
    let mut out = vec![Money::ZERO; new.len()];
    for (at, amount) in amounts.iter().enumerate() {
        let year = old.get(at).copied().unwrap_or(i32::MAX);
        let home = new.iter().position(|y| *y >= year).unwrap_or(new.len().saturating_sub(1));
        if let Some(cell) = out.get_mut(home) {
            *cell = cell.checked_add(*amount).unwrap_or(*cell);
        }
    }
    out
}

/// What stood in years that the task no longer touches: year and amount. It was moved, and a person should
/// look where to.
#[must_use]
pub fn moved(before: &OfferContent, after: &OfferContent) -> Vec<(i32, Money)> {
    let (old, new) = (columns(before), columns(after));
    let gone = old.iter().enumerate().filter(|(_, year)| !new.contains(year));
    gone.filter_map(|(at, year)| {
        let sum = Money::sum(before.costs.iter().filter_map(|line| line.years.get(at).copied()))?;
        (!sum.is_zero()).then_some((*year, sum))
    })
    .collect()
}

/// `2,5`: a plain number as people write it here.
#[must_use]
pub fn plain_number(n: Decimal) -> String {
    n.normalize().to_string().replace('.', ",")
}

/// `93,33`: a share with its two decimals.
#[must_use]
pub fn plain_share(n: Decimal) -> String {
    format!("{n:.2}").replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(years: &[i64]) -> CostLine {
        CostLine {
            activity: None,
            name: "k".into(),
            unit: "szt.".into(),
            unit_cost: Money::zl(years.iter().sum()),
            units: Decimal::ONE,
            trainer: false,
            years: years.iter().map(|n| Money::zl(*n)).collect(),
        }
    }

    fn content(from: &str, to: &str, years: &[i64]) -> OfferContent {
        OfferContent {
            starts: from.parse().ok(),
            ends: to.parse().ok(),
            costs: vec![line(years)],
            ..OfferContent::default()
        }
    }

    #[test]
    fn year_columns_follow_the_dates_and_lose_nothing() {
        for (from, to, fitted, gone) in [
            ("2027-01-01", "2028-12-31", vec![30, 70], vec![]),
            ("2027-01-01", "2027-12-31", vec![100], vec![(2028, Money::zl(70))]),
            ("2026-01-01", "2028-12-31", vec![0, 30, 70], vec![]),
            ("2028-01-01", "2029-12-31", vec![100, 0], vec![(2027, Money::zl(30))]),
            ("2025-01-01", "2026-12-31", vec![0, 100], vec![(2027, Money::zl(30)), (2028, Money::zl(70))]),
            ("2027-06-01", "2029-12-31", vec![30, 70, 0], vec![]),
        ] {
            let before = content("2027-01-11", "2028-02-11", &[30, 70]);
            let mut after = before.clone();
            (after.starts, after.ends) = (from.parse().ok(), to.parse().ok());
            fit_years(&mut after, &columns(&before));
            let amounts: Vec<i64> = after.costs[0].years.iter().map(|m| m.grosze() / 100).collect();
            assert_eq!(amounts, fitted, "{from}–{to}");
            assert_eq!(moved(&before, &after), gone, "{from}–{to}");
        }
        let mut without = content("2027-01-11", "2028-02-11", &[30, 70]);
        without.ends = None;
        fit_years(&mut without, &[2027, 2028]);
        assert_eq!(without.costs[0].years, [Money::zl(30), Money::zl(70)], "no dates: nothing is cut");
        let old = columns(&without);
        without.ends = "2028-02-11".parse().ok();
        fit_years(&mut without, &old);
        assert_eq!(without.cost_years, Vec::<i32>::new());
        assert_eq!(without.costs[0].years, [Money::zl(30), Money::zl(70)]);
    }
}
