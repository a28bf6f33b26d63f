//! Appointments and declarations.

use konkurs::account::Role;
use konkurs::error::AppError;
use konkurs::review::{Declared, SeatKind};

use super::scene::{Scene, found, rule};

#[actix_web::test]
async fn the_organ_appoints_and_the_page_says_what_is_missing() {
    let s = Scene::opened().await;
    let url = s.office_url("komisja");
    s.organ.page(&url).await.says("Komisja nie została powołana").says("Powołaj do komisji");
    let ala = s.actor(0).person_id().unwrap().to_string();
    let fields = [("person", ala.as_str()), ("kind", "chair"), ("side", "organ"), ("indicated_by", "")];
    s.organ.post(&url, &fields).await.expect(303);
    assert_eq!(
        s.app.new_mail(),
        [("ala@example.pl".to_owned(), "Powołanie do komisji konkursowej: LOK/1/2026".to_owned())]
    );
    s.organ
        .page(&url)
        .await
        .says("Osoba ala@example.pl przewodniczący przedstawiciel organu jeszcze bez oświadczenia")
        .says("W komisji nie ma oceniającego, którego wskazała organizacja.")
        .says("Reguła R-COM-04")
        .says("Oceniać może 1.")
        .says_not("Komisja nie ma przewodniczącego.");
    // the same person twice, and an NGO member without the organisation
    assert!(matches!(s.appoint(0, SeatKind::Member, "").unwrap_err(), AppError::Taken(_)));
    let bob = s.actor(1).person_id().unwrap().to_string();
    let page =
        s.organ.post(&url, &[("person", bob.as_str()), ("kind", "chair"), ("side", "ngo"), ("indicated_by", "")]).await;
    page.expect(422)
        .says("Wpisz nazwę organizacji, która wskazała tę osobę.")
        .says("Przewodniczącym jest przedstawiciel organu.")
        .says("Komisja ma już przewodniczącego: Osoba ala@example.pl.");
    assert!(page.html().contains(&format!("value=\"{bob}\" selected")), "the choice is kept");
}

#[actix_web::test]
async fn nothing_can_be_declared_before_the_offers_are_opened() {
    let s = Scene::announced().await;
    s.appoint(0, SeatKind::Chair, "").unwrap();
    let found_now = found(&s.declare(0, Declared::Impartial).unwrap_err());
    assert_eq!(
        found_now,
        [rule("R-COM-01", "Oferty nie zostały jeszcze otwarte, więc lista oferentów nie jest znana.")]
    );
    s.members[0].page(&s.committee_url()).await.says("Teraz czekamy na: otwarcie ofert").says_not("Fundacja Promyk");
    let url = format!("{}/oswiadczenie", s.committee_url());
    s.members[0].page(&url).await.says_not("Fundacja Promyk");
    s.members[0].post(&url, &[("declared", "impartial")]).await.expect(422).says("lista oferentów nie jest znana");
}

#[actix_web::test]
async fn a_member_sees_the_offerors_declares_and_only_then_the_offers() {
    let s = Scene::opened().await;
    s.appoint(0, SeatKind::Chair, "").unwrap();
    let (member, url) = (&s.members[0], format!("{}/oswiadczenie", s.committee_url()));
    member.page("/komisja").await.says("LOK/1/2026").says("złóż oświadczenie");
    member.page(&s.committee_url()).await.says("LOK/1/2026/O-1 – Fundacja Promyk").says_not("60 000,00");
    member
        .page(&url)
        .await
        .says("Teraz czekamy na: Ciebie")
        .says("LOK/1/2026/O-3 – Fundacja Żuraw")
        .says("art. 24 Kodeksu postępowania administracyjnego");
    member.post(&url, &[]).await.expect(422).says("Zaznacz jedno z oświadczeń.");
    let refused = member.get(&s.card_url(0)).await;
    refused.expect(403).says(
        "Nie złożono oświadczenia o bezstronności w tym konkursie. Oferty otwiera i ocenia członek komisji, \
         który złożył oświadczenie po poznaniu listy oferentów.",
    );
    assert!(refused.html().contains(&format!("href=\"{url}\"")), "the refusal leads to the declaration");
    member.post(&url, &[("declared", "impartial")]).await.expect(303);
    member.page(&s.committee_url()).await.says("60 000,00 zł").says("przed oceną formalną");
    member.page(&s.card_url(0)).await.says("Kartę oceny otworzy ocena formalna tej oferty.");
    // a double click changes nothing
    let deeds = s.app.deeds();
    member.post(&url, &[("declared", "impartial")]).await.expect(303);
    assert_eq!(s.app.deeds(), deeds);
}

