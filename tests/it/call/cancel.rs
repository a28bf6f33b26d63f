use konkurs::call::{self, CallAction, CallState};
use konkurs::error::AppError;
use konkurs::offer::OfferState;

use super::{announced, find, office, places};
use crate::support::{TestApp, moment, sample};

fn cancel_form<'a>(version: &'a str, reason: &'a str, on: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = places(version, on);
    fields.push(("reason", reason));
    fields
}

#[actix_web::test]
async fn offers_are_opened_only_after_the_deadline() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let url = format!("/urzad/konkursy/{}", call.id);
    app.at("2026-12-14 23:59:59.999");
    let officer = app.sign_in("urzednik@example.pl");
    officer.page(&url).await.says("za mniej niż minutę").says_not("Otwórz oferty");
    assert_eq!(officer.get(&format!("{url}/otwarcie")).await.expect(303).location, url, "nothing to confirm yet");
    officer
        .post(&format!("{url}/otwarcie"), &[])
        .await
        .expect(403)
        .says("Oferty są zapieczętowane do końca terminu składania (za mniej niż minutę).");
    app.at("2026-12-15 00:00");
    officer.page(&url).await.says("Teraz czekamy na: urząd").says("Otwórz oferty").says("do otwarcia ofert");
    officer
        .page(&format!("{url}/otwarcie"))
        .await
        .says("Teraz czekamy na: urząd")
        .says("Oferty złożone w terminie: 0. Gdy nikt nie złożył oferty, organ unieważnia konkurs")
        .says("Otwarcia nie da się cofnąć")
        .says("Terminu składania ofert nie da się już wydłużyć, także po przerwie w działaniu serwisu.")
        .says("Kto przeczyta oferty: pracownicy urzędu od razu; członkowie komisji konkursowej, także ci, którzy pracują w urzędzie, dopiero po swoim oświadczeniu o bezstronności.");
    assert_eq!(find(&app, &call.id).state, CallState::Announced, "a look opens nothing");
    officer.post(&format!("{url}/otwarcie"), &[]).await.expect(303);
    assert_eq!(find(&app, &call.id).state, CallState::Review);
    assert_eq!(officer.get(&format!("{url}/otwarcie")).await.expect(303).location, url, "it is open already");
    officer
        .page(&url)
        .await
        .says("Teraz czekamy na: komisję konkursową")
        .says("Otwarto oferty w konkursie RSD/1/2026.");
    officer.post(&format!("{url}/otwarcie"), &[]).await.expect(403);
}

#[actix_web::test]
async fn a_contest_without_offers_is_cancelled_in_three_places() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let url = format!("/urzad/konkursy/{}/uniewaznienie", call.id);
    let early = office.organ.post(&url, &cancel_form("3", "no_offers", "2026-11-23")).await;
    early
        .expect(422)
        .says("Termin składania ofert jeszcze nie minął: trwa do końca dnia 14.12.2026.")
        .says("R-CANCEL-01");
    early.says_not("a konkurs można było unieważnić");
    // A page that is opened early has no form: it says what is waited for.
    let page = office.organ.page(&url).await;
    page.says("Dlaczego dziś nie można unieważnić")
        .says("Termin składania ofert jeszcze nie minął: trwa do końca dnia 14.12.2026.")
        .says("Poczekaj. Unieważnić można od 15.12.2026, 00:00, jeśli nikt nie złoży oferty")
        .says("Reguła R-CANCEL-01 · art. 18a ust. 1 UDPP");
    assert_eq!(page.value_of("bip_on"), None);
    app.at("2026-12-15 09:00");
    let organ = app.sign_in("organ@example.pl");
    organ
        .page(&url)
        .await
        .says("Oferty złożone: 0.")
        .says_not("Dlaczego dziś nie można")
        .says("Unieważnienia nie da się cofnąć");
    let page = organ.post(&url, &cancel_form("3", "", "2026-12-15")).await;
    page.expect(422).says("Wybierz powód unieważnienia.");
    let page = organ.post(&url, &cancel_form("3", "none_compliant", "2026-12-15")).await;
    page.expect(422).says("Nie złożono żadnej oferty.");
    assert!(page.html().contains("value=\"none_compliant\" checked"));
    let page = organ.post(&url, &cancel_form("3", "no_offers", "2026-12-16")).await;
    page.expect(422).says("R-ANN-05").says("Data publikacji 16.12.2026 jeszcze nie nadeszła.");
    organ.post(&url, &cancel_form("3", "no_offers", "2026-12-15")).await.expect(303);
    let call = find(&app, &call.id);
    assert_eq!((call.state, call.content.result_places.len()), (CallState::Cancelled, 3));
    app.stranger()
        .page(&format!("/konkursy/{}", call.id))
        .await
        .says("unieważniony")
        .says("Konkurs unieważniono: nie złożono żadnej oferty.")
        .says("Miejsca ogłoszenia wyniku konkursu");
    organ.get(&url).await.expect(303);
}

