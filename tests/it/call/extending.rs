//! The organ gives one organisation a later deadline: who may, until when, who reads what of it, and what it holds up.

use konkurs::account::Role;
use konkurs::audit;
use konkurs::call::{self, Call, CallState, Extending};
use konkurs::error::AppError;
use konkurs::store::OrgId;

use super::{Office, find, office};
use crate::support::{Client, TestApp, moment, sample};

pub const WHY: &str = "Konto organizacji urząd zablokował przez pomyłkę dnia 14.12.2026 od godz. 20:00.";

const LATE: &str = "2026-12-15 09:00";

struct Scene {
    app: TestApp,
    call: Call,
    organ: Client,
    officer: Client,
    promyk: OrgId,
}

/// The morning after the deadline of LOK/1/2026; Promyk and Razem have accounts, and no offers.
async fn scene() -> Scene {
    let app = TestApp::new().await;
    office(&app).await;
    let call = sample::pai_call(&app);
    let promyk = sample::org_of(&app, &app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await).id;
    app.ngo("Fundacja Razem", &sample::nip(2)).await;
    app.new_mail();
    app.at(LATE);
    let Office { officer, organ } = again(&app);
    Scene { app, call, organ, officer, promyk }
}

fn again(app: &TestApp) -> Office {
    Office { officer: app.sign_in("urzednik@example.pl"), organ: app.sign_in("organ@example.pl") }
}

/// The decision as the verb takes it, by the organ at `at`.
pub fn extend(app: &TestApp, call: &Call, org: &OrgId, until: &str, at: &str) -> Result<(), AppError> {
    let (by, seen) = (app.actor(&app.sign_in("organ@example.pl")), find(app, &call.id).version);
    let asked = Extending { org: org.clone(), until: moment(until), why: WHY.to_owned() };
    app.state.store.write(|tx| call::extend(tx, &by, &call.id, seen, asked, moment(at)))
}

impl Scene {
    fn url(&self) -> String {
        format!("/urzad/konkursy/{}", self.call.id)
    }

    fn form(&self) -> String {
        format!("{}/wyjatek/{}", self.url(), self.promyk)
    }

    fn seen(&self) -> String {
        find(&self.app, &self.call.id).version.to_string()
    }

    /// Deeds of the call in the log and what it says of them.
    fn log(&self) -> Vec<(String, String)> {
        let rows = self.app.state.store.read(|r| audit::of_object(r, self.call.id.as_str())).unwrap();
        rows.into_iter().map(|row| (row.deed, row.detail)).collect()
    }

    async fn decide(&self, day: &str, hour: &str, why: &str) -> crate::support::Answer {
        let seen = self.seen();
        let fields = [("version", seen.as_str()), ("until_date", day), ("until_time", hour), ("why", why)];
        self.organ.post(&self.form(), &fields).await
    }
}

