//! A program of its own for each test: database, files, clock, and people who use it.

pub mod browser;
pub mod clamd;
mod client;
pub mod database;
mod html;
pub mod ics;
mod keyboard;
pub mod paper;
pub mod sample;
pub mod signed;
pub mod site;
pub mod wire;

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::mpsc;
use std::time::Duration;

use actix_web::web::Data;
use chrono::{NaiveDateTime, NaiveTime};
use konkurs::account::{Actor, NewStaff, Role};
use konkurs::config::Config;
use konkurs::law::{Instant, at_warsaw};
use konkurs::store::{Address, Clock, Store};
use konkurs::web::AppState;
use konkurs::{app, audit, mail};

pub use client::{Answer, Client};
pub use html::text_of;

/// The time at which every test begins.
pub const NOON: &str = "2026-11-23 12:00";
pub const PASSWORD: &str = "korale-na-wietrze";

pub struct TestApp {
    pub state: Data<AppState>,
    service: client::Service,
    seen_mail: RefCell<HashSet<String>>,
    database: database::Scratch,
}

/// Another program on the database of a [`TestApp`].
pub struct Beside {
    pub state: Data<AppState>,
    service: client::Service,
}

impl Beside {
    /// The same person, who talks to this program.
    pub fn also(&self, client: &Client) -> Client {
        let here = Client::new(Rc::clone(&self.service));
        here.set_session(&client.session());
        here
    }
}

impl TestApp {
    /// A fresh program at [`NOON`].
    pub async fn new() -> TestApp {
        TestApp::with_store(4, Duration::from_secs(10)).await
    }

    /// The same with so many readers, which are waited for so long.
    pub async fn with_store(readers: u32, wait: Duration) -> TestApp {
        TestApp::made(readers, wait, |_| ()).await
    }

    /// The same with another configuration.
    pub async fn with_config(change: impl FnOnce(&mut Config)) -> TestApp {
        TestApp::made(4, Duration::from_secs(10), change).await
    }

    async fn made(readers: u32, wait: Duration, change: impl FnOnce(&mut Config)) -> TestApp {
        let database = database::Scratch::new();
        let mut config = Config {
            data: database.folder(),
            hashing: konkurs::config::HashingConfig { memory_kib: 8, rounds: 1 },
            ..Config::default()
        };
        change(&mut config);
        Store::migrate(&database.address()).unwrap();
        let store = Store::open_patient(&database.address(), readers, wait, audit::seal).unwrap();
        let clock = Clock::standing(moment(NOON));
        let state = Data::new(app::assemble(config, store, clock, false).unwrap());
        let service = client::service(state.clone()).await;
        TestApp { state, service, seen_mail: RefCell::default(), database }
    }

    /// A second program on the same database and files, as another process is, with a clock of its own.
    pub async fn beside(&self) -> Beside {
        let store = Store::open(&self.address(), 4, audit::seal).unwrap();
        let clock = Clock::standing(self.state.clock.now());
        let state = Data::new(app::assemble(self.state.config.clone(), store, clock, false).unwrap());
        let service = client::service(state.clone()).await;
        Beside { state, service }
    }

    /// Another program on the same database and folder, as after a crash; who was signed in signs in anew.
    pub async fn again(self) -> TestApp {
        let TestApp { state, service, seen_mail, database } = self;
        let (config, clock) = (state.config.clone(), state.clock.clone());
        drop((service, state));
        let store = Store::open(&database.address(), 4, audit::seal).unwrap();
        let state = Data::new(app::assemble(config, store, clock, false).unwrap());
        let service = client::service(state.clone()).await;
        TestApp { state, service, seen_mail, database }
    }

    /// Closes the program and leaves its database to another one.
    pub fn into_scratch(self) -> database::Scratch {
        self.database
    }

    /// Takes the turn of the writers until what is returned is dropped.
    pub fn hold_writers(&self) -> mpsc::Sender<()> {
        let (held, holding) = mpsc::channel();
        let (release, released) = mpsc::channel::<()>();
        let store = self.state.store.clone();
        std::thread::spawn(move || {
            store.write(|_| {
                held.send(()).unwrap();
                let _ = released.recv();
                Ok(())
            })
        });
        holding.recv().unwrap();
        release
    }

