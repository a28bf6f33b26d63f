//! The steps of a contest, each done by the person whose deed it is.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::cast::Cast;
use super::figures;
use crate::account::Actor;
use crate::award::{AwardContent, AwardLine, Outcome};
use crate::call::{self, Call, CallContent};
use crate::contract::{self, Tranche};
use crate::error::AppError;
use crate::law::{Instant, Money, at_warsaw};
use crate::offer::{self, OfferContent};
use crate::programme::{self, ProgrammeContent};
use crate::report::{self, CostReport, HoursLine, HoursSource, ReportKind};
use crate::review::{self, Answer, CriterionScore, Declared, FormalAnswer, FormalOutcome, NewSeat, SeatKind, Side};
use crate::store::{CallId, ContractId, OfferId, ProgrammeId, TrancheId};
use crate::web::AppState;
use crate::{award, settlement};

pub(super) struct Play<'a> {
    pub state: &'a AppState,
    pub cast: &'a Cast,
}

impl Play<'_> {
    pub fn call(&self, id: &CallId) -> Result<Call, AppError> {
        self.state.store.read(|r| call::store::find(r, id))
    }
}

/// Noon in Warsaw; the time of every deed of the past.
pub(super) fn noon(day: NaiveDate) -> Result<Instant, AppError> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN);
    at_warsaw(day, noon).map_err(|e| AppError::internal(e.to_string()))
}

/// The first and the last day of a call's editions.
pub(super) fn span(call: &Call) -> (NaiveDate, NaiveDate) {
    let editions = &call.content.editions;
    let from = editions.iter().map(|e| e.from).min().unwrap_or_default();
    (from, editions.iter().map(|e| e.to).max().unwrap_or(from))
}

/// A programme, written down and confirmed.
pub(super) fn programme(play: &Play<'_>, content: ProgrammeContent, day: NaiveDate) -> Result<ProgrammeId, AppError> {
    let (by, now) = (&play.cast.officer, noon(day)?);
    play.state.store.write(|tx| {
        let id = programme::create(tx, by, content, now)?.id;
        let seen = programme::store::find(tx, &id)?.version;
        programme::confirm(tx, by, &id, seen, now)?;
        Ok(id)
    })
}

/// A call made from a programme and filled in.
pub(super) fn call(
    play: &Play<'_>,
    programme: &ProgrammeId,
    day: NaiveDate,
    fill: &dyn Fn(&mut CallContent) -> Result<(), AppError>,
) -> Result<CallId, AppError> {
    let (by, now) = (&play.cast.officer, noon(day)?);
    play.state.store.write(|tx| {
        let id = call::create(tx, by, programme, now)?.id;
        let made = call::store::find(tx, &id)?;
        let mut content = made.content;
        fill(&mut content)?;
        call::save(tx, by, &id, made.version, content, now)?;
        Ok(id)
    })
}

/// The organ approves the text in the morning; it hangs in three places the same day, which is recorded at noon.
pub(super) fn announce(play: &Play<'_>, id: &CallId, day: NaiveDate) -> Result<(), AppError> {
    let recorded = noon(day)?;
    play.state.store.write(|tx| {
        let organ = &play.cast.organ;
        let seen = call::store::find(tx, id)?.version;
        call::approve(tx, organ, id, seen, recorded - Duration::hours(3))?;
        call::announce(tx, organ, id, seen + 1, figures::places(day), recorded)?;
        Ok(())
    })
}

/// A draft of organisation `n`.
pub(super) fn draft(
    play: &Play<'_>,
    call: &CallId,
    n: usize,
    content: OfferContent,
    now: Instant,
) -> Result<OfferId, AppError> {
    let (by, org) = ngo(play, n)?;
    play.state.store.write(|tx| {
        let id = offer::start(tx, by, call, org, now)?;
        let seen = offer::store::find(tx, &id)?.version;
        offer::save(tx, by, &id, seen, content, now)?;
        Ok(id)
    })
}

/// A draft that is filed the same day.
pub(super) fn file(
    play: &Play<'_>,
    call: &CallId,
    n: usize,
    content: OfferContent,
    day: NaiveDate,
) -> Result<OfferId, AppError> {
    let now = noon(day)?;
    let id = draft(play, call, n, content, now)?;
    let (by, _) = ngo(play, n)?;
    let name = by.person.as_ref().map_or(String::new(), |p| format!("{}, prezes zarządu", p.name));
    let extra = play.call(call)?.content.terms.extra_declarations.len();
    let organ = play.state.config.office.organ.clone();
    let declared = offer::Declarations { organ, ..figures::declarations(&name, extra) };
    play.state.store.write(|tx| offer::submit(tx, by, &id, declared, now))?;
    Ok(id)
}

