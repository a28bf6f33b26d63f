//! The organisation takes its offer out: to edit, as tables, as data.

use konkurs::document::{FORM, GridLimits, read_grid};

use super::classes::full_edition;
use super::{declarations, draft, draft_of, form, post};
use crate::support::paper::{pdf_text, says_in_order};
use crate::support::{Client, TestApp, sample};

async fn ready(app: &TestApp) -> (Client, String) {
    let call = sample::pai_call(app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(app, &call, &ngo);
    (ngo, format!("/oferty/{}", offer.id))
}

/// The text of one part of a parcel.
fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read as _;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The words of a document, in their order.
pub fn words(docx: &[u8]) -> String {
    crate::support::text_of(&part(docx, "word/document.xml"))
}

#[actix_web::test]
async fn a_draft_and_a_submitted_offer_come_out_as_documents() {
    let app = TestApp::new().await;
    let (ngo, path) = ready(&app).await;
    let draft = ngo.page(&format!("{path}/oferta.docx")).await;
    assert!(draft.headers["content-disposition"].contains("oferta_wersja_robocza_23.11.2026.docx"));
    assert!(part(&draft.body, "word/document.xml").contains("WERSJA ROBOCZA – NIEZŁOŻONA"));
    let id = path.trim_start_matches("/oferty/").to_owned();
    let id = konkurs::store::OfferId::parse(&id).unwrap();
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &id), &[]).await.expect(303);
    app.new_mail();
    let first = ngo.page(&format!("{path}/oferta.docx")).await;
    let text = part(&first.body, "word/document.xml");
    for said in [
        "Oferta realizacji zadania publicznego LOK/1/2026/O-1",
        "I. Podstawowe informacje o złożonej ofercie",
        "Stowarzyszenie Promyk",
        "V.A. Zestawienie kosztów realizacji zadania",
        "74 250,00",
        "oferent składający niniejszą ofertę nie zalega z opłacaniem należności z tytułu zobowiązań podatkowych",
        "Oświadczenia złożył(a): Anna Prezes, prezes zarządu",
    ] {
        let plain = text.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(plain.contains(said), "{said}");
    }
    assert!(!text.contains("WERSJA ROBOCZA"));
    app.at("2026-11-24 12:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    assert!(first.body == ngo.page(&format!("{path}/oferta.docx")).await.body, "the same bytes every time");
    let version = ngo.page(&format!("{path}/inne")).await.value_of("version").unwrap();
    let fields = form(&[("version", &version), ("unpaid", "true"), ("other", "nowa sala")]);
    post(&ngo, &format!("{path}/inne"), fields, &[]).await.expect(303);
    let in_force = part(&ngo.page(&format!("{path}/oferta.docx")).await.body, "word/document.xml");
    assert!(!in_force.contains("nowa sala"), "what is in force comes out unless the changes are asked for");
    let pending = ngo.page(&format!("{path}/oferta.docx?wersja=robocza")).await;
    let pending = part(&pending.body, "word/document.xml");
    assert!(pending.contains("nowa sala") && pending.contains("WERSJA ROBOCZA"));
}

#[actix_web::test]
async fn the_workbook_has_every_table_with_typed_cells() {
    let app = TestApp::new().await;
    let (ngo, path) = ready(&app).await;
    let book = ngo.page(&format!("{path}/oferta.xlsx")).await;
    let sheets = read_grid(&book.body, &GridLimits::default()).unwrap();
    let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(
        names,
        ["Oferta", "Działania", "Rezultaty", "Trenerzy", "Grupy i godziny", "Mierniki", "Koszty", "Źródła"]
    );
    let rows = |name: &str| sheets.iter().find(|s| s.name == name).unwrap().rows.len();
    assert_eq!((rows("Grupy i godziny"), rows("Koszty"), rows("Źródła")), (17, 5, 7));
    let text = part(&book.body, "xl/worksheets/sheet7.xml");
    assert!(text.contains("<v>74250</v>"), "money is a number: {text}");
}

#[actix_web::test]
async fn nobody_else_takes_it_out() {
    let app = TestApp::new().await;
    let (_, path) = ready(&app).await;
    let other = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    for ending in ["docx", "xlsx", "json"] {
        other.get(&format!("{path}/oferta.{ending}")).await.expect(404);
        app.stranger().get(&format!("{path}/oferta.{ending}")).await.expect(303);
    }
}

