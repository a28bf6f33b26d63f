//! The contest: the seven elements of the announcement, the score card, the terms
//! frozen at publication, the three places, and the states.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::{CapScope, CapTerms, HourUnit, Instant, KPolicy, Minutes, Money, OtherBasis, RuleSet, WeekKind};
pub use crate::programme::Preparer;
use crate::programme::{Edition, Group};
use crate::store::{CallId, ProgrammeId};

mod amendment;
mod approval;
mod asked;
mod card;
mod extension;
mod filter;
mod local;
mod outage;
mod part;
mod place;
mod question;
mod standing;
mod state;
mod weekly;

pub use amendment::*;
pub use approval::*;
pub use asked::*;
pub use card::*;
pub use extension::*;
pub use filter::*;
pub use local::*;
pub use outage::*;
pub use part::*;
pub use place::*;
pub use question::*;
pub use standing::*;
pub use state::*;

/// Whether the grant pays all of the task or a part of it (UDPP art. 11 ust. 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    #[default]
    Entrusting,
    Supporting,
}

impl Mode {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Mode::Entrusting => "entrusting",
            Mode::Supporting => "supporting",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Mode::Entrusting => "powierzenie",
            Mode::Supporting => "wspieranie",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Mode> {
        [Mode::Entrusting, Mode::Supporting].into_iter().find(|m| m.code() == code)
    }
}

/// Costs of tasks of the same kind in one year (element 7); zero is said, not left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EarlierTasks {
    pub year: i32,
    pub cost: Money,
    pub grants: Money,
}

/// The seven elements of UDPP art. 13 ust. 2.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Elements {
    /// 1: kind of task.
    pub task: String,
    /// 2: money for the task.
    pub allocation: Money,
    /// 3: rules for awarding grants.
    pub grant_rules: String,
    /// 4: dates and conditions of performance.
    pub conditions: String,
    /// 5: deadline for offers, as the wall clock in Warsaw shows it.
    pub deadline: Option<chrono::NaiveDateTime>,
    /// 6: mode and criteria of selection, and the day by which it is made.
    pub selection: String,
    pub decision_by: Option<NaiveDate>,
    /// 7: tasks of the same kind in this year and the one before.
    pub earlier: Vec<EarlierTasks>,
}

/// The parameters of the task that the call freezes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    pub policy: KPolicy,
    pub scope: CapScope,
    pub unit: HourUnit,
    pub week: WeekKind,
    /// Least hours of a group in a week, in the call's unit, where the announcement asks for more than the rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week_min: Option<Minutes>,
    /// Largest group the announcement allows.
    pub group_max: u32,
    /// Most money one offer may ask for; the allocation when empty.
    pub offer_max: Option<Money>,
    /// Largest share of administrative costs in percent; no limit when empty (R-OFF-12).
    pub admin_percent: Option<u32>,
    /// Largest growth of a cost item in percent (contract § 5).
    pub shift_percent: u32,
    /// Offerors of RSD prove their standing; declarations beyond part VII.
    pub extra_declarations: Vec<String>,
    /// What „zalega” in part VII means for the offer.
    #[serde(default, skip_serializing_if = "Arrears::is_noted")]
    pub arrears: Arrears,
    /// What a local programme chooses itself.
    #[serde(default, skip_serializing_if = "LocalTerms::is_usual")]
    pub local: LocalTerms,
}

impl Default for Terms {
    fn default() -> Terms {
        Terms {
            policy: KPolicy::Full,
            scope: CapScope::WholeGrant,
            unit: HourUnit::Min60,
            week: WeekKind::Rolling7,
            week_min: None,
            group_max: 10,
            offer_max: None,
            admin_percent: None,
            shift_percent: 10,
            extra_declarations: Vec::new(),
            arrears: Arrears::Noted,
            local: LocalTerms::default(),
        }
    }
}

