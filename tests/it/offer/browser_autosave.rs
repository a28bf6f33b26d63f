//! A part that saves by itself in Chromium: the session ends, the server goes away, the page is closed, two
//! tabs meet; nothing typed is lost.

use konkurs::account;
use konkurs::audit;
use konkurs::demo::PASSWORD;
use konkurs::offer::{Offer, store};
use konkurs::store::{OfferId, Store};

use crate::support::browser::{Driver, Person, Program};

const EMAIL: &str = "promyk@ngo.example";

struct Scene {
    ngo: Person,
    store: Store,
    id: OfferId,
}

impl Scene {
    /// The NGO of the demonstration at the last part of its draft.
    async fn open(driver: &Driver, program: &Program) -> Scene {
        let ngo = Person::new(driver, program, "promyk").await;
        ngo.sign_in(EMAIL).await;
        ngo.open("/oferty").await;
        ngo.press("Reintegracja społeczna – krok po kroku").await;
        let id = OfferId::parse(&ngo.id_in_path().await).unwrap();
        let scene = Scene { ngo, store: Store::open(&program.scratch.address(), 1, audit::seal).unwrap(), id };
        scene.ngo.open(&scene.path()).await;
        scene
    }

    fn path(&self) -> String {
        format!("/oferty/{}/inne", self.id)
    }

    fn offer(&self) -> Offer {
        self.store.read(|r| store::find(r, &self.id)).unwrap()
    }

    fn other(&self) -> String {
        self.offer().content.other
    }

    /// What the browser keeps of unsaved work.
    async fn kept(&self) -> String {
        let all = "return Object.entries(localStorage).map(e => e.join('=')).join(' ')";
        self.ngo.client.execute(all, vec![]).await.unwrap().as_str().unwrap().to_owned()
    }
}

#[actix_web::test]
async fn a_session_killed_in_mid_form_and_a_server_that_went_away_lose_nothing() {
    let program = Program::start("demo");
    let driver = Driver::start();
    let s = Scene::open(&driver, &program).await;
    s.ngo.fill("other", "Pierwsze zdanie.").await;
    s.ngo.until("zapisano ").await;
    s.ngo.check().await;
    assert_eq!(s.other(), "Pierwsze zdanie.");

    let person = s.store.read(|r| account::store::by_email(r, EMAIL)).unwrap().unwrap();
    s.store.write(|tx| account::end_all(tx, &person.id)).unwrap();
    s.ngo.fill("other", "Pierwsze zdanie. Drugie zdanie.").await;
    s.ngo.until("Sesja się skończyła").await;
    s.ngo.check().await;
    s.ngo.fill("password", "to nie jest hasło").await;
    s.ngo.click("Zaloguj i zapisz").await;
    s.ngo.until("Adres e-mail albo hasło się nie zgadza.").await;
    s.ngo.fill("other", "Pierwsze zdanie. Drugie zdanie. Trzecie.").await;
    s.ngo.fill("password", PASSWORD).await;
    s.ngo.click("Zaloguj i zapisz").await;
    s.ngo.until("zapisano ").await;
    assert_eq!(s.other(), "Pierwsze zdanie. Drugie zdanie. Trzecie.");
    assert_eq!(s.kept().await, "");

    let mut program = program;
    program.process.0.kill().unwrap();
    program.process.0.wait().unwrap();
    s.ngo.fill("other", "Bez serwera.").await;
    s.ngo.until("NIE ZAPISANO – próbuję ponownie za 5 s (kopia jest w tej przeglądarce)").await;
    s.ngo.check().await;
    assert!(s.kept().await.contains(&format!("konkurs:{}:inne::{EMAIL}=", s.id)), "a copy is there");
    assert!(!s.kept().await.contains("Bez"), "and nobody else can read it");
    let _program = program.again();
    s.ngo.until("zapisano ").await;
    assert_eq!(s.other(), "Bez serwera.");
    s.ngo.says_not("NIE ZAPISANO").await;
    s.ngo.press("Zapisz").await;
    s.ngo.says_not("Wybierz, co ma zostać").await;
    assert_eq!(s.other(), "Bez serwera.");
}

