//! What an act wants to stand in the statute of an offeror.

use super::RuleSet;
use crate::law::mark::Mark;
use crate::law::text::folded;

/// One aim that the act names; one of them is enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Aim {
    pub said: &'static str,
    /// The beginning of its word without Polish marks, however it is declined: which words count is this product's choice.
    stem: &'static str,
    pub basis: &'static str,
    pub mark: Mark,
}

/// Family and aim; the dates are those of the rule set.
const ROWS: [(&str, Aim); 6] = [
    (
        "PAI",
        Aim {
            said: "integracja i reintegracja zawodowa i społeczna osób zagrożonych wykluczeniem społecznym",
            stem: "integr",
            basis: PAI,
            mark: Mark::Found,
        },
    ),
    ("PAI", Aim { said: "przeciwdziałanie uzależnieniom", stem: "uzalezni", basis: PAI, mark: Mark::Found }),
    ("PAI", Aim { said: "przeciwdziałanie patologiom społecznym", stem: "patolog", basis: PAI, mark: Mark::Found }),
    (
        "RSD",
        Aim {
            said: "integracja i reintegracja społeczna osób zagrożonych wykluczeniem społecznym",
            stem: "integr",
            basis: RSD,
            mark: Mark::Found,
        },
    ),
    ("RSD", Aim { said: "przeciwdziałanie uzależnieniom", stem: "uzalezni", basis: RSD, mark: Mark::Found }),
    ("RSD", Aim { said: "przeciwdziałanie patologiom społecznym", stem: "patolog", basis: RSD, mark: Mark::Found }),
];

const PAI: &str = "art. 62a ust. 3 i 9 ustawy z 20.04.2004";
const RSD: &str = "art. 200 ust. 1 ustawy z 20.03.2025";

impl RuleSet {
    /// The aims of which the act wants one in the statute of an offeror; none for a local programme, whose field only
    /// its announcement names. In RSD the act wants them of a social economy entity, not of who creates a CIS or KIS.
    #[must_use]
    pub fn aims(&self) -> Vec<Aim> {
        ROWS.iter().filter(|(family, _)| *family == self.family()).map(|(_, aim)| *aim).collect()
    }
}

/// Whether a clause of a statute names one of the aims, in any of their forms.
#[must_use]
pub fn names_one(aims: &[Aim], clause: &str) -> bool {
    let text = folded(clause);
    aims.iter().any(|aim| text.contains(aim.stem))
}

#[cfg(test)]
mod tests {
    use super::super::shipped;
    use super::*;

    #[test]
    fn a_clause_names_an_aim_of_the_act_or_does_not() {
        for set in shipped() {
            let aims = set.aims();
            assert_eq!(aims.len(), 3, "{}", set.code);
            for (clause, named) in [
                ("Reintegracja społeczna osób zagrożonych wykluczeniem", true),
                ("działalność na rzecz INTEGRACJI zawodowej", true),
                ("przeciwdziałanie uzależnieniom", true),
                ("zapobieganie patologiom", true),
                ("upowszechnianie sportu i rekreacji", false),
                ("działalność charytatywna", false),
            ] {
                assert_eq!(names_one(&aims, clause), named, "{}: {clause}", set.code);
            }
            assert!(aims.iter().all(|aim| names_one(&aims, aim.said)), "every aim is found in its own words");
            let local = RuleSet { code: "LOK-1".into(), ..set };
            assert_eq!(local.aims(), []);
        }
    }
}
