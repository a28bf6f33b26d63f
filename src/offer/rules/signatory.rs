//! Who signs the declarations of part VII (R-SIG-01): names and functions stand in one line of text.

use super::signature::{folded, jointly, same_person};
use crate::account::OrganisationContent;
use crate::law::Finding;
use crate::offer::model::{FrozenOffer, Offeror};

/// The line names somebody who represents the organisation, and enough of them.
/// Basis: the way of representation in the register; product rule: the office decides. Date: the submission.
#[must_use]
pub fn signatory(line: &str, org: &OrganisationContent) -> Vec<Finding> {
    let said = folded(line);
    let listed: Vec<&str> = org.representatives.iter().map(|r| r.name.trim()).filter(|n| !n.is_empty()).collect();
    if said.is_empty() || listed.is_empty() {
        return Vec::new(); // told as missing (R-OFF-14)
    }
    let parts: Vec<&str> = line.split([',', ';', '\n']).collect();
    let is_named = |name: &str| said.contains(&folded(name)) || parts.iter().any(|part| same_person(part, name));
    let named = listed.iter().filter(|name| is_named(name)).count();
    let finding = |found: String| {
        Finding::warn("R-SIG-01").at("VII, podpis").found(found).basis("sposób reprezentacji z rejestru")
    };
    if named == 0 {
        let found =
            finding(format!("Nikt z wymienionych („{}”) nie jest osobą uprawnioną do reprezentacji.", line.trim()))
                .limit(format!("Uprawnieni według danych organizacji: {}.", listed.join(", ")))
                .hint("Sprawdź pisownię i dane organizacji albo dołącz pełnomocnictwo. Urząd zobaczy tę uwagę.");
        return vec![found];
    }
    if named < 2 && jointly(&org.representation) {
        let found = finding("Wymieniono jedną osobę uprawnioną do reprezentacji.".into())
            .limit(format!("Sposób reprezentacji: {}.", org.representation.trim().trim_end_matches('.')))
            .hint("Jeśli organizację reprezentuje więcej osób łącznie, wpisz wszystkie. Urząd zobaczy tę uwagę.");
        return vec![found];
    }
    Vec::new()
}

/// Who signed the declarations held against the representatives of each offeror (R-SIG-01).
/// Basis: the way of representation in the register; product rule: the office decides. Date: the frozen offer.
#[must_use]
pub fn signed(frozen: &FrozenOffer) -> Vec<Finding> {
    let joint = !frozen.partners.is_empty();
    let of = |it: Offeror<'_>| {
        let line = it.declared.map_or("", |declared| declared.signed_by.as_str());
        let found = signatory(line, it.org).into_iter();
        found.map(|f| if joint { f.at(format!("VII, {}", it.name)) } else { f }).collect::<Vec<_>>()
    };
    frozen.offerors().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Representative;

    fn found(line: &str, representation: &str) -> Vec<String> {
        let person = |name: &str| Representative { name: name.into(), function: "członek zarządu".into() };
        let org = OrganisationContent {
            representatives: vec![person("Anna  Prezes"), person("Jan Skarbnik")],
            representation: representation.into(),
            ..OrganisationContent::default()
        };
        signatory(line, &org).into_iter().map(|f| f.found).collect()
    }

    #[test]
    fn the_names_in_the_line_are_held_against_the_register() {
        let jointly = "dwóch członków zarządu łącznie";
        let none: [&str; 0] = [];
        assert_eq!(found("Anna Prezes, prezes; jan  skarbnik, skarbnik", jointly), none);
        assert_eq!(found("Anna Prezes, prezes zarządu", "prezes zarządu samodzielnie"), none);
        assert_eq!(found("PREZES ANNA; Skarbnik Jan", jointly), none, "in any order");
        assert_eq!(found("", jointly), none, "an empty line is told as missing");
        assert_eq!(found("Anna Prezes", jointly), ["Wymieniono jedną osobę uprawnioną do reprezentacji."]);
        assert_eq!(
            found("Ewa Obca, księgowa", jointly),
            ["Nikt z wymienionych („Ewa Obca, księgowa”) nie jest osobą uprawnioną do reprezentacji."]
        );
    }
}
