//! What the office does with a call, pressed in Chromium: from the draft to the cancellation, every step that the states
//! of a call and of its change allow, and what the program says after each.

use konkurs::call::{self, Call, CallState};
use konkurs::mail;

use super::extending::WHY;
use super::{Office, complete, drafted, find, office};
use crate::support::browser::{Driver, Person};
use crate::support::site::Site;
use crate::support::{TestApp, sample};

const OFFICER: &str = "urzednik@example.pl";
const ORGAN: &str = "organ@example.pl";

struct Scene {
    app: TestApp,
    clients: Office,
    site: Site,
    driver: Driver,
}

impl Scene {
    async fn new() -> Scene {
        let app = TestApp::new().await;
        let clients = office(&app).await;
        let site = app.site();
        Scene { app, clients, site, driver: Driver::start() }
    }

    async fn both(&self) -> (Person, Person) {
        let officer = self.site.person(&self.app, &self.driver, OFFICER).await;
        (officer, self.site.person(&self.app, &self.driver, ORGAN).await)
    }

    /// It is another time, and both have just signed in.
    async fn at(&self, wall: &str, (officer, organ): (&Person, &Person)) {
        self.app.at(wall);
        officer.resume(&self.app.sign_in(OFFICER)).await;
        organ.resume(&self.app.sign_in(ORGAN)).await;
    }
}

fn url(call: &Call) -> String {
    format!("/urzad/konkursy/{}", call.id)
}

/// Proves three publications of this minute and presses the button.
async fn publish(who: &Person, button: &str) {
    for place in ["bip", "board", "website"] {
        who.fill(&format!("{place}_evidence"), "https://bip.example.pl/1").await;
    }
    who.press(button).await;
}

async fn drop_a_draft(officer: &Person, draft: &Call) {
    officer.open(&url(draft)).await;
    officer.press("Usuń projekt").await;
    officer.says("Usuniętego projektu nie da się przywrócić").await;
    officer.press("Usuń projekt").await;
    officer.told("Usunięto projekt „Integracja społeczna bezrobotnych”.").await;
    assert_eq!(officer.path().await, "/urzad/konkursy");
}

async fn approve(organ: &Person, call: &Call) {
    organ.open(&url(call)).await;
    organ.press("Zatwierdź treść do ogłoszenia").await;
    organ.says("Zatwierdzona treść jest tą, która zawiśnie w trzech miejscach").await;
    organ.press("Zatwierdź treść do ogłoszenia").await;
    organ.told("Zatwierdzono treść ogłoszenia RSD/1/2026. Pobierz pisma i umieść je w trzech miejscach.").await;
}

async fn announce(officer: &Person, call: &Call) {
    officer.open(&url(call)).await;
    officer.press("Zapisz miejsca i ogłoś konkurs").await;
    officer.press("Ogłoś konkurs").await;
    officer.says("BIP: brakuje dowodu publikacji. Wpisz adres strony albo dołącz skan.").await;
    publish(officer, "Ogłoś konkurs").await;
    officer.told("Ogłoszono konkurs RSD/1/2026. Warunki są zamrożone.").await;
    officer.says("ogłoszony").await;
}

async fn refuse_a_question(officer: &Person, call: &Call) {
    officer.open(&format!("{}/pytania", url(call))).await;
    officer.press("Czy urząd sprzeda mi samochód?").await;
    officer.press("Odmów odpowiedzi").await;
    officer.fill("reason", "To nie jest pytanie o konkurs.").await;
    officer.press("Odmów odpowiedzi").await;
    officer.told("Odmówiono odpowiedzi. Powód wysyłamy tylko osobie, która pytała.").await;
}

/// Begun and written by the officer, handed over, given back, handed over again, published by the organ.
async fn change(officer: &Person, organ: &Person, call: &Call) {
    let page = format!("{}/zmiana", url(call));
    officer.open(&url(call)).await;
    officer.press("Zmień ogłoszenie albo termin").await;
    officer.press("Zacznij zmianę ogłoszenia").await;
    officer.told("Zaczęto zmianę. Ogłoszenie zmieni się dopiero, gdy ogłosi ją organ.").await;
    officer.press("Siedem elementów ogłoszenia").await;
    officer.fill("deadline_date", "2026-12-21").await;
    officer.press("Zapisz zmianę").await;
    officer.told("Zapisano zmianę: Siedem elementów ogłoszenia.").await;
    officer.open(&page).await;
    officer.says("To tylko dłuższy termin.").await;
    officer.fill("reason", "Dłuższy termin na prośbę organizacji.").await;
    officer.press("Przekaż zmianę organowi").await;
    let handed = "Przekazano zmianę organowi. Do jej ogłoszenia obowiązuje dotychczasowe ogłoszenie.";
    officer.told(handed).await;
    officer.says("czeka na organ").await;

    organ.open(&page).await;
    organ.fill("returned", "Napisz, kto prosił.").await;
    organ.press("Zwróć zmianę do poprawy").await;
    organ.told("Zwrócono zmianę do poprawy. Powód widzi pracownik, który ją przygotował.").await;
    officer.open(&page).await;
    officer.says("Napisz, kto prosił.").await;
    officer.check().await;
    officer.fill("reason", "Dłuższy termin na prośbę dwóch organizacji.").await;
    officer.press("Przekaż zmianę organowi").await;
    officer.told(handed).await;

    organ.open(&page).await;
    organ.press("Przejdź do ogłoszenia zmiany").await;
    organ.says("Ogłoszonej zmiany nie da się cofnąć").await;
    publish(organ, "Ogłoś zmianę").await;
    organ.told("Ogłoszono zmianę nr 1 ogłoszenia. Nowe warunki są zamrożone.").await;
    organ.says("poniedziałek, 21.12.2026, do końca dnia (23:59)").await;
}

