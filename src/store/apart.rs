//! How far the clock of this process is from that of the database's machine. On SQLite it is the same machine.

use std::sync::{Mutex, PoisonError};

use chrono::{Duration, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;

use super::{Clock, Db, Store, instant};
use crate::error::AppError;
use crate::law::Instant;

/// How far clocks may be apart.
const MOST: Duration = Duration::seconds(1);

/// What a machine whose clock is kept by NTP never shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Apart {
    /// The clock of the process before that of the database; negative behind it.
    pub ahead: Duration,
    /// What the way to the database and back leaves open, in either direction.
    pub doubt: Duration,
}

impl Apart {
    /// The database said `there` between `before` and `after`.
    #[must_use]
    pub fn of(before: Instant, there: Instant, after: Instant) -> Apart {
        let doubt = (after - before).max(Duration::zero()) / 2;
        Apart { ahead: before + doubt - there, doubt }
    }

    /// Certainly more than a second apart.
    #[must_use]
    pub fn is_far(&self) -> bool {
        self.ahead.abs() - self.doubt > MOST
    }

    /// Certainly together again; between this and [`Apart::is_far`] nothing is said anew.
    #[must_use]
    pub fn is_near(&self) -> bool {
        self.ahead.abs() + self.doubt <= MOST
    }

    /// What the clock of the database says when that of the process says `now`.
    #[must_use]
    pub fn there(&self, now: Instant) -> Instant {
        now - self.ahead
    }

    /// `spieszy się o 3,2 s względem zegara bazy danych`.
    #[must_use]
    pub fn words(&self) -> String {
        let tenths = self.ahead.abs().num_milliseconds() / 100;
        let long =
            if tenths < 1200 { format!("{},{} s", tenths / 10, tenths % 10) } else { format!("{} min", tenths / 600) };
        let way = if self.ahead < Duration::zero() { "spóźnia się" } else { "spieszy się" };
        format!("{way} o {long} względem zegara bazy danych")
    }
}

/// What to do about it.
pub const SET_CLOCKS: &str = "Włącz synchronizację czasu (NTP) na komputerze programu i na serwerze bazy danych, na Linuksie \
                              poleceniem „timedatectl set-ntp true”, i sprawdź ją poleceniem „timedatectl status”.";

/// What the last comparison of this process found.
#[derive(Default)]
pub struct Compared(Mutex<Option<Apart>>);

impl Compared {
    pub fn set(&self, found: Option<Apart>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = found;
    }

    #[must_use]
    pub fn get(&self) -> Option<Apart> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// Compares `clock` with that of the database; nothing where both are one.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub fn apart(&self, clock: &Clock) -> Result<Option<Apart>, AppError> {
        self.glance(|r| {
            let before = clock.now();
            let there = told(r.conn())?;
            Ok(there.map(|there| Apart::of(before, there, clock.now())))
        })
    }
}

fn told(conn: &mut Db) -> Result<Option<Instant>, AppError> {
    match conn {
        Db::Sqlite(_) => Ok(None),
        #[cfg(feature = "postgres")]
        Db::Postgres(c) => {
            let now = sql::<diesel::sql_types::Timestamp>("clock_timestamp() AT TIME ZONE 'UTC'");
            let there: NaiveDateTime = diesel::select(now).get_result(c)?;
            Ok(Some(instant(there)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(ahead: i64, way: i64) -> Apart {
        let there: Instant = "2026-11-23T11:00:00Z".parse().unwrap();
        let middle = there + Duration::milliseconds(ahead);
        Apart::of(middle - Duration::milliseconds(way), there, middle + Duration::milliseconds(way))
    }

    #[test]
    fn more_than_a_second_is_said_only_when_it_is_certain() {
        assert_eq!(apart(3200, 0), Apart { ahead: Duration::milliseconds(3200), doubt: Duration::zero() });
        for (ahead, way, far, near) in [
            (0, 0, false, true),
            (1000, 0, false, true),
            (1001, 0, true, false),
            (-1001, 0, true, false),
            (1400, 500, false, false),
            (1501, 500, true, false),
            (-700, 200, false, true),
            (700, 400, false, false),
        ] {
            let found = apart(ahead, way);
            assert_eq!((found.is_far(), found.is_near()), (far, near), "{ahead} ± {way}");
        }
    }

    #[test]
    fn it_is_told_in_words() {
        assert_eq!(apart(3260, 0).words(), "spieszy się o 3,2 s względem zegara bazy danych");
        assert_eq!(apart(-119_900, 0).words(), "spóźnia się o 119,9 s względem zegara bazy danych");
        assert_eq!(apart(-7_200_000, 0).words(), "spóźnia się o 120 min względem zegara bazy danych");
    }
}
