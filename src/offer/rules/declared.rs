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
