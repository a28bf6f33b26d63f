//! The opinion of the committee, as it follows from the sealed cards.

use super::model::{FormalCheck, Ranked, Score, Seat};
use super::rules::{self, Contender, Viewer};
use super::store;
use crate::account::Actor;
use crate::call::Call;
use crate::error::AppError;
use crate::offer::{self, Offer, OfferState};
use crate::store::{OfferId, Read};

/// Everything the review of a call holds, read at one moment, with the raw cards.
/// Whoever shows any of it asks [`Opinion::viewer`] first.
#[derive(Clone, Debug)]
pub struct Opinion {
    pub seats: Vec<Seat>,
    pub offers: Vec<Offer>,
    pub checks: Vec<FormalCheck>,
    pub cards: Vec<Score>,
}

/// Reads the review of a call.
///
/// # Errors
/// Those of the database.
pub fn opinion(r: &mut Read<'_>, call: &Call) -> Result<Opinion, AppError> {
    Ok(Opinion {
        seats: store::seats_of(r, &call.id)?,
        offers: offer::store::filed_in_call(r, &call.id)?,
        checks: store::checks(r, &call.id)?,
        cards: store::scores_of(r, &call.id)?,
    })
}

/// The ranking of a call: means of sealed cards, threshold, ties and spread.
///
/// # Errors
/// Those of the database.
pub fn ranking(r: &mut Read<'_>, call: &Call) -> Result<Vec<Ranked>, AppError> {
    let offers = offer::store::filed_in_call(r, &call.id)?;
    let seats = store::seats_of(r, &call.id)?;
    let cards = store::scores_of(r, &call.id)?;
    Ok(rules::rank(&call.content.card, &contenders(&offers), &rules::counted(cards, &seats)))
}

fn contenders(offers: &[Offer]) -> Vec<Contender> {
    offers
        .iter()
        .filter(|o| in_ranking(o.state))
        .map(|o| Contender {
            offer: o.id.clone(),
            number: o.number.clone().unwrap_or_default(),
            org_name: o.offeror_names(),
            asked: o.grant,
        })
        .collect()
}

/// Offers that passed the formal check, whatever became of them later.
fn in_ranking(state: OfferState) -> bool {
    match state {
        OfferState::FormalOk
        | OfferState::Selected
        | OfferState::Reserve
        | OfferState::NotSelected
        | OfferState::Contracted => true,
        OfferState::Draft
        | OfferState::Submitted
        | OfferState::ToSupplement
        | OfferState::Supplemented
        | OfferState::Withdrawn
        | OfferState::Rejected => false,
    }
}

impl Opinion {
    /// The ranking from the cards that count.
    #[must_use]
    pub fn ranked(&self, call: &Call) -> Vec<Ranked> {
        let cards = rules::counted(self.cards.clone(), &self.seats);
        rules::rank(&call.content.card, &contenders(&self.offers), &cards)
    }

    /// Whether `who` looks as a member of this committee or as the office.
    #[must_use]
    pub fn viewer(&self, who: &Actor) -> Viewer<'_> {
        let own = self.seats.iter().find(|s| who.person_id() == Some(&s.person));
        own.map_or(Viewer::Office, Viewer::Member)
    }

    /// The offers of the ranking.
    #[must_use]
    pub fn in_play(&self) -> Vec<OfferId> {
        self.offers.iter().filter(|o| in_ranking(o.state)).map(|o| o.id.clone()).collect()
    }

    /// Whether `who` may see the ranking.
    ///
    /// # Errors
    /// The sentence that says why not.
    pub fn may_see_ranking(&self, who: &Actor) -> Result<(), String> {
        rules::may_see_ranking(self.viewer(who), &self.in_play(), &self.cards)
    }
}
