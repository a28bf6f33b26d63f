//! The programme behind a contest: whom it is for, where, when, in which groups,
//! and the preconditions the law sets before money may be promised.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::{Instant, Minutes, Money, RuleSet};
use crate::store::{PersonId, ProgrammeId};

/// What the OPS (or CUS) of a gmina said to carrying the task out itself (upz art. 62a ust. 9).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpsAnswer {
    /// It declined.
    Declined,
    /// It did not answer in time.
    Silent,
    /// It concluded the agreement, so this gmina cannot be in a contest.
    Concluded,
}

impl OpsAnswer {
    pub const ALL: [OpsAnswer; 3] = [OpsAnswer::Declined, OpsAnswer::Silent, OpsAnswer::Concluded];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            OpsAnswer::Declined => "declined",
            OpsAnswer::Silent => "silent",
            OpsAnswer::Concluded => "concluded",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            OpsAnswer::Declined => "odmówił zawarcia porozumienia",
            OpsAnswer::Silent => "nie odpowiedział w terminie",
            OpsAnswer::Concluded => "zawarł porozumienie",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<OpsAnswer> {
        OpsAnswer::ALL.into_iter().find(|a| a.code() == code)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpsRecord {
    pub asked_on: NaiveDate,
    pub answered_on: NaiveDate,
    pub answer: OpsAnswer,
}

/// A document that two sides signed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Agreement {
    pub number: String,
    pub on: NaiveDate,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Gmina {
    pub name: String,
    pub persons: u32,
    pub ops: Option<OpsRecord>,
    /// Whether a centre of social services (CUS) stands here in the place of the OPS.
    #[serde(default)]
    pub cus: bool,
    /// Co-operation with the OPS or CUS (upz art. 62a ust. 12).
    #[serde(default)]
    pub cooperation: Option<Agreement>,
    /// Socially useful work (upz art. 73a ust. 2).
    #[serde(default)]
    pub psu: Option<Agreement>,
}

impl Gmina {
    /// Who is asked first: OPS, or CUS where the OPS was transformed.
    #[must_use]
    pub fn centre(&self) -> &'static str {
        if self.cus { "CUS" } else { "OPS" }
    }
}

/// One run of the classes, first and last day included.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Edition {
    pub no: u32,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub persons: u32,
}

/// A group of one edition; `code` names it everywhere (`E1-G3`).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Group {
    pub code: String,
    pub edition: u32,
    pub gmina: String,
    pub persons: u32,
}

/// Each name once, in its order; no empty ones.
#[must_use]
pub fn each_once<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut out = Vec::new();
    for name in names {
        if !name.is_empty() && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// Opinion of the county labour-market council.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PrrpOpinion {
    pub number: String,
    pub date: NaiveDate,
    pub result: String,
}

/// The Labour Fund plan that the money comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FpPlan {
    pub number: String,
    pub amount: Money,
}

/// What became of the participants, and the money outside the NGO's contract;
/// checked by C-01 … C-12.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Outcomes {
    pub improved: u32,
    pub unchanged: u32,
    pub deregistered: u32,
    pub psu: Money,
    pub workshops: Money,
    /// What the report on the programme says beside its figures.
    #[serde(default)]
    pub facts: ReportFacts,
}

/// An act as the report cites it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CitedAct {
    pub act: String,
    /// Journal of laws as printed, such as `Dz.U. 2010 nr 234 poz. 1536`.
    pub journal: String,
    /// Year of that journal.
    pub year: i32,
    /// The consolidated text that was in force on the day of the facts, when it was another one.
    pub in_force: Option<String>,
}

/// What a report says of the programme, as far as the checker asks; what is not said stays empty.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportFacts {
    pub cited: Vec<CitedAct>,
    /// Hours of a group that really took place.
    pub hours_per_group: Option<Minutes>,
    /// Money for one hour of a trainer with a group.
    pub rate: Option<Money>,
    /// Persons who finished, as opposed to those planned.
    pub completed: Option<u32>,
    /// All money, as the report adds it up.
    pub total: Option<Money>,
    /// Whether it says from which gmina people came in which edition.
    pub gminas_by_edition: bool,
    /// Whether it says if the money for PSU is the refund or the whole benefit.
    pub psu_described: bool,
    /// Whether it says if others came in the place of those who left.
    pub substitutes_described: bool,
    /// Measures of individual effects beyond the profile.
    pub measures: Vec<String>,
}

