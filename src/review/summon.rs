//! An officer calls the organisation to supplement its offer: once for each offer, with the same time for everybody.

use super::letters;
use super::model::{Defect, FormalAnswer, FormalOutcome, Reply, Standing, Summons, Supplement};
use super::rules;
use super::store::summonses;
use crate::account::Actor;
use crate::call::{self, Call, CallState};
use crate::error::AppError;
use crate::law::{Finding, Instant, add_working_days, end_of_day_warsaw, show_instant, show_until, warsaw_date};
use crate::mail;
use crate::offer::{self, Offer, OfferAction};
use crate::store::{OfferId, Read, Tx};

/// What a call to supplement would say, and to whom.
#[derive(Clone, Debug)]
pub struct Planned {
    pub defects: Vec<Defect>,
    pub due: Instant,
    /// `5 dni roboczych`.
    pub days: String,
    /// How many letters go out.
    pub letters: String,
    /// When the organisation was called already, and a rejection is taken back to that call.
    pub again: Option<Instant>,
}

/// Works out what [`super::check_formally`] would send for these answers, before anything is done.
///
/// # Errors
/// Those of the deed.
pub fn plan_summons(
    r: &mut Read<'_>,
    id: &OfferId,
    answers: &[FormalAnswer],
    now: Instant,
) -> Result<Planned, AppError> {
    let offer = offer::store::find(r, id)?;
    let call = call::store::find(r, &offer.call)?;
    let before = judged(r, &call, &offer, answers, FormalOutcome::ToSupplement, now)?;
    let to = letters::addresses(r, &offer)?;
    Ok(Planned {
        again: before.as_ref().map(|s| s.called_at),
        due: before.as_ref().map_or_else(|| due(&call, now), |s| s.due),
        defects: before.map_or_else(|| rules::defects(&call.content, answers), |s| s.defects),
        days: letters::working_days(call.content.correction.days),
        letters: mail::reach(r, "offer_summons", offer.id.as_str(), to)?.text(),
    })
}

/// The first instant that is late: the end of the last of so many working days after the day of the notice.
fn due(call: &Call, notice: Instant) -> Instant {
    end_of_day_warsaw(add_working_days(warsaw_date(notice), call.content.correction.days))
}

/// Whether the card can be recorded with this outcome; gives the call to supplement that was made already.
pub(super) fn judged(
    r: &mut Read<'_>,
    call: &Call,
    offer: &Offer,
    answers: &[FormalAnswer],
    outcome: FormalOutcome,
    now: Instant,
) -> Result<Option<Summons>, AppError> {
    if call.state != CallState::Review {
        return Err(AppError::refused(
            Finding::block("R-FRM-01")
                .at(offer.number.clone().unwrap_or_default())
                .found("Oferty nie są otwarte albo konkurs jest już rozstrzygnięty.")
                .limit("Ocenę formalną robi się po otwarciu ofert, a przed rozstrzygnięciem konkursu.")
                .basis("art. 15 ust. 1 UDPP"),
        ));
    }
    let card = rules::card_of(&call.content);
    let (summons, given) = (summonses::of_offer(r, &offer.id)?, summonses::supplement_of(r, &offer.id)?);
    let standing = Standing::of(summons.as_ref(), given.as_ref(), now);
    let mut findings = rules::check_formal(&card, answers, outcome);
    findings.extend(rules::names_files(&call.content, answers, outcome));
    findings.extend(rules::check_outcome(&card, answers, outcome, (offer.state, standing)));
    match (&summons, outcome) {
        (Some(s), FormalOutcome::Meets) => findings.extend(rules::says_what_changed(&s.defects, answers)),
        (Some(s), FormalOutcome::ToSupplement) if findings.is_empty() => {
            findings.extend(rules::asks_nothing_new(&call.content, &s.defects, answers));
        }
        (Some(_), FormalOutcome::ToSupplement | FormalOutcome::Rejected) | (None, _) => {}
    }
    if findings.is_empty() { Ok(summons) } else { Err(AppError::Refused(findings)) }
}

/// Moves the offer, keeps what is missing and writes to the organisation; everything else was checked.
pub(super) fn send(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: &Call,
    offer: &Offer,
    answers: &[FormalAnswer],
    now: Instant,
) -> Result<(), AppError> {
    let due = due(call, now);
    let summons = Summons {
        offer: offer.id.clone(),
        call: call.id.clone(),
        defects: rules::defects(&call.content, answers),
        called_at: now,
        called_by: by.log_name().to_owned(),
        due,
        reply: Reply::default(),
        version: 0,
    };
    let detail = format!(
        "Wezwano do uzupełnienia oferty do {}: {}",
        show_until(due),
        rules::reasons(&call.content.formal, answers)
    );
    // Moves the offer first: its compare-and-set decides between two officers.
    let waits = Offer { supplement_by: Some(due), ..offer.clone() };
    offer::advance(tx, by, &waits, OfferAction::Summon, "offer.summons", detail, now)?;
    summonses::insert(tx, &summons)?;
    letters::called(tx, call, offer, &summons, now)
}

/// Takes a rejection back to the call that was made before it: what is missing and the time stay as they were.
pub(super) fn restore(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: &Call,
    offer: &Offer,
    summons: &Summons,
    now: Instant,
) -> Result<(), AppError> {
    let detail = format!(
        "Przywrócono wezwanie do uzupełnienia oferty z {}; termin: do {}",
        show_instant(summons.called_at),
        show_until(summons.due)
    );
    let waits = Offer { supplement_by: Some(summons.due), ..offer.clone() };
    offer::advance(tx, by, &waits, OfferAction::Summon, "offer.summons", detail, now)?;
    if now < summons.due {
        letters::term(tx, call, offer, (summons.called_at, summons.due), "", now)?;
    } // afterwards there is nothing the organisation could do; it hears when it is given more time
    Ok(())
}

/// The summons of an offer with what was handed in on it, for whoever may look.
///
/// # Errors
/// Those of the database.
pub fn summons_of(r: &mut Read<'_>, offer: &OfferId) -> Result<Option<(Summons, Option<Supplement>)>, AppError> {
    let Some(summons) = summonses::of_offer(r, offer)? else { return Ok(None) };
    Ok(Some((summons, summonses::supplement_of(r, offer)?)))
}
