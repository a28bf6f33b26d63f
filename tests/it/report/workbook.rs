//! Workbooks of hours: the template comes back readable, and each bad file has its sentence.

use konkurs::document::{GridLimits, read_grid};
use konkurs::report::sheet::{Unreadable, blank, read};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::ledger::{Cast, cast, ledger, workbook};

fn sentences(cast: &Cast, bytes: &[u8]) -> Vec<String> {
    match read(bytes, &cast.contract) {
        Ok(lines) => panic!("read {} lines", lines.len()),
        Err(Unreadable::File(sentence)) => vec![sentence],
        Err(Unreadable::Cells(cells)) => cells.iter().map(konkurs::document::CellProblem::sentence).collect(),
    }
}

fn spoilt(cast: &Cast, spoil: impl FnOnce(&mut Worksheet)) -> Vec<String> {
    sentences(cast, &workbook(&ledger(&cast.contract, 1)[..2], spoil))
}

#[actix_web::test]
async fn every_bad_cell_has_its_sentence() {
    let cast = cast().await;
    type Spoil = fn(&mut Worksheet);
    let corpus: Vec<(Spoil, &str)> = vec![
        (
            |s| _ = s.write(1, 1, "E9-G1").unwrap(),
            "Arkusz „Godziny”, komórka B2: umowa nie ma takiej grupy. Jest: „E9-G1”. Wpisz jedną z: E1-G1, E1-G2, \
             E1-G3, E1-G4, E1-G5, E1-G6, E1-G7, E2-G1, E2-G2, E2-G3, E3-G1, E3-G2, E3-G3, E3-G4, E3-G5.",
        ),
        (
            |s| _ = s.write(1, 0, "31.02.2027").unwrap(),
            "Arkusz „Godziny”, komórka A2: nie ma takiego dnia w kalendarzu. Jest: „31.02.2027”. Wpisz datę, na przykład 13.04.2015.",
        ),
        (
            |s| _ = s.write(2, 4, "8:00").unwrap(),
            "Arkusz „Godziny”, komórka E3: zajęcia kończą się przed swoim początkiem albo w tej samej chwili. Jest: „8:00”. \
             Początek to 09:00. Wpisz późniejszą godzinę tego samego dnia.",
        ),
        (
            |s| _ = s.write_formula(1, 6, Formula::new("=A1*2").set_result("7")).unwrap(),
            "Arkusz „Godziny”, komórka G2: komórka zawiera formułę. Jest: „=A1*2”. \
             Wklej wartości: skopiuj kolumnę i wybierz „Wklej specjalnie › Wartości”.",
        ),
        (
            |s| _ = s.merge_range(5, 2, 6, 2, "", &Format::new()).unwrap(),
            "Arkusz „Godziny”, komórka C6:C7: komórki są scalone. \
             Rozdziel je (Narzędzia główne › Scal i wyśrodkuj) i wpisz wartość w każdym wierszu osobno.",
        ),
        (
            |s| _ = s.write(1, 7, "dwie").unwrap(),
            "Arkusz „Godziny”, komórka H2: to nie jest liczba osób. Jest: „dwie”. Wpisz liczbę osób cyframi, od 0 do 200.",
        ),
        (
            |s| _ = s.write(1, 3, 9).unwrap(),
            "Arkusz „Godziny”, komórka D2: to nie jest godzina. Jest: „9”. Wpisz godzinę, na przykład 8:30.",
        ),
        (
            |s| _ = s.write(1, 8, "może").unwrap(),
            "Arkusz „Godziny”, komórka I2: nie wiadomo, czy zajęcia były indywidualne. Jest: „może”. \
             Wpisz „tak” albo „nie”; puste znaczy „nie”.",
        ),
        (
            |s| _ = s.write(1, 2, "Jan\u{1}Nowak").unwrap(),
            "Arkusz „Godziny”, komórka C2: tekst zawiera niewidoczny znak sterujący. Jest: „Jan\u{fffd}Nowak”. \
             Wpisz tekst od nowa z klawiatury albo wklej go jako zwykły tekst.",
        ),
        (
            |s| _ = s.write(0, 5, "Uwagi").unwrap(),
            "Arkusz „Godziny”, komórka wiersz 1: brakuje kolumny „Temat”. \
             Jest: „Data, Grupa, Prowadzący, Od, Do, Uwagi, Obecni, Nieobecni, Indywidualne”. \
             Dodaj kolumnę z takim nagłówkiem albo przenieś dane do wzoru do pobrania.",
        ),
    ];
    for (spoil, sentence) in corpus {
        assert_eq!(spoilt(&cast, spoil), [sentence]);
    }
}

