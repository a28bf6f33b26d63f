//! The ledger of outages, and the longer deadline that an outage calls for.

use chrono::Duration;
use konkurs::account::Role;
use konkurs::app;
use konkurs::call::{self, Beating, Call, Outage};
use konkurs::error::AppError;
use konkurs::law::Instant;
use konkurs::store::{Clock, Store};

use super::amending::{again, open_of, publish};
use super::{Office, announced, find, office};
use crate::support::{TestApp, moment, sample};

const ON: Beating<'static> = Beating { process: "pup 8080", begins: false };

fn beat(store: &Store, wall: &str) -> Option<Outage> {
    store.write(|tx| call::beat(tx, ON, moment(wall))).unwrap()
}

fn ledger(app: &TestApp) -> Vec<(Instant, Instant, String)> {
    let all = app.state.store.read(|r| call::store::outages::recent(r, 100)).unwrap();
    all.into_iter().map(|o| (o.from, o.to, o.recorded_by)).collect()
}

#[actix_web::test]
async fn a_silence_of_more_than_two_minutes_is_an_outage() {
    let app = TestApp::new().await;
    let store = &app.state.store;
    assert_eq!(beat(store, "2026-11-23 12:00"), None, "the first beat has nothing behind it");
    assert_eq!(beat(store, "2026-11-23 12:01"), None);
    assert_eq!(beat(store, "2026-11-23 12:03"), None, "two minutes are no outage");
    let found = beat(store, "2026-11-23 12:05:01").unwrap();
    assert_eq!(found.span(), "od 23.11.2026, 12:03 do 23.11.2026, 12:05 (2 minuty)");
    assert_eq!(beat(store, "2026-11-23 12:05:01"), None, "another process beats at the same moment");
    assert_eq!(beat(store, "2026-11-23 12:04"), None, "a clock a little behind");
    assert_eq!(beat(store, "2026-11-23 10:00"), None, "a clock that was set back");
    assert_eq!(beat(store, "2026-11-23 10:01"), None);
    let expected = (moment("2026-11-23 12:03"), moment("2026-11-23 12:05:01"), "program".to_owned());
    assert_eq!(ledger(&app), [expected]);
}

