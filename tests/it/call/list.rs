//! The list of contests: filters, search, pages; the same as JSON.

use konkurs::call::{Call, CallState, store};
use konkurs::store::CallId;

use super::office;
use crate::support::{TestApp, sample};

/// A copy of `call` under another number, title and state.
fn another(app: &TestApp, call: &Call, number: &str, title: &str, state: CallState) -> Call {
    let now = app.state.clock.now();
    let mut call = Call { id: CallId::new(), number: Some(number.to_owned()), state, ..call.clone() };
    call.content.title = title.to_owned();
    app.state.store.write(|tx| store::insert(tx, &call, "test", now)).unwrap();
    call
}

#[actix_web::test]
async fn filters_stand_in_the_address_and_work_together() {
    let app = TestApp::new().await;
    let (local, rsd) = (sample::pai_call(&app), sample::rsd_call(&app));
    another(&app, &rsd, "RSD/2/2026", "Klub pracy", CallState::Review);
    another(&app, &rsd, "RSD/3/2026", "Klub seniora", CallState::Published);
    another(&app, &local, "LOK/2/2026", "Klub samopomocy", CallState::Cancelled);
    another(&app, &local, "LOK/3/2026", "Klub tajny", CallState::Draft);
    let numbers = ["RSD/1/2026", "RSD/2/2026", "RSD/3/2026", "LOK/1/2026", "LOK/2/2026", "LOK/3/2026"];
    for (query, found) in [
        ("", vec!["RSD/1/2026", "RSD/2/2026", "RSD/3/2026", "LOK/1/2026", "LOK/2/2026"]),
        ("stan=otwarte", vec!["RSD/1/2026", "LOK/1/2026"]),
        ("stan=w-ocenie", vec!["RSD/2/2026"]),
        ("stan=zakonczone", vec!["RSD/3/2026", "LOK/2/2026"]),
        ("zasady=rsd", vec!["RSD/1/2026", "RSD/2/2026", "RSD/3/2026"]),
        ("zasady=lokalne", vec!["LOK/1/2026", "LOK/2/2026"]),
        ("zasady=pai", vec![]),
        ("rok=2026&q=klub", vec!["RSD/2/2026", "RSD/3/2026", "LOK/2/2026"]),
        ("rok=2025", vec![]),
        ("q=KLUB+wloclawek&stan=zakonczone&zasady=rsd", vec!["RSD/3/2026"]),
        ("q=rsd/2", vec!["RSD/2/2026"]),
        ("stan=nie-ma&rok=abc", vec!["RSD/1/2026", "RSD/2/2026", "RSD/3/2026", "LOK/1/2026", "LOK/2/2026"]),
    ] {
        let page = app.stranger().page(&format!("/konkursy?{query}")).await;
        let json = app.stranger().page(&format!("/konkursy.json?{query}")).await;
        let listed = json.json();
        let mut listed: Vec<&str> = listed.as_array().unwrap().iter().map(|c| c["number"].as_str().unwrap()).collect();
        let mut expected = found.clone();
        listed.sort_unstable();
        expected.sort_unstable();
        assert_eq!(listed, expected, "JSON {query}");
        for number in numbers {
            assert_eq!(page.text().contains(number), found.contains(&number), "{number} in {query}: {}", page.text());
        }
    }
    let page = app.stranger().page("/konkursy?q=klub&stan=zakonczone").await;
    page.says("Znaleziono: 2 konkursy.").says("Pokaż wszystkie").says_not("Nabór trwa");
    assert!(page.html().contains("<option value=\"zakonczone\" selected>"));
    assert!(page.html().contains("href=\"/konkursy.json?q=klub&amp;stan=zakonczone\""), "{}", page.html());
    let page = app.stranger().page("/konkursy?q=gda%C5%84sk").await;
    page.says("Nie znaleziono konkursu").says("Znaleziono: 0 konkursów.").says("Wszystkie konkursy");
    assert_eq!(page.value_of("q").as_deref(), Some("gdańsk"));
}

