use konkurs::call;

use super::{drafted, find, office};
use crate::programme::{confirmed, made};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn a_call_begins_from_a_confirmed_programme_with_everything_known_filled_in() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let id = made(&app, &office.officer, sample::programme_content("PAI-4"));
    let url = format!("/urzad/programy/{id}/konkursy");
    office
        .officer
        .post(&url, &[])
        .await
        .expect(422)
        .says("Program jest w stanie „w przygotowaniu”.")
        .says("Konkurs przygotowuje się i ogłasza z zatwierdzonego programu.");

    let id = confirmed(&app, &office.officer, sample::programme_content("PAI-4"));
    let answer = office.officer.post(&format!("/urzad/programy/{id}/konkursy"), &[]).await;
    let page = office.officer.page(&answer.expect(303).location.clone()).await;
    page.says("PROJEKT – KONKURS NIEOGŁOSZONY")
        .says("Teraz czekamy na: pracownika merytorycznego urzędu")
        .says("Uzupełnij ogłoszenie")
        .says("1. Program, gminy i podstawa prawna")
        .says("10. Regulamin komisji kworum, program współpracy, tekst regulaminu do sprawdzenia")
        .says("11. Zatwierdzenie treści")
        .says("12. Publikacja w trzech miejscach")
        .says("70,00 zł za godzinę trenera z grupą 10-osobową")
        .says("element 5: termin składania ofert")
        .says("element 7: zadania tego samego rodzaju w 2025 r.")
        .says("Kwalifikacje trenerów pkt 3 20")
        .says("Próg: 60% punktów.");
}

#[actix_web::test]
async fn the_second_call_gets_what_the_plan_still_holds() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let first = drafted(&app, &office, sample::programme_content("RSD-1"));
    assert_eq!(first.content.elements.allocation.plain(), "120000,00");
    let mut content = first.content.clone();
    content.elements.allocation = konkurs::law::Money::zl(90_000);
    let first = super::saved(&app, &office, &first, content);
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let second = app.state.store.write(|tx| call::create(tx, &actor, &first.programme, now)).unwrap().id;
    assert_eq!(find(&app, &second).content.elements.allocation.plain(), "30000,00");
}
