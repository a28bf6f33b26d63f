//! Who may come to the pages of one organisation: its members, and for its people its owner.

use crate::account::{Actor, Invitation, OrgRole, Person, store};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{InvitationId, OrgId, PersonId, Read};
use crate::web::{Decision, PathIds, Policy};

const OWNER_ONLY: &str = "Osoby i zaproszenia prowadzi właściciel konta organizacji. Poproś go o zmianę.";

/// The organisation of the path, for its members; nobody else learns of it.
pub(super) fn of_path(who: &Actor, path: &PathIds) -> Result<OrgId, AppError> {
    let org = path.id("org", OrgId::parse)?;
    if who.member_of(&org).is_some() { Ok(org) } else { Err(AppError::NotFound) }
}

fn owner_only(who: &Actor, org: &OrgId) -> Decision {
    Decision::when(who.member_of(org).is_some_and(|m| m.role == OrgRole::Owner), OWNER_ONLY)
}

/// A member looks.
pub struct MyOrg;

impl Policy for MyOrg {
    const NAME: &'static str = "organisation.read";
    type Object = OrgId;

    fn load(_: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<OrgId, AppError> {
        of_path(who, path)
    }

    fn decide(_: &Actor, _: &OrgId, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// The owner changes what the organisation says of itself.
pub struct EditOrg;

impl Policy for EditOrg {
    const NAME: &'static str = "organisation.edit";
    type Object = OrgId;

    fn load(_: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<OrgId, AppError> {
        of_path(who, path)
    }

    fn decide(who: &Actor, org: &OrgId, _: Instant) -> Decision {
        let owner = who.member_of(org).is_some_and(|m| m.role == OrgRole::Owner);
        Decision::when(owner, "Dane organizacji zmienia właściciel konta. Poproś go o zmianę.")
    }
}

/// The owner deals with people.
pub struct OwnOrg;

impl Policy for OwnOrg {
    const NAME: &'static str = "organisation.people";
    type Object = OrgId;

    fn load(_: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<OrgId, AppError> {
        of_path(who, path)
    }

    fn decide(who: &Actor, org: &OrgId, _: Instant) -> Decision {
        owner_only(who, org)
    }
}

/// The owner deals with an invitation of the organisation.
pub struct MyInvitation;

impl Policy for MyInvitation {
    const NAME: &'static str = "organisation.invitation";
    type Object = Invitation;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Invitation, AppError> {
        let org = of_path(who, path)?;
        let invitation = store::invitation(r, &path.id("invitation", InvitationId::parse)?)?;
        if invitation.org == org { Ok(invitation) } else { Err(AppError::NotFound) }
    }

    fn decide(who: &Actor, invitation: &Invitation, _: Instant) -> Decision {
        owner_only(who, &invitation.org)
    }
}

/// A person with the role in one organisation.
pub struct Member {
    pub org: OrgId,
    pub org_name: String,
    pub person: Person,
    pub role: OrgRole,
}

/// The owner deals with a member, or a member with the own membership.
pub struct OneMember;

impl Policy for OneMember {
    const NAME: &'static str = "organisation.member";
    type Object = Member;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Member, AppError> {
        let org = of_path(who, path)?;
        let id = path.id("person", PersonId::parse)?;
        let org_name = who.member_of(&org).map(|m| m.org_name.clone()).unwrap_or_default();
        let found = store::members(r, &org)?.into_iter().find(|(person, _)| person.id == id);
        let (person, role) = found.ok_or(AppError::NotFound)?;
        Ok(Member { org, org_name, person, role })
    }

    fn decide(who: &Actor, member: &Member, _: Instant) -> Decision {
        if who.person_id() == Some(&member.person.id) { Decision::Yes } else { owner_only(who, &member.org) }
    }
}
