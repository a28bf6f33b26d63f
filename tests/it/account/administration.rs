//! The administrator's room; the auditor looks in and changes nothing.

use konkurs::account::Role;
use konkurs::call::CallState;
use konkurs::law::Money;
use konkurs::store::tables;

use crate::support::{Client, PASSWORD, TestApp, sample};

const PEOPLE: &str = "/urzad/administracja/osoby";
const TABLES: &str = "/urzad/administracja/tabele";

async fn admin(app: &TestApp) -> Client {
    app.staff("admin@pup.example.pl", &[Role::Admin]).await
}

fn person(app: &TestApp, email: &str) -> (String, i64) {
    let row = app.state.store.read(|r| konkurs::account::store::by_email(r, email)).unwrap().unwrap();
    (format!("{PEOPLE}/{}", row.id), row.version)
}

#[actix_web::test]
async fn an_administrator_makes_an_account_and_its_owner_signs_in() {
    let app = TestApp::new().await;
    let admin = admin(&app).await;
    admin.page(PEOPLE).await.says("Załóż konto").says("Osoba admin@pup.example.pl");
    let fields = [
        ("name", "Ewa Nowak"),
        ("email", "Ewa@pup.example.pl"),
        ("role.officer", "true"),
        ("role.committee", "true"),
        ("password", "start-na-chwile"),
        ("password_again", "start-na-chwile"),
    ];
    admin.post(PEOPLE, &fields).await.expect(303);
    admin.page(PEOPLE).await.says("Ewa Nowak ewa@pup.example.pl pracownik merytoryczny, członek komisji czynne");
    assert_eq!(app.new_mail(), [("ewa@pup.example.pl".to_owned(), "Konto w programie Konkurs".to_owned())]);
    let letter = app.state.store.read(|r| konkurs::mail::recent(r, 1)).unwrap().remove(0);
    assert!(letter.body.contains("Role: pracownik merytoryczny, członek komisji"), "{}", letter.body);
    assert!(!letter.body.contains("start-na-chwile"), "no password in a letter");
    let ewa = app.stranger();
    let answer =
        ewa.post("/konto/logowanie", &[("email", "ewa@pup.example.pl"), ("password", "start-na-chwile")]).await;
    assert_eq!(answer.location, "/urzad/konkursy");
    ewa.page("/konto").await.says("pracownik merytoryczny, członek komisji");

    let again = admin.post(PEOPLE, &fields).await;
    again.expect(422).says("Konto z tym adresem e-mail już istnieje.");
    assert_eq!(again.value_of("name").as_deref(), Some("Ewa Nowak"));
    assert!(again.html().contains("name=\"role.officer\" value=\"true\" checked"), "the boxes stay ticked");
    let empty = admin.post(PEOPLE, &[("email", "x")]).await;
    empty.expect(422).says("Uzupełnij pole „Imię i nazwisko”.").says("Zaznacz co najmniej jedną rolę.");
    empty.says("To nie jest adres e-mail.").says("Wpisz hasło.");
    assert!(app.new_mail().is_empty());
}

#[actix_web::test]
async fn changed_roles_count_at_once_and_a_closed_account_is_out() {
    let app = TestApp::new().await;
    let (admin, ewa) = (admin(&app).await, app.staff("ewa@pup.example.pl", &[Role::Officer]).await);
    let (path, version) = person(&app, "ewa@pup.example.pl");
    let seen = version.to_string();
    admin.page(&path).await.says("Osoba ewa@pup.example.pl").says("Zapisz konto");
    admin.post(&path, &[("version", &seen), ("role.auditor", "true"), ("active", "true")]).await.expect(303);
    ewa.get("/konto").await.expect(303);
    let ewa = app.sign_in("ewa@pup.example.pl");
    ewa.page("/urzad/dziennik").await.says("Konto czynne, role: auditor");
    let stale = admin.post(&path, &[("version", &seen), ("role.admin", "true"), ("active", "true")]).await;
    stale.expect(409);
    let (_, version) = person(&app, "ewa@pup.example.pl");
    let seen = version.to_string();
    admin
        .post(&path, &[("version", &seen), ("active", "true")])
        .await
        .expect(422)
        .says("Zaznacz co najmniej jedną rolę.");
    admin.post(&path, &[("version", &seen), ("role.auditor", "true")]).await.expect(303);
    ewa.get("/konto").await.expect(303);
    let answer =
        app.stranger().post("/konto/logowanie", &[("email", "ewa@pup.example.pl"), ("password", PASSWORD)]).await;
    answer.expect(422).says("hasło się nie zgadza");
    admin.page(PEOPLE).await.says("ewa@pup.example.pl audytor (tylko odczyt) zamknięte");
}

