use proptest::prelude::*;

use super::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn hour(h: u32, m: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(h, m, 0).unwrap()
}

fn utc(s: &str) -> Instant {
    s.parse().unwrap()
}

#[test]
fn a_wall_time_becomes_an_instant() {
    assert_eq!(at_warsaw(day(2026, 1, 5), hour(12, 0)), Ok(utc("2026-01-05T11:00:00Z")));
    assert_eq!(at_warsaw(day(2026, 7, 5), hour(12, 0)), Ok(utc("2026-07-05T10:00:00Z")));
}

#[test]
fn the_spring_gap_is_refused_with_a_way_out() {
    let said = at_warsaw(day(2026, 3, 29), hour(2, 30)).unwrap_err().to_string();
    assert_eq!(
        said,
        "Godziny 02:30 w dniu 29.03.2026 nie ma w Polsce: zegary przestawiono wtedy z 2:00 na 3:00. \
         Wybierz godzinę przed 2:00 albo od 3:00."
    );
    assert!(at_warsaw(day(2026, 3, 29), hour(1, 59)).is_ok());
    assert!(at_warsaw(day(2026, 3, 29), hour(3, 0)).is_ok());
}

#[test]
fn the_autumn_hour_that_comes_twice_is_the_later_one() {
    assert_eq!(at_warsaw(day(2026, 10, 25), hour(2, 30)), Ok(utc("2026-10-25T01:30:00Z")));
}

#[test]
fn a_day_ends_where_the_next_begins_also_when_it_has_23_or_25_hours() {
    for (date, end) in [
        (day(2026, 1, 31), "2026-01-31T23:00:00Z"),
        (day(2026, 3, 29), "2026-03-29T22:00:00Z"),
        (day(2026, 10, 25), "2026-10-25T23:00:00Z"),
        (day(2024, 2, 29), "2024-02-29T23:00:00Z"),
    ] {
        assert_eq!(end_of_day_warsaw(date), utc(end));
        assert_eq!(warsaw_date(utc(end)), date.succ_opt().unwrap());
        assert_eq!(warsaw_date(utc(end) - chrono::TimeDelta::milliseconds(1)), date);
    }
}

#[test]
fn shows_dates_and_hours() {
    let date = day(2015, 4, 13);
    assert_eq!(show_date(date), "13.04.2015");
    assert_eq!(show_date_weekday(date), "poniedziałek, 13.04.2015");
    assert_eq!(show_time(hour(14, 5)), "14:05");
    let at = utc("2015-04-13T12:05:09Z");
    assert_eq!(show_instant(at), "13.04.2015, 14:05");
    assert_eq!(show_instant_seconds(at), "13.04.2015, 14:05:09");
    assert_eq!(warsaw(at).time(), NaiveTime::from_hms_opt(14, 5, 9).unwrap());
}

#[test]
fn counts_down_in_good_polish() {
    let now = utc("2026-02-01T10:00:00Z");
    for (seconds, said) in [
        (9 * 86_400 + 4 * 3_600, "za 9 dni i 4 godziny"),
        (86_400, "za 1 dzień"),
        (86_400 + 59, "za 1 dzień"),
        (86_400 + 3_600, "za 1 dzień i 1 godzinę"),
        (2 * 86_400 + 5 * 3_600, "za 2 dni i 5 godzin"),
        (3_600, "za 1 godzinę"),
        (22 * 3_600 + 60, "za 22 godziny i 1 minutę"),
        (2 * 3_600 + 35 * 60, "za 2 godziny i 35 minut"),
        (35 * 60, "za 35 minut"),
        (2 * 60, "za 2 minuty"),
        (30, "za mniej niż minutę"),
        (0, "termin minął przed chwilą"),
        (-30, "termin minął przed chwilą"),
        (-60, "termin minął 1 minutę temu"),
        (-2 * 86_400, "termin minął 2 dni temu"),
        (-13 * 3_600, "termin minął 13 godzin temu"),
    ] {
        assert_eq!(left(now, now + chrono::TimeDelta::seconds(seconds)), said);
    }
    assert_eq!(left(now, now + chrono::TimeDelta::milliseconds(1)), "za mniej niż minutę");
    assert_eq!(left(now, now - chrono::TimeDelta::milliseconds(1)), "termin minął przed chwilą");
}

