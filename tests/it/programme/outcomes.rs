use konkurs::programme::ProgrammeContent;

use super::{confirmed, officer};
use crate::support::TestApp;
use crate::support::sample::{self, day};

/// The public figures of Włocławek 2015, with the groups that are assumed.
fn wloclawek() -> ProgrammeContent {
    let mut content = sample::programme_content("PAI-1");
    for (edition, (from, to)) in content.editions.iter_mut().zip([
        ("2015-04-13", "2015-06-12"),
        ("2015-07-13", "2015-09-12"),
        ("2015-10-05", "2015-12-04"),
    ]) {
        (edition.from, edition.to) = (day(from), day(to));
    }
    content.assumed = vec!["Liczba grup (15) wynika z liczby osób; sprawozdanie jej nie podaje.".into()];
    content
}

#[actix_web::test]
async fn the_report_of_wloclawek_gets_its_twelve_remarks_and_six_readings() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let id = confirmed(&app, &officer, wloclawek());
    let url = format!("/urzad/programy/{id}");
    officer
        .page(&url)
        .await
        .says("Założenia – nie wynikają ze źródła")
        .says("Liczba grup (15) wynika z liczby osób; sprawozdanie jej nie podaje.")
        .says_not("Możliwe odczytania");
    let fields = [
        ("version", "1"),
        ("improved", "68"),
        ("unchanged", "59"),
        ("deregistered", "10"),
        ("workshops", "85 050"),
        ("psu", "35 939,70"),
        ("total", "120 989,70"),
    ];
    officer.post(&format!("{url}/efekty"), &fields).await.expect(303);
    let page = officer.page(&url).await;
    for rule in 1..=12 {
        page.says(&format!("Reguła C-{rule:02}"));
    }
    page.says("Efekty: 68 + 59 + 10 = 137, uczestnicy: 138. Różnica: 1 osoba.")
        .says("Zgadza się: zajęcia 85 050,00 zł + prace społecznie użyteczne 35 939,70 zł = 120 989,70 zł.")
        .says("Edycja 2 kończy się w dzień wolny: sobota, 12.09.2015.")
        .says("żadne nie jest stwierdzonym faktem");
    let table = page.between("Możliwe odczytania kwoty na zajęcia", "Przebieg");
    assert_eq!(
        table,
        "Odczytanie Godziny grup Limit Na godzinę Wynik \
         15 × 90 godz. (10 godz. × 9 tygodni kalendarzowych) 1 350 h 94 500,00 zł 63,00 zł w limicie i w minimum tygodniowym \
         15 × 87 godz. (proporcjonalnie do 61 dni edycji) 1 305 h 91 350,00 zł 65,17 zł w limicie i w minimum tygodniowym \
         15 × 81 godz. (cała kwota po najwyższej stawce) 1 215 h 85 050,00 zł 70,00 zł w limicie, ale za mało godzin w tygodniu \
         15 × 80 godz. (10 godz. × 8 pełnych tygodni) 1 200 h 84 000,00 zł 70,88 zł limit przekroczony o 1 050,00 zł, za mało godzin w tygodniu \
         15 × 90 godz. (limit według liczby osób, tygodnie kalendarzowe) 1 350 h 86 940,00 zł 63,00 zł w limicie i w minimum tygodniowym \
         15 × 87 godz. (limit według liczby osób, proporcjonalnie do dni) 1 305 h 84 042,00 zł 65,17 zł limit przekroczony o 1 008,00 zł"
    );
}

#[actix_web::test]
async fn outcomes_that_cannot_be_read_are_kept_on_the_form() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let id = confirmed(&app, &officer, wloclawek());
    let url = format!("/urzad/programy/{id}/efekty");
    let fields = [
        ("version", "1"),
        ("improved", "sześć"),
        ("unchanged", "59"),
        ("deregistered", "10"),
        ("workshops", "85.05.0"),
        ("psu", "0"),
    ];
    let page = officer.post(&url, &fields).await;
    page.expect(422).says("Poprawa sytuacji: Wpisano „sześć”.").says("Zajęcia:");
    assert_eq!(page.value_of("workshops").as_deref(), Some("85.05.0"));
    assert_eq!(page.value_of("unchanged").as_deref(), Some("59"));
}

#[actix_web::test]
async fn outcomes_typed_over_newer_ones_stay_typed() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let id = confirmed(&app, &officer, wloclawek());
    let url = format!("/urzad/programy/{id}/efekty");
    let fields = |improved: &'static str| {
        [
            ("version", "1"),
            ("improved", improved),
            ("unchanged", "59"),
            ("deregistered", "10"),
            ("workshops", "85 050"),
            ("psu", "0"),
        ]
    };
    officer.post(&url, &fields("68")).await.expect(303);
    let page = officer.post(&url, &fields("69")).await;
    page.expect(409).says("Ktoś zapisał ten program w międzyczasie").says("Poprawa sytuacji 68 69");
    assert_eq!(page.value_of("improved").as_deref(), Some("69"));
    assert_eq!(page.value_of("version").as_deref(), Some("2"));
}
