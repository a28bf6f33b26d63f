use super::*;
use crate::call::{CancelFacts, CancelReason, Criterion, EarlierTasks, Part, Place, Preparer, Publication, defaults};
use crate::law::rules::find;
use crate::law::{OtherBasis, RuleSet, blocks};
use crate::programme::{Agreement, Edition, FpPlan, Gmina, Group, OpsAnswer, OpsRecord, PrrpOpinion};

pub(super) fn day(s: &str) -> NaiveDate {
    s.parse().unwrap()
}

pub(super) fn programme(rules: &str, year: i32) -> ProgrammeContent {
    let on = |md: &str| day(&format!("{year}-{md}"));
    let before = |md: &str| day(&format!("{}-{md}", year - 1));
    ProgrammeContent {
        title: "Integracja".into(),
        rules: rules.into(),
        topics: vec!["kompetencje społeczne".into()],
        gminas: vec![Gmina {
            name: "Choceń".into(),
            persons: 20,
            ops: Some(OpsRecord { asked_on: before("09-01"), answered_on: before("09-15"), answer: OpsAnswer::Silent }),
            cooperation: Some(Agreement { number: "W/1".into(), on: before("10-01") }),
            psu: Some(Agreement { number: "P/1".into(), on: before("10-01") }),
            ..Gmina::default()
        }],
        editions: vec![Edition { no: 1, from: on("09-01"), to: on("10-31"), persons: 20 }],
        groups: ["E1-G1", "E1-G2"]
            .map(|code| Group { code: code.into(), edition: 1, gmina: "Choceń".into(), persons: 10 })
            .to_vec(),
        prrp: Some(PrrpOpinion { number: "1".into(), date: before("11-20"), result: "pozytywna".into() }),
        plan: Some(FpPlan { number: "FP/1".into(), amount: Money::zl(12_600) }),
        ..ProgrammeContent::default()
    }
}

/// A sound call that would be announced on `on`.
pub(super) fn call(programme: &ProgrammeContent, rules: RuleSet, on: &str) -> CallContent {
    use chrono::Datelike;
    let mut content = defaults::content(programme, rules, Money::zl(12_600));
    let on = day(on);
    content.elements.deadline = crate::law::add_days(on, 21).and_hms_opt(23, 59, 0);
    content.elements.decision_by = Some(crate::law::add_days(on, 50));
    content.committee_rules.programme = "uchwała nr 1".into();
    content.elements.earlier =
        [on.year(), on.year() - 1].map(|year| EarlierTasks { year, cost: Money::ZERO, grants: Money::ZERO }).to_vec();
    content
}

pub(super) fn checked(content: &CallContent, programme: &ProgrammeContent, on: &str) -> Vec<Finding> {
    check(content, programme, day(on), &Tables::shipped(), Money::ZERO)
}

#[test]
fn a_sound_call_leaves_only_the_reach_of_the_money() {
    // 2016-02-16 + 21 days is a Tuesday
    let programme = programme("PAI-2", 2016);
    let content = call(&programme, find("PAI-2").unwrap(), "2016-02-16");
    let findings = checked(&content, &programme, "2016-02-16");
    assert_eq!(findings.len(), 1, "{findings:?}");
    let plain = findings[0].found.replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(findings[0].rule.as_str(), "R-CAP-04");
    assert_eq!(
        plain,
        "Pula 12 600,00 zł przy stawce 70,00 zł odpowiada 180 godz., czyli po 90 godz. na każdą z grup (jest ich 2)."
    );
    let limit = findings[0].limit.replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(limit, "Minimum tygodniowe wszystkich grup to 174 godz.; limit za nie wynosi 12 180,00 zł.");
    assert_eq!((content.card.max(), content.card.threshold_percent), (100, 60));
}

pub(super) type Change = fn(&mut CallContent, &mut ProgrammeContent);

