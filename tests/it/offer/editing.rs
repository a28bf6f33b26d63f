//! Filling the form: rows, errors at fields, two editors, drafts that survive.

use konkurs::error::AppError;
use konkurs::law::{Minutes, Money};

use super::{begin, draft, fill, find, form, post};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn rows_come_and_go_without_saving_and_without_loss() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/kosztorys", offer.id);
    let typed = form(&[
        ("version", "1"),
        ("costs.0.activity", "1"),
        ("costs.0.name", "Sala"),
        ("costs.0.unit", "godzina"),
        ("costs.0.unit_cost", "to nie kwota"),
        ("costs.0.units", "2"),
        ("costs.1.name", "Papier"),
        ("grant", "12,5"),
    ]);
    let more = post(&ngo, &path, typed.clone(), &[("_add", "costs")]).await;
    more.expect(200).says("Koszt 3");
    assert_eq!(more.value_of("costs.0.unit_cost").as_deref(), Some("to nie kwota"));
    assert_eq!(more.value_of("costs.2.name").as_deref(), Some(""));
    assert_eq!(more.value_of("grant").as_deref(), Some("12,5"));
    let fewer = post(&ngo, &path, typed, &[("_remove", "costs.0")]).await;
    fewer.expect(200).says_not("Koszt 2");
    assert_eq!(fewer.value_of("costs.0.name").as_deref(), Some("Papier"));
    assert_eq!(find(&app, &offer.id), offer, "nothing was saved");
}

#[actix_web::test]
async fn every_bad_field_has_its_sentence_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let fields = form(&[
        ("version", "1"),
        ("costs.0.activity", "1"),
        ("costs.0.name", "Sala <b>duża</b>"),
        ("costs.0.unit_cost", "12,345"),
        ("costs.0.units", "dwa"),
        ("grant", "-5"),
    ]);
    let answer = post(&ngo, &format!("/oferty/{}/kosztorys", offer.id), fields, &[]).await;
    answer
        .expect(422)
        .says("Wpisano „12,345”. Kwota ma najwyżej dwie cyfry po przecinku (pełne grosze).")
        .says("Wpisano „dwa”. To nie jest liczba jednostek.")
        .says("Kwota nie może być ujemna.");
    assert_eq!(answer.value_of("costs.0.name").as_deref(), Some("Sala <b>duża</b>"));
    assert_eq!(answer.value_of("costs.0.unit_cost").as_deref(), Some("12,345"));
    assert!(answer.html().contains("href=\"#costs.0.unit_cost\""));
    assert!(answer.html().contains("Błąd: Koszty i źródła finansowania"));

    let dates = form(&[("version", "1"), ("starts", "2027-02-30"), ("ends", "2027-01-01"), ("contact_email", "ala")]);
    let answer = post(&ngo, &format!("/oferty/{}/zadanie", offer.id), dates, &[]).await;
    answer.expect(422).says("Nie ma takiego dnia: luty 2027 ma 28 dni.");
    assert_eq!(answer.value_of("starts").as_deref(), Some("2027-02-30"));
    assert_eq!(find(&app, &offer.id), offer);
}

#[actix_web::test]
async fn a_nul_in_a_name_is_refused_with_the_name_of_the_field() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let fields = form(&[("version", "1"), ("title", "Ala\0ma kota")]);
    post(&ngo, &format!("/oferty/{}/zadanie", offer.id), fields, &[])
        .await
        .expect(422)
        .says("Pole „title” zawiera niewidoczny znak sterujący (U+0000).");
    assert_eq!(find(&app, &offer.id), offer);
}

#[actix_web::test]
async fn of_two_editors_the_second_overwrites_nothing() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/inne", offer.id);
    let first = form(&[("version", "1"), ("unpaid", "true"), ("other", "pierwsza")]);
    post(&ngo, &path, first, &[]).await.expect(303);
    let second = form(&[("version", "1"), ("unpaid", "true"), ("other", "druga")]);
    let answer = post(&ngo, &path, second, &[]).await;
    answer.expect(409).says("Ostatni zapis: 23.11.2026, 12:00:00").says("druga").says("pierwsza");
    assert_eq!(answer.value_of("version").as_deref(), Some("2"));
    assert_eq!(find(&app, &offer.id).content.other, "pierwsza");

    let (actor, now) = (app.actor(&ngo), app.state.clock.now());
    let stale =
        app.state.store.write(|tx| konkurs::offer::save(tx, &actor, &offer.id, 1, sample::offer_content(&call), now));
    assert!(matches!(stale, Err(AppError::Stale)), "{stale:?}");
    assert_eq!(find(&app, &offer.id).content.other, "pierwsza");
}

#[actix_web::test]
async fn many_editors_at_once_lose_no_update() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let (actor, now, store) = (app.actor(&ngo), app.state.clock.now(), app.state.store.clone());
    let won: usize = std::thread::scope(|threads| {
        let tries: Vec<_> = (0..8)
            .map(|n| {
                let (store, actor, id) = (store.clone(), &actor, &offer.id);
                let mut content = offer.content.clone();
                content.other = format!("osoba {n}");
                threads.spawn(move || {
                    let done = store.write(|tx| konkurs::offer::save(tx, actor, id, 1, content, now));
                    assert!(matches!(done, Ok(2) | Err(AppError::Stale)), "{done:?}");
                    usize::from(done.is_ok())
                })
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).sum()
    });
    assert_eq!(won, 1);
    assert_eq!(find(&app, &offer.id).version, 2);
}