#[actix_web::test]
async fn all_bad_cells_are_named_at_once_and_nothing_is_saved() {
    let cast = cast().await;
    let id = cast.filled(4, &[], &[]);
    let bytes = workbook(&ledger(&cast.contract, 1)[..3], |s| {
        s.write(1, 0, "wczoraj").unwrap();
        s.write(2, 1, "G").unwrap();
        s.write(3, 6, -1).unwrap();
    });
    let url = format!("/sprawozdania/{id}/godziny/import");
    let page = cast.ngo.upload(&url, &[], "file", "zły.xlsx", &bytes).await;
    page.expect(422)
        .says("Liczba komórek do poprawy w pliku „zły.xlsx”: 3. Nic nie zostało zapisane.")
        .says("Godziny A2 wczoraj nie ma takiego dnia w kalendarzu")
        .says("Godziny B3 G umowa nie ma takiej grupy")
        .says("Godziny G4 -1 to nie jest liczba osób");
    assert_eq!(cast.find(&id).version, 2, "two saves of the setup and none since");
    cast.ngo.upload(&url, &[], "file", "pusty.xlsx", b"").await.expect(422).says("Wybierz plik.");
}

#[actix_web::test]
async fn files_that_are_no_workbook_of_hours_are_refused_whole() {
    let cast = cast().await;
    assert_eq!(
        sentences(&cast, b"data;grupa\n"),
        ["To nie jest plik XLSX, tylko plik tekstowy (na przykład CSV). \
          Otwórz go w Excelu lub LibreOffice, wybierz „Zapisz jako” i format XLSX."]
    );
    let long = {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("Godziny").unwrap();
        for row in 0..200_000 {
            sheet.write(row, 0, 1).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    assert_eq!(
        sentences(&cast, &long),
        ["Arkusz „Godziny” ma dane w komórce A5001, a czytamy najwyżej 5000 wierszy. \
          Podziel dane na kilka plików albo usuń zbędne wiersze."]
    );
    assert_eq!(
        sentences(&cast, &workbook(&[], |_| ())),
        [
            "Arkusz „Godziny”, komórka wiersz 2: pod nagłówkami nie ma żadnych zajęć. Wpisz zajęcia, jedne w wierszu, i wyślij plik ponownie."
        ]
    );
}

#[actix_web::test]
async fn columns_may_stand_elsewhere_and_texts_may_be_dates() {
    let cast = cast().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Karta godzin").unwrap();
    sheet.write_row(2, 1, ["GRUPA", "data zajęć:", "od", "do", "Trener", "temat", "obecni", "nieobecni"]).unwrap();
    sheet.write_row(6, 1, ["e1-g1", "11.01.2027", "8:30", "10:00", " Ewa  Trener ", "Motywacja", "9", "1"]).unwrap();
    let lines = read(&book.save_to_buffer().unwrap(), &cast.contract).unwrap();
    let [line] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!((line.group.as_str(), line.trainer.as_str(), line.minutes().get()), ("E1-G1", "Ewa Trener", 90));
    assert_eq!((line.present, line.absent, line.individual), (9, 1, false));
    assert_eq!(line.place, "arkusz Sheet1, wiersz 7 pliku", "the columns are the person's own");
}

#[actix_web::test]
async fn the_template_names_the_groups_and_reads_back() {
    let cast = cast().await;
    let id = cast.filled(4, &[], &[]);
    let answer = cast.ngo.page(&format!("/sprawozdania/{id}/godziny/szablon.xlsx")).await;
    assert!(answer.headers["content-disposition"].contains("godziny-U-1-2026-4.xlsx"));
    let sheets = read_grid(&answer.body, &GridLimits::default()).unwrap();
    let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Godziny", "Objaśnienia", "Przykład"]);
    let headings: Vec<String> = sheets[0].rows[0].cells.iter().map(|c| c.value.shown()).collect();
    assert_eq!(headings, super::ledger::HEADINGS);
    let notes: Vec<String> = sheets[1].rows.iter().flat_map(|r| r.cells.iter().map(|c| c.value.shown())).collect();
    assert!(
        notes.contains(&"E3-G1: Gmina Miasto Włocławek, liczba osób: 10, edycja 3, 04.10.2027–03.12.2027".to_owned()),
        "{notes:?}"
    );
    let now = cast.app.state.clock.now();
    assert_eq!(answer.body, blank(&cast.contract, &cast.find(&id), now).unwrap(), "the same bytes at the same time");
}

#[actix_web::test]
async fn an_upload_of_100_mb_is_refused_with_the_limit_and_changes_nothing() {
    let cast = cast().await;
    let id = cast.filled(4, &[], &[]);
    let version = cast.find(&id).version;
    let url = format!("/sprawozdania/{id}/godziny/import");
    let page = cast.ngo.upload(&url, &[], "file", "wielki.xlsx", &vec![7_u8; 100 * 1024 * 1024]).await;
    page.expect(413)
        .says("Plik jest za duży: dozwolone jest najwyżej 10 MiB. Podziel go albo zmniejsz i wyślij ponownie.")
        .says("Nic nie zostało zapisane.");
    assert_eq!(cast.find(&id).version, version);
}
