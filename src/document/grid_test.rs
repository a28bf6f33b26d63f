use super::inflate::{Inflate, unpacked_length};
use super::parcel::{BadParcel, kind_of, parts, unpacked_size};
use super::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Xlsx, Worksheet};

fn made(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Xlsx::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Godziny").unwrap();
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn read(fill: impl FnOnce(&mut Worksheet)) -> GridSheet {
    read_grid(&made(fill), &GridLimits::default()).unwrap().remove(0)
}

fn refused(bytes: &[u8]) -> String {
    read_grid(bytes, &GridLimits::default()).unwrap_err().to_string()
}

#[test]
fn cells_keep_their_place_and_type() {
    let sheet = read(|sheet| {
        let date = Format::new().set_num_format("dd.mm.yyyy");
        let time = Format::new().set_num_format("hh:mm");
        let hours = Format::new().set_num_format("[h]:mm");
        sheet.write(0, 1, "Tytuł").unwrap();
        let day = ExcelDateTime::from_ymd(2015, 4, 13).unwrap();
        sheet.write_datetime_with_format(6, 0, &day, &date).unwrap();
        let quarter = ExcelDateTime::from_hms(14, 45, 0).unwrap();
        sheet.write_datetime_with_format(6, 1, &quarter, &time).unwrap();
        sheet.write_number_with_format(6, 2, 26.5 / 24.0, &hours).unwrap();
        sheet.write(6, 3, 105.010_000_000_000_02).unwrap();
        sheet.write(6, 4, "13.04.2015").unwrap();
        sheet.write(6, 5, true).unwrap();
        sheet.write(6, 6, -0.07).unwrap();
    });
    assert_eq!(sheet.rows.iter().map(|row| row.index).collect::<Vec<_>>(), [1, 7]);
    let cells: Vec<_> = sheet.rows[1].cells.iter().map(|c| (c.reference.as_str(), c.value.clone())).collect();
    assert_eq!(
        cells,
        [
            ("A7", CellIn::Date("2015-04-13".parse().unwrap())),
            ("B7", CellIn::Time("14:45:00".parse().unwrap())),
            ("C7", CellIn::Duration(95_400)),
            ("D7", CellIn::Number("105.01".into())),
            ("E7", CellIn::Text("13.04.2015".into())),
            ("F7", CellIn::Bool(true)),
            ("G7", CellIn::Number("-0.07".into())),
        ]
    );
    assert!(sheet.problems().is_empty());
}

#[test]
fn formulas_errors_merged_cells_and_control_characters_are_named() {
    let sheet = read(|sheet| {
        sheet.write_formula(6, 2, Formula::new("=A1*2").set_result("7")).unwrap();
        sheet.write(7, 2, "a\u{1}b").unwrap();
        sheet.write(8, 2, "dobry\ntekst").unwrap();
        sheet.merge_range(9, 2, 9, 3, "razem", &Format::new()).unwrap();
    });
    let sentences: Vec<String> = sheet.problems().iter().map(CellProblem::sentence).collect();
    assert_eq!(sentences.len(), 3, "{sentences:#?}");
    assert_eq!(
        sentences[0],
        "Arkusz „Godziny”, komórka C7: komórka zawiera formułę. Jest: „=A1*2”. \
         Wklej wartości: skopiuj kolumnę i wybierz „Wklej specjalnie › Wartości”."
    );
    assert!(sentences[1].contains("C8: tekst zawiera niewidoczny znak"), "{}", sentences[1]);
    assert!(sentences[2].contains("C10:D10: komórki są scalone"), "{}", sentences[2]);
}

#[test]
fn files_that_are_not_xlsx_are_told_apart() {
    for (bytes, words) in [
        (&b""[..], "Plik jest pusty"),
        (b"%PDF-1.7\n", "To nie jest plik XLSX, tylko PDF."),
        (b"data;kwota\n1;2\n", "tylko plik tekstowy (na przykład CSV)."),
        (b"  <html><table>", "tylko strona HTML"),
        (b"\xD0\xCF\x11\xE0old", "tylko plik starego pakietu Office"),
        (b"\x89PNG\x00\x01", "tylko plik w nieznanym formacie"),
        (b"PK\x03\x04broken", "tylko archiwum ZIP"),
    ] {
        assert!(refused(bytes).contains(words), "{}", refused(bytes));
    }
    let mut encrypted = b"\xD0\xCF\x11\xE0".to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(refused(&encrypted).contains("zabezpieczony hasłem"));
    assert_eq!(kind_of(&made(|_| ())), FileKind::Xlsx);
}

#[test]
fn limits_name_the_place_and_the_way_out() {
    let long = made(|sheet| {
        sheet.write(5_000, 1, 1).unwrap();
    });
    assert_eq!(
        refused(&long),
        "Arkusz „Godziny” ma dane w komórce B5001, a czytamy najwyżej 5000 wierszy. \
         Podziel dane na kilka plików albo usuń zbędne wiersze."
    );
    let wide = made(|sheet| {
        sheet.write(0, 60, 1).unwrap();
    });
    assert!(refused(&wide).contains("BI1, a czytamy najwyżej 60 kolumn"));
    let small = GridLimits { bytes: 100, ..GridLimits::default() };
    let told = read_grid(&long, &small).unwrap_err().to_string();
    assert!(told.contains("przyjmujemy najwyżej 0,1 MB"), "{told}");
    let tight = GridLimits { unpacked: 1_000, ..GridLimits::default() };
    assert!(matches!(read_grid(&long, &tight), Err(BadWorkbook::TooBigUnpacked { .. })));
}

#[test]
fn two_hundred_thousand_rows_are_refused_at_once() {
    let bytes = made(|sheet| {
        for row in 0..200_000_u32 {
            sheet.write(row, 0, 1).unwrap();
        }
    });
    let from = std::time::Instant::now();
    assert!(matches!(read_grid(&bytes, &GridLimits::default()), Err(BadWorkbook::TooManyRows { .. })));
    println!("200 000 rows refused in {:?}", from.elapsed());
}

#[test]
fn truncated_files_are_broken_not_a_panic() {
    let bytes = made(|sheet| {
        sheet.write(0, 0, "x").unwrap();
    });
    for cut in (0..bytes.len()).step_by(29) {
        assert!(read_grid(&bytes[..cut], &GridLimits::default()).is_err());
    }
    for at in (0..bytes.len()).step_by(13) {
        let mut bent = bytes.clone();
        bent[at] ^= 0x55;
        let _ = read_grid(&bent, &GridLimits::default());
    }
}

/// The counted length of every part is what its packer declared; a packer who lies is found out.
#[test]
fn a_bomb_that_lies_about_its_size_is_counted() {
    let bytes = made(|sheet| {
        for row in 0..4_000 {
            sheet.write(row, 0, "ten sam tekst w każdym wierszu").unwrap();
        }
    });
    let honest = unpacked_size(&bytes, u64::MAX).unwrap();
    assert!(honest > 100_000);
    assert!(parts(&bytes).unwrap().len() > 5);
    let mut lying = bytes.clone();
    let entries: Vec<usize> = (0..lying.len() - 4).filter(|at| lying[*at..].starts_with(b"PK\x01\x02")).collect();
    for at in entries {
        lying[at + 24..at + 28].copy_from_slice(&1_u32.to_le_bytes());
    }
    assert_eq!(unpacked_size(&lying, u64::MAX), Ok(honest));
    assert_eq!(unpacked_size(&lying, honest - 1), Err(BadParcel::TooBig));
    assert_eq!(unpacked_length(&[0b110], 10), Err(Inflate::Broken));
    assert_eq!(unpacked_length(&[1, 3, 0, 0xFC, 0xFF, b'a', b'b', b'c'], 10), Ok(3), "a stored block");
    // Blocks that hold nothing: their number is what costs, and it is bounded by the bytes.
    let empty = |blocks: usize| [[0, 0, 0, 0xFF, 0xFF].repeat(blocks), vec![1, 0, 0, 0xFF, 0xFF]].concat();
    assert_eq!(unpacked_length(&empty(200), 10), Ok(0));
    assert_eq!(unpacked_length(&empty(10_000), 10), Err(Inflate::Broken));
}

const SPECS: [ColumnSpec; 3] = [
    ColumnSpec { key: "day", label: "Data zajęć", aliases: &["data"], required: true },
    ColumnSpec { key: "paid", label: "Kwota", aliases: &["koszt"], required: true },
    ColumnSpec { key: "note", label: "Uwagi", aliases: &[], required: false },
];

#[test]
fn headings_are_found_under_a_title_and_by_other_names() {
    let sheet = read(|sheet| {
        sheet.write(0, 0, "Karta godzin").unwrap();
        sheet.write(3, 2, "  DATA   zajec * ").unwrap();
        sheet.write(3, 4, "Koszt:").unwrap();
        sheet.write(9, 4, 12.5).unwrap();
    });
    let map = HeaderMap::find(&sheet, &SPECS).unwrap();
    assert_eq!(map.header_row, 4);
    let row = map.rows(&sheet).next().unwrap();
    assert_eq!((row.index, map.reference(row, "day").as_str()), (10, "C10"));
    assert_eq!(map.value(row, "paid"), &CellIn::Number("12.5".into()));
    assert_eq!(map.value(row, "note"), &CellIn::Empty);
    assert!(!map.has("note"));
}

#[test]
fn every_missing_and_doubled_column_is_told_at_once() {
    let none = HeaderMap::find(&read(|_| ()), &SPECS).unwrap_err();
    assert!(none[0].problem.contains("arkusz jest pusty; oczekiwane kolumny: Data zajęć, Kwota"));
    let wrong = read(|sheet| {
        sheet.write_row(1, 0, ["Dzień", "Suma", "Uwagi", "uwagi"]).unwrap();
    });
    let problems = HeaderMap::find(&wrong, &SPECS).unwrap_err();
    let told: Vec<_> = problems.iter().map(|p| (p.cell.as_str(), p.problem.as_str())).collect();
    assert_eq!(
        told,
        [
            ("wiersz 2", "brakuje kolumny „Data zajęć”"),
            ("wiersz 2", "brakuje kolumny „Kwota”"),
            ("D2", "kolumna „Uwagi” występuje drugi raz"),
        ]
    );
    assert_eq!(problems[0].found, "Dzień, Suma, Uwagi, uwagi");
}
