use chrono::{NaiveDate, NaiveDateTime};

use super::*;
use crate::call::{AskedAttachment, Outage, Place, Publication, defaults};
use crate::law::rules::find;
use crate::law::{Instant, Severity, at_warsaw};
use crate::store::OutageId;

pub(super) fn day(s: &str) -> NaiveDate {
    s.parse().unwrap()
}

pub(super) fn wall(s: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(s, "%Y-%m-%d %H:%M").unwrap()
}

pub(super) fn at(s: &str) -> Instant {
    let wall = wall(s);
    at_warsaw(wall.date(), wall.time()).unwrap()
}

pub(super) fn announced() -> CallContent {
    let mut c =
        defaults::content(&crate::programme::ProgrammeContent::default(), find("RSD-1").unwrap(), Money::zl(100_000));
    c.title = "Reintegracja 2027".into();
    c.elements.task = "Reintegracja społeczna długotrwale bezrobotnych".into();
    c.elements.deadline = Some(wall("2026-12-14 23:59"));
    c.elements.decision_by = Some(day("2027-01-04"));
    c.places = Place::ALL.map(|p| Publication::new(p, day("2026-11-23"), "Jan", "x")).to_vec();
    c
}

fn kind(change: impl Fn(&mut CallContent)) -> AmendmentKind {
    let old = announced();
    let mut new = old.clone();
    change(&mut new);
    AmendmentKind::of(&changes(&old, &new))
}

#[test]
fn what_opens_a_new_term_is_read_from_what_differs() {
    let longer = |c: &mut CallContent| c.elements.deadline = Some(wall("2026-12-21 23:59"));
    assert_eq!(kind(|_| ()), AmendmentKind::Nothing);
    assert_eq!(kind(longer), AmendmentKind::Longer);
    assert_eq!(kind(|c| c.elements.task.push_str(" i ich rodzin")), AmendmentKind::NewTerm(vec![1]));
    assert_eq!(kind(|c| c.elements.allocation = Money::zl(90_000)), AmendmentKind::NewTerm(vec![2]));
    assert_eq!(kind(|c| c.terms.shift_percent = 20), AmendmentKind::NewTerm(vec![3]));
    assert_eq!(kind(|c| c.elements.conditions.push_str("\nZajęcia od 8:00.")), AmendmentKind::NewTerm(vec![4]));
    assert_eq!(kind(|c| c.card.threshold_percent = 50), AmendmentKind::NewTerm(vec![6]));
    assert_eq!(
        kind(|c| {
            longer(c);
            c.card.threshold_percent = 50;
            c.elements.allocation = Money::zl(90_000);
        }),
        AmendmentKind::NewTerm(vec![2, 6])
    );
    assert_eq!(kind(|c| c.contact = "Ewa Nowak".into()), AmendmentKind::Repair);
    assert_eq!(kind(|c| c.question_days = 1), AmendmentKind::Repair);
    let both = |c: &mut CallContent| {
        longer(c);
        c.elements.decision_by = Some(day("2027-01-11"));
    };
    assert_eq!(kind(both), AmendmentKind::Longer);
    assert_eq!(kind(|c| c.elements.decision_by = Some(day("2027-01-11"))), AmendmentKind::Repair);
    // asking for less is nothing to write an offer anew for, asking for more is
    assert_eq!(kind(|c| c.attachments.clear()), AmendmentKind::Repair);
    let more = AskedAttachment { key: "plan".into(), name: "Plan".into(), required: true, note: String::new() };
    assert_eq!(kind(|c| c.attachments.push(more.clone())), AmendmentKind::NewTerm(vec![3]));
}

