//! Two open contests whose deadline is ten days away: one on the terms of PAI, run
//! as a local programme with its own basis, and one under the law of today.

use chrono::{Datelike as _, Duration, NaiveDate, NaiveTime, Weekday};

use super::cast::Cast;
use super::figures::{self, Bid};
use super::joint;
use super::ledger::TRAINERS;
use super::steps::{self, Play};
use crate::call::{self, CallContent, Confirmation};
use crate::error::AppError;
use crate::law::rules::{LocalProgramme, find};
use crate::law::{Instant, Money, TableKind, add_months, edition_end, warsaw_date};
use crate::offer::{CostLine, OfferContent, PlannedClass};
use crate::programme::{self, Edition, FpPlan, Gmina, Group, ProgrammeContent};
use crate::store::{CallId, tables};
use crate::web::AppState;

/// Days between the announcement and today, and from today to the deadline.
const ANNOUNCED: i64 = 14;
const LEFT: i64 = 10;

pub(super) fn play(state: &AppState, cast: &Cast, now: Instant) -> Result<(), AppError> {
    let play = Play { state, cast };
    let today = warsaw_date(now);
    pai_terms(&play, today, now)?;
    wage(&play, today, now)?;
    rsd(&play, today, now)
}

/// The first Monday on or after a day.
fn monday(mut day: NaiveDate) -> NaiveDate {
    while day.weekday() != Weekday::Mon {
        day += Duration::days(1);
    }
    day
}

fn pai_terms(play: &Play<'_>, today: NaiveDate, now: Instant) -> Result<(), AppError> {
    let announced = today - Duration::days(ANNOUNCED);
    let code =
        play.state.store.write(|tx| programme::define_local(tx, &play.cast.officer, local_pai(announced)?, now))?;
    let first = monday(today + Duration::days(LEFT + 45));
    let editions = [(1, 0, 64), (2, 3, 28), (3, 6, 46)].map(|(no, months, persons)| {
        let from = monday(add_months(first, months));
        Edition { no, from, to: edition_end(from, 2), persons }
    });
    let plan = FpPlan { number: "uchwała budżetowa, dz. 853".into(), amount: Money::zl(100_000) };
    let mut content = figures::programme(&code, editions.to_vec(), announced - Duration::days(60), plan);
    content.title = "Integracja społeczna bezrobotnych – program lokalny".into();
    content.assumed = vec!["Konkurs pokazowy: urząd, organizacje i liczby są przykładowe.".into()];
    let programme = steps::programme(play, content, announced - Duration::days(2))?;
    let fill = |content: &mut CallContent| {
        fill(content, today, "Warsztaty integracji społecznej dla bezrobotnych", Money::zl(94_500));
        content.elements.conditions = "138 osób bezrobotnych z 10 gmin, 15 grup do 10 osób, co najmniej 10 godzin tygodniowo, trzy edycje po 2 miesiące, stawka nie wyższa niż 70 zł za godzinę pracy trenera z grupą.".into();
        Ok(())
    };
    let call = steps::call(play, &programme, announced - Duration::days(1), &fill)?;
    steps::announce(play, &call, announced)?;
    let found = play.call(&call)?;
    let (from, to) = steps::span(&found);
    let bid = |rate: i64| Bid {
        title: "Warsztaty integracji społecznej",
        contact: "biuro organizacji",
        from,
        to,
        hours: figures::even_hours(&found.content.groups, 90),
        costs: figures::estimate(rate, 15 * 90),
        trainers: &TRAINERS,
    };
    waiting(play, &call, figures::offer(bid(6300)), figures::offer(bid(6600)), today, now)?;
    answered(play, &call, today)
}

