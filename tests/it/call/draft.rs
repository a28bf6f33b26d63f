use konkurs::call::{self, CallState};
use konkurs::error::AppError;

use super::{complete, drafted, find, office};
use crate::programme::{confirmed, made};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn a_call_begins_from_a_confirmed_programme_with_everything_known_filled_in() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let id = made(&app, &office.officer, sample::programme_content("PAI-4"));
    let url = format!("/urzad/programy/{id}/konkursy");
    office
        .officer
        .post(&url, &[])
        .await
        .expect(422)
        .says("Program jest w stanie „w przygotowaniu”.")
        .says("Konkurs przygotowuje się z zatwierdzonego programu.");

    let id = confirmed(&app, &office.officer, sample::programme_content("PAI-4"));
    let answer = office.officer.post(&format!("/urzad/programy/{id}/konkursy"), &[]).await;
    let page = office.officer.page(&answer.expect(303).location.clone()).await;
    page.says("PROJEKT – KONKURS NIEOGŁOSZONY")
        .says("Teraz czekamy na: pracownika merytorycznego urzędu")
        .says("Uzupełnij ogłoszenie")
        .says("70,00 zł za godzinę trenera z grupą 10-osobową")
        .says("element 5: termin składania ofert")
        .says("element 7: zadania tego samego rodzaju w 2025 r.")
        .says("Kwalifikacje trenerów pkt 3 20")
        .says("Próg: 60% punktów.");
}

#[actix_web::test]
async fn the_second_call_gets_what_the_plan_still_holds() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let first = drafted(&app, &office, sample::programme_content("RSD-1"));
    assert_eq!(first.content.elements.allocation.plain(), "120000,00");
    let mut content = first.content.clone();
    content.elements.allocation = konkurs::law::Money::zl(90_000);
    let first = super::saved(&app, &office, &first, content);
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let second = app.state.store.write(|tx| call::create(tx, &actor, &first.programme, now)).unwrap();
    assert_eq!(find(&app, &second).content.elements.allocation.plain(), "30000,00");
}

fn typed(version: &str) -> Vec<(&str, &str)> {
    vec![
        ("version", version),
        ("title", "Reintegracja 2027"),
        ("task", "Reintegracja społeczna"),
        ("allocation", "100 000"),
        ("grant_rules", "Powierzenie."),
        ("conditions", "138 osób w 15 grupach."),
        ("deadline_date", "2026-12-14"),
        ("deadline_time", "23:59"),
        ("selection", "Komisja opiniuje, organ wybiera."),
        ("decision_by", "2027-01-04"),
        ("earlier.0.year", "2026"),
        ("earlier.0.cost", "0"),
        ("earlier.0.grants", "0"),
        ("earlier.1.year", "2025"),
        ("earlier.1.cost", "12 000"),
        ("earlier.1.grants", "12 000"),
        ("mode", "entrusting"),
        ("criteria.0.key", "capacity"),
        ("criteria.0.name", "Możliwość realizacji"),
        ("criteria.0.point", "1"),
        ("criteria.0.max", "40"),
        ("criteria.0.neutral", ""),
        ("criteria.1.key", ""),
        ("criteria.1.name", "Koszty"),
        ("criteria.1.point", "2"),
        ("criteria.1.max", "20"),
        ("criteria.1.neutral", ""),
        ("threshold", "50"),
        ("policy", "full"),
        ("scope", "whole"),
        ("unit", "60"),
        ("week", "rolling"),
        ("group_max", "10"),
        ("offer_max", "50 000"),
        ("admin_percent", "15"),
        ("shift_percent", "10"),
        ("declarations", "Oferent prowadzi KIS."),
        ("contact", "Jan Urzędnik"),
    ]
}

fn with<'a>(mut fields: Vec<(&'a str, &'a str)>, name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    fields.retain(|(k, _)| *k != name);
    fields.push((name, value));
    fields
}

