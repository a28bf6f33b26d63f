//! A joint offer (UDPP art. 14 ust. 2–5): what each offeror does and bears, who was asked, and where their
//! word stands. The organisation that started the offer leads it; the others are its partners.

use serde::{Deserialize, Serialize};

use super::model::{Declarations, FrozenOffer};
use crate::account::{Organisation, OrganisationContent};
use crate::law::{Instant, Money};
use crate::store::{OfferId, OrgId, PartnerId};

/// What only a joint offer says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Joint {
    /// VI.2: how the offerors are represented before the organ, with the legal basis.
    pub representation: String,
    /// The part of each offeror, that of the lead first.
    pub shares: Vec<Share>,
}

impl Joint {
    #[must_use]
    pub fn share(&self, org: &OrgId) -> Option<&Share> {
        self.shares.iter().find(|share| &share.org == org)
    }

    pub fn share_mut(&mut self, org: &OrgId) -> Option<&mut Share> {
        self.shares.iter_mut().find(|share| &share.org == org)
    }

    /// Who performs activity `n` of III.4 (from 1), by name.
    #[must_use]
    pub fn performers(&self, n: u32) -> Vec<&str> {
        self.shares.iter().filter(|s| s.activities.contains(&n)).map(|s| s.name.as_str()).collect()
    }
}

/// The part of one offeror.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Share {
    pub org: OrgId,
    /// The name under which the organisation was asked.
    pub name: String,
    /// Numbers of the activities of III.4 it performs, from 1.
    pub activities: Vec<u32>,
    /// What it does in them, in its own words.
    pub tasks: String,
    /// V.C by calendar year, in the order of the year columns of V.A.
    pub years: Vec<Money>,
}

impl Share {
    #[must_use]
    pub fn of(org: &Organisation) -> Share {
        Share {
            org: org.id.clone(),
            name: org.name.clone(),
            activities: Vec::new(),
            tasks: String::new(),
            years: Vec::new(),
        }
    }

    /// The whole amount of V.C; `None` beyond any money.
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        Money::sum(self.years.iter().copied())
    }
}

/// A partner as a submission freezes it: part I and II of the form, and its word.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenPartner {
    pub org: OrgId,
    pub name: String,
    pub krs: Option<String>,
    pub nip: String,
    pub regon: Option<String>,
    pub organisation: OrganisationContent,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<PartnerConfirmation>,
}

/// An offeror of a frozen offer, with its part VII; a partner has none until it gave its word.
pub struct Offeror<'a> {
    pub name: &'a str,
    pub org: &'a OrganisationContent,
    pub declared: Option<&'a Declarations>,
    /// When a partner gave its word.
    pub at: Option<Instant>,
}

impl FrozenOffer {
    /// All offerors, the lead first.
    pub fn offerors(&self) -> impl Iterator<Item = Offeror<'_>> {
        let lead = Offeror {
            name: &self.organisation_name,
            org: &self.organisation,
            declared: Some(&self.declarations),
            at: None,
        };
        std::iter::once(lead).chain(self.partners.iter().map(|p| Offeror {
            name: &p.name,
            org: &p.organisation,
            declared: p.confirmation.as_ref().map(|word| &word.declarations),
            at: p.confirmation.as_ref().map(|word| word.at),
        }))
    }
}

/// The word of a partner: the declarations of part VII for itself, and the digest of the content it is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartnerConfirmation {
    pub sha256: String,
    pub at: Instant,
    /// E-mail of who pressed the button.
    pub by: String,
    pub declarations: Declarations,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PartnerState {
    Invited,
    Confirmed,
    Declined,
    /// Removed by the lead.
    Left,
}

impl PartnerState {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            PartnerState::Invited => "invited",
            PartnerState::Confirmed => "confirmed",
            PartnerState::Declined => "declined",
            PartnerState::Left => "left",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<PartnerState> {
        [PartnerState::Invited, PartnerState::Confirmed, PartnerState::Declined, PartnerState::Left]
            .into_iter()
            .find(|s| s.code() == code)
    }

    /// Its people see the offer and fill its part.
    #[must_use]
    pub fn takes_part(self) -> bool {
        matches!(self, PartnerState::Invited | PartnerState::Confirmed)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Partner {
    pub id: PartnerId,
    pub offer: OfferId,
    /// Nothing while somebody asked by e-mail has not said for which organisation.
    pub org: Option<OrgId>,
    /// Where the invitation was sent; empty for an organisation that was in the system.
    pub email: String,
    pub state: PartnerState,
    pub version: i64,
    /// When the last letter of invitation was sent, and by whom.
    pub invited_at: Instant,
    pub invited_by: String,
    pub answered_at: Option<Instant>,
    pub answered_by: String,
    /// Why it declined.
    pub reason: String,
    /// The last word it gave, also for content that was changed since.
    pub confirmation: Option<PartnerConfirmation>,
}

/// A partner with what it says of itself.
#[derive(Clone, Debug)]
pub struct Party {
    pub partner: Partner,
    pub org: Option<Organisation>,
}

impl Party {
    /// The name of the organisation, or the address that was asked.
    #[must_use]
    pub fn name(&self) -> &str {
        self.org.as_ref().map_or(self.partner.email.as_str(), |org| org.name.as_str())
    }

    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.partner.state.takes_part()
    }

    /// Not removed: its part stands in the offer.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.partner.state != PartnerState::Left
    }

    /// Where its word stands for the content with this digest.
    #[must_use]
    pub fn word(&self, digest: &str) -> Word {
        match (self.partner.state, &self.partner.confirmation) {
            (PartnerState::Left, _) => Word::Removed,
            (PartnerState::Declined, _) => Word::Declined,
            (PartnerState::Invited | PartnerState::Confirmed, _) if self.org.is_none() => Word::Nobody,
            (PartnerState::Confirmed, Some(given)) if given.sha256 == digest => Word::Given,
            (PartnerState::Confirmed, Some(_)) => Word::Stale,
            (PartnerState::Invited | PartnerState::Confirmed, _) => Word::Open,
        }
    }

    /// As a submission would freeze it; nothing while nobody answered the e-mail, or after a refusal.
    #[must_use]
    pub fn frozen(&self) -> Option<FrozenPartner> {
        let org = self.org.as_ref().filter(|_| self.takes_part())?;
        Some(FrozenPartner {
            org: org.id.clone(),
            name: org.name.clone(),
            krs: org.krs.as_ref().map(|k| k.as_str().to_owned()),
            nip: org.nip.as_str().to_owned(),
            regon: org.regon.as_ref().map(|k| k.as_str().to_owned()),
            organisation: org.content.for_offer(),
            confirmation: self.partner.confirmation.clone().filter(|_| self.partner.state == PartnerState::Confirmed),
        })
    }
}

/// Where the word of a partner stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// Asked by e-mail; no organisation has answered.
    Nobody,
    Open,
    /// For exactly this content.
    Given,
    /// For other content.
    Stale,
    Declined,
    Removed,
}

impl Word {
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Word::Nobody => "zaproszenie czeka na organizację",
            Word::Open => "czeka na potwierdzenie",
            Word::Given => "potwierdzono tę treść",
            Word::Stale => "potrzebne nowe potwierdzenie",
            Word::Declined => "odmówił udziału",
            Word::Removed => "usunięto",
        }
    }

    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Word::Given => "ok",
            Word::Nobody | Word::Open | Word::Stale => "warn",
            Word::Declined => "error",
            Word::Removed => "neutral",
        }
    }
}
