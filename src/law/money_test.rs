use proptest::prelude::*;

use super::*;

fn gr(grosze: i64) -> Money {
    Money::from_grosze(grosze)
}

#[test]
fn reads_what_people_and_spreadsheets_write() {
    for (typed, grosze) in [
        ("12345,67", 1_234_567),
        ("12 345,67 zł", 1_234_567),
        ("12 345.67", 1_234_567),
        ("12345", 1_234_500),
        ("12\u{A0}345,67\u{A0}zł", 1_234_567),
        ("12\u{202F}345,67 PLN", 1_234_567),
        ("  70 ", 7_000),
        ("70,5", 7_050),
        ("0", 0),
        ("0,01", 1),
        ("999 999 999 999,99", 99_999_999_999_999),
    ] {
        assert_eq!(Money::parse_pl(typed), Ok(gr(grosze)), "{typed}");
    }
}

#[test]
fn refuses_with_a_sentence_that_names_the_value_and_the_way_out() {
    for (typed, part) in [
        ("", "Nie podano kwoty"),
        ("zł", "Nie podano kwoty"),
        ("-5", "nie może być ujemna"),
        ("−5", "nie może być ujemna"),
        ("12,345", "dwie cyfry po przecinku"),
        ("12,", "To nie jest kwota"),
        (",50", "To nie jest kwota"),
        ("12.345,00", "To nie jest kwota"),
        ("1 23 45", "To nie jest kwota"),
        ("1234 567", "To nie jest kwota"),
        ("siedemdziesiąt", "To nie jest kwota"),
        ("1e5", "To nie jest kwota"),
        ("٣", "To nie jest kwota"),
        ("1 000 000 000 000", "Największa dozwolona kwota"),
        ("99999999999999999999999", "Największa dozwolona kwota"),
    ] {
        let said = Money::parse_pl(typed).unwrap_err().to_string();
        assert!(said.contains(part), "{typed}: {said}");
        assert!(said.contains("np. 12 345,67."), "{typed}: {said}");
    }
    let said = Money::parse_pl("70,001").unwrap_err().to_string();
    assert!(said.starts_with("Wpisano „70,001”. "), "{said}");
    assert!(Money::parse_pl(&"9".repeat(5_000)).unwrap_err().to_string().len() < 250);
}

#[test]
fn shows_the_polish_way() {
    assert_eq!(gr(1_234_567).to_string(), "12\u{202F}345,67\u{A0}zł");
    assert_eq!(gr(0).to_string(), "0,00\u{A0}zł");
    assert_eq!(gr(100_000_005).to_string(), "1\u{202F}000\u{202F}000,05\u{A0}zł");
    assert_eq!(gr(-1_205).to_string(), "-12,05\u{A0}zł");
    assert_eq!(gr(1_234_567).plain(), "12345,67");
    assert_eq!(gr(i64::MIN).plain(), "-92233720368547758,08");
}

#[test]
fn says_amounts_in_words() {
    for (zloty, said) in [
        (0, "zero złotych"),
        (1, "jeden złoty"),
        (2, "dwa złote"),
        (4, "cztery złote"),
        (5, "pięć złotych"),
        (10, "dziesięć złotych"),
        (11, "jedenaście złotych"),
        (12, "dwanaście złotych"),
        (14, "czternaście złotych"),
        (19, "dziewiętnaście złotych"),
        (20, "dwadzieścia złotych"),
        (21, "dwadzieścia jeden złotych"),
        (22, "dwadzieścia dwa złote"),
        (25, "dwadzieścia pięć złotych"),
        (100, "sto złotych"),
        (101, "sto jeden złotych"),
        (112, "sto dwanaście złotych"),
        (122, "sto dwadzieścia dwa złote"),
        (200, "dwieście złotych"),
        (999, "dziewięćset dziewięćdziesiąt dziewięć złotych"),
        (1_000, "jeden tysiąc złotych"),
        (1_001, "jeden tysiąc jeden złotych"),
        (2_002, "dwa tysiące dwa złote"),
        (5_670, "pięć tysięcy sześćset siedemdziesiąt złotych"),
        (12_000, "dwanaście tysięcy złotych"),
        (21_000, "dwadzieścia jeden tysięcy złotych"),
        (22_013, "dwadzieścia dwa tysiące trzynaście złotych"),
        (85_050, "osiemdziesiąt pięć tysięcy pięćdziesiąt złotych"),
        (112_003, "sto dwanaście tysięcy trzy złote"),
        (1_000_000, "jeden milion złotych"),
        (2_000_000, "dwa miliony złotych"),
        (5_000_001, "pięć milionów jeden złotych"),
        (1_000_000_000, "jeden miliard złotych"),
        (3_000_000_000, "trzy miliardy złotych"),
        (7_000_000_004, "siedem miliardów cztery złote"),
    ] {
        assert_eq!(Money::zl(zloty).words(), format!("{said} 00/100"));
    }
    assert_eq!(gr(7_001).words(), "siedemdziesiąt złotych 01/100");
    assert_eq!(gr(-150).words(), "minus jeden złoty 50/100");
}

