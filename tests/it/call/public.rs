use super::{announced, office};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn everyone_reads_the_whole_announcement() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let url = format!("/konkursy/{}", call.id);
    let page = app.stranger().page(&url).await;
    for words in [
        "Konkurs RSD/1/2026",
        "trwa nabór ofert",
        "Teraz czekamy na: oferty organizacji",
        "(za 21 dni i 12 godzin)",
        "1. Rodzaj zadania Reintegracja społeczna długotrwale bezrobotnych",
        "2. Środki na zadanie 120 000,00 zł",
        "3. Zasady przyznawania dotacji",
        "4. Terminy i warunki realizacji",
        "5. Termin składania ofert poniedziałek, 14.12.2026, do końca dnia (23:59)",
        "Wybór nastąpi do dnia: poniedziałek, 04.01.2027.",
        "2025 0,00 zł 0,00 zł",
        "240,30 zł za godzinę trenera",
        "wcześniej",
        "Biuletyn Informacji Publicznej 23.11.2026, godz. 08:00 https://bip.example.pl/1",
        "Zaloguj się, aby przygotować ofertę",
    ] {
        assert!(page.text().to_lowercase().contains(&words.to_lowercase()), "{words}: {}", page.text());
    }
    page.says(call.terms_hash.as_deref().unwrap()).says_not("Przebieg");

    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let page = ngo.page(&url).await;
    page.says("Przygotuj ofertę");
    assert!(page.html().contains(&format!("action=\"/konkursy/{}/oferty\" method=\"post\"", call.id)));

    app.at("2026-12-15 00:00");
    app.stranger()
        .page(&url)
        .await
        .says("nabór zakończony")
        .says("Teraz czekamy na: urząd")
        .says("termin minął przed chwilą")
        .says_not("Zaloguj się, aby");
}

#[actix_web::test]
async fn the_list_says_state_and_time_left_and_forgives_missing_letters() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let stranger = app.stranger();
    stranger
        .page("/konkursy")
        .await
        .says("RSD/1/2026 – Integracja społeczna bezrobotnych")
        .says("Pula: 120 000,00 zł")
        .says("Oferty do: poniedziałek, 14.12.2026, do końca dnia (23:59) (za 21 dni i 12 godzin)");
    stranger.page("/konkursy?q=spoleczna+WLOCLAWEK").await.says("RSD/1/2026");
    stranger.page("/konkursy?q=gdansk").await.says_not("RSD/1/2026");
    let json = stranger.page("/konkursy.json").await.html();
    for words in [
        "\"number\":\"RSD/1/2026\"",
        "\"state\":\"trwa nabór ofert\"",
        "\"allocation\":\"120000.00\"",
        "\"deadline\":\"2026-12-14T23:00:00+00:00\"",
        &format!("/konkursy/{}\"", call.id),
    ] {
        assert!(json.contains(words), "{words}: {json}");
    }
}
