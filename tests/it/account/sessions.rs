//! Signing in and out, how long a session lives, and what a wrong password costs.

use konkurs::account::Role;

use crate::support::{Answer, Client, PASSWORD, TestApp, sample};

const ANNA: &str = "anna@pup.example.pl";

async fn enter(client: &Client, email: &str, password: &str) -> Answer {
    client.post("/konto/logowanie", &[("email", email), ("password", password)]).await
}

#[actix_web::test]
async fn everybody_lands_where_their_work_is() {
    let app = TestApp::new().await;
    for (email, roles, to) in [
        ("a@pup.example.pl", vec![Role::Officer], "/urzad/konkursy"),
        ("b@pup.example.pl", vec![Role::Admin], "/urzad/konkursy"),
        ("c@pup.example.pl", vec![Role::Finance], "/finanse"),
        ("d@pup.example.pl", vec![Role::Committee], "/komisja"),
        ("e@pup.example.pl", vec![Role::Committee, Role::Officer], "/urzad/konkursy"),
    ] {
        app.staff(email, &roles).await;
        let answer = enter(&app.stranger(), email, PASSWORD).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, to), "{email}");
    }
    app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let answer = enter(&app.stranger(), &format!(" {}@EXAMPLE.pl ", sample::nip(1)), PASSWORD).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/oferty"));
}

#[actix_web::test]
async fn signing_in_leads_on_to_the_page_that_was_asked_for() {
    let app = TestApp::new().await;
    app.staff(ANNA, &[Role::Admin]).await;
    let client = app.stranger();
    let sent = client.get("/urzad/dziennik?przed=7").await;
    assert_eq!((sent.status, sent.location.as_str()), (303, "/konto/logowanie?next=%2Furzad%2Fdziennik%3Fprzed%3D7"));
    let form = client.page(&sent.location).await;
    assert_eq!(form.value_of("next").as_deref(), Some("/urzad/dziennik?przed=7"));
    let wrong = client.post("/konto/logowanie", &[("email", ANNA), ("next", "/urzad/dziennik?przed=7")]).await;
    assert_eq!(wrong.expect(422).value_of("next").as_deref(), Some("/urzad/dziennik?przed=7"), "kept after an error");
    let fields = [("email", ANNA), ("password", PASSWORD), ("next", "/urzad/dziennik?przed=7")];
    assert_eq!(client.post("/konto/logowanie", &fields).await.location, "/urzad/dziennik?przed=7");
    // Who is signed in already goes straight on; nobody is sent to another site.
    assert_eq!(client.get("/konto/logowanie?next=/konto").await.location, "/konto");
    for bad in ["//zly.example", "https://zly.example", "/\\zly.example", "zly"] {
        let fields = [("email", ANNA), ("password", PASSWORD), ("next", bad)];
        assert_eq!(app.stranger().post("/konto/logowanie", &fields).await.location, "/urzad/konkursy", "{bad}");
    }
}

#[actix_web::test]
async fn a_wrong_pair_says_the_same_for_a_known_and_an_unknown_account() {
    let app = TestApp::new().await;
    app.staff(ANNA, &[Role::Officer]).await;
    let words = "Adres e-mail albo hasło się nie zgadza. Sprawdź oba i spróbuj jeszcze raz.";
    let known = enter(&app.stranger(), ANNA, "nie to hasło").await;
    known.expect(422).says(words);
    assert_eq!(known.value_of("email").as_deref(), Some(ANNA));
    let html = known.html();
    assert!(!html.contains("nie to hasło"));
    let unknown = enter(&app.stranger(), "nikt@pup.example.pl", "nie to hasło").await;
    unknown.expect(422).says(words);
    enter(&app.stranger(), "", "").await.expect(422).says("Uzupełnij pole „Adres e-mail”.").says("Wpisz hasło.");
    let log = app.state.store.read(|r| konkurs::audit::page(r, None, 1)).unwrap();
    assert_eq!((log[0].deed.as_str(), log[0].actor.as_str()), ("account.sign_in.refused", ANNA));
}

#[actix_web::test]
async fn five_wrong_passwords_slow_down_one_account_and_no_other() {
    let app = TestApp::new().await;
    app.staff(ANNA, &[Role::Officer]).await;
    app.staff("jan@pup.example.pl", &[Role::Officer]).await;
    let office = app.stranger();
    for _ in 0..5 {
        enter(&office, ANNA, "nie to hasło").await.expect(422).says("hasło się nie zgadza");
    }
    enter(&office, ANNA, PASSWORD)
        .await
        .expect(422)
        .says("To konto odpoczywa po kilku błędnych hasłach. Spróbuj ponownie za 30 s.");
    enter(&office, "jan@pup.example.pl", PASSWORD).await.expect(303);
    app.at("2026-11-23 12:00:29");
    enter(&app.stranger(), ANNA, PASSWORD).await.expect(422).says("Spróbuj ponownie za 1 s.");
    app.at("2026-11-23 12:00:30");
    enter(&app.stranger(), ANNA, "nie to hasło").await.expect(422).says("hasło się nie zgadza");
    enter(&app.stranger(), ANNA, PASSWORD).await.expect(422).says("Spróbuj ponownie za 60 s.");
    app.at("2026-11-23 12:01:30");
    enter(&app.stranger(), ANNA, PASSWORD).await.expect(303);
    // A right password forgets the wrong ones.
    enter(&app.stranger(), ANNA, "nie to hasło").await.expect(422).says("hasło się nie zgadza");
    enter(&app.stranger(), ANNA, PASSWORD).await.expect(303);
}

