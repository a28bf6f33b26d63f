//! An NGO registers itself: the organisation and its first person, the owner.

use serde::Serialize;

use super::content::OrganisationContent;
use super::found::{self, Founding};
use super::store::{self, PersonRow};
use super::{Opened, session};
use crate::error::AppError;
use crate::law::{Instant, Krs, Nip, Regon};
use crate::mail;
use crate::store::{OrgId, PersonId, Tx};

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
    let person = PersonRow::new(&reg.email, reg.person_name, reg.password_hash, String::new(), now);
    store::insert_person(tx, &person)?;
    let org_name = reg.org_name.clone();
    let new = Founding { name: reg.org_name, krs: reg.krs, nip: reg.nip, regon: reg.regon, content: reg.content };
    let org = found::real(tx, &person.id, &person.email, new, now)?;
    let view = Welcome { name: &person.name, org: &org_name, email: &person.email };
    mail::put(tx, mail::render(&person.email, "welcome", org.as_str(), &view)?, now)?;
    let opened = session::open(tx, &person.id, now)?;
    Ok((org, person.id, opened))
}
