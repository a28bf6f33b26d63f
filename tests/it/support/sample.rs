//! Ready-made rows for tests of later stages: a programme, announced calls, offers,
//! a decision, contracts. The figures are those of Włocławek 2015, moved to 2027.

use chrono::NaiveDate;
use konkurs::account::{Organisation, OrganisationContent, Registration, Representative, Status};
use konkurs::award::{Award, AwardContent, AwardLine, AwardState, Outcome};
use konkurs::call::{
    Call, CallContent, CallState, CommitteeRules, Correction, Criterion, EarlierTasks, Elements, GrantTerms, Mode,
    Place, Publication, ScoreCard, Terms, default_formal,
};
use konkurs::contract::{Contract, ContractContent, ContractState, FilledClause, Party, Tranche};
use konkurs::law::rules::find;
use konkurs::law::{Krs, Minutes, Money, Nip, Nrb, RuleSet, Tables, at_warsaw};
use konkurs::offer::{
    Activity, Contact, CostLine, Declarations, FrozenOffer, Offer, OfferContent, OfferState, PlannedHours,
    PlannedResult, Sources, Trainer,
};
use konkurs::programme::{
    Agreement, Edition, FpPlan, Gmina, Group, OpsAnswer, OpsRecord, Programme, ProgrammeContent, ProgrammeState,
    PrrpOpinion,
};
use konkurs::store::{AwardId, CallId, ContractId, OfferId, OrgId, ProgrammeId, TrancheId};
use rust_decimal::Decimal;

use super::{Client, TestApp};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The `n`-th of a row of valid NIPs.
pub fn nip(n: u32) -> String {
    let weights = [6, 5, 7, 2, 3, 4, 5, 6, 7];
    (100_000_000 + n * 37..)
        .find_map(|start| {
            let digits: Vec<u32> = start.to_string().chars().filter_map(|c| c.to_digit(10)).collect();
            let sum: u32 = digits.iter().zip(weights).map(|(d, w)| d * w).sum();
            (sum % 11 < 10).then(|| format!("{start}{}", sum % 11))
        })
        .unwrap()
}

pub fn organisation_content() -> OrganisationContent {
    OrganisationContent {
        legal_form: "stowarzyszenie".into(),
        register: "KRS".into(),
        street: "ul. Długa 1".into(),
        postal_code: "87-800".into(),
        town: "Włocławek".into(),
        email: "biuro@example.pl".into(),
        phone: "54 000 00 00".into(),
        website: String::new(),
        account: Some(Nrb::parse("61109010140000071219812874").unwrap()),
        statute_clause: "§ 7 pkt 2: integracja i reintegracja osób zagrożonych wykluczeniem".into(),
        status: Status::Pes,
        status_proof: "decyzja wojewody nr 7/2024".into(),
        representatives: vec![Representative { name: "Anna Prezes".into(), function: "prezes zarządu".into() }],
        representation: "prezes zarządu samodzielnie".into(),
        ..OrganisationContent::default()
    }
}

pub fn registration(name: &str, nip: &str, password_hash: String) -> Registration {
    Registration {
        org_name: name.to_owned(),
        krs: Some(Krs::parse("0000249506").unwrap()),
        nip: Nip::parse(nip).unwrap(),
        regon: None,
        content: organisation_content(),
        person_name: "Anna Prezes".into(),
        email: format!("{nip}@example.pl"),
        password_hash,
    }
}

/// The terms of PAI run by the office as its own programme.
pub fn local_pai() -> RuleSet {
    RuleSet {
        code: "LOK-1".into(),
        name: "Program lokalny na warunkach PAI".into(),
        act: "uchwała nr 1/2026 Rady Powiatu".into(),
        from: day("2026-01-01"),
        to: None,
        new_calls_until: None,
        ..find("PAI-4").unwrap()
    }
}

