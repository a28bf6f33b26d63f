//! Whoever represents the organisation submits the offer. Submitting twice, by anyone, gives one receipt.
//! Every submission, also one that replaces an earlier one, goes through [`file`].

use serde::Serialize;

use super::advance::{Line, log, signatory};
use super::attachment::Attachment;
use super::edition::editions_of;
use super::filing::Filing;
use super::model::{Declarations, FrozenOffer, Offer, OfferState, OfferVersion};
use super::{applying, confirm_by, joint, store};
use crate::account::{self, Actor, Organisation};
use crate::audit::{self, Deed};
use crate::call::Call;
use crate::error::AppError;
use crate::law::{Instant, show_instant_seconds, show_until};
use crate::mail;
use crate::store::{OfferId, Read, Tx, digest};

/// The proof that a version of an offer arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    pub offer: OfferId,
    pub number: String,
    /// Number of the frozen version.
    pub no: i64,
    pub arrived: Instant,
    pub sha256: String,
}

impl Receipt {
    /// Of one frozen version of an offer; none before the offer has a number.
    #[must_use]
    pub fn of(offer: &Offer, version: &OfferVersion) -> Option<Receipt> {
        offer.number.clone().map(|number| Receipt {
            offer: offer.id.clone(),
            number,
            no: version.no,
            arrived: version.arrived_at,
            sha256: version.sha256.clone(),
        })
    }
}

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    call_number: &'a str,
    call_title: &'a str,
    title: &'a str,
    number: &'a str,
    version: i64,
    grant: String,
    arrived: String,
    sha256: &'a str,
    deadline: String,
    /// Until when the signed confirmation is wanted; empty when none is.
    confirm_by: String,
    by: &'a str,
}

/// Freezes a draft as it stands and registers it under the next number of the call; of a submitted offer
/// the receipt is given again, and pending changes stay pending.
///
/// # Errors
/// `Refused` with R-OFF-TERM after the deadline and with every blocking finding; `Invalid` for
/// declarations that are missing; `Forbidden` for who may not sign; `NotFound` for a stranger.
pub fn submit(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    declared: Declarations,
    arrived: Instant,
) -> Result<Receipt, AppError> {
    let found = store::find_sealed(tx, id)?;
    submit_found(tx, by, found, Handed { declared, rest: "" }, arrived)
}

/// [`submit`] of an offer that was read in this transaction, with the digest of what is worked on.
pub(super) fn submit_found(
    tx: &mut Tx<'_>,
    by: &Actor,
    found: (Offer, String),
    handed: Handed<'_>,
    arrived: Instant,
) -> Result<Receipt, AppError> {
    signatory(by, &found.0)?;
    match receipt(tx, &found.0)? {
        Some(receipt) => Ok(receipt),
        None => file(tx, by, found, handed, arrived),
    }
}

/// What the signatory says, and what stood beside the offer on the page.
pub(super) struct Handed<'a> {
    pub declared: Declarations,
    /// The [`rest_digest`] of what the page showed; empty where no page was shown.
    pub rest: &'a str,
}

/// The digest of what is frozen beside the text of an offer: who the offeror is, and the files.
#[must_use]
pub fn rest_digest(org: &Organisation, files: &[Attachment]) -> String {
    let mut text = format!("{}:{}", org.id, org.version);
    for file in files {
        text.push_str(&format!("\n{}:{}:{}", file.key, file.name, file.sha256));
    }
    digest(&text)
}

/// Keeps that somebody submitted what was submitted already, and got its receipt.
pub(super) fn given_again(tx: &mut Tx<'_>, by: &Actor, receipt: &Receipt, now: Instant) {
    let deed = Deed {
        actor: by.log_name(),
        deed: "offer.submit",
        object_kind: "again",
        object_id: receipt.offer.as_str(),
        before: String::new(),
        after: String::new(),
        detail: format!("Oferta {} była już złożona: pokazano potwierdzenie wersji {}", receipt.number, receipt.no),
    };
    audit::append(tx, deed, now);
}

/// Freezes what the offeror's own people see and puts it in force.
pub(super) fn file(
    tx: &mut Tx<'_>,
    by: &Actor,
    found: store::Sealed,
    handed: Handed<'_>,
    arrived: Instant,
) -> Result<Receipt, AppError> {
    Filing::work_out(tx, found, handed, arrived)?.put(tx, by, arrived)
}

