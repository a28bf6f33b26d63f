//! Every rule of the stage, provoked one at a time on a sound offer.

use konkurs::account::{Organisation, Status};
use konkurs::call::{CallContent, Mode};
use konkurs::law::{CapScope, Finding, KPolicy, Minutes, Money, Severity, rule};
use konkurs::offer::calculation::{numbers, sources};
use konkurs::offer::{Activity, OfferContent, rules};
use rust_decimal::Decimal;

use super::day;
use crate::support::{TestApp, sample};

struct Sound {
    content: OfferContent,
    call: CallContent,
    org: Organisation,
}

async fn sound(rsd: bool) -> Sound {
    let app = TestApp::new().await;
    let call = if rsd { sample::rsd_call(&app) } else { sample::pai_call(&app) };
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    if rsd {
        for h in &mut content.hours {
            h.minutes = Minutes::from_hours(88);
        }
    }
    Sound { content, org: sample::org_of(&app, &ngo), call: call.content }
}

fn check(s: &Sound) -> Vec<Finding> {
    rules::check(&s.content, &s.org, &s.call)
}

/// What blocks or warns: rule, place.
fn serious(findings: &[Finding]) -> Vec<(String, String)> {
    let serious = findings.iter().filter(|f| f.severity != Severity::Info);
    serious.map(|f| (f.rule.to_string(), f.place.clone())).collect()
}

type Change = fn(&mut Sound);
/// What is changed, and the rule and place it must meet (alone unless said so).
const CASES: &[(Change, &str, &str)] = &[
    (|s| s.content.costs[1].units = Decimal::new(15_001, 3), "R-OFF-01", "V.A, wiersz I.1.2"),
    (|s| s.content.costs[1].unit_cost = Money::from_grosze(i64::MAX), "R-OFF-01", "V.A, wiersz I.1.2"),
    (|s| s.content.costs[1].years = vec![Money::zl(5_999)], "R-OFF-02", "V.A, wiersz I.1.2"),
    (|s| s.content.costs[2].years = vec![], "R-OFF-02", "V.A, wiersz II.1"),
    (
        |s| {
            for line in &mut s.content.costs {
                line.unit_cost = Money::from_grosze(i64::MAX / 2);
                line.units = Decimal::ONE;
                line.years = vec![line.unit_cost];
            }
        },
        "R-OFF-03",
        "V.A",
    ),
    (|s| s.content.sources.grant = Money::zl(85_049), "R-OFF-06", "V.B"),
    (|s| s.content.costs[0].activity = Some(0), "R-OFF-09", "V.A, wiersz bez działania, koszt 1"),
    (|s| s.content.costs[0].activity = Some(2), "R-OFF-09", "V.A, wiersz bez działania, koszt 1"),
    (|s| s.call.elements.allocation = Money::zl(85_000), "R-OFF-10", "V.B, wiersz 2"),
    (|s| s.call.terms.offer_max = Some(Money::zl(85_049)), "R-OFF-10", "V.B, wiersz 2"),
    (|s| s.call.cap.as_mut().unwrap().rate = Money::zl(62), "R-OFF-11", "V.B, wiersz 2"),
    (|s| s.call.terms.admin_percent = Some(5), "R-OFF-12", "V.A, koszty administracyjne"),
    (
        |s| {
            s.call.mode = Mode::Supporting;
            s.call.money.min_own_percent = Some(10);
        },
        "R-OFF-12",
        "V.B, wiersz 3",
    ),
    (
        |s| {
            s.content.costs[1].units = Decimal::ZERO;
            s.content.costs[1].years = vec![Money::ZERO];
            s.content.sources.grant = Money::zl(79_050);
        },
        "R-OFF-13",
        "V.A, wiersz I.1.2",
    ),
    (|s| s.content.title = "  ".into(), "R-OFF-14", "III.1"),
    (|s| s.content.results.clear(), "R-OFF-14", "III.6"),
    (|s| s.content.measures.clear(), "R-OFF-14", "III.6, mierniki"),
    (|s| s.content.trainers.clear(), "R-OFF-14", "IV.2, trenerzy"),
    (|s| s.content.hours.clear(), "R-OFF-14", "IV.2, grupy"),
    (|s| s.content.unpaid = false, "R-OFF-14", "VI.1"),
    (|s| s.content.activities[0].description.clear(), "R-OFF-14", "III.4, wiersz 1"),
    (|s| s.org.content.phone.clear(), "R-OFF-14", "II.1"),
    (|s| s.content.starts = Some(day("2027-01-10")), "R-OFF-15", "III.2, początek"),
    (|s| s.content.ends = Some(day("2027-12-04")), "R-OFF-15", "III.2, koniec"),
    (|s| s.content.activities[0].to = Some(day("2027-12-04")), "R-OFF-15", "III.4, wiersz 1"),
    (|s| s.content.hours[0].group = "X".into(), "R-OFF-15", "IV.2, grupa X"),
    (|s| s.content.hours[1].group = "E1-G1".into(), "R-OFF-15", "IV.2, grupa E1-G1"),
    (|s| s.content.costs[0].unit_cost = Money::from_grosze(7_001), "R-CAP-03", "V.A, wiersz I.1.1"),
    (|s| s.content.hours[0].persons = 11, "R-HRS-03", "IV.2, grupa E1-G1"),
    (|s| s.content.hours[0].persons = 5, "R-HRS-03", "IV.2, grupa E1-G1"),
    (|s| s.content.hours[14].minutes = Minutes::new(87 * 60 - 1), "R-HRS-01", "IV.2, grupa E3-G5"),
    (
        |s| {
            s.content.sources.grant = Money::zl(85_000);
            s.content.sources.own_financial = Money::zl(50);
        },
        "R-MODE-02",
        "V.B, wiersz 3.1",
    ),
    (|s| s.org.content.statute_clause.clear(), "R-ORG-01", "II.1"),
];

