//! The score card against the six points of UDPP art. 15 ust. 1.

use super::super::model::{Criterion, Mode, ScoreCard};
use crate::law::{Finding, Severity};

const SUBJECTS: [(u8, &str); 6] = [
    (1, "możliwość realizacji zadania"),
    (2, "kalkulacja kosztów"),
    (3, "jakość i kwalifikacje osób"),
    (4, "wkład własny"),
    (5, "wkład rzeczowy i osobowy"),
    (6, "wcześniej zlecone zadania"),
];

/// Every criterion serves a point of the act, every point that applies is scored, and a newcomer gets a
/// neutral value where earlier tasks are judged (R-CRIT-01).
/// Basis: UDPP art. 15 ust. 1; pkt 4 applies to wspieranie only.
/// Date: the announcement.
#[must_use]
pub fn check_card(card: &ScoreCard, mode: Mode) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (point, subject) in SUBJECTS {
        let applies = point != 4 || mode == Mode::Supporting;
        if applies && !card.criteria.iter().any(|c| c.point == point && c.max > 0) {
            findings.push(block("karta oceny", format!("Żadne kryterium nie ocenia pkt {point}: {subject}.")));
        }
    }
    for (i, criterion) in card.criteria.iter().enumerate() {
        findings.extend(criterion_findings(criterion));
        if card.criteria.iter().take(i).any(|earlier| earlier.key == criterion.key) {
            findings.push(block(&place(criterion), "Klucz kryterium powtarza się.".to_owned()));
        }
    }
    if card.threshold_percent == 0 || card.threshold_percent > 100 {
        findings.push(
            block("próg", format!("Próg wynosi {}%.", card.threshold_percent)).limit("Próg mieści się od 1 do 100%."),
        );
    }
    findings
}

fn criterion_findings(c: &Criterion) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !(1..=6).contains(&c.point) {
        findings.push(block(&place(c), format!("Wskazano pkt {}, którego ustawa nie zna.", c.point)));
    }
    if c.name.trim().is_empty() || c.max == 0 {
        findings.push(block(&place(c), "Kryterium nie ma nazwy albo punktów.".to_owned()));
    }
    match c.neutral {
        None if c.point == 6 => findings.push(
            block(&place(c), "Nie podano liczby punktów dla nowego oferenta.".to_owned())
                .hint("Wpisz wartość neutralną, np. ponad połowę punktów."),
        ),
        Some(neutral) if neutral > c.max => {
            findings.push(block(
                &place(c),
                format!("Wartość dla nowego oferenta ({neutral}) przekracza maksimum {}.", c.max),
            ));
        }
        Some(0) if c.point == 6 => {
            let mut zero = block(&place(c), "Nowy oferent dostałby 0 punktów.".to_owned());
            zero.severity = Severity::Warn;
            findings.push(zero.hint("Podaj wartość neutralną większą od zera."));
        }
        Some(_) | None => {}
    }
    findings
}

fn place(c: &Criterion) -> String {
    format!("kryterium „{}”", c.name)
}

fn block(place: &str, found: String) -> Finding {
    Finding::block("R-CRIT-01")
        .at(place)
        .found(found)
        .limit("Kryteria obejmują wszystkie właściwe punkty art. 15 ust. 1, a nowy oferent dostaje wartość neutralną.")
        .basis("art. 15 ust. 1 UDPP")
        .hint("Popraw kartę oceny.")
}
