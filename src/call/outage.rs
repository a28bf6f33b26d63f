//! The ledger of outages. Every minute a process proves by a write that it can take offers; a silence of more
//! than two minutes is an outage, recorded by the first beat after it. A planned stop is one too, and so is a shorter
//! one of a process that starts again, when a deadline fell into it. With several processes on one database a gap is
//! there only when nobody beat.
//!
//! It begins with the last beat: from then on nobody can say that an offer would have been taken.
//!
//! Beats and outages have the time of the database's clock, which all processes share. A process whose own clock is
//! further from it than a silence may last does not beat: it opens and closes the gate at wrong times.

use super::model::{Call, CallState, Outage};
use super::rules::outage::SILENCE;
use super::store::{self, outages};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::store::{Apart, OutageId, Read, Tx};

/// When a process may beat whose clock says `now` and was found `apart` from the database's.
#[must_use]
pub fn beat_at(now: Instant, apart: Option<Apart>) -> Option<Instant> {
    match apart.filter(Apart::is_far) {
        Some(far) => (far.ahead.abs() - far.doubt <= SILENCE).then(|| far.there(now)),
        None => Some(now),
    }
}

/// Who says that the program can take offers.
#[derive(Clone, Copy, Debug)]
pub struct Beating<'a> {
    /// The host and the address it listens on: one process at a time.
    pub process: &'a str,
    /// It has just started and has not beaten before.
    pub begins: bool,
}

/// Says that the program can write at `now`, and records the outage that lies behind, if one does.
///
/// # Errors
/// Those of the database: then it beats again a little later.
pub fn beat(tx: &mut Tx<'_>, by: Beating<'_>, now: Instant) -> Result<Option<Outage>, AppError> {
    let Some(last) = outages::last_beat(tx)? else {
        outages::first_beat(tx, by.process, now)?;
        return Ok(None);
    };
    // Another process beat a moment ago; a clock that was set back is believed after two minutes.
    if now <= last && last - now <= SILENCE {
        return Ok(None);
    }
    let restarted = by.begins && outages::last_process(tx)?.as_deref() == Some(by.process);
    if !outages::next_beat(tx, by.process, last, now)? {
        return Ok(None);
    }
    let cause = if now - last > SILENCE {
        "serwis albo jego baza danych nie działały"
    } else if restarted && ended_between(tx, last, now)? {
        "serwis uruchamiano na nowo"
    } else {
        return Ok(None);
    };
    let outage = Outage {
        id: OutageId::new(),
        from: last,
        to: now,
        cause: cause.to_owned(),
        recorded_at: now,
        recorded_by: Outage::PROGRAM.to_owned(),
    };
    keep(tx, &outage, "outage.noticed", now)?;
    Ok(Some(outage))
}

/// Whether offers stopped being in time, of anybody, after `from` and until `to`.
fn ended_between(r: &mut Read<'_>, from: Instant, to: Instant) -> Result<bool, AppError> {
    let calls = store::all(r, false)?;
    let mut ends =
        calls.iter().filter(|c| c.state == CallState::Announced && !c.content.test).flat_map(Call::deadlines);
    Ok(ends.any(|end| from < end && end <= to))
}

/// Somebody of the office records an outage that the program could not notice, such as a network that was down. The same
/// person sending the same again (a double click, a retry) finds it recorded: the ledger has one line for one outage.
///
/// # Errors
/// `Invalid` for an end before the beginning or in the future, and without a cause.
pub fn report_outage(
    tx: &mut Tx<'_>,
    by: &Actor,
    from: Instant,
    to: Instant,
    cause: &str,
    now: Instant,
) -> Result<OutageId, AppError> {
    let mut errors = FieldErrors::new();
    if to <= from {
        errors.add("to_time", "Przerwa kończy się przed początkiem. Popraw datę albo godzinę końca.");
    }
    if to > now {
        errors.add("to_time", "Koniec przerwy jest w przyszłości. Zapisz ją, gdy się skończy.");
    }
    if cause.trim().is_empty() {
        errors.add("cause", "Uzupełnij pole „Przyczyna”.");
    }
    errors.finish(Some(()))?;
    let outage = Outage {
        id: OutageId::new(),
        from,
        to,
        cause: cause.trim().trim_end_matches('.').to_owned(),
        recorded_at: now,
        recorded_by: by.log_name().to_owned(),
    };
    let same = |o: &Outage| {
        (o.from, o.to, &o.cause, &o.recorded_by) == (outage.from, outage.to, &outage.cause, &outage.recorded_by)
    };
    if let Some(twin) = outages::beginning(tx, from)?.into_iter().find(same) {
        return Ok(twin.id);
    }
    keep(tx, &outage, "outage.report", now)?;
    Ok(outage.id)
}

fn keep(tx: &mut Tx<'_>, outage: &Outage, deed: &'static str, now: Instant) -> Result<(), AppError> {
    outages::insert(tx, outage)?;
    let line = Deed {
        actor: &outage.recorded_by,
        deed,
        object_kind: "outage",
        object_id: outage.id.as_str(),
        before: String::new(),
        after: String::new(),
        detail: format!("Przerwa {}. Przyczyna: {}.", outage.span(), outage.cause),
    };
    audit::append(tx, line, now);
    Ok(())
}
