//! The rule sets the program comes with: PAI-1 to PAI-4, closed for new contests, and RSD-1, in force.

use chrono::NaiveDate;

use super::{CapBase, Clause, MonthsRule, RuleSet};
use crate::law::finding::Severity;
use crate::law::minutes::Minutes;
use crate::law::money::Money;

const UPZ: &str = "ustawy z 20.04.2004 o promocji zatrudnienia i instytucjach rynku pracy";
const UOR: &str = "ustawy z 20.03.2025 o rynku pracy i służbach zatrudnienia (Dz.U. 2025 poz. 620)";

/// Key, title, demand.
type ClauseRow = (&'static str, &'static str, &'static str);

const PAI_CLAUSES: [ClauseRow; 6] = [
    ("persons", "Liczba bezrobotnych", "Umowa podaje liczbę bezrobotnych objętych działaniami."),
    (
        "scope",
        "Zakres działań i okres ich realizacji",
        "Umowa opisuje zakres działań w ramach integracji i podaje okres ich realizacji.",
    ),
    (
        "effects",
        "Przewidywane efekty i ich mierniki",
        "Umowa podaje przewidywane efekty działań i mierniki, które pozwalają ocenić efekty indywidualne.",
    ),
    (
        "money",
        "Kwota i tryb przekazywania środków Funduszu Pracy",
        "Umowa podaje kwotę środków Funduszu Pracy i tryb ich przekazywania.",
    ),
    (
        "documents",
        "Dokumentowanie działań",
        "Umowa określa zasady i zakres dokumentowania działań podejmowanych wobec bezrobotnych.",
    ),
    ("control", "Kontrola i monitorowanie", "Umowa określa sposób kontroli i zakres monitorowania działań."),
];

const RSD_CLAUSES: [ClauseRow; 8] = [
    (
        "persons",
        "Liczba długotrwale bezrobotnych",
        "Umowa podaje liczbę długotrwale bezrobotnych objętych działaniami.",
    ),
    ("scope", "Zakres działań", "Umowa opisuje zakres działań."),
    ("period", "Okres realizacji", "Umowa podaje okres realizacji działań."),
    (
        "effects",
        "Przewidywane efekty i ich mierniki",
        "Umowa podaje przewidywane efekty działań i mierniki, które pozwalają ocenić efekty indywidualne.",
    ),
    (
        "money",
        "Kwota i tryb przekazywania środków Funduszu Pracy",
        "Umowa podaje kwotę środków Funduszu Pracy i tryb ich przekazywania.",
    ),
    (
        "documents",
        "Dokumentowanie działań i wymiana informacji",
        "Umowa określa zasady i zakres dokumentowania działań oraz sposób wymiany informacji.",
    ),
    ("control", "Kontrola i monitorowanie", "Umowa określa sposób kontroli i zakres monitorowania działań."),
    ("other", "Inne informacje", "Umowa podaje inne potrzebne informacje, które nie są danymi osobowymi."),
];

/// All rule sets, oldest first.
pub fn shipped() -> Vec<RuleSet> {
    [pai_1(), pai_2(), pai_3(), pai_4(), rsd_1()].into_iter().flatten().collect()
}

fn pai_1() -> Option<RuleSet> {
    let mut set = pai("PAI-1", "2014 poz. 598", day(2014, 5, 27)?, day(2015, 10, 23)?)?;
    set.cap_basis = format!(
        "art. 62c ust. 3 {UPZ} (brzmienie do 23.10.2015 odsyła do art. 62a ust. 7 pkt 2, czyli do działań OPS; \
         w konkursie limit wiąże, gdy podano go w ogłoszeniu)"
    );
    set.cap_binds = Severity::Warn;
    Some(with_profile_iii(set))
}

fn pai_2() -> Option<RuleSet> {
    let set = pai("PAI-2", "2015 poz. 1567", day(2015, 10, 24)?, day(2019, 6, 13)?)?;
    Some(with_profile_iii(set))
}

fn pai_3() -> Option<RuleSet> {
    pai("PAI-3", "2019 poz. 1482", day(2019, 6, 14)?, day(2019, 12, 31)?)
}

fn pai_4() -> Option<RuleSet> {
    let mut set = pai("PAI-4", "2019 poz. 1818", day(2020, 1, 1)?, day(2025, 5, 31)?)?;
    set.marks = vec![
        "Data dopisania Europejskiego Funduszu Społecznego Plus do art. 62a (2022 r.) nie jest sprawdzona.".to_owned(),
    ];
    Some(set)
}

fn with_profile_iii(mut set: RuleSet) -> RuleSet {
    set.profile_iii_required = true;
    set.participants = "bezrobotni z ustalonym profilem pomocy III, którzy korzystają ze świadczeń pomocy \
                        społecznej, w szczególności realizują kontrakt socjalny"
        .to_owned();
    set
}

/// What all four versions share: 70 zł, groups of 10, 10 hours a week, two months. Never indexed.
fn pai(code: &str, journal: &str, from: NaiveDate, to: NaiveDate) -> Option<RuleSet> {
    Some(RuleSet {
        code: code.to_owned(),
        name: format!("Program Aktywizacja i Integracja, integracja społeczna ({code})"),
        act: format!("art. 62a–62c {UPZ} (tekst: Dz.U. {journal})"),
        from,
        to: Some(to),
        new_calls_until: Some(day(2025, 5, 31)?),
        closed_basis: format!("art. 460 i 461 {UOR}"),
        cap: CapBase::PerGroupHour { rate: Money::zl(70), group: 10 },
        cap_basis: format!("art. 62c ust. 3 w związku z art. 62a ust. 8 i 9 {UPZ}"),
        cap_binds: Severity::Block,
        group_max: Some(10),
        week_min_minutes: Some(Minutes::from_hours(10)),
        day_minutes: None,
        months: MonthsRule::Exactly(2),
        individual_hours_count: false,
        profile_iii_required: false,
        participants: "bezrobotni, którzy korzystają ze świadczeń pomocy społecznej, w szczególności \
                       realizują kontrakt socjalny"
            .to_owned(),
        offerors: "organizacje pozarządowe i podmioty z art. 3 ust. 3 ustawy o działalności pożytku \
                   publicznego i o wolontariacie, które statutowo działają na rzecz integracji i reintegracji \
                   zawodowej i społecznej osób zagrożonych wykluczeniem społecznym albo przeciwdziałają \
                   uzależnieniom i patologiom społecznym"
            .to_owned(),
        needs_ops: true,
        clauses: clauses(&PAI_CLAUSES, &format!("art. 62a ust. 11 pkt # {UPZ}")),
        marks: Vec::new(),
    })
}

fn rsd_1() -> Option<RuleSet> {
    Some(RuleSet {
        code: "RSD-1".to_owned(),
        name: "Reintegracja społeczna długotrwale bezrobotnych".to_owned(),
        act: format!("art. 198–200 {UOR}"),
        from: day(2025, 6, 1)?,
        to: None,
        new_calls_until: None,
        closed_basis: String::new(),
        cap: CapBase::WagePercentPerTrainerHour { percent_x100: 500 },
        cap_basis: format!("art. 200 ust. 4 {UOR}"),
        cap_binds: Severity::Block,
        group_max: None,
        week_min_minutes: None,
        day_minutes: Some(Minutes::from_hours(4)),
        months: MonthsRule::AtMost(6),
        individual_hours_count: true,
        profile_iii_required: false,
        participants: "długotrwale bezrobotni: zarejestrowani łącznie ponad 12 miesięcy w ciągu ostatnich \
                       2 lat, bez okresów odbywania stażu"
            .to_owned(),
        offerors: "instytucje tworzące centra lub kluby integracji społecznej oraz podmioty ekonomii \
                   społecznej, których działalność statutowa obejmuje integrację i reintegrację społeczną osób \
                   zagrożonych wykluczeniem społecznym albo przeciwdziałanie uzależnieniom i patologiom \
                   społecznym"
            .to_owned(),
        needs_ops: false,
        clauses: clauses(&RSD_CLAUSES, &format!("art. 200 ust. 2 pkt # {UOR}")),
        marks: vec![
            "Zmiany art. 198–200 ogłoszone po Dz.U. 2025 poz. 620 nie są sprawdzone.".to_owned(),
            "Ustawa nie mówi, które minimalne wynagrodzenie wyznacza limit; przyjęto to z dnia zawarcia umowy."
                .to_owned(),
        ],
    })
}

/// `#` in the basis stands for the number of the point.
fn clauses(rows: &[ClauseRow], basis: &str) -> Vec<Clause> {
    let numbered = (1..).zip(rows);
    numbered
        .map(|(point, (key, title, demand))| Clause {
            key: (*key).to_owned(),
            title: (*title).to_owned(),
            demand: (*demand).to_owned(),
            basis: basis.replace('#', &format!("{point}")),
        })
        .collect()
}

fn day(y: i32, m: u32, d: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(y, m, d)
}