#[actix_web::test]
async fn a_contest_with_a_sound_offer_is_not_cancelled() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let offer = sample::filed_offer(&app, &call, &ngo, 1);
    app.at("2026-12-15 09:00");
    let organ = app.sign_in("organ@example.pl");
    let url = format!("/urzad/konkursy/{}/uniewaznienie", call.id);
    let page = organ.post(&url, &cancel_form("3", "no_offers", "2026-12-15")).await;
    page.expect(422).says("Złożone oferty: 1.");
    let page = organ.post(&url, &cancel_form("3", "none_compliant", "2026-12-15")).await;
    page.expect(422).says("Ocena formalna ofert nie jest zakończona.");
    let page = organ.page(&url).await;
    page.says("Złożone oferty: 1. Ocena formalna ofert nie jest zakończona.")
        .says("Dokończ ocenę formalną. Unieważnić można, gdy żadna oferta nie spełni wymogów.");
    assert_eq!(page.value_of("bip_on"), None);
    sample::set_offer(&app, &offer.id, OfferState::Withdrawn);
    organ.post(&url, &cancel_form("3", "no_offers", "2026-12-15")).await.expect(303);
}

#[actix_web::test]
async fn the_demonstration_ends_the_filing_early_and_nobody_else_can() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let url = format!("/urzad/konkursy/{}/zamkniecie-pokazowe", call.id);
    office.officer.post(&url, &[]).await.expect(404);
    office.organ.post(&url, &[]).await.expect(403);
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    app.state.store.write(|tx| call::close_early(tx, &actor, &call.id, now)).unwrap();
    let closed = find(&app, &call.id);
    assert_eq!((closed.deadline_at, closed.terms_hash), (Some(moment("2026-11-23 12:00")), call.terms_hash));
    let again = app.state.store.write(|tx| call::close_early(tx, &actor, &call.id, now));
    assert!(matches!(again, Err(AppError::Forbidden(_))), "{again:?}");
    office.officer.page(&format!("/urzad/konkursy/{}", call.id)).await.says("Wersja pokazowa: zakończono nabór");
}

#[actix_web::test]
async fn later_stages_move_a_call_and_its_content_together() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    app.at("2026-12-15 09:00");
    let (actor, now) = (app.actor(&app.sign_in("organ@example.pl")), app.state.clock.now());
    let store = &app.state.store;
    store.write(|tx| call::open_offers(tx, &actor, &call.id, now)).unwrap();
    let mut open = find(&app, &call.id);
    let skipped = store
        .write(|tx| call::advance(tx, &actor, &open, CallAction::PublishResults, "award.publish", "x".into(), now));
    assert!(matches!(skipped, Err(AppError::Forbidden(_))), "{skipped:?}");
    let stale = open.clone();
    open.content.contact = "Ewa".into();
    store
        .write(|tx| {
            call::advance_with(tx, &actor, open, CallAction::Decide, "award.decide", "Wybrano oferty.".into(), now)
        })
        .unwrap();
    let decided = find(&app, &call.id);
    assert_eq!((decided.state, decided.content.contact.as_str()), (CallState::Decided, "Ewa"));
    let late = store.write(|tx| call::advance(tx, &actor, &stale, CallAction::Decide, "award.decide", "x".into(), now));
    assert!(matches!(late, Err(AppError::Stale)), "{late:?}");
    let rows = store.read(|r| konkurs::audit::of_object(r, call.id.as_str())).unwrap();
    let last = rows.last().unwrap();
    assert_eq!((last.deed.as_str(), last.detail.as_str()), ("award.decide", "Wybrano oferty."));
    assert_ne!(last.before_digest, last.after_digest);
}

