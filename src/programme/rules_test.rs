use super::*;
use crate::law::rules::find;
use crate::law::{Money, blocks};
use crate::programme::{Agreement, CitedAct, FpPlan, OpsRecord, Outcomes, PrrpOpinion, ReportFacts};

fn day(s: &str) -> chrono::NaiveDate {
    s.parse().unwrap()
}

const GMINAS: [(&str, u32); 10] = [
    ("Gmina Miasto Włocławek", 46),
    ("Gmina Choceń", 20),
    ("Gmina Boniewo", 10),
    ("Gmina Fabianki", 10),
    ("Gmina Miasto Kowal", 10),
    ("Gmina Kowal", 10),
    ("Gmina Lubanie", 10),
    ("Gmina i Miasto Lubień Kujawski", 8),
    ("Gmina i Miasto Izbica Kujawska", 8),
    ("Gmina i Miasto Lubraniec", 6),
];

/// The public figures of Włocławek 2015; the assignment of gminas to editions is one that adds up.
fn wloclawek() -> ProgrammeContent {
    let ops = OpsRecord { asked_on: day("2014-12-01"), answered_on: day("2014-12-15"), answer: OpsAnswer::Declined };
    let edition_of = |name: &str| match name {
        "Gmina Miasto Włocławek" => 3,
        "Gmina Choceń" | "Gmina i Miasto Lubień Kujawski" => 2,
        _ => 1,
    };
    let mut groups: Vec<Group> = Vec::new();
    for (name, persons) in GMINAS {
        let (edition, mut left) = (edition_of(name), persons);
        while left > 0 {
            let nth = groups.iter().filter(|g| g.edition == edition).count() + 1;
            let code = format!("E{edition}-G{nth}");
            groups.push(Group { code, edition, gmina: name.into(), persons: left.min(10) });
            left -= left.min(10);
        }
    }
    let edition = |no, from, to, persons| Edition { no, from: day(from), to: day(to), persons };
    ProgrammeContent {
        title: "PAI 2015".into(),
        rules: "PAI-1".into(),
        gminas: GMINAS
            .iter()
            .map(|(n, p)| Gmina {
                name: (*n).into(),
                persons: *p,
                ops: Some(ops.clone()),
                cooperation: Some(Agreement { number: "W/1".into(), on: day("2014-12-20") }),
                psu: Some(Agreement { number: "P/1".into(), on: day("2014-12-20") }),
                ..Gmina::default()
            })
            .collect(),
        editions: vec![
            edition(1, "2015-04-13", "2015-06-12", 64),
            edition(2, "2015-07-13", "2015-09-12", 28),
            edition(3, "2015-10-05", "2015-12-04", 46),
        ],
        groups,
        prrp: Some(PrrpOpinion { number: "3/2014".into(), date: day("2014-11-20"), result: "pozytywna".into() }),
        plan: Some(FpPlan { number: "FP/2015".into(), amount: Money::zl(130_000) }),
        outcomes: Some(Outcomes {
            improved: 68,
            unchanged: 59,
            deregistered: 10,
            psu: Money::from_grosze(3_593_970),
            workshops: Money::zl(85_050),
            facts: report(),
        }),
        ..ProgrammeContent::default()
    }
}

fn report() -> ReportFacts {
    let cited = |act: &str, journal: &str, year, in_force: Option<&str>| CitedAct {
        act: act.into(),
        journal: journal.into(),
        year,
        in_force: in_force.map(str::to_owned),
    };
    ReportFacts {
        cited: vec![
            cited("ustawa o pożytku", "Dz.U. 2010 nr 234 poz. 1536", 2010, Some("Dz.U. 2014 poz. 1118")),
            cited("ustawa o promocji zatrudnienia", "Dz.U. 2016 poz. 645", 2016, None),
        ],
        total: Some(Money::from_grosze(12_098_970)),
        ..ReportFacts::default()
    }
}

fn said(findings: &[Finding]) -> Vec<(String, Severity)> {
    findings.iter().map(|f| (f.rule.to_string(), f.severity)).collect()
}

#[test]
fn the_wloclawek_programme_stands() {
    let content = wloclawek();
    assert_eq!((content.persons(), content.groups.len()), (138, 15));
    assert_eq!(check(&content, &find("PAI-1").unwrap()), []);
}

type Change = fn(&mut ProgrammeContent);

