//! The administrator adds a value that the law sets anew: the minimum wage, the rate
//! of socially useful work, the interest on arrears. Rows are only added; a mistake
//! is mended by a later row with the same first day.

use chrono::NaiveDate;

use super::model::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Instant, Money, TableKind, show_date, tables};
use crate::store::{Tx, tables as rows};

/// Adds a row; `value_x100` is grosze, or hundredths of a percent.
///
/// # Errors
/// `Refused` when the value cannot be right or has no source.
pub fn add_dated_value(
    tx: &mut Tx<'_>,
    by: &Actor,
    kind: TableKind,
    from: NaiveDate,
    value_x100: i64,
    source: &str,
    now: Instant,
) -> Result<(), AppError> {
    let findings = tables::check_row(kind, value_x100, source);
    if !findings.is_empty() {
        return Err(AppError::Refused(findings));
    }
    rows::add_value(tx, kind, from, value_x100, source.trim(), by.log_name(), now)?;
    let value = shown_value(kind, value_x100);
    let deed = Deed {
        actor: by.log_name(),
        deed: "account.dated_value",
        object_kind: "dated_table",
        object_id: kind.code(),
        before: String::new(),
        after: String::new(),
        detail: format!("Dopisano: {} od {}: {value} ({})", kind.label(), show_date(from), source.trim()),
    };
    audit::append(tx, deed, now);
    Ok(())
}

/// A value of a table as people read it.
pub(super) fn shown_value(kind: TableKind, value_x100: i64) -> String {
    let money = Money::from_grosze(value_x100);
    match kind {
        TableKind::Wage | TableKind::Psu => money.to_string(),
        TableKind::Interest => format!("{} %", money.plain()),
    }
}
