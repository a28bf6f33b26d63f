//! Who belongs to an organisation, one row changed at a time. Counting the owners and
//! changing a row happen behind the lock of the organisation's row.

use diesel::prelude::*;

use crate::account::content::Organisation;
use crate::account::model::OrgRole;
use crate::account::session::org_role;
use crate::error::AppError;
use crate::store::schema::{memberships, organisations, people};
use crate::store::{OrgId, PersonId, Read, Tx, one, to_json};

/// Holds the organisation's row until the transaction ends, so that two deeds about its
/// people or its documents come one after the other. What its form shows stays current.
///
/// # Errors
/// `Stale` when there is no such organisation.
pub fn lock_organisation(tx: &mut Tx<'_>, id: &OrgId) -> Result<(), AppError> {
    one(diesel::update(organisations::table.filter(organisations::id.eq(id)))
        .set(organisations::version.eq(organisations::version))
        .execute(tx.conn()))
}

/// Keeps the content with another list of documents; only behind the lock, and without a new
/// version: the form of the organisation does not show them.
///
/// # Errors
/// Those of the database.
pub fn save_documents(tx: &mut Tx<'_>, org: &Organisation) -> Result<(), AppError> {
    one(diesel::update(organisations::table.filter(organisations::id.eq(&org.id)))
        .set(organisations::content.eq(to_json(&org.content)?))
        .execute(tx.conn()))
}

/// The addresses of those who may sign for some organisations and can sign in, each with the organisation.
///
/// # Errors
/// Those of the database.
pub fn signing(r: &mut Read<'_>, orgs: &[OrgId]) -> Result<Vec<(OrgId, String)>, AppError> {
    let codes: Vec<&str> = ROLES.into_iter().filter(|role| role.signs()).map(OrgRole::code).collect();
    let mut out = Vec::new();
    for chunk in orgs.chunks(1000) {
        let some: Vec<(OrgId, String)> = memberships::table
            .inner_join(people::table)
            .filter(memberships::org_id.eq_any(chunk))
            .filter(memberships::role.eq_any(codes.clone()))
            .filter(people::active.eq(true))
            .order((people::name, people::id))
            .select((memberships::org_id, people::email))
            .load(r.conn())?;
        out.extend(some);
    }
    Ok(out)
}

const ROLES: [OrgRole; 3] = [OrgRole::Owner, OrgRole::Editor, OrgRole::Signatory];

/// What a person is in an organisation, if anything.
///
/// # Errors
/// Those of the database.
pub fn role_in(r: &mut Read<'_>, org: &OrgId, person: &PersonId) -> Result<Option<OrgRole>, AppError> {
    let code: Option<String> = memberships::table
        .filter(memberships::org_id.eq(org))
        .filter(memberships::person_id.eq(person))
        .select(memberships::role)
        .first(r.conn())
        .optional()?;
    code.as_deref().map(org_role).transpose()
}

/// # Errors
/// `Stale` when the person has another role than `seen`, or none.
pub fn set_role_in(
    tx: &mut Tx<'_>,
    org: &OrgId,
    person: &PersonId,
    seen: OrgRole,
    role: OrgRole,
) -> Result<(), AppError> {
    one(diesel::update(memberships::table)
        .filter(memberships::org_id.eq(org))
        .filter(memberships::person_id.eq(person))
        .filter(memberships::role.eq(seen.code()))
        .set(memberships::role.eq(role.code()))
        .execute(tx.conn()))
}

/// # Errors
/// `Stale` when the person is no member (any more).
pub fn delete_membership(tx: &mut Tx<'_>, org: &OrgId, person: &PersonId) -> Result<(), AppError> {
    let row = memberships::table.filter(memberships::org_id.eq(org)).filter(memberships::person_id.eq(person));
    one(diesel::delete(row).execute(tx.conn()))
}

/// Another address for signing in.
///
/// # Errors
/// `Stale` when the account was changed meanwhile, `Taken` when the address has an account.
pub fn set_email(tx: &mut Tx<'_>, id: &PersonId, seen: i64, email: &str) -> Result<(), AppError> {
    one(diesel::update(people::table.filter(people::id.eq(id)).filter(people::version.eq(seen)))
        .set((people::email.eq(email), people::version.eq(seen + 1)))
        .execute(tx.conn()))
}
