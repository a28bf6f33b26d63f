//! The organ decides on all offers of a call at once.

use super::model::{Award, AwardContent, AwardLine, AwardState, Outcome};
use super::{rules, store};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::call::{self, CallAction};
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Instant, Money};
use crate::offer::{self, Offer, OfferAction};
use crate::review;
use crate::store::{AwardId, CallId, Tx, digest, to_json};

/// Records the decision and moves every offer and the call.
///
/// # Errors
/// `Invalid` without the number of the act; `Refused` when the decision does not hold
/// (R-AWD-01 … R-AWD-04) or the call is not in review.
pub fn decide(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: &CallId,
    content: AwardContent,
    now: Instant,
) -> Result<AwardId, AppError> {
    let call = call::store::find(tx, call)?;
    let offers = offer::store::filed_in_call(tx, &call.id)?;
    let ranked = review::ranking(tx, &call)?;
    let content = AwardContent {
        lines: rules::complete(content.lines, &offers, &ranked),
        differs_because: content.differs_because.trim().to_owned(),
        act: content.act.trim().to_owned(),
        places: Vec::new(),
    };
    if content.act.is_empty() {
        return Err(AppError::Invalid(FieldErrors::of("act", "Wpisz numer zarządzenia albo innego aktu organu.")));
    }
    if offers.is_empty() {
        return Err(AppError::refused(
            Finding::block("R-AWD-04")
                .at(call.number().to_owned())
                .found("W konkursie nie złożono żadnej oferty.")
                .limit("Konkurs bez ofert się unieważnia.")
                .basis("art. 18a ust. 1 UDPP"),
        ));
    }
    // Moves the call first: its compare-and-set decides between two decisions.
    let detail = summary(&content);
    call::advance(tx, by, &call, CallAction::Decide, "award.decide", detail.clone(), now)?;
    let findings = rules::check_decision(&content, &offers, &ranked, call.content.elements.allocation);
    if !findings.is_empty() {
        return Err(AppError::Refused(findings));
    }
    for offer in &offers {
        if let Some(line) = content.lines.iter().find(|l| l.offer == offer.id) {
            move_offer(tx, by, offer, line, now)?;
        }
    }
    let award = Award {
        id: AwardId::new(),
        call: call.id,
        state: AwardState::Decided,
        version: 0,
        content,
        decided_at: Some(now),
        decided_by: by.log_name().to_owned(),
        published_at: None,
    };
    store::insert(tx, &award)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "award.decide",
        object_kind: "award",
        object_id: award.id.as_str(),
        before: String::new(),
        after: digest(&to_json(&award.content)?),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(award.id)
}

fn summary(content: &AwardContent) -> String {
    let selected = content.lines.iter().filter(|l| l.outcome == Outcome::Selected).count();
    let sum = content.granted().unwrap_or(Money::ZERO);
    format!(
        "Organ rozstrzygnął konkurs ({}): wybrane oferty {selected} z {}, razem {sum}",
        content.act,
        content.lines.len()
    )
}

fn move_offer(tx: &mut Tx<'_>, by: &Actor, offer: &Offer, line: &AwardLine, now: Instant) -> Result<(), AppError> {
    let (act, detail) = match line.outcome {
        Outcome::Selected => (OfferAction::Select, format!("Oferta wybrana, dotacja {}", line.granted)),
        Outcome::Reserve => (OfferAction::PutOnReserve, "Oferta na liście rezerwowej".to_owned()),
        Outcome::NotSelected => (OfferAction::PassOver, format!("Oferta niewybrana: {}", line.reason)),
        Outcome::Rejected => return Ok(()),
    };
    offer::advance(tx, by, offer, act, "award.decide", detail, now)
}
