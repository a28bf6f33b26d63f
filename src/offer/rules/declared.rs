//! What part VII of a filed offer leaves for the office to judge.

use crate::account::OrganisationContent;
use crate::call::Arrears;
use crate::law::Finding;
use crate::offer::model::{Declarations, FrozenOffer};

/// An offeror with its part VII.
pub(super) struct Offeror<'a> {
    pub name: &'a str,
    pub org: &'a OrganisationContent,
    pub declared: &'a Declarations,
}

pub(super) fn offerors(frozen: &FrozenOffer) -> impl Iterator<Item = Offeror<'_>> {
    let lead = Offeror { name: &frozen.organisation_name, org: &frozen.organisation, declared: &frozen.declarations };
    let words = frozen.partners.iter().filter_map(|p| Some((p, p.confirmation.as_ref()?)));
    let partners = words.map(|(p, c)| Offeror { name: &p.name, org: &p.organisation, declared: &c.declarations });
    std::iter::once(lead).chain(partners)
}

/// Who declared arrears, and what the announcement says of that (R-OFF-22).
/// Basis: annex 1, part VII, 3 and 4; the announcement. Date: the submission.
#[must_use]
pub fn arrears(frozen: &FrozenOffer, rule: Arrears) -> Vec<Finding> {
    let mut out = Vec::new();
    for it in offerors(frozen) {
        let both = [
            ("zobowiązań podatkowych", it.declared.tax_arrears),
            ("składek na ubezpieczenia społeczne", it.declared.social_arrears),
        ];
        for (what, _) in both.iter().filter(|(_, owes)| *owes == Some(true)) {
            out.push(
                Finding::warn("R-OFF-22")
                    .at("VII, oświadczenia 3 i 4")
                    .found(format!("{} oświadcza, że zalega z opłacaniem należności z tytułu {what}.", it.name))
                    .limit(format!("Ogłoszenie: zaległości {}.", rule.label()))
                    .basis("oferta, część VII pkt 3 i 4 (Dz.U. 2018 poz. 2057)"),
            );
        }
    }
    out
}