/// The receipt of the version in force; none for a draft or a withdrawn offer.
///
/// # Errors
/// Those of the database.
pub fn receipt(r: &mut Read<'_>, offer: &Offer) -> Result<Option<Receipt>, AppError> {
    Ok(in_force(r, offer)?.map(|(receipt, _)| receipt))
}

/// The same with the version itself.
///
/// # Errors
/// Those of the database.
pub fn in_force(r: &mut Read<'_>, offer: &Offer) -> Result<Option<(Receipt, OfferVersion)>, AppError> {
    if offer.frozen_no == 0 || offer.state == OfferState::Withdrawn {
        return Ok(None);
    }
    let version = store::version(r, &offer.id, offer.frozen_no)?;
    Ok(Receipt::of(offer, &version).map(|receipt| (receipt, version)))
}

/// The receipt of version `no`, also of one that was replaced.
///
/// # Errors
/// `NotFound` when there is no such version.
pub fn receipt_of_version(r: &mut Read<'_>, offer: &Offer, no: i64) -> Result<Receipt, AppError> {
    Receipt::of(offer, &store::version(r, &offer.id, no)?).ok_or(AppError::NotFound)
}

/// What would be frozen now: the offer as its own people see it, with the organisation as it stands.
#[must_use]
pub fn freeze_now(offer: &Offer, call: &Call, org: &Organisation, declarations: Declarations) -> FrozenOffer {
    FrozenOffer {
        call_number: call.number().to_owned(),
        call_terms: call.terms_hash.clone().unwrap_or_default(),
        call_title: call.content.title.clone(),
        task_kind: call.content.elements.task.clone(),
        editions: editions_of(offer.working(), &call.content),
        organisation_name: org.name.clone(),
        krs: org.krs.as_ref().map(|k| k.as_str().to_owned()),
        nip: org.nip.as_str().to_owned(),
        regon: org.regon.as_ref().map(|k| k.as_str().to_owned()),
        organisation: org.content.for_offer(),
        offer: applying(offer.working(), call.content.applies()).into_owned(),
        declarations,
        attachments: Vec::new(),
        partners: Vec::new(),
    }
}

pub(super) fn record(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &Offer,
    (before, after): (String, String),
    call: &Call,
    receipt: &Receipt,
) -> Result<(), AppError> {
    let again = receipt.no > 1;
    let (deed, what) = if again {
        ("offer.replace", format!("Złożono zmienioną ofertę {}, wersja {}", receipt.number, receipt.no))
    } else {
        ("offer.submit", format!("Złożono ofertę {}", receipt.number))
    };
    let detail = format!("{what}, suma kontrolna {}", receipt.sha256);
    log(tx, by, offer, Line { deed, before, after, detail }, receipt.arrived);
    let letter = Letter {
        org: &offer.offeror_names(),
        call_number: call.number(),
        call_title: &call.content.title,
        title: &offer.content.title,
        number: &receipt.number,
        version: receipt.no,
        grant: offer.grant.to_string(),
        arrived: show_instant_seconds(receipt.arrived),
        sha256: &receipt.sha256,
        deadline: call.deadline_for(&offer.org).map(show_until).unwrap_or_default(),
        confirm_by: confirm_by(call, &offer.org).unwrap_or_default(),
        by: by.person.as_ref().map_or("", |p| p.name.as_str()),
    };
    let kind = if again { "offer_replaced" } else { "offer_receipt" };
    let to = addresses(tx, by, offer)?;
    let about = mail::About { id: offer.id.as_str(), trial: Some(call.content.test) };
    mail::put_each(tx, &to, kind, about, &letter, receipt.arrived)
}

/// Everyone who may sign for an offeror, and who acts now; each once.
pub(super) fn addresses(r: &mut Read<'_>, by: &Actor, offer: &Offer) -> Result<Vec<String>, AppError> {
    let members = account::store::members(r, &offer.org)?;
    let mut out: Vec<String> =
        members.into_iter().filter(|(p, role)| role.signs() && p.active).map(|(p, _)| p.email).collect();
    for org in joint::parties(r, offer)?.iter().filter(|p| p.takes_part()).filter_map(|p| p.org.as_ref()) {
        let members = account::store::members(r, &org.id)?;
        out.extend(members.into_iter().filter(|(p, role)| role.signs() && p.active).map(|(p, _)| p.email));
    }
    let mut told = std::collections::BTreeSet::new();
    out.retain(|email| told.insert(email.clone()));
    if let Some(person) = &by.person
        && !out.contains(&person.email)
    {
        out.push(person.email.clone());
    }
    Ok(out)
}
