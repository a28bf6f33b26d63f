//! An officer records what became of the participants, for the report on the programme.

use super::model::{Outcomes, ProgrammeAction};
use super::save::{load, step};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{ProgrammeId, Tx};

/// Records the outcomes over version `seen`. Figures that do not add up are recorded as they are:
/// the checker says so on the page.
///
/// # Errors
/// `Stale` when somebody saved meanwhile, `Forbidden` while the programme is a draft.
pub fn record_outcomes(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ProgrammeId,
    seen: i64,
    outcomes: Outcomes,
    now: Instant,
) -> Result<(), AppError> {
    let programme = load(tx, id, seen)?;
    let detail = format!(
        "Zapisano efekty programu: poprawa {}, bez zmian {}, wyrejestrowani {}.",
        outcomes.improved, outcomes.unchanged, outcomes.deregistered
    );
    let mut content = programme.content.clone();
    content.outcomes = Some(outcomes);
    step(tx, by, &programme, content, (ProgrammeAction::RecordOutcomes, "programme.outcomes"), detail, now)
}
