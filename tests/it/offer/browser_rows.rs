//! Rows that come and go in Chromium while the page saves by itself: what hangs on a row goes with it, and a new
//! row starts like one of a new page.

use konkurs::account::{self, Actor};
use konkurs::audit;
use konkurs::law::Minutes;
use konkurs::offer::{Activity, Offer, OfferContent, store};
use konkurs::store::{OfferId, Store};

use crate::support::browser::{Driver, Person, Program};

const EMAIL: &str = "promyk@ngo.example";

struct Scene {
    ngo: Person,
    store: Store,
    id: OfferId,
    _program: Program,
    _driver: Driver,
}

impl Scene {
    /// The NGO of the demonstration, whose draft `change` made.
    async fn open(change: impl Fn(&mut OfferContent)) -> Scene {
        let program = Program::start("demo");
        let driver = Driver::start();
        let ngo = Person::new(&driver, &program, "promyk").await;
        ngo.sign_in(EMAIL).await;
        ngo.open("/oferty").await;
        ngo.press("Reintegracja społeczna – krok po kroku").await;
        let id = OfferId::parse(&ngo.id_in_path().await).unwrap();
        let store = Store::open(&program.scratch.address(), 1, audit::seal).unwrap();
        let scene = Scene { ngo, store, id, _program: program, _driver: driver };
        scene.save(change);
        scene
    }

    fn offer(&self) -> Offer {
        self.store.read(|r| store::find(r, &self.id)).unwrap()
    }

    /// Somebody of the organisation changes the draft elsewhere.
    fn save(&self, change: impl Fn(&mut OfferContent)) {
        let offer = self.offer();
        let mut content = offer.content.clone();
        change(&mut content);
        let save = |tx: &mut konkurs::store::Tx<'_>| {
            let person = account::store::by_email(tx, EMAIL)?.unwrap();
            let memberships = account::store::memberships_of(tx, &person.id)?;
            let by = Actor { person: Some(person.person()), memberships };
            konkurs::offer::save(tx, &by, &self.id, offer.version, content.clone(), offer.updated_at)
        };
        self.store.write(save).unwrap();
    }

    /// The activity of each cost line, by name; `-` for a cost whose activity is gone.
    fn homes(&self) -> Vec<(String, String)> {
        let c = self.offer().content;
        let name = |n: u32| match usize::try_from(n).unwrap().checked_sub(1) {
            Some(at) => c.activities[at].name.clone(),
            None => "-".to_owned(),
        };
        c.costs.iter().map(|line| (line.name.clone(), line.activity.map_or("II".to_owned(), name))).collect()
    }

    /// Waits until what was done since the last call is saved.
    async fn settled(&self) {
        self.ngo.until("zapisano ").await;
        let script = "document.querySelector('[data-autosave-state]').textContent = ''";
        self.ngo.client.execute(script, vec![]).await.unwrap();
    }
}

fn three(content: &mut OfferContent) {
    let activity = |name: &str| Activity { name: name.into(), ..content.activities[0].clone() };
    let activities = ["rekrutacja", "warsztaty", "wizyty"].map(activity).to_vec();
    content.activities = activities;
    for (line, n) in content.costs.iter_mut().zip(1..) {
        line.activity = Some(n);
        line.name = format!("koszt {n}");
    }
}

fn pairs(homes: &[(&str, &str)]) -> Vec<(String, String)> {
    homes.iter().map(|(cost, activity)| ((*cost).to_owned(), (*activity).to_owned())).collect()
}

