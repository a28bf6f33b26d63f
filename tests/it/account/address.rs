//! Another address for signing in.

use konkurs::{audit, mail};

use crate::support::{PASSWORD, TestApp, sample};

/// The path of the link in the newest letter.
fn link(app: &TestApp) -> String {
    let letter = app.state.store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
    let from = letter.body.find("/konto/nowy-adres").unwrap_or_else(|| panic!("no link: {}", letter.body));
    letter.body[from..].lines().next().unwrap().to_owned()
}

fn confirming(page: &crate::support::Answer) -> Vec<(&'static str, String)> {
    ["person", "email", "until", "key"].into_iter().map(|name| (name, page.value_of(name).unwrap())).collect()
}

fn texts<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[actix_web::test]
async fn an_address_changes_when_the_new_one_confirms_it_and_the_old_one_is_told() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let old = format!("{}@example.pl", sample::nip(1));
    ngo.page("/konto").await.says("Zmiana adresu logowania");
    let ask = |email: &'static str, password: &'static str| [("email", email), ("password", password)];
    let wrong = ngo.post("/konto/adres", &ask("biuro@", PASSWORD)).await;
    wrong.expect(422).says("To nie jest adres e-mail.");
    assert_eq!(wrong.value_of("email").as_deref(), Some("biuro@"));
    ngo.post("/konto/adres", &ask("biuro+promyk@ngo.example", "zle-haslo"))
        .await
        .expect(422)
        .says("Obecne hasło się nie zgadza.");
    assert_eq!(app.new_mail(), []);
    app.at("2026-11-23 12:05");
    ngo.post("/konto/adres", &ask("Biuro+Promyk@ngo.example", PASSWORD)).await.expect(303);
    let asked = [("biuro+promyk@ngo.example".to_owned(), "Potwierdź nowy adres logowania".to_owned())];
    assert_eq!(app.new_mail(), asked);

    let stranger = app.stranger();
    let path = link(&app);
    let page = stranger.page(&path).await;
    page.says("loguje się adresem biuro+promyk@ngo.example");
    let mut form = confirming(&page);
    let real = form[1].1.clone();
    form[1].1 = "obcy@ngo.example".into();
    stranger.post("/konto/nowy-adres", &texts(&form)).await.expect(422).says("Ten odnośnik już nie działa");
    form[1].1 = real;
    stranger.post("/konto/nowy-adres", &texts(&form)).await.expect(303);
    assert_eq!(app.new_mail(), [(old.clone(), "Zmieniono adres logowania".to_owned())]);
    stranger.post("/konto/nowy-adres", &texts(&form)).await.expect(422).says("Ten odnośnik już nie działa");
    let person = app.actor(&app.sign_in("biuro+promyk@ngo.example")).person_id().unwrap().clone();
    let rows = app.state.store.read(|r| audit::of_object(r, person.as_str())).unwrap();
    let said = format!("Zmieniono adres logowania: {old} → biuro+promyk@ngo.example");
    assert_eq!(rows.last().unwrap().detail, said);
    let enter = [("email", "biuro+promyk@ngo.example"), ("password", PASSWORD)];
    app.stranger().post("/konto/logowanie", &enter).await.expect(303);
    app.stranger().post("/konto/logowanie", &[("email", old.as_str()), ("password", PASSWORD)]).await.expect(422);
}

#[actix_web::test]
async fn nobody_learns_whether_an_address_has_an_account() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    app.ngo("Stowarzyszenie Sukces", &sample::nip(2)).await;
    let taken = format!("{}@example.pl", sample::nip(2));
    let ask = [("email", taken.as_str()), ("password", PASSWORD)];
    let answer = ngo.post("/konto/adres", &ask).await;
    assert_eq!(answer.expect(303).location, "/konto");
    assert_eq!(app.new_mail(), []);
    app.at("2026-11-23 12:05");
    ngo.post("/konto/adres", &[("email", "nowy@ngo.example"), ("password", PASSWORD)]).await.expect(303);
    app.new_mail();
    let form = confirming(&app.stranger().page(&link(&app)).await);
    app.at("2026-11-24 12:06");
    app.stranger().post("/konto/nowy-adres", &texts(&form)).await.expect(422).says("minęła doba");
}

#[actix_web::test]
async fn letters_about_a_new_address_are_few() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let email = format!("{}@example.pl", sample::nip(1));
    let ask = [("email", "obcy@ngo.example"), ("password", PASSWORD)];
    ngo.post("/konto/adres", &ask).await.expect(303);
    let soon = ngo.post("/konto/adres", &ask).await;
    soon.expect(422).says("List wysłano przed chwilą.").says("po 5 minutach");
    assert_eq!(soon.value_of("email").as_deref(), Some("obcy@ngo.example"));
    for _ in 0..6 {
        // The password was right each time, so the account does not rest.
        ngo.post("/konto/adres", &ask).await.expect(422).says("List wysłano przed chwilą.");
    }
    for minute in ["05", "10", "15", "20"] {
        app.at(&format!("2026-11-23 12:{minute}"));
        app.sign_in(&email).post("/konto/adres", &ask).await.expect(303);
    }
    app.at("2026-11-23 12:30");
    let refused = app.sign_in(&email).post("/konto/adres", &ask).await;
    refused.expect(422).says("W ciągu doby wysyłamy najwyżej 5 listów o zmianie adresu.");
    assert_eq!(app.new_mail().len(), 5);
    app.at("2026-11-24 12:01");
    app.sign_in(&email).post("/konto/adres", &ask).await.expect(303);
    app.new_mail();
}
