//! Rows of a workbook and parts of an offer, both ways.

use chrono::NaiveTime;

use super::Part;
use super::cells::Reader;
use super::columns::{YEARS, activities};
use crate::call::CallContent;
use crate::document::{Cell, GridRow};
use crate::law::Money;
use crate::offer::calculation::plain_number;
use crate::offer::model::{CostLine, OfferContent, PlannedClass, PlannedResult};

/// The part as rows of cells, in the order of the columns.
pub(super) fn cells(part: Part, content: &OfferContent, years: usize) -> Vec<Vec<Cell>> {
    match part {
        Part::Costs => content.costs.iter().map(|line| cost_cells(line, years)).collect(),
        Part::Results => content
            .results
            .iter()
            .map(|r| vec![Cell::text(&*r.name), Cell::text(&*r.target), Cell::text(&*r.monitoring)])
            .collect(),
        Part::Programme => content.programme.iter().map(class_cells).collect(),
    }
}

fn yes_no(yes: bool) -> Cell {
    Cell::text(if yes { "tak" } else { "nie" })
}

/// What stands in the column of activities for a cost.
pub(super) fn home(line: &CostLine) -> String {
    line.activity
        .map_or_else(|| "administracyjne".to_owned(), |n| if n == 0 { String::new() } else { format!("I.{n}") })
}

fn cost_cells(line: &CostLine, years: usize) -> Vec<Cell> {
    let mut out = vec![
        Cell::text(home(line)),
        Cell::text(&*line.name),
        Cell::text(&*line.unit),
        Cell::Money(line.unit_cost.grosze()),
        Cell::text(plain_number(line.units)),
        yes_no(line.trainer),
    ];
    if years > 1 {
        let amount = |at: usize| line.years.get(at).copied().unwrap_or_default().grosze();
        out.extend((0..years.min(YEARS.len())).map(|at| Cell::Money(amount(at))));
    }
    out
}

fn class_cells(class: &PlannedClass) -> Vec<Cell> {
    let time = |t: Option<NaiveTime>| t.map_or(Cell::Empty, Cell::Time);
    vec![
        class.day.map_or(Cell::Empty, Cell::Date),
        Cell::text(&*class.group),
        time(class.from),
        time(class.to),
        Cell::text(&*class.topic),
        Cell::text(&*class.trainer),
        yes_no(class.individual),
    ]
}

/// A row that shows how to fill the template.
pub(super) fn example(part: Part, call: &CallContent, years: usize) -> Vec<Cell> {
    let time = |h| NaiveTime::from_hms_opt(h, 0, 0).map_or(Cell::Empty, Cell::Time);
    let taught = call.applies().classes;
    match part {
        Part::Costs => {
            let mut out = vec![
                Cell::text("I.1"),
                Cell::text(if taught { "Wynagrodzenia trenerów z narzutami" } else { "Wynajem sprzętu (przykład)" }),
                Cell::text(if taught { "godzina" } else { "dzień" }),
                Cell::Money(5_500),
                Cell::text("90"),
                Cell::text("tak"),
            ];
            if years > 1 {
                out.extend((0..years.min(YEARS.len())).map(|at| Cell::Money(if at == 0 { 495_000 } else { 0 })));
            }
            out
        }
        Part::Results => vec![
            Cell::text(if taught {
                "Osoby, które ukończyły program"
            } else {
                "Osoby, które skorzystały z zadania"
            }),
            Cell::text(if taught { "co najmniej 85% uczestników" } else { "co najmniej 300 osób" }),
            Cell::text(if taught {
                "listy obecności, zaświadczenia"
            } else {
                "liczenie odbiorców, zdjęcia, ankiety"
            }),
        ],
        Part::Programme => vec![
            call.editions.first().map_or(Cell::Empty, |e| Cell::Date(e.from)),
            Cell::text(call.groups.first().map(|g| g.code.clone()).unwrap_or_default()),
            time(9),
            time(14),
            Cell::text(call.topics.first().cloned().unwrap_or_default()),
            Cell::text("Ewa Przykładowa"),
            Cell::text("nie"),
        ],
    }
}

