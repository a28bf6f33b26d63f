use konkurs::account::Role;
use konkurs::call::Part;

use super::{announced, complete, office, places};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn drafts_are_nobodys_business_outside_the_office() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let public = format!("/konkursy/{}", call.id);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    app.stranger().get(&public).await.expect(404);
    ngo.get(&public).await.expect(404);
    office.officer.get(&public).await.expect(404);
    app.stranger()
        .page("/konkursy")
        .await
        .says("Teraz nie trwa żaden nabór")
        .says_not("Integracja społeczna bezrobotnych");
    assert_eq!(app.stranger().page("/konkursy.json").await.html(), "[]");
    app.stranger().get("/konkursy/nie-ma").await.expect(404);
}

#[actix_web::test]
async fn each_role_does_its_own_part() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}", call.id);
    let finance = app.staff("finanse@example.pl", &[Role::Finance]).await;
    let committee = app.staff("komisja@example.pl", &[Role::Committee]).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;

    assert_eq!(app.stranger().get(&url).await.expect(303).sign_in_page(), "/konto/logowanie");
    ngo.get(&url).await.expect(404);
    committee.get(&url).await.expect(404);
    ngo.get("/urzad/konkursy").await.expect(403);
    finance.page(&url).await.says_not("Ogłoś konkurs").says_not("Zmień ogłoszenie");
    finance.page("/urzad/konkursy").await.says("projekt");

    for part in Part::ALL {
        office.organ.get(&format!("{url}/{}", part.slug())).await.expect(403);
        ngo.get(&format!("{url}/{}", part.slug())).await.expect(404);
        office.officer.page(&format!("{url}/{}", part.slug())).await.says("PROJEKT – KONKURS NIEOGŁOSZONY");
    }
    finance.get(&format!("{url}/kopia")).await.expect(403);
    finance.page(&format!("{url}/podglad")).await;
    ngo.get(&format!("{url}/podglad")).await.expect(404);
    office
        .officer
        .page(&format!("{url}/ogloszenie"))
        .await
        .says("Tej treści organ nie zatwierdził.")
        .says_not("Przejdź do zatwierdzenia treści");
    office.officer.get(&format!("{url}/zatwierdzenie")).await.expect(403);
    office.officer.post(&format!("{url}/ogloszenie"), &places("1", "2026-11-23")).await.expect(422).says("R-PUB-02");
    finance.get(&format!("{url}/ogloszenie")).await.expect(403).says("zapisuje organ albo pracownik merytoryczny");
    office.officer.post(&format!("{url}/uniewaznienie"), &[]).await.expect(403);
    finance.post(&format!("{url}/otwarcie"), &[]).await.expect(403);
    finance.post(&format!("/urzad/programy/{}/konkursy", call.programme), &[]).await.expect(403);
    ngo.post(&format!("/urzad/programy/{}/konkursy", call.programme), &[]).await.expect(404);
}

#[actix_web::test]
async fn pages_stay_within_their_budget_and_write_nothing() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let (draft, open) = (complete(&app, &office), announced(&app, &office).await);
    let both = app.staff("oba@example.pl", &[Role::Officer, Role::Organ]).await;
    let deeds = app.deeds();
    let steps = Part::ALL.map(|part| format!("/urzad/konkursy/{}/{}", draft.id, part.slug()));
    let pages = [
        "/konkursy".to_owned(),
        "/konkursy?q=wloclawek".to_owned(),
        "/konkursy.json".to_owned(),
        "/konkursy?stan=otwarte&zasady=rsd&rok=2026&strona=2".to_owned(),
        "/konkursy.atom".to_owned(),
        "/urzad/konkursy?q=wloclawek".to_owned(),
        format!("/konkursy/{}", open.id),
        format!("/konkursy/{}/pytania", open.id),
        format!("/konkursy/{}/kalendarz.ics", open.id),
        format!("/konkursy/{}/ogloszenie.txt", open.id),
        format!("/urzad/konkursy/{}/pytania", open.id),
        "/urzad/konkursy".to_owned(),
        format!("/urzad/konkursy/{}", draft.id),
        format!("/urzad/konkursy/{}", open.id),
        format!("/urzad/konkursy/{}/podglad", draft.id),
        format!("/urzad/konkursy/{}/kopia", open.id),
        format!("/urzad/konkursy/{}/ogloszenie", draft.id),
        format!("/urzad/konkursy/{}/uniewaznienie", open.id),
    ];
    for path in pages.into_iter().chain(steps) {
        let (_, queries) = app.queries(both.page(&path)).await;
        assert!(queries <= 12, "{path}: {queries}");
    }
    both.get(&format!("/urzad/konkursy/{}/elementy", open.id)).await.expect(403);
    assert_eq!(app.deeds(), deeds);
}
