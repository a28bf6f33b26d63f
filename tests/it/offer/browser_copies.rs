//! A copy of unsaved text goes only when the server says that the text arrived, or when a person throws it away.

use konkurs::audit;
use konkurs::offer::store;
use konkurs::store::{OfferId, Store};

use crate::support::browser::{Driver, Person, Program};

const EMAIL: &str = "promyk@ngo.example";
const OFFERED: &str = "W tej przeglądarce jest niezapisana kopia tej części z ";

struct Scene {
    ngo: Person,
    /// A colleague at another computer.
    tab: Person,
    store: Store,
    id: OfferId,
}

impl Scene {
    /// Two people at the last part of the draft of the demonstration.
    async fn open(driver: &Driver, program: &Program) -> Scene {
        let ngo = Person::new(driver, program, "promyk").await;
        ngo.sign_in(EMAIL).await;
        ngo.open("/oferty").await;
        ngo.press("Reintegracja społeczna – krok po kroku").await;
        let id = OfferId::parse(&ngo.id_in_path().await).unwrap();
        let tab = Person::new(driver, program, "druga").await;
        tab.sign_in(EMAIL).await;
        Scene { ngo, tab, store: Store::open(&program.scratch.address(), 1, audit::seal).unwrap(), id }
    }

    fn path(&self) -> String {
        format!("/oferty/{}/inne", self.id)
    }

    fn other(&self) -> String {
        self.store.read(|r| store::find(r, &self.id)).unwrap().content.other
    }

    /// The colleague saves this.
    async fn meanwhile(&self, text: &str) {
        self.tab.open(&self.path()).await;
        self.tab.fill("other", text).await;
        self.tab.press("Zapisz").await;
        assert_eq!(self.other(), text);
    }

    /// What the browser keeps of unsaved work: names only.
    async fn kept(&self) -> Vec<String> {
        let names = "return Object.keys(localStorage).sort()";
        let names = self.ngo.client.execute(names, vec![]).await.unwrap();
        names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    }

    async fn field(&self) -> String {
        let value = "return document.getElementsByName('other')[0].value";
        self.ngo.client.execute(value, vec![]).await.unwrap().as_str().unwrap().to_owned()
    }
}

#[actix_web::test]
async fn a_copy_waits_for_the_choice_between_two_texts() {
    let (program, driver) = (Program::start("demo"), Driver::start());
    let s = Scene::open(&driver, &program).await;
    s.ngo.open(&s.path()).await;
    s.meanwhile("Zapisane przez koleżankę").await;
    s.ngo.fill("other", "Moje trzy strony").await;
    s.ngo.until("zapisano tu coś innego.").await;
    s.ngo.press("Porównaj i wybierz").await;
    s.ngo.says("Moje trzy strony").await;

    // The choice is not made: the telephone rings, the page is left, and the part is opened another day.
    s.ngo.open(&s.path()).await;
    assert_eq!(s.field().await, "Zapisane przez koleżankę");
    s.ngo.until(OFFERED).await;
    s.ngo.press("Przywróć").await;
    assert_eq!(s.field().await, "Moje trzy strony");
    s.ngo.until("zapisano tu coś innego.").await;
    s.ngo.press("Porównaj i wybierz").await;
    s.ngo.fill("_wybor.other", "saved").await;
    s.ngo.press("Zapisz wybrane").await;
    assert_eq!((s.ngo.path().await, s.field().await), (s.path(), "Zapisane przez koleżankę".to_owned()));
    s.ngo.says_not(OFFERED).await;
    assert_eq!((s.other().as_str(), s.kept().await), ("Zapisane przez koleżankę", Vec::new()));
}

#[actix_web::test]
async fn a_button_that_failed_keeps_the_copy_and_one_that_arrived_lets_it_go() {
    let (mut program, driver) = (Program::start("demo"), Driver::start());
    let s = Scene::open(&driver, &program).await;
    let never_saves_by_itself = "window.fetch = () => Promise.reject(new Error('cut'))";
    s.ngo.open(&s.path()).await;
    s.ngo.client.execute(never_saves_by_itself, vec![]).await.unwrap();
    s.ngo.fill("other", "Pisane w pociągu").await;
    program.process.0.kill().unwrap();
    program.process.0.wait().unwrap();
    let press = "[...document.querySelectorAll('main button')].find(b => b.textContent.trim() === 'Zapisz').click()";
    // Nobody answers: the browser may only show a page of its own.
    let _ = s.ngo.client.execute(press, vec![]).await;
    let _program = program.again();
    s.meanwhile("Zapisane przez koleżankę").await;
    s.ngo.open(&s.path()).await;
    s.ngo.until(OFFERED).await;

    // What is typed beside the offer is saved, and the offer stays.
    s.ngo.fill("other", "Nowy początek").await;
    s.ngo.until("zapisano ").await;
    s.ngo.until(OFFERED).await;
    assert_eq!(s.other(), "Nowy początek");
    s.ngo.open(&s.path()).await;
    s.ngo.until(OFFERED).await;
    s.ngo.press("Przywróć").await;
    assert_eq!(s.field().await, "Pisane w pociągu");
    s.ngo.until("zapisano tu coś innego.").await;
    s.ngo.press("Porównaj i wybierz").await;
    s.ngo.press("Zapisz wszędzie moją wersję").await;
    assert_eq!((s.other().as_str(), s.kept().await), ("Pisane w pociągu", Vec::new()));

    // A form that arrived is not offered again, whatever a colleague makes of it afterwards.
    s.ngo.client.execute(never_saves_by_itself, vec![]).await.unwrap();
    s.ngo.fill("other", "Zapisane przyciskiem").await;
    s.ngo.press("Zapisz i wróć do oferty").await;
    assert_eq!((s.other().as_str(), s.kept().await), ("Zapisane przyciskiem", Vec::new()));
    assert_eq!(s.ngo.client.current_url().await.unwrap().fragment(), None);
    s.meanwhile("Poprawione przez koleżankę").await;
    s.ngo.open(&s.path()).await;
    s.ngo.says_not(OFFERED).await;
    assert_eq!(s.field().await, "Poprawione przez koleżankę");
}
