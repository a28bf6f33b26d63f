//! Somebody who has an account registers one more organisation and owns it.

use super::content::{Organisation, OrganisationContent};
use super::model::{Actor, OrgRole};
use super::{join, store};
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Instant, Krs, Nip, Regon};
use crate::store::{OrgId, PersonId, Tx, digest, to_json};

/// An organisation whose fields were checked already.
#[derive(Clone, Debug)]
pub struct Founding {
    pub name: String,
    pub krs: Option<Krs>,
    pub nip: Nip,
    pub regon: Option<Regon>,
    pub content: OrganisationContent,
}

/// Makes an organisation of `by`.
///
/// # Errors
/// `Taken` when the NIP is there already, `Forbidden` for the staff of the office.
pub fn found(tx: &mut Tx<'_>, by: &Actor, new: Founding, now: Instant) -> Result<OrgId, AppError> {
    let person = by.person_id().ok_or(AppError::Login)?;
    join::no_staff(by)?;
    real(tx, person, by.log_name(), new, now)
}

/// A real organisation of `owner`.
pub(super) fn real(
    tx: &mut Tx<'_>,
    owner: &PersonId,
    actor: &str,
    new: Founding,
    now: Instant,
) -> Result<OrgId, AppError> {
    let Founding { name, krs, nip, regon, content } = new;
    let org = Organisation { id: OrgId::new(), name, krs, nip, regon, content, version: 0, test: false };
    let detail = format!("Zarejestrowano organizację {}", org.name);
    insert(tx, (owner, actor), &org, ("account.register", detail), now)?;
    Ok(org.id)
}

/// An organisation with its owner and the row in the log.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    (owner, actor): (&PersonId, &str),
    org: &Organisation,
    (deed, detail): (&'static str, String),
    now: Instant,
) -> Result<(), AppError> {
    store::insert_organisation(tx, org, now)?;
    store::insert_membership(tx, &org.id, owner, OrgRole::Owner, now)?;
    let deed = Deed {
        actor,
        deed,
        object_kind: "organisation",
        object_id: org.id.as_str(),
        before: String::new(),
        after: digest(&to_json(&org.content)?),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}
