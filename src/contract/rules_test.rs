use super::*;
use crate::account::OrganisationContent;
use crate::call::{Mode, Terms};
use crate::contract::{Contract, Flow, Payment, PaymentKind};
use crate::contract::{ContractContent, ContractState, FilledClause, Party, propose_clauses, propose_tranches};
use crate::law::rules::find;
use crate::law::{Minutes, Severity, Tables};
use crate::offer::{PlannedHours, Sources};
use crate::programme::{Edition, Group};
use crate::store::{CallId, ContractId, OfferId, OrgId, PaymentId};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Groups 7, 3 and 5 in the editions of 2015, 81 hours each: 15 · 81 · 70 zł = 85 050 zł.
fn content(rules: &str) -> ContractContent {
    let rules = find(rules).unwrap();
    let terms = Terms::default();
    let on = day("2026-12-21");
    let editions: Vec<Edition> =
        [(1, "2015-04-13", "2015-06-12"), (2, "2015-07-13", "2015-09-12"), (3, "2015-10-05", "2015-12-04")]
            .map(|(no, from, to)| Edition { no, from: day(from), to: day(to), persons: 10 })
            .to_vec();
    let groups: Vec<Group> = [(1, 7), (2, 3), (3, 5)]
        .into_iter()
        .flat_map(|(edition, n)| {
            (1..=n).map(move |g| Group { code: format!("E{edition}-G{g}"), edition, gmina: "Kowal".into(), persons: 9 })
        })
        .collect();
    let hours = groups
        .iter()
        .map(|g| PlannedHours {
            group: g.code.clone(),
            persons: g.persons,
            minutes: Minutes::from_hours(81),
            individual: Minutes::ZERO,
        })
        .collect();
    let grant = Money::zl(85_050);
    let mut out = ContractContent {
        call_number: "PAI/1/2015".into(),
        offer_number: "PAI/1/2015/O-1".into(),
        offer_sha256: "0".repeat(64),
        supplement: None,
        title: "Warsztaty".into(),
        mode: Mode::Entrusting,
        contractor: Party { name: "Fundacja".into(), details: OrganisationContent::default(), ..Party::default() },
        partners: Vec::new(),
        cap: rules.cap_terms(&Tables::shipped(), on, terms.policy, terms.scope, terms.unit).unwrap(),
        rules,
        terms,
        starts: day("2015-04-13"),
        ends: day("2015-12-04"),
        use_until: day("2015-12-18"),
        return_until: day("2016-01-02"),
        grant,
        account: Some(Nrb::parse("61109010140000071219812874").unwrap()),
        tranches: propose_tranches(grant, &editions, &groups, day("2015-04-01")),
        clauses: Vec::new(),
        editions,
        groups,
        hours,
        activities: Vec::new(),
        results: Vec::new(),
        costs: Vec::new(),
        sources: Sources { grant, ..Sources::default() },
        fees: None,
        gminas: Vec::new(),
        office_signatory: String::new(),
        assumed: Vec::new(),
    };
    out.clauses = propose_clauses(&out);
    out
}

fn blocking(findings: &[Finding]) -> Vec<String> {
    findings.iter().filter(|f| f.severity == Severity::Block).map(|f| format!("{} {}", f.rule, f.place)).collect()
}

fn contract(state: ContractState) -> Contract {
    Contract {
        id: ContractId::new(),
        call: CallId::new(),
        offer: OfferId::new(),
        org: OrgId::new(),
        number: "U/1/2015".into(),
        state,
        version: 0,
        content: content("PAI-2"),
        sha256: None,
        document: None,
        signed_on: (state != ContractState::Draft).then(|| day("2015-04-10")),
        created_at: crate::law::Instant::UNIX_EPOCH,
    }
}

