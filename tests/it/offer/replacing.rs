//! Until the deadline a submitted offer is changed and submitted again; the old one is in force meanwhile.

use std::sync::Barrier;

use konkurs::audit;
use konkurs::error::AppError;
use konkurs::law::Money;
use konkurs::offer::{Checked, OfferContent, OfferState, Receipt, check_file, discard, replace, save, store, submit};
use konkurs::store::OfferId;

use super::{declarations, draft, find, form, post};
use crate::support::{Client, TestApp, sample};

/// The page that submits, as it stands now.
fn shown(app: &TestApp, id: &OfferId) -> super::Form {
    let mut fields = declarations(app, id);
    let offer = find(app, id);
    let over = if offer.state == OfferState::Draft { 0 } else { offer.frozen_no };
    fields.push(("replaces".into(), over.to_string()));
    fields
}

async fn filed(app: &TestApp, ngo: &Client) -> OfferId {
    let call = sample::pai_call(app);
    let offer = draft(app, &call, ngo);
    post(ngo, &format!("/oferty/{}/zlozenie", offer.id), shown(app, &offer.id), &[]).await.expect(303);
    app.new_mail();
    offer.id
}

/// Changes VI.3 of the offer through its page.
async fn change(ngo: &Client, app: &TestApp, id: &OfferId, words: &str) {
    let version = find(app, id).version.to_string();
    let fields = form(&[("version", &version), ("unpaid", "true"), ("other", words)]);
    post(ngo, &format!("/oferty/{id}/inne"), fields, &[]).await.expect(303);
}

fn in_force(app: &TestApp, id: &OfferId) -> OfferContent {
    let no = find(app, id).frozen_no;
    app.state.store.read(|r| store::version(r, id, no)).unwrap().content.offer
}

#[actix_web::test]
async fn changes_wait_beside_what_is_in_force_until_they_are_submitted() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = filed(&app, &ngo).await;
    let path = format!("/oferty/{id}");
    ngo.page(&path)
        .await
        .says("Do terminu możesz zmienić każdą część i złożyć ofertę ponownie, pod tym samym numerem.")
        .says("Teraz czekamy na: koniec naboru")
        .says_not("NIEZŁOŻON")
        .says_not("Sprawdź i złóż");
    change(&ngo, &app, &id, "nowa sala").await;
    let offer = find(&app, &id);
    assert_eq!((offer.state, offer.frozen_no), (OfferState::Submitted, 1));
    assert_eq!(offer.content.other, "", "what later stages read has not changed");
    assert_eq!(offer.working().other, "nowa sala");
    ngo.page(&path)
        .await
        .says("ZMIANY NIEZŁOŻONE – OBOWIĄZUJE WERSJA 1")
        .says("Teraz czekamy na: Twoją organizację")
        .says("Masz niezłożone zmiany. Obowiązuje wersja 1, złożona 23.11.2026, 12:00:00.")
        .says("Sprawdź i złóż zmienioną ofertę")
        .says_not("zostało mniej niż 24 godziny");
    ngo.page("/oferty").await.says("złożona, są niezłożone zmiany");
    ngo.page(&format!("{path}/inne")).await.says("ZMIANY NIEZŁOŻONE – OBOWIĄZUJE WERSJA 1");
    ngo.page(&format!("{path}/podglad")).await.says_not("nowa sala").says("To jest wersja, która obowiązuje.");
    ngo.page(&format!("{path}/podglad?wersja=robocza"))
        .await
        .says("nowa sala")
        .says("ZMIANY NIEZŁOŻONE")
        .says("To jest oferta ze zmianami, których nie złożono.");
    ngo.page(&format!("{path}/potwierdzenie")).await.says("To potwierdzenie dotyczy wersji, która obowiązuje.");

    app.at("2026-12-14 09:30:15");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    ngo.page(&path).await.says("Do terminu zostało mniej niż 24 godziny, a zmiany nie są złożone.");
    ngo.page(&format!("{path}/zlozenie"))
        .await
        .says("Zmieniona oferta zastąpi wersję 1 i zachowa numer.")
        .says("Złóż zmienioną ofertę");
    let done = post(&ngo, &format!("{path}/zlozenie"), shown(&app, &id), &[]).await;
    assert_eq!((done.status, done.location), (303, format!("{path}/potwierdzenie")));
    let offer = find(&app, &id);
    assert_eq!((offer.frozen_no, offer.draft, offer.content.other.as_str()), (2, None, "nowa sala"));
    assert_eq!(offer.number.as_deref(), Some("LOK/1/2026/O-1"), "the number stays");
    assert_eq!(in_force(&app, &id).other, "nowa sala");
    let nip = sample::nip(1);
    assert_eq!(app.new_mail(), [(format!("{nip}@example.pl"), "Złożono zmienioną ofertę LOK/1/2026/O-1".to_owned())]);
    let receipt = ngo.page(&format!("{path}/potwierdzenie")).await;
    assert!(receipt.html().contains("Obowiązuje wersja 2 oferty LOK/1/2026/O-1."), "the flash says so");
    receipt
        .says("Data i godzina 14.12.2026, 09:30:15")
        .says("Wersja, która obowiązuje 2")
        .says("Wcześniejsze wersje")
        .says("1: sprawdź potwierdzenie 23.11.2026, 12:00:00")
        .says("potwierdzenie wersji 1 (PDF), z treścią wersji 1 (JSON), oferta, wersja 1 (PDF)");
    let rows = app.state.store.read(|r| audit::of_object(r, id.as_str())).unwrap();
    let last = rows.last().unwrap();
    assert_eq!(last.deed, "offer.replace");
    assert!(last.detail.starts_with("Złożono zmienioną ofertę LOK/1/2026/O-1, wersja 2, suma kontrolna "));
    assert_ne!(last.before_digest, last.after_digest);
}

