//! Who sees what, and when; and how many statements a page may need.

use konkurs::account::Role;
use konkurs::call::Call;
use konkurs::offer::{Offer, store};

use super::{begin, draft};
use crate::support::{Client, TestApp, sample};

const PAGES: [&str; 17] = [
    "",
    "/organizacja",
    "/program",
    "/program?grupa=E1-G1",
    "/arkusze/koszty",
    "/arkusze/program/wzor.xlsx",
    "/arkusze/rezultaty/dane.xlsx",
    "/zadanie",
    "/harmonogram",
    "/rezultaty",
    "/zasoby",
    "/kosztorys",
    "/inne",
    "/zlozenie",
    "/wycofanie",
    "/podglad",
    "/oferta.pdf",
];

async fn two_offers(app: &TestApp) -> (Call, Offer, Offer, Client) {
    let call = sample::pai_call(app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let filed = sample::filed_offer(app, &call, &ngo, 1);
    let other = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let draft = draft(app, &call, &other);
    (call, filed, draft, ngo)
}

#[actix_web::test]
async fn a_foreign_organisation_and_a_stranger_see_nothing() {
    let app = TestApp::new().await;
    let (_, filed, draft, ngo) = two_offers(&app).await;
    for page in PAGES {
        let path = format!("/oferty/{}{page}", draft.id);
        assert_eq!(ngo.get(&path).await.status, 404, "{path}");
        let stranger = app.stranger().get(&path).await;
        assert_eq!((stranger.status, stranger.sign_in_page()), (303, "/konto/logowanie"), "{path}");
    }
    for deed in ["/zadanie", "/program", "/kosztorys", "/kopia", "/zlozenie", "/wycofanie"] {
        let path = format!("/oferty/{}{deed}", draft.id);
        assert_eq!(ngo.post(&path, &[("version", "1")]).await.status, 404, "{path}");
    }
    ngo.get("/oferty/nie-ma").await.expect(404);
    ngo.get(&format!("/urzad/oferty/{}", filed.id)).await.expect(403);
    ngo.get(&format!("/urzad/oferty/{}", draft.id)).await.expect(404);
}

#[actix_web::test]
async fn the_office_learns_a_number_until_the_offers_are_opened_and_reads_afterwards() {
    let app = TestApp::new().await;
    let (call, filed, draft, _) = two_offers(&app).await;
    let (list, read) = (format!("/urzad/konkursy/{}/oferty", call.id), format!("/urzad/oferty/{}", filed.id));
    let pdf = format!("/oferty/{}/oferta.pdf", filed.id);
    app.at("2026-12-14 23:59:59.999999");
    let office = app.staff("urzad@example.pl", &[Role::Officer]).await;
    office
        .page(&list)
        .await
        .says("Złożono: 1 oferta")
        .says("poniedziałek, 14.12.2026, do końca dnia (23:59)")
        .says_not("Promyk")
        .says_not("Zorza")
        .says_not("Warsztaty integracji społecznej 85");
    office.get(&read).await.expect(404);
    office.get(&pdf).await.expect(404);
    office.get(&format!("/oferty/{}", filed.id)).await.expect(404);

    app.at("2026-12-15 00:00:00");
    let office = app.sign_in("urzad@example.pl");
    office
        .page(&list)
        .await
        .says("Teraz czekamy na: urząd")
        .says("Otwórz oferty i zacznij ocenę formalną.")
        .says("Złożono: 1 oferta")
        .says("Termin minął. Oferty otwiera pracownik urzędu na stronie konkursu.")
        .says_not("Promyk");
    office.get(&read).await.expect(404);
    office.get(&pdf).await.expect(404);
    office.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    office
        .page(&list)
        .await
        .says("LOK/1/2026/O-1 Stowarzyszenie Promyk Warsztaty integracji społecznej 23.11.2026, 12:00:00 złożona 85 050,00 zł")
        .says("Razem 85 050,00 zł")
        .says_not("Zorza");
    office
        .page(&read)
        .await
        .says("Oferta LOK/1/2026/O-1")
        .says("Stowarzyszenie Promyk")
        .says("3) czy przewidywane jest wykorzystanie rezultatów osiągniętych w trakcie realizacji oferty w dalszych działaniach organizacji? – trwałość rezultatów zadania grupy wsparcia po projekcie")
        .says("E3-G5 3 (04.10.2027–03.12.2027) 9 90 h 0 h")
        .says("oferent składający niniejszą ofertę nie zalega z opłacaniem należności z tytułu zobowiązań podatkowych");
    assert!(office.page(&pdf).await.body.starts_with(b"%PDF-"));
    office.get(&format!("/urzad/oferty/{}", draft.id)).await.expect(404);
    office.get(&format!("/oferty/{}/oferta.pdf", draft.id)).await.expect(404);
    office.get(&format!("/oferty/{}", filed.id)).await.expect(404);
}

#[actix_web::test]
async fn the_committee_comes_through_the_review_only() {
    let app = TestApp::new().await;
    let (call, filed, _, _) = two_offers(&app).await;
    app.at("2026-12-15 00:00:00");
    let member = app.staff("komisja@example.pl", &[Role::Committee]).await;
    member.get(&format!("/urzad/konkursy/{}/oferty", call.id)).await.expect(403);
    member.get(&format!("/urzad/oferty/{}", filed.id)).await.expect(404);
    member.get(&format!("/oferty/{}/oferta.pdf", filed.id)).await.expect(404);
    let who = app.actor(&member);
    assert!(app.state.store.read(|r| store::visible_to(r, &who, &filed.id)).is_err());
}

#[actix_web::test]
async fn every_page_stays_within_its_budget_and_writes_nothing() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = begin(&ngo, &call).await;
    let other = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let filed = sample::filed_offer(&app, &call, &other, 1);
    app.new_mail();
    let deeds = app.deeds();
    let mut paths: Vec<(&Client, String)> = PAGES.iter().map(|page| (&ngo, format!("/oferty/{id}{page}"))).collect();
    paths.push((&ngo, "/oferty".into()));
    for page in ["", "/potwierdzenie", "/potwierdzenie.pdf", "/podglad", "/oferta.pdf", "/wycofanie"] {
        paths.push((&other, format!("/oferty/{}{page}", filed.id)));
    }
    let check = async |client: &Client, path: &str| {
        let (answer, queries) = app.queries(client.get(path)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert!(queries <= 12, "{path} needs {queries} statements");
    };
    for (client, path) in &paths {
        check(client, path).await;
    }
    app.at("2026-12-15 09:00");
    let office = app.staff("urzad@example.pl", &[Role::Officer]).await;
    office.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    let deeds_of_staff = app.deeds() - deeds;
    check(&office, &format!("/urzad/konkursy/{}/oferty", call.id)).await;
    check(&office, &format!("/urzad/oferty/{}", filed.id)).await;
    assert_eq!(app.deeds(), deeds + deeds_of_staff);
    assert!(app.new_mail().is_empty());
}
