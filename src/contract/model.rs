//! The contract: what was agreed, with every clause its law demands, its tranches
//! and what was paid.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::account::OrganisationContent;
use crate::call::{Applies, Mode, Terms};
use crate::law::{CapTerms, GroupHours, Instant, Money, Nrb, RuleSet};
use crate::offer::{Activity, CostLine, Fees, PlannedHours, PlannedResult, Sources};
use crate::programme::{Edition, Group};
use crate::store::{CallId, ContractId, DocumentId, OfferId, OrgId, PaymentId, TrancheId};

/// One clause the law demands, with the words of this contract.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FilledClause {
    pub key: String,
    pub title: String,
    /// The paragraph of the contract it stands in (`§ 3`).
    pub place: String,
    pub text: String,
    pub basis: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tranche {
    pub id: TrancheId,
    pub no: u32,
    pub due_on: NaiveDate,
    pub amount: Money,
    pub condition: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PaymentKind {
    /// The office pays a tranche.
    Tranche(u32),
    /// The contractor returns money.
    Return,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payment {
    pub id: PaymentId,
    pub kind: PaymentKind,
    pub amount: Money,
    pub paid_on: NaiveDate,
    pub reference: String,
    pub recorded_by: String,
}

/// A party as it stands in the contract.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    pub name: String,
    pub krs: Option<String>,
    pub nip: String,
    pub represented_by: String,
    pub details: OrganisationContent,
}

/// What an organisation handed in on the call of the office to supplement its offer; the frozen offer stays as it was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Supplemented {
    pub on: NaiveDate,
    pub sha256: String,
}

/// Everything the contract fixes; frozen by its hash when it is generated.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ContractContent {
    pub call_number: String,
    pub offer_number: String,
    pub offer_sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement: Option<Supplemented>,
    pub title: String,
    pub mode: Mode,
    pub contractor: Party,
    /// The other offerors of a joint offer; the contractor's account is the account of all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Party>,
    pub rules: RuleSet,
    /// The cap with the rate of the contract date.
    pub cap: CapTerms,
    pub terms: Terms,
    pub starts: NaiveDate,
    pub ends: NaiveDate,
    /// Grant money may be spent until this day (ufp art. 221 ust. 3 pkt 3).
    pub use_until: NaiveDate,
    /// Unused money comes back until this day.
    pub return_until: NaiveDate,
    pub grant: Money,
    pub account: Option<Nrb>,
    pub tranches: Vec<Tranche>,
    pub clauses: Vec<FilledClause>,
    pub editions: Vec<Edition>,
    pub groups: Vec<Group>,
    pub hours: Vec<PlannedHours>,
    pub activities: Vec<Activity>,
    pub results: Vec<PlannedResult>,
    pub costs: Vec<CostLine>,
    pub sources: Sources,
    /// What VI.1 of the offer said recipients pay; nothing where the task is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees: Option<Fees>,
    /// Where the task is done, for a call without groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gminas: Vec<String>,
    pub office_signatory: String,
    pub assumed: Vec<String>,
}

impl ContractContent {
    /// Which parts of the form apply to this task; a task without classes has no hours.
    #[must_use]
    pub fn applies(&self) -> Applies {
        Applies::of(&self.rules, &self.terms)
    }

    /// Recipients pay something, and the report has to say what.
    #[must_use]
    pub fn charges(&self) -> bool {
        self.applies().paid && (self.fees.is_some() || !self.sources.recipients.is_zero())
    }

    #[must_use]
    pub fn clause(&self, key: &str) -> Option<&FilledClause> {
        self.clauses.iter().find(|c| c.key == key)
    }

    #[must_use]
    pub fn tranche(&self, no: u32) -> Option<&Tranche> {
        self.tranches.iter().find(|t| t.no == no)
    }

    /// The planned hours, as the cap counts them.
    #[must_use]
    pub fn group_hours(&self) -> Vec<GroupHours> {
        let individual = self.rules.individual_hours_count;
        self.hours
            .iter()
            .map(|h| GroupHours {
                group: h.group.clone(),
                persons: h.persons,
                minutes: if individual { h.minutes.saturating_add(h.individual) } else { h.minutes },
            })
            .collect()
    }

