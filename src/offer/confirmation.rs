//! The signed confirmation of a submission, where the announcement asks for one: what was given, and where
//! that leaves the offer.

use serde::{Deserialize, Serialize};

use super::model::{Offer, OfferState};
use super::receipt::{Checked, check_file};
use crate::call::{Call, CallState};
use crate::document::{Signatures, SignedFile};
use crate::law::{Instant, add_working_days, end_of_day_warsaw, last_day, show_until};
use crate::store::{DocumentId, OfferId, OrgId};

/// What stands in a confirmation beside its file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ConfirmationContent {
    /// Everyone who signed, as the organisation says.
    pub signed_by: Vec<String>,
    pub file: SignedFile,
    pub file_name: String,
    pub file_sha256: String,
    /// What did not fit and is to be cleared up, a sentence each.
    pub remarks: Vec<String>,
    /// Whether one of them is that others signed than represent the offerors (R-SIG-01).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signers: bool,
    /// What is only told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<String>,
    /// The electronic signatures as they were read on arrival; nothing for a scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatures: Option<Signatures>,
    /// The receipt inside a file with an electronic signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
    /// The scanner did not answer when the file came: it is scanned as soon as it does, and before anybody opens it.
    #[serde(default, skip_serializing_if = "is_scanned")]
    pub unscanned: bool,
}

fn is_scanned(unscanned: &bool) -> bool {
    !*unscanned
}

/// The receipt that a signed PDF carries inside, if it is one that this system printed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carried {
    Nothing,
    Receipt {
        number: String,
        version: i64,
        sha256: String,
        /// Its own figures fit each other.
        sound: bool,
    },
}

impl Carried {
    /// Looks for a receipt in the bytes of a PDF.
    #[must_use]
    pub fn of(pdf: &[u8]) -> Carried {
        match check_file(pdf) {
            Ok(Checked::Receipt { number, version, sha256, faults, .. }) => {
                Carried::Receipt { number, version, sha256, sound: faults.is_empty() }
            }
            Ok(Checked::Offer { .. }) | Err(_) => Carried::Nothing,
        }
    }
}

/// What the scanner says of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scanned {
    Waiting,
    Clean,
    Infected,
}

/// One signed confirmation. A later one takes its place; none is ever changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confirmation {
    pub offer: OfferId,
    /// The frozen version it confirms.
    pub version_no: i64,
    pub document: DocumentId,
    pub content: ConfirmationContent,
    /// The log keeps it for a file that came unscanned.
    pub scanned: Scanned,
    pub given_at: Instant,
    pub given_by: String,
}

/// The first instant at which a confirmation is late: the end of the last of so many working days after the
/// day of the deadline for offers of `org`, which leads the offer. None when the call asks for no confirmation.
#[must_use]
pub fn confirm_due(call: &Call, org: &OrgId) -> Option<Instant> {
    let wanted = call.content.confirmation?;
    Some(end_of_day_warsaw(add_working_days(last_day(call.deadline_for(org)?), wanted.days)))
}

/// Whether a confirmation would still change anything: the offer takes part, and the contest is not over.
#[must_use]
pub fn wants_confirmation(offer: &Offer, call: &Call) -> bool {
    let judged = [OfferState::Submitted, OfferState::ToSupplement, OfferState::Supplemented, OfferState::FormalOk];
    judged.contains(&offer.state) && matches!(call.state, CallState::Announced | CallState::Review)
}

/// `końca dnia 21.12.2026`: until when the confirmation is wanted, after "do".
#[must_use]
pub fn confirm_by(call: &Call, org: &OrgId) -> Option<String> {
    confirm_due(call, org).map(show_until)
}

/// What is to be cleared up about a confirmation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// Who signed: others than represent the offerors, or not enough of them.
    Signers,
    /// Something else: a file changed after signing, a certificate that had expired, the receipt of another version,
    /// malware in the file.
    Other,
}

/// Where an offer stands with its confirmation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConfirmationState {
    Waiting,
    /// The time has passed and nothing was given.
    Missing,
    Given,
    GivenLate,
    /// Given, but there are remarks on the last paper: another one is wanted.
    Unclear(Doubt),
    UnclearLate(Doubt),
    /// Given for a version that was replaced since.
    Outdated,
}

impl ConfirmationState {
    /// `in_force` is the number of the version in force, `given` what was given, newest first. The newest paper
    /// says whether everything fits; it is in time when one that says the same was.
    #[must_use]
    pub fn of(due: Instant, in_force: i64, given: &[Confirmation], now: Instant) -> ConfirmationState {
        let infected = |c: &Confirmation| c.scanned == Scanned::Infected;
        let clean = |c: &Confirmation| c.content.remarks.is_empty() && !infected(c);
        let in_time =
            |as_it: bool| given.iter().any(|c| c.version_no == in_force && clean(c) == as_it && c.given_at < due);
        let doubt = |c: &Confirmation| match (clean(c), c.content.signers && !infected(c)) {
            (true, _) => None,
            (false, true) => Some(Doubt::Signers),
            (false, false) => Some(Doubt::Other),
        };
        match given.iter().find(|c| c.version_no == in_force).map(doubt) {
            Some(None) if in_time(true) => ConfirmationState::Given,
            Some(None) => ConfirmationState::GivenLate,
            Some(Some(doubt)) if in_time(false) => ConfirmationState::Unclear(doubt),
            Some(Some(doubt)) => ConfirmationState::UnclearLate(doubt),
            None if !given.is_empty() && now < due => ConfirmationState::Outdated,
            None if now < due => ConfirmationState::Waiting,
            None => ConfirmationState::Missing,
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            ConfirmationState::Waiting => "czeka na dołączenie",
            ConfirmationState::Missing => "nie dołączono w terminie",
            ConfirmationState::Given => "dołączono",
            ConfirmationState::GivenLate => "dołączono po terminie",
            ConfirmationState::Unclear(_) => "dołączono, do wyjaśnienia",
            ConfirmationState::UnclearLate(_) => "dołączono po terminie, do wyjaśnienia",
            ConfirmationState::Outdated => "dotyczy poprzedniej wersji",
        }
    }

    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            ConfirmationState::Given => "ok",
            ConfirmationState::Waiting
            | ConfirmationState::Outdated
            | ConfirmationState::GivenLate
            | ConfirmationState::Unclear(_)
            | ConfirmationState::UnclearLate(_) => "warn",
            ConfirmationState::Missing => "error",
        }
    }

    /// What is to be cleared up about what was given.
    #[must_use]
    pub fn doubt(self) -> Option<Doubt> {
        match self {
            ConfirmationState::Unclear(doubt) | ConfirmationState::UnclearLate(doubt) => Some(doubt),
            ConfirmationState::Waiting
            | ConfirmationState::Missing
            | ConfirmationState::Outdated
            | ConfirmationState::Given
            | ConfirmationState::GivenLate => None,
        }
    }

    /// Whether the organisation still has to give it, or another one.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            ConfirmationState::Waiting | ConfirmationState::Missing | ConfirmationState::Outdated => true,
            ConfirmationState::Unclear(_) | ConfirmationState::UnclearLate(_) => true,
            ConfirmationState::Given | ConfirmationState::GivenLate => false,
        }
    }
}
