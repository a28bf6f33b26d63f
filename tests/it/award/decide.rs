//! The decision.

use konkurs::award::{self, AwardContent, AwardLine, Outcome};
use konkurs::call::{CallState, store as calls};
use konkurs::error::AppError;
use konkurs::law::Money;
use konkurs::offer::{OfferState, store as offers};
use konkurs::store::AwardId;

use crate::review::scene::{Scene, found, rule};
use crate::support::sample;

use Outcome::{NotSelected, Rejected, Reserve, Selected};

pub fn content(s: &Scene, outcomes: &[(Outcome, i64)], differs: &str) -> AwardContent {
    let lines = s
        .offers
        .iter()
        .zip(outcomes)
        .map(|(offer, (outcome, zl))| AwardLine {
            offer: offer.id.clone(),
            number: "podany z zewnątrz".into(),
            org_name: String::new(),
            title: String::new(),
            asked: Money::zl(1_000_000),
            granted: Money::zl(*zl),
            mean_x100: None,
            place: None,
            outcome: *outcome,
            reason: "powód organu".into(),
        })
        .collect();
    AwardContent { lines, differs_because: differs.into(), act: "zarządzenie nr 12/2026".into(), places: vec![] }
}

pub fn decide(s: &Scene, outcomes: &[(Outcome, i64)], differs: &str) -> Result<AwardId, AppError> {
    let (by, call, content) = (s.app.actor(&s.organ), s.call.id.clone(), content(s, outcomes, differs));
    s.write(|tx, now| award::decide(tx, &by, &call, content, now))
}

fn states(s: &Scene) -> (CallState, Vec<OfferState>) {
    s.app
        .state
        .store
        .read(|r| {
            let call = calls::find(r, &s.call.id)?;
            let all = offers::filed_in_call(r, &s.call.id)?;
            Ok((call.state, all.into_iter().map(|o| o.state).collect()))
        })
        .unwrap()
}

#[actix_web::test]
async fn the_organ_decides_through_the_form() {
    let s = Scene::scored().await;
    let url = s.office_url("rozstrzygniecie");
    let page = s.organ.page(&url).await;
    page.says("Pula konkursu: 90 000,00 zł z 100 000,00 zł")
        .says("90,00")
        .says("poniżej progu")
        .says("Oferenci wnioskowali razem o 110 000,00 zł.");
    assert_eq!(page.value_of("lines.0.granted").as_deref(), Some("60000,00"));
    assert!(page.html().contains("Oferta nie osiągnęła progu punktów: 50,00 z wymaganych 60,00."));
    let version = page.value_of("version").unwrap();
    let ids: Vec<String> = s.offers.iter().map(|o| o.id.to_string()).collect();
    let mut fields = vec![
        ("version", version.as_str()),
        ("act", "zarządzenie nr 12/2026"),
        ("lines.0.offer", &ids[0]),
        ("lines.0.outcome", "selected"),
        ("lines.0.granted", "55 000,00 zł"),
        ("lines.0.reason", ""),
        ("lines.1.offer", &ids[1]),
        ("lines.1.outcome", "selected"),
        ("lines.1.granted", "30000"),
        ("lines.1.reason", ""),
        ("lines.2.offer", &ids[2]),
        ("lines.2.outcome", "not_selected"),
        ("lines.2.granted", ""),
        ("lines.2.reason", "poniżej progu"),
    ];
    let before = s.app.deeds();
    let page = s.organ.post(&url, &fields).await;
    page.expect(200)
        .says("Po potwierdzeniu rozstrzygnięcia nie da się zmienić")
        .says("Przyznasz razem 85 000,00 zł z puli 100 000,00 zł.");
    assert_eq!(s.app.deeds(), before, "the confirmation writes nothing");
    fields.push(("confirmed", "yes"));
    let answer = s.organ.post(&url, &fields).await;
    assert_eq!((answer.status, answer.location), (303, s.office_url("wyniki")));
    assert_eq!(
        states(&s),
        (CallState::Decided, vec![OfferState::Selected, OfferState::Selected, OfferState::NotSelected])
    );
    let award = s.app.state.store.read(|r| award::store::of_call(r, &s.call.id)).unwrap().unwrap();
    let said: Vec<(String, Money, Option<u32>, Option<u32>)> =
        award.content.lines.into_iter().map(|l| (l.number, l.granted, l.mean_x100, l.place)).collect();
    assert_eq!(said[0], ("LOK/1/2026/O-1".to_owned(), Money::zl(55_000), Some(9000), Some(1)));
    assert_eq!(said[2], ("LOK/1/2026/O-3".to_owned(), Money::ZERO, Some(5000), Some(3)));
    s.organ.page(&url).await.says("Rozstrzygnięto 15.12.2026").says("zarządzenie nr 12/2026");
    assert!(s.app.new_mail().is_empty(), "nothing is told before the publication");
}