#[test]
fn a_slip_put_right_is_no_change_of_an_element_and_a_number_is() {
    assert_eq!(
        kind(|c| c.elements.task = "reintegracja  społeczna, długotrwale bezrobotnych.".into()),
        AmendmentKind::Repair
    );
    assert_eq!(
        kind(|c| c.elements.task = "Reintegracja spoleczna dlugotrwale bezrobotnych".into()),
        AmendmentKind::Repair
    );
    let with = |text: &str| {
        let mut c = announced();
        c.elements.conditions = text.into();
        c
    };
    for (before, after, slip) in [
        ("do 10 osób", "do  10 osób.", true),
        ("stawka 70,50 zł", "stawka 7050 zł", false),
        ("stawka 70,50 zł", "stawka 70.50 zł", false),
        ("nie może", "może", false),
        ("10 godzin", "11 godzin", false),
        ("grupa < 10 osób", "grupa > 10 osób", false),
        ("od +5 punktów", "od -5 punktów", false),
        ("długo- i krótkoterminowe", "długo i krótkoterminowe", true),
    ] {
        let kind = AmendmentKind::of(&changes(&with(before), &with(after)));
        assert_eq!(kind == AmendmentKind::Repair, slip, "{before} / {after}");
    }
}

fn checked(new: &CallContent, published: &str, now: &str, outages: &[Outage]) -> Vec<(String, Severity)> {
    let old = announced();
    let amending = Amending {
        old: &old,
        new,
        deadline: at("2026-12-15 00:00"),
        last: at("2026-12-15 00:00"),
        published_on: day(published),
        outages,
        now: at(now),
    };
    check_amendment(&amending).into_iter().map(|f| (f.rule.to_string(), f.severity)).collect()
}

fn blocked(findings: &[(String, Severity)]) -> Vec<&str> {
    findings.iter().filter(|(_, s)| *s == Severity::Block).map(|(rule, _)| rule.as_str()).collect()
}

#[test]
fn the_deadline_only_becomes_later_and_an_element_needs_its_own_21_days() {
    let with = |deadline: &str, allocation: i64| {
        let mut c = announced();
        c.elements.deadline = Some(wall(deadline));
        c.elements.allocation = Money::zl(allocation);
        c
    };
    let (same, noon) = (100_000, "2026-12-01 12:00");
    assert_eq!(blocked(&checked(&with("2026-12-11 23:59", same), "2026-12-01", noon, &[])), ["R-AMD-01"]);
    assert_eq!(blocked(&checked(&with("2026-12-14 23:00", same), "2026-12-01", noon, &[])), ["R-AMD-01"]);
    assert_eq!(blocked(&checked(&with("2026-12-14 23:59", same), "2026-12-01", noon, &[])), ["R-AMD-02"]);
    assert_eq!(blocked(&checked(&with("2026-12-15 12:00", same), "2026-12-01", noon, &[])), Vec::<&str>::new());
    // 2026-12-01 + 21 days is the 22nd
    for (deadline, published, wrong) in [
        ("2026-12-14 23:59", "2026-12-01", true),
        ("2026-12-21 23:59", "2026-12-01", true),
        ("2026-12-22 23:59", "2026-12-01", false),
        ("2026-12-22 15:00", "2026-12-01", true),
        ("2026-12-23 15:00", "2026-12-01", false),
        // a place that came a day later than planned asks for a later deadline
        ("2026-12-22 23:59", "2026-12-02", true),
    ] {
        let findings = checked(&with(deadline, 90_000), published, &format!("{published} 12:00"), &[]);
        assert_eq!(blocked(&findings) == ["R-ANN-03"], wrong, "{deadline} {published} {findings:?}");
    }
    // and so does a change that is recorded a day later: nobody could file before
    let late = checked(&with("2026-12-22 23:59", 90_000), "2026-12-01", "2026-12-02 12:00", &[]);
    assert_eq!(blocked(&late), ["R-ANN-03"]);
    let mut other = announced();
    other.elements.deadline = Some(wall("2026-12-21 23:59"));
    other.topics.push("nowy temat".into());
    assert!(blocked(&checked(&other, "2026-12-01", noon, &[])).contains(&"R-AMD-04"));
    // The organ cannot reserve afterwards what the announcement did not (R-CANCEL-01).
    let mut reserved = announced();
    reserved.elements.deadline = Some(wall("2026-12-28 23:59"));
    reserved.reservation = "Organ może odstąpić od konkursu.".into();
    assert_eq!(blocked(&checked(&reserved, "2026-12-01", noon, &[])), ["R-AMD-04"]);
}