/// Ten gminas, 138 persons, three editions, fifteen groups.
pub fn programme_content(rules: &str) -> ProgrammeContent {
    let gminas = [
        ("Gmina Miasto Włocławek", 46),
        ("Gmina Choceń", 20),
        ("Gmina Boniewo", 10),
        ("Gmina Fabianki", 10),
        ("Gmina Miasto Kowal", 10),
        ("Gmina Kowal", 10),
        ("Gmina Lubanie", 10),
        ("Gmina i Miasto Lubień Kujawski", 8),
        ("Gmina i Miasto Izbica Kujawska", 8),
        ("Gmina i Miasto Lubraniec", 6),
    ];
    let editions = vec![
        Edition { no: 1, from: day("2027-01-11"), to: day("2027-03-10"), persons: 64 },
        Edition { no: 2, from: day("2027-07-12"), to: day("2027-09-11"), persons: 28 },
        Edition { no: 3, from: day("2027-10-04"), to: day("2027-12-03"), persons: 46 },
    ];
    let groups = |edition: u32, gmina: &str, sizes: &[u32], first: usize| -> Vec<Group> {
        sizes
            .iter()
            .enumerate()
            .map(|(i, persons)| Group {
                code: format!("E{edition}-G{}", first + i),
                edition,
                gmina: gmina.to_owned(),
                persons: *persons,
            })
            .collect()
    };
    let all = [
        groups(1, "Gmina Choceń", &[10, 10], 1),
        groups(1, "Gmina Boniewo", &[10], 3),
        groups(1, "Gmina Fabianki", &[10], 4),
        groups(1, "Gmina Miasto Kowal", &[10], 5),
        groups(1, "Gmina i Miasto Lubień Kujawski", &[8], 6),
        groups(1, "Gmina i Miasto Lubraniec", &[6], 7),
        groups(2, "Gmina Kowal", &[10], 1),
        groups(2, "Gmina Lubanie", &[10], 2),
        groups(2, "Gmina i Miasto Izbica Kujawska", &[8], 3),
        groups(3, "Gmina Miasto Włocławek", &[10, 9, 9, 9, 9], 1),
    ]
    .concat();
    ProgrammeContent {
        title: "Integracja społeczna bezrobotnych".into(),
        aim: "Kształtowanie aktywnej postawy w życiu społecznym i zawodowym".into(),
        rules: rules.to_owned(),
        topics: ["kompetencje społeczne", "ja i mój potencjał", "praca nad motywacją", "poruszanie się po rynku pracy"]
            .map(str::to_owned)
            .to_vec(),
        gminas: gminas
            .iter()
            .map(|(name, persons)| Gmina {
                name: (*name).to_owned(),
                persons: *persons,
                ops: Some(OpsRecord {
                    asked_on: day("2026-09-01"),
                    answered_on: day("2026-09-15"),
                    answer: OpsAnswer::Declined,
                }),
                cooperation: Some(Agreement { number: "W/3/2026".into(), on: day("2026-10-01") }),
                psu: Some(Agreement { number: "PSU/3/2026".into(), on: day("2026-10-01") }),
                ..Gmina::default()
            })
            .collect(),
        editions,
        groups: all,
        prrp: Some(PrrpOpinion { number: "5/2026".into(), date: day("2026-09-20"), result: "pozytywna".into() }),
        plan: Some(FpPlan { number: "FP/12/2026".into(), amount: Money::zl(120_000) }),
        outcomes: None,
        assumed: Vec::new(),
        prepared_by: Vec::new(),
    }
}

pub fn score_card() -> ScoreCard {
    let criterion = |key: &str, name: &str, point, max, neutral| Criterion {
        key: key.to_owned(),
        name: name.to_owned(),
        point,
        max,
        neutral,
    };
    ScoreCard {
        criteria: vec![
            criterion("capacity", "Możliwość realizacji zadania", 1, 40, None),
            criterion("cost", "Kalkulacja kosztów", 2, 20, None),
            criterion("quality", "Jakość i kwalifikacje osób", 3, 30, None),
            criterion("contribution", "Wkład rzeczowy i osobowy", 5, 5, None),
            criterion("record", "Realizacja wcześniejszych zadań", 6, 5, Some(3)),
        ],
        threshold_percent: 60,
    }
}

pub fn three_places(on: &str) -> Vec<Publication> {
    Place::ALL
        .into_iter()
        .map(|place| Publication::new(place, day(on), "Jan Urzędnik", "https://bip.example.pl/1"))
        .collect()
}

