//! Who acts: a person, what the office trusts them with, and their organisations.

use serde::{Deserialize, Serialize};

use crate::store::{OrgId, PersonId};

/// What a member of the office's staff may do. Committee seats are per contest
/// and stand in `review`; `Committee` only lets a person in who has no other role.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Admin,
    Officer,
    Organ,
    Finance,
    Auditor,
    Committee,
}

impl Role {
    pub const ALL: [Role; 6] = [Role::Admin, Role::Officer, Role::Organ, Role::Finance, Role::Auditor, Role::Committee];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Officer => "officer",
            Role::Organ => "organ",
            Role::Finance => "finance",
            Role::Auditor => "auditor",
            Role::Committee => "committee",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Role::Admin => "administrator",
            Role::Officer => "pracownik merytoryczny",
            Role::Organ => "organ (decyzje)",
            Role::Finance => "finanse",
            Role::Auditor => "audytor (tylko odczyt)",
            Role::Committee => "członek komisji",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// What a person may do for an organisation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrgRole {
    Owner,
    Editor,
    Signatory,
}

impl OrgRole {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            OrgRole::Owner => "owner",
            OrgRole::Editor => "editor",
            OrgRole::Signatory => "signatory",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            OrgRole::Owner => "właściciel konta",
            OrgRole::Editor => "redaktor",
            OrgRole::Signatory => "osoba reprezentująca",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<OrgRole> {
        [OrgRole::Owner, OrgRole::Editor, OrgRole::Signatory].into_iter().find(|role| role.code() == code)
    }

    /// May file and sign for the organisation.
    #[must_use]
    pub fn signs(self) -> bool {
        matches!(self, OrgRole::Owner | OrgRole::Signatory)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub roles: Vec<Role>,
    pub active: bool,
    pub version: i64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    pub org: OrgId,
    pub org_name: String,
    pub role: OrgRole,
    /// A sample organisation of a rehearsal.
    pub test: bool,
}

/// Whoever sends a request: nobody, or a person with everything they hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Actor {
    pub person: Option<Person>,
    pub memberships: Vec<Membership>,
}

impl Actor {
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.person.as_ref().is_some_and(|p| p.roles.contains(&role))
    }

    #[must_use]
    pub fn has_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    /// Anyone who works for the office and may look at its cases.
    #[must_use]
    pub fn reads_cases(&self) -> bool {
        self.has_any(&[Role::Admin, Role::Officer, Role::Organ, Role::Finance, Role::Auditor])
    }

    #[must_use]
    pub fn person_id(&self) -> Option<&PersonId> {
        self.person.as_ref().map(|p| &p.id)
    }

    /// The name for the log: an e-mail address, or a dash for nobody.
    #[must_use]
    pub fn log_name(&self) -> &str {
        self.person.as_ref().map_or("-", |p| p.email.as_str())
    }

    /// The organisations that are no samples of a rehearsal.
    pub fn real_memberships(&self) -> impl Iterator<Item = &Membership> {
        self.memberships.iter().filter(|m| !m.test)
    }

    #[must_use]
    pub fn member_of(&self, org: &OrgId) -> Option<&Membership> {
        self.memberships.iter().find(|m| &m.org == org)
    }
}
