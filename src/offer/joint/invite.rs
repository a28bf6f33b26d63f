//! The lead asks another organisation to offer together: one that is in the system by its number, anybody
//! else by an e-mail with a link.

use super::letters::{Letter, people};
use super::{parties, still_draft};
use crate::account::{self, Actor, Organisation};
use crate::call::{self, Call};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, Krs, Nip, show_instant};
use crate::offer::advance::{Line, log, member};
use crate::offer::model::{Offer, OfferAction, OfferContent, Partner, PartnerState, Share};
use crate::offer::save::{Said, keep};
use crate::offer::store::{self, partners};
use crate::offer::{joint::claim::VALID, rules};
use crate::store::{self as db, OfferId, OrgId, PartnerId, Read, Tx, digest};

/// Invitations of one offer, those to partners who were removed again too: each is a letter to somebody.
const INVITED: usize = 30;

/// Most partners of one offer, removed ones not counted.
pub const MOST: usize = 9;

/// Whom the lead asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whom {
    Nip(Nip),
    Krs(Krs),
    Email(String),
}

/// How the token of a link is looked up.
#[must_use]
pub fn link_hash(token: &str) -> String {
    digest(&format!("partner:{token}"))
}

fn invalid<T>(field: &str, why: impl Into<String>) -> Result<T, AppError> {
    Err(AppError::Invalid(FieldErrors::of(field, why)))
}

/// Asks a partner; its people see the draft from now on. `seen` is the version the writer looked at.
///
/// # Errors
/// `Invalid` at `nip`, `krs` or `email`; `Refused` when the offer was submitted or the deadline has passed;
/// `Stale` when somebody saved meanwhile; `NotFound` for a stranger.
pub fn invite_partner(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    seen: i64,
    whom: Whom,
    base_url: &str,
    now: Instant,
) -> Result<PartnerId, AppError> {
    let offer = store::find(tx, id)?;
    member(by, &offer)?;
    offer.state.after(OfferAction::Edit)?;
    still_draft(&offer)?;
    let call = call::store::find(tx, &offer.call)?;
    rules::deadline(&call, &offer.org, now).map_err(AppError::refused)?;
    if offer.version != seen || offer.content.joint.is_none() {
        return Err(AppError::Stale);
    }
    let there = parties(tx, &offer)?;
    if there.iter().filter(|p| p.is_listed()).count() >= MOST {
        return invalid("nip", format!("Oferta ma już {MOST} partnerów i więcej mieć nie może."));
    }
    if there.len() >= INVITED {
        return invalid("nip", format!("Do tej oferty wysłano już {INVITED} zaproszeń i więcej wysłać nie można."));
    }
    match found(tx, &whom, call.content.test)? {
        Some(org) => {
            let field = if matches!(whom, Whom::Krs(_)) { "krs" } else { "nip" };
            if org == offer.org {
                return invalid(field, "To numer Twojej organizacji. Podaj numer partnera.");
            }
            if there.iter().any(|p| p.is_listed() && p.partner.org.as_ref() == Some(&org)) {
                return invalid(field, "Ta organizacja jest już wśród partnerów tej oferty.");
            }
            ask_known(tx, by, offer, &call, &org, base_url, now)
        }
        None => {
            let Whom::Email(email) = whom else { return Err(AppError::NotFound) };
            ask_by_link(tx, by, &offer, &call, email, base_url, now)
        }
    }
}

/// An organisation that is in the system: its people see the draft at once.
fn ask_known(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: Offer,
    call: &Call,
    org: &OrgId,
    base_url: &str,
    now: Instant,
) -> Result<PartnerId, AppError> {
    let org = account::store::organisation(tx, org)?;
    to_members(tx, Letter::about(&offer, call, by), &org, base_url, &offer, now)?;
    let partner = asked(by, &offer, Some(org.id.clone()), String::new(), now);
    partners::insert(tx, &partner, "")?;
    enter(tx, by, offer, &org, format!("Zaproszono partnera: {}", org.name), now)?;
    Ok(partner.id)
}

