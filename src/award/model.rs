//! The organ's decision: who gets how much, and why.

use serde::{Deserialize, Serialize};

use crate::call::Publication;
use crate::law::{Instant, Money};
use crate::store::{AwardId, CallId, OfferId};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Selected,
    Reserve,
    NotSelected,
    /// Rejected in the formal stage; stands in the results with its reason.
    Rejected,
}

impl Outcome {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Selected => "selected",
            Outcome::Reserve => "reserve",
            Outcome::NotSelected => "not_selected",
            Outcome::Rejected => "rejected",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Outcome::Selected => "wybrana",
            Outcome::Reserve => "lista rezerwowa",
            Outcome::NotSelected => "niewybrana",
            Outcome::Rejected => "odrzucona formalnie",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Outcome> {
        [Outcome::Selected, Outcome::Reserve, Outcome::NotSelected, Outcome::Rejected]
            .into_iter()
            .find(|o| o.code() == code)
    }
}

/// The decision on one offer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AwardLine {
    pub offer: OfferId,
    pub number: String,
    pub org_name: String,
    pub title: String,
    pub asked: Money,
    pub granted: Money,
    pub mean_x100: Option<u32>,
    pub place: Option<u32>,
    pub outcome: Outcome,
    pub reason: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AwardContent {
    pub lines: Vec<AwardLine>,
    /// Why the organ differs from the committee's opinion; empty when it follows it.
    pub differs_because: String,
    /// Number of the organ's act.
    pub act: String,
    pub places: Vec<Publication>,
}

impl AwardContent {
    /// Sum of what is granted.
    #[must_use]
    pub fn granted(&self) -> Option<Money> {
        Money::sum(self.lines.iter().map(|l| l.granted))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AwardState {
    Decided,
    Published,
}

impl AwardState {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            AwardState::Decided => "decided",
            AwardState::Published => "published",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<AwardState> {
        [AwardState::Decided, AwardState::Published].into_iter().find(|s| s.code() == code)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Award {
    pub id: AwardId,
    pub call: CallId,
    pub state: AwardState,
    pub version: i64,
    pub content: AwardContent,
    pub decided_at: Option<Instant>,
    pub decided_by: String,
    pub published_at: Option<Instant>,
}
