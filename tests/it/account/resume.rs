//! Nothing typed is lost when the session ends in the middle of a form.

use crate::support::{Answer, Client, PASSWORD, TestApp, sample};

const TYPED: &str = "§ 7 pkt 2:\n„integracja” & <reintegracja>\n\n  'osób' \"zagrożonych\"";

/// The hidden fields of a page, as a browser reads them.
fn hidden(page: &Answer) -> Vec<(String, String)> {
    let html = page.html();
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    let attribute = |tag: &str, name: &str| {
        let rest = &tag[tag.find(&format!("{name}=\"")).unwrap() + name.len() + 2..];
        let coded = &rest[..rest.find('"').unwrap()];
        [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#x27;", "'"),
            ("&#39;", "'"),
            ("&#x2F;", "/"),
            ("&amp;", "&"),
        ]
        .iter()
        .fold(coded.to_owned(), |text, (code, sign)| text.replace(code, sign))
    };
    main.split("<input type=\"hidden\"").skip(1).map(|tag| (attribute(tag, "name"), attribute(tag, "value"))).collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().filter(|(k, _)| k != "_token").map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

async fn app_with_ngo() -> (TestApp, Client, String) {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    (app, ngo, format!("{}@example.pl", sample::nip(1)))
}

fn form<'a>(extra: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", "0"),
        ("org_name", "Stowarzyszenie SUKCES Nowe"),
        ("legal_form", "stowarzyszenie"),
        ("krs", "0000249506"),
        ("street", "ul. Nowa 2"),
        ("postal_code", "87-800"),
        ("town", "Włocławek"),
        ("org_email", "biuro@example.pl"),
        ("status", "ngo"),
        ("statute_clause", TYPED),
        ("representative.0.name", "Anna Prezes"),
        ("representative.0.function", "prezes zarządu"),
    ];
    fields.extend(extra);
    fields
}

/// Signs in on the page that holds what was typed, and sends it from the page after that.
async fn sign_in_and_send(client: &Client, email: &str, stopped: &Answer) -> Answer {
    stopped.expect(401).says("Sesja się skończyła, ale nic nie przepadło.");
    let carried = hidden(stopped);
    // First a slip: what was typed survives it.
    let mut fields = borrowed(&carried);
    fields.extend([("email", email), ("password", "nie to hasło")]);
    let wrong = client.post("/konto/logowanie", &fields).await;
    wrong.expect(422).says("Wszystko, co było wpisane, jest zachowane na tej stronie.");
    let carried = hidden(&wrong);
    let mut fields = borrowed(&carried);
    fields.extend([("email", email), ("password", PASSWORD)]);
    let resume = client.post("/konto/logowanie", &fields).await;
    resume.expect(200).says("Wyślij wpisane dane");
    let html = resume.html();
    assert!(html.contains("<form action=\"/konto/organizacja\" method=\"post\">"), "{html}");
    let waiting = hidden(&resume);
    let token = waiting.iter().find(|(k, _)| k == "_token").unwrap();
    assert_eq!(token.1, client.token(), "the form carries the token of the new session");
    client.post("/konto/organizacja", &borrowed(&waiting)).await
}

#[actix_web::test]
async fn a_session_that_ran_out_in_mid_form_loses_nothing() {
    let (app, ngo, email) = app_with_ngo().await;
    ngo.page("/konto/organizacja").await;
    app.at("2026-11-23 15:00");
    let stopped = ngo.post("/konto/organizacja", &form(&[])).await;
    assert_eq!(sample_name(&app), "Stowarzyszenie SUKCES", "nothing was done meanwhile");
    sign_in_and_send(&ngo, &email, &stopped).await.expect(303);
    let org = sample::org_of(&app, &ngo);
    assert_eq!(org.name, "Stowarzyszenie SUKCES Nowe");
    assert_eq!(org.content.statute_clause, TYPED.trim());
    assert_eq!(org.content.street, "ul. Nowa 2");
}

fn sample_name(app: &TestApp) -> String {
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    sample::org_of(app, &ngo).name
}

#[actix_web::test]
async fn a_cookie_that_is_gone_loses_nothing_either() {
    let (app, ngo, email) = app_with_ngo().await;
    let token = ngo.token();
    ngo.drop_session();
    let fields = form(&[("_token", &token)]);
    let stopped = ngo.post_raw("/konto/organizacja", &fields, "same-origin").await;
    sign_in_and_send(&ngo, &email, &stopped).await.expect(303);
    assert_eq!(sample::org_of(&app, &ngo).content.statute_clause, TYPED.trim());
}

