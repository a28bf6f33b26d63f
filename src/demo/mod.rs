//! The demonstration: three contests, played through the verbs a person uses, with
//! the dates as arguments. Włocławek 2015 is complete and on real figures; what its
//! source does not say is marked as assumed. Two contests are open, so that a
//! newcomer can take them from the offer to the settlement.

mod cast;
mod figures;
mod ledger;
mod open;
mod steps;
mod wloclawek;

use crate::account;
use crate::error::AppError;
use crate::law::Instant;
use crate::web::AppState;

pub use cast::{Cast, PASSWORD, table};
pub use ledger::of_edition as ledger_of_edition;

/// Plays the demonstration into an empty database; does nothing when it is there.
///
/// # Errors
/// What the verbs return: a refusal here means that the data break a rule.
pub fn play(state: &AppState, now: Instant) -> Result<(), AppError> {
    let there = state.store.read(|r| account::store::by_email(r, cast::ADMIN))?.is_some();
    if there {
        return Ok(());
    }
    let cast = cast::invite(state, now)?;
    wloclawek::play(state, &cast)?;
    open::play(state, &cast, now)
}
