//! The secret calendar of a person.

use konkurs::account::Role;
use konkurs::call::CallState;
use konkurs::offer::{self, OfferState};

use crate::support::ics::parsed;
use crate::support::{TestApp, sample};

/// The address on the page that shows it once.
fn link_of(page: &crate::support::Answer) -> String {
    let link = page.value_of("link").unwrap();
    link[link.find("/kalendarz/").unwrap()..].to_owned()
}

#[actix_web::test]
async fn a_person_makes_sees_once_replaces_and_revokes_the_link() {
    let app = TestApp::new().await;
    let call = sample::rsd_call(&app);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    assert_eq!(app.stranger().get("/konto/kalendarz").await.expect(303).sign_in_page(), "/konto/logowanie");
    ngo.page("/konto/kalendarz").await.says("Nie masz jeszcze adresu kalendarza.").says("Utwórz adres kalendarza");
    let page = ngo.post("/konto/kalendarz", &[]).await;
    page.expect(200).says("Skopiuj teraz ten adres").says("Nie pokażemy go drugi raz.");
    let first = link_of(&page);
    let again = ngo.page("/konto/kalendarz").await;
    again.says("Adres kalendarza działa od 23.11.2026, 12:00.").says_not("Skopiuj teraz");
    assert!(!again.html().contains(&first), "seen once");
    let token = first.rsplit('/').next().unwrap().trim_end_matches(".ics");
    let rows: Vec<String> = app
        .state
        .store
        .read(|r| {
            use diesel::prelude::*;
            use konkurs::store::schema::calendar_links::dsl::*;
            Ok(calendar_links.select(token_hash).load(r.conn())?)
        })
        .unwrap();
    assert!(rows.len() == 1 && rows[0] != token, "only the hash is kept");

    let empty = app.stranger().page(&first).await;
    assert_eq!(parsed(&empty.html()), ("Moje oferty – Konkurs".to_owned(), vec![]));
    let (actor, org, now) = (app.actor(&ngo), sample::org_of(&app, &ngo), app.state.clock.now());
    app.state.store.write(|tx| offer::start(tx, &actor, &call.id, &org.id, now)).unwrap();
    let (_, events) = parsed(&app.stranger().page(&first).await.html());
    let said: Vec<&str> = events.iter().map(|e| e["SUMMARY"].as_str()).collect();
    assert_eq!(said, ["Ostatni dzień na pytania: RSD/1/2026", "Złóż ofertę przed końcem: RSD/1/2026"]);
    assert_eq!(events[1]["DTEND"], "20261214T230000Z");

    let second = link_of(&ngo.post("/konto/kalendarz", &[]).await);
    assert_ne!(first, second);
    app.stranger().get(&first).await.expect(404);
    app.stranger().page(&second).await;
    ngo.post("/konto/kalendarz/wylaczenie", &[]).await.expect(303);
    ngo.post("/konto/kalendarz/wylaczenie", &[]).await.expect(303);
    app.stranger().get(&second).await.expect(404);
    app.stranger().get("/kalendarz/.ics").await.expect(404);
    ngo.page("/konto/kalendarz").await.says("Nie masz jeszcze adresu kalendarza. Dat, które by w nim były: 2.");
}

#[actix_web::test]
async fn dates_follow_the_state_of_each_offer_and_nobody_elses_is_there() {
    let app = TestApp::new().await;
    let call = sample::rsd_call(&app);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let other = app.ngo("Stowarzyszenie Obok", &sample::nip(2)).await;
    let offer = sample::filed_offer(&app, &call, &ngo, 1);
    sample::filed_offer(&app, &call, &other, 2);
    let link = link_of(&ngo.post("/konto/kalendarz", &[]).await);
    let dates = |html: String| -> Vec<String> {
        let line = |e: &crate::support::ics::Event| e["SUMMARY"].split(':').next().unwrap().to_owned();
        parsed(&html).1.iter().map(line).collect()
    };
    let page = app.stranger().page(&link).await.html();
    assert!(!page.contains("Obok"), "{page}");
    assert_eq!(dates(page), ["Koniec składania i zmieniania ofert", "Planowany wybór ofert"]);
    sample::set_call(&app, &call.id, CallState::Decided);
    sample::set_offer(&app, &offer.id, OfferState::Selected);
    let sealed = dates(app.stranger().page(&link).await.html());
    assert_eq!(sealed, ["Koniec składania i zmieniania ofert", "Planowany wybór ofert"]);
    sample::set_call(&app, &call.id, CallState::Published);
    let (_, events) = parsed(&app.stranger().page(&link).await.html());
    let edition = events.iter().find(|e| e["UID"] == format!("{}-edycja-1@konkurs", offer.id)).unwrap();
    assert_eq!((&edition["DTSTART;VALUE=DATE"][..], &edition["DTEND;VALUE=DATE"][..]), ("20270111", "20270311"));
    assert_eq!(events.len(), 5);
    sample::set_offer(&app, &offer.id, OfferState::Withdrawn);
    assert_eq!(dates(app.stranger().page(&link).await.html()), Vec::<String>::new());
}

