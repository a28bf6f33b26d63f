//! The states of a call, what moves it, and why it is cancelled.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallState {
    Draft,
    /// Announced; open until the deadline, which is told by the clock and not by a state.
    Announced,
    /// The offers were opened after the deadline and are being judged.
    Review,
    /// The organ decided.
    Decided,
    /// The results are public.
    Published,
    Cancelled,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallAction {
    Edit,
    /// Let the text of a draft be made public.
    Approve,
    Announce,
    /// Change the announcement or prolong the deadline.
    Amend,
    /// Give one organisation a later deadline.
    Extend,
    OpenOffers,
    Decide,
    PublishResults,
    Cancel,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IllegalMove {
    pub from: CallState,
    pub act: CallAction,
}

impl std::fmt::Display for IllegalMove {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let deed = match self.act {
            CallAction::Edit => "zmienić",
            CallAction::Approve => "zatwierdzić treści",
            CallAction::Announce => "ogłosić",
            CallAction::Amend => "zmienić ogłoszenia",
            CallAction::Extend => "wyznaczyć terminu jednej organizacji",
            CallAction::OpenOffers => "otworzyć ofert",
            CallAction::Decide => "rozstrzygnąć",
            CallAction::PublishResults => "ogłosić wyników",
            CallAction::Cancel => "unieważnić",
        };
        write!(f, "W tym stanie konkursu ({}) nie można tego zrobić: {deed}.", self.from.label())
    }
}

/// Why a contest is cancelled. UDPP art. 18a ust. 1 knows the first two; the third rests on a reservation
/// in the announcement only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CancelReason {
    NoOffers,
    NoneCompliant,
    OrganWithdrawal,
}

impl CancelReason {
    pub const ALL: [CancelReason; 3] =
        [CancelReason::NoOffers, CancelReason::NoneCompliant, CancelReason::OrganWithdrawal];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            CancelReason::NoOffers => "no_offers",
            CancelReason::NoneCompliant => "none_compliant",
            CancelReason::OrganWithdrawal => "organ_withdrawal",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            CancelReason::NoOffers => "nie złożono żadnej oferty",
            CancelReason::NoneCompliant => "żadna ze złożonych ofert nie spełnia wymogów ogłoszenia",
            CancelReason::OrganWithdrawal => "organ odstępuje od konkursu na podstawie zastrzeżenia w ogłoszeniu",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<CancelReason> {
        CancelReason::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// What the later stages know about the offers of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CancelFacts {
    /// Offers filed and not withdrawn.
    pub filed: i64,
    /// Those that meet the requirements; nothing while the formal check is not finished.
    pub compliant: Option<i64>,
}

impl CallState {
    pub const ALL: [CallState; 6] = [
        CallState::Draft,
        CallState::Announced,
        CallState::Review,
        CallState::Decided,
        CallState::Published,
        CallState::Cancelled,
    ];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            CallState::Draft => "draft",
            CallState::Announced => "announced",
            CallState::Review => "review",
            CallState::Decided => "decided",
            CallState::Published => "published",
            CallState::Cancelled => "cancelled",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            CallState::Draft => "w przygotowaniu",
            CallState::Announced => "ogłoszony",
            CallState::Review => "trwa ocena ofert",
            CallState::Decided => "rozstrzygnięty, przed ogłoszeniem wyników",
            CallState::Published => "rozstrzygnięty",
            CallState::Cancelled => "unieważniony",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<CallState> {
        CallState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The state after `act`.
    ///
    /// # Errors
    /// `IllegalMove` for everything the table does not list.
    pub fn after(self, act: CallAction) -> Result<CallState, IllegalMove> {
        use CallAction::{Amend, Announce, Approve, Cancel, Decide, Edit, Extend, OpenOffers, PublishResults};
        use CallState::{Announced, Cancelled, Decided, Draft, Published, Review};
        match (self, act) {
            (Draft, Edit | Approve) => Ok(Draft),
            (Draft, Announce) => Ok(Announced),
            (Announced, Amend | Extend) => Ok(Announced),
            (Announced, OpenOffers) => Ok(Review),
            (Review, Decide) => Ok(Decided),
            (Decided, PublishResults) => Ok(Published),
            (Announced | Review, Cancel) => Ok(Cancelled),
            (Draft | Announced | Review | Decided | Published | Cancelled, _) => Err(IllegalMove { from: self, act }),
        }
    }
}
