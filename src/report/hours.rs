//! The ledger of hours is put in place of the earlier one, from the form or from a file.

use super::model::{HoursLine, HoursSource, Report, ReportAction};
use super::performed::sessions;
use super::save::moved;
use super::store;
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::contract::{self, ContractContent};
use crate::error::AppError;
use crate::law::hours::check_times;
use crate::law::{Finding, Instant, Minutes};
use crate::store::{ReportId, Tx, digest, to_json};

/// As many lines as one report may have; a workbook of that length is read too.
pub(super) const MOST: usize = 5_000;

/// Puts `lines` in place of the report's ledger; `seen` is the version the writer saw.
///
/// # Errors
/// `Stale`, `Forbidden` when the report is filed, `Refused` for a line no ledger can hold.
pub fn put_hours(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ReportId,
    seen: i64,
    lines: Vec<HoursLine>,
    source: HoursSource,
    now: Instant,
) -> Result<(), AppError> {
    let mut report = store::find(tx, id)?;
    report.state = moved(&report, ReportAction::Edit)?;
    report.version = seen;
    let contract = contract::store::find(tx, &report.contract)?;
    let impossible = impossible(&contract.content, &lines);
    if !impossible.is_empty() {
        return Err(AppError::Refused(impossible));
    }
    let before = digest(&to_json(&store::hours_of_report(tx, id)?)?);
    store::save(tx, &report)?;
    store::put_hours(tx, &report, &lines)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "report.hours",
        object_kind: "report",
        object_id: id.as_str(),
        before,
        after: digest(&to_json(&lines)?),
        detail: detail(&report, &lines, &source),
    };
    audit::append(tx, deed, now);
    Ok(())
}

fn detail(report: &Report, lines: &[HoursLine], source: &HoursSource) -> String {
    let total = Minutes::sum(lines.iter().map(HoursLine::minutes)).unwrap_or_default();
    let from = match source {
        HoursSource::Form => "z formularza".to_owned(),
        HoursSource::File { name, sha256 } => format!("z pliku „{name}” (SHA-256 {sha256})"),
    };
    format!("Zapisano ewidencję godzin {from}: wierszy {}, łącznie {total}; {}.", lines.len(), report.name())
}

/// What may not even be kept: a group the contract does not have, a class that ends before it begins.
fn impossible(content: &ContractContent, lines: &[HoursLine]) -> Vec<Finding> {
    let mut findings = check_times(&sessions(lines));
    let strange = lines.iter().filter(|l| !content.groups.iter().any(|g| g.code == l.group));
    findings.extend(strange.map(|l| {
        Finding::block("R-HRS-07")
            .at(l.place.clone())
            .found(format!("Umowa nie ma grupy „{}”.", l.group))
            .limit(format!("Grupy umowy: {}.", codes(content)))
            .hint("Wpisz oznaczenie grupy dokładnie tak, jak w umowie.")
    }));
    if lines.len() > MOST {
        findings.push(
            Finding::block("R-HRS-07")
                .at("ewidencja godzin")
                .found(format!("Liczba wierszy: {}.", lines.len()))
                .limit(format!("Jedno sprawozdanie ma najwyżej {MOST} wierszy."))
                .hint("Podziel zajęcia między sprawozdania częściowe."),
        );
    }
    findings
}

/// The codes of the contract's groups, one after another.
pub(super) fn codes(content: &ContractContent) -> String {
    content.groups.iter().map(|g| g.code.as_str()).collect::<Vec<_>>().join(", ")
}
