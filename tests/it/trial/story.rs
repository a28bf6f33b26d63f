//! A rehearsal from the first offer to the closed settlement. Somebody from outside sits in the sample
//! organisation and in the committee, and still no letter reaches anybody but the officer and the organ.

use konkurs::account::Role;
use konkurs::award::{self, Outcome};
use konkurs::call::{Call, CallState};
use konkurs::contract::{self, NewDocument};
use konkurs::offer::OfferState;
use konkurs::review::{Declared, SeatKind};
use konkurs::store::{ContractId, DocumentId};

use super::{filed, smuggle};
use crate::award::decide::decide;
use crate::report::ledger::{Cast, costs, ledger, pay};
use crate::review::scene::Scene;
use crate::support::{Client, TestApp, sample};

const BAND: &str = "KONKURS PRÓBNY – WIDZI GO TYLKO URZĄD";

/// Every letter went to the officer or the organ.
fn nothing_left(app: &TestApp) {
    let out: Vec<(String, String)> = app
        .new_mail()
        .into_iter()
        .filter(|(to, _)| !["urzednik@example.pl", "organ@example.pl"].contains(&to.as_str()))
        .collect();
    assert_eq!(out, []);
}

async fn marked(who: &Client, paths: &[String]) {
    for path in paths {
        who.page(path).await.says(BAND);
    }
}

/// Three sample offers of the officer and the organ; the filing was ended and the offers opened.
pub(super) async fn opened() -> Scene {
    let app = TestApp::new().await;
    let call = sample::trial_call(&app);
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let organ = app.staff("organ@example.pl", &[Role::Organ]).await;
    let outsider = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let offers = vec![filed(&app, &call, &officer), filed(&app, &call, &officer), filed(&app, &call, &organ)];
    offers.iter().for_each(|offer| smuggle(&app, &offer.org, &outsider));
    let url = format!("/urzad/konkursy/{}", call.id);
    officer.post(&format!("{url}/zamkniecie-pokazowe"), &[]).await.expect(303);
    officer.post(&format!("{url}/otwarcie"), &[]).await.expect(303);
    let member = app.staff("ala@example.pl", &[Role::Committee]).await;
    let call = app.state.store.read(|r| konkurs::call::store::find(r, &call.id)).unwrap();
    assert_eq!(call.state, CallState::Review);
    nothing_left(&app);
    let members = vec![app.sign_in("urzednik@example.pl"), app.sign_in("organ@example.pl"), member];
    Scene { app, call, ngos: vec![outsider], offers, organ, officer, members }
}

pub(super) async fn judged(s: &Scene) {
    for (member, kind) in [(0, SeatKind::Chair), (1, SeatKind::Member), (2, SeatKind::Member)] {
        s.appoint(member, kind, "").unwrap();
        // who wrote a sample offer is not tied to it
        s.declare(member, Declared::Impartial).unwrap();
    }
    let mut card: Vec<(String, String)> = konkurs::call::default_formal()
        .into_iter()
        .map(|question| (format!("answer.{}", question.key), "yes".to_owned()))
        .collect();
    card.push(("outcome".into(), "meets".into()));
    for at in 0..3 {
        let version = super::find(&s.app, &s.offers[at].id).version.to_string();
        let mut fields: Vec<(&str, &str)> = card.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        fields.push(("version", &version));
        s.officer.post(&s.check_url(at), &fields).await.expect(303);
    }
    for member in 0..3 {
        for (offer, points) in [[40, 20, 25, 3, 2], [35, 18, 22, 3, 2], [20, 10, 15, 3, 2]].into_iter().enumerate() {
            s.seal(member, offer, points).unwrap();
        }
    }
    let ranked: Vec<_> = s.ranking().into_iter().map(|r| r.mean_x100).collect();
    assert_eq!(ranked, [Some(9_000), Some(8_000), Some(5_000)]);
    let office = ["oferty", "komisja", "oceny-formalne", "rozstrzygniecie"].map(|page| s.office_url(page));
    marked(&s.officer, &office).await;
    marked(&s.members[2], &[s.committee_url(), s.card_url(0)]).await;
    nothing_left(&s.app);
}

pub(super) async fn published(s: &Scene) {
    use Outcome::{NotSelected, Reserve, Selected};
    decide(s, &[(Selected, 85_050), (Reserve, 0), (NotSelected, 0)], "").unwrap();
    // The outsider sits in all three organisations and gets nothing of a rehearsal.
    let page = s.organ.page(&s.office_url("wyniki")).await;
    page.says("2 listy do 2 osób (do 1 osoby list nie wyjdzie, bo to próba).");
    let (by, call) = (s.app.actor(&s.organ), s.call.id.clone());
    s.write(|tx, now| award::publish(tx, &by, &call, sample::three_places("2026-11-23"), now)).unwrap();
    assert_eq!(super::find(&s.app, &s.offers[0].id).state, OfferState::Selected);
    marked(&s.organ, &[s.office_url("wyniki"), s.office_url("umowy")]).await;
    s.app.stranger().get(&format!("/konkursy/{}/wyniki", s.call.id)).await.expect(404);
    nothing_left(&s.app);
}