#[test]
fn every_rule_of_the_announcement_is_provoked() {
    let (b, w) = (Severity::Block, Severity::Warn);
    let cases: [(&str, Severity, &str, Change); 48] = [
        ("R-ANN-01", b, "element 1: rodzaj zadania", |c, _| c.elements.task = " ".into()),
        ("R-ANN-01", b, "element 2: wysokość środków", |c, _| c.elements.allocation = Money::ZERO),
        ("R-ANN-01", b, "element 3: zasady przyznawania dotacji", |c, _| c.elements.grant_rules.clear()),
        ("R-ANN-01", b, "element 4: terminy i warunki realizacji", |c, _| c.elements.conditions.clear()),
        ("R-ANN-01", b, "element 5: termin składania ofert", |c, _| c.elements.deadline = None),
        ("R-ANN-01", b, "element 6: tryb i kryteria wyboru", |c, _| c.elements.selection.clear()),
        ("R-ANN-01", b, "element 6: termin dokonania wyboru", |c, _| c.elements.decision_by = None),
        ("R-ANN-01", b, "element 6: termin dokonania wyboru", |c, _| c.elements.decision_by = Some(day("2016-03-01"))),
        ("R-ANN-01", b, "element 7: zadania tego samego rodzaju w 2016 r.", |c, _| {
            c.elements.earlier.remove(0);
        }),
        ("R-ANN-01", b, "element 7: zadania tego samego rodzaju w 2015 r.", |c, _| c.elements.earlier.truncate(1)),
        ("R-ANN-02", b, "element 4: liczba uczestników", |c, _| c.groups.clear()),
        ("R-ANN-02", b, "element 4: terminy edycji", |c, _| c.editions.clear()),
        ("R-ANN-02", b, "element 4: wielkość grupy", |c, _| c.terms.group_max = 0),
        ("R-ANN-02", b, "element 4: liczba godzin zajęć", |c, _| c.rules.week_min_minutes = None),
        ("R-ANN-02", b, "grupa E1-G1", |c, _| c.terms.group_max = 9),
        ("R-PRE-06", b, "element 4: edycje i grupy", |c, _| c.groups[0].code = "X".into()),
        ("R-PRE-06", b, "element 4: edycje i grupy", |c, _| c.editions[0].persons += 1),
        ("R-PRE-06", b, "zasady prawne", |_, p| p.rules = "RSD-1".into()),
        ("R-MODE-01", b, "karta oceny", |c, _| c.card.criteria[0].point = 4),
        ("R-MODE-03", b, "inna podstawa prawna", |c, _| {
            c.other_basis = Some(OtherBasis { who: "X".into(), basis: "art. 19a UDPP".into(), why: "szybciej".into() });
        }),
        ("R-PRE-01", b, "opinia powiatowej rady rynku pracy", |_, p| p.prrp.as_mut().unwrap().date = day("2016-02-17")),
        ("R-PRE-02", b, "gmina Choceń", |_, p| p.gminas[0].ops = None),
        ("R-PRE-02", b, "gmina Choceń", |_, p| {
            p.gminas[0].ops.as_mut().unwrap().answered_on = day("2016-02-17");
        }),
        ("R-PRE-05", b, "element 2: wysokość środków", |c, _| {
            c.elements.allocation = Money::from_grosze(1_260_001)
        }),
        ("R-PRE-06", b, "liczba osób", |_, p| p.gminas[0].persons = 21),
        ("R-HRS-02", b, "edycja 1", |c, p| {
            p.editions[0].to = day("2016-10-30");
            c.editions = p.editions.clone();
        }),
        ("R-HRS-03", b, "grupa E1-G1", |c, _| c.groups[0].persons = 11),
        ("R-HRS-03", w, "grupa E1-G1", |c, _| {
            c.groups[0].persons = 11;
            c.terms.group_max = 12;
        }),
        ("R-HRS-09", b, "element 4: godziny zajęć w tygodniu", |c, _| {
            c.terms.week_min = Some(crate::law::Minutes::from_hours(9));
        }),
        ("R-LAW-02", b, "data ogłoszenia konkursu", |c, _| c.rules = find("PAI-4").unwrap()),
        ("R-CRIT-01", b, "próg", |c, _| c.card.threshold_percent = 101),
        ("R-PRE-03", w, "porozumienie o współpracy z OPS", |_, p| p.gminas[0].cooperation = None),
        ("R-PRE-04", w, "porozumienie o pracach społecznie użytecznych", |_, p| p.gminas[0].psu = None),
        ("R-ANN-06", w, "załącznik „Odpis z KRS”", |c, _| c.attachments[0].name = "Odpis z KRS".into()),
        ("R-FRM-01", b, "karta formalna", |c, _| {
            c.formal.remove(0);
        }),
        ("R-FRM-01", b, "karta formalna", |c, _| c.formal[3].text = " ".into()),
        ("R-FRM-01", b, "karta formalna", |c, _| c.formal[3].key = "term".into()),
        ("R-COR-01", b, "pytanie 8", |c, _| c.formal[7].correctable = true),
        ("R-COR-01", b, "uzupełnianie braków", |c, _| c.correction.allowed.push("price".into())),
        ("R-COR-01", b, "uzupełnianie braków", |c, _| c.correction.once = false),
        ("R-COR-01", w, "uzupełnianie braków", |c, _| c.correction.allowed.clear()),
        ("R-PAY-01", b, "planowane transze", |c, _| c.money.tranches[0].share = 99),
        ("R-OFF-10", b, "najwyższa dotacja na ofertę", |c, _| c.terms.offer_max = Some(Money::zl(12_601))),
        ("R-MODE-04", b, "wkład własny", |c, _| c.money.min_own_percent = Some(10)),
        ("R-MODE-04", b, "udział dotacji", |c, _| c.money.max_grant_percent = Some(99)),
        ("R-MODE-04", w, "wkład własny", |c, _| c.mode = Mode::Supporting),
        ("R-COM-05", w, "kworum komisji", |c, _| c.committee_rules.quorum = 2),
        ("R-COM-06", w, "regulamin komisji", |c, _| c.committee_rules.programme.clear()),
    ];
    for (rule, severity, place, change) in cases {
        let mut programme = programme("PAI-2", 2016);
        let mut content = call(&programme, find("PAI-2").unwrap(), "2016-02-16");
        change(&mut content, &mut programme);
        let findings = checked(&content, &programme, "2016-02-16");
        let hit = findings.iter().find(|f| f.rule.as_str() == rule && f.severity == severity && f.place == place);
        assert!(hit.is_some(), "{rule} at {place}: {findings:#?}");
        assert!(hit.and_then(Part::of_finding).is_some(), "no step mends {rule} at {place}");
        assert!(crate::law::rule(rule).is_some_and(|known| known.severity <= severity), "{rule} is registered");
    }
}