#[actix_web::test]
async fn a_replaced_version_is_downloaded_with_the_text_it_covers() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = filed(&app, &ngo).await;
    let path = format!("/oferty/{id}");
    let (first, as_pdf) =
        (ngo.page(&format!("{path}/potwierdzenie.json")).await, ngo.page(&format!("{path}/potwierdzenie.pdf")).await);
    change(&ngo, &app, &id, "nowa sala").await;
    app.at("2026-11-24 08:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    post(&ngo, &format!("{path}/zlozenie"), shown(&app, &id), &[]).await.expect(303);
    app.new_mail();

    let again = ngo.page(&format!("{path}/potwierdzenie.json?wersja=1")).await;
    assert!(again.body == first.body, "the same bytes as on the day of the submission");
    let sha256 = app.state.store.read(|r| store::version(r, &id, 1)).unwrap().sha256;
    let checked = Checked::Receipt {
        number: "LOK/1/2026/O-1".into(),
        version: 1,
        arrived: crate::support::moment("2026-11-23 12:00"),
        sha256: sha256.clone(),
        faults: Vec::new(),
    };
    assert_eq!(check_file(&again.body), Ok(checked));
    assert!(ngo.page(&format!("{path}/potwierdzenie.pdf?wersja=1")).await.body == as_pdf.body);
    let text = ngo.page(&format!("{path}/oferta.json?wersja=1")).await;
    assert_eq!(konkurs::store::digest_bytes(&text.body), sha256);
    assert!(!text.html().contains("nowa sala"));
    let offer = ngo.page(&format!("{path}/oferta.pdf?wersja=1")).await;
    assert!(offer.headers["content-disposition"].contains("oferta_LOK-1-2026-O-1_wersja_1.pdf"));
    assert!(ngo.page(&format!("{path}/oferta.json")).await.html().contains("nowa sala"), "in force");
    for kind in ["potwierdzenie.pdf", "potwierdzenie.json", "oferta.json"] {
        ngo.get(&format!("{path}/{kind}?wersja=3")).await.expect(404);
    }
    let stranger = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    stranger.get(&format!("{path}/potwierdzenie.json?wersja=1")).await.expect(404);
}

