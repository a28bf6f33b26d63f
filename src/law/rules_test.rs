use super::*;
use crate::law::finding::blocks;

fn day(s: &str) -> NaiveDate {
    s.parse().unwrap()
}

#[test]
fn five_sets_with_unique_codes_and_no_gap_between_the_versions_of_pai() {
    let sets = shipped();
    let codes: Vec<&str> = sets.iter().map(|s| s.code.as_str()).collect();
    assert_eq!(codes, ["PAI-1", "PAI-2", "PAI-3", "PAI-4", "RSD-1"]);
    for pair in sets.windows(2) {
        assert_eq!(pair[0].to.unwrap().succ_opt().unwrap(), pair[1].from);
    }
}

#[test]
fn every_boundary_day() {
    for (on, pai, rsd) in [
        ("2014-05-26", None, None),
        ("2014-05-27", Some("PAI-1"), None),
        ("2015-10-23", Some("PAI-1"), None),
        ("2015-10-24", Some("PAI-2"), None),
        ("2019-06-13", Some("PAI-2"), None),
        ("2019-06-14", Some("PAI-3"), None),
        ("2019-12-31", Some("PAI-3"), None),
        ("2020-01-01", Some("PAI-4"), None),
        ("2025-05-31", Some("PAI-4"), None),
        ("2025-06-01", None, Some("RSD-1")),
        ("2026-11-21", None, Some("RSD-1")),
    ] {
        assert_eq!(pai_on(day(on)).map(|s| s.code).as_deref(), pai, "{on}");
        assert_eq!(rsd_on(day(on)).map(|s| s.code).as_deref(), rsd, "{on}");
    }
}

#[test]
fn what_differs_between_the_versions() {
    let set = |code| find(code).unwrap();
    for code in ["PAI-1", "PAI-2", "PAI-3", "PAI-4"] {
        let set = set(code);
        assert_eq!(set.cap, CapBase::PerGroupHour { rate: Money::zl(70), group: 10 });
        assert_eq!((set.group_max, set.months), (Some(10), MonthsRule::Exactly(2)));
        assert_eq!(set.week_min_minutes, Some(Minutes::from_hours(10)));
        assert_eq!((set.clauses.len(), set.needs_ops), (6, true));
    }
    assert_eq!(set("PAI-1").cap_binds, Severity::Warn);
    assert_eq!(set("PAI-2").cap_binds, Severity::Block);
    assert!(set("PAI-2").profile_iii_required && !set("PAI-3").profile_iii_required);
    assert!(set("PAI-2").cap_basis.contains("art. 62a ust. 8 i 9"));
    let rsd = set("RSD-1");
    assert_eq!(rsd.cap, CapBase::WagePercentPerTrainerHour { percent_x100: 500 });
    assert_eq!((rsd.day_minutes, rsd.months), (Some(Minutes::from_hours(4)), MonthsRule::AtMost(6)));
    assert_eq!((rsd.clauses.len(), rsd.group_max, rsd.needs_ops), (8, None, false));
    assert!(rsd.individual_hours_count);
    assert!(rsd.clause("documents").unwrap().basis.starts_with("art. 200 ust. 2 pkt 6 "));
    assert!(find("PAI-X").is_none());
}

#[test]
fn a_rule_set_survives_json() {
    for set in shipped() {
        let json = serde_json::to_string(&set).unwrap();
        assert_eq!(serde_json::from_str::<RuleSet>(&json).unwrap(), set);
    }
}

#[test]
fn no_new_pai_contest_from_june_2025() {
    let pai = find("PAI-4").unwrap();
    assert!(check_new_call(&pai, day("2025-05-31"), None).is_empty());
    let refused = check_new_call(&pai, day("2025-06-01"), None);
    assert!(blocks(&refused));
    assert!(refused[0].basis.contains("art. 460 i 461"), "{}", refused[0].basis);
    assert!(refused[0].hint.contains("art. 200"));
    let mut other = OtherBasis { who: "Starosta".into(), basis: "uchwała nr 5".into(), why: "program lokalny".into() };
    let allowed = check_new_call(&pai, day("2025-06-01"), Some(&other));
    assert_eq!((allowed.len(), allowed[0].severity), (1, Severity::Info));
    other.why = " ".into();
    assert!(blocks(&check_new_call(&pai, day("2025-06-01"), Some(&other))));
    assert!(blocks(&check_new_call(&find("PAI-1").unwrap(), day("2026-01-01"), None)));
}

