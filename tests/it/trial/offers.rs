//! The office writes offers in its test call, on the pages that an organisation sees.

use konkurs::account::Role;
use konkurs::law::Minutes;
use konkurs::offer::{self, OfferContent, OfferState, store};

use super::{begin, fill, find};
use crate::call::prepare::rehearsal;
use crate::call::{Office, office};
use crate::support::{TestApp, sample};

const BAND: &str = "KONKURS PRÓBNY – WIDZI GO TYLKO URZĄD";

#[actix_web::test]
async fn the_office_writes_files_replaces_and_withdraws_offers() {
    let app = TestApp::new().await;
    let Office { officer, organ } = office(&app).await;
    let office = Office { officer, organ };
    let call = rehearsal(&app, &office).await;
    let (officer, organ) = (&office.officer, &office.organ);
    app.new_mail();
    let page = format!("/urzad/konkursy/{}", call.id);
    officer.page(&page).await.says("Napisz ofertę próbną").says("Zakończ nabór teraz (konkurs próbny)");
    organ.page(&page).await.says("Napisz ofertę próbną").says_not("Zakończ nabór teraz");

    let first = begin(officer, &call).await;
    let path = format!("/oferty/{first}");
    officer
        .page(&path)
        .await
        .says(BAND)
        .says("Organizacja próbna 1 (PRÓBA)")
        .says("WERSJA ROBOCZA – NIEZŁOŻONA")
        .says("Rozpoczęto ofertę próbną w konkursie PRÓBA/RSD/1/2026");
    for part in ["zadanie", "organizacja", "kosztorys", "zalaczniki", "podglad", "zlozenie", "wycofanie"] {
        officer.page(&format!("{path}/{part}")).await.says(BAND);
    }
    let second = begin(officer, &call).await;
    let of_organ = begin(organ, &call).await;
    let names: Vec<String> = [&first, &second, &of_organ].map(|id| find(&app, id).org_name).to_vec();
    assert_eq!(names, [1, 2, 3].map(|n| format!("Organizacja próbna {n} (PRÓBA)")));
    officer.page("/oferty").await.says("Organizacja próbna 1 (PRÓBA)").says("Organizacja próbna 2 (PRÓBA)");
    officer.page("/konto").await.says("Organizacja próbna 2 (PRÓBA) – właściciel konta");

    // the same page, the same rules, the same receipt
    let title = officer.page(&format!("{path}/zadanie")).await;
    let version = title.value_of("version").unwrap();
    officer.post(&format!("{path}/zadanie"), &[("title", "Razem łatwiej"), ("version", &version)]).await;
    assert_eq!(find(&app, &first).content.title, "Razem łatwiej");
    fill(&app, officer, &first, content(&call));
    officer.page(&path).await.says("Oferta jest kompletna i można ją złożyć.");
    submit(&app, officer, &first).await;
    let receipt = officer.page(&format!("{path}/potwierdzenie")).await;
    receipt.says(BAND).says("Numer PRÓBA/RSD/1/2026/O-1");
    let version = app.state.store.read(|r| store::version(r, &first, 1)).unwrap();
    let query = serde_urlencoded::to_string([("nr", "PRÓBA/RSD/1/2026/O-1"), ("suma", &version.sha256)]).unwrap();
    app.stranger()
        .page(&format!("/sprawdz?{query}"))
        .await
        .says("To potwierdzenie z konkursu próbnego")
        .says("taka oferta nie ma skutków prawnych")
        .says_not("Potwierdzenie jest prawdziwe")
        .says_not("wpłynęła do urzędu");

    let mut changed = content(&call);
    changed.title = "Razem jeszcze łatwiej".into();
    fill(&app, officer, &first, changed);
    submit(&app, officer, &first).await;
    assert_eq!((find(&app, &first).frozen_no, find(&app, &first).content.title.as_str()), (2, "Razem jeszcze łatwiej"));
    fill(&app, organ, &of_organ, content(&call));
    submit(&app, organ, &of_organ).await;
    let version = find(&app, &of_organ).version.to_string();
    organ.post(&format!("/oferty/{of_organ}/wycofanie"), &[("version", &version)]).await.expect(303);
    assert_eq!(find(&app, &of_organ).state, OfferState::Withdrawn);
    let again = begin(organ, &call).await;
    assert_eq!(find(&app, &again).org_name, "Organizacja próbna 3 (PRÓBA)", "one that is free is used again");
    let letters = app.new_mail();
    assert_eq!(letters.len(), 4, "{letters:?}");
    assert!(letters.iter().all(|(to, _)| ["urzednik@example.pl", "organ@example.pl"].contains(&to.as_str())));

    // what one officer writes, the other does not read before the offers are opened
    organ.get(&path).await.expect(404);
    officer.get(&format!("/oferty/{again}")).await.expect(404);
}

