//! An announcement is changed after its publication.

use diesel::RunQueryDsl as _;
use konkurs::app as program;
use konkurs::call::rules::AmendmentKind;
use konkurs::call::{self, Amendment, Call, CallContent, CallState, Part};
use konkurs::error::AppError;
use konkurs::jobs;
use konkurs::law::{Money, show_time, warsaw};
use konkurs::offer;
use konkurs::store::AmendmentId;

use super::{Office, announced, find, office, places, places_at};
use crate::support::sample::{self, day, three_places};
use crate::support::{TestApp, moment};

pub fn open_of(app: &TestApp, call: &Call) -> Amendment {
    app.state.store.read(|r| call::store::amendments::open_of(r, &call.id)).unwrap().unwrap()
}

/// Both people of the office, signed in at `wall`.
pub fn again(app: &TestApp, wall: &str) -> Office {
    app.at(wall);
    Office { officer: app.sign_in("urzednik@example.pl"), organ: app.sign_in("organ@example.pl") }
}

pub fn begun(app: &TestApp, office: &Office, call: &Call) -> AmendmentId {
    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    app.state.store.write(|tx| call::begin_amendment(tx, &actor, &call.id, &call::Cause::Own, now)).unwrap()
}

/// Writes `part` of the change that is worked on.
pub fn wrote(app: &TestApp, office: &Office, call: &Call, part: Part, change: impl Fn(&mut CallContent)) {
    let (actor, now, a) = (app.actor(&office.officer), app.state.clock.now(), open_of(app, call));
    let seen = part.mark(&a.content.content).unwrap();
    let mut content = a.content.content.clone();
    change(&mut content);
    app.state.store.write(|tx| call::amend_part(tx, &actor, &a.id, part, &seen, content, now)).unwrap();
}

pub fn proposed(app: &TestApp, office: &Office, call: &Call, reason: &str) -> Amendment {
    let (actor, now, a) = (app.actor(&office.officer), app.state.clock.now(), open_of(app, call));
    app.state.store.write(|tx| call::propose_amendment(tx, &actor, &a.id, a.version, reason, now)).unwrap();
    open_of(app, call)
}

pub fn until(deadline: &str) -> impl Fn(&mut CallContent) {
    let wall = day(deadline).and_hms_opt(23, 59, 0);
    move |c| c.elements.deadline = wall
}

/// The form of the organ: places on one day, in the minute in which the change was handed over.
pub async fn publish(office: &Office, call: &Call, a: &Amendment, on: &str) -> crate::support::Answer {
    let (id, version) = (a.id.to_string(), a.version.to_string());
    let hour = show_time(warsaw(a.content.proposed_at.unwrap()).time());
    let mut fields = places_at(&version, on, &hour);
    fields.push(("amendment", &id));
    office.organ.post(&format!("/urzad/konkursy/{}/zmiana/ogloszenie", call.id), &fields).await
}

/// The call of [`announced`], with its deadline prolonged on 1 December to the 21st.
pub async fn prolonged(app: &TestApp) -> (Office, Call) {
    let first = office(app).await;
    let call = announced(app, &first).await;
    prolong(app, &call).await
}

/// Prolongs the deadline of `call` on 1 December to the 21st.
pub async fn prolong(app: &TestApp, call: &Call) -> (Office, Call) {
    let office = again(app, "2026-12-01 12:00");
    begun(app, &office, call);
    wrote(app, &office, call, Part::Elements, until("2026-12-21"));
    let a = proposed(app, &office, call, "Dłuższy termin na prośbę organizacji.");
    publish(&office, call, &a, "2026-12-01").await.expect(303);
    (office, find(app, &call.id))
}

fn elements<'a>(deadline: &'a str, seen: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("task", "Reintegracja społeczna długotrwale bezrobotnych"),
        ("allocation", "120 000"),
        ("grant_rules", "x"),
        ("conditions", "y"),
        ("deadline_date", deadline),
        ("deadline_time", "23:59"),
        ("selection", "z"),
        ("decision_by", "2027-01-04"),
        ("seen", seen),
    ]
}

