use konkurs::call::{self, CallState};
use konkurs::error::AppError;
use konkurs::law::{Money, OtherBasis};
use konkurs::programme::ProgrammeContent;

use super::{announced, approved, approved_at, complete, drafted, filled, find, office, places, saved};
use crate::support::sample::{self, day, three_places};
use crate::support::{TestApp, moment};

#[actix_web::test]
async fn the_organ_announces_and_everything_is_frozen() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}", draft.id);
    office
        .organ
        .page(&url)
        .await
        .says("Teraz czekamy na: organ")
        .says("Zatwierdź treść do ogłoszenia")
        .says_not("Ogłoś konkurs");
    approved(&app, &office, &draft);
    office.organ.page(&url).await.says("Zapisz miejsca i ogłoś konkurs");
    office
        .organ
        .page(&format!("{url}/ogloszenie"))
        .await
        .says("Po ogłoszeniu nic nie zmieni się po cichu")
        .says("240,30 zł za godzinę trenera")
        .says("Możliwość realizacji");

    let answer = office.organ.post(&format!("{url}/ogloszenie"), &places("2", "2026-11-23")).await;
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
    page.says("Tej treści organ nie zatwierdził.")
        .says("Przejdź do zatwierdzenia treści")
        .says("Reguła R-ANN-01 · art. 13 ust. 2 UDPP");
    assert_eq!(page.value_of("bip_evidence"), None);
    let approval = format!("/urzad/konkursy/{}/zatwierdzenie", call.id);
    let page = office.organ.post(&approval, &[("version", "0")]).await;
    page.expect(422).says("element 6: termin dokonania wyboru");
    let page = office.organ.post(&url, &places("0", "2026-11-23")).await;
    page.expect(422)
        .says("Tej treści organ jeszcze nie zatwierdził.")
        .says("Ogłasza się treść, którą organ zatwierdził wcześniej.")
        .says("Reguła R-PUB-02 · art. 11 ust. 2b i art. 13 ust. 3 UDPP");
    assert_eq!(page.value_of("bip_evidence").as_deref(), Some("https://bip.example.pl/1"), "nothing typed is lost");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
}

#[actix_web::test]
async fn announcing_twice_is_refused() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let mut other = places("2", "2026-11-23");
    other.retain(|(name, _)| *name != "bip_evidence");
    other.push(("bip_evidence", "https://bip.example.pl/inny"));
    office
        .organ
        .post(&url, &other)
        .await
        .expect(409)
        .says("Ktoś zapisał ten konkurs w międzyczasie")
        .says("Konkurs jest już ogłoszony, więc tego wpisu nie zapisano.")
        .says("BIP: dowód publikacji https://bip.example.pl/1 https://bip.example.pl/inny");
    office
        .organ
        .post(&url, &places("3", "2026-11-23"))
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
    let call = approved(&app, &office, &complete(&app, &office));
    let (actor, now) = (app.actor(&office.organ), app.state.clock.now());
    let results: Vec<Result<String, AppError>> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4)
            .map(|_| {
                let (state, actor, id) = (app.state.clone(), actor.clone(), call.id.clone());
                let places = three_places("2026-11-23");
                scope.spawn(move || state.store.write(|tx| call::announce(tx, &actor, &id, 2, places, now)))
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|r| matches!(r, Ok(number) if number == "RSD/1/2026")).count(), 1);
    assert_eq!(results.iter().filter(|r| matches!(r, Err(AppError::Stale))).count(), 3, "{results:?}");
    let second = announced_second(&app, &office);
    assert_eq!(second, "RSD/2/2026");
}

fn announced_second(app: &TestApp, office: &super::Office) -> String {
    let call = approved(app, office, &complete(app, office));
    let (actor, now) = (app.actor(&office.organ), app.state.clock.now());
    let places = three_places("2026-11-23");
    app.state.store.write(|tx| call::announce(tx, &actor, &call.id, call.version, places, now)).unwrap()
}

