//! A corpus of bad workbooks, each with its sentence.

use konkurs::call::CallContent;
use konkurs::document::CellProblem;
use konkurs::offer::OfferContent;
use konkurs::offer::sheet::{Part, Unreadable, read};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::sheets::{COSTS, book, cast, costs};

const CLASSES: [&str; 7] = ["Data", "Grupa", "Od", "Do", "Temat", "Trener", "Indywidualne"];
const GOOD_CLASS: &[&str] = &["11.01.2027", "E1-G1", "9:00", "14:00", "motywacja", "Ewa Trener", "nie"];

const RESULTS: [&str; 3] = ["Nazwa rezultatu", "Planowany poziom", "Sposób monitorowania"];
const GOOD_RESULT: &[&str] = &["Osoby, które ukończyły program", "120 osób", "listy obecności"];

fn results_book(spoil: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    book("Rezultaty", &RESULTS, &[GOOD_RESULT], spoil)
}

fn classes_book(spoil: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    book("Program zajęć", &CLASSES, &[GOOD_CLASS], spoil)
}

fn sentences(part: Part, bytes: &[u8], content: &OfferContent, call: &CallContent) -> Vec<String> {
    match read(part, bytes, content, call) {
        Ok(_) => panic!("it was read"),
        Err(Unreadable::File(sentence)) => vec![sentence],
        Err(Unreadable::Cells(cells)) => cells.iter().map(CellProblem::sentence).collect(),
    }
}

