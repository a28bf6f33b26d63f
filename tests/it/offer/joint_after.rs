//! A joint offer after the deadline: the office, the committee and the contract know every offeror; and
//! several people at one instant.

use std::sync::Barrier;

use konkurs::account::Role;
use konkurs::error::AppError;
use konkurs::offer::joint::{confirm_part, decline};
use konkurs::offer::{Declarations, OfferState, PartnerState, submit};
use konkurs::review::rules::check_declaration;

use super::joint::{Scene, scene};
use super::{find, org_id};
use crate::support::sample;

async fn filed() -> Scene {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    s.confirm().await.expect(303);
    s.submit().await.expect(303);
    s
}

#[actix_web::test]
async fn the_office_reads_every_offeror_once_the_offers_are_opened() {
    let s = filed().await;
    let office = s.app.staff("urzednik@pup.example.pl", &[Role::Officer]).await;
    office.get(&format!("/urzad/oferty/{}", s.id)).await.expect(404);
    s.app.at("2026-12-15 00:00");
    let office = s.app.sign_in("urzednik@pup.example.pl");
    let offer = find(&s.app, &s.id);
    office.post(&format!("/urzad/konkursy/{}/otwarcie", offer.call), &[]).await.expect(303);
    office.page(&format!("/urzad/konkursy/{}/oferty", offer.call)).await.says("Stowarzyszenie Promyk, Fundacja Razem");
    office.page(&format!("/urzad/oferty/{}", s.id)).await.says("Nazwa Fundacja Razem");
}

#[actix_web::test]
async fn the_office_reads_who_does_what_and_what_makes_each_an_offeror() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    let mut org = sample::org_of(&s.app, &s.partner);
    org.content.status = konkurs::account::Status::Kis;
    org.content.status_proof = "wpis do rejestru KIS nr 3".into();
    org.content.statute_paragraph = "§ 5 ust. 1".into();
    org.content.statute_clause = "reintegracja społeczna".into();
    s.app.state.store.write(|tx| konkurs::account::store::save_organisation(tx, &org)).unwrap();
    s.confirm().await.expect(303);
    s.submit().await.expect(303);
    s.app.at("2026-12-15 00:00");
    let office = s.app.staff("urzednik@pup.example.pl", &[Role::Officer]).await;
    let call = find(&s.app, &s.id).call;
    office.post(&format!("/urzad/konkursy/{call}/otwarcie"), &[]).await.expect(303);
    let shares = "Oferent Działania (III.4) Zakres Stowarzyszenie Promyk 1. Warsztaty grupy w gminie Kowal Fundacja Razem 1. Warsztaty grupy w gminie Kowal";
    let standing = "Oferent Status Potwierdzenie statusu Podstawa w statucie Stowarzyszenie Promyk podmiot ekonomii społecznej (ustawa z 5.08.2022) decyzja wojewody nr 7/2024 § 7 pkt 2: integracja i reintegracja osób zagrożonych wykluczeniem Fundacja Razem podmiot prowadzący klub integracji społecznej (KIS) wpis do rejestru KIS nr 3 § 5 ust. 1: reintegracja społeczna";
    for path in [format!("/urzad/oferty/{}", s.id), format!("/urzad/oferty/{}/ocena-formalna", s.id)] {
        office.page(&path).await.says(shares).says(standing).says("E1-G1 1 (11.01.2027–10.03.2027) 10 90 h 0 h");
    }
    office
        .page(&format!("/urzad/oferty/{}/ocena-formalna", s.id))
        .await
        .says("Status i jego potwierdzenie Stowarzyszenie Promyk: podmiot ekonomii społecznej (ustawa z 5.08.2022); potwierdzenie: decyzja wojewody nr 7/2024; Fundacja Razem: podmiot prowadzący klub integracji społecznej (KIS); potwierdzenie: wpis do rejestru KIS nr 3")
        .says("Podstawa w statucie Stowarzyszenie Promyk: § 7 pkt 2: integracja i reintegracja osób zagrożonych wykluczeniem; Fundacja Razem: § 5 ust. 1: reintegracja społeczna")
        .says("Reprezentacja Stowarzyszenie Promyk: prezes zarządu samodzielnie; Fundacja Razem: prezes zarządu samodzielnie");
    let print = crate::support::paper::pdf_text(&office.page(&s.path("/oferta.pdf")).await.body);
    crate::support::paper::says_in_order(&print, &[shares, standing]);
}

#[actix_web::test]
async fn a_partner_hears_of_what_happens_to_the_contest() {
    let s = filed().await;
    let offer = find(&s.app, &s.id);
    let to = s.app.state.store.read(|r| konkurs::call::store::amendments::concerned(r, &offer.call)).unwrap();
    for client in [&s.lead, &s.partner] {
        let email = s.app.actor(client).person.as_ref().unwrap().email.clone();
        assert!(to.contains(&email), "{email}: {to:?}");
    }
}

