//! The audit log: it refuses changes, and what was changed around it is found by number.

use konkurs::audit::{self, Break};

use super::raw::Raw;
use crate::support::{TestApp, sample};

async fn with_five_deeds() -> TestApp {
    let app = TestApp::new().await;
    for n in 1..=5 {
        app.ngo(&format!("Stowarzyszenie {n}"), &sample::nip(n)).await;
    }
    app
}

fn verified(app: &TestApp) -> (i64, Vec<Break>) {
    app.state.store.read(audit::verify).unwrap()
}

#[actix_web::test]
async fn a_sound_log_verifies() {
    let app = with_five_deeds().await;
    assert_eq!(verified(&app), (5, Vec::new()));
}

#[actix_web::test]
async fn the_database_itself_refuses_to_change_the_log_and_frozen_versions() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let call = sample::pai_call(&app);
    sample::filed_offer(&app, &call, &ngo, 1);
    let mut raw = Raw::beside(&app);
    let words = if raw.is_postgres() {
        ["audit never changes", "offer_versions never changes"]
    } else {
        ["audit is append-only", "a frozen version never changes"]
    };
    for (sql, says) in [
        ("UPDATE audit SET detail = 'nic'", words[0]),
        ("DELETE FROM audit", words[0]),
        ("UPDATE offer_versions SET content = '{}'", words[1]),
        ("DELETE FROM offer_versions", words[1]),
    ] {
        let refused = raw.run(sql).expect_err(sql);
        assert!(refused.contains(says), "{sql}: {refused}");
    }
    if raw.is_postgres() {
        assert!(raw.run("TRUNCATE audit").expect_err("truncate").contains("audit never changes"));
    }
    assert_eq!(verified(&app).1, Vec::new());
}

#[actix_web::test]
async fn a_changed_row_is_named() {
    let app = with_five_deeds().await;
    let mut raw = Raw::beside(&app);
    raw.unguard_log();
    raw.run("UPDATE audit SET detail = 'Zarejestrowano organizację Inną' WHERE seq = 2").unwrap();
    let (rows, breaks) = verified(&app);
    assert_eq!(rows, 5);
    assert_eq!(breaks.len(), 1, "{breaks:?}");
    assert_eq!(breaks[0].seq, 2);
    assert!(breaks[0].what.starts_with("treść wpisu zmieniono: suma kontrolna "), "{}", breaks[0].what);
}

#[actix_web::test]
async fn a_changed_row_with_a_fitting_hash_breaks_the_next_link() {
    let app = with_five_deeds().await;
    let mut raw = Raw::beside(&app);
    raw.unguard_log();
    raw.run("UPDATE audit SET hash = 'podrobiony' WHERE seq = 3").unwrap();
    let seqs: Vec<i64> = verified(&app).1.iter().map(|b| b.seq).collect();
    assert_eq!(seqs, [3, 4]);
}

#[actix_web::test]
async fn a_missing_row_is_named_and_so_is_a_missing_end() {
    let app = with_five_deeds().await;
    let mut raw = Raw::beside(&app);
    raw.unguard_log();
    raw.run("DELETE FROM audit WHERE seq = 3").unwrap();
    let breaks = verified(&app).1;
    assert_eq!(breaks[0], Break { seq: 4, what: "brakuje wpisów 3–3".into() });
    assert_eq!(breaks[1], Break { seq: 4, what: "wpis nie łączy się z poprzednim".into() });

    let app = with_five_deeds().await;
    let mut raw = Raw::beside(&app);
    raw.unguard_log();
    raw.run("DELETE FROM audit WHERE seq = 5").unwrap();
    assert_eq!(verified(&app).1, [Break { seq: 5, what: "koniec dziennika: zapisano 5 wpisów, jest 4".into() }]);
}
