//! An officer begins a call from a confirmed programme.
//!
//! The same person asking for the same draft again (a double click, a retry after a slow answer, "back" and the button
//! once more) gets the draft that is there, and is told so, as long as nobody has worked on it: two equal drafts are of no
//! use to anybody, and each would count against the plan. Writers stand in one row on both databases, so of two requests
//! that come together the second sees what the first made.

use super::advance::remember;
use super::model::{Call, CallContent, CallState};
use super::rules::confirmed;
use super::{defaults, store};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Instant, Money};
use crate::programme::{self, Begun, ProgrammeContent};
use crate::store::{CallId, ProgrammeId, Tx, digest, tables, to_json};

/// Makes a draft call, filled from the programme and its rule set.
///
/// # Errors
/// `Refused` when the programme is not confirmed.
pub fn create(tx: &mut Tx<'_>, by: &Actor, programme: &ProgrammeId, now: Instant) -> Result<Begun<CallId>, AppError> {
    begin(tx, by, programme, |_, _| String::new(), now)
}

/// Makes a test call: it is never public and never mails anybody but the staff who work on it.
///
/// # Errors
/// `Refused` when the programme is not confirmed.
pub fn rehearse(tx: &mut Tx<'_>, by: &Actor, programme: &ProgrammeId, now: Instant) -> Result<Begun<CallId>, AppError> {
    let test = |content: &mut CallContent, _: &ProgrammeContent| {
        content.test = true;
        " Konkurs próbny.".to_owned()
    };
    begin(tx, by, programme, test, now)
}

/// Makes a draft and lets `adapt` change it before it is kept; what it returns is added to the log. The draft of the same
/// person that says the same, and that nobody saved since, is given instead of a second one.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    by: &Actor,
    programme: &ProgrammeId,
    adapt: impl Fn(&mut CallContent, &ProgrammeContent) -> String,
    now: Instant,
) -> Result<Begun<CallId>, AppError> {
    let programme = programme::store::find(tx, programme)?;
    if let Some(finding) = confirmed(programme.state) {
        return Err(AppError::refused(finding));
    }
    let rules = tables::rule_set(tx, &programme.content.rules)?;
    let fresh = |tx: &mut Tx<'_>, except: Option<&CallId>| -> Result<(CallContent, String), AppError> {
        let plan = programme.content.plan.as_ref().map_or(Money::ZERO, |plan| plan.amount);
        let left = plan.saturating_sub_floor0(store::committed(tx, &programme.id, except)?);
        let mut content = defaults::content(&programme.content, rules.clone(), left);
        let remark = adapt(&mut content, &programme.content);
        remember(&mut content, by);
        Ok((content, remark))
    };
    for (draft, at) in store::untouched(tx, &programme.id, by.log_name())? {
        if fresh(tx, Some(&draft.id))?.0 == draft.content {
            return Ok(Begun::earlier(draft.id, at));
        }
    }
    let (content, remark) = fresh(tx, None)?;
    let call = draft(&programme.id, content);
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
    Ok(Begun::now(call.id))
}

fn draft(programme: &ProgrammeId, content: CallContent) -> Call {
    Call {
        id: CallId::new(),
        programme: programme.clone(),
        number: None,
        state: CallState::Draft,
        version: 0,
        content,
        terms_hash: None,
        announced_at: None,
        deadline_at: None,
        opened_at: None,
        extensions: Vec::new(),
    }
}
