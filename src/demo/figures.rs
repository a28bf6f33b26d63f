//! The figures of Włocławek 2015 from the office's public report, and what had to be
//! assumed to play them. The two open contests borrow the shape.

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use crate::call::{Criterion, EarlierTasks, Place, Publication, ScoreCard};
use crate::error::AppError;
use crate::law::{Minutes, Money};
use crate::offer::{
    Activity, Contact, CostLine, Declarations, OfferContent, PlannedHours, PlannedResult, Sources, Trainer,
};
use crate::programme::{Agreement, Edition, FpPlan, Gmina, Group, OpsAnswer, OpsRecord, ProgrammeContent, PrrpOpinion};

pub(super) const TOPICS: [&str; 4] =
    ["kompetencje społeczne", "ja i mój potencjał", "praca nad motywacją", "poruszanie się po rynku pracy"];

/// Gmina, persons, edition and the sizes of its groups. The persons are the source's;
/// the edition and the division into groups are assumed.
pub(super) const GMINAS: [(&str, u32, u32, &[u32]); 10] = [
    ("Gmina Miasto Włocławek", 46, 3, &[10, 9, 9, 9, 9]),
    ("Gmina Choceń", 20, 1, &[10, 10]),
    ("Gmina Boniewo", 10, 1, &[10]),
    ("Gmina Fabianki", 10, 1, &[10]),
    ("Gmina Miasto Kowal", 10, 1, &[10]),
    ("Gmina Kowal", 10, 2, &[10]),
    ("Gmina Lubanie", 10, 2, &[10]),
    ("Gmina i Miasto Lubień Kujawski", 8, 1, &[8]),
    ("Gmina i Miasto Izbica Kujawska", 8, 2, &[8]),
    ("Gmina i Miasto Lubraniec", 6, 1, &[6]),
];

pub(super) const ASSUMED: [&str; 5] = [
    "Godziny i stawka: sprawozdanie urzędu ich nie podaje. Odtworzono odczytanie 15 grup × 90 h po 63,00 zł; równie dobrze pasuje 15 × 81 h po 70,00 zł.",
    "Przypisanie gmin do edycji i podział na grupy: sprawozdanie podaje tylko liczby osób w gminach i w edycjach.",
    "Pozostałe dwie oferty, punkty komisji i daty konkursu (poza „pierwszym kwartałem 2015 r.”): przykładowe.",
    "Podział umowy na trzy transze: po 5 670,00 zł na grupę, 7, 3 i 5 grup.",
    "Plan zajęć, nazwiska prowadzących i obecności: przykładowe.",
];

pub(super) fn date(text: &str) -> Result<NaiveDate, AppError> {
    text.parse().map_err(|e| AppError::internal(format!("{text}: {e}")))
}

pub(super) fn wall(text: &str) -> Result<NaiveDateTime, AppError> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").map_err(|e| AppError::internal(format!("{text}: {e}")))
}

/// The programme of 2015, or the same shape with other editions.
pub(super) fn programme(rules: &str, editions: Vec<Edition>, asked: NaiveDate, plan: FpPlan) -> ProgrammeContent {
    let ops =
        OpsRecord { asked_on: asked, answered_on: asked + chrono::Duration::days(14), answer: OpsAnswer::Declined };
    let agreement = |number: &str| Some(Agreement { number: number.into(), on: asked + chrono::Duration::days(20) });
    ProgrammeContent {
        title: "Program Aktywizacja i Integracja – integracja społeczna bezrobotnych".into(),
        aim: "Motywowanie do udziału w formach programu, kształtowanie aktywnej postawy w życiu społecznym i zawodowym, zapobieganie wykluczeniu.".into(),
        rules: rules.to_owned(),
        topics: TOPICS.map(str::to_owned).to_vec(),
        gminas: GMINAS
            .iter()
            .map(|(name, persons, _, _)| Gmina {
                name: (*name).to_owned(),
                persons: *persons,
                ops: Some(ops.clone()),
                cooperation: agreement("W/1 (przykład)"),
                psu: agreement("PSU/1 (przykład)"),
                ..Gmina::default()
            })
            .collect(),
        groups: groups(),
        editions,
        prrp: Some(PrrpOpinion {
            number: "2/PRRP".into(),
            date: asked + chrono::Duration::days(16),
            result: "pozytywna".into(),
        }),
        plan: Some(plan),
        outcomes: None,
        assumed: Vec::new(),
        prepared_by: Vec::new(),
    }
}

