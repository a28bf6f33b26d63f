//! A member scores an offer: a draft that can be saved, and a sealed card that
//! never changes.

use super::model::{CriterionScore, Score, Seat};
use super::{rules, store};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::call::{self, Call, CallState};
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::offer::{self, Offer, OfferState};
use crate::store::{OfferId, ScoreId, Tx, digest, to_json};

/// Saves the card of the member who sends it; `seen` is the version of the card they
/// saw, none for a new one. `seal` closes it. Sealing the same card again does nothing.
///
/// # Errors
/// `NotFound` without a seat; `Refused` for a member who may not score (R-COM-01,
/// R-COM-02), out of time (R-SCO-02) and for a sealed card (R-SCO-03); `Invalid` for
/// points or words that do not fit; `Stale` when it was saved meanwhile.
pub fn score(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &OfferId,
    seen: Option<i64>,
    items: Vec<CriterionScore>,
    seal: bool,
    now: Instant,
) -> Result<(), AppError> {
    let person = by.person_id().ok_or(AppError::Login)?;
    let offer = offer::store::find(tx, offer)?;
    let call = call::store::find(tx, &offer.call)?;
    let seat = store::seat_of(tx, &call.id, person)?.ok_or(AppError::NotFound)?;
    may_score(&seat, &call, &offer).map_err(AppError::refused)?;
    let old = store::score_of(tx, &offer.id, &seat.id)?;
    if let Some(old) = &old
        && old.sealed_at.is_some()
    {
        return if seal && old.items == items { Ok(()) } else { Err(AppError::refused(sealed(&offer))) };
    }
    if old.as_ref().map(|o| o.version) != seen {
        return Err(AppError::Stale);
    }
    rules::check_card(&call.content.card, &items, seal).finish(Some(()))?;
    let card = Score {
        id: old.as_ref().map_or_else(ScoreId::new, |o| o.id.clone()),
        offer: offer.id.clone(),
        seat: seat.id.clone(),
        call: call.id.clone(),
        total: rules::total(&items),
        items,
        sealed_at: seal.then_some(now),
        version: seen.unwrap_or(0),
    };
    match &old {
        Some(_) => store::save_score(tx, &card)?,
        None => store::insert_score(tx, &card)?,
    }
    log(tx, by, &offer, &seat, old.as_ref(), &card, now)
}

fn may_score(seat: &Seat, call: &Call, offer: &Offer) -> Result<(), Finding> {
    rules::gate(seat)?;
    let place = offer.number.clone().unwrap_or_default();
    let late = |found: &str| {
        Finding::block("R-SCO-02")
            .at(place.clone())
            .found(found)
            .limit("Oferty ocenia się po ich otwarciu i ocenie formalnej, a przed rozstrzygnięciem konkursu.")
            .basis("art. 15 ust. 1 i 2a UDPP")
    };
    if !seat.may_score() {
        return Err(late("Sekretarz komisji nie ocenia ofert."));
    }
    if call.state != CallState::Review {
        return Err(late("Ocena ofert w tym konkursie nie trwa."));
    }
    if offer.state != OfferState::FormalOk {
        return Err(late("Oferta nie przeszła oceny formalnej."));
    }
    Ok(())
}

fn sealed(offer: &Offer) -> Finding {
    Finding::block("R-SCO-03")
        .at(offer.number.clone().unwrap_or_default())
        .found("Karta jest już zapieczętowana.")
        .limit("Zapieczętowanej karty nie można zmienić.")
        .basis("regulamin pracy komisji")
        .hint("Uwagi po zapieczętowaniu zgłoś na posiedzeniu; trafią do protokołu.")
}

/// The log says that a card was saved or sealed, not how many points it gives.
fn log(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &Offer,
    seat: &Seat,
    old: Option<&Score>,
    card: &Score,
    now: Instant,
) -> Result<(), AppError> {
    let hash = |c: &Score| to_json(&c.items).map(|text| digest(&text));
    let (deed, done) = if card.sealed_at.is_some() {
        ("review.seal", "zapieczętowana")
    } else {
        ("review.score", "zapisana jako szkic")
    };
    let deed = Deed {
        actor: by.log_name(),
        deed,
        object_kind: "offer",
        object_id: offer.id.as_str(),
        before: old.map(hash).transpose()?.unwrap_or_default(),
        after: hash(card)?,
        detail: format!("Karta oceny {done}: {}", seat.person_name),
    };
    audit::append(tx, deed, now);
    Ok(())
}
