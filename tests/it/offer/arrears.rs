//! „Zalega” in part VII has the consequence that the announcement gives it.

use konkurs::account::Role;
use konkurs::call::{self, Arrears, Call};
use konkurs::offer::OfferState;

use super::joint::scene;
use super::{Form, declarations, draft, find, post};
use crate::support::{TestApp, sample};

fn barring(app: &TestApp, call: &Call) -> Call {
    let mut call = call.clone();
    call.content.terms.arrears = Arrears::Barred;
    app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    app.state.store.read(|r| call::store::find(r, &call.id)).unwrap()
}

/// Part VII of an offeror that owes taxes.
fn owing(app: &TestApp, id: &konkurs::store::OfferId) -> Form {
    let mut out = declarations(app, id);
    out.retain(|(name, _)| name != "tax_arrears");
    out.push(("tax_arrears".into(), "yes".into()));
    out
}

#[actix_web::test]
async fn an_announcement_that_bars_debtors_takes_no_offer_of_one() {
    let app = TestApp::new().await;
    let call = barring(&app, &sample::pai_call(&app));
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    ngo.page(&path).await.says("W tym konkursie zaległości wykluczają: oferent, który zalega, nie może złożyć oferty.");
    app.stranger()
        .page(&format!("/konkursy/{}", call.id))
        .await
        .says("Zaległości w podatkach albo składkach wykluczają: oferent, który zalega, nie może złożyć oferty");
    let page = post(&ngo, &path, owing(&app, &offer.id), &[]).await;
    page.expect(422)
        .says("Ogłoszenie wyklucza oferenta, który zalega: z tą odpowiedzią w oświadczeniu 3 nie można złożyć oferty")
        .says("reguła R-OFF-22")
        .says("Ureguluj zaległość przed terminem składania ofert albo zapytaj urząd.");
    assert!(page.html().contains("href=\"#tax_arrears\""));
    assert_eq!(find(&app, &offer.id).state, OfferState::Draft);
    post(&ngo, &path, declarations(&app, &offer.id), &[]).await.expect(303);
    ngo.page(&format!("/oferty/{}/potwierdzenie", offer.id)).await.says_not("Uwagi, które zobaczy urząd");
    app.new_mail();
}

#[actix_web::test]
async fn else_the_office_is_told_at_the_formal_check() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}", offer.id);
    ngo.page(&format!("{path}/zlozenie"))
        .await
        .says("W tym konkursie zaległości nie wykluczają oferty; urząd bierze je pod uwagę w ocenie formalnej.");
    post(&ngo, &format!("{path}/zlozenie"), owing(&app, &offer.id), &[]).await.expect(303);
    app.new_mail();
    let said = "Stowarzyszenie Promyk oświadcza, że zalega z opłacaniem należności z tytułu zobowiązań podatkowych.";
    ngo.page(&format!("{path}/potwierdzenie"))
        .await
        .says("Uwagi, które zobaczy urząd Oferta jest złożona. Do terminu możesz to poprawić i złożyć ją ponownie.")
        .says(said)
        .says("Reguła R-OFF-22");
    app.at("2026-12-15 08:00");
    let office = app.sign_in("urzednik@example.pl");
    office.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    let card = office.page(&format!("/urzad/oferty/{}/ocena-formalna", offer.id)).await;
    card.says(&format!(
        "{said} Ogłoszenie: zaległości nie wykluczają oferty; urząd bierze je pod uwagę w ocenie formalnej."
    ));
}

#[actix_web::test]
async fn a_partner_is_held_to_the_same() {
    let s = scene().await;
    let offer = find(&s.app, &s.id);
    let call = s.app.state.store.read(|r| call::store::find(r, &offer.call)).unwrap();
    barring(&s.app, &call);
    s.join().await;
    s.divide().await;
    let digest = s.partner.page(&s.word()).await.value_of("digest").unwrap();
    let mut fields = owing(&s.app, &s.id);
    fields.retain(|(name, _)| name != "version");
    post(&s.partner, &s.word(), fields, &[("digest", &digest)])
        .await
        .expect(422)
        .says("z tą odpowiedzią w oświadczeniu 3 nie można złożyć oferty");
    assert!(s.row().confirmation.is_none());
}

#[actix_web::test]
async fn the_officer_chooses_what_arrears_mean() {
    let app = TestApp::new().await;
    let office = crate::call::office(&app).await;
    let draft = crate::call::complete(&app, &office);
    let url = format!("/urzad/konkursy/{}/{}", draft.id, call::Part::Terms.slug());
    let page = office.officer.page(&url).await;
    page.says("Zaległości w podatkach albo składkach")
        .says("O zaległości pyta część VII oferty; co z nich wynika, mówi ogłoszenie.");
    let seen = page.value_of("seen").unwrap();
    let fields = [
        ("mode", "entrusting"),
        ("policy", "full"),
        ("scope", "whole"),
        ("unit", "60"),
        ("week", "rolling"),
        ("group_max", "10"),
        ("declarations", ""),
        ("arrears", "barred"),
        ("seen", &seen),
    ];
    office.officer.post(&url, &fields).await.expect(303);
    assert_eq!(crate::call::find(&app, &draft.id).content.terms.arrears, Arrears::Barred);
    assert!(
        !konkurs::store::to_json(&draft.content).unwrap().contains("arrears"),
        "what was frozen before stays as it is"
    );
}
