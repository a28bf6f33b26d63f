use super::*;
use crate::account::Representative;
use crate::offer::model::{Declarations, FrozenPartner, OfferContent};
use crate::store::OrgId;

fn org(people: &[&str], representation: &str) -> OrganisationContent {
    let person = |name: &&str| Representative { name: (*name).into(), function: "członek zarządu".into() };
    OrganisationContent {
        representatives: people.iter().map(person).collect(),
        representation: representation.into(),
        ..OrganisationContent::default()
    }
}

fn frozen(representation: &str, partners: &[(&str, OrganisationContent)]) -> FrozenOffer {
    let partner = |(name, organisation): &(&str, OrganisationContent)| FrozenPartner {
        org: OrgId::new(),
        name: (*name).into(),
        krs: None,
        nip: "5252248481".into(),
        regon: None,
        organisation: organisation.clone(),
        confirmation: None,
    };
    FrozenOffer {
        call_number: "PAI/1/2026".into(),
        call_terms: String::new(),
        call_title: String::new(),
        task_kind: String::new(),
        editions: Vec::new(),
        organisation_name: "Promyk".into(),
        krs: None,
        nip: "5252248481".into(),
        regon: None,
        organisation: org(&["Anna  Prezes", "Jan Skarbnik"], representation),
        offer: OfferContent::default(),
        declarations: Declarations::default(),
        attachments: Vec::new(),
        partners: partners.iter().map(partner).collect(),
    }
}

fn found(names: &[&str], frozen: &FrozenOffer) -> Vec<String> {
    let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
    signature(&names, frozen).into_iter().map(|f| f.found).collect()
}

#[test]
fn names_and_their_number_are_compared_with_the_register() {
    let said = |names: &[&str], representation: &str| found(names, &frozen(representation, &[]));
    let jointly = "dwóch członków zarządu łącznie";
    assert_eq!(said(&["anna prezes", "Jan Skarbnik"], jointly), Vec::<String>::new());
    assert_eq!(said(&["PREZES ANNA", "Jan Maria Skarbnik"], jointly), Vec::<String>::new());
    assert_eq!(said(&["Anna Prezes", "ANNA  PREZES"], jointly), ["Podpisała jedna osoba."], "the same person twice");
    assert_eq!(said(&["Anna Prezes"], "prezes zarządu samodzielnie"), Vec::<String>::new());
    assert_eq!(said(&["Anna Prezes"], "prezes samodzielnie albo dwóch członków łącznie"), Vec::<String>::new());
    assert_eq!(said(&["Anna Prezes"], jointly), ["Podpisała jedna osoba."]);
    let stranger = "Ewa Obca nie należy do osób uprawnionych do reprezentacji podanych w ofercie.";
    let one = "Spośród osób uprawnionych do reprezentacji podpisała tylko jedna.";
    assert_eq!(said(&["Ewa Obca", "Jan Skarbnik"], jointly), [stranger, one]);
    assert_eq!(said(&["Jan Skarbnik", "Jan Adam Skarbnik"], jointly), [one], "two signatures of one member");
    assert_eq!(said(&["Ewa Obca"], jointly), [stranger, "Podpisała jedna osoba."]);
    assert_eq!(said(&["Ewa Obca", "Jan Obcy"], jointly).len(), 2, "of each that it is a stranger, and no more");
}

#[test]
fn every_signature_is_that_of_one_member() {
    let both = ["Jan Kowalski", "Jan Adam Kowalski", "Ewa Nowak"];
    let board = org(&both, "dwóch członków zarządu łącznie");
    let alone = FrozenOffer { organisation: board.clone(), ..frozen("", &[]) };
    let one = ["Podpisała jedna osoba."];
    assert_eq!(found(&["Jan Kowalski"], &alone), one, "whichever of the two it is");
    assert_eq!(found(&["Jan Adam Kowalski"], &alone), one);
    assert_eq!(found(&["Jan Adam Kowalski", "Jan Kowalski"], &alone), Vec::<String>::new(), "father and son");
    assert_eq!(found(&["Kowalski Jan", "JAN KOWALSKI"], &alone), one, "the same one twice");
    let joint = frozen("prezes zarządu samodzielnie", &[("Razem", board)]);
    assert_eq!(found(&["Anna Prezes", "Jan Kowalski"], &joint), ["Za oferenta Razem podpisała jedna osoba."]);
    assert_eq!(found(&["Anna Prezes", "Jan Kowalski", "Jan Adam Kowalski"], &joint), Vec::<String>::new());
    // Names that fit several are given to whom they leave the most for the others.
    let people = ["Jan Adam Kowalski", "Jan Kowalski"];
    assert_eq!(signed(&people, &["Jan Kowalski", "Adam Jan Kowalski"]), 2);
    assert_eq!(signed(&people, &["Jan Kowalski", "Jan Adam Piotr Kowalski", "Ewa Obca"]), 2);
    // Somebody in two boards signs once for both.
    let twice = frozen("Anna Prezes samodzielnie", &[("Most", org(&["Anna Prezes"], "prezes samodzielnie"))]);
    assert_eq!(found(&["Anna Prezes"], &twice), Vec::<String>::new());
}

#[test]
fn a_joint_offer_is_signed_for_every_offeror() {
    let razem = || ("Razem", org(&["Ewa Razem", "Piotr Razem"], "dwóch członków zarządu łącznie"));
    let offer =
        frozen("prezes zarządu samodzielnie", &[razem(), ("Most", org(&["Maria Most"], "prezes samodzielnie"))]);
    let all = ["Anna Prezes", "ewa razem", "Piotr Razem", "Maria Most"];
    assert_eq!(found(&all, &offer), Vec::<String>::new());
    assert_eq!(
        found(&["Anna Prezes", "Ewa Razem"], &offer),
        ["Za oferenta Razem podpisała jedna osoba.", "Brakuje podpisu za oferenta Most."]
    );
    assert_eq!(
        found(&["Ewa Razem", "Piotr Razem", "Maria Most", "Jan Obcy"], &offer),
        [
            "Jan Obcy nie należy do osób uprawnionych do reprezentacji podanych w ofercie.",
            "Brakuje podpisu za oferenta Promyk."
        ]
    );
    let names = vec!["Jan Obcy".to_owned()];
    let limits: Vec<String> = signature(&names, &offer).into_iter().map(|f| f.limit).collect();
    assert_eq!(
        limits[0],
        "Uprawnieni: Promyk: Anna  Prezes, Jan Skarbnik; Razem: Ewa Razem, Piotr Razem; Most: Maria Most."
    );
    assert_eq!(limits[3], "Podpisać mogą: Maria Most.");
}

#[test]
fn one_person_has_many_spellings() {
    for (one, other, same) in [
        ("Józef Żółć-Gęślą", "JOZEF ZOLC GESLA", true),
        ("Kowalski Jan", "Jan Adam Kowalski", true),
        ("Anna Nowak", "Anna Kowalska", false),
        ("Anna", "Anna Nowak", false),
        ("Jan Jan", "Jan Kowalski", false),
        ("Jan Jan", "Jan Jan Kowalski", true),
        ("", "", true),
        ("", "Anna Nowak", false),
    ] {
        assert_eq!(same_person(one, other), same, "{one} / {other}");
        assert_eq!(same_person(other, one), same, "{other} / {one}");
    }
}
