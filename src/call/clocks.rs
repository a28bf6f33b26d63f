//! Whether the clocks agree. An offer arrives by the clock of the process that takes it; with several processes on one
//! database a clock that is wrong would open the gate to some for longer than to others. So every process compares its
//! clock with the database's, which all of them share, every minute. What it finds is kept in the log: when a clock
//! went astray, once an hour while it stays so, and when it came back.

use chrono::Duration;

use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{Apart, Read, Tx, instant};

const ASTRAY: &str = "clock.astray";
const BACK: &str = "clock.back";
/// What the log calls all clocks; whose it was, it says as the actor.
const CLOCK: &str = "clock";

/// A clock that is astray says so again after this time, so it is not believed to be so much longer than that.
const AGAIN: Duration = Duration::hours(1);

/// A process whose clock is more than a second away from the database's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Astray {
    pub process: String,
    /// The line of the log.
    pub said: String,
    pub at: Instant,
}

/// Keeps what `process` found when its own clock said `now`; the log gets the time of the database's clock, by which
/// all the others read it.
///
/// # Errors
/// Those of the database.
pub fn compare_clocks(tx: &mut Tx<'_>, process: &str, found: Apart, now: Instant) -> Result<(), AppError> {
    let now = found.there(now);
    let last = audit::newest_of(tx, CLOCK, 100)?.into_iter().find(|row| row.actor == process);
    let since = last.filter(|row| row.deed == ASTRAY).map(|row| instant(row.at));
    let (deed, detail) = match since {
        Some(at) if found.is_far() && now - at < AGAIN => return Ok(()),
        _ if found.is_far() => (ASTRAY, format!("Zegar procesu {process} {}", found.words())),
        Some(_) if found.is_near() => (BACK, format!("Zegar procesu {process} znów zgadza się z zegarem bazy danych")),
        _ => return Ok(()),
    };
    let deed = Deed {
        actor: process,
        deed,
        object_kind: CLOCK,
        object_id: CLOCK,
        before: String::new(),
        after: String::new(),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}

/// The processes whose clock is astray, as far as is known when the database's clock says `now`.
///
/// # Errors
/// Those of the database.
pub fn clocks_astray(r: &mut Read<'_>, now: Instant) -> Result<Vec<Astray>, AppError> {
    let mut seen: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for row in audit::newest_of(r, CLOCK, 100)? {
        if seen.contains(&row.actor) {
            continue;
        }
        seen.push(row.actor.clone());
        let at = instant(row.at);
        if row.deed == ASTRAY && now - at < AGAIN + AGAIN {
            out.push(Astray { process: row.actor, said: row.detail, at });
        }
    }
    Ok(out)
}
