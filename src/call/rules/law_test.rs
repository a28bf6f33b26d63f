//! What each family's law demands, and every rule with its whole sentence.

use super::tests::{Change, call, checked, day, programme};
use super::*;
use crate::call::{Part, defaults};
use crate::law::rules::find;
use crate::law::{OtherBasis, RuleSet};
use crate::programme::{OpsAnswer, OpsRecord};

#[test]
fn a_silence_counts_when_its_time_is_over() {
    for (answer, on, found) in [
        (OpsAnswer::Silent, "2016-02-16", None),
        (
            OpsAnswer::Silent,
            "2016-02-17",
            Some("Termin na odpowiedź OPS mija 17.02.2016, a ogłoszenie jest z 16.02.2016."),
        ),
        (OpsAnswer::Declined, "2016-02-16", None),
        (OpsAnswer::Declined, "2016-02-17", Some("Odpowiedź OPS jest z 17.02.2016, a ogłoszenie z 16.02.2016.")),
    ] {
        let mut programme = programme("PAI-2", 2016);
        programme.gminas[0].ops = Some(OpsRecord { asked_on: day("2016-02-01"), answered_on: day(on), answer });
        let content = call(&programme, find("PAI-2").unwrap(), "2016-02-16");
        let findings = checked(&content, &programme, "2016-02-16");
        let said = findings.iter().find(|f| f.rule.as_str() == "R-PRE-02").map(|f| f.found.as_str());
        assert_eq!(said, found, "{answer:?} {on}");
    }
}

#[test]
fn each_family_has_its_own_severity_and_law() {
    let local_set =
        RuleSet { code: "POW-1".into(), act: "uchwała nr 1/2026".into(), needs_ops: false, ..find("PAI-4").unwrap() };
    let opinion = "Opinia jest z 24.11.2026, a ogłoszenie z 23.11.2026.";
    let opinions: [(RuleSet, Option<(Severity, &str)>); 3] = [
        (find("PAI-4").unwrap(), Some((Severity::Block, "art. 62a ust. 3 ustawy z 20.04.2004"))),
        (
            find("RSD-1").unwrap(),
            Some((Severity::Warn, "art. 268 ustawy z 20.03.2025 (opinia do podziału środków, raz na plan)")),
        ),
        (local_set.clone(), None),
    ];
    for (rules, expected) in opinions {
        let mut programme = programme(&rules.code, 2027);
        programme.prrp.as_mut().unwrap().date = day("2026-11-24");
        let content = call(&programme, rules, "2026-11-23");
        let findings = checked(&content, &programme, "2026-11-23");
        let late = findings.iter().find(|f| f.rule.as_str() == "R-PRE-01");
        assert_eq!(late.map(|f| (f.severity, f.basis.as_str())), expected, "{}", content.rules.code);
        assert!(late.is_none_or(
            |f| f.found == opinion && f.limit == "Opinia jest wydana najpóźniej w dniu ogłoszenia konkursu."
        ));
    }
    for (rules, basis) in [
        (find("PAI-4").unwrap(), "art. 62c ust. 2 ustawy z 20.04.2004"),
        (find("RSD-1").unwrap(), "art. 268 ustawy z 20.03.2025"),
        (local_set, "uchwała nr 1/2026"),
    ] {
        let programme = programme(&rules.code, 2027);
        let mut content = call(&programme, rules, "2026-11-23");
        content.elements.allocation = Money::zl(12_601);
        let over =
            checked(&content, &programme, "2026-11-23").into_iter().find(|f| f.rule.as_str() == "R-PRE-05").unwrap();
        let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(
            (plain(&over.found), plain(&over.limit)),
            ("Pula 12 601,00 zł.".into(), "Plan FP/1: 12 600,00 zł.".into())
        );
        assert_eq!((over.basis.as_str(), over.hint.as_str()), (basis, "Zmniejsz pulę albo zmień plan w programie."));
    }
}

