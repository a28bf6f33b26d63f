use proptest::prelude::*;

use super::*;
use crate::law::finding::{Severity, blocks};
use crate::law::rules::find;

const GRANT: Money = Money::zl(85_050);
/// 138 people in 15 groups of at most ten.
const WLOCLAWEK: [u32; 15] = [10, 9, 9, 9, 9, 10, 10, 10, 10, 10, 10, 10, 8, 8, 6];

fn day(s: &str) -> NaiveDate {
    s.parse().unwrap()
}

fn terms(code: &str, on: &str, policy: KPolicy) -> CapTerms {
    let set = find(code).unwrap();
    set.cap_terms(&Tables::shipped(), day(on), policy, CapScope::WholeGrant, HourUnit::Min60).unwrap()
}

fn pai(policy: KPolicy) -> CapTerms {
    terms("PAI-2", "2016-01-04", policy)
}

fn groups(persons: &[u32], hours: i64) -> Vec<GroupHours> {
    let named = persons.iter().enumerate();
    named
        .map(|(i, n)| GroupHours { group: format!("G{i}"), persons: *n, minutes: Minutes::from_hours(hours) })
        .collect()
}

#[test]
fn the_six_readings_of_the_wloclawek_report() {
    assert_eq!(WLOCLAWEK.iter().sum::<u32>(), 138);
    use KPolicy::{Full, ProRata};
    for (policy, hours, all_hours, limit_zl, implied, excess_zl) in [
        (Full, 90, 1_350, 94_500, 6_300, 0),
        (Full, 87, 1_305, 91_350, 6_517, 0),
        (Full, 81, 1_215, 85_050, 7_000, 0),
        (Full, 80, 1_200, 84_000, 7_088, 1_050),
        (ProRata, 90, 1_350, 86_940, 6_300, 0),
        (ProRata, 87, 1_305, 84_042, 6_517, 1_008),
    ] {
        let terms = pai(policy);
        let cap = cap(&terms, &groups(&WLOCLAWEK, hours)).unwrap();
        assert_eq!(cap.minutes, Minutes::from_hours(all_hours));
        assert_eq!(cap.total, Money::zl(limit_zl), "{policy:?} {hours}");
        assert_eq!(cap.implied_rate(GRANT), Some(Money::from_grosze(implied)));
        let findings = check_grant(&cap, &terms, GRANT, Severity::Block);
        assert_eq!(blocks(&findings), excess_zl > 0, "{policy:?} {hours}");
        if excess_zl > 0 {
            assert_eq!(findings[0].rule.as_str(), "R-CAP-01");
            assert_eq!(findings[0].amount, Some(Money::zl(excess_zl)));
            let used = check_used(&cap, &terms, GRANT, Severity::Block).unwrap();
            assert_eq!(used.amount, Some(Money::zl(excess_zl)));
        }
    }
}

#[test]
fn other_known_contests() {
    for (persons, hours, limit) in [
        (vec![10], 80, 5_600),     // Police 2016
        (vec![10; 8], 76, 42_560), // Opole Lubelskie 2014: 608 h
        (vec![10; 4], 88, 24_640), // Włodawa 2015: 352 h
    ] {
        let cap = cap(&pai(KPolicy::Full), &groups(&persons, hours)).unwrap();
        assert_eq!((cap.total, cap.pro_rata), (Money::zl(limit), Some(Money::zl(limit))));
    }
}

#[test]
fn reintegration_takes_five_percent_of_the_wage_of_the_contract_day() {
    for (on, grosze) in [("2025-06-01", 23_330), ("2025-12-31", 23_330), ("2026-01-01", 24_030)] {
        let terms = terms("RSD-1", on, KPolicy::ProRata);
        assert_eq!((terms.rate, terms.group), (Money::from_grosze(grosze), None));
        let cap = cap(&terms, &groups(&[3], 100)).unwrap();
        assert_eq!((cap.total, cap.pro_rata), (Money::from_grosze(grosze * 100), None));
    }
    let set = find("RSD-1").unwrap();
    let next =
        set.cap_terms(&Tables::shipped(), day("2027-01-01"), KPolicy::Full, CapScope::WholeGrant, HourUnit::Min60);
    let finding = next.unwrap_err();
    assert_eq!(finding.rule.as_str(), "R-TAB-01");
    assert!(finding.found.contains("2027"));
}

#[test]
fn a_trainer_rate_one_grosz_above_is_refused_and_names_the_cap() {
    let terms = pai(KPolicy::Full);
    assert_eq!(check_trainer_rate(Money::zl(70), &terms, "V.A, wiersz 1"), None);
    let refused = check_trainer_rate(Money::from_grosze(7_001), &terms, "V.A, wiersz 1").unwrap();
    assert_eq!((refused.rule.as_str(), refused.severity), ("R-CAP-03", Severity::Block));
    assert_eq!(refused.place, "V.A, wiersz 1");
    assert_eq!(refused.limit, "Najwyżej 70,00\u{A0}zł za godzinę z 10-osobową grupą.");
    assert!(refused.basis.contains("art. 62c ust. 3"));
    assert_eq!(refused.amount, Some(Money::from_grosze(1)));
}