#[actix_web::test]
async fn the_organ_decides_for_one_organisation_and_everybody_reads_that_it_did() {
    let s = scene().await;
    let choose = format!("{}/wyjatek", s.url());
    s.organ.page(&s.url()).await.says("Wyznacz termin jednej organizacji");
    s.organ
        .page(&choose)
        .await
        .says("Konkurs traktuje oferentów równo")
        .says("Awaria, która dotknęła wszystkich, wymaga dłuższego terminu dla wszystkich")
        .says("To są wszystkie organizacje, które mają tu konto.")
        .says("Stowarzyszenie Promyk")
        .says("Fundacja Razem");
    s.organ.page(&format!("{choose}?q={}", sample::nip(1))).await.says("Stowarzyszenie Promyk").says_not("Razem");
    s.organ.page(&format!("{choose}?q=nikt-taki")).await.says("Nie znaleziono organizacji");
    s.organ
        .page(&s.form())
        .await
        .says("Organizacja: Stowarzyszenie Promyk")
        .says("Termin dla wszystkich: poniedziałek, 14.12.2026, do końca dnia (23:59).")
        .says("Najpóźniej 30.12.2026, dzień przed wyborem ofert.")
        .says("napiszemy do osób z tej organizacji: 1 list do 1 osoby.");
    s.decide("2026-12-17", "23:59", WHY).await.expect(303);

    let to = format!("{}@example.pl", sample::nip(1));
    assert_eq!(s.app.new_mail(), [(to, "Termin dla Twojej organizacji: konkurs LOK/1/2026".to_owned())]);
    let call = find(&s.app, &s.call.id);
    assert_eq!((call.state, call.version, call.deadline_at), (CallState::Announced, 1, s.call.deadline_at));
    assert_eq!(call.terms_hash, s.call.terms_hash);
    let [decided] = call.extensions.as_slice() else { panic!("{:?}", call.extensions) };
    assert_eq!((&decided.org, decided.until, decided.at), (&s.promyk, moment("2026-12-18 00:00"), moment(LATE)));
    assert_eq!((decided.why.as_str(), decided.by.as_str()), (WHY, "organ@example.pl"));

    let told = "Decyzją z dnia 15.12.2026 wyznaczono jednemu oferentowi termin do końca dnia 17.12.2026. \
                Powód: Konto organizacji urząd zablokował przez pomyłkę dnia 14.12.2026 od godz. 20:00.";
    let page = s.organ.page(&s.url()).await;
    page.says(told).says("Organizacja: Stowarzyszenie Promyk. Decyzję zapisano z konta organ@example.pl.");
    page.says("Terminu pozostałych oferentów to nie zmienia. Oferty otwiera się dopiero po ostatnim z tych terminów.");
    page.says("Teraz czekamy na: jednego oferenta").says("nabór zakończony, trwa termin jednej organizacji");
    let page = s.officer.page(&s.url()).await;
    page.says(told).says("Organizacja: jedna organizacja.").says_not("Promyk").says_not("Otwórz oferty");
    let public = format!("/konkursy/{}", s.call.id);
    s.app.stranger().page(&public).await.says(told).says("nabór zakończony").says_not("Promyk").says_not("Przygotuj");
    for (page, told) in [
        (
            format!("{public}/ogloszenie.txt"),
            "Termin wyznaczony jednemu oferentowi: do końca dnia 17.12.2026, decyzją z dnia 15.12.2026.",
        ),
        (
            "/konkursy.atom".to_owned(),
            "Termin do końca dnia 17.12.2026, decyzją z dnia 15.12.2026. Powód: Konto organizacji urząd",
        ),
    ] {
        let text = s.app.stranger().page(&page).await.html();
        assert!(text.contains(told) && !text.contains("Promyk"), "{page}: {text}");
    }
    let promyk = s.app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    promyk
        .page(&public)
        .await
        .says("Termin dla Twojej organizacji (Stowarzyszenie Promyk): czwartek, 17.12.2026, do końca dnia (23:59), decyzją z 15.12.2026.")
        .says("Przygotuj ofertę");
    let razem = s.app.sign_in(&format!("{}@example.pl", sample::nip(2)));
    razem.page(&public).await.says(told).says_not("dla Twojej organizacji").says_not("Przygotuj ofertę");
}

#[actix_web::test]
async fn the_log_and_the_outbox_do_not_tell_whom_it_is_for() {
    let s = scene().await;
    s.app.staff("admin@example.pl", &[Role::Admin]).await;
    s.decide("2026-12-17", "23:59", WHY).await.expect(303);
    let rows = s.app.state.store.read(|r| audit::of_object(r, s.call.id.as_str())).unwrap();
    let last = rows.last().unwrap();
    assert_eq!((last.deed.as_str(), last.actor.as_str()), ("call.extend", "organ@example.pl"));
    assert_eq!(
        last.detail,
        "Wyznaczono jednej organizacji termin składania oferty do końca dnia 17.12.2026 w konkursie LOK/1/2026. \
         Powód: Konto organizacji urząd zablokował przez pomyłkę dnia 14.12.2026 od godz. 20:00."
    );
    assert_ne!(last.before_digest, last.after_digest);
    let admin = s.app.sign_in("admin@example.pl");
    admin.page("/urzad/dziennik").await.says("call.extend");
    let post = admin.page("/urzad/administracja/poczta").await;
    post.says("adresat nieujawniany Termin dla Twojej organizacji: konkurs LOK/1/2026");
}

