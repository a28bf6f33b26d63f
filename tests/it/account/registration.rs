//! An NGO registers itself.

use konkurs::account::Role;

use crate::support::{Answer, TestApp, registration, sample};

const NIP: &str = "1234563218";
const EMAIL: &str = "anna@sukces.example.pl";

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = registration("Stowarzyszenie SUKCES", NIP, EMAIL);
    for (name, value) in changes {
        fields.retain(|(k, _)| k != name);
        fields.push((*name, *value));
    }
    fields
}

async fn post(app: &TestApp, changes: &[(&str, &str)]) -> Answer {
    app.stranger().post("/konto/rejestracja", &with(changes)).await
}

#[actix_web::test]
async fn an_organisation_registers_and_is_signed_in() {
    let app = TestApp::new().await;
    let ngo = app.stranger();
    ngo.page("/konto/rejestracja").await.says("Załóż konto organizacji").says("Numer NIP");
    let answer = ngo.post("/konto/rejestracja", &with(&[])).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/oferty"));
    let me = ngo.page("/konto").await;
    me.says("Anna Prezes").says(EMAIL).says("Stowarzyszenie SUKCES – właściciel konta");
    let mail = app.new_mail();
    assert_eq!(mail, [(EMAIL.to_owned(), "Konto organizacji Stowarzyszenie SUKCES założone".to_owned())]);
    let org = sample::org_of(&app, &ngo);
    assert_eq!(org.nip.as_str(), NIP);
    assert_eq!(org.content.email, EMAIL);
    assert_eq!(org.content.account.unwrap().as_str(), "61109010140000071219812874");
    assert_eq!(org.content.representatives.len(), 1);
    let log = app.state.store.read(|r| konkurs::audit::page(r, None, 10)).unwrap();
    assert_eq!(log[0].detail, "Zarejestrowano organizację Stowarzyszenie SUKCES");
}

#[actix_web::test]
async fn wrong_numbers_are_named_all_at_once_and_everything_typed_stays() {
    let app = TestApp::new().await;
    let answer = post(
        &app,
        &[
            ("nip", "1234567890"),
            ("krs", "249506"),
            ("regon", "123456789"),
            ("account", "61 1090 1014 0000 0712 1981 2875"),
            ("postal_code", "8780"),
            ("email", "anna@"),
            ("town", ""),
        ],
    )
    .await;
    answer.expect(422);
    answer
        .says("Wpisano „1234567890”. Numer NIP zawiera pomyłkę: nie zgadza się ostatnia cyfra (kontrolna).")
        .says("Jeśli zginęły zera z przodu, wpisz 0000249506.")
        .says("Wpisano „123456789”. Numer REGON zawiera pomyłkę: nie zgadza się cyfra kontrolna.")
        .says("Numer rachunku zawiera pomyłkę: nie zgadza się suma kontrolna (dwie pierwsze cyfry).")
        .says("Wpisano „8780”. Kod pocztowy ma pięć cyfr. Wpisz go np. tak: 87-800.")
        .says("Wpisano „anna@”. To nie jest adres e-mail.")
        .says("Uzupełnij pole „Miejscowość”.");
    let html = answer.html();
    assert!(html.contains("href=\"#nip\"") && html.contains("id=\"nip-error\""), "links lead to the fields");
    assert!(html.contains("<title>Błąd: Rejestracja organizacji"), "the title says so first");
    for (name, value) in [
        ("org_name", "Stowarzyszenie SUKCES"),
        ("nip", "1234567890"),
        ("krs", "249506"),
        ("street", "ul. Długa 1"),
        ("person_name", "Anna Prezes"),
        ("representative.0.function", "prezes zarządu"),
        ("password", ""),
        ("password_again", ""),
    ] {
        assert_eq!(answer.value_of(name).as_deref(), Some(value), "{name}");
    }
    answer.says("§ 7 pkt 2: integracja społeczna osób zagrożonych wykluczeniem");
    assert!(!html.contains("korale-na-wietrze"), "a password never comes back");
    assert!(app.new_mail().is_empty());
    assert_eq!(app.deeds(), 0);
}

#[actix_web::test]
async fn each_rule_of_the_form_has_its_sentence() {
    let app = TestApp::new().await;
    let long = "ą".repeat(201);
    for (changes, says) in [
        (vec![("org_name", "")], "Uzupełnij pole „Nazwa”."),
        (vec![("legal_form", " ")], "Uzupełnij pole „Forma prawna”."),
        (vec![("nip", "")], "Uzupełnij pole „Numer NIP”."),
        (
            vec![("krs", "")],
            "Wpisz numer KRS. Jeśli organizacja nie jest w KRS, wskaż niżej inny rejestr lub ewidencję.",
        ),
        (vec![("email", "")], "Uzupełnij pole „Adres e-mail”."),
        (vec![("postal_code", "")], "Uzupełnij pole „Kod pocztowy”."),
        (vec![("password", "")], "Wpisz hasło."),
        (vec![("street", "")], "Uzupełnij pole „Ulica i numer”."),
        (vec![("status", "")], "Zaznacz, jakim podmiotem jest organizacja."),
        (vec![("status", "cis")], "Podaj, co potwierdza status: numer wpisu, decyzję i jej datę."),
        (vec![("representative.0.name", "")], "Wpisz imię i nazwisko osoby reprezentującej albo usuń ten wiersz."),
        (
            vec![("representative.0.name", ""), ("representative.0.function", "")],
            "Wpisz co najmniej jedną osobę uprawnioną do reprezentowania organizacji.",
        ),
        (vec![("person_name", "")], "Uzupełnij pole „Imię i nazwisko”."),
        (vec![("password", "krótkie")], "Hasło ma 7 znaków, a potrzeba co najmniej 12. Użyj kilku słów."),
        (vec![("password_again", "korale-na-deszczu")], "Hasła w obu polach różnią się."),
        (vec![("consent", "")], "Zaznacz, że znasz informację o przetwarzaniu danych."),
        (vec![("town", long.as_str())], "Pole „Miejscowość” ma 201 znaków, a może mieć najwyżej 200. Skróć je."),
    ] {
        post(&app, &changes).await.expect(422).says(says);
    }
    assert_eq!(app.deeds(), 0);
    // Without KRS, but in another register.
    let listed = [("krs", ""), ("register", "ewidencja starosty")];
    post(&app, &listed).await.expect(422).says("Wpisz numer, pod którym organizacja jest w tym rejestrze");
    post(&app, &[listed[0], listed[1], ("register_no", "7")]).await.expect(303);
    app.new_mail();
}

