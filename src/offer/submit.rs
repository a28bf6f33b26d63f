//! Whoever represents the organisation submits the offer. Submitting twice, by anyone, gives one receipt.

use serde::Serialize;

use super::advance::{Line, log, signatory};
use super::model::{Declarations, FrozenOffer, Offer, OfferAction, OfferState};
use super::{rules, store};
use crate::account::{self, Actor, Organisation};
use crate::call::{self, Call};
use crate::error::AppError;
use crate::law::{Instant, blocks, show_instant_seconds};
use crate::mail;
use crate::store::{OfferId, Read, Tx, counters};

/// The proof that an offer arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    pub offer: OfferId,
    pub number: String,
    pub arrived: Instant,
    pub sha256: String,
}

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    call_number: &'a str,
    call_title: &'a str,
    title: &'a str,
    number: &'a str,
    grant: String,
    arrived: String,
    sha256: &'a str,
    deadline: String,
    by: &'a str,
}

/// Freezes the offer as it stands and registers it under the next number of the call.
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
    let offer = store::find(tx, id)?;
    signatory(by, &offer)?;
    if let Some(receipt) = receipt(tx, &offer)? {
        return Ok(receipt);
    }
    let call = call::store::find(tx, &offer.call)?;
    rules::deadline(&call, arrived).map_err(AppError::refused)?;
    let state = offer.state.after(OfferAction::Submit)?;
    let org = account::store::organisation(tx, &offer.org)?;
    let mut findings = rules::check(&offer.content, &org, &call.content);
    findings.extend(rules::attached(&store::attachments(tx, id)?, &call.content));
    if blocks(&findings) {
        return Err(AppError::Refused(findings));
    }
    rules::declarations(&declared, call.content.terms.extra_declarations.len()).finish(Some(()))?;
    // The compare-and-set comes first: who loses the race has taken no number.
    let mut filed = Offer { state, submitted_at: Some(arrived), frozen_no: offer.frozen_no + 1, ..offer };
    match store::save(tx, &filed, arrived) {
        Err(AppError::Stale) => return receipt_of_winner(tx, id),
        other => other?,
    }
    filed.version += 1;
    let number = format!("{}/O-{}", call.number(), counters::next(tx, &format!("offers:{}", call.id))?);
    filed.number = Some(number.clone());
    store::save(tx, &filed, arrived)?;
    let attachments = store::frozen_attachments(tx, id)?;
    let frozen = FrozenOffer { attachments, ..freeze_now(&filed, &call, &org, declared) };
    let sha256 = store::freeze(tx, id, filed.frozen_no, &frozen, by.log_name(), arrived)?;
    let receipt = Receipt { offer: id.clone(), number, arrived, sha256 };
    record(tx, by, &filed, &call, &receipt)?;
    Ok(receipt)
}

/// The receipt of an offer that was submitted and not withdrawn.
///
/// # Errors
/// Those of the database.
pub fn receipt(r: &mut Read<'_>, offer: &Offer) -> Result<Option<Receipt>, AppError> {
    let (Some(number), Some(arrived)) = (offer.number.clone(), offer.submitted_at) else { return Ok(None) };
    if offer.state == OfferState::Withdrawn || offer.frozen_no == 0 {
        return Ok(None);
    }
    // The receipt proves the first filing; later versions are corrections the office asked for.
    let version = store::version(r, &offer.id, 1)?;
    Ok(Some(Receipt { offer: offer.id.clone(), number, arrived, sha256: version.sha256 }))
}

fn receipt_of_winner(tx: &mut Tx<'_>, id: &OfferId) -> Result<Receipt, AppError> {
    let now = store::find(tx, id)?;
    receipt(tx, &now)?.ok_or(AppError::Stale)
}

/// The offer with the organisation as both stand now.
#[must_use]
pub fn freeze_now(offer: &Offer, call: &Call, org: &Organisation, declarations: Declarations) -> FrozenOffer {
    FrozenOffer {
        call_number: call.number().to_owned(),
        call_terms: call.terms_hash.clone().unwrap_or_default(),
        organisation_name: org.name.clone(),
        krs: org.krs.as_ref().map(|k| k.as_str().to_owned()),
        nip: org.nip.as_str().to_owned(),
        regon: org.regon.as_ref().map(|k| k.as_str().to_owned()),
        organisation: org.content.for_offer(),
        offer: offer.content.clone(),
        declarations,
        attachments: Vec::new(),
    }
}

fn record(tx: &mut Tx<'_>, by: &Actor, offer: &Offer, call: &Call, receipt: &Receipt) -> Result<(), AppError> {
    let detail = format!("Złożono ofertę {}, suma kontrolna {}", receipt.number, receipt.sha256);
    let line = Line { deed: "offer.submit", before: Some(&offer.content), after: Some(&offer.content), detail };
    log(tx, by, offer, line, receipt.arrived)?;
    let letter = Letter {
        org: &offer.org_name,
        call_number: call.number(),
        call_title: &call.content.title,
        title: &offer.content.title,
        number: &receipt.number,
        grant: offer.grant.to_string(),
        arrived: show_instant_seconds(receipt.arrived),
        sha256: &receipt.sha256,
        deadline: call.deadline_at.map(show_instant_seconds).unwrap_or_default(),
        by: by.person.as_ref().map_or("", |p| p.name.as_str()),
    };
    for to in addresses(tx, by, offer)? {
        mail::put(tx, mail::render(&to, "offer_receipt", offer.id.as_str(), &letter)?, receipt.arrived)?;
    }
    Ok(())
}

/// Everyone who may sign for the organisation, and who acts now; each once.
pub(super) fn addresses(r: &mut Read<'_>, by: &Actor, offer: &Offer) -> Result<Vec<String>, AppError> {
    let members = account::store::members(r, &offer.org)?;
    let mut out: Vec<String> =
        members.into_iter().filter(|(p, role)| role.signs() && p.active).map(|(p, _)| p.email).collect();
    if let Some(person) = &by.person
        && !out.contains(&person.email)
    {
        out.push(person.email.clone());
    }
    Ok(out)
}
