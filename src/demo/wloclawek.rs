//! Włocławek 2015, from the announcement to the settlement.

use chrono::NaiveDate;

use super::cast::Cast;
use super::figures::{self, Bid, date};
use super::ledger::{self, TRAINERS};
use super::steps::{self, Play, noon};
use crate::call::CallContent;
use crate::contract;
use crate::error::AppError;
use crate::law::Money;
use crate::programme::{self, CitedAct, Edition, FpPlan, Outcomes, ReportFacts};
use crate::report::ReportKind;
use crate::store::{CallId, ContractId, OfferId};
use crate::web::AppState;

fn editions() -> Result<Vec<Edition>, AppError> {
    let edition = |no, from, to, persons| Ok::<_, AppError>(Edition { no, from: date(from)?, to: date(to)?, persons });
    Ok(vec![
        edition(1, "2015-04-13", "2015-06-12", 64)?,
        edition(2, "2015-07-13", "2015-09-12", 28)?,
        edition(3, "2015-10-05", "2015-12-04", 46)?,
    ])
}

/// Plays the whole contest.
pub(super) fn play(state: &AppState, cast: &Cast) -> Result<(), AppError> {
    let play = Play { state, cast };
    let (programme, call) = announce(&play)?;
    let offers = file_offers(&play, &call)?;
    steps::judge(
        &play,
        &call,
        &offers,
        &[[17, 17, 18, 9, 18, 4, 4], [13, 14, 14, 7, 14, 3, 3], [11, 11, 12, 6, 10, 2, 3]],
        date("2015-02-26")?,
    )?;
    let reasons = "Oferta uzyskała mniej punktów; środki wystarczają na jedną ofertę obejmującą wszystkie gminy.";
    steps::decide(&play, &call, reasons, date("2015-03-13")?)?;
    let winner = offers.first().ok_or_else(|| AppError::internal("no offers"))?;
    let contract = conclude(&play, winner)?;
    perform(&play, &contract)?;
    let outcomes = Outcomes {
        improved: 68,
        unchanged: 59,
        deregistered: 10,
        psu: Money::from_grosze(3_593_970),
        workshops: Money::from_grosze(8_505_000),
        facts: said(),
    };
    state.store.write(|tx| {
        let seen = programme::store::find(tx, &programme)?.version;
        programme::record_outcomes(tx, &cast.officer, &programme, seen, outcomes, noon(date("2016-01-15")?)?)
    })
}

/// What the office's report says beside its figures; the rest it does not say.
fn said() -> ReportFacts {
    let cited = |act: &str, journal: &str, year, in_force: &str| CitedAct {
        act: act.to_owned(),
        journal: journal.to_owned(),
        year,
        in_force: Some(in_force.to_owned()),
    };
    ReportFacts {
        cited: vec![
            cited(
                "ustawa o działalności pożytku publicznego i o wolontariacie",
                "Dz.U. 2010 nr 234 poz. 1536",
                2010,
                "Dz.U. 2014 poz. 1118",
            ),
            cited(
                "ustawa o promocji zatrudnienia i instytucjach rynku pracy",
                "Dz.U. 2016 poz. 645",
                2016,
                "Dz.U. 2015 poz. 149",
            ),
        ],
        total: Some(Money::from_grosze(12_098_970)),
        ..ReportFacts::default()
    }
}

fn announce(play: &Play<'_>) -> Result<(crate::store::ProgrammeId, CallId), AppError> {
    let plan = FpPlan { number: "FP/2015/7".into(), amount: Money::zl(100_000) };
    let mut content = figures::programme("PAI-1", editions()?, date("2014-12-01")?, plan);
    content.title = "Program Aktywizacja i Integracja – Włocławek 2015".into();
    content.assumed = figures::ASSUMED.map(str::to_owned).to_vec();
    let programme = steps::programme(play, content, date("2015-01-12")?)?;
    let call = steps::call(play, &programme, date("2015-01-30")?, &fill)?;
    steps::announce(play, &call, date("2015-02-02")?)?;
    Ok((programme, call))
}