#[actix_web::test]
async fn an_address_or_a_nip_that_is_taken_stands_at_its_field() {
    let app = TestApp::new().await;
    post(&app, &[]).await.expect(303);
    app.new_mail();
    let other = sample::nip(3);
    let answer = post(&app, &[("nip", &other)]).await;
    answer.expect(422).says("Konto z tym adresem e-mail już istnieje. Zaloguj się albo podaj inny adres.");
    assert!(answer.html().contains("id=\"email-error\""));
    assert_eq!(answer.value_of("org_name").as_deref(), Some("Stowarzyszenie SUKCES"));
    let answer = post(&app, &[("email", "Jan@sukces.example.pl")]).await;
    answer
        .expect(422)
        .says("Organizacja z tym numerem NIP ma już konto. Poproś właściciela tego konta o zaproszenie")
        .says("wyśle je ze strony „Organizacja”, „Osoby i zaproszenia”");
    assert!(answer.html().contains("id=\"nip-error\""));
    // Capital letters make no second account.
    post(&app, &[("nip", &other), ("email", "ANNA@sukces.example.pl")]).await.expect(422).says("już istnieje");
    assert!(app.new_mail().is_empty());
}

#[actix_web::test]
async fn two_at_the_same_moment_make_one_account() {
    let app = TestApp::new().await;
    let (one, two) = (app.stranger(), app.stranger());
    let fields = with(&[]);
    let (a, b) =
        futures_util::future::join(one.post("/konto/rejestracja", &fields), two.post("/konto/rejestracja", &fields))
            .await;
    let mut both = [a.status, b.status];
    both.sort_unstable();
    assert_eq!(both, [303, 422]);
    assert_eq!(app.new_mail().len(), 1);
}

#[actix_web::test]
async fn rows_are_added_and_removed_without_a_script() {
    let app = TestApp::new().await;
    let second = [("representative.1.name", "Jan Skarbnik"), ("representative.1.function", "skarbnik")];
    let answer = post(&app, &[("_add", "representative"), second[0], second[1]]).await;
    answer.expect(200);
    assert_eq!(answer.value_of("representative.1.name").as_deref(), Some("Jan Skarbnik"));
    assert_eq!(answer.value_of("representative.2.name").as_deref(), Some(""));
    assert_eq!(answer.value_of("representative.3.name"), None);
    assert_eq!(answer.value_of("org_name").as_deref(), Some("Stowarzyszenie SUKCES"));
    let answer = post(&app, &[("_remove", "representative.0"), second[0], second[1]]).await;
    answer.expect(200);
    assert_eq!(answer.value_of("representative.0.name").as_deref(), Some("Jan Skarbnik"));
    assert_eq!(answer.value_of("representative.1.name"), None);
    let answer = post(&app, &[("_remove", "representative.0")]).await;
    assert_eq!(answer.value_of("representative.0.name").as_deref(), Some(""), "one row always stands");
    assert_eq!(app.deeds(), 0);
}

#[actix_web::test]
async fn who_has_an_account_registers_one_more_organisation_with_it() {
    let app = TestApp::new().await;
    let anna = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let form = anna.page("/konto/rejestracja").await;
    form.says("Właścicielem konta tej organizacji będzie Twoje konto");
    assert!(!form.html().contains("Powtórz hasło"), "nobody needs a second account");
    let same = sample::nip(1);
    let mut fields = with(&[("nip", &same)]);
    fields.retain(|(name, _)| !["person_name", "email", "password", "password_again", "consent"].contains(name));
    let taken = anna.post("/konto/rejestracja", &fields).await;
    taken.expect(422).says("NIP");
    fields.retain(|(name, _)| *name != "nip");
    fields.push(("nip", NIP));
    let done = anna.post("/konto/rejestracja", &fields).await;
    assert_eq!((done.status, done.location.as_str()), (303, "/oferty"));
    let me = anna.page("/konto").await;
    me.says("Fundacja Promyk – właściciel konta").says("Stowarzyszenie SUKCES – właściciel konta");
    let officer = app.staff("urzednik@pup.example", &[Role::Officer]).await;
    fields.retain(|(name, _)| *name != "nip");
    let other = sample::nip(2);
    fields.push(("nip", &other));
    officer
        .post("/konto/rejestracja", &fields)
        .await
        .expect(403)
        .says("Konto pracownika urzędu nie może należeć do organizacji.");
}