#[actix_web::test]
async fn a_longer_deadline_goes_from_the_officer_to_the_organ_and_to_everybody() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let drafting = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.hours.iter_mut().for_each(|h| h.minutes = konkurs::law::Minutes::from_hours(88));
    let draft = crate::offer::draft_of(&app, &call, &drafting, content);
    let filed = app.ngo("Stowarzyszenie Sukces", &sample::nip(2)).await;
    let sound = sample::filed_offer(&app, &call, &filed, 7);
    app.new_mail();

    let office = again(&app, "2026-12-01 12:00");
    let url = format!("/urzad/konkursy/{}", call.id);
    office.officer.page(&url).await.says("Zmień ogłoszenie albo termin");
    office.officer.page(&format!("{url}/zmiana")).await.says("Termin można tylko wydłużyć, wszystkim jednakowo.");
    office.officer.post(&format!("{url}/zmiana"), &[]).await.expect(303);
    office
        .officer
        .page(&format!("{url}/zmiana"))
        .await
        .says("Teraz czekamy na: pracownika merytorycznego urzędu")
        .says("Jeszcze nic się nie zmienia.")
        .says("R-AMD-02");
    wrote(&app, &office, &call, Part::Elements, until("2026-12-21"));
    let a = open_of(&app, &call);
    let (id, version) = (a.id.to_string(), a.version.to_string());
    let ask = [("amendment", id.as_str()), ("version", version.as_str()), ("reason", " ")];
    let none = office.officer.post(&format!("{url}/zmiana/wniosek"), &ask).await;
    none.expect(422).says("Uzupełnij pole „Powód zmiany”. Przeczyta go każdy.");
    let ask = [ask[0], ask[1], ("reason", "Dłuższy termin na prośbę organizacji.")];
    office.officer.post(&format!("{url}/zmiana/wniosek"), &ask).await.expect(303);

    let page = office.organ.page(&format!("{url}/zmiana/ogloszenie")).await;
    page.says("To tylko dłuższy termin. Nie otwiera nowych 21 dni.")
        .says("5. Termin składania ofert 14.12.2026, godz. 23:59 21.12.2026, godz. 23:59 dłuższy termin")
        .says("O zmianie napiszemy do osób z organizacji, które mają ofertę albo wersję roboczą: 2 listy do 2 osób.");
    let a = open_of(&app, &call);
    publish(&office, &call, &a, "2026-12-01").await.expect(303);

    let changed = find(&app, &call.id);
    assert_eq!((changed.state, changed.number()), (CallState::Announced, "RSD/1/2026"));
    assert_eq!(changed.deadline_at, Some(moment("2026-12-22 00:00")));
    assert_eq!(changed.announced_at, call.announced_at);
    assert_eq!(changed.content.places[0].when(), "01.12.2026, godz. 12:00");
    assert_eq!(changed.terms_hash, Some(call::hash_of(&changed.content).unwrap()));
    assert_ne!(changed.terms_hash, call.terms_hash);
    assert_eq!(app.state.store.read(program::verify_frozen).unwrap(), (3, vec![]), "two texts and the offer");
    let mails = app.new_mail();
    let subject = "Nowy termin składania ofert: konkurs RSD/1/2026".to_owned();
    let mut to = [1, 2].map(|n| (format!("{}@example.pl", sample::nip(n)), subject.clone()));
    to.sort();
    assert_eq!(mails, to);

    let changes = app.state.store.read(|r| call::register(r, &changed)).unwrap();
    let [change] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((change.no, change.kind.clone()), (2, AmendmentKind::Longer));
    assert_eq!((change.old_deadline, change.deadline), (moment("2026-12-15 00:00"), moment("2026-12-22 00:00")));
    assert_eq!(change.by, "Osoba organ@example.pl");
    assert_eq!(change.sha256, changed.terms_hash.clone().unwrap());
    let field = |s: &str| format!("{s}, godz. 23:59");
    assert_eq!(change.fields, [("5. Termin składania ofert".to_owned(), field("14.12.2026"), field("21.12.2026"))]);
    let public = app.stranger().page(&format!("/konkursy/{}", call.id)).await;
    public
        .says("Zmiana nr 1")
        .says("Powód: Dłuższy termin na prośbę organizacji.")
        .says("przed zmianą poniedziałek, 14.12.2026, do końca dnia (23:59), po zmianie poniedziałek, 21.12.2026, do końca dnia (23:59).");

    // the draft and the filed offer hear of it, and both have the new term
    let note = "Urząd zmienił ogłoszenie 01.12.2026, 12:00";
    app.sign_in(&format!("{}@example.pl", sample::nip(1))).page(&format!("/oferty/{}", draft.id)).await.says(note);
    app.sign_in(&format!("{}@example.pl", sample::nip(2))).page(&format!("/oferty/{}", sound.id)).await.says(note);
    app.at("2026-12-15 10:00");
    let late = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let actor = app.actor(&late);
    let now = app.state.clock.now();
    let extra = changed.content.terms.extra_declarations.len();
    let declared = offer::Declarations { extra: vec![true; extra], ..sample::declarations() };
    app.state.store.write(|tx| offer::submit(tx, &actor, &draft.id, declared, now)).unwrap();
    let officer = app.sign_in("urzednik@example.pl");
    officer.post(&format!("{url}/otwarcie"), &[]).await.expect(403);
}

