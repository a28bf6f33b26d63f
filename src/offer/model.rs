//! The offer on the form of Dz.U. 2018 poz. 2057 (annex 1), its versions and states.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::attachment::FrozenAttachment;
use super::edition::FrozenEdition;
pub use super::partner::{
    FrozenPartner, Joint, Offeror, Partner, PartnerConfirmation, PartnerState, Party, Share, Word,
};
pub use super::state::{IllegalMove, OfferAction, OfferState};
use crate::account::OrganisationContent;
use crate::law::{GroupHours, Instant, Minutes, Money};
use crate::store::{CallId, OfferId, OrgId, PersonId};

/// One row of III.4; its number in the list is the `I.n` of the costs.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Activity {
    pub name: String,
    pub description: String,
    pub target_group: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// What somebody outside the contract does (UDPP art. 16 ust. 4); empty for nothing.
    pub outside: String,
}

/// One row of III.6.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PlannedResult {
    pub name: String,
    pub target: String,
    pub monitoring: String,
}

/// How what one person gained is measured (upz art. 62a ust. 11 pkt 3, uor2025 art. 200 ust. 2 pkt 4).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Measure {
    pub name: String,
    pub how: String,
    pub when: String,
}

/// One class of the class programme, as it is typed; a draft may have gaps.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PlannedClass {
    pub group: String,
    pub day: Option<NaiveDate>,
    pub from: Option<NaiveTime>,
    pub to: Option<NaiveTime>,
    pub topic: String,
    pub trainer: String,
    /// With one person, outside the group.
    pub individual: bool,
}

/// One line of V.A.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CostLine {
    /// The activity it belongs to, from 1; `None` for administrative costs (block II).
    pub activity: Option<u32>,
    pub name: String,
    pub unit: String,
    pub unit_cost: Money,
    /// Up to two decimals.
    pub units: Decimal,
    /// Pay of a trainer per hour: the hourly cap looks at its unit cost (R-CAP-03).
    pub trainer: bool,
    /// Value by calendar year, in the order of [`OfferContent::years`].
    pub years: Vec<Money>,
}

impl CostLine {
    /// Unit cost times units, half-up to the grosz (R-OFF-01); `None` beyond any money.
    #[must_use]
    pub fn value(&self) -> Option<Money> {
        Money::from_decimal_half_up(self.unit_cost.to_decimal().checked_mul(self.units)?)
    }
}

/// V.B: where the money comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Sources {
    pub grant: Money,
    pub own_financial: Money,
    pub own_in_kind: Money,
    pub recipients: Money,
}

/// What recipients of a paid task are charged (VI.1); what they pay together stands in row 4 of V.B.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Fees {
    /// For what, and how: "bilet wstępu na koncert".
    pub form: String,
    /// The most that one recipient pays.
    pub amount: Money,
}

/// Hours one group is to get; individual hours count only where the rule set says so.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlannedHours {
    pub group: String,
    pub persons: u32,
    pub minutes: Minutes,
    pub individual: Minutes,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Trainer {
    pub name: String,
    pub qualifications: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    pub phone: String,
    pub email: String,
}

/// The answers of part VII, given by the signatory at submission.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Declarations {
    pub public_benefit_only: bool,
    pub paid_activity_only: bool,
    /// `true`: in arrears.
    pub tax_arrears: Option<bool>,
    pub social_arrears: Option<bool>,
    pub data_agree: bool,
    pub all_true: bool,
    pub data_protection: bool,
    /// The organ's own declarations, in the order of the announcement.
    pub extra: Vec<bool>,
    pub signed_by: String,
    /// The organ they are made to (part I.1); nothing in a partner's word and in versions of before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organ: String,
    /// The sentences as they were declared ([`super::wording`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<String>,
    /// SHA-256 of the announcement that was shown beside them, where a page was shown. Not kept: what is frozen
    /// names the announcement itself.
    #[serde(skip)]
    pub terms: Option<String>,
}