fn call_content(rules: RuleSet, announced: &str) -> CallContent {
    let programme = programme_content(&rules.code);
    let terms = Terms::default();
    let cap = rules.cap_terms(&Tables::shipped(), day(announced), terms.policy, terms.scope, terms.unit).unwrap();
    CallContent {
        title: "Warsztaty integracji społecznej 2027".into(),
        rules,
        cap: Some(cap),
        other_basis: None,
        mode: Mode::Entrusting,
        elements: Elements {
            task: "Realizacja działań w zakresie integracji społecznej bezrobotnych".into(),
            allocation: Money::zl(100_000),
            grant_rules: "Powierzenie; jedna umowa; transze po edycjach.".into(),
            conditions: "138 osób, 15 grup do 10 osób, co najmniej 10 godzin tygodniowo, 3 edycje po 2 miesiące."
                .into(),
            deadline: Some(day("2026-12-14").and_hms_opt(23, 59, 0).unwrap()),
            selection: "Komisja konkursowa ocenia według karty; decyduje Starosta.".into(),
            decision_by: Some(day("2026-12-31")),
            earlier: vec![
                EarlierTasks { year: 2026, cost: Money::ZERO, grants: Money::ZERO },
                EarlierTasks { year: 2025, cost: Money::ZERO, grants: Money::ZERO },
            ],
        },
        terms,
        card: score_card(),
        editions: programme.editions,
        groups: programme.groups,
        gminas: Vec::new(),
        topics: programme.topics,
        places: three_places(announced),
        result_places: Vec::new(),
        contact: "Jan Urzędnik, tel. 54 000 00 01".into(),
        assumed: Vec::new(),
        cancel_reason: None,
        attachments: Vec::new(),
        formal: default_formal(),
        correction: Correction::default(),
        money: GrantTerms::default(),
        committee_rules: CommitteeRules::default(),
        confirmation: None,
        test: false,
        prepared_by: Vec::new(),
        copied_from: None,
        reservation: String::new(),
        question_days: 3,
        approval: None,
    }
}

fn put_call(app: &TestApp, rules: RuleSet, number: &str) -> Call {
    let test = number.starts_with("PRÓBA/");
    let now = app.state.clock.now();
    let content = CallContent { test, ..call_content(rules, "2026-11-20") };
    let programme = Programme {
        id: ProgrammeId::new(),
        state: ProgrammeState::Ready,
        version: 0,
        content: programme_content(&content.rules.code),
    };
    let call = Call {
        id: CallId::new(),
        programme: programme.id.clone(),
        number: Some(number.to_owned()),
        state: CallState::Announced,
        version: 0,
        terms_hash: Some(konkurs::call::hash_of(&content).unwrap()),
        content,
        announced_at: Some(now),
        deadline_at: Some(at_warsaw(day("2026-12-15"), chrono::NaiveTime::MIN).unwrap()),
        opened_at: None,
        extensions: Vec::new(),
    };
    let store = &app.state.store;
    store
        .write(|tx| {
            let code = &call.content.rules.code;
            if konkurs::store::tables::rule_set(tx, code).is_err() {
                konkurs::store::tables::add_local_rules(tx, &call.content.rules, "test", now)?;
            }
            konkurs::programme::store::insert(tx, &programme, "test", now)?;
            konkurs::call::store::insert(tx, &call, "test", now)?;
            let text = konkurs::store::to_json(&call.content)?;
            let deed = konkurs::audit::Deed {
                actor: "test",
                deed: "call.announce",
                object_kind: "call",
                object_id: call.id.as_str(),
                before: String::new(),
                after: konkurs::store::digest(&text),
                detail: format!("Ogłoszono konkurs {number}."),
            };
            konkurs::audit::append(tx, deed, now);
            konkurs::call::store::freeze(tx, &call.id, 1, &text, "test", "ogłoszenie konkursu", now)
        })
        .unwrap();
    call
}

/// An announced call on the terms of PAI (local programme), open until the end of 14 December 2026.
pub fn pai_call(app: &TestApp) -> Call {
    put_call(app, local_pai(), "LOK/1/2026")
}

/// The same as a rehearsal.
pub fn trial_call(app: &TestApp) -> Call {
    put_call(app, local_pai(), "PRÓBA/LOK/1/2026")
}

