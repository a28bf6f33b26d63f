//! An officer begins a call from a confirmed programme.

use super::defaults;
use super::model::{Call, CallState};
use super::store;
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Finding, Instant, Money};
use crate::programme::{self, ProgrammeState};
use crate::store::{CallId, ProgrammeId, Tx, digest, tables, to_json};

/// Makes a draft call, filled from the programme and its rule set.
///
/// # Errors
/// `Refused` when the programme is not confirmed.
pub fn create(tx: &mut Tx<'_>, by: &Actor, programme: &ProgrammeId, now: Instant) -> Result<CallId, AppError> {
    let programme = programme::store::find(tx, programme)?;
    if programme.state != ProgrammeState::Ready {
        return Err(AppError::refused(not_ready(programme.state)));
    }
    let rules = tables::rule_set(tx, &programme.content.rules)?;
    let plan = programme.content.plan.as_ref().map_or(Money::ZERO, |plan| plan.amount);
    let left = plan.saturating_sub_floor0(store::committed(tx, &programme.id, None)?);
    let call = Call {
        id: CallId::new(),
        programme: programme.id,
        number: None,
        state: CallState::Draft,
        version: 0,
        content: defaults::content(&programme.content, rules, left),
        terms_hash: None,
        announced_at: None,
        deadline_at: None,
    };
    store::insert(tx, &call, by.log_name(), now)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "call.create",
        object_kind: "call",
        object_id: call.id.as_str(),
        before: String::new(),
        after: digest(&to_json(&call.content)?),
        detail: format!("Założono projekt konkursu „{}”.", call.content.title),
    };
    audit::append(tx, deed, now);
    Ok(call.id)
}

fn not_ready(state: ProgrammeState) -> Finding {
    Finding::block("R-PRE-06")
        .at("program")
        .found(format!("Program jest w stanie „{}”.", state.label()))
        .limit("Konkurs przygotowuje się z zatwierdzonego programu.")
        .hint("Uzupełnij i zatwierdź program.")
}
