//! Score cards, seals, means and the ranking.

use std::sync::Barrier;

use konkurs::error::AppError;
use konkurs::review::{self, SeatKind};
use serde_json::json;

use super::scene::{Scene, card_fields, found, items, pairs, rule};

#[actix_web::test]
async fn nobody_scores_before_the_declaration() {
    let s = Scene::opened().await;
    s.appoint(0, SeatKind::Chair, "").unwrap();
    let e = s.seal(0, 0, [1, 1, 1, 1, 1]).unwrap_err();
    assert_eq!(found(&e), [rule("R-COM-01", "Nie złożono oświadczenia o bezstronności w tym konkursie.")]);
    let AppError::Refused(findings) = &e else { panic!("{e}") };
    assert_eq!(
        findings[0].limit,
        "Oferty otwiera i ocenia członek komisji, który złożył oświadczenie po poznaniu listy oferentów."
    );
    s.members[0].post(&s.card_url(0), &[("version", "")]).await.expect(403).says("Nie złożono oświadczenia");
}

#[actix_web::test]
async fn only_offers_that_passed_the_formal_check_are_scored_and_only_by_those_with_a_vote() {
    let s = Scene::scoring().await;
    let offer = s.offers[2].id.clone();
    crate::support::sample::set_offer(&s.app, &offer, konkurs::offer::OfferState::Rejected);
    let e = s.seal(0, 2, [1, 1, 1, 1, 1]).unwrap_err();
    assert_eq!(found(&e), [rule("R-SCO-02", "Oferta nie przeszła oceny formalnej.")]);
    s.members[0].page(&s.card_url(2)).await.says("Oferta została odrzucona formalnie i nie podlega ocenie.");
    assert!(
        matches!(
            s.write(|tx, now| {
                review::score(tx, &s.app.actor(&s.officer), &s.offers[0].id, None, items([1; 5]), true, now)
            }),
            Err(AppError::NotFound)
        ),
        "no seat"
    );
}

#[actix_web::test]
async fn a_draft_is_kept_and_the_seal_shows_what_it_freezes() {
    let s = Scene::scoring().await;
    let (member, url) = (&s.members[0], s.card_url(0));
    member.page(&url).await.says("Teraz czekamy na: Ciebie").says("Oferent bez wcześniejszych zadań: 3 pkt.");
    // too many points: nothing lost
    let mut fields = card_fields(["41", "x", "20", "", ""], "dobre doświadczenie i sale");
    fields.push(("version".into(), String::new()));
    let page = member.post(&url, &pairs(&fields)).await;
    page.expect(422).says("„Kalkulacja kosztów”: wpisz liczbę całkowitą od 0 do 20.");
    assert_eq!(page.value_of("points.capacity").as_deref(), Some("41"));
    let mut fields = card_fields(["41", "18", "20", "3", "3"], "dobre doświadczenie i sale");
    fields.push(("version".into(), String::new()));
    member
        .post(&url, &pairs(&fields))
        .await
        .expect(422)
        .says("„Możliwość realizacji zadania”: wpisano 41 pkt, a najwięcej można przyznać 40 pkt.");
    // a draft may have gaps, a seal not
    let draft = [("points.capacity", "30"), ("why.capacity", "własne sale"), ("version", "")];
    member.post(&url, &draft).await.expect(303);
    let page = member.page(&url).await;
    page.says("Razem: 30 z 100 pkt.");
    assert_eq!(page.value_of("version").as_deref(), Some("0"));
    let early = [("points.capacity", "30"), ("why.capacity", "własne sale"), ("version", "0"), ("_deed", "seal")];
    let page = member.post(&url, &early).await;
    page.expect(422)
        .says("„Możliwość realizacji zadania”: uzasadnij punkty, co najmniej 3 słowami.")
        .says("„Kalkulacja kosztów”: przyznaj punkty, od 0 do 20.");
    assert_eq!(page.value_of("version").as_deref(), Some("1"), "the draft was saved");
    // the seal
    let mut fields = card_fields(["30", "18", "20", "3", "3"], "dobre doświadczenie i sale");
    fields.extend([("version".into(), "1".into()), ("_deed".into(), "seal".into())]);
    let answer = member.post(&url, &pairs(&fields)).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, format!("{url}/pieczec").as_str()));
    let page = member.page(&format!("{url}/pieczec")).await;
    page.says("Zapieczętowanej karty nie da się zmienić").says("Razem 74 z 100");
    let version = page.value_of("version").unwrap();
    member.post(&format!("{url}/pieczec"), &[("version", &version)]).await.expect(303);
    member.post(&format!("{url}/pieczec"), &[("version", &version)]).await.expect(303);
    member
        .page(&url)
        .await
        .says("Twoja karta została zapieczętowana 15.12.2026")
        .says("Średnia zapieczętowanych kart: 74,00");
    let mut fields = card_fields(["1", "1", "1", "1", "1"], "zmieniam zdanie po czasie");
    fields.push(("version".into(), version));
    member.post(&url, &pairs(&fields)).await.expect(422).says("Zapieczętowanej karty nie można zmienić.");
    assert_eq!(s.ranking()[0].mean_x100, Some(7400));
}