/// A question that was asked and answered in public.
fn answered(play: &Play<'_>, id: &CallId, today: NaiveDate) -> Result<(), AppError> {
    let (asked, answered) = (steps::noon(today - Duration::days(7))?, steps::noon(today - Duration::days(6))?);
    let asker = play.cast.ngos.first().ok_or_else(|| AppError::internal("the cast has no organisation"))?;
    let text = "Czy zajęcia mogą odbywać się w sobotę i czy te godziny liczą się do tygodniowego minimum?".to_owned();
    let asking = call::Asking { text: text.clone(), email: String::new() };
    let answer =
        "Tak. Sobota jest dniem zajęć jak każdy inny, a jej godziny liczą się do minimum 10 godzin tygodniowo.";
    play.state.store.write(|tx| {
        call::ask(tx, &asker.0, id, asking, "", asked)?;
        let question = call::store::questions::of_call(tx, id)?.pop().ok_or(AppError::NotFound)?;
        let by = &play.cast.officer;
        call::save_answer(tx, by, &question.id, question.version, (text, answer.to_owned()), answered)?;
        call::publish_answer(tx, by, &question.id, question.version + 1, &play.state.config.base_url, answered)?;
        Ok(())
    })
}

/// The same terms as PAI, with a basis that the office records.
fn local_pai(from: NaiveDate) -> Result<LocalProgramme, AppError> {
    let pai = find("PAI-4").ok_or_else(|| AppError::internal("PAI-4 is shipped"))?;
    Ok(LocalProgramme {
        code: format!("LOK-{}", from.year()),
        name: "Program lokalny integracji społecznej na warunkach dawnego PAI".into(),
        act: "uchwała Rady Powiatu w sprawie programu wspierania osób bezrobotnych (przykład); konkurs na podstawie art. 11 i 13 ustawy o działalności pożytku publicznego i o wolontariacie".into(),
        from,
        to: None,
        cap: pai.cap,
        cap_basis: "§ 4 programu lokalnego (przykład): nie więcej niż 70 zł za godzinę pracy trenera z 10-osobową grupą".into(),
        group_max: pai.group_max,
        week_min_minutes: pai.week_min_minutes,
        day_minutes: pai.day_minutes,
        months: Some(pai.months),
        individual_hours_count: pai.individual_hours_count,
        participants: "bezrobotni korzystający ze świadczeń pomocy społecznej".into(),
        offerors: pai.offerors,
        needs_ops: pai.needs_ops,
        clauses: pai.clauses,
    })
}

/// The law of today needs this year's minimum wage; a demonstration played in a year
/// that the tables do not know adds a row and says that it is invented.
fn wage(play: &Play<'_>, today: NaiveDate, now: Instant) -> Result<(), AppError> {
    let known = play.state.store.read(tables::tables)?;
    for year in [today.year(), today.year() + 1] {
        let Some(from) = NaiveDate::from_ymd_opt(year, 1, 1) else { continue };
        if known.wage_on(from).is_err() {
            let source = "wartość przykładowa wersji pokazowej; wpisz kwotę z rozporządzenia";
            play.state.store.write(|tx| tables::add_value(tx, TableKind::Wage, from, 480_600, source, "pokaz", now))?;
        }
    }
    Ok(())
}

fn rsd(play: &Play<'_>, today: NaiveDate, now: Instant) -> Result<(), AppError> {
    let announced = today - Duration::days(ANNOUNCED);
    let from = monday(today + Duration::days(LEFT + 45));
    let edition = Edition { no: 1, from, to: edition_end(from, 3), persons: 20 };
    let groups = [1, 2].map(|n| Group {
        code: format!("E1-G{n}"),
        edition: 1,
        gmina: "Gmina Miasto Włocławek".into(),
        persons: 10,
    });
    let plan = FpPlan { number: "FP/RSD/1".into(), amount: Money::zl(80_000) };
    let base = figures::programme("RSD-1", vec![edition], announced - Duration::days(60), plan);
    let content = ProgrammeContent {
        title: "Reintegracja społeczna długotrwale bezrobotnych".into(),
        aim: "Odbudowa i podtrzymanie umiejętności pełnienia ról społecznych i zawodowych, motywowanie do pracy."
            .into(),
        gminas: vec![Gmina { name: "Gmina Miasto Włocławek".into(), persons: 20, ..Gmina::default() }],
        groups: groups.to_vec(),
        assumed: vec!["Konkurs pokazowy: urząd, organizacje i liczby są przykładowe.".into()],
        ..base
    };
    let programme = steps::programme(play, content, announced - Duration::days(2))?;
    let fill = |content: &mut CallContent| {
        fill(content, today, "Reintegracja społeczna długotrwale bezrobotnych", Money::zl(70_000));
        content.elements.conditions = "20 osób długotrwale bezrobotnych, 2 grupy, 4 godziny dziennie przez 3 dni w tygodniu, 12 tygodni; stawka trenera do 5 % minimalnego wynagrodzenia za godzinę.".into();
        content.confirmation = Some(Confirmation { days: 5 });
        Ok(())
    };
    let call = steps::call(play, &programme, announced - Duration::days(1), &fill)?;
    steps::announce(play, &call, announced)?;
    let found = play.call(&call)?;
    let (from, to) = steps::span(&found);
    let bid = |rate: i64| Bid {
        title: "Reintegracja społeczna – krok po kroku",
        contact: "biuro organizacji",
        from,
        to,
        hours: figures::even_hours(&found.content.groups, 144),
        costs: rsd_costs(rate).to_vec(),
        trainers: &TRAINERS,
    };
    let with_classes =
        |rate| OfferContent { programme: classes(&found.content.groups, from), ..figures::offer(bid(rate)) };
    waiting(play, &call, with_classes(18_000), with_classes(20_000), today, now)?;
    let together = OfferContent { title: "Razem ku pracy".into(), ..with_classes(17_500) };
    let [_, rooms, _] = rsd_costs(17_500);
    joint::waiting_for_its_partner(play, &call, together, &rooms, now)
}

