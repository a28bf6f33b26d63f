//! Workbooks that were made to cost more than they weigh.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of these parts; `sheets` names and the part that each of them is.
fn book(sheets: &[(&str, &str)], parts: &[(&str, String)]) -> Vec<u8> {
    let relations = |inner: String| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
        )
    };
    let (mut listed, mut targets) = (String::new(), String::new());
    for (no, (name, part)) in sheets.iter().enumerate() {
        listed += &format!("<sheet name=\"{name}\" sheetId=\"{no}\" r:id=\"r{no}\"/>");
        targets += &format!("<Relationship Id=\"r{no}\" Type=\"{RELATIONS}/worksheet\" Target=\"{part}\"/>");
    }
    let root = format!("<Relationship Id=\"a\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/>");
    let workbook = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{listed}</sheets></workbook>");
    let all = [
        ("_rels/.rels", relations(root)),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations(targets)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in all.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(rows: u32, cells: &str) -> String {
    let rows: String = (1..=rows).map(|row| format!("<row r=\"{row}\">{cells}</row>")).collect();
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")
}

fn one(cells: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let own = [("xl/sheet.xml", sheet(1, cells))];
    book(&[("Koszty", "sheet.xml")], &[&own, parts].concat())
}

fn strings(claim: &str, text: &str) -> String {
    format!("<sst xmlns=\"{MAIN}\" {claim}><si><t>{text}</t></si></sst>")
}

fn refused(bytes: &[u8]) -> String {
    read_grid(bytes, &GridLimits::default()).unwrap_err().to_string()
}

const SHARED: &str = "<c t=\"s\"><v>0</v></c>";

#[test]
fn more_texts_than_there_are_are_not_believed() {
    let strung = |claim: &str| one(SHARED, &[("xl/sharedStrings.xml", strings(claim, "druk"))]);
    for honest in ["", "uniqueCount=\"1\"", "count=\"7\" uniqueCount='50'", "uniqueCount=\"wiele\""] {
        let sheets = read_grid(&strung(honest), &GridLimits::default()).unwrap();
        assert_eq!(sheets[0].rows[0].cells[0].value, CellIn::Text("druk".into()), "{honest}");
    }
    let broken = BadWorkbook::Broken.to_string();
    for lie in
        ["uniqueCount=\"380000000000000000\"", "uniqueCount=\"100001\"", "uniqueCount\n=\n' 99999999999999999999999'"]
    {
        assert_eq!(refused(&strung(lie)), broken, "{lie}");
    }
    // The parser finds the part whatever the case of its name.
    let other_case = one(SHARED, &[("XL/SHAREDSTRINGS.XML", strings("uniqueCount=\"380000000000000000\"", "druk"))]);
    assert_eq!(refused(&other_case), broken);
}

#[test]
fn one_text_in_many_cells_counts_in_each() {
    let text = "a".repeat(32_767);
    let many = |rows| {
        let parts = [("xl/sharedStrings.xml", strings("", &text)), ("xl/sheet.xml", sheet(rows, &SHARED.repeat(10)))];
        book(&[("Koszty", "sheet.xml")], &parts)
    };
    assert_eq!(read_grid(&many(50), &GridLimits::default()).unwrap()[0].rows.len(), 50);
    let large = many(52);
    assert!(large.len() < 10_000, "a small file: {}", large.len());
    assert_eq!(
        refused(&large),
        "Teksty w komórkach pliku mają razem więcej niż 16 MB, licząc powtórzone w każdej komórce, a tyle najwyżej czytamy. \
         Skróć je, usuń arkusze, których nie ma we wzorze, albo podziel dane na kilka plików."
    );
    let few = GridLimits { cells: 99, ..GridLimits::default() };
    let told = read_grid(&many(10), &few).unwrap_err().to_string();
    assert!(told.starts_with("W pliku jest więcej niż 99 wypełnionych komórek, licząc wszystkie arkusze"), "{told}");
}

/// What the parser may read is counted, so twenty sheets that are one part are not read twenty times.
#[test]
fn sheets_that_are_one_part_are_read_only_so_often() {
    let noise: String = (0..9_000_u32).map(|n| format!("<x a=\"{:x}\"/>", n.wrapping_mul(2_654_435_761))).collect();
    let part = [("xl/sheet.xml", sheet(1, &format!("{noise}<c><v>1</v></c>")))];
    let names: Vec<String> = (0..20).map(|n| format!("Arkusz {n}")).collect();
    let sheets: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "sheet.xml")).collect();
    assert_eq!(read_grid(&book(&sheets[..1], &part), &GridLimits::default()).unwrap().len(), 1);
    let bytes = book(&sheets, &part);
    assert!(bytes.len() > 40_000, "{}", bytes.len());
    assert_eq!(read_grid(&bytes, &GridLimits::default()), Err(BadWorkbook::Broken));
}

#[test]
fn a_formula_of_many_cells_is_not_written_out_for_each() {
    let first = "<c r=\"A1\"><f t=\"shared\" ref=\"A1:A9\" si=\"0\">B1*2</f><v>2</v></c>";
    let next = "<c r=\"B1\"><f t=\"shared\" si=\"0\"/><v>4</v></c><c r=\"C1\"><f t=\"shared\" si=\"7\"/><v>4</v></c>";
    let sheets = read_grid(&one(&format!("{first}{next}"), &[]), &GridLimits::default()).unwrap();
    let shown: Vec<String> = sheets[0].rows[0].cells.iter().map(|cell| cell.value.shown()).collect();
    assert_eq!(shown, ["=B1*2", "=… (jak w komórce A1)", "=…"]);
    // A number of a formula that would take all the memory of the machine as a place in a list.
    let far = "<c r=\"A1\"><f t=\"shared\" ref=\"A1:A2\" si=\"18446744073709551614\">B1</f><v>2</v></c>";
    assert_eq!(read_grid(&one(far, &[]), &GridLimits::default()).unwrap()[0].rows[0].cells[0].value.shown(), "=B1");
}

#[test]
fn formats_that_would_be_copied_without_end_are_refused() {
    let styles = |code: &str, formats: usize| {
        let xf = "<xf numFmtId=\"200\"/>".repeat(formats);
        let text = format!(
            "<styleSheet xmlns=\"{MAIN}\"><numFmts><numFmt numFmtId=\"200\" formatCode=\"{code}\"/></numFmts>\
             <cellXfs>{xf}</cellXfs></styleSheet>"
        );
        one("<c s=\"0\"><v>1</v></c>", &[("xl/styles.xml", text)])
    };
    assert!(read_grid(&styles("0.00", 5_000), &GridLimits::default()).is_ok());
    let told = "Plik ma za dużo formatów komórek (najwyżej 65536) albo są za długie.";
    assert!(refused(&styles(&"0".repeat(100_000), 400)).starts_with(told));
    assert!(refused(&styles("0.00", 65_537)).starts_with(told));
}

#[test]
fn parts_of_a_workbook_that_overlap_are_refused() {
    let parts = [("xl/sheet.xml", sheet(1, "<c><v>1</v></c>")), ("xl/theme.xml", sheet(400, "<c><v>2</v></c>"))];
    let mut bytes = book(&[("Koszty", "sheet.xml")], &parts);
    let entry = bytes.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    bytes[entry + 42..entry + 46].copy_from_slice(&[0; 4]);
    assert!(read_grid(&bytes, &GridLimits::default()).is_err());
}