fn groups() -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    for no in 1..=3 {
        let mut n = 0;
        for (gmina, _, edition, sizes) in GMINAS.iter().filter(|(_, _, edition, _)| *edition == no) {
            for persons in *sizes {
                n += 1;
                let code = format!("E{edition}-G{n}");
                out.push(Group { code, edition: *edition, gmina: (*gmina).to_owned(), persons: *persons });
            }
        }
    }
    out
}

/// Publication in all three places on one day.
pub(super) fn places(on: NaiveDate) -> Vec<Publication> {
    Place::ALL
        .into_iter()
        .map(|place| {
            let evidence = match place {
                Place::Bip => "https://bip.pup.example/konkurs",
                Place::Board => "zdjęcie tablicy, teczka sprawy",
                Place::Website => "https://pup.example/konkurs",
            };
            Publication::new(place, on, "Jan Urzędniczak", evidence)
        })
        .collect()
}

/// A 100-point card for a task that is entrusted.
pub(super) fn card() -> ScoreCard {
    let row = |key: &str, name: &str, point, max, neutral| Criterion {
        key: key.to_owned(),
        name: name.to_owned(),
        point,
        max,
        neutral,
    };
    ScoreCard {
        criteria: vec![
            row("capacity", "Możliwość realizacji zadania: doświadczenie, lokale, kadra", 1, 20, None),
            row("programme", "Program zajęć: dopasowanie do grupy, metody, harmonogram", 3, 20, None),
            row("quality", "Kwalifikacje osób prowadzących", 3, 20, None),
            row("effects", "Zakładane efekty i mierniki efektów indywidualnych", 3, 10, None),
            row("cost", "Kalkulacja kosztów: adekwatność, stawka za godzinę z grupą", 2, 20, None),
            row("contribution", "Wkład rzeczowy i osobowy, wolontariat", 5, 5, None),
            row("record", "Wcześniejsze zlecone zadania: rzetelność i terminowość", 6, 5, Some(3)),
        ],
        threshold_percent: 60,
    }
}

pub(super) fn no_earlier_tasks(year: i32) -> Vec<EarlierTasks> {
    [year, year - 1].map(|year| EarlierTasks { year, cost: Money::ZERO, grants: Money::ZERO }).to_vec()
}

/// One line of an estimate that falls into a single year.
pub(super) fn line(activity: Option<u32>, name: &str, unit: &str, cost: (Money, i64), trainer: bool) -> CostLine {
    let (unit_cost, units) = cost;
    let value = unit_cost.checked_mul(units).unwrap_or(Money::ZERO);
    CostLine {
        activity,
        name: name.to_owned(),
        unit: unit.to_owned(),
        unit_cost,
        units: Decimal::from(units),
        trainer,
        years: vec![value],
    }
}

/// The rate of a group-hour in grosze, divided: pay of the trainer, rooms and
/// materials, co-ordination.
pub(super) fn estimate(rate: i64, hours: i64) -> Vec<CostLine> {
    let money = Money::from_grosze;
    let trainers = "Wynagrodzenia trenerów z narzutami";
    vec![
        line(Some(1), trainers, "godzina z grupą", (money(rate - 1300), hours), true),
        line(Some(1), "Sale i materiały", "godzina z grupą", (money(900), hours), false),
        line(None, "Koordynacja i obsługa księgowa", "godzina z grupą", (money(400), hours), false),
    ]
}

/// What makes two offers of the demonstration differ.
pub(super) struct Bid<'a> {
    pub title: &'a str,
    pub contact: &'a str,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub hours: Vec<PlannedHours>,
    pub costs: Vec<CostLine>,
    pub trainers: &'a [&'a str],
}

