//! Outages and deadlines.

use chrono::{Duration, NaiveDateTime};

use super::super::model::Outage;
use super::deadline_instant;
use crate::law::{Finding, Instant, add_working_days, show_until};

/// How long after an outage a deadline that passed in it may still be prolonged, and how long before a
/// deadline an outage matters.
pub const GRACE: Duration = Duration::hours(24);

/// The longest silence between two heartbeats that is no outage.
pub const SILENCE: Duration = Duration::minutes(2);

/// Whether an outage fell into the last 24 hours before `deadline`, or the deadline into it.
#[must_use]
pub fn concerns(deadline: Instant, outage: &Outage) -> bool {
    outage.from <= deadline && outage.to > deadline - GRACE
}

/// Whether the deadline passed while the service was away.
#[must_use]
pub fn swallowed(deadline: Instant, outage: &Outage) -> bool {
    outage.from <= deadline && deadline <= outage.to
}

/// Whether an outage may reopen a contest whose deadline has passed: it fell into the last 24 hours before it, and
/// the program noticed it, or a person recorded it within [`GRACE`] after the deadline.
#[must_use]
pub fn reopens(deadline: Instant, outage: &Outage) -> bool {
    let noticed = outage.recorded_by == Outage::PROGRAM || outage.recorded_at <= deadline + GRACE;
    noticed && concerns(deadline, outage)
}

/// Whether the deadline may be prolonged at `now` because of an outage: before it always, afterwards within
/// [`GRACE`] after the service came back (R-AMD-03).
#[must_use]
pub fn prolongs(deadline: Instant, outage: &Outage, now: Instant) -> bool {
    concerns(deadline, outage) && (now < deadline || (reopens(deadline, outage) && now <= outage.to + GRACE))
}

/// The deadline that the office is offered after an outage: the same hour, as many working days later as it
/// takes to leave at least 24 hours after the service came back.
#[must_use]
pub fn proposed_deadline(wall: NaiveDateTime, ended: Instant) -> Option<NaiveDateTime> {
    (1..=60)
        .map(|days| add_working_days(wall.date(), days).and_time(wall.time()))
        .find(|later| deadline_instant(*later).is_ok_and(|at| at >= ended + GRACE))
}

/// What the office is told of an outage near a deadline (R-OUT-01).
/// Basis: UDPP art. 5 ust. 3 (equal treatment); a decision of this product. Date: the deadline in force.
#[must_use]
pub fn check_outages(deadline: Instant, outages: &[Outage], now: Instant) -> Vec<Finding> {
    let near = outages.iter().filter(|o| concerns(deadline, o));
    near.map(|o| {
        let passed = if swallowed(deadline, o) { " W tym czasie minął termin składania ofert." } else { "" };
        Finding::warn("R-OUT-01")
            .at("termin składania ofert")
            .found(told(o, passed))
            .limit(format!("Ostatnie 24 godziny przed terminem (do {}) są dla wszystkich.", show_until(deadline)))
            .basis("art. 5 ust. 3 UDPP (równe traktowanie)")
            .hint(if prolongs(deadline, o, now) {
                "Wydłuż termin wszystkim; projekt zawiadomienia jest gotowy."
            } else {
                "Terminu nie można już wydłużyć: minęły 24 godziny po przerwie. Zachowaj ten zapis w aktach."
            })
    })
    .collect()
}

/// What the office is told of an outage near a later deadline of one organisation (R-OUT-01). It concerns that organisation
/// alone, so it moves nothing for the others; `may_extend`: the organ can still lengthen it.
/// Basis: UDPP art. 5 ust. 3 (equal treatment); a decision of this product. Date: the deadline of that organisation.
#[must_use]
pub fn check_later(ends: &[Instant], outages: &[Outage], may_extend: bool) -> Vec<Finding> {
    let near = ends.iter().flat_map(|end| outages.iter().filter(|o| concerns(*end, o)).map(|o| (*end, o)));
    near.map(|(end, o)| {
        let passed = if swallowed(end, o) { " W tym czasie minął termin jednej organizacji." } else { "" };
        Finding::warn("R-OUT-01")
            .at("termin wyznaczony jednej organizacji")
            .found(told(o, passed))
            .limit(format!(
                "Ostatnie 24 godziny przed terminem jednej organizacji (do {}) są dla niej.",
                show_until(end)
            ))
            .basis("art. 5 ust. 3 UDPP (równe traktowanie)")
            .hint(if may_extend {
                "Zanim urząd otworzy oferty, organ może wydłużyć ten termin („Wyznacz termin jednej organizacji”)."
            } else {
                "Tego terminu nie można już wydłużyć. Zachowaj ten zapis w aktach."
            })
    })
    .collect()
}

/// From when to when, why and who says so; `passed` is what ended meanwhile.
fn told(o: &Outage, passed: &str) -> String {
    format!("Serwis nie przyjmował ofert {}.{passed} Przyczyna: {}.{}", o.span(), o.cause, by(o))
}

/// Who says so, where it was not the program itself.
fn by(o: &Outage) -> String {
    if o.recorded_by == Outage::PROGRAM { String::new() } else { format!(" Zapisał(a): {}.", o.recorded_by) }
}

/// Why a deadline moves after an outage, as the notice says it.
#[must_use]
pub fn notice(outage: &Outage) -> String {
    format!(
        "Serwis do składania ofert nie działał {}. Przyczyna: {}. Żeby wszyscy oferenci mieli pełną ostatnią dobę, \
         termin składania ofert wydłuża się dla wszystkich. Oferty już złożone są ważne; do nowego terminu można je zmienić.",
        outage.span(),
        outage.cause
    )
}