pub(super) fn ngo<'a>(play: &'a Play<'_>, n: usize) -> Result<(&'a Actor, &'a crate::store::OrgId), AppError> {
    let found = play.cast.ngos.get(n).ok_or_else(|| AppError::internal("the cast has no such organisation"))?;
    Ok((&found.0, &found.1))
}

/// Opening, formal checks, committee, declarations and sealed cards; `points` are one
/// row an offer, in the order of the card's criteria.
pub(super) fn judge(
    play: &Play<'_>,
    id: &CallId,
    offers: &[OfferId],
    points: &[[u32; 7]],
    day: NaiveDate,
) -> Result<(), AppError> {
    let store = &play.state.store;
    let now = noon(day)?;
    committee(play, id, now)?;
    store.write(|tx| call::open_offers(tx, &play.cast.officer, id, now))?;
    let content = play.call(id)?.content;
    for offer in offers {
        let yes = |q: &call::FormalQuestion| FormalAnswer {
            key: q.key.clone(),
            answer: Answer::Yes,
            note: String::new(),
            files: vec![],
        };
        let answers: Vec<FormalAnswer> = content.formal.iter().map(yes).collect();
        store.write(|tx| review::check_formally(tx, &play.cast.officer, offer, answers, FormalOutcome::Meets, now))?;
    }
    let card = content.card;
    for (m, member) in play.cast.committee.iter().enumerate() {
        store.write(|tx| review::declare(tx, member, id, Declared::Impartial, review::IMPARTIAL.to_owned(), now))?;
        for (offer, row) in offers.iter().zip(points) {
            let items = card.criteria.iter().zip(row).map(|(criterion, points)| CriterionScore {
                key: criterion.key.clone(),
                // Members differ by a point on the first criterion.
                points: if criterion.key == "capacity" { points.saturating_sub(u32::from(m == 1)) } else { *points },
                why: format!("Ocena przykładowa: {}.", criterion.name.to_lowercase()),
            });
            let items = items.collect();
            store.write(|tx| review::score(tx, member, offer, None, items, true, now))?;
        }
    }
    Ok(())
}

/// Three seats: two of the organ, one indicated by an organisation that files no offer.
pub(super) fn committee(play: &Play<'_>, id: &CallId, now: Instant) -> Result<(), AppError> {
    let kinds = [(SeatKind::Chair, Side::Organ), (SeatKind::Member, Side::Organ), (SeatKind::Member, Side::Ngo)];
    for (member, (kind, side)) in play.cast.committee.iter().zip(kinds) {
        let person = member.person_id().cloned().ok_or_else(|| AppError::internal("a member without a person"))?;
        let indicated_by = if side == Side::Ngo { "Rada Organizacji Pozarządowych (przykład)" } else { "" };
        let seat = NewSeat { person, kind, side, indicated_by: indicated_by.to_owned() };
        play.state.store.write(|tx| review::appoint(tx, &play.cast.organ, id, seat, now))?;
    }
    Ok(())
}

/// The first offer of the ranking gets what it asks for, the others nothing; published the same day.
pub(super) fn decide(play: &Play<'_>, id: &CallId, reason: &str, day: NaiveDate) -> Result<(), AppError> {
    let (organ, now) = (&play.cast.organ, noon(day)?);
    play.state.store.write(|tx| {
        let found = call::store::find(tx, id)?;
        let ranked = review::ranking(tx, &found)?;
        let lines = ranked.iter().map(|r| {
            let first = r.place == 1;
            AwardLine {
                offer: r.offer.clone(),
                number: r.number.clone(),
                org_name: r.org_name.clone(),
                title: String::new(),
                asked: r.asked,
                granted: if first { r.asked } else { Money::ZERO },
                mean_x100: r.mean_x100,
                place: Some(r.place),
                outcome: if first { Outcome::Selected } else { Outcome::NotSelected },
                reason: if first { String::new() } else { reason.to_owned() },
            }
        });
        let content = AwardContent {
            lines: lines.collect(),
            differs_because: String::new(),
            act: "zarządzenie (przykład)".into(),
            places: Vec::new(),
        };
        award::decide(tx, organ, id, content, now)?;
        award::publish(tx, organ, id, figures::places(day), now)
    })
}

