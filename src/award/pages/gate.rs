//! Who may open which page of the award.

use crate::account::{Actor, Role};
use crate::award::model::{Award, AwardState};
use crate::award::store;
use crate::call::{self, Call, CallState};
use crate::error::AppError;
use crate::law::Instant;
use crate::review::pages::{Case, why_shut};
use crate::review::{Opinion, opinion};
use crate::store::{CallId, Read};
use crate::web::{Decision, PathIds, Policy};

/// A contest with all that the organ decides on.
pub(super) struct Held {
    pub case: Case,
    pub opinion: Opinion,
    pub award: Option<Award>,
}

impl Held {
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<Held, AppError> {
        let case = Case::of_office(r, who, path)?;
        Ok(Held { opinion: opinion(r, &case.call)?, award: store::of_call(r, &case.call.id)?, case })
    }

    /// Offers are open, and a member of the committee has sealed every own card.
    fn ranking_open(&self, who: &Actor) -> Decision {
        let open = self.case.offers_open();
        if !open.is_yes() || self.case.call.state == CallState::Published {
            return open;
        }
        let seen = self.opinion.may_see_ranking(who);
        seen.map_or_else(|why| Decision::No(format!("{why}\n/komisja/{}", self.case.call.id)), |()| Decision::Yes)
    }
}

/// Reads the ranking and the decision.
pub(super) struct ReadDecision;
impl Policy for ReadDecision {
    const NAME: &'static str = "award.read_decision";
    type Object = Held;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Held, AppError> {
        Held::load(r, who, path)
    }
    fn decide(who: &Actor, held: &Held, _: Instant) -> Decision {
        held.ranking_open(who)
    }
}

/// Decides: an act of the organ (UDPP art. 11 ust. 2b, art. 15 ust. 2g).
pub(super) struct Decide;
impl Policy for Decide {
    const NAME: &'static str = "award.decide";
    type Object = Held;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Held, AppError> {
        Held::load(r, who, path)
    }
    fn decide(who: &Actor, held: &Held, _: Instant) -> Decision {
        if who.has(Role::Organ) { held.ranking_open(who) } else { Decision::no("Konkurs rozstrzyga organ.") }
    }
}

/// A contest with its decision.
pub(super) struct Decided {
    pub case: Case,
    pub award: Option<Award>,
}

impl Decided {
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<Decided, AppError> {
        let case = Case::of_office(r, who, path)?;
        Ok(Decided { award: store::of_call(r, &case.call.id)?, case })
    }

    fn open(&self) -> Decision {
        match &self.award {
            None => Decision::no("Organ nie rozstrzygnął jeszcze tego konkursu."),
            Some(award) if award.state == AwardState::Published => Decision::Yes,
            Some(_) => self.case.seat.as_ref().and_then(why_shut).map_or(Decision::Yes, Decision::No),
        }
    }
}

/// Reads the results before and after their publication.
pub(super) struct ReadResults;
impl Policy for ReadResults {
    const NAME: &'static str = "award.read_results";
    type Object = Decided;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Decided, AppError> {
        Decided::load(r, who, path)
    }
    fn decide(_: &Actor, decided: &Decided, _: Instant) -> Decision {
        decided.open()
    }
}

/// Publishes the results: an act of the organ.
pub(super) struct Publish;
impl Policy for Publish {
    const NAME: &'static str = "award.publish";
    type Object = Decided;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Decided, AppError> {
        Decided::load(r, who, path)
    }
    fn decide(who: &Actor, decided: &Decided, _: Instant) -> Decision {
        if who.has(Role::Organ) { decided.open() } else { Decision::no("Wyniki ogłasza organ.") }
    }
}

/// Anyone reads published results.
pub(super) struct PublicResults;
impl Policy for PublicResults {
    const NAME: &'static str = "award.public_results";
    const PUBLIC: bool = true;
    type Object = (Call, Option<Award>);
    fn load(r: &mut Read<'_>, _: &Actor, path: &PathIds, _: Instant) -> Result<Self::Object, AppError> {
        let call = call::store::find_public(r, &path.id("call", CallId::parse)?)?;
        let award = store::of_call(r, &call.id)?.filter(|a| a.state == AwardState::Published);
        Ok((call, award))
    }
    fn decide(_: &Actor, _: &Self::Object, _: Instant) -> Decision {
        Decision::Yes
    }
}