/// Rule, severity, found, limit, basis and hint of what a change would meet on 1 December.
fn sentences(change: impl Fn(&mut CallContent)) -> Vec<(String, Severity, [String; 4])> {
    let old = announced();
    let mut new = old.clone();
    change(&mut new);
    let amending = Amending {
        old: &old,
        new: &new,
        deadline: at("2026-12-15 00:00"),
        last: at("2026-12-15 00:00"),
        published_on: day("2026-12-01"),
        outages: &[],
        now: at("2026-12-01 12:00"),
    };
    let said = |f: Finding| (f.rule.to_string(), f.severity, [f.found, f.limit, f.basis, f.hint]);
    check_amendment(&amending).into_iter().map(said).collect()
}

#[test]
fn the_choice_waits_for_the_later_deadline_of_one_organisation() {
    let old = announced();
    let said = |chosen: &str| {
        let mut new = old.clone();
        new.elements.decision_by = Some(day(chosen));
        let amending = Amending {
            old: &old,
            new: &new,
            deadline: at("2026-12-15 00:00"),
            last: at("2026-12-21 00:00"),
            published_on: day("2026-12-01"),
            outages: &[],
            now: at("2026-12-01 12:00"),
        };
        let blocks = |f: &Finding| f.severity == Severity::Block;
        let found = check_amendment(&amending).into_iter().find(blocks);
        found.map(|f| (f.rule.to_string(), f.found, f.hint))
    };
    let early = (
        "R-ANN-01".to_owned(),
        "Wybór do 20.12.2026, a jedna organizacja ma termin do końca dnia 20.12.2026.".to_owned(),
        "Podaj dzień wyboru późniejszy niż 20.12.2026.".to_owned(),
    );
    assert_eq!(said("2026-12-20"), Some(early));
    assert_eq!(said("2026-12-21"), None);
}

