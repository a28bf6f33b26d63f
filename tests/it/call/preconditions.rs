//! What stands in the programme stands in the call, on the day of its announcement.

use konkurs::account::Role;
use konkurs::call::{self, Call, CallState, Mode};
use konkurs::law::Money;
use konkurs::programme::{self, OpsAnswer, OpsRecord, ProgrammeContent};

use super::{Office, complete, drafted, filled, find, office, places, saved};
use crate::support::TestApp;
use crate::support::sample::{self, day};

/// Changes the programme of `call` and confirms it again.
fn changed(app: &TestApp, office: &Office, call: &Call, change: impl Fn(&mut ProgrammeContent)) {
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let write = |tx: &mut konkurs::store::Tx<'_>| {
        let old = programme::store::find(tx, &call.programme)?;
        let mut content = old.content;
        change(&mut content);
        programme::save(tx, &actor, &call.programme, old.version, content, now)?;
        programme::confirm(tx, &actor, &call.programme, old.version + 1, now)
    };
    app.state.store.write(write).unwrap();
}

#[actix_web::test]
async fn the_step_shows_opinion_and_plan() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let content = app.state.store.read(|r| programme::store::find(r, &call.programme)).unwrap().content;
    let (opinion, plan) = (content.prrp.unwrap(), content.plan.unwrap());
    office
        .officer
        .page(&format!("/urzad/konkursy/{}/warunki-wstepne", call.id))
        .await
        .says(&format!("Opinia powiatowej rady rynku pracy nr {} z ", opinion.number))
        .says(&format!("Plan środków Funduszu Pracy 120 000,00 zł (plan {})", plan.number));
}

#[actix_web::test]
async fn a_gmina_that_left_the_programme_leaves_the_call_before_it_is_announced() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let url = format!("/urzad/konkursy/{}", call.id);
    changed(&app, &office, &call, |p| {
        p.gminas.retain(|g| g.name != "Gmina Choceń");
        p.groups.retain(|g| g.gmina != "Gmina Choceń");
        p.editions[0].persons = 44;
    });
    let page = office.organ.post(&format!("{url}/zatwierdzenie"), &[("version", "1")]).await;
    page.expect(422)
        .says(
            "Edycje albo grupy konkursu są inne niż w programie. Tylko w konkursie: edycja 1 od 11.01.2027 do 10.03.2027, \
             osoby: 64; grupa E1-G1 w edycji 1 (Gmina Choceń, osoby: 10); grupa E1-G2 w edycji 1 (Gmina Choceń, osoby: 10). \
             Tylko w programie: edycja 1 od 11.01.2027 do 10.03.2027, osoby: 44.",
        )
        .says("Konkurs ogłasza się dla edycji, grup i zasad, które sprawdzono i zatwierdzono w programie.")
        .says("Reguła R-PRE-06 · ustalenie przyjęte w programie Konkurs");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);

    // the step of the programme takes the groups over
    let step = office.officer.page(&format!("{url}/program")).await;
    step.says(
        "Zapisz krok „Program, gminy i podstawa prawna”: edycje i grupy przejdą z programu. Potem popraw element 4.",
    );
    let seen = step.value_of("seen").unwrap();
    let fields = [("title", "Reintegracja"), ("contact", ""), ("question_days", "3"), ("assumed", ""), ("seen", &seen)];
    office.officer.post(&format!("{url}/program"), &fields).await.expect(303);
    super::approved(&app, &office, &find(&app, &call.id));
    office.organ.post(&format!("{url}/ogloszenie"), &places("3", "2026-11-23")).await.expect(303);
    let call = find(&app, &call.id);
    assert!(call.content.groups.iter().all(|g| g.gmina != "Gmina Choceń"));
}

#[actix_web::test]
async fn other_rules_in_the_programme_stop_a_call_of_the_old_ones() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    changed(&app, &office, &call, |p| p.rules = "PAI-4".into());
    let url = format!("/urzad/konkursy/{}/zatwierdzenie", call.id);
    let page = office.organ.post(&url, &[("version", "1")]).await;
    page.expect(422).says("Konkurs ma zasady RSD-1, a program PAI-4.").says("R-PRE-06");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
}