#[actix_web::test]
async fn every_rule_meets_its_case() {
    assert_eq!(serious(&check(&sound(false).await)), [], "the sample is sound");
    for (at, (change, rule_id, place)) in CASES.iter().enumerate() {
        let mut s = sound(false).await;
        change(&mut s);
        let found = check(&s);
        let hit = found.iter().find(|f| f.rule.as_str() == *rule_id && f.place == *place);
        assert!(hit.is_some(), "case {at}: no {rule_id} at {place} in {:?}", serious(&found));
        let stops = hit.is_some_and(|f| f.severity == Severity::Block);
        assert!(stops || !place.contains("mierniki"), "the contract has to name the measures");
        assert!(rule(rule_id).is_some(), "{rule_id} stands in the register");
    }
}

#[actix_web::test]
async fn an_hour_of_a_trainer_that_is_not_ticked_is_asked_about() {
    let mut s = sound(false).await;
    let mut told = |name: &str, unit: &str| {
        let line = &mut s.content.costs[0];
        (line.name, line.unit, line.trainer) = (name.to_owned(), unit.to_owned(), false);
        let found: Vec<Finding> = check(&s).into_iter().filter(|f| f.rule.as_str() == "R-CAP-03").collect();
        found.into_iter().map(|f| (f.severity, f.place, f.found, f.limit)).collect::<Vec<_>>()
    };
    assert_eq!(
        told("Wynagrodzenie trenerów", "godzina"),
        [(
            Severity::Warn,
            "V.A, wiersz I.1.1".to_owned(),
            "„Wynagrodzenie trenerów”, 55,00\u{a0}zł za godzinę: nie zaznaczono, że to praca trenera.".to_owned(),
            "Godzina pracy trenera: najwyżej 70,00\u{a0}zł.".to_owned(),
        )]
    );
    for (name, unit) in
        [("Osoba prowadząca zajęcia", "godz."), ("INSTRUKTOR", "h"), ("Prowadzenie warsztatów", "Godzina")]
    {
        assert_eq!(told(name, unit).len(), 1, "{name}");
    }
    for (name, unit) in [("Dojazdy trenerów", "km"), ("Prowadzenie księgowości", "godzina"), ("Sala", "godzina")] {
        assert_eq!(told(name, unit), [], "{name}");
    }
}