#[actix_web::test]
async fn until_the_own_seal_others_stay_hidden_everywhere() {
    let s = Scene::scoring().await;
    s.seal(1, 0, [33, 17, 21, 4, 2]).unwrap();
    s.seal(2, 0, [40, 20, 30, 5, 5]).unwrap();
    let me = &s.members[0];
    let before = me.page(&s.committee_url()).await;
    before.says("do oceny").says("zapieczętowana").says_not("77 pkt").says_not("88,50");
    before.says("Ranking zobaczysz, gdy zapieczętujesz wszystkie swoje karty. Zostało: 3.");
    me.page(&s.card_url(0)).await.says_not("77 z 100").says_not("uzasadnienie kryterium");
    s.seal(0, 0, [10, 10, 10, 2, 1]).unwrap();
    me.page(&s.committee_url())
        .await
        .says("77 pkt")
        .says("100 pkt")
        .says("70,00")
        .says("rozbieżne oceny: Możliwość realizacji zadania, Kalkulacja kosztów, Jakość i kwalifikacje osób")
        .says("Zostało: 2.");
    me.page(&s.card_url(0))
        .await
        .says("77 z 100")
        .says("uzasadnienie kryterium capacity")
        .says("Średnia zapieczętowanych kart: 70,00 z 100 pkt.")
        .says("zapiszcie w protokole (R-SCO-01)");
    me.page(&s.card_url(1)).await.says_not("uzasadnienie kryterium");
}

#[actix_web::test]
async fn means_threshold_and_order_in_exact_figures() {
    let s = Scene::scoring().await;
    for (member, points) in [[40, 20, 25, 3, 2], [35, 15, 20, 3, 2], [36, 15, 20, 3, 2]].into_iter().enumerate() {
        s.seal(member, 1, points).unwrap();
    }
    for (member, points) in [[30, 10, 15, 3, 2], [30, 10, 15, 3, 2], [30, 10, 14, 3, 2]].into_iter().enumerate() {
        s.seal(member, 2, points).unwrap();
    }
    let said: Vec<(u32, String, Option<u32>, u32, bool)> =
        s.ranking().into_iter().map(|r| (r.place, r.org_name, r.mean_x100, r.cards, r.meets_threshold)).collect();
    assert_eq!(
        said,
        [
            (1, "Stowarzyszenie Most".to_owned(), Some(8033), 3, true),
            (2, "Fundacja Żuraw".to_owned(), Some(5967), 3, false),
            (3, "Fundacja Promyk".to_owned(), None, 0, false),
        ]
    );
}

