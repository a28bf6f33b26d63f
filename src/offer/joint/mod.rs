//! An offer of several organisations (UDPP art. 14 ust. 2–5). Whoever started it leads it: edits the whole,
//! asks the others, submits. A partner fills its own part ([`save_part_in`]) and confirms the whole with its
//! own signatory ([`confirm_part`]): who, when, and the SHA-256 of what would be frozen. Any later change of
//! that, also of what an organisation says of itself, makes the word stale. A submission needs the word of
//! every partner for exactly its content. The offerors stay the same once the offer was submitted.

mod claim;
mod confirm;
mod declare;
mod decline;
mod invite;
mod invite_again;
mod letters;
mod part;
mod remove;

pub use claim::{claim, open as open_link};
pub use confirm::confirm_part;
pub use declare::{make_joint, make_single};
pub use decline::decline;
pub use invite::{MOST as MOST_PARTNERS, Whom, invite_partner, link_hash};
pub use invite_again::{invite_again, next_letter, readdress};
pub use part::{part_digest, save_part_in};
pub use remove::remove_partner;

use super::attachment::{Attachment, AttachmentState, FrozenAttachment};
use super::model::{Declarations, FrozenOffer, FrozenPartner, Offer, OfferState, Party};
use super::store::partners;
use super::submit::freeze_now;
use super::wording;
use crate::account::{self, Actor, Membership, Organisation};
use crate::call::{Call, CallContent};
use crate::error::AppError;
use crate::law::Finding;
use crate::store::{OrgId, Read, digest, to_json};

/// The partners of an offer, also those who declined or were removed, in the order of asking; none for an
/// offer of one organisation.
///
/// # Errors
/// Those of the database.
pub fn parties(r: &mut Read<'_>, offer: &Offer) -> Result<Vec<Party>, AppError> {
    if !offer.is_joint() {
        return Ok(Vec::new());
    }
    let all = partners::of_offer(r, &offer.id)?;
    let ids: Vec<OrgId> = all.iter().filter_map(|p| p.org.clone()).collect();
    let orgs = account::store::organisations(r, &ids)?;
    let of = |id: &OrgId| orgs.iter().find(|org| &org.id == id).cloned();
    Ok(all.into_iter().map(|partner| Party { org: partner.org.as_ref().and_then(of), partner }).collect())
}

/// The files that are frozen with an offer: those that wait for the scanner or were refused by it are not.
pub fn frozen_files(files: &[Attachment]) -> impl Iterator<Item = &Attachment> {
    files.iter().filter(|a| a.state == AttachmentState::Accepted && a.removed_at.is_none())
}

/// What would be frozen now, with every offeror and file: what a partner is asked to confirm.
#[must_use]
pub fn freeze_whole(
    offer: &Offer,
    call: &Call,
    org: &Organisation,
    files: &[Attachment],
    parties: &[Party],
) -> FrozenOffer {
    FrozenOffer {
        attachments: frozen_files(files).map(FrozenAttachment::from).collect(),
        partners: parties.iter().filter_map(Party::frozen).map(|p| worded(p, &call.content)).collect(),
        ..freeze_now(offer, call, org, Declarations::default())
    }
}

/// A word of before its sentences were kept; it stands only for this announcement, whose hash is in its digest.
fn worded(mut partner: FrozenPartner, terms: &CallContent) -> FrozenPartner {
    if partner.confirmation.as_ref().is_some_and(|word| word.declarations.said.is_empty()) {
        wording::complete_word(&mut partner, terms);
    }
    partner
}

/// The digest that a partner confirms: of everything that would be frozen, without anybody's declarations.
///
/// # Errors
/// `Internal` for a value JSON cannot hold.
pub fn asked_digest(whole: &FrozenOffer) -> Result<String, AppError> {
    // `call_terms` stands for what the announcement says.
    let mut bare = FrozenOffer {
        declarations: Declarations::default(),
        call_title: String::new(),
        task_kind: String::new(),
        editions: Vec::new(),
        ..whole.clone()
    };
    for partner in &mut bare.partners {
        partner.confirmation = None;
    }
    Ok(digest(&to_json(&bare)?))
}

/// The membership through which somebody acts for an organisation of this offer.
fn member_of<'a>(by: &'a Actor, org: Option<&OrgId>) -> Result<&'a Membership, AppError> {
    org.and_then(|org| by.member_of(org)).ok_or(AppError::NotFound)
}

/// Only who represents a partner says yes or no for it.
fn signs_for(by: &Actor, org: Option<&OrgId>) -> Result<(), AppError> {
    if member_of(by, org)?.role.signs() {
        return Ok(());
    }
    Err(AppError::forbidden(
        "Udział w ofercie potwierdza osoba reprezentująca organizację albo właściciel konta. Poproś o to jedną z tych osób.",
    ))
}

/// Offerors come and go only before the first submission (R-OFF-16).
fn still_draft(offer: &Offer) -> Result<(), AppError> {
    if offer.state == OfferState::Draft {
        return Ok(());
    }
    Err(AppError::refused(
        Finding::block("R-OFF-16")
            .at("partnerzy")
            .found("Oferta została już złożona.")
            .limit("Po złożeniu skład oferentów się nie zmienia; zmienić można treść oferty.")
            .hint("Żeby zmienić skład, wycofaj ofertę przed terminem i złóż nową."),
    ))
}
