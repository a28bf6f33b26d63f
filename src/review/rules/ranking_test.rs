use proptest::prelude::*;

use super::*;
use crate::call::Criterion;
use crate::law::Instant;
use crate::review::model::{CriterionScore, Declared, SeatKind, Side};
use crate::store::{CallId, PersonId, ScoreId, SeatId};

fn card() -> ScoreCard {
    let criterion = |key: &str, point, max| Criterion {
        key: key.into(),
        name: format!("kryterium {key}"),
        point,
        max,
        neutral: None,
    };
    ScoreCard {
        criteria: vec![criterion("mozliwosci", 1, 40), criterion("koszty", 2, 30), criterion("kadra", 3, 30)],
        threshold_percent: 60,
    }
}

fn contender(number: &str) -> Contender {
    Contender { offer: OfferId::new(), number: number.into(), org_name: number.into(), asked: Money::zl(100) }
}

fn scored(offer: &Contender, points: [u32; 3]) -> Score {
    let keys = ["mozliwosci", "koszty", "kadra"];
    let items: Vec<CriterionScore> = keys
        .iter()
        .zip(points)
        .map(|(key, points)| CriterionScore { key: (*key).into(), points, why: "bo tak jest".into() })
        .collect();
    Score {
        id: ScoreId::new(),
        offer: offer.offer.clone(),
        seat: SeatId::new(),
        call: CallId::new(),
        total: points.iter().sum(),
        items,
        sealed_at: Some(Instant::default()),
        version: 0,
    }
}

fn order(ranked: &[Ranked]) -> Vec<&str> {
    ranked.iter().map(|r| r.number.as_str()).collect()
}

#[test]
fn the_mean_has_two_decimals_half_up() {
    assert_eq!(mean_x100(0, 0), None);
    assert_eq!(mean_x100(250, 3), Some(8333));
    assert_eq!(mean_x100(251, 3), Some(8367));
    assert_eq!(mean_x100(1, 8), Some(13), "12,5 setnych idzie w górę");
    assert_eq!(points_text(8305), "83,05");
    assert_eq!(threshold_x100(&card()), 6000);
}

#[test]
fn exactly_the_threshold_is_enough() {
    let (at, below, none) = (contender("O-1"), contender("O-2"), contender("O-3"));
    let cards = [scored(&at, [20, 20, 20]), scored(&below, [20, 20, 19]), scored(&below, [20, 20, 20])];
    let ranked = rank(&card(), &[below, none, at], &cards);
    assert_eq!(order(&ranked), ["O-1", "O-2", "O-3"]);
    assert_eq!(ranked.iter().map(|r| r.mean_x100).collect::<Vec<_>>(), [Some(6000), Some(5950), None]);
    assert_eq!(ranked.iter().map(|r| r.meets_threshold).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(ranked.iter().map(|r| (r.place, r.cards)).collect::<Vec<_>>(), [(1, 1), (2, 2), (3, 0)]);
}

#[test]
fn ties_go_by_costs_then_people_then_number() {
    let (a, b, c, d) = (contender("X/O-9"), contender("X/O-10"), contender("X/O-2"), contender("X/O-3"));
    let cards =
        [scored(&a, [30, 20, 20]), scored(&b, [30, 20, 20]), scored(&c, [25, 20, 25]), scored(&d, [28, 22, 20])];
    let ranked = rank(&card(), &[b, a, c, d], &cards);
    assert_eq!(order(&ranked), ["X/O-3", "X/O-2", "X/O-9", "X/O-10"]);
}

#[test]
fn more_than_thirty_percent_apart_asks_for_a_note() {
    let (at, over) = (contender("O-1"), contender("O-2"));
    let cards = [
        scored(&at, [20, 20, 20]),
        scored(&at, [20, 29, 20]),
        scored(&over, [20, 20, 20]),
        scored(&over, [33, 30, 20]),
    ];
    let ranked = rank(&card(), &[at, over], &cards);
    let spread = |number: &str| ranked.iter().find(|r| r.number == number).unwrap().spread.clone();
    assert_eq!(spread("O-1"), Vec::<String>::new(), "9 z 30 to równo 30%");
    assert_eq!(spread("O-2"), ["kryterium mozliwosci", "kryterium koszty"]);
}

#[test]
fn only_sealed_cards_of_impartial_members_count() {
    let offer = contender("O-1");
    let seat = |id: &SeatId, declared| Seat {
        id: id.clone(),
        call: CallId::new(),
        person: PersonId::new(),
        person_name: String::new(),
        kind: SeatKind::Member,
        side: Side::Organ,
        indicated_by: String::new(),
        declared,
        statement: String::new(),
        version: 0,
    };
    let (open, sealed, left) = (scored(&offer, [1, 1, 1]), scored(&offer, [2, 2, 2]), scored(&offer, [3, 3, 3]));
    let seats = [
        seat(&open.seat, Some((Declared::Impartial, Instant::default()))),
        seat(&sealed.seat, Some((Declared::Impartial, Instant::default()))),
        seat(&left.seat, Some((Declared::Conflict, Instant::default()))),
    ];
    let open = Score { sealed_at: None, ..open };
    assert_eq!(counted(vec![open, sealed.clone(), left], &seats), [sealed]);
}

proptest! {
    /// The ranking does not depend on the order in which offers and cards come.
    #[test]
    fn independent_of_order(
        points in proptest::collection::vec((0_usize..5, 0_u32..=40, 0_u32..=30, 0_u32..=30), 0..25),
        turn in 0_usize..25,
    ) {
        let offers: Vec<Contender> = (1..=5).map(|n| contender(&format!("O-{n}"))).collect();
        let cards: Vec<Score> = points.iter().map(|(o, a, b, c)| scored(&offers[*o], [*a, *b, *c])).collect();
        let straight = rank(&card(), &offers, &cards);
        let (mut other_offers, mut other_cards) = (offers.clone(), cards.clone());
        other_offers.reverse();
        other_offers.rotate_left(turn % 5);
        other_cards.reverse();
        if !other_cards.is_empty() {
            let by = turn % other_cards.len();
            other_cards.rotate_left(by);
        }
        prop_assert_eq!(&straight, &rank(&card(), &other_offers, &other_cards));
        prop_assert!(straight.windows(2).all(|w| w[0].mean_x100 >= w[1].mean_x100));
    }
}
