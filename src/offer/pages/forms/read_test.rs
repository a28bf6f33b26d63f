use rust_decimal::Decimal;

use super::super::fill;
use super::*;
use crate::offer::units::parse_units as units;

#[test]
fn what_is_filled_in_is_read_back() {
    let mut c = OfferContent {
        title: "Warsztaty".into(),
        starts: "2027-01-11".parse().ok(),
        ends: "2028-02-11".parse().ok(),
        activities: vec![Activity { name: "A".into(), ..Activity::default() }],
        hours: vec![PlannedHours {
            group: "E1-G1".into(),
            persons: 9,
            minutes: Minutes::new(90),
            individual: Minutes::ZERO,
        }],
        costs: vec![CostLine {
            activity: Some(1),
            name: "trener".into(),
            unit: "godzina".into(),
            unit_cost: Money::zl(55),
            units: Decimal::new(25, 1),
            trainer: true,
            years: vec![Money::zl(100), Money::from_grosze(3_750)],
        }],
        measures: vec![Measure { name: "samoocena".into(), how: "ankieta".into(), when: "na koniec".into() }],
        programme: vec![PlannedClass {
            group: "E1-G1".into(),
            day: "2027-01-11".parse().ok(),
            from: "09:00:00".parse().ok(),
            to: "10:30:00".parse().ok(),
            topic: "motywacja".into(),
            trainer: "Ewa Trener".into(),
            individual: false,
        }],
        unpaid: true,
        ..OfferContent::default()
    };
    c.sources.grant = Money::from_grosze(13_750);
    for section in Section::ALL {
        let mut again = c.clone();
        let errors = read(section, &fill(section, &c, ""), &mut again);
        assert!(errors.is_empty(), "{section:?}: {errors:?}");
        assert_eq!(again, c, "{section:?}");
    }
    let mut other = c.clone();
    other.programme.push(PlannedClass { group: "E1-G2".into(), topic: "praca".into(), ..PlannedClass::default() });
    let mut again = other.clone();
    assert!(read(Section::Programme, &fill(Section::Programme, &other, "E1-G1"), &mut again).is_empty());
    assert_eq!(again, other, "another group is left alone");
}

#[test]
fn units_are_plain_numbers() {
    assert_eq!(units("1 350"), Ok(Decimal::from(1350)));
    assert_eq!(units("2,50"), Ok(Decimal::new(25, 1)));
    for bad in ["2,555", "-1", "1e3", "dwa", "1000001", ",", "1,2,3"] {
        assert!(units(bad).unwrap_err().starts_with(&format!("Wpisano „{bad}”.")), "{bad}");
    }
}

#[test]
fn costs_follow_their_activity_when_rows_go() {
    let line = |n| CostLine {
        activity: n,
        name: "k".into(),
        unit: "szt.".into(),
        unit_cost: Money::zl(1),
        units: Decimal::ONE,
        trainer: false,
        years: Vec::new(),
    };
    let activity = |name: &str| Activity { name: name.into(), ..Activity::default() };
    let mut c = OfferContent {
        activities: vec![activity("A"), activity("B")],
        costs: vec![line(Some(1)), line(Some(2)), line(None)],
        ..OfferContent::default()
    };
    let form =
        [("activities.0.was", "2"), ("activities.0.name", "B"), ("activities.1.was", ""), ("activities.1.name", "C")];
    let form = Fields::from_pairs(form.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect());
    assert!(read(Section::Plan, &form, &mut c).is_empty());
    let homes: Vec<_> = c.costs.iter().map(|l| l.activity).collect();
    assert_eq!(homes, [Some(0), Some(1), None]);
}

#[test]
fn five_years_from_the_middle_of_one_are_six_columns_and_no_day_more() {
    let form = |ends: &str| {
        let pairs = [("starts", "2027-07-01"), ("ends", ends)];
        Fields::from_pairs(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    };
    let mut c = OfferContent::default();
    assert!(read(Section::Task, &form("2032-06-30"), &mut c).is_empty());
    assert_eq!(c.years(), [2027, 2028, 2029, 2030, 2031, 2032]);
    let errors = read(Section::Task, &form("2032-07-01"), &mut c);
    let said: Vec<&str> = errors.list().iter().map(|e| e.message.as_str()).collect();
    assert_eq!(said, ["Zadanie może trwać najwyżej 5 lat, czyli do 30.06.2032. Popraw jedną z dat."]);

    let mut costs = Fields::from_pairs(vec![("costs.0.name".into(), "sala".into())]);
    (0..6).for_each(|year| costs.set(format!("costs.0.y{year}"), format!("{}", year + 1)));
    (c.ends, c.cost_years) = ("2032-06-30".parse().ok(), Vec::new());
    assert!(read(Section::Costs, &costs, &mut c).is_empty());
    assert_eq!(c.costs[0].years, [1, 2, 3, 4, 5, 6].map(Money::zl));
}
