//! Who signed the confirmation of a submission (R-SIG-01).

use crate::account::OrganisationContent;
use crate::law::{Finding, unmarked};
use crate::offer::model::FrozenOffer;

/// Everyone who signed represents an offeror, and for each offeror enough of them did.
/// Basis: the way of representation in the register; UDPP art. 14 ust. 2 for a joint offer; product rule: the
/// office decides. Date: the frozen offer.
#[must_use]
pub fn signature(names: &[String], frozen: &FrozenOffer) -> Vec<Finding> {
    let offerors: Vec<Signing<'_>> = signing(frozen).collect();
    let names = each_once(names);
    let known = |name: &str| offerors.iter().any(|o| o.people().any(|person| same_person(person, name)));
    let mut out: Vec<Finding> = names.iter().filter(|name| !known(name)).map(|name| unknown(name, &offerors)).collect();
    if frozen.partners.is_empty() {
        out.extend(offerors.first().filter(|o| names.len() < 2 && jointly(&o.org.representation)).map(alone));
        return out;
    }
    for offeror in &offerors {
        let own = offeror.people().filter(|person| names.iter().any(|name| same_person(person, name))).count();
        if own == 0 {
            out.push(missing(offeror));
        } else if own < 2 && jointly(&offeror.org.representation) {
            out.push(alone(offeror));
        }
    }
    out
}

/// An organisation that must sign; unnamed where there is only one.
struct Signing<'a> {
    name: Option<&'a str>,
    org: &'a OrganisationContent,
}

impl Signing<'_> {
    fn people(&self) -> impl Iterator<Item = &str> {
        self.org.representatives.iter().map(|r| r.name.trim()).filter(|name| !name.is_empty())
    }

    /// `Anna Prezes, Jan Skarbnik`, with the organisation where there are several.
    fn listed(&self) -> String {
        let people = self.people().collect::<Vec<_>>().join(", ");
        self.name.map_or_else(|| people.clone(), |name| format!("{name}: {people}"))
    }
}

fn signing(frozen: &FrozenOffer) -> impl Iterator<Item = Signing<'_>> {
    let joint = !frozen.partners.is_empty();
    frozen.offerors().map(move |o| Signing { name: joint.then_some(o.name), org: o.org })
}

fn finding(found: String) -> Finding {
    Finding::warn("R-SIG-01").at("osoby, które podpisały").found(found).basis("sposób reprezentacji z rejestru")
}

fn unknown(name: &str, offerors: &[Signing<'_>]) -> Finding {
    finding(format!("{name} nie należy do osób uprawnionych do reprezentacji podanych w ofercie."))
        .limit(format!("Uprawnieni: {}.", offerors.iter().map(Signing::listed).collect::<Vec<_>>().join("; ")))
        .hint("Sprawdź pisownię albo dołącz pełnomocnictwo. Urząd zobaczy tę uwagę.")
}

fn alone(offeror: &Signing<'_>) -> Finding {
    let found = match offeror.name {
        Some(name) => format!("Za oferenta {name} podpisała jedna osoba."),
        None => "Podpisała jedna osoba.".to_owned(),
    };
    finding(found)
        .limit(format!("Sposób reprezentacji: {}.", offeror.org.representation.trim().trim_end_matches('.')))
        .hint("Jeśli organizację reprezentuje więcej osób łącznie, podpisać muszą wszystkie.")
}

/// A joint offer is signed for every offeror.
fn missing(offeror: &Signing<'_>) -> Finding {
    finding(format!("Brakuje podpisu za oferenta {}.", offeror.name.unwrap_or_default()))
        .limit(format!("Podpisać mogą: {}.", offeror.people().collect::<Vec<_>>().join(", ")))
        .hint("Ofertę wspólną podpisuje każdy oferent. Dołącz plik z brakującym podpisem albo pełnomocnictwo.")
}

/// One spelling for comparing: no capitals, no Polish marks, single spaces also for hyphens.
pub(super) fn folded(name: &str) -> String {
    let plain = name.to_lowercase().replace(['-', '–', '\u{2011}'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(unmarked).collect()
}

/// Whether two names are of one person: the same words in any order; a second given name or surname that only
/// one of them has does not matter.
pub(super) fn same_person(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || (short.len() >= 2 && short.iter().all(|word| long.contains(word)))
}

/// The names without those that say the same person again.
fn each_once(names: &[String]) -> Vec<&String> {
    let mut out: Vec<&String> = Vec::new();
    for name in names {
        if !out.iter().any(|kept| same_person(kept, name)) {
            out.push(name);
        }
    }
    out
}

/// Whether the words of the register ask for more than one person. "samodzielnie" anywhere means one may do.
pub(super) fn jointly(words: &str) -> bool {
    let words = words.to_lowercase();
    let many = ["łącznie", "wspólnie", "dwóch", "dwoje", "dwie osoby", "dwaj", "trzech", "co najmniej 2"];
    many.iter().any(|word| words.contains(word)) && !words.contains("samodzielnie") && !words.contains("jednoosobowo")
}

#[cfg(test)]
#[path = "signature_test.rs"]
mod tests;
