//! The one call to supplement an offer: what is missing, what its organisation prepares, what it handed in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::law::Instant;
use crate::offer::{BESIDE, Declarations, FrozenAttachment};
use crate::store::{CallId, OfferId};

/// The question about part VII, which is answered again as a whole.
pub const DECLARATIONS: &str = "declarations";
/// The question about VI.1.
pub const ACTIVITY: &str = "activity";
/// The question about attachments; its defect names those that are missing.
pub const ATTACHMENTS: &str = "attachments";

/// An attachment of the announcement that is missing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskedFile {
    pub key: String,
    pub name: String,
}

/// One thing that is missing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Defect {
    /// The question of the formal card, its number and its text.
    pub key: String,
    pub no: usize,
    pub question: String,
    /// What is missing, in the words of the office.
    pub missing: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<AskedFile>,
}

impl Defect {
    /// Where files for it are put, each with what belongs there: one place for every attachment that is named, else
    /// one for whatever proves the answer.
    #[must_use]
    pub fn places(&self) -> Vec<(String, String)> {
        if self.files.is_empty() {
            let what = format!("Plik do punktu {} (jeśli jest potrzebny)", self.no);
            return vec![(format!("{BESIDE}{}", self.key), what)];
        }
        let place = |f: &AskedFile| (format!("{BESIDE}{}.{}", self.key, f.key), f.name.clone());
        self.files.iter().map(place).collect()
    }
}

/// What the organisation answers. Nothing in it can touch scope, price or persons (R-COR-01).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Reply {
    /// An explanation by the key of the defect.
    pub words: BTreeMap<String, String>,
    /// VI.1: against payment, or without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid: Option<bool>,
    /// Part VII, answered again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declarations: Option<Declarations>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summons {
    pub offer: OfferId,
    pub call: CallId,
    pub defects: Vec<Defect>,
    pub called_at: Instant,
    pub called_by: String,
    /// The first instant at which an answer is late.
    pub due: Instant,
    /// What is prepared and not handed in.
    pub reply: Reply,
    pub version: i64,
}

/// What a supplement freezes; it stands beside the version in force and changes nothing in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenSupplement {
    pub offer_number: String,
    pub offer_version: i64,
    pub offer_sha256: String,
    pub called_at: Instant,
    pub due: Instant,
    pub defects: Vec<Defect>,
    pub reply: Reply,
    pub attachments: Vec<FrozenAttachment>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Supplement {
    pub offer: OfferId,
    pub content: FrozenSupplement,
    pub sha256: String,
    pub arrived_at: Instant,
    pub given_by: String,
}

/// Where the one summons of an offer stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Never,
    /// Nothing was handed in and there is time until this instant.
    Open(Instant),
    /// The time is over and nothing was handed in.
    Over,
    Answered,
}

impl Standing {
    #[must_use]
    pub fn of(summons: Option<&Summons>, given: Option<&Supplement>, now: Instant) -> Standing {
        match (summons, given) {
            (None, _) => Standing::Never,
            (Some(_), Some(_)) => Standing::Answered,
            (Some(s), None) if now < s.due => Standing::Open(s.due),
            (Some(_), None) => Standing::Over,
        }
    }
}
