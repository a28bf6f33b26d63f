//! How often one account may write. It is counted by account and never by address: ten people behind one
//! address have ten budgets, and a script that ran wild takes only its own. What must arrive on the last evening is
//! counted apart from what a page saves by itself ([`super::Watch::budget`]).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::law::Instant;

/// Accounts kept in mind before those that rest are forgotten.
const MANY: usize = 10_000;

pub struct Budget {
    /// Microseconds that one request costs, and how many of them may be owed.
    cost: i64,
    most: i64,
    /// Until when an account has spent its time, in microseconds.
    spent: Mutex<HashMap<String, i64>>,
}

impl Budget {
    /// So many a second for as long as one likes, and so many at once.
    #[must_use]
    pub fn new(per_second: u32, at_once: u32) -> Budget {
        let cost = 1_000_000 / i64::from(per_second.max(1));
        Budget { cost, most: cost * i64::from(at_once.max(1)), spent: Mutex::default() }
    }

    /// Counts one request of `account`.
    ///
    /// # Errors
    /// The seconds after which it may come again; it was not counted then.
    pub fn spend(&self, account: &str, now: Instant) -> Result<(), u32> {
        let now = now.timestamp_micros();
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.len() >= MANY {
            spent.retain(|_, until| *until > now);
        }
        // More than may be owed was never counted: the clock went back, and nobody waits until it is there again.
        let owed = spent.get(account).copied().filter(|until| *until <= now + self.most);
        let until = owed.unwrap_or(now).max(now) + self.cost;
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
        assert_eq!(spent("anna", after(1_000)), 3, "a clock that is put back locks nobody out");
    }
}