#[test]
fn counted_nouns() {
    let said = |n| plural(n, "oferta", "oferty", "ofert");
    for (n, form) in [
        (0, "ofert"),
        (1, "oferta"),
        (2, "oferty"),
        (4, "oferty"),
        (5, "ofert"),
        (11, "ofert"),
        (12, "ofert"),
        (14, "ofert"),
        (21, "ofert"),
        (22, "oferty"),
        (101, "ofert"),
        (112, "ofert"),
        (122, "oferty"),
        (-2, "oferty"),
    ] {
        assert_eq!(said(n), form, "{n}");
    }
}

#[test]
fn reads_dates_and_hours() {
    for typed in ["2015-04-13", "13.04.2015", "13.4.2015", " 13.04.2015 ", "13.04.2015 r."] {
        assert_eq!(parse_date(typed), Ok(day(2015, 4, 13)), "{typed}");
    }
    assert_eq!(parse_date("29.02.2024"), Ok(day(2024, 2, 29)));
    for (typed, time) in
        [("14:05", hour(14, 5)), ("9:05", hour(9, 5)), ("14:05:00", hour(14, 5)), ("14.05", hour(14, 5))]
    {
        assert_eq!(parse_time(typed), Ok(time), "{typed}");
    }
}

#[test]
fn refuses_dates_and_hours_with_a_way_out() {
    for (typed, part) in [
        ("", "Nie podano daty"),
        ("31.02.2026", "luty 2026 ma 28 dni"),
        ("2026-02-31", "luty 2026 ma 28 dni"),
        ("31.12.26", "To nie jest data"),
        ("32.12.2026", "grudzień 2026 ma 31 dni"),
        ("0.12.2026", "grudzień 2026 ma 31 dni"),
        ("01.13.2026", "Nie ma takiego miesiąca"),
        ("01.00.2026", "Nie ma takiego miesiąca"),
        ("01.01.0015", "między 1900 a 2199"),
        ("jutro", "To nie jest data"),
        ("13/04/2015", "To nie jest data"),
    ] {
        let said = parse_date(typed).unwrap_err().to_string();
        assert!(said.contains(part) && said.contains("13.04.2015"), "{typed}: {said}");
    }
    for typed in ["", "24:00", "12:60", "1205", "12:5", "rano", "::"] {
        assert!(parse_time(typed).unwrap_err().to_string().contains("14:05"), "{typed}");
    }
}

proptest! {
    #[test]
    fn shown_dates_are_read_back(days in 0u64..100_000) {
        let date = day(1900, 1, 1) + chrono::Days::new(days);
        prop_assert_eq!(parse_date(&show_date(date)), Ok(date));
        prop_assert_eq!(parse_date(&date.to_string()), Ok(date));
    }

    #[test]
    fn no_text_breaks_the_readers(typed in ".{0,30}") {
        let _ = (parse_date(&typed), parse_time(&typed));
    }
}

#[test]
fn a_deadline_at_midnight_is_the_end_of_the_day_before() {
    let said = |wall: &str| {
        let end = utc(wall);
        (last_day(end), show_deadline(end), show_until(end))
    };
    assert_eq!(
        said("2026-12-14T23:00:00Z"),
        (day(2026, 12, 14), "poniedziałek, 14.12.2026, do końca dnia (23:59)".into(), "końca dnia 14.12.2026".into())
    );
    assert_eq!(
        said("2026-12-15T13:00:00Z"),
        (day(2026, 12, 15), "wtorek, 15.12.2026, godz. 14:00".into(), "15.12.2026, godz. 14:00".into())
    );
    assert_eq!(said("2026-12-15T13:00:07Z").2, "15.12.2026, godz. 14:00:07");
    // The day on which the clocks go back has 25 hours, and one end.
    assert_eq!(show_until(end_of_day_warsaw(day(2026, 10, 25))), "końca dnia 25.10.2026");
}