/// Complete under RSD, whose class day has four hours.
fn content(call: &konkurs::call::Call) -> OfferContent {
    let mut content = sample::offer_content(call);
    content.hours.iter_mut().for_each(|group| group.minutes = Minutes::from_hours(92));
    content
}

async fn submit(app: &TestApp, who: &crate::support::Client, id: &konkurs::store::OfferId) {
    let mut fields = crate::offer::declarations(app, id);
    let name = app.actor(who).person.unwrap().name;
    fields.iter_mut().filter(|(key, _)| key == "signed_by").for_each(|(_, value)| value.clone_from(&name));
    let offer = find(app, id);
    let call = app.state.store.read(|r| konkurs::call::store::find(r, &offer.call)).unwrap();
    fields.push(("replaces".into(), offer.frozen_no.to_string()));
    for at in 0..call.content.terms.extra_declarations.len() {
        fields.push((format!("extra.{at}"), "true".to_owned()));
    }
    crate::offer::post(who, &format!("/oferty/{id}/zlozenie"), fields, &[]).await.expect(303);
}

#[actix_web::test]
async fn only_who_works_on_contests_writes_and_only_while_a_test_call_is_open() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let (trial, real) = (sample::trial_call(&app), sample::pai_call(&app));
    let url = |call: &konkurs::call::Call| format!("/urzad/konkursy/{}/oferta-probna", call.id);
    app.stranger().post(&url(&trial), &[]).await.expect(401);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let member = app.staff("ala@example.pl", &[Role::Committee]).await;
    for who in [&ngo, &member] {
        who.post(&url(&trial), &[]).await.expect(404);
    }
    for (email, role) in
        [("f@example.pl", Role::Finance), ("a@example.pl", Role::Auditor), ("d@example.pl", Role::Admin)]
    {
        let who = app.staff(email, &[role]).await;
        who.post(&url(&trial), &[]).await.expect(403).says("Ofertę próbną pisze pracownik merytoryczny albo organ.");
    }
    office.officer.post(&url(&real), &[]).await.expect(404);
    office.officer.page(&format!("/urzad/konkursy/{}", real.id)).await.says_not("Napisz ofertę próbną");

    let close = |call: &konkurs::call::Call| format!("/urzad/konkursy/{}/zamkniecie-pokazowe", call.id);
    office.officer.post(&close(&real), &[]).await.expect(404);
    office.organ.post(&close(&trial), &[]).await.expect(403);
    office.officer.post(&close(&trial), &[]).await.expect(303);
    office.officer.post(&url(&trial), &[]).await.expect(422).says("R-OFF-TERM");
    office.officer.page(&format!("/urzad/konkursy/{}", trial.id)).await.says_not("Napisz ofertę próbną");
    let rows = app.state.store.read(|r| konkurs::audit::of_object(r, trial.id.as_str())).unwrap();
    let closed = rows.iter().find(|row| row.deed == "call.close_early").unwrap();
    assert!(closed.detail.starts_with("Konkurs próbny: zakończono nabór"), "{}", closed.detail);
    assert!(rows.iter().any(|row| row.deed == "offer.rehearse" && row.object_kind == "refused"));
    let before = app.actor(&office.officer).memberships;
    assert_eq!(before, [], "a refused press leaves no organisation behind");
    let now = app.state.clock.now();
    let by = app.actor(&ngo);
    assert!(app.state.store.write(|tx| offer::rehearse(tx, &by, &real.id, now)).is_err());
}
