//! The organ puts an offer on the reserve list, pressed in Chromium: from the decision to what everybody reads.

use konkurs::offer::{OfferState, store as offers};

use crate::review::scene::Scene;
use crate::support::browser::{Driver, Person};

async fn decide(organ: &Person, s: &Scene) {
    organ.open(&s.office_url("rozstrzygniecie")).await;
    assert_eq!(organ.value("lines.1.outcome").await, "selected", "the second offer is proposed");
    for (name, value) in [
        ("lines.1.outcome", "reserve"),
        ("lines.1.granted", ""),
        ("lines.1.reason", "Pieniądze czekają na pierwszą umowę."),
        ("act", "zarządzenie nr 12/2026"),
    ] {
        organ.fill(name, value).await;
    }
    organ.press("Dalej: sprawdź rozstrzygnięcie").await;
    organ.says("Przyznasz razem 60 000,00 zł z puli 100 000,00 zł.").await;
    organ.says("lista rezerwowa").await;
    organ.check().await;
    // Back in the form nothing that was typed is lost.
    organ.press("Wróć do poprawek").await;
    assert_eq!(organ.value("lines.1.outcome").await, "reserve");
    assert_eq!(organ.value("lines.1.reason").await, "Pieniądze czekają na pierwszą umowę.");
    organ.press("Dalej: sprawdź rozstrzygnięcie").await;
    organ.press("Rozstrzygnij konkurs").await;
    organ.told("Konkurs rozstrzygnięty. Teraz ogłoś wyniki.").await;
}

#[actix_web::test]
async fn an_offer_waits_on_the_reserve_list() {
    let s = Scene::scored().await;
    let (site, driver) = (s.app.site(), Driver::start());
    let (organ, ngo) = (site.stranger(&driver, "organ").await, site.stranger(&driver, "ngo").await);
    organ.resume(&s.organ).await;
    ngo.resume(&s.ngos[1]).await;
    decide(&organ, &s).await;
    let own = format!("/oferty/{}", s.offers[1].id);
    ngo.open(&own).await;
    ngo.says_not("rezerwow").await;

    organ.fill_like("evidence$", "https://bip.example.pl/wyniki").await;
    organ.press("Ogłoś wyniki").await;
    organ.told("Wyniki ogłoszone. Każdy oferent dostanie wiadomość o swoim wyniku.").await;
    ngo.open(&own).await;
    ngo.says("na liście rezerwowej").await;
    ngo.check().await;
    ngo.open(&format!("/konkursy/{}/wyniki", s.call.id)).await;
    ngo.says("lista rezerwowa").await;
    ngo.says_not("Pieniądze czekają").await;
    let state = s.app.state.store.read(|r| offers::find(r, &s.offers[1].id)).unwrap().state;
    assert_eq!(state, OfferState::Reserve);
    s.app.new_mail();
}