#[actix_web::test]
async fn places_are_all_asked_for_and_stay_typed() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = approved(&app, &office, &complete(&app, &office));
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let mut fields = places("2", "2026-11-23");
    fields.retain(|(name, _)| *name != "board_evidence" && *name != "website_on");
    let page = office.organ.post(&url, &fields).await;
    page.expect(422)
        .says("Tablica ogłoszeń: brakuje dowodu publikacji. Wpisz znak adnotacji albo zdjęcia albo dołącz skan.")
        .says("Strona internetowa: data publikacji: Nie podano daty.");
    assert_eq!(page.value_of("bip_evidence").as_deref(), Some("https://bip.example.pl/1"));
    assert_eq!(page.value_of("website_evidence").as_deref(), Some("https://pup.example.pl/konkurs"));

    for (name, wrong) in [("bip_evidence", "x"), ("website_evidence", "https://")] {
        let fields: Vec<_> =
            places("2", "2026-11-23").into_iter().map(|f| if f.0 == name { (name, wrong) } else { f }).collect();
        let page = office.organ.post(&url, &fields).await;
        page.expect(422).says(&format!(
            "„{wrong}” to nie adres strony. Wpisz cały adres, z https:// na początku, albo dołącz skan."
        ));
        assert_eq!(page.value_of(name).as_deref(), Some(wrong));
    }
    let page = office.organ.post(&url, &places("2", "2026-11-24")).await;
    page.expect(422).says("Data publikacji 24.11.2026 jeszcze nie nadeszła.").says("R-ANN-03");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
}

#[actix_web::test]
async fn the_21_days_run_from_the_last_place_and_from_the_day_of_recording() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let draft = complete(&app, &first);
    let call = approved(&app, &first, &draft);
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    // The papers hung in time, but nobody recorded it until the next day: only then could an offer be filed.
    let late = super::amending::again(&app, "2026-11-24 09:00");
    let page = late.organ.page(&url).await;
    page.says("Konkursu nie można jeszcze ogłosić.").says("Najwcześniejszy dzień terminu: wtorek, 15.12.2026.");
    assert_eq!(page.value_of("bip_evidence"), None);
    let page = late.organ.post(&url, &places("2", "2026-11-23")).await;
    page.expect(422)
        .says("Miejsca zapisano 24.11.2026: dopiero od tego dnia oferty można składać w serwisie, a termin to 14.12.2026, godz. 23:59.")
        .says("Najwcześniejszy dzień terminu: wtorek, 15.12.2026.")
        .says("Reguła R-ANN-03");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
    // A day less of slack is a day less of places.
    let content = filled(call.content.clone(), 2026, "2026-12-16", "2027-01-04");
    let call = saved(&app, &late, &call, content);
    let call = approved_at(&app, &late, &call, "2026-11-24 07:00");
    let later = super::amending::again(&app, "2026-11-25 09:00");
    let version = call.version.to_string();
    let page = later.organ.post(&url, &places(&version, "2026-11-23")).await;
    page.expect(422).says("Publikacja 23.11.2026, godz. 08:00, a treść zatwierdzono 24.11.2026, 07:00.");
    later.organ.post(&url, &places(&version, "2026-11-24")).await.expect(303);
    let call = find(&app, &call.id);
    assert_eq!(call.announced_at, Some(moment("2026-11-24 08:30")), "where it hung last, not when that was recorded");
}

#[actix_web::test]
async fn no_contest_opens_with_days_before_its_text_was_approved() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let content = filled(draft.content.clone(), 2026, "2026-11-24", "2026-12-01");
    let call = saved(&app, &office, &draft, content);
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let version = call.version.to_string();
    let page = office.organ.post(&url, &places(&version, "2026-10-20")).await;
    page.expect(422).says("R-PUB-02");
    let approval = format!("/urzad/konkursy/{}/zatwierdzenie", call.id);
    let page = office.organ.post(&approval, &[("version", &version)]).await;
    page.expect(422).says("Ostatnie ogłoszenie 23.11.2026, oferty do 24.11.2026, godz. 23:59.").says("R-ANN-03");
    // what hung before the draft was approved is no announcement of it
    let call = saved(&app, &office, &call, filled(call.content.clone(), 2026, "2026-12-14", "2027-01-04"));
    let call = approved(&app, &office, &call);
    let page = office.organ.post(&url, &places(&call.version.to_string(), "2026-10-20")).await;
    page.expect(422).says("Publikacja 20.10.2026, godz. 08:00, a treść zatwierdzono 23.11.2026, 07:00.");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
}

