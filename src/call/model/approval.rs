//! The organ's word that a text may be made public.

use serde::{Deserialize, Serialize};

use crate::law::Instant;
use crate::store::PersonId;

/// Who approved a text, and when: from then on its papers carry its number and hash.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Approval {
    pub at: Instant,
    pub by: String,
    /// Who it was; nothing in what was approved before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The digest of the programme that stood behind the text ([`crate::programme::facts_digest`]).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub programme: String,
}