#[actix_web::test]
async fn beside_a_form_that_cannot_be_read_stand_no_findings_of_the_saved_text() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let step = format!("/urzad/konkursy/{}/zmiana/elementy", call.id);
    begun(&app, &first, &call);
    wrote(&app, &first, &call, Part::Elements, |c| c.elements.selection = String::new());
    let missing = "element 6: tryb i kryteria wyboru";
    first.officer.page(&step).await.says(missing);
    let wrong = first.officer.post(&step, &[("deadline_date", "31.02.2027")]).await;
    wrong.expect(422).says("Popraw pola wskazane poniżej i zapisz").says_not(missing);
}

#[actix_web::test]
async fn the_pages_of_a_change_stay_in_their_budget() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let url = format!("/urzad/konkursy/{}", call.id);
    begun(&app, &first, &call);
    wrote(&app, &first, &call, Part::Elements, until("2026-12-21"));
    for path in ["", "/zmiana", "/zmiana/elementy", "/miejsca"] {
        let (_, statements) = app.queries(first.officer.page(&format!("{url}{path}"))).await;
        assert!(statements <= 12, "{path}: {statements}");
    }
    proposed(&app, &first, &call, "Dłuższy termin.");
    for path in ["/zmiana", "/zmiana/ogloszenie"] {
        let (_, statements) = app.queries(first.organ.page(&format!("{url}{path}"))).await;
        assert!(statements <= 12, "{path}: {statements}");
    }
}

#[actix_web::test]
async fn reminders_go_with_the_new_deadline() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    crate::offer::draft(&app, &call, &ngo);
    let office = again(&app, "2026-12-01 12:00");
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Elements, until("2026-12-21"));
    let a = proposed(&app, &office, &call, "Dłuższy termin.");
    publish(&office, &call, &a, "2026-12-01").await.expect(303);
    app.new_mail();
    let letters = |wall: &str| {
        jobs::run_due(&app.state.store, &app.state.jobs, moment(wall)).unwrap();
        app.new_mail().into_iter().map(|(_, subject)| subject).collect::<Vec<_>>()
    };
    assert_eq!(letters("2026-12-08 00:00"), Vec::<String>::new());
    assert_eq!(letters("2026-12-15 00:00"), ["Oferta nie jest złożona: termin za 7 dni (RSD/1/2026)"]);
    assert_eq!(letters("2026-12-20 00:00"), ["Oferta nie jest złożona: termin za 2 dni (RSD/1/2026)"]);
}

