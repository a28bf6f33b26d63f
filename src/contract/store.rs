//! Rows of contracts, tranches and payments.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::model::{Contract, ContractState, Flow, Payment, PaymentKind, Tranche};
use crate::error::AppError;
use crate::law::{Instant, Money};
use crate::store::schema::{contracts, payments, tranches};
use crate::store::{
    CallId, ContractId, DocumentId, OfferId, OrgId, PaymentId, Read, Tx, instant, naive, one, parse_json, to_json,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = contracts, treat_none_as_default_value = false)]
struct Row {
    id: ContractId,
    call_id: CallId,
    offer_id: OfferId,
    org_id: OrgId,
    number: String,
    state: String,
    version: i64,
    grant_amount: i64,
    starts: NaiveDate,
    ends: NaiveDate,
    content: String,
    sha256: Option<String>,
    document_id: Option<DocumentId>,
    signed_on: Option<NaiveDate>,
    created_at: NaiveDateTime,
    created_by: String,
}

impl Row {
    fn contract(self) -> Result<Contract, AppError> {
        let state = ContractState::parse(&self.state)
            .ok_or_else(|| AppError::internal(format!("contracts.state: {}", self.state)))?;
        Ok(Contract {
            content: parse_json(&self.content)?,
            id: self.id,
            call: self.call_id,
            offer: self.offer_id,
            org: self.org_id,
            number: self.number,
            state,
            version: self.version,
            sha256: self.sha256,
            document: self.document_id,
            signed_on: self.signed_on,
            created_at: instant(self.created_at),
        })
    }
}

/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Read<'_>, id: &ContractId) -> Result<Contract, AppError> {
    let row: Option<Row> =
        contracts::table.filter(contracts::id.eq(id)).select(Row::as_select()).first(r.conn()).optional()?;
    row.ok_or(AppError::NotFound)?.contract()
}

/// The contract of an offer, if there is one.
///
/// # Errors
/// Those of the database.
pub fn of_offer(r: &mut Read<'_>, offer: &OfferId) -> Result<Option<Contract>, AppError> {
    let row: Option<Row> =
        contracts::table.filter(contracts::offer_id.eq(offer)).select(Row::as_select()).first(r.conn()).optional()?;
    row.map(Row::contract).transpose()
}

/// The contracts of a call, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of_call(r: &mut Read<'_>, call: &CallId) -> Result<Vec<Contract>, AppError> {
    let rows: Vec<Row> = contracts::table
        .filter(contracts::call_id.eq(call))
        .order(contracts::id)
        .limit(1000)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(Row::contract).collect()
}

/// The contracts of some organisations, newest first.
///
/// # Errors
/// Those of the database.
pub fn of_orgs(r: &mut Read<'_>, orgs: &[OrgId]) -> Result<Vec<Contract>, AppError> {
    let rows: Vec<Row> = contracts::table
        .filter(contracts::org_id.eq_any(orgs))
        .order(contracts::id.desc())
        .limit(500)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(Row::contract).collect()
}

/// All contracts, newest first.
///
/// # Errors
/// Those of the database.
pub fn all(r: &mut Read<'_>) -> Result<Vec<Contract>, AppError> {
    let rows: Vec<Row> =
        contracts::table.order(contracts::id.desc()).limit(500).select(Row::as_select()).load(r.conn())?;
    rows.into_iter().map(Row::contract).collect()
}

/// # Errors
/// `Taken` when the offer has a contract.
pub fn insert(tx: &mut Tx<'_>, c: &Contract, by: &str) -> Result<(), AppError> {
    let row = Row {
        id: c.id.clone(),
        call_id: c.call.clone(),
        offer_id: c.offer.clone(),
        org_id: c.org.clone(),
        number: c.number.clone(),
        state: c.state.code().to_owned(),
        version: c.version,
        grant_amount: c.content.grant.grosze(),
        starts: c.content.starts,
        ends: c.content.ends,
        content: to_json(&c.content)?,
        sha256: c.sha256.clone(),
        document_id: c.document.clone(),
        signed_on: c.signed_on,
        created_at: naive(c.created_at),
        created_by: by.to_owned(),
    };
    diesel::insert_into(contracts::table).values(&row).execute(tx.conn())?;
    put_tranches(tx, c)
}

/// Saves everything of a contract; `c.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save(tx: &mut Tx<'_>, c: &Contract) -> Result<(), AppError> {
    one(diesel::update(contracts::table)
        .filter(contracts::id.eq(&c.id))
        .filter(contracts::version.eq(c.version))
        .set((
            contracts::state.eq(c.state.code()),
            contracts::grant_amount.eq(c.content.grant.grosze()),
            contracts::starts.eq(c.content.starts),
            contracts::ends.eq(c.content.ends),
            contracts::content.eq(to_json(&c.content)?),
            contracts::sha256.eq(&c.sha256),
            contracts::document_id.eq(&c.document),
            contracts::signed_on.eq(c.signed_on),
            contracts::version.eq(c.version + 1),
        ))
        .execute(tx.conn()))?;
    put_tranches(tx, c)
}

