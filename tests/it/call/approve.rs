//! The organ approves a text; its papers hang before the contest opens.

use konkurs::call::{self, Call, CallState};
use konkurs::law::Money;
use konkurs::{app as program, audit};

use super::amending::{again, begun, open_of, proposed, publish, until, wrote};
use super::{Office, announced, complete, find, office, places};
use crate::support::{Client, TestApp, moment};

async fn approve(office: &Office, call: &Call) -> crate::support::Answer {
    let url = format!("/urzad/konkursy/{}/zatwierdzenie", call.id);
    office.organ.post(&url, &[("version", &call.version.to_string())]).await
}

async fn paper(reader: &Client, url: &str) -> String {
    reader.page(&format!("{url}.txt")).await.html()
}

/// The form of the three places at the given hours of 2026-11-23.
fn at<'a>(version: &'a str, hours: [&'a str; 3]) -> Vec<(&'a str, &'a str)> {
    let mut fields = places(version, "2026-11-23");
    for (name, hour) in ["bip_time", "board_time", "website_time"].into_iter().zip(hours) {
        fields.retain(|(field, _)| *field != name);
        fields.push((name, hour));
    }
    fields
}

#[actix_web::test]
async fn the_papers_hang_under_number_and_hash_before_the_contest_opens() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let draft = complete(&app, &first);
    let url = format!("/urzad/konkursy/{}", draft.id);
    for ending in ["pdf", "docx", "txt"] {
        let none = first.officer.get(&format!("{url}/ogloszenie.{ending}")).await;
        none.expect(403)
            .says("Pisma są do pobrania, gdy organ zatwierdzi treść: dopiero wtedy mają numer i sumę kontrolną.");
    }
    first.officer.page(&format!("{url}/ogloszenie")).await.says("Tej treści organ nie zatwierdził.");
    first.organ.page(&url).await.says("Zatwierdź treść do ogłoszenia").says("11. Zatwierdzenie treści");
    first
        .organ
        .page(&format!("{url}/zatwierdzenie"))
        .await
        .says("Projekt przygotowali: Osoba urzednik@example.pl. Zatwierdza go ktoś inny.")
        .says("Zatwierdzona treść jest tą, która zawiśnie w trzech miejscach")
        .says("Każda zmiana projektu albo programu cofnie zatwierdzenie; numer zostanie przy konkursie.");
    approve(&first, &draft).await.expect(303);

    let call = find(&app, &draft.id);
    let hash = call.terms_hash.clone().unwrap();
    assert_eq!((call.state, call.number(), call.announced_at), (CallState::Draft, "RSD/1/2026", None));
    assert_eq!(call.deadline_at, None, "offers are not awaited yet");
    assert_eq!(hash, call::hash_of(&call.content).unwrap());
    first
        .officer
        .page(&url)
        .await
        .says("Teraz czekamy na: urząd Organ zatwierdził treść. Trzeba umieścić pisma w trzech miejscach")
        .says("Organ zatwierdził treść: 23.11.2026, 12:00, Osoba organ@example.pl. Konkurs ma numer RSD/1/2026.")
        .says("zatwierdza organ: osoba, która nie przygotowywała projektu; potem są pisma z numerem i sumą kontrolną zatwierdzona")
        .says("Zapisz miejsca i ogłoś konkurs")
        .titled("Projekt konkursu RSD/1/2026 –");
    let text = paper(&first.officer, &format!("{url}/ogloszenie")).await;
    for words in [
        "Ogłoszenie o otwartym konkursie ofert RSD/1/2026",
        "poniedziałek, 14.12.2026, do końca dnia (23:59)",
        "Treść zatwierdzono: 23.11.2026, 12:00, Starosta: Osoba organ@example.pl",
        &format!("(SHA-256): {hash}\n"),
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Ogłoszono:"), "{text}");
    let pdf = first.officer.page(&format!("{url}/ogloszenie.pdf")).await;
    assert!(pdf.body == first.organ.page(&format!("{url}/ogloszenie.pdf")).await.body, "the same bytes for everybody");
    first.officer.page(&format!("{url}/ogloszenie.docx")).await;
    // nobody outside the office sees any of it
    app.stranger().get(&format!("/konkursy/{}", call.id)).await.expect(404);
    app.stranger().get(&format!("/konkursy/{}/ogloszenie.pdf", call.id)).await.expect(404);
    app.stranger().page("/konkursy").await.says_not("RSD/1/2026");

    // they hang in the afternoon, and an officer records it
    let office = again(&app, "2026-11-23 15:00");
    let version = call.version.to_string();
    let early = office.officer.post(&format!("{url}/ogloszenie"), &places(&version, "2026-11-23")).await;
    early
        .expect(422)
        .says("Publikacja 23.11.2026, godz. 08:00, a treść zatwierdzono 23.11.2026, 12:00.")
        .says("Reguła R-PUB-02 · art. 11 ust. 2b i art. 13 ust. 3 UDPP");
    let page = office.officer.page(&format!("{url}/ogloszenie")).await;
    page.says(
        "Treść zatwierdził organ: 23.11.2026, 12:00, Osoba organ@example.pl, pod numerem RSD/1/2026 i z sumą kontrolną",
    );
    let hours = at(&version, ["12:00", "13:10", "14:30"]);
    office.officer.post(&format!("{url}/ogloszenie"), &hours).await.expect(303);
    let open = find(&app, &call.id);
    assert_eq!((open.state, open.number(), open.terms_hash.clone()), (CallState::Announced, "RSD/1/2026", Some(hash)));
    assert_eq!(open.deadline_at, Some(moment("2026-12-15 00:00")));
    assert_eq!(open.content.approval, call.content.approval, "the organ approved, the officer recorded");
    assert_eq!(app.state.store.read(program::verify_frozen).unwrap(), (1, vec![]));
    let public = app.stranger().page(&format!("/konkursy/{}", call.id)).await;
    public.says("Treść zatwierdzono 23.11.2026, 12:00, Starosta: Osoba organ@example.pl");
}

