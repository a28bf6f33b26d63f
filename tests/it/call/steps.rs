//! The steps that prepare a call, each saved alone.

use konkurs::call::{self, Call, Mode, Part};
use konkurs::error::AppError;
use konkurs::law::Money;

use super::{complete, drafted, find, office};
use crate::support::{Answer, Client, TestApp, sample};

fn url(call: &Call, part: Part) -> String {
    format!("/urzad/konkursy/{}/{}", call.id, part.slug())
}

/// Opens the page of a part, changes these fields and posts the form with what it has seen.
pub async fn change(officer: &Client, call: &Call, part: Part, fields: &[(&str, &str)]) -> Answer {
    let page = officer.page(&url(call, part)).await;
    let seen = page.value_of("seen").unwrap();
    let mut all = fields.to_vec();
    all.push(("seen", &seen));
    officer.post(&url(call, part), &all).await
}

pub const ELEMENTS: [(&str, &str); 14] = [
    ("task", "Reintegracja społeczna"),
    ("allocation", "100 000"),
    ("grant_rules", "Powierzenie."),
    (
        "conditions",
        "138 osób w 15 grupach. Edycje: od 11.01.2027 do 10.03.2027, od 12.07.2027 do 11.09.2027 i od 04.10.2027 do 03.12.2027.",
    ),
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
];

fn with<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut out = fields.to_vec();
    out.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    out.extend(changes);
    out
}

#[actix_web::test]
async fn an_officer_goes_through_the_steps_and_sees_what_each_still_lacks() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let officer = &office.officer;

    let page = officer.page(&url(&draft, Part::Elements)).await;
    page.says("Krok 3 z 10.")
        .says("Ten krok blokuje ogłoszenie: 4 uwagi poniżej.")
        .says("element 5: termin składania ofert")
        .says("Reguła R-ANN-01 · art. 13 ust. 2 UDPP")
        .says_not("R-COM-06");
    let answer = change(officer, &draft, Part::Elements, &ELEMENTS).await;
    assert_eq!(answer.expect(303).location, url(&draft, Part::Terms), "on to the next step");
    officer
        .page(&url(&draft, Part::Elements))
        .await
        .says("Ten krok jest gotowy; zmienić go można do ogłoszenia.")
        .says("Pula 100 000,00 zł przy stawce 240,30 zł");
    assert_eq!(find(&app, &draft.id).content.elements.earlier[1].cost, Money::zl(12_000));

    let terms = [("mode", "supporting"), ("policy", "full"), ("scope", "whole"), ("unit", "60"), ("week", "rolling")];
    let terms = with(&terms, &[("group_max", "10"), ("declarations", "Oferent prowadzi KIS."), ("_then", "stay")]);
    let answer = change(officer, &draft, Part::Terms, &terms).await;
    assert_eq!(answer.expect(303).location, url(&draft, Part::Terms), "stays when asked to");
    let page = officer.page(&url(&draft, Part::Card)).await;
    page.says("Żadne kryterium nie ocenia pkt 4: wkład własny.").says("Reguła R-CRIT-01 · art. 15 ust. 1 UDPP");
    let page = officer.page(&url(&draft, Part::Money)).await;
    page.says("Przy wspieraniu nie podano wymaganego wkładu własnego.").says("R-MODE-04");
    let shares = [("shift_percent", "15"), ("min_own", "10"), ("max_grant", "90")];
    change(officer, &draft, Part::Money, &with(&shares, &[("max_grant", "101")]))
        .await
        .expect(422)
        .says("Podaj liczbę od 0 do 100.");
    change(officer, &draft, Part::Money, &shares).await.expect(303);
    officer
        .page(&format!("/urzad/konkursy/{}", draft.id))
        .await
        .says("Wkład własny: co najmniej 10% kosztów; dotacja najwyżej 90% kosztów.");
    let terms = with(&terms, &[("mode", "entrusting")]);
    change(officer, &draft, Part::Terms, &terms).await.expect(303);

    let money = [
        ("offer_max", "50 000"),
        ("tranches.0.share", "60"),
        ("tranches.0.condition", "zawarcie umowy"),
        ("tranches.1.share", "30"),
        ("tranches.1.condition", "przyjęcie sprawozdania nr 1"),
        ("shift_percent", "15"),
        ("admin_percent", "20"),
        ("min_own", ""),
        ("ineligible", "mandaty\nalkohol"),
    ];
    change(officer, &draft, Part::Money, &money).await.expect(303);
    officer.page(&url(&draft, Part::Money)).await.says("Udziały transz dają razem 90% dotacji.").says("R-PAY-01");
    change(officer, &draft, Part::Money, &with(&money, &[("tranches.1.share", "40")])).await.expect(303);

    let rules = [("regulations", "1. Zasady."), ("quorum", "4"), ("cooperation", "uchwała nr XII/87/2026")];
    let answer = change(officer, &draft, Part::Committee, &rules).await;
    assert_eq!(answer.expect(303).location, format!("/urzad/konkursy/{}", draft.id), "the last step leads back");

    let call = find(&app, &draft.id);
    let c = &call.content;
    assert_eq!((c.mode, c.terms.group_max, c.terms.shift_percent), (Mode::Entrusting, 10, 15));
    assert_eq!((c.terms.offer_max, c.money.tranches.len()), (Some(Money::zl(50_000)), 2));
    assert_eq!(c.committee_rules.quorum, 4);
    let names: Vec<&str> = c.prepared_by.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Osoba urzednik@example.pl"]);
    let page = officer.page(&format!("/urzad/konkursy/{}", draft.id)).await;
    page.says("3. Siedem elementów ogłoszenia rodzaj, środki, zasady, warunki, terminy, koszty z dwóch lat gotowe")
        .says("Zmieniono projekt konkursu: Regulamin komisji.")
        .says("Transza Udział w dotacji Warunek wypłaty 1 60% zawarcie umowy 2 40% przyjęcie sprawozdania nr 1");
}

