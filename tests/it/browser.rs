//! A newcomer takes the open contest of the demonstration from the waiting draft to
//! the closed settlement, in Chromium; axe-core finds nothing on any page on the way.

use konkurs::document::{Cell, Column, Kind, Workbook};
use konkurs::report::HoursLine;
use konkurs::store::{ContractId, Store};
use konkurs::{audit, contract, demo};

use crate::support::browser::{Driver, Person, Program};

/// The contest on the terms of PAI; its number carries the year in which the test runs.
const CONTEST: &str = "LOK/1/";

/// Everyone of the demonstration, each at a browser of their own.
struct Office {
    officer: Person,
    organ: Person,
    finance: Person,
    members: Vec<Person>,
    ngo: Person,
    store: Store,
}

impl Office {
    async fn gather(driver: &Driver, program: &Program) -> Office {
        let mut people = Vec::new();
        for email in [
            "urzednik@pup.example",
            "organ@pup.example",
            "finanse@pup.example",
            "komisja1@pup.example",
            "komisja2@ngo.example",
            "promyk@ngo.example",
        ] {
            let person = Person::new(driver, program, email).await;
            person.sign_in(email).await;
            people.push(person);
        }
        let ngo = people.pop().unwrap();
        let members = people.split_off(3);
        let finance = people.pop().unwrap();
        let organ = people.pop().unwrap();
        let store = Store::open(&program.scratch.address(), 1, audit::seal).unwrap();
        Office { officer: people.pop().unwrap(), organ, finance, members, ngo, store }
    }
}

#[actix_web::test]
async fn a_newcomer_takes_the_open_contest_from_the_draft_to_the_settlement() {
    let program = Program::start("demo");
    let driver = Driver::start();
    let all = Office::gather(&driver, &program).await;

    let call = submit_the_draft(&all.ngo).await;
    open_and_check_formally(&all.officer, &call).await;
    for member in &all.members {
        declare(member, &call).await;
    }
    for member in std::iter::once(&all.officer).chain(&all.members) {
        score(member, &call).await;
    }
    decide_and_publish(&all.organ, &call).await;
    let contract = conclude(&all, &call).await;
    for no in 1..=3 {
        pay(&all.finance, &contract, no).await;
        report(&all, &contract, Some(no)).await;
    }
    report(&all, &contract, None).await;
    settle(&all.finance, &contract).await;
    all.officer.open(&format!("/konkursy/{call}/wyniki")).await;
    all.officer.says("Fundacja Promyk").await;
}

async fn submit_the_draft(ngo: &Person) -> String {
    ngo.open("/konkursy").await;
    ngo.press(CONTEST).await;
    let call = ngo.id_in_path().await;
    ngo.open("/oferty").await;
    ngo.press("Warsztaty integracji społecznej").await;
    ngo.says("WERSJA ROBOCZA – NIEZŁOŻONA").await;
    let hub = ngo.path().await;
    for section in ["zadanie", "harmonogram", "rezultaty", "zasoby", "kosztorys", "inne", "podglad"] {
        ngo.open(&format!("{hub}/{section}")).await;
    }
    ngo.open(&hub).await;
    ngo.press("Sprawdź i złóż ofertę").await;
    ngo.press("Złóż ofertę").await;
    ngo.says("Popraw błędy").await;
    for name in ["public_benefit_only", "paid_activity_only", "data_agree", "all_true", "data_protection"] {
        ngo.fill(name, "true").await;
    }
    ngo.fill("tax_arrears", "no").await;
    ngo.fill("social_arrears", "no").await;
    ngo.fill("signed_by", "Paweł Promyk, prezes zarządu").await;
    ngo.press("Złóż ofertę").await;
    assert_eq!(ngo.path().await, format!("{hub}/potwierdzenie"));
    ngo.says("/O-2").await;
    call
}

