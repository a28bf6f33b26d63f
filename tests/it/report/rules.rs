//! Every rule of the report, provoked.

use konkurs::law::{Finding, Money, Severity};
use konkurs::report::rules::{Facts, check};
use konkurs::report::{Part, Report, stops_filing};

use super::ledger::{Cast, answered, cast, cast_rsd, class, costs, ledger, spent, time};
use crate::support::sample::day;

fn of<'a>(findings: &'a [Finding], rule: &str) -> Vec<&'a Finding> {
    findings.iter().filter(|f| f.rule.as_str() == rule).collect()
}

#[actix_web::test]
async fn eighty_hours_a_group_exceed_the_cap_by_1050() {
    let cast = cast().await;
    let id = cast.filed(4, &costs(), &ledger(&cast.contract, 8));
    let findings = cast.findings(&id);
    let [over] = of(&findings, "R-CAP-02")[..] else { panic!("{findings:?}") };
    assert_eq!(over.amount, Some(Money::zl(1_050)));
    assert_eq!(over.limit, "Najwyżej 84\u{202f}000,00\u{a0}zł: 1\u{202f}200\u{a0}h po 70,00\u{a0}zł.");
    assert_eq!(over.severity, Severity::Block);
    assert!(!stops_filing(over), "the office answers it at acceptance");
    let weeks = of(&findings, "R-HRS-01");
    assert_eq!(weeks.len(), 15, "one week of each group");
    assert!(weeks.iter().all(|f| f.severity == Severity::Warn), "the short last week only warns");
    cast.app.new_mail();
}

#[actix_web::test]
async fn a_trainer_in_two_places_stops_the_filing_also_across_reports() {
    let cast = cast().await;
    let contract = &cast.contract;
    let first: Vec<_> = ledger(contract, 9).into_iter().filter(|l| l.group.starts_with("E1")).collect();
    cast.filed(1, &[spent("I.1.1", 30_000, 30_000)], &first);
    let mut twice = class("E1-G2", day("2027-01-11"), 10);
    (twice.trainer, twice.from, twice.to) = ("Trener E1-G1".into(), time(13, 0), time(15, 0));
    twice.place = "arkusz Godziny, wiersz 7".into();
    let id = cast.filled(4, &[spent("I.1.1", 1, 1)], &[twice]);
    let findings = cast.findings(&id);
    let overlaps = of(&findings, "R-TS-01");
    assert_eq!(overlaps.len(), 2, "{overlaps:?}");
    assert_eq!(overlaps[0].place, "arkusz Godziny, komórka D7");
    assert_eq!(
        overlaps[0].found,
        "Trener Trener E1-G1 prowadzi 11.01.2027 zajęcia od 13:00, a inne (sprawozdanie nr 1, E1-G1 2027-01-11) trwają do 14:00."
    );
    assert!(overlaps[1].found.starts_with("Grupa E1-G2 ma dwa nakładające się zajęcia"), "{}", overlaps[1].found);
    assert!(overlaps.iter().all(|f| stops_filing(f)));
    let refused = cast.ngo.post(&format!("/sprawozdania/{id}/zlozenie"), &[]).await;
    refused.expect(422).says("Godziny jednego trenera nie mogą się nakładać.");
    cast.app.new_mail();
}

#[actix_web::test]
async fn rows_outside_the_edition_empty_classes_and_large_groups_are_named_by_their_cells() {
    let cast = cast().await;
    let mut lines = ledger(&cast.contract, 9);
    let row = |line: &mut konkurs::report::HoursLine, n: u32| line.place = format!("arkusz Godziny, wiersz {n}");
    row(&mut lines[0], 2);
    lines[0].day = day("2027-06-01");
    row(&mut lines[1], 3);
    (lines[1].present, lines[1].absent) = (0, 10);
    row(&mut lines[2], 4);
    (lines[2].present, lines[2].absent) = (4, 6);
    row(&mut lines[3], 5);
    lines[3].present = 11;
    row(&mut lines[4], 6);
    lines[4].day = day("2027-12-04");
    let id = cast.filled(4, &costs(), &lines);
    let findings = cast.findings(&id);
    let places =
        |rule: &str| of(&findings, rule).iter().map(|f| format!("{}: {}", f.place, f.found)).collect::<Vec<_>>();
    assert_eq!(
        places("R-HRS-07"),
        [
            "arkusz Godziny, komórka A6: Zajęcia w dniu 04.12.2027.",
            "arkusz Godziny, komórka A2: Zajęcia w dniu 01.06.2027.",
        ]
    );
    assert_eq!(
        places("R-ATT-02"),
        [
            "arkusz Godziny, komórka G3: Na zajęciach w dniu 12.01.2027 nie było nikogo.",
            "arkusz Godziny, komórka G4: Na zajęciach w dniu 18.01.2027 obecnych: 4 z 10.",
        ]
    );
    assert_eq!(places("R-HRS-03"), ["arkusz Godziny, komórka G5: Liczba osób na liście grupy E1-G1: 11."]);
    // The empty class does not count: 5 h of its week are missing.
    let weeks = of(&findings, "R-HRS-01");
    assert!(
        weeks
            .iter()
            .any(|f| f.place == "grupa E1-G1, tydzień 11.01.2027–17.01.2027" && f.found == "Zajęcia trwały 0\u{a0}h.")
    );
}