#[actix_web::test]
async fn a_draft_waits_for_its_people() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = begin(&ngo, &call).await;
    fill(&ngo, &id, "zadanie", form(&[("title", "Razem łatwiej"), ("starts", "2027-01-11"), ("ends", "2027-12-03")]))
        .await;
    app.at("2026-12-13 23:40");
    let again = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    again.page("/oferty").await.says("Razem łatwiej").says("wersja robocza – niezłożona").says("Masz wersje robocze.");
    let page = again.page(&format!("/oferty/{id}/zadanie")).await;
    assert_eq!(page.value_of("title").as_deref(), Some("Razem łatwiej"));
    assert_eq!(page.value_of("starts").as_deref(), Some("2027-01-11"));
}

#[actix_web::test]
async fn a_task_of_two_years_asks_for_both_columns() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.starts = Some(super::day("2026-12-01"));
    let offer = super::draft_of(&app, &call, &ngo, content);
    let path = format!("/oferty/{}/kosztorys", offer.id);
    ngo.page(&format!("/oferty/{}", offer.id))
        .await
        .says("Kwoty w latach (2026, 2027) dają razem wartość kosztu.")
        .says("Najwcześniej 11.01.2027: wtedy zaczyna się pierwsza edycja.");
    ngo.page(&path)
        .await
        .says("Rok 1 (2026)")
        .says("Sumy kosztów (V.A) Działanie Razem Rok 1 (2026) Rok 2 (2027)")
        .says("Suma wszystkich kosztów realizacji zadania 85 050,00 zł 85 050,00 zł 0,00 zł");
    let line = form(&[
        ("version", "1"),
        ("costs.0.activity", "1"),
        ("costs.0.name", "Sala"),
        ("costs.0.unit", "miesiąc"),
        ("costs.0.unit_cost", "100"),
        ("costs.0.units", "2,5"),
        ("costs.0.y0", "50"),
        ("costs.0.y1", "200"),
        ("grant", "250"),
    ]);
    post(&ngo, &path, line, &[]).await.expect(303);
    let saved = find(&app, &offer.id);
    assert_eq!(saved.content.costs[0].years, [Money::zl(50), Money::zl(200)]);
    assert_eq!(saved.grant, Money::zl(250));
    ngo.page(&path).await.says_not("dają razem wartość kosztu").says("Suma wszystkich kosztów: 250,00 zł");
}

#[actix_web::test]
async fn findings_lead_to_their_fields() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.costs[0].unit_cost = Money::from_grosze(7_001);
    content.hours[3].persons = 11;
    let offer = super::draft_of(&app, &call, &ngo, content);
    let page = ngo.page(&format!("/oferty/{}", offer.id)).await;
    page.says("Stawka trenera: 70,01 zł za godzinę.")
        .says("Najwyżej 70,00 zł za godzinę z 10-osobową grupą.")
        .says("Liczba osób w grupie E1-G4: 11.")
        .says("do poprawy: 3 V.A, wiersz I.1.1: Suma kwot w latach")
        .says("V.A, wiersz I.1.1: Stawka trenera: 70,01 zł za godzinę. Inne informacje")
        .says("Doświadczenie, trenerzy, grupy i godziny część IV oferty do poprawy: 1 IV.2, grupa E1-G4: Liczba osób w grupie E1-G4: 11.");
    let html = page.html();
    assert!(html.contains(&format!("/oferty/{}/kosztorys#costs.0.name", offer.id)), "V.A leads to its row");
    assert!(html.contains(&format!("/oferty/{}/zasoby#hours.3.group", offer.id)), "the group leads to its row");
}

#[actix_web::test]
async fn what_is_not_filled_in_is_said_once_with_its_group_and_row() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.hours[0].minutes = Minutes::ZERO;
    content.hours[1].persons = 0;
    content.costs[2].name = String::new();
    let offer = super::draft_of(&app, &call, &ngo, content);
    let path = format!("/oferty/{}", offer.id);
    let gaps = [
        "Brakuje: liczba godzin grupy E1-G1, edycja 1 (11.01.2027–10.03.2027).",
        "Brakuje: liczba osób w grupie E1-G2, edycja 1 (11.01.2027–10.03.2027).",
        "V.A, wiersz II.1. Brakuje: rodzaj kosztu.",
    ];
    for page in [ngo.page(&path).await, ngo.page(&format!("{path}/zlozenie")).await] {
        let text = page.text();
        for gap in gaps {
            assert_eq!(text.matches(gap).count(), 1, "{gap}: {text}");
        }
        page.says_not("Uzupełnij to pole.");
        assert!(page.html().contains(&format!("{path}/zasoby#hours.0.group")), "a gap leads to its row");
    }
    ngo.page(&format!("{path}/zlozenie")).await.says("Pola do uzupełnienia");
}