/// Whoever has the link may join.
fn ask_by_link(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &Offer,
    call: &Call,
    email: String,
    base_url: &str,
    now: Instant,
) -> Result<PartnerId, AppError> {
    let token = db::token()?;
    let partner = asked(by, offer, None, email, now);
    partners::insert(tx, &partner, &link_hash(&token))?;
    by_link(tx, Letter::about(offer, call, by), (&partner.email, &token), base_url, offer, now)?;
    let detail = format!("Wysłano zaproszenie do oferty wspólnej na adres {}", partner.email);
    log(tx, by, offer, Line { deed: "offer.partner.invite", detail, ..Line::default() }, now);
    Ok(partner.id)
}

/// The letter to who may sign for an organisation that is in the system.
pub(super) fn to_members(
    tx: &mut Tx<'_>,
    letter: Letter<'_>,
    org: &Organisation,
    base_url: &str,
    offer: &Offer,
    now: Instant,
) -> Result<(), AppError> {
    let to = people(tx, &org.id, false)?;
    let link = link(base_url, &format!("/oferty/{}", offer.id));
    Letter { partner: &org.name, link, ..letter }.send(tx, &to, "offer_partner_invited", offer, now)
}

/// The letter with a link that works for a while.
pub(super) fn by_link(
    tx: &mut Tx<'_>,
    letter: Letter<'_>,
    (email, token): (&String, &str),
    base_url: &str,
    offer: &Offer,
    now: Instant,
) -> Result<(), AppError> {
    let link = link(base_url, &format!("/oferty/zaproszenie/{token}"));
    let letter = Letter { link, until: show_instant(now + VALID), ..letter };
    letter.send(tx, std::slice::from_ref(email), "offer_partner_link", offer, now)
}

fn link(base_url: &str, path: &str) -> String {
    format!("{}{path}", base_url.trim_end_matches('/'))
}

/// The organisation that is meant; nothing for an e-mail. In a rehearsal there are only sample organisations, in
/// a real contest there are none.
fn found(r: &mut Read<'_>, whom: &Whom, test: bool) -> Result<Option<OrgId>, AppError> {
    let unknown = "nie ma jeszcze konta w tym systemie. Zaproś ją e-mailem: najpierw się zarejestruje.";
    match whom {
        Whom::Email(_) => Ok(None),
        Whom::Nip(nip) => match partners::org_with_nip(r, nip.as_str(), test)? {
            Some(org) => Ok(Some(org)),
            None => invalid("nip", format!("Organizacja z numerem NIP {nip} {unknown}")),
        },
        Whom::Krs(krs) => match partners::orgs_with_krs(r, krs.as_str(), test)?.as_slice() {
            [org] => Ok(Some(org.clone())),
            [] => invalid("krs", format!("Organizacja z numerem KRS {krs} {unknown}")),
            _ => invalid("krs", format!("Numer KRS {krs} podało kilka organizacji. Podaj numer NIP partnera.")),
        },
    }
}

fn asked(by: &Actor, offer: &Offer, org: Option<OrgId>, email: String, now: Instant) -> Partner {
    Partner {
        id: PartnerId::new(),
        offer: offer.id.clone(),
        org,
        email,
        state: PartnerState::Invited,
        version: 0,
        invited_at: now,
        invited_by: by.log_name().to_owned(),
        answered_at: None,
        answered_by: String::new(),
        reason: String::new(),
        confirmation: None,
    }
}

/// Gives an organisation its empty part.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: Offer,
    org: &Organisation,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    let mut content: OfferContent = offer.content.clone();
    if let Some(joint) = &mut content.joint
        && joint.share(&org.id).is_none()
    {
        joint.shares.push(Share::of(org));
    }
    let seen = offer.version;
    keep(tx, by, offer, seen, content, Said::with("offer.partner.invite", detail), now)?;
    Ok(())
}
