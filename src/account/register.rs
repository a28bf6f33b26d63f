//! An NGO registers itself: the organisation and its first person, the owner.

use serde::Serialize;

use super::content::{Organisation, OrganisationContent};
use super::model::OrgRole;
use super::store::{self, PersonRow};
use super::{Opened, session};
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Instant, Krs, Nip, Regon};
use crate::mail;
use crate::store::{OrgId, PersonId, Tx, digest, naive, to_json};

/// A registration whose fields were checked already.
#[derive(Clone, Debug)]
pub struct Registration {
    pub org_name: String,
    pub krs: Option<Krs>,
    pub nip: Nip,
    pub regon: Option<Regon>,
    pub content: OrganisationContent,
    pub person_name: String,
    pub email: String,
    /// Already hashed; see `Hashing::hash`.
    pub password_hash: String,
}

#[derive(Serialize)]
struct Welcome<'a> {
    name: &'a str,
    org: &'a str,
    email: &'a str,
}

/// Makes the organisation, its owner and a session.
///
/// # Errors
/// `Taken` when the e-mail address or the NIP is there already.
pub fn register(tx: &mut Tx<'_>, reg: Registration, now: Instant) -> Result<(OrgId, PersonId, Opened), AppError> {
    let person = PersonRow {
        id: PersonId::new(),
        email: reg.email.trim().to_lowercase(),
        name: reg.person_name,
        password: reg.password_hash,
        roles: String::new(),
        active: true,
        failures: 0,
        failed_at: None,
        created_at: naive(now),
        version: 0,
    };
    let org = Organisation {
        id: OrgId::new(),
        name: reg.org_name,
        krs: reg.krs,
        nip: reg.nip,
        regon: reg.regon,
        content: reg.content,
        version: 0,
        test: false,
    };
    store::insert_person(tx, &person)?;
    store::insert_organisation(tx, &org, now)?;
    store::insert_membership(tx, &org.id, &person.id, OrgRole::Owner, now)?;
    let deed = Deed {
        actor: &person.email,
        deed: "account.register",
        object_kind: "organisation",
        object_id: org.id.as_str(),
        before: String::new(),
        after: digest(&to_json(&org.content)?),
        detail: format!("Zarejestrowano organizację {}", org.name),
    };
    audit::append(tx, deed, now);
    let view = Welcome { name: &person.name, org: &org.name, email: &person.email };
    mail::put(tx, mail::render(&person.email, "welcome", org.id.as_str(), &view)?, now)?;
    let opened = session::open(tx, &person.id, now)?;
    Ok((org.id, person.id, opened))
}