#[actix_web::test]
async fn costs_stay_with_their_activity_however_often_the_plan_is_saved() {
    let s = Scene::open(three).await;
    assert_eq!(s.homes(), pairs(&[("koszt 1", "rekrutacja"), ("koszt 2", "warsztaty"), ("koszt 3", "wizyty")]));
    s.ngo.open(&format!("/oferty/{}/harmonogram", s.id)).await;
    let remove = "document.querySelector('button[name=_remove][value=\"activities.0\"]').click()";
    s.ngo.client.execute(remove, vec![]).await.unwrap();
    s.settled().await;
    let gone = pairs(&[("koszt 1", "-"), ("koszt 2", "warsztaty"), ("koszt 3", "wizyty")]);
    assert_eq!(s.homes(), gone);
    s.ngo.fill("activities.0.description", "Cztery godziny dziennie.").await;
    s.settled().await;
    assert_eq!(s.homes(), gone, "the second save finds every cost where the first left it");

    // A row of this page gets costs on another page; it is the same row when it is saved again.
    s.ngo.click("Dodaj działanie").await;
    s.settled().await;
    s.ngo.fill("activities.2.name", "staże").await;
    s.settled().await;
    s.save(|content| content.costs[0].activity = Some(3));
    let all = pairs(&[("koszt 1", "staże"), ("koszt 2", "warsztaty"), ("koszt 3", "wizyty")]);
    assert_eq!(s.homes(), all);
    s.ngo.fill("activities.2.description", "U pracodawców.").await;
    s.settled().await;
    assert_eq!(s.homes(), all);
    s.ngo.press("Zapisz").await;
    assert_eq!(s.homes(), all);
    assert_eq!(s.offer().content.activities[2].description, "U pracodawców.");
}

#[actix_web::test]
async fn a_row_taken_away_while_a_save_is_on_its_way_moves_no_cost() {
    let s = Scene::open(three).await;
    s.ngo.open(&format!("/oferty/{}/harmonogram", s.id)).await;
    // The first answer waits until the page lets it go.
    let hold = "const real = window.fetch; window.__held = new Promise(go => { window.__go = go; }); \
                window.__sent = 0; window.fetch = async (...what) => { const a = await real(...what); \
                  if (++window.__sent === 1) await window.__held; return a; };";
    s.ngo.client.execute(hold, vec![]).await.unwrap();
    s.ngo.fill("activities.1.description", "Cztery godziny dziennie.").await;
    let sent = "const done = arguments[arguments.length - 1]; \
                const watch = setInterval(() => { if (window.__sent === 1) { clearInterval(watch); done(true); } }, 20);";
    s.ngo.client.execute_async(sent, vec![]).await.unwrap();
    let remove = "document.querySelector('button[name=_remove][value=\"activities.0\"]').click(); window.__go();";
    s.ngo.client.execute(remove, vec![]).await.unwrap();
    let again = "const done = arguments[arguments.length - 1]; \
                 const watch = setInterval(() => { if (window.__sent === 2) { clearInterval(watch); done(true); } }, 20);";
    s.ngo.client.execute_async(again, vec![]).await.unwrap();
    s.settled().await;
    assert_eq!(s.homes(), pairs(&[("koszt 1", "-"), ("koszt 2", "warsztaty"), ("koszt 3", "wizyty")]));
}

#[actix_web::test]
async fn a_new_group_can_get_hours_though_those_of_the_others_follow_from_the_programme() {
    // The draft has one of the two groups of the call, with classes by day.
    let s = Scene::open(|content| {
        content.hours.truncate(1);
        let group = content.hours[0].group.clone();
        content.programme.retain(|class| class.group == group);
    })
    .await;
    s.ngo.open(&format!("/oferty/{}/zasoby", s.id)).await;
    s.ngo.says("Wynika z programu zajęć.").await;
    s.ngo.click("Dodaj grupę").await;
    let state = "const f = n => document.getElementsByName(n)[0]; \
                 const of = n => [f(n).readOnly, (f(n).getAttribute('aria-describedby') ?? '').split(' ').every(id => document.getElementById(id)), \
                   f(n).closest('.field').innerText.includes('Wynika z programu')]; \
                 return ['hours.0.minutes', 'hours.1.minutes', 'hours.1.individual'].map(of)";
    let state = s.ngo.client.execute(state, vec![]).await.unwrap();
    assert_eq!(state, serde_json::json!([[true, true, true], [false, true, false], [false, true, false]]));
    s.ngo.check().await;
    s.settled().await;
    for (field, value) in [("group", "E1-G2"), ("persons", "10"), ("minutes", "12")] {
        s.ngo.fill(&format!("hours.1.{field}"), value).await;
        s.settled().await;
    }
    let row = s.offer().content.hours[1].clone();
    assert_eq!((row.group.as_str(), row.persons, row.minutes), ("E1-G2", 10, Minutes::from_hours(12)));
}
