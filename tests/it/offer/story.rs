//! From the first click to the receipt.

use konkurs::audit;
use konkurs::law::Money;
use konkurs::offer::{OfferState, store};

use super::{begin, declarations, fill, find, form, post};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn an_ngo_fills_its_offer_and_gets_a_receipt() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    ngo.page("/oferty").await.says("Nie masz jeszcze ofert").says("Zobacz konkursy");

    let id = begin(&ngo, &call).await;
    assert_eq!(begin(&ngo, &call).await, id, "a second start opens the same offer");
    let path = format!("/oferty/{id}");
    ngo.page(&path)
        .await
        .says("WERSJA ROBOCZA – NIEZŁOŻONA")
        .says("Teraz czekamy na: Twoją organizację")
        .says("Termin: poniedziałek, 14.12.2026, do końca dnia (23:59) (za 21 dni i 12 godzin)")
        .says("Zadanie i osoba do kontaktu część II.2 i III.1–III.3 oferty do uzupełnienia: 3 Brakuje: tytuł zadania publicznego. Brakuje: grupa docelowa. Brakuje: sposób rozwiązywania problemów grupy docelowej.")
        .says("Program zajęć godziny według tematów i dni nie dodano, można złożyć bez niego")
        .says("Dane organizacji część II.1 oferty; wspólne dla wszystkich ofert gotowe")
        .says("Rozpoczęto ofertę w konkursie LOK/1/2026");

    let first = find(&app, &id);
    assert_eq!(first.content.starts, Some(super::day("2027-01-11")));
    assert_eq!(first.content.hours.len(), 15);
    assert_eq!(first.content.contact.name, "Anna Prezes");

    fill(
        &ngo,
        &id,
        "zadanie",
        form(&[
            ("title", "Razem łatwiej"),
            ("starts", "2027-01-11"),
            ("ends", "03.12.2027"),
            ("place", "świetlice w gminach"),
            ("target_group", "138 osób bezrobotnych"),
            ("problem", "zajęcia w małych grupach"),
            ("complementarity", ""),
            ("contact_name", "Anna Prezes"),
            ("contact_phone", "54 000 00 00"),
            ("contact_email", "biuro@example.pl"),
        ]),
    )
    .await;
    let activity = [
        ("activities.0.name", "Warsztaty"),
        ("activities.0.description", "zajęcia grupowe"),
        ("activities.0.target_group", "wszystkie grupy"),
        ("activities.0.from", "2027-01-11"),
        ("activities.0.to", "2027-12-03"),
        ("activities.0.outside", ""),
    ];
    fill(&ngo, &id, "harmonogram", form(&activity)).await;
    fill(
        &ngo,
        &id,
        "rezultaty",
        form(&[
            ("measures.0.name", "gotowość do pracy"),
            ("measures.0.how", "kwestionariusz samooceny"),
            ("measures.0.when", "na początku i na końcu"),
            ("effect_direct", "1350 godzin zajęć"),
            ("effect_change", "większa aktywność"),
            ("effect_durable", "grupy wsparcia"),
            ("results.0.name", "Osoby, które ukończyły program"),
            ("results.0.target", "120"),
            ("results.0.monitoring", "listy obecności"),
        ]),
    )
    .await;
    let mut people = form(&[
        ("experience", "od 2008 r."),
        ("resources", "trzy sale"),
        ("trainers.0.name", "Ewa Trener"),
        ("trainers.0.qualifications", "psycholog"),
    ]);
    for (at, group) in call.content.groups.iter().enumerate() {
        for (name, value) in
            [("group", group.code.clone()), ("persons", group.persons.to_string()), ("minutes", "90".into())]
        {
            people.push((format!("hours.{at}.{name}"), value));
        }
    }
    fill(&ngo, &id, "zasoby", people).await;
    let costs = [
        ("costs.0.activity", "1"),
        ("costs.0.name", "Wynagrodzenia trenerów"),
        ("costs.0.unit", "godzina"),
        ("costs.0.unit_cost", "59,44"),
        ("costs.0.units", "1 350"),
        ("costs.0.trainer", "true"),
        ("costs.1.activity", "adm"),
        ("costs.1.name", "Księgowość"),
        ("costs.1.unit", "miesiąc"),
        ("costs.1.unit_cost", "600,75 zł"),
        ("costs.1.units", "8"),
        ("costs.2.activity", ""),
        ("costs.2.name", ""),
        ("grant", "85 050,00 zł"),
        ("own_financial", ""),
        ("own_in_kind", ""),
        ("recipients", ""),
    ];
    fill(&ngo, &id, "kosztorys", form(&costs)).await;
    fill(&ngo, &id, "inne", form(&[("unpaid", "true"), ("other", "")])).await;

    let limit = "limit: 15 grup × 90 h × 70,00 zł = 94 500,00 zł; oferta: 85 050,00 zł (63,00 zł/h)";
    ngo.page(&path).await.says(limit).says("Oferta jest kompletna i można ją złożyć.").says_not("do poprawy");
    ngo.page(&format!("{path}/podglad"))
        .await
        .says("WERSJA ROBOCZA – NIEZŁOŻONA")
        .says("Komplementarność z innymi działaniami nie dotyczy")
        .says("I.1.1 Wynagrodzenia trenerów godzina 59,44 1350 80 244,00 80 244,00")
        .says("Suma wszystkich kosztów realizacji zadania 85 050,00 85 050,00")
        .says("2 Planowana dotacja w ramach niniejszej oferty 85 050,00 100,00");
    ngo.page(&format!("{path}/zlozenie"))
        .await
        .says("Zegar serwera: 23.11.2026, 12:00:00.")
        .says("Anna Prezes (właściciel konta)")
        .says("Planowana dotacja 85 050,00 zł")
        .says("Złóż ofertę");

    app.new_mail();
    let done = post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &id), &[]).await;
    assert_eq!(
        (done.status, done.location.as_str()),
        (303, format!("{path}/potwierdzenie").as_str()),
        "{}",
        done.text()
    );
    let version = app.state.store.read(|r| store::version(r, &id, 1)).unwrap();
    assert_eq!(version.sha256.len(), 64);
    assert_eq!(version.content.organisation_name, "Stowarzyszenie Promyk");
    assert_eq!(version.content.declarations.signed_by, "Anna Prezes, prezes zarządu");
    let receipt = ngo.page(&format!("{path}/potwierdzenie")).await;
    assert!(receipt.html().contains("Oferta jest złożona pod numerem LOK/1/2026/O-1."), "the flash says so");
    receipt.says("Oferta jest złożona Oferta wpłynęła do urzędu. Nic nie trzeba wysyłać na papierze.").says(&format!(
        "Numer LOK/1/2026/O-1 Data i godzina 23.11.2026, 12:00:00 Suma kontrolna (SHA-256) {}",
        version.sha256
    ));
    let nip = sample::nip(1);
    assert_eq!(
        app.new_mail(),
        [(format!("{nip}@example.pl"), "Potwierdzenie złożenia oferty LOK/1/2026/O-1".to_owned())]
    );
    let offer = find(&app, &id);
    assert_eq!((offer.state, offer.frozen_no, offer.grant), (OfferState::Submitted, 1, Money::zl(85_050)));
    ngo.page(&path)
        .await
        .says("Teraz czekamy na: koniec naboru")
        .says("Złożono ofertę LOK/1/2026/O-1")
        .says(&format!("„Potwierdzenie złożenia oferty LOK/1/2026/O-1” do {nip}@example.pl"));
    ngo.page("/oferty").await.says("Razem łatwiej LOK/1/2026/O-1").says("złożona");
    ngo.page(&format!("{path}/zadanie")).await.says("OFERTA ZŁOŻONA – OBOWIĄZUJE WERSJA 1");
    ngo.get(&format!("{path}/zlozenie")).await.expect(303);

    let rows = app.state.store.read(|r| audit::of_object(r, id.as_str())).unwrap();
    let deeds: Vec<&str> = rows.iter().map(|row| row.deed.as_str()).collect();
    assert_eq!(deeds.first(), Some(&"offer.start"));
    assert_eq!(deeds.last(), Some(&"offer.submit"));
    assert_eq!(deeds.len(), 8);
}

