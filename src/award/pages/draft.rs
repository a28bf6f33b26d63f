//! The form of the decision: what it starts with, and how it is read.

use super::gate::Held;
use crate::award::model::{AwardContent, AwardLine, Outcome};
use crate::error::{AppError, FieldErrors};
use crate::law::Money;
use crate::offer::{Offer, OfferState};
use crate::review::rules::{reasons, threshold_x100};
use crate::review::{Ranked, points_text};
use crate::store::OfferId;
use crate::web::Fields;

/// The offers in the order of the page: the ranking, then the rest by number of filing.
pub(super) fn in_order<'a>(held: &'a Held, ranked: &[Ranked]) -> Vec<&'a Offer> {
    let mut offers: Vec<&Offer> = held.opinion.offers.iter().collect();
    offers.sort_by_key(|o| ranked.iter().find(|r| r.offer == o.id).map_or(u32::MAX, |r| r.place));
    offers
}

/// A proposal: down the ranking while the allocation lasts; the first offer that no
/// longer fits, and all after it, wait on the reserve list.
pub(super) fn proposal(held: &Held, ranked: &[Ranked]) -> Fields {
    let mut out = Fields::default();
    let card = &held.case.call.content.card;
    let mut rest = Some(held.case.call.content.elements.allocation);
    for (i, offer) in in_order(held, ranked).into_iter().enumerate() {
        let rank = ranked.iter().find(|r| r.offer == offer.id);
        let (outcome, granted, reason) = match rank {
            None => (Outcome::Rejected, Money::ZERO, rejection(held, offer)),
            Some(r) if !r.meets_threshold => {
                let got = r.mean_x100.map_or_else(|| "brak ocen".to_owned(), points_text);
                let need = points_text(threshold_x100(card));
                (
                    Outcome::NotSelected,
                    Money::ZERO,
                    format!("Oferta nie osiągnęła progu punktów: {got} z wymaganych {need}."),
                )
            }
            Some(_) => {
                rest = rest.and_then(|r| r.checked_sub(offer.grant)).filter(|r| *r >= Money::ZERO);
                if rest.is_some() {
                    (Outcome::Selected, offer.grant, String::new())
                } else {
                    (Outcome::Reserve, Money::ZERO, String::new())
                }
            }
        };
        out.set(format!("lines.{i}.offer"), offer.id.to_string());
        out.set(format!("lines.{i}.outcome"), outcome.code());
        out.set(format!("lines.{i}.granted"), if granted.is_zero() { String::new() } else { granted.plain() });
        out.set(format!("lines.{i}.reason"), reason);
    }
    out.set("version", held.case.call.version.to_string());
    out
}

fn rejection(held: &Held, offer: &Offer) -> String {
    if offer.state != OfferState::Rejected {
        return String::new();
    }
    let check = held.opinion.checks.iter().find(|c| c.offer == offer.id);
    let card = &held.case.call.content.formal;
    check.map(|c| format!("Oferta nie spełnia wymogów formalnych: {}", reasons(card, &c.answers))).unwrap_or_default()
}

/// Reads the form; amounts that are none and choices not made are said at their fields.
pub(super) fn typed(form: &Fields) -> Result<AwardContent, AppError> {
    let mut errors = FieldErrors::new();
    let mut lines = Vec::new();
    for row in form.rows("lines") {
        let cell = |name: &str| form.cell("lines", &row, name).to_owned();
        let outcome = Outcome::parse(&cell("outcome"));
        if outcome.is_none() {
            errors.add(format!("lines.{row}.outcome"), "Wybierz rozstrzygnięcie.");
        }
        let amount = cell("granted");
        let field = format!("lines.{row}.granted");
        let granted = if amount.is_empty() { Some(Money::ZERO) } else { errors.take(&field, Money::parse_pl(&amount)) };
        let Some(offer) = OfferId::parse(&cell("offer")) else { continue };
        if let Some((outcome, granted)) = outcome.zip(granted) {
            lines.push(line(offer, outcome, granted, cell("reason")));
        }
    }
    let act = form.required("act", "Numer aktu organu", &mut errors);
    let differs_because = form.text("differs_because").to_owned();
    errors.finish(Some(AwardContent { lines, differs_because, act, places: Vec::new() }))
}

fn line(offer: OfferId, outcome: Outcome, granted: Money, reason: String) -> AwardLine {
    AwardLine {
        offer,
        number: String::new(),
        org_name: String::new(),
        title: String::new(),
        asked: Money::ZERO,
        granted,
        mean_x100: None,
        place: None,
        outcome,
        reason,
    }
}