#[actix_web::test]
async fn the_class_programme_and_the_names_of_the_files_come_out_everywhere() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.programme = full_edition("E1-G1", "09:00:00", "14:00:00");
    let offer = draft_of(&app, &call, &ngo, content);
    let path = format!("/oferty/{}", offer.id);
    let file = b"%PDF-1.7 statut stowarzyszenia";
    ngo.upload(&format!("{path}/zalaczniki/inne"), &[], "file", "Statut.pdf", file).await.expect(303);
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &offer.id), &[]).await.expect(303);
    app.new_mail();

    let annex = [
        "2. Program zajęć",
        "praca nad motywacją",
        "90 h",
        "E1-G1",
        "11.01.2027",
        "09:00–14:00",
        "praca nad motywacją",
        "Ewa Trener",
        "grupowe",
        "3. Mierniki efektów u pojedynczej osoby",
        "gotowość do podjęcia pracy",
        "kwestionariusz samooceny i opinia prowadzącego",
        "na początku i na końcu edycji",
    ];
    says_in_order(
        &words(&ngo.page(&format!("{path}/oferta.docx")).await.body),
        &[&annex[..], &["Załączniki", "Statut.pdf"]].concat(),
    );
    let print = pdf_text(&ngo.page(&format!("{path}/oferta.pdf")).await.body);
    says_in_order(&print, &["VII. Oświadczenia", "Załączniki", "Statut.pdf", "2. Program zajęć", "3. Mierniki"]);

    let book = ngo.page(&format!("{path}/oferta.xlsx")).await;
    let sheets = read_grid(&book.body, &GridLimits::default()).unwrap();
    let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
    let added = ["Program zajęć", "Godziny według tematów", "Mierniki", "Koszty", "Źródła", "Załączniki"];
    assert_eq!(names[5..], added);
    let rows = |name: &str| sheets.iter().find(|s| s.name == name).unwrap().rows.len();
    assert_eq!((rows("Program zajęć"), rows("Mierniki"), rows("Załączniki")), (19, 2, 2));
}

#[actix_web::test]
async fn all_four_files_are_at_hand_for_a_draft_and_for_changes_that_wait() {
    let app = TestApp::new().await;
    let (ngo, path) = ready(&app).await;
    let linked = |page: &crate::support::Answer, query: &str| {
        for ending in ["pdf", "docx", "xlsx", "json"] {
            let link = format!("href=\"{path}/oferta.{ending}{query}\"");
            assert!(page.html().contains(&link), "{link}");
        }
    };
    linked(&ngo.page(&path).await, "");
    linked(&ngo.page(&format!("{path}/podglad")).await, "");
    let id = konkurs::store::OfferId::parse(path.trim_start_matches("/oferty/")).unwrap();
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &id), &[]).await.expect(303);
    app.new_mail();
    linked(&ngo.page(&path).await, "");
    let version = ngo.page(&format!("{path}/inne")).await.value_of("version").unwrap();
    let fields = form(&[("version", &version), ("unpaid", "true"), ("other", "nowa sala")]);
    post(&ngo, &format!("{path}/inne"), fields, &[]).await.expect(303);
    linked(&ngo.page(&path).await, "?wersja=robocza");
    linked(&ngo.page(&format!("{path}/podglad?wersja=robocza")).await, "?wersja=robocza");
    linked(&ngo.page(&format!("{path}/podglad")).await, "");
}

#[actix_web::test]
async fn every_file_and_page_calls_the_fields_what_the_form_calls_them() {
    let app = TestApp::new().await;
    let (ngo, path) = ready(&app).await;
    let labels = [
        "Oferta realizacji zadania publicznego, o której mowa w art. 14 ust. 1 ustawy z dnia 24 kwietnia 2003 r. o działalności pożytku publicznego i o wolontariacie",
        FORM.offeror,
        FORM.contact,
        FORM.problem,
        FORM.plan_hint,
        FORM.plan_columns[5],
        FORM.effect_direct,
        FORM.effect_durable,
        FORM.indicators,
        FORM.indicator_columns[2],
        FORM.experience,
        FORM.resources,
        FORM.costs_hint,
        FORM.cost_columns[3],
        FORM.sum_actions,
        FORM.sum_admin,
        FORM.own_in_kind,
        FORM.split,
        FORM.payment,
        FORM.representation,
        FORM.other,
        FORM.declare,
        FORM.standing,
    ];
    let id = konkurs::store::OfferId::parse(path.trim_start_matches("/oferty/")).unwrap();
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &id), &[]).await.expect(303);
    app.new_mail();
    says_in_order(&words(&ngo.page(&format!("{path}/oferta.docx")).await.body), &labels);
    says_in_order(&pdf_text(&ngo.page(&format!("{path}/oferta.pdf")).await.body), &labels);
    says_in_order(&ngo.page(&format!("{path}/podglad")).await.text(), &labels);
    // Where they are filled in, too.
    ngo.page(&format!("{path}/rezultaty")).await.says(FORM.effect_direct).says(FORM.effect_durable);
    ngo.page(&format!("{path}/harmonogram")).await.says(FORM.plan_hint).says(FORM.plan_columns[5]);
    ngo.page(&format!("{path}/kosztorys")).await.says(FORM.costs_hint);
    ngo.page(&format!("{path}/zasoby")).await.says(FORM.experience).says(FORM.resources);
}