#[actix_web::test]
async fn a_workbook_is_read_into_a_submitted_offer_until_the_deadline() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = filed(&app, &ngo).await;
    let path = format!("/oferty/{id}");
    let sheet = format!("{path}/arkusze/koszty");
    for page in ["zalaczniki", "organizacja"] {
        ngo.page(&format!("{path}/{page}")).await.says_not("NIEZŁOŻON");
    }
    ngo.page(&sheet).await.says("OFERTA ZŁOŻONA – OBOWIĄZUJE WERSJA 1").says("Sprawdź plik");
    let file = super::sheets::costs(|_| ());
    let preview = ngo.upload(&sheet, &[], "file", "koszty.xlsx", &file).await;
    preview
        .expect(200)
        .says("OFERTA ZŁOŻONA – OBOWIĄZUJE WERSJA 1")
        .says("Plik jest poprawny. Nic jeszcze nie zostało zapisane.")
        .says_not("WERSJA ROBOCZA");
    post(&ngo, &format!("{path}/kosztorys"), super::merge::inputs(&preview), &[]).await.expect(303);
    let offer = find(&app, &id);
    assert_eq!((offer.content.costs.len(), offer.working().costs.len()), (3, 2), "what is in force has not changed");
    for page in ["arkusze/koszty", "zalaczniki", "organizacja"] {
        let band = "ZMIANY NIEZŁOŻONE – OBOWIĄZUJE WERSJA 1";
        ngo.page(&format!("{path}/{page}")).await.says(band).says_not("WERSJA ROBOCZA");
    }
    ngo.page(&format!("{path}/organizacja"))
        .await
        .says("Wersja 1 ma dane z chwili złożenia; te weźmie oferta, gdy złożysz ją ponownie.");

    app.at("2026-12-15 00:00:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    ngo.page(&sheet)
        .await
        .says("Ofertę wycofano albo minął termin składania ofert, więc pliku nie można już wczytać.")
        .says("Pobierz dane z oferty (XLSX)")
        .says_not("Sprawdź plik");
    ngo.upload(&sheet, &[], "file", "koszty.xlsx", &file).await.expect(403);
}

#[actix_web::test]
async fn at_the_deadline_changes_that_wait_are_simply_not_in_force() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = filed(&app, &ngo).await;
    change(&ngo, &app, &id, "za późno").await;
    let (fields, path) = (shown(&app, &id), format!("/oferty/{id}"));
    app.at("2026-12-15 00:00:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    post(&ngo, &format!("{path}/zlozenie"), fields, &[])
        .await
        .expect(422)
        .says("Oferta dotarła 15.12.2026, 00:00:00.")
        .says("W konkursie bierze udział wersja 1; zmiany zostają na Twoim koncie.");
    ngo.get(&format!("{path}/zlozenie")).await.expect(303);
    ngo.get(&format!("{path}/inne")).await.expect(403).says("Tej oferty nie można już zmieniać");
    ngo.page(&path)
        .await
        .says("Zmian zapisanych 23.11.2026, 12:00:00 nie złożono przed terminem.")
        .says("W konkursie bierze udział wersja 1, złożona 23.11.2026, 12:00:00.")
        .says_not("Sprawdź i złóż");
    let offer = find(&app, &id);
    assert_eq!((offer.frozen_no, offer.state), (1, OfferState::Submitted));
    let (actor, now) = (app.actor(&ngo), app.state.clock.now());
    let version = offer.version;
    for refused in [
        app.state.store.write(|tx| save(tx, &actor, &id, version, OfferContent::default(), now)).map(|_| ()),
        app.state.store.write(|tx| discard(tx, &actor, &id, version, now)),
        app.state.store.write(|tx| replace(tx, &actor, &id, 1, sample::declarations(), now)).map(|_| ()),
    ] {
        let AppError::Refused(findings) = refused.unwrap_err() else { panic!("not refused") };
        assert_eq!(findings[0].rule.as_str(), "R-OFF-TERM");
    }
}

#[actix_web::test]
async fn changes_can_be_thrown_away_and_so_can_the_whole_offer() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = filed(&app, &ngo).await;
    let path = format!("/oferty/{id}");
    ngo.get(&format!("{path}/odrzucenie-zmian")).await.expect(303);
    change(&ngo, &app, &id, "pomyłka").await;
    let page = ngo.page(&format!("{path}/odrzucenie-zmian")).await;
    page.says("Odrzucasz zmiany, których nie złożono").says("numer LOK/1/2026/O-1, wersja 1");
    let version = page.value_of("version").unwrap();
    ngo.post(&format!("{path}/odrzucenie-zmian"), &[("version", "1")]).await.expect(409);
    let done = ngo.post(&format!("{path}/odrzucenie-zmian"), &[("version", &version)]).await;
    assert_eq!((done.status, done.location), (303, path.clone()));
    assert_eq!(find(&app, &id).draft, None);
    ngo.post(&format!("{path}/odrzucenie-zmian"), &[("version", &version)]).await.expect(303);
    ngo.page(&path).await.says("Odrzucono niezłożone zmiany; obowiązuje wersja 1").says_not("NIEZŁOŻONE");

    change(&ngo, &app, &id, "jeszcze raz").await;
    change(&ngo, &app, &id, "").await;
    assert_eq!(find(&app, &id).draft, None, "changed back is not changed");
    change(&ngo, &app, &id, "na koniec").await;
    let version = find(&app, &id).version.to_string();
    ngo.page(&format!("{path}/wycofanie")).await.says("znikną też zmiany, których nie złożono");
    ngo.post(&format!("{path}/wycofanie"), &[("version", &version)]).await.expect(303);
    let offer = find(&app, &id);
    assert_eq!((offer.state, offer.draft), (OfferState::Withdrawn, None));
}

