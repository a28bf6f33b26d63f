//! Whether an organisation is one that the contest is for (R-ORG-01).

use crate::account::{Organisation, Status};
use crate::call::CallContent;
use crate::law::rules::names_one;
use crate::law::{Finding, Mark};

/// The offeror has the standing and the aims in its statute that the rule set asks for (R-ORG-01). In RSD the aims
/// are looked for only in the clause of a social economy entity (point 2), not of who creates a CIS or KIS (point 1).
/// Basis: uor2025 art. 200 ust. 1; upz art. 62a ust. 3 for the older contests; UDPP art. 11 ust. 1 for a local
/// programme, whose task the statute must cover. Date: the submission.
#[must_use]
pub fn standing(org: &Organisation, call: &CallContent) -> Vec<Finding> {
    let o = &org.content;
    let finding = |found: &str, hint: &str| {
        Finding::block("R-ORG-01")
            .at("II.1")
            .found(found)
            .limit(format!("Ofertę mogą złożyć: {}.", call.rules.offerors))
            .basis(call.rules.act.clone())
            .hint(hint)
    };
    let mut out = Vec::new();
    let rsd = call.rules.family() == "RSD";
    if rsd {
        if o.status == Status::Ngo {
            out.push(finding(
                "Organizacja nie wykazuje, że tworzy CIS lub KIS albo jest podmiotem ekonomii społecznej.",
                "Wybierz status w danych organizacji.",
            ));
        } else if o.status_proof.trim().is_empty() {
            out.push(finding(
                &format!("Brakuje dowodu statusu: {}.", o.status.label()),
                "Wpisz w danych organizacji numer i datę decyzji albo wpisu.",
            ));
        }
    }
    if o.statute_clause.trim().is_empty() {
        let hint = "Wpisz w danych organizacji paragraf i treść statutu.";
        out.push(if call.rules.is_local() {
            finding("Brakuje postanowienia statutu, które obejmuje dziedzinę tego zadania.", hint)
                .basis(format!("art. 11 ust. 1 UDPP; {}", call.rules.act))
        } else {
            finding("Brakuje postanowienia statutu o integracji społecznej lub przeciwdziałaniu uzależnieniom.", hint)
        });
    } else if !rsd || o.status == Status::Pes {
        out.extend(aims(&o.statute_clause, call));
    }
    out
}

/// The clause of the statute names one of the aims that the act asks for (R-ORG-01). Which words name them is this product's
/// choice, so a clause without them is asked about and stops nobody; the formal check judges it.
/// Basis: upz art. 62a ust. 3 and 9; uor2025 art. 200 ust. 1. Date: the submission.
fn aims(clause: &str, call: &CallContent) -> Option<Finding> {
    let aims = call.rules.aims();
    let first = aims.first()?;
    if names_one(&aims, clause) {
        return None;
    }
    let wanted: Vec<&str> = aims.iter().map(|aim| aim.said).collect();
    Some(
        Finding::warn("R-ORG-01")
            .at("II.1")
            .found("Przepisane postanowienie statutu nie nazywa żadnego z celów, których wymaga ustawa.")
            .limit(format!("Jeden z celów: {}.", wanted.join("; ")))
            .basis(format!("{} ({}); rozpoznawanie celów po słowach: {}", first.basis, first.mark, Mark::Product))
            .hint(
                "Sprawdź w statucie, czy inne postanowienie o tym mówi, i przepisz je w danych organizacji. Czy statut \
                 obejmuje zadanie, oceni urząd.",
            ),
    )
}
