//! The three places: hours, scans, and what becomes known of them after the publication.

use konkurs::call;

use super::amending::{again, prolonged};
use super::{announced, complete, find, office, places};
use crate::support::TestApp;

const PDF: &[u8] = b"%PDF-1.4 adnotacja na tablicy";

#[actix_web::test]
async fn every_place_has_its_hour_and_the_hour_has_come() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = super::approved(&app, &office, &complete(&app, &office));
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let page = office.organ.page(&url).await;
    assert_eq!(page.value_of("bip_time").as_deref(), Some("12:00"));
    let mut fields = places("2", "2026-11-23");
    fields.retain(|(name, _)| *name != "bip_time");
    office.organ.post(&url, &fields).await.expect(422).says("BIP: podaj godzinę, np. 10:15.");
    fields.push(("bip_time", "12:01"));
    office
        .organ
        .post(&url, &fields)
        .await
        .expect(422)
        .says("Publikacja 23.11.2026, godz. 12:01, a teraz jest 23.11.2026, 12:00.");
    fields.retain(|(name, _)| *name != "bip_time");
    fields.extend([("bip_time", "11:45"), ("board_by", "Jan Woźny")]);
    office.organ.post(&url, &fields).await.expect(303);
    app.stranger().page(&format!("/konkursy/{}", call.id)).await.says("23.11.2026, godz. 11:45");
    let by: Vec<String> = find(&app, &call.id).content.places.into_iter().map(|p| p.by).collect();
    assert_eq!(by, ["Osoba organ@example.pl", "Jan Woźny", "Osoba organ@example.pl"]);
}

#[actix_web::test]
async fn a_scan_is_evidence_too_and_the_office_may_open_it() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = super::approved(&app, &office, &complete(&app, &office));
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let mut fields = places("2", "2026-11-23");
    fields.retain(|(name, _)| *name != "board_evidence");
    let wrong = office.organ.upload(&url, &fields, "board_file", "tablica.pdf", b"MZ").await;
    wrong.expect(422).says("Plik „tablica.pdf” to w środku");
    office.organ.upload(&url, &fields, "board_file", "tablica.pdf", PDF).await.expect(303);
    let content = find(&app, &call.id).content;
    let file = content.places.iter().find_map(|p| p.file.clone()).unwrap();
    assert_eq!((file.name.as_str(), file.sha256.len()), ("tablica.pdf", 64));
    let scan = format!("/urzad/konkursy/{}/dowody/{}", call.id, file.document);
    assert_eq!(office.officer.page(&scan).await.body, PDF);
    office.officer.page(&format!("/urzad/konkursy/{}", call.id)).await.says("skan: tablica.pdf");
    app.stranger().page(&format!("/konkursy/{}", call.id)).await.says("skan w aktach urzędu").says_not("tablica.pdf");
    assert_eq!(app.stranger().get(&scan).await.expect(303).sign_in_page(), "/konto/logowanie");
    let (files, broken) = app.state.store.read(|r| konkurs::app::verify_files(r, &app.state.files)).unwrap();
    assert_eq!((files, broken), (1, vec![]));
}

