//! The outbox, against a small SMTP server inside the test.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use chrono::Duration;
use konkurs::account::Role;
use konkurs::mail::{self, Mailer, Message, Ran};
use konkurs::store::instant;

use crate::support::TestApp;

/// Speaks just enough SMTP; keeps what it is given, or refuses everything.
struct Post {
    url: String,
    letters: Arc<Mutex<Vec<String>>>,
    refuses: Arc<AtomicBool>,
}

impl Post {
    fn open() -> Post {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let post = Post {
            url: format!("smtp://{}", listener.local_addr().unwrap()),
            letters: Arc::default(),
            refuses: Arc::default(),
        };
        let (letters, refuses) = (Arc::clone(&post.letters), Arc::clone(&post.refuses));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (letters, refuses) = (Arc::clone(&letters), Arc::clone(&refuses));
                thread::spawn(move || talk(&stream, &letters, &refuses));
            }
        });
        post
    }

    fn mailer(&self) -> Mailer {
        Mailer::smtp(&self.url, "Konkurs <konkurs@example.pl>").unwrap()
    }

    fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

fn talk(stream: &TcpStream, letters: &Mutex<Vec<String>>, refuses: &AtomicBool) {
    let mut out = stream;
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).unwrap();
    say("220 test");
    while let Some(line) = lines.next() {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match word.as_str() {
            "MAIL" if refuses.load(Ordering::SeqCst) => say("451 skrzynka chwilowo zajęta"),
            "DATA" => {
                say("354 dalej");
                let letter: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
                letters.lock().unwrap().push(letter.join("\n"));
                say("250 przyjęto");
            }
            "QUIT" => return say("221 do widzenia"),
            _ => say("250 dobrze"),
        }
    }
}

fn put(app: &TestApp, to: &str, subject: &str) {
    let message = Message {
        to: to.to_owned(),
        kind: "welcome",
        subject: subject.to_owned(),
        body: "Dzień dobry,\n\nzażółć gęślą jaźń.\n".to_owned(),
        object_id: "x".to_owned(),
    };
    let now = app.state.clock.now();
    app.state.store.write(|tx| mail::put(tx, message, now)).unwrap();
}

#[actix_web::test]
async fn a_letter_goes_out_over_smtp_once() {
    let (app, post) = (TestApp::new().await, Post::open());
    put(&app, "biuro@sukces.example.pl", "Potwierdzenie złożenia oferty");
    let (store, now) = (&app.state.store, app.state.clock.now());
    assert_eq!(mail::run_due(store, &post.mailer(), now).unwrap(), Ran { done: 1, failed: 0 });
    assert_eq!(mail::run_due(store, &post.mailer(), now + Duration::days(9)).unwrap(), Ran::default());
    let letters = post.letters();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("To: biuro@sukces.example.pl"), "{}", letters[0]);
    assert!(letters[0].contains("From: Konkurs <konkurs@example.pl>"), "{}", letters[0]);
    assert!(letters[0].contains("Date: Mon, 23 Nov 2026 11:00:00 +0000"), "{}", letters[0]);
    assert!(letters[0].contains("Subject: Potwierdzenie =?utf-8?b?"), "{}", letters[0]);
    assert_eq!(app.new_mail(), [("biuro@sukces.example.pl".to_owned(), "Potwierdzenie złożenia oferty".to_owned())]);
}

#[actix_web::test]
async fn a_refused_letter_comes_again_after_growing_pauses_and_dies_after_ten() {
    let (app, post) = (TestApp::new().await, Post::open());
    let (store, mailer) = (&app.state.store, post.mailer());
    post.refuses.store(true, Ordering::SeqCst);
    put(&app, "biuro@sukces.example.pl", "Wezwanie");
    let (mut now, mut pauses) = (app.state.clock.now(), Vec::new());
    for _ in 0..10 {
        assert_eq!(mail::run_due(store, &mailer, now).unwrap(), Ran { done: 0, failed: 1 });
        let due = instant(store.read(|r| mail::recent(r, 1)).unwrap()[0].due_at);
        pauses.push((due - now).num_minutes());
        assert_eq!(mail::run_due(store, &mailer, due - Duration::seconds(1)).unwrap(), Ran::default(), "too early");
        now = due;
    }
    assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 480]);
    assert_eq!(mail::run_due(store, &mailer, now + Duration::days(9)).unwrap(), Ran::default(), "it is dead");
    assert!(post.letters().is_empty());

    // It stands in the administrator's room with its reason, and one button sends it again.
    let admin = app.staff("admin@pup.example.pl", &[Role::Admin]).await;
    let page = admin.page("/urzad/administracja/poczta").await;
    page.says("biuro@sukces.example.pl Wezwanie").says("skrzynka chwilowo zajęta").says("Wyślij ponownie");
    let letter = store.read(mail::dead).unwrap()[0].id.clone();
    post.refuses.store(false, Ordering::SeqCst);
    let path = format!("/urzad/administracja/poczta/{letter}");
    admin.post(&path, &[]).await.expect(303);
    assert_eq!(mail::run_due(store, &mailer, app.state.clock.now()).unwrap(), Ran { done: 1, failed: 0 });
    assert_eq!(post.letters().len(), 1);
    admin.post(&path, &[]).await.expect(409);
    admin.page("/urzad/administracja/poczta").await.says("Nie ma takich listów.").says("Czekają na wysłanie: 0");
}

#[actix_web::test]
async fn two_runners_never_send_a_letter_twice() {
    let (app, post) = (TestApp::new().await, Post::open());
    for n in 0..20 {
        put(&app, &format!("ngo{n}@example.pl"), "Wyniki konkursu");
    }
    let (gate, now) = (Arc::new(Barrier::new(2)), app.state.clock.now());
    let runners: Vec<_> = (0..2)
        .map(|_| {
            let (store, mailer, gate) = (app.state.store.clone(), post.mailer(), Arc::clone(&gate));
            thread::spawn(move || {
                gate.wait();
                mail::run_due(&store, &mailer, now).unwrap()
            })
        })
        .collect();
    let ran: Vec<Ran> = runners.into_iter().map(|t| t.join().unwrap()).collect();
    assert_eq!(ran.iter().map(|r| r.done).sum::<usize>(), 20, "{ran:?}");
    let mut to: Vec<String> = post
        .letters()
        .iter()
        .map(|letter| letter.lines().find(|line| line.starts_with("To: ")).unwrap().to_owned())
        .collect();
    to.sort();
    to.dedup();
    assert_eq!((to.len(), post.letters().len()), (20, 20));
    assert_eq!(app.new_mail().len(), 20);
}

#[actix_web::test]
async fn an_address_that_cannot_be_one_is_a_failure_with_a_reason() {
    let (app, post) = (TestApp::new().await, Post::open());
    put(&app, "to nie jest adres", "Wezwanie");
    let (store, now) = (&app.state.store, app.state.clock.now());
    assert_eq!(mail::run_due(store, &post.mailer(), now).unwrap(), Ran { done: 0, failed: 1 });
    let letter = store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
    assert!(letter.last_error.as_deref().unwrap_or_default().starts_with("to: "), "{:?}", letter.last_error);
    app.new_mail();
}