#[actix_web::test]
async fn several_processes_record_one_outage_once() {
    let app = TestApp::new().await;
    beat(&app.state.store, "2026-11-23 12:00");
    let found: Vec<Result<Option<Outage>, AppError>> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4)
            .map(|n| {
                let store = app.state.store.clone();
                scope.spawn(move || store.write(|tx| call::beat(tx, ON, moment(&format!("2026-11-23 13:00:0{n}")))))
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(found.iter().all(Result::is_ok), "{found:?}");
    assert_eq!(found.iter().flatten().flatten().count(), 1, "{found:?}");
    assert_eq!(ledger(&app).len(), 1);
}

/// Seconds around the deadline of an announced call at which a process beats.
struct Beats {
    app: TestApp,
    deadline: Instant,
}

impl Beats {
    async fn new() -> Beats {
        let app = TestApp::new().await;
        let office = office(&app).await;
        let deadline = announced(&app, &office).await.deadline_at.unwrap();
        Beats { app, deadline }
    }

    fn at(&self, seconds: i64) -> Instant {
        self.deadline + Duration::seconds(seconds)
    }

    fn beat(&self, process: &str, begins: bool, seconds: i64) -> Option<Outage> {
        self.app.state.store.write(|tx| call::beat(tx, Beating { process, begins }, self.at(seconds))).unwrap()
    }
}

#[actix_web::test]
async fn a_short_stop_is_an_outage_when_a_deadline_fell_into_it() {
    let s = Beats::new().await;
    assert_eq!(s.beat("pup 8080", true, -300), None, "the first beat of all");
    assert_eq!(s.beat("pup 8080", true, -200), None, "started again, and no deadline passed meanwhile");
    assert_eq!(s.beat("pup 8080", false, -100), None);
    assert_eq!(s.beat("pup 8080", true, -20), None);
    let outage = s.beat("pup 8080", true, 40).unwrap();
    assert_eq!((outage.from, outage.to, &*outage.cause), (s.at(-20), s.at(40), "serwis uruchamiano na nowo"));
    assert!(call::rules::outage::reopens(s.deadline, &outage));
    assert_eq!(s.beat("pup 8080", true, 60), None, "once");
    assert_eq!(ledger(&s.app).len(), 1);
}

#[actix_web::test]
async fn a_deadline_between_two_beats_of_processes_that_run_is_no_outage() {
    let s = Beats::new().await;
    assert_eq!(s.beat("pup 8080", true, -30), None);
    assert_eq!(s.beat("pup 8080", false, 30), None, "it was there all the time");
    let s = Beats::new().await;
    assert_eq!(s.beat("pup 8080", true, -30), None);
    assert_eq!(s.beat("pup 8081", true, 30), None, "a second process begins beside the first");
    assert!(ledger(&s.app).is_empty());
}

#[actix_web::test]
async fn a_process_that_can_keep_no_file_does_not_say_that_it_takes_offers() {
    let app = TestApp::new().await;
    let (state, folder) = (&app.state, app.state.config.data.join("files"));
    let beaten = || state.store.read(call::store::outages::last_beat).unwrap();
    state.clock.set(Clock::system().now()); // the database's clock is the machine's
    app::check(state, ON, state.clock.now()).unwrap();
    let first = beaten();
    assert!(first.is_some());
    assert_eq!(std::fs::read_dir(folder.join("partial")).unwrap().count(), 0, "nothing stays");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "tu był folder").unwrap();
    let later = state.clock.now() + Duration::minutes(1);
    let refused = app::check(state, ON, later);
    assert!(matches!(&refused, Err(AppError::Unavailable(why)) if why.starts_with("zapis plików: ")), "{refused:?}");
    assert_eq!(beaten(), first);
    std::fs::remove_file(&folder).unwrap();
    let found = app::check(state, ON, later + Duration::minutes(2)).unwrap().unwrap();
    assert_eq!(found.cause, "serwis albo jego baza danych nie działały");
}

fn form<'a>(from: (&'a str, &'a str), to: (&'a str, &'a str), cause: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("from_date", from.0), ("from_time", from.1), ("to_date", to.0), ("to_time", to.1), ("cause", cause)]
}

#[actix_web::test]
async fn the_office_adds_what_the_program_could_not_notice() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let auditor = app.staff("audytor@example.pl", &[Role::Auditor]).await;
    office
        .officer
        .page("/urzad/przerwy")
        .await
        .says("Nie zapisano żadnej przerwy")
        .says("Teraz czekamy na: nic więcej Żadna przerwa nie dotyczy terminu konkursu");
    let day = "2026-11-23";
    let wrong = office.officer.post("/urzad/przerwy", &form((day, "10:00"), (day, "09:00"), "")).await;
    wrong.expect(422).says("Uzupełnij pole „Przyczyna”.");
    let wrong = office.officer.post("/urzad/przerwy", &form((day, "10:00"), (day, "09:00"), "sieć")).await;
    wrong.expect(422).says("Przerwa kończy się przed początkiem.");
    assert_eq!(wrong.value_of("from_time").as_deref(), Some("10:00"));
    let wrong = office.officer.post("/urzad/przerwy", &form((day, "10:00"), (day, "13:00"), "sieć")).await;
    wrong.expect(422).says("Koniec przerwy jest w przyszłości.");
    office
        .officer
        .post("/urzad/przerwy", &form((day, "09:00"), (day, "10:30"), "awaria łącza urzędu."))
        .await
        .expect(303);
    auditor
        .page("/urzad/przerwy")
        .await
        .says("23.11.2026, 09:00 23.11.2026, 10:30 1 godzina 30 minut awaria łącza urzędu urzednik@example.pl")
        .says_not("Dopisz przerwę");
    office.organ.post("/urzad/przerwy", &form((day, "09:00"), (day, "10:30"), "x")).await.expect(403);
    let changed = app.state.store.write(|tx| {
        use diesel::RunQueryDsl as _;
        Ok(diesel::sql_query("DELETE FROM outages").execute(tx.conn())?)
    });
    assert!(changed.is_err(), "the ledger is append-only");
}