/// Every error of the three places comes in one answer, with its place and its ways out, and a scan that was sent is asked for
/// again by its name: a browser gives none back.
#[actix_web::test]
async fn all_errors_of_the_places_come_at_once_and_a_chosen_scan_is_asked_for_again() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = super::approved(&app, &office, &complete(&app, &office));
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let mut fields = places("2", "2026-11-23");
    fields.retain(|(name, _)| !["bip_evidence", "board_evidence", "website_evidence", "website_time"].contains(name));
    fields.push(("website_time", "15:30"));
    let wrong = office.organ.upload(&url, &fields, "board_file", "tablica.docx", b"PK\x03\x04 word/document.xml").await;
    wrong
        .expect(422)
        .titled("Błąd: Ogłoś konkurs")
        .says_not("Błąd: Ogłoś konkurs")
        .says("BIP: brakuje dowodu publikacji. Wpisz adres strony albo dołącz skan.")
        .says("Strona internetowa: brakuje dowodu publikacji. Wpisz adres strony albo dołącz skan.")
        .says("Tablica ogłoszeń: Plik „tablica.docx” to w środku")
        .says("Publikacja 23.11.2026, godz. 15:30, a teraz jest 23.11.2026, 12:00.")
        .says_not("Tablica ogłoszeń: brakuje dowodu");
    let again = "Tablica ogłoszeń: wybierz jeszcze raz plik „tablica.pdf”.";
    let missing = office.organ.upload(&url, &fields, "board_file", "tablica.pdf", PDF).await;
    missing.expect(422).says("BIP: brakuje dowodu publikacji.").says(again);
    // A refusal by the rules keeps it no more than an error of the form, and neither does a stale form.
    fields.extend([("bip_evidence", "https://bip.example.pl/1"), ("website_evidence", "https://pup.example.pl/1")]);
    let refused = office.organ.upload(&url, &fields, "board_file", "tablica.pdf", PDF).await;
    refused.expect(422).says("Publikacja 23.11.2026, godz. 15:30").says(again);
    fields.retain(|(name, _)| *name != "version");
    fields.push(("version", "1"));
    let stale = office.organ.upload(&url, &fields, "board_file", "tablica.pdf", PDF).await;
    stale.expect(409).says("Ktoś zapisał ten konkurs w międzyczasie").says(again);
    assert_eq!(find(&app, &call.id).content.places.len(), 0);
}

fn fact<'a>(kind: &'a str, on: &'a str, time: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("no", "1"),
        ("place", "board"),
        ("kind", kind),
        ("on", on),
        ("time", time),
        ("by", "Jan Woźny"),
        ("evidence", "adnotacja nr 7"),
    ]
}

#[actix_web::test]
async fn a_place_that_was_later_than_recorded_shifts_nothing_silently() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let office = again(&app, "2026-11-26 09:00");
    let url = format!("/urzad/konkursy/{}", call.id);
    office
        .officer
        .page(&format!("{url}/miejsca"))
        .await
        .says("Termin składania ofert jest zgodny z zapisanymi miejscami.");
    let empty = office.officer.post(&format!("{url}/miejsca"), &[]).await;
    empty.expect(422).says("Wybierz miejsce.").says("Podaj godzinę, np. 10:15.");
    let future = office.officer.post(&format!("{url}/miejsca"), &fact("posted", "2026-11-26", "09:01")).await;
    future.expect(422).says("26.11.2026, 09:01 jeszcze nie nadeszło.");
    office.organ.post(&format!("{url}/miejsca"), &fact("posted", "2026-11-25", "10:00")).await.expect(403);
    office.officer.post(&format!("{url}/miejsca"), &fact("posted", "2026-11-25", "10:00")).await.expect(303);
    let page = office.officer.page(&url).await;
    page.says("dopiero od 25.11.2026, a termin policzono od 23.11.2026.")
        .says("Najwcześniejszy dzień terminu: środa, 16.12.2026.");
    assert_eq!(find(&app, &call.id), call, "the deadline and the frozen terms stay");
    office.officer.page(&format!("{url}/miejsca")).await.says(
        "ogłoszenie umieszczono w innym czasie, niż zapisano: 25.11.2026, 10:00; Jan Woźny; dowód: adnotacja nr 7",
    );
    // a later entry corrects an earlier one
    office.officer.post(&format!("{url}/miejsca"), &fact("posted", "2026-11-23", "10:00")).await.expect(303);
    office.officer.page(&url).await.says_not("dopiero od 25.11.2026");
    office.officer.post(&format!("{url}/miejsca"), &fact("removed", "2026-11-24", "16:00")).await.expect(303);
    office.officer.page(&url).await.says("Ogłoszenie zdjęto 24.11.2026, 16:00, przed terminem składania ofert.");
    let facts = app.state.store.read(|r| call::store::notices::of_call(r, &call.id)).unwrap();
    assert_eq!(facts.len(), 3);
}

