//! The annexes: programme of classes, estimate, measures.

use super::{Terms, hours};
use crate::document::{Align, Block, Fact, RowStyle, Section, Table, TableColumn, TableRow};
use crate::law::{Minutes, Money, show_date};
use crate::offer::CostLine;
use crate::programme::{Group, each_once};

/// How the effect on one person is judged; the same for every programme.
const INDIVIDUAL: [&str; 5] = [
    "odsetek godzin zajęć, w których uczestnik był obecny (listy obecności)",
    "samoocena kompetencji społecznych przed programem i po nim (ankieta według kodu)",
    "ukończenie programu: tak albo nie (zaświadczenie)",
    "aktualny życiorys lub plan działania po programie (karta indywidualna)",
    "po 30 i 90 dniach: podjęcie pracy, inna forma pomocy urzędu, CIS lub KIS, ponowne skierowanie (dane urzędu)",
];

pub fn programme(t: &Terms<'_>) -> Section {
    let c = t.c;
    let taught = t.applies().classes;
    let title = if taught { "Załącznik nr 1. Program zajęć" } else { "Załącznik nr 1. Plan działań" };
    let first = if taught { groups(t) } else { recipients(t) };
    let mut out = Section::new(title, vec![Block::Table(first)]);
    if !c.activities.is_empty() {
        out.blocks.push(Block::Table(activities(t)));
    }
    out
}

fn groups(t: &Terms<'_>) -> Table {
    let c = t.c;
    let mut rows = Vec::new();
    for edition in &c.editions {
        rows.push(TableRow {
            style: RowStyle::Group,
            cells: vec![format!("Edycja {}: {}–{}", edition.no, show_date(edition.from), show_date(edition.to))],
        });
        rows.extend(c.groups.iter().filter(|g| g.edition == edition.no).map(|g| group_row(t, g)));
    }
    let sum = |of: fn(&crate::offer::PlannedHours) -> Minutes| {
        hours(c.hours.iter().map(of).fold(Minutes::ZERO, Minutes::saturating_add), c.terms.unit)
    };
    let mut columns = vec![
        TableColumn::new("Grupa", Align::Left, Some(16)),
        TableColumn::new("Gmina", Align::Left, Some(40)),
        TableColumn::new("Osoby", Align::Right, Some(12)),
    ];
    let mut totals = vec!["Razem".to_owned(), String::new(), c.persons().to_string()];
    columns.push(TableColumn::new("Zajęcia z grupą", Align::Right, Some(20)));
    totals.push(sum(|h| h.minutes));
    if individual(t) {
        columns.push(TableColumn::new("Zajęcia indywidualne", Align::Right, Some(20)));
        totals.push(sum(|h| h.individual));
    }
    Table { caption: Some("Grupy, uczestnicy i godziny".into()), columns, rows, totals: Some(totals) }
}

/// When the task is done, where, and for how many: the groups of a task without classes are only its recipients.
fn recipients(t: &Terms<'_>) -> Table {
    let c = t.c;
    let several = c.editions.len() > 1;
    let mut columns = vec![
        TableColumn::new("Termin", Align::Left, Some(40)),
        TableColumn::new("Gmina", Align::Left, Some(40)),
        TableColumn::new("Odbiorcy", Align::Right, Some(16)),
    ];
    if several {
        columns.insert(0, TableColumn::new("Edycja", Align::Right, None));
    }
    let row = |e: &crate::programme::Edition| {
        let of = |g: &&Group| g.edition == e.no;
        let own = c.groups.iter().filter(of).map(|g| g.gmina.as_str());
        let gminas = if c.groups.is_empty() { c.gminas.join(", ") } else { each_once(own).join(", ") };
        let mut cells = vec![format!("{}–{}", show_date(e.from), show_date(e.to)), gminas, e.persons.to_string()];
        if several {
            cells.insert(0, e.no.to_string());
        }
        cells.into_iter().collect()
    };
    let mut totals = vec![String::new(); columns.len()];
    if let Some(first) = totals.first_mut() {
        "Razem".clone_into(first);
    }
    if let Some(last) = totals.last_mut() {
        *last = c.editions.iter().map(|e| e.persons).sum::<u32>().to_string();
    }
    Table {
        caption: Some("Terminy i odbiorcy".into()),
        columns,
        rows: c.editions.iter().map(row).collect(),
        totals: Some(totals),
    }
}

/// Whether any group also gets individual hours.
fn individual(t: &Terms<'_>) -> bool {
    t.c.hours.iter().any(|h| !h.individual.is_zero())
}

fn group_row(t: &Terms<'_>, group: &Group) -> TableRow {
    let planned = t.c.hours.iter().find(|h| h.group == group.code);
    let show = |m: Option<Minutes>| hours(m.unwrap_or(Minutes::ZERO), t.c.terms.unit);
    let mut cells = vec![group.code.clone(), group.gmina.clone(), group.persons.to_string()];
    cells.push(show(planned.map(|h| h.minutes)));
    if individual(t) {
        cells.push(show(planned.map(|h| h.individual)));
    }
    cells.into_iter().collect()
}