#[actix_web::test]
async fn a_silence_that_has_not_lapsed_holds_the_announcement_back() {
    let app = TestApp::new().await;
    app.at("2025-05-26 10:00");
    let office = office(&app).await;
    let mut content = sample::programme_content("PAI-4");
    content.prrp.as_mut().unwrap().date = day("2025-05-12");
    for gmina in &mut content.gminas {
        gmina.ops =
            Some(OpsRecord { asked_on: day("2025-05-05"), answered_on: day("2025-05-20"), answer: OpsAnswer::Silent });
    }
    content.gminas[1].ops.as_mut().unwrap().answered_on = day("2025-05-27");
    for (edition, (from, to)) in content.editions.iter_mut().zip([
        ("2025-08-01", "2025-09-30"),
        ("2025-09-01", "2025-10-31"),
        ("2025-10-01", "2025-11-30"),
    ]) {
        (edition.from, edition.to) = (day(from), day(to));
    }
    let draft = drafted(&app, &office, content);
    let call = saved(&app, &office, &draft, filled(draft.content.clone(), 2025, "2025-06-27", "2025-07-07"));
    let url = format!("/urzad/konkursy/{}/ogloszenie", call.id);
    let approval = format!("/urzad/konkursy/{}/zatwierdzenie", call.id);
    let page = office.organ.post(&approval, &[("version", "1")]).await;
    page.expect(422)
        .says("gmina Gmina Choceń")
        .says("Termin na odpowiedź OPS mija 27.05.2025, a ogłoszenie jest z 26.05.2025.")
        .says("Konkurs ogłasza się, gdy OPS lub CUS odmówił albo gdy minął jego termin na odpowiedź.")
        .says("Reguła R-PRE-02 · art. 62a ust. 9 ustawy z 20.04.2004");
    let later = super::amending::again(&app, "2025-05-27 10:00");
    super::approved_at(&app, &later, &call, "2025-05-27 07:00");
    later.organ.post(&url, &places("2", "2025-05-27")).await.expect(303);
}

#[actix_web::test]
async fn who_wrote_the_programme_does_not_announce_its_contest() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let both = app.staff("oba@example.pl", &[Role::Officer, Role::Organ]).await;
    let call = complete(&app, &office);
    let (actor, officer, now) = (app.actor(&both), app.actor(&office.officer), app.state.clock.now());
    let write = |tx: &mut konkurs::store::Tx<'_>| {
        let old = programme::store::find(tx, &call.programme)?;
        programme::save(tx, &actor, &call.programme, old.version, old.content, now)?;
        programme::confirm(tx, &officer, &call.programme, old.version + 1, now)
    };
    app.state.store.write(write).unwrap();
    let url = format!("/urzad/konkursy/{}", call.id);
    both.page(&url)
        .await
        .says("Program konkursu zapisywała albo zatwierdzała osoba, która chce go ogłosić: Osoba oba@example.pl.")
        .says("Konkurs zatwierdza i ogłasza osoba, która nie przygotowywała ani jego, ani programu.")
        .says("Ogłosić może: Osoba organ@example.pl.");
    both.page(&format!("{url}/zatwierdzenie"))
        .await
        .says("Projekt przygotowali: Osoba urzednik@example.pl, Osoba oba@example.pl.");
    both.post(&format!("{url}/zatwierdzenie"), &[("version", "1")]).await.expect(422).says("R-PUB-01");
    assert_eq!(find(&app, &call.id).state, CallState::Draft);
    super::approved(&app, &office, &call);
    office.organ.post(&format!("{url}/ogloszenie"), &places("2", "2026-11-23")).await.expect(303);
    let programme = app.state.store.read(|r| programme::store::find(r, &call.programme)).unwrap();
    let names: Vec<&str> = programme.content.prepared_by.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Osoba urzednik@example.pl", "Osoba oba@example.pl"]);
}

#[actix_web::test]
async fn texts_that_no_longer_fit_are_said_and_written_anew() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let mut content = draft.content.clone();
    content.mode = Mode::Supporting;
    content.elements.conditions = "Zajęcia dla 100 osób.".into();
    let call = saved(&app, &office, &draft, content);
    let url = format!("/urzad/konkursy/{}/elementy", call.id);
    let page = office.officer.page(&url).await;
    page.says("Konkurs jest w trybie „wspieranie”, a element 3 mówi o innym trybie.")
        .says("W elemencie 4 nie ma: liczby uczestników (138), terminu edycji 1 (od 11.01.2027 do 10.03.2027), terminu edycji 2")
        .says("Popraw treść albo użyj przycisku „Napisz elementy 3 i 4 na nowo”.")
        .says("Reguła R-ANN-02 · art. 13 ust. 2 pkt 3 i 4 UDPP");
    let seen = page.value_of("seen").unwrap();
    let fields = [
        ("task", "Własne słowa urzędu"),
        ("allocation", "120 000"),
        ("grant_rules", "x"),
        ("conditions", "y"),
        ("selection", "z"),
        ("seen", seen.as_str()),
        ("_rewrite", "yes"),
    ];
    let page = office.officer.post(&url, &fields).await;
    page.expect(200).says("Własne słowa urzędu");
    let html = page.html();
    for words in [
        "Zadanie jest wspierane: dotacja pokrywa część jego kosztów, a oferent wnosi wkład własny.",
        "Liczba uczestników: 138, grupy: 15",
        "Edycja 1: od 11.01.2027 do 10.03.2027.",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert_eq!(find(&app, &call.id), call, "nothing is saved yet");
}

