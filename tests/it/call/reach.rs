//! Before a deed that writes to many, its page tells how many letters go to how many people, and who gets none.

use konkurs::account::{OrgRole, store as accounts};
use konkurs::call::{self, Asking, Call, Part};
use konkurs::mail::{self, MailChoice};
use konkurs::offer;

use super::amending::{again, begun, proposed, publish, until, wrote};
use super::{announced, office};
use crate::support::{Client, TestApp, sample};

/// An organisation with a draft in the call.
async fn drafting(app: &TestApp, call: &Call, n: u32) -> Client {
    let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await;
    let (actor, org, now) = (app.actor(&ngo), sample::org_of(app, &ngo), app.state.clock.now());
    app.state.store.write(|tx| offer::start(tx, &actor, &call.id, &org.id, now)).unwrap();
    ngo
}

/// Puts `who` into the organisation of `whose` as well.
fn joined(app: &TestApp, who: &Client, whose: &Client) {
    let (person, org) = (app.actor(who).person_id().unwrap().clone(), sample::org_of(app, whose).id);
    let now = app.state.clock.now();
    app.state.store.write(|tx| accounts::insert_membership(tx, &org, &person, OrgRole::Editor, now)).unwrap();
}

/// How many letters were put out since the last look, and to how many people.
fn sent(app: &TestApp) -> (usize, usize) {
    let to: Vec<String> = app.new_mail().into_iter().map(|(to, _)| to).collect();
    let people: std::collections::BTreeSet<&String> = to.iter().collect();
    (to.len(), people.len())
}

#[actix_web::test]
async fn a_change_and_a_cancellation_count_everybody_once() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let (one, two) = (drafting(&app, &call, 1).await, drafting(&app, &call, 2).await);
    joined(&app, &one, &two);
    // Notices of the law have no switch.
    one.post("/konto/powiadomienia", &[]).await.expect(303);
    app.new_mail();
    let people = again(&app, "2026-12-01 12:00");
    begun(&app, &people, &call);
    wrote(&app, &people, &call, Part::Elements, until("2026-12-28"));
    let a = proposed(&app, &people, &call, "Dłuższy termin.");
    let url = format!("/urzad/konkursy/{}", call.id);
    people.organ.page(&format!("{url}/zmiana")).await.says("albo wersję roboczą: 2 listy do 2 osób.");
    people.organ.page(&format!("{url}/zmiana/ogloszenie")).await.says("albo wersję roboczą: 2 listy do 2 osób.");
    publish(&people, &call, &a, "2026-12-01").await.expect(303);
    assert_eq!(sent(&app), (2, 2), "as the page said");
    let early = people.organ.page(&format!("{url}/uniewaznienie")).await;
    early.says_not("2 listy").says_not("O unieważnieniu");
    let people = again(&app, "2026-12-29 09:00");
    people.organ.page(&format!("{url}/uniewaznienie")).await.says("albo wersję roboczą: 2 listy do 2 osób.");
}

/// Where nobody has an offer the pages say so, and name no number.
#[actix_web::test]
async fn without_an_offer_nobody_is_written_to_and_the_pages_say_so() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let url = format!("/urzad/konkursy/{}", call.id);
    let nobody = "do nikogo nie napiszemy: nikt nie ma w tym konkursie oferty ani wersji roboczej.";
    begun(&app, &first, &call);
    wrote(&app, &first, &call, Part::Elements, until("2026-12-28"));
    let page = first.officer.page(&format!("{url}/zmiana")).await;
    page.says(&format!("Po ogłoszeniu zmiany {nobody}")).says_not("Kto to jest, urząd przed terminem nie wie.");
    let a = proposed(&app, &first, &call, "Dłuższy termin.");
    first.organ.page(&format!("{url}/zmiana/ogloszenie")).await.says(&format!("O zmianie {nobody}"));
    publish(&first, &call, &a, "2026-11-23").await.expect(303);
    let asker = app.ngo("Organizacja pytająca", &sample::nip(4)).await;
    let (by, officer, now) = (app.actor(&asker), app.actor(&first.officer), app.state.clock.now());
    let asking = Asking { text: "Czy sobota się liczy do godzin?".into(), email: String::new() };
    app.state.store.write(|tx| call::ask(tx, &by, &call.id, asking, "", now)).unwrap();
    let question = app.state.store.read(|r| call::store::questions::of_call(r, &call.id)).unwrap().remove(0);
    let texts = ("Czy sobota się liczy do godzin?".to_owned(), "Tak.".to_owned());
    app.state.store.write(|tx| call::save_answer(tx, &officer, &question.id, 0, texts, now)).unwrap();
    first
        .officer
        .page(&format!("{url}/pytania/{}/odpowiedz", question.id))
        .await
        .says("Wyślemy list do osoby, która pytała, i do nikogo więcej: nikt nie ma w tym konkursie oferty ani wersji roboczej.");
    let people = again(&app, "2026-12-29 09:00");
    people.organ.page(&format!("{url}/uniewaznienie")).await.says(&format!("O unieważnieniu {nobody}"));
    app.new_mail();
}

