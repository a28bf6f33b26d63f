//! The dates of a contest for a calendar: everybody's, and that of somebody who works with contests.

use chrono::NaiveDate;

use super::model::{Call, CallState, CallVersion};
use super::store;
use crate::account::{self, Role};
use crate::document::{CalendarEvent, When};
use crate::error::AppError;
use crate::law::{Instant, warsaw_date};
use crate::store::{PersonId, Read};

/// Most contests in the calendar of somebody who works for the office, the newest first.
const MOST: i64 = 200;

/// Last day for questions, deadline, planned decision. An event keeps its id when its date moves; its number
/// grows with the version of the call.
#[must_use]
pub fn calendar(call: &Call, versions: &[CallVersion], base_url: &str) -> Vec<CalendarEvent> {
    let stamp = versions.last().map(|v| v.announced_at).or(call.announced_at).unwrap_or(Instant::UNIX_EPOCH);
    let url = format!("{}/konkursy/{}", base_url.trim_end_matches('/'), call.id);
    let event = Maker { call, stamp, url };
    let mut out = vec![];
    out.extend(call.questions_last_day().map(|day| {
        event.day(
            "pytania",
            day,
            "Ostatni dzień na pytania",
            "Do końca tego dnia można zadać pytanie na stronie konkursu.",
        )
    }));
    out.extend(event.deadline());
    out.extend(event.decision());
    out
}

/// The dates of the contests that a person works with. Officers and the organ: every announced contest. A member of a
/// committee: those with an own seat, unless the member declared a conflict. No rehearsal, no draft, and nothing that the
/// page of the contest does not tell everybody.
///
/// # Errors
/// Those of the database.
pub fn staff_calendar(r: &mut Read<'_>, person: &PersonId, base_url: &str) -> Result<Vec<CalendarEvent>, AppError> {
    let roles = account::store::by_id(r, person)?.person().roles;
    let base = base_url.trim_end_matches('/');
    if roles.contains(&Role::Officer) || roles.contains(&Role::Organ) {
        let calls = store::newest_public(r, MOST)?;
        return Ok(calls.iter().flat_map(|call| of_office(call, base)).collect());
    }
    Ok(store::seated(r, person, MOST)?.iter().flat_map(|call| of_member(call, base)).collect())
}

fn of_office(call: &Call, base: &str) -> Vec<CalendarEvent> {
    let event = Maker::of(call, format!("{base}/urzad/konkursy/{}", call.id));
    let mut out = vec![];
    out.extend(call.questions_last_day().map(|day| {
        event.day("pytania", day, "Ostatni dzień na pytania", "Potem urząd odpowiada na pytania, które już ma.")
    }));
    out.extend(event.deadline());
    out.extend(
        event.opening(call.last_deadline(), "Od tej chwili urząd może otworzyć oferty i zacząć ocenę formalną."),
    );
    out.extend(event.decision());
    if call.state == CallState::Published {
        out.extend(call.content.editions.iter().map(|edition| {
            let (part, summary) = (format!("edycja-{}", edition.no), format!("Edycja {} zadania", edition.no));
            event.days(&part, (edition.from, edition.to), &summary, "Zajęcia albo zadania tej edycji.")
        }));
    }
    out
}

fn of_member(call: &Call, base: &str) -> Vec<CalendarEvent> {
    let event = Maker::of(call, format!("{base}/komisja/{}", call.id));
    let opening =
        event.opening(call.deadline_at, "Po otwarciu ofert złożysz oświadczenie o bezstronności i zaczniesz ocenę.");
    event.deadline().into_iter().chain(opening).chain(event.decision()).collect()
}

/// Makes the events of one contest.
struct Maker<'a> {
    call: &'a Call,
    stamp: Instant,
    url: String,
}

impl<'a> Maker<'a> {
    /// For a calendar that reads no earlier versions: it was changed last with the announcement or a later deadline.
    fn of(call: &'a Call, url: String) -> Maker<'a> {
        let given = call.extensions.iter().map(|e| e.at).max();
        Maker { call, stamp: call.announced_at.max(given).unwrap_or(Instant::UNIX_EPOCH), url }
    }

    fn event(&self, part: &str, when: When, summary: &str, description: &str) -> CalendarEvent {
        let call = self.call;
        CalendarEvent {
            uid: format!("{}-{part}@konkurs", call.id),
            sequence: call.version,
            stamp: self.stamp,
            when,
            summary: format!("{summary}: {}", call.number()),
            description: format!("{}\n{description}\n{}", call.content.title, self.url),
            url: self.url.clone(),
            cancelled: call.state == CallState::Cancelled,
        }
    }

    fn days(&self, part: &str, (from, to): (NaiveDate, NaiveDate), summary: &str, description: &str) -> CalendarEvent {
        self.event(part, When::Days(from, to), summary, description)
    }

    fn day(&self, part: &str, day: NaiveDate, summary: &str, description: &str) -> CalendarEvent {
        self.days(part, (day, day), summary, description)
    }

    fn deadline(&self) -> Option<CalendarEvent> {
        let end = self.call.deadline_at?;
        Some(self.event("oferty", When::Until(end), "Koniec składania ofert", "Wtedy kończy się składanie ofert."))
    }

    /// The first day on which the offers may be opened. Only the office is told of a later deadline of one organisation
    /// while that of all others runs.
    fn opening(&self, end: Option<Instant>, description: &str) -> Option<CalendarEvent> {
        let day = warsaw_date(end?);
        Some(self.day("otwarcie", day, "Oferty można otworzyć", description))
    }

    fn decision(&self) -> Option<CalendarEvent> {
        let day = self.call.content.elements.decision_by?;
        Some(self.day("wybor", day, "Planowany wybór ofert", "Do tego dnia organ zapowiedział wybór ofert."))
    }
}
