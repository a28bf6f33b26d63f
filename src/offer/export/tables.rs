//! The tables of the offer as a workbook: typed cells, a sheet a table.

use crate::document::{Cell, Column, FORM, Kind, SheetError, Workbook};
use crate::law::{Instant, Money, show_instant_seconds};
use crate::offer::calculation::{RowKind, cost_rows, plain_number, sources};
use crate::offer::classes::by_topic;
use crate::offer::document::{About, edition_of, payment};
use crate::offer::model::{FrozenOffer, OfferContent};

/// All tables of the offer, a sheet each, with typed cells.
///
/// # Errors
/// When a number does not fit a cell.
pub fn workbook(frozen: &FrozenOffer, about: About<'_>, made_at: Instant) -> Result<Vec<u8>, SheetError> {
    let c = &frozen.offer;
    let mut book =
        Workbook::new(&format!("Oferta: {}", c.title), &frozen.organisation_name, made_at, about.rehearsal())?;
    book.facts("Oferta", &facts(frozen, about))?;
    activities(&mut book, c)?;
    let columns = text_columns(FORM.indicator_columns, [40, 30, 50]);
    let results = c.results.iter().map(|r| [&r.name, &r.target, &r.monitoring].map(Cell::text).to_vec());
    let applies = about.call.content.applies();
    if applies.results || !c.results.is_empty() {
        book.table("Rezultaty", &columns, results)?;
    }
    if applies.classes || !c.trainers.is_empty() {
        let columns = text_columns(FORM.trainer_columns, [30, 60]);
        let rows = c.trainers.iter().map(|t| [&t.name, &t.qualifications].map(Cell::text).to_vec());
        book.table("Trenerzy", &columns, rows)?;
        hours(&mut book, frozen, about)?;
    }
    programme(&mut book, c)?;
    costs(&mut book, c)?;
    source_rows(&mut book, c)?;
    split(&mut book, frozen)?;
    attachments(&mut book, frozen)?;
    book.finish()
}

fn text_columns<const N: usize>(labels: [&str; N], widths: [u16; N]) -> Vec<Column> {
    labels.iter().zip(widths).map(|(label, width)| Column::new(*label, Kind::Text, width)).collect()
}

fn facts(frozen: &FrozenOffer, about: About<'_>) -> Vec<(String, Cell)> {
    let c = &frozen.offer;
    let day = |d: Option<chrono::NaiveDate>| d.map_or(Cell::Empty, Cell::Date);
    let text = |label: &str, text: &str| (label.to_owned(), Cell::text(text));
    let mut out = vec![text("Konkurs", &frozen.call_number)];
    match about.receipt {
        Some(r) => {
            out.push(text("Numer oferty", &r.number));
            out.push(("Wersja".into(), Cell::Int(r.no)));
            out.push(text("Chwila wpływu", &show_instant_seconds(r.arrived)));
            out.push(text("Suma kontrolna (SHA-256)", &r.sha256));
        }
        None => out.push(text("Stan", "wersja robocza – niezłożona")),
    }
    out.extend([text("Oferent", &frozen.organisation_name), text("NIP", &frozen.nip)]);
    for partner in &frozen.partners {
        out.extend([text("Oferent", &partner.name), text("NIP", &partner.nip)]);
    }
    out.extend([
        text(FORM.title, &c.title),
        (FORM.starts.into(), day(c.starts)),
        (FORM.ends.into(), day(c.ends)),
        text(FORM.place, &c.place),
        (FORM.grant.into(), Cell::Money(c.sources.grant.grosze())),
    ]);
    if about.call.content.applies().paid {
        out.push(text("Odpłatność zadania (VI.1)", &payment(c)));
    }
    out
}

