//! The score card.

use serde::{Deserialize, Serialize};

/// One criterion of the score card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Criterion {
    pub key: String,
    pub name: String,
    /// The point of UDPP art. 15 ust. 1 it serves, 1 to 6.
    pub point: u8,
    /// Most points.
    pub max: u32,
    /// What a newcomer gets where earlier tasks are judged (pkt 6).
    pub neutral: Option<u32>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ScoreCard {
    pub criteria: Vec<Criterion>,
    /// Least share of the most points, in percent, to be recommended.
    pub threshold_percent: u32,
}

impl ScoreCard {
    /// Most points of the card.
    #[must_use]
    pub fn max(&self) -> u32 {
        self.criteria.iter().map(|c| c.max).sum()
    }
}
