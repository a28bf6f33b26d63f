//! The clock of every process is held against the database's; one that is wrong is told, kept, and told no more when
//! it is right again.

use chrono::Duration;
use konkurs::account::Role;
use konkurs::call::Beating;
use konkurs::store::{Address, Apart, Clock};
use konkurs::{app, audit, call};

use super::office;
use crate::support::{TestApp, moment};

fn by(process: &str) -> Beating<'_> {
    Beating { process, begins: false }
}

fn ahead(milliseconds: i64) -> Apart {
    Apart { ahead: Duration::milliseconds(milliseconds), doubt: Duration::zero() }
}

/// The process finds its clock so many milliseconds ahead when the right time is `wall`; its own clock is wrong.
fn finds(app: &TestApp, process: &str, milliseconds: i64, wall: &str) {
    let apart = ahead(milliseconds);
    let own = moment(wall) + apart.ahead;
    app.state.store.write(|tx| call::compare_clocks(tx, process, apart, own)).unwrap();
}

fn kept(app: &TestApp) -> Vec<(String, String)> {
    let rows = app.state.store.read(|r| audit::newest_of(r, "clock", 100)).unwrap();
    rows.into_iter().rev().map(|row| (row.deed, row.detail)).collect()
}

#[actix_web::test]
async fn a_clock_that_is_wrong_is_told_until_it_is_right() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let admin = app.staff("admin@example.pl", &[Role::Admin]).await;
    finds(&app, "pup-1", 900, "2026-11-23 12:00");
    assert!(kept(&app).is_empty(), "less than a second");
    assert_eq!(app.stranger().page("/healthz").await.html(), "ok\n");

    finds(&app, "pup-1", 3200, "2026-11-23 12:00");
    finds(&app, "pup-1", 3900, "2026-11-23 12:01");
    finds(&app, "pup-2", -1500, "2026-11-23 12:01");
    let first = "Zegar procesu pup-1 spieszy się o 3,2 s względem zegara bazy danych";
    let second = "Zegar procesu pup-2 spóźnia się o 1,5 s względem zegara bazy danych";
    let astray = |said: &str| ("clock.astray".to_owned(), said.to_owned());
    assert_eq!(kept(&app), [astray(first), astray(second)], "once for each of them");
    app.at("2026-11-23 12:02");
    for reader in [&office.officer, &admin] {
        reader
            .page("/urzad/przerwy")
            .await
            .says("Zegar jest źle ustawiony")
            .says(&format!("{first} (23.11.2026, 12:00)."))
            .says(&format!("{second} (23.11.2026, 12:01)."))
            .says("Włącz synchronizację czasu (NTP) na komputerze programu i na serwerze bazy danych");
    }
    app.state.compared.set(Some(ahead(-1500)));
    let health = app.stranger().page("/healthz").await.html();
    assert!(
        health.starts_with("ok\nzegar: spóźnia się o 1,5 s względem zegara bazy danych. Włącz synchronizację"),
        "{health}"
    );
    assert!(app.stranger().page("/metrics").await.html().contains("\nkonkurs_clock_ahead_microseconds -1500000\n"));

    app.state.compared.set(None);
    // While it lasts it is said again every hour; a process that is gone is not believed for ever.
    finds(&app, "pup-1", 4000, "2026-11-23 12:59:59");
    finds(&app, "pup-1", 4000, "2026-11-23 13:00");
    assert_eq!(kept(&app).len(), 3);
    app.at("2026-11-23 14:01");
    let officer = app.sign_in("urzednik@example.pl");
    officer.page("/urzad/przerwy").await.says("pup-1 spieszy się o 4,0 s").says_not("pup-2");
    // Back: near enough, not only a little less wrong.
    let unsure = Apart { ahead: Duration::milliseconds(900), doubt: Duration::milliseconds(300) };
    app.state.store.write(|tx| call::compare_clocks(tx, "pup-1", unsure, moment("2026-11-23 14:01"))).unwrap();
    officer.page("/urzad/przerwy").await.says("Zegar jest źle ustawiony");
    finds(&app, "pup-1", 20, "2026-11-23 14:02");
    finds(&app, "pup-1", 20, "2026-11-23 14:03");
    let back = ("clock.back".to_owned(), "Zegar procesu pup-1 znów zgadza się z zegarem bazy danych".to_owned());
    assert_eq!(kept(&app).last(), Some(&back));
    assert_eq!(kept(&app).len(), 4);
    officer.page("/urzad/przerwy").await.says_not("Zegar jest źle ustawiony");
    assert_eq!(app.stranger().page("/healthz").await.html(), "ok\n");
}