#[test]
fn each_part_is_marked_and_put_alone() {
    let programme = programme("PAI-2", 2016);
    let old = call(&programme, find("PAI-2").unwrap(), "2016-02-16");
    let mut new = old.clone();
    new.title = "Inny".into();
    new.elements.task = "Inne".into();
    new.terms.group_max = 9;
    new.terms.shift_percent = 20;
    new.card.threshold_percent = 50;
    new.attachments.clear();
    new.formal.truncate(2);
    new.correction.days = 7;
    new.committee_rules.quorum = 4;
    for part in Part::ALL {
        let mut put = old.clone();
        part.put(new.clone(), &mut put);
        for other in Part::ALL {
            let moved = other.mark(&old).unwrap() != other.mark(&put).unwrap();
            assert_eq!(moved, other == part && part != Part::Preconditions, "{part:?} {other:?}");
        }
        assert_eq!(Part::of_path(&format!("/urzad/konkursy/x/{}", part.slug())).unwrap(), part);
    }
    assert_eq!(Part::ALL.map(|p| p.next().is_none()).iter().filter(|last| **last).count(), 1);
}

#[test]
fn who_prepared_a_call_does_not_announce_it() {
    let [jan, ewa] = ["Jan", "Ewa"].map(|name| Preparer { person: crate::store::PersonId::new(), name: name.into() });
    let prepared = [jan.clone()];
    assert_eq!(four_eyes(&prepared, Some(&ewa.person), &[]), None);
    assert_eq!(four_eyes(&[], Some(&jan.person), &[]), None);
    let finding = four_eyes(&prepared, Some(&jan.person), &["Ewa".to_owned()]).unwrap();
    assert_eq!((finding.rule.as_str(), finding.severity), ("R-PUB-01", Severity::Block));
    assert_eq!(finding.hint, "Ogłosić może: Ewa.");
    assert!(four_eyes(&prepared, Some(&jan.person), &[]).unwrap().hint.starts_with("Poproś administratora"));
}

#[test]
fn the_plan_counts_the_other_calls_too() {
    let programme = programme("PAI-2", 2016);
    let content = call(&programme, find("PAI-2").unwrap(), "2016-02-16");
    let over = check(&content, &programme, day("2016-02-16"), &Tables::shipped(), Money::zl(1));
    let finding = over.iter().find(|f| f.rule.as_str() == "R-PRE-05").unwrap();
    assert_eq!(finding.amount, Some(Money::zl(1)));
}

#[test]
fn twenty_one_full_days() {
    let programme = programme("RSD-1", 2027);
    // announced on Friday 2026-11-20
    for (wall, allowed) in [
        ("2026-12-10T23:59:00", false),
        ("2026-12-11T23:59:00", true),
        ("2026-12-11T23:58:00", false),
        ("2026-12-11T16:00:00", false),
        ("2026-12-12T00:00:00", true),
        ("2026-12-12T16:00:00", true),
    ] {
        let mut content = call(&programme, find("RSD-1").unwrap(), "2026-11-20");
        content.elements.deadline = Some(wall.parse().unwrap());
        let findings = checked(&content, &programme, "2026-11-20");
        let late = findings.iter().any(|f| f.rule.as_str() == "R-ANN-03");
        assert_eq!(late, !allowed, "{wall}: {findings:?}");
    }
}

