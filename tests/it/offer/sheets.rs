//! Workbooks of the offer: templates and exports that read back, a preview before anything changes, and a
//! sentence for each bad file.

use konkurs::call::Call;
use konkurs::document::{GridLimits, read_grid};
use konkurs::law::Money;
use konkurs::offer::sheet::{Part, blank, changes, export, read};
use konkurs::offer::{OfferContent, classes};
use rust_xlsxwriter::{Workbook, Worksheet};

use super::classes::full_edition;
use super::rules_on_page::typed;
use super::{draft_of, find, post};
use crate::support::{Client, TestApp, sample};

pub const COSTS: [&str; 6] =
    ["Działanie", "Rodzaj kosztu", "Rodzaj miary", "Koszt jednostkowy", "Liczba jednostek", "Praca trenera"];

pub struct Cast {
    pub app: TestApp,
    pub ngo: Client,
    pub call: Call,
    pub content: OfferContent,
}

pub async fn cast() -> Cast {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.programme = full_edition("E1-G1", "09:00:00", "14:00:00");
    classes::fit_hours(&mut content);
    Cast { app, ngo, call, content }
}

pub fn book(name: &str, headings: &[&str], rows: &[&[&str]], spoil: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name).unwrap();
    sheet.write_row(0, 0, headings.iter().copied()).unwrap();
    for (row, cells) in (1..).zip(rows) {
        sheet.write_row(row, 0, cells.iter().copied()).unwrap();
    }
    spoil(sheet);
    book.save_to_buffer().unwrap()
}

const GOOD_COST: &[&str] = &["I.1", "Sala", "grupa", "400,00", "15", "nie"];

pub fn costs(spoil: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    book("Koszty", &COSTS, &[GOOD_COST, GOOD_COST], spoil)
}

#[actix_web::test]
async fn what_is_exported_reads_back_and_the_template_is_empty() {
    let cast = cast().await;
    let (call, now) = (&cast.call.content, cast.app.state.clock.now());
    for part in Part::ALL {
        // What a rehearsal says above the headings is in nobody's way.
        let trial = konkurs::call::CallContent { test: true, ..call.clone() };
        let bytes = export(part, &cast.content, &trial, "Oferta", now).unwrap();
        assert_eq!(read(part, &bytes, &cast.content, call).unwrap(), cast.content, "{part:?}");
        let bytes = export(part, &cast.content, call, "Oferta", now).unwrap();
        let again = read(part, &bytes, &cast.content, call).unwrap();
        assert_eq!(again, cast.content, "{part:?}");
        assert_eq!(changes(part, &cast.content, &again).1, []);
        let sheets = read_grid(&blank(part, &cast.content, call, now).unwrap(), &GridLimits::default()).unwrap();
        let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, [part.sheet(), "Objaśnienia", "Przykład"]);
        assert_eq!(sheets[0].rows.len(), 1, "headings only");
    }
    let mut two_years = cast.content.clone();
    two_years.ends = Some(super::day("2028-02-11"));
    konkurs::offer::calculation::fit_years(&mut two_years, &[2027]);
    two_years.costs[0].years = vec![Money::zl(70_000), Money::zl(4_250)];
    let bytes = export(Part::Costs, &two_years, call, "Oferta", now).unwrap();
    assert_eq!(read(Part::Costs, &bytes, &two_years, call).unwrap(), two_years, "year columns go along");
    // Five years from the middle of one touch six.
    let mut six = cast.content.clone();
    (six.starts, six.ends) = (Some(super::day("2027-07-01")), Some(super::day("2032-06-30")));
    konkurs::offer::calculation::fit_years(&mut six, &[2027]);
    six.costs[0].years = [70_000, 1_000, 1_000, 1_000, 1_000, 250].map(Money::zl).to_vec();
    let bytes = export(Part::Costs, &six, call, "Oferta", now).unwrap();
    assert_eq!(read(Part::Costs, &bytes, &six, call).unwrap(), six);
}

