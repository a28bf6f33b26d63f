//! A rehearsal: the office plays a whole contest through, and nothing of it leaves the office.

mod apart;
mod exports;
mod letters;
mod offers;
mod story;

use konkurs::call::Call;
use konkurs::offer::{self, Declarations, Offer, OfferContent};
use konkurs::store::{OfferId, OrgId};

use crate::support::{Client, TestApp, sample};

/// Presses „Napisz ofertę próbną”.
pub async fn begin(who: &Client, call: &Call) -> OfferId {
    let answer = who.post(&format!("/urzad/konkursy/{}/oferta-probna", call.id), &[]).await;
    answer.expect(303);
    OfferId::parse(answer.location.strip_prefix("/oferty/").unwrap()).unwrap()
}

pub fn find(app: &TestApp, id: &OfferId) -> Offer {
    app.state.store.read(|r| offer::store::find(r, id)).unwrap()
}

/// Fills a draft that was begun.
pub fn fill(app: &TestApp, who: &Client, id: &OfferId, content: OfferContent) {
    let (by, seen, now) = (app.actor(who), find(app, id).version, app.state.clock.now());
    app.state.store.write(|tx| offer::save(tx, &by, id, seen, content, now)).unwrap();
}

/// An offer of a new sample organisation of `who`, submitted.
pub fn filed(app: &TestApp, call: &Call, who: &Client) -> Offer {
    let (by, now) = (app.actor(who), app.state.clock.now());
    let id = app.state.store.write(|tx| offer::rehearse(tx, &by, &call.id, now)).unwrap();
    fill(app, who, &id, sample::offer_content(call));
    let by = app.actor(who);
    let declared = Declarations { signed_by: by.person.clone().unwrap().name, ..sample::declarations() };
    app.state.store.write(|tx| offer::submit(tx, &by, &id, declared, now)).unwrap();
    find(app, &id)
}

/// Puts somebody into an organisation behind the back of the program.
pub fn smuggle(app: &TestApp, org: &OrgId, who: &Client) {
    let (person, now) = (app.actor(who).person_id().unwrap().clone(), app.state.clock.now());
    let role = konkurs::account::OrgRole::Owner;
    app.state.store.write(|tx| konkurs::account::store::insert_membership(tx, org, &person, role, now)).unwrap();
}