#[test]
fn the_rules_of_a_change_say_exactly_this() {
    type Change = fn(&mut CallContent);
    let cases: [(Change, &str, Severity, [&str; 4]); 7] = [
        (
            |c| c.elements.deadline = Some(wall("2026-12-11 23:59")),
            "R-AMD-01",
            Severity::Block,
            [
                "Nowy termin: do końca dnia 11.12.2026, obowiązujący: do końca dnia 14.12.2026.",
                "Termin można tylko wydłużyć.",
                "art. 13 ust. 1 i art. 5 ust. 3 UDPP",
                "Wyznacz późniejszy termin albo zostaw obowiązujący.",
            ],
        ),
        (
            |c| c.topics.push("nowy temat".into()),
            "R-AMD-04",
            Severity::Block,
            [
                "Zmieniono program, zasady prawne, edycje, grupy albo tematy.",
                "Po ogłoszeniu można zmienić wszystko inne.",
                "art. 13 ust. 2 UDPP",
                "Cofnij tę zmianę; inne zadanie wymaga osobnego konkursu.",
            ],
        ),
        (
            |c| c.elements.deadline = Some(wall("2026-12-21 23:59")),
            "R-AMD-05",
            Severity::Info,
            ["To tylko dłuższy termin. Nie otwiera nowych 21 dni.", "", "art. 13 UDPP", ""],
        ),
        (
            |c| c.contact = "Ewa".into(),
            "R-AMD-05",
            Severity::Info,
            ["Nie zmienia się nic, pod co pisze się oferty. Nie otwiera nowych 21 dni.", "", "art. 13 UDPP", ""],
        ),
        (
            |c| c.elements.allocation = Money::zl(90_000),
            "R-AMD-05",
            Severity::Info,
            [
                "Zmienia się element ogłoszenia (art. 13 ust. 2 pkt 2 UDPP). To nowe ogłoszenie: od ostatniego z jego trzech \
                 miejsc biegnie nowe 21 dni na złożenie ofert.",
                "",
                "art. 13 UDPP",
                "",
            ],
        ),
        (
            |c| c.card.threshold_percent = 50,
            "R-CRIT-02",
            Severity::Block,
            [
                "Zmienia się: Próg punktów.",
                "Kryteria i wagi są stałe od ogłoszenia; ich zmiana jest nowym ogłoszeniem z pełnymi 21 dniami.",
                "art. 13 ust. 1 i ust. 2 pkt 6 UDPP",
                "Wyznacz późniejszy termin składania ofert albo cofnij zmianę karty oceny.",
            ],
        ),
        (
            |c| {
                c.elements.deadline = Some(wall("2026-12-22 23:59"));
                c.card.criteria[1].max = 30;
                c.card.threshold_percent = 50;
            },
            "R-CRIT-02",
            Severity::Info,
            [
                "Zmienia się: Kryterium „Program zajęć: dopasowanie do grupy, godziny, metody, harmonogram”, Próg punktów.",
                "Kryteria i wagi są stałe od ogłoszenia; ich zmiana jest nowym ogłoszeniem z pełnymi 21 dniami.",
                "art. 13 ust. 1 i ust. 2 pkt 6 UDPP",
                "",
            ],
        ),
    ];
    for (change, rule, severity, says) in cases {
        let all = sentences(change);
        let hit = all.iter().find(|(id, ..)| id == rule);
        assert_eq!(hit, Some(&(rule.to_owned(), severity, says.map(str::to_owned))), "{all:#?}");
    }
    // Neither the costs of earlier years nor an earlier day of the decision is what offers are written for.
    assert_eq!(kind(|c| c.elements.decision_by = Some(day("2026-12-28"))), AmendmentKind::Repair);
    let earlier = crate::call::EarlierTasks { year: 2026, cost: Money::zl(1), grants: Money::ZERO };
    assert_eq!(kind(|c| c.elements.earlier.push(earlier.clone())), AmendmentKind::Repair);
}

fn outage(from: &str, to: &str) -> Outage {
    Outage {
        id: OutageId::new(),
        from: at(from),
        to: at(to),
        cause: "awaria sieci".into(),
        recorded_at: at(to),
        recorded_by: Outage::PROGRAM.into(),
    }
}

#[test]
fn after_the_deadline_only_an_outage_opens_the_door_for_a_day() {
    let mut longer = announced();
    longer.elements.deadline = Some(wall("2026-12-17 23:59"));
    let down = [outage("2026-12-14 22:00", "2026-12-15 02:00")];
    let evening = [outage("2026-12-14 20:00", "2026-12-14 22:00")];
    let earlier = [outage("2026-12-13 20:00", "2026-12-14 00:00")];
    assert_eq!(blocked(&checked(&longer, "2026-12-15", "2026-12-15 09:00", &[])), ["R-AMD-03"]);
    assert_eq!(blocked(&checked(&longer, "2026-12-15", "2026-12-15 09:00", &earlier)), ["R-AMD-03"]);
    // There was no time left for three publications: the evening counts for a day, too.
    assert_eq!(blocked(&checked(&longer, "2026-12-15", "2026-12-15 09:00", &evening)), Vec::<&str>::new());
    assert_eq!(blocked(&checked(&longer, "2026-12-15", "2026-12-15 22:01", &evening)), ["R-AMD-03"]);
    assert_eq!(blocked(&checked(&longer, "2026-12-15", "2026-12-15 09:00", &down)), Vec::<&str>::new());
    assert_eq!(blocked(&checked(&longer, "2026-12-16", "2026-12-16 02:00", &down)), Vec::<&str>::new());
    assert_eq!(blocked(&checked(&longer, "2026-12-16", "2026-12-16 02:01", &down)), ["R-AMD-03"]);
    // Somebody's entry counts within the day after the deadline, and reopens nothing later.
    let entry = |recorded: &str| {
        let entry = Outage {
            recorded_at: at(recorded),
            recorded_by: "jan@example.pl".into(),
            ..outage("2026-12-14 22:00", recorded)
        };
        [entry]
    };
    let in_time = checked(&longer, "2026-12-15", "2026-12-15 09:00", &entry("2026-12-15 08:00"));
    assert_eq!(blocked(&in_time), Vec::<&str>::new());
    assert_eq!(blocked(&checked(&longer, "2026-12-17", "2026-12-17 09:00", &entry("2026-12-17 08:00"))), ["R-AMD-03"]);
    // A full day after the service came back, not less.
    longer.elements.deadline = Some(wall("2026-12-16 01:59"));
    assert_eq!(blocked(&checked(&longer, "2026-12-15", "2026-12-15 09:00", &down)), ["R-AMD-03"]);
    longer.elements.deadline = Some(wall("2026-12-16 02:00"));
    assert_eq!(blocked(&checked(&longer, "2026-12-15", "2026-12-15 09:00", &down)), Vec::<&str>::new());
    longer.contact = "Ewa".into();
    assert_eq!(blocked(&checked(&longer, "2026-12-15", "2026-12-15 09:00", &down)), ["R-AMD-03"]);
}