#[actix_web::test]
async fn the_cards_and_attachments_are_the_offices_own() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let officer = &office.officer;
    let attachments = [
        ("attachments.0.key", "statute"),
        ("attachments.0.name", "Statut"),
        ("attachments.0.required", "yes"),
        ("attachments.0.note", ""),
        ("attachments.1.key", ""),
        ("attachments.1.name", "Aktualny odpis z KRS"),
        ("attachments.1.required", "no"),
        ("attachments.2.name", ""),
        ("attachments.2.required", "no"),
        ("confirmation", "yes"),
        ("confirmation_days", "7"),
    ];
    change(officer, &draft, Part::Attachments, &attachments).await.expect(303);
    officer.page(&url(&draft, Part::Attachments)).await.says("Ogłoszenie prosi o odpis z KRS.").says("R-ANN-06");
    let formal = [
        ("formal.0.key", "deadline"),
        ("formal.0.text", "Czy oferta wpłynęła w terminie?"),
        ("formal.0.correctable", "yes"),
        ("formal.1.key", ""),
        ("formal.1.text", "Czy jest zgoda gminy na użycie świetlicy?"),
        ("formal.1.correctable", "yes"),
    ];
    change(officer, &draft, Part::Formal, &formal).await.expect(303);
    officer
        .page(&url(&draft, Part::Formal))
        .await
        .says("Karta nie pyta o uprawnienie oferenta.")
        .says("pytanie 1")
        .says("Uzupełnienie nie zmienia zakresu, ceny ani osób")
        .says("R-COR-01");
    let correction = [("allowed_signed", "true"), ("allowed_price", "true"), ("days", "7"), ("once", "yes")];
    change(officer, &draft, Part::Correction, &correction).await.expect(303);
    officer.page(&url(&draft, Part::Correction)).await.says("Pozwolono zmieniać: kwota dotacji i koszty.");
    let c = find(&app, &draft.id).content;
    assert_eq!(c.attachments.iter().map(|a| a.key.as_str()).collect::<Vec<_>>(), ["statute", "z1"]);
    assert_eq!(c.confirmation.map(|k| k.days), Some(7));
    assert_eq!(c.formal.iter().map(|q| q.key.as_str()).collect::<Vec<_>>(), ["deadline", "q1"]);
    assert_eq!((c.correction.allowed.join(","), c.correction.days), ("signed,price".to_owned(), 7));
    officer
        .page(&format!("/urzad/konkursy/{}", draft.id))
        .await
        .says("7 dni roboczych po terminie składania ofert.")
        .says("2 Czy jest zgoda gminy na użycie świetlicy? tak");
}