#[actix_web::test]
async fn a_clock_of_another_time_zone_is_told_to_all_others_and_writes_no_outage() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    finds(&app, "pup-1", 3_600_000 * 3, "2026-11-23 12:00");
    finds(&app, "pup-2", -3_600_000 * 3, "2026-11-23 12:00");
    let fast = "pup-1 spieszy się o 180 min względem zegara bazy danych (23.11.2026, 12:00).";
    let slow = "pup-2 spóźnia się o 180 min względem zegara bazy danych (23.11.2026, 12:00).";
    office.officer.page("/urzad/przerwy").await.says(fast).says(slow);
    // Also where the reader is the one whose clock is wrong.
    app.at("2026-11-23 15:00");
    app.state.compared.set(Some(ahead(3_600_000 * 3)));
    app.sign_in("urzednik@example.pl").page("/urzad/przerwy").await.says(fast).says(slow);

    let now = moment("2026-11-23 12:00");
    let at = |milliseconds| call::beat_at(now + Duration::milliseconds(milliseconds), Some(ahead(milliseconds)));
    assert_eq!(call::beat_at(now, None), Some(now));
    assert_eq!(at(900), Some(now + Duration::milliseconds(900)), "what is together is not corrected");
    assert_eq!((at(119_000), at(-119_000)), (Some(now), Some(now)), "at the time that all share");
    assert_eq!((at(121_000), at(-7_200_000)), (None, None));
    // With one process whose clock is wrong beside one whose clock is right, nobody was away.
    let beat = |milliseconds: i64, wall: &str| {
        let own = moment(wall) + Duration::milliseconds(milliseconds);
        let at = call::beat_at(own, Some(ahead(milliseconds)))?;
        app.state.store.write(|tx| call::beat(tx, by("pup-1"), at)).unwrap()
    };
    for minute in 0..10 {
        assert_eq!(beat(0, &format!("2026-11-23 12:{minute:02}")), None);
        assert_eq!(beat(10_800_000, &format!("2026-11-23 12:{minute:02}:30")), None);
        assert_eq!(beat(-10_800_000, &format!("2026-11-23 12:{minute:02}:40")), None);
        assert_eq!(beat(90_000, &format!("2026-11-23 12:{minute:02}:50")), None);
    }
}

#[actix_web::test]
async fn the_database_is_asked_for_its_own_clock() {
    let app = TestApp::new().await;
    let state = &app.state;
    let own = state.store.apart(&Clock::system()).unwrap();
    // The clock of this test stands an hour away from that of the machine.
    state.clock.set(Clock::system().now() - Duration::hours(1));
    assert_eq!(app::check(state, by("pup-1"), state.clock.now()).unwrap(), None);
    let beaten = state.store.read(call::store::outages::last_beat).unwrap();
    match app.address() {
        Address::File(_) => {
            assert_eq!((own, state.compared.get()), (None, None), "one machine, one clock");
            assert!(kept(&app).is_empty());
            assert_eq!(beaten, Some(state.clock.now()));
        }
        Address::Postgres { .. } => {
            assert!(!own.unwrap().is_far(), "{own:?}");
            assert!(state.compared.get().unwrap().is_far());
            assert_eq!(beaten, None, "an hour away nobody says that offers are taken");
            assert!(kept(&app)[0].1.starts_with("Zegar procesu pup-1 spóźnia się o "), "{:?}", kept(&app));
        }
    }
}
