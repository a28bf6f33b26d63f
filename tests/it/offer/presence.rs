//! Who is in which part of the form.

use chrono::Duration;
use konkurs::account::OrgRole;
use konkurs::offer::present;
use konkurs::store::{OfferId, PersonId, naive};

use super::{draft, form, org_id, post};
use crate::support::{Client, TestApp, sample};

/// Anna owns the organisation, Ewa edits with her.
async fn two_people() -> (TestApp, Client, Client, OfferId) {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let anna = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let (org, now) = (org_id(&app, &anna), app.state.clock.now());
    let row = konkurs::account::store::PersonRow {
        id: PersonId::new(),
        email: "ewa@promyk.example".into(),
        name: "Ewa Redaktor".into(),
        password: String::new(),
        roles: String::new(),
        active: true,
        failures: 0,
        failed_at: None,
        created_at: naive(now),
        version: 0,
    };
    app.state
        .store
        .write(|tx| {
            konkurs::account::store::insert_person(tx, &row)?;
            konkurs::account::store::insert_membership(tx, &org, &row.id, OrgRole::Editor, now)
        })
        .unwrap();
    let ewa = app.sign_in("ewa@promyk.example");
    let id = draft(&app, &call, &anna).id;
    (app, anna, ewa, id)
}

#[actix_web::test]
async fn a_part_says_who_else_is_in_it_and_forgets_after_75_seconds() {
    let (app, anna, ewa, id) = two_people().await;
    let path = format!("/oferty/{id}/obecnosc");
    app.at("2026-11-23 12:03:10");
    let said = ewa.script(&path, &[("section", "kosztorys")]).await.expect(200).json();
    assert_eq!(said["said"], "", "nobody tells a person that they are there themselves");
    let here = "Ewa Redaktor pisze teraz w tej części, od 12:03.";
    anna.page(&format!("/oferty/{id}/kosztorys")).await.says(here);
    anna.page(&format!("/oferty/{id}/zadanie")).await.says_not("Ewa Redaktor");
    anna.page(&format!("/oferty/{id}")).await.says(here);
    let looked = anna.get(&path).await.json();
    assert_eq!(looked["parts"][format!("/oferty/{id}/kosztorys")], here);
    assert_eq!(looked["parts"][format!("/oferty/{id}/zadanie")], "");
    let answer = anna.script(&path, &[("section", "kosztorys")]).await.json();
    assert_eq!(answer["said"], here);
    // A sign in time keeps since when; a late one begins anew.
    app.at("2026-11-23 12:04:20");
    ewa.script(&path, &[("section", "kosztorys")]).await.expect(200);
    anna.page(&format!("/oferty/{id}/kosztorys")).await.says(here);
    app.at("2026-11-23 12:05:34");
    anna.page(&format!("/oferty/{id}/kosztorys")).await.says(here);
    app.at("2026-11-23 12:05:35");
    anna.page(&format!("/oferty/{id}/kosztorys")).await.says_not("pisze teraz");
    ewa.script(&path, &[("section", "kosztorys")]).await.expect(200);
    anna.page(&format!("/oferty/{id}/kosztorys")).await.says("Ewa Redaktor pisze teraz w tej części, od 12:05.");
    let rows = app.state.store.read(|r| present(r, &id, app.state.clock.now())).unwrap();
    assert_eq!(rows.len(), 1, "old rows are gone: {rows:?}");
}

#[actix_web::test]
async fn a_sign_does_not_keep_a_session_alive() {
    let (app, anna, ewa, id) = two_people().await;
    let path = format!("/oferty/{id}/obecnosc");
    let noon = app.state.clock.now();
    for minutes in (10..=110).step_by(10) {
        app.state.clock.set(noon + Duration::minutes(minutes));
        ewa.script(&path, &[("section", "inne")]).await.expect(200);
        ewa.get(&path).await.expect(200);
        anna.page(&format!("/oferty/{id}")).await;
    }
    app.state.clock.set(noon + Duration::minutes(121));
    ewa.script(&path, &[("section", "inne")]).await.expect(401);
    anna.page(&format!("/oferty/{id}")).await;
}

#[actix_web::test]
async fn a_save_is_a_sign_and_a_look_is_not() {
    let (app, anna, ewa, id) = two_people().await;
    let part = format!("/oferty/{id}/inne");
    let page = ewa.page(&part).await;
    anna.page(&part).await.says_not("pisze teraz");
    let version = page.value_of("version").unwrap();
    let fields = form(&[("version", &version), ("unpaid", "true"), ("other", "x")]);
    post(&ewa, &part, fields, &[]).await.expect(303);
    anna.page(&part).await.says("Ewa Redaktor pisze teraz w tej części, od 12:00.");
    // Nobody is in an offer that was submitted.
    let fields = super::declarations(&app, &id);
    post(&anna, &format!("/oferty/{id}/zlozenie"), fields, &[("replaces", "0")]).await.expect(303);
    assert_eq!(app.state.store.read(|r| present(r, &id, app.state.clock.now())).unwrap(), []);
}

#[actix_web::test]
async fn only_offerors_are_in_an_offer_and_only_in_its_parts() {
    let (app, anna, _, id) = two_people().await;
    let path = format!("/oferty/{id}/obecnosc");
    let other = app.ngo("Stowarzyszenie Obce", &sample::nip(2)).await;
    other.script(&path, &[("section", "inne")]).await.expect(404);
    other.get(&path).await.expect(404);
    anna.script(&path, &[("section", "kasa")]).await.expect(404);
    anna.script(&path, &[("section", "podzial/x")]).await.expect(404);
    app.at("2026-12-15 00:00");
    let anna = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    anna.script(&path, &[("section", "inne")]).await.expect(200);
}

