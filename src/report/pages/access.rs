//! Who may see and do what with reports. An organisation's own contracts only; the
//! office reads every filed report, and an officer answers it.

use crate::account::{Actor, Role};
use crate::contract::{self, Contract};
use crate::error::AppError;
use crate::law::Instant;
use crate::report::{Report, store};
use crate::store::{ContractId, Read, ReportId};
use crate::web::{Decision, PathIds, Policy};

/// A contract with its reports.
pub struct Reports {
    pub contract: Contract,
    pub reports: Vec<Report>,
}

/// A report with its contract.
pub struct Case {
    pub contract: Contract,
    pub report: Report,
}

fn reports(r: &mut Read<'_>, path: &PathIds) -> Result<Reports, AppError> {
    let contract = contract::store::find(r, &path.id("contract", ContractId::parse)?)?;
    let reports = store::of_contract(r, &contract.id)?;
    Ok(Reports { contract, reports })
}

fn case(r: &mut Read<'_>, path: &PathIds) -> Result<Case, AppError> {
    let report = store::find(r, &path.id("report", ReportId::parse)?)?;
    let contract = contract::store::find(r, &report.contract)?;
    Ok(Case { contract, report })
}

/// The organisation looks at its contract's reports, or begins one.
pub struct OwnReports;

impl Policy for OwnReports {
    const NAME: &'static str = "report.own_list";
    type Object = Reports;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Reports, AppError> {
        let found = reports(r, path)?;
        who.member_of(&found.contract.org).ok_or(AppError::NotFound)?;
        Ok(found)
    }

    fn decide(_: &Actor, _: &Reports, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// The organisation looks at or edits its report; the state is the verb's business.
pub struct OwnReport;

impl Policy for OwnReport {
    const NAME: &'static str = "report.own";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        let found = case(r, path)?;
        who.member_of(&found.contract.org).ok_or(AppError::NotFound)?;
        Ok(found)
    }

    fn decide(_: &Actor, _: &Case, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Somebody who may sign for the organisation files the report.
pub struct FileReport;

impl Policy for FileReport {
    const NAME: &'static str = "report.submit";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, now: Instant) -> Result<Case, AppError> {
        OwnReport::load(r, who, path, now)
    }

    fn decide(who: &Actor, case: &Case, _: Instant) -> Decision {
        Decision::when(
            who.member_of(&case.contract.org).is_some_and(|m| m.role.signs()),
            "Sprawozdanie składa właściciel konta albo osoba reprezentująca organizację. Poproś jedną z nich.",
        )
    }
}

/// The office looks at a contract's reports.
pub struct OfficeReports;

impl Policy for OfficeReports {
    const NAME: &'static str = "report.office_list";
    type Object = Reports;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Reports, AppError> {
        if !who.reads_cases() {
            return Err(AppError::NotFound);
        }
        reports(r, path)
    }

    fn decide(_: &Actor, _: &Reports, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// The office looks at a report that was filed at least once; a draft is the organisation's own.
pub struct OfficeReport;

impl Policy for OfficeReport {
    const NAME: &'static str = "report.office";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        if !who.reads_cases() {
            return Err(AppError::NotFound);
        }
        let found = case(r, path)?;
        found.report.submitted_at.ok_or(AppError::NotFound)?;
        Ok(found)
    }

    fn decide(_: &Actor, _: &Case, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// May this person answer a report?
pub fn answers(who: &Actor) -> bool {
    who.has_any(&[Role::Officer, Role::Organ])
}

/// An officer sends a report back or accepts it.
pub struct AnswerReport;

impl Policy for AnswerReport {
    const NAME: &'static str = "report.answer";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, now: Instant) -> Result<Case, AppError> {
        OfficeReport::load(r, who, path, now)
    }

    fn decide(who: &Actor, _: &Case, _: Instant) -> Decision {
        Decision::when(answers(who), "Sprawozdanie sprawdza pracownik merytoryczny urzędu.")
    }
}

/// A task without classes has no ledger of hours.
///
/// # Errors
/// `Forbidden` for such a task.
pub fn keeps_hours(case: &Case) -> Result<(), AppError> {
    if case.contract.content.applies().classes {
        return Ok(());
    }
    Err(AppError::forbidden(
        "To zadanie nie polega na zajęciach w grupach, więc jego sprawozdanie nie ma ewidencji godzin.",
    ))
}
