//! The only place that reads the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

use crate::law::Instant;

/// Tells the time: the system's, or in tests one that is set by hand.
#[derive(Clone)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    #[must_use]
    pub fn system() -> Clock {
        Clock(None)
    }

    /// A clock that stands still at `now` until it is set.
    #[must_use]
    pub fn standing(now: Instant) -> Clock {
        Clock(Some(Arc::new(AtomicI64::new(now.timestamp_micros()))))
    }

    /// Sets a standing clock; the system's clock is not moved.
    pub fn set(&self, now: Instant) {
        if let Some(micros) = &self.0 {
            micros.store(now.timestamp_micros(), Ordering::SeqCst);
        }
    }

    /// Now, cut to microseconds, which both databases keep exactly.
    #[must_use]
    pub fn now(&self) -> Instant {
        let micros = match &self.0 {
            Some(micros) => micros.load(Ordering::SeqCst),
            None => Utc::now().timestamp_micros(),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

/// How long something takes, also when the clock stands or is set meanwhile.
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    #[must_use]
    pub fn start() -> Stopwatch {
        Stopwatch(std::time::Instant::now())
    }

    #[must_use]
    pub fn elapsed(&self) -> std::time::Duration {
        self.0.elapsed()
    }
}
