//! Who takes part, made by the verbs of the program. Content that the rules accept is borrowed from the
//! demonstration: it is played in first, three weeks back, and its local programme is announced again and again.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use chrono::{Duration, NaiveTime};
use konkurs::account::{self, Actor, Organisation, Registration};
use konkurs::call::{self, Call, CallContent, Place as Where, Publication};
use konkurs::config::{Config, HashingConfig};
use konkurs::error::AppError;
use konkurs::law::{Instant, Nip, at_warsaw, warsaw, warsaw_date};
use konkurs::offer::{self, OfferContent};
use konkurs::programme::{self, ProgrammeContent};
use konkurs::store::{CallId, Clock, OfferId, OrgId, Store, digest};
use konkurs::web::AppState;
use konkurs::{app, audit, demo};

use super::Ground;

/// How long ago the demonstration was played, and how long ago the calls of the measurement were announced:
/// an announcement stands 22 days before its deadline.
const PLAYED: i64 = 20;
const ANNOUNCED: i64 = 24;

/// One person of one organisation, signed in.
#[derive(Clone)]
pub struct Somebody {
    pub session: String,
    pub token: String,
    actor: Actor,
    org: OrgId,
}

/// A draft, ready to be submitted.
#[derive(Clone)]
pub struct Draft {
    pub id: OfferId,
    pub by: Somebody,
    /// What its page would show; the same for every copy of this draft.
    pub version: Arc<AtomicI64>,
    /// The announcement that its page shows.
    pub terms: String,
}

pub struct World {
    pub state: AppState,
    pub people: Vec<Somebody>,
    officer: Actor,
    organ: Actor,
    programme: ProgrammeContent,
    call: CallContent,
    offer: OfferContent,
}

impl World {
    pub fn make(ground: &Ground, organisations: usize) -> World {
        let config = Config {
            data: ground.place.path().to_owned(),
            database: ground.url().to_owned(),
            hashing: HashingConfig { memory_kib: 8, rounds: 1 },
            ..Config::default()
        };
        let state = app::state(config, Clock::system(), true).unwrap();
        let now = state.clock.now();
        demo::play(&state, now - Duration::days(PLAYED)).unwrap();
        let known = |email: &str| actor(&state.store, email);
        let (officer, organ, ngo) =
            (known("urzednik@pup.example"), known("organ@pup.example"), known("promyk@ngo.example"));
        let orgs: Vec<OrgId> = ngo.memberships.iter().map(|m| m.org.clone()).collect();
        let (programme, call, offer, org) = state
            .store
            .read(|r| {
                let mine = offer::store::of_orgs(r, &orgs)?;
                let mut local = None;
                for draft in mine {
                    let call = call::store::find(r, &draft.call)?;
                    if call.content.rules.code.starts_with("LOK") {
                        local = Some((call, draft));
                    }
                }
                let (call, draft) = local.ok_or_else(|| AppError::internal("the demonstration has no local call"))?;
                let programme = programme::store::find(r, &call.programme)?;
                let org = account::store::organisation(r, &draft.org)?;
                Ok((programme.content, call.content, draft.content, org))
            })
            .unwrap();
        let people = register(&state, &org, organisations, now);
        World { state, people, officer, organ, programme, call, offer }
    }

