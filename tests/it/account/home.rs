//! The front door, help, the accessibility statement, and what machines ask.

use konkurs::account::Role;

use crate::support::{TestApp, sample};

#[actix_web::test]
async fn the_front_door_leads_everybody_on() {
    let app = TestApp::new().await;
    let nobody = app.stranger().page("/").await;
    nobody.says("Otwarte konkursy ofert").says("Zobacz otwarte konkursy").says("Zarejestruj organizację");
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    ngo.page("/").await.says("Moje oferty").says("Dane organizacji").says_not("Administracja").says_not("Finanse");
    let organ = app.staff("organ@pup.example.pl", &[Role::Organ]).await;
    organ.page("/").await.says("Konkursy urzędu").says("Programy").says_not("Moje oferty").says_not("Administracja");
    let member = app.staff("komisja@pup.example.pl", &[Role::Committee]).await;
    member.page("/").await.says("Komisja").says_not("Konkursy urzędu");
    let admin = app.staff("admin@pup.example.pl", &[Role::Admin]).await;
    admin.page("/").await.says("Administracja");
}

#[actix_web::test]
async fn help_speaks_to_every_role_and_is_true() {
    let app = TestApp::new().await;
    let help = app.stranger().page("/pomoc").await;
    for words in ["Organizacja składa ofertę", "Członek komisji", "Pracownik urzędu", "Finanse", "Dane osobowe"] {
        help.says(words);
    }
    help.says("Sesja kończy się po 2 godzinach bez ruchu, a najpóźniej po 12 godzinach").says("najwyżej 5 MB");
}

#[actix_web::test]
async fn the_accessibility_statement_admits_what_the_office_has_not_said() {
    let app = TestApp::new().await;
    let page = app.stranger().page("/dostepnosc").await;
    page.says("Deklaracja dostępności").says("ustawą z dnia 4 kwietnia 2019 r.").says("urząd jeszcze nie podał");
    page.says("Urząd nie przeprowadził jeszcze oceny tej strony.")
        .says("w ciągu 7 dni")
        .says("Rzecznika Praw Obywatelskich");
    page.says("urzad@example.pl");
}

#[actix_web::test]
async fn machines_get_plain_answers_without_personal_data() {
    let app = TestApp::new().await;
    let nobody = app.stranger();
    let well = nobody.page("/healthz").await;
    assert_eq!(
        (well.body.as_slice(), well.headers["content-type"].as_str()),
        (b"ok\n".as_slice(), "text/plain; charset=utf-8")
    );
    nobody
        .post(
            "/konto/rejestracja",
            &crate::support::registration("Stowarzyszenie SUKCES", "1234563218", "anna@sukces.example.pl"),
        )
        .await
        .expect(303);
    let metrics = String::from_utf8(app.stranger().page("/metrics").await.body).unwrap();
    assert!(metrics.contains("# TYPE konkurs_mail_pending gauge\nkonkurs_mail_pending 1\n"), "{metrics}");
    assert!(metrics.contains("konkurs_mail_dead 0\n") && metrics.contains("konkurs_audit_rows_total 1\n"), "{metrics}");
    assert!(metrics.contains("konkurs_statements_total ") && !metrics.contains('@'), "{metrics}");
    app.new_mail();
}