/// The longer deadline offered after an outage of the last evening, in a call with this day of the choice.
async fn offered(decision: &str) -> (TestApp, Call, Office) {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let draft = super::complete(&app, &first);
    let content = super::filled(draft.content.clone(), 2026, "2026-12-14", decision);
    let draft = super::saved(&app, &first, &draft, content);
    let (actor, now) = (app.actor(&first.organ), app.state.clock.now());
    let three = sample::three_places("2026-11-23");
    let draft = super::approved(&app, &first, &draft);
    app.state.store.write(|tx| call::announce(tx, &actor, &draft.id, draft.version, three, now)).unwrap();
    beat(&app.state.store, "2026-12-14 21:00");
    let outage = beat(&app.state.store, "2026-12-15 07:00").unwrap();
    let office = again(&app, "2026-12-15 08:00");
    let url = format!("/urzad/konkursy/{}/zmiana", draft.id);
    office.officer.post(&url, &[("outage", outage.id.as_str())]).await.expect(303);
    let call = find(&app, &draft.id);
    (app, call, office)
}

#[actix_web::test]
async fn the_day_of_the_decision_moves_along_when_it_would_come_too_early() {
    for (decision, moved) in [("2026-12-15", "2026-12-17"), ("2026-12-16", "2026-12-18"), ("2026-12-17", "2026-12-17")]
    {
        let (app, call, office) = offered(decision).await;
        let a = open_of(&app, &call);
        let elements = &a.content.content.elements;
        assert_eq!(elements.deadline, sample::day("2026-12-16").and_hms_opt(23, 59, 0));
        assert_eq!(elements.decision_by, Some(sample::day(moved)), "{decision}");
        let url = format!("/urzad/konkursy/{}/zmiana", call.id);
        office.officer.page(&url).await.says_not("blokuje");
        let (id, version, reason) = (a.id.to_string(), a.version.to_string(), a.content.reason.clone());
        let ask = [("amendment", id.as_str()), ("version", version.as_str()), ("reason", reason.as_str())];
        office.officer.post(&format!("{url}/wniosek"), &ask).await.expect(303);
    }
}

/// Announced, with an outage recorded by the program from `from` to `to`.
async fn with_outage(app: &TestApp, from: &str, to: &str) -> Call {
    let first = office(app).await;
    let call = announced(app, &first).await;
    beat(&app.state.store, from);
    beat(&app.state.store, to);
    call
}

#[actix_web::test]
async fn an_outage_of_the_last_day_offers_everybody_a_longer_deadline() {
    let app = TestApp::new().await;
    let call = with_outage(&app, "2026-12-14 15:00", "2026-12-14 17:10").await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    crate::offer::draft(&app, &call, &ngo);
    app.new_mail();
    let office = again(&app, "2026-12-14 18:00");
    let url = format!("/urzad/konkursy/{}", call.id);
    let page = office.officer.page(&url).await;
    page.says("Serwis nie przyjmował ofert od 14.12.2026, 15:00 do 14.12.2026, 17:10 (2 godziny 10 minut).")
        .says("R-OUT-01")
        .says("Przygotuj dłuższy termin dla wszystkich");
    let outage = page.value_of("outage").unwrap();
    office.officer.post(&format!("{url}/zmiana"), &[("outage", &outage)]).await.expect(303);
    let a = open_of(&app, &call);
    assert_eq!(a.content.content.elements.deadline, sample::day("2026-12-15").and_hms_opt(23, 59, 0));
    assert!(
        a.content.reason.starts_with("Serwis do składania ofert nie działał od 14.12.2026, 15:00"),
        "{}",
        a.content.reason
    );
    office.officer.page(&format!("{url}/zmiana")).await.says("To tylko dłuższy termin.");
    let (id, version, reason) = (a.id.to_string(), a.version.to_string(), a.content.reason.clone());
    let ask = [("amendment", id.as_str()), ("version", version.as_str()), ("reason", reason.as_str())];
    office.officer.post(&format!("{url}/zmiana/wniosek"), &ask).await.expect(303);
    publish(&office, &call, &open_of(&app, &call), "2026-12-14").await.expect(303);
    let longer = find(&app, &call.id);
    assert_eq!(longer.deadline_at, Some(moment("2026-12-16 00:00")));
    assert_eq!(app.new_mail().len(), 1);
    office.officer.page(&url).await.says_not("R-OUT-01").says_not("Przygotuj dłuższy termin");
}

