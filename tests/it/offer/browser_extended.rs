//! An organisation that got a later deadline of its own files by it in Chromium, while another one is late.

use konkurs::offer::OfferState;

use super::browser_deeds::declare;
use super::{draft, find};
use crate::call::extending::extend;
use crate::support::browser::Driver;
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn an_organisation_files_by_its_own_later_deadline() {
    let app = TestApp::new().await;
    crate::call::office(&app).await;
    let call = sample::pai_call(&app);
    let own = draft(&app, &call, &app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await);
    let other = draft(&app, &call, &app.ngo("Fundacja Razem", &sample::nip(2)).await);
    extend(&app, &call, &own.org, "2026-12-18 00:00", "2026-12-15 09:00").unwrap();
    app.at("2026-12-16 10:00");
    let (site, driver) = (app.site(), Driver::start());

    let ngo = site.person(&app, &driver, &format!("{}@example.pl", sample::nip(1))).await;
    ngo.open(&format!("/oferty/{}", own.id)).await;
    ngo.says("Termin wyznaczony Twojej organizacji: czwartek, 17.12.2026, do końca dnia (23:59)").await;
    ngo.check().await;
    ngo.press("Sprawdź i złóż ofertę").await;
    ngo.says("17.12.2026, do końca dnia (23:59), decyzją z 15.12.2026").await;
    ngo.check().await;
    declare(&ngo, "Anna Prezes, prezes zarządu").await;
    ngo.press("Złóż ofertę").await;
    ngo.told("Oferta jest złożona pod numerem LOK/1/2026/O-1.").await;
    ngo.says("Termin wyznaczony tej organizacji").await;
    ngo.says("16.12.2026, 10:00:00").await;
    ngo.check().await;
    assert_eq!(find(&app, &own.id).state, OfferState::Submitted);

    let late = site.person(&app, &driver, &format!("{}@example.pl", sample::nip(2))).await;
    late.open(&format!("/oferty/{}", other.id)).await;
    late.says_not("Sprawdź i złóż ofertę").await;
    late.says_not("17.12.2026").await;
    late.check().await;
    assert_eq!(find(&app, &other.id).state, OfferState::Draft);
    app.new_mail();
}
