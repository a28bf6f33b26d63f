//! The organisation saves the narrative and the costs.

use super::model::{CostReport, IllegalMove, Report, ReportAction, ReportContent, ReportState};
use super::store;
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::store::{ReportId, Tx, digest, to_json};

/// Saves what the organisation wrote; `seen` is the version it saw. What the office wrote,
/// the planned amounts and the names of the items stay as they are.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile, `Forbidden` when the report is filed,
/// `Invalid` for an item the contract does not have.
pub fn save(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ReportId,
    seen: i64,
    content: ReportContent,
    costs: Vec<CostReport>,
    now: Instant,
) -> Result<(), AppError> {
    let mut report = store::find(tx, id)?;
    report.state = moved(&report, ReportAction::Edit)?;
    report.version = seen;
    let before = digest(&to_json(&report.content)?);
    let office = std::mem::take(&mut report.content);
    report.content = ReportContent {
        sent_back: office.sent_back,
        accepted_note: office.accepted_note,
        ineligible: office.ineligible,
        ineligible_why: office.ineligible_why,
        accepted_on: office.accepted_on,
        ..content
    };
    let costs = merged(store::costs_of_report(tx, id)?, &costs)?;
    store::save(tx, &report)?;
    store::put_costs(tx, id, &costs)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "report.save",
        object_kind: "report",
        object_id: id.as_str(),
        before,
        after: digest(&to_json(&report.content)?),
        detail: format!("Zapisano opis lub koszty: {}.", report.name()),
    };
    audit::append(tx, deed, now);
    Ok(())
}

fn merged(mut kept: Vec<CostReport>, typed: &[CostReport]) -> Result<Vec<CostReport>, AppError> {
    for cost in typed {
        let Some(row) = kept.iter_mut().find(|k| k.item == cost.item) else {
            let why = format!("Umowa nie ma pozycji {}. Odśwież stronę.", cost.item);
            return Err(AppError::Invalid(FieldErrors::of("costs", why)));
        };
        row.actual = cost.actual;
        row.from_grant = cost.from_grant;
    }
    Ok(kept)
}

/// The state after `act`, or why it may not be done now.
pub(super) fn moved(report: &Report, act: ReportAction) -> Result<ReportState, AppError> {
    report.state.after(act).map_err(|IllegalMove { from, act }| {
        AppError::forbidden(match (act, from) {
            (ReportAction::Edit | ReportAction::Submit, _) => {
                "Sprawozdanie jest już złożone i nie można go zmieniać. Urząd może je zwrócić do poprawy."
            }
            (ReportAction::SendBack | ReportAction::Accept, ReportState::Accepted) => "Sprawozdanie jest już przyjęte.",
            (ReportAction::SendBack | ReportAction::Accept, _) => {
                "Sprawozdanie nie jest teraz złożone: czeka na organizację."
            }
        })
    })
}