#[actix_web::test]
async fn two_tabs_sealing_at_once_leave_one_card() {
    let s = Scene::scoring().await;
    let (store, now, by, offer) = (&s.app.state.store, s.app.state.clock.now(), s.actor(0), s.offers[0].id.clone());
    let start = Barrier::new(4);
    let done: Vec<Result<(), AppError>> = std::thread::scope(|scope| {
        let tabs: Vec<_> = (1..=4_u32)
            .map(|n| {
                let (start, by, offer) = (&start, &by, &offer);
                scope.spawn(move || {
                    start.wait();
                    store.write(|tx| review::score(tx, by, offer, None, items([n; 5]), true, now))
                })
            })
            .collect();
        tabs.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1, "{done:?}");
    for e in done.into_iter().filter_map(Result::err) {
        assert!(matches!(e, AppError::Refused(_) | AppError::Stale | AppError::Taken(_)), "{e}");
    }
    assert_eq!(store.read(|r| review::store::scores_of(r, &s.call.id)).unwrap().len(), 1);
}

#[actix_web::test]
async fn a_draft_saved_in_another_tab_is_not_overwritten() {
    let s = Scene::scoring().await;
    let url = s.card_url(0);
    let draft = |version: &'static str| [("points.cost", "7"), ("why.cost", "stawka niska"), ("version", version)];
    s.members[0].post(&url, &draft("")).await.expect(303);
    let other = [("points.cost", "9"), ("why.cost", "inne okno"), ("version", "")];
    let page = s.members[0].post(&url, &other).await;
    page.expect(409).says("Tę kartę zapisano w międzyczasie w innym oknie i tamtego zapisu nie zmieniono.");
    assert_eq!(page.value_of("points.cost").as_deref(), Some("9"), "nothing typed is lost");
    assert_eq!(page.value_of("version").as_deref(), Some("0"));
    s.members[0].post(&url, &draft("0")).await.expect(303);
}

#[actix_web::test]
async fn a_card_saves_itself_what_fits_and_names_what_does_not() {
    let s = Scene::scoring().await;
    let url = s.card_url(0);
    let (member, own) = (&s.members[0], format!("{url}/autozapis"));
    let form = |version: &'static str, points: &'static str, cost: &'static str| {
        let mut out = vec![("points.capacity", points), ("why.capacity", "własne sale"), ("version", version)];
        out.extend([("points.cost", cost), ("why.cost", "stawka niska")]);
        out
    };
    let said = member.script(&own, &form("", "12", "")).await.expect(200).json();
    assert_eq!((&said["version"], said["saved_at"].as_str().map(str::len)), (&json!(0), Some(8)), "{said}");
    let left = json!({"points.cost": "„Kalkulacja kosztów”: wpisz liczbę całkowitą od 0 do 20."});
    assert_eq!(said["errors"], left);
    let page = member.page(&url).await;
    assert_eq!(page.value_of("points.capacity").as_deref(), Some("12"));
    page.says("Razem: 12 z 100 pkt.");

    // Nothing new is no new version; too many points stay out, and what was saved before stays.
    let said = member.script(&own, &form("0", "12", "")).await.expect(422).json();
    assert_eq!((&said["version"], &said["errors"]), (&json!(0), &left));
    let said = member.script(&own, &form("0", "99", "7")).await.expect(200).json();
    assert_eq!(said["version"], 1);
    let said = said["errors"]["points.capacity"].as_str().unwrap().to_owned();
    assert!(said.contains("wpisano 99 pkt, a najwięcej można przyznać 40 pkt."), "{said}");
    member.page(&url).await.says("Razem: 19 z 100 pkt.");

    // Another window overwrites nothing; what the browser kept is shown without saving it.
    let said = member.script(&own, &form("0", "5", "5")).await.expect(409).json();
    assert_eq!(said["stale"], true, "{said}");
    assert!(said["error"].as_str().unwrap().starts_with("W międzyczasie zapisano tu coś innego."), "{said}");
    let mut kept = form("1", "5", "5");
    kept.push(("_add", "kopia"));
    let shown = member.post(&url, &kept).await;
    assert_eq!(shown.expect(200).value_of("points.capacity").as_deref(), Some("5"));
    let page = member.page(&url).await;
    assert_eq!(page.value_of("points.capacity").as_deref(), Some("12"));

    // Nobody else's, and not after the seal.
    s.officer.script(&own, &form("", "5", "5")).await.expect(404);
}
