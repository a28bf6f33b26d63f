//! The owner changes what a member may do, or takes the access away; a member may leave.
//! An organisation never loses its last owner. What changed counts from the next request.

use serde::Serialize;

use super::invite::as_owner;
use super::model::{Actor, OrgRole, Person};
use super::store;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::mail;
use crate::store::{OrgId, PersonId, Read, Tx};

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    name: &'a str,
    /// The new role; empty when the access is gone.
    role: &'static str,
    by: &'a str,
}

/// Gives a member another role; `seen` is the one the owner looked at.
///
/// # Errors
/// `Forbidden` for who is not the owner, `Refused` (R-ORG-02) for the last owner, `Stale` when
/// the role was changed meanwhile, `NotFound` for a person who is no member.
pub fn set_member_role(
    tx: &mut Tx<'_>,
    by: &Actor,
    org: &OrgId,
    person: &PersonId,
    change: (OrgRole, OrgRole),
    now: Instant,
) -> Result<(), AppError> {
    let (owner, _) = as_owner(tx, by, org)?;
    let (seen, role) = change;
    let members = store::members(tx, org)?;
    let member = member(&members, person)?;
    if role != OrgRole::Owner {
        keeps_an_owner(&members, person)?;
    }
    store::set_role_in(tx, org, person, seen, role)?;
    if seen == role {
        return Ok(());
    }
    role_changed(tx, (by.log_name(), &owner.name), org, (&member, seen, role), "", now)
}

/// Everybody of the organisation whose account is open: whoever reads a letter first can act or tell who may.
///
/// # Errors
/// Those of the database.
pub fn addresses(r: &mut Read<'_>, org: &OrgId) -> Result<Vec<String>, AppError> {
    let members = store::members(r, org)?;
    Ok(members.into_iter().filter(|(person, _)| person.active).map(|(person, _)| person.email).collect())
}

/// The log and the letter of a role that was changed, for its member; `by` as the log and as the letter names them,
/// `why` ends the sentence of the log.
pub(super) fn role_changed(
    tx: &mut Tx<'_>,
    by: (&str, &str),
    org: &OrgId,
    (member, from, to): (&Person, OrgRole, OrgRole),
    why: &str,
    now: Instant,
) -> Result<(), AppError> {
    let detail = format!("Zmieniono rolę {}: {} → {}{why}", member.email, from.label(), to.label());
    log(tx, by.0, org, "account.member.role", detail, now);
    tell(tx, member, org, to.label(), by.1, now)
}

/// Takes a member's access away; whoever is no owner may only leave.
///
/// # Errors
/// `Forbidden` for a third person, `Refused` (R-ORG-02) for the last owner, `NotFound` for a
/// person who is no member.
pub fn remove_member(
    tx: &mut Tx<'_>,
    by: &Actor,
    org: &OrgId,
    person: &PersonId,
    now: Instant,
) -> Result<(), AppError> {
    let leaves = by.person_id() == Some(person) && by.member_of(org).is_some();
    if leaves {
        store::lock_organisation(tx, org)?;
    } else {
        as_owner(tx, by, org)?;
    }
    let members = store::members(tx, org)?;
    let member = member(&members, person)?;
    keeps_an_owner(&members, person)?;
    store::delete_membership(tx, org, person)?;
    let what = if leaves { "Odchodzi z organizacji" } else { "Odebrano dostęp do organizacji" };
    log(tx, by.log_name(), org, "account.member.remove", format!("{what}: {}", member.email), now);
    let name = by.person.as_ref().map_or("", |p| p.name.as_str());
    tell(tx, &member, org, "", name, now)
}

fn member(members: &[(Person, OrgRole)], id: &PersonId) -> Result<Person, AppError> {
    members.iter().find(|(person, _)| &person.id == id).map(|(person, _)| person.clone()).ok_or(AppError::NotFound)
}

/// Somebody else can still sign in as an owner (R-ORG-02).
fn keeps_an_owner(members: &[(Person, OrgRole)], without: &PersonId) -> Result<(), AppError> {
    let owner = |(person, role): &(Person, OrgRole)| *role == OrgRole::Owner && person.active && &person.id != without;
    if members.iter().any(owner) {
        return Ok(());
    }
    Err(AppError::refused(
        Finding::block("R-ORG-02")
            .at("właściciel konta organizacji")
            .found("To jedyny właściciel konta organizacji.")
            .limit("Organizacja ma zawsze co najmniej jednego właściciela konta.")
            .basis("ustalenie przyjęte w programie")
            .hint("Najpierw nadaj rolę właściciela innej osobie."),
    ))
}

pub(super) fn tell(
    tx: &mut Tx<'_>,
    to: &Person,
    org: &OrgId,
    role: &'static str,
    by: &str,
    now: Instant,
) -> Result<(), AppError> {
    let org_name = store::organisation(tx, org)?.name;
    let view = Letter { org: &org_name, name: &to.name, role, by };
    mail::put(tx, mail::render(&to.email, "account_membership", to.id.as_str(), &view)?, now)
}

fn log(tx: &mut Tx<'_>, actor: &str, org: &OrgId, deed: &'static str, detail: String, now: Instant) {
    let deed = Deed {
        actor,
        deed,
        object_kind: "organisation",
        object_id: org.as_str(),
        before: String::new(),
        after: String::new(),
        detail,
    };
    audit::append(tx, deed, now);
}
