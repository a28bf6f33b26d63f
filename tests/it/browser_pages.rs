//! Every page of the program that the demonstration reaches or the scenes of [`super::browser_scenes`] bring about, as Chromium shows it to the people who come there:
//! axe-core finds nothing, and nothing has to be scrolled sideways at the width of a telephone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use konkurs::account::{self, Actor};
use konkurs::call::{self, Asking};
use konkurs::error::AppError;
use konkurs::store::{Clock, Store};
use konkurs::{app, audit};

use crate::support::browser::{Driver, Person, Program};

/// Who looks, in the order in which they come; a page is looked at by the first who reaches it.
const PEOPLE: [&str; 12] = [
    "",
    "promyk@ngo.example",
    "sukces@ngo.example",
    "most@ngo.example",
    "razem@ngo.example",
    "urzednik@pup.example",
    "organ@pup.example",
    "komisja1@pup.example",
    "komisja2@ngo.example",
    "finanse@pup.example",
    "admin@pup.example",
    "audytor@pup.example",
];

/// The page of an object looks different in every state: so many of a kind are looked at.
const OBJECTS: usize = 8;

/// Answers that are no pages, beside those whose name has an ending.
const NO_PAGES: [&str; 8] = [
    "/healthz",
    "/metrics",
    "/konto/organizacja/{org}/dokumenty/{document}",
    "/urzad/konkursy/{call}/dowody/{document}",
    "/oferty/{offer}/zalaczniki/plik/{attachment}",
    "/oferty/{offer}/podpisane-potwierdzenie/{document}",
    "/komisja/oferty/{offer}/plik/{attachment}",
    "/urzad/oferty/{offer}/uzupelnienie/plik/{attachment}",
];

/// Pages of a state that neither the demonstration nor the scenes beside it are in. Those of contracts and reports are
/// looked at by the walk of the newcomer.
const ELSEWHERE: &[&str] = &[
    "/urzad/konkursy/{call}/otwarcie",
    "/oferty/{offer}/obecnosc",
    "/urzad/oferty/{offer}",
    "/komisja/oferty/{offer}/pieczec",
    "/urzad/umowy/{contract}/edycja",
    "/urzad/umowy/{contract}/generowanie",
    "/urzad/umowy/{contract}/podpisanie",
    "/finanse/umowy/{contract}/wyplaty",
    "/umowy/{contract}",
    "/umowy/{contract}/sprawozdania",
    "/sprawozdania/{report}",
    "/sprawozdania/{report}/opis",
    "/sprawozdania/{report}/koszty",
    "/sprawozdania/{report}/godziny",
    "/sprawozdania/{report}/godziny/import",
    "/sprawozdania/{report}/zlozenie",
    "/urzad/sprawozdania/{report}/przyjecie",
];

/// `/oferty/{}/koszty?grupa`: what makes a page another kind of page.
fn shape(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let part = |part: &str| match part {
        id if id.len() == 36 => "{}".to_owned(),
        number if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => "{n}".to_owned(),
        word => word.to_owned(),
    };
    let path: Vec<String> = path.split('/').map(part).collect();
    let keys: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{}?{}", path.join("/"), keys.join("&"))
}

/// Looks at every kind of page that `who` can reach and nobody has seen before.
async fn look_around(who: &Person, seen: &mut BTreeMap<String, usize>, visited: &mut BTreeSet<String>) {
    let mut next = VecDeque::from(who.addresses().await);
    let mut tried = BTreeSet::new();
    while let Some(address) = next.pop_front() {
        let kind = shape(&address);
        let enough = if kind.ends_with("{}?") { OBJECTS } else { 1 };
        if visited.contains(&address) || seen.get(&kind).is_some_and(|so_far| *so_far >= enough) {
            continue;
        }
        if !tried.insert(address.clone()) || !who.is_page(&address).await {
            continue;
        }
        who.open(&address).await;
        who.fits(&address).await;
        *seen.entry(kind).or_default() += 1;
        visited.insert(address);
        next.extend(who.addresses().await);
    }
}

/// Whether a path is one of a route such as `/oferty/{offer}`.
fn is_of(route: &str, path: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    a.len() == b.len() && a.iter().zip(&b).all(|(route, part)| route.starts_with('{') || route == part)
}

pub fn actor(store: &Store, email: &str) -> Actor {
    let found = store.read(|r| {
        let row = account::store::by_email(r, email)?.ok_or(AppError::NotFound)?;
        Ok(Actor { person: Some(row.person()), memberships: account::store::memberships_of(r, &row.id)? })
    });
    found.unwrap()
}

/// What the demonstration lacks: a draft, a change that is being written, and a question without an answer.
fn begin_more(program: &Program) {
    let store = Store::open(&program.scratch.address(), 1, audit::seal).unwrap();
    let (officer, ngo) = (actor(&store, "urzednik@pup.example"), actor(&store, "promyk@ngo.example"));
    let now = Clock::system().now();
    let calls = store.read(|r| call::store::all(r, true)).unwrap();
    let open: Vec<_> = calls.into_iter().filter(|call| call.is_open(now)).collect();
    let begun = store.write(|tx| {
        call::create(tx, &officer, &open[0].programme, now)?;
        call::begin_amendment(tx, &officer, &open[0].id, &call::Cause::Own, now)?;
        let asking = Asking { text: "Czy sala może być w innej gminie?".into(), email: String::new() };
        call::ask(tx, &ngo, &open[1].id, asking, &program.base, now)
    });
    begun.unwrap();
}

#[actix_web::test]
async fn axe_finds_nothing_on_any_page_and_every_page_fits_a_telephone() {
    let program = Program::start("demo");
    begin_more(&program);
    let driver = Driver::start();
    let (mut seen, mut visited) = (BTreeMap::new(), BTreeSet::new());
    for email in PEOPLE {
        let who = Person::new(&driver, &program, if email.is_empty() { "nobody" } else { email }).await;
        if email.is_empty() {
            who.open("/").await;
        } else {
            who.sign_in(email).await;
        }
        look_around(&who, &mut seen, &mut visited).await;
        who.client.close().await.unwrap();
    }
    visited.extend(super::browser_scenes::look(&program, &driver).await);
    let is_file = |path: &str| path.rsplit('/').next().is_some_and(|end| end.contains('.'));
    let pages = app::entries().into_iter().filter(|entry| entry.method == "GET").map(|entry| entry.path);
    let pages = pages.filter(|path| !is_file(path) && !NO_PAGES.contains(path));
    let paths: Vec<&str> = visited.iter().filter_map(|address| address.split('?').next()).collect();
    let unseen: Vec<&str> = pages.filter(|route| !paths.iter().any(|path| is_of(route, path))).collect();
    assert_eq!(unseen, ELSEWHERE, "{} pages were looked at", visited.len());
}
