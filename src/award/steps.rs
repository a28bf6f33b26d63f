//! Moves a call and its offers along their states.

use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::call::{self, Call, CallAction};
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::offer::{self, Offer, OfferAction};
use crate::store::Tx;

fn wrong(place: String, state: &str) -> AppError {
    AppError::refused(
        Finding::block("R-AWD-04")
            .at(place)
            .found(format!("Stan: {state}."))
            .limit("W tym stanie tej czynności wykonać nie można."),
    )
}

pub fn move_call(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: &Call,
    act: CallAction,
    deed: &'static str,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    move_call_with(tx, by, call.clone(), act, deed, detail, now)
}

pub fn move_call_with(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: Call,
    act: CallAction,
    deed: &'static str,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    let from = call.state;
    let state = from.after(act).map_err(|_| wrong(call.number().to_owned(), call.office_label(now)))?;
    let call = Call { state, ..call };
    call::store::save(tx, &call)?;
    let (before, after) = (from.code().to_owned(), state.code().to_owned());
    let deed =
        Deed { actor: by.log_name(), deed, object_kind: "call", object_id: call.id.as_str(), before, after, detail };
    audit::append(tx, deed, now);
    Ok(())
}

pub fn move_offer(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &Offer,
    act: OfferAction,
    deed: &'static str,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    let place = offer.number.clone().unwrap_or_default();
    let state = offer.state.after(act).map_err(|_| wrong(place, offer.state.office_label()))?;
    offer::store::save(tx, &Offer { state, ..offer.clone() }, now)?;
    let (before, after) = (offer.state.code().to_owned(), state.code().to_owned());
    let deed =
        Deed { actor: by.log_name(), deed, object_kind: "offer", object_id: offer.id.as_str(), before, after, detail };
    audit::append(tx, deed, now);
    Ok(())
}
