//! Who signed the confirmation of a submission (R-SIG-01).

use crate::account::OrganisationContent;
use crate::law::Finding;

/// Everyone who signed represents the organisation, and enough of them did.
/// Basis: the way of representation in the register; product rule: the office decides. Date: the frozen offer.
#[must_use]
pub fn signature(names: &[String], org: &OrganisationContent) -> Vec<Finding> {
    let known: Vec<String> = org.representatives.iter().map(|r| folded(&r.name)).filter(|n| !n.is_empty()).collect();
    let listed: Vec<&str> = org.representatives.iter().map(|r| r.name.trim()).filter(|n| !n.is_empty()).collect();
    let finding = |found: String| {
        Finding::warn("R-SIG-01").at("osoby, które podpisały").found(found).basis("sposób reprezentacji z rejestru")
    };
    let mut out = Vec::new();
    for name in names.iter().filter(|name| !known.contains(&folded(name))) {
        out.push(
            finding(format!("{name} nie należy do osób uprawnionych do reprezentacji podanych w ofercie."))
                .limit(format!("Uprawnieni: {}.", listed.join(", ")))
                .hint("Sprawdź pisownię albo dołącz pełnomocnictwo. Urząd zobaczy tę uwagę."),
        );
    }
    if names.len() < 2 && jointly(&org.representation) {
        out.push(
            finding("Podpisała jedna osoba.".into())
                .limit(format!("Sposób reprezentacji: {}.", org.representation.trim().trim_end_matches('.')))
                .hint("Jeśli organizację reprezentuje więcej osób łącznie, podpisać muszą wszystkie."),
        );
    }
    out
}

/// One spelling for comparing: no capitals, single spaces.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether the words of the register ask for more than one person. "samodzielnie" anywhere means one may do.
pub(super) fn jointly(words: &str) -> bool {
    let words = words.to_lowercase();
    let many = ["łącznie", "wspólnie", "dwóch", "dwoje", "dwie osoby", "dwaj", "trzech", "co najmniej 2"];
    many.iter().any(|word| words.contains(word)) && !words.contains("samodzielnie") && !words.contains("jednoosobowo")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Representative;

    fn org(representation: &str) -> OrganisationContent {
        let person = |name: &str| Representative { name: name.into(), function: "członek zarządu".into() };
        OrganisationContent {
            representatives: vec![person("Anna  Prezes"), person("Jan Skarbnik")],
            representation: representation.into(),
            ..OrganisationContent::default()
        }
    }

    fn found(names: &[&str], representation: &str) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        signature(&names, &org(representation)).into_iter().map(|f| f.found).collect()
    }

    #[test]
    fn names_and_their_number_are_compared_with_the_register() {
        let jointly = "dwóch członków zarządu łącznie";
        assert_eq!(found(&["anna prezes", "Jan Skarbnik"], jointly), Vec::<String>::new());
        assert_eq!(found(&["Anna Prezes"], "prezes zarządu samodzielnie"), Vec::<String>::new());
        assert_eq!(found(&["Anna Prezes"], "prezes samodzielnie albo dwóch członków łącznie"), Vec::<String>::new());
        assert_eq!(found(&["Anna Prezes"], jointly), ["Podpisała jedna osoba."]);
        assert_eq!(
            found(&["Ewa Obca", "Jan Skarbnik"], jointly),
            ["Ewa Obca nie należy do osób uprawnionych do reprezentacji podanych w ofercie."]
        );
    }
}
