//! Who signed the confirmation of a submission (R-SIG-01).

use std::collections::{BTreeMap, BTreeSet};

use crate::account::OrganisationContent;
use crate::law::{Finding, unmarked};
use crate::offer::model::FrozenOffer;

/// Everyone who signed represents an offeror, and for each offeror enough of them did.
/// Basis: the way of representation in the register; UDPP art. 14 ust. 2 for a joint offer; product rule: the
/// office decides. Date: the frozen offer.
#[must_use]
pub fn signature(names: &[String], frozen: &FrozenOffer) -> Vec<Finding> {
    let offerors: Vec<Signing<'_>> = signing(frozen).collect();
    let names = each_once(names.iter().map(String::as_str));
    let known = |name: &str| offerors.iter().any(|o| o.people().any(|person| same_person(person, name)));
    let mut out: Vec<Finding> = names.iter().filter(|name| !known(name)).map(|name| unknown(name, &offerors)).collect();
    for offeror in &offerors {
        let own = signed(&each_once(offeror.people()), &names);
        if own == 0 && offeror.name.is_some() {
            out.push(missing(offeror));
        } else if own < 2 && jointly(&offeror.org.representation) {
            out.extend(alone(offeror, own, names.len()));
        }
    }
    out
}

/// How many of `people` signed when every name is the word of one person, given so that they are as many as can be.
fn signed(people: &[&str], names: &[&str]) -> usize {
    let fits = |name: &&str| {
        let own = people.iter().enumerate().filter(|(_, person)| same_person(person, name));
        own.map(|(at, _)| at).collect()
    };
    let fits: Vec<Vec<usize>> = names.iter().map(fits).collect();
    let mut given = BTreeMap::new();
    (0..names.len()).filter(|name| give(*name, &fits, &mut given, &mut BTreeSet::new())).count()
}

/// Gives the name to a person who has none yet, or whose name can be given to another one.
fn give(name: usize, fits: &[Vec<usize>], given: &mut BTreeMap<usize, usize>, asked: &mut BTreeSet<usize>) -> bool {
    for person in fits.get(name).into_iter().flatten() {
        if asked.insert(*person) && given.get(person).copied().is_none_or(|other| give(other, fits, given, asked)) {
            given.insert(*person, name);
            return true;
        }
    }
    false
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
        .hint("Sprawdź pisownię. Jeśli podpisał pełnomocnik, dołącz plik razem z pełnomocnictwem: uwaga zostanie, a oceni ją urząd.")
}

/// Fewer than the register asks for, of `all` who signed; nothing where none of them belongs to the offeror, which
/// is said of each already.
fn alone(offeror: &Signing<'_>, own: usize, all: usize) -> Option<Finding> {
    let found = match (offeror.name, own) {
        (Some(name), _) => format!("Za oferenta {name} podpisała jedna osoba."),
        (None, _) if all < 2 => "Podpisała jedna osoba.".to_owned(),
        (None, 0) => return None,
        (None, _) => "Spośród osób uprawnionych do reprezentacji podpisała tylko jedna.".to_owned(),
    };
    let how = finding(found)
        .limit(format!("Sposób reprezentacji: {}.", offeror.org.representation.trim().trim_end_matches('.')))
        .hint("Jeśli organizację reprezentuje więcej osób łącznie, podpisać muszą wszystkie.");
    Some(how)
}

/// A joint offer is signed for every offeror.
fn missing(offeror: &Signing<'_>) -> Finding {
    finding(format!("Brakuje podpisu za oferenta {}.", offeror.name.unwrap_or_default()))
        .limit(format!("Podpisać mogą: {}.", offeror.people().collect::<Vec<_>>().join(", ")))
        .hint("Ofertę wspólną podpisuje każdy oferent. Dołącz plik z brakującym podpisem. Jeśli podpisał pełnomocnik, dołącz plik razem z pełnomocnictwem: uwaga zostanie, a oceni ją urząd.")
}

/// One spelling for comparing: no capitals, no Polish marks, single spaces also for hyphens.
pub(super) fn folded(name: &str) -> String {
    let plain = name.to_lowercase().replace(['-', '–', '\u{2011}'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(unmarked).collect()
}

/// Whether two names may be of one person: the same words in any order, each as often; a second given name or surname
/// that only one of them has does not matter.
pub(super) fn same_person(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let (short, mut left) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let all = left.len();
    let mut takes = |word: &&str| left.iter().position(|w| w == word).map(|at| left.swap_remove(at)).is_some();
    (short.len() == all || short.len() >= 2) && short.iter().all(&mut takes)
}

/// The names without those that say the very same again, in whatever spelling and order. Who signs with and without a
/// second given name may be two people, so both stay.
pub(super) fn each_once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let words = |name: &str| folded(name).split(' ').count();
    let mut out: Vec<&str> = Vec::new();
    for name in names {
        if !out.iter().any(|kept| words(kept) == words(name) && same_person(kept, name)) {
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
