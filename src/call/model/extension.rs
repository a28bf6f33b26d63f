//! A later deadline of one organisation, by a decision of the organ.
//!
//! The general deadline stays what it is for everybody else and for everything that is public. A decision is never
//! changed or taken back: a later one for the same organisation can only lengthen it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Call, CallState};
use crate::law::{Instant, show_date, show_deadline, show_until, warsaw_date};
use crate::store::OrgId;

/// One decision.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Extension {
    pub org: OrgId,
    /// The name at the time of the decision.
    pub org_name: String,
    /// Its offers arrive in time while the arrival is before this instant.
    pub until: Instant,
    pub why: String,
    pub by: String,
    pub at: Instant,
}

impl Extension {
    /// `do 5.12.2026, godz. 15:00, decyzją z 1.12.2026`, for the organisation itself.
    #[must_use]
    pub fn says(&self) -> String {
        format!("{}, decyzją z {}", show_deadline(self.until), show_date(warsaw_date(self.at)))
    }

    /// `do końca dnia 5.12.2026, decyzją z dnia 1.12.2026. Powód: …`, for everybody: whom it is for is not told.
    #[must_use]
    pub fn recorded(&self) -> String {
        let (until, decided) = (show_until(self.until), show_date(warsaw_date(self.at)));
        format!("do {until}, decyzją z dnia {decided}. Powód: {}", self.why.trim_end_matches('.'))
    }
}

/// When offers of `org` stop being in time: the general deadline, or a later one that was given to it alone.
#[must_use]
pub fn deadline_of(general: Option<Instant>, extensions: &[Extension], org: &OrgId) -> Option<Instant> {
    let own = extensions.iter().filter(|e| e.org == *org).map(|e| e.until).max();
    general.map(|end| own.map_or(end, |own| own.max(end)))
}

/// When offers of anybody stop being in time.
#[must_use]
pub fn last_deadline(general: Option<Instant>, extensions: &[Extension]) -> Option<Instant> {
    let last = extensions.iter().map(|e| e.until).max();
    general.map(|end| last.map_or(end, |last| last.max(end)))
}

impl Call {
    /// When offers of `org` stop being in time.
    #[must_use]
    pub fn deadline_for(&self, org: &OrgId) -> Option<Instant> {
        deadline_of(self.deadline_at, &self.extensions, org)
    }

    /// Whether an offer of `org` arriving at `now` is in time.
    #[must_use]
    pub fn is_open_for(&self, org: &OrgId, now: Instant) -> bool {
        self.state == CallState::Announced && self.deadline_for(org).is_some_and(|end| now < end)
    }

    /// When offers of anybody stop being in time.
    #[must_use]
    pub fn last_deadline(&self) -> Option<Instant> {
        last_deadline(self.deadline_at, &self.extensions)
    }

    /// The deadlines of single organisations that are later than the general one, each once, the first one first.
    #[must_use]
    pub fn later_deadlines(&self) -> Vec<Instant> {
        let own = self.extensions.iter().filter_map(|e| self.extension_of(&e.org));
        let mut ends: Vec<Instant> = own.map(|e| e.until).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// Every deadline of the call: the general one and those of single organisations.
    pub fn deadlines(&self) -> impl Iterator<Item = Instant> {
        self.deadline_at.into_iter().chain(self.later_deadlines())
    }

    /// The day of the choice once it has come: a deadline of one organisation ends before it, so none can be given.
    #[must_use]
    pub fn choice_came(&self, now: Instant) -> Option<NaiveDate> {
        self.content.elements.decision_by.filter(|day| *day <= warsaw_date(now))
    }

    /// Whether the organ can still give one organisation a later deadline.
    #[must_use]
    pub fn may_extend(&self, now: Instant) -> bool {
        self.state == CallState::Announced && self.choice_came(now).is_none()
    }

    /// The decision that gives `org` its deadline, where that is later than the general one.
    #[must_use]
    pub fn extension_of(&self, org: &OrgId) -> Option<&Extension> {
        let own = self.extensions.iter().filter(|e| e.org == *org).max_by_key(|e| e.until);
        own.filter(|e| self.deadline_at.is_some_and(|end| end < e.until))
    }

    /// The decision by which an offer of `org` that arrived at `at` could be late for everybody else and in time for it.
    /// Later decisions change nothing about it.
    #[must_use]
    pub fn extension_at(&self, org: &OrgId, at: Instant) -> Option<&Extension> {
        let then = self.extensions.iter().filter(|e| e.org == *org && e.at <= at && at < e.until);
        then.max_by_key(|e| e.until)
    }

    /// The decision that runs longest, while it does, whether or not the general deadline has passed.
    #[must_use]
    pub fn running_extension(&self, now: Instant) -> Option<&Extension> {
        let running = self.state == CallState::Announced;
        let last = self.extensions.iter().filter(|_| running).max_by_key(|e| e.until);
        last.filter(|e| now < e.until && self.deadline_at.is_some_and(|end| end < e.until))
    }

    /// Whether the number of offers is told: not while only some organisations can still file, because from the number
    /// the office would read that they did.
    #[must_use]
    pub fn tells_number(&self, now: Instant) -> bool {
        self.is_open(now) || self.running_extension(now).is_none()
    }
}
