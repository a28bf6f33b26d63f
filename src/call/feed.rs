//! What happened in the contests, for who subscribes to it: announcements, changes, a later deadline of one
//! organisation, answers, results.

use chrono::NaiveTime;

use super::model::{Amended, AnswerCorrection, Call, CallState, Extension, Publication, Question};
use super::store::{self, corrections, questions};
use crate::document::{FeedEntry, urn};
use crate::error::AppError;
use crate::law::{Instant, at_warsaw, show_deadline, show_instant};
use crate::store::{CallId, QuestionId, Read};

/// Most entries of each kind, and of the feed.
const MOST: i64 = 50;

/// The newest entries, newest first.
///
/// # Errors
/// Those of the database.
pub fn feed(r: &mut Read<'_>, base_url: &str) -> Result<Vec<FeedEntry>, AppError> {
    let base = base_url.trim_end_matches('/');
    let calls = store::newest_public(r, MOST)?;
    let amended = store::newest_amended(r, MOST)?;
    let corrected = corrections::newest(r, MOST)?;
    let mut answers = questions::newest_answers(r, MOST)?;
    let mut older: Vec<QuestionId> = corrected.iter().map(|c| c.question.clone()).collect();
    older.retain(|id| !answers.iter().any(|q| q.id == *id));
    answers.extend(questions::by_ids(r, &older)?);
    let find = |id: &CallId| calls.iter().find(|call| call.id == *id);
    let mut out: Vec<FeedEntry> = Vec::new();
    for call in &calls {
        let latest = amended.iter().filter(|a| a.call == call.id).map(|a| a.at).max();
        out.extend(announced(call, latest, base));
        out.extend(settled(call, base));
        out.extend(call.extensions.iter().zip(1..).map(|(e, no)| extended(call, e, no, base)));
    }
    out.extend(amended.iter().filter_map(|a| Some(changed(find(&a.call)?, a, base))));
    out.extend(answers.iter().filter_map(|q| answered(find(&q.call)?, q, &corrected, base)));
    out.sort_by(|a, b| (b.updated, b.published).cmp(&(a.updated, a.published)).then_with(|| a.id.cmp(&b.id)));
    out.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(out)
}

fn url(call: &Call, base: &str, tail: &str) -> String {
    format!("{base}/konkursy/{}{tail}", call.id)
}

/// The announcement; it was updated when its latest version was published.
fn announced(call: &Call, latest: Option<Instant>, base: &str) -> Option<FeedEntry> {
    let published = call.announced_at?;
    let deadline = call.deadline_at.map(show_deadline);
    Some(FeedEntry {
        id: format!("urn:uuid:{}", call.id),
        title: format!("Ogłoszono konkurs {}: {}", call.number(), call.content.title),
        url: url(call, base, ""),
        published,
        updated: latest.unwrap_or(published),
        category: "ogłoszenie",
        summary: format!(
            "{}. Pula: {}. Oferty do: {}.",
            call.content.elements.task.trim_end_matches('.'),
            call.content.elements.allocation,
            deadline.unwrap_or_default()
        ),
    })
}

fn changed(call: &Call, a: &Amended, base: &str) -> FeedEntry {
    FeedEntry {
        id: urn(&format!("call:{}:version:{}", call.id, a.no)),
        title: format!("Zmiana ogłoszenia konkursu {}", call.number()),
        url: url(call, base, "#zmiany"),
        published: a.at,
        updated: a.at,
        category: "zmiana",
        summary: format!("{}: {}", call.content.title, a.reason),
    }
}

/// An answer; it was updated when it was corrected last, and then says so.
fn answered(call: &Call, q: &Question, corrected: &[AnswerCorrection], base: &str) -> Option<FeedEntry> {
    let no = q.no?;
    let last = corrected.iter().filter(|c| c.question == q.id).max_by_key(|c| c.no);
    let how = last.map(|c| format!(" (poprawiona {}; powód: {})", show_instant(c.at), c.reason)).unwrap_or_default();
    Some(FeedEntry {
        id: format!("urn:uuid:{}", q.id),
        title: format!("Odpowiedź nr {no} w konkursie {}", call.number()),
        url: url(call, base, &format!("#pytanie-{no}")),
        published: q.closed_at?,
        updated: last.map(|c| c.at).or(q.closed_at)?,
        category: "odpowiedź",
        summary: format!("Pytanie: {}\nOdpowiedź{how}: {}", q.shown, q.answer),
    })
}

/// The decision no. `no` that gave one organisation a later deadline, without its name.
fn extended(call: &Call, e: &Extension, no: i64, base: &str) -> FeedEntry {
    FeedEntry {
        id: urn(&format!("call:{}:extension:{no}", call.id)),
        title: format!("Późniejszy termin jednego oferenta w konkursie {}", call.number()),
        url: url(call, base, "#wyjatki"),
        published: e.at,
        updated: e.at,
        category: "termin",
        summary: format!("{}. Termin {}.", call.content.title.trim_end_matches('.'), e.recorded()),
    }
}

/// The result or the cancellation, when the last of its places showed it; where no hour was written down, from the
/// beginning of that day, which lies never ahead.
fn settled(call: &Call, base: &str) -> Option<FeedEntry> {
    let (part, title, tail) = match call.state {
        CallState::Published => ("result", "Wyniki konkursu", "/wyniki"),
        CallState::Cancelled => ("cancelled", "Unieważniono konkurs", ""),
        CallState::Draft | CallState::Announced | CallState::Review | CallState::Decided => return None,
    };
    let shown = |p: &Publication| p.at().or_else(|| at_warsaw(p.on, NaiveTime::MIN).ok());
    let at = call.content.result_places.iter().filter_map(shown).max()?;
    let reason = call.content.cancel_reason.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    Some(FeedEntry {
        id: urn(&format!("call:{}:{part}", call.id)),
        title: format!("{title} {}", call.number()),
        url: url(call, base, tail),
        published: at,
        updated: at,
        category: if call.state == CallState::Published { "wyniki" } else { "unieważnienie" },
        summary: format!("{}{reason}.", call.content.title),
    })
}