    /// Persons of all groups; of all editions, where nobody is put into groups.
    #[must_use]
    pub fn persons(&self) -> u32 {
        if self.groups.is_empty() {
            return self.editions.iter().map(|e| e.persons).sum();
        }
        self.groups.iter().map(|g| g.persons).sum()
    }

    /// Sum of all costs; `None` beyond any money.
    #[must_use]
    pub fn total_costs(&self) -> Option<Money> {
        self.costs.iter().try_fold(Money::ZERO, |sum, line| sum.checked_add(line.value()?))
    }

    /// The calendar years the task touches.
    #[must_use]
    pub fn years(&self) -> Vec<i32> {
        use chrono::Datelike as _;
        (self.starts.year()..=self.ends.year()).collect()
    }
}

/// What was paid out and what came back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flow {
    pub paid: Money,
    pub returned: Money,
}

impl Flow {
    #[must_use]
    pub fn of(payments: &[Payment]) -> Flow {
        let sum = |wanted: fn(&PaymentKind) -> bool| {
            Money::sum(payments.iter().filter(|p| wanted(&p.kind)).map(|p| p.amount)).unwrap_or_default()
        };
        Flow {
            paid: sum(|kind| matches!(kind, PaymentKind::Tranche(_))),
            returned: sum(|kind| *kind == PaymentKind::Return),
        }
    }

    /// What the contractor holds or has used.
    #[must_use]
    pub fn held(&self) -> Money {
        self.paid.saturating_sub_floor0(self.returned)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContractState {
    /// Being drawn up.
    Draft,
    /// The document was generated and waits for signatures.
    Ready,
    /// In force.
    Signed,
    /// The final report was accepted and the settlement closed.
    Settled,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContractAction {
    Edit,
    Generate,
    Sign,
    Settle,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IllegalMove {
    pub from: ContractState,
    pub act: ContractAction,
}

impl ContractState {
    pub const ALL: [ContractState; 4] =
        [ContractState::Draft, ContractState::Ready, ContractState::Signed, ContractState::Settled];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ContractState::Draft => "draft",
            ContractState::Ready => "ready",
            ContractState::Signed => "signed",
            ContractState::Settled => "settled",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            ContractState::Draft => "w przygotowaniu",
            ContractState::Ready => "do podpisu",
            ContractState::Signed => "zawarta",
            ContractState::Settled => "rozliczona",
        }
    }

    /// Why `act` is not for this state, and what to do instead.
    #[must_use]
    pub fn why_not(self, act: ContractAction) -> &'static str {
        match (self, act) {
            (_, ContractAction::Edit) => "Zmiana podpisanej umowy wymaga aneksu.",
            (ContractState::Draft, ContractAction::Sign | ContractAction::Settle) => "Najpierw wygeneruj dokument.",
            (_, ContractAction::Generate) => "Dokument już wygenerowano.",
            (ContractState::Ready, ContractAction::Settle) => "Rozlicza się umowę podpisaną.",
            (_, ContractAction::Sign) => "Podpisanie już zapisano.",
            (_, ContractAction::Settle) => "Umowę już rozliczono.",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<ContractState> {
        ContractState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The state after `act`.
    ///
    /// # Errors
    /// `IllegalMove` for everything the table does not list.
    pub fn after(self, act: ContractAction) -> Result<ContractState, IllegalMove> {
        use ContractAction::{Edit, Generate, Settle, Sign};
        use ContractState::{Draft, Ready, Settled, Signed};
        match (self, act) {
            (Draft | Ready, Edit) => Ok(Draft),
            (Draft, Generate) => Ok(Ready),
            (Ready, Sign) => Ok(Signed),
            (Signed, Settle) => Ok(Settled),
            (Draft | Ready | Signed | Settled, _) => Err(IllegalMove { from: self, act }),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contract {
    pub id: ContractId,
    pub call: CallId,
    pub offer: OfferId,
    pub org: OrgId,
    pub number: String,
    pub state: ContractState,
    pub version: i64,
    pub content: ContractContent,
    pub sha256: Option<String>,
    pub document: Option<DocumentId>,
    pub signed_on: Option<NaiveDate>,
    pub created_at: Instant,
}
