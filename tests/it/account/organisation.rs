//! What an organisation says of itself: members see it, the owner changes it.

use konkurs::account::{OrgRole, Role, store};
use konkurs::store::OrgId;

use crate::support::{Client, TestApp, sample};

fn sound<'a>(version: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", version),
        ("org_name", "Stowarzyszenie SUKCES"),
        ("legal_form", "stowarzyszenie"),
        ("krs", "0000249506"),
        ("street", "ul. Długa 1"),
        ("postal_code", "87800"),
        ("town", "Włocławek"),
        ("org_email", "biuro@example.pl"),
        ("status", "pes"),
        ("status_proof", "decyzja wojewody nr 7/2024"),
        ("representative.0.name", "Anna Prezes"),
        ("representative.0.function", "prezes zarządu"),
    ];
    for (name, value) in changes {
        fields.retain(|(k, _)| k != name);
        fields.push((*name, *value));
    }
    fields
}

fn join(app: &TestApp, org: &OrgId, client: &Client, role: OrgRole) {
    let (person, now) = (app.actor(client).person_id().unwrap().clone(), app.state.clock.now());
    app.state.store.write(|tx| store::insert_membership(tx, org, &person, role, now)).unwrap();
}

#[actix_web::test]
async fn the_owner_changes_the_data_and_the_form_shows_what_is_stored() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let page = ngo.page("/konto/organizacja").await;
    assert_eq!(page.value_of("town").as_deref(), Some("Włocławek"));
    assert_eq!(page.value_of("account").as_deref(), Some("61 1090 1014 0000 0712 1981 2874"));
    assert_eq!(page.value_of("version").as_deref(), Some("0"));
    page.says("Zapisz dane organizacji").says("właściciel konta");
    let answer = ngo.post("/konto/organizacja", &sound("0", &[("town", "Kowal")])).await;
    let org = sample::org_of(&app, &ngo);
    assert_eq!((answer.status, answer.location), (303, format!("/konto/organizacja?org={}", org.id)));
    assert_eq!((org.content.town.as_str(), org.content.postal_code.as_str(), org.version), ("Kowal", "87-800", 1));
    ngo.page("/konto/organizacja").await;
    let log = app.state.store.read(|r| konkurs::audit::of_object(r, org.id.as_str())).unwrap();
    let last = log.last().unwrap();
    assert_eq!(last.detail, "Zmieniono dane organizacji");
    assert_ne!(last.before_digest, last.after_digest);
}

#[actix_web::test]
async fn the_second_of_two_savers_is_told() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    ngo.post("/konto/organizacja", &sound("0", &[("town", "Kowal")])).await.expect(303);
    let late = ngo.post("/konto/organizacja", &sound("0", &[("town", "Lubraniec")])).await;
    late.expect(409).says("Ktoś zmienił to w międzyczasie").says("ul. Długa 1, 87-800 Kowal");
    assert_eq!(late.value_of("town").as_deref(), Some("Lubraniec"), "nothing typed is lost");
    assert_eq!(late.value_of("version").as_deref(), Some("1"));
    assert_eq!(sample::org_of(&app, &ngo).content.town, "Kowal");
    let log = app.state.store.read(|r| konkurs::audit::page(r, None, 1)).unwrap();
    assert_eq!(log[0].object_kind, "refused");
    assert!(log[0].detail.starts_with("Odmowa (organisation): obiekt zmieniono w międzyczasie"), "{}", log[0].detail);
}

#[actix_web::test]
async fn errors_keep_what_was_typed_and_rows_work_here_too() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let answer =
        ngo.post("/konto/organizacja", &sound("0", &[("regon", "12"), ("town", "Kowal"), ("org_email", "x")])).await;
    answer.expect(422).says("Numer REGON ma 9 albo 14 cyfr.").says("To nie jest adres e-mail.");
    assert_eq!(answer.value_of("town").as_deref(), Some("Kowal"));
    assert_eq!(answer.value_of("version").as_deref(), Some("0"));
    let answer = ngo.post("/konto/organizacja", &sound("0", &[("_add", "representative"), ("town", "Kowal")])).await;
    assert_eq!(answer.expect(200).value_of("representative.1.name").as_deref(), Some(""));
    assert_eq!(answer.value_of("town").as_deref(), Some("Kowal"));
    assert_eq!(sample::org_of(&app, &ngo).version, 0);
}

#[actix_web::test]
async fn an_editor_reads_and_a_stranger_finds_nothing() {
    let app = TestApp::new().await;
    let owner = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let other = app.ngo("Fundacja Inna", &sample::nip(2)).await;
    let id = sample::org_of(&app, &owner).id;
    let path = format!("/konto/organizacja?org={id}");
    other.get(&path).await.expect(404);
    other.post("/konto/organizacja", &sound("0", &[("org", id.as_str())])).await.expect(404);
    other.get("/konto/organizacja?org=cokolwiek").await.expect(404);

    join(&app, &id, &other, OrgRole::Editor);
    let page = other.page(&path).await;
    page.says("Dane zmienia właściciel konta.").says("redaktor").says_not("Zapisz dane organizacji");
    other
        .post("/konto/organizacja", &sound("0", &[("org", id.as_str())]))
        .await
        .expect(403)
        .says("Poproś go o zmianę.");
    // Two organisations: the page leads from one to the other.
    page.says("Fundacja Inna").says("Stowarzyszenie SUKCES");
    other.page("/konto").await.says("Fundacja Inna – właściciel konta").says("Stowarzyszenie SUKCES – redaktor");
    assert_eq!(sample::org_of(&app, &owner).version, 0);
    let staff = app.staff("anna@pup.example.pl", &[Role::Officer]).await;
    staff.get("/konto/organizacja").await.expect(403).says("To konto nie należy do żadnej organizacji.");
    staff.get(&path).await.expect(403);
}
