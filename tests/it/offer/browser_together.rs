//! In Chromium: two people in one offer see each other, a partner's part saves by itself, and a server that has no
//! time loses nothing.

use std::sync::mpsc;

use konkurs::account::{self, Actor, OrgRole};
use konkurs::audit;
use konkurs::law::Instant;
use konkurs::offer::{Offer, Sign, store, tick};
use konkurs::store::{OfferId, PersonId, Store};

use crate::support::browser::{Driver, Person, Program};

const LEAD: &str = "sukces@ngo.example";
const PARTNER: &str = "razem@ngo.example";
const EDITOR: &str = "ewa@sukces.example";
const JOINT: &str = "Razem ku pracy";

struct Scene {
    program: Program,
    driver: Driver,
    store: Store,
}

impl Scene {
    fn new(settings: &[(&str, &str)]) -> Scene {
        let program = Program::start_with("demo", settings);
        let store = Store::open(&program.scratch.address(), 2, audit::seal).unwrap();
        Scene { program, driver: Driver::start(), store }
    }

    async fn person(&self, email: &str) -> Person {
        let person = Person::new(&self.driver, &self.program, email).await;
        person.sign_in(email).await;
        person
    }

    /// Goes to the joint offer of the demonstration.
    async fn find(&self, person: &Person) -> OfferId {
        person.open("/oferty").await;
        person.press(JOINT).await;
        OfferId::parse(&person.id_in_path().await).unwrap()
    }

    fn offer(&self, id: &OfferId) -> Offer {
        self.store.read(|r| store::find(r, id)).unwrap()
    }

    fn actor(&self, email: &str) -> Actor {
        self.store
            .read(|r| {
                let person = account::store::by_email(r, email)?.unwrap();
                let memberships = account::store::memberships_of(r, &person.id)?;
                Ok(Actor { person: Some(person.person()), memberships })
            })
            .unwrap()
    }

    /// Ewa edits with the lead; her password is that of the demonstration.
    fn add_editor(&self) {
        let lead = self.actor(LEAD);
        let org = lead.memberships[0].org.clone();
        self.store
            .write(|tx| {
                let known = account::store::by_email(tx, LEAD)?.unwrap();
                let ewa = account::store::PersonRow {
                    id: PersonId::new(),
                    email: EDITOR.into(),
                    name: "Ewa Redaktor".into(),
                    ..known
                };
                let now: Instant = konkurs::store::instant(ewa.created_at);
                account::store::insert_person(tx, &ewa)?;
                account::store::insert_membership(tx, &org, &ewa.id, OrgRole::Editor, now)
            })
            .unwrap();
    }
}

/// The answers that scripts of this page get to saves, from now on.
pub async fn listen(person: &Person) {
    let script = "window.__answers = []; const real = window.fetch; \
                  window.fetch = async (...what) => { const a = await real(...what); \
                    if (String(what[0]).endsWith('/autozapis')) window.__answers.push(a.status); return a; };";
    person.client.execute(script, vec![]).await.unwrap();
}

async fn answers(person: &Person) -> Vec<u64> {
    let all = person.client.execute("return window.__answers", vec![]).await.unwrap();
    all.as_array().unwrap().iter().filter_map(serde_json::Value::as_u64).collect()
}

/// Waits until so many saves were answered.
pub async fn answered(person: &Person, count: u64) {
    let script = "const done = arguments[arguments.length - 1]; const want = arguments[0];                   const watch = setInterval(() => { if (window.__answers.length >= want) { clearInterval(watch); done(true); } }, 20);";
    person.client.execute_async(script, vec![serde_json::json!(count)]).await.unwrap();
}

/// Makes the page give or ask for a sign now, as it does when somebody comes back to it.
async fn look(person: &Person) {
    let script = "document.dispatchEvent(new Event('visibilitychange'))";
    person.client.execute(script, vec![]).await.unwrap();
}

