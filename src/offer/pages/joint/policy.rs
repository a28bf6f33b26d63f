//! Who fills which part, who removes, who says yes or no for a partner.

use crate::account::Actor;
use crate::call::{self, Call};
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::joint::link_hash;
use crate::offer::model::{Offer, Partner, Party};
use crate::offer::pages::policy::{CLOSED, Case};
use crate::offer::store::{self, partners};
use crate::store::{OrgId, PartnerId, Read};
use crate::web::{Decision, PathIds, Policy};

/// The part of one offeror.
pub struct PartCase {
    pub case: Case,
    pub org: OrgId,
}

/// The lead fills every part, a partner its own.
pub struct FillPart;

impl Policy for FillPart {
    const NAME: &'static str = "offer.part";
    type Object = PartCase;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<PartCase, AppError> {
        let case = Case::own(r, who, path)?;
        let org = path.id("org", OrgId::parse)?;
        let joint = case.offer.working().joint.as_ref();
        if joint.and_then(|joint| joint.share(&org)).is_none() {
            return Err(AppError::NotFound);
        }
        Ok(PartCase { case, org })
    }

    fn decide(who: &Actor, part: &PartCase, now: Instant) -> Decision {
        if !part.case.leads(who) && who.member_of(&part.org).is_none() {
            return Decision::no(
                "Tę część wypełnia oferent, którego ona dotyczy, albo organizacja, która prowadzi ofertę.",
            );
        }
        Decision::when(part.case.may_edit(now), CLOSED)
    }
}

/// One partner of an offer.
pub struct PartnerCase {
    pub case: Case,
    pub party: Party,
}

impl PartnerCase {
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<PartnerCase, AppError> {
        let case = Case::own(r, who, path)?;
        let id = path.id("partner", PartnerId::parse)?;
        let found = case.parties.iter().find(|p| p.partner.id == id && p.is_listed());
        let party = found.cloned().ok_or(AppError::NotFound)?;
        Ok(PartnerCase { case, party })
    }
}

/// The lead decides about a partner: asks again, removes.
pub struct LeadPartner;

impl Policy for LeadPartner {
    const NAME: &'static str = "offer.partner.lead";
    type Object = PartnerCase;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, now: Instant) -> Result<PartnerCase, AppError> {
        PartnerCase::load(r, who, path, now)
    }

    fn decide(who: &Actor, it: &PartnerCase, now: Instant) -> Decision {
        match it.case.led_by(who) {
            Decision::Yes => Decision::when(it.case.may_edit(now), CLOSED),
            no @ Decision::No(_) => no,
        }
    }
}

/// A member of a partner looks at what the partner is asked; whether they may sign is decided by the deed.
pub struct OwnWord;

impl Policy for OwnWord {
    const NAME: &'static str = "offer.partner.word";
    type Object = PartnerCase;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, now: Instant) -> Result<PartnerCase, AppError> {
        let it = PartnerCase::load(r, who, path, now)?;
        let own =
            it.party.takes_part() && it.party.partner.org.as_ref().is_some_and(|org| who.member_of(org).is_some());
        if own { Ok(it) } else { Err(AppError::NotFound) }
    }

    fn decide(_: &Actor, it: &PartnerCase, now: Instant) -> Decision {
        Decision::when(it.case.may_edit(now), CLOSED)
    }
}

/// What stands behind the link of an invitation.
pub struct Link {
    pub partner: Partner,
    pub offer: Offer,
    pub call: Call,
}

/// Whoever holds the link.
pub struct LinkHolder;

impl Policy for LinkHolder {
    const NAME: &'static str = "offer.partner.link";
    const PUBLIC: bool = true;
    type Object = Link;

    fn load(r: &mut Read<'_>, _: &Actor, path: &PathIds, _: Instant) -> Result<Link, AppError> {
        let partner = partners::by_token(r, &link_hash(path.text("token")?))?;
        let offer = store::find(r, &partner.offer)?;
        let call = call::store::find(r, &offer.call)?;
        Ok(Link { partner, offer, call })
    }

    fn decide(_: &Actor, _: &Link, _: Instant) -> Decision {
        Decision::Yes
    }
}
