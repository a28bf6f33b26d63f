//! The database is away, the disk is full, a folder is gone: clear answers, nothing
//! half done, and coming again works.

use std::sync::mpsc;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use konkurs::account::Role;
use konkurs::error::AppError;
use konkurs::store::{Files, digest};

use super::raw::Raw;
use crate::support::{Answer, Client, PASSWORD, TestApp, registration, sample};

fn away(answer: &Answer) {
    answer.expect(503).says("Chwilowa przerwa").says("Nic nie zostało zapisane.");
    assert_eq!(answer.headers.get("retry-after").map(String::as_str), Some("5"));
}

async fn sign_in(app: &TestApp, email: &str) -> Answer {
    app.stranger().post("/konto/logowanie", &[("email", email), ("password", PASSWORD)]).await
}

/// Takes every connection of the program, as a database that does not answer does.
fn take_all(app: &TestApp) -> mpsc::Sender<()> {
    let (held, holding) = mpsc::channel();
    let (release, released) = mpsc::channel();
    let store = app.state.store.clone();
    std::thread::spawn(move || {
        store.read(|_| {
            held.send(()).unwrap();
            let _ = released.recv();
            Ok(())
        })
    });
    holding.recv().unwrap();
    release
}

async fn impatient() -> (TestApp, Client) {
    let app = TestApp::with_store(1, Duration::from_millis(500)).await;
    let client = app.staff("anna@pup.example.pl", &[Role::Officer]).await;
    (app, client)
}

#[actix_web::test]
async fn a_silent_database_is_a_503_and_coming_again_works() {
    let (app, officer) = impatient().await;
    let release = take_all(&app);
    away(&officer.get("/konto").await);
    away(&officer.get("/").await);
    away(&sign_in(&app, "anna@pup.example.pl").await);
    away(&app.stranger().get("/metrics").await);
    let sick = app.stranger().get("/healthz").await;
    assert_eq!((sick.status, sick.body.as_slice()), (503, "baza danych nie odpowiada\n".as_bytes()));
    // What needs no database still opens.
    app.stranger().page("/static/tokens.css").await;
    app.stranger().page("/pomoc").await;
    drop(release);
    let well = loop {
        let answer = app.stranger().get("/healthz").await;
        if answer.status == 200 {
            break answer;
        }
    };
    assert_eq!(well.body, b"ok\n");
    officer.page("/konto").await;
    sign_in(&app, "anna@pup.example.pl").await.expect(303);
}

#[actix_web::test]
async fn a_killed_connection_undoes_the_deed_and_the_next_one_works() {
    let app = TestApp::new().await;
    app.staff("anna@pup.example.pl", &[Role::Officer]).await;
    let mut raw = Raw::beside(&app);
    if !raw.is_postgres() {
        return killed_on_sqlite(&app, &mut raw).await;
    }
    let done = app.state.store.write(|tx| {
        konkurs::store::counters::next(tx, "przerwane")?;
        raw.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
             WHERE pid <> pg_backend_pid() AND state = 'idle in transaction' AND query LIKE '%counters%'",
        )
        .unwrap();
        konkurs::store::counters::next(tx, "przerwane")
    });
    assert!(matches!(done, Err(AppError::Unavailable(_))), "{done:?}");
    assert_eq!(app.state.store.write(|tx| konkurs::store::counters::next(tx, "przerwane")).unwrap(), 1);
    sign_in(&app, "anna@pup.example.pl").await.expect(303);
}

/// Another program holds the lock of the file for longer than is waited.
async fn killed_on_sqlite(app: &TestApp, raw: &mut Raw) {
    app.state.store.write(|tx| Ok(tx.conn().batch_execute("PRAGMA busy_timeout = 20")?)).unwrap();
    raw.run("BEGIN IMMEDIATE").unwrap();
    away(&sign_in(app, "anna@pup.example.pl").await);
    raw.run("ROLLBACK").unwrap();
    sign_in(app, "anna@pup.example.pl").await.expect(303);
}

#[actix_web::test]
async fn a_full_disk_under_the_database_loses_nothing() {
    let app = TestApp::new().await;
    if app.address().is_remote() {
        return; // the disk of a PostgreSQL server is not ours to fill
    }
    let page_limit = |pages: u32| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        app.state.store.write(|tx| Ok(tx.conn().batch_execute(&sql)?)).unwrap();
    };
    let mut fields = registration("Stowarzyszenie SUKCES", "1234563218", "anna@sukces.example.pl");
    let names: Vec<(String, String)> =
        (1..200).map(|n| (format!("representative.{n}.name"), format!("representative.{n}.function"))).collect();
    let long = "Zarząd ".repeat(20);
    for (name, function) in &names {
        fields.extend([(name.as_str(), long.as_str()), (function.as_str(), long.as_str())]);
    }
    let (deeds, ngo) = (app.deeds(), app.stranger());
    page_limit(1); // no page more than there are
    away(&ngo.post("/konto/rejestracja", &fields).await);
    assert_eq!(app.deeds(), deeds);
    assert!(app.new_mail().is_empty());
    page_limit(1_000_000);
    ngo.post("/konto/rejestracja", &fields).await.expect(303);
    assert_eq!(app.new_mail().len(), 1);
}

#[actix_web::test]
async fn a_folder_that_is_gone_is_an_error_and_not_a_lost_file() {
    let app = TestApp::new().await;
    let folder = app.state.config.data.join("zalaczniki");
    let files = Files::folder(&folder).unwrap();
    let key = files.put(b"statut".to_vec()).unwrap();
    assert_eq!(key, digest("statut"));
    assert_eq!(files.get(&key).unwrap(), b"statut");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "tu był folder").unwrap();
    let refused = files.put(b"sprawozdanie".to_vec());
    assert!(matches!(&refused, Err(AppError::Unavailable(why)) if why.starts_with("zapis plików: ")), "{refused:?}");
    assert!(files.get(&digest("sprawozdanie")).is_err());
    std::fs::remove_file(&folder).unwrap();
    assert!(matches!(files.get(&key), Err(AppError::NotFound)));
    let again = files.put(b"sprawozdanie".to_vec()).unwrap();
    assert_eq!(files.get(&again).unwrap(), b"sprawozdanie");
}

#[actix_web::test]
async fn a_file_changed_on_the_disk_is_noticed() {
    let app = TestApp::new().await;
    let key = app.state.files.put(b"statut".to_vec()).unwrap();
    let path = app.state.config.data.join("files").join(&key[..2]).join(&key);
    std::fs::write(&path, "inny statut").unwrap();
    let read = app.state.files.get(&key);
    assert!(matches!(&read, Err(AppError::Internal(e)) if e.to_string().contains("ma zmienioną treść")), "{read:?}");
}

#[actix_web::test]
async fn a_panic_in_a_deed_keeps_nothing_and_the_next_deed_works() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let store = app.state.store.clone();
    let thread = std::thread::spawn(move || {
        store.write(|tx| -> Result<i64, AppError> {
            konkurs::store::counters::next(tx, "panika")?;
            panic!("na chybił trafił")
        })
    });
    assert!(thread.join().is_err());
    assert_eq!(app.state.store.write(|tx| konkurs::store::counters::next(tx, "panika")).unwrap(), 1);
    ngo.page("/konto").await;
}
