//! Moves an offer along its states.

use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::offer::{self, Offer, OfferAction};
use crate::store::Tx;

/// Moves `offer`, with its row in the log.
pub fn move_offer(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &Offer,
    act: OfferAction,
    deed: &'static str,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    let state = offer.state.after(act).map_err(|_| {
        AppError::refused(
            Finding::block("R-FRM-01")
                .at(offer.number.clone().unwrap_or_default())
                .found(format!("Stan oferty: {}.", offer.state.office_label()))
                .limit("W tym stanie tej czynności wykonać nie można."),
        )
    })?;
    offer::store::save(tx, &Offer { state, ..offer.clone() }, now)?;
    let (before, after) = (offer.state.code().to_owned(), state.code().to_owned());
    let deed =
        Deed { actor: by.log_name(), deed, object_kind: "offer", object_id: offer.id.as_str(), before, after, detail };
    audit::append(tx, deed, now);
    Ok(())
}
