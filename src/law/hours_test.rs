use proptest::prelude::*;

use super::*;
use crate::law::finding::{Finding, Severity, blocks};
use crate::law::rules::find;

fn day(s: &str) -> NaiveDate {
    s.parse().unwrap()
}

fn hour(s: &str) -> NaiveTime {
    NaiveTime::parse_from_str(s, "%H:%M").unwrap()
}

/// A class of group A with trainer Anna on 13 April 2015, ten present.
fn class(row: u32, from: &str, to: &str) -> Session {
    Session {
        place: format!("arkusz Godziny, wiersz {row}"),
        group: "A".into(),
        trainer: "Anna".into(),
        day: day("2015-04-13"),
        from: hour(from),
        to: hour(to),
        persons_present: 10,
        persons_absent: 0,
        individual: false,
    }
}

fn rules_of(findings: &[Finding]) -> Vec<(&str, Severity)> {
    findings.iter().map(|f| (f.rule.as_str(), f.severity)).collect()
}

fn of_a(sessions: &[Session]) -> Minutes {
    eligible_minutes_by_group(sessions).remove("A").unwrap_or_default()
}

#[test]
fn a_trainer_is_in_one_class_at_a_time() {
    let other = Session { group: "B".into(), ..class(7, "11:59", "14:00") };
    let findings = check_overlaps(&[class(5, "09:00", "12:00"), other]);
    assert_eq!(rules_of(&findings), [("R-TS-01", Severity::Block)]);
    assert_eq!(findings[0].place, "arkusz Godziny, wiersz 7");
    assert!(findings[0].found.contains("wiersz 5"), "{}", findings[0].found);
    let next = Session { group: "B".into(), ..class(7, "12:00", "14:00") };
    assert!(check_overlaps(&[class(5, "09:00", "12:00"), next]).is_empty());
    let tomorrow = Session { day: day("2015-04-14"), ..class(7, "09:00", "12:00") };
    assert!(check_overlaps(&[class(5, "09:00", "12:00"), tomorrow]).is_empty());
}

#[test]
fn a_long_class_clashes_with_every_later_one_inside_it() {
    let rows = [class(1, "08:00", "16:00"), class(2, "09:00", "10:00"), class(3, "15:00", "17:00")];
    let places: Vec<String> = check_overlaps(&rows).into_iter().map(|f| f.place).collect();
    assert_eq!(places, ["arkusz Godziny, wiersz 2", "arkusz Godziny, wiersz 3"]);
}

#[test]
fn a_group_has_one_class_at_a_time_and_two_trainers_may_share_it() {
    let bob = |from, to| Session { trainer: "Bogdan".into(), ..class(6, from, to) };
    let shared = check_overlaps(&[class(5, "09:00", "12:00"), bob("09:00", "12:00")]);
    assert_eq!(rules_of(&shared), [("R-TS-01", Severity::Info)]);
    let crossed = check_overlaps(&[class(5, "09:00", "12:00"), bob("11:00", "13:00")]);
    assert_eq!(rules_of(&crossed), [("R-TS-01", Severity::Block)]);
    let alone = Session { individual: true, ..bob("11:00", "12:00") };
    assert!(check_overlaps(&[class(5, "09:00", "12:00"), alone]).is_empty());
}

#[test]
fn single_rows() {
    let backwards = class(2, "12:00", "09:00");
    assert_eq!(rules_of(&check_times(&[backwards.clone(), class(3, "09:00", "09:00")])).len(), 2);
    assert!(backwards.minutes().is_zero());
    let (from, to) = (day("2015-04-14"), day("2015-06-12"));
    let outside = check_period(&[class(4, "09:00", "12:00")], from, to);
    assert_eq!(rules_of(&outside), [("R-HRS-07", Severity::Block)]);
    assert!(outside[0].limit.contains("od 14.04.2015 do 12.06.2015"));
    assert!(check_period(&[class(4, "09:00", "12:00")], day("2015-04-13"), day("2015-04-13")).is_empty());
}

#[test]
fn groups_of_the_right_size() {
    let pai = find("PAI-2").unwrap();
    let crowd = Session { persons_absent: 1, ..class(8, "09:00", "12:00") };
    assert_eq!(rules_of(&check_group_size(std::slice::from_ref(&crowd), &pai, false)), [("R-HRS-03", Severity::Block)]);
    assert_eq!(rules_of(&check_group_size(std::slice::from_ref(&crowd), &pai, true)), [("R-HRS-03", Severity::Warn)]);
    assert!(check_group_size(&[class(8, "09:00", "12:00")], &pai, false).is_empty());
    assert!(check_group_size(&[crowd], &find("RSD-1").unwrap(), false).is_empty());
    assert_eq!(group_size("grupa 1", "1", 5, &pai, false).unwrap().severity, Severity::Warn);
    assert!(group_size("grupa 1", "1", 6, &pai, false).is_none());
    assert!(group_size("grupa 1", "1", 1, &find("RSD-1").unwrap(), false).is_none());
}

