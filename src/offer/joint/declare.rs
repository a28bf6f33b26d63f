//! The lead says that the offer is one of several organisations, or that it is not.

use super::{parties, still_draft};
use crate::account::{self, Actor};
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::offer::advance::member;
use crate::offer::model::{Joint, OfferAction, OfferContent, Share};
use crate::offer::save::{Said, keep};
use crate::offer::store;
use crate::store::{OfferId, Tx};

/// Makes a draft a joint offer; doing it twice changes nothing.
///
/// # Errors
/// `NotFound` for a stranger, `Stale` when somebody saved meanwhile, `Refused` when the offer was submitted.
pub fn make_joint(tx: &mut Tx<'_>, by: &Actor, id: &OfferId, seen: i64, now: Instant) -> Result<(), AppError> {
    let before = store::find(tx, id)?;
    member(by, &before)?;
    before.state.after(OfferAction::Edit)?;
    still_draft(&before)?;
    if before.content.joint.is_some() {
        return Ok(());
    }
    let lead = account::store::organisation(tx, &before.org)?;
    let joint = Joint { representation: String::new(), shares: vec![Share::of(&lead)] };
    let content = OfferContent { joint: Some(joint), ..before.content.clone() };
    let said = Said::with("offer.joint", "Zamieniono na ofertę wspólną".into());
    keep(tx, by, before, seen, content, said, now)?;
    Ok(())
}

/// Makes it an offer of one organisation again; the division of costs and VI.2 go.
///
/// # Errors
/// Those of [`make_joint`]; `Refused` (R-JOINT-01) while a partner is listed.
pub fn make_single(tx: &mut Tx<'_>, by: &Actor, id: &OfferId, seen: i64, now: Instant) -> Result<(), AppError> {
    let before = store::find(tx, id)?;
    member(by, &before)?;
    before.state.after(OfferAction::Edit)?;
    still_draft(&before)?;
    if before.content.joint.is_none() {
        return Ok(());
    }
    if let Some(party) = parties(tx, &before)?.iter().find(|p| p.is_listed()) {
        return Err(AppError::refused(
            Finding::block("R-JOINT-01")
                .at("partnerzy")
                .found(format!("W ofercie jest partner: {}.", party.name()))
                .limit("Oferta jednej organizacji nie ma partnerów.")
                .basis("art. 14 ust. 2 UDPP")
                .hint("Najpierw usuń partnerów; każdy dostanie o tym wiadomość."),
        ));
    }
    let content = OfferContent { joint: None, ..before.content.clone() };
    let said = Said::with("offer.joint.undo", "Zamieniono na ofertę jednej organizacji".into());
    keep(tx, by, before, seen, content, said, now)?;
    Ok(())
}