fn contract_of(app: &TestApp, id: &ContractId) -> konkurs::contract::Contract {
    app.state.store.read(|r| contract::store::find(r, id)).unwrap()
}

/// Drawn up, frozen and signed.
async fn contracted(s: &Scene) -> ContractId {
    let drawn = s.officer.post(&s.office_url("umowy"), &[("offer", s.offers[0].id.as_str())]).await;
    let id = ContractId::parse(drawn.expect(303).location.rsplit('/').next().unwrap()).unwrap();
    let contract = contract_of(&s.app, &id);
    assert_eq!(contract.number, "PRÓBA/U/1/2026", "no number of a real contract is used up");
    let by = s.app.actor(&s.officer);
    let files = s.app.state.clone();
    let sha256 = std::thread::spawn(move || files.files.put(b"%PDF".to_vec()).unwrap()).join().unwrap();
    let document = NewDocument { id: DocumentId::new(), sha256, size: 4 };
    s.write(|tx, now| {
        let mut content = contract.content.clone();
        content.office_signatory = "Dyrektor".into();
        contract::save(tx, &by, &id, contract.version, content, now)?;
        contract::generate(tx, &by, &id, contract.version + 1, document, now)?;
        contract::sign(tx, &by, &id, contract.version + 2, sample::day("2026-11-23"), now)
    })
    .unwrap();
    marked(&s.officer, &[format!("/urzad/umowy/{id}"), format!("/umowy/{id}")]).await;
    nothing_left(&s.app);
    id
}

#[actix_web::test]
async fn the_office_plays_a_whole_contest_and_no_letter_leaves() {
    let s = opened().await;
    judged(&s).await;
    published(&s).await;
    let id = contracted(&s).await;
    let (call, outsider, contract): (Call, Client, _) =
        (s.call.clone(), s.app.sign_in(&owner()), contract_of(&s.app, &id));
    pay(&s.app, &contract);

    let app = s.app;
    app.at("2027-12-06 09:00");
    let officer = app.sign_in("urzednik@example.pl");
    let finance = app.staff("finanse@example.pl", &[Role::Finance]).await;
    let cast = Cast { ngo: app.sign_in("urzednik@example.pl"), officer, finance, contract, app };
    let report = cast.filed(4, &costs(), &ledger(&cast.contract, 9));
    let pages = [format!("/sprawozdania/{report}"), format!("/sprawozdania/{report}/koszty")];
    marked(&cast.ngo, &pages).await;
    marked(&cast.officer, &[format!("/urzad/sprawozdania/{report}")]).await;
    cast.accepted(&report, "", 0);
    let settlement = format!("/finanse/umowy/{id}");
    cast.finance.page(&settlement).await.says(BAND).says("Zamknij rozliczenie");
    cast.finance.post(&format!("{settlement}/rozliczenie"), &[]).await.expect(303);
    cast.finance.page(&settlement).await.says("Rozliczenie zamknięto");
    nothing_left(&cast.app);
    drop(outsider);

    // the outsider was in the organisation all the time: each letter was held back, and the log says which
    let held: Vec<String> = cast
        .app
        .state
        .store
        .read(|r| konkurs::audit::page(r, None, 100_000))
        .unwrap()
        .into_iter()
        .filter(|row| row.deed == "mail.held_back")
        .map(|row| row.detail)
        .collect();
    for (who, what) in [
        (owner(), "Wynik konkursu PRÓBA/LOK/1/2026: oferta PRÓBA/LOK/1/2026/O-1"),
        (owner(), "oferta PRÓBA/LOK/1/2026/O-3 – niewybrana"),
        (owner(), "do umowy PRÓBA/U/1/2026"),
        ("ala@example.pl".to_owned(), "PRÓBA/LOK/1/2026"),
    ] {
        let found = held.iter().any(|line| line.contains(what) && line.ends_with(&format!("do {who}.")));
        assert!(found, "{what} do {who}: {held:#?}");
    }
    let broken = cast.app.state.store.read(konkurs::app::verify_frozen).unwrap().1;
    assert_eq!(broken, Vec::<String>::new());
    cast.app.stranger().get(&format!("/konkursy/{}", call.id)).await.expect(404);
}

fn owner() -> String {
    format!("{}@example.pl", sample::nip(1))
}