#[test]
fn nobody_present_is_no_hour_and_under_half_is_a_remark() {
    let with =
        |present, absent| Session { persons_present: present, persons_absent: absent, ..class(9, "09:00", "11:00") };
    assert_eq!(rules_of(&check_attendance(&[with(0, 10)])), [("R-ATT-02", Severity::Warn)]);
    assert_eq!(rules_of(&check_attendance(&[with(4, 6)])), [("R-ATT-02", Severity::Warn)]);
    assert!(check_attendance(&[with(5, 5)]).is_empty());
    assert_eq!(of_a(&[with(0, 10)]), Minutes::ZERO);
    assert_eq!(of_a(&[with(1, 9)]), Minutes::from_hours(2));
}

#[test]
fn hours_of_a_group_count_once() {
    let bob = |from, to| Session { trainer: "Bogdan".into(), ..class(6, from, to) };
    assert_eq!(of_a(&[class(5, "09:00", "12:00"), bob("09:00", "12:00")]), Minutes::from_hours(3));
    assert_eq!(of_a(&[class(5, "09:00", "12:00"), bob("11:00", "13:00")]), Minutes::from_hours(4));
    assert_eq!(of_a(&[class(5, "09:00", "12:00"), bob("12:00", "13:00")]), Minutes::from_hours(4));
    let alone =
        |who: &str| Session { trainer: who.into(), individual: true, persons_present: 1, ..class(7, "09:00", "10:00") };
    let all = [class(5, "09:00", "12:00"), alone("Bogdan"), alone("Celina"), alone("Celina")];
    assert_eq!(of_a(&all), Minutes::from_hours(3));
    assert_eq!(eligible_minutes(&all, &find("PAI-4").unwrap())["A"], Minutes::from_hours(3));
    assert_eq!(eligible_minutes(&all, &find("RSD-1").unwrap())["A"], Minutes::from_hours(5));
    assert_eq!(minutes_by_day(&all, "A"), [(day("2015-04-13"), Minutes::from_hours(3))]);
}

#[test]
fn a_day_of_reintegration_lasts_four_hours() {
    let four = Minutes::from_hours(4);
    assert!(check_days(&[class(1, "08:00", "10:00"), class(2, "10:15", "12:15")], four, "").is_empty());
    let short = check_days(&[class(1, "08:00", "11:59")], four, "art. 200 ust. 3");
    assert_eq!(rules_of(&short), [("R-HRS-05", Severity::Block)]);
    assert!(short[0].found.contains("3\u{A0}h 59\u{A0}min"), "{}", short[0].found);
    assert!(blocks(&check_days(&[class(1, "08:00", "13:00")], four, "")));
    let alone = Session { individual: true, ..class(2, "10:00", "12:00") };
    let mixed = check_days(&[class(1, "08:00", "10:00"), alone], four, "");
    assert_eq!(rules_of(&mixed), [("R-HRS-05", Severity::Warn)]);
}

prop_compose! {
    fn any_class()(
        group in "[AB]", trainer in "[XYZ]", d in 0u64..3, start in 0u32..1_380, length in 0u32..240,
        present in 0u32..3, individual in any::<bool>(),
    ) -> Session {
        let at = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
        Session {
            place: String::new(), group, trainer, individual,
            day: day("2026-03-02") + chrono::Days::new(d),
            from: at(start), to: at((start + length).min(1_439)),
            persons_present: present, persons_absent: 0,
        }
    }
}

proptest! {
    #[test]
    fn counting_never_exceeds_the_sum_and_ignores_order(
        mut sessions in prop::collection::vec(any_class(), 0..25), by in 0usize..25,
    ) {
        let rsd = find("RSD-1").unwrap();
        let group_hours = eligible_minutes_by_group(&sessions);
        let all_hours = eligible_minutes(&sessions, &rsd);
        let sum = Minutes::sum(sessions.iter().map(Session::minutes)).unwrap();
        prop_assert!(Minutes::sum(all_hours.values().copied()).unwrap() <= sum);
        for (group, minutes) in &group_hours {
            prop_assert!(*minutes <= all_hours[group]);
            let days = minutes_by_day(&sessions, group);
            prop_assert_eq!(Minutes::sum(days.into_iter().map(|(_, m)| m)), Some(*minutes));
        }
        let clean = check_overlaps(&sessions).is_empty();
        let eligible = sessions.iter().filter(|s| s.is_eligible() && !s.individual);
        if clean {
            let plain = Minutes::sum(eligible.map(Session::minutes));
            prop_assert_eq!(Minutes::sum(group_hours.values().copied()), plain);
        }
        let middle = by.min(sessions.len());
        sessions.rotate_left(middle);
        sessions.reverse();
        prop_assert_eq!(&eligible_minutes_by_group(&sessions), &group_hours);
        prop_assert_eq!(eligible_minutes(&sessions, &rsd), all_hours);
    }
}