#[actix_web::test]
async fn a_withdrawal_needs_a_reservation_in_the_announcement_and_is_warned_of() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let plain = announced(&app, &office).await;
    let url = format!("/urzad/konkursy/{}/uniewaznienie", plain.id);
    office.organ.page(&url).await.says_not("organ odstępuje od konkursu");
    let refused = office.organ.post(&url, &withdrawal("3", "Nie ma środków.")).await;
    refused.expect(422).says("R-CANCEL-01").says("ogłoszenie nie zastrzega takiej możliwości");

    let draft = super::complete(&app, &office);
    let mut content = draft.content.clone();
    content.reservation = "Organ zastrzega możliwość odstąpienia od konkursu.".into();
    let reserved = super::saved(&app, &office, &draft, content);
    let page = office.officer.page(&format!("/urzad/konkursy/{}/elementy", reserved.id)).await;
    page.says("Ustawa zna tylko dwa powody unieważnienia; zastrzeżenie jest wątpliwe prawnie.");
    let (actor, now) = (app.actor(&office.organ), app.state.clock.now());
    let three = sample::three_places("2026-11-23");
    let reserved = super::approved(&app, &office, &reserved);
    app.state.store.write(|tx| call::announce(tx, &actor, &reserved.id, reserved.version, three, now)).unwrap();
    let call = find(&app, &reserved.id);
    app.stranger()
        .page(&format!("/konkursy/{}", call.id))
        .await
        .says("Organ zastrzega możliwość odstąpienia od konkursu.");
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    crate::offer::draft(&app, &call, &ngo);
    app.new_mail();

    let url = format!("/urzad/konkursy/{}/uniewaznienie", call.id);
    let version = call.version.to_string();
    office
        .organ
        .page(&url)
        .await
        .says("Odstąpienie można podważyć.")
        .says("Dlaczego dziś nie ma powodu z ustawy")
        .says_not("żadna ze złożonych ofert nie spełnia wymogów ogłoszenia")
        .says("mają ofertę albo wersję roboczą: 1 list do 1 osoby.");
    let silent = office.organ.post(&url, &withdrawal(&version, "")).await;
    silent.expect(422).says("Napisz, dlaczego organ odstępuje od konkursu.");
    office.organ.post(&url, &withdrawal(&version, "Minister cofnął środki.")).await.expect(303);
    assert_eq!(find(&app, &call.id).state, CallState::Cancelled);
    app.stranger()
        .page(&format!("/konkursy/{}", call.id))
        .await
        .says("organ odstępuje od konkursu na podstawie zastrzeżenia w ogłoszeniu. Powód: Minister cofnął środki.")
        .says("Podstawa: zastrzeżenie w ogłoszeniu konkursu.");
    assert_eq!(
        app.new_mail(),
        [(format!("{}@example.pl", sample::nip(1)), format!("Unieważniono konkurs {}", call.number()))]
    );
}

