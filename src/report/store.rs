//! Rows of reports, their hours and costs, and the frozen versions.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use diesel::prelude::*;

use super::model::{CostReport, FrozenReport, HoursLine, Part, Report, ReportKind, ReportState};
use crate::both;
use crate::error::AppError;
use crate::law::{Instant, Money};
use crate::store::schema::{hours, report_costs, report_versions, reports};
use crate::store::{ContractId, Read, ReportId, RowId, Tx, digest, instant, naive, one, parse_json, to_json};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = reports, treat_none_as_default_value = false)]
struct Row {
    id: ReportId,
    contract_id: ContractId,
    no: i64,
    kind: String,
    period_from: NaiveDate,
    period_to: NaiveDate,
    due_on: NaiveDate,
    state: String,
    version: i64,
    content: String,
    sha256: Option<String>,
    submitted_at: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
}

impl Row {
    fn report(self) -> Result<Report, AppError> {
        let bad = |what: &str, text: &str| AppError::internal(format!("reports.{what}: {text}"));
        Ok(Report {
            kind: ReportKind::parse(&self.kind).ok_or_else(|| bad("kind", &self.kind))?,
            state: ReportState::parse(&self.state).ok_or_else(|| bad("state", &self.state))?,
            content: parse_json(&self.content)?,
            id: self.id,
            contract: self.contract_id,
            no: self.no,
            period_from: self.period_from,
            period_to: self.period_to,
            due_on: self.due_on,
            version: self.version,
            sha256: self.sha256,
            submitted_at: self.submitted_at.map(instant),
        })
    }
}

/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Read<'_>, id: &ReportId) -> Result<Report, AppError> {
    let row: Option<Row> =
        reports::table.filter(reports::id.eq(id)).select(Row::as_select()).first(r.conn()).optional()?;
    row.ok_or(AppError::NotFound)?.report()
}

/// The reports of a contract, by number.
///
/// # Errors
/// Those of the database.
pub fn of_contract(r: &mut Read<'_>, contract: &ContractId) -> Result<Vec<Report>, AppError> {
    let rows: Vec<Row> = reports::table
        .filter(reports::contract_id.eq(contract))
        .order(reports::no)
        .select(Row::as_select())
        .load(r.conn())?;
    rows.into_iter().map(Row::report).collect()
}

/// The reports of several contracts, by contract and number.
///
/// # Errors
/// Those of the database.
pub fn of_contracts(r: &mut Read<'_>, contracts: &[ContractId]) -> Result<Vec<Report>, AppError> {
    let mut out = Vec::new();
    for chunk in contracts.chunks(1000) {
        let rows: Vec<Row> = reports::table
            .filter(reports::contract_id.eq_any(chunk))
            .order((reports::contract_id, reports::no))
            .select(Row::as_select())
            .load(r.conn())?;
        for row in rows {
            out.push(row.report()?);
        }
    }
    Ok(out)
}

