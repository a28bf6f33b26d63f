//! `upload.js` in Chromium: a file goes up without leaving the page, and a refusal comes back to its place.

use konkurs::store::Store;
use konkurs::{account, audit, demo};
use serde_json::{Value, json};

use crate::support::browser::{Driver, Person, Program};

const EMAIL: &str = "promyk@ngo.example";

/// Chooses the file and presses the button of its form; comes back when the page shows `wanted`.
async fn send(person: &Person, file: &std::path::Path, wanted: &str) {
    person.attach("file", file).await;
    let press = "document.querySelector('form[data-upload] button[type=submit]').click()";
    person.client.execute(press, vec![]).await.unwrap();
    let there = "return document.querySelector(arguments[0]) !== null";
    for _ in 0..5_000 {
        if person.client.execute(there, vec![json!(wanted)]).await.is_ok_and(|there| there == Value::Bool(true)) {
            return;
        }
    }
    panic!("{wanted} did not come");
}

#[actix_web::test]
async fn a_file_goes_up_without_leaving_the_page() {
    let (program, driver) = (Program::start("demo"), Driver::start());
    let ngo = Person::new(&driver, &program, "promyk").await;
    ngo.sign_in(EMAIL).await;
    ngo.open("/oferty").await;
    let offer = ngo.links("/oferty/", "").await.into_iter().find(|link| link.len() > 20).unwrap();
    ngo.open(&format!("{offer}/zalaczniki")).await;
    ngo.client.execute("window.__old = true", vec![]).await.unwrap();
    let folder = program.scratch.folder();
    let (good, bad) = (folder.join("statut.pdf"), folder.join("umowa.pdf"));
    std::fs::write(&good, b"%PDF-1.7 statut").unwrap();
    std::fs::write(&bad, b"MZ\x90\0 program").unwrap();

    send(&ngo, &good, ".files li").await;
    ngo.says("statut.pdf (1 kB) dołączony").await;
    send(&ngo, &bad, ".error-summary").await;
    ngo.says("Plik „umowa.pdf” to w środku program dla Windows (EXE).").await;
    ngo.says("statut.pdf (1 kB) dołączony").await;
    let state = "return [window.__old === true, document.activeElement.className]";
    let state = ngo.client.execute(state, vec![]).await.unwrap();
    assert_eq!(state, json!([true, "error-summary"]), "the same page, and the reader is led to the error");
    ngo.check().await;

    // The session ends while a file is chosen: the password in place, and the same file goes.
    let store = Store::open(&program.scratch.address(), 1, audit::seal).unwrap();
    let person = store.read(|r| account::store::by_email(r, EMAIL)).unwrap().unwrap();
    store.write(|tx| account::end_all(tx, &person.id)).unwrap();
    let third = folder.join("odpis.pdf");
    std::fs::write(&third, b"%PDF-1.7 odpis").unwrap();
    send(&ngo, &third, "dialog[open]").await;
    ngo.check().await;
    ngo.fill("password", demo::PASSWORD).await;
    ngo.click("Zaloguj i zapisz").await;
    ngo.until("odpis.pdf (").await;
    ngo.says("odpis.pdf (1 kB) dołączony").await;
}