#[actix_web::test]
async fn an_administrator_cannot_lock_themselves_out() {
    let app = TestApp::new().await;
    let admin = admin(&app).await;
    let (path, version) = person(&app, "admin@pup.example.pl");
    let seen = version.to_string();
    for fields in [
        vec![("version", seen.as_str()), ("role.admin", "true")],
        vec![("version", &seen), ("role.officer", "true"), ("active", "true")],
    ] {
        let answer = admin.post(&path, &fields).await;
        answer.expect(422).says("Nie można odebrać sobie roli administratora ani zamknąć własnego konta.");
    }
    let fields = [("version", seen.as_str()), ("role.admin", "true"), ("role.officer", "true"), ("active", "true")];
    admin.post(&path, &fields).await.expect(303);
    admin.page("/urzad/administracja").await;
}

#[actix_web::test]
async fn the_auditor_reads_all_and_changes_nothing() {
    let app = TestApp::new().await;
    app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let auditor = app.staff("audyt@pup.example.pl", &[Role::Auditor]).await;
    auditor.page("/urzad/administracja").await.says("to dostęp audytora");
    auditor.page(PEOPLE).await.says("audyt@pup.example.pl").says_not("Załóż konto");
    auditor.page(TABLES).await.says("Dz.U. 2025 poz. 1242").says_not("Dopisz wartość");
    auditor.page("/urzad/administracja/poczta").await.says_not("Wyślij ponownie");
    let (path, _) = person(&app, "audyt@pup.example.pl");
    auditor.page(&path).await.says("audytor (tylko odczyt)").says_not("Zapisz konto");
    for post in [PEOPLE, TABLES] {
        auditor.post(post, &[]).await.expect(403).says("Zmiany w administracji wprowadza tylko administrator.");
    }
    auditor.post(&path, &[("version", "0"), ("role.admin", "true")]).await.expect(403);
    // Accounts of NGOs are not staff.
    let (ngo, _) = person(&app, &format!("{}@example.pl", sample::nip(1)));
    auditor.get(&ngo).await.expect(404);
    let admin = admin(&app).await;
    admin.post(&ngo, &[("version", "0"), ("role.admin", "true"), ("active", "true")]).await.expect(404);
}

#[actix_web::test]
async fn the_tables_show_source_and_mark_and_say_what_is_missing() {
    let app = TestApp::new().await;
    let admin = admin(&app).await;
    let page = admin.page(TABLES).await;
    page.says("01.01.2026 4 806,00 zł Dz.U. 2025 poz. 1242 odczytane w źródle");
    page.says("05.03.2026 10,50 % art. 56 § 1 Ordynacji podatkowej");
    page.says("Brak wartości na rok 2027.");
    admin.page("/urzad/administracja").await.says("2 braki");
    for (kind, value, source) in [
        ("wage", "5 010,00 zł", "Dz.U. 2026 poz. 1111"),
        ("psu", "32,70", "Dz.U. 2026 poz. 1111"),
        ("interest", "9,75 %", "M.P. 2026 poz. 9"),
    ] {
        let fields = [("kind", kind), ("from", "2027-01-01"), ("value", value), ("source", source)];
        admin.post(TABLES, &fields).await.expect(303);
    }
    let page = admin.page(TABLES).await;
    page.says("01.01.2027 5 010,00 zł Dz.U. 2026 poz. 1111 wpisane przez administratora urzędu");
    page.says("01.01.2027 9,75 % M.P. 2026 poz. 9").says_not("Brak wartości");
    admin.page("/urzad/administracja").await.says("kompletne");
    let tables = app.state.store.read(tables::tables).unwrap();
    assert_eq!(tables.wage_on(sample::day("2027-06-30")).unwrap().money(), Money::zl(5_010));
    let log = app.state.store.read(|r| konkurs::audit::page(r, None, 3)).unwrap();
    assert_eq!(
        log[2].detail.replace(['\u{a0}', '\u{202f}'], " "),
        "Dopisano: minimalne wynagrodzenie za pracę (miesięcznie) od 01.01.2027: 5 010,00 zł (Dz.U. 2026 poz. 1111)"
    );
}