/// Counts the version up without a change of content, so that two payments at once
/// do not both rest on the same sums.
///
/// # Errors
/// `Stale` when somebody else did it meanwhile.
pub fn touch(tx: &mut Tx<'_>, c: &Contract) -> Result<(), AppError> {
    one(diesel::update(contracts::table)
        .filter(contracts::id.eq(&c.id))
        .filter(contracts::version.eq(c.version))
        .set(contracts::version.eq(c.version + 1))
        .execute(tx.conn()))
}

/// What was paid and returned on each contract.
///
/// # Errors
/// Those of the database.
pub fn flows(r: &mut Read<'_>, contracts: &[ContractId]) -> Result<HashMap<ContractId, Flow>, AppError> {
    let mut out: HashMap<ContractId, Flow> = HashMap::new();
    for chunk in contracts.chunks(1000) {
        let rows: Vec<(ContractId, Option<i64>, i64)> = payments::table
            .filter(payments::contract_id.eq_any(chunk))
            .select((payments::contract_id, payments::tranche_no, payments::amount))
            .load(r.conn())?;
        for (contract, tranche, amount) in rows {
            let flow = out.entry(contract).or_default();
            let side = if tranche.is_some() { &mut flow.paid } else { &mut flow.returned };
            *side =
                side.checked_add(Money::from_grosze(amount)).ok_or_else(|| AppError::internal("sum of payments"))?;
        }
    }
    Ok(out)
}

/// The rows of tranches follow the content, so that finance can query them.
fn put_tranches(tx: &mut Tx<'_>, c: &Contract) -> Result<(), AppError> {
    diesel::delete(tranches::table.filter(tranches::contract_id.eq(&c.id))).execute(tx.conn())?;
    for t in &c.content.tranches {
        let Tranche { id, no, due_on, amount, condition } = t;
        diesel::insert_into(tranches::table)
            .values((
                tranches::id.eq(id),
                tranches::contract_id.eq(&c.id),
                tranches::no.eq(i64::from(*no)),
                tranches::due_on.eq(due_on),
                tranches::amount.eq(amount.grosze()),
                tranches::condition.eq(condition),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

type PaymentRow = (PaymentId, String, Option<i64>, i64, NaiveDate, String, String);

/// What was paid and returned on a contract, oldest first.
///
/// # Errors
/// Those of the database.
pub fn payments(r: &mut Read<'_>, contract: &ContractId) -> Result<Vec<Payment>, AppError> {
    let rows: Vec<PaymentRow> = payments::table
        .filter(payments::contract_id.eq(contract))
        .order((payments::paid_on, payments::id))
        .select((
            payments::id,
            payments::kind,
            payments::tranche_no,
            payments::amount,
            payments::paid_on,
            payments::reference,
            payments::created_by,
        ))
        .load(r.conn())?;
    rows.into_iter()
        .map(|(id, kind, tranche, amount, paid_on, reference, recorded_by)| {
            let kind = match (kind.as_str(), tranche.map(u32::try_from)) {
                ("tranche", Some(Ok(no))) => PaymentKind::Tranche(no),
                ("return", None) => PaymentKind::Return,
                _ => return Err(AppError::internal(format!("payments.kind: {kind}"))),
            };
            Ok(Payment { id, kind, amount: Money::from_grosze(amount), paid_on, reference, recorded_by })
        })
        .collect()
}

/// # Errors
/// `Taken` when the tranche was paid already.
pub fn insert_payment(tx: &mut Tx<'_>, contract: &ContractId, p: &Payment, now: Instant) -> Result<(), AppError> {
    let (kind, tranche) = match p.kind {
        PaymentKind::Tranche(no) => ("tranche", Some(i64::from(no))),
        PaymentKind::Return => ("return", None),
    };
    diesel::insert_into(payments::table)
        .values((
            payments::id.eq(&p.id),
            payments::contract_id.eq(contract),
            payments::kind.eq(kind),
            payments::tranche_no.eq(tranche),
            payments::amount.eq(p.amount.grosze()),
            payments::paid_on.eq(p.paid_on),
            payments::reference.eq(&p.reference),
            payments::created_at.eq(naive(now)),
            payments::created_by.eq(&p.recorded_by),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Contents of contracts whose document was generated, with the hash each was stored
/// with, for the check of `verify`.
///
/// # Errors
/// Those of the database.
pub fn frozen_texts(r: &mut Read<'_>, offset: i64, limit: i64) -> Result<Vec<(String, i64, String, String)>, AppError> {
    let rows: Vec<(String, String, Option<String>)> = contracts::table
        .filter(contracts::state.ne(ContractState::Draft.code()))
        .order(contracts::id)
        .offset(offset)
        .limit(limit)
        .select((contracts::number, contracts::content, contracts::sha256))
        .load(r.conn())?;
    Ok(rows.into_iter().map(|(number, text, sha256)| (number, 1, text, sha256.unwrap_or_default())).collect())
}
