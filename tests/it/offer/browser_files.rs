//! `upload.js` in Chromium: a file goes up without leaving the page, and a refusal comes back to its place.

use diesel::RunQueryDsl as _;
use konkurs::store::{Store, Tx};
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

/// Lets so many requests of the page through and breaks the line after them.
async fn cut_after(person: &Person, requests: i64) {
    let script = "window.__fetch ??= window.fetch; let left = arguments[0]; \
                  window.fetch = (...all) => left-- > 0 ? window.__fetch(...all) : Promise.reject(new TypeError('cut'));";
    person.client.execute(script, vec![json!(requests)]).await.unwrap();
}

async fn press_upload(person: &Person, file: &std::path::Path) {
    person.attach("file", file).await;
    let press = "document.querySelector('form[data-upload] button[type=submit]').click()";
    person.client.execute(press, vec![]).await.unwrap();
}

#[actix_web::test]
async fn a_large_file_survives_a_cut_line_a_reload_a_restart_and_the_end_of_the_session() {
    let (program, driver) = (Program::start("demo"), Driver::start());
    let ngo = Person::new(&driver, &program, "promyk").await;
    ngo.sign_in(EMAIL).await;
    ngo.open("/oferty").await;
    let offer = ngo.links("/oferty/", "").await.into_iter().find(|link| link.len() > 20).unwrap();
    let page = format!("{offer}/zalaczniki");
    ngo.open(&page).await;
    let file = program.scratch.folder().join("duzy.pdf");
    let rest = (0_u32..).map(|n| u8::try_from(n % 251).unwrap());
    let bytes: Vec<u8> = b"%PDF-1.7 ".iter().copied().chain(rest).take(5 * 512 * 1024).collect();
    std::fs::write(&file, &bytes).unwrap();

    // The line breaks after two pieces.
    cut_after(&ngo, 3).await;
    press_upload(&ngo, &file).await;
    ngo.until("Wyślij dalej").await;
    ngo.says("Plik „duzy.pdf” nie jest jeszcze dołączony. Połączenie z serwerem się zerwało. Dotarło 1,0 MB z 2,5 MB i to nie przepadnie. Spróbujemy sami za ").await;
    ngo.says("Wysłano 1,0 MB z 2,5 MB (40%).").await;
    ngo.check().await;
    ngo.fits(&page).await;

    // The page is opened anew, the same file is chosen again: only the rest goes, until the line breaks once more.
    ngo.open(&page).await;
    ngo.says("duzy.pdf niedokończony").await;
    ngo.says("Dotarło 1,0 MB z 2,5 MB (40%)").await;
    ngo.fits(&page).await;
    cut_after(&ngo, 2).await;
    press_upload(&ngo, &file).await;
    ngo.until("Wysłano 1,5 MB z 2,5 MB (60%).").await;
    ngo.until("Wyślij dalej").await;

    // The program is killed and started again, and the session is over too.
    let program = program.again();
    let store = Store::open(&program.scratch.address(), 1, audit::seal).unwrap();
    let person = store.read(|r| account::store::by_email(r, EMAIL)).unwrap().unwrap();
    store.write(|tx| account::end_all(tx, &person.id)).unwrap();
    let go_on = "window.fetch = window.__fetch; \
                 [...document.querySelectorAll('main button')].find(b => b.textContent.trim() === 'Wyślij dalej').click()";
    ngo.client.execute(go_on, vec![]).await.unwrap();
    ngo.until("Sesja się skończyła").await;
    ngo.fill("password", demo::PASSWORD).await;
    ngo.click("Zaloguj i zapisz").await;
    ngo.until("duzy.pdf (").await;
    ngo.says("duzy.pdf (2,5 MB) dołączony").await;
    ngo.says_not("niedokończony").await;
    ngo.check().await;
    let kept = konkurs::store::Files::folder(&program.scratch.folder().join("files")).unwrap();
    assert_eq!(kept.get(&konkurs::store::digest_bytes(&bytes)).unwrap(), bytes);
}

