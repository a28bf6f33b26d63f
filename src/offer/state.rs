//! Where an offer stands, and what may be done to it there.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OfferState {
    Draft,
    Submitted,
    Withdrawn,
    /// The office found something missing and waits for the organisation until `Offer::supplement_by`.
    ToSupplement,
    /// The organisation handed in what was missing; the formal check goes on.
    Supplemented,
    /// Meets the formal requirements.
    FormalOk,
    /// Rejected for a formal reason.
    Rejected,
    Selected,
    Reserve,
    NotSelected,
    Contracted,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OfferAction {
    Edit,
    Submit,
    Withdraw,
    Summon,
    /// The same call to supplement, with a later end.
    GiveTime,
    Supplement,
    PassFormal,
    RejectFormal,
    Select,
    PutOnReserve,
    PassOver,
    Contract,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IllegalMove {
    pub from: OfferState,
    pub act: OfferAction,
}

impl OfferState {
    pub const ALL: [OfferState; 11] = [
        OfferState::Draft,
        OfferState::Submitted,
        OfferState::Withdrawn,
        OfferState::ToSupplement,
        OfferState::Supplemented,
        OfferState::FormalOk,
        OfferState::Rejected,
        OfferState::Selected,
        OfferState::Reserve,
        OfferState::NotSelected,
        OfferState::Contracted,
    ];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            OfferState::Draft => "draft",
            OfferState::Submitted => "submitted",
            OfferState::Withdrawn => "withdrawn",
            OfferState::ToSupplement => "to_supplement",
            OfferState::Supplemented => "supplemented",
            OfferState::FormalOk => "formal_ok",
            OfferState::Rejected => "rejected",
            OfferState::Selected => "selected",
            OfferState::Reserve => "reserve",
            OfferState::NotSelected => "not_selected",
            OfferState::Contracted => "contracted",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<OfferState> {
        OfferState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The label the office sees.
    #[must_use]
    pub fn office_label(self) -> &'static str {
        match self {
            OfferState::Draft => "wersja robocza",
            OfferState::Submitted => "złożona",
            OfferState::Withdrawn => "wycofana",
            OfferState::ToSupplement => "do uzupełnienia",
            OfferState::Supplemented => "uzupełniona",
            OfferState::FormalOk => "poprawna formalnie",
            OfferState::Rejected => "odrzucona formalnie",
            OfferState::Selected => "wybrana",
            OfferState::Reserve => "na liście rezerwowej",
            OfferState::NotSelected => "niewybrana",
            OfferState::Contracted => "umowa",
        }
    }

    /// The label the offeror sees; what the office found stays sealed until the results are public.
    #[must_use]
    pub fn ngo_label(self, results_public: bool) -> &'static str {
        match self {
            OfferState::Draft => "wersja robocza – niezłożona",
            OfferState::Submitted => "złożona",
            OfferState::Withdrawn => "wycofana",
            OfferState::ToSupplement => "złożona, do uzupełnienia",
            OfferState::Supplemented => "złożona, uzupełniona",
            OfferState::FormalOk | OfferState::Rejected if !results_public => "złożona, w ocenie",
            OfferState::Selected | OfferState::Reserve | OfferState::NotSelected if !results_public => {
                "złożona, w ocenie"
            }
            OfferState::FormalOk
            | OfferState::Rejected
            | OfferState::Selected
            | OfferState::Reserve
            | OfferState::NotSelected
            | OfferState::Contracted => self.office_label(),
        }
    }

    /// The state after `act`.
    ///
    /// # Errors
    /// `IllegalMove` for everything the table does not list.
    pub fn after(self, act: OfferAction) -> Result<OfferState, IllegalMove> {
        use OfferAction::{
            Contract, Edit, GiveTime, PassFormal, PassOver, PutOnReserve, RejectFormal, Select, Submit, Summon,
            Supplement, Withdraw,
        };
        use OfferState::{
            Contracted, Draft, FormalOk, NotSelected, Rejected, Reserve, Selected, Submitted, Supplemented,
            ToSupplement, Withdrawn,
        };
        match (self, act) {
            (Draft, Edit) => Ok(Draft),
            // Until the deadline a submitted offer may be changed and submitted again.
            (Submitted, Edit | Submit) | (Draft, Submit) => Ok(Submitted),
            (Draft | Submitted, Withdraw) => Ok(Withdrawn),
            (Submitted | FormalOk | Rejected, Summon) => Ok(ToSupplement),
            (ToSupplement, GiveTime) => Ok(ToSupplement),
            (ToSupplement, Supplement) => Ok(Supplemented),
            (Submitted | ToSupplement | Supplemented | FormalOk | Rejected, PassFormal) => Ok(FormalOk),
            (Submitted | ToSupplement | Supplemented | FormalOk | Rejected, RejectFormal) => Ok(Rejected),
            (FormalOk, Select) => Ok(Selected),
            (FormalOk, PutOnReserve) => Ok(Reserve),
            (FormalOk, PassOver) => Ok(NotSelected),
            (Selected, Contract) => Ok(Contracted),
            (
                Draft | Submitted | Withdrawn | ToSupplement | Supplemented | FormalOk | Rejected | Selected | Reserve
                | NotSelected | Contracted,
                _,
            ) => Err(IllegalMove { from: self, act }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTIONS: [OfferAction; 12] = [
        OfferAction::Edit,
        OfferAction::Submit,
        OfferAction::Withdraw,
        OfferAction::Summon,
        OfferAction::GiveTime,
        OfferAction::Supplement,
        OfferAction::PassFormal,
        OfferAction::RejectFormal,
        OfferAction::Select,
        OfferAction::PutOnReserve,
        OfferAction::PassOver,
        OfferAction::Contract,
    ];

    #[test]
    fn the_whole_table_of_moves() {
        let mut said = Vec::new();
        for state in OfferState::ALL {
            assert_eq!(OfferState::parse(state.code()), Some(state));
            for act in ACTIONS {
                if let Ok(next) = state.after(act) {
                    said.push(format!("{} {act:?} {}", state.code(), next.code()));
                }
            }
        }
        assert_eq!(
            said,
            [
                "draft Edit draft",
                "draft Submit submitted",
                "draft Withdraw withdrawn",
                "submitted Edit submitted",
                "submitted Submit submitted",
                "submitted Withdraw withdrawn",
                "submitted Summon to_supplement",
                "submitted PassFormal formal_ok",
                "submitted RejectFormal rejected",
                "to_supplement GiveTime to_supplement",
                "to_supplement Supplement supplemented",
                "to_supplement PassFormal formal_ok",
                "to_supplement RejectFormal rejected",
                "supplemented PassFormal formal_ok",
                "supplemented RejectFormal rejected",
                "formal_ok Summon to_supplement",
                "formal_ok PassFormal formal_ok",
                "formal_ok RejectFormal rejected",
                "formal_ok Select selected",
                "formal_ok PutOnReserve reserve",
                "formal_ok PassOver not_selected",
                "rejected Summon to_supplement",
                "rejected PassFormal formal_ok",
                "rejected RejectFormal rejected",
                "selected Contract contracted",
            ]
        );
    }

    #[test]
    fn the_offeror_reads_no_verdict_before_the_results() {
        for state in [
            OfferState::FormalOk,
            OfferState::Rejected,
            OfferState::Selected,
            OfferState::Reserve,
            OfferState::NotSelected,
        ] {
            assert_eq!(state.ngo_label(false), "złożona, w ocenie");
            assert_eq!(state.ngo_label(true), state.office_label());
        }
    }
}
