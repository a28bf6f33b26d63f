//! What an upload would change, row by row.

use serde::Serialize;

use super::rows::home;
use super::{Part, columns};
use crate::law::show_date;
use crate::offer::calculation::plain_number;
use crate::offer::model::OfferContent;

/// A cell as it would be, and as it was where that differs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CellChange {
    pub now: String,
    pub was: String,
    pub changed: bool,
}

/// A row that would be added, changed or removed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Change {
    pub what: &'static str,
    pub tone: &'static str,
    pub cells: Vec<CellChange>,
}

/// The headings of the rows, and what differs between the contents: changed first, then added, then removed.
#[must_use]
pub fn changes(part: Part, before: &OfferContent, after: &OfferContent) -> (Vec<&'static str>, Vec<Change>) {
    let years = after.years().len().max(before.years().len());
    let labels = columns::of(part, years).iter().map(|c| c.spec.label).collect();
    let (old, new) = (texts(part, before, years), texts(part, after, years));
    let mut free: Vec<Option<&Vec<String>>> = old.iter().map(Some).collect();
    let fresh: Vec<&Vec<String>> = new.iter().filter(|row| take(&mut free, |o| o == *row).is_none()).collect();
    let mut out = Vec::new();
    let mut added = Vec::new();
    for row in fresh {
        match take(&mut free, |o| key(part, o) == key(part, row)) {
            Some(was) => out.push(change("zmienione", "info", row, Some(was))),
            None => added.push(change("dodane", "ok", row, None)),
        }
    }
    out.extend(added);
    out.extend(free.into_iter().flatten().map(|row| change("usunięte", "error", row, None)));
    (labels, out)
}

/// Whether the rows stand in another order; that of costs and results is their number in print.
#[must_use]
pub fn reordered(part: Part, before: &OfferContent, after: &OfferContent) -> bool {
    let years = after.years().len().max(before.years().len());
    texts(part, before, years) != texts(part, after, years)
}

fn take<'a>(free: &mut [Option<&'a Vec<String>>], fits: impl Fn(&Vec<String>) -> bool) -> Option<&'a Vec<String>> {
    free.iter_mut().find(|slot| slot.is_some_and(&fits))?.take()
}

fn change(what: &'static str, tone: &'static str, row: &[String], was: Option<&Vec<String>>) -> Change {
    let cells = row.iter().enumerate().map(|(at, now)| {
        let was = was.and_then(|w| w.get(at)).unwrap_or(now);
        CellChange { now: now.clone(), was: was.clone(), changed: was != now }
    });
    Change { what, tone, cells: cells.collect() }
}

/// What tells a row from another one: the cost by its activity and name, the class by group, day and hour.
fn key(part: Part, row: &[String]) -> Vec<&str> {
    let columns: &[usize] = match part {
        Part::Costs => &[0, 1],
        Part::Results => &[0],
        Part::Programme => &[0, 1, 2],
    };
    columns.iter().filter_map(|at| row.get(*at)).map(String::as_str).collect()
}

fn texts(part: Part, content: &OfferContent, years: usize) -> Vec<Vec<String>> {
    let yes_no = |yes: bool| if yes { "tak" } else { "nie" }.to_owned();
    let clock = |t: Option<chrono::NaiveTime>| t.map(|t| t.format("%H:%M").to_string()).unwrap_or_default();
    match part {
        Part::Costs => content
            .costs
            .iter()
            .map(|l| {
                let mut out = vec![
                    home(l),
                    l.name.clone(),
                    l.unit.clone(),
                    l.unit_cost.to_string(),
                    plain_number(l.units),
                    yes_no(l.trainer),
                ];
                if years > 1 {
                    out.extend((0..years).map(|at| l.years.get(at).copied().unwrap_or_default().to_string()));
                }
                out
            })
            .collect(),
        Part::Results => {
            content.results.iter().map(|r| vec![r.name.clone(), r.target.clone(), r.monitoring.clone()]).collect()
        }
        Part::Programme => content
            .programme
            .iter()
            .map(|c| {
                vec![
                    c.day.map(show_date).unwrap_or_default(),
                    c.group.clone(),
                    clock(c.from),
                    clock(c.to),
                    c.topic.clone(),
                    c.trainer.clone(),
                    yes_no(c.individual),
                ]
            })
            .collect(),
    }
}
