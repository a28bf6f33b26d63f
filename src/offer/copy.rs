//! A member fills an untouched draft from an earlier offer of the same organisation.

use super::advance::{Line, log, member, sealed};
use super::model::{Offer, OfferAction, OfferContent, OfferState};
use super::{applying, store};
use crate::account::Actor;
use crate::call;
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::store::{OfferId, Read, Tx};

/// The offers that `offer` may be filled from, newest first; none once somebody has saved it.
///
/// # Errors
/// Those of the database.
pub fn earlier(r: &mut Read<'_>, offer: &Offer) -> Result<Vec<Offer>, AppError> {
    if offer.version != 0 || offer.state != OfferState::Draft {
        return Ok(Vec::new());
    }
    let all = store::of_orgs(r, std::slice::from_ref(&offer.org))?;
    Ok(all.into_iter().filter(|o| o.id != offer.id && o.version > 0).collect())
}

/// Copies the words, trainers, measures and costs of `from`; what the call says (dates, groups) stays as the
/// call says it. Dates of activities and the class programme are left out.
///
/// # Errors
/// `NotFound` for a stranger to either offer, `Stale` when somebody saved meanwhile, `Refused` when the draft
/// is no longer untouched.
pub fn copy(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    seen: i64,
    from: &OfferId,
    now: Instant,
) -> Result<(), AppError> {
    let before = store::find(tx, id)?;
    member(by, &before)?;
    let source = store::find(tx, from)?;
    if source.org != before.org || source.id == before.id {
        return Err(AppError::NotFound);
    }
    let state = before.state.after(OfferAction::Edit)?;
    if before.version != seen {
        return Err(AppError::Stale);
    }
    if before.version != 0 {
        return Err(AppError::refused(
            Finding::block("R-OFF-16")
                .at("kopiowanie oferty")
                .found("W tej wersji roboczej coś już zapisano.")
                .limit("Skopiować można tylko do nietkniętej wersji roboczej, żeby niczego nie nadpisać.")
                .hint("Usuń tę wersję roboczą i zacznij ofertę jeszcze raz albo przepisz potrzebne części."),
        ));
    }
    let call = call::store::find(tx, &before.call)?;
    let content = carried(&before.content, source.content);
    let content = applying(&content, call.content.applies()).into_owned();
    let after = Offer { state, grant: content.sources.grant, content, ..before.clone() };
    let sealed_after = store::save(tx, &after, now)?;
    let name = source.number.unwrap_or_else(|| "bez numeru".to_owned());
    let detail = format!("Skopiowano treść z wcześniejszej oferty „{}” ({name})", after.content.title.trim());
    let line = Line { deed: "offer.copy", before: sealed(&before.content)?, after: sealed_after, detail };
    log(tx, by, &after, line, now);
    Ok(())
}

fn carried(fresh: &OfferContent, old: OfferContent) -> OfferContent {
    let mut out = OfferContent {
        contact: old.contact,
        starts: fresh.starts,
        ends: fresh.ends,
        place: fresh.place.clone(),
        hours: fresh.hours.clone(),
        programme: Vec::new(),
        // Who offers together is agreed anew.
        joint: fresh.joint.clone(),
        ..old
    };
    for activity in &mut out.activities {
        (activity.from, activity.to) = (None, None);
    }
    // The columns stand for other years now: the amounts of a line begin again in the first one.
    let years = out.years().len();
    for line in &mut out.costs {
        line.years = line.value().into_iter().collect();
        line.years.resize(years.max(1), crate::law::Money::ZERO);
    }
    out.cost_years = Vec::new();
    out
}
