//! Hours a week as a term of the contest: the act's minimum or more.

use konkurs::call::rules::{self, AmendmentKind, changes};
use konkurs::call::{self, Call, Part};
use konkurs::law::{Finding, Minutes, Severity};
use konkurs::offer;

use super::{announced, complete, drafted, find, office};
use crate::support::{Answer, Client, TestApp, sample};

async fn terms(officer: &Client, call: &Call, week_min: &str) -> Answer {
    let url = format!("/urzad/konkursy/{}/{}", call.id, Part::Terms.slug());
    let seen = officer.page(&url).await.value_of("seen").unwrap();
    let typed =
        [("mode", "entrusting"), ("unit", "60"), ("group_max", "10"), ("week_min", week_min), ("_then", "stay")];
    let fields: Vec<(&str, &str)> = typed.into_iter().chain([("seen", seen.as_str())]).collect();
    officer.post(&url, &fields).await
}

#[actix_web::test]
async fn an_announcement_asks_for_the_minimum_of_the_act_or_more() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let pai = drafted(&app, &office, sample::programme_content("PAI-4"));
    let page = format!("/urzad/konkursy/{}/warunki", pai.id);
    let officer = &office.officer;
    officer.page(&page).await.says("Puste znaczy minimum z przepisów: 10 h. Ogłoszenie może żądać więcej.");
    terms(officer, &pai, "dużo").await.expect(422);
    terms(officer, &pai, "0").await.expect(422).says("Wpisz liczbę godzin większą od zera albo zostaw pole puste.");
    terms(officer, &pai, "9,5").await.expect(303);
    officer
        .page(&page)
        .await
        .says("Reguła R-HRS-09")
        .says("Ogłoszenie żąda co najmniej 9 h 30 min w tygodniu.")
        .says("Przepisy wymagają co najmniej 10 h w tygodniu.")
        .says("Wpisz co najmniej 10 h albo zostaw pole puste: wtedy obowiązuje minimum z przepisów.");
    let content = find(&app, &pai.id).content;
    assert_eq!(content.weekly(), Some(Minutes::from_hours(10)), "less than the act asks counts nowhere");
    terms(officer, &pai, "12").await.expect(303);
    let shown = officer.page(&page).await;
    shown.says_not("R-HRS-09");
    assert_eq!(shown.value_of("week_min").as_deref(), Some("12 h"), "and it is read as it is shown");
    terms(officer, &pai, "12\u{a0}h").await.expect(303);
    officer.page(&format!("/urzad/konkursy/{}/podglad", pai.id)).await.says("co najmniej 12 h w tygodniu");
    terms(officer, &pai, "").await.expect(303);
    assert_eq!(find(&app, &pai.id).content.terms.week_min, None);
    officer.page(&format!("/urzad/konkursy/{}/podglad", pai.id)).await.says("co najmniej 10 h w tygodniu");
}

#[actix_web::test]
async fn in_reintegration_a_week_has_whole_days_of_four_hours() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let rsd = complete(&app, &office);
    let page = format!("/urzad/konkursy/{}/warunki", rsd.id);
    let officer = &office.officer;
    officer
        .page(&page)
        .await
        .says("Puste znaczy, że ogłoszenie nie żąda określonej liczby godzin w tygodniu.")
        .says("Dzień zajęć trwa 4 h, więc wpisz wielokrotność 4 h.");
    for (typed, limit) in [
        ("22", Some("Każdy dzień zajęć trwa 4 h, więc tydzień ma wielokrotność 4 h.")),
        ("32", Some("W tygodniu mieści się najwyżej 28 h.")),
        ("20", None),
    ] {
        terms(officer, &rsd, typed).await.expect(303);
        let shown = officer.page(&page).await;
        match limit {
            Some(limit) => shown.says("Reguła R-HRS-09").says(limit),
            None => shown.says_not("R-HRS-09"),
        };
    }
    officer
        .page(&format!("/urzad/konkursy/{}/podglad", rsd.id))
        .await
        .says("4 h w każdym dniu zajęć, co najmniej 20 h w tygodniu")
        .says("Tydzień 7 dni licząc od pierwszego dnia edycji");
    // Element 4 written anew says it, and a call made from this one asks for the same.
    let (actor, now) = (app.actor(officer), app.state.clock.now());
    let programme = crate::programme::confirmed(&app, officer, sample::programme_content("RSD-1"));
    let copied = app.state.store.write(|tx| call::copy(tx, &actor, &rsd.id, &programme, false, now)).unwrap().id;
    let copied = find(&app, &copied).content;
    assert_eq!(copied.terms.week_min, Some(Minutes::from_hours(20)));
    assert!(
        copied.elements.conditions.contains("Każda grupa ma co najmniej 20\u{a0}h zajęć w tygodniu."),
        "{copied:?}"
    );
    let pai = crate::programme::confirmed(&app, officer, sample::programme_content("PAI-4"));
    let other = app.state.store.write(|tx| call::copy(tx, &actor, &rsd.id, &pai, false, now)).unwrap().id;
    assert_eq!(find(&app, &other).content.terms.week_min, None, "another act has its own minimum");
}

#[actix_web::test]
async fn it_is_frozen_with_its_hash_and_a_change_of_it_opens_a_new_term() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let mut more = call.content.clone();
    more.terms.week_min = Some(Minutes::from_hours(20));
    assert_ne!(call::hash_of(&more).unwrap(), call::hash_of(&call.content).unwrap());
    let lines = changes(&call.content, &more);
    assert_eq!(AmendmentKind::of(&lines), AmendmentKind::NewTerm(vec![4]), "{lines:?}");
    let pai = drafted(&app, &office, sample::programme_content("PAI-4"));
    let mut said = pai.content.clone();
    said.terms.week_min = said.rules.week_min_minutes;
    assert_eq!(changes(&pai.content, &said), [], "the minimum of the act in words is no change");
}

/// An offer is checked against the figure of the call, which its finding names with its basis.
#[actix_web::test]
async fn an_offer_is_held_to_the_hours_of_the_call() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let (content, org) = (sample::offer_content(&call), sample::org_of(&app, &ngo));
    let short = |c: &call::CallContent| -> Vec<Finding> {
        let all = offer::rules::check(&content, &org, c).into_iter();
        all.filter(|f| f.rule.as_str() == "R-HRS-01").collect()
    };
    assert_eq!(short(&call.content), [], "10 h a week");
    let mut asks = call.content.clone();
    asks.terms.week_min = Some(Minutes::from_hours(12));
    let found = short(&asks);
    let first = found.first().unwrap();
    assert_eq!((first.severity, first.place.as_str()), (Severity::Block, "IV.2, grupa E1-G1"));
    assert!(first.limit.contains("12\u{a0}h w każdym tygodniu edycji"), "{}", first.limit);
    assert_eq!(first.basis, "zasady konkursu w ogłoszeniu");
    assert!(first.hint.starts_with("Brakuje "), "{}", first.hint);
    asks.terms.local.classes = false;
    assert_eq!(asks.weekly(), None, "a task without classes has no hours");
    assert!(rules::hours_text(&asks).starts_with("według programu"));
}
