//! The card as a member types it, and as it saves itself.

use std::collections::BTreeMap;

use actix_web::HttpResponse;

use super::gate::ScoreOffer;
use crate::call::{Criterion, ScoreCard};
use crate::error::{AppError, FieldErrors};
use crate::review::model::CriterionScore;
use crate::review::{rules, score, store};
use crate::web::{Allowed, Doing, Fields, Posted, Saved, newer, saved};

/// The points and words of one criterion; left empty it is not in the draft yet.
fn item(form: &Fields, c: &Criterion) -> Result<Option<CriterionScore>, FieldErrors> {
    let field = format!("points.{}", c.key);
    let (points, why) = (form.text(&field).to_owned(), form.text(&format!("why.{}", c.key)).to_owned());
    if points.is_empty() && why.is_empty() {
        return Ok(None);
    }
    let whole = || FieldErrors::of(&field, format!("„{}”: wpisz liczbę całkowitą od 0 do {}.", c.name, c.max));
    let points = points.parse::<u32>().map_err(|_| whole())?;
    Ok(Some(CriterionScore { key: c.key.clone(), points, why }))
}

/// All that was typed.
pub(super) fn typed(form: &Fields, card: &ScoreCard) -> Result<Vec<CriterionScore>, AppError> {
    let (mut errors, mut items) = (FieldErrors::new(), Vec::new());
    for c in &card.criteria {
        match item(form, c) {
            Ok(item) => items.extend(item),
            Err(e) => errors.append(e),
        }
    }
    errors.finish(Some(items))
}

/// What can be kept of what was typed: a criterion that does not fit stays as it was in `old`, and is named.
fn fitting(form: &Fields, card: &ScoreCard, old: &[CriterionScore]) -> (Vec<CriterionScore>, FieldErrors) {
    let (mut left_out, mut items) = (FieldErrors::new(), Vec::new());
    for c in &card.criteria {
        let fits = item(form, c).and_then(|item| {
            let errors = rules::check_card(card, item.as_slice(), false);
            if errors.is_empty() { Ok(item) } else { Err(errors) }
        });
        match fits {
            Ok(item) => items.extend(item),
            Err(e) => {
                left_out.append(e);
                items.extend(old.iter().find(|i| i.key == c.key).cloned());
            }
        }
    }
    (items, left_out)
}

/// The version of the card the form was made from; none for a card that was not there.
pub(super) fn seen(form: &Fields) -> Result<Option<i64>, AppError> {
    let text = form.text("version");
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| AppError::Stale) }
}

/// `POST /komisja/oferty/{offer}/autozapis`: saves what fits into the draft and says what was left out.
///
/// # Errors
/// Those of [`score`]; what was saved in another window is an answer.
pub async fn keep(may: Allowed<ScoreOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    let (id, seat, card) = (object.offer.id.clone(), object.seat.id.clone(), object.call.content.card.clone());
    let doing = Doing::new("review.score", "offer", &id);
    let done = ctx.deed(doing, move |tx, who, now| {
        let seen = seen(&form)?;
        let old = store::score_of(tx, &id, &seat)?;
        let before = old.as_ref().map(|o| o.items.as_slice()).unwrap_or_default();
        let (items, left_out) = fitting(&form, &card, before);
        if items == before && old.as_ref().map(|o| o.version) == seen {
            return Ok((seen, left_out, true));
        }
        score(tx, who, &id, seen, items, false, now)?;
        Ok((store::score_of(tx, &id, &seat)?.map(|s| s.version), left_out, false))
    });
    match done.await {
        Ok((version, left_out, same)) => {
            let kept = Saved { version, base: String::new(), sums: None::<()>, rows: BTreeMap::new() };
            Ok(saved(&ctx, &kept, &left_out, same && !left_out.is_empty()))
        }
        Err(AppError::Stale) => Ok(newer(&ctx, None)),
        Err(e) => Err(e),
    }
}