/// A complete offer.
pub(super) fn offer(bid: Bid<'_>) -> OfferContent {
    use chrono::Datelike as _;
    let grant = Money::sum(bid.costs.iter().filter_map(CostLine::value)).unwrap_or(Money::ZERO);
    let years = usize::try_from(bid.to.year() - bid.from.year() + 1).unwrap_or(1);
    let mut costs = bid.costs;
    for line in &mut costs {
        line.years.resize(years, Money::ZERO);
    }
    OfferContent {
        contact: Contact { name: bid.contact.into(), phone: "54 000 00 00".into(), email: "biuro@ngo.example".into() },
        title: bid.title.into(),
        starts: Some(bid.from),
        ends: Some(bid.to),
        place: "świetlice i sale w gminach uczestników; w mieście klub integracji społecznej".into(),
        target_group: "osoby bezrobotne skierowane przez urząd pracy, w grupach do 10 osób".into(),
        problem: "Długie pozostawanie bez pracy, niska motywacja i brak wiary w siebie. Zajęcia prowadzimy w małych grupach, metodami aktywnymi.".into(),
        complementarity: "prace społecznie użyteczne prowadzone przez gminy".into(),
        activities: vec![Activity {
            name: "Warsztaty integracji społecznej".into(),
            description: format!("Zajęcia grupowe: {}.", TOPICS.join(", ")),
            target_group: "wszystkie grupy".into(),
            from: Some(bid.from),
            to: Some(bid.to),
            outside: String::new(),
        }],
        effect_direct: "Każda grupa przejdzie pełny program zajęć; każdy uczestnik przygotuje CV i plan działania.".into(),
        effect_change: "Uczestnicy wrócą do kontaktu z rynkiem pracy i z otoczeniem.".into(),
        effect_durable: "Grupy wsparcia spotykają się po zakończeniu zajęć w siedzibie organizacji.".into(),
        results: vec![
            PlannedResult {
                name: "Osoby, które ukończyły program".into(),
                target: "co najmniej 85 % uczestników".into(),
                monitoring: "listy obecności, karty indywidualne, zaświadczenia".into(),
            },
            PlannedResult {
                name: "Wzrost kompetencji społecznych".into(),
                target: "u 70 % uczestników".into(),
                monitoring: "samoocena na początku i na końcu, opinia prowadzącego".into(),
            },
        ],
        experience: "Od 2008 r. prowadzimy warsztaty dla osób bezrobotnych i zagrożonych wykluczeniem.".into(),
        resources: "Zespół trenerów i psychologów, sprzęt szkoleniowy, sale użyczone przez gminy.".into(),
        trainers: bid
            .trainers
            .iter()
            .map(|name| Trainer { name: (*name).to_owned(), qualifications: "pedagog, co najmniej 5 lat praktyki".into() })
            .collect(),
        hours: bid.hours,
        sources: Sources { grant, ..Sources::default() },
        costs,
        measures: vec![crate::offer::Measure {
            name: "gotowość do podjęcia pracy".into(),
            how: "kwestionariusz samooceny i opinia prowadzącego".into(),
            when: "na początku i na końcu edycji".into(),
        }],
        unpaid: true,
        ..OfferContent::default()
    }
}

/// The same number of hours for every group.
pub(super) fn even_hours(groups: &[Group], hours: i64) -> Vec<PlannedHours> {
    groups
        .iter()
        .map(|g| PlannedHours {
            group: g.code.clone(),
            persons: g.persons,
            minutes: Minutes::from_hours(hours),
            individual: Minutes::ZERO,
        })
        .collect()
}

/// Part VII and the organ's own declarations, answered by the signatory.
pub(super) fn declarations(signed_by: &str, extra: usize) -> Declarations {
    Declarations {
        public_benefit_only: true,
        paid_activity_only: true,
        tax_arrears: Some(false),
        social_arrears: Some(false),
        data_agree: true,
        all_true: true,
        data_protection: true,
        extra: vec![true; extra],
        signed_by: signed_by.to_owned(),
        ..Declarations::default()
    }
}