#[actix_web::test]
async fn whoever_is_tied_to_a_partner_is_out_of_the_committee() {
    use konkurs::review::{Declared, Seat, SeatKind, Side};
    let s = filed().await;
    let offer = find(&s.app, &s.id);
    let seat = |indicated_by: &str| Seat {
        id: konkurs::store::SeatId::new(),
        call: offer.call.clone(),
        person: konkurs::store::PersonId::new(),
        person_name: "Anna".into(),
        kind: SeatKind::Member,
        side: Side::Ngo,
        indicated_by: indicated_by.into(),
        declared: None,
        statement: String::new(),
        version: 0,
    };
    let rules = |by: &str, orgs: &[konkurs::store::OrgId]| {
        let found = check_declaration(&seat(by), Declared::Impartial, orgs, std::slice::from_ref(&offer));
        found.into_iter().map(|f| f.rule.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(rules("fundacja razem", &[]), ["R-COM-03"]);
    assert_eq!(rules("Inna", &[org_id(&s.app, &s.partner)]), ["R-COM-03"]);
    assert_eq!(rules("Inna", &[]), Vec::<String>::new());
}

#[actix_web::test]
async fn a_word_and_a_refusal_at_one_instant_leave_one_of_them() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    let (store, actor, now) = (&s.app.state.store, s.app.actor(&s.partner), s.app.state.clock.now());
    let digest = s.partner.page(&s.word()).await.value_of("digest").unwrap();
    let (id, partner) = (s.id.clone(), s.partner_id());
    let start = Barrier::new(2);
    let declared = Declarations { signed_by: "Jan Razem".into(), ..sample::declarations() };
    let (yes, no) = std::thread::scope(|scope| {
        let yes = scope.spawn(|| {
            start.wait();
            store.write(|tx| confirm_part(tx, &actor, &id, &partner, &digest, declared.clone(), now))
        });
        let no = scope.spawn(|| {
            start.wait();
            store.write(|tx| decline(tx, &actor, &id, &partner, "nie", now))
        });
        (yes.join().unwrap(), no.join().unwrap())
    });
    // A refusal may come after the word; a word never after a refusal.
    let state = s.row().state;
    match (yes, no) {
        (Ok(()), Ok(())) => assert_eq!(state, PartnerState::Declined),
        (Ok(()), Err(AppError::Stale)) => assert_eq!(state, PartnerState::Confirmed),
        (Err(AppError::NotFound | AppError::Stale), Ok(())) => assert_eq!(state, PartnerState::Declined),
        other => panic!("{other:?}"),
    }
}

#[actix_web::test]
async fn a_submission_and_a_refusal_at_one_instant_never_make_an_offer_without_a_word() {
    for _ in 0..8 {
        let s = scene().await;
        s.join().await;
        s.divide().await;
        s.confirm().await.expect(303);
        let (store, now) = (&s.app.state.store, s.app.state.clock.now());
        let (lead, other) = (s.app.actor(&s.lead), s.app.actor(&s.partner));
        let (id, partner) = (s.id.clone(), s.partner_id());
        let start = Barrier::new(2);
        let (filed, refused) = std::thread::scope(|scope| {
            let filed = scope.spawn(|| {
                start.wait();
                store.write(|tx| submit(tx, &lead, &id, sample::declarations(), now)).is_ok()
            });
            let refused = scope.spawn(|| {
                start.wait();
                store.write(|tx| decline(tx, &other, &id, &partner, "nie", now)).is_ok()
            });
            (filed.join().unwrap(), refused.join().unwrap())
        });
        assert!(filed != refused, "exactly one of both: submitted {filed}, refused {refused}");
        let state = find(&s.app, &s.id).state;
        assert_eq!(state, if filed { OfferState::Submitted } else { OfferState::Draft });
    }
}

#[actix_web::test]
async fn the_contract_names_every_offeror_and_all_sign() {
    let s = filed().await;
    let offer = find(&s.app, &s.id);
    let call = s.app.state.store.read(|r| konkurs::call::store::find(r, &offer.call)).unwrap();
    let (_, offer) = sample::award_to(&s.app, &call, &offer);
    let office = s.app.staff("urzednik@pup.example.pl", &[Role::Officer]).await;
    let (by, now) = (s.app.actor(&office), s.app.state.clock.now());
    let id = s.app.state.store.write(|tx| konkurs::contract::draw_up(tx, &by, &offer.id, now)).unwrap();
    let contract = s.app.state.store.read(|r| konkurs::contract::store::find(r, &id)).unwrap();
    let parties: Vec<&str> = contract.content.partners.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(parties, ["Fundacja Razem"]);
    assert_eq!(contract.content.partners[0].represented_by, "Anna Prezes – prezes zarządu");
    let paper = konkurs::contract::document::paper(&contract, &s.app.state.config.office, None, None);
    let text = serde_json::to_string(&paper).unwrap();
    for words in [
        "o realizację zadania publicznego na podstawie oferty wspólnej",
        "Zleceniobiorca: Stowarzyszenie Promyk",
        "Zleceniobiorca: Fundacja Razem",
        "odpowiadają za zobowiązania z umowy solidarnie",
        "umowa między oferentami, którzy złożyli ofertę wspólną",
    ] {
        assert!(text.contains(words), "„{words}” is not in: {text}");
    }
}
