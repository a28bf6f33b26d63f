//! The demonstration: three contests, played through the verbs a person uses, with
//! the dates as arguments. Włocławek 2015 is complete and on real figures; what its
//! source does not say is marked as assumed. Two contests are open, so that a
//! newcomer can take them from the offer to the settlement; in one a joint offer waits for its partner.

mod cast;
mod figures;
mod joint;
mod ledger;
mod open;
mod steps;
mod wloclawek;

use crate::account;
use crate::config::Office;
use crate::error::AppError;
use crate::law::Instant;
use crate::web::AppState;

pub use cast::{Cast, PASSWORD, table};
pub use ledger::of_edition as ledger_of_edition;

/// The office of the demonstration; printed on its pages and documents.
#[must_use]
pub fn office() -> Office {
    Office {
        name: "Powiatowy Urząd Pracy (pokaz)".into(),
        short: "PUP".into(),
        organ: "Starosta".into(),
        acting: "Dyrektor Powiatowego Urzędu Pracy działający z upoważnienia Starosty nr 1/2015 (przykład)".into(),
        street: "ul. Przykładowa 1".into(),
        postal_code: "87-800".into(),
        town: "Włocławek".into(),
        email: "urzad@pup.example".into(),
        phone: "54 000 00 01".into(),
        website: "https://pup.example".into(),
        bip: "https://bip.pup.example".into(),
        account: "27 1140 2004 0000 3002 0135 5387".into(),
        inspector: "iod@pup.example".into(),
    }
}

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
