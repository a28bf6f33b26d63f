//! Where the announcement asks for it: a signed confirmation as a step with its own time.

use konkurs::account::Role;
use konkurs::call::{self, Call, CallState, Confirmation};
use konkurs::jobs;
use konkurs::offer::{OfferState, confirm_due, store};
use konkurs::store::OrgId;

use super::{declarations, draft, find, form, post};
use crate::support::clamd::{self, Clamd, MALWARE};
use crate::support::{Client, TestApp, moment, sample};

const PAPER: &[u8] = b"%PDF-1.7 /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3]";

/// A call that wants a confirmation within five working days.
pub fn wanting(app: &TestApp) -> Call {
    let mut call = sample::pai_call(app);
    call.content.confirmation = Some(Confirmation { days: 5 });
    app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    app.state.store.read(|r| call::store::find(r, &call.id)).unwrap()
}

pub async fn filed(app: &TestApp, call: &Call, ngo: &Client) -> String {
    let offer = draft(app, call, ngo);
    post(ngo, &format!("/oferty/{}/zlozenie", offer.id), declarations(app, &offer.id), &[]).await.expect(303);
    app.new_mail();
    format!("/oferty/{}", offer.id)
}

pub async fn give(ngo: &Client, path: &str, names: &str, file: (&str, &[u8])) -> crate::support::Answer {
    ngo.upload(&format!("{path}/podpisane-potwierdzenie"), &[("signed_by", names)], "file", file.0, file.1).await
}

#[actix_web::test]
async fn the_time_is_counted_in_working_days_from_the_deadline() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    // Until the end of Monday, 14 December; five working days end on Monday the 21st.
    assert_eq!(confirm_due(&call, &OrgId::new()), Some(moment("2026-12-22 00:00")));
    assert_eq!(confirm_due(&sample::rsd_call(&app), &OrgId::new()), None);
}

#[actix_web::test]
async fn both_sides_see_the_step_until_the_paper_is_there() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &call, &ngo).await;
    ngo.page(&path)
        .await
        .says("Teraz czekamy na: Twoją organizację Oferta jest złożona. Dołącz jeszcze podpisane potwierdzenie.")
        .says("Termin: poniedziałek, 21.12.2026, do końca dnia (23:59)")
        .says("Stan: czeka na dołączenie");
    ngo.page(&format!("{path}/potwierdzenie"))
        .await
        .says("Teraz czekamy na: Twoją organizację Oferta jest złożona. Dołącz jeszcze podpisane potwierdzenie.")
        .says("Ogłoszenie wymaga jeszcze podpisanego potwierdzenia do końca dnia 21.12.2026.")
        .says_not("Nic nie trzeba wysyłać na papierze.");
    let page = format!("{path}/podpisane-potwierdzenie");
    ngo.page(&page)
        .await
        .says("Organizację reprezentują: Anna Prezes (prezes zarządu).")
        .says("Sposób reprezentacji: prezes zarządu samodzielnie.")
        .says("najwyżej 10 MiB");

    give(&ngo, &path, "", ("a.pdf", b""))
        .await
        .expect(422)
        .says("Wpisz imię i nazwisko każdej osoby")
        .says("Wybierz plik");
    let bad = give(&ngo, &path, "Anna Prezes", ("wirus.exe", b"MZ\x90\x00")).await;
    bad.expect(422).says("Plik „wirus.exe” nie jest ani PDF-em, ani obrazem JPG lub PNG.");
    assert!(bad.html().contains("Anna Prezes</textarea>"), "what was typed is there");

    let done = give(&ngo, &path, "Ewa Obca", ("podpis.pdf", PAPER)).await;
    assert_eq!((done.status, done.location.as_str()), (303, page.as_str()));
    ngo.page(&page)
        .await
        .says("Stan: dołączono, do wyjaśnienia")
        .says("PDF z podpisem elektronicznym")
        .says("Teraz czekamy na: Twoją organizację Oferta jest złożona. Podpisy na dołączonym potwierdzeniu nie zgadzają się z danymi oferenta: dołącz plik podpisany przez osoby, które go reprezentują. Jeśli podpisał pełnomocnik, dołącz plik razem z pełnomocnictwem: uwaga zostanie, a oceni ją urząd.")
        .says("Ewa Obca nie należy do osób uprawnionych do reprezentacji podanych w ofercie.")
        .says("W pliku jest 1 podpis elektroniczny, którego nie umiemy odczytać.");
    give(&ngo, &path, "Anna Prezes", ("podpis 2.pdf", PAPER)).await.expect(303);
    ngo.page(&page).await.says("Stan: dołączono");
    ngo.page(&format!("{path}/potwierdzenie")).await.says("Teraz czekamy na: koniec naboru").says_not("wymaga jeszcze");
    let nip = sample::nip(1);
    let letter = (format!("{nip}@example.pl"), "Dołączono podpisane potwierdzenie oferty LOK/1/2026/O-1".to_owned());
    assert_eq!(app.new_mail(), [letter.clone(), letter]);
    let hub = ngo.page(&path).await;
    hub.says("Teraz czekamy na: koniec naboru")
        .says("Dołączono podpisane potwierdzenie wersji 1: „podpis 2.pdf”, podpisali: Anna Prezes");
    let html = hub.html();
    let start = html.find("/podpisane-potwierdzenie/").unwrap();
    let link = format!("{path}{}", html[start..].split('"').next().unwrap());
    assert!(ngo.page(&link).await.body == PAPER);

    let stranger = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    stranger.get(&link).await.expect(404);
    stranger.get(&page).await.expect(404);
    app.at("2026-12-15 09:00");
    let office = app.staff("urzad@example.pl", &[Role::Officer]).await;
    office.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    office
        .page(&format!("/urzad/konkursy/{}/oferty", call.id))
        .await
        .says("Podpisane potwierdzenie")
        .says("złożona dołączono 85 050,00 zł");
    office.page(&path.replace("/oferty/", "/urzad/oferty/")).await.says("podpis 2.pdf").says("Ewa Obca nie należy");
    assert!(office.page(&link).await.body == PAPER);
}

