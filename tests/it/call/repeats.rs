//! The same form sent twice makes one thing: a double click, a retry after a slow answer, "back" and the button again.

use futures_util::future::join;
use konkurs::account::Role;
use konkurs::call::{self, CallState, Part};
use konkurs::programme;

use super::steps::{ELEMENTS, change};
use super::{announced, complete, drafted, find, office};
use crate::programme::confirmed;
use crate::support::{Answer, Client, TestApp, sample, text_of};

/// Sends a form twice at the same moment through two programs on one database, then once more.
async fn thrice(app: &TestApp, who: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let beside = app.beside().await;
    let other = beside.also(who);
    let (one, two) = join(who.post(path, fields), other.post(path, fields)).await;
    let three = who.post(path, fields).await;
    for answer in [&one, &two, &three] {
        answer.expect(303);
        assert_eq!(answer.location, one.location);
    }
    one
}

fn calls(app: &TestApp) -> usize {
    app.state.store.read(|r| call::store::all(r, false)).unwrap().len()
}

fn logged(app: &TestApp, deed: &str) -> usize {
    let all = app.state.store.read(|r| konkurs::audit::page(r, None, 500)).unwrap();
    all.iter().filter(|row| row.deed == deed).count()
}

/// What is said of a draft that was there already.
fn there(what: &str, at: &str) -> String {
    format!(
        "Taki {what} już jest, założony przez Ciebie 23.11.2026, {at}, i nikt go jeszcze nie zmienił: to on. Drugiego nie \
         założono. Jeśli potrzebujesz drugiego, najpierw zmień coś w tym i zapisz."
    )
}

type Typed<'a> = &'a [(&'a str, &'a str)];

/// The sentence over the page that an answer leads to.
async fn told(who: &Client, answer: &Answer) -> String {
    let html = who.page(&answer.location).await.html();
    let (_, flash) = html.split_once("<p class=\"flash ").unwrap_or_else(|| panic!("nothing is told: {html}"));
    text_of(flash.split_once('>').unwrap().1.split_once("</p>").unwrap().0)
}

#[actix_web::test]
async fn a_programme_is_made_once() {
    let app = TestApp::new().await;
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let typed = [("title", "Reintegracja 2027"), ("rules", "RSD-1"), ("aim", "Powrót"), ("plan_number", "")];
    let first = thrice(&app, &officer, "/urzad/programy", &typed).await;
    assert_eq!(app.state.store.read(programme::store::all).unwrap().len(), 1);
    assert_eq!(logged(&app, "programme.create"), 1);
    // Another text, another person and a draft that was worked on are another programme.
    let other = [("title", "Reintegracja 2028"), ("rules", "RSD-1")];
    assert_ne!(officer.post("/urzad/programy", &other).await.expect(303).location, first.location);
    let second = app.staff("drugi@example.pl", &[Role::Officer]).await;
    assert_ne!(second.post("/urzad/programy", &typed).await.expect(303).location, first.location);
    let edited = [("version", "0"), ("title", "Reintegracja 2027"), ("rules", "RSD-1"), ("aim", "Powrót do pracy")];
    officer.post(&format!("{}/edycja", first.location), &edited).await.expect(303);
    assert_ne!(officer.post("/urzad/programy", &typed).await.expect(303).location, first.location);
    assert_eq!(app.state.store.read(programme::store::all).unwrap().len(), 4);
}

#[actix_web::test]
async fn a_call_a_rehearsal_and_a_copy_are_made_once() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let model = complete(&app, &office);
    let programme = confirmed(&app, &office.officer, sample::programme_content("RSD-1"));
    let path = format!("/urzad/programy/{programme}/konkursy");
    let first = thrice(&app, &office.officer, &path, &[]).await;
    let rehearsal = thrice(&app, &office.officer, &path, &[("test", "true")]).await;
    assert_ne!(rehearsal.location, first.location);
    let copy = format!("/urzad/konkursy/{}/kopia", model.id);
    let copied = thrice(&app, &office.officer, &copy, &[("programme", programme.as_str())]).await;
    assert_ne!(copied.location, first.location);
    assert_eq!((calls(&app), logged(&app, "call.create")), (4, 4), "the model and these three");

    // What somebody worked on is not given again; the next draft gets what the plan still holds.
    let id = first.location.rsplit('/').next().and_then(konkurs::store::CallId::parse).unwrap();
    let draft = find(&app, &id);
    let mut content = draft.content.clone();
    content.title = "Część pierwsza".into();
    super::saved(&app, &office, &draft, content);
    assert_ne!(office.officer.post(&path, &[]).await.expect(303).location, first.location);
    assert_eq!(calls(&app), 5);
}