/// # Errors
/// `Taken` when the number is there already.
pub fn insert(tx: &mut Tx<'_>, rep: &Report, now: Instant) -> Result<(), AppError> {
    let row = Row {
        id: rep.id.clone(),
        contract_id: rep.contract.clone(),
        no: rep.no,
        kind: rep.kind.code().to_owned(),
        period_from: rep.period_from,
        period_to: rep.period_to,
        due_on: rep.due_on,
        state: rep.state.code().to_owned(),
        version: rep.version,
        content: to_json(&rep.content)?,
        sha256: rep.sha256.clone(),
        submitted_at: rep.submitted_at.map(naive),
        created_at: naive(now),
    };
    diesel::insert_into(reports::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Saves a report; `rep.version` is the one the writer saw.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save(tx: &mut Tx<'_>, rep: &Report) -> Result<(), AppError> {
    one(diesel::update(reports::table)
        .filter(reports::id.eq(&rep.id))
        .filter(reports::version.eq(rep.version))
        .set((
            reports::state.eq(rep.state.code()),
            reports::content.eq(to_json(&rep.content)?),
            reports::sha256.eq(&rep.sha256),
            reports::submitted_at.eq(rep.submitted_at.map(naive)),
            reports::version.eq(rep.version + 1),
        ))
        .execute(tx.conn()))
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = hours, treat_none_as_default_value = false)]
struct HoursRow {
    id: RowId,
    contract_id: ContractId,
    report_id: ReportId,
    line: i64,
    group_code: String,
    trainer: String,
    day: NaiveDate,
    from_minute: i64,
    to_minute: i64,
    topic: String,
    present: i64,
    absent: i64,
    individual: bool,
    place: String,
}

fn minute(time: NaiveTime) -> i64 {
    i64::from(time.hour() * 60 + time.minute())
}

fn time(minute: i64) -> Result<NaiveTime, AppError> {
    u32::try_from(minute)
        .ok()
        .and_then(|m| NaiveTime::from_hms_opt(m / 60, m % 60, 0))
        .ok_or_else(|| AppError::internal(format!("hours: minute {minute}")))
}

fn count(n: i64) -> Result<u32, AppError> {
    u32::try_from(n).map_err(|e| AppError::Internal(Box::new(e)))
}

impl HoursRow {
    fn line(self) -> Result<HoursLine, AppError> {
        Ok(HoursLine {
            group: self.group_code,
            trainer: self.trainer,
            day: self.day,
            from: time(self.from_minute)?,
            to: time(self.to_minute)?,
            topic: self.topic,
            present: count(self.present)?,
            absent: count(self.absent)?,
            individual: self.individual,
            place: self.place,
        })
    }
}

/// The ledger of a report, in its order.
///
/// # Errors
/// Those of the database.
pub fn hours_of_report(r: &mut Read<'_>, report: &ReportId) -> Result<Vec<HoursLine>, AppError> {
    let rows: Vec<HoursRow> = hours::table
        .filter(hours::report_id.eq(report))
        .order(hours::line)
        .select(HoursRow::as_select())
        .load(r.conn())?;
    rows.into_iter().map(HoursRow::line).collect()
}

/// Reports with their costs and ledgers, read in two statements.
///
/// # Errors
/// Those of the database.
pub fn parts(r: &mut Read<'_>, all: Vec<Report>) -> Result<Vec<Part>, AppError> {
    let ids: Vec<ReportId> = all.iter().map(|rep| rep.id.clone()).collect();
    let mut parts: Vec<Part> =
        all.into_iter().map(|report| Part { report, costs: Vec::new(), hours: Vec::new() }).collect();
    for chunk in ids.chunks(1000) {
        let rows: Vec<HoursRow> = hours::table
            .filter(hours::report_id.eq_any(chunk))
            .order((hours::report_id, hours::line))
            .select(HoursRow::as_select())
            .load(r.conn())?;
        for row in rows {
            let part = parts.iter_mut().find(|p| p.report.id == row.report_id);
            part.ok_or(AppError::NotFound)?.hours.push(row.line()?);
        }
        for (report, cost) in costs_of(r, chunk)? {
            let part = parts.iter_mut().find(|p| p.report.id == report);
            part.ok_or(AppError::NotFound)?.costs.push(cost);
        }
    }
    Ok(parts)
}

/// Puts `lines` in place of the report's ledger. The caller changes the report's
/// version in the same transaction.
///
/// # Errors
/// Those of the database.
pub fn put_hours(tx: &mut Tx<'_>, report: &Report, lines: &[HoursLine]) -> Result<(), AppError> {
    diesel::delete(hours::table.filter(hours::report_id.eq(&report.id))).execute(tx.conn())?;
    let rows: Vec<HoursRow> = lines
        .iter()
        .zip(1_i64..)
        .map(|(l, line)| HoursRow {
            id: RowId::new(),
            contract_id: report.contract.clone(),
            report_id: report.id.clone(),
            line,
            group_code: l.group.clone(),
            trainer: l.trainer.clone(),
            day: l.day,
            from_minute: minute(l.from),
            to_minute: minute(l.to),
            topic: l.topic.clone(),
            present: i64::from(l.present),
            absent: i64::from(l.absent),
            individual: l.individual,
            place: l.place.clone(),
        })
        .collect();
    for chunk in rows.chunks(500) {
        // MultiConnection has no batch insert, both backends do.
        both!(tx.conn(), |c| diesel::insert_into(hours::table).values(chunk).execute(c))?;
    }
    Ok(())
}

type CostRow = (ReportId, String, String, i64, i64, i64);

fn costs_of(r: &mut Read<'_>, reports: &[ReportId]) -> Result<Vec<(ReportId, CostReport)>, AppError> {
    let rows: Vec<CostRow> = report_costs::table
        .filter(report_costs::report_id.eq_any(reports))
        .order((report_costs::report_id, report_costs::line))
        .select((
            report_costs::report_id,
            report_costs::item,
            report_costs::name,
            report_costs::planned,
            report_costs::actual,
            report_costs::from_grant,
        ))
        .load(r.conn())?;
    let cost = |(report, item, name, planned, actual, from_grant): CostRow| {
        let money = Money::from_grosze;
        (
            report,
            CostReport { item, name, planned: money(planned), actual: money(actual), from_grant: money(from_grant) },
        )
    };
    Ok(rows.into_iter().map(cost).collect())
}

/// The costs of a report, in the order of the estimate.
///
/// # Errors
/// Those of the database.
pub fn costs_of_report(r: &mut Read<'_>, report: &ReportId) -> Result<Vec<CostReport>, AppError> {
    let all = costs_of(r, std::slice::from_ref(report))?;
    Ok(all.into_iter().map(|(_, cost)| cost).collect())
}

/// Puts `costs` in place of the report's costs.
///
/// # Errors
/// Those of the database.
pub fn put_costs(tx: &mut Tx<'_>, report: &ReportId, costs: &[CostReport]) -> Result<(), AppError> {
    diesel::delete(report_costs::table.filter(report_costs::report_id.eq(report))).execute(tx.conn())?;
    for (cost, line) in costs.iter().zip(1_i64..) {
        diesel::insert_into(report_costs::table)
            .values((
                report_costs::id.eq(RowId::new()),
                report_costs::report_id.eq(report),
                report_costs::line.eq(line),
                report_costs::item.eq(&cost.item),
                report_costs::name.eq(&cost.name),
                report_costs::planned.eq(cost.planned.grosze()),
                report_costs::actual.eq(cost.actual.grosze()),
                report_costs::from_grant.eq(cost.from_grant.grosze()),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Keeps a frozen version of a report. Returns its SHA-256.
///
/// # Errors
/// Those of the database.
pub fn freeze(
    tx: &mut Tx<'_>,
    report: &ReportId,
    content: &FrozenReport,
    by: &str,
    arrived: Instant,
) -> Result<String, AppError> {
    let earlier: i64 =
        report_versions::table.filter(report_versions::report_id.eq(report)).count().get_result(tx.conn())?;
    let text = to_json(content)?;
    let sha256 = digest(&text);
    diesel::insert_into(report_versions::table)
        .values((
            report_versions::report_id.eq(report),
            report_versions::no.eq(earlier + 1),
            report_versions::content.eq(text),
            report_versions::sha256.eq(&sha256),
            report_versions::arrived_at.eq(naive(arrived)),
            report_versions::submitted_by.eq(by),
        ))
        .execute(tx.conn())?;
    Ok(sha256)
}

/// The newest frozen version of a report, if it was ever filed.
///
/// # Errors
/// Those of the database.
pub fn last_frozen(r: &mut Read<'_>, report: &ReportId) -> Result<Option<FrozenReport>, AppError> {
    let text: Option<String> = report_versions::table
        .filter(report_versions::report_id.eq(report))
        .order(report_versions::no.desc())
        .select(report_versions::content)
        .first(r.conn())
        .optional()?;
    text.map(|text| parse_json(&text)).transpose()
}

/// Frozen texts with the hash each was stored with, for the check of `verify`.
///
/// # Errors
/// Those of the database.
pub fn frozen_texts(r: &mut Read<'_>, offset: i64, limit: i64) -> Result<Vec<(String, i64, String, String)>, AppError> {
    Ok(report_versions::table
        .order((report_versions::report_id, report_versions::no))
        .offset(offset)
        .limit(limit)
        .select((report_versions::report_id, report_versions::no, report_versions::content, report_versions::sha256))
        .load(r.conn())?)
}
