//! Four eyes, frozen texts, copies, previews and rehearsals.

use diesel::RunQueryDsl as _;
use konkurs::account::Role;
use konkurs::call::{self, Call, CallContent, CallState};
use konkurs::law::Money;
use konkurs::review::{self, NewSeat, SeatKind, Side};
use konkurs::store::to_json;
use konkurs::{app as program, audit};

use super::{announced, complete, drafted, filled, find, office, places, saved};
use crate::support::TestApp;
use crate::support::sample::{self, three_places};

#[actix_web::test]
async fn who_prepared_a_call_does_not_announce_it() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let both = app.staff("oba@example.pl", &[Role::Officer, Role::Organ]).await;
    let call = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}", call.id);
    let seen = both.page(&format!("{url}/regulamin")).await.value_of("seen").unwrap();
    let rules = [("regulations", "1."), ("quorum", "3"), ("cooperation", "uchwała"), ("seen", &seen)];
    both.post(&format!("{url}/regulamin"), &rules).await.expect(303);
    both.page(&url)
        .await
        .says("Kto ogłosi konkurs")
        .says("Projekt zapisywała też osoba, która chce go ogłosić: Osoba oba@example.pl.")
        .says("Ogłosić może: Osoba organ@example.pl.")
        .says_not("Zatwierdź treść do ogłoszenia Podgląd");
    both.page(&format!("{url}/zatwierdzenie"))
        .await
        .says("R-PUB-01")
        .says("Projekt przygotowali: Osoba urzednik@example.pl, Osoba oba@example.pl.");
    both.post(&format!("{url}/zatwierdzenie"), &[("version", "2")])
        .await
        .expect(422)
        .says("Reguła R-PUB-01 · zasada dwóch par oczu przyjęta w programie");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
    office.organ.post(&format!("{url}/zatwierdzenie"), &[("version", "2")]).await.expect(303);
}

#[actix_web::test]
async fn a_programme_changed_after_its_confirmation_stops_the_announcement() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let change = |tx: &mut konkurs::store::Tx<'_>| {
        let programme = konkurs::programme::store::find(tx, &call.programme)?;
        konkurs::programme::save(tx, &actor, &call.programme, programme.version, programme.content, now)
    };
    app.state.store.write(change).unwrap();
    let url = format!("/urzad/konkursy/{}", call.id);
    office.officer.page(&url).await.says("Program jest w stanie „w przygotowaniu”.").says("R-PRE-06");
    let refused = office.organ.post(&format!("{url}/zatwierdzenie"), &[("version", "1")]).await;
    refused.expect(422).says("Program jest w stanie „w przygotowaniu”.");
}

#[actix_web::test]
async fn publication_keeps_the_text_and_its_hash_for_good() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let versions = app.state.store.read(|r| call::store::versions(r, &call.id)).unwrap();
    let [version] = &versions[..] else { panic!("{versions:?}") };
    assert_eq!((version.no, version.reason.as_str()), (1, "ogłoszenie konkursu"));
    assert_eq!(version.announced_by, "organ@example.pl");
    assert_eq!(version.text, to_json(&call.content).unwrap());
    assert_eq!(call.terms_hash, Some(call::terms_hash(&version.text).unwrap()));
    assert_eq!(Some(&version.sha256), call.terms_hash.as_ref());
    assert_eq!(app.state.store.read(program::verify_frozen).unwrap(), (1, vec![]));
    for sql in ["UPDATE call_versions SET no = 2", "DELETE FROM call_versions"] {
        let changed = app.state.store.write(|tx| Ok(diesel::sql_query(sql).execute(tx.conn())?));
        assert!(changed.is_err(), "{sql}");
    }
    // results and a cancellation come later and are no part of the terms
    let mut later = call.clone();
    later.content.result_places = three_places("2026-12-21");
    app.state.store.write(|tx| call::store::save(tx, &later)).unwrap();
    assert_eq!(app.state.store.read(program::verify_frozen).unwrap(), (1, vec![]));
    let sql = "UPDATE calls SET content = replace(content, '12000000', '12000001')";
    app.state.store.write(|tx| Ok(diesel::sql_query(sql).execute(tx.conn())?)).unwrap();
    let broken = app.state.store.read(program::verify_frozen).unwrap().1;
    assert_eq!(broken, ["warunki konkursu RSD/1/2026: treść różni się od zamrożonej wersji 1"]);
}

