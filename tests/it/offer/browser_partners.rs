//! A joint offer, pressed in Chromium by both sides: partners invited, taken back, confirmed, declined and removed, and
//! asked for their word again when a submitted offer is replaced.

use konkurs::offer::{OfferState, PartnerState};

use super::browser_deeds::declare;
use super::find;
use super::joint::{Scene, scene};
use crate::support::browser::{Driver, Person};
use crate::support::sample;

async fn invite(lead: &Person, field: &str, whom: &str) {
    lead.fill(field, whom).await;
    lead.press("Wyślij zaproszenie").await;
    lead.told("Zaproszenie wysłane.").await;
}

/// The path in the letter to this address.
fn link(s: &Scene, to: &str) -> String {
    let letters = s.app.state.store.read(|r| konkurs::mail::of_object(r, s.id.as_str())).unwrap();
    let letter = letters.iter().find(|l| l.kind == "offer_partner_link" && l.to_addr == to).unwrap();
    let token = letter.body.split("/oferty/zaproszenie/").nth(1).unwrap().lines().next().unwrap();
    format!("/oferty/zaproszenie/{token}")
}

/// One letter is sent, sent again after an hour, and taken back.
async fn make_joint(lead: &Person, s: &Scene) {
    lead.open(&s.path("")).await;
    lead.press("Zamień ją w ofertę wspólną").await;
    lead.press("Zamień na ofertę wspólną").await;
    lead.told("To jest teraz oferta wspólna. Zaproś partnerów.").await;
    lead.press("To jednak oferta jednej organizacji").await;
    lead.told("To jest teraz oferta jednej organizacji.").await;
    lead.press("Zamień na ofertę wspólną").await;
    invite(lead, "email", "ola@nowa.example").await;
    s.app.at("2026-11-23 13:01");
    lead.press("Wyślij jeszcze raz zaproszenie: ola@nowa.example").await;
    lead.press("Wyślij zaproszenie jeszcze raz").await;
    lead.told("Zaproszenie wysłane jeszcze raz: ola@nowa.example.").await;
    lead.press("Usuń partnera ola@nowa.example").await;
    lead.says("Wycofujesz zaproszenie: ola@nowa.example").await;
    lead.press("Wycofaj zaproszenie").await;
    lead.told("Wycofano zaproszenie wysłane na adres ola@nowa.example. Odnośnik z listu już nie działa.").await;
}

async fn fill_the_part(partner: &Person, s: &Scene) {
    partner.open(&s.path("")).await;
    partner.says("czeka na potwierdzenie").await;
    partner.press("Wypełnij swoją część").await;
    partner.fill("act1", "true").await;
    partner.fill("y0", "35 000,00").await;
    partner.press("Zapisz część oferenta").await;
    partner.told("Zapisano część oferenta.").await;
}

async fn confirm(partner: &Person, s: &Scene) {
    partner.open(&s.path("")).await;
    partner.press("Sprawdź i potwierdź ofertę").await;
    partner.says("Każda późniejsza zmiana wymaga nowego potwierdzenia.").await;
    declare(partner, "Jan Razem, prezes").await;
    partner.press("Potwierdź udział w ofercie").await;
    partner.told("Udział w ofercie jest potwierdzony. Ofertę składa organizacja, która ją prowadzi.").await;
    partner.check().await;
    assert_eq!(s.row().state, PartnerState::Confirmed);
}

async fn decline(partner: &Person, s: &Scene) {
    partner.open(&s.path("")).await;
    partner.press("Odmów udziału").await;
    partner.fill("reason", "Nie mamy już sali.").await;
    partner.press("Odmów udziału").await;
    partner.told("Odmowa zapisana. Organizacja prowadząca dostała wiadomość.").await;
    assert_eq!(partner.path().await, "/oferty");
    assert_eq!(s.row().state, PartnerState::Declined);
}