#[actix_web::test]
async fn more_than_the_allocation_is_refused_with_the_exact_excess_and_nothing_is_lost() {
    let s = Scene::scored().await;
    let all = [(Selected, 60_000), (Selected, 30_000), (Selected, 10_001)];
    let e = decide(&s, &all, "trzecia oferta obejmuje gminę bez innej oferty").unwrap_err();
    assert_eq!(
        found(&e),
        [rule("R-AWD-01", "Przyznano razem 100 001,00 zł, czyli o 1,00 zł więcej niż pula konkursu.")]
    );
    assert_eq!(states(&s), (CallState::Review, vec![OfferState::FormalOk; 3]));
    let ids: Vec<String> = s.offers.iter().map(|o| o.id.to_string()).collect();
    let fields = [
        ("act", "zarządzenie nr 12/2026"),
        ("lines.0.offer", ids[0].as_str()),
        ("lines.0.outcome", "selected"),
        ("lines.0.granted", "60 000,01"),
        ("lines.1.offer", &ids[1]),
        ("lines.1.outcome", "selected"),
        ("lines.1.granted", "dużo"),
        ("lines.2.offer", &ids[2]),
        ("lines.2.outcome", ""),
    ];
    let page = s.organ.post(&s.office_url("rozstrzygniecie"), &fields).await;
    page.expect(422).says("Wybierz rozstrzygnięcie.");
    assert_eq!(page.value_of("lines.1.granted").as_deref(), Some("dużo"));
    assert_eq!(page.value_of("lines.0.granted").as_deref(), Some("60 000,01"));
}

#[actix_web::test]
async fn differing_from_the_opinion_needs_reasons() {
    let s = Scene::scored().await;
    let other = [(Reserve, 0), (Selected, 30_000), (NotSelected, 0)];
    let e = decide(&s, &other, "").unwrap_err();
    assert_eq!(
        found(&e),
        [rule("R-AWD-03", "Oferta wybrana, a wyżej w rankingu jest oferta LOK/1/2026/O-1 (na liście rezerwowej).")]
    );
    let below = [(Selected, 60_000), (Selected, 30_000), (Selected, 10_000)];
    assert_eq!(
        found(&decide(&s, &below, "").unwrap_err()),
        [rule("R-AWD-03", "Wybrano ofertę, która nie osiągnęła progu punktów.")]
    );
    decide(&s, &other, "Oferta nr 1 dubluje program gminy.").unwrap();
    assert_eq!(
        states(&s),
        (CallState::Decided, vec![OfferState::Reserve, OfferState::Selected, OfferState::NotSelected])
    );
}

#[actix_web::test]
async fn a_rejected_offer_stands_in_the_decision_and_is_not_moved() {
    let s = Scene::scored().await;
    sample::set_offer(&s.app, &s.offers[2].id, OfferState::Rejected);
    let e = decide(&s, &[(Selected, 60_000), (Selected, 30_000), (NotSelected, 0)], "").unwrap_err();
    assert_eq!(found(&e), [rule("R-AWD-04", "Rozstrzygnięcie „niewybrana”, a stan oferty: odrzucona formalnie.")]);
    decide(&s, &[(Selected, 60_000), (Selected, 30_000), (Rejected, 0)], "").unwrap();
    assert_eq!(
        states(&s),
        (CallState::Decided, vec![OfferState::Selected, OfferState::Selected, OfferState::Rejected])
    );
}

#[actix_web::test]
async fn an_offer_without_its_formal_check_or_its_line_stops_the_decision() {
    let s = Scene::scored().await;
    sample::set_offer(&s.app, &s.offers[1].id, OfferState::Submitted);
    let e = decide(&s, &[(Selected, 60_000)], "").unwrap_err();
    assert_eq!(
        found(&e),
        [
            rule("R-AWD-04", "Brak rozstrzygnięcia."),
            rule("R-AWD-04", "Oferta nie została oceniona formalnie."),
            rule("R-AWD-04", "Brak rozstrzygnięcia."),
        ]
    );
}

#[actix_web::test]
async fn two_decisions_at_once_leave_one() {
    let s = Scene::scored().await;
    let (store, now, by) = (&s.app.state.store, s.app.state.clock.now(), s.app.actor(&s.organ));
    let whole = content(&s, &[(Selected, 60_000), (Selected, 30_000), (NotSelected, 0)], "");
    let done: Vec<Result<AwardId, AppError>> = std::thread::scope(|scope| {
        let organs: Vec<_> = (0..3)
            .map(|_| {
                let (by, call, whole) = (&by, &s.call.id, whole.clone());
                scope.spawn(move || store.write(|tx| award::decide(tx, by, call, whole, now)))
            })
            .collect();
        organs.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1, "{done:?}");
    assert_eq!(states(&s).0, CallState::Decided);
}
