//! The dates of a contest for a calendar.

use super::model::{Call, CallState, CallVersion};
use crate::document::{CalendarEvent, When};
use crate::law::Instant;

/// Last day for questions, deadline, planned decision. An event keeps its id when its date moves; its number
/// grows with the version of the call.
#[must_use]
pub fn calendar(call: &Call, versions: &[CallVersion], base_url: &str) -> Vec<CalendarEvent> {
    let stamp = versions.last().map(|v| v.announced_at).or(call.announced_at).unwrap_or(Instant::UNIX_EPOCH);
    let url = format!("{}/konkursy/{}", base_url.trim_end_matches('/'), call.id);
    let event = |part: &str, when: When, summary: String, description: String| CalendarEvent {
        uid: format!("{}-{part}@konkurs", call.id),
        sequence: call.version,
        stamp,
        when,
        summary,
        description: format!("{}\n{description}\n{url}", call.content.title),
        url: url.clone(),
        cancelled: call.state == CallState::Cancelled,
    };
    let number = call.number();
    let questions = call.questions_last_day().map(|day| {
        let what = "Do końca tego dnia można zadać pytanie na stronie konkursu.".to_owned();
        event("pytania", When::Days(day, day), format!("Ostatni dzień na pytania: {number}"), what)
    });
    let deadline = call.deadline_at.map(|end| {
        let what = "Wtedy kończy się składanie ofert.".to_owned();
        event("oferty", When::Until(end), format!("Koniec składania ofert: {number}"), what)
    });
    let decision = call.content.elements.decision_by.map(|day| {
        let what = "Do tego dnia organ zapowiedział wybór ofert.".to_owned();
        event("wybor", When::Days(day, day), format!("Planowany wybór ofert: {number}"), what)
    });
    [questions, deadline, decision].into_iter().flatten().collect()
}
