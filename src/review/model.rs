//! Formal checks, committee seats, declarations of impartiality and sealed score cards.

use serde::{Deserialize, Serialize};

pub use super::summons::{
    ACTIVITY, ATTACHMENTS, AskedFile, DECLARATIONS, Defect, FrozenSupplement, Reply, Standing, Summons, Supplement,
};
use crate::law::Instant;
use crate::store::{CallId, OfferId, PersonId, ScoreId, SeatId};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Yes,
    No,
    NotApplicable,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FormalAnswer {
    pub key: String,
    pub answer: Answer,
    pub note: String,
    /// Keys of the attachments that are missing, at the question about them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormalOutcome {
    Meets,
    /// The organisation was called to supplement what is missing; another outcome follows.
    ToSupplement,
    Rejected,
}

impl FormalOutcome {
    pub const ALL: [FormalOutcome; 3] = [FormalOutcome::Meets, FormalOutcome::ToSupplement, FormalOutcome::Rejected];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            FormalOutcome::Meets => "meets",
            FormalOutcome::ToSupplement => "to_supplement",
            FormalOutcome::Rejected => "rejected",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            FormalOutcome::Meets => "spełnia wymogi formalne",
            FormalOutcome::ToSupplement => "do uzupełnienia",
            FormalOutcome::Rejected => "odrzucona z przyczyn formalnych",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<FormalOutcome> {
        FormalOutcome::ALL.into_iter().find(|o| o.code() == code)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormalCheck {
    pub offer: OfferId,
    pub call: CallId,
    pub answers: Vec<FormalAnswer>,
    pub outcome: FormalOutcome,
    pub version: i64,
    pub decided_at: Instant,
    pub decided_by: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeatKind {
    Chair,
    Member,
    /// Keeps the minutes, has no vote and no score card.
    Secretary,
}

impl SeatKind {
    pub const ALL: [SeatKind; 3] = [SeatKind::Chair, SeatKind::Member, SeatKind::Secretary];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            SeatKind::Chair => "chair",
            SeatKind::Member => "member",
            SeatKind::Secretary => "secretary",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            SeatKind::Chair => "przewodniczący",
            SeatKind::Member => "członek",
            SeatKind::Secretary => "sekretarz (bez prawa głosu)",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<SeatKind> {
        SeatKind::ALL.into_iter().find(|k| k.code() == code)
    }

    #[must_use]
    pub fn scores(self) -> bool {
        matches!(self, SeatKind::Chair | SeatKind::Member)
    }
}

/// Whom a member represents (UDPP art. 15 ust. 2b, 2d).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Organ,
    Ngo,
}

impl Side {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Side::Organ => "organ",
            Side::Ngo => "ngo",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Side::Organ => "przedstawiciel organu",
            Side::Ngo => "osoba wskazana przez organizację",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Side> {
        [Side::Organ, Side::Ngo].into_iter().find(|s| s.code() == code)
    }
}

/// What a member declared once the list of offerors was known (R-COM-01).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Declared {
    Impartial,
    /// A ground of KPA art. 24 holds: the member is out of the whole contest (R-COM-02).
    Conflict,
}

impl Declared {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Declared::Impartial => "impartial",
            Declared::Conflict => "conflict",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Declared> {
        [Declared::Impartial, Declared::Conflict].into_iter().find(|d| d.code() == code)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    pub id: SeatId,
    pub call: CallId,
    pub person: PersonId,
    pub person_name: String,
    pub kind: SeatKind,
    pub side: Side,
    /// The organisation that indicated an NGO member.
    pub indicated_by: String,
    pub declared: Option<(Declared, Instant)>,
    /// The text that was declared, or the ground of the conflict.
    pub statement: String,
    pub version: i64,
}

impl Seat {
    /// May open offers and score: declared impartial after the offerors were known.
    #[must_use]
    pub fn may_score(&self) -> bool {
        self.kind.scores() && matches!(self.declared, Some((Declared::Impartial, _)))
    }
}

/// Points and words for one criterion.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CriterionScore {
    pub key: String,
    pub points: u32,
    pub why: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Score {
    pub id: ScoreId,
    pub offer: OfferId,
    pub seat: SeatId,
    pub call: CallId,
    pub items: Vec<CriterionScore>,
    pub total: u32,
    /// A sealed card can be seen by others of the committee and no longer changed.
    pub sealed_at: Option<Instant>,
    pub version: i64,
}

/// One offer in the ranking; points times 100, so that a mean has two decimals.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ranked {
    pub place: u32,
    pub offer: OfferId,
    pub number: String,
    pub org_name: String,
    pub asked: crate::law::Money,
    /// Mean of the sealed cards, times 100; `None` before the first one.
    pub mean_x100: Option<u32>,
    pub cards: u32,
    pub meets_threshold: bool,
    /// Criteria on which two members are more than 30 % of the most points apart (R-SCO-01).
    pub spread: Vec<String>,
}