#[actix_web::test]
async fn a_saved_draft_is_approved_no_more_and_keeps_its_number() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}", draft.id);
    approve(&office, &draft).await.expect(303);
    let approved = find(&app, &draft.id);
    let old = approved.terms_hash.clone().unwrap();
    approve(&office, &draft).await.expect(409);
    let twice = approve(&office, &approved).await;
    twice.expect(403).says("Ta treść jest już zatwierdzona. Pobierz pisma i zapisz miejsca ogłoszenia.");
    assert_eq!(find(&app, &draft.id), approved);

    let step = office.officer.page(&format!("{url}/regulamin")).await;
    step.says("Organ zatwierdził tę treść: 23.11.2026, 12:00, Osoba organ@example.pl. Zapisanie tego kroku cofnie zatwierdzenie");
    let seen = step.value_of("seen").unwrap();
    let rules = [("regulations", "1."), ("quorum", "3"), ("cooperation", "uchwała"), ("seen", seen.as_str())];
    office.officer.post(&format!("{url}/regulamin"), &rules).await.expect(303);
    let back = find(&app, &draft.id);
    assert_eq!((back.number(), back.terms_hash.clone(), back.content.approval.clone()), ("RSD/1/2026", None, None));
    assert_eq!(back.content.cap, None);
    let rows = app.state.store.read(|r| audit::of_object(r, draft.id.as_str())).unwrap();
    let said = format!(
        "Zmieniono projekt konkursu: Regulamin komisji. Zatwierdzenie treści z 23.11.2026, 12:00 (SHA-256: {old}) \
         przestało obowiązywać; numer RSD/1/2026 zostaje."
    );
    assert_eq!(rows.last().unwrap().detail, said);
    office.officer.get(&format!("{url}/ogloszenie.pdf")).await.expect(403);
    office.officer.page(&format!("{url}/ogloszenie")).await.says("Tej treści organ nie zatwierdził.");

    approve(&office, &back).await.expect(303);
    let again = find(&app, &draft.id);
    assert_eq!(again.number(), "RSD/1/2026");
    assert_ne!(again.terms_hash, Some(old));
    assert_eq!(announced(&app, &office).await.number(), "RSD/2/2026");
}

#[actix_web::test]
async fn who_prepared_a_text_does_not_approve_it() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let both = app.staff("oba@example.pl", &[konkurs::account::Role::Officer, konkurs::account::Role::Organ]).await;
    let draft = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}", draft.id);
    let seen = both.page(&format!("{url}/regulamin")).await.value_of("seen").unwrap();
    let rules = [("regulations", "1."), ("quorum", "3"), ("cooperation", "uchwała"), ("seen", seen.as_str())];
    both.post(&format!("{url}/regulamin"), &rules).await.expect(303);
    let version = find(&app, &draft.id).version.to_string();
    let page = both.post(&format!("{url}/zatwierdzenie"), &[("version", &version)]).await;
    page.expect(422)
        .says("Projekt zapisywała też osoba, która chce go ogłosić: Osoba oba@example.pl.")
        .says("Reguła R-PUB-01");
    // what they may not approve they may record, once somebody else approved it
    approve(&office, &find(&app, &draft.id)).await.expect(303);
    let version = find(&app, &draft.id).version.to_string();
    let hours = at(&version, ["12:00", "12:00", "12:00"]);
    both.post(&format!("{url}/ogloszenie"), &hours).await.expect(303);
    assert_eq!(find(&app, &draft.id).state, CallState::Announced);
}

