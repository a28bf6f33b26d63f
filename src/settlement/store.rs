//! Rows of settlements.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::model::{Settlement, SettlementState};
use crate::contract::{self, Contract, Payment, PaymentKind};
use crate::error::AppError;
use crate::law::Money;
use crate::report::{self, Part, Report};
use crate::store::schema::{payments, settlements};
use crate::store::{ContractId, PaymentId, Read, SettlementId, Tx, instant, naive, parse_json, to_json};

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

/// What the figures of a contract are counted from: its filed reports with their rows, its payments.
pub type Rows = (Vec<Part>, Vec<Payment>);

/// The filed reports of a contract with their rows, and its payments.
///
/// # Errors
/// Those of the database.
pub fn of_contract_with_rows(r: &mut Read<'_>, contract: &Contract) -> Result<Rows, AppError> {
    let reports = report::store::of_contract(r, &contract.id)?;
    rows_of(r, contract, reports)
}

/// The same for reports read already.
///
/// # Errors
/// Those of the database.
pub fn rows_of(r: &mut Read<'_>, contract: &Contract, mut reports: Vec<Report>) -> Result<Rows, AppError> {
    reports.retain(Report::is_filed);
    let parts = report::store::parts(r, reports)?;
    Ok((parts, contract::store::payments(r, &contract.id)?))
}

/// The same for several contracts, in four statements for a thousand of them.
///
/// # Errors
/// Those of the database.
pub fn of_contracts_with_rows(r: &mut Read<'_>, contracts: &[Contract]) -> Result<Vec<Rows>, AppError> {
    let ids: Vec<ContractId> = contracts.iter().map(|c| c.id.clone()).collect();
    let mut reports = report::store::of_contracts(r, &ids)?;
    reports.retain(Report::is_filed);
    let mut out: Vec<Rows> = contracts.iter().map(|_| (Vec::new(), Vec::new())).collect();
    let place = |id: &ContractId| ids.iter().position(|own| own == id);
    for part in report::store::parts(r, reports)? {
        if let Some(slot) = place(&part.report.contract).and_then(|n| out.get_mut(n)) {
            slot.0.push(part);
        }
    }
    for (id, payment) in payments_of(r, &ids)? {
        if let Some(slot) = place(&id).and_then(|n| out.get_mut(n)) {
            slot.1.push(payment);
        }
    }
    Ok(out)
}

type PaymentRow = (ContractId, PaymentId, Option<i64>, i64, NaiveDate, String, String);

fn payments_of(r: &mut Read<'_>, ids: &[ContractId]) -> Result<Vec<(ContractId, Payment)>, AppError> {
    let mut out = Vec::new();
    for chunk in ids.chunks(1000) {
        let rows: Vec<PaymentRow> = payments::table
            .filter(payments::contract_id.eq_any(chunk))
            .order((payments::contract_id, payments::paid_on, payments::id))
            .select((
                payments::contract_id,
                payments::id,
                payments::tranche_no,
                payments::amount,
                payments::paid_on,
                payments::reference,
                payments::created_by,
            ))
            .load(r.conn())?;
        for (contract, id, tranche, amount, paid_on, reference, recorded_by) in rows {
            let kind = match tranche.map(u32::try_from) {
                Some(Ok(no)) => PaymentKind::Tranche(no),
                None => PaymentKind::Return,
                Some(Err(e)) => return Err(AppError::Internal(Box::new(e))),
            };
            out.push((
                contract,
                Payment { id, kind, amount: Money::from_grosze(amount), paid_on, reference, recorded_by },
            ));
        }
    }
    Ok(out)
}
