//! An invitation: whom an organisation asks to join it, and where the asking stands.

use chrono::Duration;

use super::model::OrgRole;
use crate::law::Instant;
use crate::store::{InvitationId, OrgId};

/// How long the link of an invitation works.
pub const VALID: Duration = Duration::days(14);

/// What is stored of its fate; that it ran out is told by its last instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InvitationState {
    Pending,
    Accepted,
    Withdrawn,
}

impl InvitationState {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            InvitationState::Pending => "pending",
            InvitationState::Accepted => "accepted",
            InvitationState::Withdrawn => "withdrawn",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<InvitationState> {
        [InvitationState::Pending, InvitationState::Accepted, InvitationState::Withdrawn]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    pub id: InvitationId,
    pub org: OrgId,
    pub org_name: String,
    pub email: String,
    pub role: OrgRole,
    pub state: InvitationState,
    /// Name of who invited.
    pub by: String,
    /// An administrator invited, not the owner: the owner does not take it back.
    pub by_office: bool,
    /// The owners until now become editors when it is accepted.
    pub demotes: bool,
    pub sent_at: Instant,
    pub expires_at: Instant,
    pub version: i64,
}

impl Invitation {
    /// Whether its link lets somebody in at `now`; else a sentence that says why not.
    ///
    /// # Errors
    /// The sentence.
    pub fn open(&self, now: Instant) -> Result<(), &'static str> {
        match self.state {
            InvitationState::Accepted => {
                Err("To zaproszenie zostało już przyjęte. Odnośnik działa tylko raz; zaloguj się na swoje konto.")
            }
            InvitationState::Withdrawn => {
                Err("To zaproszenie zostało wycofane. Jeśli to pomyłka, poproś właściciela konta organizacji o nowe.")
            }
            InvitationState::Pending if self.expires_at <= now => {
                Err("To zaproszenie wygasło: odnośnik działa 14 dni. Poproś właściciela konta organizacji o nowe.")
            }
            InvitationState::Pending => Ok(()),
        }
    }
}