#[actix_web::test]
async fn a_replaced_offer_wants_a_new_paper_and_a_late_one_is_kept_and_marked() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &call, &ngo).await;
    give(&ngo, &path, "Anna Prezes", ("podpis.pdf", PAPER)).await.expect(303);
    let version = ngo.page(&format!("{path}/inne")).await.value_of("version").unwrap();
    let fields = form(&[("version", &version), ("unpaid", "true"), ("other", "nowa sala")]);
    post(&ngo, &format!("{path}/inne"), fields, &[]).await.expect(303);
    let id = konkurs::store::OfferId::parse(path.trim_start_matches("/oferty/")).unwrap();
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &id), &[("replaces", "1")]).await.expect(303);
    assert_eq!(find(&app, &id).frozen_no, 2);
    ngo.page(&path).await.says("Stan: dotyczy poprzedniej wersji");
    app.at("2026-12-22 00:00:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    ngo.page(&path).await.says("Stan: nie dołączono w terminie");
    give(&ngo, &path, "Anna Prezes", ("skan.png", b"\x89PNG\r\n\x1A\n...")).await.expect(303);
    ngo.page(&path).await.says("Stan: dołączono po terminie").says("obraz (skan)");
    app.new_mail();
}

#[actix_web::test]
async fn a_missing_paper_is_reminded_of_and_one_that_is_there_is_not() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let mut paths = Vec::new();
    for n in 1..=3 {
        let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await;
        paths.push((filed(&app, &call, &ngo).await, ngo));
    }
    give(&paths[1].1, &paths[1].0, "Anna Prezes", ("podpis.pdf", PAPER)).await.expect(303);
    let version = paths[2].1.page(&format!("{}/wycofanie", paths[2].0)).await.value_of("version").unwrap();
    paths[2].1.post(&format!("{}/wycofanie", paths[2].0), &[("version", &version)]).await.expect(303);
    app.new_mail();
    let run = |wall: &str| {
        jobs::run_due(&app.state.store, &app.state.jobs, moment(wall)).unwrap();
        app.new_mail()
    };
    let due = |left: &str| {
        let subject = format!("Dołącz podpisane potwierdzenie oferty LOK/1/2026/O-1: termin {left}");
        vec![(format!("{}@example.pl", sample::nip(1)), subject)]
    };
    assert_eq!(run("2026-12-18 23:59:59"), []);
    assert_eq!(run("2026-12-19 00:00:00"), due("za 3 dni"));
    assert_eq!(run("2026-12-19 00:00:00"), [], "once");
    assert_eq!(run("2026-12-21 00:00:00"), due("za 1 dzień"));
    assert_eq!(run("2026-12-22 00:00:00"), []);
}

