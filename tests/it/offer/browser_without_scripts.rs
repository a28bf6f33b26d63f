//! An offer in a Chromium that runs no scripts: what is missing is filled in, a row is added, a file attached, the offer
//! submitted, replaced and withdrawn. Every answer is a page of the server.

use fantoccini::{Client, Locator};
use konkurs::call;
use konkurs::offer::{OfferState, store};

use super::browser_keyboard::statute;
use super::{draft_of, find};
use crate::support::browser::Driver;
use crate::support::{PASSWORD, TestApp, sample};

/// Somebody whose browser runs no scripts: everything is found, pressed and typed from outside.
struct Plain {
    client: Client,
    base: String,
}

impl Plain {
    async fn new(driver: &Driver, base: &str, email: &str) -> Plain {
        let client = driver.window_without_scripts("plain").await;
        client.goto("data:text/html,<title>bez</title><script>document.title='ze'</script>").await.unwrap();
        assert_eq!(client.title().await.unwrap(), "bez", "no script ran");
        let plain = Plain { client, base: base.to_owned() };
        plain.open("/konto/logowanie").await;
        plain.type_all(&[("email", email), ("password", PASSWORD)]).await;
        plain.press("Zaloguj się").await;
        plain
    }

    async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// Presses the button or follows the link that begins with these words, and waits for the page that comes.
    async fn press(&self, words: &str) {
        let old = self.client.find(Locator::Css("html")).await.unwrap();
        let seen = format!("[not(@aria-hidden)][starts-with(normalize-space(), '{words}')]");
        let path = format!("//main//button{seen} | //main//a{seen}");
        let found = self.client.find(Locator::XPath(&path)).await;
        found.unwrap_or_else(|e| panic!("no button „{words}”: {e}")).click().await.unwrap();
        for _ in 0..5_000 {
            if old.tag_name().await.is_err() && self.client.find(Locator::Css(".site-foot")).await.is_ok() {
                return;
            }
        }
        panic!("no page came after „{words}”");
    }

    async fn type_all(&self, fields: &[(&str, &str)]) {
        for (name, text) in fields {
            let field = self.client.find(Locator::Css(&format!("[name=\"{name}\"]"))).await.unwrap();
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
        }
    }

    async fn tick(&self, name: &str) {
        let boxed = self.client.find(Locator::Css(&format!("[name=\"{name}\"]"))).await.unwrap();
        if !boxed.is_selected().await.unwrap() {
            boxed.click().await.unwrap();
        }
    }

    async fn text(&self, of: &str) -> String {
        let text = self.client.find(Locator::Css(of)).await.unwrap().text().await.unwrap();
        text.replace(['\u{a0}', '\u{202f}'], " ")
    }

    async fn says(&self, words: &str) {
        let text = self.text("main").await;
        assert!(text.contains(words), "no „{words}”:\n{text}");
    }

    /// What the page says of the deed that led to it, word for word.
    async fn told(&self, words: &str) {
        assert_eq!(self.text(".flash-place").await, words, "{}", self.text("main").await);
    }

    /// Answers part VII and presses the button.
    async fn declare(&self, button: &str) {
        for name in ["public_benefit_only", "paid_activity_only", "tax_arrears", "social_arrears"] {
            self.tick(name).await;
        }
        for name in ["data_agree", "all_true", "data_protection"] {
            self.tick(name).await;
        }
        self.type_all(&[("signed_by", "Anna Prezes, prezes zarządu")]).await;
        self.press(button).await;
    }
}

/// Adds what the draft lacks: a sentence, a row of a table, a file.
async fn finish(ngo: &Plain, hub: &str, file: &std::path::Path) {
    ngo.open(hub).await;
    ngo.says("Brakuje: trwałość rezultatów.").await;
    ngo.press("Rezultaty").await;
    ngo.type_all(&[("effect_durable", "grupy wsparcia po projekcie")]).await;
    ngo.press("Dodaj rezultat").await;
    ngo.says("Rezultat 2").await;
    let row = [("results.1.name", "Praca"), ("results.1.target", "20"), ("results.1.monitoring", "umowy")];
    ngo.type_all(&row).await;
    ngo.press("Zapisz i przejdź dalej").await;
    ngo.told("Zapisano: Rezultaty. Oferta nie jest jeszcze złożona.").await;
    ngo.open(hub).await;
    ngo.press("Załączniki").await;
    let input = ngo.client.find(Locator::Css("#plik-statut")).await.unwrap();
    input.send_keys(&file.to_string_lossy()).await.unwrap();
    ngo.press("Dołącz plik: Statut").await;
    ngo.told("Plik „statut.pdf” jest dołączony.").await;
    ngo.press("Wróć do oferty").await;
    ngo.says("Oferta jest kompletna i można ją złożyć.").await;
}

#[actix_web::test]
async fn an_offer_is_finished_submitted_replaced_and_withdrawn_without_scripts() {
    let app = TestApp::new().await;
    let mut call = sample::pai_call(&app);
    call.content.attachments = vec![statute()];
    app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    let session = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.effect_durable.clear();
    let id = draft_of(&app, &call, &session, content).id;
    let (site, driver) = (app.site(), Driver::start());
    let ngo = Plain::new(&driver, &site.base, &format!("{}@example.pl", sample::nip(1))).await;
    let hub = format!("/oferty/{id}");
    let file = app.state.config.data.join("statut.pdf");
    std::fs::write(&file, b"%PDF-1.7 statut").unwrap();
    finish(&ngo, &hub, &file).await;

    ngo.press("Sprawdź i złóż ofertę").await;
    ngo.declare("Złóż ofertę").await;
    ngo.told("Oferta jest złożona pod numerem LOK/1/2026/O-1.").await;
    ngo.says("Oferta wpłynęła do urzędu. Nic nie trzeba wysyłać na papierze.").await;
    ngo.says("23.11.2026, 12:00:00").await;
    let files = app.state.store.read(|r| store::attachments(r, &id)).unwrap();
    let offer = find(&app, &id);
    assert_eq!((offer.state, offer.content.results.len(), files.len()), (OfferState::Submitted, 2, 1));

    ngo.press("Zobacz ofertę").await;
    ngo.press("Inne informacje").await;
    ngo.type_all(&[("other", "Nowa sala.")]).await;
    ngo.press("Zapisz i wróć do oferty").await;
    ngo.told("Zapisano: Inne informacje. Zmiany nie są jeszcze złożone; obowiązuje wersja 1.").await;
    ngo.press("Sprawdź i złóż zmienioną ofertę").await;
    ngo.declare("Złóż zmienioną ofertę").await;
    ngo.told("Obowiązuje wersja 2 oferty LOK/1/2026/O-1.").await;
    assert_eq!((find(&app, &id).frozen_no, find(&app, &id).content.other.as_str()), (2, "Nowa sala."));

    ngo.press("Wycofaj ofertę").await;
    ngo.says("Wycofujesz złożoną ofertę").await;
    ngo.press("Wycofaj ofertę").await;
    ngo.told("Oferta jest wycofana.").await;
    assert_eq!(find(&app, &id).state, OfferState::Withdrawn);
    app.new_mail();
}
