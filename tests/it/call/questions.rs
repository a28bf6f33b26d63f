//! Questions asked and answered in public.

use konkurs::audit;
use konkurs::call::store::questions;
use konkurs::call::{self, Asking, Call, Question, QuestionState};
use konkurs::error::AppError;
use konkurs::jobs;
use konkurs::mail;
use konkurs::offer;
use konkurs::store::QuestionId;

use super::{announced, find, office};
use crate::support::{Client, TestApp, moment, sample};

const TEXT: &str = "Czy zajęcia mogą odbywać się w sobotę?";

fn ask_url(call: &Call) -> String {
    format!("/konkursy/{}/pytania", call.id)
}

fn all(app: &TestApp, call: &Call) -> Vec<Question> {
    app.state.store.read(|r| questions::of_call(r, &call.id)).unwrap()
}

/// The link in the newest letter.
fn link(app: &TestApp) -> String {
    let letter = app.state.store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
    assert_eq!(letter.kind, "question_confirm");
    let at = letter.body.find("/konkursy/").unwrap();
    letter.body[at..].lines().next().unwrap().to_owned()
}

/// A question of somebody signed in, as the office's page of it.
async fn asked(app: &TestApp, call: &Call, who: &Client) -> (QuestionId, String) {
    who.post(&ask_url(call), &[("text", TEXT)]).await.expect(303);
    let id = all(app, call).last().unwrap().id.clone();
    (id.clone(), format!("/urzad/konkursy/{}/pytania/{id}", call.id))
}

#[actix_web::test]
async fn a_stranger_confirms_the_address_before_the_office_sees_the_question() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let (stranger, url) = (app.stranger(), ask_url(&call));
    let page = stranger.page(&url).await;
    page.says("Pytania do konkursu RSD/1/2026")
        .says("Ostatni dzień na pytania: piątek, 11.12.2026.")
        .says("Widzą to: każdy, razem z odpowiedzią, bez Twojego nazwiska, adresu i nazwy organizacji")
        .says("Nie ma jeszcze odpowiedzi na pytania.");
    app.stranger().page(&format!("/konkursy/{}", call.id)).await.says("Zadaj pytanie");

    let page = stranger.post(&url, &[("text", "Czy?"), ("email", "ewa")]).await;
    page.expect(422)
        .says("Napisz pytanie: co najmniej 10 znaków.")
        .titled("Błąd: Pytania do konkursu RSD/1/2026")
        .says_not("Błąd: Pytania");
    assert_eq!(page.value_of("email").as_deref(), Some("ewa"), "nothing typed is lost");

    let form = [("text", TEXT), ("email", " Ewa@Example.pl ")];
    stranger.post(&url, &form).await.expect(303);
    stranger.post(&url, &form).await.expect(303);
    stranger.page(&url).await;
    let sent = app.new_mail();
    assert_eq!(sent.len(), 1, "a double click sends one letter: {sent:?}");
    assert_eq!(sent[0], ("ewa@example.pl".to_owned(), "Potwierdź pytanie do konkursu RSD/1/2026".to_owned()));
    assert_eq!(all(&app, &call), [], "the office has nothing yet");
    office.officer.page(&format!("/urzad/konkursy/{}/pytania", call.id)).await.says("Nikt jeszcze nie pytał");

    let link = link(&app);
    let deeds = app.deeds();
    stranger.page(&link).await.says(TEXT).says("Odpowiedź przyjdzie na adres ewa@example.pl");
    assert_eq!(app.deeds(), deeds, "looking confirms nothing");
    let wrong = format!("{}{}", &link[..link.len() - 1], if link.ends_with('0') { '1' } else { '0' });
    stranger.get(&wrong).await.expect(404);
    stranger.post(&link, &[]).await.expect(303);
    stranger.post(&link, &[]).await.expect(303);
    assert_eq!(all(&app, &call).len(), 1);
    stranger.page(&link).await.says("To pytanie jest już w urzędzie.");

    let page = office.officer.page(&format!("/urzad/konkursy/{}", call.id)).await;
    page.says("1 pytanie czeka na odpowiedź urzędu, najstarsze od 23.11.2026, 12:00.");
    office.officer.page("/urzad/konkursy").await.says("pytania bez odpowiedzi: 1");
    let page = office.officer.page(&format!("/urzad/konkursy/{}/pytania", call.id)).await;
    page.says("Teraz czekamy na: pracownika merytorycznego urzędu").says(TEXT).says("bez odpowiedzi");
    page.says_not("ewa@example.pl");
}