#[actix_web::test]
async fn a_workbook_is_shown_before_it_changes_anything_and_saved_on_purpose() {
    let cast = cast().await;
    let offer = draft_of(&cast.app, &cast.call, &cast.ngo, cast.content.clone());
    let path = format!("/oferty/{}/arkusze/koszty", offer.id);
    cast.ngo.page(&path).await.says("Pobierz pusty wzór (XLSX)").says("Najpierw zobaczysz, co się zmieni");
    let bytes = book(
        "Koszty",
        &COSTS,
        &[
            &["I.1", "Wynagrodzenia trenerów", "godzina", "56,00", "1350", "tak"],
            &["administracyjne", "Koordynacja i księgowość", "miesiąc", "600", "8", "nie"],
            &["I.1", "Materiały", "zestaw", "10,50", "138", ""],
        ],
        |_| (),
    );
    let page = cast.ngo.upload(&path, &[], "file", "koszty.xlsx", &bytes).await;
    page.expect(200)
        .says("Nic jeszcze nie zostało zapisane. Wiersze dodane: 1, zmienione: 1, usunięte: 1.")
        .says("Suma wszystkich kosztów: było 85 050,00 zł, będzie 81 849,00 zł.")
        .says("zmienione I.1 Wynagrodzenia trenerów godzina 56,00 zł (było: 55,00 zł) 1350 tak")
        .says("dodane I.1 Materiały zestaw 10,50 zł 138 nie")
        .says("usunięte I.1 Wynajem sal grupa 400,00 zł 15 nie")
        .says_not("Koordynacja");
    assert_eq!(find(&cast.app, &offer.id), offer, "nothing is saved yet");
    let confirmed = typed(&page);
    let target = format!("/oferty/{}/kosztorys", offer.id);
    post(&cast.ngo, &target, confirmed.clone(), &[]).await.expect(303);
    let after = find(&cast.app, &offer.id);
    assert_eq!(after.content.costs.len(), 3);
    assert_eq!(after.content.total(), Some(Money::zl(81_849)));
    assert_eq!(after.content.sources, offer.content.sources, "the sources stay");
    let twice = post(&cast.ngo, &target, confirmed, &[]).await;
    twice.expect(303);
    assert_eq!(find(&cast.app, &offer.id), after, "the same confirmation twice is one");
}

#[actix_web::test]
async fn a_programme_of_all_groups_is_imported_and_its_hours_follow() {
    let cast = cast().await;
    let offer = draft_of(&cast.app, &cast.call, &cast.ngo, sample::offer_content(&cast.call));
    let path = format!("/oferty/{}/arkusze/program", offer.id);
    let mut content = offer.content.clone();
    for group in ["E1-G1", "E1-G2", "E1-G3"] {
        content.programme.extend(full_edition(group, "09:00:00", "14:00:00"));
    }
    for (at, class) in content.programme.iter_mut().enumerate() {
        class.trainer = ["Ewa Trener", "Jan Trener", "Ala Trener"][at / 18].into();
    }
    let bytes = export(Part::Programme, &content, &cast.call.content, "Program", cast.app.state.clock.now()).unwrap();
    let page = cast.ngo.upload(&path, &[], "file", "program.xlsx", &bytes).await;
    page.expect(200).says("Wiersze dodane: 54, zmienione: 0, usunięte: 0.").says("dodane 11.01.2027 E1-G1 09:00 14:00");
    post(&cast.ngo, &format!("/oferty/{}/program", offer.id), typed(&page), &[]).await.expect(303);
    let after = find(&cast.app, &offer.id).content;
    assert_eq!(after.programme.len(), 54);
    assert_eq!(after.hours[2].minutes, konkurs::law::Minutes::from_hours(90));
    cast.ngo
        .page(&format!("/oferty/{}/program", offer.id))
        .await
        .says("E1-G2 edycja 1: 11.01.2027–10.03.2027 18 90 h 0 h 0 tygodni z 9")
        .says("Zajęcia prowadzi „Jan Trener”.");
    let mut typed_again = typed(&page);
    typed_again.retain(|(name, _)| !name.starts_with("programme.0."));
    let stale = post(&cast.ngo, &format!("/oferty/{}/program", offer.id), typed_again, &[]).await;
    stale.expect(409).says("Zajęcia: cała tabela").says("Wiersz 53").says("Wiersz 54");
}

#[actix_web::test]
async fn what_fewer_classes_do_to_hours_and_limit_is_shown_before() {
    let cast = cast().await;
    let mut content = sample::offer_content(&cast.call);
    for group in ["E1-G1", "E1-G2", "E1-G3"] {
        content.programme.extend(full_edition(group, "09:00:00", "14:00:00"));
    }
    let offer = draft_of(&cast.app, &cast.call, &cast.ngo, content.clone());
    let path = format!("/oferty/{}/arkusze/program", offer.id);
    let sent = |content: &OfferContent| {
        export(Part::Programme, content, &cast.call.content, "Program", cast.app.state.clock.now()).unwrap()
    };
    let mut fewer = content.clone();
    fewer.programme.drain(10..18);
    let page = cast.ngo.upload(&path, &[], "file", "program.xlsx", &sent(&fewer)).await;
    page.expect(200)
        .says("Wiersze dodane: 0, zmienione: 0, usunięte: 8. Godziny grupy E1-G1: było 90 h, będzie 50 h. Limit: było 94 500,00 zł, będzie 91 700,00 zł.")
        .says_not("przekroczy limit");
    // one day of five hours is left to two groups
    let mut least = content.clone();
    least.programme.drain(19..36);
    least.programme.drain(1..18);
    let page = cast.ngo.upload(&path, &[], "file", "program.xlsx", &sent(&least)).await;
    page.expect(200)
        .says("Godziny grupy E1-G2: było 90 h, będzie 5 h. Limit: było 94 500,00 zł, będzie 82 600,00 zł.")
        .says("Po zapisaniu oferta przekroczy limit: 85 050,00 zł przy limicie 82 600,00 zł. Ponad limit oferty nie można złożyć.");
    assert_eq!(find(&cast.app, &offer.id), offer, "nothing is saved yet");
}