#[test]
fn a_deadline_on_a_free_day_is_a_warning() {
    let programme = programme("RSD-1", 2027);
    for (date, free) in [
        ("2026-12-14", false),
        ("2026-12-19", true),
        ("2026-12-20", true),
        ("2026-12-24", true),
        ("2026-12-25", true),
        ("2027-01-06", true),
    ] {
        let mut content = call(&programme, find("RSD-1").unwrap(), "2026-11-20");
        content.elements.deadline = day(date).and_hms_opt(23, 59, 0);
        content.elements.decision_by = Some(day("2027-02-01"));
        let findings = checked(&content, &programme, "2026-11-20");
        let warned = findings.iter().any(|f| f.rule.as_str() == "R-ANN-04" && f.severity == Severity::Warn);
        assert_eq!((warned, blocks(&findings)), (free, false), "{date}: {findings:?}");
    }
}

#[test]
fn the_deadline_of_2359_ends_with_the_day() {
    let at = |wall: &str| deadline_instant(wall.parse().unwrap()).map(|end| end.to_rfc3339());
    assert_eq!(at("2026-12-14T23:59:00").unwrap(), "2026-12-14T23:00:00+00:00");
    assert_eq!(at("2026-12-14T23:58:00").unwrap(), "2026-12-14T22:58:00+00:00");
    assert_eq!(at("2026-07-14T16:00:00").unwrap(), "2026-07-14T14:00:00+00:00");
    assert!(at("2026-03-29T02:30:00").is_err());
}

#[test]
fn the_law_refuses_pai_from_june_2025() {
    let programme = programme("PAI-4", 2025);
    for (on, other, rules, refused) in [
        ("2025-05-30", false, "PAI-4", false),
        ("2025-06-02", false, "PAI-4", true),
        ("2025-06-02", true, "PAI-4", false),
        ("2025-06-02", false, "RSD-1", false),
        ("2025-05-30", false, "RSD-1", true),
    ] {
        let mut content = call(&programme, find(rules).unwrap(), on);
        content.other_basis = other.then(|| OtherBasis {
            who: "Starosta".into(),
            basis: "art. 435 ustawy z 20.03.2025".into(),
            why: "porozumienie zawarte przed 1.06.2025".into(),
        });
        let findings = checked(&content, &programme, on);
        let law = findings.iter().any(|f| f.rule.as_str().starts_with("R-LAW") && is_blocking(f));
        assert_eq!(law, refused, "{on} {rules}: {findings:?}");
    }
}

#[test]
fn the_card_covers_the_points_that_apply() {
    type CardChange = fn(&mut crate::call::ScoreCard);
    let cases: [(Mode, CardChange, Option<&str>); 11] = [
        (Mode::Entrusting, |_| {}, None),
        (Mode::Supporting, |_| {}, Some("Żadne kryterium nie ocenia pkt 4: wkład własny.")),
        (Mode::Supporting, |c| c.criteria[1].point = 4, None),
        (
            Mode::Entrusting,
            |c| c.criteria.retain(|k| k.point != 2),
            Some("Żadne kryterium nie ocenia pkt 2: kalkulacja kosztów."),
        ),
        (Mode::Entrusting, |c| c.criteria[0].point = 7, Some("Wskazano pkt 7, którego ustawa nie zna.")),
        (Mode::Entrusting, |c| c.criteria[6].neutral = None, Some("Nie podano liczby punktów dla nowego oferenta.")),
        (
            Mode::Entrusting,
            |c| c.criteria[6].neutral = Some(6),
            Some("Wartość dla nowego oferenta (6) przekracza maksimum 5."),
        ),
        (Mode::Entrusting, |c| c.criteria[6].neutral = Some(0), Some("Nowy oferent dostałby 0 punktów.")),
        (Mode::Entrusting, |c| c.criteria[1].max = 0, Some("Kryterium nie ma nazwy albo punktów.")),
        (Mode::Entrusting, |c| c.criteria[1].key = "capacity".into(), Some("Klucz kryterium powtarza się.")),
        (Mode::Entrusting, |c| c.threshold_percent = 0, Some("Próg wynosi 0%.")),
    ];
    for (mode, change, found) in cases {
        let mut card = defaults::default_card();
        change(&mut card);
        let findings = check_card(&card, mode);
        let said: Vec<&str> = findings.iter().map(|f| f.found.as_str()).collect();
        match found {
            None => assert!(said.is_empty(), "{said:?}"),
            Some(found) => assert!(said.contains(&found), "{found}: {said:?}"),
        }
    }
    let extra = Criterion { key: "own".into(), name: "Wkład".into(), point: 4, max: 10, neutral: None };
    let mut card = defaults::default_card();
    card.criteria.push(extra);
    assert_eq!(check_card(&card, Mode::Supporting), []);
}