fn long() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Koszty").unwrap();
    for row in 0..200_000 {
        sheet.write(row, 0, 1).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn with_password() -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

#[actix_web::test]
async fn every_bad_workbook_has_its_sentence() {
    let cast = cast().await;
    type Make = fn() -> Vec<u8>;
    let corpus: Vec<(Part, Make, &str)> = vec![
        (
            Part::Costs,
            || b"%PDF-1.7\nkosztorys".to_vec(),
            "To nie jest plik XLSX, tylko PDF. Wyślij skoroszyt, z którego powstał; sama zmiana nazwy pliku nie zmienia formatu.",
        ),
        (
            Part::Costs,
            Vec::new,
            "Plik jest pusty (0 bajtów). Sprawdź, czy plik zapisał się na dysku, i wyślij go ponownie.",
        ),
        (
            Part::Costs,
            with_password,
            "Plik jest zabezpieczony hasłem i nie możemy go odczytać. Usuń hasło (w Excelu: Plik › Informacje › Chroń skoroszyt), zapisz i wyślij ponownie.",
        ),
        (
            Part::Costs,
            || b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1stary".to_vec(),
            "To nie jest plik XLSX, tylko plik starego pakietu Office (XLS albo DOC). Otwórz go w Excelu lub LibreOffice, wybierz „Zapisz jako” i format XLSX.",
        ),
        (
            Part::Costs,
            || b"PK\x03\x04 to nie archiwum".to_vec(),
            "To nie jest plik XLSX, tylko archiwum ZIP bez skoroszytu. Wyślij sam skoroszyt w formacie XLSX.",
        ),
        (
            Part::Costs,
            long,
            "Arkusz „Koszty” ma dane w komórce A5001, a czytamy najwyżej 5000 wierszy. Podziel dane na kilka plików albo usuń zbędne wiersze.",
        ),
        (
            Part::Costs,
            || book("Arkusz1", &["Uwagi"], &[&["nic"]], |_| ()),
            "W pliku nie ma arkusza „Koszty”. Są: „Arkusz1”. Pobierz wzór i wpisz dane w jego pierwszym arkuszu.",
        ),
        (
            Part::Programme,
            || costs(|_| ()),
            "W pliku nie ma arkusza „Program zajęć”. Są: „Koszty”. Pobierz wzór i wpisz dane w jego pierwszym arkuszu.",
        ),
        (
            Part::Costs,
            || book("Koszty", &COSTS, &[], |_| ()),
            "Arkusz „Koszty”, komórka wiersz 2: pod nagłówkami nie ma żadnych danych. Wpisz dane, jedną pozycję w wierszu, i wyślij plik ponownie.",
        ),
        (
            Part::Costs,
            || costs(|s| _ = s.write(0, 3, "Cena").unwrap()),
            "Arkusz „Koszty”, komórka wiersz 1: brakuje kolumny „Koszt jednostkowy”. Jest: „Działanie, Rodzaj kosztu, Rodzaj miary, Cena, Liczba jednostek, Praca trenera”. Dodaj kolumnę z takim nagłówkiem albo przenieś dane do wzoru do pobrania.",
        ),
        (
            Part::Costs,
            || costs(|s| _ = s.write_formula(1, 3, Formula::new("=2*200").set_result("400")).unwrap()),
            "Arkusz „Koszty”, komórka D2: komórka zawiera formułę. Jest: „=2*200”. Wklej wartości: skopiuj kolumnę i wybierz „Wklej specjalnie › Wartości”.",
        ),
        (
            Part::Costs,
            || costs(|s| _ = s.merge_range(4, 1, 5, 1, "", &Format::new()).unwrap()),
            "Arkusz „Koszty”, komórka B5:B6: komórki są scalone. Rozdziel je (Narzędzia główne › Scal i wyśrodkuj) i wpisz wartość w każdym wierszu osobno.",
        ),
        (
            Part::Costs,
            || costs(|s| _ = s.write(1, 3, "czterysta").unwrap()),
            "Arkusz „Koszty”, komórka D2: to nie jest kwota. Jest: „czterysta”. Wpisz kwotę w złotych od 0,00, na przykład 12 345,67.",
        ),
        (
            Part::Costs,
            || costs(|s| _ = s.write(1, 3, -400).unwrap()),
            "Arkusz „Koszty”, komórka D2: kwota jest ujemna. Jest: „-400”. Wpisz kwotę w złotych od 0,00, na przykład 12 345,67.",
        ),
        (
            Part::Costs,
            || costs(|s| _ = s.write(1, 3, 400.125).unwrap()),
            "Arkusz „Koszty”, komórka D2: kwota ma więcej niż dwie cyfry po przecinku. Jest: „400,125”. Wpisz kwotę w złotych od 0,00, na przykład 12 345,67.",
        ),
        (
            Part::Costs,
            || costs(|s| _ = s.write(2, 4, -2).unwrap()),
            "Arkusz „Koszty”, komórka E3: to nie jest liczba jednostek. Jest: „-2”. Wpisz liczbę od 0 do 1 000 000, najwyżej dwie cyfry po przecinku, na przykład 2,5.",
        ),
        (
            Part::Costs,
            || costs(|s| _ = s.write(1, 0, "I.7").unwrap()),
            "Arkusz „Koszty”, komórka A2: w harmonogramie nie ma takiego działania. Jest: „I.7”. Wpisz jedno z: I.1, administracyjne.",
        ),
        (
            Part::Costs,
            || costs(|s| _ = s.write(1, 5, "może").unwrap()),
            "Arkusz „Koszty”, komórka F2: to nie jest „tak” ani „nie”. Jest: „może”. Wpisz „tak” albo „nie”; puste znaczy „nie”.",
        ),
        (
            Part::Results,
            || costs(|_| ()),
            "W pliku nie ma arkusza „Rezultaty”. Są: „Koszty”. Pobierz wzór i wpisz dane w jego pierwszym arkuszu.",
        ),
        (
            Part::Results,
            || results_book(|s| _ = s.write(0, 1, "Cel").unwrap()),
            "Arkusz „Rezultaty”, komórka wiersz 1: brakuje kolumny „Planowany poziom”. Jest: „Nazwa rezultatu, Cel, Sposób monitorowania”. Dodaj kolumnę z takim nagłówkiem albo przenieś dane do wzoru do pobrania.",
        ),
        (
            Part::Results,
            || results_book(|s| _ = s.write(1, 2, "listy\u{1}obecności").unwrap()),
            "Arkusz „Rezultaty”, komórka C2: tekst zawiera niewidoczny znak sterujący. Jest: „listy\u{fffd}obecności”. Wpisz tekst od nowa z klawiatury albo wklej go jako zwykły tekst.",
        ),
        (
            Part::Programme,
            || classes_book(|s| _ = s.write(1, 1, "E9-G1").unwrap()),
            "Arkusz „Program zajęć”, komórka B2: oferta nie ma takiej grupy. Jest: „E9-G1”. Wpisz jedną z: E1-G1, E1-G2, E1-G3, E1-G4, E1-G5, E1-G6, E1-G7, E2-G1, E2-G2, E2-G3, E3-G1, E3-G2, E3-G3, E3-G4, E3-G5.",
        ),
        (
            Part::Programme,
            || classes_book(|s| _ = s.write(1, 0, "31.02.2027").unwrap()),
            "Arkusz „Program zajęć”, komórka A2: nie ma takiego dnia w kalendarzu. Jest: „31.02.2027”. Wpisz datę, na przykład 13.04.2027.",
        ),
        (
            Part::Programme,
            || classes_book(|s| _ = s.write(1, 3, "8:00").unwrap()),
            "Arkusz „Program zajęć”, komórka D2: zajęcia kończą się przed swoim początkiem albo w tej samej chwili. Jest: „8:00”. Początek to 09:00. Wpisz późniejszą godzinę tego samego dnia.",
        ),
        (
            Part::Programme,
            || classes_book(|s| _ = s.write(1, 2, 9).unwrap()),
            "Arkusz „Program zajęć”, komórka C2: to nie jest godzina. Jest: „9”. Wpisz godzinę, na przykład 8:30.",
        ),
        (
            Part::Programme,
            || classes_book(|s| _ = s.write(1, 5, "Jan\u{1}Obcy").unwrap()),
            "Arkusz „Program zajęć”, komórka F2: tekst zawiera niewidoczny znak sterujący. Jest: „Jan\u{fffd}Obcy”. Wpisz tekst od nowa z klawiatury albo wklej go jako zwykły tekst.",
        ),
    ];
    for (at, (part, make, sentence)) in corpus.into_iter().enumerate() {
        assert_eq!(sentences(part, &make(), &cast.content, &cast.call.content), [sentence], "case {at}");
    }
}
