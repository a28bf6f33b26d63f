use konkurs::account::Role;
use konkurs::error::AppError;
use konkurs::programme::{self, ProgrammeState, store};

use super::{confirmed, made, officer};
use crate::support::{TestApp, sample};

/// A programme of one gmina with one group, as typed.
fn typed() -> Vec<(&'static str, &'static str)> {
    vec![
        ("title", "Reintegracja 2027"),
        ("rules", "RSD-1"),
        ("aim", "Powrót do aktywności"),
        ("topics", "motywacja\nkompetencje społeczne"),
        ("prrp_number", "7/2026"),
        ("prrp_date", "2026-09-20"),
        ("prrp_result", "pozytywna"),
        ("plan_number", "FP/12/2026"),
        ("plan_amount", "120 000,00"),
        ("gminas.0.name", "Choceń"),
        ("gminas.0.persons", "10"),
        ("editions.0.from", "2027-01-11"),
        ("editions.0.to", "2027-03-10"),
        ("editions.0.persons", "10"),
        ("groups.0.code", ""),
        ("groups.0.edition", "1"),
        ("groups.0.gmina", "Choceń"),
        ("groups.0.persons", "10"),
        ("assumed", ""),
    ]
}

fn with<'a>(mut fields: Vec<(&'a str, &'a str)>, name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    fields.retain(|(k, _)| *k != name);
    fields.push((name, value));
    fields
}

#[actix_web::test]
async fn an_officer_writes_and_confirms_a_programme() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let answer = officer.post("/urzad/programy", &with(typed(), "plan_number", "")).await;
    answer.expect(422).says("Uzupełnij pole „Numer planu”.");
    let without_plan = with(with(typed(), "plan_number", ""), "plan_amount", "");
    let answer = officer.post("/urzad/programy", &without_plan).await;
    answer.expect(303);
    let url = answer.location.clone();
    let page = officer.page(&url).await;
    page.says("Teraz czekamy na: pracownika merytorycznego urzędu")
        .says("Nie podano planu środków.")
        .says("E1-G1")
        .says("Uzupełnij program")
        .says_not("Zatwierdź program");

    let refused = officer.post(&format!("{url}/potwierdzenie"), &[("version", "0")]).await;
    refused.expect(422).says("Przepisy nie pozwalają na ten krok").says("Nie podano planu środków.");

    let answer = officer.post(&format!("{url}/edycja"), &with(typed(), "version", "0")).await;
    answer.expect(303);
    officer.page(&url).await.says("120 000,00 zł (plan FP/12/2026)").says("Warunki przed konkursem są spełnione.");
    officer.post(&format!("{url}/potwierdzenie"), &[("version", "1")]).await.expect(303);
    officer
        .page(&url)
        .await
        .says("gotowy do ogłoszenia konkursu")
        .says("Przygotuj konkurs")
        .says("Zatwierdzono program");
    officer.page("/urzad/programy").await.says("Reintegracja 2027").says("RSD-1");
}

#[actix_web::test]
async fn a_form_with_errors_keeps_everything_typed() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let fields = with(with(typed(), "gminas.0.persons", "dziesięć"), "editions.0.to", "2027-02-30");
    let page = officer.post("/urzad/programy", &fields).await;
    page.expect(422)
        .titled("Błąd: Nowy program")
        .says("Liczba osób w gminie: Wpisano „dziesięć”. Wpisz liczbę całkowitą, np. 12.")
        .says("Ostatni dzień edycji");
    for (name, value) in [
        ("title", "Reintegracja 2027"),
        ("plan_amount", "120 000,00"),
        ("gminas.0.persons", "dziesięć"),
        ("editions.0.to", "2027-02-30"),
        ("groups.0.gmina", "Choceń"),
    ] {
        assert_eq!(page.value_of(name).as_deref(), Some(value), "{name}");
    }
    assert!(page.html().contains("href=\"#gminas.0.persons\""));
}

