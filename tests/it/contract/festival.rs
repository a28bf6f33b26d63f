//! A festival of a local programme after its offer: nobody asks for trainers, hours or a rate any more.

use calamine::{Reader as _, Xlsx};
use konkurs::award::{Award, AwardContent, AwardLine, AwardState, Outcome};
use konkurs::call::CallState;
use konkurs::config::Office;
use konkurs::contract::document::sections;
use konkurs::contract::{ContractContent, ContractState, Payment, PaymentKind, store};
use konkurs::document::Block;
use konkurs::law::Money;
use konkurs::offer::OfferState;
use konkurs::programme::Group;
use konkurs::store::{AwardId, ContractId, PaymentId};

use super::paper::texts;
use crate::offer::local::filed;
use crate::support::sample::{day, three_places};
use crate::support::{Client, TestApp, sample};

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
    officer
        .page(&format!("/urzad/programy/{}/efekty", call.programme))
        .await
        .says("Odbiorców w programie:")
        .says("Wydano na zadanie")
        .says_not("zajęcia")
        .says_not("społecznie użyteczn");

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
        "ze środków programu „Powiat kultury” w wysokości 20 000,00 zł",
        "oraz w miejscu realizacji zadania Zleceniobiorca umieszcza",
        "„zadanie finansowane ze środków programu „Powiat kultury””",
        "bilet na koncert; najwyższa opłata od jednego odbiorcy wynosi 20,00 zł",
        "Zleceniobiorca wykonuje zadanie i przekazuje informacje w sposób dostępny",
        "Terminy i odbiorcy",
        "Nie dotyczy: ogłoszenie konkursu nie prosi o dodatkowe informacje o rezultatach",
    ] {
        assert!(said.contains(words) || said.replace(['\u{a0}', '\u{202f}'], " ").contains(words), "{words} in {said}");
    }
    for never in [
        "trener",
        "program zajęć",
        "programem zajęć",
        "Efekty indywidualne",
        "zajęć",
        "zajęcia",
        "uczestnik",
        "Funduszu Pracy",
        "bezrobotn",
        "Grupy",
    ] {
        assert!(!said.contains(never), "{never}");
    }
    assert_eq!((contract.content.persons(), contract.content.grant), (500, Money::zl(20_000)));
    assert_eq!(places(&contract.content, app.state.config.office.clone()), "Choceń, Lubraniec");

    let mut signed = contract.clone();
    (signed.state, signed.signed_on) = (ContractState::Signed, Some(day("2026-12-22")));
    app.state.store.write(|tx| store::save(tx, &signed)).unwrap();
    sample::set_offer(&app, &id, OfferState::Contracted);
    reported(&app, &contract_id).await;
}

/// The gminas of the only edition in annex 1, when its recipients come from Choceń, Lubraniec and Choceń again.
fn places(content: &ContractContent, office: Office) -> String {
    let mut content = content.clone();
    let group = |gmina: &str| Group { code: gmina.into(), edition: 1, gmina: gmina.into(), persons: 10 };
    content.groups = vec![group("Choceń"), group("Lubraniec"), group("Choceń")];
    let all = sections(&content, &office);
    let blocks = all.iter().flat_map(|s| &s.blocks);
    let mut tables = blocks.filter_map(|b| if let Block::Table(table) = b { Some(table) } else { None });
    let table = tables.find(|t| t.caption.as_deref() == Some("Terminy i odbiorcy")).unwrap();
    table.rows[0].cells[1].clone()
}

