//! A change of an announcement: what is proposed, who prepared it, and how far it is.

use serde::{Deserialize, Serialize};

use super::{CallContent, Preparer};
use crate::law::Instant;
use crate::store::{AmendmentId, CallId};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AmendmentState {
    /// An officer writes it.
    Draft,
    /// It waits for the organ.
    Proposed,
    Published,
    Dropped,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AmendmentAction {
    Edit,
    Propose,
    SendBack,
    Publish,
    Drop,
}

impl AmendmentState {
    pub const ALL: [AmendmentState; 4] =
        [AmendmentState::Draft, AmendmentState::Proposed, AmendmentState::Published, AmendmentState::Dropped];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            AmendmentState::Draft => "draft",
            AmendmentState::Proposed => "proposed",
            AmendmentState::Published => "published",
            AmendmentState::Dropped => "dropped",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            AmendmentState::Draft => "w przygotowaniu",
            AmendmentState::Proposed => "czeka na organ",
            AmendmentState::Published => "ogłoszona",
            AmendmentState::Dropped => "porzucona",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<AmendmentState> {
        AmendmentState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether it is still worked on.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, AmendmentState::Draft | AmendmentState::Proposed)
    }

    /// The state after `act`.
    ///
    /// # Errors
    /// The sentence for everything the table does not list.
    pub fn after(self, act: AmendmentAction) -> Result<AmendmentState, String> {
        use AmendmentAction::{Drop, Edit, Propose, Publish, SendBack};
        use AmendmentState::{Draft, Dropped, Proposed, Published};
        match (self, act) {
            (Draft, Edit) => Ok(Draft),
            (Draft, Propose) => Ok(Proposed),
            (Proposed, SendBack) => Ok(Draft),
            (Proposed, Publish) => Ok(Published),
            (Draft | Proposed, Drop) => Ok(Dropped),
            (Draft | Proposed | Published | Dropped, _) => Err(format!(
                "Zmiana ogłoszenia jest w stanie „{}”; w tym stanie nie można tego zrobić. Odśwież stronę.",
                self.label()
            )),
        }
    }
}

/// What a change would make of the announcement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AmendmentContent {
    /// Why; everyone will read it.
    #[serde(default)]
    pub reason: String,
    /// The announcement as it would be.
    pub content: CallContent,
    /// When it was handed over to the organ last; it is in no place earlier than that.
    #[serde(default)]
    pub proposed_at: Option<Instant>,
    /// Why the organ gave it back; empty once it is handed over anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Returned>,
    /// Everybody who wrote the change; they do not approve it (R-PUB-01).
    #[serde(default)]
    pub prepared_by: Vec<Preparer>,
}

/// What the organ wants mended before it publishes a change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Returned {
    pub at: Instant,
    pub by: String,
    pub reason: String,
}

/// The longest reason for giving a change back, in characters.
pub const LONGEST_RETURN: usize = 2_000;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Amendment {
    pub id: AmendmentId,
    pub call: CallId,
    pub state: AmendmentState,
    pub version: i64,
    pub content: AmendmentContent,
    pub created_at: Instant,
    pub created_by: String,
}

/// A later announcement, without its text.
#[derive(Clone, Debug)]
pub struct Amended {
    pub call: CallId,
    pub no: i64,
    /// When the last of its places showed it.
    pub at: Instant,
    pub reason: String,
}