#[actix_web::test]
async fn a_deadline_that_passed_in_an_outage_is_prolonged_within_a_day_and_not_later() {
    let app = TestApp::new().await;
    let call = with_outage(&app, "2026-12-14 21:00", "2026-12-15 07:00").await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    crate::offer::draft(&app, &call, &ngo);
    let office = again(&app, "2026-12-15 08:00");
    konkurs::jobs::run_due(&app.state.store, &app.state.jobs, moment("2026-12-15 08:00")).unwrap();
    app.new_mail();
    let url = format!("/urzad/konkursy/{}", call.id);
    let page = office.officer.page(&url).await;
    page.says("W tym czasie minął termin składania ofert.").says("Przygotuj dłuższy termin dla wszystkich");
    let outage = page.value_of("outage").unwrap();
    office.officer.post(&format!("{url}/zmiana"), &[("outage", &outage)]).await.expect(303);
    let a = open_of(&app, &call);
    assert_eq!(a.content.content.elements.deadline, sample::day("2026-12-16").and_hms_opt(23, 59, 0));
    let (id, version, reason) = (a.id.to_string(), a.version.to_string(), a.content.reason.clone());
    let ask = [("amendment", id.as_str()), ("version", version.as_str()), ("reason", reason.as_str())];
    office.officer.post(&format!("{url}/zmiana/wniosek"), &ask).await.expect(303);
    let a = open_of(&app, &call);

    let late = again(&app, "2026-12-16 07:00:01");
    publish(&late, &call, &a, "2026-12-15")
        .await
        .expect(422)
        .says("R-AMD-03")
        .says("24 godziny minęły 16.12.2026, 07:00");
    let office = again(&app, "2026-12-16 07:00");
    publish(&office, &call, &a, "2026-12-15").await.expect(303);
    let open = find(&app, &call.id);
    assert_eq!(open.deadline_at, Some(moment("2026-12-17 00:00")));
    assert!(open.is_open(moment("2026-12-16 09:00")) && !open.is_unsealed(moment("2026-12-16 09:00")), "sealed again");
    // The reminders of the old deadline were used up; those of the new one are planned anew.
    app.new_mail();
    konkurs::jobs::run_due(&app.state.store, &app.state.jobs, moment("2026-12-16 07:01")).unwrap();
    konkurs::jobs::run_due(&app.state.store, &app.state.jobs, moment("2026-12-16 20:00")).unwrap();
    let subjects: Vec<String> = app.new_mail().into_iter().map(|(_, s)| s).collect();
    assert_eq!(subjects, ["Oferta nie jest złożona: termin za 4 godziny (RSD/1/2026)"]);
}

#[actix_web::test]
async fn opened_offers_close_the_door_for_good() {
    let app = TestApp::new().await;
    let call = with_outage(&app, "2026-12-14 21:00", "2026-12-15 07:00").await;
    let office = again(&app, "2026-12-15 08:00");
    let url = format!("/urzad/konkursy/{}", call.id);
    let outage = office.officer.page(&url).await.value_of("outage").unwrap();
    office.officer.post(&format!("{url}/otwarcie"), &[]).await.expect(303);
    office.officer.post(&format!("{url}/zmiana"), &[("outage", &outage)]).await.expect(403);
    office.officer.page(&url).await.says_not("Przygotuj dłuższy termin");
}