#[actix_web::test]
async fn the_preconditions_are_the_programmes() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let mut content = sample::programme_content("PAI-4");
    content.gminas[1].cooperation = None;
    let draft = drafted(&app, &office, content);
    office
        .officer
        .page(&url(&draft, Part::Preconditions))
        .await
        .says("Gmina Choceń 20 OPS odmówił zawarcia porozumienia (15.09.2026, zapytanie z 01.09.2026) brak zapisu PSU/3/2026 z 01.10.2026")
        .says("Nie zapisano go dla: Gmina Choceń.")
        .says("R-PRE-03 · art. 62a ust. 12 ustawy z 20.04.2004")
        .says("Ten krok nie blokuje ogłoszenia; przeczytaj uwagi.");
}

#[actix_web::test]
async fn a_form_with_errors_keeps_everything_typed() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let fields = with(&ELEMENTS, &[("allocation", "sto tysięcy"), ("earlier.1.grants", "13 000")]);
    let page = change(&office.officer, &draft, Part::Elements, &fields).await;
    page.expect(422)
        .says("Środki na zadanie: Wpisano „sto tysięcy”.")
        .says("Dotacje nie mogą przekraczać kosztu zadań.")
        .says("138 osób w 15 grupach.");
    for (name, value) in [("allocation", "sto tysięcy"), ("deadline_date", "2026-12-14"), ("earlier.1.cost", "12 000")]
    {
        assert_eq!(page.value_of(name).as_deref(), Some(value), "{name}");
    }
    let head = [("title", " "), ("other_who", "Starosta")];
    let page = change(&office.officer, &draft, Part::Programme, &head).await;
    page.expect(422).says("Uzupełnij pole „Nazwa konkursu”.").says("Uzupełnij pole „Inna podstawa prawna”.");
    let card = [("criteria.0.name", "Koszty"), ("criteria.0.max", "dużo"), ("threshold", "50")];
    let page = change(&office.officer, &draft, Part::Card, &card).await;
    page.expect(422).says("Najwięcej punktów: Wpisano „dużo”.").says("Wybierz punkt ustawy od 1 do 6.");
    let page = change(&office.officer, &draft, Part::Correction, &[("days", "90"), ("once", "yes")]).await;
    page.expect(422).says("Dni robocze na uzupełnienie: wpisano 90. Podaj od 1 do 30 dni roboczych.");
    assert_eq!(find(&app, &draft.id).version, 0);
}

#[actix_web::test]
async fn an_hour_that_the_clocks_skip_is_no_deadline() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let fields = with(&ELEMENTS, &[("deadline_date", "2027-03-28"), ("deadline_time", "02:30")]);
    let page = change(&office.officer, &draft, Part::Elements, &fields).await;
    page.expect(422).says("Godziny 02:30 w dniu 28.03.2027 nie ma w Polsce");
}

#[actix_web::test]
async fn two_officers_on_two_steps_do_not_meet_and_on_one_both_texts_stay() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let ewa = app.staff("ewa@example.pl", &[konkurs::account::Role::Officer]).await;
    let seen = ewa.page(&url(&draft, Part::Elements)).await.value_of("seen").unwrap();

    let rules = [("regulations", "1. Zasady."), ("quorum", "4"), ("cooperation", "uchwała")];
    change(&office.officer, &draft, Part::Committee, &rules).await.expect(303);
    let first = with(&ELEMENTS, &[("seen", &seen)]);
    ewa.post(&url(&draft, Part::Elements), &first).await.expect(303);

    let second = with(&ELEMENTS, &[("seen", &seen), ("task", "Inne zadanie"), ("allocation", "90 000")]);
    let page = office.officer.post(&url(&draft, Part::Elements), &second).await;
    page.expect(409)
        .says("Ktoś zapisał ten krok w międzyczasie")
        .says("Rodzaj zadania Reintegracja społeczna Inne zadanie")
        .says("Środki na zadanie 100000,00 90000,00");
    assert_eq!(page.value_of("allocation").as_deref(), Some("90 000"));
    assert_eq!(find(&app, &draft.id).content.elements.task, "Reintegracja społeczna");

    let again = page.value_of("seen").unwrap();
    let third = with(&second, &[("seen", &again)]);
    office.officer.post(&url(&draft, Part::Elements), &third).await.expect(303);
    let c = find(&app, &draft.id).content;
    assert_eq!((c.elements.task.as_str(), c.committee_rules.quorum), ("Inne zadanie", 4));
    assert_eq!(c.prepared_by.len(), 2, "both prepared it");
    office.officer.post(&url(&draft, Part::Elements), &ELEMENTS).await.expect(409);
}