#[test]
fn texts_that_contradict_the_figures_are_a_warning() {
    type Edit = fn(&mut CallContent, &mut ProgrammeContent);
    let cases: [(Edit, &[&str]); 6] = [
        (|_, _| {}, &[]),
        (|c, _| c.mode = Mode::Supporting, &["Konkurs jest w trybie „wspieranie”, a element 3 mówi o innym trybie."]),
        (
            |c, _| {
                c.mode = Mode::Supporting;
                c.elements.grant_rules = "Zadanie jest wspierane; dotacja pokrywa wszystkie jego koszty.".into();
            },
            &["Konkurs jest w trybie „wspieranie”, a element 3 mówi, że dotacja pokrywa wszystkie koszty."],
        ),
        (
            |c, _| c.elements.grant_rules = "Zadanie jest wspierane.".into(),
            &["Konkurs jest w trybie „powierzenie”, a element 3 mówi o innym trybie."],
        ),
        (
            |c, p| {
                p.editions[0].from = day("2016-09-02");
                c.editions = p.editions.clone();
            },
            &["W elemencie 4 nie ma: terminu edycji 1 (od 02.09.2016 do 31.10.2016)."],
        ),
        (
            |c, p| {
                p.groups[0].persons = 9;
                p.gminas[0].persons -= 1;
                p.editions[0].persons -= 1;
                c.groups.clone_from(&p.groups);
                c.editions.clone_from(&p.editions);
            },
            &["W elemencie 4 nie ma: liczby uczestników (19)."],
        ),
    ];
    for (edit, expected) in cases {
        let mut programme = programme("PAI-2", 2016);
        let mut content = call(&programme, find("PAI-2").unwrap(), "2016-02-16");
        edit(&mut content, &mut programme);
        let findings = checked(&content, &programme, "2016-02-16");
        let texts = findings.iter().filter(|f| f.rule.as_str() == "R-ANN-02" && f.place.ends_with("treść"));
        let said: Vec<&str> = texts.clone().map(|f| f.found.as_str()).collect();
        assert_eq!(said, expected);
        assert!(texts.clone().all(|f| f.severity == Severity::Warn && Part::of_finding(f) == Some(Part::Elements)));
        // written anew, they fit
        let (three, four) = defaults::rewritten(&content, &programme);
        content.elements.grant_rules = three;
        content.elements.conditions = four;
        let again = checked(&content, &programme, "2016-02-16");
        assert!(again.iter().all(|f| !f.place.ends_with("treść")), "{again:?}");
    }
}

/// Rule, severity and its whole sentence: found, limit, basis, hint.
type Said = (&'static str, Severity, [&'static str; 4]);

