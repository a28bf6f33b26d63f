//! An officer confirms that every precondition stands; calls may be made from now on.

use super::model::ProgrammeAction;
use super::rules;
use super::save::{load, remember, step};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::{Finding, Instant, Severity};
use crate::store::{ProgrammeId, Tx, tables};

/// Confirms version `seen`.
///
/// # Errors
/// `Refused` with every blocking finding, `Stale` when somebody saved meanwhile.
pub fn confirm(tx: &mut Tx<'_>, by: &Actor, id: &ProgrammeId, seen: i64, now: Instant) -> Result<(), AppError> {
    let programme = load(tx, id, seen)?;
    let set = tables::rule_set(tx, &programme.content.rules)?;
    let findings = rules::check(&programme.content, &set);
    let blocking: Vec<Finding> = findings.into_iter().filter(|f| f.severity == Severity::Block).collect();
    if !blocking.is_empty() {
        return Err(AppError::Refused(blocking));
    }
    let mut content = programme.content.clone();
    remember(&mut content.prepared_by, by);
    let detail = format!("Zatwierdzono program „{}”; można z niego ogłaszać konkursy.", content.title);
    step(tx, by, &programme, content, (ProgrammeAction::Confirm, "programme.confirm"), detail, now)
}