async fn open_and_check_formally(officer: &Person, call: &str) {
    officer.open(&format!("/urzad/konkursy/{call}")).await;
    officer.press("Zakończ nabór teraz (tylko pokaz)").await;
    officer.press("Otwórz oferty").await;
    officer.press("Otwórz oferty").await;
    declare(officer, call).await; // the officer chairs the committee
    officer.open(&format!("/urzad/konkursy/{call}/oferty")).await;
    officer.open(&format!("/urzad/konkursy/{call}/oceny-formalne")).await;
    let checks = officer.links("/urzad/oferty/", "/ocena-formalna").await;
    assert_eq!(checks.len(), 2);
    for check in checks {
        officer.open(check.trim_end_matches("/ocena-formalna")).await;
        officer.open(&check).await;
        officer.choose_like("^answer", "yes").await;
        officer.fill("outcome", "meets").await;
        officer.press("Zapisz ocenę formalną").await;
        officer.says_not("Popraw błędy").await;
    }
}

async fn declare(member: &Person, call: &str) {
    member.open(&format!("/komisja/{call}")).await;
    member.press("Przejdź do oświadczenia").await;
    member.fill("declared", "impartial").await;
    member.press("Złóż oświadczenie").await;
}

async fn score(member: &Person, call: &str) {
    member.open(&format!("/komisja/{call}")).await;
    let cards = member.links("/komisja/oferty/", "").await;
    assert_eq!(cards.len(), 2);
    for card in cards {
        member.open(&card).await;
        let best = member.text().await.contains("Fundacja Promyk");
        member.fill_share("^points", if best { 9 } else { 7 }).await;
        member.fill_like("^why", "Oferta opisuje to jasno i zgodnie z warunkami konkursu.").await;
        member.press("Zapieczętuj kartę").await;
        member.press("Zapieczętuj kartę").await;
    }
}

async fn decide_and_publish(organ: &Person, call: &str) {
    organ.open(&format!("/urzad/konkursy/{call}/rozstrzygniecie")).await;
    organ.fill_like("reason$", "Oferta uzyskała mniej punktów, a środki wystarczają na jedną.").await;
    organ.fill("act", "zarządzenie nr 1").await;
    organ.press("Dalej: sprawdź rozstrzygnięcie").await;
    organ.press("Rozstrzygnij konkurs").await;
    organ.open(&format!("/urzad/konkursy/{call}/wyniki")).await;
    organ.fill_like("evidence$", "https://bip.pup.example/wyniki").await;
    organ.press("Ogłoś wyniki").await;
}

async fn conclude(all: &Office, call: &str) -> String {
    all.officer.open(&format!("/urzad/konkursy/{call}/umowy")).await;
    all.officer.press("Przygotuj umowę").await;
    let contract = all.officer.id_in_path().await;
    all.officer.open(&format!("/urzad/umowy/{contract}/edycja")).await;
    all.officer.open(&format!("/urzad/umowy/{contract}/generowanie")).await;
    all.officer.press("Wygeneruj dokument do podpisu").await;
    all.officer.says("85 050,00 zł").await;
    all.officer.says("osiemdziesiąt pięć tysięcy pięćdziesiąt złotych").await;
    all.organ.open(&format!("/urzad/umowy/{contract}/podpisanie")).await;
    all.organ.fill("represented", "true").await;
    all.organ.press("Zapisz podpisanie umowy").await;
    all.ngo.open(&format!("/umowy/{contract}")).await;
    contract
}

async fn pay(finance: &Person, contract: &str, no: u32) {
    finance.open(&format!("/finanse/umowy/{contract}/wyplaty")).await;
    finance.fill("paid_to", "61 1090 1014 0000 0712 1981 2874").await;
    finance.fill("reference", &format!("WB/{no}")).await;
    finance.fill("condition_met", "sprawdzono z aktami umowy").await;
    finance.press("Zapisz wypłatę").await;
}