/// Everything of a call that its page shows and publication freezes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CallContent {
    pub title: String,
    /// The whole rule set, as it stood when the call was made.
    pub rules: RuleSet,
    /// The cap with its rate, resolved at publication (for RSD the wage of that day).
    pub cap: Option<CapTerms>,
    pub other_basis: Option<OtherBasis>,
    pub mode: Mode,
    pub elements: Elements,
    pub terms: Terms,
    pub card: ScoreCard,
    /// Frozen from the programme.
    pub editions: Vec<Edition>,
    pub groups: Vec<Group>,
    /// Where a task without groups is done; empty where there are groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gminas: Vec<String>,
    pub topics: Vec<String>,
    pub places: Vec<Publication>,
    pub result_places: Vec<Publication>,
    pub contact: String,
    pub assumed: Vec<String>,
    pub cancel_reason: Option<String>,
    #[serde(default)]
    pub attachments: Vec<AskedAttachment>,
    #[serde(default = "default_formal")]
    pub formal: Vec<FormalQuestion>,
    #[serde(default)]
    pub correction: Correction,
    #[serde(default)]
    pub money: GrantTerms,
    #[serde(default)]
    pub committee_rules: CommitteeRules,
    /// Whether a signed confirmation of the submission is wanted, and by when.
    #[serde(default)]
    pub confirmation: Option<Confirmation>,
    /// A rehearsal: never public, never mails anybody but the staff who work on it.
    #[serde(default)]
    pub test: bool,
    /// Everybody who saved the draft.
    #[serde(default)]
    pub prepared_by: Vec<Preparer>,
    /// The number of the contest this one was made from.
    #[serde(default)]
    pub copied_from: Option<String>,
    /// The organ's reservation that it may withdraw from the contest; empty for none (R-CANCEL-01).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reservation: String,
    /// Questions end so many days before the deadline for offers.
    #[serde(default = "default_question_days")]
    pub question_days: u32,
    /// Who approved this text; nothing while it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
}

impl CallContent {
    /// What publication froze: without the later results and a cancellation.
    #[must_use]
    pub fn frozen(self) -> CallContent {
        CallContent { result_places: Vec::new(), cancel_reason: None, ..self }
    }

    /// The text as it is written, before anybody approves it and before it hangs anywhere.
    #[must_use]
    pub fn unapproved(self) -> CallContent {
        CallContent { approval: None, places: Vec::new(), ..self.frozen() }
    }
}

/// A published text of a call, as it was frozen; 1 is the announcement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallVersion {
    pub no: i64,
    /// Canonical JSON of the content.
    pub text: String,
    pub sha256: String,
    pub announced_at: Instant,
    pub announced_by: String,
    pub reason: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    pub id: CallId,
    pub programme: ProgrammeId,
    pub number: Option<String>,
    pub state: CallState,
    pub version: i64,
    pub content: CallContent,
    /// SHA-256 of the frozen content of the announcement in force, printed in it.
    pub terms_hash: Option<String>,
    /// When the last of the three places of the first announcement showed it.
    pub announced_at: Option<Instant>,
    /// Offers arrive in time while the arrival is before this instant; those of an organisation in `extensions`
    /// by its own.
    pub deadline_at: Option<Instant>,
    /// When the office opened the offers; a contest cancelled before that never opens them.
    pub opened_at: Option<Instant>,
    /// Later deadlines of single organisations, as they were decided.
    pub extensions: Vec<Extension>,
}

/// What stands where a draft has no number yet.
pub const NO_NUMBER: &str = "projekt";

impl Call {
    #[must_use]
    pub fn standing(&self) -> CallStanding {
        CallStanding { state: self.state, deadline: self.deadline_at, last: self.last_deadline() }
    }

    /// [`CallStanding::is_open`] by the general deadline; what concerns an offer asks [`Call::is_open_for`].
    #[must_use]
    pub fn is_open(&self, now: Instant) -> bool {
        self.standing().is_open(now)
    }

    /// Whether the office may open the offers: the deadline has passed, and every later one of an organisation.
    #[must_use]
    pub fn is_unsealed(&self, now: Instant) -> bool {
        self.state != CallState::Draft && self.last_deadline().is_some_and(|end| now >= end)
    }

    /// The last deadline of anybody while it has not passed.
    #[must_use]
    pub fn open_until(&self, now: Instant) -> Option<Instant> {
        self.last_deadline().filter(|end| now < *end)
    }

    /// Whether the office may read the offers: somebody opened them. The clock alone opens nothing: until then an
    /// outage may still move the deadline, and nobody has read what the others offer.
    #[must_use]
    pub fn is_opened(&self) -> bool {
        self.opened_at.is_some()
    }

    /// Whether the organ approved the text of this draft: its papers may hang, and it awaits its three places.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.state == CallState::Draft && self.content.approval.is_some()
    }

    /// [`CallStanding::public_label`].
    #[must_use]
    pub fn public_label(&self, now: Instant) -> &'static str {
        self.standing().public_label(now)
    }

    /// [`CallStanding::office_label`].
    #[must_use]
    pub fn office_label(&self, now: Instant) -> &'static str {
        self.standing().office_label(now)
    }

    /// The day of the announcement in force: the latest of its three places.
    #[must_use]
    pub fn announced_on(&self) -> Option<NaiveDate> {
        self.content.places.iter().map(|p| p.on).max()
    }

    #[must_use]
    pub fn number(&self) -> &str {
        self.number.as_deref().unwrap_or(NO_NUMBER)
    }
}