#[actix_web::test]
async fn rows_are_added_and_removed_without_script() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let page = officer.post("/urzad/programy", &with(typed(), "_add", "gminas")).await;
    page.expect(200);
    assert!(page.html().contains("name=\"gminas.1.name\""));
    assert_eq!(page.value_of("gminas.0.name").as_deref(), Some("Choceń"));
    let page = officer.post("/urzad/programy", &with(typed(), "_remove", "groups.0")).await;
    page.expect(200);
    assert_eq!(page.value_of("groups.0.gmina").as_deref(), Some(""));
    assert_eq!(app.state.store.read(store::all).unwrap().len(), 0);
}

#[actix_web::test]
async fn who_may_see_and_do_what() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let id = made(&app, &officer, sample::programme_content("PAI-4"));
    let (auditor, organ) =
        (app.staff("audytor@example.pl", &[Role::Auditor]).await, app.staff("organ@example.pl", &[Role::Organ]).await);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let url = format!("/urzad/programy/{id}");
    for path in ["/urzad/programy", url.as_str()] {
        let stranger = app.stranger().get(path).await;
        assert_eq!((stranger.status, stranger.sign_in_page()), (303, "/konto/logowanie"));
        auditor.page(path).await;
        organ.page(path).await;
    }
    ngo.get("/urzad/programy").await.expect(403);
    ngo.get(&url).await.expect(404);
    auditor.get(&format!("{url}/edycja")).await.expect(403).says("Programy zmienia pracownik merytoryczny urzędu.");
    organ.post(&format!("{url}/potwierdzenie"), &[("version", "0")]).await.expect(403);
    organ.post("/urzad/programy", &typed()).await.expect(403);
    officer.get("/urzad/programy/0192d5a0-0000-7000-8000-000000000000").await.expect(404);
    officer.get("/urzad/programy/nie-ma").await.expect(404);
}

#[actix_web::test]
async fn the_second_of_two_writers_is_told_so() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let id = made(&app, &officer, sample::programme_content("RSD-1"));
    let url = format!("/urzad/programy/{id}/edycja");
    officer.post(&url, &with(typed(), "version", "0")).await.expect(303);
    officer
        .post(&url, &with(typed(), "version", "0"))
        .await
        .expect(409)
        .says("Ktoś zapisał ten program w międzyczasie");
    officer.post(&url, &typed()).await.expect(409);
}

#[actix_web::test]
async fn two_threads_save_and_one_is_stale() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let content = sample::programme_content("RSD-1");
    let id = made(&app, &officer, content.clone());
    let (actor, now) = (app.actor(&officer), app.state.clock.now());
    let results: Vec<Result<(), AppError>> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4)
            .map(|n| {
                let (state, actor, id, mut content) = (app.state.clone(), actor.clone(), id.clone(), content.clone());
                content.title = format!("Wersja {n}");
                scope.spawn(move || state.store.write(|tx| programme::save(tx, &actor, &id, 0, content, now)))
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|r| r.is_ok()).count(), 1);
    assert_eq!(results.iter().filter(|r| matches!(r, Err(AppError::Stale))).count(), 3);
}

#[actix_web::test]
async fn a_confirmed_programme_becomes_a_draft_when_it_changes() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let id = confirmed(&app, &officer, sample::programme_content("PAI-4"));
    let url = format!("/urzad/programy/{id}");
    officer.page(&format!("{url}/edycja")).await.says("Po zapisaniu zmian trzeba zatwierdzić go ponownie.");
    officer.post(&format!("{url}/edycja"), &with(typed(), "version", "1")).await.expect(303);
    let programme = app.state.store.read(|r| store::find(r, &id)).unwrap();
    assert_eq!((programme.state, programme.version), (ProgrammeState::Draft, 2));
    officer.post(&format!("{url}/efekty"), &outcome_fields("2")).await.expect(403);
}