async fn give_a_change_up(officer: &Person, call: &Call) {
    officer.open(&format!("{}/zmiana", url(call))).await;
    officer.press("Zacznij zmianę ogłoszenia").await;
    officer.press("Porzuć tę zmianę").await;
    officer.says("Ta zmiana niczego jeszcze nie zmienia.").await;
    officer.press("Porzuć tę zmianę").await;
    officer.told("Porzucono zmianę. Ogłoszenie zostaje takie, jakie jest.").await;
}

/// A failure of the last day is written down, and everybody gets a day more.
async fn prolong_after_an_outage(officer: &Person, organ: &Person, call: &Call) {
    officer.open("/urzad/przerwy").await;
    for (name, value) in [
        ("from_date", "2026-12-21"),
        ("from_time", "15:00"),
        ("to_date", "2026-12-21"),
        ("to_time", "17:10"),
        ("cause", "awaria sieci"),
    ] {
        officer.fill(name, value).await;
    }
    officer.press("Zapisz przerwę").await;
    officer.told("Zapisano przerwę.").await;
    officer.open(&url(call)).await;
    officer.press("Przygotuj dłuższy termin dla wszystkich").await;
    officer.told("Przygotowano dłuższy termin z powodem. Sprawdź go i przekaż organowi.").await;
    officer.press("Przekaż zmianę organowi").await;
    organ.open(&format!("{}/zmiana", url(call))).await;
    organ.press("Przejdź do ogłoszenia zmiany").await;
    publish(organ, "Ogłoś zmianę").await;
    organ.told("Ogłoszono zmianę nr 2 ogłoszenia. Nowe warunki są zamrożone.").await;
    organ.says("wtorek, 22.12.2026, do końca dnia (23:59)").await;
    organ.check().await;
}

#[actix_web::test]
async fn the_office_takes_a_call_from_the_draft_to_a_longer_deadline() {
    let s = Scene::new().await;
    let spare = drafted(&s.app, &s.clients, sample::programme_content("RSD-1"));
    let (officer, organ) = s.both().await;
    drop_a_draft(&officer, &spare).await;
    let call = complete(&s.app, &s.clients);
    approve(&organ, &call).await;
    s.app.at("2026-11-23 12:10");
    announce(&officer, &call).await;
    assert_eq!(find(&s.app, &call.id).state, CallState::Announced);
    let ngo = s.app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let asked = [("text", "Czy urząd sprzeda mi samochód?")];
    ngo.post(&format!("/konkursy/{}/pytania", call.id), &asked).await.expect(303);
    refuse_a_question(&officer, &call).await;
    change(&officer, &organ, &call).await;
    give_a_change_up(&officer, &call).await;
    s.at("2026-12-21 18:00", (&officer, &organ)).await;
    prolong_after_an_outage(&officer, &organ, &call).await;
    s.app.new_mail();
}

/// Somebody without an account asks, and says by the link of a letter that it was they.
async fn ask_by_letter(s: &Scene, call: &Call) {
    let ewa = s.site.stranger(&s.driver, "ewa").await;
    ewa.open(&format!("/konkursy/{}/pytania", call.id)).await;
    ewa.fill("text", "Czy potrzebny jest wkład własny?").await;
    ewa.fill("email", "ewa@example.pl").await;
    ewa.press("Zadaj pytanie").await;
    let letter = s.app.state.store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
    let link = letter.body.find("/konkursy/").map(|from| &letter.body[from..]).unwrap();
    ewa.open(link.split_whitespace().next().unwrap()).await;
    ewa.press("Wyślij pytanie do urzędu").await;
    ewa.told("Pytanie jest w urzędzie. Odpowiedź pojawi się na tej stronie i przyjdzie na adres ewa@example.pl.").await;
}