fn paid(no: u32) -> Payment {
    Payment {
        id: PaymentId::new(),
        kind: PaymentKind::Tranche(no),
        amount: Money::zl(100),
        paid_on: day("2015-04-15"),
        reference: "P/1".into(),
        recorded_by: "f".into(),
    }
}

#[test]
fn tranches_follow_the_groups_of_the_editions() {
    let amounts: Vec<String> = content("PAI-2").tranches.iter().map(|t| t.amount.plain()).collect();
    assert_eq!(amounts, ["39690,00", "17010,00", "28350,00"]);
}

#[test]
fn tranches_always_make_up_the_grant() {
    for (grosze, sizes) in
        [(100, vec![1, 1, 1]), (1_000_001, vec![7, 3, 5]), (5, vec![2, 2]), (1, vec![3, 3]), (99, vec![])]
    {
        let editions: Vec<Edition> = (1..=u32::try_from(sizes.len()).unwrap())
            .map(|no| Edition { no, from: day("2027-01-01"), to: day("2027-02-28"), persons: 1 })
            .collect();
        let groups: Vec<Group> = (1..)
            .zip(&sizes)
            .flat_map(|(edition, n)| {
                (0..*n).map(move |g| Group {
                    code: format!("{edition}-{g}"),
                    edition,
                    gmina: String::new(),
                    persons: 1,
                })
            })
            .collect();
        let grant = Money::from_grosze(grosze);
        let tranches = propose_tranches(grant, &editions, &groups, day("2026-12-21"));
        assert_eq!(Money::sum(tranches.iter().map(|t| t.amount)), Some(grant), "{grosze} {sizes:?}");
        assert!(tranches.iter().all(|t| !t.amount.is_zero()));
    }
}

#[test]
fn a_sound_contract_has_nothing_against_it() {
    for rules in ["PAI-2", "RSD-1"] {
        let c = content(rules);
        assert_eq!(blocking(&check(&c, c.grant)), Vec::<String>::new(), "{rules}");
        assert!(date_errors(&c).is_empty());
    }
}

#[test]
fn each_clause_alone_stops_the_contract() {
    for (rules, count) in [("PAI-2", 6), ("RSD-1", 8)] {
        let whole = content(rules);
        assert_eq!(whole.clauses.len(), count);
        for at in 0..count {
            let mut c = whole.clone();
            let FilledClause { title, .. } = c.clauses[at].clone();
            c.clauses[at].text = " \n".into();
            assert_eq!(blocking(&check(&c, c.grant)), [format!("R-CON-04 klauzula „{title}”")]);
            c.clauses.remove(at);
            assert_eq!(blocking(&check(&c, c.grant)), [format!("R-CON-04 klauzula „{title}”")]);
        }
    }
}

#[test]
fn what_stops_a_contract() {
    type Change = fn(&mut ContractContent);
    let cases: [(&str, Change); 8] = [
        ("R-CON-02 § 2, termin realizacji", |c| {
            (c.ends, c.use_until) = (day("2020-04-13"), day("2020-04-20"));
        }),
        ("R-CON-03 § 2, termin wykorzystania dotacji", |c| c.use_until = day("2016-01-01")),
        ("R-PAY-01 § 3, transze", |c| c.tranches[0].amount = Money::zl(39_691)),
        ("R-PAY-01 § 3, transze", |c| {
            c.tranches[0].amount = Money::zl(39_690 + 17_010);
            c.tranches[1].amount = Money::ZERO;
        }),
        ("R-PAY-01 § 3, transze", |c| c.tranches.clear()),
        ("R-CAP-01 Kwota dotacji", |c| c.hours[0].minutes = Minutes::new(81 * 60 - 1)),
        ("R-PAY-03 § 3, rachunek", |c| c.account = None),
        ("R-PAY-01 § 3, kwota dotacji", |c| {
            c.grant = Money::zl(85_049);
            c.tranches[0].amount = Money::zl(39_689);
        }),
    ];
    for (expected, change) in cases {
        let mut c = content("PAI-2");
        change(&mut c);
        assert_eq!(blocking(&check(&c, Money::zl(85_050))), [expected]);
    }
}

