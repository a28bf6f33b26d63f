//! The organ's word that a text may be made public.

use serde::{Deserialize, Serialize};

use crate::law::Instant;

/// Who approved a text, and when: from then on its papers carry its number and hash.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Approval {
    pub at: Instant,
    pub by: String,
}
