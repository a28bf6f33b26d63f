//! An NGO fills its offer and submits it: personas through HTTP, and the verbs under pressure.

mod access;
mod alternatives;
mod arrears;
mod attachments;
mod attempts;
mod autosave;
mod browser_autosave;
mod browser_copies;
mod browser_deeds;
mod browser_extended;
mod browser_files;
mod browser_keyboard;
mod browser_partners;
mod browser_rows;
mod browser_sums;
mod browser_together;
mod browser_without_scripts;
mod calendar;
mod classes;
mod confirming;
mod copying;
mod declared;
mod editing;
pub mod exports;
mod extended;
mod gate;
mod joint;
mod joint_after;
mod joint_invite;
mod joint_part;
mod joint_rules;
mod joint_signed;
pub mod local;
mod merge;
mod paged;
mod pieces;
mod presence;
mod printed;
mod reading;
mod receipts;
mod reminding;
mod renamed;
mod replacing;
mod rules;
mod rules_on_page;
mod sheets;
mod sheets_bad;
mod shown;
mod signatory;
mod signature_bytes;
mod signatures;
mod story;
mod submitting;
mod two_programs;

use chrono::NaiveDate;
use konkurs::call::Call;
use konkurs::offer::{Offer, OfferContent, OfferState, store};
use konkurs::store::{OfferId, OrgId};

use crate::support::{Client, TestApp, sample};

pub type Form = Vec<(String, String)>;

/// Posts a part of the form with the version its page shows.
pub async fn fill(client: &Client, offer: &OfferId, slug: &str, fields: Form) {
    let path = format!("/oferty/{offer}/{slug}");
    let version = client.page(&path).await.value_of("version").unwrap();
    let answer = post(client, &path, fields, &[("version", &version)]).await;
    assert_eq!(answer.status, 303, "{slug}: {}", answer.text());
}

pub async fn post(client: &Client, path: &str, fields: Form, more: &[(&str, &str)]) -> crate::support::Answer {
    let all: Vec<(&str, &str)> =
        fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).chain(more.iter().copied()).collect();
    client.post(path, &all).await
}

pub fn form(pairs: &[(&str, &str)]) -> Form {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

pub async fn begin(client: &Client, call: &Call) -> OfferId {
    let answer = client.post(&format!("/konkursy/{}/oferty", call.id), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    OfferId::parse(answer.location.strip_prefix("/oferty/").unwrap()).unwrap()
}

pub fn find(app: &TestApp, id: &OfferId) -> Offer {
    app.state.store.read(|r| store::find(r, id)).unwrap()
}

pub fn org_id(app: &TestApp, client: &Client) -> OrgId {
    app.actor(client).memberships[0].org.clone()
}

/// A complete draft of `client` in `call`, put there by the verbs.
pub fn draft(app: &TestApp, call: &Call, client: &Client) -> Offer {
    draft_of(app, call, client, sample::offer_content(call))
}

pub fn draft_of(app: &TestApp, call: &Call, client: &Client, content: OfferContent) -> Offer {
    let (actor, org, now) = (app.actor(client), org_id(app, client), app.state.clock.now());
    let id = app
        .state
        .store
        .write(|tx| {
            let id = konkurs::offer::start(tx, &actor, &call.id, &org, now)?;
            konkurs::offer::save(tx, &actor, &id, 0, content, now)?;
            Ok(id)
        })
        .unwrap();
    let offer = find(app, &id);
    assert_eq!((offer.state, offer.version), (OfferState::Draft, 1));
    offer
}

/// The fields of the page that submits, for the offer as it stands.
pub fn declarations(app: &TestApp, id: &OfferId) -> Form {
    let mut out = form(&[
        ("public_benefit_only", "true"),
        ("paid_activity_only", "true"),
        ("tax_arrears", "no"),
        ("social_arrears", "no"),
        ("data_agree", "true"),
        ("all_true", "true"),
        ("data_protection", "true"),
        ("signed_by", "Anna Prezes, prezes zarządu"),
    ]);
    let offer = find(app, id);
    let call = app.state.store.read(|r| konkurs::call::store::find(r, &offer.call)).unwrap();
    out.push(("version".into(), offer.version.to_string()));
    out.push(("terms".into(), call.terms_hash.unwrap_or_default()));
    out
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