#[actix_web::test]
async fn the_statute_covers_the_task_of_the_act_or_of_the_local_programme() {
    for (rsd, found, basis) in [
        (
            false,
            "Brakuje postanowienia statutu, które obejmuje dziedzinę tego zadania.",
            "art. 11 ust. 1 UDPP; uchwała nr 1/2026 Rady Powiatu",
        ),
        (
            true,
            "Brakuje postanowienia statutu o integracji społecznej lub przeciwdziałaniu uzależnieniom.",
            "art. 198–200",
        ),
    ] {
        let mut s = sound(rsd).await;
        s.org.content.statute_clause.clear();
        let all = check(&s);
        let hit = all.iter().find(|f| f.rule.as_str() == "R-ORG-01").unwrap();
        assert_eq!(hit.found, found);
        assert!(hit.basis.contains(basis), "{}", hit.basis);
        assert_eq!(hit.hint, "Wpisz w danych organizacji paragraf i treść statutu.");
    }
}

#[actix_web::test]
async fn what_one_finding_says() {
    let mut s = sound(false).await;
    s.content.costs[0].unit_cost = Money::from_grosze(7_001);
    s.content.costs[0].years = vec![s.content.costs[0].value().unwrap()];
    let found = check(&s);
    let cap = found.iter().find(|f| f.rule.as_str() == "R-CAP-03").unwrap();
    assert_eq!(cap.found, "Stawka trenera: 70,01\u{a0}zł za godzinę.");
    assert_eq!(cap.amount, Some(Money::from_grosze(1)));

    let mut s = sound(false).await;
    s.content.sources.grant = Money::zl(94_501);
    s.content.costs[2].unit_cost = Money::from_grosze(178_137);
    let found = check(&s);
    let over = found.iter().find(|f| f.rule.as_str() == "R-OFF-11").unwrap();
    assert_eq!((over.severity, over.amount), (Severity::Block, Some(Money::zl(1))));
    let implied: Vec<&Finding> = found.iter().filter(|f| f.rule.as_str() == "R-CAP-04").collect();
    assert_eq!(implied.len(), 2, "the implied rate and the prudent reading are told");

    let mut s = sound(false).await;
    s.call.rules.cap_binds = Severity::Warn;
    s.content.sources.grant = Money::zl(94_501);
    let found = check(&s);
    let over = found.iter().find(|f| f.rule.as_str() == "R-OFF-11").unwrap();
    assert_eq!(over.severity, Severity::Warn, "PAI-1 binds by the announcement only");

    let mut s = sound(false).await;
    s.content.hours[14].minutes = Minutes::from_hours(87);
    assert_eq!(serious(&check(&s)), [], "eight weeks of ten hours and seven hours for five days");
    s.call.mode = Mode::Supporting;
    s.content.sources.grant = Money::zl(85_000);
    s.content.sources.own_in_kind = Money::zl(50);
    assert_eq!(serious(&check(&s)), []);

    // 1% of 85 050,01 is 850,5001: a grosz is missing, and never a part of one.
    s.call.money.min_own_percent = Some(1);
    s.content.costs[2].unit_cost = s.content.costs[2].unit_cost.checked_add(Money::from_grosze(1)).unwrap();
    s.content.costs[2].years = vec![s.content.costs[2].value().unwrap()];
    let total = s.content.total().unwrap();
    s.content.sources.own_in_kind = Money::from_grosze(85_050);
    s.content.sources.grant = total.checked_sub(s.content.sources.own_in_kind).unwrap();
    let found = check(&s);
    let short = found.iter().find(|f| f.rule.as_str() == "R-OFF-12").unwrap();
    assert_eq!((short.severity, short.amount), (Severity::Block, Some(Money::from_grosze(1))));
    assert_eq!(short.limit, "Co najmniej 1% sumy kosztów.");
    s.content.sources.own_in_kind = Money::from_grosze(85_051);
    s.content.sources.grant = total.checked_sub(s.content.sources.own_in_kind).unwrap();
    assert_eq!(serious(&check(&s)), []);

    // 99% of 85 050,08 is 84 199,5792: the grant of 84 199,57 fits, one of a grosz more does not.
    s.call.money.max_grant_percent = Some(99);
    assert_eq!(serious(&check(&s)), []);
    s.call.money.min_own_percent = None;
    s.content.sources.own_in_kind = Money::from_grosze(85_050);
    s.content.sources.grant = total.checked_sub(s.content.sources.own_in_kind).unwrap();
    assert_eq!(serious(&check(&s)), [("R-OFF-12".to_owned(), "V.B, wiersz 2".to_owned())]);
    let found = check(&s);
    let over = found.iter().find(|f| f.rule.as_str() == "R-OFF-12").unwrap();
    assert_eq!(plain(&over.found), "Wnioskowana dotacja: 84 199,58 zł, czyli 99,00% kosztów.");
    assert_eq!((over.limit.as_str(), over.amount), ("Najwyżej 99% sumy kosztów.", Some(Money::from_grosze(1))));
    // Entrusting pays the whole task: such a limit means nothing there.
    s.call.mode = Mode::Entrusting;
    assert!(check(&s).iter().all(|f| f.rule.as_str() != "R-OFF-12"));
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// What a finding says, with plain spaces: found, limit, hint.
fn said(f: &Finding) -> [String; 3] {
    [plain(&f.found), plain(&f.limit), plain(&f.hint)]
}

fn one<'a>(findings: &'a [Finding], rule: &str) -> &'a Finding {
    let all: Vec<_> = findings.iter().filter(|f| f.rule.as_str() == rule).collect();
    let [only] = all[..] else { panic!("{rule}: {findings:#?}") };
    only
}

