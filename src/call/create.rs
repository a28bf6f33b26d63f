//! An officer begins a call from a confirmed programme.

use super::advance::remember;
use super::model::{Call, CallContent, CallState};
use super::rules::confirmed;
use super::{defaults, store};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Instant, Money};
use crate::programme::{self, ProgrammeContent};
use crate::store::{CallId, ProgrammeId, Tx, digest, tables, to_json};

/// Makes a draft call, filled from the programme and its rule set.
///
/// # Errors
/// `Refused` when the programme is not confirmed.
pub fn create(tx: &mut Tx<'_>, by: &Actor, programme: &ProgrammeId, now: Instant) -> Result<CallId, AppError> {
    begin(tx, by, programme, |_, _| String::new(), now)
}

/// Makes a test call: it is never public and never mails anybody but the staff who work on it.
///
/// # Errors
/// `Refused` when the programme is not confirmed.
pub fn rehearse(tx: &mut Tx<'_>, by: &Actor, programme: &ProgrammeId, now: Instant) -> Result<CallId, AppError> {
    let test = |content: &mut CallContent, _: &ProgrammeContent| {
        content.test = true;
        " Konkurs próbny.".to_owned()
    };
    begin(tx, by, programme, test, now)
}

/// Makes a draft and lets `adapt` change it before it is kept; what it returns is added to the log.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    by: &Actor,
    programme: &ProgrammeId,
    adapt: impl FnOnce(&mut CallContent, &ProgrammeContent) -> String,
    now: Instant,
) -> Result<CallId, AppError> {
    let programme = programme::store::find(tx, programme)?;
    if let Some(finding) = confirmed(programme.state) {
        return Err(AppError::refused(finding));
    }
    let rules = tables::rule_set(tx, &programme.content.rules)?;
    let plan = programme.content.plan.as_ref().map_or(Money::ZERO, |plan| plan.amount);
    let left = plan.saturating_sub_floor0(store::committed(tx, &programme.id, None)?);
    let mut content = defaults::content(&programme.content, rules, left);
    let remark = adapt(&mut content, &programme.content);
    remember(&mut content, by);
    let call = Call {
        id: CallId::new(),
        programme: programme.id,
        number: None,
        state: CallState::Draft,
        version: 0,
        content,
        terms_hash: None,
        announced_at: None,
        deadline_at: None,
        opened_at: None,
        extensions: Vec::new(),
    };
    store::insert(tx, &call, by.log_name(), now)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "call.create",
        object_kind: "call",
        object_id: call.id.as_str(),
        before: String::new(),
        after: digest(&to_json(&call.content)?),
        detail: format!("Założono projekt konkursu „{}”.{remark}", call.content.title),
    };
    audit::append(tx, deed, now);
    Ok(call.id)
}
