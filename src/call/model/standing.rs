//! What is known of a call without its content: whether it takes offers, and a line of a list.

use chrono::NaiveDateTime;

use super::{Call, CallState};
use crate::law::{Instant, Money};
use crate::store::CallId;

/// State and deadline of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallStanding {
    pub state: CallState,
    /// Offers arrive in time while the arrival is before this instant.
    pub deadline: Option<Instant>,
    /// When the last deadline ends: this one, or a later one that was given to one organisation.
    pub last: Option<Instant>,
}

impl CallStanding {
    /// Whether an offer arriving at `now` is in time. The same answer feeds the
    /// list, the countdown and the gate.
    #[must_use]
    pub fn is_open(self, now: Instant) -> bool {
        self.state == CallState::Announced && self.deadline.is_some_and(|end| now < end)
    }

    /// The label everyone sees.
    #[must_use]
    pub fn public_label(self, now: Instant) -> &'static str {
        match self.state {
            CallState::Draft => "w przygotowaniu",
            CallState::Announced if self.is_open(now) => "trwa nabór ofert",
            CallState::Announced => "nabór zakończony",
            CallState::Review | CallState::Decided => "trwa ocena ofert",
            CallState::Published => "rozstrzygnięty",
            CallState::Cancelled => "unieważniony",
        }
    }

    /// The label the office sees.
    #[must_use]
    pub fn office_label(self, now: Instant) -> &'static str {
        match self.state {
            CallState::Announced if !self.is_open(now) && self.last.is_some_and(|end| now < end) => {
                "nabór zakończony, trwa termin jednej organizacji"
            }
            CallState::Announced if !self.is_open(now) => "do otwarcia ofert",
            CallState::Decided => "rozstrzygnięty, do ogłoszenia wyników",
            CallState::Draft
            | CallState::Announced
            | CallState::Review
            | CallState::Published
            | CallState::Cancelled => self.public_label(now),
        }
    }
}

/// A call as a line of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub id: CallId,
    pub number: Option<String>,
    pub title: String,
    pub standing: CallStanding,
    pub allocation: Money,
    pub test: bool,
    /// The deadline that a draft is to have, as the clock on the wall shows it.
    pub planned: Option<NaiveDateTime>,
}

impl From<&Call> for Listed {
    fn from(call: &Call) -> Listed {
        Listed {
            id: call.id.clone(),
            number: call.number.clone(),
            title: call.content.title.clone(),
            standing: call.standing(),
            allocation: call.content.elements.allocation,
            test: call.content.test,
            planned: call.content.elements.deadline,
        }
    }
}
