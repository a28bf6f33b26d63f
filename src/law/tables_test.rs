use super::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

#[test]
fn the_wage_is_known_for_the_very_year_or_not_at_all() {
    let tables = Tables::shipped();
    assert_eq!(tables.wage_on(day(2025, 6, 1)).unwrap().money(), Money::zl(4_666));
    assert_eq!(tables.wage_on(day(2025, 12, 31)).unwrap().money(), Money::zl(4_666));
    assert_eq!(tables.wage_on(day(2026, 1, 1)).unwrap().money(), Money::zl(4_806));
    let finding = tables.wage_on(day(2027, 1, 1)).unwrap_err();
    assert_eq!(finding.rule.as_str(), "R-TAB-01");
    assert_eq!(finding.severity, crate::law::Severity::Block);
    assert!(finding.found.contains("na rok 2027"), "{}", finding.found);
    assert!(finding.hint.contains("Administrator dopisuje"), "{}", finding.hint);
    assert!(tables.wage_on(day(2024, 12, 31)).is_err());
}

#[test]
fn an_administrator_adds_a_year_and_corrects_it() {
    let mut tables = Tables::shipped();
    tables.extend(TableKind::Wage, day(2027, 1, 1), 500_000, "projekt");
    tables.extend(TableKind::Wage, day(2027, 1, 1), 510_000, "Dz.U. 2026 poz. 1");
    let row = tables.wage_on(day(2027, 3, 3)).unwrap();
    assert_eq!((row.value_x100, row.mark), (510_000, Mark::Office));
    assert!(check_row(TableKind::Wage, 510_000, "Dz.U.").is_empty());
    assert_eq!(check_row(TableKind::Interest, 0, " ").len(), 2);
    let json = serde_json::to_string(&tables).unwrap();
    assert_eq!(serde_json::from_str::<Tables>(&json).unwrap(), tables);
}

#[test]
fn socially_useful_work() {
    let tables = Tables::shipped();
    for (agreed, grosze) in [
        (day(2015, 4, 13), 810),
        (day(2018, 5, 31), 810),
        (day(2023, 6, 1), 1_090),
        (day(2025, 5, 31), 1_220),
        (day(2025, 6, 1), 3_050),
        (day(2026, 7, 1), 3_140),
    ] {
        assert_eq!(tables.psu_on(agreed).unwrap().value_x100, grosze, "{agreed}");
    }
    assert!(tables.psu_on(day(2014, 12, 31)).is_err());
    assert!(tables.psu_on(day(2027, 1, 1)).is_err());
}

#[test]
fn a_period_is_cut_where_the_value_changes() {
    let tables = Tables::shipped();
    let pieces = tables.interest.pieces(day(2022, 1, 20), day(2022, 6, 30)).unwrap();
    let days: Vec<i64> = pieces.iter().map(|p| (p.to - p.from).num_days() + 1).collect();
    assert_eq!(days, [20, 28, 29, 29, 34, 22]);
    assert!(tables.interest.pieces(day(2013, 7, 3), day(2013, 7, 4)).is_none());
    assert_eq!(tables.interest.last_change(), Some(day(2026, 3, 5)));
    for kind in TableKind::ALL {
        assert_eq!(TableKind::from_code(kind.code()), Some(kind));
    }
}
