//! The people and organisations of the demonstration. All of them are invented but
//! for the name of the association, which the public report of 2015 names.

use crate::account::{self, Actor, NewStaff, OrganisationContent, Registration, Representative, Role, Status};
use crate::error::AppError;
use crate::law::{Instant, Krs, Nip, Nrb};
use crate::store::{OrgId, PersonId};
use crate::web::AppState;

/// The password of every account of the demonstration.
pub const PASSWORD: &str = "pokaz-konkurs-2026";
pub const ADMIN: &str = "admin@pup.example";

struct Staff {
    email: &'static str,
    name: &'static str,
    roles: &'static [Role],
    job: &'static str,
}

const STAFF: &[Staff] = &[
    Staff {
        email: ADMIN,
        name: "Alicja Adminowska",
        roles: &[Role::Admin],
        job: "administrator: konta, tabele, dziennik",
    },
    Staff {
        email: "urzednik@pup.example",
        name: "Jan Urzędniczak",
        roles: &[Role::Officer, Role::Committee],
        job: "pracownik merytoryczny: programy, konkursy, umowy, sprawozdania; przewodniczy komisji",
    },
    Staff {
        email: "organ@pup.example",
        name: "Danuta Dyrektor",
        roles: &[Role::Organ],
        job: "organ: ogłasza, powołuje komisję, decyduje, podpisuje",
    },
    Staff {
        email: "finanse@pup.example",
        name: "Felicja Księgowa",
        roles: &[Role::Finance],
        job: "finanse: wypłaty, rozliczenia, XLSX",
    },
    Staff {
        email: "audytor@pup.example",
        name: "Adam Kontroler",
        roles: &[Role::Auditor],
        job: "audytor: tylko odczyt",
    },
    Staff {
        email: "komisja1@pup.example",
        name: "Katarzyna Komisyjna",
        roles: &[Role::Committee],
        job: "członkini komisji (organ)",
    },
    Staff {
        email: "komisja2@ngo.example",
        name: "Norbert Społecznik",
        roles: &[Role::Committee],
        job: "członek komisji wskazany przez organizację",
    },
];

/// The organisation that is a partner of a joint offer.
pub(super) const PARTNER_NIP: &str = "2000000030";

struct Ngo {
    email: &'static str,
    person: &'static str,
    name: &'static str,
    nip: &'static str,
    krs: &'static str,
    town: &'static str,
    status: Status,
}

const NGOS: &[Ngo] = &[
    Ngo {
        email: "sukces@ngo.example",
        person: "Sylwia Prezes",
        name: "Stowarzyszenie Inicjatyw Społeczno-Ekonomicznych „SUKCES”",
        nip: "1234563218",
        krs: "0000900001",
        town: "Włocławek",
        status: Status::Kis,
    },
    Ngo {
        email: "promyk@ngo.example",
        person: "Paweł Promyk",
        name: "Fundacja Promyk (przykład)",
        nip: "5252248481",
        krs: "0000900002",
        town: "Kowal",
        status: Status::Pes,
    },
    Ngo {
        email: "most@ngo.example",
        person: "Maria Mostowa",
        name: "Stowarzyszenie Most (przykład)",
        nip: "1000000064",
        krs: "0000900003",
        town: "Choceń",
        status: Status::Cis,
    },
    Ngo {
        email: "razem@ngo.example",
        person: "Renata Razem",
        name: "Fundacja Razem (przykład)",
        nip: PARTNER_NIP,
        krs: "0000900004",
        town: "Kowal",
        status: Status::Cis,
    },
];

/// Everyone who acts in the demonstration.
pub struct Cast {
    pub officer: Actor,
    pub organ: Actor,
    pub finance: Actor,
    pub committee: Vec<Actor>,
    pub ngos: Vec<(Actor, OrgId)>,
}

/// The table of accounts that the program prints: address, password, what for.
#[must_use]
pub fn table() -> Vec<(&'static str, String)> {
    let staff = STAFF.iter().map(|s| (s.email, s.job.to_owned()));
    let ngos = NGOS.iter().map(|n| (n.email, format!("organizacja: {}", n.name)));
    staff.chain(ngos).collect()
}

/// Makes the accounts.
pub(super) fn invite(state: &AppState, now: Instant) -> Result<Cast, AppError> {
    let hash = state.hashing.hash(PASSWORD)?;
    let mut actors = Vec::new();
    for person in STAFF {
        let new = NewStaff {
            name: person.name.to_owned(),
            email: person.email.to_owned(),
            password_hash: hash.clone(),
            roles: person.roles.to_vec(),
        };
        let id = state.store.write(|tx| account::add_staff(tx, "pokaz", new, now))?;
        actors.push(actor(state, &id)?);
    }
    let mut ngos = Vec::new();
    for ngo in NGOS {
        let registration = registration(ngo, hash.clone())?;
        let (org, person, opened) = state.store.write(|tx| account::register(tx, registration, now))?;
        state.store.write(|tx| account::end(tx, &opened.token))?;
        ngos.push((actor(state, &person)?, org));
    }
    let pick = |n: usize| actors.get(n).cloned().ok_or_else(|| AppError::internal("the cast is incomplete"));
    Ok(Cast {
        officer: pick(1)?,
        organ: pick(2)?,
        finance: pick(3)?,
        committee: vec![pick(1)?, pick(5)?, pick(6)?],
        ngos,
    })
}

fn actor(state: &AppState, id: &PersonId) -> Result<Actor, AppError> {
    state.store.read(|r| {
        let person = account::store::by_id(r, id)?.person();
        let memberships = account::store::memberships_of(r, id)?;
        Ok(Actor { person: Some(person), memberships })
    })
}

fn registration(ngo: &Ngo, password_hash: String) -> Result<Registration, AppError> {
    let bad = |e: crate::law::BadIdentifier| AppError::internal(e.to_string());
    Ok(Registration {
        org_name: ngo.name.to_owned(),
        krs: Some(Krs::parse(ngo.krs).map_err(bad)?),
        nip: Nip::parse(ngo.nip).map_err(bad)?,
        regon: None,
        content: OrganisationContent {
            legal_form: if ngo.name.starts_with("Fundacja") { "fundacja" } else { "stowarzyszenie" }.into(),
            register: "Krajowy Rejestr Sądowy".into(),
            street: "ul. Przykładowa 5".into(),
            postal_code: "87-800".into(),
            town: ngo.town.into(),
            email: ngo.email.into(),
            phone: "54 000 00 00".into(),
            website: String::new(),
            account: Some(Nrb::parse("61109010140000071219812874").map_err(bad)?),
            statute_clause: "§ 7 pkt 2 statutu: integracja i reintegracja zawodowa i społeczna osób zagrożonych wykluczeniem społecznym".into(),
            status: ngo.status,
            status_proof: "wpis do rejestru wojewody (przykład)".into(),
            representatives: vec![Representative { name: ngo.person.into(), function: "prezes zarządu".into() }],
            representation: "prezes zarządu samodzielnie".into(),
            ..OrganisationContent::default()
        },
        person_name: ngo.person.to_owned(),
        email: ngo.email.to_owned(),
        password_hash,
    })
}