#[actix_web::test]
async fn an_outage_far_from_the_deadline_changes_nothing() {
    let app = TestApp::new().await;
    let call = with_outage(&app, "2026-12-10 15:00", "2026-12-10 17:10").await;
    let office = again(&app, "2026-12-11 09:00");
    let page = office.officer.page(&format!("/urzad/konkursy/{}", call.id)).await;
    page.says_not("R-OUT-01").says_not("Przygotuj dłuższy termin");
}

#[actix_web::test]
async fn an_open_change_gives_way_to_a_longer_deadline_after_an_outage() {
    let app = TestApp::new().await;
    let call = with_outage(&app, "2026-12-14 15:00", "2026-12-14 17:10").await;
    let office = again(&app, "2026-12-14 18:00");
    super::amending::begun(&app, &office, &call);
    super::amending::wrote(&app, &office, &call, call::Part::Programme, |c| c.contact = "Ewa Nowak".into());
    let old = open_of(&app, &call);
    let url = format!("/urzad/konkursy/{}", call.id);
    let page = office.officer.page(&url).await;
    page.says("R-OUT-01").says("Porzuć tę zmianę i przygotuj dłuższy termin");
    office.organ.page(&url).await.says("R-OUT-01").says_not("Porzuć tę zmianę i przygotuj");
    let page = office.officer.page(&format!("{url}/zmiana")).await;
    page.says("Serwis nie przyjmował ofert od 14.12.2026, 15:00 do 14.12.2026, 17:10")
        .says("Zmiana, nad którą trwa praca (w przygotowaniu), nie wydłuża terminu o pełną dobę po przerwie.")
        .says("Porzuć tę zmianę i przygotuj dłuższy termin");
    let (id, outage) = (old.id.to_string(), page.value_of("outage").unwrap());
    let stale = [("outage", outage.as_str()), ("amendment", id.as_str()), ("version", "0")];
    office.officer.post(&format!("{url}/zmiana"), &stale).await.expect(409);
    assert_eq!(open_of(&app, &call), old, "nothing was given up");
    let version = old.version.to_string();
    let form = [("outage", outage.as_str()), ("amendment", id.as_str()), ("version", version.as_str())];
    office.officer.post(&format!("{url}/zmiana"), &form).await.expect(303);
    let new = open_of(&app, &call);
    assert_ne!(new.id, old.id);
    assert_eq!(new.content.content.elements.deadline, sample::day("2026-12-15").and_hms_opt(23, 59, 0));
    office.officer.page(&url).await.says_not("Porzuć tę zmianę i przygotuj");
    office.officer.page(&format!("{url}/zmiana")).await.says_not("Porzuć tę zmianę i przygotuj");
}

#[actix_web::test]
async fn a_change_of_more_than_the_deadline_leaves_the_way_out_open_after_the_deadline() {
    let app = TestApp::new().await;
    let call = with_outage(&app, "2026-12-14 21:00", "2026-12-15 07:00").await;
    let before = again(&app, "2026-12-14 20:00");
    super::amending::begun(&app, &before, &call);
    super::amending::wrote(&app, &before, &call, call::Part::Programme, |c| c.contact = "Ewa Nowak".into());
    super::amending::wrote(&app, &before, &call, call::Part::Elements, super::amending::until("2026-12-21"));
    let url = format!("/urzad/konkursy/{}", call.id);
    let office = again(&app, "2026-12-15 08:00");
    for page in [url.clone(), format!("{url}/zmiana")] {
        office.officer.page(&page).await.says("Porzuć tę zmianę i przygotuj dłuższy termin");
    }
    office.officer.page(&format!("{url}/zmiana")).await.says("Zmienia się coś więcej niż termin.");
    super::amending::wrote(&app, &office, &call, call::Part::Programme, |c| {
        c.contact.clone_from(&call.content.contact)
    });
    office.officer.page(&url).await.says_not("Porzuć tę zmianę i przygotuj dłuższy termin");
}
