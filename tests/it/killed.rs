//! The program is killed in the middle of submissions; nothing it acknowledged is lost.

use std::sync::mpsc;

use konkurs::law::Money;
use konkurs::offer::{Offer, OfferState};
use konkurs::store::{OfferId, Store};
use konkurs::{audit, call, offer};

use crate::support::browser::Program;
use crate::support::{TestApp, sample, wire};

const OFFERS: u32 = 40;
const ACKNOWLEDGED_BEFORE_THE_KILL: usize = 12;

#[actix_web::test]
async fn a_killed_server_loses_no_acknowledged_submission() {
    let app = TestApp::new().await;
    app.state.clock.set(chrono::Utc::now());
    let drafts = drafts(&app).await;
    let terms = terms_of(&app, &drafts);
    let address = app.address();
    let mut program = Program::start_on("serve", app.into_scratch());

    let (send, acknowledged) = mpsc::channel();
    let submitters: Vec<_> = drafts
        .chunks(10)
        .map(|own| {
            let (own, base, send, terms) = (own.to_vec(), program.base.clone(), send.clone(), terms.clone());
            std::thread::spawn(move || {
                for (id, session) in own {
                    let path = format!("/oferty/{id}/zlozenie");
                    if let Some((303, location)) = wire::post(&base, &path, &session, &declarations(&terms)) {
                        assert_eq!(location, format!("/oferty/{id}/potwierdzenie"));
                        send.send(id).unwrap();
                    }
                }
            })
        })
        .collect();
    drop(send);
    let mut safe: Vec<OfferId> = acknowledged.iter().take(ACKNOWLEDGED_BEFORE_THE_KILL).collect();
    program.process.0.kill().unwrap();
    safe.extend(acknowledged.iter());
    for submitter in submitters {
        submitter.join().unwrap();
    }
    assert!(safe.len() >= ACKNOWLEDGED_BEFORE_THE_KILL);

    let store = Store::open(&address, 2, audit::seal).unwrap();
    let mut numbers = Vec::new();
    for id in &safe {
        let found = store.read(|r| offer::store::find(r, id)).unwrap();
        assert_eq!(found.state, OfferState::Submitted, "acknowledged offer {id}");
        assert_eq!(store.read(|r| offer::store::version(r, id, 1)).unwrap().content.offer, found.content);
        numbers.push(found.number.unwrap());
    }
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), safe.len());
    assert_eq!(store.read(audit::verify).unwrap().1, vec![]);
    drop(program);
}

/// Complete drafts of as many organisations, each with a session of its own.
async fn drafts(app: &TestApp) -> Vec<(OfferId, String)> {
    let (mut call, now) = (sample::pai_call(app), app.state.clock.now());
    call.deadline_at = Some(now + chrono::Duration::days(1));
    app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    let mut out = Vec::new();
    for n in 0..OFFERS {
        let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(100 + n)).await;
        let org = sample::org_of(app, &ngo);
        let offer = Offer {
            id: OfferId::new(),
            call: call.id.clone(),
            org: org.id,
            org_name: org.name,
            number: None,
            state: OfferState::Draft,
            version: 0,
            grant: Money::zl(85_050),
            content: sample::offer_content(&call),
            draft: None,
            frozen_no: 0,
            submitted_at: None,
            supplement_by: None,
            updated_at: now,
            created_by: app.actor(&ngo).person_id().unwrap().clone(),
        };
        app.state.store.write(|tx| offer::store::insert(tx, &offer, now)).unwrap();
        out.push((offer.id, ngo.session()));
    }
    out
}

/// The announcement that the pages of the signatories show.
fn terms_of(app: &TestApp, drafts: &[(OfferId, String)]) -> String {
    let call = app.state.store.read(|r| {
        let offer = offer::store::find(r, &drafts[0].0)?;
        call::store::find(r, &offer.call)
    });
    call.unwrap().terms_hash.unwrap()
}

/// The answers of part VII, as the page sends them.
fn declarations(terms: &str) -> Vec<(&'static str, &str)> {
    let ticked = ["public_benefit_only", "paid_activity_only", "data_agree", "all_true", "data_protection"];
    let mut all: Vec<_> = ticked.into_iter().map(|name| (name, "true")).collect();
    all.extend([
        ("tax_arrears", "no"),
        ("social_arrears", "no"),
        ("signed_by", "Anna Prezes, prezes"),
        ("version", "0"),
        ("terms", terms),
    ]);
    all
}