#[actix_web::test]
async fn of_two_saves_of_a_part_at_once_one_is_stale() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = complete(&app, &office);
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let seen = Part::Programme.mark(&call.content).unwrap();
    let results: Vec<Result<(), AppError>> = std::thread::scope(|scope| {
        let tries: Vec<_> = ["Pierwszy", "Drugi"]
            .into_iter()
            .map(|title| {
                let (state, actor, id, seen, mut content) =
                    (app.state.clone(), actor.clone(), call.id.clone(), seen.clone(), call.content.clone());
                content.title = title.to_owned();
                let save = move |tx: &mut konkurs::store::Tx<'_>| {
                    call::save_part(tx, &actor, &id, Part::Programme, &seen, content, now)
                };
                scope.spawn(move || state.store.write(save))
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|r| r.is_ok()).count(), 1);
    assert_eq!(results.iter().filter(|r| matches!(r, Err(AppError::Stale))).count(), 1, "{results:?}");
    assert_eq!(find(&app, &call.id).version, 2);
}

#[actix_web::test]
async fn rows_work_without_script() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let card = [
        ("criteria.0.name", "Możliwość realizacji"),
        ("criteria.1.name", "Koszty"),
        ("threshold", "50"),
        ("_add", "criteria"),
    ];
    let page = change(&office.officer, &draft, Part::Card, &card).await;
    assert!(page.expect(200).html().contains("name=\"criteria.2.name\""));
    let page =
        change(&office.officer, &draft, Part::Card, &with(&card, &[("_add", ""), ("_remove", "criteria.0")])).await;
    assert_eq!(page.expect(200).value_of("criteria.0.name").as_deref(), Some("Koszty"));
    assert_eq!(find(&app, &draft.id).version, 0);
}

#[actix_web::test]
async fn a_form_that_is_not_saved_yet_shows_what_it_still_lacks() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = drafted(&app, &office, sample::programme_content("RSD-1"));
    let money = [
        ("offer_max", ""),
        ("tranches.0.share", "60"),
        ("tranches.0.condition", "zawarcie umowy"),
        ("tranches.1.share", "30"),
        ("tranches.1.condition", "przyjęcie sprawozdania nr 1"),
        ("shift_percent", "15"),
        ("admin_percent", "20"),
        ("min_own", ""),
        ("ineligible", "mandaty"),
        ("_add", "tranches"),
    ];
    let typed = change(&office.officer, &draft, Part::Money, &money).await;
    typed.expect(200).says("Udziały transz dają razem 90% dotacji.");
    assert_eq!(find(&app, &draft.id), draft, "nothing is saved");
    let page = change(&office.officer, &draft, Part::Elements, &with(&ELEMENTS, &[("allocation", "dużo")])).await;
    page.expect(422).says("Popraw pola wskazane poniżej i zapisz").says_not("R-ANN-01");
    let fields = with(&ELEMENTS, &[("decision_by", "2026-12-14")]);
    let answer = change(&office.officer, &draft, Part::Elements, &fields).await;
    let next = office.officer.page(&answer.expect(303).location.clone()).await;
    let told = "Zapisano: Siedem elementów ogłoszenia. Ten krok nadal blokuje ogłoszenie: 1 uwaga.";
    assert!(next.html().contains(told), "{}", next.html());
}
