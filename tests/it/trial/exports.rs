//! Whatever is taken out of a rehearsal says that it is one: in the file and in its name. What is public knows nothing
//! of it. Every address that gives a file stands here.

use konkurs::account::Role;
use konkurs::app;
use konkurs::call::Part;
use konkurs::document::{GridLimits, read_grid};
use konkurs::store::ContractId;

use super::story::{judged, opened, published};
use super::{begin, filed, fill};
use crate::call::{amending, office, prepare};
use crate::offer::exports::words;
use crate::support::paper::bare;
use crate::support::{Answer, Client, TestApp, sample};

/// What every document of a rehearsal says.
const BAND: &str = "PRÓBA – KONKURS PRÓBNY, BEZ SKUTKÓW PRAWNYCH";

/// Addresses of documents of one contest, in the order in which the tests below ask for them.
const MARKED: &[&str] = &[
    "/urzad/konkursy/{call}/ogloszenie.pdf",
    "/urzad/konkursy/{call}/ogloszenie.docx",
    "/urzad/konkursy/{call}/ogloszenie.txt",
    "/urzad/konkursy/{call}/zmiana/ogloszenie.pdf",
    "/urzad/konkursy/{call}/zmiana/ogloszenie.docx",
    "/urzad/konkursy/{call}/zmiana/ogloszenie.txt",
    "/oferty/{offer}/arkusze/{part}/wzor.xlsx",
    "/oferty/{offer}/arkusze/{part}/dane.xlsx",
    "/oferty/{offer}/oferta.pdf",
    "/oferty/{offer}/oferta.docx",
    "/oferty/{offer}/oferta.xlsx",
    "/oferty/{offer}/oferta.json",
    "/oferty/{offer}/potwierdzenie.pdf",
    "/oferty/{offer}/potwierdzenie.json",
    "/umowy/{contract}/umowa.pdf",
    "/sprawozdania/{report}/godziny/szablon.xlsx",
    "/finanse/umowy/{contract}/rozliczenie.xlsx",
    "/finanse/konkursy/{call}/rozliczenie.xlsx",
];

/// What is public, or somebody's own: nothing of a rehearsal is in it.
const SILENT: &[&str] = &[
    "/konkursy.json",
    "/konkursy.atom",
    "/konkursy/{call}/kalendarz.ics",
    "/konkursy/{call}/ogloszenie.pdf",
    "/konkursy/{call}/ogloszenie.docx",
    "/konkursy/{call}/ogloszenie.txt",
    "/kalendarz/{feed}.ics",
    "/oferta/wzor.pdf",
];

#[test]
fn every_address_of_a_file_is_thought_of() {
    let ends = [".pdf", ".docx", ".xlsx", ".json", ".txt", ".ics", ".atom", ".csv", ".zip", ".xml", ".html"];
    let mut there: Vec<&str> = app::entries()
        .into_iter()
        .filter(|e| e.method == "GET" && ends.iter().any(|end| e.path.ends_with(end)))
        .map(|e| e.path)
        .collect();
    let mut here: Vec<&str> = MARKED.iter().chain(SILENT).copied().collect();
    there.sort_unstable();
    here.sort_unstable();
    assert_eq!(there, here);
}

/// The whole page of a PDF, heads and footers too.
fn printed(bytes: &[u8]) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    assert!(bytes.starts_with(b"%PDF-"), "not a PDF");
    let mut child = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext of poppler-utils");
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// Takes one file out and looks for the mark in it and in its name.
async fn marked(who: &Client, path: &str) -> Answer {
    let answer = who.page(path).await;
    let ending = path.rsplit('.').next().unwrap();
    match ending {
        "pdf" => {
            let text = printed(&answer.body);
            let pages = text.split('\u{c}').filter(|page| !page.trim().is_empty());
            pages.for_each(|page| assert!(bare(page).contains(&bare(BAND)), "{path}: {page}"));
        }
        "docx" => assert!(words(&answer.body).contains(BAND), "{path}"),
        "txt" => assert!(String::from_utf8(answer.body.clone()).unwrap().contains(BAND), "{path}"),
        "xlsx" => {
            let sheets = read_grid(&answer.body, &GridLimits::default()).unwrap();
            for sheet in sheets {
                let first = sheet.rows[0].cells[0].value.shown();
                assert_eq!((sheet.rows[0].index, first.as_str()), (1, BAND), "{path}: {}", sheet.name);
            }
        }
        // Data stays as it was hashed; its numbers say it.
        "json" => assert!(["PRÓBA/", "PR\\u00d3BA/"].iter().any(|n| answer.html().contains(n)), "{path}"),
        other => panic!("{other}"),
    }
    if ending != "txt" {
        let name = &answer.headers["content-disposition"];
        assert!(name.contains("filename*=UTF-8''") && name.contains("PR%C3%93BA"), "{path}: {name}");
    }
    answer
}

