//! Who may go where: every route of the program, asked by every kind of person.
//! A route that is not listed here fails the test, and so does a GET that writes.

use konkurs::account::Role;
use konkurs::app;
use konkurs::mail;

use crate::support::{Client, TestApp, sample};

/// The columns of [`EXPECTED`].
const PERSONAS: [&str; 8] = ["stranger", "ngo", "officer", "organ", "finance", "auditor", "admin", "committee"];

type Row = [u16; 8];

/// Anyone may look.
const OPEN: Row = [200; 8];
/// A form that anyone may send; an empty one has errors.
const FORM: Row = [422; 8];
/// For people who have not signed in yet; others are sent on.
const DOOR: Row = [200, 303, 303, 303, 303, 303, 303, 303];
const OWN: Row = [303, 200, 200, 200, 200, 200, 200, 200];
const OVERSEE: Row = [303, 403, 403, 403, 403, 200, 200, 403];
/// A thing that is not there, or may not be known of.
const MISSING: Row = [303, 404, 404, 404, 404, 404, 404, 404];
const MISSING_POST: Row = [401, 404, 404, 404, 404, 404, 404, 404];

/// Expected status of an empty request; ids in paths name nothing.
const EXPECTED: &[(&str, Row)] = &[
    ("GET /static/{name:.*}", [404; 8]),
    ("GET /", OPEN),
    ("GET /pomoc", OPEN),
    ("GET /dostepnosc", OPEN),
    ("GET /healthz", OPEN),
    ("GET /metrics", OPEN),
    ("GET /konto/logowanie", DOOR),
    ("POST /konto/logowanie", FORM),
    ("POST /konto/wylogowanie", [303; 8]),
    ("POST /konto/wylogowanie-wszedzie", [401, 303, 303, 303, 303, 303, 303, 303]),
    ("GET /konto/rejestracja", DOOR),
    ("POST /konto/rejestracja", FORM),
    ("GET /konto/przypomnienie", OPEN),
    ("POST /konto/przypomnienie", FORM),
    ("GET /konto/nowe-haslo", OPEN),
    ("POST /konto/nowe-haslo", FORM),
    ("GET /konto", OWN),
    ("POST /konto/haslo", [401, 422, 422, 422, 422, 422, 422, 422]),
    ("GET /konto/organizacja", [303, 200, 403, 403, 403, 403, 403, 403]),
    ("POST /konto/organizacja", [401, 409, 403, 403, 403, 403, 403, 403]),
    ("GET /urzad/administracja", OVERSEE),
    ("GET /urzad/administracja/osoby", OVERSEE),
    ("POST /urzad/administracja/osoby", [401, 403, 403, 403, 403, 403, 422, 403]),
    ("GET /urzad/administracja/osoby/{person}", MISSING),
    ("POST /urzad/administracja/osoby/{person}", MISSING_POST),
    ("GET /urzad/administracja/tabele", OVERSEE),
    ("POST /urzad/administracja/tabele", [401, 403, 403, 403, 403, 403, 422, 403]),
    ("GET /urzad/administracja/poczta", OVERSEE),
    ("POST /urzad/administracja/poczta/{letter}", [401, 403, 403, 403, 403, 403, 404, 403]),
    ("GET /urzad/dziennik", OVERSEE),
];

/// The path with every `{…}` replaced by an id that names nothing.
fn filled(path: &str) -> String {
    let mut out = String::new();
    for (i, part) in path.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, rest)) if i > 0 => {
                out.push_str("0193b0a0-0000-7000-8000-000000000000");
                out.push_str(rest);
            }
            _ => out.push_str(part),
        }
    }
    out
}

async fn people(app: &TestApp) {
    for (name, role) in [
        ("officer", Role::Officer),
        ("organ", Role::Organ),
        ("finance", Role::Finance),
        ("auditor", Role::Auditor),
        ("admin", Role::Admin),
        ("committee", Role::Committee),
    ] {
        app.staff(&format!("{name}@pup.example.pl"), &[role]).await;
    }
    app.ngo("Stowarzyszenie Obce", &sample::nip(9)).await;
}

/// Each request gets a session of its own: some of them end it.
fn signed_in(app: &TestApp, persona: &str) -> Client {
    match persona {
        "stranger" => app.stranger(),
        "ngo" => app.sign_in(&format!("{}@example.pl", sample::nip(9))),
        staff => app.sign_in(&format!("{staff}@pup.example.pl")),
    }
}

/// Deeds and letters so far.
fn written(app: &TestApp) -> (usize, usize) {
    (app.deeds(), app.state.store.read(|r| mail::recent(r, 10_000)).unwrap().len())
}

/// Most statements one page may need.
const STATEMENTS: u64 = 12;

#[actix_web::test]
async fn every_route_answers_every_persona_as_the_table_says() {
    let app = TestApp::new().await;
    people(&app).await;
    let mut wrong = Vec::new();
    for entry in app::entries() {
        let line = format!("{} {}", entry.method, entry.path);
        let Some((_, row)) = EXPECTED.iter().find(|(listed, _)| *listed == line) else {
            wrong.push(format!("{line} is not listed"));
            continue;
        };
        let (path, reads) = (filled(entry.path), entry.method == "GET");
        for (persona, expected) in PERSONAS.into_iter().zip(row) {
            let client = signed_in(&app, persona);
            let before = written(&app);
            let (answer, statements) = app
                .queries(async { if reads { client.get(&path).await } else { client.post(&path, &[]).await } })
                .await;
            if answer.status != *expected {
                wrong.push(format!("{line} as {persona}: {} instead of {expected}", answer.status));
            }
            if reads && written(&app) != before {
                wrong.push(format!("{line} as {persona} writes"));
            }
            if reads && statements > STATEMENTS {
                wrong.push(format!("{line} as {persona} needs {statements} statements"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[actix_web::test]
async fn the_table_lists_no_route_that_is_gone() {
    let routes: Vec<String> = app::entries().iter().map(|e| format!("{} {}", e.method, e.path)).collect();
    let gone: Vec<&str> =
        EXPECTED.iter().map(|(line, _)| *line).filter(|line| !routes.iter().any(|r| r == line)).collect();
    assert!(gone.is_empty(), "{gone:#?}");
}