#[actix_web::test]
async fn an_element_needs_21_days_from_the_last_of_its_own_places() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let office = again(&app, "2026-12-01 12:00");
    let url = format!("/urzad/konkursy/{}/zmiana", call.id);
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Elements, |c| c.elements.allocation = Money::zl(110_000));
    let page = office.officer.page(&url).await;
    page.says("Zmienia się element ogłoszenia (art. 13 ust. 2 pkt 2 UDPP).")
        .says("najwcześniejszy dzień terminu to wtorek, 22.12.2026")
        .says("element ogłoszenia: nowe 21 dni");
    let a = open_of(&app, &call);
    let (id, version) = (a.id.to_string(), a.version.to_string());
    let ask = [("amendment", id.as_str()), ("version", version.as_str()), ("reason", "Mniej środków w planie.")];
    let short = office.officer.post(&format!("{url}/wniosek"), &ask).await;
    short.expect(422).says("R-ANN-03").says("Najwcześniejszy dzień terminu: wtorek, 22.12.2026.");
    assert!(short.html().contains("Mniej środków w planie."), "nothing typed is lost");

    wrote(&app, &office, &call, Part::Elements, until("2026-12-22"));
    let a = proposed(&app, &office, &call, "Mniej środków w planie.");
    // The board came a day later than planned: nothing shifts by itself.
    let office = again(&app, "2026-12-02 15:00");
    let (id, version) = (a.id.to_string(), a.version.to_string());
    let mut late = places_at(&version, "2026-12-01", "12:00");
    late.retain(|(name, _)| *name != "board_on");
    late.extend([("board_on", "2026-12-02"), ("amendment", id.as_str())]);
    let refused = office.organ.post(&format!("{url}/ogloszenie"), &late).await;
    refused
        .expect(422)
        .says("Ostatnie ogłoszenie 02.12.2026, oferty do 22.12.2026, godz. 23:59.")
        .says("Najwcześniejszy dzień terminu: środa, 23.12.2026.");
    assert_eq!(find(&app, &call.id), call);
    let back = [("amendment", id.as_str()), ("version", version.as_str())];
    let silent = office.organ.post(&format!("{url}/zwrot"), &back).await;
    silent.expect(422).says("Zmiany nie zwrócono").says("Napisz, co trzeba poprawić. Przeczyta to pracownik");
    let why = "Tablica zawisła 02.12.2026:\ntermin musi być o dzień dłuższy.";
    let back = [back[0], back[1], ("returned", why)];
    office.organ.post(&format!("{url}/zwrot"), &back).await.expect(303);
    office
        .officer
        .page(&url)
        .await
        .says("Organ zwrócił tę zmianę do poprawy (02.12.2026, 15:00, Osoba organ@example.pl):")
        .says("Tablica zawisła 02.12.2026: termin musi być o dzień dłuższy.");
    office
        .officer
        .page(&format!("/urzad/konkursy/{}", call.id))
        .await
        .says("Organ zwrócił zmianę ogłoszenia do poprawy. Powód: Tablica zawisła 02.12.2026:");
    wrote(&app, &office, &call, Part::Elements, until("2026-12-23"));
    let a = proposed(&app, &office, &call, "Mniej środków w planie.");
    assert_eq!(a.content.returned, None, "handed over anew");
    let (id, version) = (a.id.to_string(), a.version.to_string());
    // What stood in a place on 1 December, or earlier on the same day, was another text.
    for (on, hour, when) in [
        ("2026-12-01", "16:00", "01.12.2026, godz. 16:00"),
        ("2026-12-02", "08:00", "02.12.2026, godz. 08:00"),
        ("2026-12-02", "14:59", "02.12.2026, godz. 14:59"),
    ] {
        let mut early = places_at(&version, on, hour);
        early.push(("amendment", id.as_str()));
        office
            .organ
            .post(&format!("{url}/ogloszenie"), &early)
            .await
            .expect(422)
            .says(&format!("Publikacja {when}, a zmianę przekazano organowi 02.12.2026, 15:00."));
    }
    let mut all = places_at(&version, "2026-12-02", "15:00");
    all.push(("amendment", id.as_str()));
    office.organ.post(&format!("{url}/ogloszenie"), &all).await.expect(303);
    let changed = find(&app, &call.id);
    assert_eq!(changed.content.elements.allocation, Money::zl(110_000));
    assert_eq!(changed.deadline_at, Some(moment("2026-12-24 00:00")));
}