#[actix_web::test]
async fn another_order_of_the_rows_is_a_change() {
    let cast = cast().await;
    let mut content = cast.content.clone();
    let offer = draft_of(&cast.app, &cast.call, &cast.ngo, content.clone());
    content.costs.swap(0, 1);
    let now = cast.app.state.clock.now();
    let bytes = export(Part::Costs, &content, &cast.call.content, "Koszty", now).unwrap();
    let path = format!("/oferty/{}/arkusze/koszty", offer.id);
    let page = cast.ngo.upload(&path, &[], "file", "koszty.xlsx", &bytes).await;
    page.expect(200).says("Zmienia się tylko kolejność wierszy.").says("Zapisz dane z pliku");
    post(&cast.ngo, &format!("/oferty/{}/kosztorys", offer.id), typed(&page), &[]).await.expect(303);
    assert_eq!(find(&cast.app, &offer.id).content.costs, content.costs);
}

#[actix_web::test]
async fn a_fault_down_a_whole_column_is_one_line() {
    let cast = cast().await;
    let offer = draft_of(&cast.app, &cast.call, &cast.ngo, cast.content.clone());
    let row: &[&str] = &["1.1", "Materiały", "zestaw", "dużo", "1", "nie"];
    let bytes = book("Koszty", &COSTS, &[row; 150], |_| ());
    cast.ngo
        .upload(&format!("/oferty/{}/arkusze/koszty", offer.id), &[], "file", "koszty.xlsx", &bytes)
        .await
        .expect(422)
        .says("Liczba komórek do poprawy w pliku „koszty.xlsx”: 300.")
        .says("Koszty A2:A151 1.1 (pierwsza z nich) w harmonogramie nie ma takiego działania")
        .says("Koszty D2:D151 dużo (pierwsza z nich) to nie jest kwota")
        .says_not("dalszych jest");
}

#[actix_web::test]
async fn all_bad_cells_are_named_at_once() {
    let cast = cast().await;
    let offer = draft_of(&cast.app, &cast.call, &cast.ngo, cast.content.clone());
    let path = format!("/oferty/{}/arkusze/koszty", offer.id);
    let bytes = costs(|s| {
        s.write(1, 0, "X").unwrap();
        s.write(1, 3, "dużo").unwrap();
        s.write(2, 4, "parę").unwrap();
    });
    cast.ngo
        .upload(&path, &[], "file", "zły.xlsx", &bytes)
        .await
        .expect(422)
        .says("Liczba komórek do poprawy w pliku „zły.xlsx”: 3. Nic nie zostało zapisane.")
        .says("Koszty A2 X w harmonogramie nie ma takiego działania")
        .says("Koszty D2 dużo to nie jest kwota")
        .says("Koszty E3 parę to nie jest liczba jednostek");
    cast.ngo.upload(&path, &[], "file", "pusty.xlsx", b"").await.expect(422).says("Wybierz plik.");
    cast.ngo.upload(&path, &[], "file", "wielki.xlsx", &vec![7_u8; 20 * 1024 * 1024]).await.expect(413);
    cast.ngo.get(&format!("/oferty/{}/arkusze/inne", offer.id)).await.expect(404);
    assert_eq!(find(&cast.app, &offer.id), offer);
}

#[actix_web::test]
async fn a_text_as_long_as_the_form_takes_goes_out_and_comes_back() {
    let cast = cast().await;
    let mut content = cast.content.clone();
    content.results[0].monitoring = "ś".repeat(20_000);
    content.results[0].target = "t".repeat(2_001);
    let offer = draft_of(&cast.app, &cast.call, &cast.ngo, content.clone());
    let path = format!("/oferty/{}/arkusze/rezultaty", offer.id);
    let taken = cast.ngo.page(&format!("{path}/dane.xlsx")).await.body;
    cast.ngo
        .upload(&path, &[], "file", "rezultaty.xlsx", &taken)
        .await
        .expect(200)
        .says("Wiersze dodane: 0, zmienione: 0, usunięte: 0.");
    content.results[0].monitoring.push('ś');
    let long = export(Part::Results, &content, &cast.call.content, "Oferta", cast.app.state.clock.now()).unwrap();
    cast.ngo
        .upload(&path, &[], "file", "rezultaty.xlsx", &long)
        .await
        .expect(422)
        .says("tekst ma 20001 znaków Skróć go do 20000 znaków.");
}