#[test]
fn the_hint_after_an_outage_is_one_that_can_be_followed() {
    let end = at("2026-12-15 00:00");
    let hint = |now: &str| {
        let found = outage::check_outages(end, &[outage("2026-12-14 20:00", "2026-12-14 22:00")], at(now));
        assert_eq!((found.len(), found[0].rule.as_str()), (1, "R-OUT-01"));
        found[0].hint.clone()
    };
    let may = "Wydłuż termin wszystkim; projekt zawiadomienia jest gotowy.";
    assert_eq!([hint("2026-12-14 23:00"), hint("2026-12-15 22:00")], [may, may]);
    assert_eq!(
        hint("2026-12-15 22:01"),
        "Terminu nie można już wydłużyć: minęły 24 godziny po przerwie. Zachowaj ten zapis w aktach."
    );
}

#[test]
fn an_outage_matters_in_the_last_day_before_the_deadline() {
    let end = at("2026-12-15 00:00");
    for (from, to, matters, swallows) in [
        ("2026-12-13 20:00", "2026-12-14 00:00", false, false),
        ("2026-12-13 20:00", "2026-12-14 00:01", true, false),
        ("2026-12-14 10:00", "2026-12-14 10:05", true, false),
        ("2026-12-14 23:00", "2026-12-15 01:00", true, true),
        ("2026-12-15 00:01", "2026-12-15 01:00", false, false),
    ] {
        let o = outage(from, to);
        assert_eq!((outage::concerns(end, &o), outage::swallowed(end, &o)), (matters, swallows), "{from} {to}");
    }
    // Monday 14 December, 23:59: the next working day leaves more than 24 hours after an outage of the evening
    let later = |wall_: &str, ended: &str| outage::proposed_deadline(wall(wall_), at(ended)).unwrap();
    assert_eq!(later("2026-12-14 23:59", "2026-12-14 23:00"), wall("2026-12-15 23:59"));
    assert_eq!(later("2026-12-14 15:00", "2026-12-14 16:00"), wall("2026-12-16 15:00"));
    assert_eq!(later("2026-12-14 15:00", "2026-12-14 15:00"), wall("2026-12-15 15:00"));
    // before Christmas the days that are off do not count
    assert_eq!(later("2026-12-23 12:00", "2026-12-23 13:00"), wall("2026-12-28 12:00"));
    assert!(
        outage::notice(&outage("2026-12-14 22:00", "2026-12-15 00:25"))
            .contains("od 14.12.2026, 22:00 do 15.12.2026, 00:25 (2 godziny 25 minut). Przyczyna: awaria sieci.")
    );
}
