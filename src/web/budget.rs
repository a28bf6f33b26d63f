//! How often one account may write. It is counted by account and never by address: ten people behind one
//! address have ten budgets, and a script that ran wild takes only its own. What must arrive on the last evening is
//! counted apart from what a page saves by itself ([`super::Watch::budget`]).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::law::Instant;

/// Accounts kept in mind before those that rest are forgotten.
const MANY: usize = 10_000;
/// Microseconds. Two requests that are counted at the same moment may come in either order; a moment so much older
/// than the newest one is that of a clock that was put back.
const PUT_BACK: i64 = 10_000_000;

pub struct Budget {
    /// Microseconds that one request costs, and how many of them may be owed.
    cost: i64,
    most: i64,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    /// The newest moment that was counted; time never goes back behind it, in whatever order requests come.
    newest: i64,
    /// Until when an account has spent its time, in microseconds.
    spent: HashMap<String, i64>,
}

impl Counted {
    /// The moment that counts at `now`. A clock that was really put back is believed and every debt forgotten, so
    /// that nobody waits until it is there again.
    fn moment(&mut self, now: i64) -> i64 {
        if now < self.newest - PUT_BACK {
            *self = Counted { newest: now, spent: HashMap::new() };
        }
        self.newest = self.newest.max(now);
        self.newest
    }
}

impl Budget {
    /// So many a second for as long as one likes, and so many at once.
    #[must_use]
    pub fn new(per_second: u32, at_once: u32) -> Budget {
        let cost = 1_000_000 / i64::from(per_second.max(1));
        Budget { cost, most: cost * i64::from(at_once.max(1)), counted: Mutex::default() }
    }

    /// Counts one request of `account`; `now` is when it is counted, not when its first byte came.
    ///
    /// # Errors
    /// The seconds after which it may come again; it was not counted then.
    pub fn spend(&self, account: &str, now: Instant) -> Result<(), u32> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let now = counted.moment(now.timestamp_micros());
        let spent = &mut counted.spent;
        if spent.len() >= MANY {
            spent.retain(|_, until| *until > now);
        }
        let until = spent.get(account).copied().unwrap_or(now).max(now) + self.cost;
        let over = until - now - self.most;
        if over > 0 {
            let seconds = (over + 999_999) / 1_000_000;
            return Err(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
        spent.insert(account.to_owned(), until);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_and_then_so_many_a_second_for_each_account() {
        let budget = Budget::new(10, 3);
        let now: Instant = "2026-11-23T11:00:00Z".parse().unwrap();
        let after = |ms| now + chrono::Duration::milliseconds(ms);
        let spent = |who: &str, at: Instant| (0..10).filter(|_| budget.spend(who, at).is_ok()).count();
        assert_eq!(spent("anna", now), 3);
        assert_eq!(budget.spend("anna", now), Err(1));
        assert_eq!(spent("jan", now), 3, "another account has its own");
        assert_eq!(spent("anna", after(99)), 0);
        assert_eq!(spent("anna", after(100)), 1);
        assert_eq!(spent("anna", after(350)), 2);
        assert_eq!(spent("anna", after(9_000)), 3, "nothing is saved up beyond the burst");
        assert_eq!(spent("anna", after(1_000)), 0, "an older moment gives nothing back");
        assert_eq!(spent("anna", after(9_100)), 1);
        assert_eq!(spent("anna", after(-3_600_000)), 3, "a clock that is put back locks nobody out");
        assert_eq!(spent("anna", after(-3_600_000)), 0);
    }

    /// Two thousand requests a second for ten seconds, each counted up to `jitter` microseconds too early or too late.
    fn accepted(jitter: i64) -> usize {
        let budget = Budget::new(20, 200);
        let start: Instant = "2026-11-23T11:00:00Z".parse().unwrap();
        let mut random: u64 = 88_172_645_463_325_252;
        let at = |n: i64| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let off = i64::try_from(random % 1_000_003).unwrap() * 2 * jitter / 1_000_003 - jitter;
            start + chrono::Duration::microseconds(n * 500 + off)
        };
        (0..20_000).map(at).filter(|at| budget.spend("anna", *at).is_ok()).count()
    }

    #[test]
    fn the_order_in_which_requests_come_gives_nobody_more() {
        assert_eq!(accepted(0), 399, "200 at once and 20 a second for a moment less than ten");
        for jitter in [1, 1_000, 100_000, 4_900_000] {
            // What came too late by the jitter has that much more time.
            let most = 400 + usize::try_from(jitter * 20 / 1_000_000).unwrap();
            let got = accepted(jitter);
            assert!((390..=most).contains(&got), "{got} of at most {most} with a jitter of {jitter} µs");
        }
    }

    #[test]
    fn a_clock_that_is_put_back_forgets_debts_once() {
        let budget = Budget::new(20, 200);
        let now: Instant = "2026-11-23T11:00:00Z".parse().unwrap();
        let back = now - chrono::Duration::hours(1);
        let spent = |at: Instant| (0..1_000).filter(|_| budget.spend("anna", at).is_ok()).count();
        assert_eq!((spent(now), spent(back), spent(back)), (200, 200, 0));
    }
}