/// A second call on the terms of [`pai_call`].
pub fn second_call(app: &TestApp) -> Call {
    put_call(app, local_pai(), "LOK/2/2026")
}

/// Another one, under this number.
pub fn numbered_call(app: &TestApp, number: &str) -> Call {
    put_call(app, local_pai(), number)
}

/// An announced call under the law of today, RSD-1.
pub fn rsd_call(app: &TestApp) -> Call {
    put_call(app, find("RSD-1").unwrap(), "RSD/1/2026")
}

fn cost(activity: Option<u32>, name: &str, unit: &str, unit_cost: i64, units: i64, trainer: bool) -> CostLine {
    CostLine {
        activity,
        name: name.to_owned(),
        unit: unit.to_owned(),
        unit_cost: Money::zl(unit_cost),
        units: Decimal::from(units),
        trainer,
        years: vec![Money::zl(unit_cost * units)],
    }
}

/// A complete offer for the groups of `call`: 15 × 90 h, 85 050,00 zł.
pub fn offer_content(call: &Call) -> OfferContent {
    OfferContent {
        contact: Contact { name: "Anna Prezes".into(), phone: "54 000 00 00".into(), email: "biuro@example.pl".into() },
        title: "Warsztaty integracji społecznej".into(),
        starts: Some(day("2027-01-11")),
        ends: Some(day("2027-12-03")),
        place: "świetlice w dziesięciu gminach powiatu".into(),
        target_group: "138 osób bezrobotnych".into(),
        problem: "bierność i wykluczenie; zajęcia w małych grupach".into(),
        complementarity: "prace społecznie użyteczne prowadzone przez gminy".into(),
        activities: vec![Activity {
            name: "Warsztaty".into(),
            description: "zajęcia grupowe z czterech tematów".into(),
            target_group: "wszystkie grupy".into(),
            from: Some(day("2027-01-11")),
            to: Some(day("2027-12-03")),
            outside: String::new(),
        }],
        effect_direct: "1 350 godzin zajęć".into(),
        effect_change: "większa aktywność uczestników".into(),
        effect_durable: "grupy wsparcia po projekcie".into(),
        results: vec![PlannedResult {
            name: "Osoby, które ukończyły program".into(),
            target: "120".into(),
            monitoring: "listy obecności, karty indywidualne".into(),
        }],
        experience: "od 2008 r. prowadzimy warsztaty dla bezrobotnych".into(),
        resources: "czworo trenerów, trzy sale".into(),
        trainers: vec![Trainer { name: "Ewa Trener".into(), qualifications: "psycholog, 10 lat praktyki".into() }],
        hours: call
            .content
            .groups
            .iter()
            .map(|g| PlannedHours {
                group: g.code.clone(),
                persons: g.persons,
                minutes: Minutes::from_hours(90),
                individual: Minutes::ZERO,
            })
            .collect(),
        costs: vec![
            cost(Some(1), "Wynagrodzenia trenerów", "godzina", 55, 1350, true),
            cost(Some(1), "Wynajem sal", "grupa", 400, 15, false),
            cost(None, "Koordynacja i księgowość", "miesiąc", 600, 8, false),
        ],
        sources: Sources { grant: Money::zl(85_050), ..Sources::default() },
        measures: vec![konkurs::offer::Measure {
            name: "gotowość do podjęcia pracy".into(),
            how: "kwestionariusz samooceny i opinia prowadzącego".into(),
            when: "na początku i na końcu edycji".into(),
        }],
        unpaid: true,
        ..OfferContent::default()
    }
}

pub fn declarations() -> Declarations {
    Declarations {
        public_benefit_only: true,
        paid_activity_only: true,
        tax_arrears: Some(false),
        social_arrears: Some(false),
        data_agree: true,
        all_true: true,
        data_protection: true,
        extra: Vec::new(),
        signed_by: "Anna Prezes, prezes zarządu".into(),
        ..Declarations::default()
    }
}

/// The same with the sentences they answer, as a submission freezes them.
fn said(declared: Declarations) -> Declarations {
    Declarations { said: konkurs::offer::wording::sentences(&declared, true, &[]), ..declared }
}

