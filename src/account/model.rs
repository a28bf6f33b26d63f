//! Who acts: a person, what the office trusts them with, and their organisations.

use serde::{Deserialize, Serialize};

use crate::law::{Krs, Nip, Nrb, Regon};
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

    #[must_use]
    pub fn member_of(&self, org: &OrgId) -> Option<&Membership> {
        self.memberships.iter().find(|m| &m.org == org)
    }
}

/// The standing of an organisation that a rule set may ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Organisation of UDPP art. 3 ust. 2 or 3.
    #[default]
    Ngo,
    /// Creates a centre of social integration.
    Cis,
    /// Creates a club of social integration.
    Kis,
    /// Social economy entity under the act of 5.08.2022.
    Pes,
}

impl Status {
    pub const ALL: [Status; 4] = [Status::Ngo, Status::Cis, Status::Kis, Status::Pes];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Status::Ngo => "ngo",
            Status::Cis => "cis",
            Status::Kis => "kis",
            Status::Pes => "pes",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Status::Ngo => "organizacja pozarządowa (art. 3 ust. 2 lub 3 ustawy o pożytku)",
            Status::Cis => "podmiot tworzący centrum integracji społecznej (CIS)",
            Status::Kis => "podmiot prowadzący klub integracji społecznej (KIS)",
            Status::Pes => "podmiot ekonomii społecznej (ustawa z 5.08.2022)",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|s| s.code() == code)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Representative {
    pub name: String,
    pub function: String,
}

/// What an organisation says of itself once and offers in every offer.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganisationContent {
    pub legal_form: String,
    pub register: String,
    pub street: String,
    pub postal_code: String,
    pub town: String,
    pub email: String,
    pub phone: String,
    pub website: String,
    pub account: Option<Nrb>,
    /// The clause of the statute that the offeror relies on (upz art. 62a ust. 3, uor2025 art. 200 ust. 1).
    pub statute_clause: String,
    pub status: Status,
    pub status_proof: String,
    pub representatives: Vec<Representative>,
    pub representation: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organisation {
    pub id: OrgId,
    pub name: String,
    pub krs: Option<Krs>,
    pub nip: Nip,
    pub regon: Option<Regon>,
    pub content: OrganisationContent,
    pub version: i64,
}
