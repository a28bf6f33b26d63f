//! What an organisation does with its offers, pressed in Chromium: begun, dropped, copied, submitted, changed, replaced,
//! confirmed on paper, withdrawn; and what the program says after each.

use konkurs::call::Call;
use konkurs::offer::OfferState;
use konkurs::store::OfferId;

use super::confirming::wanting;
use super::{draft, find};
use crate::support::browser::{Driver, Person};
use crate::support::{TestApp, sample};

const TICKED: [&str; 5] = ["public_benefit_only", "paid_activity_only", "data_agree", "all_true", "data_protection"];

/// Answers part VII as somebody without arrears.
pub async fn declare(who: &Person, signed_by: &str) {
    for name in TICKED {
        who.fill(name, "true").await;
    }
    for name in ["tax_arrears", "social_arrears"] {
        who.fill(name, "no").await;
    }
    who.fill("signed_by", signed_by).await;
}

/// An offer is begun on the page of the call and thrown away.
async fn begin_and_drop(ngo: &Person, call: &Call) -> OfferId {
    ngo.open(&format!("/konkursy/{}", call.id)).await;
    ngo.press("Przygotuj ofertę").await;
    ngo.says("WERSJA ROBOCZA – NIEZŁOŻONA").await;
    let id = OfferId::parse(&ngo.id_in_path().await).unwrap();
    ngo.press("Usuń wersję roboczą").await;
    ngo.says("Usuwasz wersję roboczą").await;
    ngo.press("Usuń wersję roboczą").await;
    ngo.told("Wersja robocza jest usunięta.").await;
    id
}

/// A file goes up and is taken away again.
async fn attach_and_remove(ngo: &Person, hub: &str, file: &std::path::Path) {
    ngo.open(&format!("{hub}/zalaczniki")).await;
    ngo.attach("file", file).await;
    ngo.click("Dołącz plik: Załączniki").await;
    ngo.until("skan.png (").await;
    ngo.press("Usuń plik skan.png").await;
    ngo.told("Plik usunięty z załączników.").await;
    ngo.says("Nie ma jeszcze żadnego pliku.").await;
}

async fn submit(ngo: &Person, hub: &str) {
    ngo.open(hub).await;
    ngo.press("Sprawdź i złóż ofertę").await;
    ngo.says("Co zostanie zamknięte").await;
    declare(ngo, "Anna Prezes, prezes zarządu").await;
    ngo.press("Złóż ofertę").await;
    ngo.told("Oferta jest złożona pod numerem LOK/1/2026/O-1.").await;
    assert_eq!(ngo.path().await, format!("{hub}/potwierdzenie"));
}

async fn change(ngo: &Person, hub: &str, text: &str) {
    ngo.open(&format!("{hub}/inne")).await;
    ngo.fill("other", text).await;
    ngo.press("Zapisz i wróć do oferty").await;
    ngo.told("Zapisano: Inne informacje. Zmiany nie są jeszcze złożone; obowiązuje wersja 1.").await;
    ngo.says("Masz niezłożone zmiany. Obowiązuje wersja 1, złożona 23.11.2026, 12:00").await;
}

async fn discard(ngo: &Person) {
    ngo.press("Odrzuć niezłożone zmiany").await;
    ngo.says("Odrzucasz zmiany, których nie złożono").await;
    ngo.press("Odrzuć zmiany").await;
    ngo.told("Zmiany odrzucono. Obowiązuje wersja 1.").await;
    ngo.says_not("Masz niezłożone zmiany").await;
}

async fn replace(ngo: &Person) {
    ngo.press("Sprawdź i złóż zmienioną ofertę").await;
    ngo.says("Wersja 1 obowiązuje, dopóki nowa nie zostanie złożona.").await;
    declare(ngo, "Anna Prezes, prezes zarządu").await;
    ngo.press("Złóż zmienioną ofertę").await;
    ngo.told("Obowiązuje wersja 2 oferty LOK/1/2026/O-1.").await;
    ngo.check().await;
}

async fn give_the_paper(ngo: &Person, hub: &str, scan: &std::path::Path) {
    ngo.open(hub).await;
    ngo.press("Dołącz podpisane potwierdzenie").await;
    ngo.press("Dołącz podpisane potwierdzenie").await;
    ngo.says("Wybierz plik").await;
    ngo.fill("signed_by", "Anna Prezes").await;
    ngo.attach("file", scan).await;
    ngo.press("Dołącz podpisane potwierdzenie").await;
    ngo.told("Podpisane potwierdzenie jest dołączone.").await;
    ngo.says("obraz (skan)").await;
    ngo.check().await;
}

async fn withdraw(ngo: &Person, hub: &str) {
    ngo.open(hub).await;
    ngo.press("Wycofaj ofertę").await;
    ngo.says("Wycofujesz złożoną ofertę").await;
    ngo.press("Wycofaj ofertę").await;
    ngo.told("Oferta jest wycofana.").await;
    ngo.says("Oferta jest wycofana i nie bierze udziału w konkursie.").await;
    ngo.check().await;
}

/// A new draft takes the text of the withdrawn offer.
async fn begin_with_the_earlier(ngo: &Person, call: &Call, earlier: &OfferId) {
    ngo.open(&format!("/konkursy/{}", call.id)).await;
    ngo.press("Przygotuj ofertę").await;
    ngo.fill("from", &earlier.to_string()).await;
    ngo.press("Skopiuj treść").await;
    ngo.told("Skopiowano treść. Daty działań są puste; sprawdź każdą część, zanim złożysz ofertę.").await;
    ngo.check().await;
}

#[actix_web::test]
async fn an_organisation_presses_everything_that_can_be_done_with_an_offer() {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let client = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let (site, driver) = (app.site(), Driver::start());
    let ngo = site.stranger(&driver, "ngo").await;
    ngo.resume(&client).await;
    let dropped = begin_and_drop(&ngo, &call).await;
    assert_eq!(find(&app, &dropped).state, OfferState::Withdrawn);

    let id = draft(&app, &call, &client).id;
    let hub = format!("/oferty/{id}");
    let scan = app.state.config.data.join("skan.png");
    std::fs::write(&scan, b"\x89PNG\r\n\x1A\n skan").unwrap();
    attach_and_remove(&ngo, &hub, &scan).await;
    submit(&ngo, &hub).await;
    change(&ngo, &hub, "Inna sala.").await;
    discard(&ngo).await;
    change(&ngo, &hub, "Nowa sala.").await;
    replace(&ngo).await;
    let offer = find(&app, &id);
    assert_eq!((offer.state, offer.frozen_no, offer.content.other.as_str()), (OfferState::Submitted, 2, "Nowa sala."));
    give_the_paper(&ngo, &hub, &scan).await;
    withdraw(&ngo, &hub).await;
    assert_eq!(find(&app, &id).state, OfferState::Withdrawn);
    begin_with_the_earlier(&ngo, &call, &id).await;
    let copy = find(&app, &OfferId::parse(&ngo.id_in_path().await).unwrap());
    assert_eq!((copy.state, copy.content.title), (OfferState::Draft, offer.content.title));
    app.new_mail();
}
