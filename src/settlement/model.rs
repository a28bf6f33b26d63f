//! What was paid, used and has to come back, by legal class.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::{Instant, Money};
use crate::store::{ContractId, SettlementId};

/// Why money has to come back (ufp art. 251, 252; contract § 10).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnClass {
    /// Not used in time.
    Unused,
    /// Used contrary to purpose: ineligible costs.
    ContraryToPurpose,
    /// Taken in excess: above the cap over the performed hours.
    InExcess,
    /// Treated like taken in excess: payments of recipients that were not spent on the task (contract § 2).
    UnspentFees,
}

impl ReturnClass {
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            ReturnClass::Unused => "niewykorzystana",
            ReturnClass::ContraryToPurpose => "wykorzystana niezgodnie z przeznaczeniem",
            ReturnClass::InExcess => "pobrana w nadmiernej wysokości",
            ReturnClass::UnspentFees => "pobrana w nadmiernej wysokości: opłaty od odbiorców niewydane na zadanie",
        }
    }

    #[must_use]
    pub fn basis(self) -> &'static str {
        match self {
            ReturnClass::Unused => "§ 10 umowy; odpowiednio art. 251 ust. 3 ufp",
            ReturnClass::ContraryToPurpose => "§ 10 umowy; odpowiednio art. 252 ust. 1 pkt 1 ufp",
            ReturnClass::InExcess => "§ 10 umowy; odpowiednio art. 252 ust. 1 pkt 2 ufp",
            ReturnClass::UnspentFees => "§ 2 i § 10 umowy; odpowiednio art. 252 ust. 1 pkt 2 ufp",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReturnLine {
    pub class: ReturnClass,
    pub amount: Money,
    pub due_on: NaiveDate,
    /// First day of interest when the money is late.
    pub interest_from: NaiveDate,
}

/// The figures of one contract; all of them follow from reports and payments.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Figures {
    pub grant: Money,
    pub paid: Money,
    pub used: Money,
    pub unused: Money,
    pub ineligible: Money,
    pub cap_planned: Money,
    pub cap_performed: Money,
    pub minutes_planned: i64,
    pub minutes_performed: i64,
    pub implied_rate: Option<Money>,
    pub excess: Money,
    /// Of the payments of recipients.
    #[serde(default, skip_serializing_if = "is_none")]
    pub unspent_fees: Money,
    pub to_return: Money,
    pub returned: Money,
    pub returns: Vec<ReturnLine>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettlementState {
    Open,
    Closed,
}

fn is_none(amount: &Money) -> bool {
    amount.is_zero()
}

impl Figures {
    /// What of the grant was used and does not come back.
    #[must_use]
    pub fn kept(&self) -> Money {
        [self.ineligible, self.excess, self.unspent_fees].into_iter().fold(self.used, Money::saturating_sub_floor0)
    }
}

impl SettlementState {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            SettlementState::Open => "open",
            SettlementState::Closed => "closed",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<SettlementState> {
        [SettlementState::Open, SettlementState::Closed].into_iter().find(|s| s.code() == code)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settlement {
    pub id: SettlementId,
    pub contract: ContractId,
    pub state: SettlementState,
    pub version: i64,
    pub figures: Figures,
    pub closed_at: Option<Instant>,
    pub closed_by: String,
}
