//! From the beginning of the final report to its acceptance, in the browser.

use super::ledger::{cast, ledger, workbook};

#[actix_web::test]
async fn a_report_goes_from_the_first_page_to_its_acceptance() {
    let cast = cast().await;
    let (ngo, contract) = (&cast.ngo, &cast.contract);
    let list = format!("/umowy/{}/sprawozdania", contract.id);
    ngo.page(&list)
        .await
        .says("Teraz czekamy na: Stowarzyszenie Promyk")
        .says("sprawozdanie częściowe nr 1 11.01.2027–10.03.2027 piątek, 09.04.2027 po terminie nierozpoczęte")
        .says("sprawozdanie końcowe 11.01.2027–03.12.2027 poniedziałek, 03.01.2028 nierozpoczęte");

    let begun = ngo.post(&list, &[("no", "4")]).await;
    begun.expect(303);
    let hub = begun.location.clone();
    ngo.post(&list, &[("no", "4")]).await.expect(303);
    assert_eq!(ngo.post(&list, &[("no", "4")]).await.location, hub, "the second beginning leads to the same report");
    ngo.page(&hub)
        .await
        .says("WERSJA ROBOCZA – NIEZŁOŻONA")
        .says("Termin: poniedziałek, 03.01.2028 (za 28 dni")
        .says("Brak opisu osiągniętych rezultatów.")
        .says("W ewidencji nie ma żadnych zajęć tej grupy.");

    let preview = ngo
        .upload(&format!("{hub}/godziny/import"), &[], "file", "godziny.xlsx", &workbook(&ledger(contract, 9), |_| ()))
        .await;
    preview
        .expect(200)
        .says("wierszy było 0, będzie 270")
        .says("E1-G1 Gmina Choceń 0 18 0 h 90 h")
        .says("Razem 0 270 0 h 1 350 h");
    let (sha256, version) = (preview.value_of("sha256").unwrap(), preview.value_of("version").unwrap());
    ngo.page(&hub).await.says("wierszy: 0");
    let fields = [("sha256", sha256.as_str()), ("version", &version), ("file", "godziny.xlsx")];
    ngo.post(&format!("{hub}/godziny/import/zapis"), &fields).await.expect(303);
    let saved = ngo.page(&hub).await;
    assert!(saved.html().contains("Zapisano ewidencję z pliku, wierszy: 270."), "the flash says so");
    ngo.post(&format!("{hub}/godziny/import/zapis"), &fields).await.expect(409);
    saved.says("Limit: 1 350 h po 70,00 zł to 94 500,00 zł.").says_not("W ewidencji nie ma żadnych zajęć");

    let version = ngo.page(&format!("{hub}/koszty")).await.value_of("version").unwrap();
    let spent = [
        ("version", version.as_str()),
        ("costs.0.item", "I.1.1"),
        ("costs.0.actual", "74 250,00"),
        ("costs.0.from_grant", "74250"),
        ("costs.1.item", "I.1.2"),
        ("costs.1.actual", "6000"),
        ("costs.1.from_grant", "6000"),
        ("costs.2.item", "II.1"),
        ("costs.2.actual", "4800"),
        ("costs.2.from_grant", "4800"),
    ];
    ngo.post(&format!("{hub}/koszty"), &spent).await.expect(303);
    ngo.page(&format!("{hub}/koszty")).await.says("4 Udział dotacji w całkowitych kosztach 100,00%");

    let refused = ngo.post(&format!("{hub}/zlozenie"), &[]).await;
    refused.expect(422).says("Najpierw popraw").says("Nie złożono oświadczeń.");

    let version = ngo.page(&format!("{hub}/opis")).await.value_of("version").unwrap();
    let answers = [
        ("version", version.as_str()),
        ("summary", "Program ukończyło 121 osób."),
        ("results.0.achieved", "121"),
        ("activities.0.description", "Zajęcia odbyły się zgodnie z umową."),
        ("declared", "true"),
    ];
    ngo.post(&format!("{hub}/opis"), &answers).await.expect(303);
    ngo.page(&hub)
        .await
        .says("Wykorzystano z dotacji 85 050,00 zł, czyli 63,00 zł za godzinę.")
        .says("Sprawdzono formularz, koszty i ewidencję godzin. Uwag nie ma.");

    ngo.page(&format!("{hub}/zlozenie"))
        .await
        .says("Po złożeniu nie da się zmieniać sprawozdania")
        .says("W tym z dotacji 85 050,00 zł");
    ngo.post(&format!("{hub}/zlozenie"), &[]).await.expect(303);
    let receipt = ngo.page(&hub).await;
    receipt
        .says("Potwierdzenie złożenia")
        .says("U/1/2026, sprawozdanie nr 4")
        .says("06.12.2027, 09:00:00")
        .says("Teraz czekamy na: urząd");
    let subject = "Potwierdzenie: złożono sprawozdanie końcowe do umowy U/1/2026".to_owned();
    let owner = format!("{}@example.pl", contract.content.contractor.nip);
    assert_eq!(cast.app.new_mail(), [(owner.clone(), subject)]);

    let office = format!("/urzad{hub}");
    cast.officer
        .page(&format!("/urzad{list}"))
        .await
        .says("sprawozdanie końcowe 11.01.2027–03.12.2027 poniedziałek, 03.01.2028 złożone, sprawdzane");
    cast.officer.page(&office).await.says("Program ukończyło 121 osób.").says("Uwag nie ma.");
    let accept = cast.officer.page(&format!("{office}/przyjecie")).await;
    accept.says("Limit za te godziny 94 500,00 zł").says("Wykorzystano razem 85 050,00 zł");
    let version = accept.value_of("version").unwrap();
    cast.officer.post(&format!("{office}/przyjecie"), &[("version", &version)]).await.expect(303);
    assert_eq!(cast.app.new_mail(), [(owner, "Przyjęto sprawozdanie końcowe do umowy U/1/2026".to_owned())]);
    ngo.page(&hub).await.says("Przyjęto 06.12.2027").says("Teraz czekamy na: nikogo");
}