#[actix_web::test]
async fn somebody_who_signed_in_again_elsewhere_sends_the_old_form_with_one_press() {
    let (app, ngo, email) = app_with_ngo().await;
    let token = ngo.token();
    ngo.set_session(&app.sign_in(&email).session());
    let fields = form(&[("_token", &token)]);
    let stopped = ngo.post_raw("/konto/organizacja", &fields, "same-origin").await;
    stopped.expect(403).says("Wyślij wpisane dane");
    let waiting = hidden(&stopped);
    ngo.post("/konto/organizacja", &borrowed(&waiting)).await.expect(303);
    assert_eq!(sample::org_of(&app, &ngo).content.statute_clause, TYPED.trim());
}

#[actix_web::test]
async fn what_is_carried_goes_only_to_our_own_pages() {
    let (app, _, email) = app_with_ngo().await;
    for bad in ["//zly.example/x", "https://zly.example", "javascript:alert(1)", "/\\zly.example"] {
        let fields = [
            ("email", email.as_str()),
            ("password", PASSWORD),
            ("_carry_to", bad),
            ("_carry.0.name", "x"),
            ("_carry.0.value", "1"),
        ];
        let answer = app.stranger().post("/konto/logowanie", &fields).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/oferty"), "{bad}");
    }
}

#[actix_web::test]
async fn a_file_must_be_chosen_again_and_the_page_says_so() {
    let (app, ngo, _) = app_with_ngo().await;
    app.at("2026-11-23 15:00");
    let answer = ngo.upload("/konto/organizacja", &[("org_name", "X")], "statute", "statut.pdf", b"%PDF").await;
    answer.expect(401).says("Sesja się skończyła i plik nie został zapisany").says("wybierz plik jeszcze raz");
}

#[actix_web::test]
async fn what_was_typed_beside_a_file_comes_back_and_only_the_file_is_chosen_again() {
    let (app, ngo, email) = app_with_ngo().await;
    let org = sample::org_of(&app, &ngo).id;
    let path = format!("/konto/organizacja/{org}/dokumenty");
    let fields = [("kind", "statute"), ("name", TYPED), ("issued_on", "2024-03-12"), ("valid_until", "")];
    let file = ("statut.pdf", b"%PDF-1.7 statut".as_slice());
    app.at("2026-11-23 15:00");
    let stopped = ngo.upload(&path, &fields, "file", file.0, file.1).await;
    stopped.expect(401).says("wszystko, co było wpisane, jest zachowane na tej stronie");
    assert!(!stopped.html().contains("%PDF"), "the bytes of a file travel through no page");
    let carried = hidden(&stopped);
    let mut enter = borrowed(&carried);
    enter.extend([("email", email.as_str()), ("password", PASSWORD)]);
    let resume = ngo.post("/konto/logowanie", &enter).await;
    resume.expect(200).says("Plik trzeba wybrać jeszcze raz").says("Plik „statut.pdf” (wymagane)");
    assert!(resume.html().contains("enctype=\"multipart/form-data\""));
    assert!(resume.html().contains("<input type=\"file\" id=\"file\" name=\"file\""));
    let waiting = hidden(&resume);
    let again = borrowed(&waiting);
    ngo.upload(&path, &again, "file", file.0, file.1).await.expect(303);
    let kept = sample::org_of(&app, &ngo).content.documents;
    assert_eq!((kept.len(), kept[0].file_name.as_str()), (1, "statut.pdf"));
    assert!(kept[0].name.contains("<reintegracja>"));

    // The same for a form that was opened in another session of the same person.
    let token = "0".repeat(64);
    let fields = [("kind", "statute"), ("name", "Drugi"), ("_token", token.as_str())];
    let other = ngo.upload(&path, &fields, "file", "drugi.pdf", file.1).await;
    other.expect(403).says("Wyślij wpisane dane").says("Plik „drugi.pdf”");
    // However much was typed, nobody who is not signed in fills the memory.
    let long = "x".repeat(3 * 1024 * 1024);
    app.stranger()
        .upload(&path, &[("name", long.as_str())], "file", "a.pdf", file.1)
        .await
        .expect(401)
        .says("wybierz plik jeszcze raz");
}

#[actix_web::test]
async fn a_password_never_travels_through_the_page() {
    let (app, ngo, _) = app_with_ngo().await;
    app.at("2026-11-23 15:00");
    let fields = [("old", PASSWORD), ("new", "zielone-jablko-w-lesie"), ("new_again", "zielone-jablko-w-lesie")];
    let answer = ngo.post("/konto/haslo", &fields).await;
    answer.expect(401).says("Zaloguj się");
    assert!(!answer.html().contains("zielone-jablko"));
}

#[actix_web::test]
async fn an_old_cookie_does_not_stand_in_the_way_of_a_registration() {
    let app = TestApp::new().await;
    let client = app.stranger();
    client.set_session(&"0".repeat(64));
    let fields = crate::support::registration("Stowarzyszenie SUKCES", "1234563218", "anna@sukces.example.pl");
    client.post("/konto/rejestracja", &fields).await.expect(303);
    client.page("/konto").await.says("Stowarzyszenie SUKCES");
    app.new_mail();
}