#[test]
fn the_rules_of_a_call_say_exactly_this() {
    let (b, w) = (Severity::Block, Severity::Warn);
    let cases: [(Change, Said); 12] = [
        (
            |_, p| p.prrp = None,
            (
                "R-PRE-01",
                b,
                [
                    "Nie zapisano opinii rady.",
                    "Opinia jest wydana przed ogłoszeniem konkursu; jej treść nie wiąże.",
                    "art. 62a ust. 3 ustawy z 20.04.2004",
                    "Wpisz numer, datę i wynik opinii.",
                ],
            ),
        ),
        (
            |_, p| p.gminas[0].ops = None,
            (
                "R-PRE-02",
                b,
                [
                    "Nie zapisano odpowiedzi OPS.",
                    "Dla każdej gminy konkursu jest zapisane, że nie zawarto porozumienia z OPS lub CUS.",
                    "art. 62a ust. 9 ustawy z 20.04.2004",
                    "Wpisz datę zapytania i odpowiedź OPS albo dzień, w którym minął termin na odpowiedź.",
                ],
            ),
        ),
        (
            |_, p| p.gminas[0].psu = None,
            (
                "R-PRE-04",
                w,
                [
                    "Nie zapisano go dla: Choceń.",
                    "Blok aktywizacji programu opiera się na porozumieniu starosty z gminą.",
                    "art. 73a ust. 2 ustawy z 20.04.2004",
                    "Wpisz numer i datę porozumienia z gminą.",
                ],
            ),
        ),
        (
            |_, p| p.plan = None,
            (
                "R-PRE-05",
                b,
                [
                    "Nie podano planu środków.",
                    "Pula konkursów mieści się w planie środków.",
                    "art. 62c ust. 2 ustawy z 20.04.2004",
                    "Wpisz numer planu i kwotę.",
                ],
            ),
        ),
        (
            |c, _| c.terms.group_max = 9,
            (
                "R-ANN-02",
                b,
                [
                    "Osoby w grupie: 10.",
                    "Ogłoszenie pozwala na grupy do 9 osób.",
                    "art. 13 ust. 2 pkt 4 UDPP",
                    "Zmień wielkość grupy w programie albo w warunkach konkursu.",
                ],
            ),
        ),
        (
            |c, _| c.elements.deadline = day("2016-03-12").and_hms_opt(23, 59, 0),
            (
                "R-ANN-04",
                w,
                [
                    "Termin wypada w dzień wolny: sobota, 12.03.2016.",
                    "Termin nie powinien wypadać w sobotę ani w dzień wolny od pracy.",
                    "art. 115 KC przez analogię",
                    "Wyznacz termin w dniu roboczym: oferty z następnego dnia roboczego trudno uznać za spóźnione.",
                ],
            ),
        ),
        (
            |c, _| c.card.criteria[0].point = 4,
            (
                "R-MODE-01",
                b,
                [
                    "Za wkład własny (pkt 4) można dostać punkty: 20.",
                    "Przy powierzeniu zadania wkładu własnego się nie ocenia.",
                    "art. 15 ust. 1 pkt 4 UDPP",
                    "Usuń kryterium z pkt 4 albo ogłoś konkurs jako wspieranie.",
                ],
            ),
        ),
        (
            |c, _| {
                let (who, basis, why) = ("X".into(), "art. 19a UDPP".into(), "szybciej".into());
                c.other_basis = Some(OtherBasis { who, basis, why });
            },
            (
                "R-MODE-03",
                b,
                [
                    "Jako podstawę wpisano: art. 19a UDPP.",
                    "Małych dotacji (art. 19a) nie stosuje się do tego zadania: potrzebny jest konkurs.",
                    "art. 19a UDPP; art. 62a ust. 10 ustawy z 20.04.2004",
                    "Wskaż inną podstawę albo ogłoś konkurs na zwykłych zasadach.",
                ],
            ),
        ),
        (
            |c, _| c.committee_rules.quorum = 2,
            (
                "R-COM-05",
                w,
                [
                    "Kworum: 2.",
                    "Połowa oceniających, nie mniej niż 3 osoby.",
                    "art. 15 ust. 2b UDPP; regulamin pracy komisji",
                    "Podaj kworum co najmniej 3.",
                ],
            ),
        ),
        (
            |c, _| c.committee_rules.programme.clear(),
            (
                "R-COM-06",
                w,
                [
                    "Nie wskazano rocznego programu współpracy, z którym regulamin ma być zgodny.",
                    "Zasady powoływania i pracy komisji wynikają z rocznego programu współpracy.",
                    "art. 5a ust. 4 pkt 11 UDPP",
                    "Wpisz regulamin oraz numer i datę uchwały z programem współpracy.",
                ],
            ),
        ),
        (
            |c, _| c.committee_rules.text.clear(),
            (
                "R-COM-06",
                w,
                [
                    "Nie wpisano regulaminu pracy komisji.",
                    "Zasady powoływania i pracy komisji wynikają z rocznego programu współpracy.",
                    "art. 5a ust. 4 pkt 11 UDPP",
                    "Wpisz regulamin oraz numer i datę uchwały z programem współpracy.",
                ],
            ),
        ),
        (
            |_, p| p.rules = "RSD-1".into(),
            (
                "R-PRE-06",
                b,
                [
                    "Konkurs ma zasady PAI-2, a program RSD-1.",
                    "Konkurs ogłasza się dla edycji, grup i zasad, które sprawdzono i zatwierdzono w programie.",
                    "art. 62a ust. 9 ustawy z 20.04.2004; ustalenie przyjęte w programie Konkurs",
                    "Załóż konkurs z tego programu od nowa („Przygotuj podobny konkurs”) i usuń ten projekt albo przywróć zasady w programie.",
                ],
            ),
        ),
    ];
    for (change, (rule, severity, says)) in cases {
        let mut programme = programme("PAI-2", 2016);
        let mut content = call(&programme, find("PAI-2").unwrap(), "2016-02-16");
        change(&mut content, &mut programme);
        let findings = checked(&content, &programme, "2016-02-16");
        let said: Vec<[&str; 4]> = findings
            .iter()
            .filter(|f| f.rule.as_str() == rule && f.severity == severity)
            .map(|f| [f.found.as_str(), f.limit.as_str(), f.basis.as_str(), f.hint.as_str()])
            .collect();
        assert!(said.contains(&says), "{rule}: {said:#?}");
    }
}