#[test]
fn five_years_and_the_end_of_the_year_are_allowed_to_the_day() {
    let mut c = content("PAI-2");
    (c.ends, c.use_until) = (day("2020-04-12"), day("2020-12-31"));
    assert_eq!(check_term(&c), None);
    assert_eq!(check_use(&c), None);
}

#[test]
fn a_lower_award_asks_for_an_updated_offer() {
    let mut c = content("PAI-2");
    c.sources.grant = Money::zl(90_000);
    let findings = check(&c, c.grant);
    let warned = findings.iter().find(|f| f.rule.as_str() == "R-OFF-04").unwrap();
    assert_eq!((warned.severity, warned.amount), (Severity::Warn, Some(Money::zl(4_950))));
    assert!(blocking(&findings).is_empty());
}

#[test]
fn the_time_to_return_is_fifteen_days() {
    for (back, fits) in [("2015-12-17", false), ("2015-12-18", true), ("2016-01-02", true), ("2016-01-03", false)] {
        let mut c = content("PAI-2");
        c.return_until = day(back);
        assert_eq!(date_errors(&c).is_empty(), fits, "{back}");
    }
}

#[test]
fn the_next_tranche_is_paid_after_its_condition() {
    let (signed, draft, settled) =
        (contract(ContractState::Signed), contract(ContractState::Draft), contract(ContractState::Settled));
    let first = vec![paid(1)];
    type Case<'a> = (&'a Contract, &'a [Payment], u32, &'a str, &'a str, Option<&'a str>);
    let cases: [Case<'_>; 8] = [
        (&signed, &[], 1, "2015-04-10", "podpisano", None),
        (&signed, &[], 1, "2015-04-09", "podpisano", Some("Data wypłaty: 09.04.2015.")),
        (&draft, &[], 1, "2015-04-15", "podpisano", Some("Data wypłaty: 15.04.2015.")),
        (&settled, &[], 1, "2015-04-15", "podpisano", Some("Data wypłaty: 15.04.2015.")),
        (&signed, &[], 2, "2015-07-13", "przyjęto sprawozdanie", Some("Transza 1 nie jest jeszcze wypłacona.")),
        (&signed, &first, 2, "2015-07-13", " ", Some("Nie potwierdzono warunku wypłaty.")),
        (&signed, &first, 2, "2015-07-13", "przyjęto sprawozdanie", None),
        (&signed, &first, 9, "2015-07-13", "x", Some("Umowa nie ma takiej transzy.")),
    ];
    for (contract, payments, no, on, condition, refused) in cases {
        let got = payable(contract, payments, no, day(on), condition).map_err(|f| (f.rule.to_string(), f.found));
        assert_eq!(got.err(), refused.map(|found| ("R-PAY-02".to_owned(), found.to_owned())), "{no} {on}");
    }
}

#[test]
fn money_goes_to_the_account_of_the_contract() {
    let c = content("PAI-2");
    assert_eq!(check_paid_to(&c, &Nrb::parse("61109010140000071219812874").unwrap()), None);
    let other = check_paid_to(&c, &Nrb::parse("27114020040000300201355387").unwrap()).unwrap();
    assert_eq!(other.rule.as_str(), "R-PAY-03");
}

#[test]
fn no_more_comes_back_than_was_paid() {
    let signed = contract(ContractState::Signed);
    let flow = Flow { paid: Money::zl(100), returned: Money::zl(40) };
    for (zl, on, fits) in
        [(60, "2015-04-10", true), (61, "2015-04-10", false), (0, "2015-04-10", false), (1, "2015-04-09", false)]
    {
        assert_eq!(return_errors(&signed, flow, Money::zl(zl), day(on)).is_empty(), fits, "{zl} {on}");
    }
}