#[actix_web::test]
async fn nobody_is_asked_for_a_paper_of_what_is_over() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let ngo = app.ngo("Organizacja 1", &sample::nip(1)).await;
    let path = filed(&app, &call, &ngo).await;
    ngo.page(&path).await.says("Dołącz jeszcze podpisane potwierdzenie.");
    sample::set_call(&app, &call.id, CallState::Cancelled);
    for page in [path.clone(), format!("{path}/potwierdzenie")] {
        ngo.page(&page).await.says("Teraz czekamy na: nikogo Konkurs unieważniono.").says_not("Dołącz jeszcze");
    }
    app.new_mail();
    jobs::run_due(&app.state.store, &app.state.jobs, moment("2026-12-21 00:00")).unwrap();
    assert_eq!(app.new_mail(), []);
}

#[actix_web::test]
async fn where_none_is_wanted_there_is_no_page_and_no_deed() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &call, &ngo).await;
    ngo.get(&format!("{path}/podpisane-potwierdzenie")).await.expect(404);
    give(&ngo, &path, "Anna Prezes", ("podpis.pdf", PAPER))
        .await
        .expect(422)
        .says("Ogłoszenie tego konkursu nie wymaga podpisanego potwierdzenia.");
    let id = konkurs::store::OfferId::parse(path.trim_start_matches("/oferty/")).unwrap();
    assert_eq!(find(&app, &id).state, OfferState::Submitted);
    assert!(app.new_mail().is_empty());
}

#[actix_web::test]
async fn the_paper_to_sign_has_a_place_for_signatures() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &call, &ngo).await;
    let wanted = ngo.page(&format!("{path}/potwierdzenie.pdf")).await.body;
    let mut call = app.state.store.read(|r| call::store::find(r, &call.id)).unwrap();
    call.content.confirmation = None;
    app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    let plain = ngo.page(&format!("{path}/potwierdzenie.pdf")).await.body;
    assert!(wanted.starts_with(b"%PDF-") && plain.starts_with(b"%PDF-"));
    assert!(wanted.len() > plain.len(), "{} against {}", wanted.len(), plain.len());
}

#[actix_web::test]
async fn a_paper_signed_by_others_stays_open_and_is_reminded_of() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &call, &ngo).await;
    give(&ngo, &path, "Ewa Obca", ("podpis.pdf", PAPER)).await.expect(303);
    app.new_mail();
    jobs::run_due(&app.state.store, &app.state.jobs, moment("2026-12-19 00:00:00")).unwrap();
    let rows = app.state.store.read(|r| konkurs::mail::of_object(r, path.trim_start_matches("/oferty/"))).unwrap();
    let letter = rows.iter().find(|l| l.kind == "offer_reminder_confirmation").unwrap();
    assert!(
        letter.body.contains("wymaga jeszcze podpisanego potwierdzenia, a podpisy na dołączonym nie zgadzają się z danymi oferenta: podpisać je powinny osoby, które go reprezentują."),
        "{}",
        letter.body
    );
    app.new_mail();
    app.at("2026-12-15 09:00");
    let office = app.staff("urzad@example.pl", &[Role::Officer]).await;
    office.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    let list = format!("/urzad/konkursy/{}/oferty", call.id);
    let page = office.page(&list).await;
    page.says("złożona dołączono, do wyjaśnienia 85 050,00 zł");
    assert!(page.html().contains("status warn"), "{}", page.html());

    // What comes right but late says both; the same wrong one again does not.
    app.at("2026-12-22 00:00:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    give(&ngo, &path, "Ewa Obca", ("podpis 2.pdf", PAPER)).await.expect(303);
    ngo.page(&path).await.says("Stan: dołączono, do wyjaśnienia");
    give(&ngo, &path, "Anna Prezes", ("podpis 3.pdf", PAPER)).await.expect(303);
    ngo.page(&path).await.says("Stan: dołączono po terminie");
    app.new_mail();
}

