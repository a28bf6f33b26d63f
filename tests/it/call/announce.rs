use konkurs::call::{self, CallState};
use konkurs::error::AppError;
use konkurs::law::{Money, OtherBasis};
use konkurs::programme::ProgrammeContent;

use super::{announced, complete, drafted, filled, find, office, places, saved};
use crate::support::sample::{self, day, three_places};
use crate::support::{TestApp, moment};

#[actix_web::test]
async fn the_organ_announces_and_everything_is_frozen() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}", draft.id);
    office.organ.page(&url).await.says("Teraz czekamy na: organ").says("Ogłoś konkurs").says("Ogłoszenie");
    office
        .organ
        .page(&format!("{url}/ogloszenie"))
        .await
        .says("Po ogłoszeniu nic nie zmieni się po cichu")
        .says("240,30 zł za godzinę trenera")
        .says("Możliwość realizacji");

    let answer = office.organ.post(&format!("{url}/ogloszenie"), &places("1", "2026-11-23")).await;
    answer.expect(303);
    let call = find(&app, &draft.id);
    assert_eq!((call.number(), call.state), ("RSD/1/2026", CallState::Announced));
    assert_eq!(call.content.cap.as_ref().map(|c| (c.rate, c.group)), Some((Money::from_grosze(24_030), None)));
    assert_eq!(call.terms_hash, Some(call::hash_of(&call.content).unwrap()));
    assert_eq!(call.deadline_at, Some(moment("2026-12-15 00:00")));
    assert_eq!(call.announced_at, Some(moment("2026-11-23 08:30")), "the last of its places");
    assert_eq!(call.announced_on(), Some(day("2026-11-23")));
    office
        .organ
        .page(&url)
        .await
        .says("Teraz czekamy na: oferty organizacji")
        .says("Termin: poniedziałek, 14.12.2026, do końca dnia (23:59) (za 21 dni i 12 godzin)")
        .says("Ogłoszono konkurs RSD/1/2026.")
        .says(call.terms_hash.as_deref().unwrap());
    assert_eq!(app.new_mail(), []);
}

#[actix_web::test]
async fn a_call_that_the_law_stops_has_no_form_to_announce_it() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = drafted(&app, &office, sample::programme_content("RSD-1"));
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let page = office.organ.page(&url).await;
    page.says("Konkursu nie można jeszcze ogłosić. Zabraniają tego przepisy wskazane w uwagach")
        .says("Reguła R-ANN-01 · art. 13 ust. 2 UDPP");
    assert_eq!(page.value_of("bip_evidence"), None);
    let page = office.organ.post(&url, &places("0", "2026-11-23")).await;
    page.expect(422).says("element 6: termin dokonania wyboru");
    assert_eq!(page.value_of("bip_evidence").as_deref(), Some("https://bip.example.pl/1"), "nothing typed is lost");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
}

#[actix_web::test]
async fn announcing_twice_is_refused() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    office.organ.post(&url, &places("1", "2026-11-23")).await.expect(409);
    office
        .organ
        .post(&url, &places("2", "2026-11-23"))
        .await
        .expect(403)
        .says("W tym stanie konkursu (ogłoszony) nie można tego zrobić: ogłosić.");
    assert_eq!(office.organ.get(&url).await.expect(303).location, format!("/urzad/konkursy/{}", call.id));
    assert_eq!(find(&app, &call.id), call);
    // both refusals stand in the log
    let refused = app.state.store.read(|r| konkurs::audit::page(r, None, 2)).unwrap();
    assert!(refused.iter().all(|row| row.object_kind == "refused" && row.deed == "call.announce"));
}

#[actix_web::test]
async fn of_four_announcements_at_once_one_counts() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let (actor, now) = (app.actor(&office.organ), app.state.clock.now());
    let results: Vec<Result<String, AppError>> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4)
            .map(|_| {
                let (state, actor, id) = (app.state.clone(), actor.clone(), call.id.clone());
                let places = three_places("2026-11-23");
                scope.spawn(move || state.store.write(|tx| call::announce(tx, &actor, &id, 1, places, now)))
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|r| matches!(r, Ok(number) if number == "RSD/1/2026")).count(), 1);
    assert_eq!(results.iter().filter(|r| matches!(r, Err(AppError::Stale))).count(), 3, "{results:?}");
    let second = announced_second(&app, &office);
    assert_eq!(second, "RSD/2/2026", "a refused announcement takes no number");
}

fn announced_second(app: &TestApp, office: &super::Office) -> String {
    let call = complete(app, office);
    let (actor, now) = (app.actor(&office.organ), app.state.clock.now());
    let places = three_places("2026-11-23");
    app.state.store.write(|tx| call::announce(tx, &actor, &call.id, call.version, places, now)).unwrap()
}

#[actix_web::test]
async fn places_are_all_asked_for_and_stay_typed() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let mut fields = places("1", "2026-11-23");
    fields.retain(|(name, _)| *name != "board_evidence" && *name != "website_on");
    let page = office.organ.post(&url, &fields).await;
    page.expect(422).says("Uzupełnij pole „Dowód publikacji”.").says("Data publikacji: Nie podano daty.");
    assert_eq!(page.value_of("bip_evidence").as_deref(), Some("https://bip.example.pl/1"));
    assert_eq!(page.value_of("website_evidence").as_deref(), Some("https://pup.example.pl/konkurs"));

    let page = office.organ.post(&url, &places("1", "2026-11-24")).await;
    page.expect(422).says("Data publikacji 24.11.2026 jeszcze nie nadeszła.").says("R-ANN-03");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
}

