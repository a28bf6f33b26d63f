//! The estimate in Chromium: sums, shares and the cap follow what is typed, and rows come and go in place.

use crate::support::browser::{Driver, Person, Program};

#[actix_web::test]
async fn the_cap_and_the_shares_follow_what_is_typed() {
    let program = Program::start("demo");
    let driver = Driver::start();
    let ngo = Person::new(&driver, &program, "promyk").await;
    ngo.sign_in("promyk@ngo.example").await;
    ngo.open("/oferty").await;
    ngo.press("Reintegracja społeczna – krok po kroku").await;
    let offer = ngo.path().await;
    for part in ["organizacja", "program", "program?grupa=E1-G1", "arkusze/program", "arkusze/koszty"] {
        ngo.open(&format!("{offer}/{part}")).await;
    }
    ngo.open(&format!("{offer}/kosztorys")).await;
    ngo.says("oferta: 61 740,00 zł (214,38 zł/h)").await;
    ngo.fill("grant", "69 206,41").await;
    ngo.says("oferta: 69 206,41 zł (240,30 zł/h)").await;
    ngo.says("ponad limit: 0,01 zł").await;
    ngo.fill("grant", "30870").await;
    ngo.fill("own_financial", "30 870,00").await;
    ngo.says("wolne do limitu: 38 336,40 zł").await;
    ngo.says("Udział dotacji w kosztach: 50,00%").await;
    ngo.says("3. Wkład własny razem: 30 870,00 zł, udział: 50,00%").await;
    ngo.fill("costs.2.units", "4").await;
    ngo.says("Suma wszystkich kosztów: 62 640,00 zł").await;
    ngo.says("Suma wszystkich kosztów realizacji zadania\t62 640,00 zł").await;
    ngo.says("Suma kosztów administracyjnych\t3 600,00 zł").await;
    ngo.says("Udział dotacji w kosztach: 49,28%").await;
    ngo.press("Zapisz i przejdź dalej").await;
    ngo.open(&format!("{offer}/kosztorys")).await;
    ngo.says("Udział dotacji w kosztach: 49,28%").await;
    ngo.says("oferta: 30 870,00 zł (107,19 zł/h)").await;
}