#[actix_web::test]
async fn the_papers_of_an_announcement_and_of_its_change_are_marked() {
    let app = TestApp::new().await;
    let people = office(&app).await;
    let call = prepare::rehearsal(&app, &people).await;
    let people = amending::again(&app, "2026-12-01 12:00");
    amending::begun(&app, &people, &call);
    amending::wrote(&app, &people, &call, Part::Elements, amending::until("2026-12-28"));
    amending::proposed(&app, &people, &call, "Dłuższy termin.");
    for path in &MARKED[..6] {
        marked(&people.officer, &path.replace("{call}", call.id.as_str())).await;
    }
    for path in &SILENT[2..6] {
        people.officer.get(&path.replace("{call}", call.id.as_str())).await.expect(404);
    }
    app.new_mail();
}

#[actix_web::test]
async fn the_files_of_an_offer_are_marked_as_a_draft_and_when_submitted() {
    let app = TestApp::new().await;
    let call = sample::trial_call(&app);
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let draft = begin(&officer, &call).await;
    fill(&app, &officer, &draft, sample::offer_content(&call));
    for path in &MARKED[6..12] {
        let path = path.replace("{offer}", draft.as_str());
        for part in if path.contains("{part}") { &["koszty", "rezultaty", "program"][..] } else { &[""] } {
            marked(&officer, &path.replace("{part}", part)).await;
        }
    }
    // What was taken out as a workbook still goes back in.
    let costs = officer.page(&format!("/oferty/{draft}/arkusze/koszty/dane.xlsx")).await;
    let read = konkurs::offer::sheet::read(
        konkurs::offer::sheet::Part::Costs,
        &costs.body,
        &sample::offer_content(&call),
        &call.content,
    );
    assert_eq!(read.unwrap().costs.len(), sample::offer_content(&call).costs.len());
    let offer = filed(&app, &call, &officer);
    for path in &MARKED[8..14] {
        marked(&officer, &path.replace("{offer}", offer.id.as_str())).await;
    }
    let (person, now) = (app.actor(&officer), app.state.clock.now());
    let feed = app.state.store.write(|tx| konkurs::offer::make_calendar_link(tx, &person, now)).unwrap();
    for path in
        [SILENT[0], SILENT[1], SILENT[7]].map(str::to_owned).into_iter().chain([format!("/kalendarz/{feed}.ics")])
    {
        let answer = app.stranger().page(&path).await;
        let name = answer.headers.get("content-disposition").cloned().unwrap_or_default();
        assert!(!answer.html().contains("PRÓBA") && !name.contains("PR%C3%93BA"), "{path}");
    }
    app.new_mail();
}

#[actix_web::test]
async fn contract_report_and_settlement_are_marked() {
    let s = opened().await;
    judged(&s).await;
    published(&s).await;
    let drawn = s.officer.post(&s.office_url("umowy"), &[("offer", s.offers[0].id.as_str())]).await;
    let id = ContractId::parse(drawn.expect(303).location.rsplit('/').next().unwrap()).unwrap();
    let find = || s.app.state.store.read(|r| konkurs::contract::store::find(r, &id)).unwrap();
    let pdf = MARKED[14].replace("{contract}", id.as_str());
    marked(&s.officer, &pdf).await;
    let (by, contract) = (s.app.actor(&s.officer), find());
    s.write(|tx, now| {
        let content =
            konkurs::contract::ContractContent { office_signatory: "Dyrektor".into(), ..contract.content.clone() };
        konkurs::contract::save(tx, &by, &id, contract.version, content, now)
    })
    .unwrap();
    let version = find().version.to_string();
    s.officer.post(&format!("/urzad/umowy/{id}/generowanie"), &[("version", &version)]).await.expect(303);
    assert!(find().document.is_some());
    marked(&s.officer, &pdf).await;
    let seen = find().version;
    s.write(|tx, now| konkurs::contract::sign(tx, &by, &id, seen, sample::day("2026-11-23"), now)).unwrap();
    let report = s.write(|tx, now| konkurs::report::start(tx, &by, &id, 1, now)).unwrap();
    marked(&s.officer, &MARKED[15].replace("{report}", report.as_str())).await;
    let finance = s.app.staff("finanse@example.pl", &[Role::Finance]).await;
    marked(&finance, &MARKED[16].replace("{contract}", id.as_str())).await;
    marked(&finance, &MARKED[17].replace("{call}", s.call.id.as_str())).await;
    s.app.new_mail();
}

#[actix_web::test]
async fn a_real_contest_carries_no_mark() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = crate::offer::draft(&app, &call, &ngo);
    for ending in ["docx", "xlsx", "json"] {
        let answer = ngo.page(&format!("/oferty/{}/oferta.{ending}", offer.id)).await;
        let name = &answer.headers["content-disposition"];
        assert!(!name.contains("PR%C3%93BA"), "{name}");
    }
    let book = ngo.page(&format!("/oferty/{}/arkusze/koszty/dane.xlsx", offer.id)).await;
    let sheets = read_grid(&book.body, &GridLimits::default()).unwrap();
    assert_eq!(sheets[0].rows[0].cells[0].value.shown(), "Działanie");
    let words = words(&ngo.page(&format!("/oferty/{}/oferta.docx", offer.id)).await.body);
    assert!(words.contains("WERSJA ROBOCZA – NIEZŁOŻONA") && !words.contains("PRÓBA"), "{words}");
}
