//! Ways round the rules of an announcement that are closed.

use konkurs::account::Role;
use konkurs::call::{CallState, Part};
use konkurs::law::{Money, OtherBasis};
use konkurs::programme;
use konkurs::store::CallId;

use super::amending::{again, begun, open_of, proposed, publish, until, wrote};
use super::{announced, approved, complete, drafted, filled, find, office, places, saved};
use crate::support::{TestApp, sample};

/// The places of 2026-11-23 at noon.
fn at_noon(version: &str) -> Vec<(&str, &str)> {
    let mut fields = places(version, "2026-11-23");
    for name in ["bip_time", "board_time", "website_time"] {
        fields.retain(|(field, _)| *field != name);
        fields.push((name, "12:00"));
    }
    fields
}

#[actix_web::test]
async fn a_programme_rewritten_after_the_approval_needs_another_approval_by_somebody_else() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let danuta = app.staff("danuta@example.pl", &[Role::Officer, Role::Organ]).await;
    let draft = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}", draft.id);
    danuta.post(&format!("{url}/zatwierdzenie"), &[("version", "1")]).await.expect(303);
    let kept = find(&app, &draft.id).content.approval.unwrap();
    assert_eq!(kept.person.as_ref(), app.actor(&danuta).person_id());
    // the approver writes another opinion and confirms it
    let (actor, now) = (app.actor(&danuta), app.state.clock.now());
    let rewrite = |tx: &mut konkurs::store::Tx<'_>| {
        let old = programme::store::find(tx, &draft.programme)?;
        let mut content = old.content;
        content.prrp.as_mut().unwrap().number = "6/2026".into();
        programme::save(tx, &actor, &draft.programme, old.version, content, now)?;
        programme::confirm(tx, &actor, &draft.programme, old.version + 1, now)
    };
    app.state.store.write(rewrite).unwrap();
    for who in [&danuta, &office.officer] {
        let refused = who.post(&format!("{url}/ogloszenie"), &at_noon("2")).await;
        refused
            .expect(422)
            .says("Od zatwierdzenia treści 23.11.2026, 12:00 zmieniono program, z którego jest konkurs.")
            .says("Organ zatwierdza treść razem z programem")
            .says("Reguła R-PUB-01");
    }
    office
        .officer
        .page(&url)
        .await
        .says("Teraz czekamy na: organ Od zatwierdzenia treści 23.11.2026, 12:00 zmieniono program, z którego jest konkurs.")
        .says("Zatwierdzenie treści przestało obowiązywać")
        .says_not("Zapisz miejsca i ogłoś konkurs");
    office.officer.page(&format!("{url}/ogloszenie")).await.says("Tej treści organ nie zatwierdził.");
    danuta.post(&format!("{url}/zatwierdzenie"), &[("version", "2")]).await.expect(422).says("R-PUB-01");
    let page = office.organ.page(&format!("{url}/zatwierdzenie")).await;
    page.says("Dlaczego poprzednie zatwierdzenie nie wystarcza");
    office.organ.post(&format!("{url}/zatwierdzenie"), &[("version", "2")]).await.expect(303);
    office.officer.post(&format!("{url}/ogloszenie"), &at_noon("3")).await.expect(303);
    assert_eq!(find(&app, &draft.id).state, CallState::Announced);
}

#[actix_web::test]
async fn a_change_with_a_new_term_counts_from_the_day_it_is_recorded_too() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let early = again(&app, "2026-12-01 07:00");
    begun(&app, &early, &call);
    wrote(&app, &early, &call, Part::Elements, |c| {
        c.elements.allocation = Money::zl(110_000);
        until("2026-12-22")(c);
    });
    let a = proposed(&app, &early, &call, "Mniej środków w planie.");
    let late = again(&app, "2026-12-02 09:00");
    publish(&late, &call, &a, "2026-12-01")
        .await
        .expect(422)
        .says("Miejsca zapisano 02.12.2026: dopiero od tego dnia oferty można składać w serwisie")
        .says("Najwcześniejszy dzień terminu: środa, 23.12.2026.");
    assert_eq!(find(&app, &call.id), call);
}

#[actix_web::test]
async fn a_harsher_correction_of_offers_is_a_new_term() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let office = again(&app, "2026-12-01 12:00");
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Correction, |c| {
        c.correction.days = 1;
        c.correction.allowed.pop();
    });
    let url = format!("/urzad/konkursy/{}/zmiana", call.id);
    let page = office.officer.page(&url).await;
    page.says("Zmienia się element ogłoszenia (art. 13 ust. 2 pkt 6 UDPP).")
        .says("Uzupełnianie braków")
        .says("element ogłoszenia: nowe 21 dni")
        .says("R-ANN-03")
        .says_not("Nie zmienia się nic, pod co pisze się oferty");
}

