//! The parts of the form that must be there, and when it came.

use super::Facts;
use crate::law::{Finding, show_date, warsaw_date};

const BASIS: &str = "art. 18 ust. 4 UDPP; część I i oświadczenia wzoru sprawozdania (Dz.U. 2018 poz. 2057, zał. nr 5)";

/// Every result and every activity of the contract is answered, and the declarations are made (R-REP-04).
/// Basis: UDPP art. 18 ust. 4; annex 5, part I. Date: the day of filing.
pub fn completeness(facts: &Facts<'_>) -> Vec<Finding> {
    let content = &facts.this.report.content;
    let missing = |place: String, found: &str, hint: &str| {
        Finding::block("R-REP-04")
            .at(place)
            .found(found)
            .limit("Sprawozdanie odpowiada na każdą pozycję umowy.")
            .basis(BASIS)
            .hint(hint)
    };
    let mut all = Vec::new();
    if content.summary.trim().is_empty() {
        all.push(missing(
            "część I.1".into(),
            "Brak opisu osiągniętych rezultatów.",
            "Opisz w kilku zdaniach, co udało się osiągnąć.",
        ));
    }
    for (result, n) in content.results.iter().zip(1..) {
        if result.achieved.trim().is_empty() {
            let place = format!("część I.1, rezultat {n}");
            let found = format!("Brak wartości osiągniętej: „{}”.", result.name);
            all.push(missing(place, &found, "Wpisz wartość, także gdy jest niższa od planowanej lub wynosi 0."));
        }
    }
    for (activity, n) in content.activities.iter().zip(1..) {
        if activity.description.trim().is_empty() {
            let place = format!("część I.2, działanie {n}");
            let found = format!("Brak opisu działania „{}”.", activity.name);
            all.push(missing(place, &found, "Opisz, jak działanie przebiegło i co się różniło od umowy."));
        }
    }
    if !content.declared {
        all.push(missing(
            "oświadczenia".into(),
            "Nie złożono oświadczeń.",
            "Przeczytaj i zaznacz oświadczenia w części „Opis”.",
        ));
    }
    all
}

/// The report came after its term (R-REP-01).
/// Basis: UDPP art. 18 ust. 1; contract § 9; art. 115 KC. Date: the day it arrived.
pub fn late(facts: &Facts<'_>) -> Vec<Finding> {
    let report = &facts.this.report;
    let arrived = report.submitted_at.map(warsaw_date).filter(|day| *day > report.due_on);
    let finding = arrived.map(|day| {
        Finding::warn("R-REP-01")
            .at(report.name())
            .found(format!("Sprawozdanie wpłynęło {}.", show_date(day)))
            .limit(format!("Termin minął {}.", show_date(report.due_on)))
            .basis("art. 18 ust. 1 UDPP; art. 115 KC; § 9 umowy")
            .hint("Urząd odnotowuje opóźnienie.")
    });
    finding.into_iter().collect()
}