#[actix_web::test]
async fn the_link_works_for_a_day_and_the_unconfirmed_are_forgotten() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    app.stranger().post(&ask_url(&call), &[("text", TEXT), ("email", "ewa@example.pl")]).await.expect(303);
    let old = link(&app);
    app.at("2026-11-24 12:00");
    let page = app.stranger().get(&old).await;
    page.expect(410).says("Ten odnośnik już nie działa: minęła doba albo termin składania ofert.");
    app.stranger().post(&old, &[]).await.expect(410);
    assert_eq!(all(&app, &call), []);
    assert_eq!(app.new_mail().len(), 1);
    let run = || jobs::run_due(&app.state.store, &app.state.jobs, app.state.clock.now()).unwrap();
    app.at("2026-11-25 11:59:59.999999");
    assert_eq!(run(), jobs::Ran::default());
    app.stranger().get(&old).await.expect(410);
    app.at("2026-11-25 12:00");
    assert_eq!(run(), jobs::Ran { done: 1, failed: 0 });
    app.stranger().get(&old).await.expect(404);
    assert_eq!(app.state.store.read(|r| mail::recent(r, 9)).unwrap().len(), 0, "the letter is gone too");
    let log = app.state.store.read(|r| audit::page(r, None, 1)).unwrap().remove(0);
    assert_eq!(log.detail, "Usunięto pytanie i list z odnośnikiem: nikt nie potwierdził adresu.");
}

#[actix_web::test]
async fn a_confirmed_question_and_the_letters_of_others_stay() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let form = |text: &'static str| [("text", text), ("email", "ewa@example.pl")];
    app.stranger().post(&ask_url(&call), &form(TEXT)).await.expect(303);
    let first = link(&app);
    app.stranger().post(&first, &[]).await.expect(303);
    app.at("2026-11-23 12:01");
    app.stranger().post(&ask_url(&call), &form("Czy wystarczy jedna sala?")).await.expect(303);
    assert_eq!(app.new_mail().len(), 2);
    app.at("2026-11-25 13:00");
    let ran = jobs::run_due(&app.state.store, &app.state.jobs, app.state.clock.now()).unwrap();
    assert_eq!(ran, jobs::Ran { done: 2, failed: 0 });
    let left = app.state.store.read(|r| mail::recent(r, 9)).unwrap();
    assert_eq!(left.len(), 1);
    assert!(left[0].body.contains(&first), "{}", left[0].body);
    assert!(!left[0].body.contains(TEXT), "a stranger's words are not sent to anybody: {}", left[0].body);
    assert_eq!(all(&app, &call).len(), 1);
}