/// Whoever asks for the same again is told since when it is there, and how to get a second one.
#[actix_web::test]
async fn a_draft_that_is_there_already_is_not_called_a_new_one() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let officer = &office.officer;
    let model = complete(&app, &office);
    let programme = confirmed(&app, officer, sample::programme_content("RSD-1"));
    let (path, copy) = (format!("/urzad/programy/{programme}/konkursy"), format!("/urzad/konkursy/{}/kopia", model.id));
    let new = "Założono projekt konkursu. Przejdź kroki po kolei; każdy zapisuje się osobno.";
    let copied = "Założono projekt konkursu na podstawie wcześniejszego. Sprawdź to, co wymieniono na górze.";
    let rehearsal = "Założono projekt konkursu próbnego. Nie zobaczy go nikt poza urzędem.";
    let (call, trial) = ("projekt konkursu", "projekt konkursu próbnego");
    let (of, test) = (("programme", programme.as_str()), ("test", "true"));
    let written = [("title", "Reintegracja 2028"), ("rules", "RSD-1")];
    let all: [(&str, Typed<'_>, &str, &str); 5] = [
        (&path, &[], call, new),
        (&path, &[test], trial, rehearsal),
        (&copy, &[of], call, copied),
        (&copy, &[of, test], trial, copied),
        ("/urzad/programy", &written, "program", "Zapisano program jako wersję roboczą."),
    ];
    let mut locations = Vec::new();
    for (hour, (path, fields, what, made)) in (12..).zip(all) {
        app.at(&format!("2026-11-23 {hour}:05"));
        let officer = app.sign_in("urzednik@example.pl");
        let first = officer.post(path, fields).await;
        assert_eq!(told(&officer, first.expect(303)).await, made);
        app.at(&format!("2026-11-23 {hour}:09"));
        let again = officer.post(path, fields).await;
        assert_eq!(again.expect(303).location, first.location);
        assert_eq!(told(&officer, &again).await, there(what, &format!("{hour}:05")));
        locations.push(first.location);
    }
    // Something is changed and saved, as the sentence said: then there is a second one.
    let officer = app.sign_in("urzednik@example.pl");
    let id = locations[0].rsplit('/').next().and_then(konkurs::store::CallId::parse).unwrap();
    change(&officer, &find(&app, &id), Part::Elements, &ELEMENTS).await.expect(303);
    let second = officer.post(&path, &[]).await;
    assert!(!locations.contains(&second.expect(303).location), "{}", second.location);
    assert_eq!(told(&officer, &second).await, new);
}

/// A programme that was confirmed anew says something else, and so does the next draft.
#[actix_web::test]
async fn a_draft_of_an_older_programme_is_not_given_for_a_new_one() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let again = app.state.store.write(|tx| call::create(tx, &actor, &draft.programme, now)).unwrap().id;
    assert_eq!(again, draft.id);
    let changed = app.state.store.write(|tx| {
        let old = programme::store::find(tx, &draft.programme)?;
        let mut content = old.content.clone();
        content.editions[0].to = content.editions[0].to.pred_opt().unwrap();
        programme::save(tx, &actor, &old.id, old.version, content, now)?;
        programme::confirm(tx, &actor, &old.id, old.version + 1, now)?;
        call::create(tx, &actor, &draft.programme, now)
    });
    assert_ne!(changed.unwrap().id, draft.id);
}

#[actix_web::test]
async fn an_outage_is_recorded_once() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let typed = [
        ("from_date", "2026-11-23"),
        ("from_time", "09:00"),
        ("to_date", "2026-11-23"),
        ("to_time", "10:30"),
        ("cause", "awaria łącza"),
    ];
    thrice(&app, &office.officer, "/urzad/przerwy", &typed).await;
    let ledger = || app.state.store.read(|r| call::store::outages::recent(r, 100)).unwrap();
    assert_eq!((ledger().len(), logged(&app, "outage.report")), (1, 1));
    let mut longer = typed;
    longer[3].1 = "10:45";
    office.officer.post("/urzad/przerwy", &longer).await.expect(303);
    assert_eq!(ledger().len(), 2, "another end is another line");
}

#[actix_web::test]
async fn a_notice_of_publication_is_kept_once() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let url = format!("/urzad/konkursy/{}/miejsca", call.id);
    let fact = |kind| {
        let board = [("no", "1"), ("place", "board"), ("kind", kind), ("on", "2026-11-23"), ("time", "11:00")];
        board.into_iter().chain([("by", "Jan Woźny"), ("evidence", "adnotacja nr 7")]).collect::<Vec<_>>()
    };
    thrice(&app, &office.officer, &url, &fact("removed")).await;
    let kept = || app.state.store.read(|r| call::store::notices::of_call(r, &call.id)).unwrap();
    assert_eq!((kept().len(), logged(&app, "call.notice")), (1, 1));
    let documents = || app.state.store.read(|r| konkurs::store::documents::after(r, "", 100)).unwrap().len();
    let before = documents();
    for _ in 0..2 {
        office.officer.upload(&url, &fact("removed"), "file", "a.pdf", b"%PDF-1.4 tablica").await.expect(303);
    }
    assert_eq!((kept().len(), documents()), (2, before + 1), "with a scan it is another fact, and kept once");
    assert_eq!(find(&app, &call.id).state, CallState::Announced);
}