#[actix_web::test]
async fn an_answer_tells_who_switched_such_letters_off() {
    let app = TestApp::new().await;
    let people = office(&app).await;
    let call = announced(&app, &people).await;
    for n in 1..=3 {
        let ngo = drafting(&app, &call, n).await;
        if n == 3 {
            ngo.post("/konto/powiadomienia", &[("drafts", "true"), ("joined", "true")]).await.expect(303);
        }
    }
    let asker = app.ngo("Organizacja pytająca", &sample::nip(4)).await;
    app.new_mail();
    let (by, officer, now) = (app.actor(&asker), app.actor(&people.officer), app.state.clock.now());
    let asking = Asking { text: "Czy sobota się liczy do godzin?".into(), email: String::new() };
    app.state.store.write(|tx| call::ask(tx, &by, &call.id, asking, "", now)).unwrap();
    let question = app.state.store.read(|r| call::store::questions::of_call(r, &call.id)).unwrap().remove(0);
    let texts = ("Czy sobota się liczy do godzin?".to_owned(), "Tak.".to_owned());
    app.state.store.write(|tx| call::save_answer(tx, &officer, &question.id, 0, texts, now)).unwrap();
    let url = format!("/urzad/konkursy/{}/pytania/{}", call.id, question.id);
    let said = "list do osoby, która pytała, i 2 listy do 2 osób z organizacji, które mają w tym konkursie ofertę albo \
                wersję roboczą (kto jest i tu, i tu, dostaje jeden); 1 osoba wyłączyła takie listy i ich nie dostanie.";
    people.officer.page(&format!("{url}/odpowiedz")).await.says(&format!("Wyślemy {said}"));
    people.officer.post(&format!("{url}/odpowiedz"), &[("version", "1")]).await.expect(303);
    assert_eq!(sent(&app), (3, 3), "who asked, and two of three");
    let said = "i 2 listy do 2 osób spośród tych, którzy dostali poprzednią odpowiedź";
    people
        .officer
        .page(&format!("{url}/poprawka"))
        .await
        .says(said)
        .says("1 osoba wyłączyła takie listy i ich nie dostanie");
    let form = [("version", "2"), ("answer", "Tak, każda."), ("reason", "Doprecyzowanie odpowiedzi.")];
    people.officer.post(&format!("{url}/poprawka"), &form).await.expect(303);
    assert_eq!(sent(&app), (3, 3));
}

#[actix_web::test]
async fn a_change_is_told_to_thousands() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let ngo = drafting(&app, &call, 1).await;
    let (org, now, store) = (sample::org_of(&app, &ngo).id, app.state.clock.now(), &app.state.store);
    let email = format!("{}@example.pl", sample::nip(1));
    let people = |tx: &mut konkurs::store::Tx<'_>| {
        let known = accounts::by_email(tx, &email)?.unwrap();
        for n in 0..2600 {
            let id = konkurs::store::PersonId::new();
            let row = accounts::PersonRow { id, email: format!("osoba{n}@ngo.example"), ..known.clone() };
            accounts::insert_person(tx, &row)?;
            accounts::insert_membership(tx, &org, &row.id, OrgRole::Editor, now)?;
        }
        Ok(())
    };
    store.write(people).unwrap();
    let office = again(&app, "2026-12-01 12:00");
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Elements, until("2026-12-28"));
    let a = proposed(&app, &office, &call, "Dłuższy termin.");
    app.new_mail();
    publish(&office, &call, &a, "2026-12-01").await.expect(303);
    assert_eq!(sent(&app), (2601, 2601));
    let many: Vec<String> = (0..40_000).map(|n| format!("osoba{n}@ngo.example")).collect();
    let wanted = store.read(|r| mail::wanting(r, MailChoice::Joined, many.clone())).unwrap();
    assert_eq!(wanted, many, "more than a statement binds");
}
