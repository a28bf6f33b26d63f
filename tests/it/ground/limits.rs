//! What protects the server, and whom it does not punish.

use actix_web::web::Bytes;
use futures_util::future::{Either, join_all, select};
use konkurs::store::OfferId;
use serde_json::json;

use crate::support::{Answer, Client, TestApp, sample};

const TOO_MANY: &str = "Z tego konta przyszło w krótkim czasie bardzo dużo zapisów, więc tego ostatniego nie wykonano. \
                        Spróbuj ponownie za 1 s. Inne konta działają bez przeszkód.";
const BUSY: &str = "Tyle osób korzysta z serwisu w tej chwili, że tego żądania nie wykonano. Spróbuj ponownie za 2 s.";

fn come_again(answer: &Answer) -> Option<&str> {
    answer.headers.get("retry-after").map(String::as_str)
}

/// Sends a form to nowhere: how often it may be sent has nothing to do with what it says.
async fn send(ngo: &Client) -> Answer {
    ngo.post("/nie-ma", &[("website", "https://sukces.example")]).await
}

async fn narrow() -> TestApp {
    TestApp::with_config(|config| (config.limits.writes_a_second, config.limits.writes_at_once) = (2, 3)).await
}

#[actix_web::test]
async fn an_account_that_writes_without_end_waits_and_its_form_is_not_lost() {
    let app = narrow().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    for _ in 0..3 {
        send(&ngo).await.expect(404);
    }
    let refused = send(&ngo).await;
    refused.expect(429).says(TOO_MANY).says("Wyślij wpisane dane");
    assert_eq!(come_again(&refused), Some("1"));
    assert_eq!(refused.value_of("website").as_deref(), Some("https://sukces.example"));
    ngo.page("/konto").await; // reading is not counted
    app.at("2026-11-23 12:00:00.500");
    send(&ngo).await.expect(404);
    send(&ngo).await.expect(429);
}

#[actix_web::test]
async fn ten_people_behind_one_address_have_ten_budgets() {
    let app = narrow().await;
    let mut people = Vec::new();
    for n in 1..=10 {
        people.push(app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await);
    }
    for _ in 0..3 {
        for person in &people {
            person.post("/nie-ma", &[]).await.expect(404);
        }
    }
    // Nobody's sign-in is counted with theirs.
    for _ in 0..20 {
        app.stranger().post("/konto/logowanie", &[("email", "x"), ("password", "y")]).await.expect(422);
    }
    people[0].post("/nie-ma", &[]).await.expect(429);
}

#[actix_web::test]
async fn a_page_that_saves_by_itself_is_told_in_json_when_to_come_again() {
    let app = narrow().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let (actor, org, now) = (app.actor(&ngo), sample::org_of(&app, &ngo).id, app.state.clock.now());
    let id = app.state.store.write(|tx| konkurs::offer::start(tx, &actor, &call.id, &org, now)).unwrap();
    let path = format!("/oferty/{id}/inne/autozapis");
    for n in 0..3 {
        let version = n.to_string();
        ngo.script(&path, &[("version", &version), ("other", &format!("tekst {n}"))]).await.expect(200);
    }
    let refused = ngo.script(&path, &[("version", "3"), ("other", "tekst 4")]).await;
    let said = refused.expect(429).json();
    assert_eq!(said["error"], json!(format!("Za dużo zapisów naraz. {TOO_MANY}")));
    assert_eq!(come_again(&refused), Some("1"));
    let kept = app.state.store.read(|r| konkurs::offer::store::find(r, &id)).unwrap();
    assert_eq!((kept.version, kept.content.other.as_str()), (3, "tekst 2"));
}

#[actix_web::test]
async fn beyond_what_can_be_worked_on_requests_are_sent_away_at_once() {
    let app = TestApp::with_config(|config| config.limits.requests_at_once = 2).await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let visitor = app.stranger();
    let answers = join_all((0..6).map(|_| visitor.get("/konkursy"))).await;
    let of = |status: u16| answers.iter().filter(|a| a.status == status).count();
    assert_eq!((of(200), of(503)), (2, 4));
    let away = answers.iter().find(|a| a.status == 503).unwrap();
    away.says(BUSY);
    assert_eq!(come_again(away), Some("2"));
    // A form that came then is one button away from being sent again.
    let held = (app.state.gate.enter(), app.state.gate.enter());
    let away = send(&ngo).await;
    away.expect(503).says(BUSY).says("Wyślij wpisane dane");
    assert_eq!(away.value_of("website").as_deref(), Some("https://sukces.example"));
    drop(held);
    // Afterwards everything is as before, and styles came all the time.
    visitor.page("/konkursy").await;
    let styles = join_all((0..6).map(|_| visitor.get("/static/tokens.css"))).await;
    assert!(styles.iter().all(|a| a.status == 200));
}