#[actix_web::test]
async fn two_people_see_each_other_and_one_who_left_is_gone() {
    let s = Scene::new(&[]);
    s.add_editor();
    let anna = s.person(LEAD).await;
    let id = s.find(&anna).await;
    let ewa = s.person(EDITOR).await;
    let part = format!("/oferty/{id}/inne");
    anna.open(&part).await;
    anna.says_not("pisze teraz").await;
    ewa.open(&part).await;
    ewa.until("Sylwia Prezes pisze teraz w tej części, od ").await;
    ewa.check().await;
    look(&anna).await;
    anna.until("Ewa Redaktor pisze teraz w tej części, od ").await;
    // The page of the offer says it too, beside the part.
    anna.open(&format!("/oferty/{id}")).await;
    anna.says("Ewa Redaktor pisze teraz w tej części, od ").await;
    // Ewa closes her window, and her last sign is as old as it would be 76 seconds later.
    ewa.client.close().await.unwrap();
    let now: Instant = std::time::SystemTime::now().into();
    let old = now - chrono::Duration::seconds(76);
    let gone = s.actor(EDITOR);
    let cards = s.store.read(|r| konkurs::offer::present(r, &id, now)).unwrap();
    for card in cards.into_iter().filter(|card| card.name == "Ewa Redaktor") {
        let sign = Sign { section: card.section, tab: card.tab, shown: true };
        s.store.write(|tx| tick(tx, &gone, &id, &sign, old)).unwrap();
    }
    look(&anna).await;
    anna.until_gone("Ewa Redaktor pisze teraz").await;
    anna.open(&part).await;
    anna.says_not("pisze teraz").await;
}

#[actix_web::test]
async fn a_second_card_of_one_person_is_told_and_forgotten_when_it_is_closed() {
    let s = Scene::new(&[]);
    let anna = s.person(LEAD).await;
    let id = s.find(&anna).await;
    let part = format!("/oferty/{id}/inne");
    let told = "Ta część jest otwarta także w innej Twojej karcie, od ";
    anna.open(&part).await;
    // The same part again in the same card is not another card.
    anna.open(&part).await;
    let first = anna.client.window().await.unwrap();
    let second = anna.client.new_window(true).await.unwrap().handle;
    anna.client.switch_to_window(second).await.unwrap();
    anna.open(&part).await;
    anna.until(told).await;
    anna.check().await;
    anna.client.close_window().await.unwrap();
    anna.client.switch_to_window(first).await.unwrap();
    let cards = || s.store.read(|r| konkurs::offer::present(r, &id, std::time::SystemTime::now().into())).unwrap();
    for _ in 0..200 {
        if cards().len() == 1 {
            break;
        }
        look(&anna).await;
    }
    assert_eq!(cards().len(), 1, "{:?}", cards());
    look(&anna).await;
    anna.until_gone(told).await;
}

