//! The ranking: means of sealed cards, the threshold, ties, and notes on spread.

use std::cmp::Reverse;

use crate::call::ScoreCard;
use crate::law::Money;
use crate::review::model::{Ranked, Score, Seat};
use crate::store::OfferId;

/// Points of art. 15 ust. 1 that break a tie: first the costs, then the people.
const COSTS: u8 = 2;
const PEOPLE: u8 = 3;
/// R-SCO-01: two members further apart than this share of the most points.
const SPREAD_PERCENT: u64 = 30;

/// An offer that takes part in the ranking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contender {
    pub offer: OfferId,
    pub number: String,
    pub org_name: String,
    pub asked: Money,
}

/// The cards that count: sealed, by members who declared impartiality and still hold to it.
#[must_use]
pub fn counted(cards: Vec<Score>, seats: &[Seat]) -> Vec<Score> {
    cards
        .into_iter()
        .filter(|c| c.sealed_at.is_some() && seats.iter().any(|s| s.id == c.seat && s.may_score()))
        .collect()
}

/// `sum / n` with two decimals, half-up, times 100.
fn mean_x100(sum: u64, n: u64) -> Option<u32> {
    let twice = sum.checked_mul(200)?.checked_add(n)?;
    u32::try_from(twice.checked_div(n.checked_mul(2)?)?).ok()
}

/// Least mean to be recommended, times 100: a percent of the most points.
#[must_use]
pub fn threshold_x100(card: &ScoreCard) -> u32 {
    card.max().saturating_mul(card.threshold_percent)
}

/// `8350` as `83,50`.
#[must_use]
pub fn points_text(x100: u32) -> String {
    format!("{},{:02}", x100 / 100, x100 % 100)
}

struct Row<'a> {
    contender: &'a Contender,
    cards: u32,
    mean: Option<u32>,
    costs: Option<u32>,
    people: Option<u32>,
    spread: Vec<String>,
}

fn row<'a>(card: &ScoreCard, contender: &'a Contender, cards: &[Score]) -> Row<'a> {
    let own: Vec<&Score> = cards.iter().filter(|c| c.offer == contender.offer).collect();
    let n = u64::try_from(own.len()).unwrap_or(u64::MAX);
    let of_point = |point: Option<u8>| {
        let keys: Vec<&str> =
            card.criteria.iter().filter(|c| point.is_none_or(|p| c.point == p)).map(|c| c.key.as_str()).collect();
        let points = own.iter().flat_map(|c| &c.items).filter(|i| keys.contains(&i.key.as_str()));
        mean_x100(points.map(|i| u64::from(i.points)).sum(), n)
    };
    Row {
        contender,
        cards: u32::try_from(own.len()).unwrap_or(u32::MAX),
        mean: of_point(None),
        costs: of_point(Some(COSTS)),
        people: of_point(Some(PEOPLE)),
        spread: spread(card, &own),
    }
}

/// Criteria on which two members stand further apart than 30 % of the most points.
/// Basis: R-SCO-01, a default of the committee's regulations. Date: all cards sealed so far.
fn spread(card: &ScoreCard, cards: &[&Score]) -> Vec<String> {
    let apart = |key: &str, max: u32| {
        let given: Vec<u32> = cards.iter().flat_map(|c| &c.items).filter(|i| i.key == key).map(|i| i.points).collect();
        let (Some(low), Some(high)) = (given.iter().min(), given.iter().max()) else { return false };
        u64::from(high.saturating_sub(*low)).saturating_mul(100) > u64::from(max).saturating_mul(SPREAD_PERCENT)
    };
    card.criteria.iter().filter(|c| apart(&c.key, c.max)).map(|c| c.name.clone()).collect()
}

/// `PAI/2/2026/O-10` after `…/O-9`.
fn number_key(number: &str) -> (u64, &str) {
    (number.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(u64::MAX), number)
}

/// Offers in the order of the mean of the counted cards; equal means by the costs
/// (pkt 2), then by the qualifications (pkt 3), then by number. The mean with its two
/// decimals is the result: it is compared with the threshold and with other means.
/// Basis: UDPP art. 15 ust. 1; ties and threshold from the announced card.
/// Date: the cards sealed so far.
#[must_use]
pub fn rank(card: &ScoreCard, contenders: &[Contender], cards: &[Score]) -> Vec<Ranked> {
    let mut rows: Vec<Row<'_>> = contenders.iter().map(|c| row(card, c, cards)).collect();
    rows.sort_by_key(|r| {
        (Reverse(r.mean), Reverse(r.costs), Reverse(r.people), number_key(&r.contender.number), &r.contender.offer)
    });
    (1_u32..)
        .zip(rows)
        .map(|(place, r)| Ranked {
            place,
            offer: r.contender.offer.clone(),
            number: r.contender.number.clone(),
            org_name: r.contender.org_name.clone(),
            asked: r.contender.asked,
            mean_x100: r.mean,
            cards: r.cards,
            meets_threshold: r.mean.is_some_and(|m| m >= threshold_x100(card)),
            spread: r.spread,
        })
        .collect()
}

#[cfg(test)]
#[path = "ranking_test.rs"]
mod tests;