#[actix_web::test]
async fn content_kept_before_this_width_still_reads() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let mut value = serde_json::to_value(&call.content).unwrap();
    let fields = value.as_object_mut().unwrap();
    for name in [
        "attachments",
        "formal",
        "correction",
        "money",
        "committee_rules",
        "confirmation",
        "test",
        "prepared_by",
        "copied_from",
    ] {
        assert!(fields.remove(name).is_some(), "{name}");
    }
    let old: CallContent = serde_json::from_value(value).unwrap();
    assert_eq!((old.formal.len(), old.correction.days, old.committee_rules.quorum), (12, 5, 3));
    assert_eq!((old.attachments.len(), old.confirmation, old.test), (0, None, false));
}

#[actix_web::test]
async fn an_earlier_call_is_the_pattern_of_the_next() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let mut content = filled(draft.content.clone(), 2026, "2026-12-14", "2027-01-04");
    content.elements.allocation = Money::zl(50_000);
    content.elements.task = "Własne słowa urzędu".into();
    content.card.threshold_percent = 70;
    content.correction.days = 7;
    let call = saved(&app, &office, &draft, content);
    let url = format!("/urzad/konkursy/{}", call.id);
    super::approved(&app, &office, &call);
    office.organ.post(&format!("{url}/ogloszenie"), &places("2", "2026-11-23")).await.expect(303);
    office.officer.page("/urzad/konkursy").await.says("Przygotuj podobny");
    let page = office.officer.page(&format!("{url}/kopia")).await;
    page.says("Wzór: konkurs RSD/1/2026").says("Integracja społeczna bezrobotnych (RSD-1)");
    office.officer.post(&format!("{url}/kopia"), &[]).await.expect(422).says("Wybierz program");

    let programme = call.programme.to_string();
    let answer = office.officer.post(&format!("{url}/kopia"), &[("programme", &programme)]).await;
    let made = answer.expect(303).location.clone();
    let copy = find(&app, &konkurs::store::CallId::parse(made.rsplit('/').next().unwrap()).unwrap());
    let c = &copy.content;
    assert_eq!((copy.state, copy.number.clone(), copy.terms_hash.clone()), (CallState::Draft, None, None));
    assert_eq!((c.elements.task.as_str(), c.card.threshold_percent, c.correction.days), ("Własne słowa urzędu", 70, 7));
    assert_eq!((c.elements.deadline, c.elements.decision_by, c.elements.earlier.len()), (None, None, 0));
    assert_eq!((c.places.len(), c.cap.clone(), c.elements.allocation), (0, None, Money::zl(70_000)));
    assert_eq!(c.copied_from.as_deref(), Some("RSD/1/2026"));
    office
        .officer
        .page(&made)
        .await
        .says("Projekt powstał z konkursu RSD/1/2026")
        .says("Element 4: napisano go na nowo z programu")
        .says("element 5: termin składania ofert");
}

#[actix_web::test]
async fn the_preview_is_the_page_an_organisation_will_see() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let deeds = app.deeds();
    let page = office.organ.page(&format!("/urzad/konkursy/{}/podglad", call.id)).await;
    page.says("PODGLĄD – TAK ZOBACZĄ TO ORGANIZACJE PO OGŁOSZENIU")
        .says("(numer nada system)")
        .says("trwa nabór ofert")
        .says("240,30 zł za godzinę trenera")
        .says("Złożenie oferty w serwisie wystarcza")
        .says("Co można uzupełnić podpis osób uprawnionych")
        .says_not("Zaloguj się, aby przygotować ofertę");
    assert_eq!((app.deeds(), find(&app, &call.id)), (deeds, call.clone()));
    let empty = drafted(&app, &office, sample::programme_content("RSD-1"));
    office
        .organ
        .page(&format!("/urzad/konkursy/{}/podglad", empty.id))
        .await
        .says("trwa nabór ofert")
        .says("Teraz czekamy na: oferty organizacji")
        .says("5. Termin składania ofert Jeszcze nie podano.");
}