/// From the next request on, the answer to the request with this number is lost, after the program has done it; and so
/// many from then on are a page of a server in between.
async fn lose_answer(person: &Person, number: i64, pages: i64) {
    let script = "window.__fetch ??= window.fetch; let left = arguments[0], pages = arguments[1]; \
                  window.fetch = async (...all) => { \
                    if (left <= 0 && pages-- > 0) return new Response('<h1>502</h1>', {status: 502, headers: {'Content-Type': 'text/html'}}); \
                    const answer = await window.__fetch(...all); \
                    if (--left === 0) throw new TypeError('lost'); \
                    return answer; };";
    person.client.execute(script, vec![json!(number), json!(pages)]).await.unwrap();
}

#[actix_web::test]
async fn a_lost_answer_a_server_in_between_and_a_closed_dialog_harm_no_file() {
    let (program, driver) = (Program::start("demo"), Driver::start());
    let ngo = Person::new(&driver, &program, "promyk").await;
    ngo.sign_in(EMAIL).await;
    ngo.open("/oferty").await;
    let offer = ngo.links("/oferty/", "").await.into_iter().find(|link| link.len() > 20).unwrap();
    ngo.open(&format!("{offer}/zalaczniki")).await;
    let write = |name: &str, first: u32| {
        let file = program.scratch.folder().join(name);
        let rest = (first..).map(|n| u8::try_from(n % 251).unwrap());
        let bytes: Vec<u8> = b"%PDF-1.7 ".iter().copied().chain(rest).take(3 * 512 * 1024).collect();
        std::fs::write(&file, &bytes).unwrap();
        file
    };
    let press =
        "[...document.querySelectorAll('main button')].find(b => b.textContent.trim() === 'Wyślij dalej')?.click()";
    let go_on = async || ngo.client.execute(press, vec![]).await.unwrap();

    // The answer to the last piece is lost, and the next one is a page that is not ours: the file is there.
    lose_answer(&ngo, 4, 1).await;
    press_upload(&ngo, &write("duzy.pdf", 0)).await;
    ngo.until("Połączenie z serwerem się zerwało.").await;
    go_on().await;
    ngo.until("Plik „duzy.pdf” nie jest jeszcze dołączony. Serwer chwilowo nie odpowiada.").await;
    go_on().await;
    ngo.until("duzy.pdf (").await;
    ngo.says("duzy.pdf (1,5 MB) dołączony").await;
    ngo.says_not("nie dołączono").await;
    ngo.says_not("niedokończony").await;

    // A closed dialog stays closed: nothing is tried until the button is pressed.
    let store = Store::open(&program.scratch.address(), 1, audit::seal).unwrap();
    let person = store.read(|r| account::store::by_email(r, EMAIL)).unwrap().unwrap();
    store.write(|tx| account::end_all(tx, &person.id)).unwrap();
    press_upload(&ngo, &write("drugi.pdf", 7)).await;
    ngo.until("Podaj hasło").await;
    ngo.click("Zamknij").await;
    ngo.until("Plik „drugi.pdf” nie jest jeszcze dołączony. Sesja się skończyła, więc wysyłanie wstrzymano.").await;
    ngo.says_not("Spróbujemy sami").await;
    ngo.check().await;
    go_on().await;
    ngo.until("Podaj hasło").await;
    ngo.fill("password", demo::PASSWORD).await;
    ngo.click("Zaloguj i zapisz").await;
    ngo.until("drugi.pdf (").await;
    ngo.says("drugi.pdf (1,5 MB) dołączony").await;

    // An offer that takes no files any more: a small one and a large one are refused in the place of the file.
    let closed = |tx: &mut Tx<'_>| Ok(diesel::sql_query("UPDATE offers SET state = 'withdrawn'").execute(tx.conn())?);
    store.write(closed).unwrap();
    let why = "Tej oferty nie można już zmieniać: termin składania ofert minął albo ofertę wycofano.";
    let small = program.scratch.folder().join("maly.pdf");
    std::fs::write(&small, b"%PDF-1.7 statut").unwrap();
    for (name, file) in [("maly.pdf", &small), ("trzeci.pdf", &write("trzeci.pdf", 9))] {
        press_upload(&ngo, file).await;
        ngo.until(&format!("Pliku „{name}” nie dołączono. Nie można tego zrobić. {why}")).await;
        ngo.check().await;
    }
}
