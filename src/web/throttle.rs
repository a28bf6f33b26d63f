//! A cap on how often a page that anyone may ask is answered. It counts requests of the whole process and
//! knows no addresses, so that ten people behind one address are not punished for each other.

use std::sync::{Mutex, PoisonError};

use crate::law::Instant;

pub struct Throttle {
    per_second: u32,
    /// The second that is counted, and how many came in it.
    window: Mutex<(i64, u32)>,
}

impl Throttle {
    #[must_use]
    pub fn new(per_second: u32) -> Throttle {
        Throttle { per_second, window: Mutex::new((0, 0)) }
    }

    /// Counts one request; whether it may be answered.
    pub fn lets_in(&self, now: Instant) -> bool {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if window.0 != now.timestamp() {
            *window = (now.timestamp(), 0);
        }
        window.1 = window.1.saturating_add(1);
        window.1 <= self.per_second
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_a_second_and_no_more() {
        let throttle = Throttle::new(3);
        let now: Instant = "2026-11-23T11:00:00.9Z".parse().unwrap();
        let let_in = |at: Instant| (0..5).filter(|_| throttle.lets_in(at)).count();
        assert_eq!(let_in(now), 3);
        assert_eq!(let_in(now + chrono::Duration::milliseconds(99)), 0);
        assert_eq!(let_in(now + chrono::Duration::milliseconds(100)), 3);
    }
}