#[actix_web::test]
async fn a_deadline_is_never_shortened_and_a_slip_opens_no_term() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let office = again(&app, "2026-12-01 12:00");
    let url = format!("/urzad/konkursy/{}/zmiana", call.id);
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Elements, until("2026-12-11"));
    office
        .officer
        .page(&url)
        .await
        .says("Nowy termin: do końca dnia 11.12.2026, obowiązujący: do końca dnia 14.12.2026.")
        .says("Termin można tylko wydłużyć.");
    wrote(&app, &office, &call, Part::Elements, until("2026-12-14"));
    let task = format!("{}.", call.content.elements.task.to_uppercase());
    wrote(&app, &office, &call, Part::Elements, move |c| c.elements.task.clone_from(&task));
    office
        .officer
        .page(&url)
        .await
        .says("Nie zmienia się nic, pod co pisze się oferty. Nie otwiera nowych 21 dni.")
        .says("oczywista omyłka");
    let a = proposed(&app, &office, &call, "Omyłka pisarska.");
    publish(&office, &call, &a, "2026-12-01").await.expect(303);
    let changed = find(&app, &call.id);
    assert_eq!((changed.deadline_at, changed.state), (call.deadline_at, CallState::Announced));
}

#[actix_web::test]
async fn who_wrote_a_change_does_not_approve_it_and_only_the_organ_does() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let both = app.staff("oba@example.pl", &[konkurs::account::Role::Officer, konkurs::account::Role::Organ]).await;
    let mixed = Office { officer: both, organ: app.sign_in("oba@example.pl") };
    begun(&app, &mixed, &call);
    wrote(&app, &mixed, &call, Part::Elements, until("2026-12-21"));
    let a = proposed(&app, &mixed, &call, "Dłuższy termin.");
    let url = format!("/urzad/konkursy/{}/zmiana", call.id);
    mixed.organ.page(&format!("{url}/ogloszenie")).await.says("Zmiany nie można teraz ogłosić.").says("R-PUB-01");
    publish(&mixed, &call, &a, "2026-11-23").await.expect(422).says("Ogłosić może: Osoba organ@example.pl.");
    let (id, version) = (a.id.to_string(), a.version.to_string());
    let mut fields = places(&version, "2026-11-23");
    fields.push(("amendment", &id));
    first.officer.post(&format!("{url}/ogloszenie"), &fields).await.expect(403);
    first.organ.post(&format!("{url}/wniosek"), &fields).await.expect(403);
    publish(&first, &call, &a, "2026-11-23").await.expect(303);
    publish(&first, &call, &a, "2026-11-23").await.expect(409);
}

#[actix_web::test]
async fn a_part_is_saved_on_its_form_and_two_writers_see_both_texts() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let url = format!("/urzad/konkursy/{}/zmiana", call.id);
    first.officer.get(&format!("{url}/elementy")).await.expect(404);
    begun(&app, &first, &call);
    first.officer.post(&url, &[]).await.expect(409).says("Zmianę ogłoszenia tego konkursu ktoś już przygotowuje.");
    let page = first.officer.page(&format!("{url}/elementy")).await;
    page.says("ZMIANA OGŁOSZENIA – JESZCZE NIEOGŁOSZONA").says("Krok 2 z 9.");
    let seen = page.value_of("seen").unwrap();
    let saved = first.officer.post(&format!("{url}/elementy"), &elements("2026-12-21", &seen)).await;
    assert_eq!(saved.expect(303).location, url);
    assert_eq!(open_of(&app, &call).content.content.elements.grant_rules, "x");
    let stale = first.officer.post(&format!("{url}/elementy"), &elements("2026-12-28", &seen)).await;
    stale
        .expect(409)
        .says("Ktoś zapisał ten krok w międzyczasie")
        .says("Termin składania ofert: dzień 2026-12-21 2026-12-28");
    first.officer.get(&format!("{url}/warunki-wstepne")).await.expect(404);
    let head = first.officer.page(&format!("{url}/program")).await;
    head.says("Programu, edycji, grup i podstawy prawnej po ogłoszeniu się nie zmienia.").says_not("Kto zdecydował");
    let seen = head.value_of("seen").unwrap();
    let typed = [
        ("title", "Nowa nazwa"),
        ("contact", "Ewa"),
        ("other_who", "ktoś"),
        ("other_basis", "x"),
        ("other_why", "y"),
        ("seen", &seen),
    ];
    first.officer.post(&format!("{url}/program"), &typed).await.expect(303);
    let content = open_of(&app, &call).content.content;
    assert_eq!((content.title.as_str(), content.other_basis), ("Nowa nazwa", None));
    let a = open_of(&app, &call);
    let drop = [("amendment", a.id.to_string()), ("version", a.version.to_string())];
    let drop: Vec<(&str, &str)> = drop.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let page = first.officer.page(&url).await;
    page.says("Porzuć tę zmianę");
    assert!(!page.html().contains(&format!("action=\"{url}/porzucenie\"")), "first it is confirmed");
    first
        .officer
        .page(&format!("{url}/porzucenie"))
        .await
        .says("Porzuconej zmiany nie da się przywrócić")
        .says("Nowa nazwa");
    assert_eq!(open_of(&app, &call), a, "a look drops nothing");
    first.officer.post(&format!("{url}/porzucenie"), &drop).await.expect(303);
    assert_eq!(first.officer.get(&format!("{url}/porzucenie")).await.expect(303).location, url);
    assert_eq!(find(&app, &call.id), call);
    begun(&app, &first, &call);
}

