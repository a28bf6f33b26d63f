//! Moves a call along its states.

use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::call::{self, Call, CallAction};
use crate::error::AppError;
use crate::law::{Finding, Instant};
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