#[test]
fn findings_say_what_a_person_needs() {
    let terms = pai(KPolicy::Full);
    let small = cap(&terms, &groups(&WLOCLAWEK, 90)).unwrap();
    let findings = check_grant(&small, &terms, Money::zl(90_000), Severity::Warn);
    assert_eq!(findings.len(), 2);
    assert!(findings[0].found.contains("66,67"), "{}", findings[0].found);
    assert!(findings[1].found.contains("przekracza go o 3\u{202F}060,00"), "{}", findings[1].found);
    let over = cap(&terms, &groups(&WLOCLAWEK, 80)).unwrap();
    let over = &check_grant(&over, &terms, GRANT, Severity::Warn)[0];
    assert_eq!(over.severity, Severity::Warn);
    assert_eq!(over.limit, "Najwyżej 84\u{202F}000,00\u{A0}zł: 1\u{202F}200\u{A0}h po 70,00\u{A0}zł.");
    let none = cap(&terms, &[]).unwrap();
    assert_eq!(none.implied_rate(GRANT), None);
    assert!(blocks(&check_grant(&none, &terms, Money::from_grosze(1), Severity::Block)));
}

#[test]
fn tranches_stay_under_hours_done_and_hours_planned() {
    let terms = pai(KPolicy::Full);
    let done = cap(&terms, &groups(&[10], 40)).unwrap();
    let rest = cap(&terms, &groups(&[10], 40)).unwrap();
    assert_eq!(check_tranche(Money::zl(2_800), Money::zl(2_800), &done, &rest, &terms), None);
    let over = check_tranche(Money::zl(2_800), Money::zl(2_801), &done, &rest, &terms).unwrap();
    assert_eq!((over.rule.as_str(), over.amount), ("R-CAP-05", Some(Money::zl(1))));
}

#[test]
fn caps_are_cut_down_once_and_school_hours_are_shorter() {
    let terms = CapTerms { rate: Money::from_grosze(100), ..pai(KPolicy::Full) };
    let third = |name: &str| GroupHours { group: name.into(), persons: 10, minutes: Minutes::new(1) };
    let cap_of = |n: usize| cap(&terms, &vec![third("A"); n]).unwrap();
    assert_eq!(cap_of(1).total, Money::from_grosze(1)); // 1,66… grosza
    assert_eq!(cap_of(3).total, Money::from_grosze(5)); // not three times one
    let school = CapTerms { unit: HourUnit::Min45, ..pai(KPolicy::Full) };
    let cap = cap(&school, &[GroupHours { group: "A".into(), persons: 10, minutes: Minutes::new(90) }]).unwrap();
    assert_eq!(cap.total, Money::zl(140));
    assert_eq!(cap.implied_rate(Money::zl(100)), Some(Money::zl(50)));
}

#[test]
fn impossible_hours_are_refused() {
    let terms = pai(KPolicy::Full);
    for minutes in [-1, i64::MAX] {
        let hours = GroupHours { group: "A".into(), persons: u32::MAX, minutes: Minutes::new(minutes) };
        assert_eq!(cap(&terms, &[hours]), Err(CapOverflow));
    }
    assert_eq!(cap(&CapTerms { group: Some(0), ..terms }, &groups(&[1], 1)), Err(CapOverflow));
}

proptest! {
    #[test]
    fn pro_rata_never_exceeds_full_and_order_does_not_matter(
        rows in prop::collection::vec((0u32..15, 0i64..10_000), 0..20), rate in 0i64..30_000
    ) {
        let terms = CapTerms { rate: Money::from_grosze(rate), ..pai(KPolicy::Full) };
        let mut hours: Vec<GroupHours> = rows.into_iter()
            .map(|(persons, m)| GroupHours { group: String::new(), persons, minutes: Minutes::new(m) }).collect();
        let first = cap(&terms, &hours).unwrap();
        hours.reverse();
        let second = cap(&terms, &hours).unwrap();
        prop_assert_eq!((first.total, first.pro_rata), (second.total, second.pro_rata));
        prop_assert!(first.pro_rata.unwrap() <= first.full);
        let lines = Money::sum(first.lines.iter().map(|l| l.full)).unwrap();
        prop_assert!(lines <= first.full);
        // A grant at the cap passes, one grosz more does not.
        prop_assert!(!blocks(&check_grant(&first, &terms, first.total, Severity::Block)));
        let more = first.total.checked_add(Money::from_grosze(1)).unwrap();
        prop_assert!(blocks(&check_grant(&first, &terms, more, Severity::Block)));
    }
}