#[actix_web::test]
async fn the_wait_never_grows_over_a_quarter_of_an_hour() {
    let app = TestApp::new().await;
    app.staff(ANNA, &[Role::Officer]).await;
    for minute in 0..12 {
        app.at(&format!("2026-11-23 {:02}:{:02}", 13 + minute / 3, (minute % 3) * 20));
        enter(&app.stranger(), ANNA, "nie to hasło").await.expect(422).says("hasło się nie zgadza");
    }
    enter(&app.stranger(), ANNA, PASSWORD).await.expect(422).says("Spróbuj ponownie za 900 s.");
}

#[actix_web::test]
async fn signing_in_and_changing_the_password_give_a_new_session() {
    let app = TestApp::new().await;
    let first = app.staff(ANNA, &[Role::Officer]).await;
    let old = first.session();
    enter(&first, ANNA, PASSWORD).await.expect(303);
    assert_ne!(first.session(), old);
    let thief = app.stranger();
    thief.set_session(&old);
    thief.get("/konto").await.expect(303);

    let (other, before) = (app.sign_in(ANNA), first.session());
    let new = "zielone-jablko-w-lesie";
    let answer = first.post("/konto/haslo", &[("old", PASSWORD), ("new", new), ("new_again", new)]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/konto"));
    assert_ne!(first.session(), before);
    first.page("/konto").await;
    other.get("/konto").await.expect(303);
    thief.set_session(&before);
    thief.get("/konto").await.expect(303);
    enter(&app.stranger(), ANNA, PASSWORD).await.expect(422);
    enter(&app.stranger(), ANNA, new).await.expect(303);
    assert_eq!(app.new_mail(), [(ANNA.to_owned(), "Hasło do konta zostało zmienione".to_owned())]);
}

#[actix_web::test]
async fn a_refused_password_change_says_why() {
    let app = TestApp::new().await;
    let anna = app.staff(ANNA, &[Role::Officer]).await;
    for (old, new, again, says) in [
        ("nie to", "zielone-jablko-w-lesie", "zielone-jablko-w-lesie", "Obecne hasło się nie zgadza."),
        (PASSWORD, "krótkie", "krótkie", "Hasło ma 7 znaków, a potrzeba co najmniej 12."),
        (PASSWORD, "zielone-jablko-w-lesie", "inne-jablko-w-lesie", "Hasła w obu polach różnią się."),
    ] {
        anna.post("/konto/haslo", &[("old", old), ("new", new), ("new_again", again)]).await.expect(422).says(says);
    }
    enter(&app.stranger(), ANNA, PASSWORD).await.expect(303);
    assert!(app.new_mail().is_empty());
}

#[actix_web::test]
async fn a_session_ends_after_two_idle_hours() {
    let app = TestApp::new().await;
    let anna = app.staff(ANNA, &[Role::Officer]).await;
    app.at("2026-11-23 13:59:59");
    anna.page("/konto").await;
    app.at("2026-11-23 15:59:58");
    anna.page("/konto").await;
    app.at("2026-11-23 17:59:58");
    anna.get("/konto").await.expect(303);
}

#[actix_web::test]
async fn a_session_ends_after_twelve_hours_however_busy() {
    let app = TestApp::new().await;
    let anna = app.staff(ANNA, &[Role::Officer]).await;
    for hour in 13..=23 {
        app.at(&format!("2026-11-23 {hour}:30"));
        anna.page("/konto").await;
    }
    app.at("2026-11-23 23:59:59");
    anna.page("/konto").await;
    app.at("2026-11-24 00:00");
    anna.get("/konto").await.expect(303);
}

#[actix_web::test]
async fn signing_out_ends_the_session_here_and_on_wish_everywhere() {
    let app = TestApp::new().await;
    let (one, two) = (app.staff(ANNA, &[Role::Officer]).await, app.sign_in(ANNA));
    let old = one.session();
    let answer = one.post("/konto/wylogowanie", &[]).await;
    assert_eq!((answer.status, answer.location.as_str(), one.session().as_str()), (303, "/", ""));
    one.page("/").await.says("Zobacz otwarte konkursy");
    one.set_session(&old);
    one.get("/konto").await.expect(303);
    two.page("/konto").await;
    // A second press in another tab is no trouble.
    one.drop_session();
    one.post_raw("/konto/wylogowanie", &[("_token", "stary")], "same-origin").await.expect(303);

    let three = app.sign_in(ANNA);
    two.post("/konto/wylogowanie-wszedzie", &[]).await.expect(303);
    three.get("/konto").await.expect(303);
    let log = app.state.store.read(|r| konkurs::audit::page(r, None, 1)).unwrap();
    assert_eq!(log[0].detail, "Wylogowano na wszystkich urządzeniach");
}

#[actix_web::test]
async fn a_forgotten_password_is_set_anew_by_letter_once() {
    let app = TestApp::new().await;
    let before = app.staff(ANNA, &[Role::Officer]).await;
    let nobody = app.stranger();
    nobody.post("/konto/przypomnienie", &[("email", "nikt@pup.example.pl")]).await.expect(303);
    assert!(app.new_mail().is_empty());
    let answer = nobody.post("/konto/przypomnienie", &[("email", ANNA)]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/konto/logowanie"));
    nobody.page("/konto/logowanie").await;
    nobody.post("/konto/przypomnienie", &[("email", ANNA)]).await.expect(303);
    assert_eq!(app.new_mail(), [(ANNA.to_owned(), "Ustawienie nowego hasła".to_owned())], "one letter in five minutes");

    let letter = app.state.store.read(|r| konkurs::mail::recent(r, 1)).unwrap().remove(0);
    let link = letter.body.lines().find_map(|line| line.strip_prefix("http://127.0.0.1:8080")).unwrap().to_owned();
    let form = nobody.page(&link).await;
    let (person, until, key) =
        (form.value_of("person").unwrap(), form.value_of("until").unwrap(), form.value_of("key").unwrap());
    let new = "zielone-jablko-w-lesie";
    let fields = |key: &str, until: &str, new: &str| -> Vec<(String, String)> {
        [("person", person.as_str()), ("until", until), ("key", key), ("new", new), ("new_again", new)]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .to_vec()
    };
    let send = |client: Client, fields: Vec<(String, String)>| async move {
        let all: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        client.post("/konto/nowe-haslo", &all).await
    };
    let dead = "Ten odnośnik już nie działa";
    let other = if key.starts_with('0') { key.replacen('0', "1", 1) } else { format!("0{}", &key[1..]) };
    send(app.stranger(), fields(&other, &until, new)).await.expect(422).says(dead);
    let later = (until.parse::<i64>().unwrap() + 3600).to_string();
    send(app.stranger(), fields(&key, &later, new)).await.expect(422).says(dead);
    send(app.stranger(), fields(&key, &until, "krótkie")).await.expect(422).says("potrzeba co najmniej 12");
    let done = send(app.stranger(), fields(&key, &until, new)).await;
    assert_eq!((done.status, done.location.as_str()), (303, "/urzad/konkursy"));
    before.get("/konto").await.expect(303);
    send(app.stranger(), fields(&key, &until, new)).await.expect(422).says(dead);
    enter(&app.stranger(), ANNA, new).await.expect(303);

    // A second link works for an hour and no longer.
    app.at("2026-11-23 12:10");
    nobody.post("/konto/przypomnienie", &[("email", ANNA)]).await.expect(303);
    let letter = app.state.store.read(|r| konkurs::mail::recent(r, 1)).unwrap().remove(0);
    assert!(letter.body.contains("Działa do "), "{}", letter.body);
    let link = letter.body.lines().find_map(|line| line.strip_prefix("http://127.0.0.1:8080")).unwrap().to_owned();
    let form = nobody.page(&link).await;
    let (until, key) = (form.value_of("until").unwrap(), form.value_of("key").unwrap());
    app.at("2026-11-23 13:10");
    send(app.stranger(), fields(&key, &until, new)).await.expect(422).says(dead);
    app.new_mail();
}

#[actix_web::test]
async fn the_end_of_a_long_session_is_told_ten_minutes_before() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let band = "O 00:00 trzeba będzie podać hasło jeszcze raz; to, co zapisane, zostaje.";
    for hour in ["13:30", "15:00", "16:30", "18:00", "19:30", "21:00", "22:30", "23:49"] {
        app.at(&format!("2026-11-23 {hour}"));
        let html = ngo.page("/konto").await.html();
        let shown = html.split("data-session-ends=\"2026-11-23T23:00:00+00:00\"").nth(1).unwrap();
        assert!(shown.starts_with(&format!(" hidden>{band}")), "{hour}: {shown}");
        assert!(html.contains("data-session-idle=\"6900\" hidden>"), "{html}");
    }
    app.at("2026-11-23 23:50");
    let page = ngo.page("/konto").await;
    assert!(
        page.html().contains(&format!("data-session-ends=\"2026-11-23T23:00:00+00:00\">{band}")),
        "{}",
        page.html()
    );
    app.stranger().page("/konkursy").await.says_not("podać hasło").says_not("data-session-idle");
    app.at("2026-11-24 00:00");
    assert_eq!(ngo.get("/konto").await.expect(303).sign_in_page(), "/konto/logowanie");
    let email = format!("{}@example.pl", sample::nip(1));
    let form = [("email", &*email), ("password", PASSWORD)];
    let said = ngo.script("/konto/logowanie", &form).await.expect(200).json();
    assert_eq!(said["session"]["iso"], "2026-11-24T11:00:00+00:00");
    assert!(said["session"]["text"].as_str().unwrap().starts_with("O 12:00 "), "{said}");
}
