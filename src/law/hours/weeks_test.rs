use proptest::prelude::*;

use super::*;

fn day(s: &str) -> NaiveDate {
    s.parse().unwrap()
}

#[test]
fn weeks_of_an_edition() {
    let (from, to, ten) = (day("2015-04-13"), day("2015-06-12"), Minutes::from_hours(10));
    let daily = |hours| -> Vec<(NaiveDate, Minutes)> {
        from.iter_days().take_while(|d| *d <= to).step_by(7).map(|d| (d, Minutes::from_hours(hours))).collect()
    };
    let full = weeks(from, to, WeekKind::Rolling7, &daily(10), ten);
    assert_eq!(full.len(), 9);
    assert!(full.iter().all(|w| !w.short));
    let tail = full.last().unwrap();
    assert_eq!((tail.tail, tail.required), (true, Minutes::from_hours(7))); // five days: floor(50/7)
    let nine = weeks(from, to, WeekKind::Rolling7, &daily(9), ten);
    let findings = check_weeks("A", &nine, Severity::Block, "art. 62a ust. 5");
    assert_eq!(findings.len(), 8);
    assert!(findings[0].hint.contains("Brakuje 1\u{A0}h"));
    let none = check_weeks("A", &weeks(from, to, WeekKind::Rolling7, &[], ten), Severity::Block, "");
    assert_eq!((none.len(), none[8].severity, none[7].severity), (9, Severity::Warn, Severity::Block));
}

#[test]
fn calendar_weeks_begin_on_monday() {
    let (from, to) = (day("2015-07-15"), day("2015-07-28"));
    let cut =
        weeks(from, to, WeekKind::Calendar, &[(day("2015-07-19"), Minutes::from_hours(7))], Minutes::from_hours(10));
    let bounds: Vec<(String, String, bool, bool)> =
        cut.iter().map(|w| (w.from.to_string(), w.to.to_string(), w.tail, w.short)).collect();
    let row = |a: &str, b: &str, tail, short| (a.to_owned(), b.to_owned(), tail, short);
    assert_eq!(
        bounds,
        [
            row("2015-07-15", "2015-07-19", true, false),
            row("2015-07-20", "2015-07-26", false, true),
            row("2015-07-27", "2015-07-28", true, true),
        ]
    );
    assert!(weeks(to, from, WeekKind::Calendar, &[], Minutes::ZERO).is_empty());
}

proptest! {
    #[test]
    fn weeks_cover_every_day_once(
        length in 0u64..200, shift in 0u64..7, monday in any::<bool>(),
        hours in prop::collection::vec((0u64..200, 0i64..600), 0..40),
    ) {
        let from = day("2026-01-01") + chrono::Days::new(shift);
        let to = from + chrono::Days::new(length);
        let kind = if monday { WeekKind::Calendar } else { WeekKind::Rolling7 };
        let days: Vec<_> = hours.into_iter().map(|(d, m)| (from + chrono::Days::new(d), Minutes::new(m))).collect();
        let cut = weeks(from, to, kind, &days, Minutes::from_hours(10));
        prop_assert_eq!(cut[0].from, from);
        prop_assert_eq!(cut.last().unwrap().to, to);
        prop_assert!(cut.windows(2).all(|w| w[0].to.succ_opt() == Some(w[1].from)));
        let inside = Minutes::sum(days.iter().filter(|(d, _)| *d <= to).map(|(_, m)| *m));
        prop_assert_eq!(Minutes::sum(cut.iter().map(|w| w.minutes)), inside);
    }
}
