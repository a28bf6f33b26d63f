//! Whoever holds the link of an invitation joins the organisation: with the account they
//! are signed in to, or with a new one for the invited address.

use serde::Serialize;

use super::grant_owner::demote;
use super::invitation::{Invitation, InvitationState};
use super::invite::token_hash;
use super::model::{Actor, OrgRole, Person};
use super::store::{self, PersonRow};
use super::{Opened, members, session};
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::mail;
use crate::store::{OrgId, Tx};

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    name: &'a str,
    email: &'a str,
    role: &'static str,
}

/// Joins with the account of `by`.
///
/// # Errors
/// `NotFound` for an unknown link, `Invalid` when it is dead or the person is a member
/// already, `Forbidden` for the staff of the office.
pub fn accept(tx: &mut Tx<'_>, by: &Actor, token: &str, now: Instant) -> Result<OrgId, AppError> {
    let person = by.person.clone().ok_or(AppError::Login)?;
    let invitation = open_invitation(tx, token, now)?;
    no_staff(by)?;
    store::lock_organisation(tx, &invitation.org)?;
    if store::role_in(tx, &invitation.org, &person.id)?.is_some() {
        let why = "Twoje konto należy już do tej organizacji. Rolę zmienia właściciel konta organizacji.";
        return Err(AppError::Invalid(FieldErrors::of("", why)));
    }
    enter(tx, &invitation, &person, now)?;
    Ok(invitation.org)
}

/// Whoever works for the office belongs to no organisation.
pub(super) fn no_staff(by: &Actor) -> Result<(), AppError> {
    if by.reads_cases() {
        return Err(AppError::forbidden(
            "Konto pracownika urzędu nie może należeć do organizacji. Wyloguj się i użyj innego konta.",
        ));
    }
    Ok(())
}

/// Makes an account for the invited address, joins, and signs in.
///
/// # Errors
/// `NotFound` for an unknown link, `Invalid` when it is dead, `Taken` when the address has an
/// account: only who reads its mail can learn that here.
pub fn accept_as_new(
    tx: &mut Tx<'_>,
    token: &str,
    name: String,
    password_hash: String,
    now: Instant,
) -> Result<(OrgId, Opened), AppError> {
    let invitation = open_invitation(tx, token, now)?;
    let row = PersonRow::new(&invitation.email, name, password_hash, String::new(), now);
    store::insert_person(tx, &row)?;
    store::lock_organisation(tx, &invitation.org)?;
    enter(tx, &invitation, &row.person(), now)?;
    let opened = session::open(tx, &row.id, now)?;
    Ok((invitation.org, opened))
}

fn open_invitation(tx: &mut Tx<'_>, token: &str, now: Instant) -> Result<Invitation, AppError> {
    let invitation = store::invitation_by_token(tx, &token_hash(token))?;
    match invitation.open(now) {
        Ok(()) => Ok(invitation),
        Err(why) => Err(AppError::Invalid(FieldErrors::of("", why))),
    }
}

fn enter(tx: &mut Tx<'_>, invitation: &Invitation, person: &Person, now: Instant) -> Result<(), AppError> {
    store::close_invitation(tx, invitation, InvitationState::Accepted, now)?;
    let mut owners = store::members(tx, &invitation.org)?;
    owners.retain(|(_, role)| *role == OrgRole::Owner);
    store::insert_membership(tx, &invitation.org, &person.id, invitation.role, now)?;
    let role = invitation.role.label();
    for (kind, id, detail) in [
        ("organisation", invitation.org.as_str(), format!("{} dołącza do organizacji (rola: {role})", person.email)),
        (
            "person",
            person.id.as_str(),
            format!("Przyjęto zaproszenie do organizacji {} (rola: {role})", invitation.org_name),
        ),
    ] {
        let deed = Deed {
            actor: &person.email,
            deed: "account.join",
            object_kind: kind,
            object_id: id,
            before: String::new(),
            after: String::new(),
            detail,
        };
        audit::append(tx, deed, now);
    }
    let view = Letter { org: &invitation.org_name, name: &person.name, email: &person.email, role };
    let to: Vec<String> =
        owners.iter().filter(|(owner, _)| owner.active).map(|(owner, _)| owner.email.clone()).collect();
    if invitation.demotes {
        // They are owners no longer and read that: what the other letter advises they could not do.
        let owners: Vec<&Person> = owners.iter().map(|(owner, _)| owner).collect();
        return demote_for(tx, invitation, person, &owners, now);
    }
    mail::put_each(tx, &to, "account_joined", invitation.id.as_str(), &view, now)
}

/// The new owner is there: the owners until now become editors, as the administrator decided.
fn demote_for(
    tx: &mut Tx<'_>,
    invitation: &Invitation,
    new: &Person,
    owners: &[&Person],
    now: Instant,
) -> Result<(), AppError> {
    demote(tx, &new.email, &invitation.org, owners, now)?;
    let why = format!(", bo właścicielem jest {}", new.email);
    let by = (new.email.as_str(), invitation.by.as_str());
    owners.iter().try_for_each(|owner| {
        members::role_changed(tx, by, &invitation.org, (owner, OrgRole::Owner, OrgRole::Editor), &why, now)
    })
}