/// Nobody opened the offers, so nobody at the office ever reads them: not when the deadline passes, not in the log, not
/// in the outbox.
#[actix_web::test]
async fn the_clock_opens_no_offer_of_a_contest_that_was_cancelled_before() {
    let app = TestApp::new().await;
    app.staff("admin@example.pl", &[konkurs::account::Role::Admin]).await;
    let office = office(&app).await;
    let draft = super::complete(&app, &office);
    let mut content = draft.content.clone();
    content.reservation = "Organ zastrzega możliwość odstąpienia od konkursu.".into();
    let call = super::saved(&app, &office, &draft, content);
    let call = super::approved(&app, &office, &call);
    let (actor, now) = (app.actor(&office.organ), app.state.clock.now());
    let three = sample::three_places("2026-11-23");
    app.state.store.write(|tx| call::announce(tx, &actor, &call.id, call.version, three, now)).unwrap();
    let call = find(&app, &call.id);
    let promyk = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let offer = sample::filed_offer(&app, &call, &promyk, 1);
    let drafting = app.ngo("Fundacja Szkic", &sample::nip(2)).await;
    crate::offer::draft(&app, &call, &drafting);
    let url = format!("/urzad/konkursy/{}/uniewaznienie", call.id);
    let version = call.version.to_string();
    office.organ.post(&url, &withdrawal(&version, "Minister cofnął środki.")).await.expect(303);
    let dead = format!("451 <{}@example.pl> zajęta", sample::nip(2));
    app.state
        .store
        .write(|tx| {
            use diesel::RunQueryDsl as _;
            let sql = format!("UPDATE outbox SET last_error = '{dead}' WHERE kind = 'call_cancelled'");
            Ok(diesel::sql_query(sql).execute(tx.conn())?)
        })
        .unwrap();

    for wall in ["2026-11-23 13:00", "2026-12-15 09:00", "2027-03-01 09:00"] {
        app.at(wall);
        let officer = app.sign_in("urzednik@example.pl");
        officer.get(&format!("/urzad/oferty/{}", offer.id)).await.expect(404);
        officer.get(&format!("/oferty/{}/oferta.pdf", offer.id)).await.expect(404);
        let list = officer.page(&format!("/urzad/konkursy/{}/oferty", call.id)).await;
        list.says("Konkurs unieważniono przed otwarciem ofert, więc zostają zamknięte.").says_not("Promyk");
        let tries = officer.page(&format!("/urzad/konkursy/{}/proby", call.id)).await;
        tries.says("Konkurs unieważniono przed otwarciem ofert").says_not("Promyk");
        officer.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(403);
        let admin = app.sign_in("admin@example.pl");
        let log = admin.page("/urzad/dziennik").await;
        log.says("nieujawnione do otwarcia ofert").says_not("Złożono ofertę").says_not("Rozpoczęto ofertę");
        let post = admin.page("/urzad/administracja/poczta").await;
        assert_eq!(post.text().matches("adresat nieujawniany Unieważniono konkurs RSD/1/2026").count(), 2);
        post.says_not("451");
    }
}

/// Once they were opened, a later cancelling hides nothing again.
#[actix_web::test]
async fn offers_that_were_opened_before_the_cancelling_stay_open() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let offer = sample::filed_offer(&app, &call, &ngo, 1);
    app.at("2026-12-15 09:00");
    let officer = app.sign_in("urzednik@example.pl");
    officer.get(&format!("/urzad/oferty/{}", offer.id)).await.expect(404);
    officer.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    assert_eq!(find(&app, &call.id).opened_at, Some(moment("2026-12-15 09:00")));
    officer.page(&format!("/urzad/oferty/{}", offer.id)).await.says("Fundacja Promyk");
    sample::set_call(&app, &call.id, CallState::Cancelled);
    officer.page(&format!("/urzad/oferty/{}", offer.id)).await.says("Fundacja Promyk");
}

/// With a deadline within a day the hour counts, not the day.
#[actix_web::test]
async fn a_contest_without_offers_is_not_cancelled_in_any_place_before_its_deadline() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    app.state
        .store
        .write(|tx| {
            let mut call = call::store::find(tx, &call.id)?;
            call.deadline_at = Some(moment("2026-12-15 14:00"));
            call::store::save(tx, &call)
        })
        .unwrap();
    let version = find(&app, &call.id).version.to_string();
    app.at("2026-12-15 15:00");
    let organ = app.sign_in("organ@example.pl");
    let url = format!("/urzad/konkursy/{}/uniewaznienie", call.id);
    let form = |hour| {
        let mut fields = super::places_at(&version, "2026-12-15", hour);
        fields.push(("reason", "no_offers"));
        fields
    };
    organ
        .post(&url, &form("13:30"))
        .await
        .expect(422)
        .says("Publikacja 15.12.2026, godz. 13:30, a konkurs można było unieważnić od 15.12.2026, 14:00.");
    organ.post(&url, &form("14:30")).await.expect(303);
}

fn withdrawal<'a>(version: &'a str, why: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = super::places_at(version, "2026-11-23", "12:00");
    fields.extend([("reason", "organ_withdrawal"), ("why", why)]);
    fields
}
