//! An organisation takes another name: what it filed keeps the name it was filed under.

use konkurs::account::{Role, store as accounts};

use super::{declarations, draft, find, form, post};
use crate::support::paper::{bare, pdf_text};
use crate::support::{TestApp, sample};

fn rename(app: &TestApp, ngo: &crate::support::Client, name: &str) {
    let mut org = sample::org_of(app, ngo);
    org.name = name.to_owned();
    app.state.store.write(|tx| accounts::save_organisation(tx, &org)).unwrap();
}

#[actix_web::test]
async fn a_filed_offer_keeps_the_name_it_was_filed_under_until_it_is_filed_again() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}", offer.id);
    rename(&app, &ngo, "Stowarzyszenie Blask");
    assert_eq!(find(&app, &offer.id).org_name, "Stowarzyszenie Blask", "a draft has the name of today");
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &offer.id), &[]).await.expect(303);

    rename(&app, &ngo, "Fundacja Nowa Nazwa");
    assert_eq!(find(&app, &offer.id).org_name, "Stowarzyszenie Blask");
    let receipt = ngo.page(&format!("{path}/potwierdzenie")).await;
    receipt.says("Oferent Stowarzyszenie Blask");
    assert!(!receipt.text().contains("Fundacja Nowa Nazwa"), "the page says what the print says");
    let print = bare(&pdf_text(&ngo.page(&format!("{path}/potwierdzenie.pdf")).await.body));
    assert!(print.contains("OferentStowarzyszenieBlask"), "{print}");

    let version = find(&app, &offer.id).version.to_string();
    let fields = form(&[("version", &version), ("unpaid", "true"), ("other", "nowa sala")]);
    post(&ngo, &format!("{path}/inne"), fields, &[]).await.expect(303);
    assert_eq!(find(&app, &offer.id).org_name, "Stowarzyszenie Blask", "changes that wait change no name");
    ngo.page(&format!("{path}/zlozenie")).await.says("Oferent Fundacja Nowa Nazwa");
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &offer.id), &[("replaces", "1")]).await.expect(303);
    ngo.page(&format!("{path}/potwierdzenie")).await.says("Oferent Fundacja Nowa Nazwa");
    app.new_mail();

    rename(&app, &ngo, "Fundacja Jeszcze Inna");
    app.at("2026-12-15 08:00");
    let office = app.sign_in("urzednik@example.pl");
    office.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    office
        .page(&format!("/urzad/konkursy/{}/oferty", call.id))
        .await
        .says("LOK/1/2026/O-1 Fundacja Nowa Nazwa")
        .says_not("Fundacja Jeszcze Inna");
    office
        .page(&format!("/urzad/oferty/{}", offer.id))
        .await
        .says("Fundacja Nowa Nazwa")
        .says_not("Fundacja Jeszcze Inna");
    office
        .page(&format!("/urzad/konkursy/{}/proby", call.id))
        .await
        .says("Fundacja Nowa Nazwa")
        .says_not("Fundacja Jeszcze Inna");
}
