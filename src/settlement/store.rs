//! Rows of settlements.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Settlement, SettlementState};
use crate::error::AppError;
use crate::store::schema::settlements;
use crate::store::{ContractId, Read, SettlementId, Tx, instant, naive, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = settlements, treat_none_as_default_value = false)]
struct Row {
    id: SettlementId,
    contract_id: ContractId,
    state: String,
    version: i64,
    content: String,
    closed_at: Option<NaiveDateTime>,
    closed_by: String,
}

/// The closed settlement of a contract, if there is one.
///
/// # Errors
/// Those of the database.
pub fn of_contract(r: &mut Read<'_>, contract: &ContractId) -> Result<Option<Settlement>, AppError> {
    let row: Option<Row> = settlements::table
        .filter(settlements::contract_id.eq(contract))
        .select(Row::as_select())
        .first(r.conn())
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let state = SettlementState::parse(&row.state)
        .ok_or_else(|| AppError::internal(format!("settlements.state: {}", row.state)))?;
    Ok(Some(Settlement {
        figures: parse_json(&row.content)?,
        id: row.id,
        contract: row.contract_id,
        state,
        version: row.version,
        closed_at: row.closed_at.map(instant),
        closed_by: row.closed_by,
    }))
}

/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, s: &Settlement) -> Result<(), AppError> {
    let row = Row {
        id: s.id.clone(),
        contract_id: s.contract.clone(),
        state: s.state.code().to_owned(),
        version: s.version,
        content: to_json(&s.figures)?,
        closed_at: s.closed_at.map(naive),
        closed_by: s.closed_by.clone(),
    };
    diesel::insert_into(settlements::table).values(&row).execute(tx.conn())?;
    Ok(())
}