#[actix_web::test]
async fn places_typed_over_a_draft_that_was_saved_meanwhile_stay_typed() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = approved(&app, &office, &complete(&app, &office));
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    saved(&app, &office, &call, call.content.clone());
    let page = office.officer.post(&url, &places("2", "2026-11-23")).await;
    page.expect(409)
        .says("Ktoś zapisał ten konkurs w międzyczasie")
        .says("BIP: data publikacji (puste) 23.11.2026")
        .says("Tablica ogłoszeń: dowód publikacji (puste) adnotacja na tablicy nr 4")
        .says("Tej treści organ nie zatwierdził.");
    assert_eq!(page.value_of("bip_evidence").as_deref(), Some("https://bip.example.pl/1"));
    assert_eq!(page.value_of("version").as_deref(), Some("3"));
    let again = approved(&app, &office, &find(&app, &call.id));
    office.officer.post(&url, &places(&again.version.to_string(), "2026-11-23")).await.expect(303);
}

#[actix_web::test]
async fn a_cancellation_and_a_change_typed_too_late_stay_typed() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    begun(&app, &first, &call);
    wrote(&app, &first, &call, Part::Elements, until("2026-12-21"));
    let a = proposed(&app, &first, &call, "Dłuższy termin.");
    let hours = |version: &str| {
        let mut fields: Vec<(String, String)> =
            at_noon(version).into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        fields.push(("amendment".into(), a.id.to_string()));
        fields
    };
    let url = format!("/urzad/konkursy/{}", call.id);
    let send = |fields: Vec<(String, String)>| {
        let (organ, url) = (&first.organ, format!("{url}/zmiana/ogloszenie"));
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            organ.post(&url, &fields).await
        }
    };
    let page = send(hours("0")).await;
    page.expect(409).says("Ktoś zapisał tę zmianę w międzyczasie").says("BIP: godzina publikacji (puste) 12:00");
    assert_eq!(page.value_of("bip_evidence").as_deref(), Some("https://bip.example.pl/1"));
    assert_eq!(page.value_of("version"), Some(a.version.to_string()));
    send(hours(&a.version.to_string())).await.expect(303);
    let done = send(hours(&a.version.to_string())).await;
    done.expect(409).says("Zmiana jest w stanie „ogłoszona”, więc tego wpisu nie zapisano.");
    assert_eq!(done.value_of("bip_evidence"), None, "there is nothing left to send");

    let late = again(&app, "2026-12-22 09:00");
    let version = find(&app, &call.id).version.to_string();
    let mut cancelling = places("1", "2026-12-22");
    cancelling.push(("reason", "no_offers"));
    let page = late.organ.post(&format!("{url}/uniewaznienie"), &cancelling).await;
    page.expect(409)
        .says("Ktoś zapisał ten konkurs w międzyczasie")
        .says("Strona internetowa: godzina publikacji (puste) 08:15");
    assert_eq!(page.value_of("website_evidence").as_deref(), Some("https://pup.example.pl/konkurs"));
    assert_eq!(page.value_of("version").as_deref(), Some(version.as_str()));
    cancelling.retain(|(name, _)| *name != "version");
    cancelling.push(("version", &version));
    late.organ.post(&format!("{url}/uniewaznienie"), &cancelling).await.expect(303);
    let page = late.organ.post(&format!("{url}/uniewaznienie"), &cancelling).await;
    page.expect(409).says("nie można go już unieważnić").says("W polach tego formularza zapisano to samo, co wpisano.");
    late.officer.page(&url).await.says("Teraz czekamy na: nic więcej Konkurs unieważniono");
}

#[actix_web::test]
async fn a_small_grant_is_found_whatever_its_spaces_and_capitals() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    for basis in ["art. 19 a UDPP, mała dotacja", "ART. 19A", "art. 19\u{a0}a"] {
        let call = find(&app, &draft.id);
        let other = OtherBasis { who: "Starosta".into(), basis: basis.into(), why: "mała kwota".into() };
        let call = saved(&app, &office, &call, {
            let mut c = call.content.clone();
            c.other_basis = Some(other);
            c
        });
        let page = office.organ.page(&format!("/urzad/konkursy/{}/zatwierdzenie", call.id)).await;
        page.says("R-MODE-03").says("Treści nie można jeszcze zatwierdzić.");
    }
}