#[actix_web::test]
async fn a_closed_page_gives_its_copy_back_and_two_tabs_choose() {
    let program = Program::start("demo");
    let driver = Driver::start();
    let s = Scene::open(&driver, &program).await;
    let cut = "window.fetch = () => Promise.reject(new Error('cut'))";
    s.ngo.client.execute(cut, vec![]).await.unwrap();
    s.ngo.fill("other", "Wiersz 1\nWiersz „2” & <3>").await;
    s.ngo.until("NIE ZAPISANO").await;
    s.ngo.open(&s.path()).await;
    s.ngo.until("W tej przeglądarce jest niezapisana kopia tej części z ").await;
    s.ngo.check().await;
    s.ngo.press("Przywróć").await;
    s.ngo.until("zapisano ").await;
    assert_eq!(s.other(), "Wiersz 1\nWiersz „2” & <3>");
    s.ngo.open(&s.path()).await;
    s.ngo.says_not("niezapisana kopia").await;
    assert_eq!(s.kept().await, "");

    let tab = Person::new(&driver, &program, "druga").await;
    tab.sign_in(EMAIL).await;
    tab.open(&s.path()).await;
    s.ngo.fill("other", "Z pierwszej karty").await;
    s.ngo.until("zapisano ").await;
    tab.fill("other", "Z drugiej karty").await;
    tab.until("zapisano tu coś innego. Tego, co teraz wpisujesz, nie zapisano").await;
    tab.check().await;
    tab.press("Porównaj i wybierz").await;
    tab.says("Z pierwszej karty").await;
    assert_eq!(s.other(), "Z pierwszej karty");
    tab.press("Zapisz wybrane").await;
    tab.says("wybierz, który tekst ma zostać").await;
    tab.fill("_wybor.other", "mine").await;
    tab.press("Zapisz wybrane").await;
    assert_eq!(s.other(), "Z drugiej karty");

    // Every page warns before the session ends; one that was left open too long finds that out when asked.
    let idle =
        |seconds: &str| format!("document.querySelector('[data-session-idle]').dataset.sessionIdle = '{seconds}'");
    for path in [&*format!("/oferty/{}/kosztorys", s.id), "/konkursy"] {
        s.ngo.open(path).await;
        s.ngo.client.execute(&idle("300"), vec![]).await.unwrap();
        s.ngo.until("Za około 5 minut sesja się skończy").await;
        s.ngo.check().await;
        s.ngo.client.execute(&idle("6900"), vec![]).await.unwrap();
        s.ngo.click("Zostań").await;
        s.ngo.until_gone("Za około 5 minut").await;
    }
    s.ngo.client.execute(&idle("0"), vec![]).await.unwrap();
    s.ngo.until("sesja mogła się już skończyć").await;
    let session = s.ngo.client.get_named_cookie("konkurs").await.unwrap();
    s.ngo.client.delete_cookie("konkurs").await.unwrap();
    s.ngo.click("Zostań").await;
    s.ngo.until("Sesja się skończyła. To, co tu wpisano, nie przepadło").await;
    s.ngo.check().await;
    s.ngo.client.add_cookie(session).await.unwrap();

    // What cannot be read is named, and the rest is saved.
    s.ngo.open(&format!("/oferty/{}/kosztorys", s.id)).await;
    s.ngo.fill("grant", "dużo").await;
    s.ngo.fill("recipients", "1").await;
    s.ngo.until(", ale bez pola „2. Planowana dotacja”: Wpisano „dużo”.").await;
    s.ngo.check().await;
    assert_eq!(s.offer().content.sources.recipients, konkurs::law::Money::zl(1));
}
