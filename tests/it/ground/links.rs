//! Nobody is shown a link that leads to a refusal: the demonstration, with a draft, a change and questions besides, walked
//! by everyone of the office, of its committee and of an organisation; and every page says which place it belongs to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use konkurs::call::{self, Asking, QuestionState};
use konkurs::demo;

use crate::support::{Client, TestApp};

const PEOPLE: [&str; 8] = [
    "urzednik@pup.example",
    "organ@pup.example",
    "finanse@pup.example",
    "admin@pup.example",
    "audytor@pup.example",
    "komisja1@pup.example",
    "komisja2@ngo.example",
    "promyk@ngo.example",
];

/// Pages of one kind that are looked at: the page of an object has other links in every state.
const OBJECTS: usize = 3;

/// Every address of our own that a page leads to, but for what takes long to print.
fn addresses(html: &str) -> Vec<String> {
    let rest = html.split("<a ").skip(1);
    let href = rest.filter_map(|a| a.split('>').next()?.split("href=\"").nth(1)?.split('"').next());
    let own = href.map(|h| h.split('#').next().unwrap_or_default().replace("&amp;", "&").replace("&#x2F;", "/"));
    own.filter(|h| h.starts_with('/') && !h.starts_with("/static/") && !h.ends_with(".pdf")).collect()
}

/// `/oferty/{}/zadanie`: pages of one kind have one shape.
fn shape(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let part = |part: &str| if part.len() == 36 { "{}".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Stages, whose pages belong to a place of the main navigation.
const STAGES: [&str; 7] = ["/konkursy", "/oferty", "/umowy", "/sprawozdania", "/urzad", "/komisja", "/finanse"];

/// How many places of the main navigation are marked as the one a person is in.
fn places(html: &str) -> usize {
    let nav = html.split("<nav class=\"site-nav\"").nth(1).and_then(|rest| rest.split("</nav>").next());
    nav.map_or(0, |nav| nav.matches("aria-current=").count())
}

/// The links that `who` is shown and may not follow, as `page → link: status`, and pages of a stage that mark no place or
/// two.
async fn dead_ends(who: &Client) -> (usize, Vec<String>) {
    let mut next = VecDeque::from([("".to_owned(), "/".to_owned())]);
    let (mut seen, mut dead) = (BTreeMap::<String, usize>::new(), Vec::new());
    let mut visited = BTreeSet::new();
    while let Some((from, address)) = next.pop_front() {
        let so_far = seen.entry(shape(&address)).or_default();
        if *so_far >= OBJECTS || !visited.insert(address.clone()) {
            continue;
        }
        *so_far += 1;
        let answer = who.get(&address).await;
        if !matches!(answer.status, 200 | 303) {
            dead.push(format!("{from} → {address}: {}", answer.status));
        }
        let html = answer.headers.get("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if html && answer.status == 200 {
            let html = answer.html();
            if STAGES.iter().any(|stage| address.starts_with(stage)) && places(&html) != 1 {
                dead.push(format!("{from} → {address}: marks {} places", places(&html)));
            }
            next.extend(addresses(&html).into_iter().map(|to| (address.clone(), to)));
        }
    }
    (visited.len(), dead)
}

/// What the demonstration lacks: a draft, a change that is being written, questions with an answer and without.
fn begin_more(app: &TestApp) {
    let (officer, ngo) =
        (app.actor(&app.sign_in("urzednik@pup.example")), app.actor(&app.sign_in("promyk@ngo.example")));
    let (store, now) = (&app.state.store, app.state.clock.now());
    let calls = store.read(|r| call::store::all(r, true)).unwrap();
    let open: Vec<_> = calls.into_iter().filter(|call| call.is_open(now)).collect();
    let asking = |text: &str| Asking { text: text.into(), email: String::new() };
    let begun = store.write(|tx| {
        call::create(tx, &officer, &open[0].programme, now)?;
        call::begin_amendment(tx, &officer, &open[0].id, &call::Cause::Own, now)?;
        call::ask(tx, &ngo, &open[1].id, asking("Czy sala może być w innej gminie?"), "https://k.pl", now)?;
        call::ask(tx, &ngo, &open[1].id, asking("Czy zajęcia mogą być w sobotę?"), "https://k.pl", now)
    });
    begun.unwrap();
    let answered = store.write(|tx| {
        let asked = call::store::questions::of_call(tx, &open[1].id)?;
        let asked = asked.into_iter().find(|q| q.state == QuestionState::Asked).unwrap();
        call::save_answer(tx, &officer, &asked.id, asked.version, (asked.text.clone(), "Tak.".into()), now)?;
        call::publish_answer(tx, &officer, &asked.id, asked.version + 1, "https://k.pl", now)
    });
    answered.unwrap();
}

#[actix_web::test]
async fn no_link_of_the_demonstration_leads_to_a_refusal() {
    let app = TestApp::new().await;
    demo::play(&app.state, app.state.clock.now()).unwrap();
    begin_more(&app);
    let mut wrong = Vec::new();
    for email in PEOPLE {
        let (pages, dead) = dead_ends(&app.sign_in(email)).await;
        assert!(pages > 20, "{email} saw {pages} pages");
        wrong.extend(dead.into_iter().map(|line| format!("{email}: {line}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