#[actix_web::test]
async fn the_21_days_run_from_the_last_place() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let content = filled(draft.content.clone(), 2026, "2026-12-11", "2027-01-04");
    let call = saved(&app, &office, &draft, content);
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let page = office.organ.post(&url, &places("2", "2026-11-23")).await;
    page.expect(422)
        .says("Ostatnie ogłoszenie 23.11.2026, oferty do 11.12.2026, godz. 23:59.")
        .says("Najwcześniejszy dzień terminu: poniedziałek, 14.12.2026.");
    office.organ.post(&url, &places("2", "2026-11-20")).await.expect(303);
}

/// The programme of the sample, moved to the summer of 2025.
fn programme_of_2025() -> ProgrammeContent {
    let mut content = sample::programme_content("PAI-4");
    content.prrp.as_mut().unwrap().date = day("2025-05-12");
    for ops in content.gminas.iter_mut().filter_map(|gmina| gmina.ops.as_mut()) {
        (ops.asked_on, ops.answered_on) = (day("2025-04-01"), day("2025-05-05"));
    }
    for (edition, (from, to)) in content.editions.iter_mut().zip([
        ("2025-08-01", "2025-09-30"),
        ("2025-09-01", "2025-10-31"),
        ("2025-10-01", "2025-11-30"),
    ]) {
        (edition.from, edition.to) = (day(from), day(to));
    }
    content
}

#[actix_web::test]
async fn a_pai_contest_of_june_2025_needs_another_basis() {
    let app = TestApp::new().await;
    app.at("2025-06-02 10:00");
    let office = office(&app).await;
    let draft = drafted(&app, &office, programme_of_2025());
    let content = filled(draft.content.clone(), 2025, "2025-06-23", "2025-07-07");
    let call = saved(&app, &office, &draft, content.clone());
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let page = office.organ.post(&url, &places("1", "2025-06-02")).await;
    page.expect(422)
        .says("Konkurs według zasad PAI-4 miałby być ogłoszony 02.06.2025.")
        .says("Ostatni dzień ogłoszenia takiego konkursu: 31.05.2025.")
        .says(
            "Ogłoś konkurs na podstawie art. 200 ustawy z 20.03.2025 (zasady RSD-1) albo zapisz inną podstawę prawną: \
             kto o niej zdecydował, jaka jest i dlaczego.",
        )
        .says("Reguła R-LAW-01 · art. 460 i 461 ustawy z 20.03.2025");

    let mut content = content;
    content.other_basis = Some(OtherBasis {
        who: "Starosta, zarządzenie nr 9/2025".into(),
        basis: "art. 435 ust. 1 ustawy z 20.03.2025".into(),
        why: "porozumienie z OPS zawarto przed 1.06.2025".into(),
    });
    let call = saved(&app, &office, &call, content);
    office.organ.page(&url).await.says("Konkurs ogłoszono na innej podstawie prawnej: art. 435 ust. 1");
    office.organ.post(&url, &places("2", "2025-06-02")).await.expect(303);
    let call = find(&app, &call.id);
    assert_eq!(call.number(), "PAI/1/2025");
    assert_eq!(call.content.cap.as_ref().map(|c| (c.rate, c.group)), Some((Money::zl(70), Some(10))));
    app.stranger()
        .page(&format!("/konkursy/{}", call.id))
        .await
        .says("art. 435 ust. 1 ustawy z 20.03.2025 (decyzja: Starosta, zarządzenie nr 9/2025; powód: porozumienie z OPS zawarto przed 1.06.2025)");
}

#[actix_web::test]
async fn a_deadline_that_passed_is_not_announced() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    app.at("2026-12-15 00:00");
    let office = super::Office { officer: app.sign_in("urzednik@example.pl"), organ: app.sign_in("organ@example.pl") };
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let page = office.organ.post(&url, &places("1", "2026-11-23")).await;
    page.expect(422).says("Termin był do końca dnia 14.12.2026 i już minął.");
}

#[actix_web::test]
async fn a_contest_is_announced_when_its_last_place_shows_it_not_when_that_is_recorded() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let content = filled(draft.content.clone(), 2026, "2026-12-14", "2027-01-04");
    let call = saved(&app, &office, &draft, content);
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    office.organ.post(&url, &places("2", "2026-11-20")).await.expect(303);
    let call = find(&app, &call.id);
    assert_eq!(call.announced_at, Some(moment("2026-11-20 08:30")));
    let public = app.stranger().page(&format!("/konkursy/{}", call.id)).await;
    public.says("Ogłoszono 20.11.2026, 08:30").says_not("Ogłoszono 23.11.2026");
    let listed = app.stranger().page("/konkursy.json").await.html();
    assert!(listed.contains("\"announced_on\":\"2026-11-20\""), "{listed}");
    let feed = app.stranger().page("/konkursy.atom").await.html();
    assert!(feed.contains("<published>2026-11-20T07:30:00Z</published>"), "{feed}");
    // a change has places of its own; the day of the announcement stays
    let (office, call) = super::amending::prolong(&app, &call).await;
    office.organ.page(&format!("/urzad/konkursy/{}", call.id)).await.says("Ogłoszono 20.11.2026, 08:30");
    let listed = app.stranger().page("/konkursy.json").await.html();
    assert!(listed.contains("\"announced_on\":\"2026-11-20\""), "{listed}");
    let public = app.stranger().page(&format!("/konkursy/{}", call.id)).await;
    public.says("Ostatnia zmiana 01.12.2026, 12:00");
}