#[test]
fn three_places_with_a_day_and_evidence() {
    let place = |place, on: &str, evidence: &str| Publication::new(place, day(on), "Jan", evidence);
    let all = |on: &str, evidence: &str| Place::ALL.map(|p| place(p, on, evidence)).to_vec();
    let today = day("2026-11-23");
    assert_eq!(check_places("R-ANN-05", &all("2026-11-23", "x"), today), []);
    for (places, count) in [
        (all("2026-11-24", "x"), 3),
        (all("2026-11-23", " "), 3),
        (all("2026-11-23", "x")[..2].to_vec(), 1),
        (Vec::new(), 3),
    ] {
        let findings = check_places("R-ANN-05", &places, today);
        assert_eq!(findings.len(), count, "{findings:?}");
        assert!(findings.iter().all(|f| f.rule.as_str() == "R-ANN-05" && is_blocking(f)));
    }
}

#[test]
fn only_two_reasons_cancel_and_only_when_they_hold() {
    let facts = |filed, compliant| CancelFacts { filed, compliant };
    let programme = programme("PAI-2", 2016);
    let mut content = call(&programme, find("PAI-2").unwrap(), "2016-02-16");
    let end = deadline_instant(day("2016-03-09").and_hms_opt(14, 0, 0).unwrap()).unwrap();
    for (reason, facts, after, allowed) in [
        (CancelReason::NoOffers, facts(0, None), true, true),
        (CancelReason::NoOffers, facts(0, None), false, false),
        (CancelReason::NoOffers, facts(1, None), true, false),
        (CancelReason::NoneCompliant, facts(2, Some(0)), true, true),
        (CancelReason::NoneCompliant, facts(2, Some(1)), true, false),
        (CancelReason::NoneCompliant, facts(2, None), true, false),
        (CancelReason::NoneCompliant, facts(0, None), true, false),
    ] {
        let findings = check_cancel(reason, facts, (!after).then_some(end), &content);
        assert_eq!(findings.is_empty(), allowed, "{reason:?} {facts:?} {after}");
        let offered = possible_reasons(facts, (!after).then_some(end), &content).contains(&reason);
        assert_eq!(offered, allowed, "what may be chosen may be done");
    }
    let says = |facts, open_until| obstacle(facts, open_until).map(|f| (f.found, f.hint));
    let (found, hint) = says(facts(0, None), Some(end)).unwrap();
    assert_eq!(found, "Termin składania ofert jeszcze nie minął: trwa do 09.03.2016, godz. 14:00.");
    assert!(hint.starts_with("Poczekaj. Unieważnić można od 09.03.2016, 14:00, jeśli nikt nie złoży oferty"), "{hint}");
    assert_eq!(says(facts(0, None), None), None);
    assert_eq!(says(facts(2, Some(0)), None), None);
    let (found, hint) = says(facts(2, None), None).unwrap();
    assert_eq!(found, "Złożone oferty: 2. Ocena formalna ofert nie jest zakończona.");
    assert_eq!(hint, "Dokończ ocenę formalną. Unieważnić można, gdy żadna oferta nie spełni wymogów.");
    let (found, _) = says(facts(2, Some(1)), None).unwrap();
    assert_eq!(found, "Złożone oferty: 2. Oferty, które spełniają wymogi: 1.");
    let withdrawn =
        |content: &CallContent| check_cancel(CancelReason::OrganWithdrawal, facts(3, None), Some(end), content);
    let [refused] = &withdrawn(&content)[..] else { panic!() };
    assert_eq!((refused.rule.as_str(), refused.severity), ("R-CANCEL-01", Severity::Block));
    assert_eq!(reserved(&content), None);
    content.reservation = "Organ może odstąpić od konkursu bez podania przyczyny.".into();
    let [warned] = &withdrawn(&content)[..] else { panic!() };
    assert_eq!((warned.rule.as_str(), warned.severity), ("R-CANCEL-01", Severity::Warn));
    assert_eq!(reserved(&content).unwrap().severity, Severity::Warn);
}