#[actix_web::test]
async fn files_on_their_way_hold_up_files_only() {
    let app = TestApp::with_config(|config| config.limits.uploads_at_once = 0).await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let (actor, org, now) = (app.actor(&ngo), sample::org_of(&app, &ngo).id, app.state.clock.now());
    let id = app.state.store.write(|tx| konkurs::offer::start(tx, &actor, &call.id, &org, now)).unwrap();
    let path = format!("/oferty/{id}/zalaczniki/inne");
    ngo.upload(&path, &[], "file", "statut.pdf", b"%PDF-1.7").await.expect(503).says(BUSY);
    ngo.page("/konkursy").await;
    ngo.script(&format!("/oferty/{id}/inne/autozapis"), &[("version", "0"), ("other", "tekst")]).await.expect(200);
}

#[actix_web::test]
async fn a_form_that_stops_coming_is_not_waited_for() {
    let app = TestApp::with_config(|config| {
        (config.limits.form_seconds, config.limits.file_rest_seconds) = (0, 0);
    })
    .await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    ngo.post("/nie-ma", &[("a", "b")]).await.expect(404);
    let half = ngo.stalled("/konto/haslo", "application/x-www-form-urlencoded", Bytes::from_static(b"old=x&ne")).await;
    half.expect(408).says("Dane przestały napływać, zanim dotarły w całości, więc ich nie zapisano.");
    let edge = "multipart/form-data; boundary=x";
    let begin =
        Bytes::from_static(b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF");
    let path = format!("/konto/organizacja/{}/dokumenty", sample::org_of(&app, &ngo).id);
    ngo.stalled(&path, edge, begin).await.expect(408);
    ngo.page("/konto").await;
}

/// A form of so many parts, each with these names of a field and, where there is one, of a file.
fn parts(many: usize, field: &str, file: Option<&str>) -> Bytes {
    let file = file.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
    let part = format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n\r\n");
    Bytes::from(format!("{}--x--\r\n", part.repeat(many)))
}

const PARTS: &str = "multipart/form-data; boundary=x";

#[actix_web::test]
async fn a_form_of_endless_small_parts_is_refused_with_a_sentence() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let path = format!("/konto/organizacja/{}/dokumenty", sample::org_of(&app, &ngo).id);
    let send = |body| ngo.raw(&path, PARTS, body);
    send(parts(1_001, "file", Some("a.pdf"))).await.expect(413).says("Formularz ma więcej niż 1000 pól.");
    // Names are kept too, so they count: 500 names of 50 kB are more than a file may be.
    let long = "n".repeat(50_000);
    send(parts(500, &long, None)).await.expect(413).says("Plik jest za duży: dozwolone jest najwyżej 20 MiB.");
    send(parts(500, "file", Some(&long))).await.expect(413).says("Plik jest za duży");
}

#[actix_web::test]
async fn strangers_hold_up_no_file_of_anybody_who_is_signed_in() {
    let app = TestApp::with_config(|config| {
        (config.limits.uploads_at_once, config.limits.strangers_at_once) = (0, 1);
    })
    .await;
    let stranger = app.stranger();
    let path = "/konto/organizacja/x/dokumenty";
    let typed = [("name", "Statut z 2024")];
    // They have places of their own, and what was typed waits for whose session ended.
    let sent = stranger.upload(path, &typed, "file", "statut.pdf", b"%PDF-1.7").await;
    sent.expect(401).says("Sesja się skończyła");
    assert!(sent.html().contains("Statut z 2024"));
    // When those are taken, the answer is the same, without it; nobody waits.
    let held = app.state.strangers.enter();
    let sent = stranger.upload(path, &typed, "file", "statut.pdf", b"%PDF-1.7").await;
    sent.expect(401);
    assert!(!sent.html().contains("Statut z 2024"));
    drop(held);
    // More than a form may say is not kept.
    let long = "n".repeat(50_000);
    let much = stranger.raw(path, PARTS, parts(50, &long, None)).await;
    much.expect(401);
    assert!(!much.html().contains("nnnn"));
}

