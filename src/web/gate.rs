//! How many requests are worked on at the same time, in all and for one account. Beyond that a request is sent away at
//! once, before anything was done for it: a queue without an end would answer nobody in time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub struct Gate {
    most: usize,
    inside: AtomicUsize,
    /// Places that one account may hold, and those that each of them holds.
    each: usize,
    own: Mutex<HashMap<String, usize>>,
}

/// The place of one request; it is free again when this is dropped.
pub struct Pass {
    gate: Arc<Gate>,
    account: Option<String>,
}

/// Why there is no place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Full {
    /// All of them are taken.
    Everywhere,
    /// This account holds as many as it may; others get theirs.
    ForAccount,
}

impl Gate {
    #[must_use]
    pub fn new(most: usize) -> Arc<Gate> {
        Gate::shared(most, usize::MAX)
    }

    /// So many places, and so many of them for one account.
    #[must_use]
    pub fn shared(most: usize, each: usize) -> Arc<Gate> {
        Arc::new(Gate { most, inside: AtomicUsize::new(0), each, own: Mutex::default() })
    }

    /// How many places one account may hold.
    #[must_use]
    pub fn each(&self) -> usize {
        self.each
    }

    /// A place, if there is one.
    #[must_use]
    pub fn enter(self: &Arc<Gate>) -> Option<Pass> {
        let pass = Pass { gate: Arc::clone(self), account: None };
        let before = self.inside.fetch_add(1, Ordering::SeqCst);
        (before < self.most).then_some(pass)
    }

    /// A place for `account`. It is counted by account and never by address, so ten people behind one address have
    /// ten shares.
    ///
    /// # Errors
    /// Which of the two limits is reached.
    pub fn enter_as(self: &Arc<Gate>, account: &str) -> Result<Pass, Full> {
        let mut pass = self.enter().ok_or(Full::Everywhere)?;
        let mut own = self.own();
        let held = own.entry(account.to_owned()).or_default();
        if *held >= self.each {
            return Err(Full::ForAccount);
        }
        *held = held.saturating_add(1);
        drop(own);
        pass.account = Some(account.to_owned());
        Ok(pass)
    }

    fn own(&self) -> std::sync::MutexGuard<'_, HashMap<String, usize>> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.gate.inside.fetch_sub(1, Ordering::SeqCst);
        let Some(account) = &self.account else { return };
        let mut own = self.gate.own();
        let left = own.get(account).map_or(0, |held| held.saturating_sub(1));
        if left == 0 {
            own.remove(account);
        } else if let Some(held) = own.get_mut(account) {
            *held = left;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_its_request_is_done() {
        let gate = Gate::new(2);
        let (first, second) = (gate.enter(), gate.enter());
        assert!(first.is_some() && second.is_some());
        assert!(gate.enter().is_none() && gate.enter().is_none());
        drop(first);
        assert!(gate.enter().is_some(), "and given back at once");
        assert!(gate.enter().is_some());
    }

    #[test]
    fn one_account_never_holds_the_places_of_others() {
        let gate = Gate::shared(5, 2);
        let anna: Vec<Pass> = (0..10).filter_map(|_| gate.enter_as("anna").ok()).collect();
        assert_eq!((anna.len(), gate.enter_as("anna").err()), (2, Some(Full::ForAccount)));
        let jan: Vec<Pass> = (0..2).filter_map(|_| gate.enter_as("jan").ok()).collect();
        assert_eq!(jan.len(), 2, "what anna was refused took no place");
        let ewa = gate.enter_as("ewa");
        assert!(ewa.is_ok());
        assert_eq!(gate.enter_as("ola").err(), Some(Full::Everywhere));
        drop((anna, jan, ewa));
        assert!(gate.own().is_empty(), "nobody is kept in mind who holds nothing");
        assert!(gate.enter_as("anna").is_ok());
    }
}