    /// Where the database of this test is.
    pub fn address(&self) -> Address {
        self.database.address()
    }

    /// Sets the clock to a wall time in Warsaw, `2026-12-14 23:59:59`.
    pub fn at(&self, wall: &str) {
        self.state.clock.set(moment(wall));
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Client {
        Client::new(Rc::clone(&self.service))
    }

    /// A member of the office's staff, signed in.
    pub async fn staff(&self, email: &str, roles: &[Role]) -> Client {
        let new = NewStaff {
            name: format!("Osoba {email}"),
            email: email.to_owned(),
            password_hash: self.state.hashing.hash(PASSWORD).unwrap(),
            roles: roles.to_vec(),
        };
        let now = self.state.clock.now();
        self.state.store.write(|tx| konkurs::account::add_staff(tx, "test", new, now)).unwrap();
        self.sign_in(email)
    }

    /// A browser of somebody who signed in a moment ago.
    pub fn sign_in(&self, email: &str) -> Client {
        let now = self.state.clock.now();
        let person = self.state.store.read(|r| konkurs::account::store::by_email(r, email)).unwrap().unwrap();
        let opened = self.state.store.write(|tx| konkurs::account::open(tx, &person.id, now)).unwrap();
        let client = self.stranger();
        client.set_session(&opened.token);
        client
    }

    /// Somebody with everything they hold, for calling verbs directly.
    pub fn actor(&self, client: &Client) -> Actor {
        let now = self.state.clock.now();
        let session = client.session();
        self.state.store.read(|r| konkurs::account::actor_of(r, &session, now)).unwrap().unwrap().0
    }

    /// An organisation with its owner signed in; the owner's address is `{nip}@example.pl`.
    pub async fn ngo(&self, name: &str, nip: &str) -> Client {
        let registration = sample::registration(name, nip, self.state.hashing.hash(PASSWORD).unwrap());
        let now = self.state.clock.now();
        self.state.store.write(|tx| konkurs::account::register(tx, registration, now)).unwrap();
        self.new_mail();
        self.sign_in(&format!("{nip}@example.pl"))
    }

    /// The letters put into the outbox since the last look: `(to, subject)`.
    pub fn new_mail(&self) -> Vec<(String, String)> {
        let all = self.state.store.read(|r| mail::recent(r, 10_000)).unwrap();
        let mut seen = self.seen_mail.borrow_mut();
        let fresh = all.into_iter().rev().filter(|l| seen.insert(l.id.to_string()));
        fresh.map(|l| (l.to_addr, l.subject)).collect()
    }

    /// How many deeds the log holds.
    pub fn deeds(&self) -> usize {
        self.state.store.read(|r| audit::page(r, None, 100_000)).unwrap().len()
    }

    /// Statements that `work` needed.
    pub async fn queries<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.state.store.queries();
        let out = work.await;
        (out, self.state.store.queries() - before)
    }
}

/// The fields of a sound registration form.
pub fn registration<'a>(name: &'a str, nip: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("org_name", name),
        ("legal_form", "stowarzyszenie"),
        ("nip", nip),
        ("krs", "0000249506"),
        ("street", "ul. Długa 1"),
        ("postal_code", "87-800"),
        ("town", "Włocławek"),
        ("phone", "54 000 00 00"),
        ("status", "ngo"),
        ("statute_clause", "§ 7 pkt 2: integracja społeczna osób zagrożonych wykluczeniem"),
        ("account", "61 1090 1014 0000 0712 1981 2874"),
        ("representative.0.name", "Anna Prezes"),
        ("representative.0.function", "prezes zarządu"),
        ("person_name", "Anna Prezes"),
        ("email", email),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("consent", "true"),
    ]
}

/// A wall time in Warsaw as an instant.
pub fn moment(wall: &str) -> Instant {
    let parsed = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|f| NaiveDateTime::parse_from_str(wall, f).ok())
        .unwrap_or_else(|| wall.parse::<chrono::NaiveDate>().unwrap().and_time(NaiveTime::MIN));
    at_warsaw(parsed.date(), parsed.time()).unwrap()
}