#[test]
fn every_precondition_is_asked_for() {
    let cases: [(&str, Severity, &str, Change); 15] = [
        ("R-PRE-01", Severity::Block, "opinia powiatowej rady rynku pracy", |c| c.prrp = None),
        ("R-PRE-02", Severity::Block, "gmina Gmina Choceń", |c| c.gminas[1].ops = None),
        ("R-PRE-02", Severity::Block, "gmina Gmina Choceń", |c| {
            c.gminas[1].ops.as_mut().unwrap().answer = OpsAnswer::Concluded;
        }),
        ("R-PRE-03", Severity::Warn, "porozumienie o współpracy z OPS", |c| c.gminas[1].cooperation = None),
        ("R-PRE-04", Severity::Warn, "porozumienie o pracach społecznie użytecznych", |c| c.gminas[1].psu = None),
        ("R-PRE-05", Severity::Block, "plan środków Funduszu Pracy", |c| c.plan = None),
        ("R-PRE-05", Severity::Block, "plan środków Funduszu Pracy", |c| {
            c.plan.as_mut().unwrap().amount = Money::ZERO
        }),
        ("R-PRE-06", Severity::Block, "liczba osób", |c| c.gminas[0].persons = 45),
        ("R-PRE-06", Severity::Block, "edycja 2", |c| {
            c.groups.iter_mut().find(|g| g.code == "E2-G1").unwrap().persons = 9;
            c.groups.iter_mut().find(|g| g.code == "E1-G7").unwrap().persons += 1;
        }),
        ("R-PRE-06", Severity::Block, "grupa E1-G1", |c| {
            c.groups.iter_mut().find(|g| g.code == "E1-G1").unwrap().gmina.clear()
        }),
        ("R-PRE-06", Severity::Block, "grupa E1-G1", |c| {
            c.groups.iter_mut().find(|g| g.code == "E1-G2").unwrap().code = "E1-G1".into();
        }),
        ("R-HRS-02", Severity::Block, "edycja 1", |c| c.editions[0].to = day("2015-06-13")),
        ("R-HRS-02", Severity::Block, "edycja 1", |c| c.editions[0].to = day("2015-06-11")),
        ("R-HRS-03", Severity::Block, "grupa E1-G1", |c| {
            c.groups.iter_mut().find(|g| g.code == "E1-G1").unwrap().persons = 11
        }),
        ("R-HRS-03", Severity::Warn, "grupa E1-G1", |c| {
            c.groups.iter_mut().find(|g| g.code == "E1-G1").unwrap().persons = 5
        }),
    ];
    for (rule, severity, place, change) in cases {
        let mut content = wloclawek();
        change(&mut content);
        let findings = check(&content, &find("PAI-1").unwrap());
        let hit = findings.iter().any(|f| f.rule.as_str() == rule && f.severity == severity && f.place == place);
        assert!(hit, "{rule} at {place}: {findings:?}");
    }
}

#[test]
fn lacking_agreements_are_one_remark_and_a_cus_is_called_so() {
    let mut content = wloclawek();
    for gmina in &mut content.gminas[1..3] {
        gmina.cooperation = None;
    }
    let findings = check(&content, &find("PAI-4").unwrap());
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].found, "Nie zapisano go dla: Gmina Choceń, Gmina Boniewo.");
    content.gminas[0].cus = true;
    content.gminas[0].ops = None;
    let findings = check(&content, &find("PAI-4").unwrap());
    assert!(findings.iter().any(|f| f.found == "Nie zapisano odpowiedzi CUS."), "{findings:?}");
}

#[test]
fn the_successor_asks_neither_the_ops_nor_for_two_months() {
    let rsd = find("RSD-1").unwrap();
    let mut content = wloclawek();
    content.rules = "RSD-1".into();
    content.prrp = None;
    for gmina in &mut content.gminas {
        gmina.ops = None;
    }
    content.editions[0].to = day("2015-10-12");
    let findings = check(&content, &rsd);
    assert_eq!(said(&findings), [("R-PRE-01".to_owned(), Severity::Warn)]);
    content.editions[0].to = day("2015-10-13");
    assert!(blocks(&check(&content, &rsd)));
}

#[test]
fn a_local_programme_names_its_own_plan_and_law() {
    let set = RuleSet { code: "POW-1".into(), act: "uchwała nr 1/2026".into(), ..find("PAI-4").unwrap() };
    let mut content = wloclawek();
    content.rules = "POW-1".into();
    (content.prrp, content.plan, content.gminas[1].ops) = (None, None, None);
    let findings = check(&content, &set);
    let rows: Vec<(&str, &str, &str, &str)> =
        findings.iter().map(|f| (f.rule.as_str(), f.place.as_str(), f.found.as_str(), f.basis.as_str())).collect();
    assert_eq!(
        rows,
        [
            ("R-PRE-02", "gmina Gmina Choceń", "Nie zapisano odpowiedzi OPS.", "uchwała nr 1/2026"),
            ("R-PRE-05", "plan środków programu", "Nie podano planu środków.", "uchwała nr 1/2026"),
        ]
    );
}