#[test]
fn arithmetic_stops_at_the_edge() {
    assert_eq!(gr(i64::MAX).checked_add(gr(1)), None);
    assert_eq!(gr(i64::MIN).checked_sub(gr(1)), None);
    assert_eq!(gr(i64::MAX).checked_mul(2), None);
    assert_eq!(Money::sum([gr(i64::MAX), gr(1)]), None);
    assert_eq!(Money::sum([]), Some(Money::ZERO));
    assert_eq!(gr(5).saturating_sub_floor0(gr(7)), Money::ZERO);
    assert_eq!(gr(7).saturating_sub_floor0(gr(5)), gr(2));
    assert_eq!(Money::zl(i64::MAX), gr(i64::MAX));
    assert!(Money::ZERO.is_zero());
}

#[test]
fn rounds_by_name() {
    let half = Decimal::new(10_005, 3);
    assert_eq!(Money::from_decimal_half_up(half), Some(gr(1_001)));
    assert_eq!(Money::from_decimal_floor(half), Some(gr(1_000)));
    assert_eq!(Money::from_decimal_half_up(Decimal::MAX), None);
    assert_eq!(Money::zl(1).percent_of(Money::zl(3)), Some(Decimal::new(33_33, 2)));
    assert_eq!(gr(5).percent_of(gr(1000)), Some(Decimal::new(50, 2)));
    assert_eq!(gr(1).percent_of(gr(8000)), Some(Decimal::new(1, 2)));
    assert_eq!(Money::zl(1).percent_of(Money::ZERO), None);
}

#[test]
fn is_an_integer_in_json() {
    assert_eq!(serde_json::to_string(&gr(7_000)).unwrap(), "7000");
    assert_eq!(serde_json::from_str::<Money>("7000").unwrap(), gr(7_000));
    assert!(serde_json::from_str::<Money>("70.5").is_err());
}

proptest! {
    #[test]
    fn what_is_shown_is_read_back(grosze in 0..=LARGEST_TYPED) {
        let money = gr(grosze);
        prop_assert_eq!(Money::parse_pl(&money.to_string()), Ok(money));
        prop_assert_eq!(Money::parse_pl(&money.plain()), Ok(money));
        prop_assert_eq!(Money::from_decimal_half_up(money.to_decimal()), Some(money));
        prop_assert_eq!(Money::from_decimal_floor(money.to_decimal()), Some(money));
    }

    #[test]
    fn no_text_breaks_the_reader(typed in ".{0,60}") {
        if let Ok(money) = Money::parse_pl(&typed) {
            prop_assert!(money >= Money::ZERO);
        }
    }

    #[test]
    fn adding_and_taking_away_meet(a in 0..=LARGEST_TYPED, b in 0..=LARGEST_TYPED) {
        let (a, b) = (gr(a), gr(b));
        prop_assert_eq!(a.checked_add(b).and_then(|s| s.checked_sub(b)), Some(a));
        prop_assert_eq!(Money::sum([a, b]), Money::sum([b, a]));
        let over = a.saturating_sub_floor0(b);
        prop_assert!(over >= Money::ZERO && over <= a);
    }

    #[test]
    fn words_never_leave_a_double_space(grosze in any::<i64>()) {
        let said = gr(grosze).words();
        prop_assert!(!said.contains("  ") && !said.starts_with(' '), "{}", said);
    }

    #[test]
    fn floor_is_never_above_half_up(units in -1_000_000_000i64..1_000_000_000, scale in 0u32..6) {
        let value = Decimal::new(units, scale);
        let (down, half) = (Money::from_decimal_floor(value), Money::from_decimal_half_up(value));
        prop_assert!(down <= half);
        prop_assert!(half.unwrap().grosze() - down.unwrap().grosze() <= 1);
    }
}
