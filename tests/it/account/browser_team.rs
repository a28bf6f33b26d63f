//! The people, papers and data of an organisation, pressed in Chromium: invitations sent, taken back and accepted, roles
//! changed, access taken away, documents added and removed.

use konkurs::mail;
use konkurs::store::OrgId;

use crate::support::browser::{Driver, Person};
use crate::support::{PASSWORD, TestApp, sample};

const SUKCES: &str = "Stowarzyszenie SUKCES";

/// The path in the newest letter that invites.
fn link(app: &TestApp) -> String {
    let letters = app.state.store.read(|r| mail::recent(r, 5)).unwrap();
    let found = letters.iter().find_map(|l| l.body.find("/konto/zaproszenie/").map(|from| &l.body[from..]));
    found.unwrap().lines().next().unwrap().to_owned()
}

async fn invite(owner: &Person, email: &str, role: &str) {
    owner.fill("email", email).await;
    owner.fill("role", role).await;
    owner.press("Wyślij zaproszenie").await;
    owner.told(&format!("Zaproszenie wysłane na adres {email}. Odnośnik działa 14 dni.")).await;
}

/// The letter goes again after an hour, with a new link.
async fn invite_again(app: &TestApp, owner: &Person, email: &str) {
    app.at("2026-11-23 13:01");
    owner.press(&format!("Wyślij ponownie do {email}")).await;
    owner.told(&format!("Zaproszenie wysłane ponownie na adres {email}. Poprzedni odnośnik już nie działa.")).await;
}

async fn take_back(owner: &Person, email: &str) {
    owner.press(&format!("Wycofaj zaproszenie dla {email}")).await;
    owner.told(&format!("Zaproszenie dla {email} wycofane. Jego odnośnik już nie działa.")).await;
    owner.says("Żadne zaproszenie nie czeka na odpowiedź.").await;
}

/// Somebody without an account.
async fn join_as_new(ewa: &Person, path: &str) {
    ewa.open(path).await;
    for (name, value) in
        [("name", "Ewa Nowa"), ("password", PASSWORD), ("password_again", PASSWORD), ("consent", "true")]
    {
        ewa.fill(name, value).await;
    }
    ewa.press("Załóż konto i przyjmij zaproszenie").await;
    ewa.told(&format!("Konto założone. Należysz do organizacji {SUKCES}.")).await;
}

/// Somebody with an account, who leaves again.
async fn join_and_leave(zorza: &Person, path: &str, email: &str, org: &OrgId) {
    zorza.open(path).await;
    zorza.press("Zaloguj się i przyjmij").await;
    zorza.fill("email", email).await;
    zorza.fill("password", PASSWORD).await;
    zorza.press("Zaloguj się").await;
    zorza.press("Przyjmij zaproszenie").await;
    zorza.told(&format!("Należysz teraz do organizacji {SUKCES}.")).await;
    zorza.open(&format!("/konto/organizacja/{org}/osoby")).await;
    zorza.press("Opuść organizację").await;
    zorza.press("Opuść organizację").await;
    zorza.told(&format!("Twoje konto nie należy już do organizacji {SUKCES}.")).await;
}

async fn change_and_remove(owner: &Person) {
    owner.press("Zmień rolę lub odbierz dostęp: Ewa Nowa").await;
    owner.fill("role", "signatory").await;
    owner.press("Zmień rolę").await;
    owner.told("Rola zmieniona: Ewa Nowa. Działa od razu.").await;
    owner.says("osoba reprezentująca").await;
    owner.check().await;
    owner.press("Zmień rolę lub odbierz dostęp: Ewa Nowa").await;
    owner.press("Odbierz dostęp").await;
    owner.told("Dostęp odebrany: Ewa Nowa. Działa od razu.").await;
    owner.says_not("Ewa Nowa").await;
}

async fn keep_a_document(owner: &Person, org: &OrgId, file: &std::path::Path) {
    owner.open(&format!("/konto/organizacja/{org}/dokumenty")).await;
    owner.fill("kind", "statute").await;
    owner.fill("name", "statut z 2024 r.").await;
    owner.press("Dodaj dokument").await;
    owner.says("Wybierz plik").await;
    owner.attach("file", file).await;
    owner.press("Dodaj dokument").await;
    owner.told("Dokument „statut z 2024 r.” jest na liście.").await;
    owner.press("Usuń dokument statut z 2024 r.").await;
    owner.told("Dokument usunięty z listy. Oferty, do których był dołączony, mają go dalej.").await;
    owner.says("Nie ma tu jeszcze żadnego dokumentu.").await;
}

async fn change_the_data(owner: &Person) {
    owner.open("/konto/organizacja").await;
    owner.fill("phone", "54 111 11 11").await;
    owner.press("Zapisz dane organizacji").await;
    owner.told("Dane zapisane. Złożonych już ofert to nie zmienia.").await;
}

#[actix_web::test]
async fn an_owner_presses_everything_that_can_be_done_with_people_and_papers() {
    let app = TestApp::new().await;
    let client = app.ngo(SUKCES, &sample::nip(1)).await;
    let org = sample::org_of(&app, &client).id;
    app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let (site, driver) = (app.site(), Driver::start());
    let owner = site.stranger(&driver, "owner").await;
    owner.resume(&client).await;
    let people = format!("/konto/organizacja/{org}/osoby");
    owner.open(&people).await;
    invite(&owner, "ola@ngo.example", "editor").await;
    take_back(&owner, "ola@ngo.example").await;
    invite(&owner, "ewa@ngo.example", "editor").await;
    invite_again(&app, &owner, "ewa@ngo.example").await;
    join_as_new(&site.stranger(&driver, "ewa").await, &link(&app)).await;
    owner.open(&people).await;
    change_and_remove(&owner).await;
    let zorza = format!("{}@example.pl", sample::nip(2));
    invite(&owner, &zorza, "editor").await;
    join_and_leave(&site.stranger(&driver, "zorza").await, &link(&app), &zorza, &org).await;
    let file = app.state.config.data.join("statut.pdf");
    std::fs::write(&file, b"%PDF-1.7 statut").unwrap();
    keep_a_document(&owner, &org, &file).await;
    change_the_data(&owner).await;
    app.new_mail();
}