#[actix_web::test]
async fn sums_that_cannot_be_true_stop_the_filing() {
    let cast = cast().await;
    let spending = [spent("I.1.1", 74_250, 82_000), spent("I.1.2", 6_000, 6_000), spent("II.1", 4_800, 4_801)];
    let id = cast.filled(4, &spending, &ledger(&cast.contract, 9));
    let findings = cast.findings(&id);
    let told: Vec<(&str, &str, Option<Money>)> = findings
        .iter()
        .filter(|f| f.rule.as_str().starts_with("R-REP"))
        .map(|f| (f.rule.as_str(), f.place.as_str(), f.amount))
        .collect();
    assert_eq!(
        told,
        [
            ("R-REP-10", "Koszty, pozycja I.1.1", Some(Money::zl(7_750))),
            ("R-REP-10", "Koszty, pozycja II.1", Some(Money::zl(1))),
            ("R-REP-11", "Koszty, źródła finansowania", Some(Money::zl(7_751))),
            ("R-REP-14", "Koszty, pozycja I.1.1", Some(Money::from_grosze(32_500))),
            ("R-REP-14", "Koszty, blok II (koszty administracyjne)", Some(Money::zl(1))),
            ("R-REP-16", "Koszty, suma sprawozdań", Some(Money::zl(7_751))),
        ],
        "82 000 is above 74 250 + 10 % = 81 675"
    );
    assert!(cast.rules(&id).contains(&"R-CAP-02".to_owned()) == (92_801 > 94_500));
}

#[actix_web::test]
async fn an_hour_of_pay_above_the_cap_is_named() {
    let cast = cast().await;
    let id = cast.filled(4, &[spent("I.1.1", 74_250, 74_250)], &ledger(&cast.contract, 7));
    let findings = cast.findings(&id);
    let [dear] = of(&findings, "R-TS-03")[..] else { panic!("{findings:?}") };
    assert_eq!(
        dear.found,
        "Na godzinę pracy trenera przypada 70,71\u{a0}zł (74\u{202f}250,00\u{a0}zł za 1\u{202f}050\u{a0}h)."
    );
    assert_eq!(dear.amount, Some(Money::from_grosze(71)));
}

#[actix_web::test]
async fn a_late_report_is_taken_and_marked() {
    let cast = cast().await;
    let id = cast.filled(4, &costs(), &ledger(&cast.contract, 9));
    cast.app.at("2028-01-04 00:00:01");
    let ngo = cast.app.sign_in(&format!("{}@example.pl", cast.contract.content.contractor.nip));
    ngo.page(&format!("/sprawozdania/{id}")).await.says("(termin minął przed chwilą)");
    ngo.post(&format!("/sprawozdania/{id}/zlozenie"), &[]).await.expect(303);
    let findings = cast.findings(&id);
    let [late] = of(&findings, "R-REP-01")[..] else { panic!("{findings:?}") };
    assert_eq!((late.found.as_str(), late.severity), ("Sprawozdanie wpłynęło 04.01.2028.", Severity::Warn));
    let log = cast.app.state.store.read(|r| konkurs::audit::of_object(r, id.as_str())).unwrap();
    assert_eq!(log.last().unwrap().detail, "Złożono sprawozdanie końcowe do umowy U/1/2026, 1 dzień po terminie.");
    cast.app.new_mail();
}