async fn reported(app: &TestApp, id: &ContractId) {
    app.at("2027-09-06 09:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let list = format!("/umowy/{id}/sprawozdania");
    let hub = ngo.post(&list, &[("no", "2")]).await.expect(303).location.clone();
    ngo.page(&hub)
        .await
        .says("Opis i oświadczenia")
        .says("II.3 Świadczenia pieniężne od odbiorców zadania: umowa przewiduje 2 000,00 zł; jeszcze nie podano, ile pobrano.")
        .says("Nie podano, ile pobrano od odbiorców.")
        .says_not("Ewidencja godzin")
        .says_not("Wpisz godziny z pliku")
        .says_not("Limit za przeprowadzone godziny")
        .says_not("Godziny grup");
    ngo.page(&list)
        .await
        .says("sprawozdanie końcowe 01.06.2027–31.08.2027 czwartek, 30.09.2027")
        .says_not("końcowe nr")
        .says_not("częściowe")
        .says_not("transzy")
        .says_not("godziny");
    ngo.get(&format!("{hub}/godziny")).await.expect(403).says("jego sprawozdanie nie ma ewidencji godzin");
    charged(&ngo, &hub).await;
    let version = ngo.page(&format!("{hub}/opis")).await.value_of("version").unwrap();
    let answers = [
        ("version", version.as_str()),
        ("summary", "Koncert się odbył; bilet kosztował 20 zł."),
        ("activities.0.description", "Zgodnie z umową."),
        ("declared", "true"),
    ];
    ngo.post(&format!("{hub}/opis"), &answers).await.expect(303);
    ngo.post(&format!("{hub}/zlozenie"), &[])
        .await
        .expect(422)
        .says("R-REP-18")
        .says("Jeden odbiorca zapłacił 25,00 zł.");
    costs(&ngo, &hub, &[("fees_why_more", "Dopłata 5 zł za miejsce przy scenie."), ("fees_spent", "2 000")]).await;
    let ready = ngo.page(&format!("{hub}/zlozenie")).await;
    ready
        .says("Złóż sprawozdanie")
        .says("Świadczenia od odbiorców (II.3)")
        .says_not("ewidencji godzin")
        .says_not("Limit");
    ngo.post(&format!("{hub}/zlozenie"), &[]).await.expect(303);
    app.new_mail();
    settled(app, id, &hub).await;
}

const SAID: &str = "umowa przewiduje 2 000,00 zł, pobrano 2 100,00 zł; najwyższa opłata poniesiona przez jednego odbiorcę: \
                    25,00 zł; na zadanie wydano 2 000,00 zł; warunki: bilety w kasie; wyjaśnienie wyższej opłaty: Dopłata \
                    5 zł za miejsce przy scenie";

/// Saves the costs with what recipients paid, changed as told.
async fn costs(ngo: &Client, hub: &str, changes: &[(&str, &str)]) {
    let version = ngo.page(&format!("{hub}/koszty")).await.value_of("version").unwrap();
    let mut all = vec![
        ("version", version.as_str()),
        ("costs.0.item", "I.1.1"),
        ("costs.0.actual", "25 000"),
        ("costs.0.from_grant", "20 000"),
        ("own_financial", "3 000"),
        ("fees_total", "2 100"),
        ("fees_highest", "25"),
        ("fees_conditions", "bilety w kasie"),
    ];
    all.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    all.extend(changes);
    ngo.post(&format!("{hub}/koszty"), &all).await.expect(303);
}

/// What recipients paid is a part of the report with its own rule.
async fn charged(ngo: &Client, hub: &str) {
    ngo.page(&format!("{hub}/koszty"))
        .await
        .says("Oferta: bilet na koncert; najwyższa opłata od jednego odbiorcy: 20,00 zł. Umowa przewiduje razem 2 000,00 zł.")
        .says("2.2 Świadczenia pieniężne od odbiorców wydane na zadanie")
        .says("Najwyższa opłata poniesiona przez jednego odbiorcę");
    costs(ngo, hub, &[("fees_conditions", ""), ("fees_highest", "0"), ("fees_spent", "2 200")]).await;
    ngo.page(hub)
        .await
        .says("Nie podano, na jakich warunkach pobierano opłaty.")
        .says("Nie podano najwyższej opłaty jednego odbiorcy.")
        .says("Z opłat odbiorców wydano 2 200,00 zł, a pobrano 2 100,00 zł.")
        .says("Wydatki: 25 000,00 zł, źródła: 25 200,00 zł.");
    costs(ngo, hub, &[("fees_spent", "2 000")]).await;
    ngo.page(hub)
        .await
        .says("2 Inne środki finansowe 5 000,00 zł")
        .says("2.2 w tym świadczenia pieniężne od odbiorców 2 000,00 zł")
        .says("Jeden odbiorca zapłacił 25,00 zł.")
        .says("Oferta (część VI.1) zapowiada najwyżej 20,00 zł od jednego odbiorcy.")
        .says("Popraw kwotę albo wyjaśnij, dlaczego opłata była wyższa.")
        .says("Od odbiorców pobrano 2 100,00 zł, a na zadanie wydano z tego 2 000,00 zł.")
        .says(
            "Jeśli na zadanie wydano więcej, popraw wiersz 2.2. Reszta wraca do urzędu jak dotacja pobrana w nadmiernej \
             wysokości; dopóki nie wpłynie, rozliczenia nie można zamknąć.",
        );
}

/// The office and the finance department see the same payments, and nothing of hours.
async fn settled(app: &TestApp, id: &ContractId, hub: &str) {
    let officer = app.sign_in("urzednik@example.pl");
    officer
        .page(&format!("/urzad{hub}"))
        .await
        .says("Koncert się odbył")
        .says(SAID)
        .says("Jeden odbiorca zapłacił 25,00 zł. Wyjaśnienie: Dopłata 5 zł za miejsce przy scenie.")
        .says_not("Godziny grup")
        .says_not("Limit za")
        .says_not("70,00 zł");
    officer
        .page(&format!("/urzad{hub}/przyjecie"))
        .await
        .says(SAID)
        .says_not("Godziny przeprowadzone")
        .says_not("Limit za te godziny");
    let finance = app.staff("finanse@example.pl", &[konkurs::account::Role::Finance]).await;
    finance
        .page(&format!("/finanse/umowy/{id}"))
        .await
        .says("Opłaty od odbiorców pobrano 2 100,00 zł, na zadanie wydano 2 000,00 zł; umowa przewiduje 2 000,00 zł")
        .says("Opłaty niewydane na zadanie 100,00 zł")
        .says(
            "pobrana w nadmiernej wysokości: opłaty od odbiorców niewydane na zadanie § 2 i § 10 umowy; odpowiednio art. 252 \
             ust. 1 pkt 2 ufp 100,00 zł",
        )
        .says("Do zwrotu = niewykorzystane + nieuznane + opłaty od odbiorców niewydane na zadanie, najwyżej tyle, ile zostało z dotacji.")
        .says_not("Godziny i limit")
        .says_not("Ponad limit")
        .says_not("godzin");
    let book = finance.page(&format!("/finanse/umowy/{id}/rozliczenie.xlsx")).await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(&book.body[..])).unwrap();
    assert_eq!(
        book.sheet_names(),
        ["Umowa", "Koszty", "Dokumenty", "Transze", "Rozliczenie", "Zwroty", "Opłaty od odbiorców", "Efekty"]
    );
    let fees = book.worksheet_range("Opłaty od odbiorców").unwrap();
    let row: Vec<String> = fees.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        row[2..],
        ["bilet na koncert", "20", "25", "2100", "2000", "bilety w kasie", "Dopłata 5 zł za miejsce przy scenie."]
    );
    let settled = book.worksheet_range("Rozliczenie").unwrap();
    let value = |heading: &str| {
        let column = settled.rows().next().unwrap().iter().position(|c| *c == heading).unwrap();
        settled.rows().nth(1).unwrap()[column].to_string()
    };
    assert_eq!((value("Opłaty niewydane na zadanie"), value("Do zwrotu")), ("100".into(), "100".into()));
    let returned = book.worksheet_range("Zwroty").unwrap();
    let line = returned.rows().nth(1).unwrap()[1].to_string();
    assert_eq!(line, "pobrana w nadmiernej wysokości: opłaty od odbiorców niewydane na zadanie");
    for (name, range) in book.worksheets() {
        let heads: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
        let head = heads.join(" | ").to_lowercase();
        assert!(
            ["godzin", "grup", "trener", "obecność", "uczestnik"].iter().all(|w| !head.contains(w)),
            "{name}: {head}"
        );
    }
    closed(app, (id, hub), &officer, &finance).await;
}

/// The settlement waits for what was taken from recipients and not spent.
async fn closed(app: &TestApp, (id, hub): (&ContractId, &str), officer: &Client, finance: &Client) {
    let accept = format!("/urzad{hub}/przyjecie");
    let version = officer.page(&accept).await.value_of("version").unwrap();
    officer.post(&accept, &[("version", version.as_str()), ("note", "Przyjęto.")]).await.expect(303);
    app.new_mail();
    let close = format!("/finanse/umowy/{id}/rozliczenie");
    finance.post(&close, &[]).await.expect(422).says("Do zwrotu jest 100,00 zł, zwrócono 0,00 zł.");
    let back = Payment {
        id: PaymentId::new(),
        kind: PaymentKind::Return,
        amount: Money::zl(100),
        paid_on: day("2027-09-08"),
        reference: "WB 12".into(),
        recorded_by: "test".into(),
    };
    app.state.store.write(|tx| store::insert_payment(tx, id, &back, app.state.clock.now())).unwrap();
    finance.post(&close, &[]).await.expect(303);
    finance.page(&format!("/finanse/umowy/{id}")).await.says("Rozliczenie zamknięto");
}
