//! The sealed cards of one offer side by side.

use serde::Serialize;

use super::{Bar, percent};
use crate::call::Call;
use crate::review::model::{Score, Seat};
use crate::review::points_text;
use crate::review::rules::{self, Contender};

#[derive(Serialize)]
struct CompareCell {
    points: String,
    why: String,
}

#[derive(Serialize)]
struct CompareRow {
    name: String,
    max: u32,
    cells: Vec<CompareCell>,
    spread: bool,
}

/// Criteria by members, with points and reasons.
#[derive(Serialize)]
pub(super) struct Compare {
    members: Vec<String>,
    rows: Vec<CompareRow>,
    totals: Vec<String>,
    mean: String,
    max: u32,
    bars: Vec<Bar>,
    spread: Vec<String>,
}

/// `cards` are the ones the reader may see; `None` before the own card is sealed.
pub(super) fn compare(contender: &Contender, call: &Call, seats: &[Seat], cards: Vec<Score>) -> Option<Compare> {
    let mut cards = rules::counted(cards, seats);
    cards.sort_by_key(|c| seats.iter().position(|s| s.id == c.seat));
    if cards.is_empty() {
        return None;
    }
    let card = &call.content.card;
    let rank = rules::rank(card, std::slice::from_ref(contender), &cards).into_iter().next()?;
    let name = |c: &Score| seats.iter().find(|s| s.id == c.seat).map(|s| s.person_name.clone()).unwrap_or_default();
    let rows = card
        .criteria
        .iter()
        .map(|criterion| CompareRow {
            name: criterion.name.clone(),
            max: criterion.max,
            cells: cards.iter().map(|c| cell(c, &criterion.key)).collect(),
            spread: rank.spread.contains(&criterion.name),
        })
        .collect();
    Some(Compare {
        members: cards.iter().map(name).collect(),
        rows,
        totals: cards.iter().map(|c| c.total.to_string()).collect(),
        mean: rank.mean_x100.map(points_text).unwrap_or_default(),
        max: card.max(),
        bars: cards
            .iter()
            .map(|c| Bar {
                label: name(c),
                value_text: format!("{} z {}", c.total, card.max()),
                percent: percent(c.total.saturating_mul(100), card.max()),
                limit_percent: card.threshold_percent.min(100),
                tone: "accent",
            })
            .collect(),
        spread: rank.spread,
    })
}

fn cell(card: &Score, key: &str) -> CompareCell {
    card.items.iter().find(|i| i.key == key).map_or_else(
        || CompareCell { points: String::new(), why: String::new() },
        |i| CompareCell { points: i.points.to_string(), why: i.why.clone() },
    )
}
