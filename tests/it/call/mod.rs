//! Calls: prepared, announced, opened, cancelled; what the public sees.

mod access;
pub mod amending;
mod announce;
mod approve;
mod browser;
mod browser_questions;
mod cancel;
mod clocks;
mod documents;
mod draft;
mod list;
mod notices;
mod outages;
mod preconditions;
pub mod prepare;
mod public;
mod questions;
mod steps;
mod subscribe;

use konkurs::account::Role;
use konkurs::call::{self, Call, CallContent, EarlierTasks};
use konkurs::law::Money;
use konkurs::programme::ProgrammeContent;
use konkurs::store::CallId;

use crate::programme::confirmed;
use crate::support::sample::{self, day};
use crate::support::{Client, TestApp};

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
    let id = app.state.store.write(|tx| call::create(tx, &actor, &programme, now)).unwrap();
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

/// The call of [`complete`], announced on 2026-11-23.
pub async fn announced(app: &TestApp, office: &Office) -> Call {
    let call = complete(app, office);
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    office.organ.post(&url, &places("1", "2026-11-23")).await.expect(303);
    find(app, &call.id)
}