fn activities(book: &mut Workbook, c: &OfferContent) -> Result<(), SheetError> {
    let [no, name, description, group, term, outside] = FORM.plan_columns;
    let columns = [
        Column::new(no, Kind::Integer, 6),
        Column::new(name, Kind::Text, 36),
        Column::new(description, Kind::Text, 60),
        Column::new(group, Kind::Text, 30),
        Column::new(format!("{term}: od"), Kind::Date, 16),
        Column::new(format!("{term}: do"), Kind::Date, 16),
        Column::new(outside, Kind::Text, 36),
    ];
    let day = |d: Option<chrono::NaiveDate>| d.map_or(Cell::Empty, Cell::Date);
    let rows = c.activities.iter().zip(1_i64..).map(|(a, n)| {
        let text = |t: &String| Cell::text(t.clone());
        let (name, description, group) = (text(&a.name), text(&a.description), text(&a.target_group));
        vec![Cell::Int(n), name, description, group, day(a.from), day(a.to), text(&a.outside)]
    });
    book.table("Działania", &columns, rows)?;
    Ok(())
}

fn hours(book: &mut Workbook, frozen: &FrozenOffer, about: About<'_>) -> Result<(), SheetError> {
    let [group, edition, persons, together, alone] = FORM.group_columns;
    let columns = [
        Column::new(group, Kind::Text, 14),
        Column::new(edition, Kind::Text, 26),
        Column::new(persons, Kind::Integer, 12).with_total(),
        Column::new(together, Kind::Hours, 16).with_total(),
        Column::new(alone, Kind::Hours, 20).with_total(),
    ];
    let rows = frozen.offer.hours.iter().map(|h| {
        vec![
            Cell::text(h.group.clone()),
            Cell::text(edition_of(frozen, about, &h.group)),
            Cell::Int(i64::from(h.persons)),
            Cell::Minutes(h.minutes.get()),
            Cell::Minutes(h.individual.get()),
        ]
    });
    book.table("Grupy i godziny", &columns, rows)?;
    Ok(())
}

/// The class programme, its hours by topic, and what is measured in each person; no sheet for what is not there.
fn programme(book: &mut Workbook, c: &OfferContent) -> Result<(), SheetError> {
    let time = |t: Option<chrono::NaiveTime>| t.map_or(Cell::Empty, Cell::Time);
    if !c.programme.is_empty() {
        let [group, day, time_of, topic, trainer, kind] = FORM.programme_columns;
        let columns = [
            Column::new(group, Kind::Text, 14),
            Column::new(day, Kind::Date, 12),
            Column::new(format!("{time_of}: od"), Kind::Time, 12),
            Column::new(format!("{time_of}: do"), Kind::Time, 12),
            Column::new(topic, Kind::Text, 44),
            Column::new(trainer, Kind::Text, 30),
            Column::new(kind, Kind::Text, 16),
        ];
        let rows = c.programme.iter().map(|class| {
            let kind = if class.individual { "indywidualne" } else { "grupowe" };
            let day = class.day.map_or(Cell::Empty, Cell::Date);
            let (from, to) = (time(class.from), time(class.to));
            let [group, topic, trainer] = [&class.group, &class.topic, &class.trainer].map(Cell::text);
            vec![group, day, from, to, topic, trainer, Cell::text(kind)]
        });
        book.table("Program zajęć", &columns, rows)?;
        let [topic, hours] = FORM.topic_columns;
        let columns = [Column::new(topic, Kind::Text, 60), Column::new(hours, Kind::Hours, 12).with_total()];
        let rows =
            by_topic(c).into_iter().map(|(topic, minutes)| vec![Cell::text(topic), Cell::Minutes(minutes.get())]);
        book.table("Godziny według tematów", &columns, rows)?;
    }
    if !c.measures.is_empty() {
        let columns = text_columns(FORM.measure_columns, [40, 50, 40]);
        let rows = c.measures.iter().map(|m| [&m.name, &m.how, &m.when].map(Cell::text).to_vec());
        book.table("Mierniki", &columns, rows)?;
    }
    Ok(())
}

/// The files that came with the offer, with what proves them.
fn attachments(book: &mut Workbook, frozen: &FrozenOffer) -> Result<(), SheetError> {
    if frozen.attachments.is_empty() {
        return Ok(());
    }
    let columns = [
        Column::new("Plik", Kind::Text, 44),
        Column::new("Wielkość (bajty)", Kind::Integer, 16),
        Column::new("Suma kontrolna (SHA-256)", Kind::Text, 70),
    ];
    let rows = frozen.attachments.iter().map(|a| vec![Cell::text(&a.name), Cell::Int(a.size), Cell::text(&a.sha256)]);
    book.table("Załączniki", &columns, rows)?;
    Ok(())
}