#[actix_web::test]
async fn signs_of_the_database_are_only_signs_in_a_search() {
    let app = TestApp::new().await;
    let rsd = sample::rsd_call(&app);
    another(&app, &rsd, "RSD/2/2026", "Wkład 50% i plik a_b!", CallState::Review);
    let found = |page: String| page.contains("RSD/2/2026");
    for (query, hit) in [
        ("50%25", true),
        ("5%25%25", false),
        ("a_b!", true),
        ("a__", false),
        ("%25", true),
        ("%5C", false),
        ("'", false),
    ] {
        let page = app.stranger().page(&format!("/konkursy?q={query}")).await;
        assert_eq!(found(page.text()), hit, "{query}: {}", page.text());
    }
    let page = app.stranger().page("/konkursy?q=%25").await;
    page.says_not("RSD/1/2026");
}

#[actix_web::test]
async fn a_long_list_has_pages_and_the_filter_stays() {
    let app = TestApp::new().await;
    let rsd = sample::rsd_call(&app);
    for n in 2..=46 {
        another(&app, &rsd, &format!("RSD/{n}/2026"), "Klub pracy", CallState::Review);
    }
    let page = app.stranger().page("/konkursy").await;
    page.says("Nabór trwa").says("RSD/46/2026").says("RSD/27/2026").says_not("RSD/26/2026").says("Strona 1 z 3");
    assert!(page.html().contains("href=\"/konkursy?strona=2\""));
    let page = app.stranger().page("/konkursy?zasady=rsd&strona=2").await;
    page.says("RSD/26/2026").says_not("RSD/27/2026").says("Strona 2 z 3").says_not("Nabór trwa");
    assert!(page.html().contains("href=\"/konkursy?zasady=rsd&amp;strona=3\""), "{}", page.html());
    let (_, queries) = app.queries(app.stranger().page("/konkursy?zasady=rsd&strona=3")).await;
    assert!(queries <= 12, "{queries}");
    app.stranger().page("/konkursy?strona=9").await.says("Tej strony listy już nie ma");
}

#[actix_web::test]
async fn the_list_of_the_office_has_pages_too_and_the_search_stays() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let rsd = sample::rsd_call(&app);
    for n in 2..=102 {
        another(&app, &rsd, &format!("RSD/{n}/2026"), "Klub pracy", CallState::Draft);
    }
    let page = office.officer.page("/urzad/konkursy").await;
    page.says("RSD/102/2026").says("RSD/53/2026").says_not("RSD/52/2026").says("Strona 1 z 3");
    assert!(page.html().contains("href=\"/urzad/konkursy?strona=2\""), "{}", page.html());
    let page = office.officer.page("/urzad/konkursy?q=klub&strona=2").await;
    page.titled("Konkursy urzędu – strona 2").says("RSD/52/2026").says("RSD/3/2026").says_not("RSD/53/2026");
    assert!(page.html().contains("href=\"/urzad/konkursy?q=klub&amp;strona=3\""), "{}", page.html());
    office.officer.page("/urzad/konkursy?strona=3").await.says("RSD/1/2026").says_not("RSD/3/2026");
    office.officer.page("/urzad/konkursy?strona=9").await.says("Tej strony listy już nie ma");
    let (_, queries) = app.queries(office.officer.page("/urzad/konkursy?strona=2")).await;
    assert!(queries <= 12, "{queries}");
}

#[actix_web::test]
async fn the_office_searches_its_drafts_too_and_old_calls_get_their_text() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let rsd = sample::rsd_call(&app);
    another(&app, &rsd, "RSD/2/2026", "Żłobek i świetlica", CallState::Draft);
    let page = office.officer.page("/urzad/konkursy?q=zlobek").await;
    page.says("RSD/2/2026").says_not("RSD/1/2026");
    office.officer.page("/urzad/konkursy?q=xyz").await.says("Nie znaleziono konkursu");
    app.state
        .store
        .write(|tx| {
            use diesel::RunQueryDsl as _;
            diesel::sql_query("UPDATE calls SET search = ''").execute(tx.conn())?;
            Ok(())
        })
        .unwrap();
    office.officer.page("/urzad/konkursy?q=zlobek").await.says_not("RSD/2/2026");
    assert_eq!(app.state.store.write(store::search::fill).unwrap(), 2);
    assert_eq!(app.state.store.write(store::search::fill).unwrap(), 0);
    office.officer.page("/urzad/konkursy?q=zlobek").await.says("RSD/2/2026");
}
