//! Reports on annex 5 of Dz.U. 2018 poz. 2057 and the ledger of hours behind them.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::fees::FeesTaken;
use crate::law::{Instant, Minutes, Money};
use crate::store::{ContractId, ReportId};

/// A report the contract asks for, whether it was begun or not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    pub no: i64,
    pub kind: ReportKind,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub due_on: NaiveDate,
}

impl Expected {
    /// Whether `report` is the one meant. There is one final report, whatever number it was begun with.
    #[must_use]
    pub fn is(&self, report: &Report) -> bool {
        match self.kind {
            ReportKind::Partial => report.kind == ReportKind::Partial && report.no == self.no,
            ReportKind::Final => report.kind == ReportKind::Final,
        }
    }

    /// A report as it was begun.
    #[must_use]
    pub fn of(report: &Report) -> Expected {
        let Report { no, kind, period_from: from, period_to: to, due_on, .. } = *report;
        Expected { no, kind, from, to, due_on }
    }

    #[must_use]
    pub fn name(&self) -> String {
        self.kind.name(self.no)
    }
}

/// Where the lines of a ledger came from; stands in the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HoursSource {
    Form,
    File { name: String, sha256: String },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    Partial,
    Final,
}

impl ReportKind {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ReportKind::Partial => "partial",
            ReportKind::Final => "final",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            ReportKind::Partial => "sprawozdanie częściowe",
            ReportKind::Final => "sprawozdanie końcowe",
        }
    }

    /// `sprawozdanie częściowe nr 1`; there is only one final report, so it needs no number.
    #[must_use]
    pub fn name(self, no: i64) -> String {
        match self {
            ReportKind::Partial => format!("{} nr {no}", self.label()),
            ReportKind::Final => self.label().to_owned(),
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<ReportKind> {
        [ReportKind::Partial, ReportKind::Final].into_iter().find(|k| k.code() == code)
    }
}

/// I.1: one result of the contract and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AchievedResult {
    pub name: String,
    pub planned: String,
    pub achieved: String,
    pub note: String,
}

/// I.2: one activity of the contract and how it went.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct DoneActivity {
    pub name: String,
    pub description: String,
}

/// II.1: one item of the contract's estimate and what was spent on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CostReport {
    /// `I.1.1`, `II.1` as in the contract's estimate.
    pub item: String,
    pub name: String,
    pub planned: Money,
    pub actual: Money,
    pub from_grant: Money,
}

/// One line of the ledger of hours. `place` is the cell or row it came from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HoursLine {
    pub group: String,
    pub trainer: String,
    pub day: NaiveDate,
    pub from: NaiveTime,
    pub to: NaiveTime,
    pub topic: String,
    pub present: u32,
    pub absent: u32,
    pub individual: bool,
    pub place: String,
}

impl HoursLine {
    #[must_use]
    pub fn minutes(&self) -> Minutes {
        Minutes::new((self.to - self.from).num_minutes().max(0))
    }
}

/// The narrative parts of the form; costs and hours are rows of their own.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportContent {
    pub results: Vec<AchievedResult>,
    pub activities: Vec<DoneActivity>,
    pub summary: String,
    pub other_income: Money,
    pub bank_interest: Money,
    pub own_financial: Money,
    pub in_kind: Money,
    /// II.3; nothing while it was not answered, and where the task is free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fees: Option<FeesTaken>,
    pub extra: String,
    pub declared: bool,
    /// Why the office sent it back, newest last.
    pub sent_back: Vec<String>,
    /// What the office accepted with, when findings stayed open.
    pub accepted_note: String,
    /// Costs the office does not accept, found at acceptance.
    pub ineligible: Money,
    pub ineligible_why: String,
    /// The day the office accepted it, which is the day it found what has to come back.
    pub accepted_on: Option<NaiveDate>,
}

/// What a submission freezes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenReport {
    pub contract_number: String,
    pub no: i64,
    pub content: ReportContent,
    pub costs: Vec<CostReport>,
    pub hours: Vec<HoursLine>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReportState {
    /// Due and not yet filed; may be edited by the contractor.
    Expected,
    Submitted,
    SentBack,
    Accepted,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReportAction {
    Edit,
    Submit,
    SendBack,
    Accept,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IllegalMove {
    pub from: ReportState,
    pub act: ReportAction,
}

impl ReportState {
    pub const ALL: [ReportState; 4] =
        [ReportState::Expected, ReportState::Submitted, ReportState::SentBack, ReportState::Accepted];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ReportState::Expected => "expected",
            ReportState::Submitted => "submitted",
            ReportState::SentBack => "sent_back",
            ReportState::Accepted => "accepted",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            ReportState::Expected => "do złożenia",
            ReportState::Submitted => "złożone, sprawdzane",
            ReportState::SentBack => "zwrócone do poprawy",
            ReportState::Accepted => "przyjęte",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<ReportState> {
        ReportState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The state after `act`.
    ///
    /// # Errors
    /// `IllegalMove` for everything the table does not list.
    pub fn after(self, act: ReportAction) -> Result<ReportState, IllegalMove> {
        use ReportAction::{Accept, Edit, SendBack, Submit};
        use ReportState::{Accepted, Expected, SentBack, Submitted};
        match (self, act) {
            (Expected, Edit) => Ok(Expected),
            (SentBack, Edit) => Ok(SentBack),
            (Expected | SentBack, Submit) => Ok(Submitted),
            (Submitted, SendBack) => Ok(SentBack),
            (Submitted, Accept) => Ok(Accepted),
            (Expected | Submitted | SentBack | Accepted, _) => Err(IllegalMove { from: self, act }),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    pub id: ReportId,
    pub contract: ContractId,
    pub no: i64,
    pub kind: ReportKind,
    pub period_from: NaiveDate,
    pub period_to: NaiveDate,
    pub due_on: NaiveDate,
    pub state: ReportState,
    pub version: i64,
    pub content: ReportContent,
    pub sha256: Option<String>,
    pub submitted_at: Option<Instant>,
}

/// A report with its costs and its ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    pub report: Report,
    pub costs: Vec<CostReport>,
    pub hours: Vec<HoursLine>,
}

impl Report {
    /// Filed, whether accepted yet or not: its money and hours count.
    #[must_use]
    pub fn is_filed(&self) -> bool {
        matches!(self.state, ReportState::Submitted | ReportState::Accepted)
    }

    /// The contractor may change it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, ReportState::Expected | ReportState::SentBack)
    }

    #[must_use]
    pub fn name(&self) -> String {
        self.kind.name(self.no)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_of_a_report() {
        use ReportAction::{Accept, Edit, SendBack, Submit};
        let mut table = String::new();
        for state in ReportState::ALL {
            assert_eq!(ReportState::parse(state.code()), Some(state));
            for act in [Edit, Submit, SendBack, Accept] {
                if let Ok(to) = state.after(act) {
                    table += &format!("{} {act:?} {}\n", state.code(), to.code());
                }
            }
        }
        assert_eq!(
            table,
            "expected Edit expected\nexpected Submit submitted\nsubmitted SendBack sent_back\n\
             submitted Accept accepted\nsent_back Edit sent_back\nsent_back Submit submitted\n"
        );
    }
}