/// A sign of the card `tab` of a page that shows the costs.
async fn sign(who: &Client, path: &str, tab: &str, more: &[(&str, &str)]) -> String {
    let mut fields = vec![("section", "kosztorys"), ("tab", tab)];
    fields.extend_from_slice(more);
    let answer = who.script(path, &fields).await;
    answer.expect(200).json()["said"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_person_is_told_of_the_same_part_in_another_card() {
    let (app, anna, ewa, id) = two_people().await;
    let path = format!("/oferty/{id}/obecnosc");
    app.at("2026-11-23 12:03:10");
    assert_eq!(sign(&anna, &path, "a1", &[]).await, "", "one card is no news");
    app.at("2026-11-23 12:04:00");
    let twice = "Ta część jest otwarta także w innej Twojej karcie, od 12:03. Pisz tylko w jednej z nich.";
    assert_eq!(sign(&anna, &path, "a2", &[]).await, twice);
    assert_eq!(
        sign(&anna, &path, "a1", &[]).await,
        "Ta część jest otwarta także w innej Twojej karcie, od 12:04. Pisz tylko w jednej z nich."
    );
    // Another person sees her once, and since the first card; in another part nobody says anything.
    let once = "Anna Prezes pisze teraz w tej części, od 12:03.";
    assert_eq!(sign(&ewa, &path, "e1", &[]).await, once);
    ewa.page(&format!("/oferty/{id}/kosztorys")).await.says(once);
    let ewa_too = format!("{twice} Ewa Redaktor pisze teraz w tej części, od 12:04.");
    assert_eq!(sign(&anna, &path, "a2", &[]).await, ewa_too);
    let other = anna.script(&path, &[("section", "inne"), ("tab", "a3")]).await.json();
    assert_eq!(other["said"], "");
    // The page of the offer says it beside the part; a page that a script has not woken yet does not know which card it is.
    let looked = anna.get(&path).await.json();
    assert_eq!(
        looked["parts"][format!("/oferty/{id}/kosztorys")],
        "Ta część jest otwarta w innej Twojej karcie, od 12:03. Pisz tylko w jednej z nich. \
         Ewa Redaktor pisze teraz w tej części, od 12:04."
    );
    anna.page(&format!("/oferty/{id}/kosztorys")).await.says_not("innej Twojej karcie");
    // A save belongs to no card: it warns nobody of herself.
    app.at("2026-11-23 12:10");
    let page = anna.page(&format!("/oferty/{id}/inne")).await;
    let version = page.value_of("version").unwrap();
    post(&anna, &format!("/oferty/{id}/inne"), form(&[("version", &version), ("unpaid", "true")]), &[])
        .await
        .expect(303);
    let said = anna.script(&path, &[("section", "inne"), ("tab", "a3")]).await.json();
    assert_eq!(said["said"], "");
}

#[actix_web::test]
async fn a_card_that_was_left_is_forgotten_at_once_and_one_in_the_background_is_told_to_its_person_only() {
    let (app, anna, ewa, id) = two_people().await;
    let path = format!("/oferty/{id}/obecnosc");
    let twice = "Ta część jest otwarta także w innej Twojej karcie, od 12:00. Pisz tylko w jednej z nich.";
    sign(&anna, &path, "a1", &[]).await;
    assert_eq!(sign(&anna, &path, "a2", &[]).await, twice);
    // The first is closed and says so; the second shows the part again under a new name and says what it was.
    assert_eq!(sign(&anna, &path, "a1", &[("gone", "true")]).await, "");
    assert_eq!(sign(&anna, &path, "a2", &[]).await, "");
    assert_eq!(sign(&anna, &path, "a4", &[("left", "a2")]).await, "");
    // Nobody closes the card of somebody else.
    sign(&ewa, &path, "e1", &[("left", "a4")]).await;
    sign(&ewa, &path, "a4", &[("gone", "true")]).await;
    assert_eq!(sign(&ewa, &path, "e1", &[]).await, "Anna Prezes pisze teraz w tej części, od 12:00.");
    // In the background: after 75 seconds others are not told any more, Anna is.
    app.at("2026-11-23 12:01:00");
    sign(&anna, &path, "a4", &[("hidden", "true")]).await;
    assert_eq!(sign(&ewa, &path, "e1", &[]).await, "Anna Prezes pisze teraz w tej części, od 12:00.");
    app.at("2026-11-23 12:01:15");
    assert_eq!(sign(&ewa, &path, "e1", &[]).await, "");
    assert_eq!(
        sign(&anna, &path, "a5", &[("hidden", "true")]).await,
        format!("{twice} Ewa Redaktor pisze teraz w tej części, od 12:00.")
    );
    assert_eq!(sign(&ewa, &path, "e1", &[]).await, "", "a card that nobody looked at is nobody");
    // What no page would call itself is no card; more cards than anybody has push out the oldest.
    let long = "x".repeat(37);
    for tab in ["a b", long.as_str(), "ż"] {
        sign(&anna, &path, tab, &[]).await;
    }
    let tabs = |who: &str| {
        let rows = app.state.store.read(|r| present(r, &id, app.state.clock.now())).unwrap();
        rows.into_iter().filter(|p| p.name == who).map(|p| p.tab).collect::<Vec<_>>()
    };
    assert_eq!(tabs("Anna Prezes"), ["a4", "", "a5"]);
    for n in 0..30 {
        app.state.clock.set(app.state.clock.now() + Duration::milliseconds(1));
        sign(&anna, &path, &format!("b{n}"), &[]).await;
    }
    let newest: Vec<String> = (30 - konkurs::offer::TABS..30).map(|n| format!("b{n}")).collect();
    assert_eq!(tabs("Anna Prezes"), newest);
    assert_eq!(tabs("Ewa Redaktor"), ["e1"]);
}