#[actix_web::test]
async fn the_answer_is_public_and_says_nobodys_name() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let asker = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let other = app.ngo("Stowarzyszenie Obok", &sample::nip(2)).await;
    app.ngo("Stowarzyszenie Daleko", &sample::nip(3)).await;
    let (actor, org, now) = (app.actor(&other), sample::org_of(&app, &other), app.state.clock.now());
    app.state.store.write(|tx| offer::start(tx, &actor, &call.id, &org.id, now)).unwrap();
    let (id, url) = asked(&app, &call, &asker).await;
    assert_eq!(app.new_mail(), [], "who is signed in confirms nothing");
    asker.page(&ask_url(&call)).await.says(&format!("Odpowiedź przyjdzie też na adres {}@example.pl.", sample::nip(1)));

    let officer = &office.officer;
    let page = officer.page(&url).await;
    page.says(TEXT).says_not("Promyk").says_not("@example.pl");
    office.organ.get(&url).await.expect(403).says("Na pytania odpowiada pracownik merytoryczny urzędu.");
    asker.get(&url).await.expect(404);
    let empty = officer.post(&format!("{url}/odpowiedz"), &[("version", "0")]).await;
    empty.expect(422).says("Najpierw napisz i zapisz odpowiedź.");

    let draft = [("version", "0"), ("shown", TEXT), ("answer", "Tak, jeśli zgodzi się"), ("_then", "stay")];
    assert_eq!(officer.post(&url, &draft).await.expect(303).location, url);
    app.stranger().page(&format!("/konkursy/{}", call.id)).await.says_not(TEXT);
    let fuller = "Tak. Godziny w sobotę liczą się jak inne.\nPlan zajęć podaje oferta.";
    let answer = officer.post(&url, &[("version", "1"), ("shown", TEXT), ("answer", fuller)]).await;
    assert_eq!(answer.expect(303).location, format!("{url}/odpowiedz"));
    let page = officer.page(&format!("{url}/odpowiedz")).await;
    page.says("Opublikowanej odpowiedzi nie da się cofnąć").says(
        "Wyślemy list do osoby, która pytała, i 1 list do 1 osoby z organizacji, które mają w tym konkursie ofertę",
    );
    app.at("2026-11-24 09:00");
    let officer = app.sign_in("urzednik@example.pl");
    officer.post(&format!("{url}/odpowiedz"), &[("version", "2")]).await.expect(303);
    officer.post(&format!("{url}/odpowiedz"), &[("version", "3")]).await.expect(403);

    let page = app.stranger().page(&format!("/konkursy/{}", call.id)).await;
    page.says(&format!("Pytanie 1 Zadane 23.11.2026 {TEXT} Odpowiedź urzędu z 24.11.2026 Tak. Godziny w sobotę"));
    page.says_not("Promyk");
    assert!(page.html().contains("id=\"pytanie-1\""));
    let to = |n| format!("{}@example.pl", sample::nip(n));
    assert_eq!(
        app.new_mail(),
        [
            (to(1), "Odpowiedź na Twoje pytanie – konkurs RSD/1/2026".to_owned()),
            (to(2), "Nowa odpowiedź urzędu – konkurs RSD/1/2026".to_owned()),
        ]
    );
    let letter = app.state.store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
    assert!(letter.body.contains(&format!("/konkursy/{}#pytanie-1", call.id)), "{}", letter.body);
    assert!(!letter.body.contains("Promyk"), "{}", letter.body);
    let page = officer.page(&format!("/urzad/konkursy/{}", call.id)).await;
    page.says(
        "Opublikowano odpowiedź na pytanie nr 1 w konkursie RSD/1/2026; wysłano list do osoby, która pytała, i 1 list",
    );
    page.says_not("pytanie czeka").says_not(&to(1));
    assert_eq!(app.state.store.read(|r| questions::find(r, &id)).unwrap().closed_by, "urzednik@example.pl");
}

#[actix_web::test]
async fn what_is_no_question_is_refused_with_a_reason_only_the_asker_reads() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let asker = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let (_, url) = asked(&app, &call, &asker).await;
    let officer = &office.officer;
    officer.page(&format!("{url}/odmowa")).await.says("Odmowy nie da się cofnąć");
    let page = officer.post(&format!("{url}/odmowa"), &[("version", "0"), ("reason", "nie")]).await;
    page.expect(422).says("Napisz, dlaczego urząd nie odpowie: co najmniej 10 znaków.");
    let reason = "Pytanie dotyczy innego urzędu.";
    officer.post(&format!("{url}/odmowa"), &[("version", "0"), ("reason", reason)]).await.expect(303);
    assert_eq!(all(&app, &call)[0].state, QuestionState::Refused);
    app.stranger().page(&format!("/konkursy/{}", call.id)).await.says_not(TEXT).says_not(reason);
    let letter = app.state.store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
    assert!(letter.kind == "question_refused" && letter.body.contains(reason), "{}", letter.body);
    assert_eq!(app.new_mail().len(), 1);
    officer.page(&url).await.says("odmowa odpowiedzi").says(reason);
    officer.post(&url, &[("version", "1"), ("shown", "x"), ("answer", "y")]).await.expect(403);
}