/// V.A without its subtotals, so that people can sum and filter it themselves.
fn costs(book: &mut Workbook, c: &OfferContent) -> Result<(), SheetError> {
    let [no, kind, unit, unit_cost, units, total] = FORM.cost_columns;
    let mut columns = vec![
        Column::new(no, Kind::Text, 10),
        Column::new(kind, Kind::Text, 44),
        Column::new(unit, Kind::Text, 16),
        Column::new(unit_cost, Kind::Money, 24),
        Column::new(units, Kind::Text, 16),
        Column::new(format!("{total} [PLN]"), Kind::Money, 18).with_total(),
    ];
    columns.extend(c.years().iter().map(|year| Column::new(format!("Rok {year}"), Kind::Money, 18).with_total()));
    let money = |m: Option<Money>| m.map_or(Cell::Empty, |m| Cell::Money(m.grosze()));
    let years = c.years().len();
    let rows = cost_rows(c).into_iter().filter(|row| row.kind == RowKind::Line).map(move |row| {
        let units = row.units.map_or(Cell::Empty, |n| Cell::text(plain_number(n)));
        let mut cells = vec![Cell::text(row.no), Cell::text(row.name), Cell::text(row.unit)];
        cells.extend([money(row.unit_cost), units, money(row.total)]);
        cells.extend((0..years).map(|at| money(row.years.get(at).copied())));
        cells
    });
    book.table("Koszty", &columns, rows)?;
    Ok(())
}

fn source_rows(book: &mut Workbook, c: &OfferContent) -> Result<(), SheetError> {
    let [no, name, value, _] = FORM.source_columns;
    let columns =
        [Column::new(no, Kind::Text, 8), Column::new(name, Kind::Text, 52), Column::new(value, Kind::Money, 18)];
    let rows = sources(c).map(|t| {
        [
            ("1", FORM.sum_all, t.total),
            ("2", FORM.grant, t.grant),
            ("3", FORM.own, t.own),
            ("3.1", FORM.own_financial, t.own_financial),
            ("3.2", FORM.own_in_kind, t.own_in_kind),
            ("4", FORM.recipients, t.recipients),
        ]
    });
    let cells =
        |(no, name, money): (&str, &str, Money)| vec![Cell::text(no), Cell::text(name), Cell::Money(money.grosze())];
    book.table("Źródła", &columns, rows.into_iter().flatten().map(cells))?;
    Ok(())
}

/// V.C; no sheet for an offer of one organisation.
fn split(book: &mut Workbook, frozen: &FrozenOffer) -> Result<(), SheetError> {
    let Some(joint) = &frozen.offer.joint else { return Ok(()) };
    let years = frozen.offer.years();
    let ([offeror, activities, tasks], [_, _, total]) = (FORM.share_columns, FORM.split_columns);
    let mut columns = vec![
        Column::new(offeror, Kind::Text, 44),
        Column::new(activities, Kind::Text, 18),
        Column::new(tasks, Kind::Text, 60),
        Column::new(format!("{total} [PLN]"), Kind::Money, 18).with_total(),
    ];
    columns.extend(years.iter().map(|year| Column::new(format!("Rok {year}"), Kind::Money, 18).with_total()));
    let money = |m: Option<Money>| m.map_or(Cell::Empty, |m| Cell::Money(m.grosze()));
    let count = years.len();
    let rows = joint.shares.iter().map(move |share| {
        let activities: Vec<String> = share.activities.iter().map(ToString::to_string).collect();
        let mut cells = vec![Cell::text(&share.name), Cell::text(activities.join(", ")), Cell::text(&share.tasks)];
        cells.push(money(share.total()));
        cells.extend((0..count).map(|at| money(share.years.get(at).copied())));
        cells
    });
    book.table("Podział kosztów", &columns, rows)?;
    Ok(())
}