#[actix_web::test]
async fn a_cap_in_proportion_to_the_persons_of_each_group() {
    let mut s = sound(false).await;
    s.call.cap.as_mut().unwrap().policy = KPolicy::ProRata;
    // 138 persons × 90 h × 7,00 zł = 86 940,00 zł: the grant of 85 050,00 zł fits.
    assert_eq!(serious(&check(&s)), []);
    let found = check(&s);
    let info = one(&found, "R-CAP-04");
    assert_eq!(info.severity, Severity::Info);
    assert_eq!(
        plain(&info.found),
        "Na jedną godzinę zajęć przypada 63,00 zł.",
        "there is no second reading to tell of"
    );
    let shown = |s: &Sound| {
        let cap = konkurs::offer::rules::check(&s.content, &s.org, &s.call);
        one(&cap, "R-OFF-11").clone()
    };
    for h in &mut s.content.hours {
        h.minutes = Minutes::from_hours(87);
    }
    let over = shown(&s);
    assert_eq!(
        (over.severity, over.place.as_str(), over.amount),
        (Severity::Block, "V.B, wiersz 2", Some(Money::zl(1_008)))
    );
    assert_eq!(
        said(&over),
        [
            "Kwota dotacji: 85 050,00 zł.",
            "Najwyżej 84 042,00 zł: 1 305 h po 70,00 zł, proporcjonalnie do liczby osób w grupie (10 osób to 100%).",
            "Zmniejsz kwotę o 1 008,00 zł albo zaplanuj więcej godzin zajęć.",
        ]
    );
    // The same hours at the full rate allow 91 350,00 zł.
    s.call.cap.as_mut().unwrap().policy = KPolicy::Full;
    assert!(check(&s).iter().all(|f| f.rule.as_str() != "R-OFF-11"));
}

