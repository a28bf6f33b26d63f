//! The rows of a group, typed in the browser.

use super::ledger::cast;

#[actix_web::test]
async fn rows_are_added_checked_and_saved_without_script() {
    let cast = cast().await;
    let id = cast.filled(4, &[], &super::ledger::ledger(&cast.contract, 1));
    let (ngo, url) = (&cast.ngo, format!("/sprawozdania/{id}/godziny"));
    let page = ngo.page(&format!("{url}?grupa=E2-G3")).await;
    page.says("Grupa E2-G3, Gmina i Miasto Izbica Kujawska").says("E2-G3 Gmina i Miasto Izbica Kujawska 2 2 90 h 10 h");
    let version = page.value_of("version").unwrap();
    let typed = [
        ("version", version.as_str()),
        ("group", "E2-G3"),
        ("rows.0.day", "2027-07-12"),
        ("rows.0.from", "9:00"),
        ("rows.0.to", "14:00"),
        ("rows.0.trainer", "Ewa Trener"),
        ("rows.0.topic", "Motywacja"),
        ("rows.0.present", "8"),
        ("rows.0.absent", "0"),
    ];
    let with = |more: &[(&'static str, &'static str)]| {
        let mut all = typed.to_vec();
        all.extend_from_slice(more);
        all
    };
    let added = ngo.post(&url, &with(&[("_add", "rows")])).await;
    added.expect(200).says("Zajęcia 2");
    assert_eq!(added.value_of("rows.1.trainer").as_deref(), Some("Ewa Trener"), "the next row begins like the last");
    let removed = ngo.post(&url, &with(&[("rows.1.day", "x"), ("_remove", "rows.1")])).await;
    removed.expect(200).says_not("Zajęcia 2");

    let wrong = ngo
        .post(
            &url,
            &with(&[
                ("rows.1.day", "31.02.2027"),
                ("rows.1.from", "15:00"),
                ("rows.1.to", "14:00"),
                ("rows.1.present", "dużo"),
            ]),
        )
        .await;
    wrong
        .expect(422)
        .says("Popraw błędy")
        .says("31.02.2027")
        .says("Koniec 14:00 nie jest później niż początek 15:00.")
        .says("Uzupełnij pole „Prowadzący”.")
        .says("Wpisz liczbę osób cyframi, od 0 do 200.");
    assert_eq!(wrong.value_of("rows.1.present").as_deref(), Some("dużo"), "nothing typed is lost");

    ngo.post(&url, &typed).await.expect(303);
    ngo.page(&format!("{url}?grupa=E2-G3")).await.says("E2-G3 Gmina i Miasto Izbica Kujawska 2 1 90 h 5 h");
    ngo.post(&url, &typed).await.expect(409);
    let lines = cast.app.state.store.read(|r| konkurs::report::store::hours_of_report(r, &id)).unwrap();
    assert_eq!(lines.len(), 29, "the other groups kept their rows");
    assert_eq!(lines.last().unwrap().place, "strona Godziny, grupa E2-G3, wiersz 1");
}

#[actix_web::test]
async fn amounts_that_are_none_are_named_at_their_fields() {
    let cast = cast().await;
    let id = cast.filled(4, &[], &[]);
    let url = format!("/sprawozdania/{id}/koszty");
    let version = cast.ngo.page(&url).await.value_of("version").unwrap();
    let typed = [
        ("version", version.as_str()),
        ("costs.0.item", "I.1.1"),
        ("costs.0.actual", "tysiąc"),
        ("costs.0.from_grant", "-5"),
        ("in_kind", "1,234"),
    ];
    let page = cast.ngo.post(&url, &typed).await;
    page.expect(422)
        .says("To nie jest kwota")
        .says("Kwota nie może być ujemna.")
        .says("Kwota ma najwyżej dwie cyfry po przecinku");
    assert_eq!(page.value_of("costs.0.actual").as_deref(), Some("tysiąc"));
}