fn fill(content: &mut CallContent) -> Result<(), AppError> {
    content.title = "Warsztaty integracji społecznej dla bezrobotnych – Włocławek 2015".into();
    content.assumed = figures::ASSUMED.map(str::to_owned).to_vec();
    content.card = figures::card();
    let e = &mut content.elements;
    e.task =
        "Realizacja działań w zakresie integracji społecznej bezrobotnych w ramach Programu Aktywizacja i Integracja"
            .into();
    e.allocation = Money::zl(94_500);
    e.grant_rules = "Powierzenie. Jedna umowa, trzy transze po 5 670,00 zł na grupę. Nie pokrywa się wydatków spoza okresu umowy, odsetek i kar.".into();
    e.conditions = "138 osób bezrobotnych z 10 gmin, 15 grup do 10 osób, co najmniej 10 godzin tygodniowo, trzy edycje po 2 miesiące: od 13.04, 13.07 i 5.10.2015 r.; stawka nie wyższa niż 70 zł za godzinę pracy trenera z grupą.".into();
    e.deadline = Some(figures::wall("2015-02-25 23:59")?);
    e.selection = "Komisja konkursowa ocenia oferty według karty oceny; wybiera Starosta.".into();
    e.decision_by = Some(date("2015-03-16")?);
    e.earlier = figures::no_earlier_tasks(2015);
    content.committee_rules.programme = "program współpracy na 2015 r. (przykład)".into();
    content.contact = "Jan Urzędniczak, pokój 12, tel. 54 000 00 01".into();
    Ok(())
}

/// Three offers: what a group-hour costs, and the hours each group gets.
fn file_offers(play: &Play<'_>, call: &CallId) -> Result<Vec<OfferId>, AppError> {
    let grosze = [(6300, 90), (6650, 90), (6900, 88)];
    let mut out = Vec::new();
    for (n, (rate, hours)) in grosze.into_iter().enumerate() {
        let found = play.call(call)?;
        let (from, to) = steps::span(&found);
        let groups = &found.content.groups;
        let group_hours = hours * 15;
        let bid = Bid {
            title: "Warsztaty integracji społecznej dla bezrobotnych",
            contact: "osoba do kontaktu – zarząd",
            from,
            to,
            hours: figures::even_hours(groups, hours),
            costs: figures::estimate(rate, group_hours),
            trainers: &TRAINERS,
        };
        out.push(steps::file(play, call, n, figures::offer(bid), date("2015-02-20")?)?);
    }
    Ok(out)
}

fn conclude(play: &Play<'_>, offer: &OfferId) -> Result<ContractId, AppError> {
    let tranches: [(&str, i64); 3] = [("2015-04-07", 39_690), ("2015-07-06", 17_010), ("2015-09-28", 28_350)];
    let mut dated: Vec<(NaiveDate, Money)> = Vec::new();
    for (due, zl) in tranches {
        dated.push((date(due)?, Money::zl(zl)));
    }
    let id = steps::contract(play, offer, &dated, &figures::ASSUMED, date("2015-03-20")?)?;
    steps::pay(play, &id, 1, date("2015-04-07")?, "zawarto umowę")?;
    Ok(id)
}

fn perform(play: &Play<'_>, contract: &ContractId) -> Result<(), AppError> {
    let found = play.state.store.read(|r| contract::store::find(r, contract))?;
    let days = [("2015-06-22", "2015-07-01"), ("2015-09-16", "2015-09-24"), ("2015-12-11", "2015-12-18")];
    for (edition, (filed, accepted)) in found.content.editions.iter().zip(days) {
        let lines = ledger::of_edition(edition, &found.content.groups);
        steps::report(play, contract, ReportKind::Partial, &lines, date(filed)?, date(accepted)?)?;
        match edition.no {
            1 => steps::pay(play, contract, 2, date("2015-07-06")?, "przyjęto sprawozdanie nr 1")?,
            2 => steps::pay(play, contract, 3, date("2015-09-28")?, "przyjęto sprawozdanie nr 2")?,
            _ => {}
        }
    }
    steps::report(play, contract, ReportKind::Final, &[], date("2015-12-28")?, date("2016-01-08")?)?;
    steps::settle(play, contract, date("2016-01-12")?)
}