#[actix_web::test]
async fn both_sides_press_everything_that_can_be_done_with_a_partner() {
    let s = scene().await;
    let (site, driver) = (s.app.site(), Driver::start());
    let (lead, partner) = (site.stranger(&driver, "lead").await, site.stranger(&driver, "partner").await);
    lead.resume(&s.lead).await;
    partner.resume(&s.partner).await;
    make_joint(&lead, &s).await;

    // A letter to a person leads their only organisation in, which then says no.
    invite(&lead, "email", "razem@example.pl").await;
    partner.open(&link(&s, "razem@example.pl")).await;
    partner.press("Przyjmij zaproszenie").await;
    partner.told("Organizacja jest partnerem tej oferty. Wypełnij swoją część i potwierdź całość.").await;
    decline(&partner, &s).await;
    lead.open(&s.path("/partnerzy")).await;
    lead.says("Nie mamy już sali.").await;
    lead.check().await;

    lead.press("Usuń partnera Fundacja Razem").await;
    lead.press("Usuń partnera").await;
    lead.told("Usunięto partnera: Fundacja Razem. Podziel jego działania i koszty.").await;

    // Asked again by its number it comes, fills its part and confirms.
    invite(&lead, "nip", &sample::nip(2)).await;
    fill_the_part(&partner, &s).await;
    s.divide().await;
    confirm(&partner, &s).await;
    lead.open(&s.path("")).await;
    lead.press("Sprawdź i złóż ofertę").await;
    declare(&lead, "Anna Prezes, prezes zarządu").await;
    lead.press("Złóż ofertę").await;
    lead.told("Oferta jest złożona pod numerem LOK/1/2026/O-1.").await;
    assert_eq!(find(&s.app, &s.id).state, OfferState::Submitted);
    s.app.new_mail();
}

/// The lead changes what is submitted; nothing replaces it before the partner has confirmed the change.
async fn change(lead: &Person, s: &Scene) {
    lead.open(&s.path("/inne")).await;
    lead.fill("other", "Nowa sala w Kowalu.").await;
    lead.press("Zapisz i wróć do oferty").await;
    lead.told("Zapisano: Inne informacje. Zmiany nie są jeszcze złożone; obowiązuje wersja 1.").await;
    lead.press("Sprawdź i złóż zmienioną ofertę").await;
    lead.says("dotyczy innej treści – potrzebne nowe").await;
    lead.says("Najpierw popraw to, co blokuje złożenie.").await;
    lead.says_not("Złóż zmienioną ofertę").await;
    lead.check().await;
    assert_eq!(find(&s.app, &s.id).frozen_no, 1);
}

#[actix_web::test]
async fn a_partner_confirms_again_when_a_submitted_offer_is_replaced() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    s.confirm().await.expect(303);
    s.submit().await.expect(303);
    let (site, driver) = (s.app.site(), Driver::start());
    let (lead, partner) = (site.stranger(&driver, "lead").await, site.stranger(&driver, "partner").await);
    lead.resume(&s.lead).await;
    partner.resume(&s.partner).await;
    change(&lead, &s).await;

    partner.open(&s.path("")).await;
    partner.says("potrzebne nowe potwierdzenie").await;
    partner.check().await;
    confirm(&partner, &s).await;
    lead.open(&s.path("")).await;
    lead.press("Sprawdź i złóż zmienioną ofertę").await;
    declare(&lead, "Anna Prezes, prezes zarządu").await;
    lead.press("Złóż zmienioną ofertę").await;
    lead.told("Obowiązuje wersja 2 oferty LOK/1/2026/O-1.").await;
    partner.open(&s.path("")).await;
    partner.says_not("potrzebne nowe potwierdzenie").await;
    let offer = find(&s.app, &s.id);
    assert_eq!((offer.frozen_no, offer.content.other.as_str()), (2, "Nowa sala w Kowalu."));
    s.app.new_mail();
}
