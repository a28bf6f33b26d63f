//! The publication of the results.

use konkurs::award::{self, Outcome};
use konkurs::call::{CallState, Place, Publication, store as calls};
use konkurs::error::AppError;
use konkurs::mail;
use konkurs::offer::OfferState;

use super::decide::decide;
use crate::review::scene::{Scene, found, rule};
use crate::support::sample;

use Outcome::{Rejected, Reserve, Selected};

/// Decided on 15 December: the first offer selected, the second in reserve, the third rejected.
async fn decided() -> Scene {
    let s = Scene::scored().await;
    sample::set_offer(&s.app, &s.offers[2].id, OfferState::Rejected);
    decide(&s, &[(Selected, 55_000), (Reserve, 0), (Rejected, 0)], "").unwrap();
    s
}

fn publish(s: &Scene, places: Vec<Publication>) -> Result<(), AppError> {
    let (by, call) = (s.app.actor(&s.organ), s.call.id.clone());
    s.write(|tx, now| award::publish(tx, &by, &call, places, now))
}

/// The form of the three places on 15 December, with other values in some fields.
fn typed(other: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields = vec![("version", "0")];
    for (on, time, evidence) in [
        ("bip_on", "bip_time", "bip_evidence"),
        ("board_on", "board_time", "board_evidence"),
        ("website_on", "website_time", "website_evidence"),
    ] {
        fields.extend([(on, "2026-12-15"), (time, "00:01"), (evidence, "https://bip.example.pl/wyniki")]);
    }
    fields.retain(|(name, _)| !other.iter().any(|(changed, _)| changed == name));
    fields.extend(other);
    fields
}

#[actix_web::test]
async fn without_one_of_the_three_places_nothing_is_published() {
    let s = decided().await;
    let two: Vec<Publication> =
        sample::three_places("2026-12-15").into_iter().filter(|p| p.place != Place::Board).collect();
    let e = publish(&s, two).unwrap_err();
    assert_eq!(found(&e), [rule("R-ANN-05", "Brak daty ogłoszenia wyników w tym miejscu.")]);
    let page = s.organ.post(&s.office_url("wyniki"), &typed(&[("board_on", ""), ("website_on", "15.12.2026")])).await;
    page.expect(422).says("Tablica ogłoszeń: data publikacji: Nie podano daty.");
    assert_eq!(page.value_of("website_on").as_deref(), Some("15.12.2026"));
    let page = s.organ.post(&s.office_url("wyniki"), &typed(&[("bip_time", ""), ("board_evidence", "")])).await;
    page.expect(422).says("BIP: podaj godzinę, np. 10:15.").says("Tablica ogłoszeń: brakuje dowodu publikacji.");
    let page = s.organ.post(&s.office_url("wyniki"), &typed(&[("bip_time", "23:58")])).await;
    page.expect(422).says("Publikacja 15.12.2026, godz. 23:58, a teraz jest 15.12.2026,");
    let mut unproved = sample::three_places("2026-12-15");
    unproved[1].evidence = String::new();
    let e = publish(&s, unproved).unwrap_err();
    assert_eq!(found(&e), [rule("R-ANN-05", "Nie podano dowodu ogłoszenia wyników.")]);
    let early = publish(&s, sample::three_places("2026-12-14")).unwrap_err();
    assert_eq!(found(&early).len(), 3);
    assert!(s.app.new_mail().is_empty());
    s.app
        .stranger()
        .page(&format!("/konkursy/{}/wyniki", s.call.id))
        .await
        .says("nie zostały jeszcze ogłoszone")
        .says_not("Promyk");
}