/// Parts III to VI of the form and the task annex; a draft may have gaps.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OfferContent {
    pub contact: Contact,
    pub title: String,
    pub starts: Option<NaiveDate>,
    pub ends: Option<NaiveDate>,
    pub place: String,
    pub target_group: String,
    pub problem: String,
    pub complementarity: String,
    pub activities: Vec<Activity>,
    pub effect_direct: String,
    pub effect_change: String,
    pub effect_durable: String,
    pub results: Vec<PlannedResult>,
    pub experience: String,
    pub resources: String,
    pub trainers: Vec<Trainer>,
    pub hours: Vec<PlannedHours>,
    /// Classes by day; the hours of a group follow from them where it has any.
    pub programme: Vec<PlannedClass>,
    pub measures: Vec<Measure>,
    pub costs: Vec<CostLine>,
    /// The calendar years that the year columns of the costs stand for while a date of the task is missing.
    pub cost_years: Vec<i32>,
    pub sources: Sources,
    /// VI.1: the task is performed without payment.
    pub unpaid: bool,
    /// VI.1: the task is performed against payment, and what recipients pay; left out of a
    /// submission that declares `unpaid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fees: Option<Fees>,
    /// VI.1 in the offeror's own words; may be empty.
    pub payment: String,
    pub other: String,
    /// Nothing for an offer of one organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joint: Option<Joint>,
}

impl OfferContent {
    /// The calendar years the task touches (R-OFF-02).
    #[must_use]
    pub fn years(&self) -> Vec<i32> {
        use chrono::Datelike as _;
        match (self.starts, self.ends) {
            (Some(from), Some(to)) if from <= to => (from.year()..=to.year()).collect(),
            _ => Vec::new(),
        }
    }

    /// Sum of all costs of V.A.
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        self.costs.iter().try_fold(Money::ZERO, |sum, line| sum.checked_add(line.value()?))
    }

    /// The planned hours, as the cap counts them.
    #[must_use]
    pub fn group_hours(&self, individual_counts: bool) -> Vec<GroupHours> {
        self.hours
            .iter()
            .map(|h| GroupHours {
                group: h.group.clone(),
                persons: h.persons,
                minutes: if individual_counts { h.minutes.saturating_add(h.individual) } else { h.minutes },
            })
            .collect()
    }
}

/// What a submission freezes: canonical JSON of this is what the receipt's hash covers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenOffer {
    pub call_number: String,
    /// SHA-256 of the announcement in force.
    pub call_terms: String,
    /// Title of the contest and I.2, as that announcement said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub call_title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub task_kind: String,
    /// When the offered groups have their classes, as that announcement said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<FrozenEdition>,
    pub organisation_name: String,
    pub krs: Option<String>,
    pub nip: String,
    pub regon: Option<String>,
    pub organisation: OrganisationContent,
    pub offer: OfferContent,
    pub declarations: Declarations,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<FrozenAttachment>,
    /// The other offerors of a joint offer, with their word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<FrozenPartner>,
}

impl FrozenOffer {
    /// The names of all offerors, the lead first.
    #[must_use]
    pub fn offeror_names(&self) -> String {
        self.offerors().map(|offeror| offeror.name).collect::<Vec<_>>().join(", ")
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfferVersion {
    pub no: i64,
    pub content: FrozenOffer,
    pub sha256: String,
    pub arrived_at: Instant,
    pub submitted_by: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    pub id: OfferId,
    pub call: CallId,
    pub org: OrgId,
    /// The name in the version in force; of a draft the name of today.
    pub org_name: String,
    pub number: Option<String>,
    pub state: OfferState,
    pub version: i64,
    /// What the version in force (or a draft) asks for.
    pub grant: Money,
    /// The content in force; of a draft the content as it stands.
    pub content: OfferContent,
    /// Changes of a submitted offer that wait for a new submission.
    pub draft: Option<OfferContent>,
    /// Number of the frozen version in force; 0 before the first submission.
    pub frozen_no: i64,
    /// When the version in force arrived.
    pub submitted_at: Option<Instant>,
    /// The first instant at which a supplement is late; nothing until the office called for one.
    pub supplement_by: Option<Instant>,
    pub updated_at: Instant,
    pub created_by: PersonId,
}

impl Offer {
    /// What its own people see and change: the pending changes, or else the content in force.
    #[must_use]
    pub fn working(&self) -> &OfferContent {
        self.draft.as_ref().unwrap_or(&self.content)
    }

    /// An offer of several organisations (UDPP art. 14 ust. 2).
    #[must_use]
    pub fn is_joint(&self) -> bool {
        self.working().joint.is_some() || self.content.joint.is_some()
    }

    /// The partners of the content in force: id and name.
    pub fn partners(&self) -> impl Iterator<Item = &Share> {
        let shares = self.content.joint.iter().flat_map(|joint| &joint.shares);
        shares.filter(|share| share.org != self.org)
    }

    /// The names of all offerors, the lead first.
    #[must_use]
    pub fn offeror_names(&self) -> String {
        let names = std::iter::once(self.org_name.as_str()).chain(self.partners().map(|share| share.name.as_str()));
        names.collect::<Vec<_>>().join(", ")
    }
}
