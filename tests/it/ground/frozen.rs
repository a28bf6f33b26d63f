//! What is frozen is found out when it is changed behind the program's back.

use diesel::RunQueryDsl as _;
use konkurs::app;

use crate::support::{TestApp, sample};

fn broken(app: &TestApp) -> (i64, Vec<String>) {
    app.state.store.read(app::verify_frozen).unwrap()
}

#[actix_web::test]
async fn a_changed_contract_and_changed_terms_are_named() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    sample::signed_contract(&app, &ngo);
    assert_eq!(broken(&app), (3, vec![]), "the terms, the offer and the contract");
    for sql in [
        "UPDATE contracts SET content = replace(content, '8505000', '8505001')",
        "UPDATE calls SET content = replace(content, '10000000', '10000001')",
    ] {
        app.state.store.write(|tx| Ok(diesel::sql_query(sql).execute(tx.conn())?)).unwrap();
    }
    let (seen, found) = broken(&app);
    assert_eq!((seen, found.len()), (3, 2), "{found:?}");
    assert_eq!(found[0], "warunki konkursu LOK/1/2026: treść różni się od zamrożonej wersji 1");
    assert!(found[1].starts_with("umowa U/1/2026, wersja 1: suma kontrolna "), "{}", found[1]);
}