#[actix_web::test]
async fn a_pattern_under_another_act_brings_no_words_of_its_own_act() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let mut programme = sample::programme_content("PAI-4");
    programme.title = "PAI".into();
    let mut pattern = drafted(&app, &office, programme);
    pattern.content.elements.selection = "Własne słowa o wyborze".into();
    let pattern = saved(&app, &office, &pattern, pattern.content.clone());
    let rsd = drafted(&app, &office, sample::programme_content("RSD-1"));
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let copied =
        app.state.store.write(|tx| call::copy(tx, &actor, &pattern.id, &rsd.programme, false, now)).unwrap().id;
    let copy = find(&app, &copied).content;
    assert_eq!(copy.elements.selection, "Własne słowa o wyborze");
    assert_eq!(copy.elements.task, "Reintegracja społeczna długotrwale bezrobotnych");
    assert_eq!(copy.elements.grant_rules, rsd.content.elements.grant_rules);
    assert!(copy.elements.grant_rules.contains(&rsd.content.rules.offerors), "{}", copy.elements.grant_rules);
    assert_eq!(copy.terms.extra_declarations, rsd.content.terms.extra_declarations);
    assert_eq!((copy.terms.extra_declarations.len(), copy.terms.group_max), (1, rsd.content.terms.group_max));
    let page = office.officer.page(&format!("/urzad/konkursy/{copied}")).await;
    page.says("Elementy 1 i 3: przy innych zasadach niż we wzorze napisano je na nowo")
        .says("Tryb, wielkość grupy i oświadczenia oferenta");
}

#[actix_web::test]
async fn a_dropped_draft_gives_its_money_back() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let (officer, organ, now) = (app.actor(&office.officer), app.actor(&office.organ), app.state.clock.now());
    app.state.store.write(|tx| call::approve(tx, &organ, &call.id, call.version, now)).unwrap();
    let committed = || app.state.store.read(|r| call::store::committed(r, &call.programme, None)).unwrap();
    assert_eq!(committed(), Money::zl(120_000));
    let next = app.state.store.write(|tx| call::create(tx, &officer, &call.programme, now)).unwrap().id;
    assert_eq!(find(&app, &next).content.elements.allocation, Money::ZERO);

    let url = format!("/urzad/konkursy/{}", call.id);
    office.officer.page(&url).await.says("Usuń projekt");
    office
        .officer
        .page(&format!("{url}/usuniecie"))
        .await
        .says("Jeśli pisma z numerem RSD/1/2026 już gdzieś wiszą, zdejmij je: konkursu pod tym numerem nie będzie.")
        .says("Pula 120 000,00 zł wróci do planu programu. Numeru RSD/1/2026 nie dostanie inny konkurs.");
    office.officer.post(&format!("{url}/usuniecie"), &[("version", "1")]).await.expect(409);
    office.organ.post(&format!("{url}/usuniecie"), &[("version", "2")]).await.expect(403);
    let done = office.officer.post(&format!("{url}/usuniecie"), &[("version", "2")]).await;
    assert_eq!(done.expect(303).location, "/urzad/konkursy");
    office.officer.get(&url).await.expect(404);
    assert_eq!(committed(), Money::ZERO);
    let rows = app.state.store.read(|r| konkurs::audit::of_object(r, call.id.as_str())).unwrap();
    let last = rows.last().unwrap();
    assert_eq!((last.deed.as_str(), last.actor.as_str()), ("call.drop", "urzednik@example.pl"));
    assert_eq!(
        last.detail,
        "Usunięto projekt konkursu „Integracja społeczna bezrobotnych”. Numer RSD/1/2026 nie będzie użyty ponownie."
    );
    assert_eq!(super::announced(&app, &office).await.number(), "RSD/2/2026");
}

#[actix_web::test]
async fn an_announced_contest_is_not_dropped() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = super::announced(&app, &office).await;
    let url = format!("/urzad/konkursy/{}/usuniecie", call.id);
    assert_eq!(office.officer.get(&url).await.expect(303).location, format!("/urzad/konkursy/{}", call.id));
    let refused = office.officer.post(&url, &[("version", &call.version.to_string())]).await;
    refused
        .expect(403)
        .says("Ogłoszonego konkursu nie można usunąć; organ może go unieważnić z powodów z art. 18a UDPP.");
    assert_eq!(find(&app, &call.id), call);
}