fn outcome_fields(version: &str) -> Vec<(&str, &str)> {
    vec![
        ("version", version),
        ("improved", "1"),
        ("unchanged", "1"),
        ("deregistered", "1"),
        ("workshops", "1"),
        ("psu", "1"),
    ]
}

#[actix_web::test]
async fn pages_stay_within_their_budget_and_write_nothing() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let id = confirmed(&app, &officer, sample::programme_content("PAI-4"));
    let deeds = app.deeds();
    for path in [
        "/urzad/programy".to_owned(),
        "/urzad/programy/nowy".to_owned(),
        "/urzad/programy/lokalne".to_owned(),
        "/urzad/programy/lokalne/nowy".to_owned(),
        format!("/urzad/programy/{id}"),
        format!("/urzad/programy/{id}/edycja"),
        format!("/urzad/programy/{id}/efekty"),
    ] {
        let (_, queries) = app.queries(officer.page(&path)).await;
        assert!(queries <= 12, "{path}: {queries}");
    }
    assert_eq!(app.deeds(), deeds);
}

#[actix_web::test]
async fn two_writers_of_a_programme_see_both_texts_and_lose_nothing() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let made = officer.post("/urzad/programy", &with(typed(), "version", "0")).await;
    let url = made.expect(303).location.clone();
    let first = with(with(typed(), "version", "0"), "aim", "Pierwszy cel");
    officer.post(&format!("{url}/edycja"), &first).await.expect(303);
    let mut second = with(with(typed(), "version", "0"), "aim", "Drugi cel");
    second.extend([("gminas.3.name", "Lubraniec"), ("gminas.3.persons", "7")]);
    let page = officer.post(&format!("{url}/edycja"), &second).await;
    page.expect(409)
        .says("Ktoś zapisał ten program w międzyczasie")
        .says("Twojego wpisu jeszcze nie zapisano i niczyjego nie nadpisano.")
        .says("Cel Pierwszy cel Drugi cel")
        .says("Gmina 2: nazwa (puste) Lubraniec")
        .says("Gmina 2: liczba osób (puste) 7");
    assert_eq!(page.value_of("gminas.1.name").as_deref(), Some("Lubraniec"));
    assert_eq!(page.value_of("version").as_deref(), Some("1"));
    officer.post(&format!("{url}/edycja"), &with(second, "version", "1")).await.expect(303);
    officer.page(&url).await.says("Drugi cel").says("Lubraniec");
}

#[actix_web::test]
async fn a_local_programme_has_a_plan_that_is_not_the_labour_funds() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let statutory = confirmed(&app, &officer, sample::programme_content("RSD-1"));
    officer
        .page(&format!("/urzad/programy/{statutory}"))
        .await
        .says("Plan środków Funduszu Pracy 120")
        .says("Opinia powiatowej rady");
    let local = [
        ("code", "POW-1"),
        ("name", "Powrót do pracy"),
        ("act", "uchwała nr 12/2026 Rady Powiatu z 3.10.2026"),
        ("from", "2026-10-15"),
        ("participants", "bezrobotni powyżej 50 roku życia"),
        ("offerors", "organizacje pozarządowe z powiatu"),
        ("cap", "group"),
        ("rate", "90"),
        ("cap_group", "12"),
        ("cap_basis", "§ 4 uchwały"),
        ("months", "3"),
        ("months_kind", "at_most"),
        ("group_max", "12"),
        ("week_min", "8"),
        ("clauses.0.title", "Liczba osób"),
        ("clauses.0.demand", "Umowa podaje liczbę osób."),
    ];
    officer.post("/urzad/programy/lokalne", &local).await.expect(303);
    let made = officer.post("/urzad/programy", &with(typed(), "rules", "POW-1")).await;
    officer.page(&made.expect(303).location).await.says("Plan środków 120").says_not("Plan środków Funduszu Pracy");
}