#[actix_web::test]
async fn a_cap_on_the_pay_of_trainers_alone() {
    let mut s = sound(false).await;
    s.call.cap.as_mut().unwrap().scope = CapScope::TrainerLines;
    assert_eq!(serious(&check(&s)), []);
    // 74 250,00 zł of trainers' pay over 1 350 h; the grant of 85 050,00 zł is not looked at.
    let found = check(&s);
    let info: Vec<_> = found.iter().filter(|f| f.rule.as_str() == "R-CAP-04").map(|f| plain(&f.found)).collect();
    assert_eq!(info[0], "Na jedną godzinę zajęć przypada 55,00 zł.");
    for h in &mut s.content.hours {
        h.minutes = Minutes::from_hours(70);
    }
    let found = check(&s);
    let over = one(&found, "R-OFF-11");
    assert_eq!((over.severity, over.amount), (Severity::Block, Some(Money::zl(750))));
    assert_eq!(
        said(over),
        [
            "Suma kosztów pracy trenerów: 74 250,00 zł.",
            "Najwyżej 73 500,00 zł: 1 050 h po 70,00 zł.",
            "Zmniejsz kwotę o 750,00 zł albo zaplanuj więcej godzin zajęć.",
        ]
    );
    // What is not ticked as trainers' pay does not count, but the program asks about it.
    s.content.costs[0].trainer = false;
    let found = check(&s);
    assert!(found.iter().all(|f| f.rule.as_str() != "R-OFF-11"));
    assert!(serious(&found).contains(&("R-CAP-03".to_owned(), "V.A, wiersz I.1.1".to_owned())));
}

#[actix_web::test]
async fn the_rules_of_reintegration() {
    let s = sound(true).await;
    assert_eq!(serious(&check(&s)), []);
    let cases: [(Change, &str, &str); 5] = [
        (|s| s.content.hours[0].minutes = Minutes::from_hours(90), "R-HRS-05", "IV.2, grupa E1-G1"),
        (|s| s.content.hours[0].minutes = Minutes::from_hours(240), "R-HRS-05", "IV.2, grupa E1-G1"),
        (|s| s.org.content.status = Status::Ngo, "R-ORG-01", "II.1"),
        (|s| s.org.content.status_proof.clear(), "R-ORG-01", "II.1"),
        (|s| s.content.hours[0].persons = 11, "R-HRS-03", "IV.2, grupa E1-G1"),
    ];
    for (change, rule_id, place) in cases {
        let mut s = sound(true).await;
        change(&mut s);
        assert_eq!(serious(&check(&s)), [(rule_id.to_owned(), place.to_owned())]);
    }
    let mut s = sound(true).await;
    s.content.hours[0].minutes = Minutes::from_hours(90);
    s.content.hours[0].individual = Minutes::from_hours(2);
    assert_eq!(serious(&check(&s)), [], "individual hours fill the day");
    let mut s = sound(true).await;
    for h in &mut s.content.hours {
        h.persons = 3;
    }
    assert_eq!(serious(&check(&s)), [], "the act names no group");
}

#[actix_web::test]
async fn hours_that_the_days_do_not_hold_raise_no_cap() {
    let at = |change: fn(&mut Sound), mut s: Sound| {
        s.content.sources.grant = Money::zl(1);
        change(&mut s);
        let rows = serious(&check(&s));
        rows.into_iter().filter(|(rule, _)| rule.starts_with("R-HRS-0")).collect::<Vec<_>>()
    };
    let hours = Minutes::from_hours;
    let hit = |rule: &str| vec![(rule.to_owned(), "IV.2, grupa E1-G1".to_owned())];
    // 59 days: as many hours as they have, and one more.
    assert_eq!(at(|s| s.content.hours[0].minutes = Minutes::from_hours(1416), sound(false).await), []);
    assert_eq!(at(|s| s.content.hours[0].minutes = Minutes::new(1416 * 60 + 1), sound(false).await), hit("R-HRS-08"));
    // Social reintegration: (59 × 4 − 88) h for each of ten.
    assert_eq!(at(|s| s.content.hours[0].individual = Minutes::from_hours(1480), sound(true).await), []);
    assert_eq!(at(|s| s.content.hours[0].individual = Minutes::new(1480 * 60 + 1), sound(true).await), hit("R-HRS-05"));
    // A programme by day says nothing else.
    let by_day = |s: &mut Sound| {
        s.content.programme = super::classes::full_edition("E1-G1", "09:00:00", "14:00:00");
        s.content.hours[0].minutes = Minutes::from_hours(5000);
    };
    assert!(at(by_day, sound(false).await).contains(&hit("R-HRS-08")[0]));
    // Without groups in the call the days of the task count.
    let mut s = sound(false).await;
    s.call.groups.clear();
    s.content.hours.truncate(1);
    (s.content.starts, s.content.ends) = (Some(day("2027-01-11")), Some(day("2027-01-12")));
    for (most, blocks) in [(48, false), (49, true)] {
        s.content.hours[0].minutes = hours(most);
        assert_eq!(serious(&check(&s)).iter().any(|(rule, _)| rule == "R-HRS-08"), blocks, "{most}");
    }
}

