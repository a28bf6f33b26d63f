//! Somebody new to the program, who has no mouse: an account is made, an offer begun, a waiting draft submitted,
//! in Chromium with keys alone. What has the focus can be seen at every stop.

use konkurs::demo::PASSWORD;

use crate::support::browser::{Driver, Person, Program};
use crate::support::sample;

const DECLARED: [&str; 5] = ["public_benefit_only", "paid_activity_only", "data_agree", "all_true", "data_protection"];

/// Goes to the field `name` and types.
async fn type_into(who: &Person, name: &str, text: &str) {
    who.tab_to(name).await;
    who.type_text(text).await;
}

#[actix_web::test]
async fn a_new_organisation_begins_an_offer_by_keyboard_alone() {
    let program = Program::start("demo");
    let driver = Driver::start();
    let anna = Person::new(&driver, &program, "anna").await;
    anna.open("/").await;
    anna.follow("Zarejestruj organizację").await;
    let nip = sample::nip(77);
    for (name, text) in [
        ("org_name", "Stowarzyszenie Klawisz"),
        ("legal_form", "stowarzyszenie"),
        ("nip", &nip),
        ("krs", "0000249506"),
        ("street", "ul. Długa 1"),
        ("postal_code", "87-800"),
        ("town", "Włocławek"),
        ("phone", "54 000 00 00"),
        ("status", " "),
        ("statute_clause", "§ 7 pkt 2: integracja społeczna"),
        ("account", "61 1090 1014 0000 0712 1981 2874"),
        ("representative.0.name", "Anna Prezes"),
        ("representative.0.function", "prezes zarządu"),
        ("person_name", "Anna Prezes"),
        ("email", "anna@klawisz.example"),
        ("password", "korale-na-wietrze"),
        ("password_again", "korale-na-wietrze"),
    ] {
        type_into(&anna, name, text).await;
    }
    anna.tab_to("consent").await;
    anna.type_text(" ").await;
    anna.follow("Załóż konto organizacji").await;
    anna.says("Nie masz jeszcze ofert").await;
    assert_eq!(anna.path().await, "/oferty");
    anna.follow("Zobacz konkursy").await;
    anna.follow("RSD/1/").await;
    anna.follow("Przygotuj ofertę").await;
    anna.says("WERSJA ROBOCZA – NIEZŁOŻONA").await;
    anna.follow("Inne informacje").await;
    type_into(&anna, "other", "Pisane bez myszy.").await;
    anna.until("zapisano ").await;
    anna.follow("Wróć bez zapisywania").await;
    anna.follow("Sprawdź i złóż ofertę").await;
    anna.says("blokuje").await;
}

#[actix_web::test]
async fn a_waiting_draft_is_submitted_by_keyboard_alone() {
    let program = Program::start("demo");
    let driver = Driver::start();
    let ngo = Person::new(&driver, &program, "promyk").await;
    ngo.open("/konto/logowanie").await;
    type_into(&ngo, "email", "promyk@ngo.example").await;
    type_into(&ngo, "password", PASSWORD).await;
    ngo.enter("password").await;
    ngo.follow("Warsztaty integracji społecznej").await;
    let hub = ngo.path().await;
    ngo.follow("Sprawdź i złóż ofertę").await;
    for name in DECLARED {
        ngo.tab_to(name).await;
        ngo.type_text(" ").await;
    }
    for name in ["tax_arrears", "social_arrears"] {
        ngo.tab_to(name).await;
        ngo.type_text(" ").await;
    }
    type_into(&ngo, "signed_by", "Paweł Promyk, prezes zarządu").await;
    ngo.follow("Złóż ofertę").await;
    assert_eq!(ngo.path().await, format!("{hub}/potwierdzenie"));
    ngo.says("/O-2").await;
}
