//! The contract is settled: the settlement closes it.

use super::model::{Contract, ContractAction};
use super::{at_version, moved, record, store};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{ContractId, Tx};

/// Closes a signed contract; called by the settlement.
///
/// # Errors
/// `Stale` when somebody else changed it meanwhile; `Forbidden` in another state.
pub fn settle(tx: &mut Tx<'_>, by: &Actor, id: &ContractId, seen: i64, now: Instant) -> Result<(), AppError> {
    let before = at_version(tx, id, seen)?;
    let state = moved(&before, ContractAction::Settle)?;
    let after = Contract { state, ..before.clone() };
    store::save(tx, &after)?;
    record(tx, by, "contract.settle", (&before, &after), "Umowę rozliczono".into(), now)
}