#[actix_web::test]
async fn a_text_whose_wage_changed_is_not_the_approved_one() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let draft = complete(&app, &first);
    let mut content = super::filled(draft.content.clone(), 2027, "2027-01-08", "2027-01-10");
    content.elements.earlier.push(konkurs::call::EarlierTasks { year: 2025, cost: Money::ZERO, grants: Money::ZERO });
    let call = super::saved(&app, &first, &draft, content);
    approve(&first, &call).await.expect(303);
    let approved = find(&app, &call.id);
    let now = app.state.clock.now();
    let change = |tx: &mut konkurs::store::Tx<'_>| {
        let mut stored = call::store::find(tx, &call.id)?;
        stored.content.cap.as_mut().unwrap().rate = Money::zl(1);
        stored.terms_hash = Some(call::hash_of(&stored.content)?);
        call::store::save(tx, &stored)
    };
    app.state.store.write(change).unwrap();
    let organ = app.actor(&first.organ);
    let three = ["12:00", "12:00", "12:00"];
    let version = (approved.version + 1).to_string();
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let page = first.organ.post(&url, &at(&version, three)).await;
    page.expect(422)
        .says("Od zatwierdzenia 23.11.2026, 12:00 zmieniły się zasady prawne albo limit stawki; suma kontrolna byłaby inna niż na pismach.")
        .says("W trzech miejscach wisi dokładnie ta treść, którą zatwierdził organ.")
        .says("Reguła R-PUB-02");
    app.state.store.write(|tx| call::approve(tx, &organ, &call.id, approved.version + 1, now)).unwrap();
    let version = (approved.version + 2).to_string();
    first.organ.post(&url, &at(&version, three)).await.expect(303);
}

#[actix_web::test]
async fn a_test_call_has_papers_that_say_so_and_only_for_the_office() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = super::prepare::rehearsal(&app, &office).await;
    let text = paper(&office.officer, &format!("/urzad/konkursy/{}/ogloszenie", call.id)).await;
    assert!(
        text.contains("PRÓBA – KONKURS PRÓBNY, BEZ SKUTKÓW PRAWNYCH. To nie jest ogłoszenie: widzi je tylko urząd."),
        "{text}"
    );
    assert!(text.contains("PRÓBA/RSD/1/2026") && text.contains(&call.terms_hash.clone().unwrap()), "{text}");
    office
        .officer
        .page(&format!("/urzad/konkursy/{}", call.id))
        .await
        .says("Ogłoszenie do umieszczenia w trzech miejscach: PDF");
    for ending in ["pdf", "docx", "txt"] {
        office.officer.get(&format!("/konkursy/{}/ogloszenie.{ending}", call.id)).await.expect(404);
    }
}

#[actix_web::test]
async fn a_change_has_its_papers_before_it_is_published() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let office = again(&app, "2026-12-01 12:00");
    let url = format!("/urzad/konkursy/{}", call.id);
    begun(&app, &office, &call);
    wrote(&app, &office, &call, konkurs::call::Part::Elements, until("2026-12-21"));
    for ending in ["pdf", "docx", "txt"] {
        let none = office.officer.get(&format!("{url}/zmiana/ogloszenie.{ending}")).await;
        none.expect(403).says("Pisma zmiany są do pobrania, gdy pracownik przekaże ją organowi");
    }
    let a = proposed(&app, &office, &call, "Dłuższy termin na prośbę organizacji.");
    office
        .organ
        .page(&format!("{url}/zmiana/ogloszenie"))
        .await
        .says("Ogłoszenie do umieszczenia w trzech miejscach: PDF");
    let text = paper(&office.officer, &format!("{url}/zmiana/ogloszenie")).await;
    for words in [
        "Wersja ogłoszenia: 2",
        "poniedziałek, 21.12.2026, do końca dnia (23:59)",
        "Zmianę przekazano do ogłoszenia: 01.12.2026, 12:00",
        "Powód: Dłuższy termin na prośbę organizacji.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let in_force = paper(&app.stranger(), &format!("/konkursy/{}/ogloszenie", call.id)).await;
    assert!(in_force.contains("14.12.2026") && !in_force.contains("21.12.2026"), "{in_force}");
    publish(&office, &call, &open_of(&app, &call), "2026-12-01").await.expect(303);
    let hash = find(&app, &call.id).terms_hash.unwrap();
    assert!(text.contains(&format!("(SHA-256): {hash}")), "the hash that hung is the hash of the change: {text}");
    assert_eq!(a.state, konkurs::call::AmendmentState::Proposed);
    assert_eq!(app.state.store.read(program::verify_frozen).unwrap(), (2, vec![]));
}

#[actix_web::test]
async fn places_that_the_log_does_not_know_are_found_out() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let mut moved = call.content.clone();
    moved.places[1].on = crate::support::sample::day("2026-11-20");
    assert_eq!(call::hash_of(&moved).unwrap(), call.terms_hash.clone().unwrap(), "the hash leaves the places out");
    let (text, now) = (konkurs::store::to_json(&moved).unwrap(), app.state.clock.now());
    app.state.store.write(|tx| call::store::freeze(tx, &call.id, 2, &text, "x", "x", now)).unwrap();
    assert_eq!(
        app.state.store.read(program::verify_frozen).unwrap().1,
        [
            "warunki konkursu RSD/1/2026, wersja 2: miejsc ogłoszenia nie ma w dzienniku",
            "warunki konkursu RSD/1/2026: treść różni się od zamrożonej wersji 2",
        ]
    );
}