#[actix_web::test]
async fn the_21_days_still_run_from_the_first_announcement_after_a_longer_deadline() {
    let app = TestApp::new().await;
    let (_, call) = prolonged(&app).await;
    let office = again(&app, "2026-12-02 09:00");
    let url = format!("/urzad/konkursy/{}", call.id);
    let mut of_change = fact("posted", "2026-12-02", "08:00");
    of_change.retain(|(name, _)| *name != "no");
    of_change.push(("no", "2"));
    office.officer.post(&format!("{url}/miejsca"), &of_change).await.expect(303);
    office.officer.page(&url).await.says_not("dopiero od 02.12.2026");
    office.officer.post(&format!("{url}/miejsca"), &fact("posted", "2026-11-25", "10:00")).await.expect(303);
    office.officer.page(&url).await.says("dopiero od 25.11.2026").says("Do terminu jest nadal pełnych 21 dni.");
    of_change.retain(|(name, _)| *name != "no");
    of_change.push(("no", "3"));
    office.officer.post(&format!("{url}/miejsca"), &of_change).await.expect(404);
}

#[actix_web::test]
async fn a_notice_put_up_again_gives_the_missing_days_back_to_everyone() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let office = again(&app, "2026-12-03 09:00");
    let url = format!("/urzad/konkursy/{}", call.id);
    let early = office.officer.post(&format!("{url}/miejsca"), &fact("restored", "2026-12-02", "07:30")).await;
    early.expect(422).says("Przed 02.12.2026, 07:30 tego ogłoszenia w tym miejscu nie zapisano jako zdjętego.");
    office.officer.post(&format!("{url}/miejsca"), &fact("removed", "2026-12-01", "18:00")).await.expect(303);
    let page = office.officer.page(&format!("{url}/miejsca")).await;
    page.says("Ogłoszenie zdjęto 01.12.2026, 18:00, przed terminem składania ofert.")
        .says("Umieść ogłoszenie z powrotem i zapisz to")
        .says_not("Przygotuj dłuższy termin");
    let unknown = office.officer.post(&format!("{url}/zmiana"), &[("cause", "missing")]).await;
    unknown.expect(404);
    office.officer.post(&format!("{url}/miejsca"), &fact("restored", "2026-12-02", "07:30")).await.expect(303);
    let page = office.officer.page(&format!("{url}/miejsca")).await;
    page.says("ogłoszenie umieszczono z powrotem: 02.12.2026, 07:30; Jan Woźny")
        .says("Ogłoszenia nie było od 01.12.2026, 18:00 do 02.12.2026, 07:30. Pełnych dni do terminu, w których było we wszystkich miejscach: 19.")
        .says("Wydłuż termin wszystkim, najwcześniej do: środa, 16.12.2026")
        .says("Nowy termin: środa, 16.12.2026, o tej samej godzinie")
        .says("Przygotuj dłuższy termin dla wszystkich");
    office.organ.page(&format!("{url}/miejsca")).await.says_not("Przygotuj dłuższy termin");
    office.officer.page(&url).await.says("Ogłoszenia nie było od 01.12.2026, 18:00 do 02.12.2026, 07:30.");
    office.officer.post(&format!("{url}/zmiana"), &[("cause", "missing")]).await.expect(303);
    let page = office.officer.page(&format!("{url}/zmiana")).await;
    page.says("po zmianie: środa, 16.12.2026")
        .says("Ogłoszenia nie było w miejscu „tablica ogłoszeń w siedzibie organu” od 01.12.2026, 18:00 do 02.12.2026, 07:30.")
        .says("To tylko dłuższy termin. Nie otwiera nowych 21 dni.");
    office.officer.page(&format!("{url}/miejsca")).await.says_not("Przygotuj dłuższy termin");
}