#[actix_web::test]
async fn of_four_approvals_at_once_one_counts() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Elements, until("2026-12-21"));
    let a = proposed(&app, &office, &call, "Dłuższy termin.");
    let (actor, now) = (app.actor(&office.organ), app.state.clock.now());
    let results: Vec<Result<i64, AppError>> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4)
            .map(|_| {
                let (state, actor, id) = (app.state.clone(), actor.clone(), a.id.clone());
                let places = three_places("2026-11-23");
                scope.spawn(move || state.store.write(|tx| call::amend(tx, &actor, &id, a.version, places, now)))
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|r| matches!(r, Ok(2))).count(), 1, "{results:?}");
    let lost = results.iter().filter(|r| matches!(r, Err(AppError::Stale))).count();
    assert_eq!(lost, 3, "{results:?}");
    let versions = app.state.store.read(|r| call::store::versions(r, &call.id)).unwrap();
    assert_eq!(versions.iter().map(|v| v.no).collect::<Vec<_>>(), [1, 2]);
}

#[actix_web::test]
async fn the_cap_follows_changed_terms_and_a_changed_text_is_found_out() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Terms, |c| c.terms.unit = konkurs::law::HourUnit::Min45);
    let a = proposed(&app, &office, &call, "Godzina lekcyjna.");
    publish(&office, &call, &a, "2026-11-23").await.expect(303);
    let changed = find(&app, &call.id);
    let cap = changed.content.cap.unwrap();
    assert_eq!((cap.rate, cap.unit), (Money::from_grosze(24_030), konkurs::law::HourUnit::Min45));
    let sql = "UPDATE calls SET content = replace(content, '12000000', '12000001')";
    app.state.store.write(|tx| Ok(diesel::sql_query(sql).execute(tx.conn())?)).unwrap();
    let broken = app.state.store.read(program::verify_frozen).unwrap().1;
    assert_eq!(broken, ["warunki konkursu RSD/1/2026: treść różni się od zamrożonej wersji 2"]);
}

#[actix_web::test]
async fn after_the_deadline_nothing_changes() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    begun(&app, &first, &call);
    wrote(&app, &first, &call, Part::Elements, until("2026-12-21"));
    let a = proposed(&app, &first, &call, "Dłuższy termin.");
    let office = again(&app, "2026-12-15 00:00");
    let refused = publish(&office, &call, &a, "2026-12-14").await;
    refused
        .expect(422)
        .says("R-AMD-03")
        .says("Termin był do końca dnia 14.12.2026 i w ostatniej dobie przed nim nie było przerwy.");
    assert_eq!(find(&app, &call.id), call);
    office.officer.page(&format!("/urzad/konkursy/{}", call.id)).await.says("Otwórz oferty");
}