/// The organisation of a signed-in NGO.
pub fn org_of(app: &TestApp, ngo: &Client) -> Organisation {
    let id: OrgId = app.actor(ngo).memberships[0].org.clone();
    app.state.store.read(|r| konkurs::account::store::organisation(r, &id)).unwrap()
}

/// An offer of `ngo` filed in `call`, frozen as version 1, with the number `…/O-{n}`.
pub fn filed_offer(app: &TestApp, call: &Call, ngo: &Client, n: u32) -> Offer {
    let (actor, org, now) = (app.actor(ngo), org_of(app, ngo), app.state.clock.now());
    let offer = Offer {
        id: OfferId::new(),
        call: call.id.clone(),
        org: org.id.clone(),
        org_name: org.name.clone(),
        number: Some(format!("{}/O-{n}", call.number())),
        state: OfferState::Submitted,
        version: 0,
        grant: Money::zl(85_050),
        content: offer_content(call),
        draft: None,
        frozen_no: 1,
        submitted_at: Some(now),
        supplement_by: None,
        updated_at: now,
        created_by: actor.person_id().unwrap().clone(),
    };
    let frozen = FrozenOffer {
        call_number: call.number().to_owned(),
        call_terms: call.terms_hash.clone().unwrap(),
        call_title: call.content.title.clone(),
        task_kind: call.content.elements.task.clone(),
        editions: konkurs::offer::editions_of(&offer.content, &call.content),
        organisation_name: org.name,
        krs: org.krs.map(|k| k.as_str().to_owned()),
        nip: org.nip.as_str().to_owned(),
        regon: None,
        organisation: org.content,
        offer: offer.content.clone(),
        declarations: said(declarations()),
        attachments: Vec::new(),
        partners: Vec::new(),
    };
    app.state
        .store
        .write(|tx| {
            konkurs::offer::store::insert(tx, &offer, now)?;
            konkurs::offer::store::freeze(tx, &offer.id, 1, &frozen, "test", now)
        })
        .unwrap();
    offer
}

/// Sets the state of a stored offer without a verb.
pub fn set_offer(app: &TestApp, id: &OfferId, state: OfferState) -> Offer {
    let now = app.state.clock.now();
    app.state
        .store
        .write(|tx| {
            let mut offer = konkurs::offer::store::find(tx, id)?;
            offer.state = state;
            konkurs::offer::store::save(tx, &offer, now)?;
            konkurs::offer::store::find(tx, id)
        })
        .unwrap()
}

/// Sets the state of a stored call without a verb.
pub fn set_call(app: &TestApp, id: &CallId, state: CallState) -> Call {
    app.state
        .store
        .write(|tx| {
            let mut call = konkurs::call::store::find(tx, id)?;
            call.state = state;
            if matches!(state, CallState::Review | CallState::Decided | CallState::Published) {
                call.opened_at = call.opened_at.or(call.deadline_at);
            }
            konkurs::call::store::save(tx, &call)?;
            konkurs::call::store::find(tx, id)
        })
        .unwrap()
}

/// A PAI call whose results are public on 2026-12-21, and the selected offer of `ngo` (85 050,00 zł).
/// The clock stands at noon of that day afterwards.
pub fn awarded(app: &TestApp, ngo: &Client) -> (Call, Offer) {
    awarded_in(app, pai_call(app), ngo)
}

/// The same in a given announced call.
pub fn awarded_in(app: &TestApp, call: Call, ngo: &Client) -> (Call, Offer) {
    let offer = filed_offer(app, &call, ngo, 1);
    award_to(app, &call, &offer)
}

