//! What is read: the empty form before signing in, part II.1, and every field of the form as it is printed.

use konkurs::account::Status;
use konkurs::offer::{Declarations, document, freeze_now};

use super::classes::full_edition;
use super::{draft, draft_of};
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
        "2. Osoba upoważniona do składania wyjaśnień",
        "3. Syntetyczny opis zadania",
        "4. Plan i harmonogram działań na rok …",
        "5. Opis zakładanych rezultatów",
        "6. Dodatkowe informacje dotyczące rezultatów",
        "IV. Charakterystyka oferenta",
        "V.A. Zestawienie kosztów",
        "V.B. Źródła finansowania",
        "V.C. Podział kosztów realizacji zadania pomiędzy oferentów nie dotyczy",
        "2. Sposób reprezentacji podmiotów (oferta wspólna) nie dotyczy",
        "VII. Oświadczenia",
        "Załącznik: opis zajęć",
    ] {
        page.says(part);
    }
    let pdf = anybody.page("/oferta/wzor.pdf").await;
    assert!(pdf.body.starts_with(b"%PDF-"));
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
        .says("E3-G5 9 90 h 0 h");
    let frozen = freeze_now(&offer, &call, &sample::org_of(&app, &ngo), Declarations::default());
    let about = document::About { call: &call, organ: "Starosta", office: &[], receipt: None };
    let paper = document::offer_paper(&frozen, about);
    assert_eq!((paper.programme.len(), paper.groups.len(), paper.measures.len(), paper.trainers.len()), (18, 15, 1, 1));
    let pdf = ngo.page(&format!("/oferty/{}/oferta.pdf", offer.id)).await;
    assert!(pdf.body.starts_with(b"%PDF-"));
}
