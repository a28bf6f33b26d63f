//! The office accepts a report, with what it does not recognise.

use super::model::{Report, ReportAction};
use super::rules::findings;
use super::save::moved;
use super::{letters, performed, store};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::contract;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, Money, blocks, warsaw_date};
use crate::store::{ReportId, Tx, digest, to_json};

/// Accepts the report. `ineligible` are costs from the grant that the office does not recognise.
///
/// # Errors
/// `Invalid` when a blocking finding is open without a note, or when `ineligible` has no reason or is
/// more than the report took from the grant; `Stale`; `Forbidden` when it is not filed.
#[expect(clippy::too_many_arguments, reason = "one form, one deed")]
pub fn accept(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ReportId,
    seen: i64,
    note: String,
    ineligible: Money,
    why: String,
    now: Instant,
) -> Result<(), AppError> {
    let mut report = store::find(tx, id)?;
    report.state = moved(&report, ReportAction::Accept)?;
    report.version = seen;
    let contract = contract::store::find(tx, &report.contract)?;
    let before = digest(&to_json(&report.content)?);
    let open = blocks(&findings(tx, &contract, &report)?);
    let used = performed::from_grant(&store::costs_of_report(tx, id)?)?;
    report.content.accepted_note = note.trim().to_owned();
    report.content.ineligible = ineligible;
    report.content.ineligible_why = why.trim().to_owned();
    report.content.accepted_on = Some(warsaw_date(now));
    check(&report, open, used)?;
    store::save(tx, &report)?;
    let without = if ineligible.is_zero() {
        String::new()
    } else {
        format!(" Koszty nieuznane: {ineligible} ({}).", report.content.ineligible_why)
    };
    let deed = Deed {
        actor: by.log_name(),
        deed: "report.accept",
        object_kind: "report",
        object_id: id.as_str(),
        before,
        after: digest(&to_json(&report.content)?),
        detail: format!("Przyjęto {} do umowy {}.{without}", report.name(), contract.number),
    };
    audit::append(tx, deed, now);
    let words = format!("{}{without}", report.content.accepted_note);
    letters::to_organisation(tx, "report_accepted", &contract, &report, words.trim(), now)
}

fn check(report: &Report, open: bool, used: Money) -> Result<(), AppError> {
    let (content, mut errors) = (&report.content, FieldErrors::new());
    if open && content.accepted_note.is_empty() {
        errors.add(
            "note",
            "Są uwagi, które blokują przyjęcie bez uzasadnienia. Napisz, dlaczego urząd przyjmuje sprawozdanie mimo nich, albo zwróć je do poprawy.",
        );
    }
    if !content.ineligible.is_zero() && content.ineligible_why.is_empty() {
        errors.add("why", "Napisz, których kosztów urząd nie uznaje i dlaczego.");
    }
    if content.ineligible > used {
        errors.add(
            "ineligible",
            format!(
                "Nie uznano {}, a w sprawozdaniu z dotacji wydano {used}. Wpisz kwotę nie większą.",
                content.ineligible
            ),
        );
    }
    errors.finish(Some(()))
}
