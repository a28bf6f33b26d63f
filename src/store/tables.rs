//! The dated tables of the law with the rows an administrator added, and the local
//! rule sets an office defined.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::schema::{dated_values, local_rules};
use super::{Read, RowId, Tx, naive, parse_json, to_json};
use crate::error::AppError;
use crate::law::{Instant, RuleSet, TableKind, Tables};

/// The shipped tables with every added row; the later row of a day wins.
///
/// # Errors
/// Those of the database.
pub fn tables(r: &mut Read<'_>) -> Result<Tables, AppError> {
    let rows: Vec<(String, NaiveDate, i64, String)> = dated_values::table
        .order(dated_values::id)
        .select((dated_values::kind, dated_values::valid_from, dated_values::amount, dated_values::source))
        .load(r.conn())?;
    let mut tables = Tables::shipped();
    for (kind, from, amount, source) in rows {
        let kind =
            TableKind::from_code(&kind).ok_or_else(|| AppError::internal(format!("dated_values.kind: {kind}")))?;
        tables.extend(kind, from, amount, &source);
    }
    Ok(tables)
}

/// Adds a row of a dated table; `amount` is grosze, or hundredths of a percent.
///
/// # Errors
/// Those of the database.
pub fn add_value(
    tx: &mut Tx<'_>,
    kind: TableKind,
    from: NaiveDate,
    amount: i64,
    source: &str,
    by: &str,
    now: Instant,
) -> Result<(), AppError> {
    diesel::insert_into(dated_values::table)
        .values((
            dated_values::id.eq(RowId::new()),
            dated_values::kind.eq(kind.code()),
            dated_values::valid_from.eq(from),
            dated_values::amount.eq(amount),
            dated_values::source.eq(source),
            dated_values::created_at.eq(naive(now)),
            dated_values::created_by.eq(by),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The rule sets the office defined, by code.
///
/// # Errors
/// Those of the database.
pub fn local_rule_sets(r: &mut Read<'_>) -> Result<Vec<RuleSet>, AppError> {
    let rows: Vec<String> = local_rules::table.order(local_rules::code).select(local_rules::content).load(r.conn())?;
    rows.iter().map(|text| parse_json(text)).collect()
}

/// A shipped or a local rule set.
///
/// # Errors
/// `NotFound` for an unknown code.
pub fn rule_set(r: &mut Read<'_>, code: &str) -> Result<RuleSet, AppError> {
    if let Some(rules) = crate::law::rules::find(code) {
        return Ok(rules);
    }
    local_rule_sets(r)?.into_iter().find(|rules| rules.code == code).ok_or(AppError::NotFound)
}

/// Keeps a new local rule set.
///
/// # Errors
/// Those of the database.
pub fn add_local_rules(tx: &mut Tx<'_>, rules: &RuleSet, by: &str, now: Instant) -> Result<(), AppError> {
    diesel::insert_into(local_rules::table)
        .values((
            local_rules::code.eq(&rules.code),
            local_rules::content.eq(to_json(rules)?),
            local_rules::created_at.eq(naive(now)),
            local_rules::created_by.eq(by),
            local_rules::version.eq(0_i64),
        ))
        .execute(tx.conn())?;
    Ok(())
}