#[actix_web::test]
async fn a_rehearsal_of_a_contest_that_takes_the_whole_plan_is_announced() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let real = complete(&app, &office);
    assert_eq!(real.content.elements.allocation, Money::zl(120_000), "the whole plan");
    let made = office.officer.post(&format!("/urzad/programy/{}/konkursy", real.programme), &[("test", "true")]).await;
    let id = CallId::parse(made.expect(303).location.rsplit('/').next().unwrap()).unwrap();
    let draft = find(&app, &id);
    let mut content = filled(draft.content.clone(), 2026, "2026-12-14", "2027-01-04");
    content.elements.allocation = Money::zl(120_000);
    let call = saved(&app, &office, &draft, content);
    let url = format!("/urzad/konkursy/{id}");
    office.officer.page(&url).await.says_not("R-PRE-05");
    let version = call.version.to_string();
    office.organ.post(&format!("{url}/zatwierdzenie"), &[("version", &version)]).await.expect(303);
}

#[actix_web::test]
async fn the_announcement_says_who_announced_who_hung_it_and_whom_to_ask_about_data() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = approved(&app, &office, &complete(&app, &office));
    let mut fields = places("2", "2026-11-23");
    fields.extend([("bip_by", "Jan Woźny"), ("board_by", "Jan Woźny"), ("website_by", "Jan Woźny")]);
    office.officer.post(&format!("/urzad/konkursy/{}/ogloszenie", call.id), &fields).await.expect(303);
    let public = app.stranger().page(&format!("/konkursy/{}", call.id)).await;
    public
        .says("Kto ogłosił Starosta: Osoba organ@example.pl")
        .says("Kto umieścił ogłoszenie Jan Woźny")
        .says_not("Starosta: Jan Woźny")
        .says("Wybór nastąpi do dnia: poniedziałek, 04.01.2027.");
    let text = app.stranger().page(&format!("/konkursy/{}/ogloszenie.txt", call.id)).await.html();
    for words in ["Kto umieścił ogłoszenie: Jan Woźny", "Z inspektorem ochrony danych można skontaktować się"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    app.stranger().page("/pomoc").await.says("Z inspektorem ochrony danych można skontaktować się");
}

#[actix_web::test]
async fn a_name_has_an_end() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}/program", draft.id);
    let seen = office.officer.page(&url).await.value_of("seen").unwrap();
    let long = "ż".repeat(301);
    let typed =
        |title| [("title", title), ("contact", ""), ("question_days", "3"), ("assumed", ""), ("seen", seen.as_str())];
    let page = office.officer.post(&url, &typed(&long)).await;
    page.expect(422).says("Nazwa konkursu ma 301 znaków. Najwięcej: 300; resztę wpisz w treści.");
    office.officer.post(&url, &typed(&long[2..])).await.expect(303);
    assert_eq!(find(&app, &draft.id).content.title.chars().count(), 300);
}

#[actix_web::test]
async fn a_longer_deadline_that_reaches_the_first_classes_is_a_warning() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let office = again(&app, "2026-12-01 07:00");
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Elements, |c| {
        until("2027-01-12")(c);
        c.elements.decision_by = Some(sample::day("2027-01-29"));
    });
    let url = format!("/urzad/konkursy/{}/zmiana", call.id);
    office
        .officer
        .page(&url)
        .await
        .says("Zaczyna się 11.01.2027, a oferty do 12.01.2027.")
        .says("Edycji ogłoszonego konkursu się nie zmienia; harmonogram uzgodni umowa.");
    let a = proposed(&app, &office, &call, "Dłuższy termin.");
    let office = again(&app, "2026-12-01 12:00");
    publish(&office, &call, &open_of(&app, &call), "2026-12-01").await.expect(303);
    assert_eq!(a.call, call.id);
}

#[actix_web::test]
async fn papers_that_hang_since_december_are_recorded_in_january() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let mut programme = sample::programme_content("RSD-1");
    (programme.editions[0].from, programme.editions[0].to) = (sample::day("2027-03-01"), sample::day("2027-04-30"));
    let draft = drafted(&app, &first, programme);
    let call = saved(&app, &first, &draft, filled(draft.content.clone(), 2026, "2027-02-10", "2027-02-20"));
    let call = super::approved_at(&app, &first, &call, "2026-12-30 12:00");
    let url = format!("/urzad/konkursy/{}", call.id);
    let office = again(&app, "2027-01-04 09:00");
    let page = office.officer.page(&url).await;
    page.says("zadania tego samego rodzaju w 2027 r.")
        .says("Jeżeli ogłoszenie zawisło w trzech miejscach jeszcze w 2026 r.");
    office.officer.page(&format!("{url}/ogloszenie")).await.says("Ogłoś konkurs Wróć do projektu");
    let version = call.version.to_string();
    let late = office.officer.post(&format!("{url}/ogloszenie"), &places(&version, "2027-01-02")).await;
    late.expect(422).says("zadania tego samego rodzaju w 2027 r.");
    let done = office.officer.post(&format!("{url}/ogloszenie"), &places(&version, "2026-12-31")).await;
    done.expect(303);
    assert_eq!(find(&app, &call.id).state, CallState::Announced);
}
