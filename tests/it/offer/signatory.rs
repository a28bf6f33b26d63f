//! Whoever signs part VII is held against those who represent the organisation; the office decides.

use konkurs::account::{Representative, Role};

use super::{Form, declarations, draft, find, post};
use crate::support::{Client, TestApp, sample};

/// An organisation that two people represent together.
fn jointly(app: &TestApp, ngo: &Client) {
    let mut org = sample::org_of(app, ngo);
    org.content.representatives.push(Representative { name: "Jan Skarbnik".into(), function: "skarbnik".into() });
    org.content.representation = "dwóch członków zarządu łącznie".into();
    app.state.store.write(|tx| konkurs::account::store::save_organisation(tx, &org)).unwrap();
}

fn signed_by(app: &TestApp, id: &konkurs::store::OfferId, who: &str) -> Form {
    let mut out = declarations(app, id);
    out.retain(|(name, _)| name != "signed_by");
    out.push(("signed_by".into(), who.into()));
    out
}

const ALONE: &str = "Wymieniono jedną osobę uprawnioną do reprezentacji.";

#[actix_web::test]
async fn one_name_where_two_are_asked_for_is_told_and_does_not_stop_the_offer() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    jointly(&app, &ngo);
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}", offer.id);
    let page = ngo.page(&format!("{path}/zlozenie")).await;
    assert_eq!(page.value_of("signed_by").as_deref(), Some("Anna Prezes, prezes zarządu"));
    page.says(ALONE)
        .says("Sposób reprezentacji: dwóch członków zarządu łącznie.")
        .says("Jeśli organizację reprezentuje więcej osób łącznie, wpisz wszystkie. Urząd zobaczy tę uwagę.")
        .says("Reguła R-SIG-01")
        .says("Złóż ofertę");
    let fields = signed_by(&app, &offer.id, "Anna Prezes, prezes zarządu");
    post(&ngo, &format!("{path}/zlozenie"), fields, &[]).await.expect(303);
    app.new_mail();
    ngo.page(&format!("{path}/potwierdzenie")).await.says("Uwagi, które zobaczy urząd").says(ALONE);

    let version = find(&app, &offer.id).version.to_string();
    let change = super::form(&[("version", &version), ("unpaid", "true"), ("other", "nowa sala")]);
    post(&ngo, &format!("{path}/inne"), change, &[]).await.expect(303);
    let both = signed_by(&app, &offer.id, "Anna Prezes, prezes; Jan Skarbnik, skarbnik");
    post(&ngo, &format!("{path}/zlozenie"), both, &[("replaces", "1")]).await.expect(303);
    app.new_mail();
    ngo.page(&format!("{path}/potwierdzenie")).await.says_not("Uwagi, które zobaczy urząd").says_not(ALONE);
}

#[actix_web::test]
async fn a_stranger_to_the_register_is_seen_by_the_offeror_and_by_the_office() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}", offer.id);
    let said = "Nikt z wymienionych („Ewa Obca, księgowa”) nie jest osobą uprawnioną do reprezentacji.";
    let mut gap = signed_by(&app, &offer.id, "Ewa Obca, księgowa");
    gap.retain(|(name, _)| name != "all_true");
    post(&ngo, &format!("{path}/zlozenie"), gap, &[])
        .await
        .expect(422)
        .says("Zaznacz oświadczenie 6")
        .says(said)
        .says("Uprawnieni według danych organizacji: Anna Prezes.");
    let fields = signed_by(&app, &offer.id, "Ewa Obca, księgowa");
    post(&ngo, &format!("{path}/zlozenie"), fields, &[]).await.expect(303);
    app.new_mail();
    ngo.page(&format!("{path}/potwierdzenie")).await.says(said).says("albo dołącz pełnomocnictwo");
    app.at("2026-12-15 08:00");
    let office = app.sign_in("urzednik@example.pl");
    office.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    office.page(&format!("/urzad/oferty/{}/ocena-formalna", offer.id)).await.says(said);
}
