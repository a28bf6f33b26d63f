//! An officer begins a call from an earlier one.

use super::create::begin;
use super::model::{CallContent, Elements, Terms};
use super::{defaults, store};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::programme::{Begun, ProgrammeContent};
use crate::store::{CallId, ProgrammeId, Tx};

/// Makes a draft for `programme` with everything of `from` but its dates, places, number, decisions and
/// results. The rule set, editions, groups and the money left come from the programme, and so does
/// element 4, because it names days and numbers of people. Under another act elements 1 and 3, the declarations, the
/// mode and the size of groups are those of a new draft too, and card and attachments follow the choice of classes.
///
/// # Errors
/// `NotFound` without `from`, `Refused` when the programme is not confirmed.
pub fn copy(
    tx: &mut Tx<'_>,
    by: &Actor,
    from: &CallId,
    programme: &ProgrammeId,
    test: bool,
    now: Instant,
) -> Result<Begun<CallId>, AppError> {
    let earlier = store::find(tx, from)?;
    let name = earlier.number.clone().unwrap_or_else(|| format!("projekt „{}”", earlier.content.title));
    let adapt = move |fresh: &mut CallContent, programme: &ProgrammeContent| {
        let remark = if test { " Konkurs próbny." } else { "" };
        let remark = format!("{remark} Wzór: {name}.");
        let mut copy = adapted(earlier.content.clone(), fresh, programme);
        defaults::follow(&earlier.content, &mut copy);
        *fresh = copy;
        fresh.test = test;
        fresh.copied_from = Some(name.clone());
        remark
    };
    begin(tx, by, programme, adapt, now)
}

fn adapted(earlier: CallContent, fresh: &CallContent, programme: &ProgrammeContent) -> CallContent {
    let mut earlier = if earlier.rules.family() == fresh.rules.family() { earlier } else { transposed(earlier, fresh) };
    // A programme without groups has no classes to offer, whatever the model had.
    if !fresh.applies().classes {
        earlier.terms.local.classes = false;
    }
    CallContent {
        rules: fresh.rules.clone(),
        cap: None,
        other_basis: None,
        elements: Elements {
            allocation: fresh.elements.allocation,
            conditions: defaults::conditions(programme, &fresh.rules, &earlier.terms),
            deadline: None,
            decision_by: None,
            earlier: Vec::new(),
            ..earlier.elements
        },
        editions: fresh.editions.clone(),
        groups: fresh.groups.clone(),
        gminas: fresh.gminas.clone(),
        topics: fresh.topics.clone(),
        assumed: fresh.assumed.clone(),
        places: Vec::new(),
        result_places: Vec::new(),
        cancel_reason: None,
        prepared_by: Vec::new(),
        approval: None,
        ..earlier
    }
}

/// What one act says of task, offerors and groups is not carried to another act.
fn transposed(earlier: CallContent, fresh: &CallContent) -> CallContent {
    CallContent {
        mode: fresh.mode,
        elements: Elements {
            task: fresh.elements.task.clone(),
            grant_rules: fresh.elements.grant_rules.clone(),
            ..earlier.elements
        },
        terms: Terms {
            week_min: fresh.terms.week_min,
            group_max: fresh.terms.group_max,
            extra_declarations: fresh.terms.extra_declarations.clone(),
            local: fresh.terms.local.clone(),
            ..earlier.terms
        },
        ..earlier
    }
}