/// Somebody who worked on a programme, a draft or a change, with the name they had then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Preparer {
    pub person: PersonId,
    pub name: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgrammeContent {
    pub title: String,
    pub aim: String,
    /// Code of the rule set: `PAI-1` … `RSD-1` or a local one.
    pub rules: String,
    pub topics: Vec<String>,
    pub gminas: Vec<Gmina>,
    pub editions: Vec<Edition>,
    pub groups: Vec<Group>,
    pub prrp: Option<PrrpOpinion>,
    pub plan: Option<FpPlan>,
    pub outcomes: Option<Outcomes>,
    /// What is assumed and not known, one sentence each; shown on the page.
    pub assumed: Vec<String>,
    /// Everybody who wrote or confirmed it: none of them announces a contest of it (R-PUB-01).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prepared_by: Vec<Preparer>,
}

impl ProgrammeContent {
    /// Persons of all gminas.
    #[must_use]
    pub fn persons(&self) -> u32 {
        self.gminas.iter().map(|g| g.persons).sum()
    }

    /// The gminas of a task without groups; where there are groups, they say where it is done.
    #[must_use]
    pub fn ungrouped(&self) -> Vec<String> {
        if self.groups.is_empty() { self.gminas.iter().map(|g| g.name.clone()).collect() } else { Vec::new() }
    }

    #[must_use]
    pub fn edition(&self, no: u32) -> Option<&Edition> {
        self.editions.iter().find(|e| e.no == no)
    }

    /// Whether pages show what OPS answered and the agreements with them: the rules want them, or some are there.
    #[must_use]
    pub fn shows_ops(&self, rules: &RuleSet) -> bool {
        rules.needs_ops || self.gminas.iter().any(|g| g.ops.is_some() || g.cooperation.is_some())
    }

    /// The same of the agreements on socially useful work.
    #[must_use]
    pub fn shows_psu(&self, rules: &RuleSet) -> bool {
        rules.family() == "PAI" || self.gminas.iter().any(|g| g.psu.is_some())
    }
}

/// A draft that somebody asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Begun<Id> {
    pub id: Id,
    /// When the same person began it, where it was there already and nobody has saved it since.
    pub earlier: Option<Instant>,
}

impl<Id> Begun<Id> {
    #[must_use]
    pub fn now(id: Id) -> Begun<Id> {
        Begun { id, earlier: None }
    }

    #[must_use]
    pub fn earlier(id: Id, at: Instant) -> Begun<Id> {
        Begun { id, earlier: Some(at) }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProgrammeState {
    Draft,
    /// Every precondition stands; calls may be made from it.
    Ready,
    Closed,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProgrammeAction {
    Edit,
    Confirm,
    RecordOutcomes,
    Close,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IllegalMove {
    pub from: ProgrammeState,
    pub act: ProgrammeAction,
}

impl std::fmt::Display for IllegalMove {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let deed = match self.act {
            ProgrammeAction::Edit => "zmienić",
            ProgrammeAction::Confirm => "zatwierdzić",
            ProgrammeAction::RecordOutcomes => "zapisać jego efektów",
            ProgrammeAction::Close => "zamknąć",
        };
        write!(f, "Programu w stanie „{}” nie można teraz {deed}.", self.from.label())
    }
}

impl ProgrammeState {
    pub const ALL: [ProgrammeState; 3] = [ProgrammeState::Draft, ProgrammeState::Ready, ProgrammeState::Closed];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ProgrammeState::Draft => "draft",
            ProgrammeState::Ready => "ready",
            ProgrammeState::Closed => "closed",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            ProgrammeState::Draft => "w przygotowaniu",
            ProgrammeState::Ready => "gotowy do ogłoszenia konkursu",
            ProgrammeState::Closed => "zakończony",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<ProgrammeState> {
        ProgrammeState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The state after `act`.
    ///
    /// # Errors
    /// `IllegalMove` for everything the table does not list.
    pub fn after(self, act: ProgrammeAction) -> Result<ProgrammeState, IllegalMove> {
        use ProgrammeAction::{Close, Confirm, Edit, RecordOutcomes};
        use ProgrammeState::{Closed, Draft, Ready};
        match (self, act) {
            (Draft | Ready, Edit) => Ok(Draft),
            (Draft, Confirm) => Ok(Ready),
            (Ready, RecordOutcomes) => Ok(Ready),
            (Ready, Close) => Ok(Closed),
            (Draft | Ready | Closed, _) => Err(IllegalMove { from: self, act }),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Programme {
    pub id: ProgrammeId,
    pub state: ProgrammeState,
    pub version: i64,
    pub content: ProgrammeContent,
}