/// A contract drawn up, generated and signed on one day, with these tranches.
pub(super) fn contract(
    play: &Play<'_>,
    offer: &OfferId,
    tranches: &[(NaiveDate, Money)],
    assumed: &[&str],
    day: NaiveDate,
) -> Result<ContractId, AppError> {
    let (by, now, store) = (&play.cast.officer, noon(day)?, &play.state.store);
    let id = store.write(|tx| contract::draw_up(tx, by, offer, now))?;
    store.write(|tx| {
        let made = contract::store::find(tx, &id)?;
        let mut content = made.content;
        content.assumed = assumed.iter().map(|s| (*s).to_owned()).collect();
        content.tranches = (1_u32..)
            .zip(tranches)
            .map(|(no, (due_on, amount))| Tranche {
                id: TrancheId::new(),
                no,
                due_on: *due_on,
                amount: *amount,
                condition: if no == 1 {
                    "zawarcie umowy".into()
                } else {
                    format!("przyjęcie sprawozdania nr {}", no - 1)
                },
            })
            .collect();
        content.clauses = contract::propose_clauses(&content);
        contract::save(tx, by, &id, made.version, content, now)
    })?;
    let seen = store.read(|r| contract::store::find(r, &id))?.version;
    contract::pages::print(play.state, by, &id, seen, now)?;
    store.write(|tx| {
        let seen = contract::store::find(tx, &id)?.version;
        contract::sign(tx, &play.cast.organ, &id, seen, day, now)
    })?;
    Ok(id)
}

pub(super) fn pay(play: &Play<'_>, id: &ContractId, no: u32, day: NaiveDate, condition: &str) -> Result<(), AppError> {
    let reference = format!("WB {}/{no}", day.format("%Y"));
    let now = noon(day)?;
    let condition_met = condition.to_owned();
    let transfer = contract::Transfer { tranche: no, amount: None, paid_on: day, reference, condition_met };
    play.state.store.write(|tx| crate::report::pay_tranche(tx, &play.cast.finance, id, transfer, now))
}

/// The next report of a contract with its ledger: filed, then accepted.
pub(super) fn report(
    play: &Play<'_>,
    contract_id: &ContractId,
    kind: ReportKind,
    lines: &[HoursLine],
    filed: NaiveDate,
    accepted: NaiveDate,
) -> Result<(), AppError> {
    let store = &play.state.store;
    let (by, _) = ngo(play, 0)?;
    let now = noon(filed)?;
    let contract = store.read(|r| contract::store::find(r, contract_id))?;
    let no = store.read(|r| report::store::of_contract(r, contract_id))?.len() + 1;
    let no = i64::try_from(no).unwrap_or(i64::MAX);
    let id = store.write(|tx| report::start(tx, by, contract_id, no, now))?;
    store.write(|tx| {
        let made = report::store::find(tx, &id)?;
        let costs = costs(&contract.content.costs, &report::store::costs_of_report(tx, &id)?, lines);
        let mut content = made.content;
        content.summary = match kind {
            ReportKind::Partial => "Zajęcia odbyły się zgodnie z harmonogramem edycji.".into(),
            ReportKind::Final => "Zadanie wykonano w całości; środki wydano zgodnie z kosztorysem.".into(),
        };
        for result in &mut content.results {
            result.achieved = "osiągnięto zgodnie z planem (przykład)".into();
        }
        for activity in &mut content.activities {
            activity.description = "Zrealizowano wszystkie zaplanowane zajęcia (przykład).".into();
        }
        content.declared = true;
        report::save(tx, by, &id, made.version, content, costs, now)
    })?;
    if !lines.is_empty() {
        store.write(|tx| {
            let seen = report::store::find(tx, &id)?.version;
            report::put_hours(tx, by, &id, seen, lines.to_vec(), HoursSource::Form, now)
        })?;
    }
    store.write(|tx| report::submit(tx, by, &id, now))?;
    store.write(|tx| {
        let seen = report::store::find(tx, &id)?.version;
        let note = "Sprawdzono z dziennikami zajęć i listami obecności (przykład).".to_owned();
        report::accept(tx, &play.cast.officer, &id, seen, note, Money::ZERO, String::new(), noon(accepted)?)
    })
}

/// What the performed hours cost, item by item: the unit cost times the hours.
fn costs(planned: &[offer::CostLine], items: &[CostReport], lines: &[HoursLine]) -> Vec<CostReport> {
    let minutes: i64 = lines.iter().map(|l| l.minutes().get()).sum();
    items
        .iter()
        .zip(planned)
        .map(|(item, plan)| {
            let spent = plan.unit_cost.checked_mul(minutes / 60).unwrap_or(Money::ZERO);
            CostReport { actual: spent, from_grant: spent, ..item.clone() }
        })
        .collect()
}

pub(super) fn settle(play: &Play<'_>, id: &ContractId, day: NaiveDate) -> Result<(), AppError> {
    play.state.store.write(|tx| settlement::close(tx, &play.cast.finance, id, noon(day)?)).map(|_| ())
}

/// A wall-clock end of day so many days after `day`.
pub(super) fn end_of(day: NaiveDate, days: i64) -> chrono::NaiveDateTime {
    let last = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(NaiveTime::MIN);
    (day + Duration::days(days)).and_time(last)
}