/// The same for an offer that was filed.
pub fn award_to(app: &TestApp, call: &Call, offer: &Offer) -> (Call, Offer) {
    app.at("2026-12-21 12:00");
    let now = app.state.clock.now();
    let offer = set_offer(app, &offer.id, OfferState::Selected);
    let call = set_call(app, &call.id, CallState::Published);
    let award = Award {
        id: AwardId::new(),
        call: call.id.clone(),
        state: AwardState::Published,
        version: 0,
        content: AwardContent {
            lines: vec![AwardLine {
                offer: offer.id.clone(),
                number: offer.number.clone().unwrap(),
                org_name: offer.org_name.clone(),
                title: offer.content.title.clone(),
                asked: Money::zl(85_050),
                granted: Money::zl(85_050),
                mean_x100: Some(8_350),
                place: Some(1),
                outcome: Outcome::Selected,
                reason: String::new(),
            }],
            differs_because: String::new(),
            act: "zarządzenie nr 12/2026".into(),
            places: three_places("2026-12-21"),
        },
        decided_at: Some(now),
        decided_by: "organ@example.pl".into(),
        published_at: Some(now),
    };
    app.state.store.write(|tx| konkurs::award::store::insert(tx, &award)).unwrap();
    (call, offer)
}

/// The contract of that offer, signed on 2026-12-22; the clock stands at noon of that day.
pub fn signed_contract(app: &TestApp, ngo: &Client) -> Contract {
    let (call, offer) = awarded(app, ngo);
    signed_contract_of(app, &call, &offer)
}

/// The same for a given selected offer.
pub fn signed_contract_of(app: &TestApp, call: &Call, offer: &Offer) -> Contract {
    app.at("2026-12-22 12:00");
    let now = app.state.clock.now();
    let org = app.state.store.read(|r| konkurs::account::store::organisation(r, &offer.org)).unwrap();
    let content = ContractContent {
        call_number: call.number().to_owned(),
        offer_number: offer.number.clone().unwrap(),
        offer_sha256: "0".repeat(64),
        supplement: None,
        title: offer.content.title.clone(),
        mode: call.content.mode,
        contractor: Party {
            name: org.name.clone(),
            krs: org.krs.map(|k| k.as_str().to_owned()),
            nip: org.nip.as_str().to_owned(),
            represented_by: "Anna Prezes – prezes zarządu".into(),
            details: org.content,
        },
        partners: Vec::new(),
        cap: call.content.cap.clone().unwrap(),
        terms: call.content.terms.clone(),
        starts: day("2027-01-11"),
        ends: day("2027-12-03"),
        use_until: day("2027-12-17"),
        return_until: day("2027-12-18"),
        grant: Money::zl(85_050),
        account: Some(Nrb::parse("61109010140000071219812874").unwrap()),
        tranches: [(1, "2027-01-04", 39_690), (2, "2027-07-05", 17_010), (3, "2027-09-27", 28_350)]
            .into_iter()
            .map(|(no, due, zl)| Tranche {
                id: TrancheId::new(),
                no,
                due_on: day(due),
                amount: Money::zl(zl),
                condition: if no == 1 {
                    "zawarcie umowy".into()
                } else {
                    format!("przyjęcie sprawozdania nr {}", no - 1)
                },
            })
            .collect(),
        clauses: call
            .content
            .rules
            .clauses
            .iter()
            .map(|c| FilledClause {
                key: c.key.clone(),
                title: c.title.clone(),
                place: "§ 2".into(),
                text: format!("Postanowienie: {}", c.demand),
                basis: c.basis.clone(),
            })
            .collect(),
        rules: call.content.rules.clone(),
        editions: call.content.editions.clone(),
        groups: call.content.groups.clone(),
        hours: offer.content.hours.clone(),
        activities: offer.content.activities.clone(),
        results: offer.content.results.clone(),
        costs: offer.content.costs.clone(),
        sources: offer.content.sources.clone(),
        fees: offer.content.fees.clone(),
        gminas: Vec::new(),
        office_signatory: "Dyrektor Powiatowego Urzędu Pracy".into(),
        assumed: Vec::new(),
    };
    let contract = Contract {
        id: ContractId::new(),
        call: call.id.clone(),
        offer: offer.id.clone(),
        org: offer.org.clone(),
        number: "U/1/2026".into(),
        state: ContractState::Signed,
        version: 0,
        sha256: Some(konkurs::store::digest(&konkurs::store::to_json(&content).unwrap())),
        content,
        document: None,
        signed_on: Some(day("2026-12-22")),
        created_at: now,
    };
    app.state.store.write(|tx| konkurs::contract::store::insert(tx, &contract, "test")).unwrap();
    set_offer(app, &offer.id, OfferState::Contracted);
    contract
}