/// A test call, announced on 2026-11-23.
pub async fn rehearsal(app: &TestApp, office: &super::Office) -> Call {
    let programme = crate::programme::confirmed(app, &office.officer, sample::programme_content("RSD-1"));
    let url = format!("/urzad/programy/{programme}/konkursy");
    let made = office.officer.post(&url, &[("test", "true")]).await.expect(303).location.clone();
    office.officer.page(&made).await.says("KONKURS PRÓBNY").says("PROJEKT – KONKURS NIEOGŁOSZONY");
    let draft = find(app, &konkurs::store::CallId::parse(made.rsplit('/').next().unwrap()).unwrap());
    let call = saved(app, office, &draft, filled(draft.content.clone(), 2026, "2026-12-14", "2027-01-04"));
    super::approved(app, office, &call);
    office.organ.post(&format!("{made}/ogloszenie"), &places("2", "2026-11-23")).await.expect(303);
    find(app, &call.id)
}

#[actix_web::test]
async fn a_test_call_stays_in_the_office() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = rehearsal(&app, &office).await;
    assert_eq!((call.number(), call.state, call.content.test), ("PRÓBA/RSD/1/2026", CallState::Announced, true));
    assert_eq!(announced(&app, &office).await.number(), "RSD/1/2026", "no number of a real contest is used up");

    let public = format!("/konkursy/{}", call.id);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    for reader in [&app.stranger(), &ngo, &office.officer] {
        reader.get(&public).await.expect(404);
        reader.page("/konkursy").await.says("RSD/1/2026").says_not("PRÓBA");
        assert!(!reader.page("/konkursy.json").await.html().contains("PRÓBA"));
    }
    ngo.post(&format!("{public}/oferty"), &[]).await.expect(404);
    let url = format!("/urzad/konkursy/{}", call.id);
    office.officer.page(&url).await.says("KONKURS PRÓBNY").says("Podgląd strony publicznej");
    office.officer.page(&format!("{url}/podglad")).await.says("KONKURS PRÓBNY").says("PODGLĄD");
    office.officer.page("/urzad/konkursy").await.says("PRÓBA/RSD/1/2026 próbny");
    // the money of a rehearsal is promised to nobody
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let next = app.state.store.write(|tx| call::create(tx, &actor, &call.programme, now)).unwrap().id;
    assert_eq!(find(&app, &next).content.elements.allocation, Money::zl(120_000));
    assert_eq!(app.state.store.read(program::verify_frozen).unwrap().1, Vec::<String>::new());
}

#[actix_web::test]
async fn a_test_call_mails_only_the_staff_who_work_on_it() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = rehearsal(&app, &office).await;
    let real = announced(&app, &office).await;
    let member = app.staff("ala@example.pl", &[Role::Committee]).await;
    let (organ, now) = (app.actor(&office.organ), app.state.clock.now());
    app.new_mail();
    let appoint = |call: &Call, who: &crate::support::Client, kind| {
        let person = app.actor(who).person_id().unwrap().clone();
        let seat = NewSeat { person, kind, side: Side::Organ, indicated_by: String::new() };
        app.state.store.write(|tx| review::appoint(tx, &organ, &call.id, seat, now)).unwrap();
    };
    appoint(&call, &member, SeatKind::Member);
    assert_eq!(app.new_mail(), []);
    let rows = app.state.store.read(|r| audit::of_object(r, call.id.as_str())).unwrap();
    let held = rows.iter().find(|row| row.deed == "mail.held_back").unwrap();
    assert!(held.detail.starts_with("Konkurs próbny: nie wysłano listu „"), "{}", held.detail);
    assert!(held.detail.ends_with("do ala@example.pl."), "{}", held.detail);
    appoint(&call, &office.officer, SeatKind::Chair);
    assert_eq!(app.new_mail().len(), 1, "the officer works on it");
    appoint(&real, &member, SeatKind::Member);
    assert_eq!(app.new_mail().len(), 1, "a real contest mails everybody");
}