#[actix_web::test]
async fn only_the_organ_decides_and_only_with_a_sound_term_and_reason() {
    let s = scene().await;
    for who in [&s.officer, &s.app.staff("k@example.pl", &[Role::Auditor]).await] {
        who.get(&format!("{}/wyjatek", s.url())).await.expect(403).says("wyznacza tylko organ");
        who.get(&s.form()).await.expect(403);
        who.post(&s.form(), &[("version", "0")]).await.expect(403);
    }
    let ngo = s.app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    ngo.get(&s.form()).await.expect(404);
    s.organ.get(&format!("{}/wyjatek/{}", s.url(), OrgId::new())).await.expect(404);

    let short = s.decide("2026-12-17", "23:59", "Awaria.").await;
    short.expect(422).says("co najmniej 30 znaków, jest 7.");
    assert_eq!(short.value_of("until_date").as_deref(), Some("2026-12-17"), "nothing typed is lost");
    for (day, hour, says) in [
        ("2026-12-15", "09:00", "Termin do 15.12.2026, godz. 09:00 już minął. Podaj późniejszy."),
        ("2026-12-14", "22:00", "już minął"),
        ("2026-12-31", "08:00", "najpóźniej do końca dnia 30.12.2026"),
        ("", "23:59", "Ostatni dzień"),
    ] {
        s.decide(day, hour, WHY).await.expect(422).says(says);
    }
    for (why, named) in [
        ("Stowarzyszenie PROMYK nie mogło się zalogować z winy urzędu.", "słowo „PROMYK”"),
        ("Urząd zablokował konto stowarzyszenia „Promyka” przez pomyłkę.", "słowo „Promyka”"),
        (&format!("Pomyłka urzędu, NIP {}, 14.12.2026.", sample::nip(1)), "numer NIP"),
    ] {
        s.decide("2026-12-17", "23:59", why).await.expect(422).says(&format!(
            "W powodzie jest {named}. Powód przeczyta każdy, także przed otwarciem ofert. Usuń z niego nazwę i numery organizacji."
        ));
    }
    let log = s.log();
    assert!(log.iter().any(|(_, said)| said.contains("Usuń z niego nazwę i numery organizacji.")));
    assert!(log.iter().all(|(_, said)| !said.to_lowercase().contains("promyk")), "{log:?}");
    s.app.at("2026-12-10 09:00");
    let before = Scene { organ: s.app.sign_in("organ@example.pl"), ..s };
    let shorter = before.decide("2026-12-14", "12:00", WHY).await;
    shorter.expect(422).says("Termin dla wszystkich trwa do końca dnia 14.12.2026. Podaj późniejszy.");
    assert_eq!(find(&before.app, &before.call.id), before.call);
    assert!(before.app.new_mail().is_empty());
    before.decide("2026-12-30", "23:59", WHY).await.expect(303);
    assert_eq!(before.app.new_mail().len(), 1, "also before the deadline of all");
}

#[actix_web::test]
async fn a_member_of_the_organisation_does_not_decide_for_it() {
    let s = scene().await;
    let (person, now) = (s.app.actor(&s.organ).person_id().unwrap().clone(), s.app.state.clock.now());
    let role = konkurs::account::OrgRole::Editor;
    let store = &s.app.state.store;
    store.write(|tx| konkurs::account::store::insert_membership(tx, &s.promyk, &person, role, now)).unwrap();
    s.decide("2026-12-17", "23:59", WHY).await.expect(403).says("Twoje konto należy do tej organizacji");
}

#[actix_web::test]
async fn a_second_decision_only_lengthens_and_an_older_view_overwrites_nothing() {
    let s = scene().await;
    s.decide("2026-12-17", "23:59", WHY).await.expect(303);
    s.organ
        .page(&s.form())
        .await
        .says("Termin, który ta organizacja już ma: czwartek, 17.12.2026, do końca dnia (23:59)");
    for (day, hour) in [("2026-12-17", "23:59"), ("2026-12-16", "12:00")] {
        let refused = s.decide(day, hour, WHY).await;
        refused
            .expect(422)
            .says("Ta organizacja ma już termin do końca dnia 17.12.2026. Wyznaczony termin można tylko wydłużyć.");
    }
    let other = "Pomyłkę w koncie urząd usunął dopiero 17.12.2026 o godz. 15:00.";
    let stale = [("version", "0"), ("until_date", "2026-12-21"), ("until_time", "12:00"), ("why", other)];
    let page = s.organ.post(&s.form(), &stale).await;
    page.expect(409)
        .says("Ktoś zapisał ten konkurs w międzyczasie")
        .says("Ostatni dzień 17.12.2026 21.12.2026")
        .says(other);
    assert_eq!(page.value_of("version").as_deref(), Some("1"));
    s.decide("2026-12-21", "12:00", other).await.expect(303);
    assert_eq!(find(&s.app, &s.call.id).deadline_for(&s.promyk), Some(moment("2026-12-21 12:00")));
    s.app
        .stranger()
        .page(&format!("/konkursy/{}", s.call.id))
        .await
        .says("wyznaczono jednemu oferentowi termin do końca dnia 17.12.2026")
        .says("Decyzją z dnia 15.12.2026 wydłużono jednemu oferentowi wyznaczony wcześniej termin do 21.12.2026, godz. 12:00.");
    assert_eq!(s.app.new_mail().len(), 2);
}