#[actix_web::test]
async fn a_conflict_shuts_the_whole_contest_for_good() {
    let s = Scene::scoring().await;
    s.seal(0, 0, [40, 20, 30, 5, 5]).unwrap();
    s.seal(1, 0, [20, 10, 10, 1, 1]).unwrap();
    let (member, url) = (&s.members[0], format!("{}/oswiadczenie", s.committee_url()));
    let words = [("declared", "conflict"), ("ground", "family"), ("statement", "Siostra jest prezesem oferenta nr 2.")];
    member.post(&url, &[("declared", "conflict")]).await.expect(422).says("Zaznacz przyczynę wyłączenia.");
    member.post(&url, &words).await.expect(303);
    member
        .page(&s.committee_url())
        .await
        .says("Jesteś wyłączony(-a) z tego konkursu.")
        .says("Siostra jest prezesem oferenta nr 2.")
        .says_not("Promyk")
        .says_not("Średnia");
    for (path, status) in [(s.card_url(0), 403), (format!("{}/pieczec", s.card_url(0)), 403)] {
        member.get(&path).await.expect(status).says("wyłączony z całego konkursu");
    }
    let back = found(&s.declare(0, Declared::Impartial).unwrap_err());
    assert_eq!(back, [rule("R-COM-02", "Zgłoszono konflikt interesów.")]);
    let late = found(&s.seal(0, 1, [1, 1, 1, 1, 1]).unwrap_err());
    assert_eq!(late, [rule("R-COM-02", "Zgłoszono konflikt interesów.")]);
    assert_eq!(s.ranking()[0].mean_x100, Some(4200), "the card of an excluded member no longer counts");
    s.organ.page(&s.office_url("komisja")).await.says("konflikt – wyłączenie");
}

#[actix_web::test]
async fn a_member_indicated_by_an_offeror_cannot_be_impartial() {
    let s = Scene::opened().await;
    s.appoint(0, SeatKind::Member, "  fundacja „ŻURAW” ").unwrap();
    let refused = found(&s.declare(0, Declared::Impartial).unwrap_err());
    assert_eq!(
        refused,
        [rule(
            "R-COM-03",
            "W konkursie bierze udział organizacja związana z tą osobą: oferta LOK/1/2026/O-3, Fundacja Żuraw."
        )]
    );
    s.organ.page(&s.office_url("komisja")).await.says("oferta LOK/1/2026/O-3, Fundacja Żuraw").says("Reguła R-COM-03");
    s.appoint(1, SeatKind::Member, "Stowarzyszenie Inne").unwrap();
    s.declare(1, Declared::Impartial).unwrap();
    s.declare(0, Declared::Conflict).unwrap();
    s.organ.page(&s.office_url("komisja")).await.says_not("Reguła R-COM-03").says_not("Reguła R-COM-04");
}

#[actix_web::test]
async fn a_member_who_belongs_to_an_offeror_cannot_be_impartial() {
    let s = Scene::opened().await;
    s.appoint(0, SeatKind::Chair, "").unwrap();
    let (person, org) = (s.actor(0).person_id().unwrap().clone(), s.offers[1].org.clone());
    s.write(|tx, now| {
        konkurs::account::store::insert_membership(tx, &org, &person, konkurs::account::OrgRole::Editor, now)
    })
    .unwrap();
    let refused = found(&s.declare(0, Declared::Impartial).unwrap_err());
    assert!(refused[0].1.contains("LOK/1/2026/O-2, Stowarzyszenie Most"), "{refused:?}");
}

#[actix_web::test]
async fn only_people_of_the_office_with_an_open_account_sit() {
    let s = Scene::opened().await;
    s.app.staff("finanse@example.pl", &[Role::Finance]).await;
    let finance = s.app.sign_in("finanse@example.pl");
    let person = s.app.actor(&finance).person_id().unwrap().to_string();
    let fields = [("person", person.as_str()), ("kind", "member"), ("side", "organ")];
    s.organ.post(&s.office_url("komisja"), &fields).await.expect(422).says("Ta osoba nie ma czynnego konta");
}
