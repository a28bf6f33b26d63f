use konkurs::contract;
use konkurs::error::AppError;
use konkurs::offer::OfferState;

use super::Scene;
use crate::support::sample;

#[actix_web::test]
async fn the_office_draws_up_a_contract_from_what_is_agreed() {
    let s = Scene::new().await;
    let list = s.officer.page(&format!("/urzad/konkursy/{}/umowy", s.call)).await;
    list.says("Teraz czekamy na: urząd Urząd przygotowuje umowy z wybranymi oferentami.")
        .says("LOK/1/2026/O-1 Fundacja Promyk 85 050,00 zł");
    let id = s.drawn_up().await;
    let page = s.officer.page(&format!("/urzad/umowy/{id}")).await;
    page.says("Umowa nr U/1/2026")
        .says("PROJEKT UMOWY – NIEPODPISANY")
        .says("85 050,00 zł (słownie: osiemdziesiąt pięć tysięcy pięćdziesiąt złotych 00/100)")
        .says("1 11.01.2027 39 690,00 zł podpisanie umowy przez obie strony czeka")
        .says("2 12.07.2027 17 010,00 zł zaakceptowanie sprawozdania częściowego z edycji 1 czeka")
        .says("3 04.10.2027 28 350,00 zł zaakceptowanie sprawozdania częściowego z edycji 2 czeka")
        .says("Razem 85 050,00 zł")
        .says("Działaniami obejmuje się 138 bezrobotnych w 15 grupach liczących najwyżej 10 osób.")
        .says("edycja 1 (11.01.2027–10.03.2027): 64 osoby w 7 grupach;")
        .says("Działania obejmują łącznie 1 350 godz. zajęć z grupami")
        .says("Przygotowano projekt umowy U/1/2026 z organizacją Fundacja Promyk");
    let c = s.contract(&id).content;
    assert_eq!(c.use_until, sample::day("2027-12-17"));
    assert_eq!(c.return_until, sample::day("2028-01-01"));
    assert_eq!(c.account.unwrap().as_str(), "61109010140000071219812874");
    assert_eq!(c.offer_sha256.len(), 64);
    s.officer
        .page("/urzad/umowy")
        .await
        .says("U/1/2026 Warsztaty integracji społecznej Fundacja Promyk w przygotowaniu");
    let again = s.officer.post(&format!("/urzad/konkursy/{}/umowy", s.call), &[("offer", s.offer.as_str())]).await;
    again.expect(409).says("Umowa do tej oferty już istnieje.");
}

#[actix_web::test]
async fn there_is_no_contract_before_the_results() {
    let s = Scene::new().await;
    let now = s.app.state.clock.now();
    s.app
        .state
        .store
        .write(|tx| {
            let mut award = konkurs::award::store::of_call(tx, &s.contract_call())?.unwrap();
            award.state = konkurs::award::AwardState::Decided;
            award.published_at = None;
            konkurs::award::store::save(tx, &award)
        })
        .unwrap();
    let url = format!("/urzad/konkursy/{}/umowy", s.call);
    s.officer.page(&url).await.says("Umowy przygotowuje się po ogłoszeniu wyników.").says_not("Przygotuj umowę");
    let answer = s.officer.post(&url, &[("offer", s.offer.as_str())]).await;
    answer.expect(422).says("Wyniki konkursu nie są jeszcze ogłoszone.").says("R-CON-01");
    let by = s.app.actor(&s.officer);
    sample::set_offer(&s.app, &s.offer, OfferState::Reserve);
    let refused = s.app.state.store.write(|tx| contract::draw_up(tx, &by, &s.offer, now)).unwrap_err();
    assert!(refused.reason().contains("R-CON-01"), "{}", refused.reason());
}

#[actix_web::test]
async fn a_contract_of_2027_needs_the_wage_of_2027() {
    let mut s = Scene::rsd().await;
    s.at("2027-01-04 10:00");
    let url = format!("/urzad/konkursy/{}/umowy", s.call);
    let answer = s.officer.post(&url, &[("offer", s.offer.as_str())]).await;
    answer.expect(422).says("R-TAB-01").says("Brak wartości");
    let (by, now) = (s.app.actor(&s.officer), s.app.state.clock.now());
    let e = s.app.state.store.write(|tx| contract::draw_up(tx, &by, &s.offer, now)).unwrap_err();
    assert!(matches!(e, AppError::Refused(ref f) if f[0].rule.as_str() == "R-TAB-01"), "{e}");
}

#[actix_web::test]
async fn the_rate_of_the_contract_is_that_of_its_day() {
    let mut s = Scene::rsd().await;
    let id = s.drawn_up().await;
    assert_eq!(s.contract(&id).content.cap.rate.plain(), "240,30");
    s.officer.page(&format!("/urzad/umowy/{id}")).await.says("nie wyższej niż 240,30 zł");
    // in 2027 the wage is another one, and not known yet
    s.at("2027-01-04 10:00");
    s.officer.page(&format!("/urzad/umowy/{id}")).await.says("R-TAB-01").says_not("Wygeneruj dokument");
    let now = s.app.state.clock.now();
    let add = |tx: &mut konkurs::store::Tx<'_>| {
        let (kind, from) = (konkurs::law::TableKind::Wage, sample::day("2027-01-01"));
        konkurs::store::tables::add_value(tx, kind, from, 500_000, "Dz.U. 2026 poz. 1", "test", now)
    };
    s.app.state.store.write(add).unwrap();
    s.officer.page(&format!("/urzad/umowy/{id}")).await.says("Umowa podaje stawkę 240,30 zł.");
    s.change(&id, |_| ()).unwrap();
    assert_eq!(s.contract(&id).content.cap.rate.plain(), "250,00");
}

impl Scene {
    fn contract_call(&self) -> konkurs::store::CallId {
        konkurs::store::CallId::parse(&self.call).unwrap()
    }
}