#[actix_web::test]
async fn the_table_of_sources_agrees_with_itself() {
    let s = sound(false).await;
    let grand = s.content.total().unwrap();
    let sound = sources(&s.content).unwrap();
    assert_eq!(rules::check_sources(&sound, grand), []);
    let mut t = sound.clone();
    t.own = Money::zl(1);
    t.grant = Money::zl(85_049);
    assert_eq!(serious(&rules::check_sources(&t, grand)), [("R-OFF-05".to_owned(), "V.B, wiersz 3".to_owned())]);
    assert_eq!(
        serious(&rules::check_sources(&sound, Money::zl(85_051))),
        [("R-OFF-04".to_owned(), "V.B, wiersz 1".to_owned())]
    );
    for (off, hit) in [(2, false), (3, true)] {
        let mut t = sound.clone();
        t.shares = [Decimal::ONE_HUNDRED - Decimal::new(off, 2), Decimal::ZERO, Decimal::ZERO];
        let found = serious(&rules::check_sources(&t, grand));
        assert_eq!(found.iter().any(|(rule, _)| rule == "R-OFF-07"), hit, "0,0{off}");
    }
}

#[actix_web::test]
async fn rows_are_numbered_by_activity() {
    let mut s = sound(false).await;
    s.content.activities.push(Activity::default());
    let extra = s.content.costs[1].clone();
    s.content.costs.push(konkurs::offer::CostLine { activity: Some(2), ..extra.clone() });
    s.content.costs.push(konkurs::offer::CostLine { activity: None, ..extra.clone() });
    s.content.costs.push(extra);
    assert_eq!(numbers(&s.content), ["I.1.1", "I.1.2", "II.1", "I.2.1", "II.2", "I.1.3"]);
}

#[actix_web::test]
async fn a_clause_of_the_statute_that_names_no_aim_of_the_act_is_asked_about() {
    for (rsd, status, clause, asked) in [
        (true, Status::Pes, "upowszechnianie sportu i rekreacji", true),
        (true, Status::Pes, "przeciwdziałanie uzależnieniom", false),
        // The act wants the aims of a social economy entity, not of who creates a CIS or KIS.
        (true, Status::Cis, "upowszechnianie sportu i rekreacji", false),
        (true, Status::Kis, "prowadzenie klubu", false),
        (false, Status::Ngo, "upowszechnianie sportu i rekreacji", false),
    ] {
        let mut s = sound(rsd).await;
        s.org.content.status = status;
        s.org.content.statute_clause = clause.into();
        let all = check(&s);
        let hit = all.iter().find(|f| f.rule.as_str() == "R-ORG-01");
        assert_eq!(hit.is_some(), asked, "{clause}");
        let Some(hit) = hit else { continue };
        assert_eq!((hit.severity, hit.place.as_str()), (Severity::Warn, "II.1"));
        assert_eq!(hit.found, "Przepisane postanowienie statutu nie nazywa żadnego z celów, których wymaga ustawa.");
        assert!(hit.limit.contains("przeciwdziałanie patologiom społecznym"), "{}", hit.limit);
        assert!(hit.basis.starts_with("art. 200 ust. 1 ustawy z 20.03.2025"), "{}", hit.basis);
    }
}
