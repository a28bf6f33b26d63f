//! Who may see whose points. Cards stay sealed from a member until their own card
//! for the offer is sealed, and from a conflicted or undeclared one for good.

use super::committee::gate;
use crate::review::model::{Score, Seat};
use crate::store::OfferId;

/// Who looks at the cards.
#[derive(Clone, Copy, Debug)]
pub enum Viewer<'a> {
    /// Somebody of the office who has no seat in this committee.
    Office,
    Member(&'a Seat),
}

fn sealed_own(seat: &Seat, offer: &OfferId, cards: &[Score]) -> bool {
    cards.iter().any(|c| c.seat == seat.id && &c.offer == offer && c.sealed_at.is_some())
}

/// The cards this reader may see: the own one always, those of others when they are
/// sealed and so is the own one. Counts and means are made only from these.
/// Basis: sealed scoring of the committee's regulations; UDPP art. 15 ust. 2f.
/// Date: the moment of reading.
#[must_use]
pub fn visible(viewer: Viewer<'_>, cards: &[Score]) -> Vec<Score> {
    let sees = |card: &&Score| match viewer {
        Viewer::Office => card.sealed_at.is_some(),
        Viewer::Member(seat) if gate(seat).is_err() => false,
        Viewer::Member(seat) => {
            let unlocked = !seat.kind.scores() || sealed_own(seat, &card.offer, cards);
            card.seat == seat.id || (card.sealed_at.is_some() && unlocked)
        }
    };
    cards.iter().filter(sees).cloned().collect()
}

/// The offers whose card this member has still to seal.
#[must_use]
pub fn cards_left(seat: &Seat, offers: &[OfferId], cards: &[Score]) -> Vec<OfferId> {
    if !seat.kind.scores() {
        return Vec::new();
    }
    offers.iter().filter(|o| !sealed_own(seat, o, cards)).cloned().collect()
}

/// The ranking tells the points of others, so it opens with the last own card.
///
/// # Errors
/// The sentence for the reader who may not see it.
pub fn may_see_ranking(viewer: Viewer<'_>, offers: &[OfferId], cards: &[Score]) -> Result<(), String> {
    let Viewer::Member(seat) = viewer else { return Ok(()) };
    gate(seat).map_err(|f| format!("{} {}", f.found, f.limit))?;
    let left = cards_left(seat, offers, cards).len();
    if left == 0 {
        return Ok(());
    }
    Err(format!("Ranking zobaczysz, gdy zapieczętujesz wszystkie swoje karty. Zostało: {left}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Instant;
    use crate::review::model::{Declared, SeatKind, Side};
    use crate::store::{CallId, PersonId, ScoreId, SeatId};

    fn seat(kind: SeatKind, declared: Option<Declared>) -> Seat {
        Seat {
            id: SeatId::new(),
            call: CallId::new(),
            person: PersonId::new(),
            person_name: "Anna".into(),
            kind,
            side: Side::Organ,
            indicated_by: String::new(),
            declared: declared.map(|d| (d, Instant::default())),
            statement: String::new(),
            version: 0,
        }
    }

    fn card(seat: &Seat, offer: &OfferId, sealed: bool) -> Score {
        Score {
            id: ScoreId::new(),
            offer: offer.clone(),
            seat: seat.id.clone(),
            call: seat.call.clone(),
            items: vec![],
            total: 7,
            sealed_at: sealed.then(Instant::default),
            version: 0,
        }
    }

    #[test]
    fn the_own_seal_opens_the_cards_of_that_offer_only() {
        let (me, other) =
            (seat(SeatKind::Member, Some(Declared::Impartial)), seat(SeatKind::Chair, Some(Declared::Impartial)));
        let (x, y) = (OfferId::new(), OfferId::new());
        let cards = [card(&me, &x, true), card(&me, &y, false), card(&other, &x, true), card(&other, &y, true)];
        let seen = |viewer| visible(viewer, &cards).iter().map(|c| (c.seat == me.id, c.offer == x)).collect::<Vec<_>>();
        assert_eq!(seen(Viewer::Member(&me)), [(true, true), (true, false), (false, true)]);
        assert_eq!(seen(Viewer::Office), [(true, true), (false, true), (false, false)]);
        assert_eq!(cards_left(&me, &[x.clone(), y.clone()], &cards), std::slice::from_ref(&y));
        let why = may_see_ranking(Viewer::Member(&me), &[x.clone(), y], &cards).unwrap_err();
        assert_eq!(why, "Ranking zobaczysz, gdy zapieczętujesz wszystkie swoje karty. Zostało: 1.");
        assert_eq!(may_see_ranking(Viewer::Member(&me), &[x], &cards), Ok(()));
    }

    #[test]
    fn what_an_excluded_member_sees_does_not_depend_on_the_cards() {
        let other = seat(SeatKind::Member, Some(Declared::Impartial));
        let offer = OfferId::new();
        for excluded in [seat(SeatKind::Member, Some(Declared::Conflict)), seat(SeatKind::Member, None)] {
            for cards in [
                vec![],
                vec![card(&other, &offer, true)],
                vec![card(&excluded, &offer, true), card(&other, &offer, true)],
            ] {
                assert_eq!(visible(Viewer::Member(&excluded), &cards), []);
                assert!(may_see_ranking(Viewer::Member(&excluded), &[], &cards).is_err());
            }
        }
        let keeper = seat(SeatKind::Secretary, Some(Declared::Impartial));
        assert_eq!(
            visible(Viewer::Member(&keeper), &[card(&other, &offer, true), card(&other, &offer, false)]).len(),
            1
        );
        assert_eq!(may_see_ranking(Viewer::Member(&keeper), &[offer], &[]), Ok(()));
    }
}