#[actix_web::test]
async fn a_retry_of_the_first_submission_never_submits_later_changes() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let call = sample::pai_call(&app);
    let id = draft(&app, &call, &ngo).id;
    let path = format!("/oferty/{id}/zlozenie");
    let first = shown(&app, &id);
    post(&ngo, &path, first.clone(), &[]).await.expect(303);
    change(&ngo, &app, &id, "nie złożono").await;
    post(&ngo, &path, first, &[]).await.expect(303);
    assert_eq!((find(&app, &id).frozen_no, in_force(&app, &id).other.as_str()), (1, ""));
    assert!(find(&app, &id).draft.is_some());
    // The page of the second submission is old when somebody saved meanwhile.
    let second = shown(&app, &id);
    change(&ngo, &app, &id, "ktoś zmienił").await;
    post(&ngo, &path, second, &[]).await.expect(409);
    let third = shown(&app, &id);
    post(&ngo, &path, third.clone(), &[]).await.expect(303);
    change(&ngo, &app, &id, "po złożeniu").await;
    post(&ngo, &path, third, &[]).await.expect(303);
    assert_eq!((find(&app, &id).frozen_no, in_force(&app, &id).other.as_str()), (2, "ktoś zmienił"));
    assert_eq!(app.new_mail().len(), 2);
}

#[actix_web::test]
async fn twenty_replacements_at_once_make_one_version() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = filed(&app, &ngo).await;
    change(&ngo, &app, &id, "raz").await;
    let (actor, now, gate) = (app.actor(&ngo), app.state.clock.now(), Barrier::new(20));
    let receipts: Vec<Receipt> = std::thread::scope(|threads| {
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let (store, actor, gate, id) = (app.state.store.clone(), &actor, &gate, &id);
                threads.spawn(move || {
                    gate.wait();
                    store.write(|tx| replace(tx, actor, id, 1, sample::declarations(), now)).unwrap()
                })
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(receipts.iter().all(|r| *r == receipts[0] && r.no == 2), "{receipts:?}");
    assert_eq!(find(&app, &id).frozen_no, 2);
    assert!(app.state.store.read(|r| store::version(r, &id, 3)).is_err());
    assert_eq!(app.new_mail().len(), 1);
}

#[actix_web::test]
async fn what_was_replaced_keeps_its_place_in_the_list_of_the_office() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let (mut ids, now) = (Vec::new(), app.state.clock.now());
    for n in 1..=2 {
        let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await;
        let (actor, offer) = (app.actor(&ngo), draft(&app, &call, &ngo));
        app.state.store.write(|tx| submit(tx, &actor, &offer.id, sample::declarations(), now)).unwrap();
        ids.push((actor, offer.id));
    }
    let (actor, first) = &ids[0];
    let later = now + chrono::Duration::hours(1);
    let mut content = find(&app, first).content;
    content.sources.own_financial = Money::zl(10);
    content.sources.grant = Money::zl(85_040);
    let version = find(&app, first).version;
    app.state
        .store
        .write(|tx| {
            save(tx, actor, first, version, content, later)?;
            replace(tx, actor, first, 1, sample::declarations(), later)
        })
        .unwrap();
    let filed = app.state.store.read(|r| store::filed_in_call(r, &call.id)).unwrap();
    let said: Vec<(Option<&str>, Money)> = filed.iter().map(|o| (o.number.as_deref(), o.grant)).collect();
    assert_eq!(said, [(Some("LOK/1/2026/O-1"), Money::zl(85_040)), (Some("LOK/1/2026/O-2"), Money::zl(85_050))]);
    assert_eq!(filed[0].submitted_at, Some(later), "when the version in force arrived");
}