/// 36 days of four hours on Mondays, Wednesdays and Fridays, the topics in turn, a trainer for each group.
fn classes(groups: &[Group], from: NaiveDate) -> Vec<PlannedClass> {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    let days =
        || from.iter_days().filter(|d| matches!(d.weekday(), Weekday::Mon | Weekday::Wed | Weekday::Fri)).take(36);
    let of_group = |(group, trainer): (&Group, &&str)| {
        let class = |(day, topic): (NaiveDate, &&str)| PlannedClass {
            group: group.code.clone(),
            day: Some(day),
            from: time(9),
            to: time(13),
            topic: (*topic).to_owned(),
            trainer: (*trainer).to_owned(),
            individual: false,
        };
        days().zip(figures::TOPICS.iter().cycle()).map(class).collect::<Vec<_>>()
    };
    groups.iter().zip(&TRAINERS).flat_map(of_group).collect()
}

/// 2 groups × 36 days × 4 hours.
fn rsd_costs(rate: i64) -> [CostLine; 3] {
    let money = Money::from_grosze;
    [
        figures::line(Some(1), "Wynagrodzenia trenerów z narzutami", "godzina", (money(rate), 288), true),
        figures::line(Some(1), "Sale i materiały", "godzina", (money(2_500), 288), false),
        figures::line(None, "Koordynacja i obsługa księgowa", "miesiąc", (money(90_000), 3), false),
    ]
}

fn fill(content: &mut CallContent, today: NaiveDate, title: &str, allocation: Money) {
    content.title = title.to_owned();
    content.assumed = vec!["Konkurs pokazowy: urząd, organizacje i liczby są przykładowe.".into()];
    content.card = figures::card();
    content.contact = "Jan Urzędniczak, pokój 12, tel. 54 000 00 01".into();
    let e = &mut content.elements;
    e.task = format!("{title}: działania w zakresie integracji i reintegracji społecznej");
    e.allocation = allocation;
    e.grant_rules =
        "Powierzenie. Transze po edycjach. Nie pokrywa się wydatków spoza okresu umowy, odsetek i kar.".into();
    e.deadline = Some(steps::end_of(today, LEFT));
    e.selection = "Komisja konkursowa ocenia oferty według karty oceny; wybiera Starosta.".into();
    e.decision_by = Some(today + Duration::days(LEFT + 21));
    e.earlier = figures::no_earlier_tasks(today.year());
    content.committee_rules.programme = format!("program współpracy na {} r. (przykład)", today.year());
}

/// One organisation has filed, another has a draft that waits for a newcomer.
fn waiting(
    play: &Play<'_>,
    call: &CallId,
    draft: OfferContent,
    filed: OfferContent,
    today: NaiveDate,
    now: Instant,
) -> Result<(), AppError> {
    steps::committee(play, call, now)?;
    steps::file(play, call, 2, filed, today - Duration::days(2))?;
    steps::draft(play, call, 1, draft, now).map(|_| ())
}