#[actix_web::test]
async fn questions_end_so_many_days_before_the_deadline() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    assert_eq!(call.questions_until(), Some(moment("2026-12-12 00:00")));
    app.at("2026-12-11 23:59:59.999999");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    ngo.post(&ask_url(&call), &[("text", TEXT)]).await.expect(303);
    app.at("2026-12-12 00:00");
    let late = ngo.post(&ask_url(&call), &[("text", "Czy może być inaczej?")]).await;
    late.expect(422).says("Pytania w tym konkursie można było zadawać do dnia: piątek, 11.12.2026. Nie przyjęto");
    let page = ngo.page(&ask_url(&call)).await;
    page.says("Ostatni dzień na pytania minął: piątek, 11.12.2026.").says_not("Zadaj pytanie");
    assert_eq!(all(&app, &call).len(), 1);

    let mut whole = find(&app, &call.id);
    whole.content.question_days = 0;
    assert_eq!(whole.questions_until(), whole.deadline_at);
}

#[actix_web::test]
async fn nobody_floods_the_office() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    for n in 0..10 {
        ngo.post(&ask_url(&call), &[("text", &format!("Pytanie o załącznik nr {n}?"))]).await.expect(303);
    }
    let page = ngo.post(&ask_url(&call), &[("text", TEXT)]).await;
    page.expect(422).says("Z jednego adresu można zadać najwyżej 10 pytań na dobę.");
    let mut answers = Vec::new();
    for n in 0..7 {
        let form = [("text", TEXT), ("email", &format!("osoba{n}@example.pl"))];
        answers.push(app.stranger().post(&ask_url(&call), &form).await.status);
    }
    assert_eq!(answers, [303, 303, 303, 303, 303, 429, 429], "strangers together, not one by one");
    assert_eq!(app.new_mail().len(), 5);

    // A few letters for one address; whoever has an account with it is not silenced by them.
    let other = app.ngo("Stowarzyszenie Obok", &sample::nip(2)).await;
    app.new_mail();
    let email = app.actor(&other).log_name().to_owned();
    for n in 0..3 {
        app.at(&format!("2026-11-23 13:0{n}"));
        let form = [("text", format!("Pytanie podrzucone nr {n}?")), ("email", email.clone())];
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        app.stranger().post(&ask_url(&call), &form).await.expect(303);
    }
    app.at("2026-11-23 13:10");
    let fourth = app.stranger().post(&ask_url(&call), &[("text", TEXT), ("email", &email)]).await;
    fourth.expect(422).says("Na ten adres wysłaliśmy w ciągu doby już 3 listy z odnośnikiem.");
    assert_eq!(app.new_mail().len(), 3);
    other.post(&ask_url(&call), &[("text", TEXT)]).await.expect(303);

    let long = "ż".repeat(2001);
    let page = other.post(&ask_url(&call), &[("text", &long)]).await;
    page.expect(422).says("Pytanie ma 2001 znaków, a może mieć najwyżej 2000.");
}

#[actix_web::test]
async fn two_officers_do_not_overwrite_each_other_and_one_publishes() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let asker = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let (id, url) = asked(&app, &call, &asker).await;
    let form = |answer: &'static str| [("version", "0"), ("shown", TEXT), ("answer", answer)];
    office.officer.post(&url, &form("Tak.")).await.expect(303);
    let page = office.officer.post(&url, &form("Nie.")).await;
    page.expect(409).says("Ktoś zapisał odpowiedź w międzyczasie").says("Zapisana odpowiedź: Tak.").says("Nie.");
    assert_eq!(page.value_of("version").as_deref(), Some("1"));

    let (actor, now) = (app.actor(&office.officer), app.state.clock.now());
    let gate = std::sync::Barrier::new(4);
    let done: Vec<Result<String, AppError>> = std::thread::scope(|scope| {
        let publish = || {
            gate.wait();
            app.state.store.write(|tx| call::publish_answer(tx, &actor, &id, 1, "", now))
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(publish)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1, "{done:?}");
    assert_eq!(app.new_mail().len(), 1);
    assert_eq!(all(&app, &call)[0].no, Some(1));
}

#[actix_web::test]
async fn the_same_question_sent_many_times_at_once_is_one() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let (actor, now) = (app.actor(&ngo), app.state.clock.now());
    let gate = std::sync::Barrier::new(6);
    std::thread::scope(|scope| {
        let ask = || {
            gate.wait();
            let asking = Asking { text: TEXT.to_owned(), email: String::new() };
            app.state.store.write(|tx| call::ask(tx, &actor, &call.id, asking, "", now)).unwrap()
        };
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().for_each(|t| drop(t.join().unwrap()));
    });
    assert_eq!(all(&app, &call).len(), 1);
}

