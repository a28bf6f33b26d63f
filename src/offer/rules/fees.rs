//! What recipients pay, in V.B and in VI.1 (R-OFF-14, R-OFF-23).

use crate::call::Applies;
use crate::law::Finding;
use crate::offer::model::OfferContent;

const BASIS: &str = "oferta, części V.B i VI.1 (Dz.U. 2018 poz. 2057)";

/// Row 4 of V.B and the declaration of VI.1 say the same (R-OFF-23): payments beside "nieodpłatnie" contradict the
/// form itself and stop the offer, as its sums do; "odpłatnie" without any planned payment may be meant, so the
/// office only sees it.
/// Basis: annex 1, parts V.B (row 4) and VI.1; a decision of this product. Date: none.
#[must_use]
pub fn fees(c: &OfferContent, applies: Applies) -> Option<Finding> {
    let paid = c.sources.recipients;
    if c.unpaid && !paid.is_zero() {
        let hint = if applies.paid {
            "Zostaw wiersz 4 pusty albo zmień deklarację VI.1 na „odpłatnie”."
        } else {
            "Zostaw wiersz 4 pusty: w tym konkursie zadanie jest nieodpłatne."
        };
        return Some(
            Finding::block("R-OFF-23")
                .at("V.B, wiersz 4")
                .found(format!("Świadczenia od odbiorców: {paid}, a w części VI.1 zaznaczono „nieodpłatnie”."))
                .limit("Zadanie nieodpłatne nie ma świadczeń pieniężnych od odbiorców.")
                .basis(BASIS)
                .hint(hint)
                .amount(paid),
        );
    }
    (applies.paid && c.fees.is_some() && paid.is_zero()).then(|| {
        Finding::warn("R-OFF-23")
            .at("VI.1")
            .found("Zaznaczono „odpłatnie”, a w wierszu 4 części V.B nie ma świadczeń od odbiorców.")
            .limit("Planowane opłaty od wszystkich odbiorców stoją w wierszu 4 części V.B.")
            .basis(BASIS)
            .hint("Wpisz je w kosztach. Jeśli opłat nie będzie, zaznacz „nieodpłatnie”.")
    })
}

/// What VI.1 still lacks: place and what is missing (R-OFF-14).
pub(super) fn gaps(c: &OfferContent, applies: Applies) -> Vec<(&'static str, &'static str)> {
    if c.unpaid {
        return Vec::new();
    }
    match (&c.fees, applies.paid) {
        (_, false) => vec![("VI.1", "deklaracja nieodpłatnego wykonania zadania")],
        (None, true) => vec![("VI.1", "deklaracja odpłatnego albo nieodpłatnego wykonania zadania")],
        (Some(fees), true) => {
            let gaps = [
                ("VI.1, forma", "za co i w jakiej formie odbiorcy zapłacą", fees.form.trim().is_empty()),
                ("VI.1, kwota", "najwyższa opłata od jednego odbiorcy", fees.amount.is_zero()),
            ];
            gaps.into_iter().filter(|(.., gap)| *gap).map(|(place, what, _)| (place, what)).collect()
        }
    }
}
