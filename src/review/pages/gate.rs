//! Who may open which page of the review.

use crate::account::{Actor, Role};
use crate::call::{self, Call, CallState};
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::{self, Offer, OfferState};
use crate::review::model::{Seat, Summons, Supplement};
use crate::review::{rules, store, summons_of};
use crate::store::{CallId, OfferId, Read};
use crate::web::{Decision, PathIds, Policy};

/// A contest and the seat of whoever looks, if they have one.
#[derive(Clone)]
pub(crate) struct Case {
    pub call: Call,
    pub seat: Option<Seat>,
}

fn own_seat(r: &mut Read<'_>, who: &Actor, call: &CallId) -> Result<Option<Seat>, AppError> {
    who.person_id().map_or(Ok(None), |person| store::seat_of(r, call, person))
}

impl Case {
    /// The contest of the path, for people of the office.
    pub(crate) fn of_office(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<Case, AppError> {
        let id = path.id("call", CallId::parse)?;
        if !who.reads_cases() {
            return Err(AppError::NotFound);
        }
        let call = call::store::find(r, &id)?;
        Ok(Case { seat: own_seat(r, who, &call.id)?, call })
    }

    /// Offers are open, and the reader's own seat, if any, does not shut them.
    pub(crate) fn offers_open(&self) -> Decision {
        if self.call.is_opened() {
            return self.seat.as_ref().and_then(why_shut).map_or(Decision::Yes, Decision::No);
        }
        match self.call.state {
            CallState::Cancelled => Decision::no("Konkurs unieważniono przed otwarciem ofert: zostają zamknięte."),
            CallState::Draft | CallState::Announced | CallState::Review | CallState::Decided | CallState::Published => {
                Decision::no("Oferty tego konkursu nie zostały jeszcze otwarte.")
            }
        }
    }
}

/// Why a member may not see offers and points, with the page of the declaration as
/// the last line; nothing for one who declared impartiality.
pub(crate) fn why_shut(seat: &Seat) -> Option<String> {
    let shut = rules::gate(seat).err()?;
    Some(format!("{} {}\n/komisja/{}/oswiadczenie", shut.found, shut.limit, seat.call))
}

/// Reads the formal cards of a contest.
pub(super) struct ReadChecks;
impl Policy for ReadChecks {
    const NAME: &'static str = "review.read_checks";
    type Object = Case;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::of_office(r, who, path)
    }
    fn decide(_: &Actor, case: &Case, _: Instant) -> Decision {
        case.offers_open()
    }
}

/// Gives the organisations that were called more time to supplement their offers.
pub(super) struct GiveTime;
impl Policy for GiveTime {
    const NAME: &'static str = "review.more_time";
    type Object = Case;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::of_office(r, who, path)
    }
    fn decide(who: &Actor, case: &Case, _: Instant) -> Decision {
        if who.has(Role::Officer) {
            return case.offers_open();
        }
        Decision::no("Czas na uzupełnienie wydłuża pracownik merytoryczny, który prowadzi ocenę formalną.")
    }
}

/// Reads the committee's seats.
pub(super) struct ReadSeats;
impl Policy for ReadSeats {
    const NAME: &'static str = "review.read_seats";
    type Object = Case;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::of_office(r, who, path)
    }
    fn decide(_: &Actor, _: &Case, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Appoints to the committee: an act of the organ (UDPP art. 11 ust. 2b).
pub(super) struct Appoint;
impl Policy for Appoint {
    const NAME: &'static str = "review.appoint";
    type Object = Case;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::of_office(r, who, path)
    }
    fn decide(who: &Actor, _: &Case, _: Instant) -> Decision {
        Decision::when(who.has(Role::Organ), "Komisję powołuje organ.")
    }
}

/// An offer in its contest, and the seat of whoever looks.
#[derive(Clone)]
pub(super) struct OfferCase {
    pub offer: Offer,
    pub case: Case,
}

impl OfferCase {
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<OfferCase, AppError> {
        let offer = offer::store::find(r, &path.id("offer", OfferId::parse)?)?;
        if matches!(offer.state, OfferState::Draft | OfferState::Withdrawn) {
            return Err(AppError::NotFound);
        }
        let call = call::store::find(r, &offer.call)?;
        Ok(OfferCase { case: Case { seat: own_seat(r, who, &call.id)?, call }, offer })
    }

