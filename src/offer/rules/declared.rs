//! What part VII of a filed offer leaves for the office to judge.

use crate::call::Arrears;
use crate::law::Finding;
use crate::offer::model::FrozenOffer;

/// Who declared arrears, and what the announcement says of that (R-OFF-22).
/// Basis: annex 1, part VII, 3 and 4; the announcement. Date: the submission.
#[must_use]
pub fn arrears(frozen: &FrozenOffer, rule: Arrears) -> Vec<Finding> {
    let mut out = Vec::new();
    for (name, declared) in frozen.offerors().filter_map(|it| Some((it.name, it.declared?))) {
        let both = [
            ("zobowiązań podatkowych", declared.tax_arrears),
            ("składek na ubezpieczenia społeczne", declared.social_arrears),
        ];
        for (what, _) in both.iter().filter(|(_, owes)| *owes == Some(true)) {
            out.push(
                Finding::warn("R-OFF-22")
                    .at("VII, oświadczenia 3 i 4")
                    .found(format!("{name} oświadcza, że zalega z opłacaniem należności z tytułu {what}."))
                    .limit(format!("Ogłoszenie: zaległości {}.", rule.label()))
                    .basis("oferta, część VII pkt 3 i 4 (Dz.U. 2018 poz. 2057)"),
            );
        }
    }
    out
}

/// The announcement was changed between the page of the signatory and the submission (R-OFF-21).
/// Basis: annex 1, part VII, footnote 8. Date: the arrival.
#[must_use]
pub fn other_announcement() -> Finding {
    Finding::block("R-OFF-21")
        .at("oświadczenia (VII)")
        .found("Urząd zmienił ogłoszenie po otwarciu tej strony.")
        .limit("Oświadczenia składa się według ogłoszenia, które obowiązuje w chwili złożenia oferty.")
        .basis("oferta, część VII (Dz.U. 2018 poz. 2057)")
        .hint("Przeczytaj oświadczenia jeszcze raz, zaznacz je i złóż ofertę.")
}