#[actix_web::test]
async fn papers_do_not_fill_the_disk() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &call, &ngo).await;
    give(&ngo, &path, "Anna Prezes", ("podpis.pdf", PAPER)).await.expect(303);
    let id = konkurs::store::OfferId::parse(path.trim_start_matches("/oferty/")).unwrap();
    let one = app.state.store.read(|r| store::confirmations::of_offer(r, &id)).unwrap().remove(0);
    for _ in 0..39 {
        app.state.store.write(|tx| store::confirmations::insert(tx, &one)).unwrap();
    }
    let last = b"%PDF-1.7 ostatni skan";
    give(&ngo, &path, "Anna Prezes", ("podpis 41.pdf", last)).await.expect(422).says(
        "Do tej oferty dołączono już 40 podpisanych potwierdzeń i więcej się nie zmieści. Jeśli żadne nie jest właściwe, zadzwoń do urzędu.",
    );
    assert!(app.state.files.get(&konkurs::store::digest_bytes(last)).is_err(), "what is refused is not kept");
    app.new_mail();
}

#[actix_web::test]
async fn a_paper_that_nobody_waits_for_leaves_no_file() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let kept = |bytes: &[u8]| app.state.files.get(&konkurs::store::digest_bytes(bytes)).is_ok();
    let refused = give(&ngo, &format!("/oferty/{}", offer.id), "Anna Prezes", ("podpis.pdf", PAPER)).await;
    refused.expect(422).says("R-OFF-16").says("Ta oferta nie jest złożona.");
    assert!(!kept(PAPER), "of a mere draft");
    let path = filed(&app, &call, &app.ngo("Fundacja Zorza", &sample::nip(2)).await).await;
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(2)));
    give(&ngo, &path, "", ("podpis.pdf", PAPER)).await.expect(422).says("Wpisz imię i nazwisko");
    assert!(!kept(PAPER), "signed by nobody");
    give(&ngo, &path, "Anna Prezes", ("podpis.pdf", PAPER)).await.expect(303);
    assert!(kept(PAPER));
    app.new_mail();
}

#[actix_web::test]
async fn papers_are_scanned_when_they_come_or_before_anybody_opens_them() {
    let address = clamd::nobody();
    let there = address.clone();
    let app = TestApp::with_config(|config| config.scan.clamd = there).await;
    let call = wanting(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &call, &ngo).await;
    let bad = [PAPER, MALWARE].concat();
    // Nobody answers: the papers are kept, because their time runs.
    give(&ngo, &path, "Anna Prezes", ("podpis.pdf", PAPER)).await.expect(303);
    give(&ngo, &path, "Anna Prezes", ("zly.pdf", &bad)).await.expect(303);
    ngo.page(&format!("{path}/podpisane-potwierdzenie"))
        .await
        .says("Gdy plik przyszedł, program antywirusowy nie odpowiadał. Sprawdzi go, zanim ktokolwiek go otworzy.");
    let id = konkurs::store::OfferId::parse(path.trim_start_matches("/oferty/")).unwrap();
    let given = app.state.store.read(|r| store::confirmations::of_offer(r, &id)).unwrap();
    let file = |name: &str| {
        let one = given.iter().find(|c| c.content.file_name == name).unwrap();
        format!("{path}/podpisane-potwierdzenie/{}", one.document)
    };
    let away = "Pliku „podpis.pdf” nie sprawdził jeszcze program antywirusowy, który chwilowo nie odpowiada.";
    ngo.get(&file("podpis.pdf")).await.expect(403).says(away);
    let clamd = Clamd::start_at(&address);
    assert_eq!(ngo.get(&file("podpis.pdf")).await.expect(200).body, PAPER);
    let found = "Pliku „zly.pdf” nie można pobrać: program antywirusowy znalazł w nim złośliwe oprogramowanie (Zlosliwy.Kod.Testowy).";
    ngo.get(&file("zly.pdf")).await.expect(403).says(found);
    // From now on it is asked at once, and what it finds is not kept.
    let worse = [PAPER, MALWARE, b"!"].concat();
    give(&ngo, &path, "Anna Prezes", ("gorszy.pdf", &worse)).await.expect(422).says(
        "Pliku „gorszy.pdf” nie dołączono: program antywirusowy znalazł w nim złośliwe oprogramowanie (Zlosliwy.Kod.Testowy).",
    );
    assert!(app.state.files.get(&konkurs::store::digest_bytes(&worse)).is_err());
    give(&ngo, &path, "Anna Prezes", ("czysty.pdf", &[PAPER, b" "].concat())).await.expect(303);
    assert_eq!(clamd.asked.lock().unwrap().len(), 4);
    app.new_mail();
}