#[test]
fn the_twelve_remarks_on_the_wloclawek_report() {
    let content = wloclawek();
    let findings = check_outcomes(&content, &find("PAI-1").unwrap(), &report());
    let (b, w, i) = (Severity::Block, Severity::Warn, Severity::Info);
    let expected = [
        ("C-01", b, "Efekty: 68 + 59 + 10 = 137, uczestnicy: 138. Różnica: 1 osoba."),
        ("C-02", w, "Podano tylko liczbę planowaną (138). Wynik ma 127 osób, więc ukończyło 127 albo 128."),
        ("C-03", b, "Nie podano godzin grup ani stawki trenera."),
        ("C-04", i, "Zgadza się: gminy 138, edycje 138."),
        ("C-05", i, "Zgadza się: zajęcia 85 050,00 zł + prace społecznie użyteczne 35 939,70 zł = 120 989,70 zł."),
        ("C-06", i, "Nie podano, z której gminy są osoby w której edycji. Gmin na liście: 10."),
        (
            "C-07",
            w,
            "ustawa o pożytku: podano Dz.U. 2010 nr 234 poz. 1536, obowiązywał Dz.U. 2014 poz. 1118. \
             ustawa o promocji zatrudnienia: podano Dz.U. 2016 poz. 645, a zdarzenia są z 2015 r., kiedy tego tekstu jeszcze nie było.",
        ),
        ("C-08", i, "Według dat: edycja 1: PAI-1; edycja 2: PAI-1; edycja 3: PAI-1, od zmiany prawa PAI-2."),
        ("C-09", w, "Kwota 35 939,70 zł nie mówi, czy to refundacja z FP, czy całe świadczenia."),
        ("C-10", i, "Przerwało 10 osób z 138, czyli 7,25%."),
        ("C-11", w, "Efekt podano tylko zmianą profilu pomocy."),
        ("C-12", i, "Edycja 2 kończy się w dzień wolny: sobota, 12.09.2015."),
    ];
    assert_eq!(findings.len(), expected.len());
    for (finding, (rule, severity, found)) in findings.iter().zip(expected) {
        let plain = finding.found.replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!((finding.rule.as_str(), finding.severity, plain.as_str()), (rule, severity, found));
    }
    assert_eq!(
        findings[2].limit,
        "Przy 15 grupach limit zachowuje co najmniej 81 godz. na grupę, a minimum tygodniowe: od 87 do 90 godz."
    );
}

#[test]
fn a_report_that_says_everything_leaves_only_information() {
    let mut content = wloclawek();
    let outcomes = content.outcomes.as_mut().unwrap();
    outcomes.unchanged = 60;
    let facts = ReportFacts {
        hours_per_group: Some(crate::law::Minutes::from_hours(90)),
        rate: Some(Money::zl(63)),
        completed: Some(128),
        gminas_by_edition: true,
        psu_described: true,
        substitutes_described: true,
        measures: vec!["frekwencja".into()],
        ..ReportFacts::default()
    };
    let findings = check_outcomes(&content, &find("PAI-1").unwrap(), &facts);
    assert!(findings.iter().all(|f| f.severity == Severity::Info), "{findings:?}");
    content.outcomes = None;
    assert_eq!(check_outcomes(&content, &find("PAI-1").unwrap(), &facts), []);
}

#[test]
fn sums_that_do_not_agree_are_said() {
    let mut content = wloclawek();
    content.editions[0].persons = 63;
    let mut facts = report();
    facts.total = Some(Money::zl(120_000));
    let findings = check_outcomes(&content, &find("PAI-1").unwrap(), &facts);
    let blocking: Vec<&str> =
        findings.iter().filter(|f| f.severity == Severity::Block).map(|f| f.rule.as_str()).collect();
    assert_eq!(blocking, ["C-01", "C-03", "C-04", "C-05"]);
}

/// The six rows of the reference.
#[test]
fn the_six_readings_of_the_money() {
    let rows: Vec<(i64, String, Option<i64>, i64, bool)> = readings(&wloclawek(), &find("PAI-1").unwrap())
        .into_iter()
        .map(|r| (r.hours.get() / 60, r.cap.plain(), r.rate.map(Money::grosze), r.over.grosze(), r.short))
        .collect();
    let row = |hours, cap: &str, rate, over, short| (hours, cap.to_owned(), Some(rate), over, short);
    assert_eq!(
        rows,
        [
            row(1350, "94500,00", 6300, 0, false),
            row(1305, "91350,00", 6517, 0, false),
            row(1215, "85050,00", 7000, 0, true),
            row(1200, "84000,00", 7088, 105_000, true),
            row(1350, "86940,00", 6300, 0, false),
            row(1305, "84042,00", 6517, 100_800, false),
        ]
    );
    assert_eq!(readings(&wloclawek(), &find("RSD-1").unwrap()), []);
}
