//! Who may open what, and how many statements a page takes.

use konkurs::account::Role;
use konkurs::review::{Declared, SeatKind};

use super::scene::Scene;

#[actix_web::test]
async fn foreign_people_find_nothing_and_the_auditor_only_reads() {
    let s = Scene::scored().await;
    let auditor = s.app.staff("audyt@example.pl", &[Role::Auditor]).await;
    let outsider = s.app.staff("obcy@example.pl", &[Role::Committee]).await;
    let office =
        [s.office_url("oceny-formalne"), s.office_url("komisja"), s.check_url(0), s.office_url("rozstrzygniecie")];
    for path in &office {
        s.ngos[0].get(path).await.expect(404);
        outsider.get(path).await.expect(404);
        auditor.get(path).await.expect(200);
        assert_eq!(s.app.stranger().get(path).await.sign_in_page(), "/konto/logowanie", "{path}");
    }
    for path in [s.committee_url(), format!("{}/oswiadczenie", s.committee_url()), s.card_url(0)] {
        s.ngos[0].get(&path).await.expect(404);
        outsider.get(&path).await.expect(404);
        auditor.get(&path).await.expect(404);
        s.members[0].get(&path).await.expect(200);
    }
    let before = s.app.deeds();
    for (who, path, status) in [
        (&auditor, &office[1], 403),
        (&auditor, &office[2], 403),
        (&auditor, &office[3], 403),
        (&s.officer, &office[1], 403),
        (&s.officer, &office[3], 403),
        (&s.organ, &office[2], 403),
        (&s.ngos[0], &office[3], 404),
        (&s.members[0], &office[3], 404),
    ] {
        who.post(path, &[]).await.expect(status);
    }
    assert_eq!(s.app.deeds(), before);
    s.ngos[0].get("/komisja").await.expect(404);
    outsider.page("/komisja").await.says("Nie zasiadasz w żadnej komisji");
}

#[actix_web::test]
async fn an_officer_with_a_seat_is_bound_by_the_declaration_too() {
    let s = Scene::opened().await;
    let (by, call) = (s.app.actor(&s.organ), s.call.id.clone());
    let person = s.app.actor(&s.officer).person_id().unwrap().clone();
    let new = konkurs::review::NewSeat {
        person,
        kind: SeatKind::Member,
        side: konkurs::review::Side::Organ,
        indicated_by: String::new(),
    };
    s.write(|tx, now| konkurs::review::appoint(tx, &by, &call, new, now)).unwrap();
    for path in [s.office_url("oceny-formalne"), s.check_url(0), s.office_url("rozstrzygniecie")] {
        s.officer.get(&path).await.expect(403).says("Nie złożono oświadczenia o bezstronności");
    }
    let officer = s.app.actor(&s.officer);
    s.write(|tx, now| konkurs::review::declare(tx, &officer, &call, Declared::Impartial, "tak".into(), now)).unwrap();
    s.officer.get(&s.check_url(0)).await.expect(200);
    // nothing is FormalOk yet, so no card is missing
    s.officer.get(&s.office_url("rozstrzygniecie")).await.expect(200);
    crate::support::sample::set_offer(&s.app, &s.offers[0].id, konkurs::offer::OfferState::FormalOk);
    s.officer
        .get(&s.office_url("rozstrzygniecie"))
        .await
        .expect(403)
        .says("Ranking zobaczysz, gdy zapieczętujesz wszystkie swoje karty. Zostało: 1.");
}

#[actix_web::test]
async fn every_page_stays_within_twelve_statements_and_writes_nothing() {
    let s = Scene::scored().await;
    let deeds = s.app.deeds();
    for (who, path) in [
        (&s.officer, s.office_url("oceny-formalne")),
        (&s.officer, s.check_url(0)),
        (&s.organ, s.office_url("komisja")),
        (&s.organ, s.office_url("rozstrzygniecie")),
        (&s.members[0], "/komisja".to_owned()),
        (&s.members[0], s.committee_url()),
        (&s.members[0], format!("{}/oswiadczenie", s.committee_url())),
        (&s.members[0], s.card_url(0)),
    ] {
        let (_, queries) = s.app.queries(who.page(&path)).await;
        assert!(queries <= 12, "{path}: {queries}");
    }
    assert_eq!(s.app.deeds(), deeds);
}