fn activities(t: &Terms<'_>) -> Table {
    let when = |a: &crate::offer::Activity| match (a.from, a.to) {
        (Some(from), Some(to)) => format!("{}–{}", show_date(from), show_date(to)),
        _ => String::new(),
    };
    Table {
        caption: Some("Działania".into()),
        columns: vec![
            TableColumn::new("Nr", Align::Right, None),
            TableColumn::new("Działanie", Align::Left, Some(30)),
            TableColumn::new("Opis", Align::Left, Some(48)),
            TableColumn::new("Termin", Align::Left, Some(22)),
        ],
        rows: (1_u32..)
            .zip(&t.c.activities)
            .map(|(no, a)| [no.to_string(), a.name.clone(), a.description.clone(), when(a)].into_iter().collect())
            .collect(),
        totals: None,
    }
}

pub fn estimate(t: &Terms<'_>) -> Section {
    let c = t.c;
    let s = &c.sources;
    let mut rows = vec![
        Fact::new("Dotacja przyznana", c.grant.to_string()),
        Fact::new("Inne środki finansowe", s.own_financial.to_string()),
        Fact::new("Wkład osobowy i rzeczowy", s.own_in_kind.to_string()),
        Fact::new("Świadczenia od odbiorców", s.recipients.to_string()),
    ];
    if s.grant != c.grant {
        rows.insert(0, Fact::new("Dotacja wnioskowana w ofercie", s.grant.to_string()));
    }
    Section::new("Załącznik nr 2. Kosztorys", vec![Block::Table(costs(t)), Block::Facts { rows }])
}

fn costs(t: &Terms<'_>) -> Table {
    let c = t.c;
    let mut rows = Vec::new();
    for (no, activity) in (1_u32..).zip(&c.activities) {
        let lines: Vec<&CostLine> = c.costs.iter().filter(|l| l.activity == Some(no)).collect();
        block(&mut rows, &format!("I.{no}"), &activity.name, &lines);
    }
    let last = u32::try_from(c.activities.len()).unwrap_or(u32::MAX);
    let rest: Vec<&CostLine> = c.costs.iter().filter(|l| l.activity.is_some_and(|n| n == 0 || n > last)).collect();
    block(&mut rows, "I", "Koszty realizacji działań", &rest);
    let admin: Vec<&CostLine> = c.costs.iter().filter(|l| l.activity.is_none()).collect();
    block(&mut rows, "II", "Koszty administracyjne", &admin);
    let total = c.total_costs().unwrap_or_default();
    Table {
        caption: Some("Koszty zadania".into()),
        columns: vec![
            TableColumn::new("Nr", Align::Left, Some(8)),
            TableColumn::new("Rodzaj kosztu", Align::Left, Some(34)),
            TableColumn::new("Jednostka", Align::Left, Some(14)),
            TableColumn::new("Koszt jednostki", Align::Right, Some(17)),
            TableColumn::new("Liczba", Align::Right, Some(10)),
            TableColumn::new("Wartość", Align::Right, Some(17)),
        ],
        rows,
        totals: Some(vec![
            String::new(),
            "Suma kosztów".into(),
            String::new(),
            String::new(),
            String::new(),
            total.to_string(),
        ]),
    }
}

fn block(rows: &mut Vec<TableRow>, no: &str, name: &str, lines: &[&CostLine]) {
    if lines.is_empty() {
        return;
    }
    rows.push(TableRow { style: RowStyle::Group, cells: vec![format!("{no}. {name}")] });
    for (at, line) in (1_u32..).zip(lines) {
        let value = line.value().unwrap_or(Money::ZERO);
        let units = line.units.normalize().to_string().replace('.', ",");
        let cells = [
            format!("{no}.{at}"),
            line.name.clone(),
            line.unit.clone(),
            line.unit_cost.to_string(),
            units,
            value.to_string(),
        ];
        rows.push(cells.into_iter().collect());
    }
}

pub fn measures(t: &Terms<'_>) -> Section {
    let mut blocks = Vec::new();
    if !t.c.results.is_empty() {
        blocks.push(Block::Table(Table {
            caption: Some("Rezultaty zadania".into()),
            columns: vec![
                TableColumn::new("Rezultat", Align::Left, Some(36)),
                TableColumn::new("Poziom do osiągnięcia", Align::Left, Some(26)),
                TableColumn::new("Sposób pomiaru i źródło informacji", Align::Left, Some(38)),
            ],
            rows: t
                .c
                .results
                .iter()
                .map(|r| [r.name.clone(), r.target.clone(), r.monitoring.clone()].into_iter().collect())
                .collect(),
            totals: None,
        }));
    }
    if !t.applies().measures {
        if blocks.is_empty() {
            blocks.push(Block::paragraph(
                "Nie dotyczy: ogłoszenie konkursu nie prosi o dodatkowe informacje o rezultatach (część III.6 oferty).",
            ));
        }
        return Section::new("Załącznik nr 3. Rezultaty", blocks);
    }
    blocks.push(Block::paragraph(
        "Efekty indywidualne ocenia się dla każdego uczestnika, oznaczonego kodem, na podstawie:",
    ));
    blocks.push(Block::List { items: INDIVIDUAL.iter().map(|s| (*s).to_owned()).collect() });
    Section::new("Załącznik nr 3. Mierniki efektów", blocks)
}