#[actix_web::test]
async fn the_offers_stay_closed_until_the_longest_term_ends() {
    let s = scene().await;
    s.decide("2026-12-17", "12:00", WHY).await.expect(303);
    let open = format!("{}/otwarcie", s.url());
    s.app.at("2026-12-17 11:59:59.999");
    let Office { officer, organ } = again(&s.app);
    officer
        .post(&open, &[])
        .await
        .expect(403)
        .says("Jedna organizacja ma termin składania oferty do 17.12.2026, godz. 12:00, decyzją organu z 15.12.2026.")
        .says_not("Promyk");
    let refused = organ.post(&open, &[]).await;
    refused.expect(403).says("Jedna organizacja ma termin składania oferty do 17.12.2026").says_not("Promyk");
    let log = s.log();
    assert!(log.iter().any(|(deed, said)| {
        deed == "call.open_offers" && said.starts_with("Odmowa (konkurs): Jedna organizacja ma termin")
    }));
    assert!(log.iter().all(|(_, said)| !said.contains("Promyk")), "{log:?}");
    let cancel = format!("{}/uniewaznienie", s.url());
    let seen = s.seen();
    let mut fields = super::places(&seen, "2026-12-17");
    fields.push(("reason", "no_offers"));
    organ
        .post(&cancel, &fields)
        .await
        .expect(422)
        .says("Termin składania ofert jeszcze nie minął: trwa do 17.12.2026, godz. 12:00.");
    officer.page(&format!("{}/oferty", s.url())).await.says("Teraz czekamy na: ofertę z późniejszym terminem");
    s.app.at("2026-12-17 12:00");
    let Office { officer, organ } = again(&s.app);
    officer.page(&s.url()).await.says("Teraz czekamy na: urząd").says("do otwarcia ofert");
    officer.post(&open, &[]).await.expect(303);
    // Opened, everybody of the office reads whom it was for, and nothing more is decided.
    let opened = officer.page(&s.url()).await;
    opened.says("Organizacja: Stowarzyszenie Promyk.").says_not("Oferty otwiera się dopiero");
    officer.page(&format!("{}/proby", s.url())).await.says("Stowarzyszenie Promyk: 17.12.2026, 12:00:00,000000");
    organ.get(&s.form()).await.expect(303);
    let late = Scene { organ, ..s };
    late.decide("2026-12-21", "12:00", WHY).await.expect(403).says("wyznaczyć terminu jednej organizacji");
}

#[actix_web::test]
async fn a_rehearsal_extends_for_sample_organisations_and_is_not_closed_meanwhile() {
    let app = TestApp::new().await;
    let people = office(&app).await;
    let trial = sample::trial_call(&app);
    let real = sample::org_of(&app, &app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await);
    let (by, now) = (app.actor(&people.officer), app.state.clock.now());
    let offer = app.state.store.write(|tx| konkurs::offer::rehearse(tx, &by, &trial.id, now)).unwrap();
    let sample = crate::offer::find(&app, &offer);
    let url = format!("/urzad/konkursy/{}", trial.id);
    app.new_mail();
    people.organ.page(&format!("{url}/wyjatek")).await.says(&sample.org_name).says_not("Promyk");
    people.organ.get(&format!("{url}/wyjatek/{}", real.id)).await.expect(404);
    assert!(matches!(extend(&app, &trial, &real.id, "2026-12-17", "2026-11-24"), Err(AppError::NotFound)));
    extend(&app, &trial, &sample.org, "2026-12-17", "2026-11-24").unwrap();
    assert_eq!(app.new_mail().len(), 1, "to the officer who owns it");
    people.officer.page(&url).await.says_not("Zakończ nabór teraz");
    let early = people.officer.post(&format!("{url}/zamkniecie-pokazowe"), &[]).await;
    early.expect(403).says("Jedna organizacja ma termin składania oferty do końca dnia 16.12.2026");
    assert_eq!(find(&app, &trial.id).deadline_at, trial.deadline_at);
}