#[actix_web::test]
async fn a_paper_kept_unscanned_is_scanned_when_the_scanner_is_back() {
    let address = clamd::nobody();
    let there = address.clone();
    let app = TestApp::with_config(|config| config.scan.clamd = there).await;
    let call = wanting(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &call, &ngo).await;
    give(&ngo, &path, "Anna Prezes", ("podpis.pdf", PAPER)).await.expect(303);
    give(&ngo, &path, "Anna Prezes", ("zly.pdf", &[PAPER, MALWARE].concat())).await.expect(303);
    let page = format!("{path}/podpisane-potwierdzenie");
    ngo.page(&page).await.says("Stan: dołączono Termin");
    app.new_mail();
    let work = |seconds: i64| {
        let now = app.state.clock.now() + chrono::Duration::seconds(seconds);
        jobs::run_outside(&app.state.store, &app.state.outside, now).unwrap()
    };
    assert_eq!(work(0), jobs::Ran { done: 0, failed: 2 });
    let clamd = Clamd::start_at(&address);
    assert_eq!(work(61), jobs::Ran { done: 2, failed: 0 });
    assert_eq!(work(122), jobs::Ran::default());
    assert_eq!(clamd.asked.lock().unwrap().len(), 2);

    let infected = "Program antywirusowy znalazł w tym pliku złośliwe oprogramowanie, więc nikt go nie pobierze. Potrzebny jest czysty plik.";
    ngo.page(&page)
        .await
        .says("Stan: dołączono, do wyjaśnienia")
        .says(infected)
        .says_not("program antywirusowy nie odpowiadał");
    let id = konkurs::store::OfferId::parse(path.trim_start_matches("/oferty/")).unwrap();
    let given = app.state.store.read(|r| store::confirmations::of_offer(r, &id)).unwrap();
    let file = |at: usize| format!("{page}/{}", given[at].document);
    ngo.get(&file(0)).await.expect(403).says(
        "Pliku „zly.pdf” nie można pobrać: program antywirusowy znalazł w nim złośliwe oprogramowanie. Potrzebny jest nowy plik.",
    );
    assert_eq!(ngo.get(&file(1)).await.expect(200).body, PAPER);
    assert_eq!(clamd.asked.lock().unwrap().len(), 2, "what has its verdict is not scanned again");
    let log = app.state.store.read(|r| konkurs::audit::of_object(r, id.as_str())).unwrap();
    let log: Vec<&str> = log.iter().map(|row| row.detail.as_str()).collect();
    assert!(
        log.contains(&"Sprawdzono podpisane potwierdzenie „podpis.pdf”: bez złośliwego oprogramowania."),
        "{log:?}"
    );
    let found = "W podpisanym potwierdzeniu „zly.pdf” jest złośliwe oprogramowanie: Zlosliwy.Kod.Testowy.";
    assert!(log.contains(&found), "{log:?}");

    let letters = app.state.store.read(|r| konkurs::mail::recent(r, 5)).unwrap();
    let letter = letters.iter().find(|m| m.kind == "offer_confirmation_infected").unwrap();
    assert!(letter.subject.starts_with("Dołącz czysty plik: podpisane potwierdzenie oferty "), "{}", letter.subject);
    let words = "program antywirusowy znalazł złośliwe oprogramowanie (Zlosliwy.Kod.Testowy)";
    assert!(letter.body.contains("w pliku „zly.pdf”") && letter.body.contains(words), "{}", letter.body);
    assert!(letter.body.contains("Dołącz czysty plik do "), "{}", letter.body);
    assert_eq!(app.new_mail().len(), 1);
    // A clean one ends it.
    give(&ngo, &path, "Anna Prezes", ("czysty.pdf", &[PAPER, b" "].concat())).await.expect(303);
    ngo.page(&page).await.says("Stan: dołączono Termin");
    app.new_mail();
}