#[test]
fn a_contest_needs_the_version_of_its_day() {
    let early = check_new_call(&find("RSD-1").unwrap(), day("2025-05-31"), None);
    assert_eq!(early[0].rule.as_str(), "R-LAW-02");
    let stale = check_new_call(&find("PAI-1").unwrap(), day("2016-01-01"), None);
    assert_eq!(stale[0].rule.as_str(), "R-LAW-02");
    assert!(stale[0].limit.contains("do 23.10.2015"));
    assert!(check_new_call(&find("RSD-1").unwrap(), day("2026-11-21"), None).is_empty());
}

#[test]
fn clauses_without_text_block_the_contract() {
    let rsd = find("RSD-1").unwrap();
    let findings = check_clauses(&rsd, |key| (key != "effects").then(|| "treść".to_owned()));
    assert_eq!(findings.len(), 1);
    assert!(findings[0].place.contains("Przewidywane efekty"));
    assert_eq!(check_clauses(&rsd, |_| Some(" ".into())).len(), 8);
}

fn draft() -> LocalProgramme {
    LocalProgramme {
        code: "LOK-2026".into(),
        name: "Klub pracy".into(),
        act: "uchwała nr 12/2026 rady powiatu".into(),
        from: day("2026-01-01"),
        to: None,
        cap: CapBase::PerTrainerHour { rate: Money::zl(120) },
        cap_basis: "§ 4 uchwały".into(),
        group_max: Some(12),
        week_min_minutes: None,
        day_minutes: None,
        months: Some(MonthsRule::AtMost(3)),
        individual_hours_count: true,
        participants: "bezrobotni".into(),
        offerors: "organizacje pozarządowe".into(),
        needs_ops: false,
        clauses: find("RSD-1").unwrap().clauses,
    }
}

#[test]
fn a_local_programme_is_complete_or_says_all_that_is_missing() {
    let set = local(draft()).unwrap();
    assert!(check_new_call(&set, day("2026-11-21"), None).is_empty());
    assert!(set.has_cap());
    let empty = LocalProgramme {
        code: "PAI-9".into(),
        name: String::new(),
        act: " ".into(),
        to: Some(day("2025-01-01")),
        cap: CapBase::PerGroupHour { rate: Money::ZERO, group: 10 },
        cap_basis: String::new(),
        group_max: Some(0),
        months: None,
        participants: String::new(),
        offerors: String::new(),
        clauses: Vec::new(),
        ..draft()
    };
    let findings = local(empty).unwrap_err();
    assert_eq!(findings.len(), 11);
    assert!(findings.iter().all(|f| f.rule.as_str() == "R-LOC-01" && !f.found.is_empty()));
    for code in ["PAI", "RSD", "PAI-4", "RSD-77"] {
        let findings = local(LocalProgramme { code: code.into(), ..draft() }).unwrap_err();
        let found: Vec<&str> = findings.iter().map(|f| f.found.as_str()).collect();
        assert_eq!(found, ["Kody PAI-… i RSD-… są zajęte przez zasady ustawowe."], "{code}");
    }
    local(LocalProgramme { code: "PAINT-1".into(), ..draft() }).unwrap();
    let free = LocalProgramme { cap: CapBase::Uncapped, cap_basis: String::new(), ..draft() };
    assert!(!local(free).unwrap().has_cap());
    let twice = LocalProgramme {
        clauses: [find("RSD-1").unwrap().clauses, find("RSD-1").unwrap().clauses].concat(),
        ..draft()
    };
    assert_eq!(local(twice).unwrap_err().len(), 8);
}
