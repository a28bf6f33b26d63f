//! A festival of a local programme after its offer: nobody asks for trainers, hours or a rate any more.

use konkurs::award::{Award, AwardContent, AwardLine, AwardState, Outcome};
use konkurs::call::CallState;
use konkurs::contract::document::sections;
use konkurs::contract::{ContractState, store};
use konkurs::law::Money;
use konkurs::offer::OfferState;
use konkurs::store::{AwardId, ContractId};

use super::paper::texts;
use crate::offer::local::filed;
use crate::support::sample::{day, three_places};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn a_festival_is_judged_contracted_reported_and_settled_without_hours() {
    let app = TestApp::new().await;
    let (_, call, id) = filed(&app).await;
    app.at("2026-12-21 12:00");
    sample::set_call(&app, &call.id, CallState::Review);
    let officer = app.sign_in("urzednik@example.pl");
    officer
        .page(&format!("/urzad/oferty/{id}/ocena-formalna"))
        .await
        .says("Godziny zajęć nie dotyczy: zadanie nie polega na zajęciach w grupach")
        .says("Z oferty: Zadanie zostanie wykonane odpłatnie.")
        .says("Świadczenia od odbiorców (V.B): 2 000,00 zł.")
        .says_not("Limit stawki godzinowej")
        .says_not("70,00 zł");

    let offer = sample::set_offer(&app, &id, OfferState::Selected);
    sample::set_call(&app, &call.id, CallState::Published);
    let line = AwardLine {
        offer: id.clone(),
        number: offer.number.clone().unwrap(),
        org_name: offer.org_name.clone(),
        title: offer.content.title.clone(),
        asked: Money::zl(20_000),
        granted: Money::zl(20_000),
        mean_x100: Some(8_350),
        place: Some(1),
        outcome: Outcome::Selected,
        reason: String::new(),
    };
    let now = app.state.clock.now();
    let award = Award {
        id: AwardId::new(),
        call: call.id.clone(),
        state: AwardState::Published,
        version: 0,
        content: AwardContent {
            lines: vec![line],
            differs_because: String::new(),
            act: "zarządzenie nr 12/2026".into(),
            places: three_places("2026-12-21"),
        },
        decided_at: Some(now),
        decided_by: "organ@example.pl".into(),
        published_at: Some(now),
    };
    app.state.store.write(|tx| konkurs::award::store::insert(tx, &award)).unwrap();
    let drawn = officer.post(&format!("/urzad/konkursy/{}/umowy", call.id), &[("offer", id.as_str())]).await;
    let contract_id = ContractId::parse(drawn.expect(303).location.rsplit('/').next().unwrap()).unwrap();
    let contract = app.state.store.read(|r| store::find(r, &contract_id)).unwrap();
    let said = texts(&sections(&contract.content, &app.state.config.office)).join("\n");
    for words in [
        "z planem działań (załącznik nr 1)",
        "załącznik nr 1 – plan działań;",
        "załącznik nr 3 – rezultaty;",
        "świadczeń pieniężnych od odbiorców zadania o wartości 2 000,00 zł",
        "Zatrudnienie osób, które wykonują zadanie",
        "Nie dotyczy: ogłoszenie konkursu nie prosi o dodatkowe informacje o rezultatach",
    ] {
        assert!(said.contains(words) || said.replace(['\u{a0}', '\u{202f}'], " ").contains(words), "{words} in {said}");
    }
    for never in ["trener", "program zajęć", "programem zajęć", "Efekty indywidualne", "godzin zajęć"] {
        assert!(!said.contains(never), "{never}");
    }
    assert_eq!((contract.content.persons(), contract.content.grant), (500, Money::zl(20_000)));

    let mut signed = contract.clone();
    (signed.state, signed.signed_on) = (ContractState::Signed, Some(day("2026-12-22")));
    app.state.store.write(|tx| store::save(tx, &signed)).unwrap();
    sample::set_offer(&app, &id, OfferState::Contracted);
    reported(&app, &contract_id).await;
}

async fn reported(app: &TestApp, id: &ContractId) {
    app.at("2027-09-06 09:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let list = format!("/umowy/{id}/sprawozdania");
    let hub = ngo.post(&list, &[("no", "1")]).await.expect(303).location.clone();
    ngo.page(&hub)
        .await
        .says("Opis i oświadczenia")
        .says("II.3 Świadczenia pieniężne od odbiorców zadania: umowa przewiduje 2 000,00 zł;")
        .says_not("Ewidencja godzin")
        .says_not("Wpisz godziny z pliku")
        .says_not("Limit za przeprowadzone godziny")
        .says_not("Godziny grup");
    let costs = ngo.page(&format!("{hub}/koszty")).await;
    costs.says("II.3 Świadczenia pieniężne od odbiorców: umowa przewiduje 2 000,00 zł;");
    let version = costs.value_of("version").unwrap();
    let spent = [
        ("version", version.as_str()),
        ("costs.0.item", "I.1.1"),
        ("costs.0.actual", "25 000"),
        ("costs.0.from_grant", "20 000"),
        ("own_financial", "5 000"),
    ];
    ngo.post(&format!("{hub}/koszty"), &spent).await.expect(303);
    let version = ngo.page(&format!("{hub}/opis")).await.value_of("version").unwrap();
    let answers = [
        ("version", version.as_str()),
        ("summary", "Koncert się odbył; bilet kosztował 20 zł."),
        ("activities.0.description", "Zgodnie z umową."),
        ("declared", "true"),
    ];
    ngo.post(&format!("{hub}/opis"), &answers).await.expect(303);
    ngo.post(&format!("{hub}/zlozenie"), &[]).await.expect(303);
    app.new_mail();
    let officer = app.sign_in("urzednik@example.pl");
    officer.page(&format!("/urzad{hub}")).await.says("Koncert się odbył").says_not("Godziny grup").says_not("70,00 zł");
    let finance = app.staff("finanse@example.pl", &[konkurs::account::Role::Finance]).await;
    finance.page(&format!("/finanse/umowy/{id}")).await.says_not("Godziny i limit").says_not("za godzinę");
}