const FIRST: &str = "Tak, w każdą sobotę.";
const SECOND: &str = "Tak, ale nie w święta.";
const WHY: &str = "Pierwsza odpowiedź pominęła święta";

/// A published answer, with the page of its correction.
async fn published(app: &TestApp, call: &Call, asker: &Client) -> (QuestionId, String) {
    let (id, url) = asked(app, call, asker).await;
    let (actor, now) = (app.actor(&app.sign_in("urzednik@example.pl")), app.state.clock.now());
    let texts = (TEXT.to_owned(), FIRST.to_owned());
    app.state.store.write(|tx| call::save_answer(tx, &actor, &id, 0, texts, now)).unwrap();
    app.state.store.write(|tx| call::publish_answer(tx, &actor, &id, 1, "", now)).unwrap();
    (id, url)
}

#[actix_web::test]
async fn a_published_answer_is_corrected_in_public() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let asker = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let told = app.ngo("Stowarzyszenie Obok", &sample::nip(2)).await;
    let later = app.ngo("Stowarzyszenie Później", &sample::nip(3)).await;
    let start = |who: &Client| {
        let (actor, org, now) = (app.actor(who), sample::org_of(&app, who), app.state.clock.now());
        app.state.store.write(|tx| offer::start(tx, &actor, &call.id, &org.id, now)).unwrap()
    };
    let gone = start(&told);
    let (id, url) = published(&app, &call, &asker).await;
    assert_eq!(app.new_mail().len(), 2);
    let fix = format!("{url}/poprawka");
    sample::set_offer(&app, &gone, offer::OfferState::Withdrawn);
    start(&later);

    app.at("2026-11-25 10:00");
    let officer = app.sign_in("urzednik@example.pl");
    let page = officer.page(&url).await;
    page.says("Popraw odpowiedź");
    let page = officer.page(&fix).await;
    page.says("Poprawki nie da się cofnąć")
        .says("Wyślemy list do osoby, która pytała, i 2 listy do 2 osób spośród tych, którzy dostali poprzednią odpowiedź")
        .says("zmień ogłoszenie albo wydłuż termin wszystkim")
        .says_not("Promyk");
    let same = officer.post(&fix, &[("version", "2"), ("answer", FIRST), ("reason", "nie")]).await;
    same.expect(422)
        .says("To jest dotychczasowa odpowiedź.")
        .says("Napisz, dlaczego odpowiedź się zmienia: co najmniej 10 znaków.");
    let form = [("version", "2"), ("answer", SECOND), ("reason", WHY)];
    officer.post(&fix, &form).await.expect(303);
    let stale = officer.post(&fix, &[("version", "2"), ("answer", "Nie."), ("reason", WHY)]).await;
    stale.expect(409).says("Ktoś poprawił tę odpowiedź w międzyczasie").says(SECOND).says("Nie.");
    assert_eq!(stale.value_of("version").as_deref(), Some("3"));

    let page = app.stranger().page(&format!("/konkursy/{}", call.id)).await;
    page.says(&format!("Odpowiedź urzędu z 23.11.2026, poprawiona 25.11.2026, 10:00 {SECOND}"))
        .says(&format!("Poprawiono 25.11.2026, 10:00. Powód: {WHY}."))
        .says(&format!("Poprzednia treść, od 23.11.2026, 12:00 do 25.11.2026, 10:00: {FIRST}"));
    let to = |n| {
        (
            format!("{}@example.pl", sample::nip(n)),
            format!("Poprawiona odpowiedź {} – konkurs RSD/1/2026", if n == 1 { "na Twoje pytanie" } else { "urzędu" }),
        )
    };
    let mut sent = app.new_mail();
    sent.sort();
    let mut expected = vec![to(1), to(2), to(3)];
    expected.sort();
    assert_eq!(sent, expected, "who was told before is told again, also without a draft by now");
    let page = officer.page(&format!("/urzad/konkursy/{}", call.id)).await;
    page.says(&format!("Poprawiono odpowiedź na pytanie nr 1 w konkursie RSD/1/2026. Powód: {WHY}. Wysłano list"));
    let feed = app.stranger().page("/konkursy.atom").await.html();
    assert!(feed.contains(&format!("Odpowiedź (poprawiona 25.11.2026, 10:00; powód: {WHY}.): {SECOND}")), "{feed}");
    assert!(feed.contains("<updated>2026-11-25T09:00:00Z</updated>"), "{feed}");

    app.at("2026-11-26 08:00");
    let officer = app.sign_in("urzednik@example.pl");
    officer
        .post(&fix, &[("version", "3"), ("answer", "Nie."), ("reason", "Zmieniła się umowa najmu.")])
        .await
        .expect(303);
    let page = officer.page(&url).await;
    page.says("Poprzednia treść, od 25.11.2026, 10:00 do 26.11.2026, 08:00: Tak, ale nie w święta.").says(FIRST);
    assert_eq!(app.new_mail().len(), 3);
    let kept = app.state.store.read(|r| call::store::corrections::of_question(r, &id)).unwrap();
    assert_eq!(kept.iter().map(|c| (c.no, c.before.as_str())).collect::<Vec<_>>(), [(1, FIRST), (2, SECOND)]);
}