#[actix_web::test]
async fn partial_reports_and_the_final_one_add_up() {
    let cast = cast().await;
    let all = ledger(&cast.contract, 9);
    let edition = |n: u32| all.iter().filter(|l| l.group.starts_with(&format!("E{n}"))).cloned().collect::<Vec<_>>();
    cast.filed(1, &[spent("I.1.1", 34_650, 34_650), spent("I.1.2", 2_800, 2_800)], &edition(1));
    cast.filed(2, &[spent("I.1.1", 14_850, 14_850), spent("I.1.2", 1_200, 1_200)], &edition(2));
    let rest = [spent("I.1.1", 24_750, 24_750), spent("I.1.2", 2_000, 2_000), spent("II.1", 4_800, 4_800)];
    let id = cast.filled(4, &rest, &edition(3));
    assert_eq!(cast.rules(&id), Vec::<String>::new(), "together exactly the contract");
    cast.ngo
        .page(&format!("/sprawozdania/{id}"))
        .await
        .says("Limit: 1 350 h po 70,00 zł to 94 500,00 zł. Wykorzystano z dotacji 85 050,00 zł, czyli 63,00 zł za godzinę.")
        .says("Liczymy razem z innymi złożonymi sprawozdaniami z tej umowy.");

    // The same spending once more, and the same classes once more.
    again(&cast, &id);
    cast.app.new_mail();
}

fn again(cast: &Cast, id: &konkurs::store::ReportId) {
    let (by, now) = (cast.app.actor(&cast.ngo), cast.app.state.clock.now());
    let store = &cast.app.state.store;
    store
        .write(|tx| {
            let report = konkurs::report::store::find(tx, id)?;
            let content = answered(report.content);
            konkurs::report::save(tx, &by, id, report.version, content, costs(), now)?;
            let lines = ledger(&cast.contract, 9);
            konkurs::report::put_hours(tx, &by, id, report.version + 1, lines, konkurs::report::HoursSource::Form, now)
        })
        .unwrap();
    let findings = cast.findings(id);
    assert_eq!(
        of(&findings, "R-REP-16")[0].found,
        "Wszystkie sprawozdania razem pokazują z dotacji 138\u{202f}550,00\u{a0}zł."
    );
    assert_eq!(of(&findings, "R-TS-01").len(), 180, "ten groups × 18 classes");
}

#[actix_web::test]
async fn unused_money_is_said_in_the_final_report() {
    let cast = cast().await;
    let id = cast.filled(4, &[spent("I.1.1", 74_250, 74_250)], &ledger(&cast.contract, 9));
    let findings = cast.findings(&id);
    let [unused] = of(&findings, "R-REP-13")[..] else { panic!("{findings:?}") };
    assert_eq!(unused.amount, Some(Money::zl(10_800)));
    assert_eq!(unused.limit, "Niewykorzystana część wraca do 18.12.2027.");
    // The contract of a local programme names no account.
    assert_eq!(unused.hint, "Zwróć tę kwotę na rachunek, który wskaże urząd (§ 10 umowy).");
    let mut content = cast.contract.content.clone();
    content.rules.code = "RSD-1".into();
    let part = |report: Report| Part { report, costs: vec![spent("I.1.1", 74_250, 74_250)], hours: Vec::new() };
    let this = part(cast.find(&id));
    let facts = Facts { contract: &content, this: &this, earlier: &[], paid: Money::zl(85_050) };
    let by_the_act = check(&facts).unwrap();
    let [unused] = of(&by_the_act, "R-REP-13")[..] else { panic!("{by_the_act:?}") };
    assert_eq!(unused.hint, "Zwróć tę kwotę na rachunek urzędu podany w umowie.");
}

#[actix_web::test]
async fn a_day_of_social_reintegration_has_four_hours_and_no_weekly_minimum() {
    let cast = cast_rsd().await;
    let mut lines = ledger(&cast.contract, 1);
    for line in &mut lines {
        line.to = time(13, 0);
    }
    lines[0].to = time(14, 0);
    lines[0].place = "arkusz Godziny, wiersz 2".into();
    let id = cast.filled(4, &costs(), &lines);
    let findings = cast.findings(&id);
    let [long] = of(&findings, "R-HRS-05")[..] else { panic!("{findings:?}") };
    assert_eq!(long.place, "arkusz Godziny, komórka D2");
    assert_eq!(long.found, "Grupa E1-G1 ma 11.01.2027 zajęcia przez 5\u{a0}h.");
    assert_eq!(long.limit, "Dzień zajęć trwa dokładnie 4\u{a0}h.");
    assert!(of(&findings, "R-HRS-01").is_empty());
    // 29 days of 4 h and one of 5 h, at 5 % of the minimum wage of 2026.
    let [over] = of(&findings, "R-CAP-02")[..] else { panic!("{findings:?}") };
    assert_eq!(over.limit, "Najwyżej 29\u{202f}076,30\u{a0}zł: 121\u{a0}h po 240,30\u{a0}zł.");
}