/// Puts the rows of the sheet into `out`; how many there were.
pub(super) fn read(part: Part, reader: &mut Reader<'_>, out: &mut OfferContent, call: &CallContent) -> usize {
    let rows = reader.rows();
    match part {
        Part::Costs => {
            let costs = rows.iter().map(|row| cost(reader, row, out)).collect();
            out.costs = costs;
        }
        Part::Results => {
            out.results = rows
                .iter()
                .map(|row| PlannedResult {
                    name: reader.text(row, "name"),
                    target: reader.text(row, "target"),
                    monitoring: reader.text(row, "monitoring"),
                })
                .collect();
        }
        Part::Programme => {
            let allowed: Vec<String> = if out.hours.is_empty() {
                call.groups.iter().map(|g| g.code.clone()).collect()
            } else {
                out.hours.iter().map(|h| h.group.clone()).collect()
            };
            let mut classes: Vec<PlannedClass> = rows.iter().map(|row| class(reader, row, &allowed)).collect();
            classes.sort_by(|a, b| (&a.group, a.day, a.from).cmp(&(&b.group, b.day, b.from)));
            out.programme = classes;
        }
    }
    rows.len()
}

fn cost(reader: &mut Reader<'_>, row: &GridRow, content: &OfferContent) -> CostLine {
    let activity = activity(reader, row, content);
    let mut line = CostLine {
        activity,
        name: reader.text(row, "name"),
        unit: reader.text(row, "unit"),
        unit_cost: reader.money(row, "unit_cost"),
        units: reader.units(row, "units"),
        trainer: reader.yes(row, "trainer"),
        years: Vec::new(),
    };
    let years = content.years().len();
    let keys = YEARS.iter().map(|(key, _)| key).take(years);
    line.years = if keys.clone().any(|key| reader.has(key)) {
        keys.map(|key| reader.money(row, key)).collect()
    } else {
        line.value().into_iter().chain(std::iter::repeat(Money::ZERO)).take(years).collect()
    };
    line
}

/// `I.2`, `2`, the name of an activity, or `administracyjne`; `None` stands for administrative costs.
fn activity(reader: &mut Reader<'_>, row: &GridRow, content: &OfferContent) -> Option<u32> {
    let typed = reader.text(row, "activity").to_lowercase();
    if ["administracyjne", "koszty administracyjne", "adm", "ii", "ii."].contains(&typed.as_str()) {
        return None;
    }
    let number = typed.strip_prefix("i.").unwrap_or(&typed).trim_end_matches('.').parse::<usize>().ok();
    let named = content.activities.iter().position(|a| a.name.trim().to_lowercase() == typed);
    let at = number.filter(|n| (1..=content.activities.len()).contains(n)).or(named.map(|at| at + 1));
    if at.is_none() {
        let problem =
            if typed.is_empty() { "komórka jest pusta" } else { "w harmonogramie nie ma takiego działania" };
        let hint = format!("Wpisz jedno z: {}.", activities(content).join(", "));
        reader.problem(row, "activity", problem, &hint);
    }
    Some(at.and_then(|n| u32::try_from(n).ok()).unwrap_or(0))
}

fn class(reader: &mut Reader<'_>, row: &GridRow, allowed: &[String]) -> PlannedClass {
    let group = reader.one_of(row, "group", allowed, "oferta nie ma takiej grupy").unwrap_or_default();
    let class = PlannedClass {
        group,
        day: reader.day(row, "day"),
        from: reader.time(row, "from"),
        to: reader.time(row, "to"),
        topic: reader.text(row, "topic"),
        trainer: reader.text(row, "trainer").split_whitespace().collect::<Vec<_>>().join(" "),
        individual: reader.yes(row, "individual"),
    };
    if let (Some(from), Some(to)) = (class.from, class.to)
        && to <= from
    {
        let hint = format!("Początek to {}. Wpisz późniejszą godzinę tego samego dnia.", from.format("%H:%M"));
        reader.problem(row, "to", "zajęcia kończą się przed swoim początkiem albo w tej samej chwili", &hint);
    }
    class
}