#[actix_web::test]
async fn a_report_is_sent_back_and_filed_again() {
    let cast = cast().await;
    let id = cast.filed(4, &super::ledger::costs(), &ledger(&cast.contract, 9));
    cast.app.new_mail();
    let (hub, office) = (format!("/sprawozdania/{id}"), format!("/urzad/sprawozdania/{id}"));
    let version = cast.officer.page(&office).await.value_of("version").unwrap();
    cast.officer
        .post(&format!("{office}/zwrot"), &[("version", &version), ("reasons", "  ")])
        .await
        .expect(422)
        .says("Napisz, co organizacja ma poprawić.");
    let reasons = "Opisz frekwencję w grupie E1-G7.";
    cast.officer.post(&format!("{office}/zwrot"), &[("version", &version), ("reasons", reasons)]).await.expect(303);
    cast.officer.post(&format!("{office}/zwrot"), &[("version", &version), ("reasons", reasons)]).await.expect(403);
    assert_eq!(cast.app.new_mail()[0].1, "Do poprawy: sprawozdanie końcowe do umowy U/1/2026");
    cast.ngo.page(&hub).await.says("Urząd zwrócił sprawozdanie do poprawy").says(reasons).says("WERSJA ROBOCZA");

    // What the organisation changes now is not the office's business until it files again.
    let opis = cast.ngo.page(&format!("{hub}/opis")).await;
    let version = opis.value_of("version").unwrap();
    let answers = [
        ("version", version.as_str()),
        ("summary", "Nowy opis z frekwencją."),
        ("results.0.achieved", "121"),
        ("activities.0.description", "Zajęcia odbyły się zgodnie z umową."),
        ("declared", "true"),
    ];
    cast.ngo.post(&format!("{hub}/opis"), &answers).await.expect(303);
    cast.officer.page(&office).await.says("Program ukończyło 121 osób.").says_not("Nowy opis z frekwencją.");
    let first = cast.find(&id).sha256;
    cast.ngo.post(&format!("{hub}/zlozenie"), &[]).await.expect(303);
    cast.officer.page(&office).await.says("Nowy opis z frekwencją.").says("Wcześniejsze zwroty do poprawy");
    let report = cast.find(&id);
    assert_ne!(report.sha256, first);
    assert_eq!(report.content.sent_back, [reasons]);
    let (frozen, broken) = cast.app.state.store.read(konkurs::app::verify_frozen).unwrap();
    assert_eq!((frozen, broken.len()), (5, 0), "the terms, the offer, the contract and two versions of the report");
    cast.app.new_mail();
}
