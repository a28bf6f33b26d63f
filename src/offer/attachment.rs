//! The files that come with an offer, one by one.

use serde::{Deserialize, Serialize};

use crate::call::CallContent;
use crate::document::AttachmentKind;
use crate::law::Instant;
use crate::store::{AttachmentId, OfferId};

/// The place for what the announcement does not ask for.
pub const OTHER: &str = "inne";

/// What the keys of files begin with that came after the submission, on the call of the office: they stand beside the
/// frozen offer and are no part of it.
pub const BESIDE: &str = "uzupelnienie:";

/// Whether a file of this place stands beside the frozen offer.
#[must_use]
pub fn is_beside(key: &str) -> bool {
    key.starts_with(BESIDE)
}

/// Where a file stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AttachmentState {
    Accepted,
    /// Waits for the scan; an offer with such a file cannot be submitted (R-OFF-20).
    Quarantined,
    /// Carries malware; kept as a line with the reason, never handed out.
    Refused,
}

impl AttachmentState {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            AttachmentState::Accepted => "accepted",
            AttachmentState::Quarantined => "quarantined",
            AttachmentState::Refused => "refused",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<AttachmentState> {
        [AttachmentState::Accepted, AttachmentState::Quarantined, AttachmentState::Refused]
            .into_iter()
            .find(|state| state.code() == code)
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            AttachmentState::Accepted => "dołączony",
            AttachmentState::Quarantined => "czeka na sprawdzenie",
            AttachmentState::Refused => "odrzucony",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    pub id: AttachmentId,
    pub offer: OfferId,
    /// The key of what the announcement asks for, or [`OTHER`].
    pub key: String,
    pub name: String,
    pub sha256: String,
    pub size: i64,
    pub kind: AttachmentKind,
    pub state: AttachmentState,
    /// What the scan found, or why it could not look; empty otherwise.
    pub reason: String,
    pub added_by: String,
    pub added_at: Instant,
    pub removed_at: Option<Instant>,
    pub version: i64,
}

/// What a frozen offer says of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenAttachment {
    pub key: String,
    pub name: String,
    pub sha256: String,
    pub size: i64,
}

impl From<&Attachment> for FrozenAttachment {
    fn from(a: &Attachment) -> FrozenAttachment {
        FrozenAttachment { key: a.key.clone(), name: a.name.clone(), sha256: a.sha256.clone(), size: a.size }
    }
}

/// A document that the announcement asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    pub key: String,
    pub name: String,
    pub required: bool,
    pub note: String,
}

/// What the announcement asks for, in its order; the place for others is not among them.
#[must_use]
pub fn asked(call: &CallContent) -> Vec<Asked> {
    let all = call.attachments.iter().filter(|a| a.key != OTHER);
    all.map(|a| Asked { key: a.key.clone(), name: a.name.clone(), required: a.required, note: a.note.clone() })
        .collect()
}