async fn extend_for_one(organ: &Person, call: &Call) {
    organ.open(&url(call)).await;
    organ.press("Wyznacz termin jednej organizacji").await;
    organ.press("Stowarzyszenie Promyk").await;
    for (name, value) in [("until_date", "2026-12-17"), ("until_time", "23:59"), ("why", WHY)] {
        organ.fill(name, value).await;
    }
    organ.press("Wyznacz termin tej organizacji").await;
    organ.told("Wyznaczono termin jednej organizacji. Decyzja jest w rejestrze konkursu.").await;
    organ.says("nabór zakończony, trwa termin jednej organizacji").await;
    organ.check().await;
}

async fn record_a_place(officer: &Person, call: &Call) {
    officer.open(&format!("{}/miejsca", url(call))).await;
    for (name, value) in [
        ("place", "board"),
        ("kind", "posted"),
        ("on", "2026-11-20"),
        ("time", "10:00"),
        ("by", "Jan Woźny"),
        ("evidence", "adnotacja nr 7"),
    ] {
        officer.fill(name, value).await;
    }
    officer.press("Zapisz w aktach konkursu").await;
    officer.told("Zapisano. Zobacz, co to zmienia w terminie.").await;
}

/// Opens the offers; a page that asks once more may stand in between.
async fn open_offers(officer: &Person, call: &Call) {
    officer.open(&url(call)).await;
    officer.press("Otwórz oferty").await;
    if officer.path().await.ends_with("/otwarcie") {
        officer.press("Otwórz oferty").await;
    }
    assert_eq!(officer.path().await, url(call));
    officer.says("trwa ocena ofert").await;
}

async fn reject_the_only_offer(officer: &Person, call: &Call) {
    officer.open(&format!("{}/oceny-formalne", url(call))).await;
    let checks = officer.links("/urzad/oferty/", "/ocena-formalna").await;
    assert_eq!(checks.len(), 1);
    officer.open(&checks[0]).await;
    officer.choose_like("^answer", "yes").await;
    for (name, value) in [("answer.deadline", "no"), ("note.deadline", "wpłynęła za późno"), ("outcome", "rejected")]
    {
        officer.fill(name, value).await;
    }
    officer.press("Zapisz ocenę formalną").await;
    officer.told("Zapisano ocenę formalną oferty LOK/2/2026/O-1.").await;
}

async fn cancel(organ: &Person, call: &Call, reason: &str) {
    organ.open(&url(call)).await;
    organ.press("Unieważnij konkurs").await;
    organ.fill("reason", reason).await;
    publish(organ, "Unieważnij konkurs").await;
    organ.told(&format!("Unieważniono konkurs {}.", call.number())).await;
    organ.says("Konkurs unieważniono. Urząd może przygotować nowy.").await;
    organ.check().await;
}

#[actix_web::test]
async fn calls_without_a_sound_offer_are_cancelled_and_one_waits_for_an_organisation_first() {
    let s = Scene::new().await;
    let (call, other, trial) = (sample::pai_call(&s.app), sample::second_call(&s.app), sample::trial_call(&s.app));
    let ngo = s.app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    sample::filed_offer(&s.app, &other, &ngo, 1);
    let (officer, organ) = s.both().await;
    ask_by_letter(&s, &call).await;
    record_a_place(&officer, &call).await;
    officer.open(&url(&trial)).await;
    officer.press("Zakończ nabór teraz (konkurs próbny)").await;
    officer.told("Konkurs próbny: nabór zakończony. Możesz otworzyć oferty.").await;
    open_offers(&officer, &trial).await;
    assert_eq!(find(&s.app, &trial.id).state, CallState::Review);
    s.at("2026-12-15 09:00", (&officer, &organ)).await;
    extend_for_one(&organ, &call).await;
    s.at("2026-12-18 09:00", (&officer, &organ)).await;
    cancel(&organ, &call, "no_offers").await;
    open_offers(&officer, &other).await;
    reject_the_only_offer(&officer, &other).await;
    cancel(&organ, &other, "none_compliant").await;
    for over in [&call, &other] {
        assert_eq!(find(&s.app, &over.id).state, CallState::Cancelled);
    }
    officer.open(&url(&call)).await;
    officer.press("Przygotuj podobny konkurs").await;
    officer.press("Załóż projekt konkursu").await;
    officer.told("Założono projekt konkursu na podstawie wcześniejszego. Sprawdź to, co wymieniono na górze.").await;
    let made = s.app.state.store.read(|r| call::store::all(r, false)).unwrap();
    assert_eq!(made.iter().filter(|made| made.state == CallState::Draft).count(), 1);
    s.app.new_mail();
}
