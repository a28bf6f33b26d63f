//! Who may come to which page, and what they bring.

use crate::account::{self, Actor, Organisation};
use crate::call::{self, Call};
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::offer::model::{FrozenOffer, Offer, OfferState, Party};
use crate::offer::{Attachment, joint, rules, store};
use crate::store::{CallId, OfferId, Read};
use crate::web::{Decision, PathIds, Policy};

pub(super) const CLOSED: &str = "Tej oferty nie można już zmieniać: termin składania ofert minął albo ofertę wycofano.";

/// An offer with what its pages need.
#[derive(Clone)]
pub struct Case {
    pub offer: Offer,
    pub call: Call,
    pub org: Organisation,
    pub files: Vec<Attachment>,
    /// Partners of a joint offer, also those who declined or were removed.
    pub parties: Vec<Party>,
}

impl Case {
    /// Everything that is checked before the offer is frozen.
    pub fn findings(&self) -> Vec<Finding> {
        let mut out = rules::check(self.offer.working(), &self.org, &self.call.content);
        out.extend(rules::attached(&self.files, &self.call.content));
        out.extend(rules::joint(&self.offer, &self.parties, &self.call.content, &self.digest()));
        out
    }

    /// What would be frozen now, with every offeror and file.
    pub fn whole(&self) -> FrozenOffer {
        joint::freeze_whole(&self.offer, &self.call, &self.org, &self.files, &self.parties)
    }

    /// The digest that partners confirm; empty for an offer of one organisation.
    pub fn digest(&self) -> String {
        if self.offer.is_joint() { joint::asked_digest(&self.whole()).unwrap_or_default() } else { String::new() }
    }

    /// Whether `who` belongs to the organisation that leads the offer.
    pub fn leads(&self, who: &Actor) -> bool {
        who.member_of(&self.offer.org).is_some()
    }

    /// The partner that `who` belongs to and that takes part.
    pub fn partner_of(&self, who: &Actor) -> Option<&Party> {
        let own = |p: &&Party| p.takes_part() && p.partner.org.as_ref().is_some_and(|org| who.member_of(org).is_some());
        self.parties.iter().find(own)
    }

    /// Whether `who` belongs to one of the offerors.
    pub fn is_own(&self, who: &Actor) -> bool {
        self.leads(who) || self.partner_of(who).is_some()
    }

    /// The lead decides about the whole; a partner is told so.
    pub fn led_by(&self, who: &Actor) -> Decision {
        if self.leads(who) {
            return Decision::Yes;
        }
        Decision::No(format!(
            "Ofertę wspólną prowadzi {}: tylko ta organizacja zmienia i składa całość. Swoją część wypełnisz, \
             a całość potwierdzisz, na stronie oferty.",
            self.offer.org_name
        ))
    }

    /// Whether the call takes offers of the organisation that leads this one.
    pub fn is_open(&self, now: Instant) -> bool {
        self.call.is_open_for(&self.offer.org, now)
    }

    /// Whether the parts of the form may be changed.
    pub fn may_edit(&self, now: Instant) -> bool {
        may_edit(self.offer.state, self.is_open(now))
    }

    /// Whether there is something that could be submitted: a draft, or changes of a submitted offer.
    pub fn may_file(&self, now: Instant) -> bool {
        self.may_edit(now) && (self.offer.state == OfferState::Draft || self.offer.draft.is_some())
    }

