//! The announcement as PDF, DOCX and plain text.

use std::io::{Cursor, Read as _};

use konkurs::call::{self, store};
use konkurs::store::to_json;

use super::{announced, office, places};
use crate::support::TestApp;
use crate::support::paper::{bare, pdf_text};

/// What all three forms of the announcement say, in this order.
const SAYS: [&str; 24] = [
    "Ogłoszenie o otwartym konkursie ofert RSD/1/2026",
    "ogłasza otwarty konkurs ofert na realizację zadania publicznego",
    "Podstawa prawna i tryb",
    "1. Rodzaj zadania",
    "2. Środki na zadanie",
    "3. Zasady przyznawania dotacji",
    "4. Terminy i warunki realizacji",
    "240,30",
    "5. Termin składania ofert",
    "poniedziałek, 14.12.2026, do końca dnia (23:59)",
    "6. Tryb, kryteria i termin wyboru ofert",
    "Kwalifikacje trenerów",
    "7. Zadania tego samego rodzaju",
    "Załączniki",
    "Ocena formalna i uzupełnianie braków",
    "Dotacja nie pokrywa",
    "Regulamin pracy komisji",
    "Gdzie i jak złożyć ofertę",
    "Ostatni dzień na pytania: piątek, 11.12.2026.",
    "Administratorem danych jest Powiatowy Urząd Pracy",
    "adnotacja na tablicy nr 4",
    "Metryka",
    "Starosta: Osoba organ@example.pl",
    "Ogłoszenia nie zmieniano.",
];

fn says_all(text: &str) {
    let (text, mut from) = (bare(text), 0);
    for words in SAYS {
        let at = text[from..].find(&bare(words));
        from += at.unwrap_or_else(|| panic!("„{words}” is missing or out of order in: {}", &text[from..]));
    }
}

fn has(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[actix_web::test]
async fn all_forms_say_everything_with_number_hash_and_record() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let (stranger, url) = (app.stranger(), format!("/konkursy/{}", call.id));
    let hash = call.terms_hash.clone().unwrap();

    let txt = stranger.page(&format!("{url}/ogloszenie.txt")).await;
    assert_eq!(txt.headers["content-type"], "text/plain; charset=utf-8");
    says_all(&txt.html());
    assert!(txt.html().contains(&format!("(SHA-256): {hash}\n")), "{}", txt.html());
    assert!(txt.html().contains(&format!("{url}/pytania")) && txt.html().contains("/oferta/wzor"));

    let docx = stranger.page(&format!("{url}/ogloszenie.docx")).await;
    assert!(docx.headers["content-disposition"].contains("og_oszenie_RSD-1-2026.docx"), "{:?}", docx.headers);
    let mut zip = zip::ZipArchive::new(Cursor::new(&docx.body)).unwrap();
    let mut xml = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let words: Vec<&str> = xml.split('<').filter_map(|tag| Some(tag.split_once('>')?.1)).collect();
    says_all(&words.join(" "));
    assert!(xml.contains("<w:pStyle w:val=\"Heading1\"/>") && xml.contains("<w:tblHeader/>") && xml.contains(&hash));

    let pdf = stranger.page(&format!("{url}/ogloszenie.pdf")).await;
    for mark in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "/Lang(pl-PL)", "/Marked true"] {
        assert!(has(&pdf.body, mark), "{mark}");
    }
    says_all(&pdf_text(&pdf.body));
    let again = stranger.page(&format!("{url}/ogloszenie.pdf")).await;
    assert!(pdf.body == again.body, "the same version, the same bytes");

    let page = stranger.page(&url).await;
    page.says("Ogłoszenie do pobrania: PDF, DOCX, tekst.").says("Metryka ogłoszenia Numer konkursu RSD/1/2026");
    page.says("Wersja ogłoszenia 1 Ogłoszono 23.11.2026, 08:30").says("Rejestr zmian Ogłoszenia nie zmieniano.");
}

#[actix_web::test]
async fn a_draft_has_no_documents_and_a_later_version_is_in_the_register() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = super::complete(&app, &office);
    let url = format!("/konkursy/{}", draft.id);
    for ending in ["pdf", "docx", "txt"] {
        office.officer.get(&format!("{url}/ogloszenie.{ending}")).await.expect(404);
    }
    super::approved(&app, &office, &draft);
    office.organ.post(&format!("/urzad{url}/ogloszenie"), &places("2", "2026-11-23")).await.expect(303);
    app.at("2026-11-25 10:00");
    let now = app.state.clock.now();
    app.state
        .store
        .write(|tx| {
            let mut call = store::find(tx, &draft.id)?;
            call.content.places = crate::support::sample::three_places("2026-11-25");
            call.content.elements.deadline = crate::support::sample::day("2026-12-21").and_hms_opt(23, 59, 0);
            call.deadline_at = call.content.elements.deadline.and_then(|wall| call::rules::deadline_instant(wall).ok());
            store::save(tx, &call)?;
            store::freeze(tx, &call.id, 2, &to_json(&call.content)?, "organ@example.pl", "przerwa w serwisie", now)
        })
        .unwrap();
    let txt = app.stranger().page(&format!("{url}/ogloszenie.txt")).await.html();
    assert!(!txt.contains("Treść zatwierdzono"), "the organ approved the first text, not this one: {txt}");
    assert!(txt.contains("Kto ogłosił: Starosta: Osoba organ@example.pl"), "{txt}");
    for words in ["Zmiana nr 1 z 25.11.2026, 10:00", "Powód: przerwa w serwisie", "Wersja ogłoszenia: 2"] {
        assert!(txt.contains(words), "{words}: {txt}");
    }
    let (old, new) =
        ("poniedziałek, 14.12.2026, do końca dnia (23:59)", "poniedziałek, 21.12.2026, do końca dnia (23:59)");
    assert!(txt.contains(&format!("było: {old}; jest: {new}")), "{txt}");
    let page = app.stranger().page(&url).await;
    page.says("Zmiana nr 1")
        .says("Powód: przerwa w serwisie")
        .says(&format!("przed zmianą {old}, po zmianie {new}"))
        .says_not("Ogłoszenia nie zmieniano");
}