#[actix_web::test]
async fn only_what_was_answered_is_corrected_and_once_at_a_time() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let asker = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let (_, open) = asked(&app, &call, &asker).await;
    let form = [("version", "0"), ("answer", SECOND), ("reason", WHY)];
    office.officer.post(&format!("{open}/poprawka"), &form).await.expect(403);
    assert_eq!(office.officer.get(&format!("{open}/poprawka")).await.expect(303).location, open);
    app.at("2026-11-24 12:00");
    let asker = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    asker.post(&ask_url(&call), &[("text", "Czy wystarczy jedna sala?")]).await.expect(303);
    let id = all(&app, &call).pop().unwrap().id;
    let (actor, now) = (app.actor(&app.sign_in("urzednik@example.pl")), app.state.clock.now());
    let texts = (TEXT.to_owned(), FIRST.to_owned());
    app.state.store.write(|tx| call::save_answer(tx, &actor, &id, 0, texts, now)).unwrap();
    app.state.store.write(|tx| call::publish_answer(tx, &actor, &id, 1, "", now)).unwrap();
    let gate = std::sync::Barrier::new(4);
    let done: Vec<Result<String, AppError>> = std::thread::scope(|scope| {
        let correct = || {
            gate.wait();
            let texts = (SECOND.to_owned(), WHY.to_owned());
            app.state.store.write(|tx| call::correct_answer(tx, &actor, &id, 2, texts, "", now))
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(correct)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1, "{done:?}");
    assert_eq!(app.new_mail().len(), 2);
}

#[actix_web::test]
async fn the_number_of_letters_does_not_tell_whether_the_asker_takes_part() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let within = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let outside = app.ngo("Stowarzyszenie Obok", &sample::nip(2)).await;
    let (actor, org, now) = (app.actor(&within), sample::org_of(&app, &within), app.state.clock.now());
    app.state.store.write(|tx| offer::start(tx, &actor, &call.id, &org.id, now)).unwrap();
    let mut said = Vec::new();
    for who in [&within, &outside] {
        let (_, url) = asked(&app, &call, who).await;
        let form = [("version", "0"), ("shown", TEXT), ("answer", FIRST)];
        office.officer.post(&url, &form).await.expect(303);
        let page = office.officer.page(&format!("{url}/odpowiedz")).await;
        said.push(page.between("Wyślemy", "Później"));
    }
    assert!(said[0].contains("i 1 list do 1 osoby"), "{said:?}");
    assert_eq!(said[0], said[1]);
}
