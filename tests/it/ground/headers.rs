//! What stands on every answer, and where a writing request may come from.

use konkurs::account::Role;

use crate::support::{Answer, TestApp, sample};

const ALWAYS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("x-frame-options", "DENY"),
];

fn guarded(what: &str, answer: &Answer, cache: &str) {
    for (name, value) in ALWAYS {
        assert_eq!(answer.headers.get(name).map(String::as_str), Some(value), "{what}: {name}");
    }
    assert_eq!(answer.headers.get("cache-control").map(String::as_str), Some(cache), "{what}");
    assert!(answer.headers.contains_key("x-request-id"), "{what}");
}

#[actix_web::test]
async fn every_kind_of_answer_is_guarded() {
    let app = TestApp::new().await;
    let (nobody, officer) = (app.stranger(), app.staff("anna@pup.example.pl", &[Role::Officer]).await);
    let no = "no-store";
    guarded("page", nobody.get("/").await.expect(200), no);
    guarded("health", nobody.get("/healthz").await.expect(200), no);
    guarded("to sign-in", nobody.get("/konto").await.expect(303), no);
    guarded("signed out", nobody.post("/konto/haslo", &[("old", "x")]).await.expect(401), no);
    guarded("not found", nobody.get("/nie-ma-takiej").await.expect(404), no);
    guarded("form with errors", nobody.post("/konto/logowanie", &[]).await.expect(422), no);
    guarded("foreign site", nobody.post_raw("/konto/logowanie", &[], "cross-site").await.expect(403), no);
    guarded("forbidden", officer.get("/urzad/administracja").await.expect(403), no);
    guarded("static", nobody.get("/static/tokens.css").await.expect(200), "public, max-age=600");
    guarded("no such static", nobody.get("/static/nie-ma.css").await.expect(404), no);
    let huge = "x".repeat(3 * 1024 * 1024);
    guarded("too large", nobody.post("/konto/logowanie", &[("email", &huge)]).await.expect(413), no);
    let vast = "x".repeat(5 * 1024 * 1024);
    guarded("far too large", nobody.post("/konto/logowanie", &[("email", &vast)]).await.expect(413), no);
}

#[actix_web::test]
async fn pages_carry_no_inline_script_or_style() {
    let app = TestApp::new().await;
    let admin = app.staff("admin@pup.example.pl", &[Role::Admin]).await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let nobody = app.stranger();
    for (who, path) in [
        (&nobody, "/"),
        (&nobody, "/pomoc"),
        (&nobody, "/dostepnosc"),
        (&nobody, "/konto/logowanie"),
        (&nobody, "/konto/rejestracja"),
        (&ngo, "/konto"),
        (&ngo, "/konto/organizacja"),
        (&admin, "/urzad/administracja"),
        (&admin, "/urzad/administracja/osoby"),
        (&admin, "/urzad/administracja/organizacje"),
        (&admin, "/urzad/administracja/tabele"),
        (&admin, "/urzad/administracja/poczta"),
        (&admin, "/urzad/dziennik"),
    ] {
        let html = who.page(path).await.html();
        for bad in [" style=", "<style", " onclick=", "javascript:"] {
            assert!(!html.contains(bad), "{path} has {bad}");
        }
        assert_eq!(
            html.matches("<script").count(),
            html.matches("<script type=\"module\" src=\"/static/").count(),
            "{path}"
        );
        assert_eq!(html.matches("<h1").count(), 1, "{path}: one h1");
        assert!(html.contains("<html lang=\"pl\""), "{path}");
    }
}

#[actix_web::test]
async fn a_foreign_site_cannot_write() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let token = ngo.token();
    for site in ["cross-site", "same-site"] {
        let answer = ngo.post_raw("/konto/wylogowanie", &[("_token", &token)], site).await;
        answer.expect(403).says("Żądanie przyszło z obcej strony, więc go nie wykonano.");
    }
    ngo.page("/konto").await;
    ngo.post_raw("/konto/wylogowanie", &[("_token", &token)], "same-origin").await.expect(303);
}

#[actix_web::test]
async fn a_form_of_another_session_is_not_done_but_not_lost_either() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let before = app.deeds();
    let fields = [("org_name", "Inna nazwa"), ("town", "Kowal"), ("_token", "stary")];
    let answer = ngo.post_raw("/konto/organizacja", &fields, "same-origin").await;
    answer.expect(403).says("Formularz pochodzi z innej sesji.").says("Wyślij wpisane dane");
    assert_eq!(answer.value_of("org_name").as_deref(), Some("Inna nazwa"));
    assert_eq!(app.deeds(), before);
    ngo.page("/konto/organizacja").await.says_not("Inna nazwa");
    // Nobody's form with a wrong token is simply refused.
    let answer =
        app.stranger().post_raw("/konto/logowanie", &[("email", "a@b.pl"), ("_token", "x")], "same-origin").await;
    answer.expect(403).says("Formularz pochodzi z innej sesji.").says_not("Wyślij wpisane dane");
}

#[actix_web::test]
async fn an_unknown_path_has_a_page_with_a_way_out() {
    let app = TestApp::new().await;
    let answer = app.stranger().get("/urzad/nie-ma").await;
    answer.expect(404).says("Nie ma takiej strony").says("Strona nie istnieje albo nie masz do niej dostępu.");
    answer.says("Strona główna").says("Kod błędu: 404");
}

#[actix_web::test]
async fn a_control_character_is_refused_by_name() {
    let app = TestApp::new().await;
    let answer = app.stranger().post("/konto/logowanie", &[("email", "a\u{0}b@c.pl"), ("password", "x")]).await;
    answer.expect(422).says("Pole „email” zawiera niewidoczny znak sterujący (U+0000).");
}