/// A partial report with its ledger, or the final one.
async fn report(all: &Office, contract: &str, edition: Option<u32>) {
    let ngo = &all.ngo;
    ngo.open(&format!("/umowy/{contract}/sprawozdania")).await;
    ngo.press("Rozpocznij").await;
    let hub = ngo.path().await;
    ngo.open(&format!("{hub}/opis")).await;
    ngo.fill("summary", "Zajęcia odbyły się zgodnie z planem.").await;
    ngo.fill_like("achieved$", "zgodnie z planem").await;
    ngo.fill_like("description$", "Wszystkie zaplanowane zajęcia się odbyły.").await;
    ngo.fill("declared", "true").await;
    ngo.press("Zapisz opis").await;
    if let Some(no) = edition {
        import(all, &hub, contract, no).await;
        ngo.open(&format!("{hub}/koszty")).await;
        // 63,00 zł a group-hour: 50,00 + 9,00 + 4,00.
        let hours = [630, 270, 450][usize::try_from(no - 1).unwrap()];
        for (row, zl) in [50, 9, 4].into_iter().enumerate() {
            ngo.fill(&format!("costs.{row}.actual"), &format!("{}", hours * zl)).await;
            ngo.fill(&format!("costs.{row}.from_grant"), &format!("{}", hours * zl)).await;
        }
        ngo.press("Zapisz koszty").await;
    }
    ngo.open(&format!("{hub}/zlozenie")).await;
    ngo.press("Złóż sprawozdanie").await;
    let id = hub.trim_start_matches("/sprawozdania/").to_owned();
    all.officer.open(&format!("/urzad/sprawozdania/{id}")).await;
    all.officer.press("Przejdź do przyjęcia sprawozdania").await;
    all.officer.fill("note", "Sprawdzono z dziennikami zajęć.").await;
    all.officer.press("Przyjmij sprawozdanie").await;
    all.officer.says("przyjęte").await;
}

async fn import(all: &Office, hub: &str, contract: &str, edition: u32) {
    let ngo = &all.ngo;
    let id = ContractId::parse(contract).unwrap();
    let content = all.store.read(|r| contract::store::find(r, &id)).unwrap().content;
    let file = std::env::temp_dir().join(format!("konkurs-{contract}-{edition}.xlsx"));
    let lines = demo::ledger_of_edition(content.editions.iter().find(|e| e.no == edition).unwrap(), &content.groups);
    std::fs::write(&file, workbook(&lines)).unwrap();
    ngo.open(&format!("{hub}/godziny")).await;
    ngo.open(&format!("{hub}/godziny/import")).await;
    ngo.attach("file", &file).await;
    ngo.press("Sprawdź plik").await;
    ngo.press("Zapisz ewidencję z pliku").await;
    std::fs::remove_file(&file).unwrap();
    ngo.open(hub).await;
}

/// The workbook an organisation would fill in.
fn workbook(lines: &[HoursLine]) -> Vec<u8> {
    let columns = [
        Column::new("Data", Kind::Date, 12),
        Column::new("Grupa", Kind::Text, 10),
        Column::new("Prowadzący", Kind::Text, 24),
        Column::new("Od", Kind::Time, 8),
        Column::new("Do", Kind::Time, 8),
        Column::new("Temat", Kind::Text, 30),
        Column::new("Obecni", Kind::Integer, 8),
        Column::new("Nieobecni", Kind::Integer, 8),
    ];
    let rows = lines.iter().map(|l| {
        vec![
            Cell::Date(l.day),
            Cell::text(&l.group),
            Cell::text(&l.trainer),
            Cell::Time(l.from),
            Cell::Time(l.to),
            Cell::text(&l.topic),
            Cell::Int(i64::from(l.present)),
            Cell::Int(i64::from(l.absent)),
        ]
    });
    let mut book = Workbook::new("Godziny", "test", chrono::DateTime::UNIX_EPOCH, Default::default()).unwrap();
    book.table("Godziny", &columns, rows).unwrap();
    book.finish().unwrap()
}

async fn settle(finance: &Person, contract: &str) {
    finance.open("/finanse").await;
    finance.open(&format!("/finanse/umowy/{contract}")).await;
    finance.says("94 500,00 zł").await;
    finance.says("63,00 zł").await;
    finance.press("Zamknij rozliczenie").await;
    finance.says("0,00 zł").await;
}
