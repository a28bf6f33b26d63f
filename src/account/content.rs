//! An organisation: what it is, and what it says of itself once for all its offers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::{Krs, Nip, Nrb, Regon};
use crate::store::{DocumentId, OrgId};

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

/// Somebody who works for the organisation and can be offered as a trainer.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct StaffMember {
    pub name: String,
    pub qualifications: String,
}

/// What a kept document is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    Statute,
    Register,
    Status,
    Mandate,
    Report,
    Other,
}

impl DocumentKind {
    pub const ALL: [DocumentKind; 6] = [
        DocumentKind::Statute,
        DocumentKind::Register,
        DocumentKind::Status,
        DocumentKind::Mandate,
        DocumentKind::Report,
        DocumentKind::Other,
    ];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            DocumentKind::Statute => "statute",
            DocumentKind::Register => "register",
            DocumentKind::Status => "status",
            DocumentKind::Mandate => "mandate",
            DocumentKind::Report => "report",
            DocumentKind::Other => "other",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            DocumentKind::Statute => "statut albo regulamin",
            DocumentKind::Register => "odpis z rejestru albo ewidencji",
            DocumentKind::Status => "potwierdzenie statusu (CIS, KIS, podmiot ekonomii społecznej)",
            DocumentKind::Mandate => "pełnomocnictwo",
            DocumentKind::Report => "sprawozdanie roczne",
            DocumentKind::Other => "inny dokument",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<DocumentKind> {
        DocumentKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A document the organisation keeps here, to attach to its offers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrgDocument {
    /// The kept file in `store::documents`.
    pub file: DocumentId,
    pub kind: DocumentKind,
    pub name: String,
    pub issued_on: Option<NaiveDate>,
    /// The last day it is good for; nothing when it does not end.
    pub valid_until: Option<NaiveDate>,
    pub file_name: String,
    pub size: i64,
    pub sha256: String,
}

/// What an organisation says of itself once and offers in every offer. What came later is left
/// out while it is empty, so that older frozen texts read and write the same.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganisationContent {
    pub legal_form: String,
    /// Name of the register or list of an organisation that is not in KRS.
    pub register: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub register_no: String,
    pub street: String,
    pub postal_code: String,
    pub town: String,
    /// Where letters go, if not to the seat.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub post_address: String,
    pub email: String,
    pub phone: String,
    pub website: String,
    pub account: Option<Nrb>,
    /// Where in the statute the clause stands, `§ 7 ust. 2 pkt 3`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub statute_paragraph: String,
    /// The clause of the statute that the offeror relies on (upz art. 62a ust. 3, uor2025 art. 200 ust. 1).
    pub statute_clause: String,
    pub status: Status,
    pub status_proof: String,
    pub representatives: Vec<Representative>,
    pub representation: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub experience: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub resources: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<StaffMember>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<OrgDocument>,
}

impl OrganisationContent {
    /// Name and number of the other register, in one line.
    #[must_use]
    pub fn register_entry(&self) -> String {
        joined(&self.register, " ", &self.register_no)
    }

    /// The clause of the statute with its place.
    #[must_use]
    pub fn statute(&self) -> String {
        joined(&self.statute_paragraph, ": ", &self.statute_clause)
    }

    /// What an offer freezes: without what is kept to be copied into offers, which carry it themselves.
    #[must_use]
    pub fn for_offer(&self) -> OrganisationContent {
        OrganisationContent {
            experience: String::new(),
            resources: String::new(),
            staff: Vec::new(),
            documents: Vec::new(),
            ..self.clone()
        }
    }
}

fn joined(first: &str, between: &str, second: &str) -> String {
    let both = [first.trim(), second.trim()].into_iter().filter(|part| !part.is_empty());
    both.collect::<Vec<_>>().join(between)
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
    /// Made by the office for its rehearsals; it offers only in test calls.
    pub test: bool,
}
