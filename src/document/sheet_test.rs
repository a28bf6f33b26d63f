use super::sheet_template::{TemplateColumn, template};
use super::*;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

fn noon() -> DateTime<Utc> {
    "2026-11-21T11:00:00Z".parse().unwrap()
}

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, d).unwrap()
}

fn hours() -> Vec<u8> {
    let columns = [
        Column::new("Data", Kind::Date, 12),
        Column::new("Temat", Kind::Text, 30),
        Column::new("Czas", Kind::Hours, 10).with_total(),
        Column::new("Koszt", Kind::Money, 14).with_total(),
        Column::new("Udział", Kind::Percent, 10),
    ];
    let rows = (1..=3).map(|n| {
        vec![
            Cell::Date(day(n)),
            Cell::text("=HYPERLINK(\"http://zły\")"),
            Cell::Minutes(90),
            Cell::Money(10_501),
            Cell::Percent(1234),
        ]
    });
    let mut book = Workbook::new("Godziny", "Konkurs", noon(), Rehearsal(false)).unwrap();
    assert_eq!(book.table("Godziny", &columns, rows).unwrap(), 3);
    book.facts("Umowa", &[("Dotacja".into(), Cell::Money(8_400_000)), ("Od".into(), Cell::Date(day(1)))]).unwrap();
    book.finish().unwrap()
}

#[test]
fn what_is_written_reads_back_with_its_types() {
    let sheets = read_grid(&hours(), &GridLimits::default()).unwrap();
    let shown: Vec<Vec<String>> =
        sheets[0].rows.iter().map(|row| row.cells.iter().map(|cell| cell.value.shown()).collect()).collect();
    assert_eq!(shown[0], ["Data", "Temat", "Czas", "Koszt", "Udział"]);
    assert_eq!(shown[1], ["01.03.2026", "=HYPERLINK(\"http://zły\")", "1:30", "105,01", "0,1234"]);
    assert_eq!(sheets[0].rows[1].cells[1].value, CellIn::Text("=HYPERLINK(\"http://zły\")".into()));
    assert_eq!(sheets[0].rows[4].cells[0].value, CellIn::Text("Razem".into()));
    assert_eq!(sheets[0].rows[4].cells[1].value, CellIn::Formula { text: "SUM(C2:C4)".into(), shown: "4:30".into() });
    assert_eq!(sheets[0].rows[4].cells[2].value, CellIn::Formula { text: "SUM(D2:D4)".into(), shown: "315,03".into() });
    assert_eq!(sheets[1].name, "Umowa");
    assert_eq!(sheets[1].rows[0].cells[1].value, CellIn::Number("84000".into()));
}

#[test]
fn same_content_and_time_give_the_same_bytes() {
    assert_eq!(hours(), hours());
}

#[test]
fn an_empty_table_and_a_short_row() {
    let columns = [Column::new("Kwota", Kind::Money, 10).with_total()];
    let mut book = Workbook::new("x", "y", noon(), Rehearsal(false)).unwrap();
    assert_eq!(book.table("Pusty", &columns, Vec::new()).unwrap(), 0);
    assert!(matches!(book.table("Zły", &columns, [vec![]]), Err(SheetError::Shape { cells: 0, columns: 1, .. })));
    let rows = [vec![Cell::Money(i64::MAX)]];
    assert!(matches!(book.table("Duży", &columns, rows), Err(SheetError::Number(_))));
}

#[test]
fn control_characters_and_text_in_a_money_column_do_no_harm() {
    let columns = [Column::new("Kwota", Kind::Money, 10).with_total()];
    let mut book = Workbook::new("a & b", "y", noon(), Rehearsal(false)).unwrap();
    let rows = [vec![Cell::text("\u{0}brak\u{1b}")], vec![Cell::Empty], vec![Cell::Money(1)]];
    book.table("Kwoty", &columns, rows).unwrap();
    let sheet = &read_grid(&book.finish().unwrap(), &GridLimits::default()).unwrap()[0];
    assert_eq!(sheet.rows[1].cells[0].value, CellIn::Text("brak".into()));
    assert_eq!(sheet.rows[2].index, 4, "the empty row keeps its number");
}

#[test]
fn a_template_can_be_read_by_its_own_columns() {
    let column = |label: &str, kind, choices: &[&str]| TemplateColumn {
        label: label.into(),
        kind,
        width: 16,
        required: true,
        note: "Jak w dzienniku zajęć.".into(),
        choices: choices.iter().map(ToString::to_string).collect(),
    };
    let columns =
        [column("Data", Kind::Date, &[]), column("Od", Kind::Time, &[]), column("Grupa", Kind::Text, &["A", "B"])];
    let example =
        vec![vec![Cell::Date(day(5)), Cell::Time(NaiveTime::from_hms_opt(8, 30, 0).unwrap()), Cell::text("A")]];
    let notes = ["Jeden wiersz to jedne zajęcia.".to_owned()];
    let sheets = read_grid(
        &template("Godziny", &columns, &example, &notes, noon(), Rehearsal(false)).unwrap(),
        &GridLimits::default(),
    )
    .unwrap();
    assert_eq!(sheets.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Godziny", "Objaśnienia", "Przykład"]);
    let spec = |key, label| ColumnSpec { key, label, aliases: &[], required: true };
    let map = HeaderMap::find(&sheets[2], &[spec("day", "data"), spec("from", "OD:")]).unwrap();
    let row = map.rows(&sheets[2]).next().unwrap();
    assert_eq!(map.value(row, "day"), &CellIn::Date(day(5)));
    assert_eq!(map.value(row, "from"), &CellIn::Time(NaiveTime::from_hms_opt(8, 30, 0).unwrap()));
}

/// Lesson of the peers: an export of 5 000 offers in under two seconds.
#[test]
fn a_long_sheet_is_quick() {
    let columns: Vec<Column> = (0..20).map(|n| Column::new(format!("K{n}"), Kind::Money, 12).with_total()).collect();
    let rows = (0..5_000).map(|n| (0..20).map(|m| Cell::Money(n * m)).collect());
    let from = std::time::Instant::now();
    let mut book = Workbook::new("Długi", "Konkurs", noon(), Rehearsal(false)).unwrap();
    book.table("Długi", &columns, rows).unwrap();
    let bytes = book.finish().unwrap();
    println!("5 000 rows × 20: {:?}, {} bytes", from.elapsed(), bytes.len());
    assert!(from.elapsed().as_secs() < 30);
}