    fn of_office(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<OfferCase, AppError> {
        if !who.reads_cases() {
            return Err(AppError::NotFound);
        }
        OfferCase::load(r, who, path)
    }

    fn of_member(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<MemberOffer, AppError> {
        let OfferCase { offer, case } = OfferCase::load(r, who, path)?;
        let seat = case.seat.ok_or(AppError::NotFound)?;
        Ok(MemberOffer { offer, call: case.call, seat })
    }
}

/// Reads the formal card of an offer.
pub(super) struct ReadCheck;
impl Policy for ReadCheck {
    const NAME: &'static str = "review.read_check";
    type Object = OfferCase;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<OfferCase, AppError> {
        OfferCase::of_office(r, who, path)
    }
    fn decide(_: &Actor, o: &OfferCase, _: Instant) -> Decision {
        o.case.offers_open()
    }
}

/// Fills in the formal card of an offer.
pub(super) struct CheckOffer;
impl Policy for CheckOffer {
    const NAME: &'static str = "review.check_formally";
    type Object = OfferCase;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<OfferCase, AppError> {
        OfferCase::of_office(r, who, path)
    }
    fn decide(who: &Actor, o: &OfferCase, _: Instant) -> Decision {
        if who.has(Role::Officer) {
            return o.case.offers_open();
        }
        Decision::no("Ocenę formalną zapisuje pracownik merytoryczny.")
    }
}

/// Sees the own contests.
pub(super) struct MyContests;
impl Policy for MyContests {
    const NAME: &'static str = "review.my_contests";
    type Object = ();
    fn load(_: &mut Read<'_>, who: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        let may = who.has_any(&[Role::Committee, Role::Officer, Role::Organ]);
        if may { Ok(()) } else { Err(AppError::NotFound) }
    }
    fn decide(_: &Actor, (): &(), _: Instant) -> Decision {
        Decision::Yes
    }
}

/// A contest with the reader's own seat in its committee.
#[derive(Clone)]
pub(super) struct MemberCase {
    pub call: Call,
    pub seat: Seat,
}

/// Has a seat in the committee: sees the contest and declares.
pub(super) struct Seated;
impl Policy for Seated {
    const NAME: &'static str = "review.seated";
    type Object = MemberCase;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<MemberCase, AppError> {
        let seat = own_seat(r, who, &path.id("call", CallId::parse)?)?.ok_or(AppError::NotFound)?;
        Ok(MemberCase { call: call::store::find(r, &seat.call)?, seat })
    }
    fn decide(_: &Actor, _: &MemberCase, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// An offer in front of a member.
#[derive(Clone)]
pub(super) struct MemberOffer {
    pub offer: Offer,
    pub call: Call,
    pub seat: Seat,
}

/// Opens an offer as a member (R-COM-01, R-COM-02).
pub(super) struct OpenOffer;
impl Policy for OpenOffer {
    const NAME: &'static str = "review.open_offer";
    type Object = MemberOffer;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<MemberOffer, AppError> {
        OfferCase::of_member(r, who, path)
    }
    fn decide(_: &Actor, o: &MemberOffer, _: Instant) -> Decision {
        why_shut(&o.seat).map_or(Decision::Yes, Decision::No)
    }
}

/// Scores an offer: a member with a vote.
pub(super) struct ScoreOffer;
impl Policy for ScoreOffer {
    const NAME: &'static str = "review.score";
    type Object = MemberOffer;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<MemberOffer, AppError> {
        OfferCase::of_member(r, who, path)
    }
    fn decide(_: &Actor, o: &MemberOffer, _: Instant) -> Decision {
        if let Some(why) = why_shut(&o.seat) {
            return Decision::No(why);
        }
        Decision::when(o.seat.may_score(), "Sekretarz komisji nie ocenia ofert.")
    }
}

/// An offer that its organisation was called to supplement.
#[derive(Clone)]
pub(super) struct Summoned {
    pub offer: Offer,
    pub call: Call,
    pub summons: Summons,
    pub given: Option<Supplement>,
}

impl Summoned {
    pub(super) fn own(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<Summoned, AppError> {
        let id = path.id("offer", OfferId::parse)?;
        let (offer, call) = offer::store::visible_with_call(r, who, &id)?;
        if who.member_of(&offer.org).is_none() && !offer::store::is_partner(r, who, &offer)? {
            return Err(AppError::NotFound);
        }
        let (summons, given) = summons_of(r, &offer.id)?.ok_or(AppError::NotFound)?;
        Ok(Summoned { offer, call, summons, given })
    }
}

/// A member of an offeror reads what the office calls for.
pub(super) struct ReadSummons;
impl Policy for ReadSummons {
    const NAME: &'static str = "review.read_summons";
    type Object = Summoned;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Summoned, AppError> {
        Summoned::own(r, who, path)
    }
    fn decide(_: &Actor, _: &Summoned, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// A member of the organisation that leads the offer answers. Whether there is time, and who may hand in, is decided by
/// the deed, so that a refused attempt is in the log.
pub(super) struct AnswerSummons;
impl Policy for AnswerSummons {
    const NAME: &'static str = "review.answer_summons";
    type Object = Summoned;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Summoned, AppError> {
        Summoned::own(r, who, path)
    }
    fn decide(who: &Actor, o: &Summoned, _: Instant) -> Decision {
        if who.member_of(&o.offer.org).is_some() {
            return Decision::Yes;
        }
        Decision::No(format!(
            "Ofertę wspólną prowadzi {}: tylko ta organizacja odpowiada na wezwanie i składa uzupełnienie.",
            o.offer.org_name
        ))
    }
}