    /// Announces a call that ends at `deadline`; returns it with the instant that counts.
    pub fn announce(&self, deadline: Instant) -> Call {
        let day = warsaw_date(deadline) - Duration::days(ANNOUNCED);
        let then = at_warsaw(day, NaiveTime::from_hms_opt(12, 0, 0).unwrap()).unwrap();
        let mut content = self.call.clone();
        content.elements.deadline = Some(warsaw(deadline).naive_local());
        content.elements.decision_by = Some(warsaw_date(deadline) + Duration::days(21));
        content.places = Vec::new();
        content.cap = None;
        let places = [Where::Bip, Where::Board, Where::Website]
            .map(|place| Publication::new(place, day, "Jan Urzędniczak", "https://bip.pup.example/konkurs"));
        let work = |tx: &mut konkurs::store::Tx<'_>| {
            let programme = programme::create(tx, &self.officer, self.programme.clone(), then)?.id;
            let seen = programme::store::find(tx, &programme)?.version;
            programme::confirm(tx, &self.officer, &programme, seen, then)?;
            let id = call::create(tx, &self.officer, &programme, then)?.id;
            let seen = call::store::find(tx, &id)?.version;
            call::save(tx, &self.officer, &id, seen, content, then)?;
            let seen = call::store::find(tx, &id)?.version;
            call::approve(tx, &self.organ, &id, seen, then)?;
            call::announce(tx, &self.organ, &id, seen + 1, places.to_vec(), then)?;
            call::store::find(tx, &id)
        };
        self.state.store.write(work).unwrap()
    }

    /// A complete draft of every organisation in a call.
    pub fn drafts(&self, call: &CallId) -> Vec<Draft> {
        let now = self.state.clock.now();
        let mut out = Vec::with_capacity(self.people.len());
        for some in self.people.chunks(50) {
            let made = self.state.store.write(|tx| {
                let terms = call::store::find(tx, call)?.terms_hash.unwrap_or_default();
                let mut made = Vec::with_capacity(some.len());
                for by in some {
                    let id = offer::start(tx, &by.actor, call, &by.org, now)?;
                    let seen = offer::store::find(tx, &id)?.version;
                    let version = offer::save(tx, &by.actor, &id, seen, self.offer.clone(), now)?;
                    let (by, terms) = (by.clone(), terms.clone());
                    made.push(Draft { id, by, version: Arc::new(AtomicI64::new(version)), terms });
                }
                Ok(made)
            });
            out.extend(made.unwrap());
        }
        out
    }

    /// How many declarations the organ added to part VII.
    pub fn extra_declarations(&self) -> usize {
        self.call.terms.extra_declarations.len()
    }

    /// The part of the form that is typed into, as its page sends it.
    pub fn task_fields(&self) -> Vec<(&'static str, String)> {
        let c = &self.offer;
        let iso = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        vec![
            ("title", c.title.clone()),
            ("starts", iso(c.starts)),
            ("ends", iso(c.ends)),
            ("place", c.place.clone()),
            ("target_group", c.target_group.clone()),
            ("complementarity", c.complementarity.clone()),
            ("contact_name", c.contact.name.clone()),
            ("contact_phone", c.contact.phone.clone()),
            ("contact_email", c.contact.email.clone()),
        ]
    }

    /// The same database, opened anew; for looking at it after the program has ended.
    pub fn reopened(ground: &Ground) -> Store {
        Store::open(&ground.address, 2, audit::seal).unwrap()
    }
}

fn actor(store: &Store, email: &str) -> Actor {
    store
        .read(|r| {
            let row = account::store::by_email(r, email)?.ok_or(AppError::NotFound)?;
            let memberships = account::store::memberships_of(r, &row.id)?;
            Ok(Actor { person: Some(row.person()), memberships })
        })
        .unwrap()
}

fn register(state: &AppState, like: &Organisation, count: usize, now: Instant) -> Vec<Somebody> {
    let hash = state.hashing.hash("korale-na-wietrze").unwrap();
    let numbers: Vec<(usize, Nip)> = (1..=count).zip(nips()).collect();
    let mut out = Vec::with_capacity(count);
    for some in numbers.chunks(50) {
        let made = state.store.write(|tx| {
            let mut made = Vec::with_capacity(some.len());
            for (n, nip) in some {
                let new = Registration {
                    org_name: format!("Stowarzyszenie Pomiar nr {n}"),
                    krs: like.krs.clone(),
                    nip: nip.clone(),
                    regon: None,
                    content: like.content.clone(),
                    person_name: format!("Osoba {n}"),
                    email: format!("osoba{n}@pomiar.example"),
                    password_hash: hash.clone(),
                };
                let (org, _, opened) = account::register(tx, new, now)?;
                made.push((org, opened.token));
            }
            Ok(made)
        });
        for (org, session) in made.unwrap() {
            let actor = state.store.read(|r| account::actor_of(r, &session, now)).unwrap().unwrap().0;
            let token = digest(&format!("form:{session}"));
            out.push(Somebody { session, token, actor, org });
        }
    }
    out
}

/// Numbers with a right check digit.
fn nips() -> impl Iterator<Item = Nip> {
    let weights = [6, 5, 7, 2, 3, 4, 5, 6, 7];
    (200_000_000_u32..).step_by(37).filter_map(move |start| {
        let digits: Vec<u32> = start.to_string().chars().filter_map(|c| c.to_digit(10)).collect();
        let sum: u32 = digits.iter().zip(weights).map(|(d, w)| d * w).sum();
        Nip::parse(&format!("{start}{}", sum % 11)).ok()
    })
}
