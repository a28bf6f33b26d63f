//! Calls: prepared, announced, opened, cancelled; what the public sees.

mod access;
pub mod amending;
mod announce;
mod approve;
mod browser;
mod browser_deeds;
mod browser_questions;
mod cancel;
mod clocks;
mod documents;
mod draft;
mod edges;
pub mod extending;
mod giving_back;
mod list;
mod notices;
mod outages;
mod preconditions;
pub mod prepare;
mod public;
mod questions;
mod reach;
mod repeats;
mod steps;
mod subscribe;
mod usual;
mod weekly;

use konkurs::account::Role;
use konkurs::call::{self, Call, CallContent, EarlierTasks};
use konkurs::law::Money;
use konkurs::programme::ProgrammeContent;
use konkurs::store::CallId;

use crate::programme::confirmed;
use crate::support::sample::{self, day};
use crate::support::{Client, TestApp, moment};

pub struct Office {
    pub officer: Client,
    pub organ: Client,
}

pub async fn office(app: &TestApp) -> Office {
    Office {
        officer: app.staff("urzednik@example.pl", &[Role::Officer]).await,
        organ: app.staff("organ@example.pl", &[Role::Organ]).await,
    }
}

pub fn find(app: &TestApp, id: &CallId) -> Call {
    app.state.store.read(|r| call::store::find(r, id)).unwrap()
}

/// A draft call of `programme`, as `create` makes it.
pub fn drafted(app: &TestApp, office: &Office, programme: ProgrammeContent) -> Call {
    let programme = confirmed(app, &office.officer, programme);
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let id = app.state.store.write(|tx| call::create(tx, &actor, &programme, now)).unwrap().id;
    find(app, &id)
}

pub fn saved(app: &TestApp, office: &Office, call: &Call, content: CallContent) -> Call {
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    app.state.store.write(|tx| call::save(tx, &actor, &call.id, call.version, content, now)).unwrap();
    find(app, &call.id)
}

/// An RSD call that lacks nothing; on 2026-11-23 it may be announced.
pub fn complete(app: &TestApp, office: &Office) -> Call {
    let draft = drafted(app, office, sample::programme_content("RSD-1"));
    let content = filled(draft.content.clone(), 2026, "2026-12-14", "2027-01-04");
    saved(app, office, &draft, content)
}

/// The parts that a new call leaves open.
pub fn filled(mut content: CallContent, year: i32, deadline: &str, decision: &str) -> CallContent {
    content.elements.deadline = day(deadline).and_hms_opt(23, 59, 0);
    content.elements.decision_by = Some(day(decision));
    content.elements.earlier =
        [year, year - 1].map(|year| EarlierTasks { year, cost: Money::ZERO, grants: Money::ZERO }).to_vec();
    content
}

/// The organ approves the text of `call` at `wall`, before its papers hang.
pub fn approved_at(app: &TestApp, office: &Office, call: &Call, wall: &str) -> Call {
    let organ = app.actor(&office.organ);
    app.state.store.write(|tx| call::approve(tx, &organ, &call.id, call.version, moment(wall))).unwrap();
    find(app, &call.id)
}

/// The text of `call`, approved on the morning of 2026-11-23, before the hours of [`places`].
pub fn approved(app: &TestApp, office: &Office, call: &Call) -> Call {
    approved_at(app, office, call, "2026-11-23 07:00")
}

/// The form of the announcement page.
pub fn places<'a>(version: &'a str, on: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("bip_on", on),
        ("bip_time", "08:00"),
        ("bip_evidence", "https://bip.example.pl/1"),
        ("board_on", on),
        ("board_time", "08:30"),
        ("board_evidence", "adnotacja na tablicy nr 4"),
        ("website_on", on),
        ("website_time", "08:15"),
        ("website_evidence", "https://pup.example.pl/konkurs"),
    ]
}

/// The same with all three places at one hour.
pub fn places_at<'a>(version: &'a str, on: &'a str, hour: &'a str) -> Vec<(&'a str, &'a str)> {
    let all = places(version, on).into_iter();
    all.map(|(name, value)| if name.ends_with("_time") { (name, hour) } else { (name, value) }).collect()
}

/// The call of [`complete`], announced on 2026-11-23.
pub async fn announced(app: &TestApp, office: &Office) -> Call {
    let call = approved(app, office, &complete(app, office));
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    office.organ.post(&url, &places("2", "2026-11-23")).await.expect(303);
    find(app, &call.id)
}