    pub(super) fn own(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<Case, AppError> {
        let case = Case::seen(r, who, path)?;
        if case.is_own(who) { Ok(case) } else { Err(AppError::NotFound) }
    }

    fn seen(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<Case, AppError> {
        let id = path.id("offer", OfferId::parse)?;
        let (offer, call) = store::visible_with_call(r, who, &id)?;
        let org = account::store::organisation(r, &offer.org)?;
        let files = store::attachments(r, &offer.id)?;
        let parties = joint::parties(r, &offer)?;
        Ok(Case { offer, call, org, files, parties })
    }
}

pub(super) fn may_edit(state: OfferState, open: bool) -> bool {
    match state {
        OfferState::Draft => true,
        OfferState::Submitted => open,
        OfferState::Withdrawn
        | OfferState::ToSupplement
        | OfferState::Supplemented
        | OfferState::FormalOk
        | OfferState::Rejected
        | OfferState::Selected
        | OfferState::Reserve
        | OfferState::NotSelected
        | OfferState::Contracted => false,
    }
}

/// A member of an offeror looks at the offer.
pub struct OwnOffer;

impl Policy for OwnOffer {
    const NAME: &'static str = "offer.own";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::own(r, who, path)
    }

    fn decide(_: &Actor, _: &Case, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// A member of the organisation that leads the offer looks at what is only for it.
pub struct LeadOffer;

impl Policy for LeadOffer {
    const NAME: &'static str = "offer.lead";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::own(r, who, path)
    }

    fn decide(who: &Actor, case: &Case, _: Instant) -> Decision {
        case.led_by(who)
    }
}

/// A member edits a draft, or a submitted offer until the deadline.
pub struct EditOffer;

impl Policy for EditOffer {
    const NAME: &'static str = "offer.edit";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::own(r, who, path)
    }

    fn decide(who: &Actor, case: &Case, now: Instant) -> Decision {
        let lead = case.led_by(who);
        if lead.is_yes() { Decision::when(case.may_edit(now), CLOSED) } else { lead }
    }
}

/// Whoever represents the organisation submits or withdraws.
pub struct SignOffer;

impl Policy for SignOffer {
    const NAME: &'static str = "offer.sign";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::own(r, who, path)
    }

    fn decide(who: &Actor, case: &Case, _: Instant) -> Decision {
        let lead = case.led_by(who);
        if !lead.is_yes() {
            return lead;
        }
        Decision::when(
            who.member_of(&case.offer.org).is_some_and(|m| m.role.signs()),
            "Ofertę składa i wycofuje osoba reprezentująca organizację albo właściciel konta. Poproś o to jedną z tych osób.",
        )
    }
}

/// Anyone checks a receipt.
pub struct CheckReceipt;

impl Policy for CheckReceipt {
    const NAME: &'static str = "offer.check-receipt";
    const PUBLIC: bool = true;
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(_: &Actor, (): &(), _: Instant) -> Decision {
        Decision::Yes
    }
}

/// A list of one's own.
pub struct MyOffers;

impl Policy for MyOffers {
    const NAME: &'static str = "offer.list";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(_: &Actor, (): &(), _: Instant) -> Decision {
        Decision::Yes
    }
}

/// A member of any organisation starts an offer in a public call.
pub struct StartOffer;

impl Policy for StartOffer {
    const NAME: &'static str = "offer.start";
    type Object = Call;

    fn load(r: &mut Read<'_>, _: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        call::store::find_public(r, &path.id("call", CallId::parse)?)
    }

    fn decide(who: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::when(
            who.real_memberships().next().is_some(),
            "Ofertę składa organizacja, a Twoje konto do żadnej nie należy. Zarejestruj organizację albo poproś właściciela jej konta o zaproszenie (strona „Organizacja”, „Osoby i zaproszenia”).",
        )
    }
}

/// The staff of the office looks at the offers of a call.
pub struct OfficeOffers;

impl Policy for OfficeOffers {
    const NAME: &'static str = "offer.office-list";
    type Object = Call;

    fn load(r: &mut Read<'_>, _: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        call::store::find(r, &path.id("call", CallId::parse)?)
    }

    fn decide(who: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::when(who.reads_cases(), "Ta strona jest dla pracowników urzędu.")
    }
}

/// A member, or the staff once the offers are opened, takes the printed form.
pub struct ReadOffer;

impl Policy for ReadOffer {
    const NAME: &'static str = "offer.read";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::seen(r, who, path)
    }

    fn decide(_: &Actor, _: &Case, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// The staff of the office reads one opened offer.
pub struct OfficeOffer;

impl Policy for OfficeOffer {
    const NAME: &'static str = "offer.office-read";
    type Object = Case;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Case, AppError> {
        Case::seen(r, who, path)
    }

    fn decide(who: &Actor, _: &Case, _: Instant) -> Decision {
        Decision::when(who.reads_cases(), "Ta strona jest dla pracowników urzędu.")
    }
}
