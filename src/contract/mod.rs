//! The contract (umowa o realizację zadania publicznego).
//!
//! After the results are public the office draws the contract up from the award line,
//! the frozen offer and the call; every clause that the rule set demands comes with a
//! proposed text. The office edits dates, account, tranches and clauses, then
//! generates the document: it is checked, frozen by the hash of its content and kept
//! as a PDF. Both sides sign on paper or with qualified signatures; the office records
//! the day. Finance pays the tranches one after another and records returns.
//!
//! Comes in: the award line, the frozen offer, the call, the organisation as it is now.
//! Goes out: the contract with its tranches and payments, for reports and the settlement.
//! Basis: art. 15 ust. 4 and art. 16 UDPP, art. 221 ust. 3 ufp; the clauses: art. 62a
//! ust. 11 of the 2004 act or art. 200 ust. 2 of the 2025 act, as the rule set says.

mod clauses;
pub mod document;
mod draw_up;
mod generate;
pub mod model;
pub mod pages;
mod pay;
mod propose;
mod record_return;
pub mod rules;
mod save;
mod settle;
mod sign;
pub mod store;

pub use clauses::propose as propose_clauses;
pub use draw_up::draw_up;
pub use generate::{NewDocument, content_hash, findings, generate};
pub use model::*;
pub use pay::{Transfer, pay};
pub use propose::propose_tranches;
pub use record_return::record_return;
pub use save::save;
pub use settle::settle;
pub use sign::sign;

use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{ContractId, Tx, digest, to_json};

/// A contract that `seen` still describes.
fn at_version(tx: &mut Tx<'_>, id: &ContractId, seen: i64) -> Result<Contract, AppError> {
    let contract = store::find(tx, id)?;
    if contract.version == seen { Ok(contract) } else { Err(AppError::Stale) }
}

/// The state after `act`, or the sentence that says why not.
fn moved(contract: &Contract, act: ContractAction) -> Result<ContractState, AppError> {
    contract.state.after(act).map_err(|e| {
        AppError::forbidden(format!(
            "Umowa {} jest w stanie „{}”. {}",
            contract.number,
            e.from.label(),
            e.from.why_not(e.act)
        ))
    })
}

/// One row of the log about a contract.
fn record(
    tx: &mut Tx<'_>,
    by: &Actor,
    deed: &'static str,
    change: (&Contract, &Contract),
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    let (before, after) = change;
    let deed = Deed {
        actor: by.log_name(),
        deed,
        object_kind: "contract",
        object_id: after.id.as_str(),
        before: digest(&to_json(&before.content)?),
        after: digest(&to_json(&after.content)?),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}
