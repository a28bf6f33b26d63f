//! Programmes: written down, checked, confirmed; outcomes; local programmes.

mod local;
mod outcomes;
mod write;

use konkurs::account::Role;
use konkurs::programme::{self, ProgrammeContent};
use konkurs::store::ProgrammeId;

use crate::support::{Client, TestApp};

/// A programme of `content`, made by `officer` through the verb.
pub fn made(app: &TestApp, officer: &Client, content: ProgrammeContent) -> ProgrammeId {
    let (actor, now) = (app.actor(officer), app.state.clock.now());
    app.state.store.write(|tx| programme::create(tx, &actor, content, now)).unwrap().id
}

/// The same, confirmed.
pub fn confirmed(app: &TestApp, officer: &Client, content: ProgrammeContent) -> ProgrammeId {
    let id = made(app, officer, content);
    let (actor, now) = (app.actor(officer), app.state.clock.now());
    app.state.store.write(|tx| programme::confirm(tx, &actor, &id, 0, now)).unwrap();
    id
}

pub async fn officer(app: &TestApp) -> Client {
    app.staff("urzednik@example.pl", &[Role::Officer]).await
}
