//! Every attempt is kept with what refused it, and the office reads them once the offers are opened.

use konkurs::account::{OrgRole, Role};

use super::{declarations, draft, draft_of, post};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn the_office_reads_every_attempt_after_the_deadline() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let nip = sample::nip(1);
    let ngo = app.ngo("Stowarzyszenie Promyk", &nip).await;
    let editor = app.staff("redaktor@example.pl", &[Role::Committee]).await;
    let (org, now) = (super::org_id(&app, &ngo), app.state.clock.now());
    let person = app.actor(&editor).person_id().unwrap().clone();
    app.state
        .store
        .write(|tx| konkurs::account::store::insert_membership(tx, &org, &person, OrgRole::Editor, now))
        .unwrap();
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    // Who may not sign, a declaration left out, an old page, at last a submission, and the second click.
    post(&editor, &path, declarations(&app, &offer.id), &[]).await.expect(403);
    let mut gap = declarations(&app, &offer.id);
    gap.retain(|(name, _)| name != "tax_arrears");
    post(&ngo, &path, gap, &[]).await.expect(422);
    let mut old = declarations(&app, &offer.id);
    old.retain(|(name, _)| name != "version");
    post(&ngo, &path, old, &[("version", "0")]).await.expect(409);
    post(&ngo, &path, declarations(&app, &offer.id), &[]).await.expect(303);
    // Another one asks for too much, and comes late in the end.
    let other = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let mut content = sample::offer_content(&call);
    content.title = String::new();
    let unfiled = draft_of(&app, &call, &other, content);
    post(&other, &format!("/oferty/{}/zlozenie", unfiled.id), declarations(&app, &unfiled.id), &[]).await.expect(422);

    let list = format!("/urzad/konkursy/{}/proby", call.id);
    let office = app.staff("urzad@example.pl", &[Role::Officer]).await;
    office
        .page(&list)
        .await
        .says("Dopóki oferty nie są otwarte, nikt w urzędzie nie widzi, kto próbował je złożyć.")
        .says_not("Promyk");

    app.at("2026-12-15 00:00:00.000001");
    let other = app.sign_in(&format!("{}@example.pl", sample::nip(2)));
    post(&other, &format!("/oferty/{}/zlozenie", unfiled.id), declarations(&app, &unfiled.id), &[]).await.expect(422);
    let office = app.sign_in("urzad@example.pl");
    let shut = office.page(&list).await;
    shut.says("Termin minął, a oferty czekają na otwarcie.").says_not("Promyk").says_not("Zorza");
    office.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    let (page, statements) = app.queries(office.page(&list)).await;
    assert!(statements <= 12, "{statements} statements");
    page.says("6 prób, w tym odmów: 5")
        .says("termin: 15.12.2026, 00:00:00,000000")
        .says("23.11.2026, 12:00:00,000000 Stowarzyszenie Promyk redaktor@example.pl LOK/1/2026/O-1 odmowa Ofertę składa i wycofuje osoba reprezentująca organizację")
        .says("odmowa tax_arrears: Wybierz jedną z odpowiedzi w oświadczeniu 3.")
        .says("odmowa obiekt zmieniono w międzyczasie")
        .says(&format!("{nip}@example.pl LOK/1/2026/O-1 przyjęto Złożono ofertę LOK/1/2026/O-1, suma kontrolna "))
        .says("– odmowa reguły: R-OFF-14")
        .says("15.12.2026, 00:00:00,000001 Fundacja Zorza")
        .says("odmowa, po terminie R-OFF-TERM: Oferta dotarła 15.12.2026, 00:00:00.")
        .says_not("tytuł zadania publicznego");
    office.page(&format!("/urzad/konkursy/{}/oferty", call.id)).await.says("Próby złożenia oferty");
    app.new_mail();
}
