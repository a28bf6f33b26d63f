//! Tests of the ground floor: database, log, mail, jobs, the HTTP kit, and who may go where.

mod access;
mod errors;
mod frozen;
mod headers;
mod jobs;
mod layering;
mod letters;
mod limits;
mod links;
mod log;
mod migrations;
pub mod raw;
mod register;
mod templates;
mod trouble;
mod writes;

use crate::support::{TestApp, sample};

#[actix_web::test]
async fn samples_of_every_stage_can_be_stored_and_read_again() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let contract = sample::signed_contract(&app, &ngo);
    let read = app.state.store.read(|r| konkurs::contract::store::find(r, &contract.id)).unwrap();
    assert_eq!(read.content, contract.content);
    sample::rsd_call(&app);
    let open = app.state.store.read(|r| konkurs::call::store::all(r, true)).unwrap();
    assert_eq!(open.len(), 2);
}