#[actix_web::test]
async fn a_row_that_cannot_be_right_is_refused() {
    let app = TestApp::new().await;
    let admin = admin(&app).await;
    let fields = [("kind", "wage"), ("from", "31.02.2027"), ("value", "dużo"), ("source", "")];
    let answer = admin.post(TABLES, &fields).await;
    answer.expect(422).says("To nie jest kwota").says("Uzupełnij pole „Źródło”.");
    assert_eq!(answer.value_of("value").as_deref(), Some("dużo"));
    let fields = [("kind", "interest"), ("from", "2027-01-01"), ("value", "1050"), ("source", "M.P.")];
    let answer = admin.post(TABLES, &fields).await;
    answer.expect(422).says("Wartość jest zerowa, ujemna albo zbyt duża.").says("sprawdź przecinek");
    admin.post(TABLES, &[]).await.expect(422).says("Wybierz tabelę.");
    let tables = app.state.store.read(tables::tables).unwrap();
    assert!(tables.wage_on(sample::day("2027-01-01")).is_err());
}

#[actix_web::test]
async fn the_log_is_read_newest_first_page_by_page() {
    let app = TestApp::new().await;
    let admin = admin(&app).await;
    for n in 1..=60 {
        app.ngo(&format!("Stowarzyszenie {n}"), &sample::nip(n)).await;
    }
    let first = admin.page("/urzad/dziennik").await;
    first
        .says("Wpisów: 61.")
        .says("Stowarzyszenie 60")
        .says("Stowarzyszenie 11")
        .says_not("Zarejestrowano organizację Stowarzyszenie 10 ");
    assert!(first.html().contains("href=\"/urzad/dziennik?przed=12\""), "{}", first.html());
    let second = admin.page("/urzad/dziennik?przed=12").await;
    second.says("Stowarzyszenie 10").says("Założono konto admin@pup.example.pl").says("Najnowsze").says_not("Starsze");
    admin.page("/urzad/dziennik?przed=1").await.says("Nie ma wpisów na tej stronie.");
    admin.page("/urzad/dziennik?przed=bzdura").await.says("Stowarzyszenie 60");
}

#[actix_web::test]
async fn who_has_an_offer_is_hidden_from_administrators_too_until_the_offers_are_opened() {
    let app = TestApp::new().await;
    let admin = admin(&app).await;
    let call = sample::rsd_call(&app);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let (who, org) = (app.actor(&ngo), sample::org_of(&app, &ngo).id);
    let now = app.state.clock.now();
    let id = app.state.store.write(|tx| konkurs::offer::start(tx, &who, &call.id, &org, now)).unwrap();
    let letter = konkurs::mail::render(
        who.log_name(),
        "offer_withdrawn",
        id.as_str(),
        &serde_json::json!({"org": "", "title": "", "number": "", "call_number": "", "by": "", "at": "", "deadline": "",
            "call_title": ""}),
    );
    app.state.store.write(|tx| konkurs::mail::put(tx, letter?, now)).unwrap();
    let log = admin.page("/urzad/dziennik").await;
    log.says("nieujawnione do otwarcia ofert").says_not("offer.start").says_not("Rozpoczęto ofertę");
    let post = admin.page("/urzad/administracja/poczta").await;
    post.says("adresat nieujawniany do otwarcia ofert");
    sample::set_call(&app, &call.id, CallState::Review);
    admin.page("/urzad/dziennik").await.says("Rozpoczęto ofertę w konkursie").says_not("nieujawnione");
    admin.page("/urzad/administracja/poczta").await.says(who.log_name()).says_not("nieujawniany");
}

#[actix_web::test]
async fn who_belongs_to_an_organisation_does_not_lead_the_cases_of_the_office() {
    let app = TestApp::new().await;
    let admin = admin(&app).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let (who, by, now) = (app.actor(&ngo).person_id().unwrap().clone(), app.actor(&admin), app.state.clock.now());
    let give = |seen: i64, roles: &[Role], active: bool| {
        app.state.store.write(|tx| konkurs::account::set_staff(tx, &by, &who, seen, roles, active, now))
    };
    for roles in [&[Role::Officer][..], &[Role::Organ], &[Role::Committee, Role::Finance]] {
        let refused = format!("{:?}", give(0, roles, true).unwrap_err());
        let says = "Ta osoba należy do organizacji: Fundacja Promyk. Kto prowadzi sprawy urzędu, nie składa w nich ofert. \
                    Zostaw tylko rolę członka komisji albo załóż tej osobie osobne konto urzędowe.";
        assert!(refused.contains(says), "{roles:?}: {refused}");
    }
    give(0, &[Role::Committee], true).unwrap();
    give(1, &[Role::Officer], false).unwrap();
}