#[actix_web::test]
async fn whoever_is_not_signed_in_is_waited_for_no_longer_than_a_form() {
    let app = TestApp::with_config(|config| config.limits.form_seconds = 0).await;
    let begin =
        Bytes::from_static(b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF");
    app.stranger().stalled("/konto/organizacja/x/dokumenty", PARTS, begin.clone()).await.expect(401);
    // A file of somebody who is signed in may stand still for a minute, but its whole way has an end as well.
    let app = TestApp::with_config(|config| config.limits.file_seconds = 0).await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let path = format!("/konto/organizacja/{}/dokumenty", sample::org_of(&app, &ngo).id);
    ngo.stalled(&path, PARTS, begin).await.expect(408);
}

/// Where a file of a new offer of `ngo` goes.
fn place(app: &TestApp, call: &konkurs::call::Call, ngo: &Client) -> String {
    let (actor, org, now) = (app.actor(ngo), sample::org_of(app, ngo).id, app.state.clock.now());
    let id: OfferId = app.state.store.write(|tx| konkurs::offer::start(tx, &actor, &call.id, &org, now)).unwrap();
    format!("/oferty/{id}/zalaczniki/inne")
}

/// A form with a file of which only so many bytes come.
fn half(name: &str, bytes: usize) -> Bytes {
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n%PDF");
    Bytes::from([head.into_bytes(), vec![b' '; bytes]].concat())
}

/// Runs `meanwhile` when so many uploads of `ngo` stand still, each after its beginning.
async fn while_stalled(ngo: &Client, path: &str, many: usize, begin: &Bytes, meanwhile: impl Future<Output = ()>) {
    let (tell, told): (Vec<_>, Vec<_>) = (0..many).map(|_| tokio::sync::oneshot::channel()).unzip();
    let stalled = join_all(tell.into_iter().map(|tell| {
        ngo.stalled_after(path, PARTS, begin.clone(), move || {
            let _ = tell.send(());
        })
    }));
    let meanwhile = async {
        for stands in told {
            stands.await.unwrap();
        }
        meanwhile.await;
    };
    let done = matches!(select(std::pin::pin!(stalled), std::pin::pin!(meanwhile)).await, Either::Right(_));
    assert!(done, "nothing that stands still was answered");
}

#[actix_web::test]
async fn stalled_files_of_one_account_leave_the_places_of_others() {
    let app = TestApp::with_config(|config| {
        (config.limits.uploads_at_once, config.limits.uploads_of_account) = (4, 3);
    })
    .await;
    let call = sample::pai_call(&app);
    let (ngo, other) =
        (app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await, app.ngo("Fundacja Zorza", &sample::nip(2)).await);
    let (path, other_path) = (place(&app, &call, &ngo), place(&app, &call, &other));
    while_stalled(&ngo, &path, 3, &half("skan.pdf", 0), async {
        let refused = ngo.upload(&path, &[], "file", "statut.pdf", b"%PDF-1.7").await;
        refused.expect(429).says(
            "Tego pliku nie odebrano: granica plików wysyłanych naraz z jednego konta (3) jest już osiągnięta. \
             Poczekaj, aż któryś dotrze, albo zamknij okno, w którym wysyłanie stanęło, i wyślij ten plik ponownie. \
             Inne konta działają bez przeszkód.",
        );
        assert_eq!(come_again(&refused), Some("5"));
        ngo.page("/konto").await;
        other.upload(&other_path, &[], "file", "statut.pdf", b"%PDF-1.7").await.expect(303);
    })
    .await;
    ngo.upload(&path, &[], "file", "statut.pdf", b"%PDF-1.7").await.expect(303);
    app.new_mail();
}

#[actix_web::test]
async fn large_files_fill_the_memory_meant_for_them_and_small_ones_always_fit() {
    let app = TestApp::with_config(|config| config.limits.uploads_mib_at_once = 2).await;
    let call = sample::pai_call(&app);
    let (ngo, other) =
        (app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await, app.ngo("Fundacja Zorza", &sample::nip(2)).await);
    let (path, other_path) = (place(&app, &call, &ngo), place(&app, &call, &other));
    let large = [b"%PDF-1.7 ".as_slice(), &vec![b' '; 3 * 1024 * 1024 - 1_000]].concat();
    while_stalled(&ngo, &path, 1, &half("skan.pdf", 2 * 1024 * 1024), async {
        let refused = other.upload(&other_path, &[], "file", "skan statutu.pdf", &large).await;
        refused.expect(503).says(
            "Pliku „skan statutu.pdf” nie przyjęto: w tej chwili przychodzi tyle dużych plików, że zajęły całe \
             przeznaczone dla nich miejsce w pamięci serwera. Wyślij go ponownie za chwilę. Plik do 1 MB zmieści się zawsze.",
        );
        other.upload(&other_path, &[], "file", "statut.pdf", &large[..1_000_000]).await.expect(303);
    })
    .await;
    other.upload(&other_path, &[], "file", "skan statutu.pdf", &large).await.expect(303);
    app.new_mail();
}