#[actix_web::test]
async fn every_offeror_gets_the_own_result_and_everyone_reads_the_list() {
    let s = decided().await;
    let page = s.organ.page(&s.office_url("wyniki")).await;
    page.says("O wyniku każdej oferty (3) napiszemy do osób, które mogą reprezentować oferenta: 3 listy do 3 osób.");
    page.says("Tablica ogłoszeń: skan albo zrzut ekranu");
    let fields = typed(&[("board_by", "Jan Woźny"), ("board_evidence", ""), ("board_time", "08:15")]);
    let scan = b"%PDF-1.4 adnotacja na tablicy";
    s.organ.upload(&s.office_url("wyniki"), &fields, "board_file", "tablica.pdf", scan).await.expect(303);
    let to = |n: u32| format!("{}@example.pl", sample::nip(n));
    assert_eq!(
        s.app.new_mail(),
        [
            (to(1), "Wynik konkursu LOK/1/2026: oferta LOK/1/2026/O-1 – wybrana".to_owned()),
            (to(2), "Wynik konkursu LOK/1/2026: oferta LOK/1/2026/O-2 – lista rezerwowa".to_owned()),
            (to(3), "Wynik konkursu LOK/1/2026: oferta LOK/1/2026/O-3 – odrzucona formalnie".to_owned()),
        ]
    );
    let letters = s.app.state.store.read(|r| mail::recent(r, 3)).unwrap();
    let body = |n: usize| {
        let letter = letters.iter().find(|l| l.to_addr == to(u32::try_from(n).unwrap())).unwrap();
        letter.body.replace(['\u{a0}', '\u{202f}'], " ")
    };
    assert!(body(1).contains("Dotacja:       55 000,00 zł"), "{}", body(1));
    assert!(body(1).contains("w ciągu 30 dni od ogłoszenia wyników, do 14.01.2027"), "{}", body(1));
    assert!(body(3).contains("Powód:         powód organu"), "{}", body(3));
    assert!(!body(2).contains("Dotacja"), "{}", body(2));

    let call = s.app.state.store.read(|r| calls::find(r, &s.call.id)).unwrap();
    assert_eq!((call.state, call.content.result_places.len()), (CallState::Published, 3));
    let public = s.app.stranger().page(&format!("/konkursy/{}/wyniki", s.call.id)).await;
    public
        .says("Fundacja Promyk LOK/1/2026/O-1 Warsztaty integracji społecznej 90,00 55 000,00 zł")
        .says("Stowarzyszenie Most LOK/1/2026/O-2 Warsztaty integracji społecznej 80,00 lista rezerwowa")
        .says("odrzucona formalnie")
        .says("czwartek, 14.01.2027")
        .says("nie przysługuje od niego odwołanie")
        .says_not("powód organu");
    s.ngos[0].page(&format!("/konkursy/{}/wyniki", s.call.id)).await.says("Wybrane oferty");
    let page = s.organ.page(&s.office_url("wyniki")).await;
    page.says("https://bip.example.pl/wyniki")
        .says("Osoba organ@example.pl")
        .says("tablica ogłoszeń w siedzibie organu 15.12.2026, godz. 08:15 Jan Woźny skan: tablica.pdf");
    let file = call.content.result_places.iter().find_map(|p| p.file.clone()).unwrap();
    let kept = format!("/urzad/konkursy/{}/dowody/{}", s.call.id, file.document);
    assert_eq!(s.organ.page(&kept).await.body, scan.as_slice());
    assert_eq!(s.app.stranger().get(&kept).await.expect(303).sign_in_page(), "/konto/logowanie");
    public.says("tablica ogłoszeń w siedzibie organu: 15.12.2026, godz. 08:15").says_not("tablica.pdf");
}

#[actix_web::test]
async fn results_are_published_once_and_only_by_the_organ() {
    let s = decided().await;
    s.officer.post(&s.office_url("wyniki"), &[]).await.expect(403).says("Wyniki ogłasza organ.");
    s.ngos[0].get(&s.office_url("wyniki")).await.expect(404);
    publish(&s, sample::three_places("2026-12-15")).unwrap();
    assert_eq!(s.app.new_mail().len(), 3);
    assert_eq!(
        found(&publish(&s, sample::three_places("2026-12-15")).unwrap_err()),
        [rule("R-ANN-05", "Wyniki są już ogłoszone.")]
    );
    s.organ.post(&s.office_url("wyniki"), &typed(&[])).await.expect(409);
    assert!(s.app.new_mail().is_empty());
}

#[actix_web::test]
async fn before_the_decision_there_is_nothing_to_publish() {
    let s = Scene::scored().await;
    s.organ.get(&s.office_url("wyniki")).await.expect(403).says("Organ nie rozstrzygnął jeszcze tego konkursu.");
    assert!(matches!(publish(&s, sample::three_places("2026-12-15")).unwrap_err(), AppError::NotFound));
}

#[actix_web::test]
async fn the_pages_of_the_award_stay_within_twelve_statements() {
    let s = decided().await;
    for path in [s.office_url("rozstrzygniecie"), s.office_url("wyniki"), format!("/konkursy/{}/wyniki", s.call.id)] {
        let (_, queries) = s.app.queries(s.organ.page(&path)).await;
        assert!(queries <= 12, "{path}: {queries}");
    }
}

#[actix_web::test]
async fn whoever_stands_for_two_offers_gets_one_letter_and_the_page_tells_how_many_go() {
    let s = decided().await;
    let (person, now) = (s.app.actor(&s.ngos[0]).person_id().unwrap().clone(), s.app.state.clock.now());
    let join = |tx: &mut konkurs::store::Tx<'_>| {
        let role = konkurs::account::OrgRole::Signatory;
        konkurs::account::store::insert_membership(tx, &s.offers[1].org, &person, role, now)
    };
    s.app.state.store.write(join).unwrap();
    let (page, statements) = s.app.queries(s.organ.page(&s.office_url("wyniki"))).await;
    page.says("O wyniku każdej oferty (3) napiszemy do osób, które mogą reprezentować oferenta: 3 listy do 3 osób.");
    assert!(statements <= 12, "{statements}");
    s.organ.post(&s.office_url("wyniki"), &typed(&[])).await.expect(303);
    let to = |n: u32| format!("{}@example.pl", sample::nip(n));
    let both = "Wynik konkursu LOK/1/2026: oferta LOK/1/2026/O-1 – wybrana, oferta LOK/1/2026/O-2 – lista rezerwowa";
    assert_eq!(
        s.app.new_mail(),
        [
            (to(1), both.to_owned()),
            (to(2), "Wynik konkursu LOK/1/2026: oferta LOK/1/2026/O-2 – lista rezerwowa".to_owned()),
            (to(3), "Wynik konkursu LOK/1/2026: oferta LOK/1/2026/O-3 – odrzucona formalnie".to_owned()),
        ]
    );
    let letters = s.app.state.store.read(|r| mail::recent(r, 3)).unwrap();
    let body = &letters.iter().find(|l| l.to_addr == to(1)).unwrap().body;
    for number in ["O-1", "O-2"] {
        assert!(body.contains(&format!("\n\nOferta:        LOK/1/2026/{number} „")), "{body}");
    }
}