fn said(events: &[crate::support::ics::Event]) -> Vec<&str> {
    events.iter().map(|e| e["SUMMARY"].as_str()).collect()
}

/// Officers and the organ have every announced contest, a member of a committee those with a seat; nobody has drafts,
/// rehearsals or a word of an offer.
#[actix_web::test]
async fn who_works_for_the_office_has_the_dates_of_the_contests_in_the_calendar() {
    let app = TestApp::new().await;
    let call = sample::rsd_call(&app);
    sample::trial_call(&app);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let offer = sample::filed_offer(&app, &call, &ngo, 1);
    for role in [Role::Officer, Role::Organ] {
        let who = app.staff(&format!("{role:?}@example.pl").to_lowercase(), &[role]).await;
        who.page("/konto/kalendarz")
            .await
            .says("Dat, które by w nim były: 4.")
            .says_not("kalendarz jest na razie pusty");
        let link = link_of(&who.post("/konto/kalendarz", &[]).await);
        let text = app.stranger().page(&link).await.html();
        assert!(!text.contains("Promyk") && !text.contains(offer.id.as_str()), "{text}");
        let (name, events) = parsed(&text);
        assert_eq!(name, "Moje konkursy – Konkurs");
        assert_eq!(
            said(&events),
            [
                "Ostatni dzień na pytania: RSD/1/2026",
                "Koniec składania ofert: RSD/1/2026",
                "Oferty można otworzyć: RSD/1/2026",
                "Planowany wybór ofert: RSD/1/2026",
            ]
        );
        assert_eq!(events[1]["DTEND"], "20261214T230000Z");
        assert_eq!(events[2]["DTSTART;VALUE=DATE"], "20261215");
        assert!(events[2]["URL"].ends_with(&format!("/urzad/konkursy/{}", call.id)), "{:?}", events[2]);
        if role == Role::Organ {
            sample::set_call(&app, &call.id, CallState::Published);
            let (_, events) = parsed(&app.stranger().page(&link).await.html());
            let editions = [1, 2, 3].map(|no| format!("Edycja {no} zadania: RSD/1/2026"));
            assert_eq!(said(&events)[4..], editions);
        }
    }
    let finance = app.staff("finanse@example.pl", &[Role::Finance]).await;
    finance.page("/konto/kalendarz").await.says("Dat, które by w nim były: 0.");
}

#[actix_web::test]
async fn a_member_of_a_committee_has_the_contests_with_an_own_seat() {
    let app = TestApp::new().await;
    let call = sample::rsd_call(&app);
    sample::second_call(&app);
    let member = app.staff("komisja@example.pl", &[Role::Committee]).await;
    let link = link_of(&member.post("/konto/kalendarz", &[]).await);
    let events = async || parsed(&app.stranger().page(&link).await.html()).1;
    assert!(events().await.is_empty(), "no seat");
    let run = |sql: String| {
        let done = app.state.store.write(|tx| {
            use diesel::RunQueryDsl as _;
            Ok(diesel::sql_query(sql).execute(tx.conn())?)
        });
        assert_eq!(done.unwrap(), 1);
    };
    run(format!(
        "INSERT INTO seats SELECT 'seat', calls.id, people.id, 'member', 'office', '', NULL, NULL, '', 0 \
         FROM calls, people WHERE calls.id = '{}' AND people.email = 'komisja@example.pl'",
        call.id
    ));
    let number = call.number();
    let seen = events().await;
    assert_eq!(
        said(&seen),
        ["Koniec składania ofert", "Oferty można otworzyć", "Planowany wybór ofert"]
            .map(|what| format!("{what}: {number}"))
    );
    assert!(seen[0]["URL"].ends_with(&format!("/komisja/{}", call.id)), "{seen:?}");
    run("UPDATE seats SET declaration = 'conflict'".to_owned());
    assert!(events().await.is_empty(), "who has a conflict does not work with the contest");
}