#[actix_web::test]
async fn the_printed_offer_is_the_same_bytes_every_time() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = super::draft(&app, &call, &ngo);
    let path = format!("/oferty/{}", offer.id);
    let draft = ngo.page(&format!("{path}/oferta.pdf")).await;
    assert!(draft.body.starts_with(b"%PDF-"));
    ngo.get(&format!("{path}/potwierdzenie.pdf")).await.expect(404);
    ngo.get(&format!("{path}/potwierdzenie")).await.expect(404);
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &offer.id), &[]).await.expect(303);
    app.new_mail();
    let first = ngo.page(&format!("{path}/oferta.pdf")).await;
    app.at("2026-11-24 08:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let second = ngo.page(&format!("{path}/oferta.pdf")).await;
    assert!(first.body.starts_with(b"%PDF-"));
    assert!(first.body == second.body, "the frozen offer prints the same bytes");
    assert!(first.headers["content-disposition"].contains("oferta_LOK-1-2026-O-1.pdf"), "{:?}", first.headers);
    let receipt = ngo.page(&format!("{path}/potwierdzenie.pdf")).await;
    assert!(receipt.body.starts_with(b"%PDF-"));
}

#[actix_web::test]
async fn a_person_of_two_organisations_says_for_which() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let other = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let (zorza, now) = (super::org_id(&app, &other), app.state.clock.now());
    let me = app.actor(&ngo).person_id().unwrap().clone();
    app.state
        .store
        .write(|tx| konkurs::account::store::insert_membership(tx, &zorza, &me, konkurs::account::OrgRole::Editor, now))
        .unwrap();
    let start = format!("/konkursy/{}/oferty", call.id);
    ngo.post(&start, &[]).await.expect(200).says("Która organizacja składa ofertę?").says_not("Popraw błędy");
    ngo.post(&start, &[("org", "")])
        .await
        .expect(422)
        .says("Wybierz organizację, która składa ofertę.")
        .says("Fundacja Zorza")
        .says("Stowarzyszenie Promyk");
    ngo.post(&start, &[("org", zorza.as_str())]).await.expect(303);
    let foreign = konkurs::store::OrgId::new();
    ngo.post(&start, &[("org", foreign.as_str())]).await.expect(404);
    app.at("2026-12-15 00:00:00");
    let late = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let promyk = super::org_id(&app, &late);
    let mine = app.actor(&late).memberships.iter().find(|m| m.org != zorza).unwrap().org.clone();
    assert!(promyk == mine || promyk == zorza);
    late.post(&start, &[("org", mine.as_str())])
        .await
        .expect(422)
        .says("Termin składania ofert minął: oferty przyjmowano do końca dnia 14.12.2026.");
}