#[actix_web::test]
async fn a_decision_that_the_deadline_of_all_overtook_holds_nothing_up() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = super::announced(&app, &first).await;
    let promyk = sample::org_of(&app, &app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await).id;
    extend(&app, &call, &promyk, "2026-12-18", "2026-11-24").unwrap();
    let public = format!("/konkursy/{}", call.id);
    let holds = "Oferty otwiera się dopiero po ostatnim z tych terminów.";
    let over = "Termin dla wszystkich jest teraz późniejszy.";
    app.stranger().page(&public).await.says(holds).says_not(over);
    let (office, _) = super::amending::prolong(&app, &call).await;
    app.stranger().page(&public).await.says(over).says_not(holds);
    let url = format!("/urzad/konkursy/{}", call.id);
    office.organ.page(&url).await.says(over).says_not(holds);
}

#[actix_web::test]
async fn an_outage_before_the_later_deadline_is_told_before_the_offers_are_opened() {
    let s = scene().await;
    s.decide("2026-12-17", "23:59", WHY).await.expect(303);
    let on = call::Beating { process: "pup 8080", begins: false };
    for wall in ["2026-12-17 20:00", "2026-12-17 22:00"] {
        s.app.state.store.write(|tx| call::beat(tx, on, moment(wall))).unwrap();
    }
    s.app.at("2026-12-18 08:00");
    let Office { officer, organ } = again(&s.app);
    let told = "Przerwa przed terminem jednej organizacji";
    for who in [&officer, &organ] {
        who.page(&s.url())
            .await
            .says(told)
            .says("Serwis nie przyjmował ofert od 17.12.2026, 20:00 do 17.12.2026, 22:00 (2 godziny).")
            .says("Ostatnie 24 godziny przed terminem jednej organizacji (do końca dnia 17.12.2026) są dla niej.")
            .says("Zanim urząd otworzy oferty, organ może wydłużyć ten termin („Wyznacz termin jednej organizacji”).")
            .says("Otwórz oferty")
            .says_not("Przygotuj dłuższy termin");
    }
    officer
        .page("/urzad/przerwy")
        .await
        .says("Teraz czekamy na: urząd Przerwa dotyczy terminu konkursu. Otwórz go z listy poniżej")
        .says("Konkursy, których terminu to dotyczy LOK/1/2026");
    officer.page(&format!("{}/zmiana", s.url())).await.says_not("R-OUT-01").says_not("Zacznij zmianę");
    let s = Scene { organ, ..s };
    s.decide("2026-12-19", "23:59", "Serwis nie działał 17.12.2026 od godz. 20:00 do 22:00.").await.expect(303);
    officer.page(&s.url()).await.says_not(told);
    officer.page("/urzad/przerwy").await.says_not("LOK/1/2026");
}

#[actix_web::test]
async fn on_the_day_of_the_choice_nothing_is_offered_that_cannot_be_done() {
    let s = scene().await;
    let closed = "Nie można już wyznaczyć terminu jednej organizacji: nadszedł dzień wyboru ofert (31.12.2026).";
    let choose = format!("{}/wyjatek", s.url());
    s.app.at("2026-12-30 23:00");
    let s = Scene { organ: again(&s.app).organ, ..s };
    s.organ.page(&s.url()).await.says("Wyznacz termin jednej organizacji").says_not(closed);
    s.organ.page(&s.form()).await.says("Ostatni dzień na ofertę tej organizacji").says_not(closed);
    s.app.at("2026-12-31 00:00");
    let Office { officer, organ } = again(&s.app);
    let s = Scene { organ, ..s };
    s.organ.page(&s.url()).await.says(closed).says_not("Wyznacz termin jednej organizacji");
    officer.page(&s.url()).await.says_not(closed);
    s.organ.page(&choose).await.says(closed).says_not("Szukaj organizacji").says_not("Promyk");
    s.organ.page(&s.form()).await.says(closed).says_not("Ostatni dzień na ofertę tej organizacji");
    let late = s.decide("2026-12-31", "12:00", WHY).await;
    late.expect(422).says("najpóźniej do końca dnia 30.12.2026").says(WHY);
    let stale = [("version", "7"), ("until_date", "2026-12-31"), ("until_time", "12:00"), ("why", WHY)];
    let page = s.organ.post(&s.form(), &stale).await;
    page.expect(409).says(closed).says("Decyzji nie zapisano.").says(WHY);
    assert!(find(&s.app, &s.call.id).extensions.is_empty());
}
