//! The score matrix, offers by members, made only from the cards its reader may see.

use serde::Serialize;

use super::compare::{Compare, compare};
use super::{Bar, percent};
use crate::call::{Call, CallState};
use crate::offer::{Offer, OfferState};
use crate::review::model::{Ranked, Score, Seat};
use crate::review::rules::{self, Contender, Viewer};
use crate::review::{Opinion, points_text};
use crate::store::OfferId;

#[derive(Serialize)]
pub(super) struct Cell {
    text: String,
    tone: &'static str,
    href: String,
    mine: bool,
}

#[derive(Serialize)]
pub(super) struct Row {
    number: String,
    org: String,
    asked: String,
    href: String,
    state: &'static str,
    tone: &'static str,
    place: String,
    cells: Vec<Cell>,
    mean: String,
    meets: String,
    spread: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct Matrix {
    members: Vec<String>,
    rows: Vec<Row>,
    /// Own cards still to be sealed.
    pub left: usize,
    scores: bool,
    /// Why there is no ranking yet; empty when there is one.
    no_ranking: String,
    threshold: String,
    max: u32,
    quorum: usize,
    bars: Vec<Bar>,
    /// Points and words of the offers whose own card is sealed.
    comments: Vec<Comments>,
}

#[derive(Serialize)]
struct Comments {
    label: String,
    compare: Compare,
}

/// The matrix of `call` as the member of `seat` may see it.
pub(super) fn matrix(held: &Opinion, call: &Call, seat: &Seat) -> Matrix {
    let viewer = Viewer::Member(seat);
    let seen = rules::visible(viewer, &held.cards);
    let voters: Vec<&Seat> = held.seats.iter().filter(|s| s.may_score()).collect();
    let in_play = held.in_play();
    let left = if call.state == CallState::Review { rules::cards_left(seat, &in_play, &held.cards).len() } else { 0 };
    let no_ranking = rules::may_see_ranking(viewer, &in_play, &held.cards).err().unwrap_or_default();
    let ranked = held.ranked(call);
    let mut offers: Vec<&Offer> = held.offers.iter().collect();
    if no_ranking.is_empty() {
        offers.sort_by_key(|o| ranked.iter().find(|r| r.offer == o.id).map_or(u32::MAX, |r| r.place));
    }
    let open = call.state == CallState::Review;
    let rows = offers
        .iter()
        .map(|o| {
            // A mean tells the points of others, so it opens with the own seal.
            let unlocked = !seat.kind.scores()
                || seen.iter().any(|c| c.seat == seat.id && c.offer == o.id && c.sealed_at.is_some());
            let rank = ranked.iter().find(|r| r.offer == o.id).filter(|_| unlocked);
            let cells = voters.iter().map(|v| cell(&held.cards, &seen, o, v, seat, open)).collect();
            row(o, rank, no_ranking.is_empty(), cells)
        })
        .collect();
    Matrix {
        comments: offers.iter().filter_map(|o| comments(o, held, &seen, call, seat)).collect(),
        members: voters.iter().map(|v| v.person_name.clone()).collect(),
        rows,
        left,
        scores: seat.kind.scores(),
        bars: if no_ranking.is_empty() { bars(&ranked, call) } else { Vec::new() },
        no_ranking,
        threshold: points_text(rules::threshold_x100(&call.content.card)),
        max: call.content.card.max(),
        quorum: rules::quorum(voters.len()),
    }
}

fn comments(offer: &Offer, held: &Opinion, seen: &[Score], call: &Call, seat: &Seat) -> Option<Comments> {
    let cards: Vec<Score> = seen.iter().filter(|c| c.offer == offer.id).cloned().collect();
    let number = offer.number.clone().unwrap_or_default();
    let label = format!("{number} {}", offer.offeror_names());
    let contender = Contender { offer: offer.id.clone(), number, org_name: offer.offeror_names(), asked: offer.grant };
    let unlocked = !seat.kind.scores() || cards.iter().any(|c| c.seat == seat.id && c.sealed_at.is_some());
    unlocked.then(|| compare(&contender, call, &held.seats, cards)).flatten().map(|compare| Comments { label, compare })
}

fn cell(all: &[Score], seen: &[Score], offer: &Offer, voter: &Seat, me: &Seat, open: bool) -> Cell {
    let of = |cards: &[Score]| cards.iter().find(|c| c.offer == offer.id && c.seat == voter.id).cloned();
    let mine = voter.id == me.id;
    let href = if mine { format!("/komisja/oferty/{}", offer.id) } else { String::new() };
    let judged = offer.state == OfferState::FormalOk && open;
    let (text, tone) = match (of(seen), mine) {
        (Some(card), _) if card.sealed_at.is_some() => (format!("{} pkt", card.total), "ok"),
        (Some(_), _) => ("szkic".to_owned(), "warn"),
        (None, true) if judged => ("do oceny".to_owned(), "warn"),
        (None, true) => ("–".to_owned(), "neutral"),
        (None, false) if of(all).is_some_and(|c| c.sealed_at.is_some()) => ("zapieczętowana".to_owned(), "info"),
        (None, false) => ("–".to_owned(), "neutral"),
    };
    Cell { text, tone, href, mine }
}

fn row(offer: &Offer, rank: Option<&Ranked>, ranking: bool, cells: Vec<Cell>) -> Row {
    let mean = rank.and_then(|r| r.mean_x100.map(|m| (r, m)));
    Row {
        number: offer.number.clone().unwrap_or_default(),
        org: offer.offeror_names(),
        asked: offer.grant.to_string(),
        href: format!("/komisja/oferty/{}", offer.id),
        state: if offer.state == OfferState::Submitted { "przed oceną formalną" } else { offer.state.office_label() },
        tone: if offer.state == OfferState::Rejected { "error" } else { "neutral" },
        place: rank.filter(|_| ranking).map(|r| r.place.to_string()).unwrap_or_default(),
        cells,
        mean: mean.map(|(_, m)| points_text(m)).unwrap_or_default(),
        meets: mean
            .map(|(r, _)| if r.meets_threshold { "próg osiągnięty" } else { "poniżej progu" }.to_owned())
            .unwrap_or_default(),
        spread: rank.map(|r| r.spread.clone()).unwrap_or_default(),
    }
}

/// The means against the threshold.
pub(super) fn bars(ranked: &[Ranked], call: &Call) -> Vec<Bar> {
    let card = &call.content.card;
    ranked
        .iter()
        .filter_map(|r| {
            let mean = r.mean_x100?;
            Some(Bar {
                label: format!("{}. {} {}", r.place, r.number, r.org_name),
                value_text: format!("{} z {}", points_text(mean), card.max()),
                percent: percent(mean, card.max()),
                limit_percent: card.threshold_percent.min(100),
                tone: if r.meets_threshold { "accent" } else { "warn" },
            })
        })
        .collect()
}

/// The id of an offer in an address.
pub(super) fn offer_href(id: &OfferId) -> String {
    format!("/komisja/oferty/{id}")
}
