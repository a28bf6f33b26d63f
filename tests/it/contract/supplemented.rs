//! What was handed in on the call to supplement an offer belongs to what the contract is about.

use konkurs::contract::content_hash;
use konkurs::law::{at_warsaw, end_of_day_warsaw};
use konkurs::review::{FrozenSupplement, Reply, Summons, store::summonses};
use konkurs::store::to_json;

use super::Scene;
use crate::support::paper::{bare, pdf_text};
use crate::support::sample;

/// The office called on 14 December, and half an hour after the midnight of the 17th the answer came. Gives its hash.
fn handed_in(s: &Scene) -> String {
    let call = konkurs::store::CallId::parse(&s.call).unwrap();
    let day = sample::day("2026-12-17");
    let arrived = at_warsaw(day, chrono::NaiveTime::from_hms_opt(0, 30, 0).unwrap()).unwrap();
    let (called_at, due) = (arrived - chrono::Duration::days(3), end_of_day_warsaw(sample::day("2026-12-21")));
    let summons = Summons {
        offer: s.offer.clone(),
        call,
        defects: Vec::new(),
        called_at,
        called_by: "officer@example.pl".into(),
        due,
        reply: Reply::default(),
        version: 0,
    };
    let content = FrozenSupplement {
        offer_number: "LOK/1/2026/O-1".into(),
        offer_version: 1,
        offer_sha256: String::new(),
        called_at,
        due,
        defects: Vec::new(),
        reply: Reply::default(),
        attachments: Vec::new(),
    };
    let kept = s.app.state.store.write(|tx| {
        summonses::insert(tx, &summons)?;
        summonses::freeze(tx, (&s.offer, content), "prezes@example.pl", arrived)
    });
    kept.unwrap().sha256
}

#[actix_web::test]
async fn a_contract_names_the_supplement_of_its_offer() {
    let s = Scene::new().await;
    let hash = handed_in(&s);
    let id = s.drawn_up().await;
    let listed = format!(
        "oferta nr LOK/1/2026/O-1 z aktualizacjami; uzupełnienie oferty złożone 17.12.2026, suma kontrolna SHA-256: {hash}."
    );
    let whole = "jej uzupełnienie, aktualizacje i załączniki są integralną częścią umowy.";
    let page = s.officer.page(&format!("/urzad/umowy/{id}")).await;
    page.says(&listed).says(whole);
    // What was agreed stays when the office changes the rest.
    s.change(&id, |c| {
        c.supplement = None;
        c.title = "Warsztaty zimowe".into();
    })
    .unwrap();
    let version = s.contract(&id).version.to_string();
    s.officer.post(&format!("/urzad/umowy/{id}/generowanie"), &[("version", &version)]).await.expect(303);
    let pdf = bare(&pdf_text(&s.ngo.page(&format!("/umowy/{id}/umowa.pdf")).await.body));
    for text in [
        "oferta nr LOK/1/2026/O-1 z aktualizacjami;",
        "uzupełnienie oferty złożone 17.12.2026, suma kontrolna SHA-256:",
        &hash,
        whole,
    ] {
        assert!(pdf.contains(&bare(text)), "not in the PDF: {text}");
    }
    let contract = s.contract(&id);
    assert_eq!(contract.sha256, Some(content_hash(&contract.content).unwrap()));
    let (_, broken) = s.app.state.store.read(konkurs::app::verify_frozen).unwrap();
    assert!(broken.is_empty(), "{broken:?}");
    s.app.new_mail();
}

/// Also when the office called and nobody answered.
#[actix_web::test]
async fn a_contract_without_a_supplement_says_nothing_of_one() {
    let s = Scene::new().await;
    let id = s.drawn_up().await;
    let page = s.officer.page(&format!("/urzad/umowy/{id}")).await;
    page.says("oferta nr LOK/1/2026/O-1 z aktualizacjami.")
        .says("jej aktualizacje i załączniki są integralną częścią umowy.")
        .says_not("uzupełnienie oferty");
    let text = to_json(&s.contract(&id).content).unwrap();
    assert!(!text.contains("supplement"), "a contract of before keeps its bytes: {text}");
}
