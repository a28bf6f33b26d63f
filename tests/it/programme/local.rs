use konkurs::account::Role;
use konkurs::store::tables;

use super::officer;
use crate::support::TestApp;

fn typed() -> Vec<(&'static str, &'static str)> {
    vec![
        ("code", "POW-1"),
        ("name", "Powrót do pracy"),
        ("act", "uchwała nr 12/2026 Rady Powiatu z 3.10.2026"),
        ("from", "2026-10-15"),
        ("to", ""),
        ("participants", "bezrobotni powyżej 50 roku życia"),
        ("offerors", "organizacje pozarządowe z powiatu"),
        ("cap", "group"),
        ("rate", "90"),
        ("cap_group", "12"),
        ("cap_basis", "§ 4 uchwały"),
        ("months", "3"),
        ("months_kind", "at_most"),
        ("group_max", "12"),
        ("week_min", "8"),
        ("clauses.0.title", "Liczba osób"),
        ("clauses.0.demand", "Umowa podaje liczbę osób."),
    ]
}

#[actix_web::test]
async fn an_office_defines_a_programme_of_its_own() {
    let app = TestApp::new().await;
    let admin = app.staff("admin@example.pl", &[Role::Admin]).await;
    admin.page("/urzad/programy/lokalne").await.says("Nie ma programów lokalnych");
    admin.post("/urzad/programy/lokalne", &typed()).await.expect(303);
    admin
        .page("/urzad/programy/lokalne")
        .await
        .says("POW-1")
        .says("90,00 zł za godzinę z grupą 12-osobową")
        .says("najwyżej 3 miesiące")
        .says("15.10.2026 – bezterminowo");
    let set = app.state.store.read(|r| tables::rule_set(r, "POW-1")).unwrap();
    assert_eq!((set.group_max, set.clauses.len(), set.family()), (Some(12), 1, "POW"));
    admin.post("/urzad/programy/lokalne", &typed()).await.expect(422).says("Kod POW-1 ma już inny program.");
    officer(&app).await.page("/urzad/programy/nowy").await.says("POW-1 – Powrót do pracy");
}

#[actix_web::test]
async fn what_is_missing_is_said_at_once_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let officer = officer(&app).await;
    let mut fields = typed();
    fields.retain(|(name, _)| !["act", "clauses.0.title", "clauses.0.demand"].contains(name));
    fields.retain(|(name, _)| *name != "code");
    fields.push(("code", "PAI-9"));
    let page = officer.post("/urzad/programy/lokalne", &fields).await;
    page.expect(422)
        .says("Nie podano podstawy prawnej.")
        .says("Kody PAI-… i RSD-… są zajęte przez zasady ustawowe.")
        .says("Nie podano żadnej klauzuli, którą umowa musi zawierać.");
    assert_eq!(page.value_of("rate").as_deref(), Some("90"));
    assert_eq!(app.state.store.read(tables::local_rule_sets).unwrap().len(), 0);
}

#[actix_web::test]
async fn only_the_administrator_and_officers_define_local_programmes() {
    let app = TestApp::new().await;
    let organ = app.staff("organ@example.pl", &[Role::Organ]).await;
    organ.page("/urzad/programy/lokalne").await.says_not("Określ program lokalny");
    organ.get("/urzad/programy/lokalne/nowy").await.expect(403);
    organ.post("/urzad/programy/lokalne", &typed()).await.expect(403);
}
