//! What is read: the empty form before signing in, part II.1, and every field of the form as it is printed.

use konkurs::account::Status;
use konkurs::offer::{Declarations, document, freeze_now};

use super::classes::full_edition;
use super::{draft, draft_of};
use crate::support::paper::{pdf_text, says_in_order};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn the_empty_form_is_read_before_signing_in() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let anybody = app.stranger();
    anybody.page(&format!("/konkursy/{}", call.id)).await.says("Przeczytaj wzór oferty");
    let page = anybody.page("/oferta/wzor").await;
    for part in [
        "I. Podstawowe informacje o złożonej ofercie",
        "2. Dane osoby upoważnionej do składania wyjaśnień dotyczących oferty",
        "3. Syntetyczny opis zadania",
        "4. Plan i harmonogram działań na rok …",
        "V.A. Zestawienie kosztów realizacji zadania",
        "V.B. Źródła finansowania kosztów realizacji zadania",
        "VII. Oświadczenia",
    ] {
        page.says(part);
    }
    // Nothing is decided in an empty form: it has both kinds of offer, every row, and room for several offerors.
    let fields = [
        "Oferta realizacji zadania publicznego* / Oferta wspólna realizacji zadania publicznego*, o której mowa w art. 14 ust. 1* / 2* ustawy z dnia 24 kwietnia 2003 r. o działalności pożytku publicznego i o wolontariacie",
        "(należy wymienić i opisać w porządku logicznym wszystkie planowane w ofercie działania oraz określić ich uczestników i miejsce ich realizacji)",
        "5. Opis zakładanych rezultatów realizacji zadania publicznego – należy opisać:",
        "1) co będzie bezpośrednim efektem (np. materialne „produkty” lub „usługi” zrealizowane na rzecz uczestników zadania) realizacji oferty?",
        "2) jaka zmiana społeczna zostanie osiągnięta poprzez realizację zadania?",
        "3) czy przewidywane jest wykorzystanie rezultatów osiągniętych w trakcie realizacji oferty w dalszych działaniach organizacji? – trwałość rezultatów zadania",
        "6. Dodatkowe informacje dotyczące rezultatów realizacji zadania publicznego",
        "(w sekcji V-A należy skalkulować i zamieścić wszystkie koszty realizacji zadania niezależnie od źródła finansowania wskazanego w sekcji V-B)",
        "Wartość [PLN]⁴⁾",
        "Razem Rok 1 Rok 2 Rok 3",
        "I. Koszty realizacji działań",
        "I.1 [Działanie 1]",
        "I.1.1 [Koszt 1]",
        "Suma kosztów realizacji zadania [suma]",
        "II. Koszty administracyjne",
        "Suma kosztów administracyjnych [suma]",
        "Suma wszystkich kosztów realizacji zadania [suma]",
        "V.C. Podział kosztów realizacji zadania pomiędzy oferentów⁶⁾",
        "Wartość [PLN]⁷⁾",
        "1 [Oferent 1] [suma] [kwota]",
        "2 [Oferent 2] [suma] [kwota]",
        "Suma wszystkich kosztów realizacji zadania [suma]",
        "2. W przypadku oferty wspólnej – należy przedstawić sposób reprezentacji podmiotów wobec organu administracji publicznej (wraz z przytoczeniem podstawy prawnej)",
        "[Oferta wspólna: kto i na jakiej podstawie działa za oferentów wobec organu.",
        "oferent* / oferenci* składający niniejszą ofertę nie zalega(-ją)* / zalega(-ją)* z opłacaniem należności z tytułu zobowiązań podatkowych",
        "nie zalega(-ją)* / zalega(-ją)* z opłacaniem należności z tytułu składek na ubezpieczenia społeczne",
        "⁶⁾ Wypełnia się tylko w ofercie wspólnej.",
        "⁸⁾ Katalog oświadczeń jest otwarty.",
        "Załącznik: opis zajęć",
        "4. Status oferenta i podstawa w statucie",
    ];
    says_in_order(&page.text(), &fields);
    let print = pdf_text(&anybody.page("/oferta/wzor.pdf").await.body);
    says_in_order(&print, &fields);
    assert!(!print.contains("nie dotyczy\n"), "{print}");
    anybody.page("/pomoc").await.says("Wzór oferty możesz przeczytać bez konta");
}

#[actix_web::test]
async fn part_two_comes_from_the_organisation_and_says_what_is_asked() {
    let app = TestApp::new().await;
    let call = sample::rsd_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/organizacja", offer.id);
    ngo.page(&path)
        .await
        .says("Nazwa oferenta Stowarzyszenie Promyk")
        .says("Numer w KRS lub innej ewidencji KRS 0000249506")
        .says("Adres siedziby ul. Długa 1, 87-800 Włocławek")
        .says("Status podmiot ekonomii społecznej (ustawa z 5.08.2022) Dowód statusu decyzja wojewody nr 7/2024")
        .says("instytucje tworzące centra lub kluby integracji społecznej")
        .says("Zmień dane organizacji")
        .says_not("R-ORG-01");
    let mut org = sample::org_of(&app, &ngo);
    org.content.status = Status::Kis;
    org.content.status_proof.clear();
    app.state.store.write(|tx| konkurs::account::store::save_organisation(tx, &org)).unwrap();
    ngo.page(&path).await.says("Brakuje dowodu statusu: podmiot prowadzący klub integracji społecznej (KIS).");
    ngo.page(&format!("/oferty/{}", offer.id)).await.says("II.1: Brakuje dowodu statusu");
}

#[actix_web::test]
async fn every_field_of_the_form_stands_in_the_reading_view() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.programme = full_edition("E1-G1", "09:00:00", "14:00:00");
    content.payment = "Poczęstunek zapewniamy sami.".into();
    content.other = "Wolontariat studentów.".into();
    content.activities[0].outside = "catering".into();
    let offer = draft_of(&app, &call, &ngo, content);
    ngo.page(&format!("/oferty/{}/podglad", offer.id))
        .await
        .says("catering")
        .says("Ewa Trener psycholog, 10 lat praktyki")
        .says("Zadanie zostanie wykonane nieodpłatnie. Poczęstunek zapewniamy sami.")
        .says("Wolontariat studentów.")
        .says("Godziny według tematów, wszystkie grupy Temat Godziny praca nad motywacją 90 h")
        .says("E1-G1 11.01.2027 09:00–14:00 praca nad motywacją Ewa Trener grupowe")
        .says("gotowość do podjęcia pracy kwestionariusz samooceny i opinia prowadzącego na początku i na końcu edycji")
        .says("E3-G5 3 (04.10.2027–03.12.2027) 9 90 h 0 h");
    let frozen = freeze_now(&offer, &call, &sample::org_of(&app, &ngo), Declarations::default());
    let about = document::About { call: &call, org: &offer.org, organ: "Starosta", office: &[], receipt: None };
    let paper = document::offer_paper(&frozen, about);
    assert_eq!((paper.programme.len(), paper.groups.len(), paper.measures.len(), paper.trainers.len()), (18, 15, 1, 1));
    let pdf = ngo.page(&format!("/oferty/{}/oferta.pdf", offer.id)).await;
    assert!(pdf.body.starts_with(b"%PDF-"));
}