#[actix_web::test]
async fn the_part_of_a_partner_saves_by_itself_and_survives_the_end_of_the_session() {
    let s = Scene::new(&[]);
    let partner = s.person(PARTNER).await;
    let id = s.find(&partner).await;
    partner.says("czeka na potwierdzenie").await;
    partner.press("Wypełnij swoją część").await;
    partner.fill("tasks", "sale w Kowalu").await;
    partner.until("zapisano ").await;
    partner.check().await;
    let tasks = || s.offer(&id).content.joint.unwrap().shares[1].tasks.clone();
    assert_eq!(tasks(), "sale w Kowalu");
    // A tick saves as well, and what cannot be read is named.
    partner.fill("y0", "1 234,50").await;
    partner.says("\t1 234,50 zł").await;
    partner.fill("y0", "dużo").await;
    partner.until("ale bez pola").await;
    partner.check().await;
    partner.fill("y0", "7 200").await;
    partner.until_gone("ale bez pola").await;

    let person = s.store.read(|r| account::store::by_email(r, PARTNER)).unwrap().unwrap();
    s.store.write(|tx| account::end_all(tx, &person.id)).unwrap();
    partner.fill("tasks", "sale w Kowalu i dojazdy").await;
    partner.until("Sesja się skończyła").await;
    partner.check().await;
    partner.fill("password", konkurs::demo::PASSWORD).await;
    partner.click("Zaloguj i zapisz").await;
    partner.until("zapisano ").await;
    assert_eq!(tasks(), "sale w Kowalu i dojazdy");

    // The lead writes in the same part meanwhile: both texts, and nothing is overwritten.
    let lead = s.person(LEAD).await;
    lead.open(&partner.path().await).await;
    lead.fill("tasks", "tylko sale").await;
    lead.until("zapisano ").await;
    partner.fill("tasks", "sale, dojazdy i posiłki").await;
    partner.until("zapisano tu coś innego. Tego, co teraz wpisujesz, nie zapisano").await;
    partner.press("Porównaj i wybierz").await;
    partner.says("tylko sale").await;
    partner.press("Zapisz wszędzie moją wersję").await;
    assert_eq!(tasks(), "sale, dojazdy i posiłki");
}

#[actix_web::test]
async fn too_many_writes_and_a_database_that_is_away_are_told_loudly_and_tried_again() {
    let settings = [("KONKURS_LIMITS__WRITES_A_SECOND", "1"), ("KONKURS_LIMITS__WRITES_AT_ONCE", "2")];
    let s = Scene::new(&settings);
    let lead = s.person(LEAD).await;
    let id = s.find(&lead).await;
    lead.open(&format!("/oferty/{id}/inne")).await;
    let other = || s.offer(&id).content.other;
    listen(&lead).await;

    // Signs of presence spend the writes of the account as fast as they come back.
    let spend = "window.__spend = true; const place = document.querySelector('[data-presence]'); \
                 const token = document.querySelector('main form input[name=_token]').value; \
                 (async () => { while (window.__spend) await fetch(place.dataset.presence, {method: 'POST', \
                   headers: {Accept: 'application/json'}, \
                   body: new URLSearchParams({section: place.dataset.section, _token: token})}); })();";
    lead.client.execute(spend, vec![]).await.unwrap();
    let mut typed = String::new();
    for n in 1..=50 {
        typed = format!("Zdanie {n}.");
        lead.fill("other", &typed).await;
        // Now and then a save is faster than a sign; the next one will not be.
        answered(&lead, n).await;
        if answers(&lead).await.contains(&429) {
            break;
        }
    }
    lead.until("NIE ZAPISANO – próbuję ponownie za ").await;
    lead.says("kopia jest w tej przeglądarce").await;
    lead.check().await;
    lead.client.execute("window.__spend = false", vec![]).await.unwrap();
    lead.until("zapisano ").await;
    lead.says_not("NIE ZAPISANO").await;
    assert_eq!(other(), typed);

    // Somebody else holds the database for longer than the program waits for it.
    let (held, holding) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let (store, offer) = (s.store.clone(), id.clone());
    let holder = std::thread::spawn(move || {
        store.write(|tx| {
            konkurs::offer::store::lock(tx, &offer)?;
            held.send(()).unwrap();
            let _ = released.recv();
            Ok(())
        })
    });
    holding.recv().unwrap();
    lead.fill("other", "Baza jest zajęta.").await;
    lead.until("NIE ZAPISANO – próbuję ponownie za 5 s (kopia jest w tej przeglądarce)").await;
    lead.check().await;
    drop(release);
    holder.join().unwrap().unwrap();
    lead.until("zapisano ").await;
    assert_eq!(other(), "Baza jest zajęta.");
    assert!(answers(&lead).await.contains(&503), "{:?}", answers(&lead).await);
    lead.open(&format!("/oferty/{id}/inne")).await;
    lead.says_not("niezapisana kopia").await;
}