#[actix_web::test]
async fn a_law_that_ended_before_the_day_of_recording_opens_no_contest() {
    let app = TestApp::new().await;
    app.at("2025-05-31 10:00");
    let first = office(&app).await;
    let draft = drafted(&app, &first, programme_of_2025());
    let call = saved(&app, &first, &draft, filled(draft.content.clone(), 2025, "2025-07-14", "2025-07-21"));
    let call = approved_at(&app, &first, &call, "2025-05-31 07:00");
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let late = super::amending::again(&app, "2025-06-02 10:00");
    let page = late.organ.post(&url, &places(&call.version.to_string(), "2025-05-31")).await;
    page.expect(422)
        .says("Konkurs według zasad PAI-4 miałby być ogłoszony 02.06.2025.")
        .says("Ostatni dzień ogłoszenia takiego konkursu: 31.05.2025.");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
}

#[actix_web::test]
async fn classes_begin_after_the_deadline_and_the_choice_is_not_made_on_its_day() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}", draft.id);
    office.officer.page(&url).await.says_not("R-ANN-07");
    let approve = |call: &call::Call| (format!("{url}/zatwierdzenie"), call.version.to_string());
    // the first edition begins on 11.01.2027
    let call = saved(&app, &office, &draft, filled(draft.content.clone(), 2026, "2027-01-11", "2027-01-29"));
    let (to, version) = approve(&call);
    let page = office.organ.post(&to, &[("version", &version)]).await;
    page.expect(422)
        .says("element 4: edycja 1")
        .says("Zaczyna się 11.01.2027, a oferty do 11.01.2027.")
        .says("Zajęcia zaczynają się po terminie składania ofert.")
        .says("Reguła R-ANN-07 · art. 13 ust. 2 pkt 4–6 i art. 15 ust. 4 UDPP");
    let call = saved(&app, &office, &call, filled(call.content.clone(), 2026, "2026-12-14", "2026-12-14"));
    let (to, version) = approve(&call);
    let page = office.organ.post(&to, &[("version", &version)]).await;
    page.expect(422).says("Wybór do 14.12.2026, a oferty do 14.12.2026.").says("najwcześniej następnego dnia");
    // before the choice it is only a warning
    let call = saved(&app, &office, &call, filled(call.content.clone(), 2026, "2026-12-14", "2027-01-15"));
    office
        .officer
        .page(&url)
        .await
        .says("Zaczyna się 11.01.2027, a wybór nastąpi do 15.01.2027.")
        .says("Umowę zawiera się po wyborze, a zajęcia zaczynają się po jej zawarciu.");
    let (to, version) = approve(&call);
    office.organ.post(&to, &[("version", &version)]).await.expect(303);
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
    let approval = format!("/urzad/konkursy/{}/zatwierdzenie", call.id);
    let page = office.organ.post(&approval, &[("version", "1")]).await;
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
    approved_at(&app, &office, &call, "2025-06-02 07:00");
    office.organ.page(&url).await.says("Konkurs ogłoszono na innej podstawie prawnej: art. 435 ust. 1");
    office.organ.post(&url, &places("3", "2025-06-02")).await.expect(303);
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
    let call = approved(&app, &office, &complete(&app, &office));
    app.at("2026-12-15 00:00");
    let office = super::Office { officer: app.sign_in("urzednik@example.pl"), organ: app.sign_in("organ@example.pl") };
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let page = office.organ.post(&url, &places("2", "2026-11-23")).await;
    page.expect(422).says("Termin był do końca dnia 14.12.2026 i już minął.");
}

#[actix_web::test]
async fn a_contest_is_announced_when_its_last_place_shows_it_not_when_that_is_recorded() {
    let app = TestApp::new().await;
    app.at("2026-11-20 07:00");
    let first = office(&app).await;
    let draft = complete(&app, &first);
    let content = filled(draft.content.clone(), 2026, "2026-12-14", "2027-01-04");
    let call = saved(&app, &first, &draft, content);
    approved_at(&app, &first, &call, "2026-11-20 07:00");
    let office = super::amending::again(&app, "2026-11-23 12:00");
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    office.organ.post(&url, &places("3", "2026-11-20")).await.expect(303);
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
    public.says("Ostatnia zmiana 01.12.2026, 12:00").says("Zmiana nr 1 Ogłoszono 01.12.2026, 12:00.");
    let text = app.stranger().page(&format!("/konkursy/{}/ogloszenie.txt", call.id)).await.html();
    assert!(text.contains("Zmiana nr 1 z 01.12.2026, 12:00"), "one time of publication: {text}");
    let feed = app.stranger().page("/konkursy.atom").await.html();
    assert!(feed.contains("<published>2026-12-01T11:00:00Z</published>"), "{feed}");
}