#[actix_web::test]
async fn an_officer_fills_the_announcement_in() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let url = format!("/urzad/konkursy/{}", draft.id);
    office.officer.post(&format!("{url}/edycja"), &typed("0")).await.expect(303);
    let call = find(&app, &draft.id);
    let c = &call.content;
    assert_eq!(c.elements.earlier[1].cost.plain(), "12000,00");
    assert_eq!(c.card.criteria.iter().map(|k| k.key.as_str()).collect::<Vec<_>>(), ["capacity", "k1"]);
    assert_eq!((c.terms.admin_percent, c.terms.offer_max.map(|m| m.plain())), (Some(15), Some("50000,00".into())));
    assert_eq!(c.groups.len(), 15);
    office
        .officer
        .page(&url)
        .await
        .says("poniedziałek, 14.12.2026, godz. 23:59")
        .says("Żadne kryterium nie ocenia pkt 3: jakość i kwalifikacje osób.");
    let form = office.officer.page(&format!("{url}/edycja")).await;
    assert_eq!(form.value_of("allocation").as_deref(), Some("100000,00"));
    assert_eq!(form.value_of("version").as_deref(), Some("1"));
}

#[actix_web::test]
async fn a_form_with_errors_keeps_everything_typed() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let url = format!("/urzad/konkursy/{}/edycja", draft.id);
    let fields = with(with(typed("0"), "allocation", "sto tysięcy"), "criteria.1.max", "dużo");
    let fields = with(with(fields, "earlier.1.grants", "13 000"), "other_who", "Starosta");
    let page = office.officer.post(&url, &fields).await;
    page.expect(422)
        .says("Środki na zadanie: Wpisano „sto tysięcy”.")
        .says("Najwięcej punktów: Wpisano „dużo”.")
        .says("Dotacje nie mogą przekraczać kosztu zadań.")
        .says("Uzupełnij pole „Inna podstawa prawna”.")
        .says("138 osób w 15 grupach.");
    for (name, value) in [
        ("allocation", "sto tysięcy"),
        ("criteria.1.max", "dużo"),
        ("criteria.0.name", "Możliwość realizacji"),
        ("offer_max", "50 000"),
        ("other_who", "Starosta"),
        ("deadline_date", "2026-12-14"),
    ] {
        assert_eq!(page.value_of(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(find(&app, &draft.id).version, 0);
    let page = office.officer.post(&url, &with(typed("0"), "title", " ")).await;
    page.expect(422).says("Uzupełnij pole „Nazwa konkursu”.");
}

#[actix_web::test]
async fn an_hour_that_the_clocks_skip_is_no_deadline() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let fields = with(with(typed("0"), "deadline_date", "2027-03-28"), "deadline_time", "02:30");
    let page = office.officer.post(&format!("/urzad/konkursy/{}/edycja", draft.id), &fields).await;
    page.expect(422).says("Godziny 02:30 w dniu 28.03.2027 nie ma w Polsce");
}

#[actix_web::test]
async fn two_officers_edit_at_once_and_one_is_stale() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let results: Vec<Result<(), AppError>> = std::thread::scope(|scope| {
        let tries: Vec<_> = ["Pierwszy", "Drugi"]
            .into_iter()
            .map(|title| {
                let (state, actor, id, mut content) =
                    (app.state.clone(), actor.clone(), call.id.clone(), call.content.clone());
                content.title = title.to_owned();
                scope.spawn(move || state.store.write(|tx| call::save(tx, &actor, &id, 1, content, now)))
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|r| r.is_ok()).count(), 1);
    assert_eq!(results.iter().filter(|r| matches!(r, Err(AppError::Stale))).count(), 1, "{results:?}");
    assert_eq!(find(&app, &call.id).version, 2);
    let url = format!("/urzad/konkursy/{}/edycja", call.id);
    office.officer.post(&url, &typed("1")).await.expect(409).says("Ktoś zmienił to w międzyczasie");
}

#[actix_web::test]
async fn criteria_rows_work_without_script() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let url = format!("/urzad/konkursy/{}/edycja", draft.id);
    let page = office.officer.post(&url, &with(typed("0"), "_add", "criteria")).await;
    page.expect(200);
    assert!(page.html().contains("name=\"criteria.2.name\""));
    let page = office.officer.post(&url, &with(typed("0"), "_remove", "criteria.0")).await;
    assert_eq!(page.expect(200).value_of("criteria.0.name").as_deref(), Some("Koszty"));
    assert_eq!(find(&app, &draft.id).state, CallState::Draft);
}
