//! What an act itself says of the task, so that no announcement may choose otherwise. A local programme has no such
//! act: there the announcement chooses.

use super::RuleSet;
use crate::law::mark::Mark;

/// What is fixed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Matter {
    /// Whether recipients may be charged (part VI.1 of the form).
    Payment,
    /// Whether part III.6 is asked for.
    Results,
    /// Whether there are trainers, groups and hours.
    Classes,
}

impl Matter {
    pub const fn label(self) -> &'static str {
        match self {
            Matter::Payment => "Opłaty od odbiorców (VI.1)",
            Matter::Results => "Rezultaty (III.6)",
            Matter::Classes => "Zajęcia, trenerzy i grupy",
        }
    }
}

/// One thing that an act fixes; it holds as long as the rule set is in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fixed {
    pub matter: Matter,
    pub said: &'static str,
    pub basis: &'static str,
    pub mark: Mark,
}

/// Family, matter, what it says, by which provision, how sure we are. The dates are those of the rule set.
type Row = (&'static str, Matter, &'static str, &'static str, Mark);

const ROWS: [Row; 6] = [
    (
        "PAI",
        Matter::Payment,
        "zadanie jest nieodpłatne: działania finansuje w całości Fundusz Pracy",
        "art. 62c ust. 2 i 3 ustawy z 20.04.2004 (o opłatach od uczestników ustawa wprost nie mówi)",
        Mark::Memory,
    ),
    (
        "PAI",
        Matter::Results,
        "oferent zawsze wypełnia tę część: umowa podaje efekty i mierniki, które pozwalają ocenić efekty indywidualne",
        "art. 62a ust. 11 pkt 3 ustawy z 20.04.2004",
        Mark::Found,
    ),
    (
        "PAI",
        Matter::Classes,
        "działania to zajęcia trenera z grupą: od ich godzin zależy kwota środków",
        "art. 62a ust. 5 i art. 62c ust. 3 ustawy z 20.04.2004",
        Mark::Found,
    ),
    (
        "RSD",
        Matter::Payment,
        "zadanie jest nieodpłatne: to forma pomocy finansowana z Funduszu Pracy",
        "art. 200 ust. 4 i art. 300 ust. 2 pkt 21 ustawy z 20.03.2025 (o opłatach od uczestników ustawa wprost nie mówi)",
        Mark::Memory,
    ),
    (
        "RSD",
        Matter::Results,
        "oferent zawsze wypełnia tę część: umowa podaje efekty i mierniki, które pozwalają ocenić efekty indywidualne",
        "art. 200 ust. 2 pkt 4 ustawy z 20.03.2025",
        Mark::Found,
    ),
    (
        "RSD",
        Matter::Classes,
        "działania to zajęcia trenera, 4 godziny dziennie: od ich godzin zależy kwota środków",
        "art. 200 ust. 3 i 4 ustawy z 20.03.2025",
        Mark::Found,
    ),
];

impl RuleSet {
    /// What the act of this rule set fixes; nothing for a local programme.
    pub fn fixed(&self) -> Vec<Fixed> {
        let own = ROWS.iter().filter(|(family, ..)| *family == self.family());
        own.map(|(_, matter, said, basis, mark)| Fixed { matter: *matter, said, basis, mark: *mark }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::shipped;
    use super::*;

    #[test]
    fn every_act_fixes_every_matter_and_a_local_programme_none() {
        for set in shipped() {
            let matters: Vec<Matter> = set.fixed().iter().map(|f| f.matter).collect();
            assert_eq!(matters, [Matter::Payment, Matter::Results, Matter::Classes], "{}", set.code);
            let local = RuleSet { code: "LOK-1".into(), ..set };
            assert_eq!(local.fixed(), Vec::new());
        }
    }
}
